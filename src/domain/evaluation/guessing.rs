//! What is known beyond guessing: of k options one hits the right one once in k times without knowing
//! anything.

use std::collections::HashMap;

use super::{history::History, share::Share};
use crate::domain::ids::CardId;

/// Right choices, with those that guessing explains taken out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guessing {
    /// The scored answers in which the right option was chosen, of those that had one right option among
    /// several.
    pub right: Share,
    /// The mean of (observed - 1/k) / (1 - 1/k) over these answers, k being the number of options. It
    /// assumes that whoever does not know picks any option, and none more readily than another. Below 0
    /// when less was right than guessing would bring.
    pub corrected: f64,
}

impl Guessing {
    /// What was known of the cards with so many options and one right among them; `None` without any answer
    /// to such a card.
    pub fn corrected(history: &History, options: &HashMap<CardId, usize>) -> Option<Self> {
        let (mut right, mut of, mut corrected) = (0, 0, 0.0);
        for answer in history.scored() {
            let options = options.get(&history.cards()[answer.card]);
            let (Some(hit), Some(options @ 2..)) = (answer.right, options.copied()) else { continue };
            let by_chance = 1.0 / options as f64;
            right += usize::from(hit);
            of += 1;
            corrected += (f64::from(u8::from(hit)) - by_chance) / (1.0 - by_chance);
        }
        (of > 0).then(|| Self { right: Share { count: right, of }, corrected: corrected / of as f64 })
    }
}
