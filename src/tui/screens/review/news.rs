//! How many new cards a sitting still holds. The sitting itself does not know which of its cards are
//! new; a card shows it when it is asked.

use std::collections::HashSet;

use crate::domain::ids::CardId;

/// The new cards of a sitting.
#[derive(Debug, Default)]
pub(super) struct News {
    at_first: usize,
    no_longer: HashSet<CardId>,
}

impl News {
    pub(super) fn new(at_first: usize) -> Self {
        Self { at_first, no_longer: HashSet::new() }
    }

    /// A card was answered or set aside.
    pub(super) fn gone(&mut self, card: CardId, was_new: bool) {
        if was_new {
            self.no_longer.insert(card);
        }
    }

    pub(super) fn undone(&mut self, card: CardId) {
        self.no_longer.remove(&card);
    }

    pub(super) fn left(&self) -> usize {
        self.at_first.saturating_sub(self.no_longer.len())
    }
}
