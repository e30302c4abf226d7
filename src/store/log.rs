//! The review log: appended to, read, and chained; never edited. What is appended and the cache that
//! follows from it are written in one transaction.

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use xxhash_rust::xxh3::xxh3_64;

use super::{Doing, Error, Result, Store, cards, import};
use crate::domain::{
    card::CardState,
    ids::{CardId, EventId, OptionId},
    review_log::{Act, Answer, Event, Outcome},
    scheduler::Scheduler,
    time::{Days, Moment, Rollover, StudyDay},
};

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

/// A row of the log in the words that it is stored in.
struct LogRow {
    card: i64,
    at: i64,
    behind: Option<i64>,
    day: i32,
    kind: String,
    chosen: Option<String>,
    correct: Option<bool>,
    covered: Option<bool>,
    took_ms: Option<u32>,
    interval: Option<u32>,
    target: Option<i64>,
}

/// The end of the log, where the next row is chained on.
#[derive(Default)]
struct End {
    id: i64,
    at: i64,
    chain: i32,
}

const COLUMNS: &str =
    "SELECT log.id, card, at, behind, day, kind, chosen, correct, covered, took_ms, interval,
                              target, chain, utc_offset
                       FROM log LEFT JOIN circumstance ON circumstance.id = log.circumstance";

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
        scheduler: Scheduler,
        act: Act,
    ) -> Result<Recorded> {
        let doing = "save the answer";
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
        let recorded = record(&transaction, card, moment, rollover, scheduler, act)?;
        transaction.commit().doing(doing)?;
        Ok(recorded)
    }

    /// The events of a card, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn history(&self, card: CardId) -> Result<Vec<Event>> {
        events_of(&self.connection, card)
    }

    /// What the clock said at the newest event.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn newest_instant(&self) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT at - coalesce(behind, 0) FROM log ORDER BY id DESC LIMIT 1";
        let at = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)).optional());
        let at = at.doing("read the end of the review log")?;
        Ok(at.and_then(|at| Utc.timestamp_millis_opt(at).single()))
    }

    /// The newest act that still counts: what an undo would take back.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn newest_act(&self) -> Result<Option<Event>> {
        let sql = format!("{COLUMNS} ORDER BY log.id DESC");
        let doing = "look for what to undo";
        let mut statement = self.connection.prepare_cached(&sql).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        let mut undone = HashSet::new();
        while let Some(row) = rows.next().doing(doing)? {
            let event = event_of_row(row)?;
            if undone.contains(&event.id) {
                continue;
            }
            match event.act {
                Act::Undo { target } => drop(undone.insert(target)),
                _ => return Ok(Some(event)),
            }
        }
        Ok(None)
    }

    /// The study days of all answers that count, newest answer first, for as long as `go_on` says.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answer_days(&self, mut go_on: impl FnMut(StudyDay) -> bool) -> Result<()> {
        let sql = "SELECT id, day, target, took_ms FROM log ORDER BY id DESC";
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let mut undone = HashSet::new();
            while let Some(row) = rows.next()? {
                let counts = !undone.contains(&row.get::<_, i64>(0)?);
                if let (true, Some(target)) = (counts, row.get::<_, Option<i64>>(2)?) {
                    undone.insert(target);
                }
                let answer = row.get::<_, Option<i64>>(3)?.is_some();
                if answer && counts && !go_on(StudyDay(row.get(1)?)) {
                    break;
                }
            }
            Ok(())
        };
        read().doing("look for the days of study")
    }

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
pub(super) fn first_broken_link(connection: &Connection) -> Result<Option<EventId>> {
    let doing = "check the review log";
    let sql =
        "SELECT log.id, card, at, behind, day, kind, chosen, correct, covered, took_ms, interval, target,
                      chain, device, scheduler, utc_offset, rollover
               FROM log LEFT JOIN circumstance ON circumstance.id = log.circumstance ORDER BY log.id";
    let mut statement = connection.prepare(sql).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    let mut chain = 0;
    while let Some(row) = rows.next().doing(doing)? {
        let read = || -> rusqlite::Result<_> {
            let circumstance = Circumstance {
                device: row.get(13)?,
                scheduler: row.get(14)?,
                utc_offset: row.get(15)?,
                rollover: row.get(16)?,
            };
            Ok((row.get::<_, i64>(0)?, log_row(row)?, circumstance, row.get::<_, i32>(12)?))
        };
        let Ok((id, entry, circumstance, stored)) = read() else {
            return Ok(row.get(0).ok().map(EventId));
        };
        chain = link(chain, id, &entry, &circumstance);
        if chain != stored {
            return Ok(Some(EventId(id)));
        }
    }
    Ok(None)
}

