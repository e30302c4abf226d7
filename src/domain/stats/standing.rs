//! How each chapter stands: what is remembered of it, and when it comes next. For lists of decks.

use std::collections::HashMap;

use serde::Serialize;

use super::{Present, Shelf, Summary};
use crate::domain::{card::Hold, evaluation::Share, ids::DeckId, time::StudyDay};

/// How a chapter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Standing {
    /// True retention, over the period.
    pub recalled: Share,
    /// The next study day after today on which a card of it is due.
    pub next_due: Option<StudyDay>,
}

impl Standing {
    /// How two stand together.
    pub fn with(self, other: Self) -> Self {
        Self {
            recalled: self.recalled.plus(other.recalled),
            next_due: self.next_due.into_iter().chain(other.next_due).min(),
        }
    }

    /// How the chapters of a shelf stand, those that have cards.
    pub fn of_chapters(shelf: &Shelf, summary: &Summary, present: &Present) -> HashMap<DeckId, Self> {
        let mut standings = vec![Self::default(); shelf.chapters.len()];
        for (card, of_card) in shelf.cards.iter().zip(&summary.by_card) {
            if let Some(chapter) = card.chapter {
                let recalled = &mut standings[chapter as usize].recalled;
                *recalled = recalled.plus(of_card.counted.recalled);
            }
        }
        for card in shelf.cards_here() {
            let (Some(chapter), Some(schedule)) = (card.chapter, card.state.schedule) else { continue };
            let due = match card.state.hold {
                Hold::None => schedule.due,
                Hold::Buried(until) => schedule.due.max(until),
                Hold::Suspended => continue,
            };
            if due > present.today {
                let next = &mut standings[chapter as usize].next_due;
                *next = Some(next.map_or(due, |next| next.min(due)));
            }
        }
        shelf.chapters.iter().map(|chapter| chapter.deck.id).zip(standings).collect()
    }
}
