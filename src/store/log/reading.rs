//! The log as it is looked back upon: a card's history, the newest instant, the answers of the last days.

use std::collections::HashSet;

use chrono::{DateTime, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::{
    Collection, Doing, Result, Store,
    rows::{EVENTS, ORDER, event_of_row},
};
use crate::domain::{
    ids::{CardId, EventId},
    review_log::Event,
    time::StudyDay,
};

/// By so many days at most an event's study day lies before that of the one before it, unless the clock was set
/// back: a traveller may win 26 hours, and 23 more by changing the rollover hour.
const MOST_DAYS_BACK: i32 = 3;

impl Store {
    /// The events of a card in the order that counts: by time, and at one instant by device.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn history(&self, card: CardId) -> Result<Vec<Event>> {
        events_of(&self.connection, card)
    }

    /// An event by its place in the log.
    ///
    /// # Errors
    /// When the database cannot be read or there is no such event.
    pub fn event(&self, event: EventId) -> Result<Event> {
        let doing = "read an event of the review log";
        let sql = format!("{EVENTS} WHERE log.id = ?");
        let mut statement = self.connection.prepare_cached(&sql).doing(doing)?;
        let found = statement.query_row([event.0], |row| Ok(event_of_row(row)));
        found.doing(doing)?
    }

    /// What the clock said at the newest event; after a merge, the greatest time of all its events.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn newest_instant(&self) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT CASE WHEN log.id > merged_through THEN at - coalesce(behind, 0) ELSE merged_at END
                   FROM log, collection ORDER BY log.id DESC LIMIT 1";
        let at = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)).optional());
        let at = at.doing("read the end of the review log")?;
        Ok(at.and_then(|at| Utc.timestamp_millis_opt(at).single()))
    }
}

/// The events of a card in the order that counts.
pub(super) fn events_of(connection: &Connection, card: CardId) -> Result<Vec<Event>> {
    let doing = "read a card's history";
    let sql = format!("{EVENTS} WHERE log.card = ? ORDER BY {ORDER}");
    let mut statement = connection.prepare_cached(&sql).doing(doing)?;
    let mut rows = statement.query([card.0]).doing(doing)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        events.push(event_of_row(row)?);
    }
    Ok(events)
}

/// The cards that were not known at an answer that counts, from this day on.
pub(in crate::store) fn missed_since(
    connection: &Connection,
    since: StudyDay,
) -> rusqlite::Result<Vec<CardId>> {
    let (after, mut undone) = match last_before(connection, since, i64::MAX)? {
        Some(event) => (event, HashSet::new()),
        // What another machine's log brought is in any order.
        None => (0, undone(connection)?),
    };
    let mut statement = connection.prepare_cached(include_str!("../sql/missed_since.sql"))?;
    let mut rows = statement.query(named_params! { ":since": since.0, ":after": after })?;
    let mut missed = Vec::new();
    // The newest come first: what takes an event back comes before it.
    while let Some(row) = rows.next()? {
        if undone.contains(&row.get(0)?) {
            continue;
        }
        undone.extend(row.get::<_, Option<i64>>(2)?);
        if row.get(3)? {
            missed.push(CardId(row.get(1)?));
        }
    }
    missed.sort_unstable();
    missed.dedup();
    Ok(missed)
}

/// An event before which none of this day or a later one stands, zero where none stands before that day. `None`
/// where it is further back than so many events, and in a log that did not grow with time, since another machine's
/// was merged in.
pub(in crate::store) fn last_before(
    connection: &Connection,
    day: StudyDay,
    most: i64,
) -> rusqlite::Result<Option<i64>> {
    if is_merged(connection)? {
        return Ok(None);
    }
    let newest: i64 =
        connection.prepare_cached("SELECT coalesce(max(id), 0) FROM log")?.query_row([], |row| row.get(0))?;
    let furthest = newest.saturating_sub(most).max(0);
    let sql = "SELECT id FROM log WHERE id > ? AND day < ? AND behind IS NULL ORDER BY id DESC LIMIT 1";
    let before = day.0.saturating_sub(MOST_DAYS_BACK);
    let found =
        connection.prepare_cached(sql)?.query_row(params![furthest, before], |row| row.get(0)).optional()?;
    Ok(found.or((furthest == 0).then_some(0)))
}

/// Shows `take` the answers from this day on that count, each with the milliseconds that it took.
///
/// One machine's log is in the order of its days and is walked back only as far as is needed. Where another
/// one's was merged in, days are in any order, and all of the log is looked through.
pub(in crate::store) fn answers(
    connection: &Connection,
    since: StudyDay,
    mut take: impl FnMut(StudyDay, u32),
) -> rusqlite::Result<()> {
    if !is_merged(connection)? {
        return answers_back_to(connection, since, take);
    }
    let undone = undone(connection)?;
    let sql = "SELECT day, took_ms, id FROM log
               WHERE took_ms IS NOT NULL AND kind NOT LIKE 'practised %' AND day >= ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([since.0])?;
    while let Some(row) = rows.next()? {
        if !undone.contains(&row.get(2)?) {
            take(StudyDay(row.get(0)?), row.get(1)?);
        }
    }
    Ok(())
}

fn answers_back_to(
    connection: &Connection,
    since: StudyDay,
    mut take: impl FnMut(StudyDay, u32),
) -> rusqlite::Result<()> {
    let sql = "SELECT id, day, target, CASE WHEN kind NOT LIKE 'practised %' THEN took_ms END, behind IS NULL
               FROM log ORDER BY id DESC";
    let before = since.0.saturating_sub(MOST_DAYS_BACK);
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut undone: HashSet<i64> = HashSet::new();
    while let Some(row) = rows.next()? {
        let day = StudyDay(row.get(1)?);
        if day.0 < before && row.get(4)? {
            break;
        }
        if undone.contains(&row.get(0)?) {
            continue;
        }
        undone.extend(row.get::<_, Option<i64>>(2)?);
        if let Some(took_ms) = row.get::<_, Option<u32>>(3)?.filter(|_| day >= since) {
            take(day, took_ms);
        }
    }
    Ok(())
}

/// Whether another machine's log was merged in, so that the order of rows is not that of time.
pub(in crate::store) fn is_merged(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(merged_through(connection)? > 0)
}

/// The last row that came from another machine; those after it are in the order of time.
pub(in crate::store) fn merged_through(connection: &Connection) -> rusqlite::Result<i64> {
    Ok(Collection::read(connection)?.merged_through)
}

/// Everything that was taken back and not restored, by its place in the log.
pub(in crate::store) fn undone(connection: &Connection) -> rusqlite::Result<HashSet<i64>> {
    let sql = format!("{EVENTS} WHERE log.target IS NOT NULL ORDER BY log.at DESC, circumstance.device DESC");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {})?;
    let mut undone: HashSet<i64> = HashSet::new();
    while let Some(row) = rows.next()? {
        if !undone.contains(&row.get(0)?) {
            let target = row.get::<_, Option<i64>>(19)?.map_or_else(|| row.get(11), Ok)?;
            undone.insert(target);
        }
    }
    Ok(undone)
}
