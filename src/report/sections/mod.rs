//! One file for each page of statistics: which figures and charts it becomes.

mod lately;
mod retention;
mod calendar;
mod load;
mod cards;
mod topics;
mod confusions;
mod prediction;

pub(super) use calendar::calendar;
pub(super) use cards::cards;
pub(super) use confusions::confusions;
pub(super) use lately::lately;
pub(super) use load::load;
pub(super) use prediction::prediction;
pub(super) use retention::retention;
pub(super) use topics::topics;

use super::{
    chart::Chart,
    draw::{
        self, Axis, Columns, Drawing, Guide, Heat, HeatDay, Layer, Lines, Mark, Point, Ranges, Row, Series,
    },
    kind::ChartKind,
    markup::{plain, shortened},
    palette,
    section::{Basis, Figure, Section},
    table::{Cell, Table},
};
use crate::{
    domain::{evaluation::Share, stats::Page, time::StudyDay},
    typeset::{counted, percent},
};

/// A day as it stands below a chart: `28 Nov`.
fn short_day(day: StudyDay) -> String {
    day.date().format("%-d %b").to_string()
}

/// A point for a share, with its interval; `None` of nothing.
fn point(x: f64, share: Share) -> Option<Point> {
    let interval = share.interval();
    (share.of > 0).then(|| Point { x, y: share.value(), interval: Some((interval.low, interval.high)) })
}

/// A row for a share.
fn row(name: &str, note: String, share: Share) -> Row {
    const COLUMNS: usize = 34;
    let interval = share.interval();
    Row {
        name: shortened(name, COLUMNS),
        note,
        share: share.value(),
        low: interval.low,
        high: interval.high,
        ink: palette::BLUE,
    }
}

/// What a share comes to at the right of its row: `85.7 % of 14`.
fn of(share: Share) -> String {
    format!("{} of {}", percent(share.value()), share.of)
}

/// The greatest of counted things, in words: `The most are 43, at 12 Nov.`
fn most(labels: &[String], numbers: impl Iterator<Item = usize>) -> String {
    let numbers: Vec<usize> = numbers.collect();
    let greatest = labels.iter().zip(numbers).rev().max_by_key(|(_, number)| *number);
    greatest.map_or_else(String::new, |(label, number)| format!(" The most are {number}, at {label}."))
}
