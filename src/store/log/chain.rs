//! The chain of checksums over the log: half of all single flipped bits in a database change what it says
//! without SQLite noticing.

use rusqlite::{Connection, Row};
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
fn first_broken_link(connection: &Connection) -> Result<Option<EventId>> {
    let mut first = None;
    each_link(connection, |event, is_sound| {
        first = (!is_sound).then_some(event);
        is_sound
    })?;
    Ok(first)
}

/// All events of a log that are not as they were written, or do not follow the one before them.
pub(in crate::store) fn broken_links(connection: &Connection) -> Result<Vec<EventId>> {
    let mut broken = Vec::new();
    each_link(connection, |event, is_sound| {
        if !is_sound {
            broken.push(event);
        }
        true
    })?;
    Ok(broken)
}

/// Shows `take` each event, and whether its row is as it was written and follows the one before it, for as
/// long as it wants more.
fn each_link(connection: &Connection, mut take: impl FnMut(EventId, bool) -> bool) -> Result<()> {
    let doing = "check the review log";
    let sql = format!("{} ORDER BY log.id", events_of_format(connection).doing(doing)?);
    let mut statement = connection.prepare(&sql).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    let mut before = 0;
    while let Some(row) = rows.next().doing(doing)? {
        let id = row.get(0).doing(doing)?;
        let stored = row.get::<_, i32>(14).ok();
        let is_sound = stored.is_some() && chain_of_row(row, before) == stored;
        before = stored.unwrap_or_default();
        if !take(EventId(id), is_sound) {
            break;
        }
    }
    Ok(())
}

/// The checksum that a row of [`EVENTS`] should have after one with this checksum; `None` for a row that
/// cannot be read.
pub(super) fn chain_of_row(row: &Row<'_>, before: i32) -> Option<i32> {
    let read = || -> rusqlite::Result<_> { Ok((row.get(0)?, log_row(row)?, Circumstance::of_row(row)?)) };
    let (id, entry, circumstance) = read().ok()?;
    Some(link(before, id, &entry, &circumstance))
}

/// Whether the log ends elsewhere than where it was written down to end.
pub(in crate::store) fn events_are_missing(connection: &Connection) -> Result<bool> {
    let sql = "SELECT (log_end, log_chain) IS NOT (
                   coalesce((SELECT max(id) FROM log), 0),
                   coalesce((SELECT chain FROM log ORDER BY id DESC LIMIT 1), 0))
               FROM collection";
    let is_missing = connection.query_row(sql, [], |row| row.get(0));
    is_missing.doing("look for the end of the review log")
}

/// [`EVENTS`], also for a database that is to be brought up to date and has not all columns yet.
pub(super) fn events_of_format(connection: &Connection) -> rusqlite::Result<String> {
    let mut events = EVENTS.to_owned();
    for column in ["follows", "place"] {
        let known = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('log') WHERE name = ?)";
        if !connection.query_row(known, [column], |row| row.get(0))? {
            events = events.replace(&format!("log.{column}"), "NULL");
        }
    }
    Ok(events)
}

/// The checksum of a row and all rows before it.
pub(super) fn link(before: i32, id: i64, entry: &LogRow<'_>, circumstance: &Circumstance) -> i32 {
    let content = (
        (before, id, entry.card, entry.at, entry.behind, entry.day, &entry.kind, &entry.chosen),
        (entry.correct, entry.covered, entry.took_ms, entry.interval, entry.target),
        (&circumstance.device, &circumstance.scheduler, circumstance.utc_offset, circumstance.rollover),
    );
    let mut bytes = serde_json::to_vec(&content).expect("numbers and texts are always JSON");
    // Said only where it is so: rows that are older than these columns keep their checksums.
    if entry.follows {
        bytes.extend_from_slice(b"follows");
    }
    if let Some(place) = entry.place {
        bytes.extend_from_slice(b"place");
        bytes.push(place);
    }
    xxh3_64(&bytes) as i32
}
