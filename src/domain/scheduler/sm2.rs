//! SM-2: P. A. Woźniak, *Optimization of learning* (1990), chapter 3.2, “Algorithm SM-2”.
//!
//! Whole numbers throughout. In floating point `6 × 2.5` and its like come out a little above the
//! true product now and then, and rounding up then gives a day too many.
//!
//! The author's text says nothing of answers before the due day; those are handled so that studying
//! ahead never costs an interval and never inflates the ease.

use std::fmt;

use super::{LONGEST_INTERVAL, Schedule};
use crate::domain::{
    grade::Grade,
    time::{Days, StudyDay},
};

const FIRST_INTERVAL: Days = Days(1);
const SECOND_INTERVAL: Days = Days(6);

/// The ease factor, in hundredths: by how much the interval grows from one repetition to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ease(u16);

/// How well an answer was known, on SM-2's own scale; 0 and 1 have no key on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Quality {
    Failed,
    WithDifficulty,
    Hesitating,
    Perfect,
}

impl Ease {
    /// The ease of a card that was never answered.
    pub const FIRST: Self = Self(250);
    const LEAST: Self = Self(130);

    /// An ease of so many hundredths, raised to the least one that SM-2 knows.
    pub fn from_hundredths(hundredths: u16) -> Self {
        Self(hundredths).max(Self::LEAST)
    }

    /// The factor times a hundred.
    pub fn hundredths(self) -> i32 {
        i32::from(self.0)
    }

    fn changed(self, quality: Quality) -> Self {
        let changed = match quality {
            Quality::Failed | Quality::Hesitating => self.0,
            Quality::WithDifficulty => self.0.saturating_sub(14),
            Quality::Perfect => self.0.saturating_add(10),
        };
        Self::from_hundredths(changed)
    }

    fn times(self, days: Days) -> Days {
        let grown = (u64::from(days.0) * u64::from(self.0)).div_ceil(100);
        Days(u32::try_from(grown).unwrap_or(u32::MAX)).min(LONGEST_INTERVAL)
    }
}

impl fmt::Display for Ease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Quality {
    fn of(grade: Grade) -> Self {
        match grade {
            Grade::Again => Self::Failed,
            Grade::Hard => Self::WithDifficulty,
            Grade::Good => Self::Hesitating,
            Grade::Easy => Self::Perfect,
        }
    }
}

/// The schedule after the first answer of a study day.
pub(super) fn after(before: Option<&Schedule>, grade: Grade, today: StudyDay) -> Schedule {
    let quality = Quality::of(grade);
    let before = before.copied().unwrap_or_else(|| never_answered(today));
    let early = today < before.due;
    let answered = Schedule { answered: today, drills: drills(quality), ..before };
    let after = match quality {
        Quality::Failed => forgotten(answered),
        Quality::WithDifficulty | Quality::Hesitating | Quality::Perfect if early => {
            known_early(answered, today.since(before.answered))
        }
        Quality::WithDifficulty | Quality::Hesitating | Quality::Perfect => known(answered, quality),
    };
    Schedule { due: today.plus(after.interval), ..after }
}

fn never_answered(today: StudyDay) -> Schedule {
    Schedule {
        repetitions: 0,
        ease: Ease::FIRST,
        interval: Days(0),
        due: today,
        answered: today,
        introduced: today,
        lapses: 0,
        drills: None,
    }
}

/// The text's step 7: after a session, whatever scored below four is repeated until it does not.
fn drills(quality: Quality) -> Option<u8> {
    (quality < Quality::Hesitating).then_some(0)
}

/// The text's step 6: the repetitions start again from the first interval, and the ease stays.
fn forgotten(card: Schedule) -> Schedule {
    let lapses = card.lapses + u32::from(card.repetitions > 0);
    Schedule { repetitions: 0, interval: FIRST_INTERVAL, lapses, ..card }
}

fn known(card: Schedule, quality: Quality) -> Schedule {
    let interval = match card.repetitions {
        0 => FIRST_INTERVAL,
        1 => SECOND_INTERVAL,
        _ => card.ease.times(card.interval),
    };
    Schedule { repetitions: card.repetitions + 1, ease: card.ease.changed(quality), interval, ..card }
}

/// Known before it was due: what was remembered for `elapsed` is worth as much as a repetition at
/// that interval, and the promise that stood is kept where it was better.
fn known_early(card: Schedule, elapsed: Days) -> Schedule {
    let interval = card.ease.times(elapsed).max(card.interval);
    Schedule { repetitions: card.repetitions + 1, interval, ..card }
}
