//! The review log: appended to, read, merged and chained; never edited. What is appended and the cache that
//! follows from it are written in one transaction.

mod rows;
mod chain;
mod reading;
mod undoing;
mod entries;
mod merging;
mod rebuilding;
mod moving;
mod salvaging;
mod doubt;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Doing, Error, Result, Store, cards, decks, import};
use crate::domain::{
    card::CardState,
    ids::{CardId, DeckId, EventId},
    review_log::{Act, Event},
    scheduler::{Scheduler, Schedulers},
    time::{Moment, Rollover},
};
pub(super) use chain::{broken_links, events_are_missing};
pub(super) use doubt::Doubt;
pub use entries::{Entry, Place, Uid};
pub use merging::{Arrival, Merge};
pub(super) use moving::settle;
pub(super) use reading::{answers, is_merged, last_before, merged_through, missed_since, undone};
pub(super) use rebuilding::{adopt, events_by_card, parted_from_log};
pub(super) use rows::chosen_of_text;
use rows::{Circumstance, LogRow};
pub(super) use salvaging::{Salvage, salvage};

/// An act that is safely in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the log.
    pub event: EventId,
    /// The card's state before it.
    pub before: CardState,
    /// The card's state after it.
    pub after: CardState,
}

/// When, and under what settings, something is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion<'a> {
    pub moment: Moment,
    pub rollover: Rollover,
    pub schedulers: &'a Schedulers,
}

/// The end of the log, where the next row is chained on.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    id: i64,
    /// The greatest `at` of all events, which need not be that of the last row.
    at: i64,
    chain: i32,
}

/// What the collection's own row says of the log.
struct Collection {
    device: String,
    merged_through: i64,
    merged_at: i64,
}

impl Store {
    /// Appends an act to the log and brings the card's state up to date. When this returns it is on
    /// disk and survives a kill and a power cut.
    ///
    /// # Errors
    /// When the database cannot be written. Nothing has changed then.
    pub fn record(
        &mut self,
        card: CardId,
        moment: Moment,
        rollover: Rollover,
        schedulers: &Schedulers,
        act: Act,
    ) -> Result<Recorded> {
        let recorded = self.record_all(vec![(card, act)], moment, rollover, schedulers)?;
        Ok(recorded[0])
    }

    /// Appends what was done to one card or to several as one act, which is undone and redone as one.
    ///
    /// # Errors
    /// As [`Store::record`]. Nothing has changed then, to any of the cards.
    pub fn record_all(
        &mut self,
        acts: Vec<(CardId, Act)>,
        moment: Moment,
        rollover: Rollover,
        schedulers: &Schedulers,
    ) -> Result<Vec<Recorded>> {
        let recorded = self.try_to_record(acts, moment, rollover, schedulers);
        if recorded.is_err() {
            // Else what is looked at next is looked at over the connection that has failed.
            let _ = self.recover();
        }
        recorded
    }

    fn try_to_record(
        &mut self,
        acts: Vec<(CardId, Act)>,
        moment: Moment,
        rollover: Rollover,
        schedulers: &Schedulers,
    ) -> Result<Vec<Recorded>> {
        if let Some(recorded) = self.tried_before(&acts)? {
            return Ok(recorded);
        }
        let doing = "save the answer";
        let occasion = Occasion { moment, rollover, schedulers };
        let doubt = self.doubt.clone();
        let transaction = self.begin(doing)?;
        let taken_back = doubt.map_or(Ok(Vec::new()), |doubt| doubt.undone(&transaction))?;
        let first = taken_back.len();
        let (mut recorded, mut changed) = (Vec::with_capacity(acts.len()), BTreeSet::new());
        for (nth, (card, act)) in taken_back.into_iter().chain(acts.iter().cloned()).enumerate() {
            let follows = nth != 0 && nth != first;
            let deck = decks::deck_of(&transaction, card)?.id;
            let of_card = record(&transaction, card, act, &occasion, follows)?;
            let deck_after = decks::deck_of(&transaction, card)?.id;
            if of_card.changes_counts() || deck != deck_after {
                changed.extend([deck, deck_after]);
            }
            recorded.push(of_card);
        }
        refresh(&transaction, changed)?;
        let committed = transaction.commit().doing(doing);
        let recorded = recorded.split_off(first);
        self.doubt = None;
        committed.or_else(|error| self.doubt(error, acts, &recorded))?;
        Ok(recorded)
    }
}

