//! Bringing chapters in: one transaction for everything that one import changes, whole or absent.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use xxhash_rust::xxh3::xxh3_64;

use super::{Doing, Result, Store, decks::deck_of_row, questions};
use crate::domain::{
    deck::{Deck, DeckName, Entry},
    ids::{CardId, DeckId},
    question::Question,
};

/// An import under way. Dropped before [`Import::commit`], it has changed nothing.
#[derive(Debug)]
pub struct Import<'a> {
    transaction: Transaction<'a>,
}

impl Store {
    /// Begins an import.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn import(&mut self) -> Result<Import<'_>> {
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        Ok(Import { transaction: begun.doing("begin the import")? })
    }
}

impl Import<'_> {
    /// The deck that was imported from this file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_from(&self, path: &Path) -> Result<Option<Deck>> {
        self.deck_where("path = ?", params![path.to_string_lossy()])
    }

    /// The deck with this name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_named(&self, name: &DeckName) -> Result<Option<Deck>> {
        let values = params![name.book.as_deref().unwrap_or_default(), name.chapter];
        self.deck_where("coalesce(book, '') = ? AND chapter = ?", values)
    }

    /// The decks that were imported from files, with those files.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decks_with_files(&self) -> Result<Vec<(Deck, PathBuf)>> {
        let read = || -> rusqlite::Result<Vec<(Deck, PathBuf)>> {
            let sql = "SELECT id, book, chapter, path FROM deck WHERE path IS NOT NULL ORDER BY id";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement
                .query_map([], |row| Ok((deck_of_row(row)?, PathBuf::from(row.get::<_, String>(3)?))))?;
            rows.collect()
        };
        read().doing("list where decks came from")
    }

    /// A deck's chapter is no longer in the file that it came from.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget_path(&self, deck: DeckId) -> Result<()> {
        let sql = "UPDATE deck SET path = NULL WHERE id = ?";
        let forgotten =
            self.transaction.prepare_cached(sql).and_then(|mut statement| statement.execute([deck.0]));
        forgotten.doing("forget where a deck came from").map(drop)
    }

    /// A new deck, still empty.
    ///
    /// # Errors
    /// When the database cannot be written or the name is taken.
    pub fn add_deck(&self, name: &DeckName) -> Result<DeckId> {
        let sql = "INSERT INTO deck (book, chapter, topics) VALUES (?, ?, '')";
        let id = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.insert(params![name.book, name.chapter]));
        id.map(DeckId).doing("add a deck")
    }

    /// Sets what is known of a deck's chapter.
    ///
    /// # Errors
    /// When the database cannot be written or the name is taken.
    pub fn describe_deck(&self, deck: DeckId, name: &DeckName, topics: &[String], path: &Path) -> Result<()> {
        let sql = "UPDATE deck SET book = ?, chapter = ?, topics = ?, path = ? WHERE id = ?";
        let values = params![name.book, name.chapter, topics.join(", "), path.to_string_lossy(), deck.0];
        let set = self.transaction.prepare_cached(sql).and_then(|mut statement| statement.execute(values));
        set.doing("describe a deck").map(drop)
    }

    /// All questions of a deck in the chapter's order, retired ones last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn questions(&self, deck: DeckId) -> Result<Vec<Entry>> {
        questions::of_deck(&self.transaction, deck)
    }

    /// A new card with its question.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_card(
        &self,
        deck: DeckId,
        name: &DeckName,
        place: u32,
        line: u32,
        question: &Question,
    ) -> Result<CardId> {
        let doing = "add a card";
        let uid = self.unused_uid(name, question).doing(doing)?;
        let sql = "INSERT INTO card (uid, deck, place) VALUES (?, ?, ?)";
        let card = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.insert(params![uid, deck.0, place]))
            .map(CardId)
            .doing(doing)?;
        questions::save(&self.transaction, card, line, question)?;
        Ok(card)
    }

    /// Sets what a card asks, and that its question stands in the chapter, at this place.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn set_card(&self, card: CardId, place: u32, line: u32, question: &Question) -> Result<()> {
        let sql = "UPDATE card SET place = ?, retired = 0 WHERE id = ?";
        let set = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params![place, card.0]));
        set.doing("place a card")?;
        questions::save(&self.transaction, card, line, question)
    }

    /// Takes a card out of its chapter. Its history stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn retire(&self, card: CardId) -> Result<()> {
        let sql = "UPDATE card SET retired = 1 WHERE id = ?";
        let retired =
            self.transaction.prepare_cached(sql).and_then(|mut statement| statement.execute([card.0]));
        retired.doing("retire a card").map(drop)
    }

    /// Brings a deck's own counts up to date, after its cards have changed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn refresh(&self, deck: DeckId) -> Result<()> {
        refresh_deck(&self.transaction, deck)
    }

    /// Makes all of it real.
    ///
    /// # Errors
    /// When the database cannot be written. Nothing has changed then.
    pub fn commit(self) -> Result<()> {
        self.transaction.commit().doing("finish the import")
    }

    fn deck_where(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Option<Deck>> {
        let sql = format!("SELECT id, book, chapter FROM deck WHERE {condition}");
        let found = self
            .transaction
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row(values, deck_of_row).optional());
        found.doing("look for a deck")
    }

    /// An identity for a new card. It follows from the chapter's title and the question's number, or what
    /// it asks where it has none, so that two machines that import one chapter give it the same one.
    fn unused_uid(&self, name: &DeckName, question: &Question) -> rusqlite::Result<i64> {
        let chapter = &name.chapter;
        let book = name.book.as_deref().unwrap_or_default();
        let stem = &question.stem;
        let number = question.number.as_deref().unwrap_or(stem);
        let mut taken =
            self.transaction.prepare_cached("SELECT EXISTS (SELECT 1 FROM card WHERE uid = ?)")?;
        let mut content = format!("{chapter}\0{number}");
        for attempt in 0.. {
            let uid = xxh3_64(content.as_bytes()) as i64;
            if !taken.query_row([uid], |row| row.get(0))? {
                return Ok(uid);
            }
            content = format!("{chapter}\0{number}\0{book}\0{stem}\0{attempt}");
        }
        unreachable!("there is always a further attempt")
    }
}

/// Brings the counts of a card's deck up to date.
pub(super) fn refresh_deck_of(connection: &Connection, card: CardId) -> Result<()> {
    let sql = "SELECT deck FROM card WHERE id = ?";
    let deck = connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0)))
        .doing("read a card's deck")?;
    refresh_deck(connection, DeckId(deck))
}

fn refresh_deck(connection: &Connection, deck: DeckId) -> Result<()> {
    let refreshed = connection
        .prepare_cached(include_str!("sql/refresh_deck.sql"))
        .and_then(|mut statement| statement.execute([deck.0]));
    refreshed.doing("count a deck's cards").map(drop)
}
