//! All answers of a scope at once, as narrow as statistics need them: rows instead of events, since years of
//! study come to a million of them.

use std::collections::{HashMap, HashSet};

use rusqlite::Row;

use super::{
    Doing, Result, Store,
    log::{is_merged, undone},
};
use crate::domain::{
    deck::Scope,
    evaluation::Review,
    grade::Grade,
    ids::{CardId, DeckId},
    time::StudyDay,
};

impl Store {
    /// The answers of a scope that count, oldest first: undone ones are left out, and those before a card was
    /// reset. Cards that have left their chapter are among them.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn reviews(&self, scope: &Scope) -> Result<Vec<Review>> {
        let doing = "read the answers in the review log";
        let cards = self.cards_ever_in(scope)?;
        let undone = undone(&self.connection).doing(doing)?;
        let merged = is_merged(&self.connection).doing(doing)?;
        let order = if merged { "at DESC, device DESC" } else { "log.id DESC" };
        let sql = format!("{} ORDER BY {order}", include_str!("sql/reviews.sql"));
        let mut statement = self.connection.prepare_cached(&sql).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        let (mut reset, mut reviews) = (HashSet::new(), Vec::new());
        while let Some(row) = rows.next().doing(doing)? {
            let card = CardId(row.get(1).doing(doing)?);
            if undone.contains(&row.get(0).doing(doing)?) || reset.contains(&card) {
                continue;
            }
            match deed_of_row(row).doing(doing)? {
                Deed::Answer(review) if cards.as_ref().is_none_or(|cards| cards.contains(&card)) => {
                    reviews.push(review);
                }
                Deed::Reset => drop(reset.insert(card)),
                Deed::Answer(_) | Deed::Other => {}
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

/// What an event means for whoever looks at answers.
enum Deed {
    Answer(Review),
    Reset,
    Other,
}

fn deed_of_row(row: &Row<'_>) -> rusqlite::Result<Deed> {
    let kind = row.get_ref(3)?.as_str()?;
    if kind == "reset" {
        return Ok(Deed::Reset);
    }
    let Some(grade) = Grade::ALL.into_iter().find(|grade| grade.word() == kind) else {
        return Ok(Deed::Other);
    };
    let (card, day, right) = (CardId(row.get(1)?), StudyDay(row.get(2)?), row.get(4)?);
    Ok(Deed::Answer(Review { card, day, grade, right }))
}
