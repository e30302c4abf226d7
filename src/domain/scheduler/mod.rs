//! When a card comes again: what every scheduler has in common. The set of schedulers is closed, so
//! that the compiler names each place a further one must touch.

pub mod sm2;

use std::fmt;

use super::{
    grade::Grade,
    time::{Days, StudyDay},
};
use sm2::Ease;

/// The longest interval that any scheduler promises: a hundred years, nearly.
pub const LONGEST_INTERVAL: Days = Days(36_500);

/// The most drills of one card on one day; after them it rests until tomorrow.
pub const MOST_DRILLS: u8 = 5;

/// An algorithm that promises intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheduler {
    /// SM-2 as its author's text has it.
    #[default]
    Sm2,
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

/// What each grade would bring, worked out before any of them is given. What the screen shows is
/// what the log records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    before: Option<Schedule>,
    after: [Schedule; 4],
    today: StudyDay,
}

/// What one grade would bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// From today to the day on which it would be due.
    pub interval: Days,
    /// Whether it would come again today.
    pub drill: bool,
    /// What would be added to the ease factor, in hundredths.
    pub ease_change: i32,
}

impl Scheduler {
    /// The word of the log and of settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sm2 => "sm2",
        }
    }

    /// The schedule after an answer; `before` is `None` for a card's first.
    pub fn after(self, before: Option<&Schedule>, grade: Grade, today: StudyDay) -> Schedule {
        match before {
            // A card that was answered today and given an earlier date is due like any other.
            Some(before) if today <= before.answered && today < before.due => {
                before.after_further_answer(grade)
            }
            Some(_) | None => match self {
                Self::Sm2 => sm2::after(before, grade, today),
            },
        }
    }

    /// What each grade would bring today.
    pub fn preview(self, before: Option<&Schedule>, today: StudyDay) -> Preview {
        let after = Grade::ALL.map(|grade| self.after(before, grade, today));
        Preview { before: before.copied(), after, today }
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

    /// A further answer on the same study day can only end the drill.
    fn after_further_answer(&self, grade: Grade) -> Self {
        let drills = match grade {
            Grade::Again | Grade::Hard => self.drills.map(|done| done + 1),
            Grade::Good | Grade::Easy => None,
        };
        Self { drills: drills.filter(|done| *done < MOST_DRILLS), ..*self }
    }
}

impl Preview {
    /// What this grade would bring.
    pub fn promise(&self, grade: Grade) -> Promise {
        let after = &self.after[usize::from(grade.number()) - 1];
        let ease_before = self.before.map_or(Ease::FIRST, |before| before.ease);
        Promise {
            interval: after.due.since(self.today),
            drill: after.is_drilled(self.today),
            ease_change: after.ease.hundredths() - ease_before.hundredths(),
        }
    }
}

impl fmt::Display for Promise {
    /// `15 d, ease +0.10`; a change of ease that a further answer today already implies is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.interval.fmt(f)?;
        if self.drill {
            return f.write_str(", today again");
        }
        if self.ease_change > 0 {
            return write!(f, ", ease +{:.2}", f64::from(self.ease_change) / 100.0);
        }
        Ok(())
    }
}
