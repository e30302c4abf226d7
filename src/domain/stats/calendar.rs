//! When there were answers: a year of days, streaks, hours of the day and days of the week.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Answer, History, Period, Present, Streak};
use crate::domain::{evaluation::Share, review_log::LONGEST_MS, time::StudyDay};

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
    pub fn new(history: &History, period: Period, present: &Present) -> Self {
        let mut by_day: BTreeMap<StudyDay, CalendarDay> = BTreeMap::new();
        let mut hours: [Hour; 24] = std::array::from_fn(|hour| Hour { hour: hour as u8, ..Hour::default() });
        let mut weekdays = WEEKDAYS.map(|name| Weekday { name, ..Weekday::default() });
        for of_day in history.answers.chunk_by(|a, b| a.day == b.day) {
            let day = of_day[0].day;
            let calendar_day = by_day.entry(day).or_insert(CalendarDay { day, answers: 0, took_ms: 0 });
            calendar_day.answers += of_day.len();
            calendar_day.took_ms += took_ms(of_day);
            if !period.contains(day) {
                continue;
            }
            let weekday = &mut weekdays[day.weekday()];
            weekday.answers += of_day.len();
            for answer in of_day {
                let hour = &mut hours[usize::from(answer.hour) % 24];
                hour.answers += 1;
                if answer.tested_interval().is_some() {
                    hour.recalled.count(answer.grade.passes());
                    weekday.recalled.count(answer.grade.passes());
                }
            }
        }
        let studied: Vec<StudyDay> = by_day.keys().copied().collect();
        let days: Vec<CalendarDay> = by_day.into_values().filter(|of| period.contains(of.day)).collect();
        Self {
            answers: days.iter().map(|day| day.answers).sum(),
            days,
            streak: Streak::of(&studied, present.today),
            hours: hours.into(),
            weekdays: weekdays.into(),
        }
    }

    /// The day with the most answers, the first of equal ones.
    pub fn busiest(&self) -> Option<&CalendarDay> {
        self.days.iter().rev().max_by_key(|day| day.answers)
    }
}

fn took_ms(answers: &[Answer]) -> u64 {
    answers.iter().map(|answer| u64::from(answer.took_ms.min(LONGEST_MS))).sum()
}
