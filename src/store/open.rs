//! Opening the collection: private files, the right to write, and SQLite set up so that what was
//! acknowledged survives a kill and a power cut.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{Doing, Error, Result, Store, lock::Lock, migrate, search};

pub(super) const DATABASE: &str = "retain.db";
pub(super) const LOCK: &str = "retain.lock";
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const CACHED_STATEMENTS: usize = 64;

impl Store {
    /// Opens the collection in this folder as its only writer; makes both where there are none.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process writes; [`Error::Newer`] and [`Error::Foreign`] for a
    /// file that is not for this program; others when the folder or the file cannot be used.
    pub fn open(folder: &Path) -> Result<Self> {
        make_private_folder(folder)?;
        let lock = Lock::take(&folder.join(LOCK))?;
        let path = folder.join(DATABASE);
        make_private_file(&path)?;
        let mut connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        migrate::expect_known(&connection, &path)?;
        migrate::expect_whole(&connection, &path)?;
        set_up_writing(&connection).doing("set up the database")?;
        migrate::bring_up_to_date(&mut connection, &path)?;
        Ok(Self::over(connection, Some(lock)))
    }

    /// Opens the collection to look at it, beside a running session too. One that does not exist yet
    /// is empty.
    ///
    /// # Errors
    /// As [`Store::open`], [`Error::Locked`] excepted.
    pub fn open_to_read(folder: &Path) -> Result<Self> {
        let path = folder.join(DATABASE);
        let Some(connection) = connect_to_read(&path)? else { return Self::in_memory() };
        migrate::expect_current(&connection, &path)?;
        migrate::expect_whole(&connection, &path)?;
        Ok(Self::over(connection, None))
    }

    /// The folder that the collection is in; `None` for one in memory.
    pub fn folder(&self) -> Option<PathBuf> {
        self.path.as_ref()?.parent().map(Path::to_owned)
    }

    /// A collection that is gone when it is closed.
    ///
    /// # Errors
    /// Only those of SQLite itself.
    pub fn in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory().doing("open a database in memory")?;
        set_up(&connection).doing("set up the database")?;
        migrate::bring_up_to_date(&mut connection, &PathBuf::from(":memory:"))?;
        Ok(Self::over(connection, None))
    }
}

/// A connection that changes nothing, beside a running session too; `None` where there is no database yet.
pub(super) fn connect_to_read(path: &Path) -> Result<Option<Connection>> {
    match std::fs::metadata(path) {
        Ok(file) if file.len() > 0 => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Error::File { doing: "open the database", path: path.to_owned(), source }),
    }
    // Written to only where a killed writer left a journal that must be rolled back first.
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "query_only", true).doing("set up the database")?;
    Ok(Some(connection))
}

pub(super) fn connect(path: &Path, mode: OpenFlags) -> Result<Connection> {
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).doing("open the database")?;
    set_up(&connection).doing("set up the database")?;
    Ok(connection)
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    search::add_functions(connection)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    // Without it INSERT OR REPLACE deletes rows behind the triggers' back.
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "mmap_size", 0)
}

/// A rollback journal that is synced with its folder: a copy of the one file, taken at any quiet
/// moment, holds every acknowledged answer, and a power cut takes none back.
pub(super) fn set_up_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "TRUNCATE")?;
    connection.pragma_update(None, "synchronous", "EXTRA")
}

pub(super) fn make_private_folder(folder: &Path) -> Result<()> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|source| Error::File { doing: "make the folder", path: folder.to_owned(), source })?;
    missing.into_iter().filter_map(Path::parent).for_each(sync_names);
    Ok(())
}

/// What is new in a folder survives a power cut only after this. Where a folder cannot be synced, as on some
/// file systems, nothing can be done about it, which is how SQLite sees it too.
fn sync_names(folder: &Path) {
    let here = Path::new(".");
    let folder = if folder.as_os_str().is_empty() { here } else { folder };
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

fn make_private_file(path: &Path) -> Result<()> {
    let made = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path);
    made.map(drop).map_err(|source| Error::File { doing: "make the file", path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Before it a database in WAL mode could be damaged by its own checkpoints.
    #[test]
    fn the_sqlite_that_comes_along_is_new_enough() {
        assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    }

    /// What an open collection's connection answers, as numbers.
    #[test]
    fn the_database_is_set_up_for_safety() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("opens");
        let ask = |pragma: &str| -> String {
            let answer = store.connection.pragma_query_value(None, pragma, |row| {
                row.get::<_, i64>(0).map(|number| number.to_string()).or_else(|_| row.get(0))
            });
            answer.expect("an answer")
        };
        const EXTRA: &str = "3";
        for (pragma, expected) in [
            ("journal_mode", "truncate"),
            ("synchronous", EXTRA),
            ("foreign_keys", "1"),
            ("recursive_triggers", "1"),
            ("trusted_schema", "0"),
            ("mmap_size", "0"),
            ("busy_timeout", "5000"),
        ] {
            assert_eq!(ask(pragma), expected, "{pragma}");
        }
    }
}
