//! A card's state: what the log says about it so far. One fold makes it; it can be thrown away and
//! made again at any time.

use super::{
    review_log::{Act, Event, effective},
    scheduler::{Schedule, Scheduler},
    time::{Days, StudyDay},
};

/// A card is mature when its interval has reached this.
pub const MATURE: Days = Days(21);

/// Lapses that make a card a leech.
pub const LEECH_LAPSES: u32 = 8;
/// Further lapses after which a leech is shown as one again.
const LEECH_AGAIN: u32 = 4;

/// Everything that follows from a card's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CardState {
    /// When it is due and what the scheduler knows; `None` for a card that was never answered.
    pub schedule: Option<Schedule>,
    /// Whether it is set aside.
    pub hold: Hold,
    /// Whether the person flagged it.
    pub flagged: bool,
    /// Whether the person deleted it.
    pub deleted: bool,
}

/// Whether a card is kept from being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hold {
    /// It is asked when it is due.
    #[default]
    None,
    /// Until the person releases it.
    Suspended,
    /// Until this study day.
    Buried(StudyDay),
}

/// How far a card has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Never answered.
    New,
    /// Not known at its last answer.
    Learning,
    /// Known, with an interval of less than [`MATURE`].
    Young,
    /// Known, with an interval of at least [`MATURE`].
    Mature,
}

impl Hold {
    /// Whoever answers a buried card wants it back; a suspended one may be practised and stays.
    fn after_answer(self) -> Self {
        match self {
            Self::None | Self::Buried(_) => Self::None,
            Self::Suspended => Self::Suspended,
        }
    }
}

impl CardState {
    /// The state after all events of one card, in the order that counts: by time, and at one instant by
    /// device.
    pub fn replay(scheduler: &Scheduler, events: &[Event]) -> Self {
        effective(events).fold(Self::default(), |state, event| state.after(scheduler, event))
    }

    /// The state after one more event, which must not be an undo: that one takes a replay.
    pub fn after(self, scheduler: &Scheduler, event: &Event) -> Self {
        match &event.act {
            Act::Answer(answer) => {
                let day = event.moment.day;
                let schedule = scheduler.after(self.schedule.as_ref(), answer.grade, day);
                let schedule = Some(schedule.promised(answer.promised, day));
                Self { schedule, hold: self.hold.after_answer(), ..self }
            }
            Act::Suspend => Self { hold: Hold::Suspended, ..self },
            Act::Release => Self { hold: Hold::None, deleted: false, ..self },
            Act::Bury { until } => Self { hold: Hold::Buried(*until), ..self },
            Act::Reschedule { due } => {
                Self { schedule: self.schedule.map(|schedule| schedule.rescheduled(*due)), ..self }
            }
            Act::Reset => Self { schedule: None, ..self },
            Act::Flag => Self { flagged: true, ..self },
            Act::Unflag => Self { flagged: false, ..self },
            Act::Delete => Self { deleted: true, ..self },
            // Where a card stands is no part of its state.
            Act::Move { .. } | Act::Practise(_) | Act::Undo { .. } | Act::Unknown { .. } => self,
        }
    }

    /// How far the card has come.
    pub fn stage(&self) -> Stage {
        match &self.schedule {
            None => Stage::New,
            Some(schedule) if schedule.repetitions == 0 => Stage::Learning,
            Some(schedule) if schedule.interval < MATURE => Stage::Young,
            Some(_) => Stage::Mature,
        }
    }

    /// Whether it may not be asked on this day.
    pub fn is_held(&self, today: StudyDay) -> bool {
        match self.hold {
            Hold::None => false,
            Hold::Suspended => true,
            Hold::Buried(until) => today < until,
        }
    }

    /// Whether it would be asked on this day, if nothing is done to it before.
    pub fn is_due(&self, day: StudyDay) -> bool {
        self.schedule.is_some_and(|schedule| schedule.due <= day) && !self.is_held(day)
    }

    /// Whether it keeps being forgotten. Computed from its lapses, never stored.
    pub fn is_leech(&self) -> bool {
        self.lapses() >= LEECH_LAPSES
    }

    /// Whether the lapse just counted made it a leech, or a leech once more.
    pub fn became_leech(&self, before: &Self) -> bool {
        let beyond = self.lapses().checked_sub(LEECH_LAPSES);
        self.lapses() > before.lapses() && beyond.is_some_and(|beyond| beyond % LEECH_AGAIN == 0)
    }

    /// How often it was forgotten after having been known.
    pub fn lapses(&self) -> u32 {
        self.schedule.map_or(0, |schedule| schedule.lapses)
    }
}
