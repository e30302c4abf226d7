//! Copies of the whole collection, each proven good before it gets its name, and thinned as they grow old.
//! Knows neither clocks nor when one is wanted.

mod thinning;

use std::{
    fs::{self, DirEntry, File, Metadata},
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Local, NaiveDateTime};
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup as Copying, StepResult},
    config::DbConfig,
};
use tempfile::NamedTempFile;

use super::{
    Contents, Doing, Error, Result, examine, migrate,
    open::{DATABASE, connect_to_read, make_private_folder},
};
use crate::domain::time::{Moment, Rollover, StudyDay};
pub use thinning::superfluous;

const FOLDER: &str = "backups";
const EXTENSION: &str = "db";
/// How the name of a backup begins: the local time at which it was made. So does that of what is set aside.
pub(super) const TIME: &str = "%Y-%m-%d-%H%M%S";
pub(super) const LENGTH_OF_TIME: usize = "2026-11-28-091500".len();
/// What is still being written is called so; what is still called so when nobody has locked it was left by a
/// process that was killed.
pub(super) const UNFINISHED: &str = ".unfinished-";

/// The copies of a collection.
#[derive(Debug, Clone)]
pub struct Backups {
    database: PathBuf,
    folder: PathBuf,
}

/// Why a backup is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The first use on a study day.
    Daily,
    /// Chapters or another machine's log are about to come in.
    BeforeImport,
    /// The cache is about to be made anew.
    BeforeRepair,
    /// The person wants one.
    Asked,
}

/// A copy of the collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its file.
    pub path: PathBuf,
    /// The local time at which it was made.
    pub made: NaiveDateTime,
    /// Its size in bytes.
    pub bytes: u64,
    /// When its file was written. It says which of two is newer that were made in one second.
    written: SystemTime,
    /// Whether it is thinned as it grows old; those from before a change of the format are kept.
    is_thinned: bool,
}

impl Reason {
    fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::BeforeImport => "before-import",
            Self::BeforeRepair => "before-repair",
            Self::Asked => "asked",
        }
    }
}

impl Backups {
    /// The copies of the collection in this folder.
    pub fn of(folder: &Path) -> Self {
        Self { database: folder.join(DATABASE), folder: folder.join(FOLDER) }
    }

    /// Their folder; it need not exist.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a backup, proves it good, and lets go of those that it makes superfluous. Works beside a running
    /// session. `None` when there is nothing to copy yet.
    ///
    /// # Errors
    /// When the copy cannot be written, or does not hold what it should. All earlier ones are there then.
    pub fn make(&self, reason: Reason, now: Moment, rollover: Rollover) -> Result<Option<Backup>> {
        let Some(connection) = connect_to_read(&self.database)? else { return Ok(None) };
        migrate::expect_known(&connection, &self.database)?;
        if examine::contents(&connection)?.is_empty() {
            return Ok(None);
        }
        make_private_folder(&self.folder)?;
        remove_unfinished(&self.folder);
        let copy = proven_copy(&connection, &self.folder)?;
        let path = name(copy, |attempt| self.folder.join(file_name(reason, now, attempt)))?;
        let made = self.list()?.into_iter().find(|backup| backup.path == path);
        self.thin(&path, now, rollover)?;
        Ok(made)
    }

    /// Makes a backup unless one of this study day will do: for a day of use any, before a change one that has
    /// every event. So a long import that is tried ten times is no reason for ten copies.
    ///
    /// # Errors
    /// As [`Backups::make`].
    pub fn make_if_due(&self, reason: Reason, now: Moment, rollover: Rollover) -> Result<Option<Backup>> {
        let of_today = |backup: &Backup| StudyDay::of(backup.made, rollover) == now.day;
        let newest = self.list()?.into_iter().find(of_today);
        let will_do = match (newest, reason) {
            (None, _) | (Some(_), Reason::Asked) => false,
            (Some(_), Reason::Daily) => true,
            (Some(backup), Reason::BeforeImport | Reason::BeforeRepair) => self.has_every_event(&backup)?,
        };
        if will_do { Ok(None) } else { self.make(reason, now, rollover) }
    }

