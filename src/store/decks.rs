//! Decks, their counts, and where they were imported from.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    Counts, Doing, Error, Pace, Result, Store, log,
    paths::{path_of, text_of},
};
use crate::domain::{
    deck::{Deck, DeckName, Scope},
    ids::{CardId, DeckId},
    queue::Limits,
    review_log::LONGEST_MS,
    time::StudyDay,
};

/// A deck with what it comes to on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckCounts {
    /// The deck.
    pub deck: Deck,
    /// Its cards.
    pub counts: Counts,
    /// Cards that were answered for the first time on that day.
    pub introduced_today: usize,
    /// Cards that were answered on that day and earlier too.
    pub reviewed_today: usize,
}

/// Where a question came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The chapter's file.
    pub path: PathBuf,
    /// The word of the notation that a person stated for it.
    pub notation: Option<String>,
    /// The line of the question's head when it was imported, counted from 1.
    pub line: u32,
}

impl Store {
    /// All decks by name, with what they come to on this day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_counts(&self, today: StudyDay) -> Result<Vec<DeckCounts>> {
        let mut decks = self.deck_rows().doing("list the decks")?;
        let due = self.count_by_deck(include_str!("sql/count_due.sql"), today);
        let learning = self.count_by_deck(include_str!("sql/count_drills.sql"), today);
        let held = self.count_by_deck(include_str!("sql/count_held_new.sql"), today);
        let mut answered = Vec::new();
        let told = self.each_answered_on(today, |deck, introduced| {
            answered.push((deck, introduced));
            false
        });
        told.doing("count today's answers")?;
        for (deck, due) in due.doing("count the cards that are due")? {
            find(&mut decks, deck)?.counts.due = due;
        }
        for (deck, learning) in learning.doing("count the cards to repeat today")? {
            find(&mut decks, deck)?.counts.learning = learning;
        }
        for (deck, held) in held.doing("count the new cards that are set aside")? {
            find(&mut decks, deck)?.counts.held_new = held;
        }
        for (deck, introduced) in answered {
            let row = find(&mut decks, deck)?;
            row.introduced_today += usize::from(introduced == today);
            row.reviewed_today += usize::from(introduced != today);
        }
        decks.sort_by(|a, b| natural(&a.deck.name).cmp(&natural(&b.deck.name)));
        Ok(decks)
    }

    /// All decks by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decks(&self) -> Result<Vec<Deck>> {
        let read = || -> rusqlite::Result<Vec<Deck>> {
            let mut statement = self.connection.prepare_cached("SELECT id, book, chapter FROM deck")?;
            statement.query_map([], deck_of_row)?.collect()
        };
        let mut decks = read().doing("list the decks")?;
        decks.sort_by(|a, b| natural(&a.name).cmp(&natural(&b.name)));
        Ok(decks)
    }

    /// What a scope comes to on this day, without a look at each of its decks; and of the cards that were
    /// answered on it, those that were new and the others. Where only what these limits leave to be asked
    /// matters, it counts no further than that takes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn counts(
        &self,
        scope: &Scope,
        today: StudyDay,
        within: Option<Limits>,
    ) -> Result<(Counts, usize, usize)> {
        let (deck, book) = match scope {
            Scope::Everything => (None, None),
            Scope::Book(book) => (None, Some(book)),
            Scope::Deck(deck) => (Some(deck.0), None),
        };
        const ALL: i64 = -1;
        let most = within.map_or(ALL, |limits| limits.reviews as i64 + 1);
        let count = |row: &Row<'_>, column| row.get::<_, i64>(column).map(|count| count as usize);
        let read = |row: &Row<'_>| {
            let (due, learning, held_new) = (count(row, 0)?, count(row, 1)?, count(row, 2)?);
            Ok(Counts { due, learning, held_new, unseen: count(row, 3)?, cards: count(row, 4)? })
        };
        let counts =
            self.connection.prepare_cached(include_str!("sql/count_scope.sql")).and_then(|mut statement| {
                statement.query_row(
                    named_params! { ":today": today.0, ":deck": deck, ":book": book, ":most": most },
                    read,
                )
            });
        let counts = counts.doing("count the cards that are due")?;
        // With some due that are left out no new ones are asked, however many were introduced.
        let enough = |_, reviewed| within.is_some_and(|limits| counts.due > 0 && reviewed >= limits.reviews);
        let (introduced, reviewed) = self.answered_on(today, &self.decks_of(scope)?, enough)?;
        Ok((counts, introduced, reviewed))
    }

    /// The topics that a deck's author lists, with commas between them.
    ///
    /// # Errors
    /// When the database cannot be read, or there is no such deck.
    pub fn topics(&self, deck: DeckId) -> Result<String> {
        self.connection
            .prepare_cached("SELECT topics FROM deck WHERE id = ?")
            .and_then(|mut statement| statement.query_row([deck.0], |row| row.get(0)))
            .doing("read a deck's topics")
    }

    /// Answers of the last days up to and including today, and the time they took.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pace(&self, since: StudyDay) -> Result<Pace> {
        let mut by_day: BTreeMap<StudyDay, usize> = BTreeMap::new();
        let mut took_ms = 0;
        let counted = log::answers(&self.connection, since, |day, took| {
            *by_day.entry(day).or_default() += 1;
            took_ms += u64::from(took.min(LONGEST_MS));
        });
        counted.doing("read the last days' answers")?;
        Ok(Pace { answers: by_day.into_iter().collect(), took_ms })
    }

    /// The deck of a card.
    ///
    /// # Errors
    /// When the database cannot be read or there is no such card.
    pub fn deck_of(&self, card: CardId) -> Result<Deck> {
        deck_of(&self.connection, card)
    }

    /// What a deck is called; `None` for no deck at all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn name_of(&self, deck: DeckId) -> Result<Option<DeckName>> {
        let found = self
            .connection
            .prepare_cached("SELECT id, book, chapter FROM deck WHERE id = ?")
            .and_then(|mut statement| statement.query_row([deck.0], deck_of_row).optional());
        Ok(found.doing("read the name of a deck")?.map(|deck| deck.name))
    }

    /// Where a card's question came from; `None` when its deck has no file.
    ///
    /// # Errors
    /// When the database cannot be read or there is no such card.
    pub fn source_of(&self, card: CardId) -> Result<Option<Source>> {
        let sql = "SELECT deck.path, deck.notation, question.line FROM card
                   JOIN deck ON deck.id = card.deck JOIN question ON question.card = card.id
                   WHERE card.id = ?";
        let row = self.connection.prepare_cached(sql).and_then(|mut statement| {
            statement
                .query_row([card.0], |row| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?, row.get(2)?)))
        });
        let (path, notation, line) = row.doing("read where a card came from")?;
        Ok(path.map(|path| Source { path: path_of(&path), notation, line }))
    }

    /// The deck that was imported from this file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_from(&self, path: &Path) -> Result<Option<Deck>> {
        let sql = "SELECT id, book, chapter FROM deck WHERE path = ?";
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([text_of(path)], deck_of_row).optional())
            .doing("look for a deck")
    }

    /// The decks of a scope, in the order of their identities.
    pub(super) fn decks_of(&self, scope: &Scope) -> Result<Vec<DeckId>> {
        let (sql, book) = match scope {
            Scope::Deck(deck) => return Ok(vec![*deck]),
            Scope::Everything => ("SELECT id FROM deck ORDER BY id", None),
            Scope::Book(book) => ("SELECT id FROM deck WHERE book = ? ORDER BY id", Some(book)),
        };
        let read = || -> rusqlite::Result<Vec<DeckId>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows =
                statement.query_map(rusqlite::params_from_iter(book), |row| Ok(DeckId(row.get(0)?)))?;
            rows.collect()
        };
        read().doing("list the decks")
    }

    /// All decks in the order of their identities, today's figures still to be filled in.
    fn deck_rows(&self) -> rusqlite::Result<Vec<DeckCounts>> {
        let sql = "SELECT id, book, chapter, cards, unseen FROM deck ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let cards = row.get::<_, i64>(3)? as usize;
            let unseen = row.get::<_, i64>(4)? as usize;
            Ok(DeckCounts {
                deck: deck_of_row(row)?,
                counts: Counts { cards, unseen, ..Counts::default() },
                introduced_today: 0,
                reviewed_today: 0,
            })
        })?;
        rows.collect()
    }

    fn count_by_deck(&self, sql: &str, today: StudyDay) -> rusqlite::Result<Vec<(DeckId, usize)>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(named_params! { ":today": today.0 }, |row| {
            Ok((DeckId(row.get(0)?), row.get::<_, i64>(1)? as usize))
        })?;
        rows.collect()
    }
}

