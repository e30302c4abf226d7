//! The database's format: numbered migrations, forward only, each in one transaction. A released
//! migration is never edited.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::{Doing, Error, Result, backup};

/// “reta”, in the file's header.
const APPLICATION_ID: i64 = 0x7265_7461;

const MIGRATIONS: [&str; 5] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_sources.sql"),
    include_str!("migrations/0003_one_log_of_several_machines.sql"),
    include_str!("migrations/0004_schedulers_of_decks.sql"),
    include_str!("migrations/0005_searching_and_browsing.sql"),
];
const NEWEST: i64 = MIGRATIONS.len() as i64;

/// Runs the migrations that the file has not seen, after a copy of it was put aside.
pub(super) fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<()> {
    let format = format_of(connection, path)?;
    if (1..NEWEST).contains(&format) {
        backup::copy(connection, path, &format!("before-format-{NEWEST}.db"))?;
    }
    for (number, migration) in (1..).zip(MIGRATIONS).skip(format as usize) {
        migrate(connection, number, migration).doing("bring the database up to date")?;
    }
    Ok(())
}

/// Refuses a file that is not for this program, without touching it.
pub(super) fn expect_known(connection: &Connection, path: &Path) -> Result<()> {
    format_of(connection, path).map(drop)
}

/// Refuses a file that would need a migration, without touching it.
pub(super) fn expect_current(connection: &Connection, path: &Path) -> Result<()> {
    match format_of(connection, path)? {
        NEWEST => Ok(()),
        _ => Err(Error::Older { path: path.to_owned() }),
    }
}

fn format_of(connection: &Connection, path: &Path) -> Result<i64> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id").doing("read the database's header")?;
    let format = pragma("user_version").doing("read the database's header")?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .doing("read the database's tables")?;
    let fresh = application == 0 && format == 0 && tables == 0;
    if !fresh && (application != APPLICATION_ID || format < 1) {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    if format > NEWEST {
        return Err(Error::Newer { path: path.to_owned(), found: format, known: NEWEST });
    }
    Ok(format)
}

fn migrate(connection: &mut Connection, number: i64, migration: &str) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(migration)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", number)?;
    transaction.commit()
}
