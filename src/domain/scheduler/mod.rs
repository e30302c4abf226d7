//! When a card comes again: what every scheduler has in common. The set of schedulers is closed, so
//! that the compiler names each place a further one must touch.

mod choice;
pub mod fsrs;
mod fuzz;
mod preview;
mod quality;
pub mod sm2;

use super::time::{Days, StudyDay};
use fsrs::{Fsrs, Trace};
use fuzz::Fuzz;
use sm2::{Ease, Sm2};

pub use choice::{Choice, Name, Override, Schedulers};
pub use fuzz::Seed;
pub use preview::{Preview, Promise};
pub use quality::Quality;

/// The longest interval that any scheduler promises: a hundred years, nearly.
pub const LONGEST_INTERVAL: Days = Days(36_500);

/// The most drills of one card on one day; after them it rests until tomorrow.
pub const MOST_DRILLS: u8 = 5;

/// An algorithm that promises intervals, with its settings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scheduler {
    /// SM-2.
    Sm2(Sm2),
    /// FSRS-6.
    Fsrs(Fsrs),
}

/// What a scheduler knows of a card beyond what all of them count. It follows from the log: whoever changes
/// the scheduler replays it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// What SM-2 knows.
    Sm2 {
        /// The ease factor.
        ease: Ease,
    },
    /// What FSRS knows.
    Fsrs(Trace),
}

/// When a card that has been answered comes again, and what its scheduler knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// What its scheduler knows of it.
    pub memory: Memory,
    /// Answers in a row that passed.
    pub repetitions: u32,
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
            Self::Fsrs(_) => "fsrs",
        }
    }

    /// What tells the memory that this scheduler makes of answers from that of another: its word, and the
    /// parameters of FSRS where they are not the published ones. Two that agree in it differ at most in what
    /// they promise.
    pub fn memory_word(&self) -> String {
        match self {
            Self::Sm2(_) => self.word().to_owned(),
            Self::Fsrs(fsrs) => fsrs.memory_word(),
        }
    }

    /// The schedule after an answer, without any fuzz; `before` is `None` for a card's first.
    pub fn after(&self, before: Option<&Schedule>, answer: impl Into<Quality>, today: StudyDay) -> Schedule {
        self.fuzzed_after(before, answer.into(), today, Fuzz::Off)
    }

    /// The schedule after an answer, with the interval that a person is promised: fuzzed by the card's seed
    /// where the settings say so.
    pub fn promising_after(
        &self,
        card: impl Into<Seed>,
        before: Option<&Schedule>,
        answer: impl Into<Quality>,
        today: StudyDay,
    ) -> Schedule {
        let fuzz = if self.fuzzes() { Fuzz::of(card.into(), before) } else { Fuzz::Off };
        self.fuzzed_after(before, answer.into(), today, fuzz)
    }

    /// How likely it is that the card is recalled on this day, 0 to 1; `None` where the scheduler says
    /// nothing about it.
    pub fn retrievability(&self, schedule: &Schedule, today: StudyDay) -> Option<f64> {
        match self {
            Self::Sm2(_) => None,
            Self::Fsrs(fsrs) => Some(fsrs.retrievability(schedule, today)),
        }
    }

    /// What each grade would bring today.
    pub fn preview(&self, card: impl Into<Seed>, before: Option<&Schedule>, today: StudyDay) -> Preview {
        let card = card.into();
        Preview::new(before, today, |grade| self.promising_after(card, before, grade, today))
    }

    fn fuzzed_after(
        &self,
        before: Option<&Schedule>,
        quality: Quality,
        today: StudyDay,
        fuzz: Fuzz,
    ) -> Schedule {
        match self {
            Self::Sm2(sm2) => sm2.after(before, quality, today, fuzz),
            Self::Fsrs(fsrs) => fsrs.after(before, quality.grade(), today, fuzz),
        }
    }

    fn fuzzes(&self) -> bool {
        match self {
            Self::Sm2(sm2) => sm2.fuzz,
            Self::Fsrs(fsrs) => fsrs.fuzz,
        }
    }
}

impl Default for Scheduler {
    fn default() -> Self {
        Self::SM2
    }
}

impl Memory {
    /// The ease factor, where the scheduler knows one.
    pub fn ease(&self) -> Option<Ease> {
        match self {
            Self::Sm2 { ease } => Some(*ease),
            Self::Fsrs(_) => None,
        }
    }

    /// Stability and difficulty, where the scheduler knows them.
    pub fn trace(&self) -> Option<&Trace> {
        match self {
            Self::Sm2 { .. } => None,
            Self::Fsrs(trace) => Some(trace),
        }
    }
}

impl Schedule {
    /// Whether it is to be asked once more today, since it was not known.
    pub fn is_drilled(&self, today: StudyDay) -> bool {
        self.drills.is_some() && self.answered == today
    }

    /// Whether an answer on this day is a further one, that counts for little. A card that was answered today
    /// and then given an earlier date is due like any other.
    fn has_been_answered(&self, today: StudyDay) -> bool {
        today <= self.answered && today < self.due
    }

    /// The study day up to which the interval goes. It is the one on which the card is due, unless it was answered
    /// by a clock that ran ahead and brought back since.
    pub(super) fn promised_day(&self) -> StudyDay {
        self.answered.plus(self.interval)
    }

    fn unanswered(memory: Memory, today: StudyDay) -> Self {
        Self {
            memory,
            repetitions: 0,
            interval: Days(0),
            due: today,
            answered: today,
            introduced: today,
            lapses: 0,
            drills: None,
        }
    }

    /// The same with the first answer of a day counted. What was known and is not any more is a lapse.
    fn answered(self, passed: bool, drilled: bool, today: StudyDay) -> Self {
        let lapsed = !passed && self.repetitions > 0;
        Self {
            repetitions: if passed { self.repetitions + 1 } else { 0 },
            lapses: self.lapses + u32::from(lapsed),
            answered: today,
            drills: drilled.then_some(0),
            ..self
        }
    }

    /// The same with a further answer of the day counted, which can only end the drill.
    fn answered_further(self, drilled: bool) -> Self {
        let drills = self.drills.filter(|_| drilled).map(|done| done + 1);
        Self { drills: drills.filter(|done| *done < MOST_DRILLS), ..self }
    }

    /// The same with another day to be due on, up to which the interval goes then: whoever answers on that day is
    /// neither early nor late. Where the answer does not lie before it, as by a clock that ran ahead, it stays.
    pub(super) fn rescheduled(self, due: StudyDay) -> Self {
        let interval = Some(due.since(self.answered)).filter(|days| *days > Days(0)).unwrap_or(self.interval);
        Self { due, interval, ..self }
    }

    /// The same with the interval that was really promised. Due is a fact: it follows from the log
    /// and not from what today's scheduler would have promised then.
    pub(super) fn promised(self, interval: Days, day: StudyDay) -> Self {
        Self { interval, due: day.plus(interval), ..self }
    }
}
