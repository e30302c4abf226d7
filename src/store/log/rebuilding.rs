//! The cache made again from the log: for whoever doubts it, and when another scheduler takes over. Due days
//! and intervals are facts of the log, so that whoever makes the cache again moves none.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, TransactionBehavior, params};

use super::{
    Collection, Doing, Result, Store, changes_counts, refresh,
    rows::{EVENTS, ORDER, OWN_EVENTS, event_of_own_row, event_of_row, utc_offsets},
};
use crate::{
    domain::{
        card::{CardState, Hold},
        deck::{Deck, Scope},
        ids::{CardId, DeckId},
        review_log::Event,
        scheduler::{Scheduler, Schedulers},
        time::StudyDay,
    },
    store::{
        cards::{self, Cached},
        decks::deck_of_row,
    },
};

impl Store {
    /// Works out every card's state anew from its events, and stores it where it is another; counts the cards
    /// of all decks. Gives the cards whose state it was; none where cache and log had not parted.
    ///
    /// # Errors
    /// When the database cannot be read or written, or a row says what cannot be. Nothing has changed then.
    pub fn rebuild(&mut self, schedulers: &Schedulers) -> Result<Vec<CardId>> {
        let doing = "work out all cards anew";
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
        let keepers = keepers(&transaction, schedulers).doing(doing)?;
        for (card, state) in cards::untidy(&transaction)? {
            cards::save(&transaction, card, &state)?;
        }
        let other = rework(&transaction, &cards::all(&transaction)?, &keepers)?;
        remember(&transaction, &keepers).doing(doing)?;
        refresh(&transaction, keepers.into_keys().collect())?;
        transaction.commit().doing(doing)?;
        Ok(other)
    }

    /// Lets these schedulers keep the collection from now on: where one takes over a deck from another, what
    /// it knows of the cards is worked out from their answers. Moves no due day. Gives the cards of which
    /// something else is known now.
    ///
    /// # Errors
    /// When the database cannot be read or written. Nothing has changed then.
    pub fn adopt(&mut self, schedulers: &Schedulers) -> Result<Vec<CardId>> {
        let doing = "hand the cards to another scheduler";
        if taken_over(&self.connection, schedulers).doing(doing)?.is_empty() {
            return Ok(Vec::new());
        }
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
        let other = adopt(&transaction, schedulers)?;
        transaction.commit().doing(doing)?;
        Ok(other)
    }

    /// Shows `take` the cards of a scope that wait for their day, with that day, their schedulers and their
    /// events in the order that counts. Cards that are new, suspended or retired do not.
    ///
    /// # Errors
    /// When the database cannot be read, or a row says what cannot be.
    pub fn waiting_cards(
        &self,
        scope: &Scope,
        schedulers: &Schedulers,
        mut take: impl FnMut(CardId, StudyDay, &Scheduler, &[Event]),
    ) -> Result<()> {
        let decks = self.decks_of(scope)?;
        let mut keepers = keepers(&self.connection, schedulers).doing("list the decks")?;
        keepers.retain(|deck, _| decks.binary_search(deck).is_ok());
        let mut waiting = cards::all(&self.connection)?;
        waiting.retain(|it| !it.retired && it.state.hold != Hold::Suspended);
        each(&self.connection, &waiting, &keepers, |it, scheduler, events| {
            if let Some(schedule) = &it.state.schedule {
                take(it.card, schedule.due, scheduler, events);
            }
            Ok(())
        })
    }
}

/// As [`Store::adopt`], as a part of something larger.
pub(in crate::store) fn adopt(connection: &Connection, schedulers: &Schedulers) -> Result<Vec<CardId>> {
    let doing = "hand the cards to another scheduler";
    let taken_over = taken_over(connection, schedulers).doing(doing)?;
    if taken_over.is_empty() {
        return Ok(Vec::new());
    }
    let mut known = cards::all(connection)?;
    known.retain(|it| it.state.schedule.is_some() && taken_over.contains_key(&it.deck));
    let other = if known.is_empty() { Vec::new() } else { rework(connection, &known, &taken_over)? };
    remember(connection, &taken_over).doing(doing)?;
    Ok(other)
}

