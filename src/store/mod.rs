//! The collection on disk, in SQLite: decks, cards, questions and the review log. The only module
//! that names rusqlite. Knows nothing of chapters, screens or clocks.

mod open;
mod lock;
mod writing;
mod migrate;
mod backup;
mod examine;
mod restore;
mod paths;
mod decks;
mod questions;
mod cards;
mod log;
mod reviews;
mod import;
mod histories;
mod search;
mod statistics;

use std::path::PathBuf;

use rusqlite::Connection;

pub use backup::{Backup, Backups, Reason, superfluous, unfinished};
pub use cards::{Counts, Pace};
pub use decks::{DeckCounts, Source};
pub use examine::{Contents, Flaw, Part, examine};
pub use histories::History;
pub use import::{Adding, ChapterFile, Import, Known};
pub use log::{Arrival, Entry, Merge, Place, Recorded, Uid};
pub use restore::{Balance, Candidate, SetAside};
pub use search::{Found, Order, Search, SortKey};
pub use statistics::{Answers, LogEnd, Material, STATISTICS_FILES};

/// The collection. One of the two ways to hold it: to read, or to write as the only one.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// Its file; `None` for a collection in memory.
    path: Option<PathBuf>,
    /// Whether a change began over the connection and has not come to its end.
    is_unfinished: bool,
    /// What may have come to the disk though the person was told that it has not.
    doubt: Option<log::Doubt>,
    /// Held as long as the store is, so that nobody else writes.
    _lock: Option<lock::Lock>,
}

/// What can go wrong with the collection.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A statement failed.
    #[error("could not {doing}: {source}{}", advice(source))]
    Sqlite {
        /// What was being done.
        doing: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A file or folder could not be made, opened or locked.
    #[error("could not {doing} {}: {source}{}", path.display(), advice_on_files(source))]
    File {
        /// What was being done.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another process writes.
    #[error(
        "another retain{} has this collection open ({}). Close it first; `retain due` and `retain decks` work meanwhile",
        holder.map_or_else(String::new, |pid| format!(" (process {pid})")),
        path.display()
    )]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// The process that holds it, where it could be read.
        holder: Option<u32>,
    },
    /// The file is a database, but not one of ours.
    #[error("{} is not a collection of retain. Set --data-dir to another folder, or move that file away", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer program.
    #[error(
        "{} was written by a newer retain (format {found}, this one knows {known}). Nothing was changed; install the newer version",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// The file was written by an older program, and is only looked at.
    #[error("{} was written by an older retain. Run `retain` once to bring it up to date", path.display())]
    Older {
        /// The file.
        path: PathBuf,
    },
    /// The file is not as this program left it.
    #[error("{} is damaged: {detail}. Nothing was changed; `retain doctor` says what is safe and what can be done", path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A row says what cannot be.
    #[error("the collection holds a {what} that cannot be ({detail}); `retain doctor` says more")]
    Damaged {
        /// What kind of row.
        what: &'static str,
        /// What is wrong with it.
        detail: String,
    },
}

/// The result of working with the collection.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Names what was being done when SQLite fails.
trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T> {
        self.map_err(|source| Error::Sqlite { doing, source: in_short(source) })
    }
}

/// The same without the statement that it is about, which says nothing to a person.
fn in_short(error: rusqlite::Error) -> rusqlite::Error {
    match error {
        rusqlite::Error::SqlInputError { error, msg, .. } => rusqlite::Error::SqliteFailure(error, Some(msg)),
        other => other,
    }
}

fn advice(source: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode;
    match source.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => ". Free some space and try again; nothing was changed",
        Some(ErrorCode::ReadOnly) => ". The file or its folder cannot be written to; nothing was changed",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            ". Another program is using the file; try again; nothing was changed"
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            ". The file is damaged; `retain doctor` says what is safe and what can be done"
        }
        Some(_) | None => "",
    }
}

fn advice_on_files(source: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ". Free some space and try again",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory => {
            ". Make it a folder that you may write to, or name another one with --data-dir"
        }
        _ => "",
    }
}
