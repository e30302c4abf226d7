//! The cache made again from the log: for whoever doubts it, and when another scheduler takes over.

use std::collections::BTreeSet;

use rusqlite::{Connection, TransactionBehavior};

use super::{
    Collection, Doing, Result, Store, changes_counts, refresh,
    rows::{EVENTS, ORDER, event_of_row},
};
use crate::{
    domain::{card::CardState, ids::CardId, review_log::Event, scheduler::Scheduler},
    store::cards,
};

impl Store {
    /// Works out every card's state anew from its events, and stores it where it is another. Gives the
    /// cards whose state it was; none where cache and log had not parted.
    ///
    /// # Errors
    /// When the database cannot be read or written, or a row says what cannot be. Nothing has changed then.
    pub fn rebuild(&mut self, scheduler: &Scheduler) -> Result<Vec<CardId>> {
        let doing = "work out all cards anew";
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
        let events = events_by_card(&transaction)?;
        let mut events = events.chunk_by(|a, b| a.card == b.card).peekable();
        let (mut other, mut decks) = (Vec::new(), BTreeSet::new());
        for (card, before) in cards::states(&transaction)? {
            // Events of cards that are not here wait for their chapter.
            while events.next_if(|events| events[0].card < card).is_some() {}
            let its_own = events.next_if(|events| events[0].card == card).unwrap_or_default();
            let after = CardState::replay(scheduler, its_own);
            if after == before {
                continue;
            }
            cards::save(&transaction, card, &after)?;
            if changes_counts(&before, &after) {
                decks.insert(cards::deck_of(&transaction, card)?);
            }
            other.push(card);
        }
        refresh(&transaction, decks)?;
        transaction.commit().doing(doing)?;
        Ok(other)
    }
}

/// All events, card by card, those of one card in the order that counts.
pub(in crate::store) fn events_by_card(connection: &Connection) -> Result<Vec<Event>> {
    let doing = "read the review log";
    let never_merged = Collection::read(connection).doing(doing)?.merged_through == 0;
    let order = if never_merged { "log.id" } else { ORDER };
    let mut statement = connection.prepare(&format!("{EVENTS} ORDER BY {order}")).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        events.push(event_of_row(row)?);
    }
    events.sort_by_key(|event| event.card);
    Ok(events)
}
