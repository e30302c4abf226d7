//! How many new cards a sitting still holds. The sitting itself does not know which of its cards are
//! new; a card shows it when it is asked.

use std::collections::HashSet;

use crate::domain::{ids::CardId, session::Asking};

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

    pub(super) fn answered(&mut self, asking: &Asking) {
        if asking.state.schedule.is_none() {
            self.no_longer.insert(asking.card);
        }
    }

    pub(super) fn undone(&mut self, card: CardId) {
        self.no_longer.remove(&card);
    }

    pub(super) fn left(&self) -> usize {
        self.at_first.saturating_sub(self.no_longer.len())
    }
}
