//! Instants, study days and lengths of time. Knows no clock: the present is always an argument.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Serialize, Serializer};

/// The day that a person would say it is: the local date, which changes at the rollover hour
/// instead of at midnight. Counted in days from 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyDay(pub i32);

/// A whole number of days: an interval, or a time gone by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Days(pub u32);

/// The hour of the local clock at which one study day ends and the next begins, 0 to 23.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rollover {
    hour: u8,
}

/// When something happened: the instant with its UTC offset, and the study day as it was then.
/// All three are frozen with the event: travelling and changed settings rewrite nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant, to the millisecond, and what the local clock showed.
    pub at: DateTime<FixedOffset>,
    /// The study day that it fell on.
    pub day: StudyDay,
}

impl StudyDay {
    /// The study day of a local wall-clock time. The rollover is subtracted on the wall clock, not
    /// from the instant: the latter is an hour wrong in nights when clocks change.
    pub fn of(local: NaiveDateTime, rollover: Rollover) -> Self {
        let shifted = local.checked_sub_signed(TimeDelta::hours(i64::from(rollover.hour))).unwrap_or(local);
        Self::from_date(shifted.date())
    }

    /// The study day that carries this date.
    pub fn from_date(date: NaiveDate) -> Self {
        Self(date.signed_duration_since(NaiveDate::default()).num_days() as i32)
    }

    /// The date that this study day carries; the last date of the calendar for days beyond it.
    pub fn date(self) -> NaiveDate {
        NaiveDate::default().checked_add_signed(TimeDelta::days(i64::from(self.0))).unwrap_or(NaiveDate::MAX)
    }

    /// The day that lies this many days later.
    pub fn plus(self, days: Days) -> Self {
        Self(self.0.saturating_add_unsigned(days.0))
    }

    /// Its place in the week, Monday being 0.
    pub fn weekday(self) -> usize {
        // The first of January 1970 was a Thursday.
        (i64::from(self.0) + 3).rem_euclid(7) as usize
    }

    /// The Monday of its week.
    pub fn monday(self) -> Self {
        Self(self.0.saturating_sub(self.weekday() as i32))
    }

    /// The first day of its month.
    pub fn first_of_month(self) -> Self {
        let date = self.date();
        Self::from_date(date.with_day(1).unwrap_or(date))
    }

    /// The last day of its month.
    pub fn last_of_month(self) -> Self {
        const LONGER_THAN_ANY_MONTH: Days = Days(31);
        Self(self.first_of_month().plus(LONGER_THAN_ANY_MONTH).first_of_month().0 - 1)
    }

    /// The days gone by since an earlier day; none when that day lies ahead, as after a clock that
    /// ran fast was put right.
    pub fn since(self, earlier: Self) -> Days {
        Days(u32::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Display for StudyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl Serialize for StudyDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Days {
    /// `6 d`, then `1.4 mo` and `2.1 y` where days stop being telling.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MONTH: f64 = 30.4;
        const YEAR: f64 = 365.25;
        let days = f64::from(self.0);
        match self.0 {
            0..60 => write!(f, "{} d", self.0),
            60..365 => write!(f, "{:.1} mo", days / MONTH),
            365.. => write!(f, "{:.1} y", days / YEAR),
        }
    }
}

impl Rollover {
    /// A rollover at this hour; `None` when a day has no such hour.
    pub fn at_hour(hour: u8) -> Option<Self> {
        (hour < 24).then_some(Self { hour })
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u8 {
        self.hour
    }
}

impl Default for Rollover {
    /// Four in the morning, when nearly everybody's day is over.
    fn default() -> Self {
        Self { hour: 4 }
    }
}

impl Moment {
    /// The moment of an instant, whose study day is read off the local clock it carries.
    pub fn new(at: DateTime<FixedOffset>, rollover: Rollover) -> Self {
        Self { at, day: StudyDay::of(at.naive_local(), rollover) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(local: &str) -> String {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a time");
        StudyDay::of(local, Rollover::default()).to_string()
    }

    #[test]
    fn the_study_day_ends_at_four_in_the_morning() {
        assert_eq!(day("2026-11-22 23:59"), "2026-11-22");
        assert_eq!(day("2026-11-23 00:30"), "2026-11-22");
        assert_eq!(day("2026-11-23 03:59"), "2026-11-22");
        assert_eq!(day("2026-11-23 04:00"), "2026-11-23");
    }

    #[test]
    fn a_night_with_a_clock_change_has_the_same_rollover() {
        // Central Europe, 25 October 2026: three o'clock comes twice; 29 March: two o'clock never.
        assert_eq!(day("2026-10-25 03:59"), "2026-10-24");
        assert_eq!(day("2026-10-25 04:00"), "2026-10-25");
        assert_eq!(day("2026-03-29 03:59"), "2026-03-28");
        assert_eq!(day("2026-03-29 04:00"), "2026-03-29");
    }

    #[test]
    fn weeks_begin_on_monday_and_months_end_on_their_last_day() {
        let day = |text: &str| StudyDay::from_date(text.parse().expect("a date"));
        // A Saturday.
        assert_eq!(day("2026-11-28").monday(), day("2026-11-23"));
        assert_eq!((day("2026-11-28").weekday(), day("1969-12-29").weekday()), (5, 0));
        assert_eq!(day("2028-02-29").first_of_month(), day("2028-02-01"));
        assert_eq!(day("2028-02-01").last_of_month(), day("2028-02-29"));
        assert_eq!(day("2026-12-31").last_of_month(), day("2026-12-31"));
    }

    #[test]
    fn no_time_has_passed_since_a_day_that_lies_ahead() {
        assert_eq!(StudyDay(10).since(StudyDay(4)), Days(6));
        assert_eq!(StudyDay(4).since(StudyDay(10)), Days(0));
    }

    #[test]
    fn days_far_outside_the_calendar_are_still_days() {
        assert_eq!(StudyDay(i32::MAX).plus(Days(u32::MAX)), StudyDay(i32::MAX));
        assert_eq!(StudyDay(i32::MAX).date(), NaiveDate::MAX);
    }

    #[test]
    fn intervals_are_said_in_the_unit_that_tells_most() {
        let said = [1, 59, 60, 364, 365, 36_500].map(|days| Days(days).to_string());
        assert_eq!(said, ["1 d", "59 d", "2.0 mo", "12.0 mo", "1.0 y", "99.9 y"]);
    }
}
