//! SM-2: P. A. Woźniak, *Optimization of learning* (1990), chapter 3.2, “Algorithm SM-2”.
//!
//! Whole numbers throughout. In floating point `6 × 2.5` and its like come out a little above the
//! true product now and then, and rounding up then gives a day too many.
//!
//! The author's text says nothing of answers before the due day; those are handled so that studying
//! ahead never costs an interval and never inflates the ease.

use std::fmt;

use super::{LONGEST_INTERVAL, Memory, Quality, Schedule, fuzz::Fuzz};
use crate::domain::time::{Days, StudyDay};

const FIRST_INTERVAL: Days = Days(1);
const SECOND_INTERVAL: Days = Days(6);

/// SM-2 with its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sm2 {
    /// Whose word counts where the author's text and his program disagree.
    pub rules: Rules,
    /// Whether a card that is known after its due day grows from the days that really went by instead of
    /// those that were promised. The author knows no such thing.
    pub late_credit: bool,
    /// Whether intervals are fuzzed.
    pub fuzz: bool,
}

/// The author has published SM-2 twice: as a text, and as a program in Delphi, the unit `SuperMemo2Plug`,
/// an example for the plug-ins of his SuperMemo. Where they disagree one has to choose.
///
/// In the program, all is decided in the procedure `Repetition`:
/// - `Interval:=round(Interval*EF)` takes the nearest day where the text rounds up.
/// - The line that adds `0.1-(5-Grade)*(0.08+(5-Grade)*0.02)` to `EF` stands after the branches and so is
///   obeyed by failures too, where the text keeps the ease. It also comes after the interval, which
///   therefore grows by the ease from before the answer; the text leaves that open.
/// - A failure sets `Interval:=1` and `Repetition:=0`, so that the intervals of a failure and of the two
///   answers that pass after it are 1, 1 and 6, in the text as in the program.
///
/// The program computes in floating point; here the same sums are made exactly, in hundredths, and half a
/// day counts as a whole one. Delphi's `round` would bring it to the even number, but the program hardly
/// ever gets there: its ease drifts a hair above the true one, so that five perfect answers end at 131 and
/// not at 130. Of random sequences, 99 in 100 come out as in the program itself, and 96 with even halves.
///
/// The program knows no days, and hence no drills and no early or late answers: for those the rules are the
/// same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Fractions of a day are rounded up, and a failure keeps the ease.
    Text,
    /// Fractions go to the nearest day, and a failure lowers the ease.
    Program,
}

/// The ease factor, in hundredths: by how much the interval grows from one repetition to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ease(u16);

impl Rules {
    /// The word of the log and of settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "sm2",
            Self::Program => "sm2-program",
        }
    }

    fn grown(self, interval: Days, ease: Ease) -> Days {
        let hundredths = u64::from(interval.0) * u64::from(ease.0);
        let days = match self {
            Self::Text => hundredths.div_ceil(100),
            Self::Program => (hundredths + 50) / 100,
        };
        Days(u32::try_from(days).unwrap_or(u32::MAX)).min(LONGEST_INTERVAL)
    }

    fn ease_after(self, ease: Ease, quality: Quality) -> Ease {
        let changes = match self {
            Self::Text => quality.passes(),
            Self::Program => true,
        };
        if changes { ease.changed(quality) } else { ease }
    }
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

    /// The text's step 5, in hundredths: from 80 less for a blackout to 10 more for a perfect answer.
    fn changed(self, quality: Quality) -> Self {
        let short = 5 - i16::from(quality.number());
        Self::from_hundredths(self.0.saturating_add_signed(10 - short * (8 + short * 2)))
    }
}

impl fmt::Display for Ease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Sm2 {
    /// As the author's text has it.
    pub const TEXT: Self = Self { rules: Rules::Text, late_credit: false, fuzz: false };
    /// As the author's program has it.
    pub const PROGRAM: Self = Self { rules: Rules::Program, late_credit: false, fuzz: false };

    /// The schedule after an answer; `before` is `None` for a card's first.
    pub(super) fn after(
        &self,
        before: Option<&Schedule>,
        quality: Quality,
        today: StudyDay,
        fuzz: Fuzz,
    ) -> Schedule {
        let drilled = is_drilled_after(quality);
        let before = match before {
            Some(before) if before.has_been_answered(today) => return before.answered_further(drilled),
            Some(before) => *before,
            None => Schedule::unanswered(Memory::Sm2 { ease: Ease::FIRST }, today),
        };
        let ease = before.memory.ease().unwrap_or(Ease::FIRST);
        let early = today < before.promised_day() && quality.passes();
        let (interval, ease) = if early {
            (self.interval_when_early(&before, ease, today), ease)
        } else {
            let interval = self.interval(&before, ease, quality, today);
            (fuzz.apply(interval), self.rules.ease_after(ease, quality))
        };
        let answered = before.answered(quality.passes(), drilled, today);
        Schedule { memory: Memory::Sm2 { ease }, ..answered.promised(interval, today) }
    }

    fn interval(&self, before: &Schedule, ease: Ease, quality: Quality, today: StudyDay) -> Days {
        if !quality.passes() {
            return FIRST_INTERVAL;
        }
        let late = if self.late_credit { today.since(before.promised_day()) } else { Days(0) };
        match before.repetitions {
            0 => FIRST_INTERVAL,
            1 => SECOND_INTERVAL,
            _ => self.rules.grown(Days(before.interval.0.saturating_add(late.0)), ease),
        }
    }

    /// Known before it was due: what was remembered so far is worth as much as a repetition at that
    /// interval, and the promise that stood is kept where it was better.
    fn interval_when_early(&self, before: &Schedule, ease: Ease, today: StudyDay) -> Days {
        self.rules.grown(today.since(before.answered), ease).max(before.interval)
    }
}

/// The text's step 7: after a session, whatever scored below four is repeated until it does not.
fn is_drilled_after(quality: Quality) -> bool {
    quality < Quality::Hesitating
}
