//! Today, and the last days and weeks.

use super::*;
use crate::domain::stats::{Lately, Tally};

pub(in crate::report) fn lately(page: &Lately) -> Section {
    let left = page.left;
    let minutes =
        page.pace.map(|pace| format!("about {} min", pace.minutes(left.cards()))).unwrap_or_default();
    let streak = page.streak;
    let still = if streak.days > 0 && !streak.today { ", today still to come" } else { "" };
    let figures = vec![
        Figure::plain("Answered today", Cell::whole(page.done.answers)),
        Figure::share("Right at first sight today", page.done.right_at_first),
        Figure::plain("Minutes today", minutes_of(&page.done)),
        Figure::noted(
            "Streak, days",
            Cell::whole(streak.days),
            format!("the longest {}{still}", streak.longest),
        ),
        Figure::noted("Cards left today", Cell::whole(left.cards()), minutes),
        Figure::plain("Due tomorrow", Cell::whole(page.due_tomorrow)),
        Figure::noted(
            "Answers of the period",
            Cell::whole(page.period.answers),
            format!("on {}", counted(page.days_studied, "day")),
        ),
        Figure::share("Right at first sight", page.period.right_at_first),
        Figure::plain("Minutes of the period", minutes_of(&page.period)),
    ];
    let days = page.days.iter().map(|day| (day.day, day.tally));
    let weeks = page.weeks.iter().map(|week| (week.from, week.tally));
    let charts = [chart(ChartKind::Days, "Day", days), chart(ChartKind::Weeks, "Week of", weeks)];
    Section {
        page: Page::Lately,
        basis: Basis::answers(page.period.answers),
        figures,
        words: Vec::new(),
        charts: charts.into_iter().flatten().collect(),
    }
}

fn chart(
    kind: ChartKind,
    first: &'static str,
    spans: impl Iterator<Item = (StudyDay, Tally)>,
) -> Option<Chart> {
    let spans: Vec<(StudyDay, Tally)> = spans.collect();
    let tallies = || spans.iter().map(|(_, tally)| tally);
    let answers: usize = tallies().map(|tally| tally.answers).sum();
    let labels: Vec<String> = spans.iter().map(|(day, _)| short_day(*day)).collect();
    let figures = |figure: fn(&Tally) -> usize| tallies().map(|tally| figure(tally) as f64).collect();
    let right = Layer {
        label: "right at first sight",
        ink: palette::BLUE,
        figures: figures(|it| it.right_at_first.count),
    };
    let wrong = Layer {
        label: "not",
        ink: palette::ORANGE,
        figures: figures(|it| it.right_at_first.of - it.right_at_first.count),
    };
    let further = Layer {
        label: "repeated the same day",
        ink: palette::GRID,
        figures: figures(|it| it.answers - it.right_at_first.of),
    };
    let told = format!(
        "Columns of answers, in three parts: right at first sight, not right, and repeated on the same day.{}",
        most(&labels, tallies().map(|tally| tally.answers))
    );
    let rows = spans.iter().map(|(day, tally)| {
        vec![
            Cell::whole(day),
            Cell::whole(tally.answers),
            Cell::whole(tally.right_at_first.count),
            Cell::whole(tally.right_at_first.of),
            Cell::share(tally.right_at_first),
            minutes_of(tally),
        ]
    });
    let columns = vec![first, "Answers", "Right", "First answers", "Right at first sight", "Minutes"];
    (answers > 0).then(|| Chart {
        kind,
        basis: Basis::answers(answers),
        told,
        drawing: Drawing::Columns(Columns {
            labels,
            layers: vec![right, wrong, further],
            stacked: true,
            shares: false,
        }),
        table: Table { columns, rows: rows.collect() },
    })
}

fn minutes_of(tally: &Tally) -> Cell {
    Cell::minutes(tally.minutes(), tally.took_ms)
}