/// Appends an act and brings the card's state up to date, as a part of something larger.
pub(super) fn record(
    transaction: &Transaction<'_>,
    card: CardId,
    moment: Moment,
    rollover: Rollover,
    scheduler: Scheduler,
    act: Act,
) -> Result<Recorded> {
    let before = cards::state(transaction, card)?;
    let event = append(transaction, card, moment, rollover, scheduler, act)?;
    let after = if event.act.is_undo() {
        CardState::replay(&scheduler, &events_of(transaction, card)?)
    } else {
        before.after(&scheduler, &event)
    };
    cards::save(transaction, card, &after)?;
    let availability = |state: &CardState| (state.schedule.is_some(), state.hold);
    if availability(&before) != availability(&after) {
        import::refresh_deck_of(transaction, card)?;
    }
    Ok(Recorded { event: event.id, before, after })
}

fn append(
    transaction: &Transaction<'_>,
    card: CardId,
    moment: Moment,
    rollover: Rollover,
    scheduler: Scheduler,
    act: Act,
) -> Result<Event> {
    let append = || -> rusqlite::Result<Event> {
        let end = end_of_log(transaction)?;
        let id = end.id + 1;
        // A clock that was set back must not give an event an earlier place than those before it.
        let clock = moment.at.timestamp_millis();
        let at = clock.max(end.at + 1);
        let behind = (at > clock).then_some(at - clock);
        let entry = LogRow { at, behind, ..LogRow::new(card, moment.day, &act) };
        let circumstance = Circumstance {
            device: device(transaction)?,
            scheduler: scheduler.word().to_owned(),
            utc_offset: moment.at.offset().local_minus_utc(),
            rollover: rollover.hour(),
        };
        let chain = link(end.chain, id, &entry, &circumstance);
        insert(transaction, id, &entry, circumstance.id(transaction)?, chain)?;
        Ok(Event { id: EventId(id), card, moment, act })
    };
    append().doing("save the answer")
}

fn end_of_log(connection: &Connection) -> rusqlite::Result<End> {
    let sql = "SELECT id, at, chain FROM log ORDER BY id DESC LIMIT 1";
    let end = connection
        .prepare_cached(sql)?
        .query_row([], |row| Ok(End { id: row.get(0)?, at: row.get(1)?, chain: row.get(2)? }))
        .optional()?;
    Ok(end.unwrap_or_default())
}

fn device(connection: &Connection) -> rusqlite::Result<String> {
    connection.prepare_cached("SELECT device FROM collection")?.query_row([], |row| row.get(0))
}

fn insert(
    connection: &Connection,
    id: i64,
    entry: &LogRow,
    circumstance: i64,
    chain: i32,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        id,
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
        circumstance,
        chain
    ])?;
    Ok(())
}

fn events_of(connection: &Connection, card: CardId) -> Result<Vec<Event>> {
    let doing = "read a card's history";
    let sql = format!("{COLUMNS} WHERE card = ? ORDER BY log.id");
    let mut statement = connection.prepare_cached(&sql).doing(doing)?;
    let mut rows = statement.query([card.0]).doing(doing)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        events.push(event_of_row(row)?);
    }
    Ok(events)
}

fn event_of_row(row: &Row<'_>) -> Result<Event> {
    let read = || Ok((EventId(row.get(0)?), log_row(row)?, row.get::<_, i32>(13)?));
    let (id, entry, utc_offset) = read().doing("read the review log")?;
    let moment = Moment {
        at: instant(entry.at - entry.behind.unwrap_or_default(), utc_offset)?,
        day: StudyDay(entry.day),
    };
    let (card, act) = (CardId(entry.card), entry.act(id)?);
    Ok(Event { id, card, moment, act })
}

fn instant(at: i64, utc_offset: i32) -> Result<DateTime<FixedOffset>> {
    let utc = Utc.timestamp_millis_opt(at).single();
    let offset = FixedOffset::east_opt(utc_offset);
    let (Some(utc), Some(offset)) = (utc, offset) else {
        return Err(Error::damaged("time in the review log", at));
    };
    Ok(utc.with_timezone(&offset))
}

fn log_row(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        card: row.get(1)?,
        at: row.get(2)?,
        behind: row.get(3)?,
        day: row.get(4)?,
        kind: row.get(5)?,
        chosen: row.get(6)?,
        correct: row.get(7)?,
        covered: row.get(8)?,
        took_ms: row.get(9)?,
        interval: row.get(10)?,
        target: row.get(11)?,
    })
}

