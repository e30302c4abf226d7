//! Numbers as columns: one for each place, of several parts on top of each other or beside each other.

use plotters::prelude::*;

use super::{Axis, Canvas, Drawn, Legend, below_legend, plane};
use crate::report::palette::Ink;

/// Columns at places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Columns {
    /// What stands below each place.
    pub labels: Vec<String>,
    /// The parts, each with a number for each place.
    pub layers: Vec<Layer>,
    /// Whether the parts stand on top of each other, and not beside each other.
    pub stacked: bool,
    /// Whether the numbers are shares.
    pub shares: bool,
}

/// A part of all columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layer {
    pub label: &'static str,
    pub ink: Ink,
    pub figures: Vec<f64>,
}

/// How much of a place its columns fill.
const FILLED: f64 = 0.8;

impl Columns {
    /// One column for each place.
    pub(crate) fn single(labels: Vec<String>, figures: impl IntoIterator<Item = usize>, ink: Ink) -> Self {
        let figures = figures.into_iter().map(|figure| figure as f64).collect();
        Self { labels, layers: vec![Layer { label: "", ink, figures }], stacked: true, shares: false }
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>) -> Drawn {
        let legend: Vec<Legend<'_>> = self.legend();
        let canvas = below_legend(canvas, &legend)?;
        let mut chart = plane(&canvas, Axis::places(&self.labels), self.heights())?;
        for nth in 0..self.layers.len() {
            let style = self.layers[nth].ink.drawn().filled();
            let columns = (0..self.labels.len()).filter_map(|place| self.column(nth, place));
            chart.draw_series(columns.map(|corners| Rectangle::new(corners, style)))?;
        }
        Ok(())
    }

    fn legend(&self) -> Vec<Legend<'_>> {
        let named = self.layers.iter().filter(|layer| !layer.label.is_empty());
        named.map(|layer| Legend { ink: layer.ink, mark: None, label: layer.label }).collect()
    }

    fn heights(&self) -> Axis {
        let all = self.layers.iter().flat_map(|layer| &layer.figures);
        if self.shares {
            let most = all.copied().fold(0.0, f64::max);
            let tens = (most * 10.0).ceil().clamp(1.0, 10.0);
            let marks =
                (0..=tens as u32).step_by(if tens > 5.0 { 2 } else { 1 }).map(|ten| f64::from(ten) / 10.0);
            return Axis {
                range: 0.0..tens / 10.0,
                marks: marks.map(|at| (at, format!("{:.0} %", at * 100.0))).collect(),
            };
        }
        let most = match self.stacked {
            true => {
                (0..self.labels.len()).map(|place| self.below(self.layers.len(), place)).fold(0.0, f64::max)
            }
            false => all.copied().fold(0.0, f64::max),
        };
        Axis::counts(most)
    }

    /// The height of the layers below this one.
    fn below(&self, nth: usize, place: usize) -> f64 {
        self.layers[..nth].iter().map(|layer| layer.figures[place]).sum()
    }

    /// Two corners of a column; `None` of nothing.
    fn column(&self, nth: usize, place: usize) -> Option<[(f64, f64); 2]> {
        let height = self.layers[nth].figures[place];
        let left = place as f64 - FILLED / 2.0;
        let wide = FILLED / self.layers.len() as f64;
        let corners = match self.stacked {
            true => {
                let base = self.below(nth, place);
                [(left, base), (left + FILLED, base + height)]
            }
            false => [(left + wide * nth as f64, 0.0), (left + wide * (nth + 1) as f64, height)],
        };
        (height > 0.0).then_some(corners)
    }
}
