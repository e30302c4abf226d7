//! What answers come to: how many, how many right at first sight, how long they took, and how many days in a
//! row there were some.

use serde::Serialize;

use super::{
    history::{Answer, Turn},
    summary::Summary,
};
use crate::domain::{
    evaluation::Share,
    review_log::LONGEST_MS,
    time::{Days, StudyDay},
};

/// What a number of answers come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// All answers, repetitions on the same day among them.
    pub answers: usize,
    /// Of the cards' first answers of a day: those that were right and not graded again.
    pub right_at_first: Share,
    /// From question to choice, added up, in milliseconds; of one answer two minutes at most.
    pub took_ms: u64,
}

/// A day and what its answers come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayTally {
    /// The study day.
    pub day: StudyDay,
    /// Its answers.
    #[serde(flatten)]
    pub tally: Tally,
}

/// How long an answer takes this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pace {
    /// Milliseconds from question to choice, on average.
    pub answer_ms: u64,
    /// Over so many answers: those of the last [`Pace::RECENT`], or all where there were none of late.
    pub answers: usize,
}

/// Study days in a row with answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Streak {
    /// Those up to today, or up to yesterday while today has none yet.
    pub days: u32,
    /// Whether today has answers.
    pub today: bool,
    /// The most there ever were.
    pub longest: u32,
}

impl Tally {
    /// One more answer.
    pub fn add(&mut self, answer: &Answer) {
        self.answers += 1;
        self.took_ms += u64::from(answer.took_ms.min(LONGEST_MS));
        match answer.turn {
            Turn::First | Turn::Later { .. } => self.right_at_first.count(!answer.is_missed()),
            Turn::Further => {}
        }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            answers: self.answers + other.answers,
            right_at_first: self.right_at_first.plus(other.right_at_first),
            took_ms: self.took_ms + other.took_ms,
        }
    }

    pub(super) fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        self.answers = visit(self.answers as u64) as usize;
        self.right_at_first.each_number(visit);
        self.took_ms = visit(self.took_ms);
    }

    /// The time in minutes, a begun one counted whole.
    pub fn minutes(&self) -> u64 {
        self.took_ms.div_ceil(60_000)
    }
}

impl Pace {
    /// The days over which it is taken.
    pub const RECENT: Days = Days(14);

    /// The pace of all answers that were summarised; `None` without any.
    pub fn of(summary: &Summary, today: StudyDay) -> Option<Self> {
        let since = StudyDay(today.0 - Self::RECENT.0 as i32 + 1);
        let recent = summary.by_day.range(since..=today).map(|(_, of_day)| of_day.tally);
        Self::mean(recent).or_else(|| Self::mean(summary.by_day.values().map(|of_day| of_day.tally)))
    }

    fn mean(tallies: impl Iterator<Item = Tally>) -> Option<Self> {
        let Tally { answers, took_ms, .. } = tallies.fold(Tally::default(), Tally::plus);
        (answers > 0).then(|| Self { answer_ms: took_ms / answers as u64, answers })
    }

    /// Minutes that so many answers take, a begun one counted whole.
    pub fn minutes(&self, answers: usize) -> u64 {
        (answers as u64 * self.answer_ms).div_ceil(60_000)
    }
}

impl Streak {
    /// The streaks of days with answers, which are sorted and all different.
    pub fn of(days: &[StudyDay], today: StudyDay) -> Self {
        let mut streak = Self::default();
        let mut row: Option<(StudyDay, u32)> = None;
        for &day in days {
            let length = match row {
                Some((last, length)) if last.plus(Days(1)) == day => length + 1,
                Some(_) | None => 1,
            };
            row = Some((day, length));
            streak.longest = streak.longest.max(length);
            if day == today || day.plus(Days(1)) == today {
                streak.days = length;
            }
            streak.today |= day == today;
        }
        streak
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streak(days: &[i32], today: i32) -> (u32, bool, u32) {
        let days: Vec<StudyDay> = days.iter().copied().map(StudyDay).collect();
        let Streak { days, today, longest } = Streak::of(&days, StudyDay(today));
        (days, today, longest)
    }

    #[test]
    fn a_streak_lasts_through_a_day_that_has_only_begun() {
        assert_eq!(streak(&[3, 4, 5], 5), (3, true, 3));
        assert_eq!(streak(&[3, 4, 5], 6), (3, false, 3));
        assert_eq!(streak(&[3, 4, 5], 7), (0, false, 3));
        assert_eq!(streak(&[1, 2, 3, 5, 6], 6), (2, true, 3));
        assert_eq!(streak(&[], 6), (0, false, 0));
    }

    #[test]
    fn days_ahead_of_a_clock_that_was_set_back_are_no_part_of_the_present_streak() {
        assert_eq!(streak(&[4, 5, 9], 5), (2, true, 2));
    }
}