/// Appends an act and brings the card's state up to date, as a part of something larger. The counts of its
/// deck are left to whoever knows when all is done.
pub(super) fn record(
    transaction: &Transaction<'_>,
    card: CardId,
    act: Act,
    occasion: &Occasion<'_>,
    follows: bool,
) -> Result<Recorded> {
    let before = cards::state(transaction, card)?;
    let scheduler = occasion.schedulers.of(&decks::deck_of(transaction, card)?);
    let event = append(transaction, card, act, occasion, &scheduler, follows).doing("save the answer")?;
    let may_move = matches!(event.act, Act::Move { .. } | Act::Undo { .. });
    let after = if may_move {
        moving::settle(transaction, card, Some(&event))?;
        // In another deck another scheduler may keep it.
        replay(transaction, card, &occasion.schedulers.of(&decks::deck_of(transaction, card)?))?
    } else {
        before.after(&scheduler, &event)
    };
    cards::save(transaction, card, &after)?;
    Ok(Recorded { event: event.id, before, after })
}

/// The state that follows from a card's events.
pub(super) fn replay(connection: &Connection, card: CardId, scheduler: &Scheduler) -> Result<CardState> {
    Ok(CardState::replay(scheduler, &reading::events_of(connection, card)?))
}

/// Brings the counts of decks up to date.
fn refresh(connection: &Connection, decks: BTreeSet<DeckId>) -> Result<()> {
    decks.into_iter().try_for_each(|deck| import::refresh_deck(connection, deck))
}

impl Recorded {
    /// Whether a deck counts the card otherwise now.
    pub(super) fn changes_counts(&self) -> bool {
        changes_counts(&self.before, &self.after)
    }
}

fn changes_counts(before: &CardState, after: &CardState) -> bool {
    before.schedule.is_some() != after.schedule.is_some()
        || before.hold != after.hold
        || before.deleted != after.deleted
}

fn append(
    connection: &Connection,
    card: CardId,
    act: Act,
    occasion: &Occasion<'_>,
    scheduler: &Scheduler,
    follows: bool,
) -> rusqlite::Result<Event> {
    let Occasion { moment, rollover, .. } = *occasion;
    let collection = Collection::read(connection)?;
    let mut end = End::read(connection, &collection)?;
    // A clock that was set back must not give an event an earlier place than those before it.
    let clock = moment.at.timestamp_millis();
    let at = clock.max(end.at + 1);
    let behind = (at > clock).then_some(at - clock);
    let entry = LogRow { at, behind, follows, ..LogRow::new(card, moment.day, &act) };
    let circumstance = Circumstance {
        device: collection.device,
        scheduler: scheduler.word().to_owned(),
        utc_offset: moment.at.offset().local_minus_utc(),
        rollover: rollover.hour(),
    };
    let id = circumstance.id(connection)?;
    end.append(connection, &entry, &circumstance, id)?;
    end.remember(connection)?;
    Ok(Event { id: EventId(end.id), card, moment, act })
}

impl Collection {
    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT device, merged_through, merged_at FROM collection";
        connection.prepare_cached(sql)?.query_row([], |row| {
            Ok(Self { device: row.get(0)?, merged_through: row.get(1)?, merged_at: row.get(2)? })
        })
    }
}

impl End {
    fn read(connection: &Connection, collection: &Collection) -> rusqlite::Result<Self> {
        let sql = "SELECT id, at, chain FROM log ORDER BY id DESC LIMIT 1";
        let last = connection
            .prepare_cached(sql)?
            .query_row([], |row| Ok(Self { id: row.get(0)?, at: row.get(1)?, chain: row.get(2)? }))
            .optional()?
            .unwrap_or_default();
        Ok(Self { at: last.at.max(collection.merged_at), ..last })
    }

    /// Chains a row on, which is the end from then on.
    fn append(
        &mut self,
        connection: &Connection,
        entry: &LogRow<'_>,
        circumstance: &Circumstance,
        circumstance_id: i64,
    ) -> rusqlite::Result<()> {
        self.id += 1;
        self.at = self.at.max(entry.at);
        self.chain = chain::link(self.chain, self.id, entry, circumstance);
        let sql = "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        connection.prepare_cached(sql)?.execute(params![
            self.id,
            entry.card,
            entry.at,
            entry.behind,
            entry.day,
            entry.kind,
            entry.chosen,
            entry.correct,
            entry.covered,
            entry.took_ms,
            entry.interval,
            entry.target,
            circumstance_id,
            self.chain,
            entry.follows.then_some(true),
            entry.place
        ])?;
        Ok(())
    }

    /// Writes down where the log ends, for whoever wants to know whether it still does.
    fn remember(&self, connection: &Connection) -> rusqlite::Result<()> {
        let sql = "UPDATE collection SET log_end = ?, log_chain = ?";
        connection.prepare_cached(sql)?.execute(params![self.id, self.chain]).map(drop)
    }
}
