//! The figures as JSON. Intervals are those of the bootstrap over cards, and Wilson's for shares.

use serde::Serialize;

use crate::{
    app::{Judgement, Own},
    domain::evaluation::{
        Estimate, Evaluation, FEWEST_ANSWERS, Guessing, Interval, LEAST_CHANCE, Score, Share, Standing, Tenth,
    },
};

#[derive(Debug, Serialize)]
pub(super) struct Figures {
    scored: usize,
    fewest: usize,
    least_chance: f64,
    evaluation: Option<All>,
    guessing: Option<Guessing>,
    own: Option<OwnFigures>,
}

#[derive(Debug, Serialize)]
struct All {
    cards: usize,
    recalled: Share,
    bootstrap_samples: usize,
    best_scheduler: Option<&'static str>,
    /// The last one is what the differences are taken to.
    predictors: Vec<One>,
}

#[derive(Debug, Serialize)]
struct One {
    name: &'static str,
    log_loss: Value,
    rmse_in_bins: Value,
    auc: Option<Value>,
    beyond_baseline: Value,
    standing: &'static str,
    calibration: Vec<Tenth>,
}

/// A figure with the ends of its interval.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Value {
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Debug, Serialize)]
struct OwnFigures {
    through: String,
    scored: usize,
    evaluation: Option<All>,
}

pub(super) fn of(judgement: &Judgement) -> Figures {
    Figures {
        scored: judgement.scored,
        fewest: FEWEST_ANSWERS,
        least_chance: LEAST_CHANCE,
        evaluation: judgement.evaluation.as_ref().map(All::from),
        guessing: judgement.guessing,
        own: judgement.own.as_ref().map(OwnFigures::from),
    }
}

impl From<&Evaluation> for All {
    fn from(evaluation: &Evaluation) -> Self {
        Self {
            cards: evaluation.cards,
            recalled: evaluation.recalled,
            bootstrap_samples: evaluation.samples,
            best_scheduler: evaluation.best_scheduler().map(|score| score.predictor.word()),
            predictors: evaluation.scores.iter().map(One::from).collect(),
        }
    }
}

impl From<&Score> for One {
    fn from(score: &Score) -> Self {
        Self {
            name: score.predictor.word(),
            log_loss: score.log_loss.into(),
            rmse_in_bins: score.rmse_in_bins.into(),
            auc: score.auc.map(Value::from),
            beyond_baseline: score.beyond_baseline.into(),
            standing: match score.standing() {
                Standing::Better => "better",
                Standing::Level => "level",
                Standing::Worse => "worse",
            },
            calibration: score.calibration.clone(),
        }
    }
}

impl From<Estimate> for Value {
    fn from(Estimate { value, interval: Interval { low, high } }: Estimate) -> Self {
        Self { value, low, high }
    }
}

impl From<&Own> for OwnFigures {
    fn from(own: &Own) -> Self {
        Self {
            through: own.through.to_string(),
            scored: own.scored,
            evaluation: own.evaluation.as_ref().map(All::from),
        }
    }
}
