//! Decks and books: a deck is one chapter, a book is a folder of them.

use std::fmt;

use super::{
    ids::{CardId, DeckId},
    question::Question,
};

/// A deck: the questions of one chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// Its identity in this collection.
    pub id: DeckId,
    /// What a person calls it.
    pub name: DeckName,
}

/// The name of a deck and, when it was imported as part of a folder, of its book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckName {
    /// The book, such as `Python`.
    pub book: Option<String>,
    /// The chapter, such as `14 Memory Model & Concurrency`.
    pub chapter: String,
}

/// A question in its deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its card.
    pub card: CardId,
    /// What is asked.
    pub question: Question,
    /// The line of its head in the chapter's file, counted from 1.
    pub line: u32,
    /// Its place in the chapter, counted from 0; of no meaning when it is retired.
    pub place: u32,
    /// Whether it has left the chapter.
    pub retired: bool,
}

/// What a sitting, a list or a figure is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The whole collection.
    Everything,
    /// All decks of one book.
    Book(String),
    /// One deck.
    Deck(DeckId),
}

impl fmt::Display for DeckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.book {
            Some(book) => write!(f, "{book} / {}", self.chapter),
            None => f.write_str(&self.chapter),
        }
    }
}
