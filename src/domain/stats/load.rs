//! What will be due, and how long it will take.

use serde::Serialize;

use super::{Present, Shelf, Summary, tally::Pace};
use crate::domain::{
    card::Hold,
    time::{Days, StudyDay},
};

pub(super) const EXPLANATION: &str = "Each card counts once, on the study day on which it is due; suspended cards are \
    left out, and so is what new cards and failed answers will add. Minutes are (due cards) x (your mean time for an \
    answer over the last 14 days, of each two minutes at most), a begun minute counted whole.";

/// What will be due.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Load {
    /// Today.
    pub today: StudyDay,
    /// The cards that have a day to be due on: the figures below add up to them.
    pub scheduled: usize,
    /// Cards whose day is over.
    pub overdue: usize,
    /// Minutes for those.
    pub overdue_minutes: Option<u64>,
    /// The next [`Load::DAYS`], today first, without what is overdue.
    pub days: Vec<LoadDay>,
    /// The [`Load::WEEKS`] of seven days after those.
    pub weeks: Vec<LoadSpan>,
    /// Cards that are due after all of these.
    pub later: usize,
    /// Cards that are suspended, which are in none of the figures above.
    pub suspended: usize,
    /// How long an answer takes; `None` without any, and then there are no minutes.
    pub pace: Option<Pace>,
}

/// A day to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LoadDay {
    /// The study day.
    pub day: StudyDay,
    /// Cards that will be due on it.
    pub due: usize,
    /// Minutes for those.
    pub minutes: Option<u64>,
}

/// Days to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LoadSpan {
    /// The first day.
    pub from: StudyDay,
    /// The last day.
    pub through: StudyDay,
    /// Cards that will be due on them.
    pub due: usize,
    /// Minutes for those.
    pub minutes: Option<u64>,
}

impl Load {
    /// How many days are looked at one by one.
    pub const DAYS: Days = Days(30);
    /// How many weeks after them.
    pub const WEEKS: u32 = 48;

    /// The page. What will be due depends on no period.
    pub fn new(shelf: &Shelf, summary: &Summary, present: &Present) -> Self {
        let today = present.today;
        let pace = Pace::of(summary, today);
        let minutes = |due| pace.map(|pace| pace.minutes(due));
        let (mut overdue, mut later, mut suspended) = (0, 0, 0);
        let mut days = [0; Self::DAYS.0 as usize];
        let mut weeks = [0; Self::WEEKS as usize];
        for card in shelf.cards_here() {
            let Some(schedule) = card.state.schedule else { continue };
            let due = match card.state.hold {
                Hold::Suspended => {
                    suspended += 1;
                    continue;
                }
                Hold::Buried(until) => schedule.due.max(until),
                Hold::None => schedule.due,
            };
            let ahead = due.since(today).0 as usize;
            if due < today {
                overdue += 1;
            } else if let Some(day) = days.get_mut(ahead) {
                *day += 1;
            } else if let Some(week) = weeks.get_mut((ahead - days.len()) / 7) {
                *week += 1;
            } else {
                later += 1;
            }
        }
        let day = |(ahead, due): (usize, &usize)| LoadDay {
            day: today.plus(Days(ahead as u32)),
            due: *due,
            minutes: minutes(*due),
        };
        let week = |(nth, due): (usize, &usize)| {
            let from = today.plus(Days(Self::DAYS.0 + 7 * nth as u32));
            LoadSpan { from, through: from.plus(Days(6)), due: *due, minutes: minutes(*due) }
        };
        Self {
            today,
            scheduled: overdue + days.iter().sum::<usize>() + weeks.iter().sum::<usize>() + later,
            overdue,
            overdue_minutes: minutes(overdue),
            days: days.iter().enumerate().map(day).collect(),
            weeks: weeks.iter().enumerate().map(week).collect(),
            later,
            suspended,
            pace,
        }
    }
}
