//! How well the person's answers were predicted, and by whom.

use std::collections::HashMap;

use super::{App, Result, parameters::Fitted};
use crate::domain::{
    deck::Scope,
    evaluation::{Evaluation, Guessing, History, Predictor},
    ids::CardId,
    scheduler::fsrs::Parameters,
    time::StudyDay,
};

/// The same answers always get the same intervals.
pub(super) const SEED: u64 = 1990;

/// What there is to say of the predictions for some answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// How many answers are scored.
    pub scored: usize,
    /// Who predicted how well, beside the moving average; `None` where too few answers are scored.
    pub evaluation: Option<Evaluation>,
    /// What is known beyond guessing; `None` without multiple choice.
    pub guessing: Option<Guessing>,
    /// How the person's own parameters did, where there are some.
    pub own: Option<Own>,
}

/// How the person's own parameters did on the answers that they had not seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    /// The newest study day with an answer that had a part in them.
    pub through: StudyDay,
    /// How many answers after it are scored.
    pub scored: usize,
    /// How they predicted, beside the published parameters; `None` where too few answers are scored.
    pub evaluation: Option<Evaluation>,
}

impl App {
    /// The answers of a scope that count.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn answers(&self, scope: &Scope) -> Result<History> {
        Ok(History::new(self.store.reviews(scope)?))
    }

    /// How well the answers of a scope were predicted.
    ///
    /// # Errors
    /// When the collection cannot be read, or the parameters that were fitted to it.
    pub fn evaluate(&self, scope: &Scope) -> Result<Judgement> {
        let history = self.answers(scope)?;
        let own = self.fitted(scope)?;
        Ok(Judgement::new(&history, &self.store.option_counts()?, own))
    }
}

impl Judgement {
    /// What there is to say of these answers, with the number of options of questions that have some, and
    /// the parameters that were fitted.
    pub fn new(
        history: &History,
        options: &HashMap<CardId, usize>,
        own: Option<(Fitted, Parameters)>,
    ) -> Self {
        let others = [Predictor::FsrsDefault, Predictor::Sm2, Predictor::MeanSoFar];
        Self {
            scored: history.scored_count(),
            evaluation: Evaluation::new(history, None, Predictor::MovingAverage, &others, SEED),
            guessing: Guessing::corrected(history, options),
            own: own.map(|(fitted, parameters)| Own::new(history, &fitted, parameters)),
        }
    }
}

impl Own {
    fn new(history: &History, fitted: &Fitted, parameters: Parameters) -> Self {
        let through = StudyDay::from_date(fitted.through);
        let others = [Predictor::FsrsOwn(parameters), Predictor::MovingAverage];
        Self {
            through,
            scored: history.scored().filter(|answer| answer.day > through).count(),
            evaluation: Evaluation::new(history, Some(through), Predictor::FsrsDefault, &others, SEED),
        }
    }
}
