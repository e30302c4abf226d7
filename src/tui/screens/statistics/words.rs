//! Figures in words, as all pages say them.

use crate::domain::{
    evaluation::Share,
    time::{Days, StudyDay},
};

pub(super) use crate::typeset::{counted, percent as percent_of};

/// What stands for a figure where there is nothing to make it of.
pub(super) const NOTHING: &str = "–";

/// A share: `92.3 %`.
pub(super) fn percent(share: Share) -> String {
    if share.of == 0 { NOTHING.to_owned() } else { percent_of(share.value()) }
}

/// How far a share may be off by chance: `88.9–93.1 %`.
pub(super) fn interval(share: Share) -> String {
    if share.of == 0 {
        return NOTHING.to_owned();
    }
    let interval = share.interval();
    format!("{:.1}–{:.1} %", interval.low * 100.0, interval.high * 100.0)
}

/// What is said behind a share that rests on few answers.
pub(super) fn few(share: Share) -> &'static str {
    if share.of > 0 && share.is_of_few() { ", which is few" } else { "" }
}

/// Minutes, and hours where there are many: `12 min`, `3 h 05 min`.
pub(super) fn minutes(minutes: u64) -> String {
    match minutes {
        0..120 => format!("{minutes} min"),
        120.. => format!("{} h {:02} min", minutes / 60, minutes % 60),
    }
}

/// The mean time of an answer: `17.3 s`.
pub(super) fn seconds(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1000.0)
}

/// `23 Nov`.
pub(super) fn short(day: StudyDay) -> String {
    day.date().format("%-d %b").to_string()
}

/// `23 Nov 2026`.
pub(super) fn long(day: StudyDay) -> String {
    day.date().format("%-d %b %Y").to_string()
}

/// `Mon 23 Nov`.
pub(super) fn with_weekday(day: StudyDay) -> String {
    day.date().format("%a %-d %b").to_string()
}

/// `Nov 2026`.
pub(super) fn month(day: StudyDay) -> String {
    day.date().format("%b %Y").to_string()
}

/// Some days, labelled below a chart of them: every seventh.
pub(super) fn weekly_labels(days: impl Iterator<Item = StudyDay>) -> Vec<(usize, String)> {
    days.enumerate().filter(|(_, day)| day.monday() == *day).map(|(nth, day)| (nth, short(day))).collect()
}

/// The first week of each month, labelled below a chart of weeks that begin on these days.
pub(super) fn monthly_labels(weeks: impl Iterator<Item = StudyDay>) -> Vec<(usize, String)> {
    let begins = |week: &StudyDay| week.plus(Days(6)).first_of_month() >= *week;
    let named = |week: StudyDay| week.plus(Days(6)).date().format("%b").to_string();
    weeks.enumerate().filter(|(_, week)| begins(week)).map(|(nth, week)| (nth, named(week))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_as_one_would() {
        assert_eq!(percent(Share { count: 12, of: 13 }), "92.3 %");
        assert_eq!(percent(Share::default()), NOTHING);
        assert_eq!(interval(Share { count: 8, of: 10 }), "49.0–94.3 %");
        assert_eq!([0, 1, 119, 125].map(minutes), ["0 min", "1 min", "119 min", "2 h 05 min"]);
        assert_eq!(seconds(17_340), "17.3 s");
    }
}
