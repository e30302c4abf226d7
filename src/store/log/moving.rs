//! Where a card stands that the person has put into another deck: what the log says of it, in the card's row.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::{Doing, Result, reading::events_of};
use crate::domain::{
    ids::CardId,
    review_log::{Event, moved_to},
};

/// Puts a card where its events say: into the deck that it was moved to last, else into the one whose chapter
/// it stands in. Where only the newest event is new, nothing happens unless that event moves it: a deck that
/// has another name by now keeps the cards that were put into it.
pub(in crate::store) fn settle(connection: &Connection, card: CardId, newest: Option<&Event>) -> Result<()> {
    let events = events_of(connection, card)?;
    let to = moved_to(&events);
    if let Some(newest) = newest {
        let before: Vec<Event> = events.iter().filter(|event| event.id != newest.id).cloned().collect();
        if moved_to(&before) == to {
            return Ok(());
        }
    }
    let settle = || -> rusqlite::Result<()> {
        let deck = to.map_or(Ok(None), |name| deck_called(connection, name))?;
        connection
            .prepare_cached(include_str!("../sql/put_into.sql"))?
            .execute(named_params! { ":other": deck, ":card": card.0 })
            .map(drop)
    };
    settle().doing("move a card")
}

fn deck_called(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT id FROM deck WHERE coalesce(book || ' / ', '') || chapter = ?";
    connection.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()
}
