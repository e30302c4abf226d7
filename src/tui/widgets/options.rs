//! The options of a question as lines: letter, mark, and a text that hangs behind them.

use std::ops::Range;

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::session::letter_at,
    tui::{look::Look, symbols, theme::Part},
    typeset::Document,
};

/// How an option stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It can be chosen.
    Open,
    /// It is right.
    Right,
    /// It is wrong, and was chosen.
    WrongChoice,
    /// It is wrong, and was not chosen.
    Beside,
}

/// An option as it is to be shown.
#[derive(Debug)]
pub struct Shown<'a> {
    /// Its text.
    pub text: &'a Document,
    /// How it stands.
    pub mark: Mark,
    /// Where several options are right: whether it is among the chosen ones, as a box shows.
    pub chosen: Option<bool>,
    /// Whether it is selected.
    pub selected: bool,
}

/// Options in lines, and which lines belong to which option.
#[derive(Debug, Default)]
pub struct Lines {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// The lines of each option.
    pub places: Vec<Range<usize>>,
}

/// Lays options out. Where one of them needs several lines, a blank line parts them.
pub fn lay_out(options: &[Shown], width: u16, look: &Look) -> Lines {
    let text = |option: &Shown| look.document(option.text, width.saturating_sub(option.indent()));
    let texts: Vec<Vec<Line>> = options.iter().map(text).collect();
    let parted = texts.iter().any(|text| text.len() > 1);
    let mut laid = Lines::default();
    for (place, (option, text)) in options.iter().zip(texts).enumerate() {
        if parted && place > 0 {
            laid.lines.push(Line::default());
        }
        let first = laid.lines.len();
        laid.lines.extend(lines(option, letter_at(place), text, look));
        laid.places.push(first..laid.lines.len());
    }
    laid
}

fn lines(option: &Shown, letter: char, text: Vec<Line<'static>>, look: &Look) -> Vec<Line<'static>> {
    let hanging = " ".repeat(usize::from(option.indent()));
    let tint = tint(option.mark, look);
    let mut text = if text.is_empty() { vec![Line::default()] } else { text };
    for (row, line) in text.iter_mut().enumerate() {
        for span in &mut line.spans {
            span.style = span.style.patch(tint);
        }
        let before = if row == 0 { head(option, letter, look) } else { vec![Span::raw(hanging.clone())] };
        line.spans.splice(0..0, before);
    }
    text
}

fn head(option: &Shown, letter: char, look: &Look) -> Vec<Span<'static>> {
    let pointer = if option.selected { symbols::POINTER } else { " " };
    let (sign, part) = match option.mark {
        Mark::Open => (pointer, Part::Letter),
        Mark::Right => (symbols::RIGHT, Part::Right),
        Mark::WrongChoice => (symbols::WRONG, Part::Wrong),
        Mark::Beside => (" ", Part::Faint),
    };
    let mut head = vec![look.span(format!("{sign} {letter}"), part), Span::raw("  ")];
    if let Some(chosen) = option.chosen {
        let sign = if chosen { symbols::MARKED } else { symbols::UNMARKED };
        head.push(look.span(format!("{sign} "), part));
    }
    head
}

/// The colour of an option's text: that of its mark, while weight and slant stay the text's own.
fn tint(mark: Mark, look: &Look) -> Style {
    let part = match mark {
        Mark::Open => return Style::new(),
        Mark::Right => Part::Right,
        Mark::WrongChoice => Part::Wrong,
        Mark::Beside => Part::Faint,
    };
    Style { fg: look.part(part).fg, ..Style::new() }
}

impl Shown<'_> {
    /// The columns before the text: `✓ b  `, and perhaps a box.
    fn indent(&self) -> u16 {
        if self.chosen.is_some() { 7 } else { 5 }
    }
}
