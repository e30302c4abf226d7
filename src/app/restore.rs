//! A backup takes the place of the collection, and how that is undone.

use std::path::{Path, PathBuf};

use super::{Error, Result, Setup, backups::present, config::Config, parameters, paths::Paths};
use crate::{
    domain::time::Moment,
    store::{Backup, Backups, Balance, Candidate, SetAside},
};

/// A restore that is ready to be made. Dropped, it has changed nothing.
#[derive(Debug)]
pub struct Restoration {
    /// The backup; `None` where there is no good one, and only events are saved.
    pub backup: Option<Backup>,
    candidate: Candidate,
    now: Moment,
}

/// Prepares a restore from a backup, by its name or its path; from the newest good one if none is named. `newer`
/// says whether events that are newer than the backup are taken over.
///
/// # Errors
/// When somebody else uses the collection, there is nothing to restore, or the backup is damaged.
pub fn prepare_restore(setup: &Setup, named: Option<&str>, newer: bool) -> Result<Restoration> {
    let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
    let schedulers = Config::load(&paths.config_file())?.schedulers(|| parameters::all_fitted(&paths))?;
    let backups = Backups::of(&paths.data).list()?;
    let backup = match named {
        Some(named) => Some(find(backups, named)?),
        None => backups.into_iter().find(|backup| backup.verify().is_ok()),
    };
    if backup.is_none() && !paths.database().exists() {
        let reason = "there is neither a collection nor a backup of one".to_owned();
        return Err(Error::NothingToRestore { reason });
    }
    let candidate = Candidate::prepare(&paths.data, backup.as_ref(), &schedulers, newer)?;
    Ok(Restoration { backup, candidate, now: present(setup, &paths).0 })
}

fn find(backups: Vec<Backup>, named: &str) -> Result<Backup> {
    let path = Path::new(named);
    let is_meant = |backup: &Backup| backup.name() == named || backup.name() == format!("{named}.db");
    if let Some(backup) = backups.into_iter().find(is_meant) {
        return Ok(backup);
    }
    Backup::at(path).ok_or_else(|| Error::NothingToRestore {
        reason: format!("there is no backup “{named}”; `retain backup list` shows those that there are"),
    })
}

impl Restoration {
    /// What it would win and lose.
    pub fn balance(&self) -> &Balance {
        &self.candidate.balance
    }

    /// Makes it. Gives the file that keeps the collection which was there, if there was one.
    ///
    /// # Errors
    /// When a file cannot be written or moved. What was there is still there then, or is set aside.
    pub fn make(self) -> Result<Option<PathBuf>> {
        Ok(self.candidate.commit(self.now)?)
    }
}

/// The collections that restores have set aside, newest first.
///
/// # Errors
/// When there is no place for them.
pub fn set_asides(setup: &Setup) -> Result<Vec<SetAside>> {
    let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
    Ok(SetAside::all(&paths.data))
}

/// Brings back a collection that was set aside; the one that is there now is set aside in turn.
///
/// # Errors
/// When somebody else uses the collection, or a file cannot be moved.
pub fn undo_restore(setup: &Setup, set_aside: &SetAside) -> Result<Option<PathBuf>> {
    let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
    Ok(set_aside.bring_back(&paths.data, present(setup, &paths).0)?)
}
