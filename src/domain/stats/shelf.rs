//! The cards of a scope and what they name: beside the answers, what all statistics are made of.

use crate::domain::{
    card::CardState,
    deck::Deck,
    ids::{CardId, OptionId},
    queue::Limits,
    scheduler::Scheduler,
    time::StudyDay,
};

/// The cards of a scope, and what they name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shelf {
    /// The cards: those in the chapters, those that have left them, and those that only the log tells of.
    pub cards: Vec<Card>,
    /// The chapters that cards are in.
    pub chapters: Vec<Chapter>,
    /// The topics and difficulties that cards name.
    pub words: Vec<String>,
}

/// A card as statistics see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Its identity.
    pub id: CardId,
    /// The place of its chapter; `None` for one that only the log tells of.
    pub chapter: Option<u32>,
    /// Whether it has left its chapter.
    pub retired: bool,
    /// The place of its topic among the words.
    pub topic: Option<u32>,
    /// The place of its difficulty among the words.
    pub difficulty: Option<u32>,
    /// How many options it has, where just one of several is right.
    pub options: Option<u8>,
    /// Its right options.
    pub keys: Keys,
    /// Whether each of its options may stand anywhere on the screen.
    pub is_shuffled: bool,
    /// What follows from its events.
    pub state: CardState,
}

/// Right options, a bit for each identity: small, since there are as many as cards. Identities above 63, which
/// only a question that was rewritten again and again has, find no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keys(u64);

/// A chapter and who schedules its cards.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// The chapter.
    pub deck: Deck,
    /// Its scheduler.
    pub scheduler: Scheduler,
    /// The retention that it schedules for; `None` with SM-2, which has no target.
    pub target: Option<f64>,
}

/// The present, and what a person has set for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Present {
    /// Today.
    pub today: StudyDay,
    /// The most that is asked in a day.
    pub limits: Limits,
}

impl Card {
    /// Whether it stands in a chapter.
    pub fn is_here(&self) -> bool {
        self.chapter.is_some() && !self.retired
    }
}

impl FromIterator<OptionId> for Keys {
    fn from_iter<I: IntoIterator<Item = OptionId>>(options: I) -> Self {
        Self(options.into_iter().filter_map(Self::bit).fold(0, |bits, bit| bits | bit))
    }
}

impl Keys {
    fn bit(OptionId(id): OptionId) -> Option<u64> {
        1_u64.checked_shl(id.into())
    }

    /// The bits.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// Whether this option is right.
    pub fn contain(self, option: OptionId) -> bool {
        Self::bit(option).is_some_and(|bit| self.0 & bit != 0)
    }
}

impl Shelf {
    /// The cards that stand in a chapter.
    pub fn cards_here(&self) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(|card| card.is_here())
    }

    /// The scheduler of a card, where it stands in a chapter.
    pub fn scheduler_of(&self, card: &Card) -> Option<&Scheduler> {
        card.chapter.map(|chapter| &self.chapters[chapter as usize].scheduler)
    }

    /// The retention that all of the chapters are scheduled for, where it is the same.
    pub fn target(&self) -> Option<f64> {
        let target = self.chapters.first()?.target?;
        self.chapters.iter().all(|chapter| chapter.target == Some(target)).then_some(target)
    }

    /// A topic or a difficulty by its place.
    pub fn word(&self, place: u32) -> &str {
        &self.words[place as usize]
    }
}
