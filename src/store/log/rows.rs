//! Rows of the log in the words that they are stored in, and the acts that these tell of.

use std::{borrow::Cow, collections::HashMap};

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Doing, Error, Result};
use crate::domain::{
    grade::Grade,
    ids::{CardId, EventId, OptionId},
    review_log::{Act, Answer, Event, Outcome, Practice},
    time::{Days, Moment, StudyDay},
};

/// All events, in no order yet.
pub(super) const EVENTS: &str = include_str!("../sql/events.sql");

/// All events of a log into which no other was merged, in no order yet: without what such a log has no need of
/// being asked for, a million times.
pub(super) const OWN_EVENTS: &str = "SELECT id, card, at, behind, day, kind, chosen, correct, covered, took_ms, \
     interval, target, follows, place, circumstance FROM log";

/// The order that counts, on every machine the same. What stands after the device only matters where two
/// copies of one collection went on by clocks that stood still.
pub(super) const ORDER: &str =
    "log.at, circumstance.device, log.kind, log.interval, log.took_ms, log.chosen, log.id";

/// Before the grade of an answer for practice. An older program takes such a row for an act that it does not
/// know, and so for one without effect.
pub(super) const PRACTISED: &str = "practised ";
/// Before the name of the deck that a card was put into.
const MOVED: &str = "moved to ";

/// A row of the log, without what belongs to its place in it.
#[derive(Debug, Clone)]
pub(super) struct LogRow<'a> {
    pub card: i64,
    pub at: i64,
    pub behind: Option<i64>,
    pub day: i32,
    pub kind: Cow<'a, str>,
    pub chosen: Option<Cow<'a, str>>,
    pub correct: Option<bool>,
    pub covered: Option<bool>,
    pub took_ms: Option<u32>,
    pub interval: Option<u32>,
    /// An event's id; below zero the `at` of an event that was not here yet.
    pub target: Option<i64>,
    pub follows: bool,
    pub place: Option<u8>,
}

/// What is the same for a run of events; rows share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Circumstance {
    pub device: String,
    pub scheduler: String,
    pub utc_offset: i32,
    pub rollover: u8,
}

/// An event of a row of [`EVENTS`].
pub(super) fn event_of_row(row: &Row<'_>) -> Result<Event> {
    let read = || Ok((EventId(row.get(0)?), log_row(row)?, row.get(17)?, row.get::<_, Option<i64>>(19)?));
    let (id, entry, utc_offset, found) = read().doing("read the review log")?;
    event_of(id, &LogRow { target: found.or(entry.target), ..entry }, utc_offset)
}

/// An event of a row of [`OWN_EVENTS`], with the offsets of all circumstances.
pub(super) fn event_of_own_row(row: &Row<'_>, offsets: &HashMap<i64, i32>) -> Result<Event> {
    let read = || Ok((EventId(row.get(0)?), log_row(row)?, row.get(14)?));
    let (id, entry, circumstance): (_, _, i64) = read().doing("read the review log")?;
    let lost = || Error::damaged("row in the review log", format!("event {id} has no circumstance"));
    event_of(id, &entry, *offsets.get(&circumstance).ok_or_else(lost)?)
}

