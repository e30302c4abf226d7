//! What a list shows of the cards that were found.

use rusqlite::{OptionalExtension, Row};

use super::super::{Doing, Error, Result, Store, cards};
use crate::domain::{card::CardState, deck::DeckName, ids::CardId};

/// A card as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// The number that its author gave the question.
    pub number: Option<String>,
    /// The question's difficulty, in its author's words.
    pub difficulty: Option<String>,
    /// The question's topic.
    pub topic: String,
    /// What is asked.
    pub stem: String,
    /// The card's state.
    pub state: CardState,
    /// Whether it has left its chapter, or was deleted.
    pub is_retired: bool,
}

impl Store {
    /// What a list shows of these cards, in their order. Those that are gone meanwhile are left out.
    ///
    /// # Errors
    /// When the database cannot be read, or a row says what cannot be.
    pub fn found(&self, cards: &[CardId]) -> Result<Vec<Found>> {
        let doing = "read what was found";
        let sql = format!("SELECT {}, {}", cards::STATE, include_str!("../sql/found.sql"));
        let mut statement = self.connection.prepare_cached(&sql).doing(doing)?;
        let mut found = Vec::with_capacity(cards.len());
        for card in cards {
            let row = statement.query_row([card.0], |row| found_of_row(*card, row)).optional();
            found.extend(row.doing(doing)?);
        }
        Ok(found)
    }

    /// The card with this identity, to be the same on every machine.
    ///
    /// # Errors
    /// When the database cannot be read, or there is no such card.
    pub fn uid_of(&self, card: CardId) -> Result<i64> {
        let sql = "SELECT uid FROM card WHERE id = ?";
        let uid = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0)).optional());
        let uid = uid.doing("read a card's identity")?;
        uid.ok_or_else(|| Error::damaged("card", format!("there is no card {}", card.0)))
    }
}

fn found_of_row(card: CardId, row: &Row<'_>) -> rusqlite::Result<Found> {
    const FIRST: usize = cards::STATE_COLUMNS;
    Ok(Found {
        card,
        deck: DeckName { book: row.get(FIRST)?, chapter: row.get(FIRST + 1)? },
        number: row.get(FIRST + 2)?,
        difficulty: row.get(FIRST + 3)?,
        topic: row.get(FIRST + 4)?,
        stem: row.get(FIRST + 5)?,
        state: cards::state_of_row(row)?,
        is_retired: row.get(FIRST + 6)?,
    })
}