/// Cards whose state in the cache is not what replaying the log gives. Decks that are kept by another memory
/// than these schedulers', until they are handed over, are left out.
pub(in crate::store) fn parted_from_log(
    connection: &Connection,
    schedulers: &Schedulers,
) -> Result<Vec<CardId>> {
    let doing = "compare the cards with the log";
    let mut keepers = keepers(connection, schedulers).doing(doing)?;
    let taken_over = taken_over(connection, schedulers).doing(doing)?;
    keepers.retain(|deck, _| !taken_over.contains_key(deck));
    let mut parted: BTreeSet<CardId> = cards::untidy(connection)?.into_iter().map(|(card, _)| card).collect();
    each(connection, &cards::all(connection)?, &keepers, |known, scheduler, events| {
        if CardState::replay(scheduler, events) != known.state {
            parted.insert(known.card);
        }
        Ok(())
    })?;
    Ok(parted.into_iter().collect())
}

/// The scheduler of each deck.
fn keepers(
    connection: &Connection,
    schedulers: &Schedulers,
) -> rusqlite::Result<BTreeMap<DeckId, Scheduler>> {
    let decks = decks_with_memory(connection)?.into_iter();
    Ok(decks.map(|(deck, _)| (deck.id, schedulers.of(&deck))).collect())
}

/// The schedulers of those decks whose cards are not known by their memory yet.
fn taken_over(
    connection: &Connection,
    schedulers: &Schedulers,
) -> rusqlite::Result<BTreeMap<DeckId, Scheduler>> {
    let decks = decks_with_memory(connection)?.into_iter();
    let decks = decks.map(|(deck, memory)| (deck.id, schedulers.of(&deck), memory));
    Ok(decks
        .filter(|(_, scheduler, memory)| scheduler.memory_word() != *memory)
        .map(|(deck, scheduler, _)| (deck, scheduler))
        .collect())
}

/// All decks, each with the word of the memory by which its cards are known.
fn decks_with_memory(connection: &Connection) -> rusqlite::Result<Vec<(Deck, String)>> {
    let mut statement = connection.prepare_cached("SELECT id, book, chapter, memory FROM deck")?;
    let rows = statement.query_map([], |row| Ok((deck_of_row(row)?, row.get(3)?)))?;
    rows.collect()
}

fn remember(connection: &Connection, keepers: &BTreeMap<DeckId, Scheduler>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("UPDATE deck SET memory = ? WHERE id = ?")?;
    for (deck, scheduler) in keepers {
        statement.execute(params![scheduler.memory_word(), deck.0])?;
    }
    Ok(())
}

/// Works out the states of these cards, which are in the order of their identities, and stores those that
/// are others.
fn rework(
    connection: &Connection,
    known: &[Cached],
    keepers: &BTreeMap<DeckId, Scheduler>,
) -> Result<Vec<CardId>> {
    let (mut other, mut changed) = (Vec::new(), BTreeSet::new());
    each(connection, known, keepers, |before, scheduler, events| {
        let after = CardState::replay(scheduler, events);
        if after == before.state {
            return Ok(());
        }
        cards::save(connection, before.card, &after)?;
        if changes_counts(&before.state, &after) {
            changed.insert(before.deck);
        }
        other.push(before.card);
        Ok(())
    })?;
    refresh(connection, changed)?;
    Ok(other)
}

/// Shows `take` these cards, which are in the order of their identities, as far as they have a scheduler here.
fn each(
    connection: &Connection,
    known: &[Cached],
    keepers: &BTreeMap<DeckId, Scheduler>,
    mut take: impl FnMut(&Cached, &Scheduler, &[Event]) -> Result<()>,
) -> Result<()> {
    let events = events_by_card(connection)?;
    let mut events = events.chunk_by(|a, b| a.card == b.card).peekable();
    for card in known {
        let Some(scheduler) = keepers.get(&card.deck) else { continue };
        // Other cards are of no concern, and events of cards that are not here wait for their chapter.
        while events.next_if(|events| events[0].card < card.card).is_some() {}
        let its_own = events.next_if(|events| events[0].card == card.card).unwrap_or_default();
        take(card, scheduler, its_own)?;
    }
    Ok(())
}

/// All events, card by card, those of one card in the order that counts.
pub(in crate::store) fn events_by_card(connection: &Connection) -> Result<Vec<Event>> {
    let doing = "read the review log";
    let never_merged = Collection::read(connection).doing(doing)?.merged_through == 0;
    let mut events = Vec::new();
    if never_merged {
        let offsets = utc_offsets(connection).doing(doing)?;
        let mut statement = connection.prepare(&format!("{OWN_EVENTS} ORDER BY id")).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            events.push(event_of_own_row(row, &offsets)?);
        }
    } else {
        let mut statement = connection.prepare(&format!("{EVENTS} ORDER BY {ORDER}")).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            events.push(event_of_row(row)?);
        }
    }
    // Events are large, and this moves each of them but once.
    events.sort_by_cached_key(|event| event.card);
    Ok(events)
}
