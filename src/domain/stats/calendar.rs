//! When there were answers: a year of days, streaks, hours of the day and days of the week.

use serde::Serialize;

use super::{Present, Streak, Summary};
use crate::domain::{evaluation::Share, time::StudyDay};

pub(super) const EXPLANATION: &str = "Each day holds all answers of that study day, which ends at the rollover hour \
    and not at midnight. The share by hour of the local clock and by day of the week is (answers not graded again) \
    / (answers), over the same answers as true retention.";

/// When there were answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calendar {
    /// All answers of the period.
    pub answers: usize,
    /// The days with answers, the oldest first.
    pub days: Vec<CalendarDay>,
    /// Study days in a row, whatever the period.
    pub streak: Streak,
    /// By the hour of the local clock, from 0 to 23.
    pub hours: Vec<Hour>,
    /// By the day of the week, from Monday on.
    pub weekdays: Vec<Weekday>,
}

/// A day with answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CalendarDay {
    /// The study day.
    pub day: StudyDay,
    /// Its answers.
    pub answers: usize,
    /// The time that they took, in milliseconds; of one answer two minutes at most.
    pub took_ms: u64,
}

/// An hour of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Hour {
    /// Its number, 0 to 23.
    pub hour: u8,
    /// All answers that were given in it.
    pub answers: usize,
    /// What was recalled of those that count for retention.
    pub recalled: Share,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Weekday {
    /// Its name in English.
    pub name: &'static str,
    /// All answers that were given on it.
    pub answers: usize,
    /// What was recalled of those that count for retention.
    pub recalled: Share,
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Calendar {
    /// The page.
    pub fn new(summary: &Summary, present: &Present) -> Self {
        let mut weekdays = WEEKDAYS.map(|name| Weekday { name, ..Weekday::default() });
        for (day, of_day) in summary.in_period() {
            let weekday = &mut weekdays[day.weekday()];
            weekday.answers += of_day.tally.answers;
            weekday.recalled = weekday.recalled.plus(of_day.counted().recalled);
        }
        let days = summary.in_period().map(|(day, of_day)| {
            let (answers, took_ms) = (of_day.tally.answers, of_day.tally.took_ms);
            CalendarDay { day, answers, took_ms }
        });
        let hours = (0..).zip(summary.whole.hours);
        Self {
            answers: summary.answers(),
            days: days.collect(),
            streak: Streak::of(&summary.days_studied(), present.today),
            hours: hours.map(|(hour, (answers, recalled))| Hour { hour, answers, recalled }).collect(),
            weekdays: weekdays.into(),
        }
    }

    /// The day with the most answers, the first of equal ones.
    pub fn busiest(&self) -> Option<&CalendarDay> {
        self.days.iter().rev().max_by_key(|day| day.answers)
    }
}
