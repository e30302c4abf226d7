//! One run: the days of a plan, one after the other, with the luck of one seed.
//!
//! Each card has luck of its own, which does not depend on what else is studied: so plans are compared by
//! what they differ in, and not by the order in which cards happened to come.

use std::collections::BTreeMap;

use oorandom::Rand64;

use super::{Card, Plan, Start, World};
use crate::domain::{queue::Limits, scheduler::Schedule, time::StudyDay};

/// What a run came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// What was done on each day.
    pub days: Vec<Tally>,
    /// How many cards would be recalled on the last day: the sum of their chances.
    pub known: f64,
    /// Cards that were answered at least once, before or in these days.
    pub reached: usize,
}

/// What was done on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Cards answered that were due.
    pub reviews: u32,
    /// Cards answered for the first time.
    pub new: u32,
    /// Further answers of the day, to cards that were not known.
    pub repeats: u32,
    /// The time of all answers, in milliseconds.
    pub took_ms: u64,
}

/// The days of a plan, with the luck of this seed. Cards are picked as in [`crate::domain::queue::build`]:
/// the longest overdue first, and nothing new while more is due than a day may hold.
pub fn simulate(start: &Start, world: &World, plan: &Plan, seed: u32) -> Run {
    let mut person = Person::new(start, world, plan, seed);
    let days = plan.study_days().map(|day| person.study(day)).collect();
    let last = plan.last_day();
    let memories = person.cards.iter().filter_map(|learned| learned.card.memory.as_ref());
    let (mut known, mut reached) = (0.0, 0);
    for memory in memories {
        known += world.recall(memory, last);
        reached += 1;
    }
    Run { days, known, reached }
}

/// What is going on, card by card.
struct Person<'a> {
    world: &'a World,
    plan: &'a Plan,
    cards: Vec<Learned>,
    /// Places of cards by the day on which they are due; those after the last day are left out.
    due: BTreeMap<StudyDay, Vec<usize>>,
    /// How many of them are due already.
    waiting: usize,
    /// Places of new cards, the next one last.
    unseen: Vec<usize>,
    /// Places of cards that were not known earlier today.
    repeats: Vec<usize>,
    /// What was left of the first day's limits.
    today: Limits,
    begun_today: bool,
    skipping: Rand64,
    picking: Rand64,
}

struct Learned {
    card: Card,
    luck: Rand64,
}

#[derive(Clone, Copy)]
enum Why {
    Due,
    New,
    Repeat,
}

impl<'a> Person<'a> {
    fn new(start: &Start, world: &'a World, plan: &'a Plan, seed: u32) -> Self {
        let luck_of = |card: &Card| luck(card.id.0.cast_unsigned(), seed);
        let cards = start.cards.iter().map(|card| Learned { card: *card, luck: luck_of(card) }).collect();
        let Limits { new, reviews } = plan.limits;
        let mut person = Self {
            world,
            plan,
            cards,
            due: BTreeMap::new(),
            waiting: 0,
            unseen: Vec::new(),
            repeats: Vec::new(),
            today: Limits {
                new: new.saturating_sub(start.introduced_today),
                reviews: reviews.saturating_sub(start.reviewed_today),
            },
            begun_today: start.introduced_today + start.reviewed_today > 0,
            skipping: luck(u64::MAX, seed),
            picking: luck(u64::MAX - 1, seed),
        };
        person.line_up();
        person
    }

    fn line_up(&mut self) {
        for place in 0..self.cards.len() {
            let card = &self.cards[place].card;
            match card.schedule {
                Some(_) if card.is_repeated(self.plan.today) => self.repeats.push(place),
                Some(schedule) => self.comes_again(place, &schedule),
                None => self.unseen.push(place),
            }
        }
        self.unseen.reverse();
        self.waiting = self.due.range(..self.plan.today).map(|(_, places)| places.len()).sum();
    }

    fn study(&mut self, day: StudyDay) -> Tally {
        self.waiting += self.due.get(&day).map_or(0, Vec::len);
        let unlucky = self.skipping.rand_float() < self.world.skipped;
        let is_today = day == self.plan.today;
        if unlucky && !(is_today && self.begun_today) {
            return Tally::default();
        }
        let Limits { new, reviews } = if is_today { self.today } else { self.plan.limits };
        let backlog = self.waiting > reviews;
        let mut tally = Tally::default();
        if is_today {
            self.finish_repeats(&mut tally);
        }
        for _ in 0..reviews {
            let Some(place) = self.take_due() else { break };
            self.ask(place, day, Why::Due, &mut tally);
        }
        for _ in 0..if backlog { 0 } else { new } {
            let Some(place) = self.unseen.pop() else { break };
            self.ask(place, day, Why::New, &mut tally);
        }
        tally
    }

