//! A table with a head as a tree: CSV with commas, semicolons or tabs, whichever its head is written with.

use std::{borrow::Cow, ops::Range};

use csv::{Reader, ReaderBuilder, StringRecord};

use super::{MOST_PARTS, MOST_QUESTIONS, Node, Scalar, Sort, SyntaxError, Value, fields};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
const TOO_MANY_COLUMNS: &str = "the first row has more than 1,000 cells";

/// Whether the first line names a question and what belongs to one.
pub(in crate::import) fn recognises(text: &str) -> bool {
    delimiter(text).is_some()
}

pub(super) fn tree(text: &str) -> Result<Node<'_>, SyntaxError> {
    let unknown_head = || {
        let message = "the first row names no column of questions, such as question or stem".to_owned();
        SyntaxError { at: 0, message }
    };
    let delimiter = delimiter(text).ok_or_else(unknown_head)?;
    let mut records = reader(text, delimiter).into_records().map_while(Result::ok).peekable();
    let head = records.next().ok_or_else(unknown_head)?;
    let end_of = |next: Option<&StringRecord>| next.map_or(text.len(), start);
    if head.len() > MOST_PARTS {
        return Err(SyntaxError { at: start(&head), message: TOO_MANY_COLUMNS.to_owned() });
    }
    let first = start(&head)..end_of(records.peek());
    let cells = Cells::of(text, first.clone(), delimiter);
    if let Some((at, flaw)) = cells.flaw {
        return Err(SyntaxError { at, message: flaw.to_owned() });
    }
    let names = names(text, &cells, first.end);
    let mut rows = Vec::new();
    // One more than may be read is how too many are known.
    while let Some(record) = records.next().filter(|_| rows.len() <= MOST_QUESTIONS) {
        let row = start(&record)..end_of(records.peek());
        // Spreadsheets leave rows of nothing but delimiters.
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        rows.push(node(text, &names, &record, &Cells::of(text, row, delimiter)));
    }
    Ok(Node { at: 0, value: Value::List(rows) })
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// The delimiter by which the most names in the first row are known ones.
fn delimiter(text: &str) -> Option<u8> {
    let first = text.trim_start().lines().next()?;
    let known = |delimiter: u8| {
        let head = reader(first, delimiter).into_records().next().and_then(Result::ok).unwrap_or_default();
        let names: Vec<&str> = head.iter().take(MOST_PARTS).collect();
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

/// What stands in the cells of the first row, which all others take their names from.
fn names<'t>(text: &'t str, cells: &Cells, end: usize) -> Vec<&'t str> {
    let ends = cells.starts.iter().skip(1).map(|start| start - 1).chain([end]);
    let written = cells.starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim());
    let unquoted = |cell: &'t str| cell.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    written.map(|cell| unquoted(cell).unwrap_or(cell).trim()).collect()
}

fn node<'t>(text: &'t str, names: &[&'t str], record: &StringRecord, cells: &Cells) -> Node<'t> {
    if let Some((at, flaw)) = cells.flaw {
        return Node { at, value: Value::Broken(flaw.into()) };
    }
    let at = cells.starts[0];
    let value = match record.iter().skip(names.len()).all(|cell| cell.trim().is_empty()) {
        true => Value::Fields(fields(text, names, record, cells)),
        false => Value::Unread(
            "a row with more cells than the first one; put quotation marks around a cell that holds the delimiter",
        ),
    };
    Node { at, value }
}

/// The cells in which something stands.
fn fields<'t>(
    text: &'t str,
    names: &[&'t str],
    record: &StringRecord,
    cells: &Cells,
) -> Vec<(Cow<'t, str>, Node<'t>)> {
    let named = names.iter().zip(record).zip(&cells.starts).filter(|((_, cell), _)| !cell.trim().is_empty());
    named
        .map(|((name, cell), at)| {
            let value = Value::Scalar(Scalar::new(as_written(text, *at, cell), Sort::Cell));
            (Cow::Borrowed(*name), Node { at: *at, value })
        })
        .collect()
}

/// A cell without the blanks around it, as a part of the text where it is one.
fn as_written<'t>(text: &'t str, at: usize, cell: &str) -> Cow<'t, str> {
    match text.get(at..at + cell.len()).filter(|written| *written == cell) {
        Some(written) => Cow::Borrowed(written.trim()),
        None => Cow::Owned(cell.trim().to_owned()),
    }
}

