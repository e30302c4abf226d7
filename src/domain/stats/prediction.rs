//! How well answers were predicted: the figures of an [`Evaluation`](crate::domain::evaluation::Evaluation)
//! without the intervals, whose bootstrap takes longer than anybody waits for a page.

use serde::Serialize;

use super::{Answer, History, Period, Shelf, Summary};
use crate::domain::{
    evaluation::{self, FEWEST_ANSWERS, Guessing, Ledger, Measured, Measurement, Predictor, Review},
    ids::CardId,
};

pub(super) const EXPLANATION: &str = "Each first answer of a later day is forecast with what was known just before \
    it, SM-2 being taken as 0.9 ^ (elapsed / interval); the log loss is the mean of -ln(the chance that was given to \
    what happened), lower is better, and what does not beat the moving average of your last answers knows nothing \
    of single cards. Calibration compares the mean forecast of each tenth of the answers with what was recalled; \
    `retain evaluate` adds how far each figure may be off by chance.";

/// How well the answers of a period were predicted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// How many answers of the period are scored.
    pub scored: usize,
    /// With fewer than so many nothing is said.
    pub fewest: usize,
    /// Who predicted how well, the moving average last; `None` where too few answers are scored.
    pub measured: Option<Measurement>,
    /// What was known beyond guessing, of the scored answers.
    pub guessing: Option<Guessing>,
}

impl Prediction {
    /// Whose forecasts are shown; the last one is what the others are compared with.
    pub const PREDICTORS: [Predictor; evaluation::PREDICTORS] =
        [Predictor::FsrsDefault, Predictor::Sm2, Predictor::MeanSoFar, Predictor::MovingAverage];

    /// The page, with what predictors came to.
    pub fn new(summary: &Summary, measured: Option<Measurement>) -> Self {
        let whole = &summary.whole;
        Self { scored: whole.scored, fewest: FEWEST_ANSWERS, measured, guessing: whole.guesses.guessing() }
    }

    /// What predictors came to for the answers of a period, by replay, which takes longer than all else.
    pub fn measure(shelf: &Shelf, history: &History, period: Period) -> Option<Measurement> {
        let mut ledger = Ledger::default();
        let replayed = replayed(shelf, &history.answers);
        ledger.add(&replayed, 0, |answer| period.contains(answer.day), &Self::PREDICTORS);
        ledger.measurement(&Self::PREDICTORS)
    }

    /// Enters answers of all time that are not in a ledger yet: those of this history, which is one of their
    /// cards, that follow the first so many.
    pub fn enter(ledger: &mut Ledger, shelf: &Shelf, history: &History, known: usize) {
        let before = history.answers[..known].iter().filter(|answer| !answer.is_before_reset).count();
        ledger.add(&replayed(shelf, &history.answers), before, |_| true, &Self::PREDICTORS);
    }

    /// What that means, in sentences.
    pub fn verdict(&self) -> String {
        let Self { scored, fewest, .. } = self;
        let best = self.measured.as_ref().and_then(|measured| measured.best_scheduler());
        let Some(Measured { predictor, log_loss, beyond_baseline, .. }) = best else {
            return format!("{scored} answers can be scored so far; below {fewest} nothing is said.");
        };
        let (label, away) = (predictor.label(), beyond_baseline.abs());
        let standing = match beyond_baseline {
            ..0.0 => format!("{away:.4} below that of the moving average of your last answers"),
            _ => format!(
                "{away:.4} above that of the moving average: how well you did lately says more about your next \
                 answer"
            ),
        };
        format!(
            "{label} predicts best of the schedulers, over {scored} answers: its log loss is {log_loss:.4}, {standing}. \
             `retain evaluate` tells how far this may be chance."
        )
    }
}

/// What schedulers and evaluation know of: all since a card's last reset.
fn replayed(shelf: &Shelf, answers: &[Answer]) -> evaluation::History {
    const NONE: u32 = u32::MAX;
    let (mut places, mut next) = (vec![NONE; shelf.cards.len()], 0);
    let known = answers.iter().filter(|answer| !answer.is_before_reset);
    // A card is named by its place here, which is found faster than its identity.
    let review = |answer: &Answer| Review {
        card: CardId(i64::from(answer.card)),
        day: answer.day,
        grade: answer.grade,
        right: answer.is_right(),
    };
    let replayed = evaluation::History::placed(known.map(review), |card| {
        let place = &mut places[card.0 as usize];
        if *place == NONE {
            *place = next;
            next += 1;
        }
        *place as usize
    });
    replayed.renamed(|CardId(place)| shelf.cards[place as usize].id)
}
