//! What is mixed up: the wrong option that wins, the hardest questions, and how answers are graded and chosen.

use std::{cmp::Ordering, collections::HashMap};

use serde::Serialize;

use super::{
    Shelf, Summary,
    places::Places,
    summary::{OfCard, Whole, Wrong},
};
use crate::domain::{
    evaluation::Share,
    ids::{CardId, OptionId},
    question::Question,
};

pub(super) const EXPLANATION: &str = "A wrong option wins where it was chosen most often among the wrong answers to \
    its question, and the share is (answers choosing it) / (wrong answers that chose something); the hardest \
    questions come first by the lower end of Wilson's 95 % interval of (missed) / (answers), repetitions on the same \
    day left out. The author's letters are those of the chapter: beside how often each was chosen stands how often it \
    was the right one. Places are those of the screen, where options are shuffled, A on top, beside the share of an \
    even choice, the mean of 1 / (options). Both are of answers that chose one option where one is right, places only \
    where every option may stand anywhere. From 30 answers on, a place stands out where Wilson's 99 % interval leaves \
    the even share out: by chance, of four places any does so in about 1 of 25 histories.";

/// Confusions, from the log alone: the words of questions are still to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    answers: usize,
    grades: Vec<GradeCounts>,
    letters: Vec<Letter>,
    places: Places,
    hardest: Vec<Hard>,
    confused: Vec<Confused>,
}

/// What is mixed up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Confusions {
    /// All answers of the period.
    pub answers: usize,
    /// Answers by grade, for each kind of card; together they are all answers.
    pub grades: Vec<GradeCounts>,
    /// The questions that were missed most surely, those first.
    pub hardest: Vec<HardQuestion>,
    /// The wrong options that were chosen most often, those first, for each question at most one.
    pub confusions: Vec<Confusion>,
    /// How often each of the author's letters was chosen, and how often it was the right one.
    pub letters: Vec<Letter>,
    /// How often each place of the screen was chosen.
    pub places: Places,
}

/// Answers by grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GradeCounts {
    /// To which cards: `new`, `young`, `mature`, or `repeated` on the same day.
    pub cards: &'static str,
    /// All of them.
    pub answers: usize,
    /// Graded again.
    pub again: usize,
    /// Graded hard.
    pub hard: usize,
    /// Graded good.
    pub good: usize,
    /// Graded easy.
    pub easy: usize,
}

/// A question that is often missed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HardQuestion {
    /// Its card.
    #[serde(skip)]
    pub card: CardId,
    /// What it is called: `Q14.3`.
    pub question: String,
    /// Its chapter.
    pub chapter: String,
    /// What it asks, in Markdown.
    pub stem: String,
    /// First answers of a day that were wrong or graded again.
    pub missed: Share,
    /// How often it was forgotten after having been known.
    pub lapses: u32,
}

/// A wrong option that wins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Confusion {
    /// The card.
    #[serde(skip)]
    pub card: CardId,
    /// What its question is called.
    pub question: String,
    /// Its chapter.
    pub chapter: String,
    /// What it asks, in Markdown.
    pub stem: String,
    /// The wrong option, in Markdown.
    pub wrong: String,
    /// The right ones.
    pub right: Vec<String>,
    /// How often the wrong one was chosen, of the wrong answers that chose something.
    pub chosen: Share,
    /// Further answers in which nothing was chosen: “I don't know”.
    pub not_known: usize,
    /// All answers to the question.
    pub answers: usize,
}

/// An author's letter, over answers that chose one option where one is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The letter: A for what the author wrote first.
    pub letter: char,
    /// The answers that chose it, of those to questions that have it.
    pub chosen: Share,
    /// How often it was the right one, of the same answers.
    pub right: Share,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Hard {
    card: u32,
    missed: Share,
}

#[derive(Debug, Clone, PartialEq)]
struct Confused {
    card: u32,
    option: OptionId,
    chosen: Share,
    not_known: usize,
    answers: usize,
}

/// The most questions of a list.
const MOST: usize = 20;
/// A wrong option must have been chosen so often to be called a confusion.
const OFTEN: usize = 2;

impl Missed {
    /// What the log tells.
    pub fn new(shelf: &Shelf, summary: &Summary) -> Self {
        Self {
            answers: summary.answers(),
            grades: grades(&summary.whole),
            letters: letters(&summary.whole),
            places: Places::new(&summary.whole.placed),
            hardest: hardest(shelf, &summary.by_card),
            confused: confused(shelf, &summary.by_card),
        }
    }

    /// The cards whose questions are to be added.
    pub fn cards(&self, shelf: &Shelf) -> Vec<CardId> {
        let hard = self.hardest.iter().map(|hard| hard.card);
        let confused = self.confused.iter().map(|confused| confused.card);
        let mut cards: Vec<CardId> = hard.chain(confused).map(|card| shelf.cards[card as usize].id).collect();
        cards.sort_unstable();
        cards.dedup();
        cards
    }

