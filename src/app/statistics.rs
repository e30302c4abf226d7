//! Statistics, for every face of the program. What they are made of is read once; pages are worked out of it,
//! as often as a face wants, with another period or none.

use std::{collections::HashMap, path::PathBuf, thread};

use serde::Serialize;

use super::{App, Result};
use crate::{
    domain::{
        deck::Scope,
        evaluation::Measurement,
        ids::{CardId, DeckId},
        question::Question,
        scheduler::Schedulers,
        stats::{
            Calendar, Cards, Confusions, History, Lately, Load, Missed, Page, Period, Prediction, Present,
            Retention, Standing, Streak, Topics,
        },
    },
    store::{LogEnd, Store},
};

/// What all pages of a scope are made of. Pages are worked out without asking the collection again, confusions
/// excepted, which need the words of questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The answers and the cards.
    pub history: History,
    /// The present, as it was when they were read.
    pub present: Present,
    /// The end of the log, where this is about all of it.
    log: Option<LogEnd>,
}

/// Reads statistics on any thread, with a connection of its own, while the program goes on.
#[derive(Debug, Clone)]
pub struct StatisticsReader {
    folder: PathBuf,
    schedulers: Schedulers,
    present: Present,
}

/// The figures of one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figures {
    /// Of [`Page::Lately`].
    Lately(Lately),
    /// Of [`Page::Retention`].
    Retention(Retention),
    /// Of [`Page::Calendar`].
    Calendar(Calendar),
    /// Of [`Page::Load`].
    Load(Load),
    /// Of [`Page::Cards`].
    Cards(Cards),
    /// Of [`Page::Topics`].
    Topics(Topics),
    /// Of [`Page::Confusions`].
    Confusions(Confusions),
    /// Of [`Page::Prediction`].
    Prediction(Prediction),
}

/// All pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AllFigures {
    /// Today and lately.
    pub lately: Lately,
    /// Retention.
    pub retention: Retention,
    /// Calendar.
    pub calendar: Calendar,
    /// Load.
    pub load: Load,
    /// Cards.
    pub cards: Cards,
    /// Topics.
    pub topics: Topics,
    /// Confusions.
    pub confusions: Confusions,
    /// Prediction.
    pub prediction: Prediction,
}

impl App {
    /// Reads what the statistics of a scope are made of.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn statistics(&self, scope: &Scope) -> Result<Statistics> {
        Statistics::read(&self.store, scope, &self.schedulers, self.present())
    }

    /// The figures of a page. Takes milliseconds, and up to a second for predictions from years of study.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn figures(&self, statistics: &Statistics, page: Page, period: Period) -> Result<Figures> {
        statistics.figures(page, period, &self.store)
    }

    /// The figures of all pages.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn all_figures(&self, statistics: &Statistics, period: Period) -> Result<AllFigures> {
        statistics.all_figures(period, &self.store)
    }

    /// How each deck stands. Takes up to a fraction of a second after years of study, so that a screen asks for
    /// [`StatisticsReader::standings`] instead.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn standings(&self) -> Result<HashMap<DeckId, Standing>> {
        let Statistics { history, present, .. } = self.statistics(&Scope::Everything)?;
        Ok(Standing::of_chapters(&history, &present))
    }

    /// Study days in a row with answers.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn streaks(&self) -> Result<Streak> {
        Ok(Streak::of(&self.store.study_days()?, self.now().day))
    }

    /// Whoever reads statistics on another thread; `None` for a collection in memory, which no other
    /// connection can see.
    pub fn statistics_reader(&self) -> Option<StatisticsReader> {
        let folder = self.store.folder()?;
        Some(StatisticsReader { folder, schedulers: self.schedulers.clone(), present: self.present() })
    }

    fn present(&self) -> Present {
        Present { today: self.now().day, limits: self.config.limits() }
    }
}

impl StatisticsReader {
    /// As [`App::statistics`].
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn read(&self, scope: &Scope) -> Result<Statistics> {
        Statistics::read(&Store::open_to_read(&self.folder)?, scope, &self.schedulers, self.present)
    }