/// Where the cells of a row begin, and whether its quotation marks can be right. The reader of the values
/// takes whatever comes, so that one mark too few swallows rows in silence.
struct Cells {
    starts: Vec<usize>,
    flaw: Option<(usize, &'static str)>,
}

const NEVER_CLOSED: &str =
    "a quotation mark is never closed, so that the rest of the file is part of this cell";
const CLOSED_AMID: &str =
    "a quotation mark is closed amid text, so that several cells or rows may have become one";

impl Cells {
    fn of(text: &str, row: Range<usize>, delimiter: u8) -> Self {
        let written = &text.as_bytes()[..row.end];
        // The reader passes over empty lines before a row.
        let blank = written[row.start..].iter().take_while(|byte| **byte == b'\n').count();
        let mut cells = Self { starts: vec![row.start + blank], flaw: None };
        let mut at = row.start + blank;
        loop {
            let start = at;
            match end_of_quoted(written, start, delimiter) {
                Ok(end) => at = end,
                Err(flaw) => {
                    cells.flaw = Some((start, flaw));
                    return cells;
                }
            }
            at += written[at..].iter().take_while(|byte| **byte != delimiter && **byte != b'\n').count();
            if written.get(at) != Some(&delimiter) {
                return cells;
            }
            at += 1;
            cells.starts.push(at);
        }
    }
}

/// Where a cell ends that begins with a quotation mark; its beginning for any other.
fn end_of_quoted(written: &[u8], start: usize, delimiter: u8) -> Result<usize, &'static str> {
    if written.get(start) != Some(&b'"') {
        return Ok(start);
    }
    let mut at = start + 1;
    loop {
        let within = written[at..].iter().position(|byte| *byte == b'"').ok_or(NEVER_CLOSED)?;
        at += within + 1;
        match written.get(at) {
            Some(b'"') => at += 1,
            _ => break,
        }
    }
    let behind = written[at..].iter().find(|byte| **byte == delimiter || !matches!(byte, b' ' | b'\t'));
    match behind {
        None | Some(b'\n') => Ok(at),
        Some(byte) if *byte == delimiter => Ok(at),
        Some(_) => Err(CLOSED_AMID),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_that_cannot_be_right_is_told_where_it_opens() {
        let table = [
            ("a,b", "0 2"),
            ("\n\na,,b\n", "2 4 5"),
            ("\"a, \"\"b\"\"\",c", "0 11"),
            ("\"a\n,b\" ,c\n", "0 8"),
            ("5\" disk,\"c\"", "0 8"),
            ("a,\"b,c\n", "never closed at 2"),
            ("a,\"b\"\",c", "never closed at 2"),
            ("a,\"b\nc,\"d\"", "closed amid at 2"),
            ("", "0"),
        ];
        for (row, expected) in table {
            let cells = Cells::of(row, 0..row.len(), b',');
            let told = match cells.flaw {
                Some((at, NEVER_CLOSED)) => format!("never closed at {at}"),
                Some((at, _)) => format!("closed amid at {at}"),
                None => cells.starts.iter().map(usize::to_string).collect::<Vec<_>>().join(" "),
            };
            assert_eq!(told, expected, "{row}");
        }
        let unclosed = tree("question,\"answer\nWhich?,one\n").err().map(|error| error.at);
        assert_eq!(unclosed, Some(9));
    }
}
