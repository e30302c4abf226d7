//! A history, made of what was done in the order in which it was done.

use super::history::{Answer, Choices, History, Turn};
use crate::domain::{
    grade::Grade,
    review_log::Outcome,
    time::{Days, StudyDay},
};

/// A history in the making.
#[derive(Debug, Default)]
pub struct Builder {
    history: History,
    lives: Vec<Life>,
    /// For cards that were reset, how many answers there were then.
    resets: Vec<(u32, usize)>,
}

/// An answer as the log tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// As [`Answer::day`].
    pub day: StudyDay,
    /// As [`Answer::grade`].
    pub grade: Grade,
    /// As [`Answer::outcome`].
    pub outcome: Outcome,
    /// As [`Answer::choice`].
    pub choice: u16,
    /// As [`Answer::place`].
    pub place: Option<u8>,
    /// As [`Answer::took_ms`].
    pub took_ms: u32,
    /// As [`Answer::hour`].
    pub hour: u8,
    /// The interval that was promised for it.
    pub promised: Days,
}

/// A card as far as it was answered.
#[derive(Debug, Clone, Copy, Default)]
struct Life {
    answered: Option<StudyDay>,
    promised: Days,
}

impl Builder {
    /// Begins a history of so many cards; so many answers are expected.
    pub fn new(cards: usize, choices: Choices, answers: usize) -> Self {
        let history = History { answers: Vec::with_capacity(answers), choices };
        Self { history, lives: vec![Life::default(); cards], resets: Vec::new() }
    }

    /// One more card, and its place.
    pub fn add_card(&mut self) -> u32 {
        self.lives.push(Life::default());
        self.lives.len() as u32 - 1
    }

    /// The card at this place was answered.
    pub fn answer(&mut self, card: u32, given: Given) {
        let Given { day, grade, outcome, choice, place, took_ms, hour, promised } = given;
        let life = &mut self.lives[card as usize];
        let turn = match life.answered {
            None => Turn::First,
            Some(answered) if day <= answered => Turn::Further,
            Some(_) => Turn::Later { interval: life.promised },
        };
        if turn != Turn::Further {
            life.answered = Some(day);
        }
        life.promised = promised;
        let is_before_reset = false;
        self.history.answers.push(Answer {
            card,
            day,
            turn,
            took_ms,
            choice,
            place,
            grade,
            outcome,
            hour,
            is_before_reset,
        });
    }

    /// The card at this place was made as if it had never been answered.
    pub fn reset(&mut self, card: u32) {
        self.lives[card as usize] = Life::default();
        self.resets.push((card, self.history.answers.len()));
    }

    /// The history.
    pub fn finish(mut self) -> History {
        let Some(&(_, last)) = self.resets.last() else { return self.history };
        let mut reset_at = vec![0; self.lives.len()];
        for (card, answers) in self.resets {
            reset_at[card as usize] = answers;
        }
        for (place, answer) in self.history.answers[..last].iter_mut().enumerate() {
            answer.is_before_reset = place < reset_at[answer.card as usize];
        }
        self.history
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stats::tests::given;

    #[test]
    fn a_reset_begins_a_card_anew_and_leaves_its_answers() {
        let mut builder = Builder::new(2, Choices::default(), 0);
        builder.answer(0, given(1, Grade::Good, 1));
        builder.answer(1, given(1, Grade::Again, 1));
        builder.answer(1, given(1, Grade::Good, 1));
        builder.answer(0, given(2, Grade::Good, 6));
        builder.reset(0);
        builder.answer(0, given(9, Grade::Good, 1));
        builder.answer(1, given(9, Grade::Good, 6));
        let history = builder.finish();
        let told: Vec<_> =
            history.answers.iter().map(|answer| (answer.card, answer.turn, answer.is_before_reset)).collect();
        let later = |interval| Turn::Later { interval: Days(interval) };
        assert_eq!(
            told,
            [
                (0, Turn::First, true),
                (1, Turn::First, false),
                (1, Turn::Further, false),
                (0, later(1), true),
                (0, Turn::First, false),
                (1, later(1), false),
            ]
        );
    }
}