    /// Copies the collection to a file that is not there yet, and proves the copy good.
    ///
    /// # Errors
    /// As [`Backups::make`], and when there is such a file, or no collection.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        let file_error = |kind: io::ErrorKind, why: &str| Error::File {
            doing: "write",
            path: file.to_owned(),
            source: io::Error::new(kind, why.to_owned()),
        };
        if file.exists() {
            return Err(file_error(io::ErrorKind::AlreadyExists, "it is there already; name another file"));
        }
        let Some(connection) = connect_to_read(&self.database)? else {
            return Err(file_error(io::ErrorKind::NotFound, "there is no collection to copy yet"));
        };
        migrate::expect_known(&connection, &self.database)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let copy = proven_copy(&connection, folder)?;
        name(copy, |_| file.to_owned()).map(drop)
    }

    /// All backups, newest first.
    ///
    /// # Errors
    /// When their folder cannot be read.
    pub fn list(&self) -> Result<Vec<Backup>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries.flatten(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Error::File { doing: "read", path: self.folder.clone(), source }),
        };
        let mut backups: Vec<Backup> = entries.filter_map(|entry| Backup::of(&entry)).collect();
        backups.sort_by(|a, b| (b.made, b.written, &b.path).cmp(&(a.made, a.written, &a.path)));
        Ok(backups)
    }

    fn has_every_event(&self, backup: &Backup) -> Result<bool> {
        let Some(connection) = connect_to_read(&self.database)? else { return Ok(true) };
        let events = examine::contents(&connection)?.events;
        Ok(backup.contents().is_ok_and(|copied| copied.events == events))
    }

    fn thin(&self, made: &Path, now: Moment, rollover: Rollover) -> Result<()> {
        let mut thinned = self.list()?;
        thinned.retain(|backup| backup.is_thinned);
        // The newest is the one just made, also by a clock that was set back or stands still.
        thinned.sort_by_key(|backup| backup.path != made);
        let days: Vec<StudyDay> = thinned.iter().map(|it| StudyDay::of(it.made, rollover)).collect();
        for place in superfluous(&days, now.day) {
            let path = &thinned[place].path;
            fs::remove_file(path).map_err(|source| Error::File {
                doing: "remove the old backup",
                path: path.clone(),
                source,
            })?;
        }
        Ok(())
    }
}

impl Backup {
    /// What a file in the folder of backups is by its name; `None` when it is something else.
    fn of(entry: &DirEntry) -> Option<Self> {
        let path = entry.path();
        let is_one = path.extension().is_some_and(|extension| extension == EXTENSION)
            && !entry.file_name().to_string_lossy().starts_with('.');
        if is_one { Self::at(&path) } else { None }
    }

    /// A file that a person says is a backup; `None` when there is no such file.
    pub fn at(path: &Path) -> Option<Self> {
        let path = path.to_owned();
        let about = fs::metadata(&path).ok().filter(Metadata::is_file)?;
        let name = path.file_name()?.to_string_lossy();
        let named =
            name.get(..LENGTH_OF_TIME).and_then(|time| NaiveDateTime::parse_from_str(time, TIME).ok());
        let written = about.modified().ok()?;
        let made = named.unwrap_or_else(|| DateTime::<Local>::from(written).naive_local());
        Some(Self { path, made, bytes: about.len(), written, is_thinned: named.is_some() })
    }

    /// What a person calls it: the name of its file.
    pub fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    /// What it holds, as it says itself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn contents(&self) -> Result<Contents> {
        let connection = read_copy(&self.path)?;
        examine::contents(&connection)
    }

    pub(super) fn open(&self) -> Result<Connection> {
        read_copy(&self.path)
    }

    /// Proves it good: the same, after everything in it was checked.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn verify(&self) -> Result<Contents> {
        let connection = read_copy(&self.path)?;
        verify(&connection, &self.path)
    }
}

impl Contents {
    /// Whether there is nothing that could be lost.
    fn is_empty(&self) -> bool {
        self.events == 0 && self.decks == 0
    }
}

/// Files in a folder that were being written when a process was killed, or still are.
pub fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_unfinished = |entry: &DirEntry| entry.file_name().to_string_lossy().starts_with(UNFINISHED);
    entries.filter(is_unfinished).map(|entry| entry.path()).collect()
}

