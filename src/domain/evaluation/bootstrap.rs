//! How far a measure may be off by chance: it is taken again on many samples of the cards, each drawn with
//! replacement. All predictors are measured on the same samples, so that differences between them can be
//! told too.

use std::{num::NonZero, thread};

use oorandom::Rand64;

use super::{
    measure::{Field, Forecast},
    share::Interval,
};

/// Measures are taken on so many answers at most, over all samples.
const MOST_MEASURED: usize = 10_000_000;
/// The most samples, which few answers get, and the fewest, which very many get.
const SAMPLES: (usize, usize) = (200, 1000);
/// The share of samples that lies below an interval, and above it.
const TAIL: f64 = 0.025;

/// A figure with how far it may be off by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure for all answers.
    pub value: f64,
    /// How far the middle 95 % of the samples spread, laid around the figure.
    pub interval: Interval,
}

/// The measures of all forecasts, for all cards and for each sample of them.
pub(super) struct Samples {
    all: Vec<Measures>,
    /// For each sample, those of all forecasts.
    drawn: Vec<Vec<Measures>>,
}

#[derive(Debug, Clone, Copy)]
struct Measures {
    log_loss: f64,
    rmse_in_bins: f64,
    auc: Option<f64>,
}

impl Samples {
    /// Draws cards and measures the forecasts. On how many processors this is done changes nothing of what is
    /// drawn: each sample has a seed of its own.
    pub fn draw(field: &Field, forecasts: &[&Forecast], seed: u64) -> Self {
        let measured = |times: &[u16]| -> Vec<Measures> {
            forecasts.iter().map(|forecast| measures(field, forecast, times)).collect()
        };
        let answered = answered_cards(field);
        let sample = |nth: usize| measured(&drawn(&answered, field.answers_by_card().len(), seed, nth));
        let count = (MOST_MEASURED / field.outcomes.len().max(1)).clamp(SAMPLES.0, SAMPLES.1);
        let workers = thread::available_parallelism().map_or(1, NonZero::get);
        let drawn = thread::scope(|scope| {
            let work = |from: usize| (from..count).step_by(workers).map(sample).collect::<Vec<_>>();
            let handles: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
            handles.into_iter().flat_map(|handle| handle.join().expect("measuring does not panic")).collect()
        });
        Self { all: measured(&vec![1; field.answers_by_card().len()]), drawn }
    }

    /// How many samples there are.
    pub fn count(&self) -> usize {
        self.drawn.len()
    }

    /// The log loss of one forecast.
    pub fn log_loss(&self, forecast: usize) -> Estimate {
        self.estimate(|measures| measures[forecast].log_loss)
    }

    /// By how much the log loss of one forecast is above that of another.
    pub fn log_loss_beyond(&self, forecast: usize, other: usize) -> Estimate {
        self.estimate(|measures| measures[forecast].log_loss - measures[other].log_loss)
    }

    /// The error in bins of one forecast.
    pub fn rmse_in_bins(&self, forecast: usize) -> Estimate {
        self.estimate(|measures| measures[forecast].rmse_in_bins).within(0.0, f64::INFINITY)
    }

    /// The AUC of one forecast. Samples without any pair are left out of its interval.
    pub fn auc(&self, forecast: usize) -> Option<Estimate> {
        let value = self.all[forecast].auc?;
        let drawn = self.drawn.iter().filter_map(|measures| measures[forecast].auc);
        Some(Estimate::around(value, drawn.collect()).within(0.0, 1.0))
    }

    fn estimate(&self, measure: impl Fn(&[Measures]) -> f64) -> Estimate {
        let drawn = self.drawn.iter().map(|measures| measure(measures));
        Estimate::around(measure(&self.all), drawn.collect())
    }
}

impl Estimate {
    /// The error in bins grows with chance, so that samples of samples have more of it than the sample: what
    /// they are too high by on average is taken off. The other measures have next to none of that.
    fn around(value: f64, mut drawn: Vec<f64>) -> Self {
        drawn.sort_by(f64::total_cmp);
        let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
        let beyond = (drawn.len() as f64 * TAIL).floor() as usize;
        let (low, high) = (drawn[beyond], drawn[drawn.len() - 1 - beyond]);
        Self { value, interval: Interval { low: value + low - mean, high: value + high - mean } }
    }

    fn within(self, least: f64, most: f64) -> Self {
        let Interval { low, high } = self.interval;
        Self { interval: Interval { low: low.max(least), high: high.min(most) }, ..self }
    }
}

fn measures(field: &Field, forecast: &Forecast, times: &[u16]) -> Measures {
    Measures {
        log_loss: forecast.log_loss(field, times),
        rmse_in_bins: forecast.rmse_in_bins(field, times),
        auc: forecast.auc(times),
    }
}

/// How often each card is drawn: as many draws as there are answered cards.
fn drawn(answered: &[usize], cards: usize, seed: u64, nth: usize) -> Vec<u16> {
    let mut random = Rand64::new(u128::from(seed) << 64 | nth as u128);
    let mut times = vec![0; cards];
    for _ in answered {
        times[answered[random.rand_range(0..answered.len() as u64) as usize]] += 1;
    }
    times
}

fn answered_cards(field: &Field) -> Vec<usize> {
    let answers = field.answers_by_card().iter().enumerate();
    answers.filter(|(_, answers)| **answers > 0).map(|(card, _)| card).collect()
}
