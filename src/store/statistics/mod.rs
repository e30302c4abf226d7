//! What statistics are made of, read fast: a million answers and a hundred thousand cards in a fraction of a
//! second. Knows nothing of what the figures mean.

mod rows;
mod cards;
mod fold;
mod cache;
mod summary;
mod ledger;
mod predictions;
mod checking;

use std::{borrow::Cow, collections::BTreeSet, path::Path};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{
    Doing, Result, Store,
    log::{is_merged, merged_through},
};
use crate::domain::{
    deck::Scope,
    evaluation::{Ledger, Measurement},
    ids::DeckId,
    scheduler::Schedulers,
    stats::{History, Period, Prediction, Shelf, Summary},
    time::StudyDay,
};
pub use checking::STATISTICS_FILES;
use fold::Log;
use rows::{Kind, Rows};
use summary::Kept;

/// With so many rows that the cache of the log lacks it is written anew.
const TOO_MANY: usize = 5_000;
/// The answers to so few cards are looked up one card after the other.
const FEW_CARDS: usize = 1_000;

const READ_LOG: &str = "read the answers in the review log";

/// Where the log ended when it was read: what is worked out of all of it holds until it has a further row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEnd(i64);

/// What statistics of a scope are made of.
#[derive(Debug)]
pub struct Material {
    /// The cards.
    pub shelf: Shelf,
    /// What the answers come to.
    pub summary: Summary,
    /// The answers.
    pub answers: Answers,
}

/// The answers that statistics are about.
#[derive(Debug)]
pub enum Answers {
    /// Those of a scope.
    OfScope(History),
    /// All that the log had when it ended like this.
    OfAll {
        /// The end of the log.
        end: LogEnd,
        /// The answers, where they had to be read.
        read: Option<History>,
    },
}

/// What came after an event.
struct Later {
    /// The rows of the cards that were answered since, from the first one on.
    log: Log,
    /// So many answers of it had been there before.
    known: usize,
}

