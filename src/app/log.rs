//! The log in the open: its events as JSON lines, out and in. `assets/log-format.md` says what each field
//! means.

use std::io::{BufRead, Read};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{App, Error, Result};
use crate::{
    domain::{
        deck::Scope,
        time::{Days, StudyDay},
    },
    store::{self, Arrival, Entry, Place, Reason, Uid},
};

const FORMAT: &str = "retain-log";
/// The version of the format that is written, and the newest one that is read.
const VERSION: u32 = 2;
/// In bytes; an event takes a hundredth of it.
const LONGEST_LINE: u64 = 64 * 1024;

/// The first line of an exported log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHeader {
    format: String,
    version: u32,
}

/// Another line of an exported log: an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogLine {
    /// The machine that it was recorded on.
    pub device: String,
    /// When, by a clock that never goes back; with the device, the event's name.
    pub at: DateTime<FixedOffset>,
    /// So many milliseconds earlier it was by a clock that had been set back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind_ms: Option<i64>,
    /// The study day.
    pub day: NaiveDate,
    /// The hour at which it began.
    pub rollover: u8,
    /// The card's identity, in hexadecimal digits.
    pub card: String,
    /// Its deck, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deck: Option<String>,
    /// What its question is called, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// A grade or another act.
    pub kind: String,
    /// The identities of the options that were chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<u16>,
    /// Where on the screen the option stood that alone was chosen, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u8>,
    /// What was seen before the grade was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Seen>,
    /// Whether the options were covered at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered: Option<bool>,
    /// From the question to the choice, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u32>,
    /// The promised interval, or the time until the other date, in days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
    /// The word of the scheduler.
    pub scheduler: String,
    /// What an undo takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<EventName>,
    /// Whether it is a part of the same act as its device's event before it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub follows: bool,
}

/// What names an event on every machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventName {
    /// As [`LogLine::device`].
    pub device: String,
    /// As [`LogLine::at`].
    pub at: DateTime<FixedOffset>,
}

/// What was seen of an answer before it was graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// The right options were chosen.
    Right,
    /// Others were.
    Wrong,
    /// None was.
    NotKnown,
    /// A flip card was turned over.
    Unobserved,
}

/// What an import of a log came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogImport {
    /// Events that were not in the log before.
    pub new: usize,
    /// Events that were.
    pub known: usize,
    /// Those of the new ones whose questions have not been imported here.
    pub absent: usize,
}

impl App {
    /// The events of a scope from a study day on, oldest first, until `take` fails. Only everything has
    /// the events of questions that have not been imported here. Gives how many it leaves out, since they are
    /// not as they were written.
    ///
    /// # Errors
    /// When the collection cannot be read, and what `take` fails with.
    pub fn log<E: From<store::Error>>(
        &self,
        scope: &Scope,
        since: Option<StudyDay>,
        mut take: impl FnMut(&LogLine) -> Result<(), E>,
    ) -> Result<usize, E> {
        self.store.entries(scope, since, |entry, place| take(&LogLine::of(entry, place)?))
    }

    /// Brings in the events of an exported log, whichever machine it comes from: all that are not known
    /// yet, or none at all when a line is not as it should be.
    ///
    /// # Errors
    /// [`Error::Log`] with the line, and when the collection cannot be written.
    pub fn import_log(&mut self, input: &mut dyn BufRead) -> Result<LogImport> {
        let mut lines = Lines { input, number: 0 };
        let header = lines.next()?.unwrap_or_default();
        LogHeader::check(&header).map_err(|reason| lines.error(reason))?;
        self.back_up_before(Reason::BeforeImport)?;
        let mut merge = self.store.merge()?;
        let mut came = LogImport::default();
        while let Some(text) = lines.next()? {
            let entry = entry_of(&text).map_err(|reason| lines.error(reason))?;
            match merge.add(&entry)? {
                Arrival::Known => came.known += 1,
                Arrival::New => came.new += 1,
                Arrival::NewOfAbsentCard => {
                    came.new += 1;
                    came.absent += 1;
                }
            }
        }
        merge.commit(&self.schedulers)?;
        Ok(came)
    }
}

impl Default for LogHeader {
    fn default() -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION }
    }
}

impl LogHeader {
    fn check(text: &str) -> Result<(), String> {
        match serde_json::from_str::<Self>(text) {
            Ok(header) if header.format != FORMAT => Err(format!("its format is not “{FORMAT}”")),
            Ok(header) if header.version > VERSION => Err(format!(
                "it was written by a newer retain (version {}, this one reads {VERSION}); install that one",
                header.version
            )),
            Ok(_) => Ok(()),
            Err(_) => {
                Err("an exported log begins with its format; `retain log export` writes one".to_owned())
            }
        }
    }
}

