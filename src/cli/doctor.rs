//! `retain doctor`: what is wrong with the collection, what is safe, and what to do.

use std::io::Write;

use serde::Serialize;

use super::{
    Exit,
    text::{self, counted, one_line},
};
use crate::app::{self, Contents, Diagnosis, Finding, Repair, Setup, Weight};

/// Check everything, and say what is wrong, what is safe, and what to do
///
/// Looks at the database as SQLite sees it, at each event of the log, each question, each card beside what
/// its log says, the times, all backups, the settings, and who may read the files. Works beside a running session, and
/// changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain doctor
  retain doctor --json
  retain doctor --repair           when only the cards' states are wrong

Exit codes: 0 nothing is damaged, 1 failed, 5 something is damaged")]
pub(super) struct Arguments {
    /// Work all cards out anew from the log and the search index from the questions, and remove the files that
    /// statistics keep, after a backup; nothing where anything else is damaged. What is in the log never changes
    #[arg(long)]
    repair: bool,

    /// For programs
    #[arg(long)]
    json: bool,
}

/// A diagnosis for programs.
#[derive(Debug, Serialize)]
struct Figures<'a> {
    database: String,
    damaged: bool,
    weight: Weight,
    format: Option<i64>,
    events: Option<usize>,
    answers: Option<usize>,
    cards: Option<usize>,
    decks: Option<usize>,
    findings: &'a [Finding],
    safe: Option<String>,
    advice: Option<&'a str>,
    newest_good_backup: Option<String>,
    repaired_cards: Option<usize>,
}

impl Arguments {
    pub(super) fn run(&self, setup: &Setup, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let (repaired, diagnosis) = match self.repair.then(|| app::repair(setup)).transpose()? {
            Some(Repair::Refused(diagnosis)) => (None, diagnosis),
            Some(Repair::Done(cards)) => (Some(cards), app::diagnose(setup)?),
            None => (None, app::diagnose(setup)?),
        };
        if self.json {
            text::json(out, &Figures::of(&diagnosis, repaired))?;
        } else {
            if let Some(cards) = repaired {
                writeln!(out, "All cards were worked out anew: {} stood wrong.\n", counted(cards, "card"))?;
            }
            if self.repair && repaired.is_none() {
                writeln!(out, "Nothing was repaired: cards cannot be worked out from what is damaged.\n")?;
            }
            tell(&diagnosis, out)?;
        }
        Ok(if diagnosis.weight() == Weight::Damage { Exit::Damaged } else { Exit::Done })
    }
}

fn tell(diagnosis: &Diagnosis, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}", one_line(&diagnosis.database.to_string_lossy()))?;
    for Finding { check, weight, told } in &diagnosis.findings {
        let word = match weight {
            Weight::Fine => "fine",
            Weight::Note => "note",
            Weight::Warning => "WARNING",
            Weight::Damage => "DAMAGED",
        };
        writeln!(out, "{word:<8} {:<12} {}", check.word(), one_line(told))?;
    }
    writeln!(out)?;
    let verdict = match diagnosis.weight() {
        Weight::Fine | Weight::Note => "All is well.".to_owned(),
        Weight::Warning => "Nothing is damaged.".to_owned(),
        Weight::Damage => {
            let words = [diagnosis.safe(), diagnosis.advice().map(str::to_owned)];
            words.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    text::paragraph(out, &one_line(&verdict))
}

impl<'a> Figures<'a> {
    fn of(diagnosis: &'a Diagnosis, repaired_cards: Option<usize>) -> Self {
        let count = |of: fn(&Contents) -> usize| diagnosis.contents.as_ref().map(of);
        Self {
            database: diagnosis.database.to_string_lossy().into_owned(),
            damaged: diagnosis.weight() == Weight::Damage,
            weight: diagnosis.weight(),
            format: diagnosis.contents.map(|contents| contents.format),
            events: count(|contents| contents.events),
            answers: count(|contents| contents.answers),
            cards: count(|contents| contents.cards),
            decks: count(|contents| contents.decks),
            findings: &diagnosis.findings,
            safe: diagnosis.safe(),
            advice: diagnosis.advice(),
            newest_good_backup: diagnosis.newest_good.as_ref().map(|backup| backup.name()),
            repaired_cards,
        }
    }
}