/// What all circumstances say that the local clock was ahead of UTC, in seconds.
pub(super) fn utc_offsets(connection: &Connection) -> rusqlite::Result<HashMap<i64, i32>> {
    let mut statement = connection.prepare_cached("SELECT id, utc_offset FROM circumstance")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn event_of(id: EventId, entry: &LogRow<'_>, utc_offset: i32) -> Result<Event> {
    let moment = Moment {
        at: instant(entry.at - entry.behind.unwrap_or_default(), utc_offset)?,
        day: StudyDay(entry.day),
    };
    let lacking = |what| Error::damaged("row in the review log", format!("event {id} has no {what}"));
    Ok(Event { id, card: CardId(entry.card), moment, act: entry.act().map_err(lacking)? })
}

/// The stored words of a row of [`EVENTS`].
pub(super) fn log_row<'a>(row: &'a Row<'_>) -> rusqlite::Result<LogRow<'a>> {
    Ok(LogRow {
        card: row.get(1)?,
        at: row.get(2)?,
        behind: row.get(3)?,
        day: row.get(4)?,
        kind: row.get_ref(5)?.as_str()?.into(),
        chosen: row.get_ref(6)?.as_str_or_null()?.map(Cow::from),
        correct: row.get(7)?,
        covered: row.get(8)?,
        took_ms: row.get(9)?,
        interval: row.get(10)?,
        target: row.get(11)?,
        follows: row.get::<_, Option<bool>>(12)?.unwrap_or_default(),
        place: row.get(13)?,
    })
}

fn instant(at: i64, utc_offset: i32) -> Result<DateTime<FixedOffset>> {
    let utc = Utc.timestamp_millis_opt(at).single();
    let offset = FixedOffset::east_opt(utc_offset);
    let (Some(utc), Some(offset)) = (utc, offset) else {
        return Err(Error::damaged("time in the review log", at));
    };
    Ok(utc.with_timezone(&offset))
}

impl<'a> LogRow<'a> {
    /// The row of an act, its time left out.
    pub(super) fn new(card: CardId, day: StudyDay, act: &'a Act) -> Self {
        let bare = Self {
            card: card.0,
            at: 0,
            behind: None,
            day: day.0,
            kind: word(act),
            chosen: None,
            correct: None,
            covered: None,
            took_ms: None,
            interval: None,
            target: None,
            follows: false,
            place: None,
        };
        match act {
            Act::Answer(answer) => Self {
                chosen: chosen_text(&answer.chosen).map(Cow::from),
                place: answer.place,
                correct: correct_of(answer.outcome),
                covered: Some(answer.covered),
                took_ms: Some(answer.took_ms),
                interval: Some(answer.promised.0),
                ..bare
            },
            Act::Bury { until: next } | Act::Reschedule { due: next } => {
                Self { interval: Some(next.since(day).0), ..bare }
            }
            Act::Practise(practice) => Self {
                chosen: chosen_text(&practice.chosen).map(Cow::from),
                place: practice.place,
                correct: correct_of(practice.outcome),
                covered: Some(practice.covered),
                took_ms: Some(practice.took_ms),
                ..bare
            },
            Act::Undo { target } => Self { target: Some(target.0), ..bare },
            Act::Suspend
            | Act::Release
            | Act::Reset
            | Act::Flag
            | Act::Unflag
            | Act::Delete
            | Act::Move { .. }
            | Act::Unknown { .. } => bare,
        }
    }

    /// The act that a row tells of; else what the row lacks.
    pub(super) fn act(&self) -> Result<Act, &'static str> {
        let next = || Ok::<_, &'static str>(StudyDay(self.day).plus(Days(self.interval.ok_or("interval")?)));
        Ok(match self.kind.as_ref() {
            "suspend" => Act::Suspend,
            "release" => Act::Release,
            "reset" => Act::Reset,
            "flag" => Act::Flag,
            "unflag" => Act::Unflag,
            "delete" => Act::Delete,
            "undo" => Act::Undo { target: EventId(self.target.ok_or("target")?) },
            "bury" => Act::Bury { until: next()? },
            "reschedule" => Act::Reschedule { due: next()? },
            word => self.act_of(word)?,
        })
    }

    /// The act of a word that names more than the act.
    fn act_of(&self, word: &str) -> Result<Act, &'static str> {
        let grade_of = |word| Grade::ALL.into_iter().find(|grade| grade.word() == word);
        if let Some(grade) = grade_of(word) {
            return Ok(Act::Answer(self.answer(grade)?));
        }
        if let Some(grade) = word.strip_prefix(PRACTISED).and_then(grade_of) {
            return Ok(Act::Practise(self.practice(grade)?));
        }
        Ok(match word.strip_prefix(MOVED) {
            Some(deck) => Act::Move { deck: deck.to_owned() },
            None => Act::Unknown { kind: word.to_owned() },
        })
    }

    fn practice(&self, grade: Grade) -> Result<Practice, &'static str> {
        let chosen = chosen_of_text(self.chosen.as_deref()).ok_or("readable choice")?;
        Ok(Practice {
            grade,
            outcome: outcome_of(self.correct, &chosen).ok_or("result")?,
            chosen,
            place: self.place,
            covered: self.covered.ok_or("word on covering")?,
            took_ms: self.took_ms.ok_or("duration")?,
        })
    }

    fn answer(&self, grade: Grade) -> Result<Answer, &'static str> {
        Ok(Answer::promising(self.practice(grade)?, Days(self.interval.ok_or("interval")?)))
    }
}

/// The word of the log for an act.
fn word(act: &Act) -> Cow<'_, str> {
    Cow::Borrowed(match act {
        Act::Practise(practice) => return format!("{PRACTISED}{}", practice.grade.word()).into(),
        Act::Move { deck } => return format!("{MOVED}{deck}").into(),
        Act::Answer(answer) => answer.grade.word(),
        Act::Suspend => "suspend",
        Act::Release => "release",
        Act::Bury { .. } => "bury",
        Act::Reschedule { .. } => "reschedule",
        Act::Reset => "reset",
        Act::Flag => "flag",
        Act::Unflag => "unflag",
        Act::Undo { .. } => "undo",
        Act::Delete => "delete",
        Act::Unknown { kind } => kind,
    })
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

/// Options as a row lists them.
pub(super) fn chosen_text(chosen: &[OptionId]) -> Option<String> {
    let ids: Vec<String> = chosen.iter().map(|id| id.0.to_string()).collect();
    (!ids.is_empty()).then(|| ids.join(","))
}

/// The options that a row lists.
pub(in crate::store) fn chosen_of_text(text: Option<&str>) -> Option<Vec<OptionId>> {
    let Some(text) = text else { return Some(Vec::new()) };
    text.split(',').map(|id| id.parse().ok().map(OptionId)).collect()
}

impl Circumstance {
    /// Under what a row of [`EVENTS`] was written.
    pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            device: row.get(15)?,
            scheduler: row.get(16)?,
            utc_offset: row.get(17)?,
            rollover: row.get(18)?,
        })
    }

    /// Its row, made where there is none yet.
    pub(super) fn id(&self, connection: &Connection) -> rusqlite::Result<i64> {
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
