//! What the figures mean, in sentences. Each says over how many answers.

use crate::{
    app::Own,
    cli::text::{self, counted},
    domain::evaluation::{Estimate, Evaluation, FEWEST_ANSWERS, Guessing, Interval, Score, Share, Standing},
};

/// A figure with its interval, in so many decimals: `0.331 (0.320-0.343)`.
pub(in crate::cli) fn estimate(
    Estimate { value, interval: Interval { low, high } }: &Estimate,
    decimals: usize,
) -> String {
    format!("{value:.decimals$} ({low:.decimals$}-{high:.decimals$})")
}

/// What was scored.
pub(super) fn answers(evaluation: &Evaluation) -> String {
    let Share { count, of } = evaluation.recalled;
    let Interval { low, high } = evaluation.recalled.interval();
    format!(
        "{} scored, on {}. {count} were recalled: {} ({} to {}, Wilson's interval at 95 %).",
        counted(of, "answer"),
        counted(evaluation.cards, "card"),
        text::percent(evaluation.recalled.value()),
        text::percent(low),
        text::percent(high)
    )
}

/// What is known beyond guessing.
pub(super) fn guessing(Guessing { right, corrected }: &Guessing) -> String {
    format!(
        "In {} of {} to questions with one right option that option was chosen: {}. Corrected for guessing, \
         (observed - 1/k) / (1 - 1/k) with k options: {}.",
        right.count,
        counted(right.of, "answer"),
        text::percent(right.value()),
        text::percent(*corrected)
    )
}

/// What the intervals are.
pub(super) fn intervals(evaluation: &Evaluation) -> String {
    format!(
        "In brackets: how far the middle 95 % of {} bootstrap samples of the cards spread. SM-2 is taken as \
         0.9 ^ (elapsed / interval), which is an assumption. `retain evaluate --help` explains the figures.",
        evaluation.samples
    )
}

/// Which scheduler predicts best, whether that is more than chance, and what it means.
pub(super) fn verdict(evaluation: &Evaluation) -> String {
    let Some(best) = evaluation.best_scheduler() else { return String::new() };
    let others = evaluation.scores.iter().filter(|score| score.predictor.is_scheduler() && *score != best);
    let mut sentences = vec![best_sentence(best)];
    sentences.extend(others.map(other_sentence));
    sentences.push(
        "Forecasts are judged at the intervals that you really had; at others they may do better or worse."
            .to_owned(),
    );
    sentences.join(" ")
}

fn best_sentence(best: &Score) -> String {
    let (label, difference) = (best.predictor.label(), difference(best));
    let meaning = match best.standing() {
        Standing::Better => {
            // The log loss is a mean of logarithms, so a difference is a ratio of chances.
            let likelier = (-best.beyond_baseline.value).exp() - 1.0;
            format!(
                "more than chance. It knows something about your cards: what really happened had been given a \
                 chance {} higher, in the geometric mean, than your last answers alone would have given it",
                text::percent(likelier)
            )
        }
        Standing::Level => {
            "which may be chance: so far no scheduler is shown to know more about your cards than \
                            how well you did lately"
                .to_owned()
        }
        Standing::Worse => {
            "more than chance. No scheduler beats it: how well you did lately says more about \
                            your next answer than any of their forecasts"
                .to_owned()
        }
    };
    format!("{label} predicts best of the schedulers. Its log loss is {difference}, {meaning}.")
}

fn other_sentence(score: &Score) -> String {
    let (label, difference) = (score.predictor.label(), difference(score));
    match score.standing() {
        Standing::Better => format!("{label} beats the moving average too: {difference}."),
        Standing::Level => {
            format!("{label} is not shown to beat the moving average: {difference}, which may be chance.")
        }
        Standing::Worse => format!("{label} does not beat the moving average: {difference}."),
    }
}

/// How far a score is from that of the moving average.
fn difference(score: &Score) -> String {
    let Estimate { value, interval: Interval { low, high } } = score.beyond_baseline;
    let side = if value < 0.0 { "below" } else { "above" };
    format!("{:.4} {side} that of the moving average (difference from {low:.4} to {high:.4})", value.abs())
}

/// How the person's own parameters did since they were fitted.
pub(super) fn own(own: &Own) -> String {
    let through = own.through;
    let begin = format!(
        "Your own parameters of FSRS-6 had a part in the answers up to {through}, and are judged on those \
         after it only."
    );
    let Some(evaluation) = &own.evaluation else {
        return format!(
            "{begin} Of these {} can be scored so far; below {FEWEST_ANSWERS} nothing is said.",
            own.scored
        );
    };
    let verdict = evaluation.scores.first().map(|score| {
        let Estimate { value, interval: Interval { low, high } } = score.beyond_baseline;
        let meaning = match score.standing() {
            Standing::Better => "they predict you better than the published ones",
            Standing::Level => "the difference to the published ones may be chance",
            Standing::Worse => "they predict you worse than the published ones: go back to those",
        };
        format!(
            "{meaning} (log loss {value:+.4}, from {low:+.4} to {high:+.4}, over {} samples)",
            evaluation.samples
        )
    });
    format!("{begin} Over {}: {}.", counted(evaluation.recalled.of, "answer"), verdict.unwrap_or_default())
}
