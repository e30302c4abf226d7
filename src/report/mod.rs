//! The report: figures in, one HTML page that needs nothing else out, or one chart of it as SVG. Every chart has
//! its numbers beside it as a table. Pure; knows the figures of [`crate::domain::stats`] and how to make text
//! harmless, and neither where figures come from nor where the page goes.

mod kind;
mod section;
mod sections;
mod chart;
mod table;
mod page;
mod markup;
pub(crate) mod draw;
pub(crate) mod palette;

pub use kind::ChartKind;

use crate::domain::{
    stats::{Calendar, Cards, Confusions, Lately, Load, Period, Prediction, Retention, Topics},
    time::StudyDay,
};
use section::Section;

/// What a report is about: the figures of all pages.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What is looked at, in words: decks and days.
    pub heading: &'a str,
    /// The days that are looked at.
    pub period: Period,
    /// Today.
    pub today: StudyDay,
    /// Today and lately.
    pub lately: &'a Lately,
    /// Retention.
    pub retention: &'a Retention,
    /// Calendar.
    pub calendar: &'a Calendar,
    /// Load.
    pub load: &'a Load,
    /// Cards.
    pub cards: &'a Cards,
    /// Topics.
    pub topics: &'a Topics,
    /// Confusions.
    pub confusions: &'a Confusions,
    /// Prediction.
    pub prediction: &'a Prediction,
}

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing has been counted yet that this chart shows.
    #[error(
        "there is nothing to draw for “{chart}” yet: it would rest on nothing. The page says what there is"
    )]
    Nothing {
        /// The chart.
        chart: &'static str,
    },
    /// The library could not draw.
    #[error("drawing the chart “{chart}” failed: {reason}")]
    Drawing {
        /// The chart.
        chart: &'static str,
        /// What the library says.
        reason: String,
    },
}

impl Report<'_> {
    /// The page with everything.
    ///
    /// # Errors
    /// [`Error::Drawing`].
    pub fn html(&self) -> Result<String, Error> {
        page::html(self, &self.sections())
    }

    /// One chart, with its title, as a picture of its own.
    ///
    /// # Errors
    /// [`Error::Nothing`] where nothing has been counted, [`Error::Drawing`].
    pub fn svg(&self, kind: ChartKind) -> Result<String, Error> {
        let charts = self.sections().into_iter().flat_map(|section| section.charts);
        let chart = charts.into_iter().find(|chart| chart.kind == kind);
        chart.ok_or(Error::Nothing { chart: kind.word() })?.alone(self)
    }

    fn sections(&self) -> Vec<Section> {
        vec![
            sections::lately(self.lately),
            sections::retention(self.retention),
            sections::calendar(self.calendar, self.period, self.today),
            sections::load(self.load),
            sections::cards(self.cards),
            sections::topics(self.topics),
            sections::confusions(self.confusions),
            sections::prediction(self.prediction),
        ]
    }
}