impl LogRow {
    /// The row of an act, its time left out.
    fn new(card: CardId, day: StudyDay, act: &Act) -> Self {
        let kind = match act {
            Act::Answer(answer) => answer.grade.word(),
            Act::Suspend => "suspend",
            Act::Release => "release",
            Act::Bury { .. } => "bury",
            Act::Reschedule { .. } => "reschedule",
            Act::Flag => "flag",
            Act::Unflag => "unflag",
            Act::Undo { .. } => "undo",
        };
        let bare = Self {
            card: card.0,
            at: 0,
            behind: None,
            day: day.0,
            kind: kind.to_owned(),
            chosen: None,
            correct: None,
            covered: None,
            took_ms: None,
            interval: None,
            target: None,
        };
        match act {
            Act::Answer(answer) => Self {
                chosen: chosen_text(&answer.chosen),
                correct: correct_of(answer.outcome),
                covered: Some(answer.covered),
                took_ms: Some(answer.took_ms),
                interval: Some(answer.promised.0),
                ..bare
            },
            Act::Bury { until: next } | Act::Reschedule { due: next } => {
                Self { interval: Some(next.since(day).0), ..bare }
            }
            Act::Undo { target } => Self { target: Some(target.0), ..bare },
            Act::Suspend | Act::Release | Act::Flag | Act::Unflag => bare,
        }
    }

    fn act(&self, id: EventId) -> Result<Act> {
        let missing = |what| Error::damaged("row in the review log", format!("event {id} has no {what}"));
        let next = || -> Result<StudyDay> {
            let days = self.interval.ok_or_else(|| missing("interval"))?;
            Ok(StudyDay(self.day).plus(Days(days)))
        };
        Ok(match self.kind.as_str() {
            "suspend" => Act::Suspend,
            "release" => Act::Release,
            "flag" => Act::Flag,
            "unflag" => Act::Unflag,
            "undo" => Act::Undo { target: EventId(self.target.ok_or_else(|| missing("target"))?) },
            "bury" => Act::Bury { until: next()? },
            "reschedule" => Act::Reschedule { due: next()? },
            grade => {
                let chosen =
                    chosen_of_text(self.chosen.as_deref()).ok_or_else(|| missing("readable choice"))?;
                Act::Answer(Answer {
                    grade: grade.parse().map_err(|error| Error::damaged("row in the review log", error))?,
                    outcome: outcome_of(self.correct, &chosen).ok_or_else(|| missing("result"))?,
                    chosen,
                    covered: self.covered.ok_or_else(|| missing("word on covering"))?,
                    took_ms: self.took_ms.ok_or_else(|| missing("duration"))?,
                    promised: Days(self.interval.ok_or_else(|| missing("interval"))?),
                })
            }
        })
    }
}

/// Nothing is said of a flip card, since nothing was observed.
fn correct_of(outcome: Outcome) -> Option<bool> {
    match outcome {
        Outcome::Right => Some(true),
        Outcome::Wrong | Outcome::NotKnown => Some(false),
        Outcome::Unobserved => None,
    }
}

/// `None` for a row that cannot be: options were chosen, and nobody looked whether they were right.
fn outcome_of(correct: Option<bool>, chosen: &[OptionId]) -> Option<Outcome> {
    match (correct, chosen.is_empty()) {
        (Some(true), _) => Some(Outcome::Right),
        (Some(false), false) => Some(Outcome::Wrong),
        (Some(false), true) => Some(Outcome::NotKnown),
        (None, true) => Some(Outcome::Unobserved),
        (None, false) => None,
    }
}

fn chosen_text(chosen: &[OptionId]) -> Option<String> {
    let ids: Vec<String> = chosen.iter().map(|id| id.0.to_string()).collect();
    (!ids.is_empty()).then(|| ids.join(","))
}

fn chosen_of_text(text: Option<&str>) -> Option<Vec<OptionId>> {
    let Some(text) = text else { return Some(Vec::new()) };
    text.split(',').map(|id| id.parse().ok().map(OptionId)).collect()
}

/// What is the same for a run of events; rows share it.
struct Circumstance {
    device: String,
    scheduler: String,
    utc_offset: i32,
    rollover: u8,
}

impl Circumstance {
    /// Its row, made where there is none yet.
    fn id(&self, connection: &Connection) -> rusqlite::Result<i64> {
        let values = params![self.device, self.scheduler, self.utc_offset, self.rollover];
        let find = "SELECT id FROM circumstance
                    WHERE device = ? AND scheduler = ? AND utc_offset = ? AND rollover = ?";
        let found = connection.prepare_cached(find)?.query_row(values, |row| row.get(0)).optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        let make = "INSERT INTO circumstance (device, scheduler, utc_offset, rollover) VALUES (?, ?, ?, ?)";
        connection.prepare_cached(make)?.insert(values)
    }
}

/// The checksum of a row and all rows before it.
fn link(before: i32, id: i64, entry: &LogRow, circumstance: &Circumstance) -> i32 {
    let content = (
        (before, id, entry.card, entry.at, entry.behind, entry.day, &entry.kind, &entry.chosen),
        (entry.correct, entry.covered, entry.took_ms, entry.interval, entry.target),
        (&circumstance.device, &circumstance.scheduler, circumstance.utc_offset, circumstance.rollover),
    );
    let bytes = serde_json::to_vec(&content).expect("numbers and texts are always JSON");
    xxh3_64(&bytes) as i32
}
