//! Fitting the parameters of FSRS to the person's own answers, as far as answers that the fit has not seen
//! bear it out.

mod fit;

use super::{App, Error, Result, evaluation::SEED, parameters::Fitted};
use crate::domain::{
    deck::Scope,
    evaluation::{Blends, History},
};

pub use fit::NoFit;

/// Below so many scored answers nothing is fitted: what little they say of 21 parameters is mostly chance.
pub const FEWEST_TO_FIT: usize = 400;

/// What came of fitting.
#[derive(Debug, Clone, PartialEq)]
pub enum Optimization {
    /// There are too few answers.
    TooFew,
    /// Fitting led nowhere.
    NoFit(NoFit),
    /// A blend, and how it does on answers that the fit has not seen.
    Judged(Box<Blends>),
}

impl Optimization {
    /// Fits parameters to the older answers of a history and judges them on the newest. Always the same for
    /// the same answers.
    ///
    /// # Errors
    /// [`Error::Stopped`] when `go_on`, which is asked all the while, says no.
    pub fn of(history: &History, mut go_on: impl FnMut() -> bool) -> Result<Self> {
        if history.scored_count() < FEWEST_TO_FIT {
            return Ok(Self::TooFew);
        }
        match fit::fit(history, &mut go_on) {
            Ok(fit) => {
                let blends = Blends::judge(history, fit, SEED, go_on).ok_or(Error::Stopped)?;
                Ok(Self::Judged(Box::new(blends)))
            }
            Err(NoFit::Stopped) => Err(Error::Stopped),
            Err(reason @ (NoFit::TooFewCards | NoFit::Failed(_))) => Ok(Self::NoFit(reason)),
        }
    }
}

impl App {
    /// What [`App::keep_fitted`] would keep of a blend that was fitted to the answers of a scope; `None`
    /// where it has nothing of the fit in it.
    pub fn to_keep(&self, scope: &Scope, history: &History, blends: &Blends) -> Option<Fitted> {
        let newest = history.answers().iter().map(|answer| answer.day).max()?;
        let (book, deck) = match scope {
            Scope::Everything => (None, None),
            Scope::Book(book) => (Some(book.clone()), None),
            Scope::Deck(deck) => (None, Some(deck.0)),
        };
        (blends.lambda > 0.0).then(|| Fitted {
            book,
            deck,
            through: newest.date(),
            fitted_to: history.seen_by_fit(),
            judged_on: blends.held_out.of,
            lambda: blends.lambda,
            log_loss_default: blends.default.value,
            log_loss: blends.blend.value,
            parameters: blends.parameters.values().to_vec(),
        })
    }
}
