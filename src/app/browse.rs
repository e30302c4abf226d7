//! Looking for cards and doing something to those that were found.

use super::{App, Result};
use crate::{
    domain::{
        ids::CardId,
        search::{self, Mistake},
    },
    store::{Found, Order, Search},
};

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
    pub fn search(&self, search: &Search, skip: usize, most: usize) -> Result<Vec<Found>> {
        let cards = self.store.search(search, skip, most)?;
        Ok(self.store.found(&cards)?)
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
}
