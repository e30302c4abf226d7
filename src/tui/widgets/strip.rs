//! A small strip of numbers, one bar each: the answers of the last days.

use ratatui::text::Line;

use crate::tui::{look::Look, symbols, theme::Part};

/// The bars of these numbers, the highest as high as a line; nothing is a dot.
pub fn strip(numbers: &[usize], look: &Look) -> Line<'static> {
    let highest = numbers.iter().copied().max().unwrap_or(0).max(1);
    let bar = |number: &usize| match number {
        0 => look.span("·", Part::BarRest),
        _ => look.span(symbols::HEIGHTS[(number * 7).div_ceil(highest).min(7)], Part::Bar),
    };
    Line::from(numbers.iter().map(bar).collect::<Vec<_>>())
}

/// A bar of so many columns, filled by a part of the whole.
pub fn bar(part: usize, whole: usize, width: usize, look: &Look) -> Line<'static> {
    let filled = (part * width + whole / 2).checked_div(whole).unwrap_or(0).min(width);
    Line::from(vec![
        look.span(symbols::FILLED.repeat(filled), Part::Bar),
        look.span(symbols::REST.repeat(width - filled), Part::BarRest),
    ])
}
