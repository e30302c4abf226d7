//! The four grades that a person gives, and their words.

use std::{fmt, str::FromStr};

/// How well an answer was known, in the four steps of the screen and the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Not known: wrong, guessed, or "I don't know".
    Again,
    /// Known with serious difficulty.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl Grade {
    /// All grades, worst first, as they stand on the screen.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// Whether the answer counts as remembered.
    pub fn passes(self) -> bool {
        self != Self::Again
    }

    /// The word of the log, of JSON and of the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }

    /// The word as a label on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Again => "Again",
            Self::Hard => "Hard",
            Self::Good => "Good",
            Self::Easy => "Easy",
        }
    }

    /// The key that gives this grade, counted from 1.
    pub fn number(self) -> u8 {
        match self {
            Self::Again => 1,
            Self::Hard => 2,
            Self::Good => 3,
            Self::Easy => 4,
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Grade {
    type Err = UnknownGrade;

    /// Reads a word (`good`) or the number of its key (`3`).
    fn from_str(text: &str) -> Result<Self, UnknownGrade> {
        Self::ALL
            .into_iter()
            .find(|grade| text.eq_ignore_ascii_case(grade.word()) || text == grade.number().to_string())
            .ok_or_else(|| UnknownGrade(text.to_owned()))
    }
}

/// A text that is no grade.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no grade: use again, hard, good, easy or 1 to 4")]
pub struct UnknownGrade(pub String);
