//! Who keeps which deck, and setting the days of cards anew once another scheduler does.

use super::{App, Result};
use crate::domain::{
    deck::{Deck, Scope},
    ids::CardId,
    rescheduling::Rescheduling,
    scheduler::Scheduler,
};
use crate::store::Reason;

impl App {
    /// The scheduler of a card.
    ///
    /// # Errors
    /// When the collection cannot be read or there is no such card.
    pub fn scheduler_of(&self, card: CardId) -> Result<Scheduler> {
        Ok(self.schedulers.of(&self.store.deck_of(card)?))
    }

    /// How likely it is that a card is recalled today; `None` where its scheduler says nothing about it, and
    /// for a new card.
    ///
    /// # Errors
    /// When the collection cannot be read or there is no such card.
    pub fn retrievability(&self, card: CardId) -> Result<Option<f64>> {
        let scheduler = self.scheduler_of(card)?;
        let schedule = self.store.state(card)?.schedule;
        Ok(schedule.and_then(|schedule| scheduler.retrievability(&schedule, self.now().day)))
    }

    /// What would change if the days of a scope's cards were set anew. Changes nothing.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn plan_rescheduling(&self, scope: &Scope) -> Result<Rescheduling> {
        let mut plan = Rescheduling::new(self.now().day);
        self.store.waiting_cards(scope, &self.schedulers, |card, due, scheduler, events| {
            plan.add(card, due, scheduler, events);
        })?;
        Ok(plan)
    }

    /// Sets days anew as planned, as one act that is undone as one.
    ///
    /// # Errors
    /// As [`App::record`], and [`Error::ClockBehind`](super::Error::ClockBehind) as with [`App::begin`].
    pub fn reschedule(&mut self, plan: &Rescheduling) -> Result<()> {
        self.doubt_clock()?;
        self.back_up_before(Reason::Daily)?;
        self.record_all(plan.acts()).map(drop)
    }

    /// The names in the settings that no deck and no book has.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn unknown_decks_in_settings(&self) -> Result<Vec<String>> {
        let decks: Vec<Deck> =
            self.store.deck_counts(self.now().day)?.into_iter().map(|row| row.deck).collect();
        Ok(self.schedulers.unknown_names(&decks).map(str::to_owned).collect())
    }
}
