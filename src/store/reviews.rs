//! All answers of a scope at once, as narrow as statistics need them: rows instead of events, since years of
//! study come to a million of them.

use std::collections::{HashMap, HashSet};

use rusqlite::Row;

use super::{Doing, Result, Store};
use crate::domain::{
    deck::Scope,
    evaluation::Review,
    grade::Grade,
    ids::{CardId, DeckId},
    time::StudyDay,
};

impl Store {
    /// The answers of a scope that count, oldest first: undone ones are left out, by the same rule as in
    /// [`crate::domain::review_log::effective`]. Cards that have left their chapter are among them.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn reviews(&self, scope: &Scope) -> Result<Vec<Review>> {
        let doing = "read the answers in the review log";
        let cards = self.cards_ever_in(scope)?;
        let sql = "SELECT id, card, day, kind, correct, target FROM log ORDER BY id DESC";
        let mut statement = self.connection.prepare_cached(sql).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        let mut undone: HashSet<i64> = HashSet::new();
        let mut reviews = Vec::new();
        while let Some(row) = rows.next().doing(doing)? {
            if undone.remove(&row.get(0).doing(doing)?) {
                continue;
            }
            if let Some(target) = row.get(5).doing(doing)? {
                undone.insert(target);
                continue;
            }
            let Some(review) = review_of_row(row).doing(doing)? else { continue };
            if cards.as_ref().is_none_or(|cards| cards.contains(&review.card)) {
                reviews.push(review);
            }
        }
        reviews.reverse();
        Ok(reviews)
    }

    /// How many options each question has that has just one right one among several.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn option_counts(&self) -> Result<HashMap<CardId, usize>> {
        let sql = include_str!("sql/option_counts.sql");
        let read = || -> rusqlite::Result<HashMap<CardId, usize>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows =
                statement.query_map([], |row| Ok((CardId(row.get(0)?), row.get::<_, i64>(1)? as usize)))?;
            rows.collect()
        };
        read().doing("count the options of the questions")
    }

    /// The cards that are or were in the decks of a scope; `None` for all.
    fn cards_ever_in(&self, scope: &Scope) -> Result<Option<HashSet<CardId>>> {
        let decks: Vec<DeckId> = match scope {
            Scope::Everything => return Ok(None),
            Scope::Book(_) | Scope::Deck(_) => self.decks_of(scope)?,
        };
        let read = || -> rusqlite::Result<HashSet<CardId>> {
            let mut statement = self.connection.prepare_cached("SELECT id FROM card WHERE deck = ?")?;
            let mut cards = HashSet::new();
            for deck in decks {
                for card in statement.query_map([deck.0], |row| row.get(0))? {
                    cards.insert(CardId(card?));
                }
            }
            Ok(cards)
        };
        read().doing("list the cards of a deck").map(Some)
    }
}

/// `None` for acts that are no answers.
fn review_of_row(row: &Row<'_>) -> rusqlite::Result<Option<Review>> {
    let kind = row.get_ref(3)?.as_str()?;
    let Some(grade) = Grade::ALL.into_iter().find(|grade| grade.word() == kind) else { return Ok(None) };
    Ok(Some(Review { card: CardId(row.get(1)?), day: StudyDay(row.get(2)?), grade, right: row.get(4)? }))
}
