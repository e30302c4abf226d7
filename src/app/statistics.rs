//! Statistics, for every face of the program. What they are made of is read once; pages are worked out of it,
//! as often as a face wants, with another period or none.

use std::{collections::HashMap, path::PathBuf, thread};

use serde::Serialize;

use super::{App, Result};
use crate::{
    domain::{
        deck::Scope,
        ids::{CardId, DeckId},
        question::Question,
        scheduler::Schedulers,
        session::Session,
        stats::{
            Calendar, Card, Cards, Confusions, GroupKey, Lately, Load, Missed, Page, Period, Prediction,
            Present, Retention, Standing, Streak, Topics,
        },
        time::StudyDay,
    },
    store::{Answers, Material, Store},
};

/// What all pages of a scope and a period are made of.
#[derive(Debug)]
pub struct Statistics {
    material: Material,
    period: Period,
    /// The present, as it was when they were read.
    present: Present,
}

/// A sitting over the cards of a group.
#[derive(Debug)]
pub struct GroupSession {
    /// The sitting.
    pub session: Session,
    /// How many of its cards are new.
    pub new: usize,
    /// Whether none of its cards is due yet.
    pub is_ahead: bool,
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
    /// Reads what the statistics of a scope and a period are made of.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn statistics(&self, scope: &Scope, period: Period) -> Result<Statistics> {
        Statistics::read(&self.store, scope, period, &self.schedulers, self.present())
    }

    /// The figures of a page. Takes milliseconds; for predictions that nobody has worked out yet, from years of
    /// study, some seconds.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn figures(&self, statistics: &Statistics, page: Page) -> Result<Figures> {
        statistics.figures(page, &self.store)
    }

    /// The figures of all pages.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn all_figures(&self, statistics: &Statistics) -> Result<AllFigures> {
        statistics.all_figures(&self.store)
    }

    /// Begins a sitting over the cards of a scope that belong to a group of [`Page::Topics`]: over what is due,
    /// learning or new, within the limits, and how many of these are new. Where there is nothing, over those that
    /// will be due next, ahead of time.
    ///
    /// # Errors
    /// As [`App::begin`].
    pub fn begin_group(&mut self, scope: &Scope, key: GroupKey) -> Result<GroupSession> {
        let shelf = self.store.shelf(scope, &self.schedulers)?;
        let cards: Vec<&Card> = key.cards(&shelf).collect();
        let ids: Vec<CardId> = cards.iter().map(|card| card.id).collect();
        let (session, new) = self.begin_among(scope, &ids)?;
        if session.remaining() > 0 || session.left_out > 0 {
            return Ok(GroupSession { session, new, is_ahead: false });
        }
        let ahead = next_due(&cards, self.now().day, self.config.limits().reviews);
        let is_ahead = !ahead.is_empty();
        Ok(GroupSession { session: self.begin_with(ahead)?, new: 0, is_ahead })
    }

    /// How each deck stands. Takes up to a fraction of a second after years of study, so that a screen asks for
    /// [`StatisticsReader::standings`] instead.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn standings(&self) -> Result<HashMap<DeckId, Standing>> {
        Ok(self.statistics(&Scope::Everything, Period::ALL)?.standings())
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
    pub fn read(&self, scope: &Scope, period: Period) -> Result<Statistics> {
        Statistics::read(&Store::open_to_read(&self.folder)?, scope, period, &self.schedulers, self.present)
    }

    /// As [`App::standings`].
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn standings(&self) -> Result<HashMap<DeckId, Standing>> {
        Ok(self.read(&Scope::Everything, Period::ALL)?.standings())
    }

    /// As [`App::figures`].
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn figures(&self, statistics: &Statistics, page: Page) -> Result<Figures> {
        statistics.figures(page, &Store::open_to_read(&self.folder)?)
    }
}

impl Statistics {
    fn read(
        store: &Store,
        scope: &Scope,
        period: Period,
        schedulers: &Schedulers,
        present: Present,
    ) -> Result<Self> {
        Ok(Self { material: store.statistics(scope, period, schedulers)?, period, present })
    }

    fn standings(&self) -> HashMap<DeckId, Standing> {
        let Material { shelf, summary, .. } = &self.material;
        Standing::of_chapters(shelf, summary, &self.present)
    }

    fn figures(&self, page: Page, store: &Store) -> Result<Figures> {
        let Material { shelf, summary, .. } = &self.material;
        let present = &self.present;
        Ok(match page {
            Page::Lately => Figures::Lately(Lately::new(shelf, summary, present)),
            Page::Retention => Figures::Retention(Retention::new(shelf, summary, present)),
            Page::Calendar => Figures::Calendar(Calendar::new(summary, present)),
            Page::Load => Figures::Load(Load::new(shelf, summary, present)),
            Page::Cards => Figures::Cards(Cards::new(shelf, present)),
            Page::Topics => Figures::Topics(Topics::new(shelf, summary)),
            Page::Confusions => Figures::Confusions(self.confusions(store)?),
            Page::Prediction => Figures::Prediction(self.prediction(store)?),
        })
    }

    fn all_figures(&self, store: &Store) -> Result<AllFigures> {
        let Material { shelf, summary, .. } = &self.material;
        let present = &self.present;
        // Those that walk over all cards on a thread of their own.
        let (others, of_store) = thread::scope(|scope| {
            let others = scope.spawn(|| {
                let (load, cards) = (Load::new(shelf, summary, present), Cards::new(shelf, present));
                (Lately::new(shelf, summary, present), load, cards, Topics::new(shelf, summary))
            });
            let of_store =
                self.confusions(store).and_then(|confusions| Ok((confusions, self.prediction(store)?)));
            (others.join().expect("counting does not panic"), of_store)
        });
        let ((lately, load, cards, topics), (confusions, prediction)) = (others, of_store?);
        let retention = Retention::new(shelf, summary, present);
        let calendar = Calendar::new(summary, present);
        Ok(AllFigures { lately, retention, calendar, load, cards, topics, confusions, prediction })
    }

    fn prediction(&self, store: &Store) -> Result<Prediction> {
        let Material { shelf, summary, answers } = &self.material;
        let measured = match answers {
            Answers::OfScope(history) => Prediction::measure(shelf, history, self.period),
            Answers::OfAll { end, read } => store.predictions(shelf, read.as_ref(), *end, self.period)?,
        };
        Ok(Prediction::new(summary, measured))
    }

    fn confusions(&self, store: &Store) -> Result<Confusions> {
        let Material { shelf, summary, .. } = &self.material;
        let missed = Missed::new(shelf, summary);
        let mut questions: HashMap<CardId, Question> = HashMap::new();
        for card in missed.cards(shelf) {
            questions.insert(card, store.question(card)?);
        }
        Ok(missed.with(shelf, &questions))
    }
}

/// The cards that will be due next, the first ones first, without those that were answered today already.
fn next_due(cards: &[&Card], today: StudyDay, most: usize) -> Vec<CardId> {
    let free = cards.iter().filter(|card| !card.state.is_held(today));
    let schedules = free.filter_map(|card| card.state.schedule.map(|schedule| (schedule, card.id)));
    let mut next: Vec<(StudyDay, CardId)> = schedules
        .filter(|(schedule, _)| schedule.answered != today)
        .map(|(schedule, card)| (schedule.due, card))
        .collect();
    next.sort_unstable();
    next.truncate(most);
    next.into_iter().map(|(_, card)| card).collect()
}
