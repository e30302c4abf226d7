//! Where knowledge is weak: by topic, difficulty and chapter.

use serde::Serialize;

use super::{
    Card, Recall, Shelf, Summary,
    summary::{Counted, OfCard},
};
use crate::domain::{evaluation::Share, ids::DeckId};

pub(super) const EXPLANATION: &str = "Recalled is true retention, (answers not graded again) / (answers) over first \
    answers of a day on cards with an interval of at least a day, here of one topic, difficulty or chapter, and \
    lapses are how often its cards were forgotten after having been known. The weakest come first by the upper end \
    of Wilson's 95 % interval, so that a topic of three answers does not stand before one that is surely weak.";

/// The most groups of a kind that are told of: the weakest.
pub const MOST_GROUPS: usize = 100;

/// Retention by topic, difficulty and chapter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Topics {
    /// All answers of the period.
    pub answers: usize,
    /// By topic.
    pub topics: Groups,
    /// By difficulty, as chapters write it.
    pub difficulties: Groups,
    /// By chapter.
    pub chapters: Groups,
}

/// Groups of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Groups {
    /// How many there are.
    pub all: usize,
    /// The [`MOST_GROUPS`] weakest of them, those first; groups without answers that count come last.
    pub weakest: Vec<Group>,
}

/// Cards that have something in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// What they have in common.
    pub name: String,
    /// The same, for whoever looks for the cards.
    #[serde(skip)]
    pub key: GroupKey,
    /// How many there are.
    pub cards: usize,
    /// All answers of the period.
    pub answers: usize,
    /// Those that count for retention.
    #[serde(flatten)]
    pub recall: Recall,
    /// Milliseconds from question to choice, on average; `None` without answers.
    pub answer_ms: Option<u64>,
    /// How often the cards were forgotten after having been known, whatever the period.
    pub lapses: u32,
}

/// What cards of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupKey {
    /// A topic, by its place among the history's words.
    Topic(u32),
    /// A difficulty, likewise.
    Difficulty(u32),
    /// A chapter.
    Chapter(DeckId),
}

/// What is counted of a group.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    cards: usize,
    lapses: u32,
    answers: usize,
    took_ms: u64,
    counted: Counted,
}

impl Topics {
    /// The page.
    pub fn new(shelf: &Shelf, summary: &Summary) -> Self {
        let word = |place: u32| shelf.word(place).to_owned();
        let chapter = |place: u32| shelf.chapters[place as usize].deck.clone();
        let (words, chapters) = (shelf.words.len(), shelf.chapters.len());
        let groups =
            |count, place: &dyn Fn(&Card) -> Option<u32>, name: &dyn Fn(u32) -> (String, GroupKey)| {
                Groups::new(&gather(shelf, summary, count, place), name)
            };
        Self {
            answers: summary.answers(),
            topics: groups(words, &|card| card.topic, &|place| (word(place), GroupKey::Topic(place))),
            difficulties: groups(words, &|card| card.difficulty, &|place| {
                (word(place), GroupKey::Difficulty(place))
            }),
            chapters: groups(chapters, &|card| card.chapter, &|place| {
                let deck = chapter(place);
                (deck.name.to_string(), GroupKey::Chapter(deck.id))
            }),
        }
    }
}

impl GroupKey {
    /// The cards of the group that stand in chapters.
    pub fn cards(self, shelf: &Shelf) -> impl Iterator<Item = &Card> {
        let belongs = move |card: &&Card| match self {
            Self::Topic(place) => card.topic == Some(place),
            Self::Difficulty(place) => card.difficulty == Some(place),
            Self::Chapter(deck) => {
                card.chapter.is_some_and(|place| shelf.chapters[place as usize].deck.id == deck)
            }
        };
        shelf.cards_here().filter(belongs)
    }
}

impl Groups {
    fn new(counts: &[Counts], name: &dyn Fn(u32) -> (String, GroupKey)) -> Self {
        let places = (0..counts.len() as u32).filter(|place| counts[*place as usize].cards > 0);
        let mut order: Vec<(u32, f64)> =
            places.map(|place| (place, weakness(counts[place as usize].counted.recalled))).collect();
        let all = order.len();
        order.sort_by(|(a, a_high), (b, b_high)| a_high.total_cmp(b_high).then(a.cmp(b)));
        order.truncate(MOST_GROUPS);
        let group = |(place, _): (u32, f64)| counts[place as usize].group(name(place));
        Self { all, weakest: order.into_iter().map(group).collect() }
    }
}

/// By what groups are ordered: what is surely no better than this.
fn weakness(recalled: Share) -> f64 {
    if recalled.of == 0 { f64::INFINITY } else { recalled.interval().high }
}

/// What so many groups come to, each the sum of its cards.
fn gather(
    shelf: &Shelf,
    summary: &Summary,
    groups: usize,
    group: &dyn Fn(&Card) -> Option<u32>,
) -> Vec<Counts> {
    let mut gathered = vec![Counts::default(); groups];
    for (card, of_card) in shelf.cards.iter().zip(&summary.by_card) {
        if let Some(group) = group(card) {
            gathered[group as usize].add(card, of_card);
        }
    }
    gathered
}

impl Counts {
    fn add(&mut self, card: &Card, of_card: &OfCard) {
        self.cards += usize::from(card.is_here());
        self.lapses += if card.is_here() { card.state.lapses() } else { 0 };
        self.answers += of_card.answers;
        self.took_ms += of_card.took_ms;
        self.counted = self.counted.plus(&of_card.counted);
    }

    fn group(&self, (name, key): (String, GroupKey)) -> Group {
        let Self { cards, lapses, answers, took_ms, counted } = *self;
        let answer_ms = (answers > 0).then(|| took_ms / answers as u64);
        Group { name, key, cards, answers, recall: counted.recall(), answer_ms, lapses }
    }
}
