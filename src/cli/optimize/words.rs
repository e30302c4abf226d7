//! What came of fitting, in sentences. Each says over how many answers.

use std::io::Write;

use crate::{
    app::{FEWEST_TO_FIT, Optimization},
    cli::{evaluate::words::estimate, text::counted},
    domain::evaluation::{Blends, Estimate, History, Interval},
};

/// What was done.
pub(super) fn outcome(history: &History, optimization: &Optimization) -> String {
    let scored = counted(history.scored_count(), "answer");
    match optimization {
        Optimization::TooFew => format!(
            "{scored} can be scored so far. Below {FEWEST_TO_FIT} nothing is fitted: what they say of 21 \
             parameters would be mostly chance. The published parameters stay. Scored is a card's first answer \
             of a study day, if it had been answered on an earlier day."
        ),
        Optimization::NoFit(reason) => {
            format!("Nothing could be fitted to {scored}: {reason}. The published parameters stay.")
        }
        Optimization::Judged(blends) => format!(
            "FSRS-6 was fitted to the older {} of {scored}, and judged on the newest {}, which the fit has not \
             seen: {} recalled, on {}.",
            history.seen_by_fit(),
            blends.held_out.of,
            blends.held_out.count,
            counted(blends.cards, "card")
        ),
    }
}

/// How the parameters did on the held-out answers.
pub(super) fn table(blends: &Blends, out: &mut dyn Write) -> anyhow::Result<()> {
    let blend = format!("blend, λ = {:.1}", blends.lambda);
    writeln!(out, "{:20}  log loss on the newest {}", "", blends.held_out.of)?;
    for (name, figure) in [("published", blends.default), ("fit", blends.fit), (&blend, blends.blend)] {
        writeln!(out, "{name:20}  {}", estimate(&figure, 4))?;
    }
    writeln!(out)?;
    Ok(())
}

/// What that means.
pub(super) fn verdict(blends: &Blends) -> String {
    let brackets = format!(
        "In brackets: how far the middle 95 % of {} bootstrap samples of the cards spread.",
        blends.samples
    );
    if blends.lambda == 0.0 {
        return format!(
            "{brackets} No share of the fit predicts these answers better than the published parameters, so \
             there is nothing to keep."
        );
    }
    let Estimate { value, interval: Interval { low, high } } = blends.gain;
    let meaning = if high < 0.0 { "more than chance" } else { "which may be chance" };
    format!(
        "{brackets} The blend's log loss is {:.4} below that of the published parameters (difference from \
         {low:.4} to {high:.4}), {meaning}. λ was chosen on these same answers, which flatters the blend a little; \
         `retain evaluate` will judge it on answers to come.",
        value.abs()
    )
}

/// The parameters as they can be given to `retain replay`.
pub(super) fn values(parameters: &[f64]) -> String {
    let values: Vec<String> = parameters.iter().map(|value| format!("{value:.4}")).collect();
    let rows: Vec<String> = values.chunks(7).map(|row| row.join(", ")).collect();
    rows.join(",\n")
}
