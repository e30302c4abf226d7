//! What will be due, and how long it will take.

use ratatui::text::Line;

use super::{
    facts,
    view::Sheet,
    words::{NOTHING, counted, minutes, monthly_labels, seconds, weekly_labels, with_weekday},
};
use crate::{
    domain::stats::Load,
    tui::widgets::{
        bars::{Bar, Bars},
        board::Panel,
        columns::Columns,
    },
};

/// Days that are told one by one.
const SOON: usize = 7;

pub(super) fn panels(figures: &Load, sheet: &Sheet) -> Vec<Panel> {
    vec![whole(figures, sheet), month(figures, sheet), soon(figures, sheet), year(figures, sheet)]
}

fn whole(figures: &Load, sheet: &Sheet) -> Panel {
    let Load { overdue, overdue_minutes, days, weeks, later, suspended, pace, .. } = figures;
    let due = |number: usize, took: Option<u64>| match took {
        Some(took) if number > 0 => format!("{}, about {}", counted(number, "card"), minutes(took)),
        Some(_) | None => counted(number, "card"),
    };
    let of_days = |number: usize| {
        let within = &days[..number.min(days.len())];
        let cards: usize = within.iter().map(|day| day.due).sum();
        due(cards, pace.map(|pace| pace.minutes(cards)))
    };
    let cards: usize = days.iter().map(|day| day.due).chain(weeks.iter().map(|week| week.due)).sum();
    let a_day = |cards: usize, days: usize| format!("{:.1} a day", cards as f64 / days as f64);
    let in_month: usize = days.iter().map(|day| day.due).sum();
    let pace = pace.map(|pace| {
        format!(
            "{} for each answer, over {} of late",
            seconds(pace.answer_ms),
            counted(pace.answers, "answer")
        )
    });
    let facts = [
        ("Overdue", due(*overdue, *overdue_minutes)),
        ("Today", of_days(1)),
        ("7 days", of_days(7)),
        ("30 days", format!("{}: {}", of_days(30), a_day(in_month, days.len().max(1)))),
        ("A year", format!("{}, and {later} later", due(cards, pace_of(figures, cards)))),
        ("Suspended", format!("{}, not counted above", counted(*suspended, "card"))),
        ("Pace", pace.unwrap_or_else(|| NOTHING.to_owned())),
    ];
    let mut lines = facts::lines(&facts, sheet.room.width, sheet.look);
    lines.push(Line::default());
    let whose = "As things stand now: new cards and failed answers will add to this.";
    lines.extend(facts::remark(whose, sheet.room.width, sheet.look));
    Panel::new(format!("{} to come", counted(figures.scheduled, "card")), lines)
}

fn pace_of(figures: &Load, cards: usize) -> Option<u64> {
    figures.pace.map(|pace| pace.minutes(cards))
}

fn month(figures: &Load, sheet: &Sheet) -> Panel {
    let numbers: Vec<usize> = figures.days.iter().map(|day| day.due).collect();
    let labels = weekly_labels(figures.days.iter().map(|day| day.day));
    let chart =
        Columns { numbers: &numbers, labels: &labels, height: sheet.room.chart, width: sheet.room.width };
    let total = counted(numbers.iter().sum(), "card");
    Panel::new(format!("{total} due in {} days, today first", chart.room()), chart.lines(sheet.look))
}

fn soon(figures: &Load, sheet: &Sheet) -> Panel {
    let bar = |(nth, day): (usize, &crate::domain::stats::LoadDay)| {
        let label = match nth {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            _ => with_weekday(day.day),
        };
        let took = day.minutes.map_or_else(|| NOTHING.to_owned(), minutes);
        Bar::plain(label, format!("{} {took:>8}", day.due), day.due)
    };
    let bars: Vec<Bar> = figures.days.iter().take(SOON).enumerate().map(bar).collect();
    let lines = Bars { rows: &bars, width: sheet.room.width }.lines(sheet.look);
    Panel::new(format!("Cards due in the next {SOON} days, and the time for them"), lines)
}

fn year(figures: &Load, sheet: &Sheet) -> Panel {
    let numbers: Vec<usize> = figures.weeks.iter().map(|week| week.due).collect();
    let labels = monthly_labels(figures.weeks.iter().map(|week| week.from));
    let chart =
        Columns { numbers: &numbers, labels: &labels, height: sheet.room.chart, width: sheet.room.width };
    let total = counted(numbers[..chart.room()].iter().sum(), "card");
    Panel::new(format!("{total} due in the {} weeks after that", chart.room()), chart.lines(sheet.look))
}
