//! The figures of all plans beside each other, three on 80 columns.

use super::report::Report;
use crate::domain::simulation::{LATE, Outcome, Range};

/// Plans that stand beside each other.
const BESIDE: usize = 3;
const LABEL: usize = 17;
const COLUMN: usize = 20;

type Figure = fn(&Outcome) -> Range;

/// The label of what only a longer simulation than [`LATE`] has to tell.
const LATELY: &str = "  last 30 days";

const ROWS: [(&str, Figure); 8] = [
    ("reviews a day", |outcome| outcome.reviews.mean),
    ("  at most", |outcome| outcome.reviews.peak),
    (LATELY, |outcome| outcome.reviews.late),
    ("minutes a day", |outcome| outcome.minutes.mean),
    ("  at most", |outcome| outcome.minutes.peak),
    (LATELY, |outcome| outcome.minutes.late),
    ("known at the end", |outcome| outcome.known),
    ("cards reached", |outcome| outcome.reached),
];

/// The table, in lines.
pub(super) fn lines(report: &Report<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (trials, outcomes) in report.trials.chunks(BESIDE).zip(report.simulation.outcomes.chunks(BESIDE)) {
        lines.push(row("", trials.iter().map(|trial| trial.scheduler.clone())));
        lines.push(row("", trials.iter().map(|trial| format!("{} new a day", trial.variant.new))));
        let figures =
            |(label, figure): (&str, Figure)| row(label, outcomes.iter().map(|it| cell(figure(it))));
        let is_telling = |(label, _): &(&str, Figure)| *label != LATELY || report.request.days > LATE;
        lines.extend(ROWS.into_iter().filter(is_telling).map(figures));
        lines.push(String::new());
    }
    lines
}

fn row(label: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!(" {cell:<COLUMN$}")).collect();
    format!("{label:LABEL$}{cells}").trim_end().to_owned()
}

/// A median with its range: `23.4 (21.0-25.1)`; the median alone where all runs agree.
fn cell(Range { low, median, high }: Range) -> String {
    let said = |figure: f64| match high {
        ..100.0 => format!("{figure:.1}"),
        100.0..100_000.0 => format!("{figure:.0}"),
        _ => format!("{:.0}k", figure / 1000.0),
    };
    let (low, median, high) = (said(low), said(median), said(high));
    if low == high { median } else { format!("{median} ({low}-{high})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_tells_no_more_than_it_knows() {
        let cell = |low, median, high| cell(Range { low, median, high });
        assert_eq!(cell(21.0, 23.44, 25.1), "23.4 (21.0-25.1)");
        assert_eq!(cell(99.0, 120.6, 130.2), "121 (99-130)");
        assert_eq!(cell(5.0, 5.0, 5.0), "5.0");
        assert_eq!(cell(99_000.4, 99_998.0, 100_001.0), "100k (99k-100k)");
        assert!(cell(99_990.0, 99_998.0, 99_999.0).len() <= COLUMN);
    }
}
