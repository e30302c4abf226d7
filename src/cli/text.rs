//! Text for a stream: harmless, wrapped, and quiet when nobody reads any more.

use std::borrow::Cow;

use serde::Serialize;
use std::io::Write;

use crate::typeset::{Document, Highlighter, harmless_line};

/// The widest text that is pleasant to read line by line.
const WIDEST: u16 = 100;

/// One line of somebody's text, made harmless.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    harmless_line(text)
}

/// Markdown as plain lines that fit the terminal.
pub(super) fn plain_lines(document: &Document) -> Vec<String> {
    let width = crossterm::terminal::size().map_or(80, |(columns, _)| columns.clamp(20, WIDEST));
    document.lines(width, &Highlighter::none()).iter().map(|line| line.plain()).collect()
}

/// A value as JSON, on lines of its own.
pub(super) fn json(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

/// A number with its noun: `1 question`, `2 questions`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
