//! Studying: a sitting is begun, cards are asked, what is done to them is recorded, and undone.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::{App, Error, Result};
use crate::{
    domain::{
        card::CardState,
        deck::{Deck, Scope},
        ids::{CardId, EventId, OptionId},
        question::Question,
        queue,
        review_log::{Act, Event},
        session::{Asking, Revealed, Session},
        shuffle::option_order,
        time::{Days, StudyDay},
    },
    store::Recorded,
};

/// How far the clock may stand before the newest answer without being asked about: travelling across
/// the date line and a forgotten time zone stay below.
const DOUBTFUL: TimeDelta = TimeDelta::hours(36);

/// An act that was taken back or done again, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// Its events, at least one; several where one act was on several cards.
    pub reversed: Vec<Reversed>,
    /// What the question of the first one is called: `Q14.3`.
    pub question: String,
}

/// An event that was taken back or counts again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversed {
    /// The event.
    pub event: Event,
    /// The card's state before that.
    pub before: CardState,
    /// The card's state now.
    pub after: CardState,
    /// Whether the card belongs to what is studied and may be asked now.
    pub may_be_asked: bool,
}

/// Why there is nothing to study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Today's limit is reached, and so many due cards wait for tomorrow.
    LimitReached(usize),
    /// Nothing is due before this study day.
    Until(StudyDay),
    /// Nothing will be due.
    Forever,
}

impl Reversal {
    /// What a notice says of it: `Good on Q14.3`, `release on 12 questions`.
    pub fn in_words(&self) -> String {
        let act = self.reversed.first().map_or("nothing", |reversed| reversed.event.act.name());
        match self.reversed.len() {
            0 | 1 => format!("{act} on {}", self.question),
            several => format!("{act} on {several} questions"),
        }
    }
}

impl App {
    /// Begins a sitting: picks what to study now. `more_new` new cards come on top of today's limit.
    ///
    /// # Errors
    /// When the collection cannot be read; [`Error::ClockBehind`] when the clock stands more than
    /// 36 hours before the newest answer, unless the person trusts it.
    pub fn begin(&mut self, scope: &Scope, more_new: usize) -> Result<Session> {
        self.doubt_clock()?;
        let mut limits = self.config.limits();
        let today = self.now().day;
        let candidates = self.store.candidates(scope, today, limits.new + more_new)?;
        if more_new > 0 {
            limits.new = limits.new.max(candidates.introduced_today) + more_new;
        }
        let seed = self.random.rand_u64();
        Ok(Session::new(queue::build(candidates, limits, seed)))
    }

    /// Begins a sitting over some cards of a scope only, within its limits; and how many of them are new.
    ///
    /// # Errors
    /// As [`App::begin`].
    pub fn begin_among(&mut self, scope: &Scope, cards: &[CardId]) -> Result<(Session, usize)> {
        self.doubt_clock()?;
        let limits = self.config.limits();
        let mut candidates = self.store.candidates(scope, self.now().day, usize::MAX)?;
        let cards: HashSet<CardId> = cards.iter().copied().collect();
        candidates.due.retain(|(card, _)| cards.contains(card));
        candidates.new.retain(|card| cards.contains(card));
        candidates.drills.retain(|card| cards.contains(card));
        let unseen: HashSet<CardId> = candidates.new.iter().copied().collect();
        let queue = queue::build(candidates, limits, self.random.rand_u64());
        let new = queue.cards.iter().filter(|card| unseen.contains(card)).count();
        Ok((Session::new(queue), new))
    }

