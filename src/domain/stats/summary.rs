//! What answers come to, at the grain that pages ask for: by study day, by card, and as a whole. A page is worked
//! out of it without a look at the answers, of which there are a hundred times as many.
//!
//! Whole numbers that are added up in any order, so that a summary to which answers are added is the one of all
//! of them.

use std::collections::BTreeMap;

use super::{
    history::{Answer, History, Turn},
    period::Period,
    places::Placed,
    shelf::{Card, Keys, Shelf},
    tally::Tally,
};
use crate::domain::{
    card::MATURE,
    evaluation::{Guesses, Share},
    ids::OptionId,
    review_log::LONGEST_MS,
    time::StudyDay,
};

/// Letters that an option can have.
pub(super) const LETTERS: usize = 26;

/// No numbers are believed that tell of more study days, or of more options of a question.
const MOST_DAYS: u64 = 1 << 20;
const MOST_OPTIONS: u64 = 1 << 16;

/// What the answers of a period come to; by day those of all time, since streaks and weeks look beyond it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub(super) period: Period,
    pub(super) by_day: BTreeMap<StudyDay, OfDay>,
    /// By the place of the card.
    pub(super) by_card: Vec<OfCard>,
    pub(super) whole: Whole,
}

/// What the answers of a day come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OfDay {
    pub tally: Tally,
    /// The answers that count for retention, to cards with an interval below [`MATURE`].
    pub young: Counted,
    /// The same, to the others.
    pub mature: Counted,
}

/// What the answers to a card come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct OfCard {
    pub answers: usize,
    pub took_ms: u64,
    /// The answers that count for retention.
    pub counted: Counted,
    /// The first answers of a day that were missed.
    pub missed: Share,
    pub wrong: Wrong,
}

/// What was chosen in the wrong answers to a card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wrong {
    /// Wrong options and how often they were chosen.
    pub options: Vec<(OptionId, usize)>,
    /// The wrong answers that chose something.
    pub answers: usize,
    /// Those that chose nothing.
    pub not_known: usize,
}

/// What has no finer grain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Whole {
    /// By the hour of the local clock: all answers, and what was recalled of those that count for retention.
    pub hours: [(usize, Share); 24],
    /// By [`kind`] and grade.
    pub grades: [[usize; 4]; 4],
    /// Of the answers that chose one option where one is right: by how many options the question has,
    pub by_options: [usize; LETTERS + 1],
    /// by the place of the option that was chosen,
    pub chosen: [usize; LETTERS],
    /// and by that of the right one, as the author wrote them.
    pub right: [usize; LETTERS],
    /// Those of them to questions whose options may stand anywhere, as the screen showed them.
    pub placed: Placed,
    /// The answers that predictors are scored on.
    pub scored: usize,
    pub guesses: Guesses,
}

/// Answers that count for retention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counted {
    pub recalled: Share,
    pub guesses: Guesses,
}

impl Summary {
    /// What these answers to the cards of a shelf come to.
    pub fn of(shelf: &Shelf, history: &History, period: Period) -> Self {
        let mut summary = Self::empty(shelf.cards.len(), period);
        summary.add(shelf, history, &history.answers);
        summary
    }

    /// What no answers to so many cards come to.
    pub fn empty(cards: usize, period: Period) -> Self {
        let by_card = vec![OfCard::default(); cards];
        Self { period, by_day: BTreeMap::new(), by_card, whole: Whole::default() }
    }

    /// Adds answers of a history.
    pub fn add(&mut self, shelf: &Shelf, history: &History, answers: &[Answer]) {
        self.by_card.resize_with(shelf.cards.len(), OfCard::default);
        for of_day in answers.chunk_by(|a, b| a.day == b.day) {
            let day = of_day[0].day;
            let sums = self.by_day.entry(day).or_default();
            of_day.iter().for_each(|answer| sums.add(history.card_of(shelf, answer), answer));
            if self.period.contains(day) {
                for answer in of_day {
                    let (card, chosen) = (history.card_of(shelf, answer), history.choices.of(answer));
                    self.by_card[answer.card as usize].add(card, answer, chosen);
                    self.whole.add(card, answer, chosen);
                }
            }
        }
    }

    /// How many answers the period has.
    pub(super) fn answers(&self) -> usize {
        self.in_period().map(|(_, of_day)| of_day.tally.answers).sum()
    }

    /// The days of the period that have answers.
    pub(super) fn in_period(&self) -> impl Iterator<Item = (StudyDay, &OfDay)> {
        self.by_day.iter().map(|(day, of_day)| (*day, of_day)).filter(|(day, _)| self.period.contains(*day))
    }

    /// All days that have answers.
    pub(super) fn days_studied(&self) -> Vec<StudyDay> {
        self.by_day.keys().copied().collect()
    }

