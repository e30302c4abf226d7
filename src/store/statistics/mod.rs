//! What statistics are made of, read fast: a million answers and a hundred thousand cards in a fraction of a
//! second. Knows nothing of what the figures mean.

mod rows;
mod cards;
mod fold;
mod cache;
mod predictions;

use std::thread;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{Doing, Result, Store, log::is_merged};
use crate::domain::{
    deck::Scope,
    evaluation::{Measurement, Predictor},
    ids::DeckId,
    scheduler::Schedulers,
    stats::History,
    time::StudyDay,
};
use cards::Cards;
use fold::Log;
use rows::Rows;

/// With so many rows that the cache of the log lacks it is written anew.
const TOO_MANY: usize = 5_000;
/// The answers to so few cards are looked up one card after the other.
const FEW_CARDS: usize = 1_000;

const READ_LOG: &str = "read the answers in the review log";
const READ_CARDS: &str = "read the cards";

/// Where the log ended when it was read: what is worked out of all of it holds until it has a further row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEnd(i64);

/// What there is to say of the file beside the database that holds the log's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswersCache {
    /// There is none, or one that is not used since it is damaged or belongs to another log. It is made again
    /// when statistics need it.
    Unused,
    /// It says what the log says.
    Sound,
    /// It says something else, and statistics believe it. Deleting it mends that.
    Wrong,
}

impl Store {
    /// The cards of a scope and their answers that count, oldest first. Everything has the answers to cards
    /// that are not here, too, and is told with the end of the log.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn statistics(&self, scope: &Scope, schedulers: &Schedulers) -> Result<(History, Option<LogEnd>)> {
        let decks = self.decks_of(scope)?;
        if *scope == Scope::Everything {
            let (cards, log) = self.cards_and_log(&decks, schedulers)?;
            let end = LogEnd(log.rows().len() as i64);
            return Ok((log.history(cards, true), Some(end)));
        }
        let cards = Cards::read(&self.connection, &decks, schedulers).doing(READ_CARDS)?;
        let log = match cards.cards.len() {
            ..=FEW_CARDS => {
                let ids = cards.cards.iter().map(|card| card.id.0);
                let (rows, ids) = Rows::of_cards(&self.connection, ids).doing(READ_LOG)?;
                Log::of_some(rows, &ids)
            }
            _ => self.log()?,
        };
        Ok((log.history(cards, false), None))
    }

    /// What predictors came to for a log with this end, if it was kept.
    pub fn kept_predictions(&self, end: LogEnd, predictors: &[Predictor]) -> Option<Measurement> {
        predictions::read(&self.folder()?, &self.connection, end, predictors)
    }

    /// Keeps what predictors came to for a log with this end.
    pub fn keep_predictions(&self, end: LogEnd, measurement: &Measurement) {
        if let Some(folder) = self.folder() {
            predictions::write(&folder, &self.connection, end, measurement);
        }
    }

    /// The study days with answers that count, in their order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn study_days(&self) -> Result<Vec<StudyDay>> {
        let recent = self.days_by_header().doing(READ_LOG)?;
        recent.map_or_else(|| Ok(self.log()?.days()), Ok)
    }

    /// Compares the cache of the log's rows with the log.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn check_answers_cache(&self) -> Result<AnswersCache> {
        let cached = self.folder().and_then(|folder| cache::rows(&folder, &self.connection));
        let Some(cached) = cached else { return Ok(AnswersCache::Unused) };
        let mut rows = Rows::default();
        rows.read_on(&self.connection).doing(READ_LOG)?;
        let is_cached = |undo: &&(u32, i64)| (undo.0 as usize) < cached.len();
        let is_same = (0..cached.len()).all(|place| cached.says(place) == rows.says(place))
            && cached.names.undos.iter().eq(rows.names.undos.iter().filter(is_cached));
        Ok(if is_same { AnswersCache::Sound } else { AnswersCache::Wrong })
    }

    /// Cards and log, both at once where another connection can read the cards.
    fn cards_and_log(&self, decks: &[DeckId], schedulers: &Schedulers) -> Result<(Cards, Log)> {
        let Some(folder) = self.folder() else {
            let cards = Cards::read(&self.connection, decks, schedulers).doing(READ_CARDS)?;
            return Ok((cards, self.log()?));
        };
        thread::scope(|scope| {
            let cards = scope.spawn(|| {
                let other = Self::open_to_read(&folder)?;
                Cards::read(&other.connection, decks, schedulers).doing(READ_CARDS)
            });
            let log = self.log()?;
            Ok((cards.join().expect("reading cards does not panic")?, log))
        })
    }

    /// The whole log: from the cache, as far as that goes. It is written anew where much is missing; that it
    /// cannot be written harms nobody.
    fn log(&self) -> Result<Log> {
        let folder = self.folder();
        let cached = folder.as_ref().and_then(|folder| cache::rows(folder, &self.connection));
        let mut rows = cached.unwrap_or_default();
        let known = rows.len();
        rows.read_on(&self.connection).doing(READ_LOG)?;
        let log = Log::new(rows, is_merged(&self.connection).doing(READ_LOG)?);
        if let Some(folder) = folder.filter(|_| log.rows().len() >= known + TOO_MANY) {
            let _ = cache::save(&folder, &self.connection, log.rows(), &log.days());
        }
        Ok(log)
    }

    /// The study days that the cache's header tells of, and those of the rows after it. `None` where there is
    /// too much of these, or where they take back what came before.
    fn days_by_header(&self) -> rusqlite::Result<Option<Vec<StudyDay>>> {
        let header = self.folder().and_then(|folder| cache::header(&folder, &self.connection));
        let Some(header) = header else { return Ok(None) };
        let known = header.rows as i64;
        if last_row(&self.connection)? - known > TOO_MANY as i64 {
            return Ok(None);
        }
        let (rows, ids) = Rows::after(&self.connection, known)?;
        if rows.names.undos.iter().any(|(_, target)| *target <= known) {
            return Ok(None);
        }
        let mut days: Vec<StudyDay> = header.days.into_iter().map(StudyDay).collect();
        days.extend(Log::of_some(rows, &ids).days());
        days.sort_unstable();
        days.dedup();
        Ok(Some(days))
    }
}

fn last_row(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT coalesce(max(id), 0) FROM log", [], |row| row.get(0))
}
