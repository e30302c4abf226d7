//! How a simulated person remembers, grades and takes their time.

use crate::domain::{
    grade::Grade,
    scheduler::{
        Schedule, Scheduler,
        fsrs::{Fsrs, Parameters, Retention},
    },
    time::StudyDay,
};

/// A person in figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct World {
    /// How what was learned is forgotten.
    pub memory: Fsrs,
    /// By what the odds of a recall are multiplied, so that the person recalls as much as was observed.
    pub odds: Odds,
    /// How first answers are graded.
    pub first: Shares,
    /// How later answers are graded when the card was recalled.
    pub recalled: Shares,
    /// What an answer takes, in milliseconds, by its grade.
    pub took_ms: [u32; 4],
    /// The share of days on which nothing is studied, 0 to 1.
    pub skipped: f64,
}

/// The odds of a recall beside those that the model of memory expects: 1 for just as many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Odds(pub f64);

/// How often each grade is given, worst first; together 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares([f64; 4]);

/// An average learner: the shares and seconds from which the simulator of the crate `fsrs` (6.6) starts, found
/// in the reviews of many people by its authors. Nobody skips a day.
pub const AVERAGE: Average = Average {
    first: Shares([0.24, 0.094, 0.495, 0.171]),
    recalled: Shares([0.0, 0.224, 0.631, 0.145]),
    took_ms: [19_380, 17_590, 12_380, 8_940],
};

/// What is assumed of a person of whom too little is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Average {
    /// How first answers are graded.
    pub first: Shares,
    /// How later answers are graded when the card was recalled.
    pub recalled: Shares,
    /// What an answer takes, in milliseconds, by its grade.
    pub took_ms: [u32; 4],
}

impl World {
    /// An average learner, with a memory of these parameters.
    pub fn average(parameters: Parameters) -> Self {
        let Average { first, recalled, took_ms } = AVERAGE;
        // What retention is wanted changes intervals alone, and this memory promises none.
        let memory = Fsrs::new(parameters, Retention::default(), false);
        Self { memory, odds: Odds(1.0), first, recalled, took_ms, skipped: 0.0 }
    }

    /// What keeps the memory of cards, for a replay of what was answered so far.
    pub fn memory(&self) -> Scheduler {
        Scheduler::Fsrs(self.memory)
    }

    /// How likely it is that a card with this memory is recalled on this day: 0 to 1.
    pub fn recall(&self, memory: &Schedule, today: StudyDay) -> f64 {
        self.odds.of(self.memory.retrievability(memory, today))
    }

    /// The grade of an answer. `memory` is `None` for a card's first one; `draw` is the luck of this answer,
    /// from 0 to just below 1.
    pub fn grade(&self, memory: Option<&Schedule>, today: StudyDay, draw: f64) -> Grade {
        let Some(memory) = memory else { return self.first.grade_at(draw) };
        let recall = self.recall(memory, today);
        if draw >= recall { Grade::Again } else { self.recalled.grade_at(draw / recall) }
    }

    /// What an answer of this grade takes, in milliseconds.
    pub fn takes(&self, grade: Grade) -> u64 {
        u64::from(self.took_ms[place(grade)])
    }
}

impl Odds {
    /// The odds at which the answers that were expected with these chances are recalled `observed` times, as
    /// near as odds within reason can come.
    pub fn observed(expected: &[f64], observed: usize) -> Self {
        const MOST: f64 = 3.0;
        const STEPS: usize = 40;
        let (mut low, mut high) = (-MOST, MOST);
        for _ in 0..STEPS {
            let middle = f64::midpoint(low, high);
            let odds = Self(middle.exp());
            let recalled: f64 = expected.iter().map(|chance| odds.of(*chance)).sum();
            if recalled < observed as f64 { low = middle } else { high = middle }
        }
        Self(f64::midpoint(low, high).exp())
    }

    /// This chance at these odds. What is certain stays so.
    fn of(self, chance: f64) -> f64 {
        chance * self.0 / (1.0 - chance + chance * self.0)
    }
}

impl Shares {
    /// The shares of so many answers; `None` when there are none.
    pub fn counted(answers: [usize; 4]) -> Option<Self> {
        let all: usize = answers.iter().sum();
        (all > 0).then(|| Self(answers.map(|number| number as f64 / all as f64)))
    }

    /// How often each grade is given, worst first.
    pub fn figures(self) -> [f64; 4] {
        self.0
    }

    /// The grade of the answer at this place, 0 to 1, when all are put in a row by grade.
    fn grade_at(self, place: f64) -> Grade {
        let mut left = place;
        let found = Grade::ALL.into_iter().zip(self.0).find(|(_, share)| {
            left -= share;
            left < 0.0
        });
        let best = || Grade::ALL.into_iter().zip(self.0).rfind(|(_, share)| *share > 0.0);
        found.or_else(best).map_or(Grade::Good, |(grade, _)| grade)
    }
}

/// A grade's place in figures that are told by grade.
pub(super) fn place(grade: Grade) -> usize {
    usize::from(grade.number()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_come_as_often_as_their_shares_say() {
        let shares = Shares::counted([2, 0, 5, 3]).expect("shares");
        let at = |place| shares.grade_at(place);
        assert_eq!(
            [0.0, 0.19, 0.21, 0.69, 0.71, 1.0].map(at),
            [Grade::Again, Grade::Again, Grade::Good, Grade::Good, Grade::Easy, Grade::Easy]
        );
        assert_eq!(Shares::counted([0; 4]), None);
    }

    #[test]
    fn odds_bring_what_is_expected_to_what_was_observed() {
        let expected = [0.95, 0.9, 0.8, 0.5, 0.99, 0.7];
        for observed in [2usize, 3, 4, 5] {
            let odds = Odds::observed(&expected, observed);
            let recalled: f64 = expected.iter().map(|chance| odds.of(*chance)).sum();
            assert!((recalled - observed as f64).abs() < 1e-6, "{recalled} {observed}");
        }
        assert!(Odds::observed(&expected, 6).0 < 25.0, "nobody becomes infallible");
        assert_eq!(Odds(0.2).of(1.0), 1.0);
    }
}
