//! What would change if the days of cards were set anew, each to the one that its scheduler would have
//! promised, had it kept the card from the first answer on. Pure: whoever does it records what this plans.

use super::{
    card::CardState,
    ids::CardId,
    review_log::{Act, Event, effective},
    scheduler::{Schedule, Scheduler},
    time::{Days, StudyDay},
};

/// How many days ahead are looked at.
pub const HORIZON: usize = 30;

/// How far the day of an answer may lie ahead of today: whoever has travelled around the world is no further.
const MOST_AHEAD: Days = Days(2);

/// The bounds of the groups in which moves are counted: the least and the most days of each.
const GROUPS: [(u32, u32); 5] = [(1, 1), (2, 7), (8, 30), (31, 90), (91, u32::MAX)];

/// A card that would be due on another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The card.
    pub card: CardId,
    /// The study day on which it is due.
    pub from: StudyDay,
    /// The study day on which it would be due: today at the earliest.
    pub to: StudyDay,
}

/// What setting days anew would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescheduling {
    /// The study day of the plan.
    pub today: StudyDay,
    /// How many cards were looked at.
    pub cards: usize,
    /// Those that would be due on another day.
    pub moves: Vec<Move>,
    /// Cards that are due on each of the next days as it is; overdue ones count for today.
    pub before: [usize; HORIZON],
    /// The same if the days were set anew.
    pub after: [usize; HORIZON],
}

/// Moves in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shifts {
    /// By how many days each card moves, the least first.
    days: Vec<Days>,
}

/// Moves by about as many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The least days.
    pub least: Days,
    /// The most days; `None` without end.
    pub most: Option<Days>,
    /// How many cards.
    pub cards: usize,
}

impl Rescheduling {
    /// No cards looked at so far.
    pub fn new(today: StudyDay) -> Self {
        Self { today, cards: 0, moves: Vec::new(), before: [0; HORIZON], after: [0; HORIZON] }
    }

    /// Looks at a card that is due on this day, by its scheduler and its events in the order that counts.
    pub fn add(&mut self, card: CardId, due: StudyDay, scheduler: &Scheduler, events: &[Event]) {
        let Some(own) = own_schedule(card, scheduler, events) else { return };
        // By a clock that ran years ahead a card was answered on a day that has not come. It does not wait for
        // that day: its interval is counted from today, unless it is due before that already.
        let is_from_the_future = own.answered.since(self.today) > MOST_AHEAD;
        let day =
            if is_from_the_future { self.today.plus(own.interval).min(due) } else { own.promised_day() };
        let to = day.max(self.today);
        // A card that is overdue, and stays so, keeps the day from which it has been.
        let moves = to != due.max(self.today);
        self.cards += 1;
        count(&mut self.before, due.since(self.today));
        count(&mut self.after, to.since(self.today));
        if moves {
            self.moves.push(Move { card, from: due, to });
        }
    }

    /// What there is to record, card by card.
    pub fn acts(&self) -> Vec<(CardId, Act)> {
        self.moves.iter().map(|it| (it.card, Act::Reschedule { due: it.to })).collect()
    }

    /// The moves to an earlier day.
    pub fn earlier(&self) -> Shifts {
        Shifts::new(self.moves.iter().map(|it| it.from.since(it.to)))
    }

    /// The moves to a later day.
    pub fn later(&self) -> Shifts {
        Shifts::new(self.moves.iter().map(|it| it.to.since(it.from)))
    }
}

/// What a card's schedule would be if this scheduler had promised all its intervals itself.
fn own_schedule(card: CardId, scheduler: &Scheduler, events: &[Event]) -> Option<Schedule> {
    let after = |state: CardState, event: &Event| {
        if let Act::Reschedule { .. } = event.act {
            return state;
        }
        let Act::Answer(answer) = &event.act else { return state.after(scheduler, event) };
        let before = state.schedule.as_ref();
        let schedule = scheduler.promising_after(card, before, answer.grade, event.moment.day);
        CardState { schedule: Some(schedule), ..state }
    };
    effective(events).fold(CardState::default(), after).schedule
}

fn count(days: &mut [usize; HORIZON], ahead: Days) {
    if let Some(day) = days.get_mut(ahead.0 as usize) {
        *day += 1;
    }
}

impl Shifts {
    /// Those of some cards; cards that do not move in this direction move by nothing.
    fn new(days: impl Iterator<Item = Days>) -> Self {
        let mut days: Vec<Days> = days.filter(|days| days.0 > 0).collect();
        days.sort_unstable();
        Self { days }
    }

    /// How many cards.
    pub fn cards(&self) -> usize {
        self.days.len()
    }

    /// By how many days the card in the middle moves; none where none does.
    pub fn median(&self) -> Days {
        self.reached_by(5)
    }

    /// By how many days nine in ten cards move at most.
    pub fn most_of_nine_in_ten(&self) -> Days {
        self.reached_by(9)
    }

    /// The cards by how far they move, the nearest group first.
    pub fn groups(&self) -> [Group; GROUPS.len()] {
        GROUPS.map(|(least, most)| Group {
            least: Days(least),
            most: (most < u32::MAX).then_some(Days(most)),
            cards: self.days.iter().filter(|days| (least..=most).contains(&days.0)).count(),
        })
    }

    fn reached_by(&self, tenths: usize) -> Days {
        let last = (self.days.len() * tenths).div_ceil(10);
        last.checked_sub(1).map_or(Days(0), |place| self.days[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_are_summed_up_by_direction() {
        let mut plan = Rescheduling::new(StudyDay(100));
        let moved = |(from, to)| Move { card: CardId(1), from: StudyDay(from), to: StudyDay(to) };
        plan.moves = [(110, 109), (110, 108), (150, 110), (300, 100), (101, 103)].map(moved).to_vec();
        let told = |shifts: Shifts| (shifts.cards(), shifts.median(), shifts.most_of_nine_in_ten());
        assert_eq!(told(plan.earlier()), (4, Days(2), Days(200)));
        assert_eq!(told(plan.later()), (1, Days(2), Days(2)));
        assert_eq!(plan.earlier().groups().map(|group| group.cards), [1, 1, 0, 1, 1]);
        assert_eq!(told(Rescheduling::new(StudyDay(1)).later()), (0, Days(0), Days(0)));
    }
}
