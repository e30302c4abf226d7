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

/// The scopes that a person's words may mean among these decks, which stand book by book: a deck or book by its
/// whole name, by the name's beginning, or by a part of it, whichever of these matches first, upper or lower
/// case alike.
pub fn matching(decks: &[Deck], words: &str) -> Vec<(Scope, String)> {
    let words = words.trim().to_lowercase();
    let mut books: Vec<&String> = decks.iter().filter_map(|deck| deck.name.book.as_ref()).collect();
    books.dedup();
    let matches = |test: &dyn Fn(&str) -> bool| -> Vec<(Scope, String)> {
        let fits = |name: &str| test(&name.to_lowercase());
        let books = books.iter().filter(|book| fits(book));
        let books = books.map(|book| (Scope::Book((*book).clone()), (*book).clone()));
        let decks = decks.iter().filter(|Deck { name, .. }| fits(&name.to_string()) || fits(&name.chapter));
        books.chain(decks.map(|deck| (Scope::Deck(deck.id), deck.name.to_string()))).collect()
    };
    let tests: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == words, &|name| name.starts_with(&words), &|name| name.contains(&words)];
    tests.into_iter().map(matches).find(|found| !found.is_empty()).unwrap_or_default()
}
