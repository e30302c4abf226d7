//! Whether the files beside the database say what the log says. Damaged ones, and those of another log, are not used
//! by anybody; one that is whole is believed.

use super::{
    Doing, LogEnd, READ_LOG, Result, Rows, Store, cache, cards, fold::Log, last_row, ledger, predictions,
    summary,
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
        if let Some(cached) = cache::rows(&folder, connection)
            && !self.agrees(&cached)?
        {
            return Ok(Some(cache::FILE));
        }
        if let Some(kept) = summary::read(&folder, connection) {
            let (shelf, history) = self.read_through(kept.rows(), schedulers)?;
            let mut kept_shelf = cards::shelf(self, &self.decks_of(&Scope::Everything)?, schedulers)?;
            let kept = kept.summary(&mut kept_shelf);
            if kept.is_some_and(|kept| kept != Summary::of(&shelf, &history, Period::ALL)) {
                return Ok(Some(summary::FILE));
            }
        }
        if let Some((kept, rows)) = ledger::read(&folder, connection) {
            let (shelf, history) = self.read_through(rows, schedulers)?;
            let mut ledger = Ledger::default();
            Prediction::enter(&mut ledger, &shelf, &history, 0);
            if kept != ledger {
                return Ok(Some(ledger::FILE));
            }
        }
        let end = last_row(connection).doing(READ_LOG)?;
        if let Some(kept) = predictions::read(&folder, connection, LogEnd(end), &Prediction::PREDICTORS) {
            let (shelf, history) = self.read_through(end, schedulers)?;
            if Prediction::measure(&shelf, &history, Period::ALL) != Some(kept) {
                return Ok(Some(predictions::FILE));
            }
        }
        Ok(None)
    }

    /// Whether rows are the log's first ones.
    fn agrees(&self, cached: &Rows) -> Result<bool> {
        let mut rows = Rows::default();
        rows.read_on(&self.connection).doing(READ_LOG)?;
        let is_cached = |undo: &&(u32, i64)| (undo.0 as usize) < cached.len();
        Ok((0..cached.len()).all(|place| cached.says(place) == rows.says(place))
            && cached.names.undos.iter().eq(rows.names.undos.iter().filter(is_cached)))
    }

    /// All cards and their answers in so many rows of the log.
    fn read_through(&self, count: i64, schedulers: &Schedulers) -> Result<(Shelf, History)> {
        let mut rows = Rows::default();
        rows.read_on(&self.connection).doing(READ_LOG)?;
        rows.truncate(usize::try_from(count).unwrap_or_default());
        let log = Log::new(rows, is_merged(&self.connection).doing(READ_LOG)?);
        let mut shelf = cards::shelf(self, &self.decks_of(&Scope::Everything)?, schedulers)?;
        let (history, further) = log.history(&shelf.cards, true);
        shelf.cards.extend(further);
        Ok((shelf, history))
    }
}
