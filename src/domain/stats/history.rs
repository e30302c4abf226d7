//! The answers of a scope, oldest first: what summaries are made of.

use super::shelf::{Card, Shelf};
use crate::domain::{
    grade::Grade,
    ids::OptionId,
    review_log::Outcome,
    time::{Days, StudyDay},
};

/// The answers of a scope. Undone ones are left out; those before a card was reset are not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// The answers, oldest first.
    pub answers: Vec<Answer>,
    /// What answers choose.
    pub choices: Choices,
}

/// An answer in the life of its card. Small, since years of study come to a million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The place of its card.
    pub card: u32,
    /// The study day.
    pub day: StudyDay,
    /// What came before.
    pub turn: Turn,
    /// From the question to the choice, in milliseconds.
    pub took_ms: u32,
    /// What was chosen, as [`Choices`] knows it.
    pub choice: u16,
    /// Where on the screen the option stood that alone was chosen, from 0, where that is known.
    pub place: Option<u8>,
    /// The grade.
    pub grade: Grade,
    /// What was seen before the grade.
    pub outcome: Outcome,
    /// The hour that the local clock showed, 0 to 23.
    pub hour: u8,
    /// Whether its card was reset later on, so that schedulers know nothing of it.
    pub is_before_reset: bool,
}

/// What an answer is in the life of its card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The first one of all, or since a reset.
    First,
    /// A further one on a day with an answer, or on a day before it, after a clock was set back. It counts for
    /// no retention.
    Further,
    /// The first one of a later day.
    Later {
        /// The interval that the answer before had promised.
        interval: Days,
    },
}

/// The different things that answers choose: an answer holds the place of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices(pub Vec<Vec<OptionId>>);

impl Answer {
    /// Whether it was not known: a wrong choice, whatever the grade, or a right one that was guessed. Of a flip
    /// card the grade alone tells.
    pub fn is_missed(&self) -> bool {
        self.outcome.is_missed(self.grade)
    }

    /// The interval that its card had, where the answer counts for retention.
    pub fn tested_interval(&self) -> Option<Days> {
        match self.turn {
            Turn::Later { interval } if interval >= Days(1) => Some(interval),
            Turn::First | Turn::Further | Turn::Later { .. } => None,
        }
    }

    /// Whether the right option was chosen; `None` of a flip card.
    pub fn is_right(&self) -> Option<bool> {
        match self.outcome {
            Outcome::Right => Some(true),
            Outcome::Wrong | Outcome::NotKnown => Some(false),
            Outcome::Unobserved => None,
        }
    }
}

impl Choices {
    /// What an answer has chosen.
    pub fn of(&self, answer: &Answer) -> &[OptionId] {
        self.0.get(usize::from(answer.choice)).map_or(&[], Vec::as_slice)
    }
}

impl History {
    /// The card of an answer.
    pub fn card_of<'a>(&self, shelf: &'a Shelf, answer: &Answer) -> &'a Card {
        &shelf.cards[answer.card as usize]
    }
}
