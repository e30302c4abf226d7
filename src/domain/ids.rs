//! Names for things, so that a card's number can never be passed where a deck's was meant.

use std::fmt;

/// A deck in this collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckId(pub i64);

/// A card in this collection: what is scheduled. Today that is one card for each question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardId(pub i64);

/// An event's place in this collection's review log, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub i64);

/// An option of a question, for as long as the question lives: the place where its author first
/// wrote it, counted from 0. Letters belong to the screen; this is what an answer records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionId(pub u16);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
