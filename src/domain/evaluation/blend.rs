//! How far to follow parameters that were fitted to few answers: they are blended with the published ones,
//! and answers that the fit has not seen decide how much of it is taken.

use super::{
    bootstrap::{Estimate, Samples},
    history::History,
    measure::{Field, Forecast},
    predictor::fsrs_forecast,
    share::Share,
};
use crate::domain::scheduler::fsrs::Parameters;

/// The shares of the fit that are tried.
pub const LAMBDAS: [f64; 11] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// The part of the scored answers that the fit may see: the older ones.
const OLDER: (usize, usize) = (7, 10);

/// Blends of the published parameters with a fit, judged on the newest answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Blends {
    /// The share of the fit that predicts the held-out answers best; of equal ones the least.
    pub lambda: f64,
    /// The published parameters and the fit, blended in this share.
    pub parameters: Parameters,
    /// The held-out answers that were recalled, of all of them.
    pub held_out: Share,
    /// How many cards they were given to.
    pub cards: usize,
    /// The log loss on them of the published parameters, which is λ = 0.
    pub default: Estimate,
    /// That of the fit, which is λ = 1.
    pub fit: Estimate,
    /// That of the blend. It flatters the blend a little, since λ was chosen on the same answers.
    pub blend: Estimate,
    /// That of the blend beyond that of the published parameters, from the same samples: below 0 is better.
    pub gain: Estimate,
    /// How many samples the bootstrap has drawn.
    pub samples: usize,
}

impl History {
    /// How many of the scored answers, the oldest ones, a fit may see. The others are held out to judge it.
    pub fn seen_by_fit(&self) -> usize {
        self.scored_count() * OLDER.0 / OLDER.1
    }
}

impl Blends {
    /// Judges a fit to the older answers of a history on the held-out ones. `None` when `go_on` says no, and
    /// where nothing is held out.
    pub fn judge(
        history: &History,
        fit: Parameters,
        seed: u64,
        mut go_on: impl FnMut() -> bool,
    ) -> Option<Self> {
        let seen = history.seen_by_fit();
        let field = Field::new(history, (0..history.scored_count()).map(|nth| nth >= seen).collect());
        let once = vec![1; history.cards().len()];
        let mut tried = Vec::with_capacity(LAMBDAS.len());
        for lambda in LAMBDAS {
            let parameters = Parameters::default().blended(&fit, lambda);
            let forecast = Forecast::new(&field, fsrs_forecast(history, 0, parameters));
            tried.push((lambda, parameters, forecast.log_loss(&field, &once), forecast));
            if !go_on() {
                return None;
            }
        }
        // The first of equal ones, so the least share.
        let best = (0..tried.len()).min_by(|a, b| tried[*a].2.total_cmp(&tried[*b].2))?;
        let (lambda, parameters, ..) = tried[best];
        let places = [0, tried.len() - 1, best];
        let samples = Samples::draw(&field, &places.map(|place| &tried[place].3), seed);
        Some(Self {
            lambda,
            parameters,
            held_out: field.recalled(),
            cards: field.cards(),
            default: samples.log_loss(0),
            fit: samples.log_loss(1),
            blend: samples.log_loss(2),
            gain: samples.log_loss_beyond(2, 0),
            samples: samples.count(),
        })
    }
}