/// Removes what a process left unfinished that was killed; one that is still at work holds a lock.
pub(super) fn remove_unfinished(folder: &Path) {
    for path in unfinished(folder) {
        // What cannot be removed does no harm, and `doctor` tells of it.
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

fn file_name(reason: Reason, now: Moment, attempt: usize) -> String {
    let again = if attempt > 1 { format!("-{attempt}") } else { String::new() };
    format!("{}-{}{again}.{EXTENSION}", now.at.naive_local().format(TIME), reason.word())
}

/// Copies a database of an older format aside, in place of an earlier copy of that name.
pub(super) fn before_migration(connection: &Connection, database: &Path, format: i64) -> Result<()> {
    let folder = database.with_file_name(FOLDER);
    make_private_folder(&folder)?;
    let path = folder.join(format!("before-format-{format}.{EXTENSION}"));
    let copy = proven_copy(connection, &folder)?;
    copy.persist(&path).map_err(|error| Error::File {
        doing: "save",
        path: path.clone(),
        source: error.error,
    })?;
    sync_folder(&folder)
}

/// A copy in a private file of this folder, whole, sound, on disk, and still without a name; gone when
/// anything fails.
pub(super) fn proven_copy(original: &Connection, folder: &Path) -> Result<NamedTempFile> {
    let failed = |doing| move |source| Error::File { doing, path: folder.to_owned(), source };
    let copy =
        tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).map_err(failed("make a file in"))?;
    copy.as_file().lock().map_err(failed("lock a file in"))?;
    let events_before = examine::contents(original)?.events;
    copy_all(original, copy.path()).doing("copy the database")?;
    let events_after = examine::contents(original)?.events;
    // Pages are copied as they are: what is wrong with the copy is wrong with the original.
    let told_of = |error| match error {
        Error::Unsound { detail, .. } => {
            Error::Unsound { path: original.path().unwrap_or_default().into(), detail }
        }
        other => other,
    };
    let copied = verify(&read_copy(copy.path())?, copy.path()).map_err(told_of)?.events;
    // A session may have gone on meanwhile.
    if !(events_before..=events_after).contains(&copied) {
        let detail = format!("{copied} of its {events_before} events could be copied");
        return Err(told_of(Error::Unsound { path: PathBuf::new(), detail }));
    }
    copy.as_file().sync_all().map_err(failed("save a file in"))?;
    Ok(copy)
}

/// Copies a few pages at a time, so that a session that goes on meanwhile never waits long for its turn.
fn copy_all(from: &Connection, to: &Path) -> rusqlite::Result<()> {
    const PAGES: i32 = 256;
    const ALL_PAGES: i32 = -1;
    const PATIENCE: Duration = Duration::from_millis(5);
    let mut copy = Connection::open(to)?;
    // A copy that was not finished is thrown away, so that it needs no journal; it is synced when it is proven.
    copy.pragma_update(None, "journal_mode", "OFF")?;
    copy.pragma_update(None, "synchronous", "OFF")?;
    let copying = Copying::new(from, &mut copy)?;
    let mut left = 2 + from.pragma_query_value(None, "page_count", |row| row.get::<_, i32>(0))? / PAGES;
    loop {
        // Each write to the original begins the copying anew. Where that goes on all is copied in one go.
        let pages = if left > 0 { PAGES } else { ALL_PAGES };
        left -= 1;
        match copying.step(pages)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => thread::sleep(PATIENCE),
        }
    }
}

fn read_copy(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).doing("open the backup")?;
    connection.pragma_update(None, "trusted_schema", false).doing("open the backup")?;
    // It may come from anybody.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).doing("open the backup")?;
    migrate::expect_tables(&connection, path)?;
    Ok(connection)
}

/// What a copy holds, if it is whole and sound.
pub(super) fn verify(copy: &Connection, path: &Path) -> Result<Contents> {
    match examine::soundness(copy, path).into_iter().next() {
        Some(flaw) => Err(Error::Unsound { path: path.to_owned(), detail: flaw.detail }),
        None => examine::contents(copy),
    }
}

/// Gives a file its name, the first of these that no file has, so that it survives a power cut.
fn name(mut file: NamedTempFile, path: impl Fn(usize) -> PathBuf) -> Result<PathBuf> {
    const ATTEMPTS: usize = 100;
    let mut attempt = 1;
    loop {
        let path = path(attempt);
        match file.persist_noclobber(&path) {
            Ok(_) => {
                sync_folder(path.parent().unwrap_or(Path::new(".")))?;
                return Ok(path);
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists && attempt < ATTEMPTS => {
                file = error.file;
                attempt += 1;
            }
            Err(error) => return Err(Error::File { doing: "save", path, source: error.error }),
        }
    }
}

/// A new name in a folder survives a power cut only after this.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| Error::File { doing: "save the folder", path: folder.to_owned(), source })
}
