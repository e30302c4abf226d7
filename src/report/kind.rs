//! The charts there are, and what they are called.

/// A chart of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the titles below say what each one shows")]
pub enum ChartKind {
    Days,
    Weeks,
    RetentionByDay,
    RetentionByWeek,
    RetentionByMonth,
    Calendar,
    Hours,
    HoursRecalled,
    Weekdays,
    WeekdaysRecalled,
    Load,
    LoadByWeek,
    Stages,
    Intervals,
    Ease,
    Stability,
    Difficulty,
    Retrievability,
    Topics,
    Difficulties,
    Chapters,
    Grades,
    Letters,
    Places,
    Confusions,
    Hardest,
    Calibration,
}

impl ChartKind {
    /// All of them, as they follow each other on the page.
    pub const ALL: [Self; 27] = [
        Self::Days,
        Self::Weeks,
        Self::RetentionByDay,
        Self::RetentionByWeek,
        Self::RetentionByMonth,
        Self::Calendar,
        Self::Hours,
        Self::HoursRecalled,
        Self::Weekdays,
        Self::WeekdaysRecalled,
        Self::Load,
        Self::LoadByWeek,
        Self::Stages,
        Self::Intervals,
        Self::Ease,
        Self::Stability,
        Self::Difficulty,
        Self::Retrievability,
        Self::Topics,
        Self::Difficulties,
        Self::Chapters,
        Self::Grades,
        Self::Letters,
        Self::Places,
        Self::Confusions,
        Self::Hardest,
        Self::Calibration,
    ];

    /// The word of the command line.
    pub fn word(self) -> &'static str {
        self.names().0
    }

    /// The heading.
    pub fn title(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Days => ("days", "Answers by day"),
            Self::Weeks => ("weeks", "Answers by week"),
            Self::RetentionByDay => ("retention-by-day", "Retention by day"),
            Self::RetentionByWeek => ("retention-by-week", "Retention by week"),
            Self::RetentionByMonth => ("retention-by-month", "Retention by month"),
            Self::Calendar => ("calendar", "Answers of a year"),
            Self::Hours => ("hours", "Answers by hour of the day"),
            Self::HoursRecalled => ("hours-recalled", "Retention by hour of the day"),
            Self::Weekdays => ("weekdays", "Answers by day of the week"),
            Self::WeekdaysRecalled => ("weekdays-recalled", "Retention by day of the week"),
            Self::Load => ("load", "Due in the next 30 days"),
            Self::LoadByWeek => ("load-by-week", "Due after that, by week"),
            Self::Stages => ("stages", "Cards by stage"),
            Self::Intervals => ("intervals", "Cards by interval, in days"),
            Self::Ease => ("ease", "Cards by ease"),
            Self::Stability => ("stability", "Cards by stability, in days"),
            Self::Difficulty => ("difficulty", "Cards by difficulty"),
            Self::Retrievability => ("retrievability", "Cards by chance of being recalled today"),
            Self::Topics => ("topics", "Retention by topic, the weakest first"),
            Self::Difficulties => ("difficulties", "Retention by difficulty, the weakest first"),
            Self::Chapters => ("chapters", "Retention by chapter, the weakest first"),
            Self::Grades => ("grades", "Answers by grade"),
            Self::Letters => ("letters", "The author's letters"),
            Self::Places => ("places", "Places on the screen"),
            Self::Confusions => ("confusions", "The wrong options that win"),
            Self::Hardest => ("hardest", "The hardest questions"),
            Self::Calibration => ("calibration", "Recalled, by what was predicted"),
        }
    }
}
