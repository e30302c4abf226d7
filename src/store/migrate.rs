//! The database's format: numbered migrations, forward only, all that a file lacks in one transaction. A released
//! migration is never edited.

use std::{collections::BTreeSet, ops::Range, path::Path};

use rusqlite::{Connection, TransactionBehavior};

use super::{Doing, Error, Result, backup, log, questions};

/// “reta”, in the file's header.
const APPLICATION_ID: i64 = 0x7265_7461;

const MIGRATIONS: [Migration; 8] = [
    Migration::of(include_str!("migrations/0001_first.sql")),
    Migration::of(include_str!("migrations/0002_sources.sql")),
    Migration::of(include_str!("migrations/0003_one_log_of_several_machines.sql")),
    Migration::of(include_str!("migrations/0004_schedulers_of_decks.sql")),
    Migration {
        then: questions::seal_all,
        ..Migration::of(include_str!("migrations/0005_what_shows_damage.sql"))
    },
    Migration::of(include_str!("migrations/0006_searching_and_browsing.sql")),
    Migration::of(include_str!("migrations/0007_where_options_stood.sql")),
    Migration::of(include_str!("migrations/0008_filters_at_once.sql")),
];
/// The format that this program writes.
pub(super) const NEWEST: i64 = MIGRATIONS.len() as i64;

/// A step from one format to the next.
#[derive(Clone, Copy)]
struct Migration {
    sql: &'static str,
    /// What cannot be said in SQL, in the same transaction.
    then: fn(&Connection) -> Result<()>,
}

impl Migration {
    const fn of(sql: &'static str) -> Self {
        Self { sql, then: |_| Ok(()) }
    }
}

/// Runs the migrations that the file has not seen, after a copy of it was put aside.
pub(super) fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<()> {
    if (1..NEWEST).contains(&format_of(connection, path)?) {
        backup::before_migration(connection, path, NEWEST)?;
    }
    bring_copy_up_to_date(connection, path)
}

/// The same for a file that is a copy itself.
pub(super) fn bring_copy_up_to_date(connection: &mut Connection, path: &Path) -> Result<()> {
    let format = format_of(connection, path)?;
    migrate(connection, format..NEWEST)
}

/// Refuses a file that is not for this program, without touching it.
pub(super) fn expect_known(connection: &Connection, path: &Path) -> Result<()> {
    format_of(connection, path)?;
    expect_tables(connection, path)
}

/// Refuses a file in which a view has the name of a table: to read from it may take for ever. Other views of
/// one's own are welcome.
pub(super) fn expect_tables(connection: &Connection, path: &Path) -> Result<()> {
    let doing = "read the database's tables";
    let views = names(connection, "view").doing(doing)?;
    if views.is_empty() {
        return Ok(());
    }
    let tables = names(&of_format(NEWEST)?, "table").doing(doing)?;
    match views.iter().find(|view| tables.iter().any(|table| table.eq_ignore_ascii_case(view))) {
        None => Ok(()),
        Some(view) => {
            let detail = format!("its table {view} is none, but a view that somebody made");
            Err(Error::Unsound { path: path.to_owned(), detail })
        }
    }
}

fn names(connection: &Connection, kind: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = ?")?;
    let rows = statement.query_map([kind], |row| row.get(0))?;
    rows.collect()
}

/// Looks, in no time, for what would make it wrong to write on: a file that is cut off, a log that has lost
/// its end. What takes longer is for an examination.
pub(super) fn expect_whole(connection: &Connection, path: &Path) -> Result<()> {
    let unsound = |detail: &str| Err(Error::Unsound { path: path.to_owned(), detail: detail.to_owned() });
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let doing = "read the database's header";
    let due = number("page_count").doing(doing)? * number("page_size").doing(doing)?;
    let length = std::fs::metadata(path).map_or(0, |file| file.len());
    if (length as i64) < due {
        return unsound("its end is cut off");
    }
    if format_of(connection, path)? == NEWEST && log::events_are_missing(connection)? {
        return unsound("the newest events of its review log are missing");
    }
    Ok(())
}

/// Refuses a file that would need a migration, without touching it.
pub(super) fn expect_current(connection: &Connection, path: &Path) -> Result<()> {
    match format_of(connection, path)? {
        NEWEST => expect_tables(connection, path),
        _ => Err(Error::Older { path: path.to_owned() }),
    }
}

pub(super) fn format_of(connection: &Connection, path: &Path) -> Result<i64> {
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

/// Brings a database from one format to another.
fn migrate(connection: &mut Connection, formats: Range<i64>) -> Result<()> {
    if formats.is_empty() {
        return Ok(());
    }
    let doing = "bring the database up to date";
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
    for migration in &MIGRATIONS[formats.start as usize..formats.end as usize] {
        transaction.execute_batch(migration.sql).doing(doing)?;
        (migration.then)(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).doing(doing)?;
    transaction.pragma_update(None, "user_version", formats.end).doing(doing)?;
    transaction.commit().doing(doing)
}

/// The tables, indexes and triggers of a database of this format, as SQL.
pub(super) fn schema_of_format(format: i64) -> Result<BTreeSet<String>> {
    schema(&of_format(format)?).doing("read the tables of an empty database")
}

/// An empty database of this format, in memory.
pub(super) fn of_format(format: i64) -> Result<Connection> {
    let mut connection = Connection::open_in_memory().doing("make an empty database in memory")?;
    migrate(&mut connection, 0..format)?;
    Ok(connection)
}

/// The indexes of a database of this format that hold some rows of a table: name, table and condition.
pub(super) fn partial_indexes(format: i64) -> Result<Vec<[String; 3]>> {
    let doing = "read the indexes of an empty database";
    let empty = of_format(format)?;
    let sql = "SELECT schema.name, tbl_name, sql
               FROM sqlite_schema AS schema
               JOIN pragma_index_list(tbl_name) AS list ON list.name = schema.name
               WHERE type = 'index' AND list.partial";
    let mut statement = empty.prepare(sql).doing(doing)?;
    let rows = statement.query_map([], |row| {
        let sql: String = row.get(2)?;
        let (_, condition) = sql.split_once(" WHERE ").expect("an index of some rows says which");
        Ok([row.get(0)?, row.get(1)?, condition.to_owned()])
    });
    rows.and_then(Iterator::collect).doing(doing)
}

/// The tables, indexes and triggers of a database, as SQL.
pub(super) fn schema(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    let sql =
        "SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}