    /// As [`App::standings`].
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn standings(&self) -> Result<HashMap<DeckId, Standing>> {
        let Statistics { history, present, .. } = self.read(&Scope::Everything)?;
        Ok(Standing::of_chapters(&history, &present))
    }

    /// As [`App::figures`].
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn figures(&self, statistics: &Statistics, page: Page, period: Period) -> Result<Figures> {
        statistics.figures(page, period, &Store::open_to_read(&self.folder)?)
    }
}

impl Statistics {
    fn read(store: &Store, scope: &Scope, schedulers: &Schedulers, present: Present) -> Result<Self> {
        let (history, log) = store.statistics(scope, schedulers)?;
        Ok(Self { history, present, log })
    }

    fn figures(&self, page: Page, period: Period, store: &Store) -> Result<Figures> {
        let Self { history, present, .. } = self;
        Ok(match page {
            Page::Lately => Figures::Lately(Lately::new(history, period, present)),
            Page::Retention => Figures::Retention(Retention::new(history, period, present)),
            Page::Calendar => Figures::Calendar(Calendar::new(history, period, present)),
            Page::Load => Figures::Load(Load::new(history, present)),
            Page::Cards => Figures::Cards(Cards::new(history, present)),
            Page::Topics => Figures::Topics(Topics::new(history, period)),
            Page::Confusions => Figures::Confusions(self.confusions(period, store)?),
            Page::Prediction => Figures::Prediction(self.prediction(period, store)),
        })
    }

    fn all_figures(&self, period: Period, store: &Store) -> Result<AllFigures> {
        let Self { history, present, .. } = self;
        let kept = self.kept_predictions(period, store);
        let is_kept = kept.is_some();
        let figures: Result<AllFigures> = thread::scope(|scope| {
            let prediction = scope.spawn(|| {
                let measured = kept.or_else(|| Prediction::measure(history, period));
                Prediction::of(history, period, measured)
            });
            let by_card =
                scope.spawn(|| (Retention::new(history, period, present), Topics::new(history, period)));
            let (lately, calendar) =
                (Lately::new(history, period, present), Calendar::new(history, period, present));
            let (load, cards) = (Load::new(history, present), Cards::new(history, present));
            let confusions = self.confusions(period, store)?;
            let (retention, topics) = by_card.join().expect("counting does not panic");
            let prediction = prediction.join().expect("predicting does not panic");
            Ok(AllFigures { lately, retention, calendar, load, cards, topics, confusions, prediction })
        });
        let figures = figures?;
        if !is_kept {
            self.keep_predictions(&figures.prediction, period, store);
        }
        Ok(figures)
    }

    fn prediction(&self, period: Period, store: &Store) -> Prediction {
        if let Some(kept) = self.kept_predictions(period, store) {
            return Prediction::of(&self.history, period, Some(kept));
        }
        let prediction = Prediction::new(&self.history, period);
        self.keep_predictions(&prediction, period, store);
        prediction
    }

    /// What predictors came to for all answers, where somebody has worked it out since the last one.
    fn kept_predictions(&self, period: Period, store: &Store) -> Option<Measurement> {
        let end = self.log.filter(|_| period == Period::ALL)?;
        store.kept_predictions(end, &Prediction::PREDICTORS)
    }

    /// Keeps what predictors came to for so many answers that it takes a while.
    fn keep_predictions(&self, prediction: &Prediction, period: Period, store: &Store) {
        const MANY: usize = 20_000;
        if let (Some(end), Some(measured)) = (self.log, &prediction.measured)
            && period == Period::ALL
            && prediction.scored >= MANY
        {
            store.keep_predictions(end, measured);
        }
    }

    fn confusions(&self, period: Period, store: &Store) -> Result<Confusions> {
        let missed = Missed::new(&self.history, period);
        let mut questions: HashMap<CardId, Question> = HashMap::new();
        for card in missed.cards(&self.history) {
            questions.insert(card, store.question(card)?);
        }
        Ok(missed.with(&self.history, &questions))
    }
}
