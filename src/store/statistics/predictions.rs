//! What predictors came to for the whole log, in a file of its own, `predictions.cache`: to replay a million
//! answers takes longer than all other figures together. The log alone decides what they come to, so the file
//! is right as long as its row is the log's last one. It may be deleted at any time.

use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{
    LogEnd,
    cache::{self, Link},
};
use crate::domain::evaluation::{Interval, Measured, Measurement, Predictor, Share, Tenth};

pub(super) const FILE: &str = "predictions.cache";

/// What the file holds. Fractions stand there by their bits, so that none changes on its way.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    end: LogEnd,
    last: Link,
    recalled: (usize, usize),
    cards: usize,
    predictors: Vec<Figures>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Figures {
    name: String,
    log_loss: u64,
    rmse_in_bins: u64,
    auc: Option<u64>,
    beyond_baseline: u64,
    /// Lowest, highest and mean forecast, recalled and all.
    tenths: Vec<(u64, u64, u64, usize, usize)>,
}

/// What these predictors came to when the log ended like this; `None` where nobody knows.
pub(super) fn read(
    folder: &Path,
    connection: &Connection,
    end: LogEnd,
    predictors: &[Predictor],
) -> Option<Measurement> {
    let (stored, _) = cache::read::<Stored>(&folder.join(FILE))?;
    let is_of_this_log = stored.end == end && cache::link(connection, end.0).ok()?? == stored.last;
    if !is_of_this_log || stored.predictors.len() != predictors.len() {
        return None;
    }
    let (count, of) = stored.recalled;
    let measured = stored.predictors.iter().zip(predictors).map(|(figures, of)| figures.measured(*of));
    Some(Measurement {
        recalled: Share { count, of },
        cards: stored.cards,
        predictors: measured.collect::<Option<_>>()?,
    })
}

/// Keeps what predictors came to when the log ended like this.
pub(super) fn write(folder: &Path, connection: &Connection, end: LogEnd, measurement: &Measurement) {
    let Ok(Some(last)) = cache::link(connection, end.0) else { return };
    let Measurement { recalled, cards, predictors } = measurement;
    let stored = Stored {
        end,
        last,
        recalled: (recalled.count, recalled.of),
        cards: *cards,
        predictors: predictors.iter().map(Figures::of).collect(),
    };
    // That it cannot be written harms nobody.
    let _ = cache::write(&folder.join(FILE), &stored, &[]);
}

impl Figures {
    fn of(measured: &Measured) -> Self {
        let tenth = |Tenth { forecasts, predicted, recalled }: &Tenth| {
            let [low, high, predicted] = [forecasts.low, forecasts.high, *predicted].map(f64::to_bits);
            (low, high, predicted, recalled.count, recalled.of)
        };
        Self {
            name: measured.name.to_owned(),
            log_loss: measured.log_loss.to_bits(),
            rmse_in_bins: measured.rmse_in_bins.to_bits(),
            auc: measured.auc.map(f64::to_bits),
            beyond_baseline: measured.beyond_baseline.to_bits(),
            tenths: measured.calibration.iter().map(tenth).collect(),
        }
    }

    /// The figures of this predictor; `None` if they are another's.
    fn measured(&self, predictor: Predictor) -> Option<Measured> {
        let tenth = |&(low, high, predicted, count, of): &(u64, u64, u64, usize, usize)| {
            let [low, high, predicted] = [low, high, predicted].map(f64::from_bits);
            Tenth { forecasts: Interval { low, high }, predicted, recalled: Share { count, of } }
        };
        (self.name == predictor.word()).then(|| Measured {
            predictor,
            name: predictor.word(),
            log_loss: f64::from_bits(self.log_loss),
            rmse_in_bins: f64::from_bits(self.rmse_in_bins),
            auc: self.auc.map(f64::from_bits),
            beyond_baseline: f64::from_bits(self.beyond_baseline),
            calibration: self.tenths.iter().map(tenth).collect(),
        })
    }
}
