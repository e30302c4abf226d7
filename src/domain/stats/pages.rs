//! The pages, in the order in which they are shown, each with what explains it.

use super::{calendar, cards, confusions, lately, load, prediction, retention, topics};

/// A page of statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// Today and the last weeks.
    Lately,
    /// What was remembered.
    Retention,
    /// A year of days, the hours and the days of the week.
    Calendar,
    /// What will be due.
    Load,
    /// How far the cards have come.
    Cards,
    /// By topic, difficulty and chapter.
    Topics,
    /// Which wrong options win.
    Confusions,
    /// How well answers were predicted.
    Prediction,
}

impl Page {
    /// All pages, as they follow each other.
    pub const ALL: [Self; 8] = [
        Self::Lately,
        Self::Retention,
        Self::Calendar,
        Self::Load,
        Self::Cards,
        Self::Topics,
        Self::Confusions,
        Self::Prediction,
    ];

    /// The word of the command line and of JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lately => "lately",
            Self::Retention => "retention",
            Self::Calendar => "calendar",
            Self::Load => "load",
            Self::Cards => "cards",
            Self::Topics => "topics",
            Self::Confusions => "confusions",
            Self::Prediction => "prediction",
        }
    }

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lately => "Today and lately",
            Self::Retention => "Retention",
            Self::Calendar => "Calendar",
            Self::Load => "Load",
            Self::Cards => "Cards",
            Self::Topics => "Topics",
            Self::Confusions => "Confusions",
            Self::Prediction => "Prediction",
        }
    }

    /// What the figures are, in two sentences, with the formula.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Lately => lately::EXPLANATION,
            Self::Retention => retention::EXPLANATION,
            Self::Calendar => calendar::EXPLANATION,
            Self::Load => load::EXPLANATION,
            Self::Cards => cards::EXPLANATION,
            Self::Topics => topics::EXPLANATION,
            Self::Confusions => confusions::EXPLANATION,
            Self::Prediction => prediction::EXPLANATION,
        }
    }
}