    /// The page, with the words of these questions. What has none is left out.
    pub fn with(self, shelf: &Shelf, questions: &HashMap<CardId, Question>) -> Confusions {
        let chapter = |card: &super::Card| {
            card.chapter.map(|place| shelf.chapters[place as usize].deck.name.to_string())
        };
        let hard = |Hard { card, missed }: Hard| {
            let card = &shelf.cards[card as usize];
            let question = questions.get(&card.id)?;
            Some(HardQuestion {
                card: card.id,
                question: question.name(),
                chapter: chapter(card)?,
                stem: question.stem.clone(),
                missed,
                lapses: card.state.lapses(),
            })
        };
        let confusion = |Confused { card, option, chosen, not_known, answers }: Confused| {
            let card = &shelf.cards[card as usize];
            let question = questions.get(&card.id)?;
            let text = |id| question.option(id).map(|choice| choice.text.clone());
            Some(Confusion {
                card: card.id,
                question: question.name(),
                chapter: chapter(card)?,
                stem: question.stem.clone(),
                wrong: text(option)?,
                right: question.keys().iter().filter_map(|key| text(*key)).collect(),
                chosen,
                not_known,
                answers,
            })
        };
        Confusions {
            answers: self.answers,
            grades: self.grades,
            hardest: self.hardest.into_iter().filter_map(hard).collect(),
            confusions: self.confused.into_iter().filter_map(confusion).collect(),
            letters: self.letters,
            places: self.places,
        }
    }
}

fn grades(whole: &Whole) -> Vec<GradeCounts> {
    let told = ["new", "young", "mature", "repeated"].into_iter().zip(whole.grades);
    let told = told.map(|(cards, [again, hard, good, easy])| GradeCounts {
        cards,
        answers: again + hard + good + easy,
        again,
        hard,
        good,
        easy,
    });
    told.collect()
}

/// What authors wrote first is option 0, whatever a later edition did to the order.
fn letters(whole: &Whole) -> Vec<Letter> {
    let letter = |(place, letter): (usize, char)| {
        // Of the answers to questions that have the letter.
        let of = whole.by_options[place + 1..].iter().sum();
        let share = |count| Share { count, of };
        Letter { letter, chosen: share(whole.chosen[place]), right: share(whole.right[place]) }
    };
    ('A'..='Z').enumerate().map(letter).filter(|letter| letter.chosen.of > 0).collect()
}

/// The cards that stand in a chapter or did, with their places and what their answers come to.
fn known<'a>(shelf: &Shelf, by_card: &'a [OfCard]) -> impl Iterator<Item = (u32, &'a OfCard)> {
    let all = (0..).zip(by_card).zip(&shelf.cards);
    all.filter(|(_, card)| card.chapter.is_some()).map(|(of_card, _)| of_card)
}

/// Leaves the first [`MOST`] in this order, of which no two are equal, without ordering the others.
fn first<T>(all: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    if all.len() > MOST {
        all.select_nth_unstable_by(MOST, &order);
        all.truncate(MOST);
    }
    all.sort_unstable_by(order);
}

fn hardest(shelf: &Shelf, by_card: &[OfCard]) -> Vec<Hard> {
    let missed = known(shelf, by_card).filter(|(_, of_card)| of_card.missed.count > 0);
    let mut order: Vec<(f64, Hard)> = missed
        .map(|(card, of_card)| (of_card.missed.interval().low, Hard { card, missed: of_card.missed }))
        .collect();
    first(&mut order, |(a_low, a), (b_low, b)| b_low.total_cmp(a_low).then(a.card.cmp(&b.card)));
    order.into_iter().map(|(_, hard)| hard).collect()
}

fn confused(shelf: &Shelf, by_card: &[OfCard]) -> Vec<Confused> {
    let mut confused: Vec<Confused> = known(shelf, by_card)
        .filter_map(|(card, of_card)| of_card.wrong.winner(card, of_card.answers))
        .collect();
    first(&mut confused, |a, b| b.chosen.count.cmp(&a.chosen.count).then(a.card.cmp(&b.card)));
    confused
}

impl Wrong {
    /// The option that was chosen most; of equal ones the author's first.
    fn winner(&self, card: u32, answers: usize) -> Option<Confused> {
        let most = self.options.iter().max_by_key(|(option, times)| (*times, std::cmp::Reverse(*option)));
        let &(option, times) = most.filter(|(_, times)| *times >= OFTEN)?;
        let chosen = Share { count: times, of: self.answers };
        Some(Confused { card, option, chosen, not_known: self.not_known, answers })
    }
}
