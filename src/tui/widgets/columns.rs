//! Upright bars over time, with their greatest number at an axis. ratatui's own bars leave out what is
//! less than an eighth of a line, so that few would look like none, and have no axis.

use ratatui::text::{Line, Span};

use crate::{
    tui::{look::Look, symbols, theme::Part},
    typeset::columns,
};

/// No bar is wider, so that few of them do not look like a wall.
const WIDEST: usize = 4;

/// Upright bars.
#[derive(Debug)]
pub struct Columns<'a> {
    /// Their numbers, the first at the left.
    pub numbers: &'a [usize],
    /// What stands below some of them, by their places; what would overlap is left out.
    pub labels: &'a [(usize, String)],
    /// Lines for the bars.
    pub height: usize,
    /// Columns for all of it.
    pub width: usize,
}

/// Which bars are drawn, and where.
struct Places {
    axis: usize,
    shown: usize,
    step: usize,
}

impl Columns<'_> {
    /// How many bars there is room for.
    pub fn room(&self) -> usize {
        self.places().shown
    }

    /// The lines of the chart: bars, axis and labels. Where there is no room for all bars, the first ones
    /// are drawn.
    pub fn lines(&self, look: &Look) -> Vec<Line<'static>> {
        let places = self.places();
        let numbers = &self.numbers[..places.shown];
        let most = numbers.iter().copied().max().unwrap_or(0);
        let mut lines: Vec<Line> =
            (0..self.height).map(|row| self.row(row, numbers, most.max(1), &places, look)).collect();
        if let Some(axis) = lines.first_mut().and_then(|line| line.spans.first_mut()) {
            let width = places.axis;
            axis.content = format!("{most:>width$} ").into();
        }
        let width = places.step * places.shown;
        lines.push(look.line(format!("{:>1$}└{2}", "0 ", places.axis + 1, "─".repeat(width)), Part::Border));
        lines.push(look.line(self.labels_line(&places), Part::Faint));
        lines
    }

    fn places(&self) -> Places {
        let axis = self.numbers.iter().max().map_or(1, |most| most.to_string().len());
        let room = self.width.saturating_sub(axis + 2);
        let step = (room / self.numbers.len().max(1)).clamp(1, WIDEST);
        Places { axis, shown: self.numbers.len().min(room / step), step }
    }

    fn row(&self, row: usize, numbers: &[usize], most: usize, places: &Places, look: &Look) -> Line<'static> {
        const EIGHTHS: usize = 8;
        let below = (self.height - 1 - row) * EIGHTHS;
        let bar = places.step - usize::from(places.step > 1);
        let mut line = Line::from(vec![
            look.span(" ".repeat(places.axis + 1), Part::Faint),
            look.span("│", Part::Border),
        ]);
        for number in numbers {
            let high = (number * self.height * EIGHTHS).div_ceil(most);
            let filled = high.saturating_sub(below).min(EIGHTHS);
            let sign = filled.checked_sub(1).map_or(" ", |eighth| symbols::HEIGHTS[eighth]);
            line.push_span(look.span(sign.repeat(bar), Part::Bar));
            line.push_span(Span::raw(" ".repeat(places.step - bar)));
        }
        line
    }

    fn labels_line(&self, places: &Places) -> String {
        let mut line = String::new();
        for (place, label) in self.labels.iter().filter(|(place, _)| *place < places.shown) {
            let at = places.axis + 2 + place * places.step;
            let used = columns(&line);
            if (used == 0 || used < at) && at + columns(label) <= self.width {
                line.push_str(&" ".repeat(at - used));
                line.push_str(label);
            }
        }
        line
    }
}