impl LogLine {
    fn of(entry: Entry, place: Option<&Place>) -> Result<Self, store::Error> {
        let at = |at| instant(at, entry.utc_offset).ok_or_else(|| no_time(at));
        let target = entry.target.map(at).transpose()?;
        let chosen: Vec<u16> =
            entry.chosen.iter().flat_map(|ids| ids.split(',')).filter_map(|id| id.parse().ok()).collect();
        let is_answer = entry.took_ms.is_some();
        Ok(Self {
            at: at(entry.at)?,
            behind_ms: entry.behind,
            day: StudyDay(entry.day).date(),
            rollover: entry.rollover,
            card: format!("{:016x}", entry.card.0),
            deck: place.map(|place| place.deck.to_string()),
            question: place.map(|place| place.question.clone()),
            kind: entry.kind,
            outcome: Seen::of(entry.correct, !chosen.is_empty(), is_answer),
            chosen,
            place: entry.place,
            covered: entry.covered,
            took_ms: entry.took_ms,
            interval: entry.interval,
            scheduler: entry.scheduler,
            target: target.map(|at| EventName { device: entry.device.clone(), at }),
            follows: entry.follows,
            device: entry.device,
        })
    }

    /// What the local clock showed.
    pub fn clock(&self) -> DateTime<FixedOffset> {
        let behind = TimeDelta::try_milliseconds(self.behind_ms.unwrap_or_default()).unwrap_or_default();
        self.at.checked_sub_signed(behind).unwrap_or(self.at)
    }

    /// The study day that lies the event's interval after its own.
    pub fn next_day(&self) -> StudyDay {
        StudyDay::from_date(self.day).plus(Days(self.interval.unwrap_or_default()))
    }

    fn entry(self) -> Result<Entry, String> {
        if !self.at.timestamp_subsec_nanos().is_multiple_of(1_000_000) {
            return Err("`at` is finer than a millisecond".to_owned());
        }
        let card = u64::from_str_radix(&self.card, 16).map_err(|_| "`card` is no hexadecimal number")?;
        if self.target.as_ref().is_some_and(|target| target.device != self.device) {
            return Err("an undo takes back an event of its own device".to_owned());
        }
        let chosen: Vec<String> = self.chosen.iter().map(u16::to_string).collect();
        if self.outcome == Some(Seen::NotKnown) && !chosen.is_empty() {
            return Err("options were chosen, and `outcome` says “not-known”".to_owned());
        }
        if self.outcome == Some(Seen::Wrong) && chosen.is_empty() {
            return Err("no option was chosen, and `outcome` says “wrong”".to_owned());
        }
        Ok(Entry {
            device: self.device,
            at: self.at.timestamp_millis(),
            behind: self.behind_ms,
            utc_offset: self.at.offset().local_minus_utc(),
            day: StudyDay::from_date(self.day).0,
            rollover: self.rollover,
            scheduler: self.scheduler,
            card: Uid(card.cast_signed()),
            kind: self.kind,
            chosen: (!chosen.is_empty()).then(|| chosen.join(",")),
            place: self.place,
            correct: self.outcome.and_then(Seen::correct),
            covered: self.covered,
            took_ms: self.took_ms,
            interval: self.interval,
            target: self.target.map(|target| target.at.timestamp_millis()),
            follows: self.follows,
        })
    }
}

fn entry_of(text: &str) -> Result<Entry, String> {
    let line: LogLine = serde_json::from_str(text).map_err(|error| json_mistake(&error))?;
    let entry = line.entry()?;
    entry.flaw().map_or(Ok(entry), Err)
}

/// What is wrong with a line of JSON, by its column. Its number is for the caller to say: to the reader of JSON
/// each line is the first.
pub fn json_mistake(error: &serde_json::Error) -> String {
    let (words, column) = (error.to_string(), error.column());
    let place = format!(" at line {} column {column}", error.line());
    let words = words.strip_suffix(&place).unwrap_or(&words);
    let broken = if error.is_data() { "" } else { "broken JSON: " };
    format!("column {column}: {broken}{words}")
}

/// RFC 3339 knows offsets of whole minutes only, and the instant is what counts.
fn instant(at: i64, utc_offset: i32) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(utc_offset - utc_offset % 60)?;
    Some(DateTime::from_timestamp_millis(at)?.with_timezone(&offset))
}

fn no_time(at: i64) -> store::Error {
    store::Error::Damaged { what: "time in the review log", detail: at.to_string() }
}

impl Seen {
    fn of(correct: Option<bool>, chose: bool, is_answer: bool) -> Option<Self> {
        match correct {
            Some(true) => Some(Self::Right),
            Some(false) if chose => Some(Self::Wrong),
            Some(false) => Some(Self::NotKnown),
            None => is_answer.then_some(Self::Unobserved),
        }
    }

    fn correct(self) -> Option<bool> {
        match self {
            Self::Right => Some(true),
            Self::Wrong | Self::NotKnown => Some(false),
            Self::Unobserved => None,
        }
    }
}

/// Lines that are read one at a time, and counted. Empty ones are passed over.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    number: usize,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Option<String>> {
        loop {
            self.number += 1;
            let mut bytes = Vec::new();
            let read = (&mut *self.input).take(LONGEST_LINE).read_until(b'\n', &mut bytes);
            match read.map_err(|error| self.error(error.to_string()))? as u64 {
                0 => return Ok(None),
                LONGEST_LINE => return Err(self.error("it is longer than any event".to_owned())),
                _ if bytes.trim_ascii().is_empty() => {}
                _ => {
                    let text = String::from_utf8(bytes);
                    return text.map(Some).map_err(|_| self.error("it is not UTF-8".to_owned()));
                }
            }
        }
    }

    fn error(&self, reason: String) -> Error {
        Error::Log { line: self.number, reason }
    }
}
