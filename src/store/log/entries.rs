//! The log as it travels: events in words that mean the same on every machine.

use std::{borrow::Cow, collections::HashMap};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::{
    Collection, Doing, Error, Result, Salvage, Store, broken_links,
    rows::{Circumstance, LogRow, ORDER, log_row},
    salvage,
};
use crate::domain::{
    deck::{DeckName, Scope},
    ids::DeckId,
    question,
    scheduler::LONGEST_INTERVAL,
    time::{Rollover, StudyDay},
};

/// All events as entries, in no order yet.
pub(super) const ENTRIES: &str = include_str!("../sql/entries.sql");

/// In milliseconds since 1970, or until then: some 95,000 years, which is nobody's time. The calendar goes on
/// beyond it, so that there is a place for whatever is recorded after such an event.
const FURTHEST: i64 = 3_000_000_000_000_000;

/// A card's identity on every machine that imported its chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Uid(pub i64);

/// An event as it goes from one machine to another: everything that the log says of it. What is absent was
/// not said. A kind that this program does not know is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The machine that it was recorded on.
    pub device: String,
    /// Its name among the events of its device, and its place in time: milliseconds since
    /// 1970-01-01T00:00Z.
    pub at: i64,
    /// So many milliseconds earlier it really was, by a clock that had been set back.
    pub behind: Option<i64>,
    /// What the local clock was ahead of UTC, in seconds.
    pub utc_offset: i32,
    /// The study day, counted from 1970-01-01.
    pub day: i32,
    /// The hour at which that day began.
    pub rollover: u8,
    /// The word of the scheduler that promised.
    pub scheduler: String,
    /// The card.
    pub card: Uid,
    /// A grade or another act.
    pub kind: String,
    /// The identities of the options that were chosen, with commas between them.
    pub chosen: Option<String>,
    /// Where on the screen the option stood that alone was chosen, from 0.
    pub place: Option<u8>,
    /// Whether they were the right ones.
    pub correct: Option<bool>,
    /// Whether the options were covered at first.
    pub covered: Option<bool>,
    /// From the question to the choice, in milliseconds.
    pub took_ms: Option<u32>,
    /// The interval that was promised, in days; of a burial or another date, the days until then.
    pub interval: Option<u32>,
    /// The `at` of the event, of the same device, that an undo takes back.
    pub target: Option<i64>,
    /// Whether it belongs to the same act as its device's event before it.
    pub follows: bool,
}

/// Where the card of an event stands, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The deck.
    pub deck: DeckName,
    /// What the question is called.
    pub question: String,
}

impl Store {
    /// The events of a scope from a study day on, oldest first, each with the place of its card where that
    /// is here, until `take` fails. Only the whole log has the events of cards that are not here. Gives how many
    /// it leaves out, since they are not as they were written.
    ///
    /// # Errors
    /// When the database cannot be read, and what `take` fails with.
    pub fn entries<E: From<Error>>(
        &self,
        scope: &Scope,
        since: Option<StudyDay>,
        mut take: impl FnMut(Entry, Option<&Place>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let decks = match scope {
            Scope::Everything => None,
            Scope::Book(_) | Scope::Deck(_) => Some(self.decks_of(scope)?),
        };
        let of_scope = |deck: Option<DeckId>| match (&decks, deck) {
            (None, _) => true,
            (Some(decks), Some(deck)) => decks.binary_search(&deck).is_ok(),
            (Some(_), None) => false,
        };
        let mut places = Places::new(&self.connection)?;
        self.each_sound(|card, entry| {
            let place = card.map_or(Ok(None), |card| places.of(card))?;
            let late_enough = since.is_none_or(|since| entry.day >= since.0);
            match late_enough && of_scope(place.map(|(deck, _)| *deck)) {
                true => take(entry, place.map(|(_, place)| place)),
                false => Ok(()),
            }
        })
    }

    /// All entries that are as they were written, and how many are not.
    fn each_sound<E: From<Error>>(
        &self,
        mut take: impl FnMut(Option<i64>, Entry) -> Result<(), E>,
    ) -> Result<usize, E> {
        if is_whole(&self.connection).unwrap_or(false) {
            each(&self.connection, |card, entry| take(Some(card), entry))?;
            return Ok(0);
        }
        let nothing = Connection::open_in_memory().doing("read the review log")?;
        let Salvage { mut entries, expected } = salvage(&self.connection, &nothing, 0);
        let left_out = expected.saturating_sub(entries.len());
        entries.sort_by(|a, b| (a.at, &a.device).cmp(&(b.at, &b.device)));
        for entry in entries {
            take(card_of(&self.connection, entry.card), entry)?;
        }
        Ok(left_out)
    }
}

/// Whether each event is as it was written, and each card that it is of.
fn is_whole(connection: &Connection) -> Result<bool> {
    if !broken_links(connection)?.is_empty() {
        return Ok(false);
    }
    // A card's identity is in no checksum, but in an index.
    let complaints = "SELECT count(*) FROM pragma_integrity_check(?) WHERE integrity_check <> 'ok'";
    let is_sound = |table| connection.query_row(complaints, [table], |row| Ok(row.get::<_, i64>(0)? == 0));
    Ok(is_sound("card").doing("check the cards")? && is_sound("absent_card").doing("check the cards")?)
}

/// The card with this identity, if it can be found.
fn card_of(connection: &Connection, uid: Uid) -> Option<i64> {
    let mut statement = connection.prepare_cached("SELECT id FROM card WHERE uid = ?").ok()?;
    statement.query_row([uid.0], |row| row.get(0)).ok()
}

/// All entries with their cards here, in the order that counts.
pub(super) fn each<E: From<Error>>(
    connection: &Connection,
    mut take: impl FnMut(i64, Entry) -> Result<(), E>,
) -> Result<(), E> {
    let doing = "read the review log";
    let never_merged = Collection::read(connection).doing(doing)?.merged_through == 0;
    // One machine's events stand in their order already.
    let order = if never_merged { "log.id" } else { ORDER };
    let mut statement = connection.prepare_cached(&format!("{ENTRIES} ORDER BY {order}")).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        take(row.get(1).doing(doing)?, Entry::of_row(row).doing(doing)?)?;
    }
    Ok(())
}

