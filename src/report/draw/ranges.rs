//! Shares with their intervals, one below the other, each under its name: names may be long, and a telephone is
//! narrow.

use plotters::{prelude::*, style::text_anchor::HPos};

use super::{Canvas, Drawn, WIDTH, words};
use crate::report::palette::{AXIS, GRID, Ink, TEXT};

/// Shares below each other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranges {
    pub rows: Vec<Row>,
}

/// A share with its name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub name: String,
    /// What stands at the right.
    pub note: String,
    pub share: f64,
    pub low: f64,
    pub high: f64,
    pub ink: Ink,
}

const LEFT: i32 = 12;
const RIGHT: i32 = WIDTH as i32 - 20;
const STEP: i32 = 38;
/// From the top of a row to its words, and to its line.
const NAME: i32 = 14;
const RANGE: i32 = 30;

impl Ranges {
    pub(super) fn height(&self) -> u32 {
        self.bottom() as u32 + 30
    }

    fn bottom(&self) -> i32 {
        self.rows.len() as i32 * STEP + 6
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>) -> Drawn {
        for quarter in 0..=4 {
            let at = x(f64::from(quarter) / 4.0);
            let label = format!("{} %", quarter * 25);
            words(canvas, &label, (at, self.bottom() + 14), AXIS, HPos::Center)?;
            for (nth, _) in self.rows.iter().enumerate() {
                let y = nth as i32 * STEP + RANGE;
                canvas.draw(&PathElement::new([(at, y - 6), (at, y + 6)], GRID.drawn()))?;
            }
        }
        for (nth, row) in self.rows.iter().enumerate() {
            row.draw(canvas, nth as i32 * STEP)?;
        }
        Ok(())
    }
}

impl Row {
    fn draw(&self, canvas: &Canvas<'_>, top: i32) -> Drawn {
        let y = top + RANGE;
        words(canvas, &self.name, (LEFT, top + NAME), TEXT, HPos::Left)?;
        words(canvas, &self.note, (WIDTH as i32 - 8, top + NAME), AXIS, HPos::Right)?;
        canvas.draw(&PathElement::new([(x(0.0), y), (x(1.0), y)], GRID.drawn()))?;
        let range = Rectangle::new(
            [(x(self.low), y - 2), (x(self.high), y + 2)],
            self.ink.drawn().mix(0.45).filled(),
        );
        canvas.draw(&range)?;
        canvas.draw(&Circle::new((x(self.share), y), 5, self.ink.drawn().filled()))
    }
}

fn x(share: f64) -> i32 {
    LEFT + ((RIGHT - LEFT) as f64 * share).round() as i32
}
