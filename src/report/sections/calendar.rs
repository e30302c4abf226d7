//! When there were answers.

use std::collections::HashMap;

use super::*;
use crate::domain::stats::{Calendar, Period};

/// The weeks that are drawn: a year, and the week in which it began.
const WEEKS: i32 = 53;

pub(in crate::report) fn calendar(page: &Calendar, period: Period, today: StudyDay) -> Section {
    let streak = page.streak;
    let mut figures = vec![
        Figure::plain("Answers", Cell::whole(page.answers)),
        Figure::plain("Days with answers", Cell::whole(page.days.len())),
        Figure::plain("Streak, days", Cell::whole(streak.days)),
        Figure::plain("The longest streak", Cell::whole(streak.longest)),
    ];
    let busiest = page.busiest();
    figures.extend(
        busiest.map(|day| Figure::noted("Busiest day", Cell::whole(day.answers), day.day.to_string())),
    );
    let hours = || page.hours.iter().map(|hour| (format!("{:02}", hour.hour), hour.answers, hour.recalled));
    let weekdays = || page.weekdays.iter().map(|day| (day.name.to_owned(), day.answers, day.recalled));
    let charts = [
        year(page, period.until.map_or(today, |until| until.min(today))),
        answers(ChartKind::Hours, "Hour", hours().collect()),
        recalled(ChartKind::HoursRecalled, "Hour", hours().collect()),
        answers(ChartKind::Weekdays, "Day", weekdays().collect()),
        recalled(ChartKind::WeekdaysRecalled, "Day", weekdays().collect()),
    ];
    Section {
        page: Page::Calendar,
        basis: Basis::answers(page.answers),
        figures,
        words: Vec::new(),
        charts: charts.into_iter().flatten().collect(),
    }
}

fn year(page: &Calendar, end: StudyDay) -> Option<Chart> {
    let first = StudyDay(end.monday().0 - 7 * (WEEKS - 1));
    let shown = page.days.iter().filter(|day| first <= day.day && day.day <= end);
    let answers: HashMap<StudyDay, usize> = shown.map(|day| (day.day, day.answers)).collect();
    let busiest = page.busiest()?;
    let week = |nth: i32| {
        std::array::from_fn(|weekday| {
            let day = StudyDay(first.0 + 7 * nth + weekday as i32);
            (day <= end).then(|| HeatDay { number: answers.get(&day).copied().unwrap_or_default() })
        })
    };
    let heat = Heat {
        weeks: (0..WEEKS).map(week).collect(),
        months: months(first),
        bounds: draw::bounds(answers.values().copied().max().unwrap_or_default()),
    };
    let rows = page.days.iter().map(|day| {
        let minutes = Cell::minutes(day.took_ms.div_ceil(60_000), day.took_ms);
        vec![Cell::whole(day.day), Cell::whole(day.answers), minutes]
    });
    let told = format!(
        "A square for each day of the 53 weeks up to {end}, darker on light and brighter on dark with more answers. \
         Answers on {} of these days; the busiest day of the period is {} with {}.",
        answers.len(),
        busiest.day,
        counted(busiest.answers, "answer")
    );
    Some(Chart {
        kind: ChartKind::Calendar,
        basis: Basis::answers(answers.values().sum()),
        told,
        drawing: Drawing::Heat(heat),
        table: Table { columns: vec!["Day", "Answers", "Minutes"], rows: rows.collect() },
    })
}

/// The weeks in which a month begins, but for one that another follows too closely.
fn months(first: StudyDay) -> Vec<(usize, String)> {
    let monday = |nth: i32| StudyDay(first.0 + 7 * nth).date();
    let begins = |nth: &i32| {
        *nth == 0 || monday(*nth).format("%m").to_string() != monday(nth - 1).format("%m").to_string()
    };
    let mut months: Vec<(usize, String)> =
        (0..WEEKS).filter(begins).map(|nth| (nth as usize, monday(nth).format("%b").to_string())).collect();
    if months.len() > 1 && months[1].0 < 3 {
        months.remove(0);
    }
    months
}

fn answers(kind: ChartKind, first: &'static str, places: Vec<(String, usize, Share)>) -> Option<Chart> {
    let labels = labels(&places);
    let numbers = || places.iter().map(|(_, answers, _)| *answers);
    let all: usize = numbers().sum();
    let rows = places.iter().map(|(name, answers, _)| vec![Cell::whole(name), Cell::whole(answers)]);
    (all > 0).then(|| Chart {
        kind,
        basis: Basis::answers(all),
        told: format!("Columns of answers.{}", most(&labels, numbers())),
        drawing: Drawing::Columns(Columns::single(labels.clone(), numbers(), palette::BLUE)),
        table: Table { columns: vec![first, "Answers"], rows: rows.collect() },
    })
}

fn recalled(kind: ChartKind, first: &'static str, places: Vec<(String, usize, Share)>) -> Option<Chart> {
    let shares = || places.iter().map(|(_, _, recalled)| *recalled);
    let all: usize = shares().map(|share| share.of).sum();
    let points: Vec<Point> =
        shares().enumerate().filter_map(|(nth, share)| point(nth as f64, share)).collect();
    let least = points.iter().filter_map(|point| point.interval).map(|(low, _)| low).fold(1.0, f64::min);
    let rows = places.iter().map(|(name, _, share)| {
        vec![
            Cell::whole(name),
            Cell::whole(share.count),
            Cell::whole(share.of),
            Cell::share(*share),
            Cell::low(*share),
            Cell::high(*share),
        ]
    });
    let series = Series { label: "", ink: palette::BLUE, mark: Mark::Disc, joined: false, points };
    let drawing = Lines {
        x: Axis::places(&labels(&places)),
        y: Axis::percent(least),
        series: vec![series],
        guide: None,
    };
    (all > 0).then(|| Chart {
        kind,
        basis: Basis::answers(all),
        told: "Points of the share recalled, with Wilson's intervals.".to_owned(),
        drawing: Drawing::Lines(drawing),
        table: Table {
            columns: vec![first, "Recalled", "Answers", "Retention", "From", "To"],
            rows: rows.collect(),
        },
    })
}

/// Names of places, so short that all of them find room.
fn labels(places: &[(String, usize, Share)]) -> Vec<String> {
    places.iter().map(|(name, ..)| name.chars().take(3).collect()).collect()
}
