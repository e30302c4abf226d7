//! A share of counted things, and how far it may be off by chance.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Shares of fewer things than this say little, and are said to.
pub const FEW: usize = 30;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that are meant.
    pub count: usize,
    /// All of them.
    pub of: usize,
}

/// From where to where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    /// The share, 0 to 1; not a number where there is nothing at all.
    pub fn value(self) -> f64 {
        self.count as f64 / self.of as f64
    }

    /// Whether it rests on so few things that it says little.
    pub fn is_of_few(self) -> bool {
        self.of < FEW
    }

    /// One more thing, which is meant or not.
    pub fn count(&mut self, meant: bool) {
        self.count += usize::from(meant);
        self.of += 1;
    }

    /// Both together, of things that are not the same.
    pub fn plus(self, other: Self) -> Self {
        Self { count: self.count + other.count, of: self.of + other.of }
    }

    /// Shows each number that it is made of, and takes what comes back for it.
    pub fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        self.count = visit(self.count as u64) as usize;
        self.of = visit(self.of as u64) as usize;
    }

    /// Its interval in percent, likewise: `90.1-92.2`.
    pub fn range(self) -> String {
        let Interval { low, high } = self.interval();
        format!("{:.1}-{:.1}", low * 100.0, high * 100.0)
    }

    /// Its interval at 95 %.
    pub fn interval(self) -> Interval {
        self.wilson(1.959_963_984_540_054)
    }

    /// Wilson's score interval (E. B. Wilson, 1927), which stays sensible for few things and for shares near 0
    /// and 1: as wide as so many standard deviations of the normal distribution.
    pub fn wilson(self, z: f64) -> Interval {
        let (share, of) = (self.value(), self.of as f64);
        let shrunk = 1.0 + z * z / of;
        let middle = (share + z * z / (2.0 * of)) / shrunk;
        let half = z / shrunk * (share * (1.0 - share) / of + z * z / (4.0 * of * of)).sqrt();
        Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
    }
}

/// The share in percent, to the digit that every face shows: `91.2 %`; `-` of nothing at all.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            0 => f.pad("-"),
            _ => f.pad(&format!("{:.1} %", self.value() * 100.0)),
        }
    }
}

/// With its value and its interval beside it. Of nothing at all there is no value, and the interval is all
/// that is possible.
impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Interval { low, high } = self.interval();
        let mut fields = serializer.serialize_struct("Share", 5)?;
        fields.serialize_field("count", &self.count)?;
        fields.serialize_field("of", &self.of)?;
        fields.serialize_field("share", &self.value())?;
        fields.serialize_field("low", &low)?;
        fields.serialize_field("high", &high)?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_in_percent_with_one_decimal() {
        let told = |count, of| format!("{:>7}|{}", Share { count, of }, Share { count, of }.range());
        assert_eq!([told(8, 10), told(0, 0)], [" 80.0 %|49.0-94.3", "      -|0.0-100.0"]);
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        let told = serde_json::to_string(&Share::default()).expect("JSON");
        assert_eq!(told, r#"{"count":0,"of":0,"share":null,"low":0.0,"high":1.0}"#);
    }

    #[test]
    fn wilsons_interval_is_that_of_his_formula() {
        // By hand: z² = 3.841459; 8 of 10: the middle is 0.992073 / 1.384146, the half 1.416010 × 0.160011.
        for (count, of, low, high) in [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)] {
            let Interval { low: found_low, high: found_high } = Share { count, of }.interval();
            assert!(
                (found_low - low).abs() < 1e-4 && (found_high - high).abs() < 1e-4,
                "{found_low} {found_high}"
            );
        }
    }
}
