//! A table with a head as a tree: CSV with commas, semicolons or tabs, whichever its head is written with.

use std::ops::Range;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::{Node, Scalar, Sort, SyntaxError, Value, fields};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Whether the first line names a question and what belongs to one.
pub(in crate::import) fn recognises(text: &str) -> bool {
    delimiter(text).is_some()
}

pub(super) fn tree(text: &str) -> Result<Node, SyntaxError> {
    let unknown_head = || {
        let message = "the first row names no column of questions, such as question or stem".to_owned();
        SyntaxError { at: 0, message }
    };
    let delimiter = delimiter(text).ok_or_else(unknown_head)?;
    let mut records = reader(text, delimiter).into_records();
    let head = match records.next() {
        Some(Ok(head)) => head,
        Some(Err(_)) | None => return Err(unknown_head()),
    };
    let records: Vec<StringRecord> = records.map_while(Result::ok).collect();
    let starts: Vec<usize> = records.iter().map(start).collect();
    let end_of = |row: usize| starts.get(row + 1).copied().unwrap_or(text.len());
    let rows = records.iter().enumerate().map(|(row, record)| Row { record, span: starts[row]..end_of(row) });
    Ok(Node { at: 0, value: Value::List(rows.map(|row| row.node(&head, text)).collect()) })
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// The delimiter by which the most names in the first row are known ones.
fn delimiter(text: &str) -> Option<u8> {
    let first = text.trim_start().lines().next()?;
    let known = |delimiter: u8| {
        let head = reader(first, delimiter).into_records().next().and_then(Result::ok).unwrap_or_default();
        let names: Vec<&str> = head.iter().collect();
        let is_head = names.iter().any(|name| fields::is_stem(name)) && names.len() > 1;
        if is_head { names.iter().filter(|name| fields::is_of_question(name)).count() } else { 0 }
    };
    let (count, delimiter) = DELIMITERS.map(|delimiter| (known(delimiter), delimiter)).into_iter().max()?;
    (count > 1).then_some(delimiter)
}

fn start(record: &StringRecord) -> usize {
    let start = record.position().map_or(0, csv::Position::byte);
    usize::try_from(start).expect("a text is at most MOST_BYTES long")
}

struct Row<'r> {
    record: &'r StringRecord,
    span: Range<usize>,
}

impl Row<'_> {
    fn node(&self, head: &StringRecord, text: &str) -> Node {
        let written = &text[self.span.clone()];
        // The reader passes over empty lines before a row.
        let at = self.span.start + (written.len() - written.trim_start_matches('\n').len());
        let value = match self.flaw(head, written, self.span.end == text.len()) {
            Some(flaw) => Value::Unread(flaw),
            None => Value::Fields(self.cells(head, at)),
        };
        Node { at, value }
    }

    fn flaw(&self, head: &StringRecord, written: &str, is_last: bool) -> Option<&'static str> {
        let quotes = written.bytes().filter(|byte| *byte == b'"').count();
        if is_last && quotes % 2 == 1 {
            return Some("a row with a quotation mark that is never closed");
        }
        let behind = self.record.iter().skip(head.len());
        behind.into_iter().any(|cell| !cell.trim().is_empty()).then_some(
            "a row with more cells than the first one; put quotation marks around a cell that holds the delimiter",
        )
    }

    fn cells(&self, head: &StringRecord, at: usize) -> Vec<(String, Node)> {
        let named = head.iter().zip(self.record.iter());
        named
            .filter(|(name, cell)| !(name.trim().is_empty() && cell.trim().is_empty()))
            .map(|(name, cell)| {
                let cell = cell.trim();
                let value = match cell.is_empty() {
                    true => Value::Nothing,
                    false => Value::Scalar(Scalar::new(cell, Sort::Cell)),
                };
                (name.trim().to_owned(), Node { at, value })
            })
            .collect()
    }
}
