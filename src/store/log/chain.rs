//! The chain of checksums over the log: half of all single flipped bits in a database change what it says
//! without SQLite noticing.

use std::borrow::Cow;

use rusqlite::Connection;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Doing, Result, Store,
    rows::{Circumstance, EVENTS, LogRow, log_row},
};
use crate::domain::ids::EventId;

impl Store {
    /// Checks each row of the log against the one before it. Gives the first event that is not as it
    /// was written, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn first_broken_link(&self) -> Result<Option<EventId>> {
        first_broken_link(&self.connection)
    }
}

/// The first event of a log that is not as it was written, if there is one.
pub(in crate::store) fn first_broken_link(connection: &Connection) -> Result<Option<EventId>> {
    let doing = "check the review log";
    let sql = format!("{} ORDER BY log.id", events_of_format(connection).doing(doing)?);
    let mut statement = connection.prepare(&sql).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    let mut chain = 0;
    while let Some(row) = rows.next().doing(doing)? {
        let read = || -> rusqlite::Result<_> {
            Ok((row.get::<_, i64>(0)?, log_row(row)?, Circumstance::of_row(row)?, row.get::<_, i32>(13)?))
        };
        let Ok((id, entry, circumstance, stored)) = read() else {
            return Ok(row.get(0).ok().map(EventId));
        };
        chain = link(chain, id, &entry, &circumstance);
        if chain != stored {
            return Ok(Some(EventId(id)));
        }
    }
    Ok(None)
}

/// [`EVENTS`], also for a database that is to be brought up to date and has no acts of several events yet.
fn events_of_format(connection: &Connection) -> rusqlite::Result<Cow<'static, str>> {
    let known = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('log') WHERE name = 'follows')";
    Ok(match connection.query_row(known, [], |row| row.get(0))? {
        true => EVENTS.into(),
        false => EVENTS.replace("log.follows", "NULL").into(),
    })
}

/// The checksum of a row and all rows before it.
pub(super) fn link(before: i32, id: i64, entry: &LogRow<'_>, circumstance: &Circumstance) -> i32 {
    let content = (
        (before, id, entry.card, entry.at, entry.behind, entry.day, &entry.kind, &entry.chosen),
        (entry.correct, entry.covered, entry.took_ms, entry.interval, entry.target),
        (&circumstance.device, &circumstance.scheduler, circumstance.utc_offset, circumstance.rollover),
    );
    let mut bytes = serde_json::to_vec(&content).expect("numbers and texts are always JSON");
    // Said only where it is so: rows that are older than the column keep their checksums.
    if entry.follows {
        bytes.extend_from_slice(b"follows");
    }
    xxh3_64(&bytes) as i32
}
