//! `retain due`: what there is to study today.

use std::io::Write;

use serde::Serialize;

use super::{Exit, scope, text};
use crate::app::{App, Counts};

/// Show what is due today
///
/// Due cards are those whose day has come, and learning ones those to be repeated today since they were
/// not known. New cards are never due.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain due
  retain due python --json
  retain due --short
  retain due --exit-code || echo nothing is due")]
pub(super) struct Arguments {
    /// A deck or a book, by its name or a part of it; without one: everything
    deck: Option<String>,

    /// For programs
    #[arg(long)]
    json: bool,

    /// One short line for a shell prompt or a status bar; empty when there is nothing to study
    #[arg(long, conflicts_with = "json")]
    short: bool,

    /// End with 4 when nothing is due or learning
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Serialize)]
struct Due {
    study_day: String,
    #[serde(flatten)]
    counts: Counts,
    next_due: Option<String>,
}

impl Arguments {
    pub(super) fn run(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let scope = scope::named(app, self.deck.as_deref())?;
        let counts = if self.short { app.counts_for_today(&scope)? } else { app.counts(&scope)? };
        let nothing_due = counts.due + counts.learning == 0;
        let exit = if self.exit_code && nothing_due { Exit::NothingDue } else { Exit::Done };
        if self.short {
            writeln!(out, "{}", short(&counts))?;
            return Ok(exit);
        }
        let next_due = app.next_due(&scope)?.map(|day| day.to_string());
        if self.json {
            let study_day = app.now().day.to_string();
            text::json(out, &Due { study_day, counts, next_due })?;
        } else {
            writeln!(out, "{} due, {} learning, {} new", counts.due, counts.learning, counts.new_today)?;
            if counts.left_out > 0 {
                writeln!(out, "today's limit leaves {} for tomorrow", counts.left_out)?;
            }
            if let (true, Some(day)) = (nothing_due, next_due) {
                writeln!(out, "next due on {day}")?;
            }
        }
        Ok(exit)
    }
}

/// What there is to study today, what there is none of left out: `24 due, 10 new`.
fn short(counts: &Counts) -> String {
    let due = counts.due - counts.left_out + counts.learning;
    let parts = [(due, "due"), (counts.new_today, "new")];
    let parts = parts.into_iter().filter(|(cards, _)| *cards > 0);
    parts.map(|(cards, word)| format!("{cards} {word}")).collect::<Vec<_>>().join(", ")
}
