//! `retain restore`: a backup in the place of the collection, once it is clear what that would win and lose.

use std::{io::Write, path::Path};

use super::{
    Exit, consent,
    text::{self, counted, one_line},
};
use crate::app::{self, Balance, Contents, Restoration, SetAside, Setup};

/// Put a backup in the place of the collection
///
/// It is shown first what that would win and lose. Events that are newer than the backup are taken over from
/// the collection as far as they can be read and are as they were written, even where it is damaged. The
/// collection that is there now is kept in the folder `set-aside`, and `--undo` brings it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain restore                                   the newest good backup
  retain restore 2026-11-28-091500-daily           another one, as `retain backup list` names it
  retain restore /media/stick/retain.db --yes
  retain restore --undo")]
pub(super) struct Arguments {
    /// A backup, by its name or its path; without one: the newest that is good
    backup: Option<String>,

    /// Bring back the collection that was set aside last
    #[arg(long, conflicts_with_all = ["backup", "without_newer"])]
    undo: bool,

    /// Leave out all events that are newer than the backup
    #[arg(long)]
    without_newer: bool,

    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(&self, setup: &Setup, out: &mut dyn Write) -> anyhow::Result<Exit> {
        if self.undo {
            return self.bring_back(setup, out);
        }
        let restoration = app::prepare_restore(setup, self.backup.as_deref(), !self.without_newer)?;
        for line in self.in_words(&restoration) {
            writeln!(out, "{}", one_line(&line))?;
        }
        if !self.may("Put the backup in its place?", out)? {
            return Ok(Exit::Done);
        }
        match restoration.make()? {
            Some(aside) => {
                writeln!(out, "Restored. What was there is kept in {}.", shown(&aside))?;
                writeln!(out, "`retain restore --undo` brings it back.")?;
            }
            None => writeln!(out, "Restored.")?,
        }
        Ok(Exit::Done)
    }

    fn bring_back(&self, setup: &Setup, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let asides = app::set_asides(setup)?;
        let Some(newest) = asides.first() else {
            writeln!(out, "No restore has set a collection aside.")?;
            return Ok(Exit::Done);
        };
        writeln!(out, "Set aside: {}, {}", shown(&newest.path), holds(newest))?;
        if !self.may("Bring it back?", out)? {
            return Ok(Exit::Done);
        }
        match app::undo_restore(setup, newest)? {
            Some(aside) => writeln!(out, "Brought back. What was there is kept in {}.", shown(&aside))?,
            None => writeln!(out, "Brought back.")?,
        }
        Ok(Exit::Done)
    }

    fn may(&self, question: &str, out: &mut dyn Write) -> anyhow::Result<bool> {
        let may = self.yes || consent::given(&format!("{question} [y/N] "), out)?;
        if !may {
            writeln!(out, "Nothing was changed. --yes does it without asking.")?;
        }
        Ok(may)
    }

    fn in_words(&self, restoration: &Restoration) -> Vec<String> {
        let Balance { now, then, won, newer, newer_answers, newer_days, waiting, lost } =
            restoration.balance();
        let mut told = vec![
            match &restoration.backup {
                Some(backup) => format!("Backup      {}", backup.name()),
                None => "Backup      there is no good one: only events are saved".to_owned(),
            },
            match now {
                Some(now) => format!("Now         {}", in_words(now)),
                None => "Now         what the collection holds cannot be read".to_owned(),
            },
            format!("Then        {}", in_words(then)),
        ];
        if *won > 0 {
            told.push(format!("Won         {}, missing or damaged now", counted(*won, "event")));
        }
        if *newer > 0 {
            let newer = format!(
                "{} newer than the backup and sound: {} on {}",
                counted(*newer, "event"),
                counted(*newer_answers, "answer"),
                counted(*newer_days, "day")
            );
            told.push(match self.without_newer {
                false => format!("Taken over  {newer}"),
                true => format!("Left out    {newer}"),
            });
        }
        if *waiting > 0 && !self.without_newer {
            told.push(format!(
                "            {waiting} of them count again when their chapter is imported again"
            ));
        }
        if *lost > 0 {
            told.push(format!("Lost        {}, which cannot be read any more", counted(*lost, "event")));
        }
        told.push(
            "Chapters    are as they were then; `retain update` brings in what has changed since".to_owned(),
        );
        told
    }
}

fn in_words(contents: &Contents) -> String {
    let Contents { events, answers, cards, newest, .. } = contents;
    let until = newest.map_or_else(String::new, |day| format!(", the newest of {day}"));
    format!(
        "{}, {}{until}; {}",
        counted(*events, "event"),
        counted(*answers, "answer"),
        counted(*cards, "card")
    )
}

fn holds(aside: &SetAside) -> String {
    let size = text::megabytes(aside.bytes);
    aside.contents().map_or(size, |contents| in_words(&contents))
}

fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}