/// The places of cards, each looked up once.
struct Places<'a> {
    statement: CachedStatement<'a>,
    known: HashMap<i64, Option<(DeckId, Place)>>,
}

impl<'a> Places<'a> {
    fn new(connection: &'a Connection) -> Result<Self> {
        let statement = connection.prepare_cached(include_str!("../sql/place.sql"));
        Ok(Self { statement: statement.doing("look for questions")?, known: HashMap::new() })
    }

    fn of(&mut self, card: i64) -> Result<Option<&(DeckId, Place)>> {
        if !self.known.contains_key(&card) {
            let place = self.statement.query_row([card], place_of_row).optional();
            self.known.insert(card, place.doing("look for a question")?);
        }
        Ok(self.known[&card].as_ref())
    }
}

fn place_of_row(row: &Row<'_>) -> rusqlite::Result<(DeckId, Place)> {
    let deck = DeckName { book: row.get(1)?, chapter: row.get(2)? };
    let number: Option<String> = row.get(3)?;
    let (topic, stem) = (row.get_ref(4)?.as_str()?, row.get_ref(5)?.as_str()?);
    let question = question::name(number.as_deref(), topic, stem);
    Ok((DeckId(row.get(0)?), Place { deck, question }))
}

impl Entry {
    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self::new(log_row(row)?, Circumstance::of_row(row)?, Uid(row.get(19)?), row.get(20)?))
    }

    /// The event of a row, with its card and its target as they travel.
    pub(super) fn new(row: LogRow<'_>, circumstance: Circumstance, card: Uid, target: Option<i64>) -> Self {
        let Circumstance { device, scheduler, utc_offset, rollover } = circumstance;
        Self {
            device,
            at: row.at,
            behind: row.behind,
            utc_offset,
            day: row.day,
            rollover,
            scheduler,
            card,
            kind: row.kind.into_owned(),
            chosen: row.chosen.map(Cow::into_owned),
            place: row.place,
            correct: row.correct,
            covered: row.covered,
            took_ms: row.took_ms,
            interval: row.interval,
            target,
            follows: row.follows,
        }
    }

    /// Its row for a card of this collection, and with the target as that row names it.
    pub(super) fn row(&self, card: i64, target: Option<i64>) -> LogRow<'_> {
        LogRow {
            card,
            at: self.at,
            behind: self.behind,
            day: self.day,
            kind: self.kind.as_str().into(),
            chosen: self.chosen.as_deref().map(Cow::from),
            correct: self.correct,
            covered: self.covered,
            took_ms: self.took_ms,
            interval: self.interval,
            target,
            follows: self.follows,
            place: self.place,
        }
    }

    /// What it was recorded under.
    pub(super) fn circumstance(&self) -> Circumstance {
        Circumstance {
            device: self.device.clone(),
            scheduler: self.scheduler.clone(),
            utc_offset: self.utc_offset,
            rollover: self.rollover,
        }
    }

    /// Two entries are the same event when everything about them is: copies of a collection that went on
    /// apart share a device, and their events may share an instant.
    pub(super) fn fingerprint(&self) -> u128 {
        xxh3_128(&serde_json::to_vec(self).expect("numbers and texts are always JSON"))
    }

    /// Why no log can hold it, if so.
    pub fn flaw(&self) -> Option<String> {
        let is_answer = self.took_ms.is_some();
        if !self.has_times_of_a_calendar() {
            return Some("its time cannot be".to_owned());
        }
        if self.device.is_empty() || Rollover::at_hour(self.rollover).is_none() {
            return Some("its device or rollover cannot be".to_owned());
        }
        if self.place.is_some_and(|place| usize::from(place) >= question::MOST_OPTIONS) {
            return Some("its place is none of an option".to_owned());
        }
        if self.place.is_some() && self.chosen.as_ref().is_none_or(|chosen| chosen.contains(',')) {
            return Some("it has a place, which only one chosen option has".to_owned());
        }
        if self.interval.is_some_and(|days| days > LONGEST_INTERVAL.0 || (is_answer && days == 0)) {
            return Some(format!("its interval is not of 1 to {} days", LONGEST_INTERVAL.0));
        }
        self.row(0, self.target).act().err().map(|what| format!("it has no {what}"))
    }

    fn has_times_of_a_calendar(&self) -> bool {
        let places = 1..=FURTHEST;
        let clock = self.at.saturating_sub(self.behind.unwrap_or_default());
        places.contains(&self.at)
            && self.target.is_none_or(|target| places.contains(&target))
            && self.behind.is_none_or(|behind| behind >= 1)
            && clock >= -FURTHEST
    }
}
