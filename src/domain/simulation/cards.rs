//! The cards with which a simulation starts.

use super::World;
use crate::domain::{
    card::{CardState, Hold},
    ids::CardId,
    review_log::Event,
    scheduler::{Schedule, Scheduler},
    time::StudyDay,
};

/// A card as the scheduler knows it, and as it is remembered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Card {
    /// Its identity.
    pub id: CardId,
    /// What the scheduler that is tried knows of it; `None` for a card that was never answered.
    pub schedule: Option<Schedule>,
    /// How it is remembered; `None` likewise.
    pub memory: Option<Schedule>,
    /// The first study day on which it may be asked, where it was set aside until then.
    pub until: Option<StudyDay>,
}

/// The cards as they are today. Those that are suspended are not among them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Start {
    /// The cards; new ones in the order in which they will be introduced.
    pub cards: Vec<Card>,
    /// Due cards that were answered earlier today.
    pub reviewed_today: usize,
    /// New cards that were answered earlier today.
    pub introduced_today: usize,
}

impl Card {
    /// Whether it was not known earlier today, and still has to be repeated.
    pub(super) fn is_repeated(&self, today: StudyDay) -> bool {
        let drilled = |schedule: Schedule| schedule.is_drilled(today) && schedule.due > today;
        self.until.is_none() && self.schedule.is_some_and(drilled)
    }
}

impl Start {
    /// So many cards that were never answered.
    pub fn unseen(cards: usize) -> Self {
        let unseen = |id| Card { id: CardId(id), schedule: None, memory: None, until: None };
        Self { cards: (1..=cards as i64).map(unseen).collect(), ..Self::default() }
    }

    /// The cards after what was done to them so far.
    pub fn of<'a>(
        histories: impl IntoIterator<Item = (CardId, &'a [Event])>,
        scheduler: &Scheduler,
        world: &World,
        today: StudyDay,
    ) -> Self {
        let mut start = Self::default();
        for (id, events) in histories {
            let state = CardState::replay(scheduler, events);
            let until = match state.hold {
                Hold::None => None,
                Hold::Suspended => continue,
                Hold::Buried(until) => Some(until),
            };
            let memory = CardState::replay(&world.memory(), events).schedule;
            start.count_today(state.schedule.as_ref(), today);
            start.cards.push(Card { id, schedule: state.schedule, memory, until });
        }
        start
    }

    /// How many cards were answered before.
    pub fn seen(&self) -> usize {
        self.cards.iter().filter(|card| card.schedule.is_some()).count()
    }

    fn count_today(&mut self, schedule: Option<&Schedule>, today: StudyDay) {
        let Some(schedule) = schedule.filter(|schedule| schedule.answered == today) else { return };
        let introduced = schedule.introduced == today;
        self.introduced_today += usize::from(introduced);
        self.reviewed_today += usize::from(!introduced);
    }
}
