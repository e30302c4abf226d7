//! Everything that can be wrong with a collection and around it, in words: what is wrong, what is safe, and what
//! to do. Changes nothing unless it is asked to.

mod around;
mod statistics;

use std::path::PathBuf;

use super::{Access, App, Result, Setup, backups::present, config::Config, parameters, paths::Paths};
use crate::{
    domain::scheduler::Schedulers,
    store::{self, Backup, Backups, Contents, Flaw, Part, Reason},
};

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The settings.
    Settings,
    /// The database as SQLite sees it.
    File,
    /// The review log.
    Log,
    /// The questions.
    Questions,
    /// The cards' states and the decks' counts.
    Cards,
    /// The times of events.
    Times,
    /// The files that statistics keep.
    Statistics,
    /// The backups.
    Backups,
    /// Who may read the files.
    Permissions,
    /// The file system that they are on.
    Place,
    /// Files that were left behind.
    Leftovers,
}

/// How much something weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// All is well.
    Fine,
    /// Good to know.
    Note,
    /// It should be seen to.
    Warning,
    /// Something is not as it was written.
    Damage,
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// How much it weighs.
    pub weight: Weight,
    /// In words.
    pub told: String,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// The database.
    pub database: PathBuf,
    /// What it holds; `None` where that cannot be said, or there is none.
    pub contents: Option<Contents>,
    /// What the checks came to, at least one of each that could be made.
    pub findings: Vec<Finding>,
    /// The newest backup that is good, if there is one and the collection needs it.
    pub newest_good: Option<Backup>,
}

impl Check {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::File => "file",
            Self::Log => "log",
            Self::Questions => "questions",
            Self::Cards => "cards",
            Self::Times => "times",
            Self::Statistics => "statistics",
            Self::Backups => "backups",
            Self::Permissions => "permissions",
            Self::Place => "place",
            Self::Leftovers => "leftovers",
        }
    }
}

/// What came of a repair.
#[derive(Debug)]
pub enum Repair {
    /// So many cards were others.
    Done(usize),
    /// Something else is damaged, which nothing can be worked out from. Nothing has changed.
    Refused(Diagnosis),
}

impl Diagnosis {
    /// The heaviest of the findings.
    pub fn weight(&self) -> Weight {
        self.findings.iter().map(|finding| finding.weight).max().unwrap_or(Weight::Fine)
    }

    /// What is safe, where something is damaged.
    pub fn safe(&self) -> Option<String> {
        let Self { contents, newest_good, .. } = self;
        if self.weight() < Weight::Damage {
            return None;
        }
        let answers = contents.map_or(0, |contents| contents.answers);
        Some(match newest_good {
            _ if self.is_mended_by_repair() => format!(
                "Your history is whole: each of {answers} answers is as it was written. Only what is worked out from it is wrong."
            ),
            _ if !self.is_damaged(Check::Log) && !self.is_damaged(Check::File) => {
                format!("Your history is whole: each of {answers} answers is as it was written.")
            }
            Some(backup) => format!(
                "The backup {} is good, and newer events are saved as far as they are sound.",
                backup.name()
            ),
            None => {
                "There is no good backup. Events of the log that are sound can still be saved.".to_owned()
            }
        })
    }

    /// What to do, where something is damaged.
    pub fn advice(&self) -> Option<&'static str> {
        if self.weight() < Weight::Damage {
            return None;
        }
        Some(match self.is_mended_by_repair() {
            true => {
                "`retain doctor --repair` makes a backup and works all cards out anew from the log, and the search index from the questions; statistics make their files again."
            }
            false => {
                "`retain restore` shows what the newest good backup would win and lose, and asks. The damaged file is kept."
            }
        })
    }

    fn damaged(&self) -> impl Iterator<Item = Check> + '_ {
        self.findings.iter().filter(|finding| finding.weight == Weight::Damage).map(|finding| finding.check)
    }

    /// Whether only that is damaged which follows from something else.
    fn is_mended_by_repair(&self) -> bool {
        self.damaged().all(|check| matches!(check, Check::Cards | Check::Statistics))
    }

    fn is_damaged(&self, check: Check) -> bool {
        self.damaged().any(|damaged| damaged == check)
    }

    fn add(&mut self, check: Check, weight: Weight, told: impl Into<String>) {
        self.findings.push(Finding { check, weight, told: told.into() });
    }
}

