//! The one clock of the program, and its one source of randomness.

use std::hash::{BuildHasher, RandomState};

use chrono::{DateTime, FixedOffset, Local};

/// What tells the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, in the machine's time zone.
    System,
    /// A clock that stands still, for tests and curious people.
    Fixed(DateTime<FixedOffset>),
}

impl Clock {
    /// The present instant and what the local clock shows.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine's clock")]
    pub fn now(self) -> DateTime<FixedOffset> {
        match self {
            Self::System => Local::now().fixed_offset(),
            Self::Fixed(now) => now,
        }
    }
}

/// A seed that nobody can foresee.
pub fn seed() -> u64 {
    RandomState::new().hash_one(0)
}
