//! When there were answers: the days as a heat map, the hours, and the days of the week.

use std::collections::HashMap;

use ratatui::text::{Line, Span};

use super::{
    Span as Back, facts,
    view::Sheet,
    words::{NOTHING, counted, long, minutes, percent, with_weekday},
};
use crate::{
    domain::{
        stats::{Calendar, CalendarDay},
        time::{Days, StudyDay},
    },
    tui::{
        theme::Part,
        widgets::{
            bars::{Bar, Bars},
            board::Panel,
            columns::Columns,
            heat::{Heat, Steps, YEAR},
            scale::{Row, Scale},
        },
    },
};

/// No more years are drawn.
const MOST_YEARS: usize = 20;

pub(super) fn panels(figures: &Calendar, sheet: &Sheet) -> Vec<Panel> {
    let map = Map::new(figures);
    let mut panels = match sheet.span {
        Back::Month => vec![map.month(figures, sheet)],
        Back::Year => vec![map.year(sheet.today, StudyDay(sheet.today.0 - 364), sheet)],
        Back::AllTime => map.years(figures, sheet),
    };
    panels.extend([
        streak(figures, sheet),
        hours(figures, sheet),
        weekdays(figures, sheet),
        recalled_by_weekday(figures, sheet),
        recalled_by_hour(figures, sheet),
    ]);
    panels
}

/// The answers of each day.
struct Map {
    answers: HashMap<StudyDay, usize>,
    steps: Steps,
}

impl Map {
    fn new(figures: &Calendar) -> Self {
        Self {
            answers: figures.days.iter().map(|day| (day.day, day.answers)).collect(),
            steps: Steps::of(figures.days.iter().map(|day| day.answers)),
        }
    }

    fn on(&self, day: StudyDay) -> usize {
        self.answers.get(&day).copied().unwrap_or(0)
    }

    /// Weeks below each other, with a number on each day.
    fn month(&self, figures: &Calendar, sheet: &Sheet) -> Panel {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const DATE: usize = 7;
        let (look, since) = (sheet.look, StudyDay(sheet.today.0 - 29));
        let cell = ((sheet.room.whole.saturating_sub(DATE)) / 7).clamp(4, 12);
        let mut heads = " ".repeat(DATE);
        DAYS.iter().for_each(|day| heads.push_str(&format!("{day:<cell$}")));
        let mut lines = vec![look.line(heads, Part::Faint)];
        let mut monday = since.monday();
        while monday <= sheet.today {
            let date = monday.date().format("%-d %b").to_string();
            let mut line = look.line(format!("{date:DATE$}"), Part::Faint);
            for day in (0..7).map(|nth| monday.plus(Days(nth))) {
                line.spans.extend(self.numbered(day, since..=sheet.today, cell, sheet));
            }
            lines.push(line);
            monday = monday.plus(Days(7));
        }
        lines.push(Line::default());
        lines.push(self.steps.legend(look));
        let days = figures.days.len();
        Panel::whole(
            format!("{} on {} of 30", counted(figures.answers, "answer"), counted(days, "day")),
            lines,
        )
    }

    fn numbered(
        &self,
        day: StudyDay,
        within: std::ops::RangeInclusive<StudyDay>,
        width: usize,
        sheet: &Sheet,
    ) -> [Span<'static>; 2] {
        if !within.contains(&day) {
            return [Span::raw(" ".repeat(width)), Span::raw("")];
        }
        let answers = self.on(day);
        let room = width - 2;
        let number = if answers == 0 { String::new() } else { answers.to_string() };
        let sign = self.steps.sign(answers, sheet.look);
        [sign, sheet.look.span(format!(" {number:<room$}"), Part::Text)]
    }

    fn year(&self, through: StudyDay, since: StudyDay, sheet: &Sheet) -> Panel {
        let width = sheet.room.whole;
        let weeks = Heat::weeks(width);
        let monday = StudyDay(through.monday().0 - 7 * (weeks as i32 - 1));
        let first = since.max(monday);
        let days = || (first.0..=through.0).map(|day| self.on(StudyDay(day)));
        let (answers, studied) = (days().sum(), days().filter(|answers| *answers > 0).count());
        let heat = Heat { answers: &|day| self.on(day), since: first, through, steps: self.steps, width };
        let mut lines = heat.lines(sheet.look);
        lines.push(Line::default());
        lines.push(self.steps.legend(sheet.look));
        let title = format!(
            "{} on {}, {} to {}",
            counted(answers, "answer"),
            counted(studied, "day"),
            long(first),
            long(through)
        );
        Panel::whole(title, lines)
    }

