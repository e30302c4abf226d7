//! What the log tells of a person: how long answers take, how they are graded, how much is recalled and how
//! many days are skipped.

use std::collections::BTreeSet;

use super::{Odds, Shares, World, world::place};
use crate::domain::{
    card::CardState,
    review_log::{Act, Answer, Event, LONGEST_MS, effective},
    scheduler::{Schedule, Scheduler},
    time::{Days, StudyDay},
};

/// Fewer answers than this say too little of a person.
pub const ENOUGH: usize = 100;

/// What the log tells of a person. What it tells too little of is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habits {
    /// All answers.
    pub answers: usize,
    /// What an answer takes, in milliseconds, by its grade: the median.
    pub took_ms: Option<[u32; 4]>,
    /// How first answers are graded, and how many they were.
    pub first: Option<(Shares, usize)>,
    /// How later answers are graded when the card was recalled, and how many they were.
    pub passed: Option<(Shares, usize)>,
    /// How much was recalled of what was due.
    pub recalled: Recalled,
    /// The odds of that beside what the model of memory expected.
    pub odds: Option<Odds>,
    /// The share of recent days without answers, and how many days were looked at.
    pub skipped: Option<(f64, u32)>,
}

/// First answers of a day on cards that had been answered on an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Recalled {
    /// How many they were.
    pub scored: usize,
    /// How many of them were recalled.
    pub recalled: usize,
    /// How many of them the model of memory expected to be.
    pub expected: f64,
}

/// What is counted while the log is read.
#[derive(Debug, Default)]
struct Counted {
    took_ms: [Vec<u32>; 4],
    first: [usize; 4],
    passed: [usize; 4],
    recalled: usize,
    expected: Vec<f64>,
    days: BTreeSet<StudyDay>,
}

impl Habits {
    /// What these cards' events tell, with the forgetting that the model of memory in `average` expects.
    pub fn of<'a>(
        histories: impl IntoIterator<Item = &'a [Event]>,
        average: &World,
        today: StudyDay,
    ) -> Self {
        let mut counted = Counted::default();
        for events in histories {
            counted.history(events, average);
        }
        counted.habits(today)
    }

    /// The person in figures: what is known of them, and for the rest the average learner.
    pub fn world(&self, average: World) -> World {
        World {
            took_ms: self.took_ms.unwrap_or(average.took_ms),
            first: self.first.map_or(average.first, |(shares, _)| shares),
            recalled: self.passed.map_or(average.recalled, |(shares, _)| shares),
            odds: self.odds.unwrap_or(average.odds),
            skipped: self.skipped.map_or(average.skipped, |(share, _)| share),
            ..average
        }
    }
}

impl Counted {
    fn history(&mut self, events: &[Event], average: &World) {
        let memory = average.memory();
        let mut state = CardState::default();
        for event in effective(events) {
            if let Act::Answer(answer) = &event.act {
                self.answer(answer, event.moment.day, state.schedule.as_ref(), &memory);
            }
            state = state.after(&memory, event);
        }
    }

    fn answer(&mut self, answer: &Answer, day: StudyDay, before: Option<&Schedule>, memory: &Scheduler) {
        let at = place(answer.grade);
        self.took_ms[at].push(answer.took_ms.min(LONGEST_MS));
        self.days.insert(day);
        let Some(before) = before else {
            self.first[at] += 1;
            return;
        };
        if day <= before.answered {
            return;
        }
        self.expected.extend(memory.retrievability(before, day));
        if answer.grade.passes() {
            self.recalled += 1;
            self.passed[at] += 1;
        }
    }

    fn habits(mut self, today: StudyDay) -> Habits {
        let counted = |answers: [usize; 4]| {
            let all = answers.iter().sum();
            Shares::counted(answers).map(|shares| (shares, all)).filter(|_| all >= ENOUGH)
        };
        let scored = self.expected.len();
        Habits {
            answers: self.took_ms.iter().map(Vec::len).sum(),
            first: counted(self.first),
            passed: counted(self.passed),
            recalled: Recalled { scored, recalled: self.recalled, expected: self.expected.iter().sum() },
            odds: (scored >= ENOUGH).then(|| Odds::observed(&self.expected, self.recalled)),
            skipped: self.skipped(today),
            took_ms: self.took_ms(),
        }
    }

    /// A grade that was given too rarely takes as long as all answers do.
    fn took_ms(&mut self) -> Option<[u32; 4]> {
        const ENOUGH_OF_A_GRADE: usize = 20;
        let mut all = self.took_ms.concat();
        if all.len() < ENOUGH {
            return None;
        }
        let overall = median(&mut all);
        let by_grade = self.took_ms.each_mut().map(|took| match took.len() {
            ..ENOUGH_OF_A_GRADE => overall,
            ENOUGH_OF_A_GRADE.. => median(took),
        });
        Some(by_grade)
    }

    fn skipped(&self, today: StudyDay) -> Option<(f64, u32)> {
        const RECENT: Days = Days(90);
        const LEAST: Days = Days(14);
        let first = *self.days.first()?;
        let looked_at = today.since(first).min(RECENT);
        let since = StudyDay(today.0 - looked_at.0 as i32);
        let studied = self.days.range(since..today.max(since)).count();
        let share = 1.0 - studied as f64 / f64::from(looked_at.0);
        (looked_at >= LEAST).then_some((share, looked_at.0))
    }
}

fn median(figures: &mut [u32]) -> u32 {
    let middle = figures.len() / 2;
    *figures.select_nth_unstable(middle).1
}
