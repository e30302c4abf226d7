//! Looking for cards and doing something to those that were found.

use super::{App, Error, Recorded, Result};
use crate::{
    domain::{
        card::Hold,
        deck::DeckName,
        ids::CardId,
        queue::Queue,
        review_log::Act,
        search::{self, Mistake},
        session::Session,
        time::Days,
    },
    store::{Found, Order, Search},
};

/// What can be done to many cards at once. All of it is one act, which one undo takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// They are set aside until further notice.
    Suspend,
    /// They are set aside no longer, and no longer deleted.
    Release,
    /// They are set aside until tomorrow.
    Bury,
    /// They are as if they had never been answered.
    Reset,
    /// They are flagged.
    Flag,
    /// Their flags are taken off.
    Unflag,
    /// They are put into another deck.
    Move(DeckName),
    /// They are deleted.
    Delete,
}

impl App {
    /// What a query looks for today, in this order.
    ///
    /// # Errors
    /// The first mistake in the query.
    pub fn search_for(&self, query: &str, order: Order) -> Result<Search, Mistake> {
        Ok(Search { expression: search::parse(query)?, order, today: self.now().day })
    }

    /// The cards that are found: so many, after so many others.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn search(&self, search: &Search, skip: usize, most: usize) -> Result<Vec<CardId>> {
        Ok(self.store.search(search, skip, most)?)
    }

    /// What a list shows of these cards. Those that are gone meanwhile are left out.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn found(&self, cards: &[CardId]) -> Result<Vec<Found>> {
        Ok(self.store.found(cards)?)
    }

    /// How many cards are found.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn count_found(&self, search: &Search) -> Result<usize> {
        Ok(self.store.count_found(search)?)
    }

    /// The identity of a card, which is the same on every machine.
    ///
    /// # Errors
    /// When the collection cannot be read or there is no such card.
    pub fn uid_of(&self, card: CardId) -> Result<i64> {
        Ok(self.store.uid_of(card)?)
    }

    /// Whether all questions are in the index of words. Searches find them otherwise too, but slowly.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn is_indexed(&self) -> Result<bool> {
        Ok(self.store.unindexed()? == 0)
    }

    /// Completes the index of words.
    ///
    /// # Errors
    /// When the collection cannot be written.
    pub fn complete_index(&mut self) -> Result<()> {
        while self.store.index_more()? {}
        Ok(())
    }

    /// Does something to these cards, as one act. Cards that it would change nothing of are left out.
    ///
    /// # Errors
    /// When the collection cannot be written. Nothing has changed then, to any of the cards.
    pub fn do_to(&mut self, cards: &[CardId], deed: &Deed) -> Result<Vec<Recorded>> {
        let mut acts = Vec::new();
        for card in cards {
            if let Some(act) = self.act_of(deed, *card)? {
                acts.push((*card, act));
            }
        }
        if acts.is_empty() {
            return Ok(Vec::new());
        }
        self.record_all(acts)
    }

    /// A sitting over just these cards, in their order, whether they are due or not.
    ///
    /// # Errors
    /// [`Error::ClockBehind`] when the clock stands long before the newest answer.
    pub fn begin_with(&mut self, cards: Vec<CardId>) -> Result<Session, Error> {
        self.doubt_clock()?;
        Ok(Session::new(Queue { cards, drills: Vec::new(), left_out: 0 }))
    }

    /// The act that a deed is to a card; `None` where it would change nothing.
    fn act_of(&self, deed: &Deed, card: CardId) -> Result<Option<Act>> {
        let state = self.store.state(card)?;
        let (act, changes) = match deed {
            Deed::Suspend => (Act::Suspend, state.hold != Hold::Suspended),
            Deed::Release => (Act::Release, state.hold != Hold::None || state.deleted),
            Deed::Bury => (Act::Bury { until: self.now().day.plus(Days(1)) }, true),
            Deed::Reset => (Act::Reset, state.schedule.is_some()),
            Deed::Flag => (Act::Flag, !state.flagged),
            Deed::Unflag => (Act::Unflag, state.flagged),
            Deed::Move(deck) => {
                let stands_there = self.store.deck_of(card)?.name == *deck;
                (Act::Move { deck: deck.to_string() }, !stands_there)
            }
            Deed::Delete => (Act::Delete, !state.deleted),
        };
        Ok(changes.then_some(act))
    }
}
