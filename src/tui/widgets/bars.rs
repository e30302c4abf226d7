//! Lying bars, one a line: a word, its figure, and the bar. Lower than a line, so that each stands for itself.

use ratatui::text::{Line, Span};

use crate::{
    tui::{
        look::{Look, fit},
        symbols,
        theme::Part,
    },
    typeset::columns,
};

/// No bar is longer.
const LONGEST: usize = 60;

/// Bars to be compared.
#[derive(Debug)]
pub struct Bars<'a> {
    /// The bars.
    pub rows: &'a [Bar],
    /// Columns for all of it.
    pub width: usize,
}

/// A bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// What stands before it.
    pub figure: String,
    /// Its parts; together they are its length.
    pub parts: Vec<Segment>,
}

/// A part of a bar. Parts differ in their signs too, so that colour is not needed.
#[derive(Debug, Clone, Copy)]
pub struct Segment {
    /// How much it stands for.
    pub number: usize,
    /// What it is drawn with.
    pub sign: &'static str,
    /// Its look.
    pub part: Part,
}

impl Bars<'_> {
    /// The lines.
    pub fn lines(&self, look: &Look) -> Vec<Line<'static>> {
        let widest =
            |of: &dyn Fn(&Bar) -> &str| self.rows.iter().map(|bar| columns(of(bar))).max().unwrap_or(0);
        let figure = widest(&|bar| &bar.figure);
        let label = widest(&|bar| &bar.label).min(self.width.saturating_sub(figure + 2));
        let length = self.width.saturating_sub(label + figure + 3).min(LONGEST);
        let most = self.rows.iter().map(Bar::number).max().unwrap_or(0).max(1);
        self.rows.iter().map(|bar| bar.line([label, figure, length], most, look)).collect()
    }
}

impl Bar {
    /// A bar of one part.
    pub fn plain(label: impl Into<String>, figure: impl Into<String>, number: usize) -> Self {
        Self::of(label, figure, number, Part::Bar)
    }

    /// A bar of one part with this look.
    pub fn of(label: impl Into<String>, figure: impl Into<String>, number: usize, part: Part) -> Self {
        let parts = vec![Segment { number, sign: symbols::LYING, part }];
        Self { label: label.into(), figure: figure.into(), parts }
    }

    fn number(&self) -> usize {
        self.parts.iter().map(|part| part.number).sum()
    }

    fn line(&self, [label, figure, length]: [usize; 3], most: usize, look: &Look) -> Line<'static> {
        let word = fit(&self.label, label).into_owned();
        let blanks = " ".repeat(label - columns(&word) + 1);
        let mut line = Line::from(vec![
            look.span(word, Part::Text),
            Span::raw(blanks),
            look.span(format!("{:>figure$}  ", self.figure), Part::Text),
        ]);
        let (mut number, mut drawn) = (0, 0);
        for segment in &self.parts {
            number += segment.number;
            // Something is never drawn as nothing.
            let least = drawn + usize::from(segment.number > 0);
            let end = (number * length / most).max(least).min(length);
            line.push_span(look.span(segment.sign.repeat(end - drawn), segment.part));
            drawn = end;
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{tui::theme::Theme, typeset::Highlighter};

    #[test]
    fn bars_are_as_long_as_their_numbers_and_few_is_not_none() {
        let look = Look { theme: Theme::default(), highlighter: Highlighter::none(), unicode: true };
        let segment = |number, sign| Segment { number, sign, part: Part::Bar };
        let two =
            Bar {
                label: "two".into(), figure: "6".into(), parts: vec![segment(2, "░"), segment(4, "▓")]
            };
        let rows =
            [two, Bar::plain("little", "1", 1), Bar::plain("nothing", "0", 0), Bar::plain("all", "120", 120)];
        let lines: Vec<String> =
            Bars { rows: &rows, width: 20 }.lines(&look).iter().map(|line| line.to_string()).collect();
        assert_eq!(lines, ["two       6  ░▓", "little    1  ▆", "nothing   0  ", "all     120  ▆▆▆▆▆▆▆"]);
    }
}
