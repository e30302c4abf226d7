//! Whether the files beside the database say what the log says. Damaged ones, and those of another log, are not used
//! by anybody; one that is whole is believed.

use super::{
    Doing, LogEnd, READ_LOG, Result, Rows, Store, cache, cards, fold::Log, ledger, predictions, summary,
};
use crate::{
    domain::{
        deck::Scope,
        evaluation::Ledger,
        scheduler::Schedulers,
        stats::{History, Period, Prediction, Shelf, Summary},
    },
    store::log::is_merged,
};

/// The files that statistics keep in the folder of the collection.
pub const STATISTICS_FILES: [&str; 4] = [cache::FILE, summary::FILE, ledger::FILE, predictions::FILE];

impl Store {
    /// The first of the files that statistics keep which they would believe, and which says something else than the
    /// log. Deleting it mends that.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn wrong_statistics_file(&self, schedulers: &Schedulers) -> Result<Option<&'static str>> {
        let Some(folder) = self.folder() else { return Ok(None) };
        let _snapshot = self.connection.unchecked_transaction().doing(READ_LOG)?;
        let connection = &self.connection;
        let mut rows = Rows::default();
        rows.read_on(connection).doing(READ_LOG)?;
        let end = rows.len() as i64;
        if cache::rows(&folder, connection).is_some_and(|cached| !begins_with(&rows, &cached)) {
            return Ok(Some(cache::FILE));
        }
        let shelf = cards::shelf(self, &self.decks_of(&Scope::Everything)?, schedulers)?;
        let is_merged = is_merged(connection).doing(READ_LOG)?;
        // All cards, and their answers in so many rows.
        let through = |count: i64| -> (Shelf, History) {
            let (mut rows, mut shelf) = (rows.clone(), shelf.clone());
            rows.truncate(usize::try_from(count).unwrap_or_default());
            let (history, further) = Log::new(rows, is_merged).history(&shelf.cards, true);
            shelf.cards.extend(further);
            (shelf, history)
        };
        if let Some(kept) = summary::read(&folder, connection) {
            let (all, history) = through(kept.rows());
            let kept = kept.summary(&mut shelf.clone());
            if kept.is_some_and(|kept| kept != Summary::of(&all, &history, Period::ALL)) {
                return Ok(Some(summary::FILE));
            }
        }
        if let Some((kept, count)) = ledger::read(&folder, connection) {
            let (shelf, history) = through(count);
            let mut ledger = Ledger::default();
            Prediction::enter(&mut ledger, &shelf, &history, 0);
            if kept != ledger {
                return Ok(Some(ledger::FILE));
            }
        }
        if let Some(kept) = predictions::read(&folder, connection, LogEnd(end), &Prediction::PREDICTORS) {
            let (shelf, history) = through(end);
            if Prediction::measure(&shelf, &history, Period::ALL) != Some(kept) {
                return Ok(Some(predictions::FILE));
            }
        }
        Ok(None)
    }
}

/// Whether rows begin with these.
fn begins_with(rows: &Rows, cached: &Rows) -> bool {
    let is_cached = |undo: &&(u32, i64)| (undo.0 as usize) < cached.len();
    (0..cached.len()).all(|place| cached.says(place) == rows.says(place))
        && cached.names.undos.iter().eq(rows.names.undos.iter().filter(is_cached))
}
