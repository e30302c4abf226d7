//! Figures with their words before them, one a line or as a small table.

use ratatui::text::Line;

use crate::{
    tui::{
        look::{Look, fit_line},
        theme::Part,
    },
    typeset::columns,
};

/// The columns of the words.
const WORDS: usize = 12;

/// A figure and what it is.
pub(super) type Fact = (&'static str, String);

/// Figures, each in as many lines as it needs.
pub(super) fn lines(facts: &[Fact], width: usize, look: &Look) -> Vec<Line<'static>> {
    facts.iter().flat_map(|(words, figure)| fact(words, figure, width, look)).collect()
}

fn fact(words: &str, figure: &str, width: usize, look: &Look) -> Vec<Line<'static>> {
    let mut lines = look.wrapped(figure, width as u16, WORDS, Part::Text);
    if let Some(first) = lines.first_mut() {
        let figure = first.to_string().trim_start().to_owned();
        *first = Line::from(vec![
            look.span(format!("{words:WORDS$}"), Part::Faint),
            look.span(figure, Part::Text),
        ]);
    }
    lines
}

/// A table: the first column begins at the left, the others end at the right. The last columns are left out
/// where there is no room for them.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>], width: usize, look: &Look) -> Vec<Line<'static>> {
    const GAP: usize = 2;
    let cells = |nth: usize| rows.iter().filter_map(move |row| row.get(nth)).map(|cell| columns(cell));
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(nth, head)| cells(nth).max().unwrap_or(0).max(columns(head)))
        .collect();
    let line = |cells: &[String], part| {
        let mut text = String::new();
        for (nth, (cell, column)) in cells.iter().zip(&widths).enumerate() {
            let blanks = " ".repeat(column - columns(cell));
            let next = match nth {
                0 => format!("{cell}{blanks}"),
                _ => format!("{}{blanks}{cell}", " ".repeat(GAP)),
            };
            if nth > 1 && columns(&text) + columns(&next) > width {
                break;
            }
            text.push_str(&next);
        }
        fit_line(look.line(text, part), width)
    };
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let mut lines = vec![line(&heads, Part::Faint)];
    lines.extend(rows.iter().map(|row| line(row, Part::Text)));
    lines
}

/// A sentence beside the point.
pub(super) fn remark(text: &str, width: usize, look: &Look) -> Vec<Line<'static>> {
    look.wrapped(text, width as u16, 0, Part::Faint)
}
