//! What was remembered, as time goes by.

use super::*;
use crate::domain::stats::{Recall, Retention, Span};

pub(in crate::report) fn retention(page: &Retention) -> Section {
    let mut figures = vec![
        Figure::share("True retention", page.all.recalled),
        Figure::share("Young cards", page.young.recalled),
        Figure::share("Mature cards", page.mature.recalled),
    ];
    figures.extend(corrected("Beyond guessing", &page.all));
    figures.extend(corrected("Young, beyond guessing", &page.young));
    figures.extend(corrected("Mature, beyond guessing", &page.mature));
    figures.extend(page.target.map(|target| Figure::plain("Target", Cell::percent(target))));
    let charts = [
        chart(ChartKind::RetentionByDay, "Day", &page.by_day, page.target, |day| day),
        chart(ChartKind::RetentionByWeek, "Week of", &page.by_week, page.target, StudyDay::monday),
        chart(ChartKind::RetentionByMonth, "Month of", &page.by_month, page.target, StudyDay::first_of_month),
    ];
    Section {
        page: Page::Retention,
        basis: Basis::answers(page.all.recalled.of),
        figures,
        words: vec![format!(
            "Of {}, {} count for retention.",
            counted(page.answers, "answer"),
            page.all.recalled.of
        )],
        charts: charts.into_iter().flatten().collect(),
    }
}

fn corrected(name: &'static str, recall: &Recall) -> Option<Figure> {
    let guessing = recall.guessing?;
    let few = if guessing.right.is_of_few() { ", which is few" } else { "" };
    Some(Figure::noted(
        name,
        Cell::percent(guessing.corrected),
        format!("of {}{few}", counted(guessing.right.of, "answer")),
    ))
}

fn chart(
    kind: ChartKind,
    first: &'static str,
    spans: &[Span],
    target: Option<f64>,
    begin: fn(StudyDay) -> StudyDay,
) -> Option<Chart> {
    let (oldest, newest) = (spans.first()?.from, spans.last()?.from);
    let place = |day: StudyDay| f64::from(day.0 - oldest.0);
    let series = |label, ink, mark, share: fn(&Span) -> Share, with_interval: bool| {
        let points = spans.iter().filter_map(|span| point(place(span.from), share(span)));
        let bare = |point: Point| Point { interval: point.interval.filter(|_| with_interval), ..point };
        Series { label, ink, mark, joined: true, points: points.map(bare).collect() }
    };
    let all = series("all", palette::BLUE, Mark::Disc, |span| span.all.recalled, true);
    let young = series("young", palette::ORANGE, Mark::Triangle, |span| span.young, false);
    let mature = series("mature", palette::GREEN, Mark::Square, |span| span.mature, false);
    let series = vec![young, mature, all];
    let lows = series
        .iter()
        .flat_map(|series| &series.points)
        .map(|point| point.interval.map_or(point.y, |(low, _)| low));
    let least = lows.chain(target).fold(1.0, f64::min);
    let end = place(newest).max(1.0);
    let guide = target.map(|target| Guide { label: "target", from: (0.0, target), to: (end, target) });
    let answers = spans.iter().map(|span| span.all.recalled.of).sum();
    let (last, share) = (spans.last()?, spans.last()?.all.recalled);
    let told = format!(
        "Lines of the share recalled, of all cards with a band for Wilson's interval, of young and of mature cards. \
         The last point, from {} on, is {} recalled.",
        last.from,
        of(share)
    );
    Some(Chart {
        kind,
        basis: Basis::answers(answers),
        told,
        drawing: Drawing::Lines(Lines {
            x: days(oldest, newest, begin),
            y: Axis::percent(least),
            series,
            guide,
        }),
        table: table(first, spans),
    })
}

/// An axis of days, with some of those named with which a day, week or month begins.
fn days(oldest: StudyDay, newest: StudyDay, begin: fn(StudyDay) -> StudyDay) -> Axis {
    const MARKS: i32 = 5;
    let length = newest.0 - oldest.0;
    let steps = MARKS.min(length.max(1));
    let years = length > 400;
    let name = |day: StudyDay| if years { day.date().format("%b %Y").to_string() } else { short_day(day) };
    let marks = (0..=steps).map(|nth| begin(StudyDay(oldest.0 + length * nth / steps)));
    let mut marks: Vec<(f64, String)> = marks.map(|day| (f64::from(day.0 - oldest.0), name(day))).collect();
    marks.dedup_by(|a, b| a.1 == b.1);
    let beside = f64::from(length.max(1)) * 0.05;
    Axis { range: -beside..f64::from(length.max(1)) + beside, marks }
}

fn table(first: &'static str, spans: &[Span]) -> Table {
    let row = |span: &Span| {
        let (all, guessing) = (span.all.recalled, span.all.guessing);
        vec![
            Cell::whole(span.from),
            Cell::whole(all.count),
            Cell::whole(all.of),
            Cell::share(all),
            Cell::low(all),
            Cell::high(all),
            guessing.map_or_else(Cell::none, |guessing| Cell::percent(guessing.corrected)),
            Cell::share(span.young),
            Cell::whole(span.young.of),
            Cell::share(span.mature),
            Cell::whole(span.mature.of),
        ]
    };
    let columns = vec![
        first,
        "Recalled",
        "Answers",
        "Retention",
        "From",
        "To",
        "Beyond guessing",
        "Young",
        "of",
        "Mature",
        "of",
    ];
    Table { columns, rows: spans.iter().map(row).collect() }
}
