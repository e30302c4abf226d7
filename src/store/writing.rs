//! Where every change begins: over a connection that is fit for it. One over which a change has failed may take locks
//! for given back that it still has, and pages for good that are not, and then passes over a journal that must be
//! rolled back first. It is replaced by a new one, which knows nothing of all that.

use std::{
    fs::File,
    ops::Deref,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{
    Doing, Error, Result, Store,
    lock::Lock,
    open::{connect, set_up_writing},
};

/// A transaction that writes. Dropped, it has changed nothing.
#[derive(Debug)]
pub(super) struct Writing<'a> {
    transaction: Transaction<'a>,
    is_unfinished: &'a mut bool,
}

impl<'a> Deref for Writing<'a> {
    type Target = Transaction<'a>;

    fn deref(&self) -> &Self::Target {
        &self.transaction
    }
}

impl Writing<'_> {
    /// When this returns all of it is on disk.
    pub(super) fn commit(self) -> rusqlite::Result<()> {
        self.transaction.commit()?;
        *self.is_unfinished = false;
        Ok(())
    }
}

/// Makes room in memory for the pages that a large change comes back to: what does not fit is written twice. It holds
/// the index of identities, which new cards fill in no order, of a few hundred thousand cards.
pub(super) fn keep_more_pages(connection: &Connection) -> rusqlite::Result<()> {
    const KIB: i64 = 24 << 10;
    connection.pragma_update(None, "cache_size", -KIB)
}

impl Store {
    /// A store over this connection, which writes if it has the lock for it.
    pub(super) fn over(connection: Connection, lock: Option<Lock>) -> Self {
        let path = connection.path().filter(|path| !path.is_empty()).map(PathBuf::from);
        Self { connection, path, is_unfinished: false, doubt: None, _lock: lock }
    }

    /// Begins to change something.
    pub(super) fn begin(&mut self, doing: &'static str) -> Result<Writing<'_>> {
        self.recover()?;
        self.is_unfinished = true;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
        Ok(Writing { transaction, is_unfinished: &mut self.is_unfinished })
    }

    /// Replaces the connection if a change that began over it did not come to its end. The next change does this
    /// by itself; whoever only reads after a failure does it first.
    ///
    /// # Errors
    /// When the database cannot be opened. It is done the next time then.
    pub fn recover(&mut self) -> Result<()> {
        if self.is_unfinished
            && let Some(path) = self.path.clone()
        {
            self.reconnect(&path)?;
        }
        self.is_unfinished = false;
        Ok(())
    }

    fn reconnect(&mut self, path: &Path) -> Result<()> {
        let doing = "open the database";
        // As long as it cannot be opened the old connection has the better words for what is wrong.
        File::open(path).map_err(|source| Error::File { doing, path: path.to_owned(), source })?;
        // The old one first: what it believes of its locks a new one beside it would believe too.
        self.connection = Connection::open_in_memory().doing(doing)?;
        self.connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        set_up_writing(&self.connection).doing("set up the database")
    }
}