    /// The last year first.
    fn years(&self, figures: &Calendar, sheet: &Sheet) -> Vec<Panel> {
        let first = figures.days.first().map_or(sheet.today, |day| day.day);
        let weeks = Heat::weeks(sheet.room.whole).min(YEAR) as i32;
        let ends = (0..MOST_YEARS as i32).map(|ago| match ago {
            0 => sheet.today,
            _ => StudyDay(sheet.today.monday().0 - 7 * weeks * ago + 6),
        });
        let ends: Vec<StudyDay> = ends.take_while(|end| *end == sheet.today || *end >= first).collect();
        ends.into_iter().map(|end| self.year(end, first, sheet)).collect()
    }
}

fn streak(figures: &Calendar, sheet: &Sheet) -> Panel {
    let streak = figures.streak;
    let open = if streak.days > 0 && !streak.today { ", today still to come" } else { "" };
    let busiest = figures.busiest().map(|CalendarDay { day, answers, took_ms }| {
        let took = minutes(took_ms.div_ceil(60_000));
        format!(
            "{} {}: {} in {took}",
            with_weekday(*day),
            day.date().format("%Y"),
            counted(*answers, "answer")
        )
    });
    let facts = [
        ("Streak", format!("{}{open}", counted(streak.days as usize, "day"))),
        ("Longest", counted(streak.longest as usize, "day")),
        ("Studied", format!("on {}", counted(figures.days.len(), "day"))),
        ("Busiest", busiest.unwrap_or_else(|| NOTHING.to_owned())),
    ];
    Panel::new("Days in a row", facts::lines(&facts, sheet.room.width, sheet.look))
}

fn hours(figures: &Calendar, sheet: &Sheet) -> Panel {
    let numbers: Vec<usize> = figures.hours.iter().map(|hour| hour.answers).collect();
    let labels: Vec<(usize, String)> = (0..24).step_by(6).map(|hour| (hour, format!("{hour}:00"))).collect();
    let chart =
        Columns { numbers: &numbers, labels: &labels, height: sheet.room.chart, width: sheet.room.width };
    Panel::new(format!("{} by hour", counted(figures.answers, "answer")), chart.lines(sheet.look))
}

fn weekdays(figures: &Calendar, sheet: &Sheet) -> Panel {
    let bars: Vec<Bar> = figures
        .weekdays
        .iter()
        .map(|weekday| Bar::plain(weekday.name, weekday.answers.to_string(), weekday.answers))
        .collect();
    let title = format!("{} by day of the week", counted(figures.answers, "answer"));
    Panel::new(title, Bars { rows: &bars, width: sheet.room.width }.lines(sheet.look))
}

fn recalled_by_weekday(figures: &Calendar, sheet: &Sheet) -> Panel {
    let rows = figures.weekdays.iter().filter(|weekday| weekday.recalled.of > 0);
    let rows: Vec<Row> = rows.map(|weekday| row(weekday.name.to_owned(), weekday.recalled)).collect();
    recalled("Recalled by day of the week", &rows, sheet)
}

fn recalled_by_hour(figures: &Calendar, sheet: &Sheet) -> Panel {
    let rows = figures.hours.iter().filter(|hour| hour.recalled.of > 0);
    let rows: Vec<Row> = rows.map(|hour| row(format!("{}:00", hour.hour), hour.recalled)).collect();
    recalled("Recalled by hour", &rows, sheet)
}

fn row(label: String, share: crate::domain::evaluation::Share) -> Row {
    Row { label, figure: percent(share), share, other: None }
}

fn recalled(title: &str, rows: &[Row], sheet: &Sheet) -> Panel {
    let mut lines = Scale { rows, target: None, width: sheet.room.width }.lines(sheet.look);
    if lines.is_empty() {
        lines = facts::remark("No answers that count yet.", sheet.room.width, sheet.look);
    }
    Panel::new(title, lines)
}
