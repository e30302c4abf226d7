//! What the figures stand on, what may be chance, and what nobody should conclude from them.

use super::{report::Report, trial::Trial};
use crate::{
    cli::text::{self, counted},
    domain::{
        scheduler::Scheduler,
        simulation::{ENOUGH, Habits, Outcome, Range, Recalled, World},
    },
};

/// The widest line, also where the terminal is wider.
const WIDEST: u16 = 80;

/// All sentences, wrapped.
pub(super) fn lines(report: &Report<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut part = |title: &str, sentences: Vec<String>| {
        if !sentences.is_empty() {
            lines.push(title.to_owned());
            lines.extend(sentences.iter().flat_map(|sentence| item(sentence)));
            lines.push(String::new());
        }
    };
    part("Beside the first plan, if what is assumed below holds", differences(report));
    part("What this stands on", assumptions(report));
    lines.extend(wrapped(closing(report), "", ""));
    lines
}

fn item(sentence: &str) -> Vec<String> {
    wrapped(sentence, "- ", "  ")
}

fn wrapped(sentence: &str, first: &str, later: &str) -> Vec<String> {
    let width = usize::from(text::width().min(WIDEST));
    let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(later);
    let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(sentence, options).into_iter().map(|line| line.into_owned()).collect()
}

/// What each further plan changes, where it is more than the luck of the runs.
fn differences(report: &Report<'_>) -> Vec<String> {
    let mut plans = report.plans();
    let Some((_, first)) = plans.next() else { return Vec::new() };
    plans.map(|(trial, outcome)| difference(trial, outcome, first)).collect()
}

fn difference(trial: &Trial, outcome: &Outcome, first: &Outcome) -> String {
    let minutes = change("minutes a day", &outcome.minutes.mean, &first.minutes.mean);
    let known = change("cards known at the end", &outcome.known, &first.known);
    format!("{}: {minutes}; {known}.", trial.label())
}

fn change(what: &str, figure: &Range, first: &Range) -> String {
    if figure.overlaps(first) {
        return format!("{what} within chance");
    }
    let change = figure.median - first.median;
    let word = if change > 0.0 { "more" } else { "fewer" };
    format!("{:.1} {word} {what}", change.abs())
}

/// What was measured, what was stated, and what was assumed.
pub(super) fn assumptions(report: &Report<'_>) -> Vec<String> {
    let (habits, world) = (&report.simulation.habits, &report.simulation.world);
    let mut sentences = vec![
        memory(report),
        recall(habits),
        grades(habits),
        answer_times(report, habits, world),
        skipped_days(report, habits, world),
        cards(report),
    ];
    if report.trials.iter().any(is_fsrs) && !report.trials.iter().all(is_fsrs) {
        sentences.push(
            "FSRS schedules here by the very model by which cards are forgotten. It knows more than it would of \
             a real memory, so it looks better beside SM-2 than it may be."
                .to_owned(),
        );
    }
    sentences
}

fn is_fsrs(trial: &Trial) -> bool {
    matches!(trial.variant.scheduler, Scheduler::Fsrs(_))
}

fn memory(report: &Report<'_>) -> String {
    let beside = if report.trials.iter().all(is_fsrs) {
        ""
    } else {
        ", whatever scheduler is tried, because SM-2 says nothing about forgetting"
    };
    let (source, whose) = match &report.simulation.fitted {
        Some(fitted) => {
            ("fitted", format!("the parameters that were fitted to your answers up to {}", fitted.through))
        }
        None => ("assumed", "its published parameters".to_owned()),
    };
    format!(
        "Forgetting, {source}: as FSRS-6 with {whose} has it{beside}. What is repeated on the same day is \
         recalled."
    )
}

fn recall(habits: &Habits) -> String {
    let Recalled { scored, recalled, expected } = habits.recalled;
    let share = |number: f64| number / scored.max(1) as f64 * 100.0;
    match habits.odds {
        Some(_) => format!(
            "Recall, measured: {:.0} % of {scored} answers that were due. That model expected {:.0} %, and \
             was brought to what you recalled.",
            share(recalled as f64),
            share(expected)
        ),
        None => format!(
            "Recall, assumed: just as that model expects. The log has {} of yours to measure it, and \
             {ENOUGH} are needed.",
            counted(scored, "scored answer")
        ),
    }
}

fn grades(habits: &Habits) -> String {
    let told = |measured: Option<usize>| match measured {
        Some(answers) => format!("measured over {}", counted(answers, "answer")),
        None => "assumed, as many people give them".to_owned(),
    };
    let (first, later) =
        (habits.first.map(|(_, answers)| answers), habits.passed.map(|(_, answers)| answers));
    format!("Grades of first answers: {}; of later ones: {}.", told(first), told(later))
}

fn answer_times(report: &Report<'_>, habits: &Habits, world: &World) -> String {
    let [again, hard, good, easy] =
        world.took_ms.map(|took_ms| format!("{:.1}", f64::from(took_ms) / 1000.0));
    let by_grade = format!("{again} s for again, {hard} s hard, {good} s good, {easy} s easy");
    match (report.request.took_ms, habits.took_ms) {
        (Some(_), _) => format!("Time, stated: {good} s an answer."),
        (None, Some(_)) => {
            format!("Time, measured over {}: {by_grade} (medians).", counted(habits.answers, "answer"))
        }
        (None, None) => format!(
            "Time, assumed from many people: {by_grade}. The log has {} of yours, and {ENOUGH} are needed.",
            counted(habits.answers, "answer")
        ),
    }
}

fn skipped_days(report: &Report<'_>, habits: &Habits, world: &World) -> String {
    let share = world.skipped * 100.0;
    match (report.request.skipped, habits.skipped) {
        (Some(_), _) => format!("Skipped days, stated: {share:.0} %."),
        (None, Some((_, days))) => format!("Skipped days, measured: {share:.0} % of the last {days} days."),
        (None, None) => "Skipped days, assumed: none. You have studied for less than two weeks.".to_owned(),
    }
}

fn cards(report: &Report<'_>) -> String {
    let simulation = report.simulation;
    let whose = match report.request.unseen {
        Some(_) => format!("Cards, stated: {} new ones", simulation.unseen),
        None => format!(
            "Cards: yours, of which {} were answered before and {} are new",
            simulation.seen, simulation.unseen
        ),
    };
    format!(
        "{whose}. At most {} reviews a day, and nothing new while more is due; no edits, no further chapters.",
        simulation.reviews
    )
}

fn closing(report: &Report<'_>) -> &'static str {
    if report.simulation.habits.recalled.scored < ENOUGH {
        return "These are the numbers of an average learner, not yours: the log is too short to know you. None \
                of them is a promise.";
    }
    "These numbers hold as far as the assumptions above do, and none of them is a promise: the ranges tell the \
     luck of the runs, not how wrong the model of memory may be."
}