    /// Why a sitting that has just begun has no cards.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn idle(&self, scope: &Scope, session: &Session) -> Result<Idle> {
        if session.left_out > 0 {
            return Ok(Idle::LimitReached(session.left_out));
        }
        Ok(self.next_due(scope)?.map_or(Idle::Forever, Idle::Until))
    }

    /// Asks a card: its question with the options in the order of this showing, none of them covered yet.
    ///
    /// # Errors
    /// As [`App::begin`]: the clock may have been set back since.
    pub fn ask(&mut self, card: CardId) -> Result<Asking> {
        self.doubt_clock()?;
        let question = self.store.question(card)?;
        let state = self.store.state(card)?;
        let order = option_order(&question, self.random.rand_u64());
        let preview = self.scheduler_of(card)?.preview(card, state.schedule.as_ref(), self.now().day);
        Ok(Asking { card, question, order, state, covered: false, preview })
    }

    /// Shows the answer to what was asked, with the grade that fits.
    pub fn reveal(&self, asked: Asking, chosen: Vec<OptionId>, took_ms: u32) -> Revealed {
        asked.reveal(chosen, took_ms, self.config.slow_ms())
    }

    /// Records an act. When this returns it is on disk.
    ///
    /// # Errors
    /// When the collection cannot be written. Nothing has changed then, and it can be tried again.
    pub fn record(&mut self, card: CardId, act: Act) -> Result<Recorded> {
        let (moment, rollover) = (self.now(), self.config.rollover());
        Ok(self.store.record(card, moment, rollover, &self.schedulers, act)?)
    }

    /// Sets a card aside until further notice.
    ///
    /// # Errors
    /// As [`App::record`].
    pub fn suspend(&mut self, card: CardId) -> Result<Recorded> {
        self.record(card, Act::Suspend)
    }

    /// Sets a card aside until the next study day.
    ///
    /// # Errors
    /// As [`App::record`].
    pub fn bury(&mut self, card: CardId) -> Result<Recorded> {
        let until = self.tomorrow();
        self.record(card, Act::Bury { until })
    }

    /// Makes a card as if it had never been answered. Its history stays.
    ///
    /// # Errors
    /// As [`App::record`].
    pub fn reset(&mut self, card: CardId) -> Result<Recorded> {
        self.record(card, Act::Reset)
    }

    /// Lets all suspended cards of a scope be asked again, as one act; how many. Cards that a clock far ahead
    /// buried until its tomorrow are among them.
    ///
    /// # Errors
    /// As [`App::record`].
    pub fn release_suspended(&mut self, scope: &Scope) -> Result<usize> {
        let suspended = self.store.set_aside_beyond(scope, self.tomorrow())?;
        let released = suspended.into_iter().map(|card| (card, Act::Release)).collect();
        Ok(self.record_all(released)?.len())
    }

    /// Takes back the newest act of this machine that still counts, whenever and in whatever deck it was
    /// done; `None` when there is none. `scope` is what is being studied.
    ///
    /// # Errors
    /// As [`App::record`].
    pub fn undo(&mut self, scope: &Scope) -> Result<Option<Reversal>> {
        let act = self.store.newest_act()?;
        self.reverse(act.iter().map(|event| (event.id, event.clone())).collect(), scope)
    }

    /// Does again what was undone last; `None` when nothing was undone since the last act.
    ///
    /// # Errors
    /// As [`App::record`].
    pub fn redo(&mut self, scope: &Scope) -> Result<Option<Reversal>> {
        let mut restored = Vec::new();
        for undo in self.store.newest_undo()? {
            if let Act::Undo { target } = undo.act {
                restored.push((undo.id, self.store.event(target)?));
            }
        }
        self.reverse(restored, scope)
    }

    /// Takes events back. Each stands beside the event that this takes away or brings again.
    fn reverse(&mut self, events: Vec<(EventId, Event)>, scope: &Scope) -> Result<Option<Reversal>> {
        let Some((_, first)) = events.first() else { return Ok(None) };
        let question = self.store.question(first.card)?.name();
        let undo = |(target, event): &(EventId, Event)| (event.card, Act::Undo { target: *target });
        let recorded = self.record_all(events.iter().map(undo).collect())?;
        let today = self.now().day;
        let mut reversed = Vec::with_capacity(events.len());
        for ((_, event), Recorded { before, after, .. }) in events.into_iter().zip(recorded) {
            let may_be_asked = !after.is_held(today) && self.store.is_in(event.card, scope)?;
            reversed.push(Reversed { event, before, after, may_be_asked });
        }
        Ok(Some(Reversal { reversed, question }))
    }

    pub(super) fn record_all(&mut self, acts: Vec<(CardId, Act)>) -> Result<Vec<Recorded>> {
        let (moment, rollover) = (self.now(), self.config.rollover());
        Ok(self.store.record_all(acts, moment, rollover, &self.schedulers)?)
    }

    /// What a card asks.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn question(&self, card: CardId) -> Result<Question> {
        Ok(self.store.question(card)?)
    }

    /// A card's state.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn state(&self, card: CardId) -> Result<CardState> {
        Ok(self.store.state(card)?)
    }

    /// The events of a card, oldest first.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn history(&self, card: CardId) -> Result<Vec<Event>> {
        Ok(self.store.history(card)?)
    }

    /// The deck of a card.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn deck_of(&self, card: CardId) -> Result<Deck> {
        Ok(self.store.deck_of(card)?)
    }

    /// How many cards will be due on the next study day.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn due_tomorrow(&self, scope: &Scope) -> Result<usize> {
        Ok(self.store.due_by(scope, self.tomorrow())?)
    }

    pub(super) fn doubt_clock(&self) -> Result<()> {
        let now = self.now().at;
        let newest = self.store.newest_instant()?.map(|newest| newest.with_timezone(now.offset()));
        match newest {
            Some(newest) if newest - now > DOUBTFUL && !self.clock_is_trusted => {
                Err(Error::ClockBehind { now: now.date_naive(), newest: newest.date_naive() })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn tomorrow(&self) -> StudyDay {
        self.now().day.plus(Days(1))
    }
}
