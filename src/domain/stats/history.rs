//! The answers of a scope and the cards they were given to: what all statistics are made of.

use crate::domain::{
    card::CardState,
    deck::Deck,
    grade::Grade,
    ids::{CardId, OptionId},
    queue::Limits,
    review_log::Outcome,
    scheduler::Scheduler,
    time::{Days, StudyDay},
};

/// What there is to know of a scope: its cards, and their answers that count.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// The answers, oldest first. Undone ones are left out; those before a card was reset are not.
    pub answers: Vec<Answer>,
    /// The cards: those in the chapters, those that have left them, and those that only the log tells of.
    pub cards: Vec<Card>,
    /// The chapters that cards are in.
    pub chapters: Vec<Chapter>,
    /// The topics and difficulties that cards name.
    pub words: Vec<String>,
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

/// The different things that answers choose: an answer holds the place of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices(pub Vec<Vec<OptionId>>);

/// The present, and what a person has set for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Present {
    /// Today.
    pub today: StudyDay,
    /// The most that is asked in a day.
    pub limits: Limits,
}

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

    /// Whether this option is right.
    pub fn contain(self, option: OptionId) -> bool {
        Self::bit(option).is_some_and(|bit| self.0 & bit != 0)
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
    pub fn card_of(&self, answer: &Answer) -> &Card {
        &self.cards[answer.card as usize]
    }

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
