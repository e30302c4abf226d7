//! A heat map: weeks beside each other, a day a cell, the more answers the denser. Density says the same as
//! colour, so that neither is needed.

use ratatui::text::{Line, Span};

use crate::{
    domain::time::{Days, StudyDay},
    tui::{look::Look, symbols, theme::Part},
    typeset::columns,
};

const PARTS: [Part; 5] = [Part::Heat0, Part::Heat1, Part::Heat2, Part::Heat3, Part::Heat4];
/// The columns of the days' names.
const NAMES: usize = 4;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Weeks that hold a year, wherever it begins.
pub const YEAR: usize = 53;

/// From how many answers on a day is how dense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    step: usize,
}

/// Weeks of days.
pub struct Heat<'a> {
    /// How many answers a day has.
    pub answers: &'a dyn Fn(StudyDay) -> usize,
    /// The first day that has a cell.
    pub since: StudyDay,
    /// The last day.
    pub through: StudyDay,
    /// How dense they are drawn.
    pub steps: Steps,
    /// Columns for all of it.
    pub width: usize,
}

impl Steps {
    /// Four steps of equal size for days with these answers. The busiest tenth does not count: one day of
    /// very many answers would make all others look like nothing.
    pub fn of(answers: impl Iterator<Item = usize>) -> Self {
        let mut answers: Vec<usize> = answers.filter(|answers| *answers > 0).collect();
        answers.sort_unstable();
        let high = answers.get(answers.len() * 9 / 10).copied().unwrap_or(0);
        Self { step: high.div_ceil(4).max(1) }
    }

    fn level(self, answers: usize) -> usize {
        answers.div_ceil(self.step).min(PARTS.len() - 1)
    }

    /// The sign of a day.
    pub fn sign(self, answers: usize, look: &Look) -> Span<'static> {
        let level = self.level(answers);
        look.span(symbols::HEATS[level], PARTS[level])
    }

    /// What each density means.
    pub fn legend(self, look: &Look) -> Line<'static> {
        let mut line = Line::default();
        for (level, (sign, part)) in symbols::HEATS.into_iter().zip(PARTS).enumerate() {
            let (from, to) = (self.step * level.saturating_sub(1) + 1, self.step * level);
            let words = match level {
                0 => "none".to_owned(),
                4 => format!("{from} or more"),
                _ if from == to => from.to_string(),
                _ => format!("{from}–{to}"),
            };
            line.push_span(look.span(sign.repeat(2), part));
            line.push_span(look.span(format!(" {words}   "), Part::Faint));
        }
        line
    }
}

impl Heat<'_> {
    /// How many weeks there is room for, a year at most.
    pub fn weeks(width: usize) -> usize {
        (width.saturating_sub(NAMES) / Self::cell(width)).min(YEAR)
    }

    /// The columns of a cell.
    fn cell(width: usize) -> usize {
        if width >= NAMES + 2 * YEAR { 2 } else { 1 }
    }

    /// The lines: the months, and seven of days.
    pub fn lines(&self, look: &Look) -> Vec<Line<'static>> {
        let weeks = Self::weeks(self.width);
        let first = StudyDay(self.through.monday().0 - 7 * (weeks as i32 - 1));
        let mut lines = vec![look.line(self.months(first, weeks), Part::Faint)];
        lines.extend((0..7).map(|weekday| self.days(first, weeks, weekday, look)));
        lines
    }

    /// Each month's name stands above the week that its first day is in.
    fn months(&self, first: StudyDay, weeks: usize) -> String {
        let mut line = " ".repeat(NAMES);
        for week in 0..weeks as u32 {
            let monday = first.plus(Days(7 * week));
            let sunday = monday.plus(Days(6));
            let begins = sunday.first_of_month() >= monday;
            let at = NAMES + week as usize * Self::cell(self.width);
            let month = sunday.date().format("%b").to_string();
            let fits = columns(&line) <= at && at + columns(&month) <= self.width;
            if begins && fits {
                line.push_str(&" ".repeat(at - columns(&line)));
                line.push_str(&month);
            }
        }
        line
    }

    fn days(&self, first: StudyDay, weeks: usize, weekday: usize, look: &Look) -> Line<'static> {
        let name = if weekday.is_multiple_of(2) { WEEKDAYS[weekday] } else { "" };
        let mut line = look.line(format!("{name:NAMES$}"), Part::Faint);
        for week in 0..weeks as u32 {
            let day = first.plus(Days(7 * week + weekday as u32));
            line.push_span(self.cell_of(day, look));
        }
        line
    }

    fn cell_of(&self, day: StudyDay, look: &Look) -> Span<'static> {
        let width = Self::cell(self.width);
        if day > self.through || day < self.since {
            return Span::raw(" ".repeat(width));
        }
        let answers = (self.answers)(day);
        let sign = self.steps.sign(answers, look);
        let text = match answers {
            0 => format!("{:width$}", sign.content),
            _ => sign.content.repeat(width),
        };
        Span::styled(text, sign.style)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{tui::theme::Theme, typeset::Highlighter};

    fn look() -> Look {
        Look { theme: Theme::default(), highlighter: Highlighter::none(), unicode: true }
    }

    fn day(text: &str) -> StudyDay {
        StudyDay::from_date(text.parse().expect("a date"))
    }

    #[test]
    fn one_day_of_very_many_answers_does_not_make_others_look_like_none() {
        let steps = Steps::of([10, 20, 30, 40, 40, 40, 40, 40, 40, 40, 5_000].into_iter());
        let levels = [0, 1, 10, 11, 20, 30, 31, 40, 5_000].map(|answers| steps.level(answers));
        assert_eq!(levels, [0, 1, 1, 2, 2, 3, 4, 4, 4]);
        assert_eq!(
            steps.legend(&look()).to_string().trim_end(),
            "·· none   ░░ 1–10   ▒▒ 11–20   ▓▓ 21–30   ██ 31 or more"
        );
    }

    #[test]
    fn days_stand_under_their_month_and_beside_their_name() {
        // From a Monday to a Saturday, the first of November being a Sunday.
        let (since, through) = (day("2026-10-26"), day("2026-11-28"));
        let answers = |on: StudyDay| match on {
            on if on == day("2026-11-01") => 4,
            on if on == through => 1,
            _ => 0,
        };
        let steps = Steps { step: 1 };
        let heat = Heat { answers: &answers, since, through, steps, width: 10 };
        let lines: Vec<String> = heat.lines(&look()).iter().map(|line| line.to_string()).collect();
        assert_eq!(
            lines,
            [
                "     Nov",
                "Mon  ·····",
                "     ·····",
                "Wed  ·····",
                "     ·····",
                "Fri  ·····",
                "     ····░",
                "Sun  █··· ",
            ]
        );
    }
}
