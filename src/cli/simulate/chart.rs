//! Reviews a day as bars of text, one chart for each plan, all to one scale.

use super::report::Report;
use crate::{cli::text, domain::simulation::Series};

/// Columns of bars, at most.
const MOST_BARS: usize = 60;
/// Lines of a chart.
const HEIGHT: usize = 6;

const BLOCKS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// What the same heights look like where only ASCII is to be had.
const ASCII: [&str; 9] = [" ", "_", "_", ".", ".", "-", "-", "=", "#"];

/// The charts, in lines.
pub(super) fn lines(report: &Report<'_>) -> Vec<String> {
    let together = report.days_together(MOST_BARS);
    let bars: Vec<Vec<f64>> = report
        .plans()
        .map(|(_, outcome)| outcome.series(Series::Reviews, together).iter().map(|day| day.median).collect())
        .collect();
    let most = bars.iter().flatten().copied().fold(1.0, f64::max);
    let signs = if text::is_unicode() { BLOCKS } else { ASCII };
    let mut lines = Vec::new();
    for (trial, bars) in report.trials.iter().zip(&bars) {
        lines.push(format!("Reviews a day: {}", trial.label()));
        lines.extend(chart(bars, most, signs));
        lines.push(axis(report.request.days.0, bars.len(), together));
        lines.push(String::new());
    }
    lines
}

fn chart(bars: &[f64], most: f64, signs: [&str; 9]) -> Vec<String> {
    let line = |level: usize| {
        let label = match level {
            _ if level + 1 == HEIGHT => format!("{most:.0}"),
            0 => "0".to_owned(),
            _ => String::new(),
        };
        let cells: String = bars.iter().map(|bar| signs[eighths(bar / most, level)]).collect();
        format!("{label:>6} |{cells}").trim_end().to_owned()
    };
    (0..HEIGHT).rev().map(line).collect()
}

/// How many eighths of this level, counted from the lowest, a bar of this share of the height fills. What is
/// above nothing is seen.
fn eighths(share: f64, level: usize) -> usize {
    let filled = (share * (HEIGHT * 8) as f64).round() as usize;
    let filled = if share > 0.0 { filled.max(1) } else { filled };
    filled.saturating_sub(level * 8).min(8)
}

/// `today … in 90 days`, and how many days a bar stands for.
fn axis(days: u32, bars: usize, together: usize) -> String {
    let end = format!("day {days}");
    let gap = bars.saturating_sub("today".len() + end.len()).max(1);
    let each = if together > 1 { format!("   (a bar: {together} days)") } else { String::new() };
    format!("{:8}today{}{end}{each}", "", " ".repeat(gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_fills_the_chart_and_little_is_not_nothing() {
        let lines = chart(&[10.0, 5.0, 0.01, 0.0], 10.0, ASCII);
        assert_eq!(lines, ["    10 |#", "       |#", "       |#", "       |##", "       |##", "     0 |##_"]);
    }
}
