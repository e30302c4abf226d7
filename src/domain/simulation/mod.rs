//! What the next months would bring: cards are answered day by day in a world where memory is FSRS-6's,
//! whatever scheduler says when they come, since SM-2 says nothing of forgetting. Knows no log, no clock
//! and no collection; the same seed always gives the same months.

mod world;
mod cards;
mod run;
mod outcome;
mod habits;

use super::{
    queue::Limits,
    scheduler::Scheduler,
    time::{Days, StudyDay},
};

pub use cards::{Card, Start};
pub use habits::{ENOUGH, Habits, Recalled};
pub use outcome::{Load, Outcome, Range, Series};
pub use run::{Run, Tally, simulate};
pub use world::{AVERAGE, Odds, Shares, World};

/// The last days that are told by themselves, since the first ones are still those of the past.
pub const LATE: Days = Days(30);

/// What is tried: how a person would study, and for how long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The first day.
    pub today: StudyDay,
    /// So many days, the first one among them.
    pub days: Days,
    /// The most new cards and reviews of a day.
    pub limits: Limits,
    /// What says when a card comes again.
    pub scheduler: Scheduler,
}

impl Plan {
    /// The study days, first to last.
    fn study_days(&self) -> impl Iterator<Item = StudyDay> {
        let first = self.today;
        (0..self.days.0).map(move |later| first.plus(Days(later)))
    }

    fn last_day(&self) -> StudyDay {
        self.today.plus(Days(self.days.0.saturating_sub(1)))
    }
}
