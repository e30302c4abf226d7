//! Simulating: what the log tells of a person is measured, and their next months are tried out.

use super::{App, Error, Result, parameters::Fitted};
use crate::{
    domain::{
        deck::Scope,
        queue::Limits,
        scheduler::{Scheduler, fsrs::Parameters},
        simulation::{Habits, Outcome, Plan, Start, World, simulate},
        time::Days,
    },
    store::History,
};

/// What shall be simulated. What is `None` is measured or assumed.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulationRequest {
    /// Which cards.
    pub scope: Scope,
    /// So many new cards instead of those.
    pub unseen: Option<usize>,
    /// So many days, today among them.
    pub days: Days,
    /// What is compared.
    pub variants: Vec<Variant>,
    /// How often each of them is tried, with other luck.
    pub seeds: u32,
    /// What each answer takes, in milliseconds.
    pub took_ms: Option<u32>,
    /// The share of days on which nothing is studied, 0 to 1.
    pub skipped: Option<f64>,
}

/// A way to study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variant {
    /// What says when a card comes again.
    pub scheduler: Scheduler,
    /// The most new cards of a day.
    pub new: usize,
}

/// What a simulation came to, and what it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// What the log tells of the person.
    pub habits: Habits,
    /// The fit that forgetting follows; without one it follows the published parameters.
    pub fitted: Option<Fitted>,
    /// The person as simulated.
    pub world: World,
    /// Cards that were answered before.
    pub seen: usize,
    /// Cards that were never answered.
    pub unseen: usize,
    /// The most reviews of a day.
    pub reviews: usize,
    /// What each variant came to.
    pub outcomes: Vec<Outcome>,
}

impl App {
    /// The scheduler of all decks for which the settings want no other.
    pub fn scheduler(&self) -> Scheduler {
        self.schedulers.general()
    }

    /// Tries out the next months; tells `progress` how many of how many runs are done. The same collection
    /// and the same request on the same day always come to the same.
    ///
    /// # Errors
    /// When the collection cannot be read, there is nothing in it, or it would take minutes.
    pub fn simulate(
        &self,
        request: &SimulationRequest,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Simulation> {
        let histories = self.store.histories(&request.scope)?;
        let today = self.now().day;
        let fitted = self.fitted(&request.scope)?;
        let average = World::average(fitted.as_ref().map_or_else(Parameters::default, |(_, fitted)| *fitted));
        let habits = Habits::of(histories.iter().map(|history| &*history.events), &average, today);
        let world = request.stated(habits.world(average));
        let start = |scheduler| self.start(request, &histories, scheduler, &world);
        let general = self.scheduler();
        let begin = start(&general);
        if begin.cards.is_empty() {
            return Err(Error::NothingToSimulate);
        }
        let limits = self.config.limits();
        request.check(begin.cards.len(), limits)?;
        let runs = request.variants.len() * request.seeds as usize;
        let mut outcomes = Vec::with_capacity(request.variants.len());
        for (nth, Variant { scheduler, new }) in request.variants.iter().enumerate() {
            let limits = Limits { new: *new, ..limits };
            let plan = Plan { today, days: request.days, limits, scheduler: *scheduler };
            let start = start(scheduler);
            let run = |seed| {
                progress(nth * request.seeds as usize + seed as usize, runs);
                simulate(&start, &world, &plan, seed)
            };
            outcomes.push(Outcome::of((0..request.seeds).map(run).collect()));
        }
        let seen = begin.seen();
        let unseen = begin.cards.len() - seen;
        let fitted = fitted.map(|(fitted, _)| fitted);
        Ok(Simulation { habits, fitted, world, seen, unseen, reviews: limits.reviews, outcomes })
    }

    fn start(
        &self,
        request: &SimulationRequest,
        histories: &[History],
        scheduler: &Scheduler,
        world: &World,
    ) -> Start {
        if let Some(cards) = request.unseen {
            return Start::unseen(cards);
        }
        let cards = histories.iter().filter(|history| history.in_scope);
        Start::of(cards.map(|history| (history.card, &*history.events)), scheduler, world, self.now().day)
    }
}

impl SimulationRequest {
    /// The person with what was stated of them.
    fn stated(&self, person: World) -> World {
        World {
            took_ms: self.took_ms.map_or(person.took_ms, |took_ms| [took_ms; 4]),
            skipped: self.skipped.unwrap_or(person.skipped),
            ..person
        }
    }

    /// Whether it can be done in seconds.
    fn check(&self, cards: usize, limits: Limits) -> Result<()> {
        const MOST: u64 = 200_000_000;
        let cards = cards as u64;
        let of_variant = |variant: &Variant| {
            let a_day = limits.reviews.saturating_add(variant.new) as u64;
            u64::from(self.days.0).saturating_mul(a_day.min(cards)).saturating_add(cards)
        };
        let of_seed = self.variants.iter().map(of_variant).fold(0, u64::saturating_add);
        let answers = of_seed.saturating_mul(self.seeds.into());
        if answers > MOST { Err(Error::TooMuchToSimulate { answers, most: MOST }) } else { Ok(()) }
    }
}
