//! What happens to the interface: keys that became actions, and what effects came to.

use std::collections::HashMap;

use crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::{
    keymap::Action,
    model::{Begun, Screen},
    notice::Notice,
    screens::{browse, decks, import, review, statistics, welcome},
};
use crate::domain::{ids::DeckId, stats::Standing};

/// Milliseconds since the interface was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct At(pub u64);

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent, At),
    /// A text was pasted.
    Paste(String),
    /// The mouse was clicked somewhere.
    Click(Position, At),
    /// The mouse's wheel was turned by so many lines over some place.
    Wheel(Position, isize),
    /// The collection was looked at: what the first screen shows.
    Home(Home),
    /// How the decks stand was counted.
    Standings(HashMap<DeckId, Standing>),
    /// A sitting began.
    Begun(Box<Begun>),
    /// A screen has what it needs to be opened.
    Open(Box<Screen>),
    /// Something for the person to know.
    Tell(Notice),
    /// For the review.
    Review(review::Message),
    /// For the statistics.
    Statistics(statistics::Message),
    /// For the import.
    Import(import::Message),
    /// For the list of cards.
    Browse(browse::Message),
}

/// What the first screen shows.
#[derive(Debug)]
pub enum Home {
    /// There is nothing to study yet.
    Welcome(welcome::Model),
    /// There are decks.
    Decks(Box<decks::Model>),
}

/// An action that was asked for, by which key, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// What is asked for.
    pub action: Action,
    /// By which key.
    pub key: KeyEvent,
    /// When.
    pub at: At,
}

impl At {
    /// Milliseconds since an earlier time.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}
