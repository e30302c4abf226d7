//! A commit that failed and may have happened nevertheless: SQLite also reports the failure of its very last
//! steps, when the rows are in the file already. A person who was told that nothing was saved tries again,
//! and what they did must not count twice for that.

use rusqlite::{Connection, OptionalExtension};

use super::{Doing, Error, Event, Recorded, Result, Store, rows};
use crate::domain::{ids::CardId, review_log::Act};

/// What was being recorded when the commit failed, and what it would have come to.
#[derive(Debug, Clone)]
pub(in crate::store) struct Doubt {
    acts: Vec<(CardId, Act)>,
    recorded: Vec<Recorded>,
}

impl Store {
    /// What came of these acts, where they are tried again and had come to the disk the first time.
    ///
    /// # Errors
    /// When that cannot be found out yet.
    pub(super) fn tried_before(&mut self, acts: &[(CardId, Act)]) -> Result<Option<Vec<Recorded>>> {
        let Some(doubt) = self.doubt.as_ref().filter(|doubt| doubt.acts == acts).cloned() else {
            return Ok(None);
        };
        let is_there = self.is_safely_there(&doubt)?;
        self.doubt = None;
        Ok(is_there.then_some(doubt.recorded))
    }

    /// A commit has failed with this error. The disk may be well again this very moment; else what was
    /// recorded stays in doubt.
    ///
    /// # Errors
    /// That error, unless everything is on disk nevertheless.
    pub(super) fn doubt(
        &mut self,
        error: Error,
        acts: Vec<(CardId, Act)>,
        recorded: &[Recorded],
    ) -> Result<()> {
        let doubt = Doubt { acts, recorded: recorded.to_vec() };
        match self.is_safely_there(&doubt) {
            Ok(true) => Ok(()),
            Ok(false) => Err(error),
            Err(_) => {
                self.doubt = Some(doubt);
                Err(error)
            }
        }
    }

    fn is_safely_there(&mut self, doubt: &Doubt) -> Result<bool> {
        let doing = "make sure of the answer";
        let transaction = self.begin(doing)?;
        let is_there = doubt.is_there(&transaction)?;
        if is_there {
            // Whatever is written and synced after it takes it along.
            transaction.execute("UPDATE collection SET device = device", []).doing(doing)?;
        }
        transaction.commit().doing(doing)?;
        Ok(is_there)
    }
}

impl Doubt {
    /// The acts that take back what is there after all: the person was told that it is not, and does
    /// something else instead.
    pub(super) fn undone(&self, connection: &Connection) -> Result<Vec<(CardId, Act)>> {
        if !self.is_there(connection)? {
            return Ok(Vec::new());
        }
        let undo = |((card, _), recorded): (&(CardId, Act), &Recorded)| {
            (*card, Act::Undo { target: recorded.event })
        };
        Ok(self.acts.iter().zip(&self.recorded).map(undo).collect())
    }

    /// Whether the last of the events is in the log: they came together, or not at all.
    fn is_there(&self, connection: &Connection) -> Result<bool> {
        let Some(((card, act), recorded)) = self.acts.last().zip(self.recorded.last()) else {
            return Ok(false);
        };
        let doing = "look for the answer in the review log";
        let sql = format!("{} WHERE log.id = ?", rows::EVENTS);
        let mut statement = connection.prepare_cached(&sql).doing(doing)?;
        let found = statement.query_row([recorded.event.0], |row| Ok(rows::event_of_row(row))).optional();
        let found: Option<Event> = found.doing(doing)?.transpose()?;
        Ok(found.is_some_and(|event| event.card == *card && event.act == *act))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            deck::DeckName,
            question::Question,
            scheduler::Schedulers,
            time::{Moment, Rollover},
        },
        store::Store,
    };

    fn store_with_a_card() -> (Store, CardId) {
        let mut store = Store::in_memory().expect("a store");
        let schedulers = Schedulers::SM2;
        let import = store.import(&schedulers).expect("an import");
        let name = DeckName { book: None, chapter: "Things".to_owned() };
        let deck = import.add_deck(&name).expect("a deck");
        let question = Question::recall("What?".to_owned(), "That.".to_owned()).expect("a card");
        import.adding(deck, &name).and_then(|mut adding| adding.card(0, 1, &question)).expect("a card");
        import.refresh(deck).expect("counts");
        import.commit().expect("committed");
        (store, CardId(1))
    }

    fn do_to(store: &mut Store, card: CardId, act: Act) -> Recorded {
        let at = chrono::DateTime::parse_from_rfc3339("2026-11-22T09:00:00+01:00").expect("a time");
        let rollover = Rollover::default();
        store.record(card, Moment::new(at, rollover), rollover, &Schedulers::SM2, act).expect("recorded")
    }

    /// The kinds of the events of a card, after one of them came to the disk though its commit failed, and
    /// then this was done.
    fn after_a_failure_that_was_none(then: Act) -> Vec<&'static str> {
        let (mut store, card) = store_with_a_card();
        let recorded = do_to(&mut store, card, Act::Flag);
        store.doubt = Some(Doubt { acts: vec![(card, Act::Flag)], recorded: vec![recorded] });
        do_to(&mut store, card, then);
        let history = store.history(card).expect("a history");
        history.iter().map(|event| event.act.name()).collect()
    }

    #[test]
    fn what_is_tried_again_counts_once() {
        assert_eq!(after_a_failure_that_was_none(Act::Flag), ["flag"]);
    }

    #[test]
    fn what_was_told_to_have_failed_is_taken_back_when_something_else_is_done() {
        assert_eq!(after_a_failure_that_was_none(Act::Suspend), ["flag", "undo", "suspend"]);
    }

    #[test]
    fn what_did_fail_is_done_when_it_is_tried_again() {
        let (mut store, card) = store_with_a_card();
        let recorded = do_to(&mut store, card, Act::Suspend);
        store.doubt = Some(Doubt { acts: vec![(card, Act::Flag)], recorded: vec![recorded] });
        do_to(&mut store, card, Act::Flag);
        assert_eq!(store.history(card).expect("a history").len(), 2);
    }
}
