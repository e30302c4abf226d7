//! What is known beyond guessing: of k options one hits the right one once in k times without knowing
//! anything.

use std::{collections::HashMap, fmt};

use serde::Serialize;

use super::{history::History, share::Share};
use crate::domain::ids::CardId;

/// Right choices, with those that guessing explains taken out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Guessing {
    /// The scored answers in which the right option was chosen, of those that had one right option among
    /// several.
    pub right: Share,
    /// The mean of (observed - 1/k) / (1 - 1/k) over these answers, k being the number of options. It
    /// assumes that whoever does not know picks any option, and none more readily than another. Below 0
    /// when less was right than guessing would bring.
    pub corrected: f64,
}

/// Choices, counted one by one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Guesses {
    right: Share,
    corrected: f64,
}

impl Guessing {
    /// What was known of the cards with so many options and one right among them; `None` without any answer
    /// to such a card.
    pub fn corrected(history: &History, options: &HashMap<CardId, usize>) -> Option<Self> {
        let mut guesses = Guesses::default();
        for answer in history.scored() {
            let options = options.get(&history.cards()[answer.card]);
            if let (Some(right), Some(options @ 2..)) = (answer.right, options.copied()) {
                guesses.add(right, options);
            }
        }
        guesses.guessing()
    }
}

/// What was known beyond guessing in percent, to the digit that every face shows: `88.4 %`.
impl fmt::Display for Guessing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.1} %", self.corrected * 100.0))
    }
}

impl Guesses {
    /// One more choice among so many options, two or more, of which one is right.
    pub fn add(&mut self, right: bool, options: usize) {
        let by_chance = 1.0 / options as f64;
        self.right.count(right);
        self.corrected += (f64::from(u8::from(right)) - by_chance) / (1.0 - by_chance);
    }

    /// Both together.
    pub fn plus(&self, other: &Self) -> Self {
        Self { right: self.right.plus(other.right), corrected: self.corrected + other.corrected }
    }

    /// What was known beyond guessing; `None` without any choice.
    pub fn guessing(&self) -> Option<Guessing> {
        let Self { right, corrected } = *self;
        (right.of > 0).then(|| Guessing { right, corrected: corrected / right.of as f64 })
    }
}
