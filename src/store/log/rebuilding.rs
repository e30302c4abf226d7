//! The cache made again from the log: for whoever doubts it, and when another scheduler takes over. Due days
//! and intervals are facts of the log, so that whoever makes the cache again moves none.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::{
    Doing, Result, Store, changes_counts, merged_through, refresh,
    rows::{EVENTS, ORDER, OWN_EVENTS, event_of_own_row, event_of_row, utc_offsets},
    undone,
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
        writing::keep_more_pages,
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
        let transaction = self.begin(doing)?;
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
        let transaction = self.begin(doing)?;
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
        let events = events_by_card(&self.connection)?;
        let mut events = events.chunk_by(|a, b| a.card == b.card).peekable();
        for Cached { card, deck, retired, state } in cards::all(&self.connection)? {
            let Some(scheduler) = keepers.get(&deck).filter(|_| !retired) else { continue };
            let Some(schedule) = state.schedule.filter(|_| state.hold != Hold::Suspended) else { continue };
            while events.next_if(|events| events[0].card < card).is_some() {}
            let its_own = events.next_if(|events| events[0].card == card).unwrap_or_default();
            take(card, schedule.due, scheduler, its_own);
        }
        Ok(())
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
    for (known, state) in replayed(connection, &cards::all(connection)?, &keepers)? {
        if state != known.state {
            parted.insert(known.card);
        }
    }
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
    keep_more_pages(connection).doing("work out all cards anew")?;
    let (mut other, mut changed) = (Vec::new(), BTreeSet::new());
    for (before, after) in replayed(connection, known, keepers)? {
        if after == before.state {
            continue;
        }
        cards::save(connection, before.card, &after)?;
        if changes_counts(&before.state, &after) {
            changed.insert(before.deck);
        }
        other.push(before.card);
    }
    refresh(connection, changed)?;
    Ok(other)
}

/// These cards, which are in the order of their identities, as far as they have a scheduler here, each with the
/// state that follows from the log. Its events are taken in one after the other, and none is kept.
fn replayed<'a>(
    connection: &Connection,
    known: &'a [Cached],
    keepers: &BTreeMap<DeckId, Scheduler>,
) -> Result<Vec<(&'a Cached, CardState)>> {
    let undone = undone(connection).doing("read the review log")?;
    let kept = known.iter().filter_map(|card| Some((card, keepers.get(&card.deck)?)));
    let (kept, schedulers): (Vec<&Cached>, Vec<&Scheduler>) = kept.unzip();
    let ids: Vec<CardId> = kept.iter().map(|known| known.card).collect();
    let mut states = vec![CardState::default(); ids.len()];
    each_event(connection, |event| {
        // Other cards are of no concern, and events of cards that are not here wait for their chapter.
        if let Ok(place) = ids.binary_search(&event.card)
            && !undone.contains(&event.id.0)
        {
            states[place] = states[place].after(schedulers[place], &event);
        }
    })?;
    Ok(kept.into_iter().zip(states).collect())
}

/// All events, card by card, those of one card in the order that counts.
pub(in crate::store) fn events_by_card(connection: &Connection) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    each_event(connection, |event| events.push(event))?;
    // Events are large, and this moves each of them but once.
    events.sort_by_cached_key(|event| event.card);
    Ok(events)
}

/// Shows `take` all events in the order that counts.
fn each_event(connection: &Connection, mut take: impl FnMut(Event)) -> Result<()> {
    let doing = "read the review log";
    if merged_through(connection).doing(doing)? == 0 {
        let offsets = utc_offsets(connection).doing(doing)?;
        let sql = format!("{OWN_EVENTS} ORDER BY id");
        let mut statement = connection.prepare(&sql).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            take(event_of_own_row(row, &offsets)?);
        }
    } else {
        let sql = format!("{EVENTS} ORDER BY {ORDER}");
        let mut statement = connection.prepare(&sql).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            take(event_of_row(row)?);
        }
    }
    Ok(())
}
