//! New cards, whose identities are made here. A first import adds a hundred thousand of them, so their
//! statements are prepared once for a chapter.

use std::collections::HashMap;

use rusqlite::{CachedStatement, OptionalExtension, params};
use xxhash_rust::xxh3::xxh3_64;

use super::Import;
use crate::{
    domain::{
        deck::DeckName,
        ids::{CardId, DeckId},
        question::Question,
    },
    store::{Doing, Result, cards, decks::deck_of, log, questions::Saving},
};

/// Adds new cards to a deck, one after another.
pub struct Adding<'i> {
    import: &'i Import<'i>,
    deck: DeckId,
    name: &'i DeckName,
    insert: CachedStatement<'i>,
    questions: Saving<'i>,
    /// How many further identities are known to be taken of questions that came before: a chapter may ask one
    /// and the same a hundred thousand times.
    attempts: HashMap<i64, u64>,
}

impl Import<'_> {
    /// Begins to add new cards to the deck with this name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn adding<'i>(&'i self, deck: DeckId, name: &'i DeckName) -> Result<Adding<'i>> {
        let sql = "INSERT INTO card (id, uid, deck, place) VALUES (?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING";
        let insert = self.transaction.prepare_cached(sql).doing("add a card")?;
        let questions = Saving::over(&self.transaction)?;
        Ok(Adding { import: self, deck, name, insert, questions, attempts: HashMap::new() })
    }

    /// The id of a card that only the log told of so far, and that is here from now on.
    fn take_absent(&self, uid: i64) -> rusqlite::Result<Option<i64>> {
        let sql = "DELETE FROM absent_card WHERE uid = ? RETURNING id";
        self.transaction.prepare_cached(sql)?.query_row([uid], |row| row.get(0)).optional()
    }

    /// Brings a new card to where the log of another machine has told that it stands.
    fn follow_log(&self, card: CardId) -> Result<()> {
        log::settle(&self.transaction, card, None)?;
        let deck = deck_of(&self.transaction, card)?;
        let state = log::replay(&self.transaction, card, &self.schedulers.of(&deck))?;
        cards::save(&self.transaction, card, &state)?;
        self.refresh_elsewhere(card)
    }
}

impl Adding<'_> {
    /// A new card with its question. Where the log of another machine has told of it already, it has the
    /// state that follows from there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn card(&mut self, place: u32, line: u32, question: &Question) -> Result<CardId> {
        let (card, is_told_of) = self.insert(place, question).doing("add a card")?;
        self.import.index_question(card, question)?;
        self.questions.save(card, line, question)?;
        if is_told_of {
            self.import.follow_log(card)?;
        }
        Ok(card)
    }

    /// A new card without a question, and whether the log has told of it already. It gets the first of its
    /// identities that no other card has.
    fn insert(&mut self, place: u32, question: &Question) -> rusqlite::Result<(CardId, bool)> {
        let identity = Identity::of(self.name, question);
        if let Some(inserted) = self.insert_as(identity.first(), place)? {
            return Ok(inserted);
        }
        let key = identity.key();
        loop {
            let attempt = self.attempts.entry(key).or_default();
            let uid = identity.further(*attempt);
            *attempt += 1;
            if let Some(inserted) = self.insert_as(uid, place)? {
                return Ok(inserted);
            }
        }
    }

    /// The same under this identity, if it is free.
    fn insert_as(&mut self, uid: i64, place: u32) -> rusqlite::Result<Option<(CardId, bool)>> {
        let import = self.import;
        let told_of = if import.tells_of_absent { import.take_absent(uid)? } else { None };
        let id = told_of.unwrap_or(import.next_card.get());
        if self.insert.execute(params![id, uid, self.deck.0, place])? == 0 {
            return Ok(None);
        }
        import.next_card.set(import.next_card.get().max(id + 1));
        Ok(Some((CardId(id), told_of.is_some())))
    }
}

/// What identities for a new card are made of: the chapter's title and the question's number, or what it asks where
/// it has none, so that two machines that import one chapter give it the same one.
struct Identity<'a> {
    name: &'a DeckName,
    number: &'a str,
    stem: &'a str,
}

impl<'a> Identity<'a> {
    fn of(name: &'a DeckName, question: &'a Question) -> Self {
        let stem = &question.stem;
        Self { name, number: question.number.as_deref().unwrap_or(stem), stem }
    }

    fn first(&self) -> i64 {
        hash(&[&self.name.chapter, self.number])
    }

    /// Those for cards of which another one has the first.
    fn further(&self, attempt: u64) -> i64 {
        let Self { name, number, stem } = self;
        let book = name.book.as_deref().unwrap_or_default();
        hash(&[&name.chapter, number, book, stem, &attempt.to_string()])
    }

    /// What tells questions of one chapter apart whose further identities differ.
    fn key(&self) -> i64 {
        hash(&[self.number, self.stem])
    }
}

fn hash(parts: &[&str]) -> i64 {
    xxh3_64(parts.join("\0").as_bytes()) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hashed by Python's xxhash. Machines with other identities would no longer know each other's cards.
    #[test]
    fn identities_stay_what_they_were() {
        let name = DeckName { book: Some("Kochen".to_owned()), chapter: "1 Sauces".to_owned() };
        let identity = Identity { name: &name, number: "1.2", stem: "Was ist Öl?" };
        assert_eq!(identity.first(), 4_345_549_840_754_265_552);
        assert_eq!(identity.further(0), 9_146_209_857_533_086_310);
        let alone = DeckName { book: None, chapter: name.chapter.clone() };
        assert_eq!(Identity { name: &alone, ..identity }.further(3), 1_463_595_991_590_825_060);
    }
}
