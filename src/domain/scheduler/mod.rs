//! When a card comes again: what every scheduler has in common. The set of schedulers is closed, so
//! that the compiler names each place a further one must touch.

mod preview;
mod quality;
pub mod sm2;

use super::time::{Days, StudyDay};
use sm2::{Ease, Sm2};

pub use preview::{Preview, Promise};
pub use quality::Quality;

/// The longest interval that any scheduler promises: a hundred years, nearly.
pub const LONGEST_INTERVAL: Days = Days(36_500);

/// The most drills of one card on one day; after them it rests until tomorrow.
pub const MOST_DRILLS: u8 = 5;

/// An algorithm that promises intervals, with its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheduler {
    /// SM-2.
    Sm2(Sm2),
}

/// When a card that has been answered comes again, and what its scheduler knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Answers in a row that passed.
    pub repetitions: u32,
    /// The ease factor.
    pub ease: Ease,
    /// The interval that was promised last.
    pub interval: Days,
    /// The study day on which it is due.
    pub due: StudyDay,
    /// The study day of the last answer that counted: the first one of a day.
    pub answered: StudyDay,
    /// The study day of its very first answer.
    pub introduced: StudyDay,
    /// How often it was forgotten after having been known.
    pub lapses: u32,
    /// Drills so far, while it is to be repeated on the day it was answered.
    pub drills: Option<u8>,
}

impl Scheduler {
    /// SM-2 as its author's text has it: what a collection starts with.
    pub const SM2: Self = Self::Sm2(Sm2::TEXT);

    /// The word of the log and of settings.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Sm2(sm2) => sm2.rules.word(),
        }
    }

    /// The schedule after an answer; `before` is `None` for a card's first.
    pub fn after(&self, before: Option<&Schedule>, answer: impl Into<Quality>, today: StudyDay) -> Schedule {
        let quality = answer.into();
        match self {
            Self::Sm2(sm2) => sm2.after(before, quality, today),
        }
    }

    /// What each grade would bring today.
    pub fn preview(&self, before: Option<&Schedule>, today: StudyDay) -> Preview {
        Preview::new(before, today, |grade| self.after(before, grade, today))
    }
}

impl Default for Scheduler {
    fn default() -> Self {
        Self::SM2
    }
}

impl Schedule {
    /// Whether it is to be asked once more today, since it was not known.
    pub fn is_drilled(&self, today: StudyDay) -> bool {
        self.drills.is_some() && self.answered == today
    }

    /// The same with the interval that was really promised. Due is a fact: it follows from the log
    /// and not from what today's scheduler would have promised then.
    pub(super) fn promised(self, interval: Days, day: StudyDay) -> Self {
        Self { interval, due: day.plus(interval), ..self }
    }
}
