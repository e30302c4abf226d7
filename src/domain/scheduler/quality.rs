//! How well an answer was known, in six steps. The screen has four grades; sequences from elsewhere may
//! come with all six.

use crate::domain::grade::Grade;

/// How well an answer was known, on the scale of SM-2: 0 to 5, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// 0: nothing came to mind, and the right answer said nothing either.
    Blackout,
    /// 1: wrong, and the right answer was remembered when it was seen.
    Remembered,
    /// 2: wrong, and the right answer had seemed easy to recall.
    NearlyKnown,
    /// 3: right, with serious difficulty.
    WithDifficulty,
    /// 4: right, after some hesitation.
    Hesitating,
    /// 5: right at once.
    Perfect,
}

impl Quality {
    /// All of them, worst first.
    pub const ALL: [Self; 6] = [
        Self::Blackout,
        Self::Remembered,
        Self::NearlyKnown,
        Self::WithDifficulty,
        Self::Hesitating,
        Self::Perfect,
    ];

    /// The quality of this number, 0 to 5; `None` for any other.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// Its number, 0 to 5.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The grade that says the same; all failures are again.
    pub fn grade(self) -> Grade {
        match self {
            Self::Blackout | Self::Remembered | Self::NearlyKnown => Grade::Again,
            Self::WithDifficulty => Grade::Hard,
            Self::Hesitating => Grade::Good,
            Self::Perfect => Grade::Easy,
        }
    }

    /// Whether the answer counts as remembered.
    pub fn passes(self) -> bool {
        self >= Self::WithDifficulty
    }
}

impl From<Grade> for Quality {
    /// Again is 2: of the three failures the one that SM-2's author describes as nearly known.
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Again => Self::NearlyKnown,
            Grade::Hard => Self::WithDifficulty,
            Grade::Good => Self::Hesitating,
            Grade::Easy => Self::Perfect,
        }
    }
}
