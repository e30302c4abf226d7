//! A backup takes the place of the collection. It is prepared in full, with what can be saved of the newer
//! events, before anything is touched; what was there is set aside and never overwritten.

mod tables;

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;

use super::{
    Arrival, Backup, Contents, Doing, Error, Result, Store,
    backup::{self, LENGTH_OF_TIME, TIME, sync_folder},
    examine,
    lock::Lock,
    log::{self, Salvage},
    migrate,
    open::{DATABASE, LOCK, connect, connect_to_read, make_private_folder},
};
use crate::domain::{scheduler::Schedulers, time::Moment};
use tables::Damaged;

const FOLDER: &str = "set-aside";
/// What SQLite keeps beside a database, by how the names end.
const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

/// A collection that is ready to take the place of the one that is there. Dropped, it has changed nothing.
#[derive(Debug)]
pub struct Candidate {
    file: NamedTempFile,
    folder: PathBuf,
    /// What the exchange would bring.
    pub balance: Balance,
    _lock: Lock,
}

/// What a restore wins and loses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// What the collection holds now; `None` where it cannot be said.
    pub now: Option<Contents>,
    /// What it would hold.
    pub then: Contents,
    /// Events of the backup that are missing or damaged in the collection.
    pub won: usize,
    /// Events that are newer than the backup and sound: they would be taken over, or left out if that is
    /// wanted.
    pub newer: usize,
    /// Those of them that are answers.
    pub newer_answers: usize,
    /// Study days of newer events.
    pub newer_days: usize,
    /// Those of them whose questions are not in the backup: they count again when the chapter is imported.
    pub waiting: usize,
    /// Events that the collection has or had and that cannot be read there, nor are in the backup.
    pub lost: usize,
}

/// A collection that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Its file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Candidate {
    /// Prepares the exchange of the collection in this folder for a backup, as its only writer; without one for
    /// an empty collection, whose log takes over what is sound. `newer` says whether events that are newer
    /// than the backup are taken over.
    ///
    /// # Errors
    /// When somebody else writes, the backup is damaged, or the files cannot be read and written.
    pub fn prepare(
        folder: &Path,
        backup: Option<&Backup>,
        schedulers: &Schedulers,
        newer: bool,
    ) -> Result<Self> {
        make_private_folder(folder)?;
        let lock = Lock::take(&folder.join(LOCK))?;
        backup::remove_unfinished(folder);
        let database = folder.join(DATABASE);
        let original = match backup {
            Some(backup) => backup.open()?,
            None => empty_for(&database)?,
        };
        let file = backup::proven_copy(&original, folder)?;
        drop(original);
        let mut connection = connect(file.path(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // It is synced as a whole before it takes its place.
        connection.pragma_update(None, "journal_mode", "MEMORY").doing("prepare the backup")?;
        connection.pragma_update(None, "synchronous", "OFF").doing("prepare the backup")?;
        migrate::bring_copy_up_to_date(&mut connection, file.path())?;
        let mut store = Store::over(connection, None);
        let balance = take_over(&mut store, &database, schedulers, newer)?;
        let sound = backup::verify(&store.connection, file.path())?;
        drop(store);
        Ok(Self { file, folder: folder.to_owned(), balance: Balance { then: sound, ..balance }, _lock: lock })
    }

    /// Makes the exchange, and gives the file that the collection which was there is kept in, if there was one.
    ///
    /// # Errors
    /// When a file cannot be written or moved. What was there is still there then, or is set aside.
    pub fn commit(self, now: Moment) -> Result<Option<PathBuf>> {
        let Self { file, folder, .. } = self;
        let database = folder.join(DATABASE);
        let failed = |source| Error::File { doing: "save", path: database.clone(), source };
        file.as_file().sync_all().map_err(failed)?;
        let aside = set_aside(&folder, now)?;
        file.persist(&database).map_err(|error| failed(error.error))?;
        sync_folder(&folder)?;
        Ok(aside)
    }
}

impl SetAside {
    /// The collections that were set aside in this folder, newest first.
    pub fn all(folder: &Path) -> Vec<Self> {
        let mut all = Self::names(folder);
        all.retain(|aside| !aside.is_collection_of(folder));
        all.sort_by_key(|aside| std::cmp::Reverse(aside.place()));
        all
    }

    fn names(folder: &Path) -> Vec<Self> {
        let entries = fs::read_dir(folder.join(FOLDER)).into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "db"))
            .filter_map(|entry| Some(Self { path: entry.path(), bytes: entry.metadata().ok()?.len() }))
            .collect()
    }

    /// Whether it is a second name of the collection that is there: what a restore leaves that was killed before
    /// it took the first one away.
    fn is_collection_of(&self, folder: &Path) -> bool {
        let file = |path: &Path| fs::metadata(path).map(|about| (about.dev(), about.ino())).ok();
        file(&self.path) == file(&folder.join(DATABASE))
    }

    /// Its place among the others, as its name says: the time, and which one of that time it is.
    fn place(&self) -> (String, u32) {
        let name = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match name.split_at_checked(LENGTH_OF_TIME) {
            Some((time, nth)) => (time.to_owned(), nth.trim_start_matches('-').parse().unwrap_or(1)),
            None => (name, 1),
        }
    }

    /// The file for the next one. It comes after all others, also by a clock that was set back or stands still.
    fn next(folder: &Path, now: Moment) -> PathBuf {
        let time = now.at.naive_local().format(TIME).to_string();
        let newest = Self::all(folder).first().map(Self::place).filter(|(newest, _)| *newest >= time);
        let name = newest.map_or(time, |(newest, nth)| format!("{newest}-{:02}", nth + 1));
        folder.join(FOLDER).join(name).with_extension("db")
    }

    /// What it holds; `None` where that cannot be said.
    pub fn contents(&self) -> Option<Contents> {
        let connection = connect_to_read(&self.path).ok()??;
        examine::contents(&connection).ok()
    }

    /// Puts it in the place of the collection, as its only writer, which is set aside in turn. So what this
    /// does can be undone in the same way.
    ///
    /// # Errors
    /// When somebody else writes, or a file cannot be moved.
    pub fn bring_back(&self, folder: &Path, now: Moment) -> Result<Option<PathBuf>> {
        let _lock = Lock::take(&folder.join(LOCK))?;
        let aside = set_aside(folder, now)?;
        let database = folder.join(DATABASE);
        rename(&self.path, &database)?;
        for end in BESIDE {
            let beside = with_end(&self.path, end);
            if beside.exists() {
                rename(&beside, &with_end(&database, end))?;
            }
        }
        sync_folder(&folder.join(FOLDER))?;
        sync_folder(folder)?;
        Ok(aside)
    }
}

