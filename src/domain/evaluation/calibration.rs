//! Whether what was called likely happened: answers in ten groups by their forecasts.

use std::ops::Range;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{
    measure::Forecast,
    share::{Interval, Share},
};

const GROUPS: usize = 10;

/// A tenth of the answers, those with forecasts next to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenth {
    /// Its lowest and its highest forecast.
    pub forecasts: Interval,
    /// The mean of its forecasts.
    pub predicted: f64,
    /// What was recalled of it.
    pub recalled: Share,
}

impl Serialize for Tenth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Tenth", 4)?;
        fields.serialize_field("lowest", &self.forecasts.low)?;
        fields.serialize_field("highest", &self.forecasts.high)?;
        fields.serialize_field("predicted", &self.predicted)?;
        fields.serialize_field("recalled", &self.recalled)?;
        fields.end()
    }
}

/// The answers in groups of as equal a size as can be while equal forecasts stay together.
pub(super) fn tenths(forecast: &Forecast) -> Vec<Tenth> {
    let answers = forecast.ranked.len();
    let mut groups = Vec::new();
    let mut begin = 0;
    for nth in 1..=GROUPS {
        let mut end = answers * nth / GROUPS;
        while end < answers && forecast.ranked[end].tied {
            end += 1;
        }
        if end > begin {
            groups.push(tenth(forecast, begin..end));
            begin = end;
        }
    }
    groups
}

fn tenth(forecast: &Forecast, places: Range<usize>) -> Tenth {
    let chances = &forecast.ranked_chances[places.clone()];
    let recalled = forecast.ranked[places].iter().filter(|answer| answer.recalled).count();
    Tenth {
        forecasts: Interval { low: chances[0], high: chances[chances.len() - 1] },
        predicted: chances.iter().sum::<f64>() / chances.len() as f64,
        recalled: Share { count: recalled, of: chances.len() },
    }
}
