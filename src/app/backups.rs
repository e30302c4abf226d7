//! When backups are made: once a study day of use, before what is not easily taken back, and when the person
//! wants one.
//!
//! The one of the day is made on a thread of its own, over a connection of its own, once the first screen is
//! there. It could also be made before the first answer, or on leaving; but then a large collection would make
//! somebody wait, and whoever closes the terminal would have none.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    thread::Builder,
};

use super::{App, Error, Result, Setup, clock::Clock, config::Config, paths::Paths};
use crate::{
    domain::time::{Moment, Rollover, StudyDay},
    store::{self, Backup, Backups, Reason},
};

/// The backup of a study day.
#[derive(Debug, Default)]
pub(super) struct Daily {
    /// The day whose backup was begun last.
    day: Option<StudyDay>,
    /// Where it will be told what came of it; `None` once that was heard.
    outcome: Option<Receiver<store::Result<()>>>,
}

impl App {
    /// Begins to make this study day's backup, unless there is one or it was begun already. `on_failure` is
    /// called on another thread when none can be made.
    pub fn start_daily_backup(&mut self, on_failure: impl FnOnce() + Send + 'static) {
        let (now, rollover) = (self.now(), self.config.rollover());
        let Some(backups) = self.backups.clone().filter(|_| self.daily.day != Some(now.day)) else { return };
        let (tell, outcome) = mpsc::channel();
        let make = move || {
            let made = backups.make_if_due(Reason::Daily, now, rollover).map(drop);
            let failed = made.is_err();
            // Nobody listens any more when the program is ending without it.
            let _ = tell.send(made);
            if failed {
                on_failure();
            }
        };
        // Where there is no thread to be had now, the next occasion will do.
        if Builder::new().name("backup".to_owned()).spawn(make).is_ok() {
            self.daily = Daily { day: Some(now.day), outcome: Some(outcome) };
        }
    }

    /// Why there is no backup of this study day, once that is known. Says it once.
    pub fn daily_backup_failure(&mut self) -> Option<Error> {
        let outcome = self.daily.outcome.as_ref()?.try_recv().ok()?;
        self.daily.outcome = None;
        outcome.err().map(Error::from)
    }

    /// Waits for this study day's backup, if it is at work.
    ///
    /// # Errors
    /// When none could be made.
    pub fn finish_daily_backup(&mut self) -> Result<()> {
        let Some(outcome) = self.daily.outcome.take() else { return Ok(()) };
        // A thread that ended without a word has panicked, which was told already.
        Ok(outcome.recv().unwrap_or(Ok(()))?)
    }

    /// Sees to it that there is a backup before a change.
    pub(super) fn back_up_before(&self, reason: Reason) -> Result<()> {
        let Some(backups) = &self.backups else { return Ok(()) };
        let made = backups.make_if_due(reason, self.now(), self.config.rollover());
        made.map(drop).map_err(|source| Error::NoBackup { source })
    }
}

/// The backups of a collection, newest first.
///
/// # Errors
/// When there is no place for them, or they cannot be listed.
pub fn backups(setup: &Setup) -> Result<Vec<Backup>> {
    let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
    Ok(Backups::of(&paths.data).list()?)
}

/// Makes a backup, also beside a running session; `None` when there is nothing to copy yet.
///
/// # Errors
/// When it cannot be made, or the collection is damaged. Earlier ones are there then.
pub fn back_up(setup: &Setup) -> Result<Option<Backup>> {
    let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
    let (now, rollover) = present(setup, &paths);
    Ok(Backups::of(&paths.data).make(Reason::Asked, now, rollover)?)
}

/// Copies the collection to a file that is not there yet.
///
/// # Errors
/// As [`back_up`], and when there is such a file already.
pub fn back_up_to(setup: &Setup, file: &Path) -> Result<PathBuf> {
    let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
    Backups::of(&paths.data).copy_to(file)?;
    Ok(file.to_owned())
}

/// The present for whoever has no app: settings that are broken keep nobody from a backup.
pub(super) fn present(setup: &Setup, paths: &Paths) -> (Moment, Rollover) {
    let rollover = Config::load(&paths.config_file()).unwrap_or_default().rollover();
    (Moment::new(setup.now.map_or(Clock::System, Clock::Fixed).now(), rollover), rollover)
}
