//! Shares on a common scale, one a line: a point for what was counted, a whisker for how far it may be off by
//! chance, and beside them the figures. What should be is a line through all of them.

use ratatui::text::{Line, Span};

use crate::{
    domain::evaluation::Share,
    tui::{
        look::{Look, fit},
        symbols,
        theme::Part,
    },
    typeset::columns,
};

/// Columns of a share in words, such as `100.0 %`.
const FIGURE: usize = 7;
/// No scale is shorter; then there are only the figures.
const SHORTEST: usize = 12;

/// Shares to be compared.
#[derive(Debug)]
pub struct Scale<'a> {
    /// The shares by what they are of.
    pub rows: &'a [Row],
    /// What they should be.
    pub target: Option<f64>,
    /// Columns for all of it.
    pub width: usize,
}

/// A share.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is of.
    pub label: String,
    /// How it is told: `92.1 %`.
    pub figure: String,
    /// What was counted.
    pub share: Share,
    /// Another figure to compare it with.
    pub other: Option<f64>,
}

/// Where things stand on a line.
struct Places {
    label: usize,
    scale: usize,
    of: usize,
    /// The share at the left end; at the right end it is 1.
    least: f64,
}

impl Scale<'_> {
    /// The lines, with the ends of the scale below them.
    pub fn lines(&self, look: &Look) -> Vec<Line<'static>> {
        let places = self.places();
        let mut lines: Vec<Line> = self.rows.iter().map(|row| self.row(row, &places, look)).collect();
        if places.scale > 0 && !self.rows.is_empty() {
            lines.push(self.ends(&places, look));
        }
        lines
    }

    fn places(&self) -> Places {
        let widest = |of: &dyn Fn(&Row) -> usize| self.rows.iter().map(of).max().unwrap_or(0);
        let of = widest(&|row| of_in_words(row.share).len());
        let label = widest(&|row| columns(&row.label)).min((self.width * 2 / 5).max(10));
        let room = self.width.saturating_sub(label + FIGURE + of + 6);
        // Few answers reach so far to both sides that they would leave no room for the others.
        let lowest = |row: &Row| {
            let low = match row.share.of {
                0 => 1.0,
                _ if row.share.is_of_few() => row.share.value(),
                _ => row.share.interval().low,
            };
            low.min(row.other.unwrap_or(1.0)).min(self.target.unwrap_or(1.0))
        };
        let least = self.rows.iter().map(lowest).fold(0.9, f64::min);
        let scale = if room < SHORTEST { 0 } else { room };
        Places { label, scale, of, least: (least * 10.0).floor() / 10.0 }
    }

    fn row(&self, row: &Row, places: &Places, look: &Look) -> Line<'static> {
        let label = fit(&row.label, places.label).into_owned();
        let blanks = " ".repeat(places.label - columns(&label) + 1);
        let few = if row.share.is_of_few() { Part::Faint } else { Part::Point };
        let mut line = Line::from(vec![
            look.span(label, Part::Text),
            Span::raw(blanks),
            look.span(format!("{:>FIGURE$}", row.figure), few),
        ]);
        if places.scale > 0 {
            line.push_span(Span::raw("  "));
            line.spans.extend(self.marks(row, places, look));
        }
        line.push_span(look.span(format!("  {:>1$}", of_in_words(row.share), places.of), Part::Faint));
        line
    }

    fn marks(&self, row: &Row, places: &Places, look: &Look) -> Vec<Span<'static>> {
        let at = |share: f64| places.at(share);
        let mut signs = vec![(" ", Part::Text); places.scale];
        if row.share.of > 0 {
            let interval = row.share.interval();
            let (low, high) = (at(interval.low), at(interval.high));
            let [begin, length, end] = symbols::WHISKER;
            signs[low..=high].fill((length, Part::Whisker));
            signs[high] = (end, Part::Whisker);
            // Without its beginning, it goes on beyond the scale.
            if interval.low >= places.least {
                signs[low] = (begin, Part::Whisker);
            }
        }
        if let Some(target) = self.target {
            signs[at(target)] = (symbols::TARGET, Part::Target);
        }
        if row.share.of > 0 {
            signs[at(row.share.value())] = (symbols::POINT, Part::Point);
        }
        if let Some(other) = row.other {
            signs[at(other)] = (symbols::OTHER_POINT, Part::Target);
        }
        signs.into_iter().map(|(sign, part)| look.span(sign, part)).collect()
    }

    fn ends(&self, places: &Places, look: &Look) -> Line<'static> {
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        let before = " ".repeat(places.label + 1 + FIGURE + 2);
        let (least, most) = (percent(places.least), percent(1.0));
        let middle = percent(f64::midpoint(places.least, 1.0));
        let half = places.scale / 2;
        let left = half.saturating_sub(least.len() + middle.len() / 2);
        let right = places.scale.saturating_sub(least.len() + left + middle.len() + most.len());
        let ends = format!("{before}{least}{}{middle}{}{most}", " ".repeat(left), " ".repeat(right));
        look.line(ends, Part::Faint)
    }
}

impl Places {
    /// The column of a share.
    fn at(&self, share: f64) -> usize {
        let last = self.scale - 1;
        let column = (share - self.least) / (1.0 - self.least) * last as f64;
        (column.round().max(0.0) as usize).min(last)
    }
}

/// Over how many answers; few are said to be few.
fn of_in_words(share: Share) -> String {
    let few = share.of > 0 && share.is_of_few();
    if few { format!("few: {}", share.of) } else { format!("of {}", share.of) }
}