/// Checks everything. Works beside a running session, and on files that nothing else can use.
///
/// # Errors
/// Only when there is no place for a collection.
pub fn diagnose(setup: &Setup) -> Result<Diagnosis> {
    let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
    let mut diagnosis =
        Diagnosis { database: paths.database(), contents: None, findings: Vec::new(), newest_good: None };
    let schedulers = settings(&paths, &mut diagnosis);
    collection(setup, &paths, schedulers.as_ref(), &mut diagnosis);
    if let Some(schedulers) = schedulers.filter(|_| diagnosis.weight() < Weight::Damage) {
        statistics::files(&paths, &schedulers, &mut diagnosis);
    }
    around::backups(setup, &paths, &mut diagnosis);
    around::files(&paths, &mut diagnosis);
    Ok(diagnosis)
}

/// Works out all cards anew from the log, and counts all decks anew, after a backup; where the search index is
/// wrong, it is made anew from the questions, and the files that statistics keep are removed.
///
/// # Errors
/// When the collection cannot be used or no backup can be made. Nothing has changed then.
pub fn repair(setup: &Setup) -> Result<Repair> {
    let diagnosis = diagnose(setup)?;
    if !diagnosis.is_mended_by_repair() {
        return Ok(Repair::Refused(diagnosis));
    }
    let mut app = App::open(setup, Access::Write)?;
    app.back_up_before(Reason::BeforeRepair)?;
    let others = app.store.rebuild(&app.schedulers)?.len();
    if !app.store.index_agrees()? {
        app.store.forget_index()?;
        app.complete_index()?;
    }
    statistics::forget(&app.paths)?;
    Ok(Repair::Done(others))
}

fn settings(paths: &Paths, diagnosis: &mut Diagnosis) -> Option<Schedulers> {
    let read = Config::load(&paths.config_file()).map_err(super::Error::from);
    match read.and_then(|config| config.schedulers(|| parameters::all_fitted(paths))) {
        Ok(schedulers) => {
            diagnosis.add(Check::Settings, Weight::Fine, "they can be read");
            Some(schedulers)
        }
        Err(mistake) => {
            diagnosis.add(Check::Settings, Weight::Warning, mistake.to_string());
            None
        }
    }
}

fn collection(setup: &Setup, paths: &Paths, schedulers: Option<&Schedulers>, diagnosis: &mut Diagnosis) {
    let (now, _) = present(setup, paths);
    let (contents, flaws) = match store::examine(&paths.database(), schedulers, now) {
        Ok(Some(examined)) => examined,
        Ok(None) => return nothing_there(paths, diagnosis),
        Err(error @ store::Error::Newer { .. }) => {
            return diagnosis.add(Check::File, Weight::Warning, error.to_string());
        }
        Err(store::Error::Unsound { detail, .. }) => {
            return diagnosis.add(Check::File, Weight::Damage, detail);
        }
        Err(error) => return diagnosis.add(Check::File, Weight::Damage, error.to_string()),
    };
    diagnosis.contents = Some(contents);
    for part in Part::ALL {
        let (check, fine) = in_words(part, &contents);
        let before = diagnosis.findings.len();
        for Flaw { detail, .. } in flaws.iter().filter(|flaw| flaw.part == part) {
            let weight = if part == Part::Times { Weight::Warning } else { Weight::Damage };
            diagnosis.add(check, weight, detail);
        }
        if diagnosis.findings.len() == before {
            diagnosis.add(check, Weight::Fine, fine);
        }
    }
}

fn nothing_there(paths: &Paths, diagnosis: &mut Diagnosis) {
    let has_backups = Backups::of(&paths.data).list().is_ok_and(|backups| !backups.is_empty());
    match has_backups {
        true => {
            diagnosis.add(Check::File, Weight::Damage, "the collection is gone, and there are backups of it")
        }
        false => diagnosis.add(Check::File, Weight::Note, "there is no collection yet"),
    }
}

fn in_words(part: Part, contents: &Contents) -> (Check, String) {
    let Contents { events, cards, format, .. } = contents;
    match part {
        Part::File => (Check::File, format!("SQLite finds it sound, in format {format}")),
        Part::Log => (Check::Log, format!("{events} of {events} events are there and as they were written")),
        Part::Questions => (Check::Questions, "each is as it was imported".to_owned()),
        Part::Cache => (Check::Cards, format!("{cards} of {cards} cards stand just as the log says")),
        Part::Times => (Check::Times, "no event lies ahead of the clock".to_owned()),
    }
}
