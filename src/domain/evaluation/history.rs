//! The answers of a scope in the order in which they were given, each with its place in the life of its card.

use std::collections::HashMap;

use crate::domain::{
    grade::Grade,
    ids::CardId,
    time::{Days, StudyDay},
};

/// An answer as it stands in the log, as far as predicting it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The card.
    pub card: CardId,
    /// The study day.
    pub day: StudyDay,
    /// The grade.
    pub grade: Grade,
    /// Whether the right options were chosen; `None` where nobody looked.
    pub right: Option<bool>,
}

/// Answers in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    answers: Vec<Answer>,
    cards: Vec<CardId>,
    scored: usize,
}

/// An answer in the life of its card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The place of its card among all, in the order of their first answers.
    pub card: usize,
    /// The study day.
    pub day: StudyDay,
    /// The grade.
    pub grade: Grade,
    /// Whether the right options were chosen; `None` where nobody looked.
    pub right: Option<bool>,
    /// What came before.
    pub turn: Turn,
}

/// What an answer is in the life of its card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The first one of all.
    First,
    /// A further one on a day with an answer, or on a day before it, after a clock was set back.
    Further,
    /// The first one of a later day. These are scored.
    Later(Gap),
}

/// What was known of a card just before the first answer of a later day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The days since it was last answered.
    pub elapsed: Days,
    /// How many days with answers this one makes; two for the first that is scored.
    pub days: u32,
    /// How often a first answer of a later day was not known.
    pub lapses: u32,
}

/// A card as far as it was answered.
struct Life {
    answered: StudyDay,
    days: u32,
    lapses: u32,
}

impl History {
    /// The history of these answers, which are in the order in which they were given.
    pub fn new(reviews: impl IntoIterator<Item = Review>) -> Self {
        let mut places = HashMap::new();
        Self::placed(reviews, |card| {
            let next = places.len();
            *places.entry(card).or_insert(next)
        })
    }

    /// The same for whoever knows the cards' places already: from 0 on, in the order of their first answers.
    pub fn placed(
        reviews: impl IntoIterator<Item = Review>,
        mut place_of: impl FnMut(CardId) -> usize,
    ) -> Self {
        let reviews = reviews.into_iter();
        // Room for all at once: growing would hold a million of them twice.
        let answers = Vec::with_capacity(reviews.size_hint().1.unwrap_or_default());
        let mut lives: Vec<Life> = Vec::new();
        let mut history = Self { answers, cards: Vec::new(), scored: 0 };
        for review in reviews {
            let place = place_of(review.card);
            let turn = match lives.get_mut(place) {
                Some(life) => life.answered_again(&review),
                None => {
                    lives.push(Life { answered: review.day, days: 1, lapses: 0 });
                    history.cards.push(review.card);
                    Turn::First
                }
            };
            history.scored += usize::from(matches!(turn, Turn::Later(_)));
            let Review { day, grade, right, .. } = review;
            history.answers.push(Answer { card: place, day, grade, right, turn });
        }
        history
    }

    /// The same with other names for the cards.
    pub fn renamed(mut self, name: impl Fn(CardId) -> CardId) -> Self {
        self.cards.iter_mut().for_each(|card| *card = name(*card));
        self
    }

    /// All answers, oldest first.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// The answers that are scored, oldest first. Forecasts stand in the same order.
    pub fn scored(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| matches!(answer.turn, Turn::Later(_)))
    }

    /// How many answers are scored.
    pub fn scored_count(&self) -> usize {
        self.scored
    }

    /// The cards, in the order of their first answers.
    pub fn cards(&self) -> &[CardId] {
        &self.cards
    }
}

impl Life {
    fn answered_again(&mut self, review: &Review) -> Turn {
        if review.day <= self.answered {
            return Turn::Further;
        }
        self.days += 1;
        let gap = Gap { elapsed: review.day.since(self.answered), days: self.days, lapses: self.lapses };
        self.lapses += u32::from(!review.grade.passes());
        self.answered = review.day;
        Turn::Later(gap)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two cards, a and b, with five scored answers: a on day 1, b on day 1, a on day 4, a on day 5, b on
    /// day 8; the first, second and fourth of them recalled.
    pub fn two_cards() -> History {
        use Grade::{Again, Good};
        let (a, b) = (CardId(7), CardId(3));
        let answers = [
            (a, 0, Good),
            (b, 0, Again),
            (a, 1, Good),
            (b, 1, Good),
            (b, 1, Again),
            (a, 4, Again),
            (a, 5, Good),
            (b, 8, Again),
        ];
        let review = |(card, day, grade)| Review { card, day: StudyDay(day), grade, right: None };
        History::new(answers.map(review))
    }

    #[test]
    fn scored_are_first_answers_of_later_days() {
        let history = two_cards();
        let gaps: Vec<(usize, u32, u32, u32)> = history
            .scored()
            .map(|answer| match answer.turn {
                Turn::Later(Gap { elapsed, days, lapses }) => (answer.card, elapsed.0, days, lapses),
                Turn::First | Turn::Further => unreachable!("these are not scored"),
            })
            .collect();
        assert_eq!(gaps, [(0, 1, 2, 0), (1, 1, 2, 0), (0, 3, 3, 0), (0, 1, 4, 1), (1, 7, 3, 0)]);
        assert_eq!(history.scored_count(), 5);
    }

    #[test]
    fn an_answer_before_the_last_one_is_a_further_one() {
        let review = |day| Review { card: CardId(1), day: StudyDay(day), grade: Grade::Good, right: None };
        let history = History::new([5, 3, 6].map(review));
        let turns: Vec<Turn> = history.answers().iter().map(|answer| answer.turn).collect();
        let gap = Gap { elapsed: Days(1), days: 2, lapses: 0 };
        assert_eq!(turns, [Turn::First, Turn::Further, Turn::Later(gap)]);
    }
}
