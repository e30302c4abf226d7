//! Points in a plane, with how far each may be off: joined by lines within a band, or alone with whiskers.

use plotters::prelude::*;

use super::{Axis, Canvas, Drawn, Legend, below_legend, plane};
use crate::report::palette::{AXIS, Ink};

/// Points in a plane.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lines {
    pub x: Axis,
    pub y: Axis,
    pub series: Vec<Series>,
    /// A line to compare with.
    pub guide: Option<Guide>,
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    /// Its name; empty where there is nothing to tell apart.
    pub label: &'static str,
    pub ink: Ink,
    pub mark: Mark,
    /// Whether a line goes through them.
    pub joined: bool,
    /// From left to right.
    pub points: Vec<Point>,
}

/// A point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub x: f64,
    pub y: f64,
    /// How far it may be off by chance, where that is drawn.
    pub interval: Option<(f64, f64)>,
}

/// A dashed line from one point to another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Guide {
    pub label: &'static str,
    pub from: (f64, f64),
    pub to: (f64, f64),
}

/// What stands at a point, so that series differ in more than colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A disc.
    Disc,
    /// A triangle.
    Triangle,
    /// A square.
    Square,
    /// Dashes, for lines without points.
    Dashes,
}

impl Mark {
    /// Draws it around this place.
    pub(super) fn draw(self, canvas: &Canvas<'_>, (x, y): (i32, i32), ink: Ink) -> Drawn {
        const HALF: i32 = 4;
        let style = ink.drawn().filled();
        match self {
            Self::Disc => canvas.draw(&Circle::new((x, y), HALF, style)),
            Self::Triangle => canvas.draw(&TriangleMarker::new((x, y), HALF + 2, style)),
            Self::Square => canvas.draw(&Rectangle::new([(x - HALF, y - HALF), (x + HALF, y + HALF)], style)),
            Self::Dashes => {
                for (from, to) in [(x - 7, x - 2), (x + 2, x + 7)] {
                    let dash = Rectangle::new([(from, y - 1), (to, y + 1)], style);
                    canvas.draw(&dash)?;
                }
                Ok(())
            }
        }
    }
}

impl Lines {
    pub(super) fn draw(&self, canvas: &Canvas<'_>) -> Drawn {
        let canvas = below_legend(canvas, &self.legend())?;
        let Self { x, y, .. } = self;
        let mut chart = plane(&canvas, x.clone(), y.clone())?;
        for series in &self.series {
            chart.draw_series(series.bands())?;
            chart.draw_series(series.whiskers())?;
        }
        if let Some(Guide { from, to, .. }) = self.guide {
            chart.draw_series(DashedLineSeries::new([from, to], 6, 4, AXIS.drawn().stroke_width(2)))?;
        }
        for series in &self.series {
            if series.joined {
                let line = series.points.iter().map(|point| (point.x, point.y));
                chart.draw_series(LineSeries::new(line, series.ink.drawn().stroke_width(2)))?;
            }
            for point in &series.points {
                // Marks are drawn in the units of the whole canvas, so that they keep their shape.
                let at = chart.plotting_area().map_coordinate(&(point.x, point.y));
                let (left, top) = canvas.get_base_pixel();
                series.mark.draw(&canvas, (at.0 - left, at.1 - top), series.ink)?;
            }
        }
        Ok(())
    }

    fn legend(&self) -> Vec<Legend<'_>> {
        let named = self.series.iter().filter(|series| !series.label.is_empty());
        let series =
            named.map(|series| Legend { ink: series.ink, mark: Some(series.mark), label: series.label });
        let guide = self.guide.iter();
        series
            .chain(guide.map(|guide| Legend { ink: AXIS, mark: Some(Mark::Dashes), label: guide.label }))
            .collect()
    }
}

impl Series {
    /// What lies between the intervals of joined points.
    fn bands(&self) -> Vec<Polygon<(f64, f64)>> {
        const FAINT: f64 = 0.18;
        let with: Vec<(f64, (f64, f64))> =
            self.points.iter().filter_map(|point| Some((point.x, point.interval?))).collect();
        if !self.joined || with.len() < 2 {
            return Vec::new();
        }
        let upper = with.iter().map(|(x, (_, high))| (*x, *high));
        let lower = with.iter().rev().map(|(x, (low, _))| (*x, *low));
        vec![Polygon::new(upper.chain(lower).collect::<Vec<_>>(), self.ink.drawn().mix(FAINT))]
    }

    /// The intervals of points that stand alone.
    fn whiskers(&self) -> Vec<PathElement<(f64, f64)>> {
        if self.joined && self.points.len() > 1 {
            return Vec::new();
        }
        let style = self.ink.drawn().stroke_width(2);
        let line = |point: &Point| {
            let (low, high) = point.interval?;
            Some(PathElement::new([(point.x, low), (point.x, high)], style))
        };
        self.points.iter().filter_map(line).collect()
    }
}