/// An empty collection for the events of this one, which has to be one: what is not ours stays where it is.
fn empty_for(database: &Path) -> Result<Connection> {
    if let Some(there) = connect_to_read(database)? {
        there.pragma_update(None, "writable_schema", true).doing("read the database's tables")?;
        migrate::format_of(&there, database)?;
    }
    Ok(Store::in_memory()?.connection)
}

/// Takes the newer events over that are sound, and says what that comes to.
fn take_over(store: &mut Store, database: &Path, schedulers: &Schedulers, newer: bool) -> Result<Balance> {
    let before = examine::contents(&store.connection)?;
    // What cannot be opened at all, or is made up, has nothing to give.
    let there = connect_to_read(database).ok().flatten();
    let there = there.map(|there| Damaged::new(there, database)).transpose()?;
    let there = there.as_ref().map(|there| &there.connection);
    let there = there.filter(|there| migrate::expect_tables(there, database).is_ok());
    let Salvage { entries, expected } = match there {
        Some(there) => log::salvage(there, &store.connection, before.events),
        None => Salvage::default(),
    };
    let mut balance = Balance {
        now: there.and_then(|there| examine::contents(there).ok()),
        then: before,
        won: 0,
        newer: 0,
        newer_answers: 0,
        newer_days: 0,
        waiting: 0,
        lost: 0,
    };
    let sound = entries.len();
    let mut days = BTreeSet::new();
    let mut merge = store.merge()?;
    for entry in &entries {
        let arrival = merge.add(entry)?;
        if arrival == Arrival::Known {
            continue;
        }
        balance.newer += 1;
        balance.newer_answers += usize::from(entry.took_ms.is_some());
        balance.waiting += usize::from(arrival == Arrival::NewOfAbsentCard);
        days.insert(entry.day);
    }
    balance.newer_days = days.len();
    balance.won = before.events.saturating_sub(sound - balance.newer);
    balance.lost = expected.saturating_sub(before.events + balance.newer);
    if newer {
        merge.commit(schedulers)?;
    }
    Ok(balance)
}

/// Keeps the collection of a folder under another name, beside its own until that is taken.
fn set_aside(folder: &Path, now: Moment) -> Result<Option<PathBuf>> {
    let database = folder.join(DATABASE);
    if !database.exists() {
        return Ok(None);
    }
    let asides = folder.join(FOLDER);
    make_private_folder(&asides)?;
    for second_name in SetAside::names(folder).iter().filter(|aside| aside.is_collection_of(folder)) {
        let path = &second_name.path;
        let failed = |source| Error::File { doing: "remove", path: path.clone(), source };
        fs::remove_file(path).map_err(failed)?;
    }
    let aside = SetAside::next(folder, now);
    roll_back(&database);
    // A second name first: at no moment is there none.
    if fs::hard_link(&database, &aside).is_err() {
        rename(&database, &aside)?;
    }
    for end in BESIDE {
        let beside = with_end(&database, end);
        if fs::metadata(&beside).is_ok_and(|file| file.len() > 0) {
            rename(&beside, &with_end(&aside, end))?;
        }
    }
    sync_folder(&asides)?;
    Ok(Some(aside))
}

/// Lets SQLite take back what a killed process left half written, if it can.
fn roll_back(database: &Path) {
    let read = |connection: Connection| examine::contents(&connection);
    let _ = connect_to_read(database).map(|connection| connection.map(read));
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|source| Error::File { doing: "move", path: from.to_owned(), source })
}
