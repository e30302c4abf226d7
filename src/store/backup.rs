//! A copy of the whole collection, proven good before it gets its name: what remains when a migration goes
//! wrong.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, backup::Backup};

use super::{Doing, Error, Result, log, open::make_private_folder};

const FOLDER: &str = "backups";
const ALL_PAGES: i32 = -1;

/// Copies a database to `backups/<name>` beside it, in place of an earlier one of that name.
///
/// # Errors
/// When the copy cannot be written, or does not hold what it should. Earlier copies are untouched then.
pub(super) fn copy(connection: &Connection, database: &Path, name: &str) -> Result<PathBuf> {
    let folder = database.with_file_name(FOLDER);
    make_private_folder(&folder)?;
    let path = folder.join(name);
    let failed = |doing, source| Error::File { doing, path: path.clone(), source };
    // A private file with a name of its own, removed when anything fails.
    let copy = tempfile::NamedTempFile::new_in(&folder).map_err(|source| failed("make", source))?;
    copy_all(connection, copy.path()).doing("copy the database")?;
    verify(connection, copy.path())?;
    copy.as_file().sync_all().map_err(|source| failed("save", source))?;
    copy.persist(&path).map_err(|error| failed("save", error.error))?;
    sync_folder(&folder).map_err(|source| failed("save", source))?;
    Ok(path)
}

fn copy_all(connection: &Connection, to: &Path) -> rusqlite::Result<()> {
    let mut copy = Connection::open(to)?;
    Backup::new(connection, &mut copy)?.step(ALL_PAGES).map(drop)
}

/// Whether a copy is whole, is sound, and has every event of the original.
fn verify(original: &Connection, copy: &Path) -> Result<()> {
    let doing = "check the copy of the database";
    let copy = Connection::open(copy).doing(doing)?;
    let sound: String = copy.pragma_query_value(None, "integrity_check", |row| row.get(0)).doing(doing)?;
    let unsound = |detail: String| Err(Error::damaged("copy of the database", detail));
    if sound != "ok" {
        return unsound(sound);
    }
    if let Some(event) = log::first_broken_link(&copy)? {
        return unsound(format!("event {event} is not as it was written"));
    }
    let events = |connection: &Connection| -> Result<i64> {
        connection.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).doing(doing)
    };
    match (events(original)?, events(&copy)?) {
        (there, here) if there == here => Ok(()),
        (there, here) => unsound(format!("{here} of {there} events")),
    }
}

/// A new name in a folder survives a power cut only after this.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}