impl Store {
    /// The cards of a scope and what their answers come to in a period. Everything has the answers to cards that
    /// are not here, too.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn statistics(&self, scope: &Scope, period: Period, schedulers: &Schedulers) -> Result<Material> {
        // What is read one after the other must be of one time, though a session goes on meanwhile.
        let _snapshot = self.connection.unchecked_transaction().doing(READ_LOG)?;
        let decks = self.decks_of(scope)?;
        if *scope == Scope::Everything {
            return self.everything(&decks, period, schedulers);
        }
        let shelf = cards::shelf(self, &decks, schedulers)?;
        let log = match shelf.cards.len() {
            ..=FEW_CARDS => {
                let ids = shelf.cards.iter().map(|card| card.id.0);
                let (rows, ids) = Rows::of_cards(&self.connection, ids, i64::MAX).doing(READ_LOG)?;
                Log::of_some(rows, &ids)
            }
            _ => self.log()?,
        };
        let (history, _) = log.history(&shelf.cards, false);
        let summary = Summary::of(&shelf, &history, period);
        Ok(Material { shelf, summary, answers: Answers::OfScope(history) })
    }

    /// The cards of a scope alone.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn shelf(&self, scope: &Scope, schedulers: &Schedulers) -> Result<Shelf> {
        cards::shelf(self, &self.decks_of(scope)?, schedulers)
    }

    /// The answers to these cards in the log with this end.
    fn answers(&self, shelf: &Shelf, end: LogEnd) -> Result<History> {
        let mut rows = self.rows()?;
        rows.truncate(end.0 as usize);
        let log = Log::new(rows, is_merged(&self.connection).doing(READ_LOG)?);
        Ok(log.history(&shelf.cards, false).0)
    }

    fn everything(&self, decks: &[DeckId], period: Period, schedulers: &Schedulers) -> Result<Material> {
        let mut shelf = cards::shelf(self, decks, schedulers)?;
        let folder = self.folder().filter(|_| period == Period::ALL);
        if let Some(kept) = folder.as_ref().and_then(|folder| summary::read(folder, &self.connection))
            && let Some((summary, end)) = self.continued(&kept, &mut shelf).doing(READ_LOG)?
        {
            return Ok(Material { shelf, summary, answers: Answers::OfAll { end, read: None } });
        }
        let log = self.log()?;
        shelf.cards.retain(|card| card.chapter.is_some());
        let (history, further) = log.history(&shelf.cards, true);
        shelf.cards.extend(further);
        let rows = log.rows().len();
        drop(log);
        let mut summary = Summary::of(&shelf, &history, period);
        if let Some(folder) = folder.filter(|_| rows >= TOO_MANY) {
            // That it cannot be written harms nobody.
            let _ = summary::save(&folder, &self.connection, rows as i64, &shelf, &mut summary);
        }
        let end = LogEnd(rows as i64);
        Ok(Material { shelf, summary, answers: Answers::OfAll { end, read: Some(history) } })
    }

    /// A kept summary with the answers after it. `None` where it was made with other questions, or where it
    /// cannot be continued.
    fn continued(&self, kept: &Kept, shelf: &mut Shelf) -> rusqlite::Result<Option<(Summary, LogEnd)>> {
        let end = LogEnd(last_row(&self.connection)?);
        let Some(later) = self.later(kept.rows(), end)? else { return Ok(None) };
        let Some(mut summary) = kept.summary(shelf) else { return Ok(None) };
        let (history, further) = later.log.history(&shelf.cards, true);
        shelf.cards.extend(further);
        summary.add(shelf, &history, &history.answers[later.known..]);
        Ok(Some((summary, end)))
    }

    /// What came after an event. `None` where there is much of it, where it is in any order, or where it changes
    /// what answers before it count for.
    fn later(&self, known: i64, LogEnd(end): LogEnd) -> rusqlite::Result<Option<Later>> {
        if end - known > TOO_MANY as i64 || merged_through(&self.connection)? > known {
            return Ok(None);
        }
        let (mut rows, _) = Rows::after(&self.connection, known)?;
        rows.truncate(usize::try_from(end - known).unwrap_or_default());
        let takes_back = rows.names.undos.iter().any(|(_, target)| *target <= known);
        if takes_back || rows.iter().any(|row| row.kind == Kind::Reset) {
            return Ok(None);
        }
        let answered = rows.iter().filter(|row| matches!(row.kind, Kind::Answer(_)));
        let cards: BTreeSet<i64> = answered.map(|row| row.card.into()).collect();
        // What an answer counts for depends on those to the same card before it.
        let (rows, ids) = Rows::of_cards(&self.connection, cards.into_iter(), end)?;
        let log = Log::of_some(rows, &ids);
        let known = log.answers_through(&ids, known);
        Ok(Some(Later { log, known }))
    }

    /// What predictors came to for the answers of a period, in the log with this end; of these answers, where
    /// they have been read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn predictions(
        &self,
        shelf: &Shelf,
        history: Option<&History>,
        end: LogEnd,
        period: Period,
    ) -> Result<Option<Measurement>> {
        let folder = self.folder().filter(|_| period == Period::ALL && end.0 >= TOO_MANY as i64);
        let Some(folder) = folder else {
            return Ok(Prediction::measure(shelf, &*self.read_or(history, shelf, end)?, period));
        };
        if let Some(kept) = predictions::read(&folder, &self.connection, end, &Prediction::PREDICTORS) {
            return Ok(Some(kept));
        }
        let ledger = match self.ledger_continued(&folder, shelf, end).doing(READ_LOG)? {
            Some(ledger) => ledger,
            None => {
                let mut ledger = Ledger::default();
                Prediction::enter(&mut ledger, shelf, &*self.read_or(history, shelf, end)?, 0);
                // That it cannot be written harms nobody.
                let _ = ledger::save(&folder, &self.connection, end, &ledger);
                ledger
            }
        };
        let measured = ledger.measurement(&Prediction::PREDICTORS);
        if let Some(measured) = &measured {
            predictions::write(&folder, &self.connection, end, measured);
        }
        Ok(measured)
    }

    fn read_or<'a>(
        &self,
        history: Option<&'a History>,
        shelf: &Shelf,
        end: LogEnd,
    ) -> Result<Cow<'a, History>> {
        Ok(match history {
            Some(history) => Cow::Borrowed(history),
            None => Cow::Owned(self.answers(shelf, end)?),
        })
    }

    /// The ledger that is kept, with the answers after it. `None` as in [`Store::continued`].
    fn ledger_continued(
        &self,
        folder: &Path,
        shelf: &Shelf,
        end: LogEnd,
    ) -> rusqlite::Result<Option<Ledger>> {
        let Some((mut ledger, known)) = ledger::read(folder, &self.connection) else { return Ok(None) };
        let Some(later) = self.later(known, end)? else { return Ok(None) };
        let (history, _) = later.log.history(&shelf.cards, false);
        Prediction::enter(&mut ledger, shelf, &history, later.known);
        Ok(Some(ledger))
    }

    /// The study days with answers that count, in their order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn study_days(&self) -> Result<Vec<StudyDay>> {
        let recent = self.days_by_header().doing(READ_LOG)?;
        recent.map_or_else(|| Ok(self.log()?.days()), Ok)
    }

    fn log(&self) -> Result<Log> {
        Ok(Log::new(self.rows()?, is_merged(&self.connection).doing(READ_LOG)?))
    }

    /// All rows of the log: from the cache, as far as that goes. It is written anew where much is missing; that
    /// it cannot be written harms nobody.
    fn rows(&self) -> Result<Rows> {
        let folder = self.folder();
        let cached = folder.as_ref().and_then(|folder| cache::rows(folder, &self.connection));
        let mut rows = cached.unwrap_or_default();
        let known = rows.len();
        rows.read_on(&self.connection).doing(READ_LOG)?;
        if let Some(folder) = folder.filter(|_| rows.len() >= known + TOO_MANY) {
            let log = Log::new(rows, is_merged(&self.connection).doing(READ_LOG)?);
            let _ = cache::save(&folder, &self.connection, log.rows(), &log.days());
            rows = log.into_rows();
        }
        Ok(rows)
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
