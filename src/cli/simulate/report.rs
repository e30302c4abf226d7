//! What was asked of a simulation, what came out, and what it is called. How it is told, to whom, is a matter
//! of its own.

use super::trial::Trial;
use crate::{
    app::{Simulation, SimulationRequest},
    cli::text::counted,
    domain::simulation::Outcome,
};

/// What was asked, what came out, and what it is called.
pub(super) struct Report<'a> {
    pub request: &'a SimulationRequest,
    pub simulation: &'a Simulation,
    pub trials: &'a [Trial],
}

impl Report<'_> {
    /// Each plan with what it is called and what it came to.
    pub fn plans(&self) -> impl Iterator<Item = (&Trial, &Outcome)> {
        self.trials.iter().zip(&self.simulation.outcomes)
    }

    /// How many days stand together in one point of a picture, so that there are no more of them than `most`.
    pub fn days_together(&self, most: usize) -> usize {
        (self.request.days.0 as usize).div_ceil(most)
    }

    /// What all of it is about: `The next 90 days of 812 cards, 20 runs`.
    pub fn title(&self) -> String {
        let cards = counted(self.simulation.seen + self.simulation.unseen, "card");
        let days = counted(self.request.days.0 as usize, "day");
        format!("The next {days} of {cards}, {}", counted(self.request.seeds as usize, "run"))
    }
}
