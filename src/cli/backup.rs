//! `retain backup`: a copy of the collection now, and those that there are.

use std::{io::Write, path::PathBuf};

use serde::Serialize;

use super::{
    Exit,
    text::{self, counted, one_line},
};
use crate::app::{self, Backup, Setup};

/// Copy the collection, and prove the copy good
///
/// A backup is made by itself on every day of use and before every import. They lie in the folder `backups`
/// beside the collection: the newest of each of the last 7 days, 4 weeks and 12 months with one, and the last
/// three. This makes a further one, also beside a running session.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  retain backup
  retain backup --to /media/stick/retain.db
  retain backup list --json"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Into this file, which must not be there yet, instead of the folder of backups
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show the backups that there are, newest first
    #[command(after_help = "Examples:\n  retain backup list\n  retain backup list --json")]
    List {
        /// For programs
        #[arg(long)]
        json: bool,
    },
}

/// A backup for programs.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    path: PathBuf,
    made: String,
    bytes: u64,
    events: Option<usize>,
    answers: Option<usize>,
    cards: Option<usize>,
    newest_study_day: Option<String>,
    problem: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, setup: &Setup, out: &mut dyn Write) -> anyhow::Result<Exit> {
        match (self.command, self.to) {
            (Some(Command::List { json }), _) => list(setup, json, out)?,
            (None, Some(file)) => {
                let file = app::back_up_to(setup, &file)?;
                writeln!(out, "Copied to {} and proven good.", one_line(&file.to_string_lossy()))?;
            }
            (None, None) => match app::back_up(setup)? {
                Some(backup) => writeln!(
                    out,
                    "Backed up to {} and proven good.",
                    one_line(&backup.path.to_string_lossy())
                )?,
                None => writeln!(out, "There is nothing to back up yet.")?,
            },
        }
        Ok(Exit::Done)
    }
}

fn list(setup: &Setup, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let rows: Vec<Row> = app::backups(setup)?.iter().map(Row::of).collect();
    if json {
        return text::json(out, &rows);
    }
    if rows.is_empty() {
        writeln!(out, "There are no backups yet. The first one is made on the next day of use.")?;
    }
    for row in rows {
        writeln!(out, "{}", one_line(&row.in_words()))?;
    }
    Ok(())
}

impl Row {
    pub(super) fn of(backup: &Backup) -> Self {
        let contents = backup.contents();
        let counted = contents.as_ref().ok();
        Self {
            name: backup.name(),
            path: backup.path.clone(),
            made: backup.made.format("%Y-%m-%dT%H:%M:%S").to_string(),
            bytes: backup.bytes,
            events: counted.map(|contents| contents.events),
            answers: counted.map(|contents| contents.answers),
            cards: counted.map(|contents| contents.cards),
            newest_study_day: counted.and_then(|contents| contents.newest).map(|day| day.to_string()),
            problem: contents.as_ref().err().map(ToString::to_string),
        }
    }

    fn in_words(&self) -> String {
        let made = self.made.replace('T', " ");
        let size = text::megabytes(self.bytes);
        let holds = match (self.answers, self.cards, &self.problem) {
            (_, _, Some(problem)) => problem.clone(),
            (answers, cards, None) => format!(
                "{}, {}",
                counted(answers.unwrap_or_default(), "answer"),
                counted(cards.unwrap_or_default(), "card")
            ),
        };
        format!("{made}  {size:>9}  {holds}  {}", self.name)
    }
}