    /// What was not known earlier today, before the simulation, is repeated as it would be anyhow.
    fn finish_repeats(&mut self, tally: &mut Tally) {
        for place in std::mem::take(&mut self.repeats) {
            self.ask(place, self.plan.today, Why::Repeat, tally);
        }
    }

    /// A card that is due: one of the longest overdue.
    fn take_due(&mut self) -> Option<usize> {
        if self.waiting == 0 {
            return None;
        }
        let mut longest = self.due.first_entry()?;
        let places = longest.get_mut();
        let at = self.picking.rand_range(0..places.len() as u64) as usize;
        let place = places.swap_remove(at);
        if places.is_empty() {
            longest.remove();
        }
        self.waiting -= 1;
        Some(place)
    }

    /// Asks a card until it need not be repeated today.
    fn ask(&mut self, place: usize, day: StudyDay, why: Why, tally: &mut Tally) {
        let Learned { card, luck } = &mut self.cards[place];
        let mut why = why;
        let schedule = loop {
            let grade = self.world.grade(card.memory.as_ref(), day, luck.rand_float());
            tally.count(why, self.world.takes(grade));
            let schedule = self.plan.scheduler.promising_after(card.id, card.schedule.as_ref(), grade, day);
            card.schedule = Some(schedule);
            card.memory = Some(self.world.memory().after(card.memory.as_ref(), grade, day));
            card.until = None;
            if !schedule.is_drilled(day) {
                break schedule;
            }
            why = Why::Repeat;
        };
        self.comes_again(place, &schedule);
    }

    fn comes_again(&mut self, place: usize, schedule: &Schedule) {
        let due = self.cards[place].card.until.map_or(schedule.due, |until| schedule.due.max(until));
        if due <= self.plan.last_day() {
            self.due.entry(due).or_default().push(place);
        }
    }
}

impl Tally {
    fn count(&mut self, why: Why, took_ms: u64) {
        match why {
            Why::Due => self.reviews += 1,
            Why::New => self.new += 1,
            Why::Repeat => self.repeats += 1,
        }
        self.took_ms += took_ms;
    }

    /// All answers of the day.
    pub fn answers(&self) -> u32 {
        self.reviews + self.new + self.repeats
    }
}

fn luck(of: u64, seed: u32) -> Rand64 {
    Rand64::new(u128::from(of) << 32 | u128::from(seed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        scheduler::{
            Scheduler,
            fsrs::{Fsrs, Parameters, Retention},
        },
        time::Days,
    };

    /// Where every card stands: due, new, or due after the last day. Each once.
    #[track_caller]
    fn check_places(person: &Person<'_>, day: StudyDay) {
        let mut places: Vec<usize> = person.due.values().flatten().chain(&person.unseen).copied().collect();
        let last = person.plan.last_day();
        let due_later = |learned: &Learned| learned.card.schedule.is_some_and(|known| known.due > last);
        places.extend((0..person.cards.len()).filter(|place| due_later(&person.cards[*place])));
        places.sort_unstable();
        assert_eq!(places, (0..person.cards.len()).collect::<Vec<_>>(), "{day:?}");
        assert_eq!(person.waiting, person.due.range(..=day).map(|(_, places)| places.len()).sum::<usize>());
    }

    #[test]
    fn cards_are_neither_lost_nor_doubled() {
        let fsrs = Fsrs::new(Parameters::default(), Retention::default(), true);
        for (seed, scheduler) in [(1, Scheduler::SM2), (2, Scheduler::Fsrs(fsrs))] {
            let world = World { skipped: 0.3, ..World::average(Parameters::default()) };
            let limits = Limits { new: 9, reviews: 25 };
            let plan = Plan { today: StudyDay(20_000), days: Days(60), limits, scheduler };
            let mut person = Person::new(&Start::unseen(200), &world, &plan, seed);
            for day in plan.study_days() {
                person.study(day);
                check_places(&person, day);
            }
        }
    }
}
