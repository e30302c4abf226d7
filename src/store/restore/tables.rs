//! The description of a database's tables, which a damaged file may have lost though their rows are whole. What it
//! has to say is known, and is said again in a copy.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;

use crate::store::{Doing, Error, Result, backup::UNFINISHED, migrate, open::connect};

/// A database to save events from: as it is, or a copy whose tables are described as they should be.
#[derive(Debug)]
pub(super) struct Damaged {
    pub connection: Connection,
    /// Gone when nothing is read from it any more.
    _copy: Option<NamedTempFile>,
}

/// What a row of the schema says, and where it stands.
struct Described {
    row: i64,
    text: Vec<u8>,
}

impl Damaged {
    /// For reading from this database whatever can be read. A copy is made in its folder if one is needed.
    pub(super) fn new(connection: Connection, database: &Path) -> Result<Self> {
        let doing = "read the log";
        // Tables that can be understood are to be read, whatever has become of the description of others.
        connection.pragma_update(None, "writable_schema", true).doing(doing)?;
        // Where that cannot be helped, as with a file that has lost its end, there may be more to read without.
        let better = Self::with_tables_described(&connection, database).ok().flatten();
        Ok(better.unwrap_or(Self { connection, _copy: None }))
    }

    /// A copy whose tables are described as they should be, if they are not.
    fn with_tables_described(connection: &Connection, database: &Path) -> Result<Option<Self>> {
        let doing = "read the descriptions of tables";
        let known = migrate::of_format(migrate::format_of(connection, database)?)?;
        let (due, there) = (described(&known).doing(doing)?, described(connection).doing(doing)?);
        match due.iter().all(|due| there.iter().any(|it| it.text == due.text)) {
            true => Ok(None),
            false => copy_with_tables(database, &known, due).map(Some),
        }
    }
}

fn copy_with_tables(database: &Path, known: &Connection, due: Vec<Described>) -> Result<Damaged> {
    let failed = |source| Error::File { doing: "copy", path: database.to_owned(), source };
    let folder = database.parent().unwrap_or(Path::new("."));
    let copy = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).map_err(failed)?;
    std::fs::copy(database, copy.path()).map_err(failed)?;
    let open = || -> Result<Connection> {
        let connection = connect(copy.path(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "writable_schema", true).doing("read the log")?;
        Ok(connection)
    };
    describe(&open()?, known, due).doing("describe the tables of a copy")?;
    // What the first connection has understood of the tables stays as it was.
    Ok(Damaged { connection: open()?, _copy: Some(copy) })
}

/// Says again what is missing, each in place of what resembles it most and is nothing else.
fn describe(copy: &Connection, known: &Connection, due: Vec<Described>) -> rusqlite::Result<()> {
    let mut odd = described(copy)?;
    odd.retain(|it| due.iter().all(|due| due.text != it.text));
    let there = described(copy)?;
    for lacking in due.into_iter().filter(|due| there.iter().all(|it| it.text != due.text)) {
        let Some(place) = (0..odd.len()).max_by_key(|place| resemblance(&odd[*place].text, &lacking.text))
        else {
            break;
        };
        let row = odd.swap_remove(place).row;
        let read = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE rowid = ?";
        let [kind, name, table, sql] = known.query_row(read, [lacking.row], |row| {
            let text = |place| row.get::<_, Option<String>>(place);
            Ok([text(0)?, text(1)?, text(2)?, text(3)?])
        })?;
        let write = "UPDATE sqlite_schema SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?";
        copy.execute(write, (kind, name, table, sql, row))?;
    }
    Ok(())
}

fn described(connection: &Connection) -> rusqlite::Result<Vec<Described>> {
    let sql = "SELECT rowid, CAST(concat_ws(' ', type, name, tbl_name, sql) AS BLOB) FROM sqlite_schema";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok(Described { row: row.get(0)?, text: row.get(1)? }))?;
    rows.collect()
}

/// How many bytes are the same in the same place.
fn resemblance(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one == other).count()
}
