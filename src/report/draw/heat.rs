//! Days as squares, a column for each week and a row for each day of the week, in two halves below each other,
//! so that a year is no wider than a telephone.

use plotters::{prelude::*, style::text_anchor::HPos};

use super::{Canvas, Drawn, LINE, words};
use crate::report::palette::{AXIS, Ink, NOTHING, STEPS, TEXT};

/// Weeks of days.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heat {
    /// From Monday to Sunday, the oldest week first; `None` for days that are not looked at.
    pub weeks: Vec<[Option<HeatDay>; 7]>,
    /// What stands above a week: a month that begins.
    pub months: Vec<(usize, String)>,
    /// Where each step of colour begins.
    pub bounds: [usize; 4],
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeatDay {
    pub number: usize,
}

/// Weeks of a half.
const HALF: usize = 27;
/// From one square to the next, and the side of one.
const STEP: i32 = 14;
const SIDE: i32 = 12;
const LEFT: i32 = 38;
const HEAD: i32 = 20;
const BLOCK: i32 = HEAD + 7 * STEP + 8;

impl Heat {
    pub(super) fn height(&self) -> u32 {
        (self.weeks.len().div_ceil(HALF).max(1) as i32 * BLOCK) as u32 + LINE + 8
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>) -> Drawn {
        for half in 0..self.weeks.len().div_ceil(HALF) {
            for (weekday, name) in [(0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun")] {
                let y = half as i32 * BLOCK + HEAD + weekday * STEP + SIDE / 2;
                words(canvas, name, (LEFT - 6, y), AXIS, HPos::Right)?;
            }
        }
        for (week, month) in &self.months {
            let (x, y) = corner(*week);
            words(canvas, month, (x, y - 9), AXIS, HPos::Left)?;
        }
        for (nth, week) in self.weeks.iter().enumerate() {
            let (x, top) = corner(nth);
            for (weekday, day) in week.iter().enumerate() {
                let Some(day) = day else { continue };
                square(canvas, (x, top + weekday as i32 * STEP), self.ink(day.number))?;
            }
        }
        self.scale(canvas)
    }

    /// What the colours mean, in numbers.
    fn scale(&self, canvas: &Canvas<'_>) -> Drawn {
        const APART: i32 = 72;
        let y = self.height() as i32 - LINE as i32;
        for (nth, ink) in [NOTHING].into_iter().chain(STEPS).enumerate() {
            let x = LEFT + nth as i32 * APART;
            square(canvas, (x, y - SIDE / 2), ink)?;
            words(canvas, &self.step(nth), (x + STEP + 4, y), TEXT, HPos::Left)?;
        }
        Ok(())
    }

    fn step(&self, nth: usize) -> String {
        let Some(from) = nth.checked_sub(1).map(|nth| self.bounds[nth]) else { return "none".to_owned() };
        match self.bounds.get(nth) {
            Some(next) if *next > from + 1 => format!("{from}–{}", next - 1),
            Some(_) => from.to_string(),
            None => format!("{from}+"),
        }
    }

    fn ink(&self, number: usize) -> Ink {
        let step = self.bounds.iter().take_while(|bound| **bound <= number).count();
        step.checked_sub(1).map_or(NOTHING, |step| STEPS[step])
    }
}

/// Four steps up to about the most: of few numbers each has its own.
pub(crate) fn bounds(most: usize) -> [usize; 4] {
    let quarter = (most as f64 / 4.0).ceil().max(1.0) as usize;
    [1, quarter + 1, 2 * quarter + 1, 3 * quarter + 1]
}

fn corner(week: usize) -> (i32, i32) {
    let (half, column) = (week / HALF, week % HALF);
    (LEFT + column as i32 * STEP, half as i32 * BLOCK + HEAD)
}

fn square(canvas: &Canvas<'_>, (x, y): (i32, i32), ink: Ink) -> Drawn {
    canvas.draw(&Rectangle::new([(x, y), (x + SIDE, y + SIDE)], ink.drawn().filled()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_step_and_the_legend_says_which() {
        let told = |most| {
            let heat = Heat { weeks: Vec::new(), months: Vec::new(), bounds: bounds(most) };
            (0..=4).map(|nth| heat.step(nth)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told(100), "none 1–25 26–50 51–75 76+");
        assert_eq!(told(3), "none 1 2 3 4+");
    }
}
