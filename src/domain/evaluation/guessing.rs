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

/// Choices, counted one by one. Whole numbers throughout, so that the same choices come to the same figure in
/// whatever order they were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guesses {
    right: Share,
    /// What wrong choices take off, 1 / (k - 1) each, in parts of [`WHOLE`].
    lost: u64,
}

/// The least number that all of 1 to 25 divide: a question has up to 26 options.
const WHOLE: u64 = 26_771_144_400;

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
        self.right.count(right);
        // (1 - 1/k) / (1 - 1/k) = 1 of a right choice, (0 - 1/k) / (1 - 1/k) = -1 / (k - 1) of a wrong one.
        if !right {
            self.lost += WHOLE / (options as u64 - 1);
        }
    }

    /// Both together.
    pub fn plus(&self, other: &Self) -> Self {
        Self { right: self.right.plus(other.right), lost: self.lost + other.lost }
    }

    /// What was known beyond guessing; `None` without any choice.
    pub fn guessing(&self) -> Option<Guessing> {
        let Self { right, lost } = *self;
        let known = right.count as f64 - lost as f64 / WHOLE as f64;
        (right.of > 0).then(|| Guessing { right, corrected: known / right.of as f64 })
    }

    /// Shows each number that it is made of, and takes what comes back for it.
    pub fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        self.right.each_number(visit);
        self.lost = visit(self.lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_options_divides_the_whole() {
        assert!((2..=26).all(|options| WHOLE.is_multiple_of(options - 1)));
    }

    #[test]
    fn a_wrong_choice_takes_off_what_guessing_brings_among_so_many_options() {
        let mut guesses = Guesses::default();
        for (right, options) in [(true, 4), (false, 4), (false, 2), (true, 2), (true, 3)] {
            guesses.add(right, options);
        }
        // (1 - 1/3 - 1 + 1 + 1) / 5
        let corrected = guesses.guessing().expect("choices").corrected;
        assert!((corrected - 1.0 / 3.0).abs() < 1e-12, "{corrected}");
    }
}
