//! All that was ever done, card by card: for whoever looks at the whole log at once.

use std::collections::HashMap;

use super::{Doing, Result, Store, log};
use crate::domain::{
    deck::Scope,
    ids::{CardId, DeckId},
    review_log::Event,
};

/// A card with all that was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The card.
    pub card: CardId,
    /// Whether it stands in a chapter of the scope that was asked for.
    pub in_scope: bool,
    /// Its events in the order that counts; none for a card that nothing was done to.
    pub events: Vec<Event>,
}

impl Store {
    /// The histories of all cards, in the order of decks and chapters, retired ones too.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn histories(&self, scope: &Scope) -> Result<Vec<History>> {
        let doing = "read the cards and their histories";
        let decks = self.decks_of(scope)?;
        let mut events: HashMap<CardId, Vec<Event>> = HashMap::new();
        for event in log::events_by_card(&self.connection)? {
            events.entry(event.card).or_default().push(event);
        }
        let sql = "SELECT id, deck, retired FROM card ORDER BY deck, place";
        let mut statement = self.connection.prepare_cached(sql).doing(doing)?;
        let rows = statement.query_map([], |row| {
            let (card, deck) = (CardId(row.get(0)?), DeckId(row.get(1)?));
            let in_scope = !row.get::<_, bool>(2)? && decks.binary_search(&deck).is_ok();
            Ok(History { card, in_scope, events: events.remove(&card).unwrap_or_default() })
        });
        rows.doing(doing)?.collect::<rusqlite::Result<_>>().doing(doing)
    }
}
