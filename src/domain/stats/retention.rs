//! What was remembered of what was due: true retention, of young and of mature cards, as time goes by.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Present, Shelf, Summary,
    summary::{Counted, OfDay},
};
use crate::domain::{
    evaluation::{Guessing, Share},
    time::{Days, StudyDay},
};

pub(super) const EXPLANATION: &str = "True retention is (answers not graded again) / (answers), over each card's \
    first answer of a day where the card had an interval of at least a day; young is below an interval of 21 days, \
    mature from there on, and intervals are Wilson's at 95 %. Corrected for guessing is the mean of (right - 1/k) / \
    (1 - 1/k) over the same answers to questions with k options and one right one, which assumes that whoever does \
    not know picks any option.";

/// Retention.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retention {
    /// All answers of the period, those that count for no retention too.
    pub answers: usize,
    /// The retention that all chapters are scheduled for; `None` where they differ or SM-2 is used.
    pub target: Option<f64>,
    /// Over all cards.
    pub all: Recall,
    /// Over cards with an interval below [`MATURE`](crate::domain::card::MATURE).
    pub young: Recall,
    /// Over the others.
    pub mature: Recall,
    /// Of the last [`Retention::DAYS`] of the period, those with answers that count, the oldest first.
    pub by_day: Vec<Span>,
    /// Of the last [`Retention::WEEKS`], Monday to Sunday, likewise.
    pub by_week: Vec<Span>,
    /// Of all months, likewise.
    pub by_month: Vec<Span>,
}

/// What was recalled, raw and corrected for guessing.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Recall {
    /// The answers that were not graded again.
    pub recalled: Share,
    /// What was known beyond guessing; `None` without questions that can be guessed.
    pub guessing: Option<Guessing>,
}

/// The retention of some days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// The first day; the period may begin within it.
    pub from: StudyDay,
    /// The last day.
    pub through: StudyDay,
    /// Over all cards.
    pub all: Recall,
    /// Over young ones.
    pub young: Share,
    /// Over mature ones.
    pub mature: Share,
}

impl Counted {
    /// What it comes to.
    pub fn recall(&self) -> Recall {
        Recall { recalled: self.recalled, guessing: self.guesses.guessing() }
    }
}

/// Young and mature beside each other.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    young: Counted,
    mature: Counted,
}

impl Counts {
    fn all(&self) -> Counted {
        self.young.plus(&self.mature)
    }

    fn merge(&mut self, of_day: &OfDay) {
        self.young = self.young.plus(&of_day.young);
        self.mature = self.mature.plus(&of_day.mature);
    }

    fn span(&self, from: StudyDay, through: StudyDay) -> Span {
        let (young, mature) = (self.young.recalled, self.mature.recalled);
        Span { from, through, all: self.all().recall(), young, mature }
    }
}

impl Retention {
    /// How many days are looked at one by one.
    pub const DAYS: Days = Days(60);
    /// How many weeks are looked at one by one.
    pub const WEEKS: u32 = 53;

    /// The page.
    pub fn new(shelf: &Shelf, summary: &Summary, present: &Present) -> Self {
        let end = summary.period.until.unwrap_or(present.today).min(present.today);
        let first_day = StudyDay(end.0 - Self::DAYS.0 as i32 + 1);
        let first_week = StudyDay(end.monday().0 - 7 * (Self::WEEKS as i32 - 1));
        let mut whole = Counts::default();
        let [mut days, mut weeks, mut months] = [const { BTreeMap::<StudyDay, Counts>::new() }; 3];
        for (day, of_day) in summary.in_period() {
            whole.merge(of_day);
            months.entry(day.first_of_month()).or_default().merge(of_day);
            if day >= first_week {
                weeks.entry(day.monday()).or_default().merge(of_day);
            }
            if day >= first_day {
                days.entry(day).or_default().merge(of_day);
            }
        }
        Self {
            answers: summary.answers(),
            target: shelf.target(),
            all: whole.all().recall(),
            young: whole.young.recall(),
            mature: whole.mature.recall(),
            by_day: spans(days, |day| day),
            by_week: spans(weeks, |monday| monday.plus(Days(6))),
            by_month: spans(months, StudyDay::last_of_month),
        }
    }
}

fn spans(counts: BTreeMap<StudyDay, Counts>, end: impl Fn(StudyDay) -> StudyDay) -> Vec<Span> {
    let counted = counts.into_iter().filter(|(_, counts)| counts.all().recalled.of > 0);
    counted.map(|(from, counts)| counts.span(from, end(from))).collect()
}
