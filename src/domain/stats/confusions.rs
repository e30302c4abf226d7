//! What is mixed up: the wrong option that wins, the hardest questions, and how answers are graded and chosen.

use std::collections::HashMap;

use serde::Serialize;

use super::{Answer, History, Keys, Period, Turn};
use crate::domain::{
    card::MATURE,
    evaluation::Share,
    ids::{CardId, OptionId},
    question::Question,
};

pub(super) const EXPLANATION: &str = "A wrong option wins where it was chosen most often among the wrong answers to \
    its question, and the share is (answers choosing it) / (wrong answers that chose something); the hardest \
    questions come first by the lower end of Wilson's 95 % interval of (missed) / (answers), repetitions on the same \
    day left out. Options are shuffled when they are shown and the log keeps which option was chosen, so the letters \
    here are the author's: beside how often each was chosen stands how often it was the right one.";

/// Confusions, from the log alone: the words of questions are still to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    answers: usize,
    grades: Vec<GradeCounts>,
    letters: Vec<Letter>,
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
    pub fn new(history: &History, period: Period) -> Self {
        let answers = || history.answers.iter().filter(|answer| period.contains(answer.day));
        Self {
            answers: answers().count(),
            grades: grades(answers()),
            letters: letters(history, answers()),
            hardest: hardest(history, answers()),
            confused: confused(history, answers()),
        }
    }

    /// The cards whose questions are to be added.
    pub fn cards(&self, history: &History) -> Vec<CardId> {
        let hard = self.hardest.iter().map(|hard| hard.card);
        let confused = self.confused.iter().map(|confused| confused.card);
        let mut cards: Vec<CardId> =
            hard.chain(confused).map(|card| history.cards[card as usize].id).collect();
        cards.sort_unstable();
        cards.dedup();
        cards
    }

    /// The page, with the words of these questions. What has none is left out.
    pub fn with(self, history: &History, questions: &HashMap<CardId, Question>) -> Confusions {
        let chapter = |card: &super::Card| {
            card.chapter.map(|place| history.chapters[place as usize].deck.name.to_string())
        };
        let hard = |Hard { card, missed }: Hard| {
            let card = &history.cards[card as usize];
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
            let card = &history.cards[card as usize];
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
        }
    }
}

fn grades<'a>(answers: impl Iterator<Item = &'a Answer>) -> Vec<GradeCounts> {
    let mut counts = [[0; 4]; 4];
    for answer in answers {
        let kind = match answer.turn {
            Turn::First => 0,
            Turn::Later { interval } if interval < MATURE => 1,
            Turn::Later { .. } => 2,
            Turn::Further => 3,
        };
        counts[kind][usize::from(answer.grade.number()) - 1] += 1;
    }
    let told = ["new", "young", "mature", "repeated"].into_iter().zip(counts);
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
fn letters<'a>(history: &History, answers: impl Iterator<Item = &'a Answer>) -> Vec<Letter> {
    const LETTERS: usize = 26;
    let (mut chosen, mut right) = ([Share::default(); LETTERS], [Share::default(); LETTERS]);
    for answer in answers {
        let card = history.card_of(answer);
        let Some(options) = card.options else { continue };
        let &[choice] = history.choices.of(answer) else { continue };
        for letter in 0..usize::from(options).min(LETTERS) {
            chosen[letter].count(usize::from(choice.0) == letter);
            right[letter].count(card.keys.contain(OptionId(letter as u16)));
        }
    }
    let letters = ('A'..='Z').zip(chosen).zip(right);
    let letters = letters.map(|((letter, chosen), right)| Letter { letter, chosen, right });
    letters.filter(|letter| letter.chosen.of > 0).collect()
}

fn hardest<'a>(history: &History, answers: impl Iterator<Item = &'a Answer>) -> Vec<Hard> {
    let mut missed = vec![Share::default(); history.cards.len()];
    for answer in answers.filter(|answer| answer.turn != Turn::Further) {
        missed[answer.card as usize].count(answer.is_missed());
    }
    let mut order: Vec<(f64, Hard)> = missed
        .into_iter()
        .enumerate()
        .filter(|(place, missed)| missed.count > 0 && history.cards[*place].chapter.is_some())
        .map(|(place, missed)| (missed.interval().low, Hard { card: place as u32, missed }))
        .collect();
    order.sort_by(|(a_low, a), (b_low, b)| b_low.total_cmp(a_low).then(a.card.cmp(&b.card)));
    order.truncate(MOST);
    order.into_iter().map(|(_, hard)| hard).collect()
}

/// What was chosen in the wrong answers to one card.
#[derive(Default)]
struct Wrong {
    options: Vec<(OptionId, usize)>,
    answers: usize,
    not_known: usize,
}

fn confused<'a>(history: &History, answers: impl Iterator<Item = &'a Answer>) -> Vec<Confused> {
    let mut all = vec![0_u32; history.cards.len()];
    let mut wrong: HashMap<u32, Wrong> = HashMap::new();
    for answer in answers {
        all[answer.card as usize] += 1;
        if answer.is_right() == Some(false) {
            let chosen = history.choices.of(answer);
            wrong.entry(answer.card).or_default().add(chosen, history.card_of(answer).keys);
        }
    }
    let here = wrong.into_iter().filter(|(card, _)| history.cards[*card as usize].chapter.is_some());
    let mut confused: Vec<Confused> =
        here.filter_map(|(card, wrong)| wrong.winner(card, all[card as usize] as usize)).collect();
    confused.sort_by_key(|confused| (std::cmp::Reverse(confused.chosen.count), confused.card));
    confused.truncate(MOST);
    confused
}

impl Wrong {
    fn add(&mut self, chosen: &[OptionId], keys: Keys) {
        if chosen.is_empty() {
            self.not_known += 1;
            return;
        }
        self.answers += 1;
        for option in chosen.iter().filter(|option| !keys.contain(**option)) {
            match self.options.iter_mut().find(|(known, _)| known == option) {
                Some((_, times)) => *times += 1,
                None => self.options.push((*option, 1)),
            }
        }
    }

    /// The option that was chosen most; of equal ones the author's first.
    fn winner(self, card: u32, answers: usize) -> Option<Confused> {
        let most = self.options.iter().max_by_key(|(option, times)| (*times, std::cmp::Reverse(*option)));
        let &(option, times) = most.filter(|(_, times)| *times >= OFTEN)?;
        let chosen = Share { count: times, of: self.answers };
        Some(Confused { card, option, chosen, not_known: self.not_known, answers })
    }
}