    /// Shows each number that it is made of, the period left out, and takes what comes back for it: for whoever
    /// keeps it somewhere. A summary that is empty takes its shape from the numbers too.
    pub fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        let mut days = std::mem::take(&mut self.by_day).into_iter();
        for _ in 0..visit(days.len() as u64).min(MOST_DAYS) {
            let (StudyDay(day), mut of_day) = days.next().unwrap_or((StudyDay(0), OfDay::default()));
            let day = StudyDay(visit(u64::from(day.cast_unsigned())) as i32);
            of_day.each_number(visit);
            self.by_day.insert(day, of_day);
        }
        self.by_card.iter_mut().for_each(|of_card| of_card.each_number(visit));
        self.whole.each_number(visit);
    }
}

impl OfDay {
    fn add(&mut self, card: &Card, answer: &Answer) {
        self.tally.add(answer);
        match answer.tested_interval() {
            Some(interval) if interval < MATURE => self.young.add(card, answer),
            Some(_) => self.mature.add(card, answer),
            None => {}
        }
    }

    /// The answers that count for retention.
    pub fn counted(&self) -> Counted {
        self.young.plus(&self.mature)
    }

    fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        let Self { tally, young, mature } = self;
        tally.each_number(visit);
        young.each_number(visit);
        mature.each_number(visit);
    }
}

impl OfCard {
    fn add(&mut self, card: &Card, answer: &Answer, chosen: &[OptionId]) {
        self.answers += 1;
        self.took_ms += u64::from(answer.took_ms.min(LONGEST_MS));
        if answer.tested_interval().is_some() {
            self.counted.add(card, answer);
        }
        if answer.turn != Turn::Further {
            self.missed.count(answer.is_missed());
        }
        if answer.is_right() == Some(false) {
            self.wrong.add(chosen, card.keys);
        }
    }

    fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        let Self { answers, took_ms, counted, missed, wrong } = self;
        *answers = visit(*answers as u64) as usize;
        // Most cards of a large collection may not have been seen yet.
        if *answers > 0 {
            *took_ms = visit(*took_ms);
            counted.each_number(visit);
            missed.each_number(visit);
            wrong.each_number(visit);
        }
    }
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

    fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        let Self { options, answers, not_known } = self;
        let mut known = std::mem::take(options).into_iter();
        for _ in 0..visit(known.len() as u64).min(MOST_OPTIONS) {
            let (OptionId(option), times) = known.next().unwrap_or((OptionId(0), 0));
            options.push((OptionId(visit(option.into()) as u16), visit(times as u64) as usize));
        }
        *answers = visit(*answers as u64) as usize;
        *not_known = visit(*not_known as u64) as usize;
    }
}

impl Whole {
    fn add(&mut self, card: &Card, answer: &Answer, chosen: &[OptionId]) {
        let (answers, recalled) = &mut self.hours[usize::from(answer.hour) % 24];
        *answers += 1;
        if answer.tested_interval().is_some() {
            recalled.count(answer.grade.passes());
        }
        self.grades[kind(answer)][usize::from(answer.grade.number()) - 1] += 1;
        if let (Some(options), &[chosen]) = (card.options, chosen) {
            let options = usize::from(options).min(LETTERS);
            let count =
                |counts: &mut [usize], place: usize| counts[..options].get_mut(place).map(|it| *it += 1);
            self.by_options[options] += 1;
            count(&mut self.chosen, chosen.0.into());
            count(&mut self.right, card.keys.bits().trailing_zeros() as usize);
            if card.is_shuffled {
                self.placed.add(options, answer.place);
            }
        }
        if matches!(answer.turn, Turn::Later { .. }) && !answer.is_before_reset {
            self.scored += 1;
            self.guesses.add_answer(card, answer);
        }
    }

    fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        let Self { hours, grades, by_options, chosen, right, placed, scored, guesses } = self;
        for (answers, recalled) in hours {
            *answers = visit(*answers as u64) as usize;
            recalled.each_number(visit);
        }
        for counts in [grades.as_flattened_mut(), by_options, chosen, right] {
            counts.iter_mut().for_each(|answers| *answers = visit(*answers as u64) as usize);
        }
        placed.each_number(visit);
        *scored = visit(*scored as u64) as usize;
        guesses.each_number(visit);
    }
}

impl Counted {
    fn add(&mut self, card: &Card, answer: &Answer) {
        self.recalled.count(answer.grade.passes());
        self.guesses.add_answer(card, answer);
    }

    /// Both together.
    pub fn plus(&self, other: &Self) -> Self {
        Self { recalled: self.recalled.plus(other.recalled), guesses: self.guesses.plus(&other.guesses) }
    }

    fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        self.recalled.each_number(visit);
        self.guesses.each_number(visit);
    }
}

impl Guesses {
    /// An answer, where it can be guessed.
    fn add_answer(&mut self, card: &Card, answer: &Answer) {
        if let (Some(right), Some(options)) = (answer.is_right(), card.options) {
            self.add(right, options.into());
        }
    }
}

/// To which cards: new, young and mature ones, or repeated on the same day.
fn kind(answer: &Answer) -> usize {
    match answer.turn {
        Turn::First => 0,
        Turn::Later { interval } if interval < MATURE => 1,
        Turn::Later { .. } => 2,
        Turn::Further => 3,
    }
}
