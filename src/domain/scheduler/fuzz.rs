//! Fuzz: cards that were learned together shall not come together for ever, so a promised interval may
//! lie a little beside the one that was worked out. Pure as all else here: the same card at the same
//! repetition always gets the same.

use oorandom::Rand64;

use super::{LONGEST_INTERVAL, Schedule};
use crate::domain::{ids::CardId, time::Days};

/// Shorter intervals are promised as they are.
const LEAST_FUZZED: Days = Days(3);
/// No fuzz makes an interval shorter than this.
const SHORTEST: f64 = 2.0;
/// By which part of itself each stretch of an interval widens the fuzz, from where to where in days. The
/// widths are those that the implementations of FSRS have in common.
const WIDENING: [(f64, f64, f64); 3] = [(0.15, 2.5, 7.0), (0.10, 7.0, 20.0), (0.05, 20.0, f64::INFINITY)];

/// What tells the fuzz of one card from that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seed(pub u64);

/// The fuzz of one answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fuzz {
    /// There is none.
    Off,
    /// Where in the fuzzed range the interval falls: from 0, its begin, to just below 1, its end.
    At(f64),
}

impl From<CardId> for Seed {
    fn from(card: CardId) -> Self {
        Self(card.0.cast_unsigned())
    }
}

impl Fuzz {
    /// The fuzz of the answer that comes next. It is the same for all grades, so that a better grade never
    /// promises a shorter interval.
    pub(super) fn of(seed: Seed, before: Option<&Schedule>) -> Self {
        let (repetitions, lapses) = before.map_or((0, 0), |before| (before.repetitions, before.lapses));
        let place = u128::from(repetitions) << 32 | u128::from(lapses);
        Self::At(Rand64::new(u128::from(seed.0) << 64 | place).rand_float())
    }

    /// The interval that is promised instead of this one.
    pub(super) fn apply(self, interval: Days) -> Days {
        match self {
            Self::At(place) if interval >= LEAST_FUZZED => {
                let (least, most) = range(interval);
                Days((least + (place * (most - least + 1.0)).floor()) as u32)
            }
            Self::At(_) | Self::Off => interval,
        }
    }
}

/// The shortest and the longest interval that fuzz may bring.
fn range(interval: Days) -> (f64, f64) {
    let days = f64::from(interval.0);
    let widened = |(part, from, to): (f64, f64, f64)| part * (days.min(to) - from).max(0.0);
    let width = 1.0 + WIDENING.map(widened).iter().sum::<f64>();
    let most = (days + width).round().min(f64::from(LONGEST_INTERVAL.0));
    ((days - width).round().max(SHORTEST), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(days: u32) -> (u32, u32) {
        let all: Vec<u32> = (0..500).map(|seed| Fuzz::of(Seed(seed), None).apply(Days(days)).0).collect();
        (*all.iter().min().expect("some"), *all.iter().max().expect("some"))
    }

    #[test]
    fn the_longer_an_interval_the_wider_its_fuzz() {
        assert_eq!(
            [1, 2, 3, 10, 100, 1000].map(reached),
            [(1, 1), (2, 2), (2, 4), (8, 12), (93, 107), (948, 1052)]
        );
    }

    #[test]
    fn no_fuzz_goes_beyond_the_longest_interval() {
        assert_eq!(range(LONGEST_INTERVAL).1, f64::from(LONGEST_INTERVAL.0));
    }
}
