//! Statistics are counted on a thread of their own, so that their screen opens at once and keys are heard
//! meanwhile. Knows no figures and no screen: orders come in, pages go out one by one.

use std::{collections::HashMap, sync::mpsc, thread};

use crate::{
    app::{App, Figures, Result, Statistics, StatisticsReader},
    domain::{
        deck::Scope,
        ids::DeckId,
        stats::{Page, Period, Standing},
    },
};

/// What is to be counted: all pages of a scope and a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Of what.
    pub scope: Scope,
    /// Over which days.
    pub period: Period,
    /// The page that the person waits for.
    pub first: Page,
}

/// A page, or why there is none.
#[derive(Debug)]
pub struct Counted {
    /// What it was counted for.
    pub order: Order,
    /// The page.
    pub page: Page,
    /// Its figures.
    pub figures: Result<Figures, String>,
}

/// What was counted.
#[derive(Debug)]
pub enum Told {
    /// A page.
    Page(Box<Counted>),
    /// How the decks stand, or why that is not known.
    Standings(Result<HashMap<DeckId, Standing>, String>),
}

/// Counts in the background. A new order takes the place of one of its kind that is being worked on.
#[derive(Debug)]
pub struct Counter {
    orders: mpsc::Sender<(StatisticsReader, Wanted)>,
    told: mpsc::Receiver<Told>,
}

/// What somebody waits for.
#[derive(Debug)]
enum Wanted {
    Pages(Order),
    Standings,
}

/// What is not worked on yet, the newest of each kind.
#[derive(Debug, Default)]
struct Waiting {
    pages: Option<(StatisticsReader, Order)>,
    standings: Option<StatisticsReader>,
}

impl Order {
    /// Whether it asks for the same figures.
    pub fn is_like(&self, other: &Self) -> bool {
        self.scope == other.scope && self.period == other.period
    }
}

impl Counter {
    /// A counter that waits for orders. `notify` is called on its thread whenever a page is counted.
    ///
    /// # Errors
    /// When the system has no thread to spare.
    pub fn start(notify: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (orders, waiting) = mpsc::channel();
        let (done, told) = mpsc::channel();
        let tell = move |counted| {
            let is_heard = done.send(counted).is_ok();
            notify();
            is_heard
        };
        thread::Builder::new().name("statistics".to_owned()).spawn(move || work(&waiting, tell))?;
        Ok(Self { orders, told })
    }

    /// Asks for pages. They are told of one by one.
    pub fn count(&self, reader: StatisticsReader, order: Order) {
        self.want(reader, Wanted::Pages(order));
    }

    /// Asks how the decks stand, once nobody waits for pages.
    pub fn stand(&self, reader: StatisticsReader) {
        self.want(reader, Wanted::Standings);
    }

    fn want(&self, reader: StatisticsReader, wanted: Wanted) {
        // The thread ends only with this sender, or by a panic, which the terminal has told of.
        let _ = self.orders.send((reader, wanted));
    }

    /// Something that was counted since this was asked last.
    pub fn told(&self) -> Option<Told> {
        self.told.try_recv().ok()
    }
}

impl Waiting {
    fn add(&mut self, (reader, wanted): (StatisticsReader, Wanted)) {
        match wanted {
            // Who turns pages quickly waits for the last one only.
            Wanted::Pages(order) => self.pages = Some((reader, order)),
            Wanted::Standings => self.standings = Some(reader),
        }
    }
}

/// Counts while the caller waits.
pub fn count_now(app: &App, order: &Order) -> Vec<Counted> {
    let mut counted = Vec::new();
    let figures = |statistics: &Statistics, page| app.figures(statistics, page);
    each_page(order, app.statistics(&order.scope, order.period), figures, |page| {
        counted.push(page);
        true
    });
    counted
}

fn work(orders: &mpsc::Receiver<(StatisticsReader, Wanted)>, tell: impl Fn(Told) -> bool) {
    let mut waiting = Waiting::default();
    loop {
        orders.try_iter().for_each(|order| waiting.add(order));
        if let Some((reader, order)) = waiting.pages.take() {
            let figures = |statistics: &Statistics, page| reader.figures(statistics, page);
            each_page(&order, reader.read(&order.scope, order.period), figures, |counted| {
                orders.try_iter().for_each(|order| waiting.add(order));
                tell(Told::Page(Box::new(counted))) && waiting.pages.is_none()
            });
        } else if let Some(reader) = waiting.standings.take() {
            tell(Told::Standings(reader.standings().map_err(|error| error.to_string())));
        } else {
            let Ok(order) = orders.recv() else { return };
            waiting.add(order);
        }
    }
}

/// Tells of each page, the awaited one first, for as long as somebody wants to know.
fn each_page(
    order: &Order,
    statistics: Result<Statistics>,
    figures: impl Fn(&Statistics, Page) -> Result<Figures>,
    mut tell: impl FnMut(Counted) -> bool,
) {
    let statistics = statistics.map_err(|error| error.to_string());
    let others = Page::ALL.into_iter().filter(|page| *page != order.first);
    for page in std::iter::once(order.first).chain(others) {
        let figures = match &statistics {
            Ok(statistics) => figures(statistics, page).map_err(|error| error.to_string()),
            Err(error) => Err(error.clone()),
        };
        if !tell(Counted { order: order.clone(), page, figures }) {
            return;
        }
    }
}
