//! From which study day to which answers are looked at.

use serde::Serialize;

use crate::domain::time::StudyDay;

/// Study days, both ends among them; open where there is no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Period {
    /// The first day.
    pub since: Option<StudyDay>,
    /// The last day.
    pub until: Option<StudyDay>,
}

impl Period {
    /// All days.
    pub const ALL: Self = Self { since: None, until: None };

    /// The thirty days up to this one.
    pub fn month(today: StudyDay) -> Self {
        Self::last(30, today)
    }

    /// The 365 days up to this one.
    pub fn year(today: StudyDay) -> Self {
        Self::last(365, today)
    }

    /// So many days up to this one.
    pub fn last(days: u16, today: StudyDay) -> Self {
        Self { since: Some(StudyDay(today.0 - i32::from(days) + 1)), until: Some(today) }
    }

    /// Whether a day lies in it.
    pub fn contains(&self, day: StudyDay) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}
