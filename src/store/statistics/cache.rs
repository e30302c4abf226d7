//! The log's rows in a file of their own, `answers.cache`, since reading a million of them from SQLite takes
//! longer than all that is done with them. Rows of the log are never edited, and each is chained to the one
//! before: the file is right as long as its last row is in the log with the same checksum, and what came later
//! is read from there. It may be deleted at any time, and one that is damaged is made again.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use xxhash_rust::xxh3::xxh3_64;

use super::rows::{Names, Rows, WIDTH};
use crate::domain::time::StudyDay;

/// Its name in the folder of the collection.
pub(super) const FILE: &str = "answers.cache";

/// What the file begins with. Changes with its layout.
const MAGIC: [u8; 8] = *b"retain\0\x02";

/// What stands before the rows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    /// How many rows there are.
    pub rows: u64,
    last: Link,
    checksum: u64,
    pub names: Names,
    /// The study days with answers that count, sorted.
    pub days: Vec<i32>,
}

/// What is compared with the log: one of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    chain: i32,
    at: i64,
    card: i64,
}

/// The header of the file in this folder, if it is sound and belongs to this log.
pub(super) fn header(folder: &Path, connection: &Connection) -> Option<Header> {
    open(folder, connection).map(|(header, _)| header)
}

/// The rows of the file in this folder, if it is sound and belongs to this log.
pub(super) fn rows(folder: &Path, connection: &Connection) -> Option<Rows> {
    let (header, file) = open(folder, connection)?;
    let length = usize::try_from(header.rows).ok()?.checked_mul(WIDTH)?;
    if file.metadata().ok()?.len() < length as u64 {
        return None;
    }
    let mut bytes = Vec::with_capacity(length);
    file.take(length as u64).read_to_end(&mut bytes).ok()?;
    let is_sound = bytes.len() == length && xxh3_64(&bytes) == header.checksum;
    is_sound.then(|| Rows::of_bytes(bytes, header.names))
}

/// Writes the file anew: whole, or not at all.
pub(super) fn save(folder: &Path, connection: &Connection, rows: &Rows, days: &[StudyDay]) -> io::Result<()> {
    let Some(last) = link(connection, rows.len() as i64).map_err(io::Error::other)? else { return Ok(()) };
    let header = Header {
        rows: rows.len() as u64,
        last,
        checksum: xxh3_64(rows.bytes()),
        names: rows.names.clone(),
        days: days.iter().map(|day| day.0).collect(),
    };
    write(&folder.join(FILE), &header, rows.bytes())
}

fn open(folder: &Path, connection: &Connection) -> Option<(Header, File)> {
    let (header, file) = read::<Header>(&folder.join(FILE))?;
    let last = link(connection, i64::try_from(header.rows).ok()?).ok()??;
    (last == header.last).then_some((header, file))
}

/// A file that begins with this header. Readable for nobody else, as a temporary file always is.
pub(super) fn write(path: &Path, header: &impl Serialize, rest: &[u8]) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    for part in [&MAGIC[..], &(header.len() as u64).to_le_bytes(), &xxh3_64(&header).to_le_bytes(), &header] {
        file.write_all(part)?;
    }
    file.write_all(rest)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The header of a file, if it is sound, and the file where the rest begins.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Option<(T, File)> {
    /// Far beyond any header: whatever claims more is damaged.
    const MOST: u64 = 64 * 1024 * 1024;
    let mut file = File::open(path).ok()?;
    let [mut magic, mut length, mut checksum] = [[0; 8]; 3];
    for field in [&mut magic, &mut length, &mut checksum] {
        file.read_exact(field).ok()?;
    }
    let length = u64::from_le_bytes(length);
    if magic != MAGIC || length > MOST {
        return None;
    }
    let mut header = Vec::new();
    Read::by_ref(&mut file).take(length).read_to_end(&mut header).ok()?;
    if header.len() as u64 != length || xxh3_64(&header) != u64::from_le_bytes(checksum) {
        return None;
    }
    Some((serde_json::from_slice(&header).ok()?, file))
}

/// What the log's row with this id is chained with.
pub(super) fn link(connection: &Connection, id: i64) -> rusqlite::Result<Option<Link>> {
    let sql = "SELECT chain, at, card FROM log WHERE id = ?";
    let read = |row: &rusqlite::Row<'_>| Ok(Link { chain: row.get(0)?, at: row.get(1)?, card: row.get(2)? });
    connection.prepare_cached(sql)?.query_row([id], read).optional()
}
