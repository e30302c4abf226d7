//! Text for a stream: harmless, wrapped, and quiet when nobody reads any more.

use std::{
    borrow::Cow,
    io::{self, Write},
    os::fd::AsFd,
};

use rustix::termios::tcgetwinsize;
use serde::Serialize;

use crate::{
    domain::scheduler::fsrs::Retention,
    typeset::{Document, Highlighter, columns, harmless, harmless_line},
};

pub(super) use crate::typeset::{counted, percent};

/// The widest text that is pleasant to read line by line.
const WIDEST: u16 = 100;

/// One line of somebody's text, made harmless.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    harmless_line(text)
}

/// A line cut to so many columns; a cut can be seen.
pub(super) fn cut(line: &str, width: usize) -> String {
    if columns(line) <= width {
        return line.to_owned();
    }
    let mut used = 0;
    let fits = |letter: &char| {
        used += columns(letter.encode_utf8(&mut [0; 4]));
        used < width
    };
    line.chars().take_while(fits).chain(['…']).collect()
}

/// How wide text may be: as the terminal that one of the streams is. Crossterm would run `tput` where none is.
pub(super) fn width() -> u16 {
    let (out, err, input) = (io::stdout(), io::stderr(), io::stdin());
    let streams = [out.as_fd(), err.as_fd(), input.as_fd()];
    let columns = |stream| tcgetwinsize(stream).ok().map(|size| size.ws_col).filter(|columns| *columns > 0);
    streams.into_iter().find_map(columns).map_or(80, |columns| columns.clamp(20, WIDEST))
}

/// Markdown as plain lines that fit the terminal.
pub(super) fn plain_lines(document: &Document) -> Vec<String> {
    document.lines(width(), &Highlighter::none()).iter().map(|line| line.plain()).collect()
}

/// A paragraph of the program's own words, with an empty line after it.
pub(super) fn paragraph(out: &mut dyn Write, words: &str) -> anyhow::Result<()> {
    for line in textwrap::wrap(words, usize::from(width())) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    Ok(())
}

/// A value as JSON, on lines of its own. What could harm a terminal is escaped, and so is still there
/// for whoever reads the JSON.
pub(super) fn json(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    Ok(writeln!(out, "{}", escaped(&serde_json::to_string_pretty(value)?))?)
}

/// The same on one line, of many that are read one by one.
pub(super) fn json_line(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    Ok(writeln!(out, "{}", escaped(&serde_json::to_string(value)?))?)
}

/// A text as JSON, escaped in the same way.
pub(super) fn json_string(text: &str) -> String {
    escaped(&serde_json::Value::from(text).to_string())
}

fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii_graphic() || c == ' ' || c == '\n' || is_harmless(c) {
            escaped.push(c);
        } else {
            let mut units = [0; 2];
            escaped.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    escaped
}

fn is_harmless(c: char) -> bool {
    let alone = c.to_string();
    harmless(&alone) == alone
}

/// A desired retention from the command line.
pub(super) fn retention(text: &str) -> Result<Retention, String> {
    let share = text.parse().map_err(|_| format!("“{text}” is no number"))?;
    Retention::new(share).map_err(|error| error.to_string())
}

/// Whether whoever reads takes more than ASCII, by the locale that the environment names.
pub(super) fn is_unicode() -> bool {
    let variables = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = variables.map(|value| value.to_ascii_lowercase()).find(|value| !value.is_empty());
    locale.is_some_and(|locale| locale.contains("utf-8") || locale.contains("utf8"))
}

/// A size in bytes for people: `5.3 MB`.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
