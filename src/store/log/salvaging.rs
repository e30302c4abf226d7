//! What can still be read of a damaged log: each row by itself, past pages that cannot be read, as far as its
//! checksum says that it is as it was written.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use super::{
    Entry, Uid,
    chain::{chain_of_row, events_of_format},
    rows::{Circumstance, EVENTS, log_row},
};

/// The least that a row of the log takes up in a file, in bytes; no file holds more rows than that.
const SMALLEST_ROW: i64 = 16;

/// What was found in a log.
#[derive(Debug, Default)]
pub(in crate::store) struct Salvage {
    /// Its sound events.
    pub entries: Vec<Entry>,
    /// How many events it has or once had.
    pub expected: usize,
}

/// A row that can be read.
struct Found {
    chain: Option<i32>,
    /// What it says, if it is as it was written. Card and target are still those of its row.
    entry: Option<Entry>,
}

/// Looks through a log that may be damaged for all events that are sound. `other` is an earlier copy of it, of
/// so many events, for what it can say of cards and events that cannot be read here.
pub(in crate::store) fn salvage(damaged: &Connection, other: &Connection, events: usize) -> Salvage {
    let last = last_event(damaged, events);
    let rows = events_of_format(damaged).unwrap_or(EVENTS.into());
    let by_id = format!("{rows} WHERE log.id = ?");
    let mut salvage = Salvage { entries: Vec::new(), expected: usize::try_from(last).unwrap_or_default() };
    let mut instants = HashMap::new();
    let mut before = Some(0);
    for id in 1..=last {
        let Found { chain, entry } =
            read_row(damaged, &by_id, id, before).unwrap_or(Found { chain: None, entry: None });
        before = chain;
        let Some(entry) = entry else { continue };
        instants.insert(id, entry.at);
        let instant = |id: i64| {
            if id < 0 { Some(-id) } else { instants.get(&id).copied().or_else(|| instant_in(other, id)) }
        };
        let card = uid_in(damaged, entry.card.0).or_else(|| uid_of(other, entry.card.0));
        let target = entry.target.map(instant);
        if let (Some(card), None | Some(Some(_))) = (card, target) {
            salvage.entries.push(Entry { card: Uid(card), target: target.flatten(), ..entry });
        }
    }
    salvage.entries.retain(|entry| entry.flaw().is_none());
    salvage
}

fn read_row(damaged: &Connection, by_id: &str, id: i64, before: Option<i32>) -> Option<Found> {
    let mut statement = damaged.prepare_cached(by_id).ok()?;
    let found = |row: &Row<'_>| -> rusqlite::Result<Found> {
        let chain = row.get::<_, i32>(14).ok();
        let expected = before.and_then(|before| chain_of_row(row, before));
        let entry = match chain.is_some() && chain == expected {
            true => {
                let stored = log_row(row)?;
                let (card, target) = (Uid(stored.card), stored.target);
                Some(Entry::new(stored, Circumstance::of_row(row)?, card, target))
            }
            false => None,
        };
        Ok(Found { chain, entry })
    };
    statement.query_row([id], found).ok()
}

/// A card's identity, if its row and the index over it agree.
fn uid_in(damaged: &Connection, card: i64) -> Option<i64> {
    let uid = uid_of(damaged, card)?;
    let ask = |sql| damaged.prepare_cached(sql).ok()?.query_row([uid], |row| row.get::<_, i64>(0)).ok();
    let indexed =
        ask("SELECT id FROM card WHERE uid = ?").or_else(|| ask("SELECT id FROM absent_card WHERE uid = ?"));
    (indexed == Some(card)).then_some(uid)
}

fn uid_of(connection: &Connection, card: i64) -> Option<i64> {
    let ask = |sql| connection.prepare_cached(sql).ok()?.query_row([card], |row| row.get(0)).ok();
    ask("SELECT uid FROM card WHERE id = ?").or_else(|| ask("SELECT uid FROM absent_card WHERE id = ?"))
}

fn instant_in(other: &Connection, event: i64) -> Option<i64> {
    let mut statement = other.prepare_cached("SELECT at FROM log WHERE id = ?").ok()?;
    statement.query_row([event], |row| row.get(0)).ok()
}

/// The id of the last row that there is or was, as far as anything says so.
fn last_event(damaged: &Connection, at_least: usize) -> i64 {
    let ask = |sql| damaged.query_row(sql, [], |row| row.get::<_, Option<i64>>(0)).ok().flatten();
    let told = ask("SELECT max(id) FROM log").max(ask("SELECT log_end FROM collection"));
    let pages = ask("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    let most = pages.unwrap_or_default() / SMALLEST_ROW;
    let at_least = i64::try_from(at_least).unwrap_or_default();
    told.unwrap_or(at_least).clamp(0, most)
}
