//! Statistics are counted on a thread of their own, so that their screen opens at once and keys are heard
//! meanwhile. Knows no figures and no screen: orders come in, pages go out one by one.

use std::{sync::mpsc, thread};

use crate::{
    app::{App, Figures, Result, Statistics, StatisticsReader},
    domain::{
        deck::Scope,
        stats::{Page, Period},
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

/// Counts in the background. A new order takes the place of one that is being worked on.
#[derive(Debug)]
pub struct Counter {
    orders: mpsc::Sender<(StatisticsReader, Order)>,
    counted: mpsc::Receiver<Counted>,
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
        let (done, counted) = mpsc::channel();
        let tell = move |counted| {
            let is_heard = done.send(counted).is_ok();
            notify();
            is_heard
        };
        thread::Builder::new().name("statistics".to_owned()).spawn(move || work(&waiting, tell))?;
        Ok(Self { orders, counted })
    }

    /// Asks for pages. They are told of one by one.
    pub fn count(&self, reader: StatisticsReader, order: Order) {
        // The thread ends only with this sender, or by a panic, which the terminal has told of.
        let _ = self.orders.send((reader, order));
    }

    /// A page that was counted since this was asked last.
    pub fn counted(&self) -> Option<Counted> {
        self.counted.try_recv().ok()
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

fn work(orders: &mpsc::Receiver<(StatisticsReader, Order)>, tell: impl Fn(Counted) -> bool) {
    let mut newer = None;
    while let Some(next) = newer.take().or_else(|| orders.recv().ok()) {
        // Who turns pages quickly waits for the last one only.
        let (reader, order) = orders.try_iter().last().unwrap_or(next);
        let figures = |statistics: &Statistics, page| reader.figures(statistics, page);
        each_page(&order, reader.read(&order.scope, order.period), figures, |counted| {
            newer = orders.try_recv().ok();
            tell(counted) && newer.is_none()
        });
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
