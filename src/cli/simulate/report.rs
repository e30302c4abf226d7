//! A simulation as it is told: for people and for programs.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::{chart, table, trial::Trial, words};
use crate::{
    app::{Simulation, SimulationRequest},
    cli::text::counted,
    domain::{
        simulation::{ENOUGH, Outcome, Series, Shares},
        time::StudyDay,
    },
};

/// What was asked, what came out, and what it is called.
pub(super) struct Report<'a> {
    pub request: &'a SimulationRequest,
    pub simulation: &'a Simulation,
    pub trials: &'a [Trial],
}

/// The series of a plan and their names in JSON.
const SERIES: [(&str, Series); 4] = [
    ("reviews", Series::Reviews),
    ("new", Series::New),
    ("repeats", Series::Repeats),
    ("minutes", Series::Minutes),
];

impl Report<'_> {
    /// Each plan with what it is called and what it came to.
    pub fn plans(&self) -> impl Iterator<Item = (&Trial, &Outcome)> {
        self.trials.iter().zip(&self.simulation.outcomes)
    }

    /// How many days stand together in one point of a picture, so that there are no more of them than `most`.
    pub fn days_together(&self, most: usize) -> usize {
        (self.request.days.0 as usize).div_ceil(most)
    }

    /// What all of it is about: `The next 90 days of 812 cards, 20 runs`.
    pub fn title(&self) -> String {
        let cards = counted(self.simulation.seen + self.simulation.unseen, "card");
        let days = counted(self.request.days.0 as usize, "day");
        format!("The next {days} of {cards}, {}", counted(self.request.seeds as usize, "run"))
    }

    /// Writes everything for people.
    pub fn write(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        writeln!(out, "{}", self.title())?;
        writeln!(out, "Medians of the runs, and the range that holds eight of ten\n")?;
        let parts = [table::lines(self), chart::lines(self), words::lines(self)];
        for line in parts.iter().flatten() {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// Everything for programs.
    pub fn json(&self, today: StudyDay) -> Value {
        let plans: Vec<Value> = self.plans().map(|(trial, outcome)| plan(trial, outcome)).collect();
        json!({
            "first_day": today.to_string(),
            "days": self.request.days.0,
            "seeds": self.request.seeds,
            "cards": self.simulation.seen + self.simulation.unseen,
            "cards_seen_before": self.simulation.seen,
            "reviews_per_day": self.simulation.reviews,
            "person": self.person(),
            "assumptions": words::assumptions(self),
            "plans": plans,
        })
    }

    fn person(&self) -> Value {
        let (habits, world) = (&self.simulation.habits, &self.simulation.world);
        let seconds = world.took_ms.map(|took_ms| f64::from(took_ms) / 1000.0);
        let source = |stated: bool, measured: bool| match (stated, measured) {
            (true, _) => "stated",
            (false, true) => "measured",
            (false, false) => "assumed",
        };
        json!({
            "answers": habits.answers,
            "scored_answers": habits.recalled.scored,
            "recalled": habits.recalled.recalled,
            "recalled_as_expected_by_model": habits.recalled.expected,
            "is_average_learner": habits.recalled.scored < ENOUGH,
            "recall_odds": world.odds.0,
            "seconds_per_answer": by_grade(seconds),
            "seconds_per_answer_are": source(self.request.took_ms.is_some(), habits.took_ms.is_some()),
            "skipped_days": world.skipped,
            "skipped_days_are": source(self.request.skipped.is_some(), habits.skipped.is_some()),
            "first_grades": shares(world.first),
            "first_grades_are": source(false, habits.first.is_some()),
            "later_grades": shares(world.recalled),
            "later_grades_are": source(false, habits.passed.is_some()),
        })
    }
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
