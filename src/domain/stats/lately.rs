//! The first page: today, the last weeks, and what is left.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Present, Shelf, Summary,
    summary::OfDay,
    tally::{DayTally, Pace, Streak, Tally},
};
use crate::domain::{
    card::Hold,
    time::{Days, StudyDay},
};

pub(super) const EXPLANATION: &str = "Right at first sight is (first answers of a day that were right and not \
    graded again) / (all first answers of a day), a card's repetitions on the same day left out. The streak counts \
    study days in a row with an answer, up to today or, while today has none, yesterday; of an answer that took \
    longer than two minutes, two minutes count.";

/// Today and lately.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lately {
    /// Today.
    pub today: StudyDay,
    /// Today's answers.
    pub done: Tally,
    /// Those of the period.
    pub period: Tally,
    /// Study days with answers in the period.
    pub days_studied: usize,
    /// Study days in a row, whatever the period.
    pub streak: Streak,
    /// What is left for today.
    pub left: Left,
    /// Cards that will be due tomorrow if nothing more is answered today.
    pub due_tomorrow: usize,
    /// How long an answer takes; `None` without any.
    pub pace: Option<Pace>,
    /// The last [`Lately::DAYS`] up to today, the oldest first, those without answers too.
    pub days: Vec<DayTally>,
    /// The last [`Lately::WEEKS`] up to this one, likewise.
    pub weeks: Vec<Week>,
}

/// What is left for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Left {
    /// Cards that are due.
    pub due: usize,
    /// Those of them that today's limit leaves for later.
    pub left_out: usize,
    /// Cards to be repeated today.
    pub learning: usize,
    /// New cards that today's limit still allows.
    pub new_today: usize,
}

/// A week from Monday to Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub from: StudyDay,
    /// Its answers.
    #[serde(flatten)]
    pub tally: Tally,
}

impl Left {
    /// Cards to be asked today.
    pub fn cards(&self) -> usize {
        self.due - self.left_out + self.learning + self.new_today
    }

    /// As the decks count it.
    fn of(shelf: &Shelf, present: &Present) -> Self {
        let today = present.today;
        let (mut left, mut unseen, mut introduced, mut reviewed) = (Self::default(), 0_usize, 0, 0);
        for card in shelf.cards_here() {
            let Some(schedule) = card.state.schedule else {
                unseen += usize::from(!card.state.is_held(today));
                continue;
            };
            left.due += usize::from(schedule.due <= today && !card.state.is_held(today));
            if schedule.answered == today {
                let is_free = card.state.hold == Hold::None;
                left.learning += usize::from(schedule.drills.is_some() && is_free);
                introduced += usize::from(schedule.introduced == today);
                reviewed += usize::from(schedule.introduced != today);
            }
        }
        let limits = present.limits;
        left.left_out = left.due.saturating_sub(limits.reviews.saturating_sub(reviewed));
        let allowed = if left.left_out > 0 { 0 } else { limits.new.saturating_sub(introduced) };
        Self { new_today: allowed.min(unseen), ..left }
    }
}

impl Lately {
    /// How many days are shown.
    pub const DAYS: Days = Days(30);
    /// How many weeks are shown.
    pub const WEEKS: u32 = 12;

    /// The page.
    pub fn new(shelf: &Shelf, summary: &Summary, present: &Present) -> Self {
        let today = present.today;
        let by_day = &summary.by_day;
        let on = |day: StudyDay| by_day.get(&day).map_or_else(Tally::default, |of_day| of_day.tally);
        let tomorrow = today.plus(Days(1));
        Self {
            today,
            done: on(today),
            period: summary.in_period().fold(Tally::default(), |sum, (_, of_day)| sum.plus(of_day.tally)),
            days_studied: summary.in_period().count(),
            streak: Streak::of(&summary.days_studied(), today),
            left: Left::of(shelf, present),
            due_tomorrow: shelf.cards_here().filter(|card| card.state.is_due(tomorrow)).count(),
            pace: Pace::of(summary, today),
            days: last(Self::DAYS.0, today).map(|day| DayTally { day, tally: on(day) }).collect(),
            weeks: weeks(by_day, today),
        }
    }
}

/// So many days up to this one, the oldest first.
fn last(days: u32, today: StudyDay) -> impl Iterator<Item = StudyDay> {
    (0..days as i32).rev().map(move |ago| StudyDay(today.0 - ago))
}

fn weeks(by_day: &BTreeMap<StudyDay, OfDay>, today: StudyDay) -> Vec<Week> {
    let week = |ago: i32| {
        let from = StudyDay(today.monday().0 - 7 * ago);
        let days = by_day.range(from..from.plus(Days(7)));
        Week { from, tally: days.fold(Tally::default(), |sum, (_, of_day)| sum.plus(of_day.tally)) }
    };
    (0..Lately::WEEKS as i32).rev().map(week).collect()
}
