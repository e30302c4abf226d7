//! A simulation as programs read it.

use serde_json::{Map, Value, json};

use super::{report::Report, trial::Trial, words};
use crate::domain::{
    simulation::{ENOUGH, Outcome, Series, Shares},
    time::StudyDay,
};

/// The series of a plan and their names in JSON.
const SERIES: [(&str, Series); 4] = [
    ("reviews", Series::Reviews),
    ("new", Series::New),
    ("repeats", Series::Repeats),
    ("minutes", Series::Minutes),
];

/// Everything for programs.
pub(super) fn json(report: &Report<'_>, today: StudyDay) -> Value {
    let plans: Vec<Value> = report.plans().map(|(trial, outcome)| plan(trial, outcome)).collect();
    json!({
        "first_day": today.to_string(),
        "days": report.request.days.0,
        "seeds": report.request.seeds,
        "cards": report.simulation.seen + report.simulation.unseen,
        "cards_seen_before": report.simulation.seen,
        "reviews_per_day": report.simulation.reviews,
        "person": person(report),
        "assumptions": words::assumptions(report),
        "plans": plans,
    })
}

fn person(report: &Report<'_>) -> Value {
    let (habits, world) = (&report.simulation.habits, &report.simulation.world);
    let seconds = world.took_ms.map(|took_ms| f64::from(took_ms) / 1000.0);
    let source = |stated: bool, measured: bool| match (stated, measured) {
        (true, _) => "stated",
        (false, true) => "measured",
        (false, false) => "assumed",
    };
    json!({
        "memory_is": if report.simulation.fitted.is_some() { "fitted" } else { "assumed" },
        "memory_fitted_through": report.simulation.fitted.as_ref().map(|fitted| fitted.through),
        "answers": habits.answers,
        "scored_answers": habits.recalled.scored,
        "recalled": habits.recalled.recalled,
        "recalled_as_expected_by_model": habits.recalled.expected,
        "is_average_learner": habits.recalled.scored < ENOUGH,
        "recall_odds": world.odds.0,
        "seconds_per_answer": by_grade(seconds),
        "seconds_per_answer_are": source(report.request.took_ms.is_some(), habits.took_ms.is_some()),
        "skipped_days": world.skipped,
        "skipped_days_are": source(report.request.skipped.is_some(), habits.skipped.is_some()),
        "first_grades": shares(world.first),
        "first_grades_are": source(false, habits.first.is_some()),
        "later_grades": shares(world.recalled),
        "later_grades_are": source(false, habits.passed.is_some()),
    })
}

fn plan(trial: &Trial, outcome: &Outcome) -> Value {
    let days: Map<String, Value> = SERIES
        .map(|(name, series)| (name.to_owned(), json!(outcome.series(series, 1))))
        .into_iter()
        .collect();
    json!({
        "scheduler": trial.variant.scheduler.word(),
        "retention": trial.retention.map(|retention| retention.share()),
        "new_per_day": trial.variant.new,
        "reviews_a_day": outcome.reviews,
        "minutes_a_day": outcome.minutes,
        "known_at_the_end": outcome.known,
        "cards_reached": outcome.reached,
        "daily": days,
    })
}

fn shares(shares: Shares) -> Value {
    by_grade(shares.figures())
}

fn by_grade([again, hard, good, easy]: [f64; 4]) -> Value {
    json!({ "again": again, "hard": hard, "good": good, "easy": easy })
}
