//! How well a person's answers were predicted: each answer is forecast by replay, with what was known just
//! before it, and the forecasts are scored beside what really happened. Knows neither where answers are kept
//! nor how figures are shown.
//!
//! Scored is a card's first answer of a study day, if it had been answered on an earlier day. An answer
//! counts as recalled if its grade is not again.

mod history;
mod predictor;
mod measure;
mod bootstrap;
mod calibration;
mod ledger;
mod share;
mod guessing;
mod blend;

pub use blend::{Blends, LAMBDAS};
pub use bootstrap::Estimate;
pub use calibration::Tenth;
pub use guessing::{Guesses, Guessing};
pub use history::{Answer, Gap, History, Review, Turn};
pub use ledger::{Bin, CardLosses, Ledger, PREDICTORS, Rank};
pub use measure::LEAST_CHANCE;
pub use predictor::{MOVING_AVERAGE_STEP, Mood, Predictor, fsrs_forecast};
pub use share::{FEW, Interval, Share};

use serde::Serialize;

use super::time::StudyDay;
use bootstrap::Samples;
use measure::{Field, Forecast};

/// Fewer scored answers say too little about any predictor.
pub const FEWEST_ANSWERS: usize = 100;

/// How well each of several predictors has predicted the same answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The answers that were recalled, of all that were scored.
    pub recalled: Share,
    /// How many cards they were given to. Cards are what is drawn again in the bootstrap, since the answers
    /// to one card hang together.
    pub cards: usize,
    /// How many samples the bootstrap has drawn.
    pub samples: usize,
    /// What each predictor has come to, in the order in which they were given, the baseline last.
    pub scores: Vec<Score>,
}

/// What one predictor has come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The predictor.
    pub predictor: Predictor,
    /// The mean of -ln of the chance that was given to what happened, each chance kept within
    /// [`LEAST_CHANCE`] of 0 and 1. Lower is better.
    pub log_loss: Estimate,
    /// The root of the mean squared difference between forecast and recall in bins of answers that are alike
    /// in elapsed days, reviews and lapses. Lower is better.
    pub rmse_in_bins: Estimate,
    /// How often a recalled answer had been given the greater chance than a forgotten one. Half is no better
    /// than a coin; `None` where all answers, or none, were recalled.
    pub auc: Option<Estimate>,
    /// The log loss beyond that of the baseline, from the same samples: below 0 is better than it.
    pub beyond_baseline: Estimate,
    /// Ten groups of answers by their forecasts, the lowest first. Fewer where forecasts are the same.
    pub calibration: Vec<Tenth>,
}

/// How a predictor stands to the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It predicts better, by more than chance.
    Better,
    /// The difference may be chance.
    Level,
    /// It predicts worse, by more than chance.
    Worse,
}

impl Evaluation {
    /// Scores a baseline and other predictors on the answers of a history that were given after a study day,
    /// or on all of them. `None` below [`FEWEST_ANSWERS`]. The seed decides what the bootstrap draws.
    pub fn new(
        history: &History,
        after: Option<StudyDay>,
        baseline: Predictor,
        others: &[Predictor],
        seed: u64,
    ) -> Option<Self> {
        let counts = |answer: &Answer| after.is_none_or(|day| answer.day > day);
        let takes_part: Vec<bool> = history.scored().map(counts).collect();
        if takes_part.iter().filter(|takes_part| **takes_part).count() < FEWEST_ANSWERS {
            return None;
        }
        let field = Field::new(history, takes_part);
        let predictors: Vec<Predictor> = others.iter().copied().chain([baseline]).collect();
        let forecast = |predictor: &Predictor| Forecast::new(&field, predictor.forecast(history));
        let forecasts: Vec<Forecast> = predictors.iter().map(forecast).collect();
        let samples = Samples::draw(&field, &forecasts.iter().collect::<Vec<_>>(), seed);
        let score = |(place, predictor): (usize, &Predictor)| Score {
            predictor: *predictor,
            log_loss: samples.log_loss(place),
            rmse_in_bins: samples.rmse_in_bins(place),
            auc: samples.auc(place),
            beyond_baseline: samples.log_loss_beyond(place, others.len()),
            calibration: forecasts[place].tenths(),
        };
        Some(Self {
            recalled: field.recalled(),
            cards: field.cards(),
            samples: samples.count(),
            scores: predictors.iter().enumerate().map(score).collect(),
        })
    }

    /// The score with the lowest log loss among the predictors that know one card from another.
    pub fn best_scheduler(&self) -> Option<&Score> {
        let schedulers = self.scores.iter().filter(|score| score.predictor.is_scheduler());
        schedulers.min_by(|a, b| a.log_loss.value.total_cmp(&b.log_loss.value))
    }
}

/// What one predictor has come to, without a word on how far that may be chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// The predictor.
    #[serde(skip)]
    pub predictor: Predictor,
    /// Its word.
    pub name: &'static str,
    /// As [`Score::log_loss`].
    pub log_loss: f64,
    /// As [`Score::rmse_in_bins`].
    pub rmse_in_bins: f64,
    /// As [`Score::auc`].
    pub auc: Option<f64>,
    /// The log loss beyond that of the baseline: below 0 is better than it.
    pub beyond_baseline: f64,
    /// As [`Score::calibration`].
    pub calibration: Vec<Tenth>,
}

/// The figures of an [`Evaluation`] without their intervals, which take far longer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// As [`Evaluation::recalled`].
    pub recalled: Share,
    /// As [`Evaluation::cards`].
    pub cards: usize,
    /// What each predictor has come to, in the order in which they were given, the baseline last.
    pub predictors: Vec<Measured>,
}

impl Measurement {
    /// The one with the lowest log loss among the predictors that know one card from another.
    pub fn best_scheduler(&self) -> Option<&Measured> {
        let schedulers = self.predictors.iter().filter(|measured| measured.predictor.is_scheduler());
        schedulers.min_by(|a, b| a.log_loss.total_cmp(&b.log_loss))
    }
}

impl Score {
    /// How it stands to the baseline.
    pub fn standing(&self) -> Standing {
        let Interval { low, high } = self.beyond_baseline.interval;
        if high < 0.0 {
            Standing::Better
        } else if low > 0.0 {
            Standing::Worse
        } else {
            Standing::Level
        }
    }
}