/// A deck of a row that begins with its identity, book and chapter.
/// The deck of a card.
pub(super) fn deck_of(connection: &Connection, card: CardId) -> Result<Deck> {
    let sql = "SELECT deck.id, book, chapter FROM card JOIN deck ON deck.id = card.deck WHERE card.id = ?";
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row([card.0], deck_of_row))
        .doing("read a card's deck")
}

pub(super) fn deck_of_row(row: &Row<'_>) -> rusqlite::Result<Deck> {
    let name = DeckName { book: row.get(1)?, chapter: row.get(2)? };
    Ok(Deck { id: DeckId(row.get(0)?), name })
}

fn find(decks: &mut [DeckCounts], id: DeckId) -> Result<&mut DeckCounts> {
    let place = decks.binary_search_by_key(&id, |row| row.deck.id);
    let place = place.map_err(|_| Error::damaged("card", format!("its deck {} is not there", id.0)))?;
    Ok(&mut decks[place])
}

/// A name's order among others: chapter 2 before chapter 10, as people count.
fn natural(name: &DeckName) -> (Option<(String, &str)>, u64, &str) {
    let digits = name.chapter.len() - name.chapter.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = name.chapter[..digits].parse().unwrap_or(u64::MAX);
    let book = name.book.as_ref().map(|book| (book.to_lowercase(), book.as_str()));
    (book, number, &name.chapter)
}

impl Error {
    pub(super) fn damaged(what: &'static str, detail: impl ToString) -> Self {
        Self::Damaged { what, detail: detail.to_string() }
    }
}
