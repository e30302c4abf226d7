//! Whether what was called likely happened: answers in ten groups by their forecasts.

use std::ops::Range;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::share::{Interval, Share};

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

/// So many answers in groups of as equal a size as can be while equal forecasts stay together. `at` gives the
/// forecast of each, the lowest first, and whether it was recalled.
pub(super) fn tenths(answers: usize, at: impl Fn(usize) -> (f64, bool)) -> Vec<Tenth> {
    let mut groups = Vec::new();
    let mut begin = 0;
    for nth in 1..=GROUPS {
        let mut end = answers * nth / GROUPS;
        while 0 < end && end < answers && at(end).0 == at(end - 1).0 {
            end += 1;
        }
        if end > begin {
            groups.push(tenth(begin..end, &at));
            begin = end;
        }
    }
    groups
}

fn tenth(places: Range<usize>, at: impl Fn(usize) -> (f64, bool)) -> Tenth {
    let answers = places.len();
    let recalled = places.clone().filter(|place| at(*place).1).count();
    Tenth {
        forecasts: Interval { low: at(places.start).0, high: at(places.end - 1).0 },
        predicted: places.map(|place| at(place).0).sum::<f64>() / answers as f64,
        recalled: Share { count: recalled, of: answers },
    }
}
