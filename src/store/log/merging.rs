//! Another machine's events join the log. What results is the same whichever machine's come first, and
//! events that are there already are no news: the order that counts is theirs, not that of their coming.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::{
    Collection, Doing, End, Entry, Error, Result, Store, Uid, changes_counts, entries::each, refresh, replay,
    rows::Circumstance,
};
use crate::{
    domain::{ids::CardId, scheduler::Schedulers},
    store::{cards, decks, writing::Writing},
};

/// A merge under way. Dropped before [`Merge::commit`], it has changed nothing.
#[derive(Debug)]
pub struct Merge<'a> {
    transaction: Writing<'a>,
    end: End,
    /// The first row that is new, if any is.
    first: i64,
    known: HashSet<u128>,
    circumstances: HashMap<Circumstance, i64>,
    /// Cards that are here and have new events.
    touched: BTreeSet<CardId>,
    device: String,
    /// Whether all that is new is this machine's own and later than what was there.
    in_order: bool,
}

/// What an entry turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It was in the log already.
    Known,
    /// It is in the log now.
    New,
    /// It is in the log now, and takes effect when the chapter of its card is imported.
    NewOfAbsentCard,
}

/// A card's id, and whether the card is here.
struct Place {
    id: i64,
    is_here: bool,
}

impl Store {
    /// Begins a merge.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn merge(&mut self) -> Result<Merge<'_>> {
        let doing = "begin to merge logs";
        let transaction = self.begin(doing)?;
        let collection = Collection::read(&transaction).doing(doing)?;
        let end = End::read(&transaction, &collection).doing(doing)?;
        let mut known = HashSet::with_capacity(end.id as usize);
        each(&transaction, |_, entry| {
            known.insert(entry.fingerprint());
            Ok::<(), Error>(())
        })?;
        Ok(Merge {
            transaction,
            end,
            first: end.id + 1,
            known,
            circumstances: HashMap::new(),
            touched: BTreeSet::new(),
            device: collection.device,
            in_order: true,
        })
    }
}

impl Merge<'_> {
    /// Appends an event, unless it is there already. It must have no [flaw](Entry::flaw).
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add(&mut self, entry: &Entry) -> Result<Arrival> {
        if !self.known.insert(entry.fingerprint()) {
            return Ok(Arrival::Known);
        }
        let doing = "merge an event";
        let place = self.place(entry.card).doing(doing)?;
        let target = self.target(entry, place.id).doing(doing)?;
        let circumstance = entry.circumstance();
        let id = self.circumstance(&circumstance).doing(doing)?;
        let row = entry.row(place.id, target);
        self.in_order &= entry.device == self.device && entry.at > self.end.at;
        self.end.append(&self.transaction, &row, &circumstance, id).doing(doing)?;
        if !place.is_here {
            return Ok(Arrival::NewOfAbsentCard);
        }
        self.touched.insert(CardId(place.id));
        Ok(Arrival::New)
    }

    /// Brings the states of all cards with new events up to date, and makes all of it real.
    ///
    /// # Errors
    /// When the database cannot be written. Nothing has changed then.
    pub fn commit(self, schedulers: &Schedulers) -> Result<()> {
        let Self { transaction, end, first, touched, in_order, .. } = self;
        let mut changed = BTreeSet::new();
        for card in touched {
            let before = cards::state(&transaction, card)?;
            let deck_before = decks::deck_of(&transaction, card)?.id;
            super::settle(&transaction, card, None)?;
            let deck = decks::deck_of(&transaction, card)?;
            let after = replay(&transaction, card, &schedulers.of(&deck))?;
            cards::save(&transaction, card, &after)?;
            if changes_counts(&before, &after) || deck_before != deck.id {
                changed.extend([deck_before, deck.id]);
            }
        }
        refresh(&transaction, changed)?;
        if end.id >= first {
            let doing = "remember a merge";
            end.remember(&transaction).doing(doing)?;
            if !in_order {
                let sql = "UPDATE collection SET merged_through = ?, merged_at = ?";
                transaction.execute(sql, params![end.id, end.at]).doing(doing)?;
            }
        }
        transaction.commit().doing("finish the merge")
    }

    fn place(&self, uid: Uid) -> rusqlite::Result<Place> {
        let find =
            |sql| self.transaction.prepare_cached(sql)?.query_row([uid.0], |row| row.get(0)).optional();
        if let Some(id) = find("SELECT id FROM card WHERE uid = ?")? {
            return Ok(Place { id, is_here: true });
        }
        if let Some(id) = find("SELECT id FROM absent_card WHERE uid = ?")? {
            return Ok(Place { id, is_here: false });
        }
        let id = cards::unused_id(&self.transaction)?;
        let sql = "INSERT INTO absent_card VALUES (?, ?)";
        self.transaction.prepare_cached(sql)?.execute(params![id, uid.0])?;
        Ok(Place { id, is_here: false })
    }

    /// What an undo takes back, as its row names it.
    fn target(&self, entry: &Entry, card: i64) -> rusqlite::Result<Option<i64>> {
        let Some(at) = entry.target else { return Ok(None) };
        let sql = "SELECT log.id FROM log JOIN circumstance ON circumstance.id = log.circumstance
                   WHERE log.card = ? AND log.at = ? AND circumstance.device = ?";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let found = statement.query_row(params![card, at, entry.device], |row| row.get(0)).optional()?;
        Ok(Some(found.unwrap_or(-at)))
    }

    fn circumstance(&mut self, circumstance: &Circumstance) -> rusqlite::Result<i64> {
        if let Some(id) = self.circumstances.get(circumstance) {
            return Ok(*id);
        }
        let id = circumstance.id(&self.transaction)?;
        self.circumstances.insert(circumstance.clone(), id);
        Ok(id)
    }
}
