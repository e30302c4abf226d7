//! A calibration plot in text: what was predicted beside what happened, for each tenth of the answers.

use std::io::Write;

use crate::{
    cli::text,
    domain::evaluation::{Interval, Score, Tenth},
};

/// Columns of the plot.
const WIDTH: usize = 40;

/// Plots what one predictor said against what was recalled.
pub(super) fn calibration(score: &Score, out: &mut dyn Write) -> anyhow::Result<()> {
    let least = score.calibration.iter().map(lowest).fold(1.0, f64::min);
    let least = (least * 10.0).floor() / 10.0;
    writeln!(
        out,
        "{}: answers in tenths, from its lowest forecasts to its highest",
        score.predictor.label()
    )?;
    writeln!(out, "{:>9}  {:>8}  {:>7}  {}", "predicted", "recalled", "answers", scale(least))?;
    for tenth in &score.calibration {
        let Tenth { predicted, recalled, .. } = tenth;
        let (said, seen) = (text::percent(*predicted), text::percent(recalled.value()));
        let line = format!("{said:>9}  {seen:>8}  {:>7}  {}", recalled.of, marks(tenth, least));
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "p predicted   o recalled   * both   - Wilson's interval of what was recalled, at 95 %\n")?;
    Ok(())
}

fn lowest(tenth: &Tenth) -> f64 {
    tenth.predicted.min(tenth.recalled.interval().low)
}

/// The ends of the plot: `|60 %          100 %|`.
fn scale(least: f64) -> String {
    let (begin, end) = (format!("|{:.0} %", least * 100.0), "100 %|");
    format!("{begin}{}{end}", " ".repeat(WIDTH - begin.len() - end.len()))
}

fn marks(tenth: &Tenth, least: f64) -> String {
    let column = |share: f64| {
        let place = (share - least) / (1.0 - least) * (WIDTH - 1) as f64;
        (place.round().max(0.0) as usize).min(WIDTH - 1)
    };
    let Interval { low, high } = tenth.recalled.interval();
    let (predicted, recalled) = (column(tenth.predicted), column(tenth.recalled.value()));
    let interval = column(low)..=column(high);
    let mark = |place: usize| {
        if place == predicted && place == recalled {
            '*'
        } else if place == predicted {
            'p'
        } else if place == recalled {
            'o'
        } else if interval.contains(&place) {
            '-'
        } else {
            ' '
        }
    };
    (0..WIDTH).map(mark).collect()
}
