//! The entries of an answer key: `1. B`, `Q1.1: B`, `1 B, 2 C`, rows of a table.

use std::{collections::HashSet, ops::Range};

use super::{Entry, Title};
use crate::import::{
    answer::is_lettered,
    labels::{ANSWER, EXPLANATION},
    lines::{Lines, labelled, leading_letters, trimmed},
    numbering::{Numbered, numbered},
    places::At,
};

/// The entries of a section, in their order; none when it does not look like a key.
pub(super) fn entries_in<'a>(lines: &Lines<'a>, section: Range<usize>, title: &Title<'a>) -> Vec<Entry<'a>> {
    let mut entries = Entries {
        lines,
        found: Vec::new(),
        seen: HashSet::new(),
        row: Vec::new(),
        explained: None,
        latest: (At::of(section.start, "", 0), 0),
    };
    entries.read(section.start, title.rest);
    for line in section.start + 1..section.end {
        if lines.is_inert(line) || lines.is_blank(line) {
            continue;
        }
        entries.read(line, lines.text(line));
        let begins_like_a_key = !entries.found.is_empty() || !entries.row.is_empty();
        if !title.is_heading() && !begins_like_a_key && !lines.text(line).trim_start().starts_with('|') {
            break;
        }
    }
    entries.finish(section.end)
}

struct Entries<'l, 'a> {
    lines: &'l Lines<'a>,
    found: Vec<Entry<'a>>,
    seen: HashSet<String>,
    /// The numbers of a table's row, whose answers stand in the next one.
    row: Vec<Numbered<'a>>,
    /// The column that explains, where the first row of a table names one, and how many columns that row has.
    explained: Option<(usize, usize)>,
    /// The latest place and its offset, from which those behind it in the line are counted.
    latest: (At, usize),
}

impl<'a> Entries<'_, 'a> {
    fn read(&mut self, line: usize, text: &'a str) {
        let begun = text.trim_start();
        if begun.starts_with('|') {
            return self.table_row(line, begun);
        }
        if !is_indented(text) {
            self.sequence(line, unmarked(begun.trim_end()));
        }
    }

    /// `1 B, 2 C`: entries one behind the other, of which the last may have a remark.
    fn sequence(&mut self, line: usize, text: &'a str) {
        let mut rest = text;
        while let Some((number, said)) = entry(rest) {
            let (own, next) = split_at_next(said);
            self.add(line, number, own);
            let Some(next) = next else { return };
            rest = next;
        }
    }

    fn table_row(&mut self, line: usize, row: &'a str) {
        let whole = row.trim().trim_matches('|');
        let cells: Vec<&'a str> = whole.split('|').map(|cell| cell.trim_matches([' ', '*', '`'])).collect();
        let numbers: Vec<Option<Numbered<'a>>> = cells
            .iter()
            .map(|cell| numbered(cell).filter(|it| it.behind.trim_matches(['.', ')', ' ']).is_empty()))
            .collect();
        if cells.iter().all(|cell| cell.bytes().all(|byte| b"-: ".contains(&byte))) {
            return;
        }
        let count = numbers.iter().flatten().count();
        let is_number = |(number, cell): (&Option<_>, &&str)| number.is_some() || cell.is_empty();
        if count > 1 && numbers.iter().zip(&cells).skip(1).all(is_number) {
            self.row = numbers.into_iter().map(|it| it.unwrap_or_else(nothing)).collect();
            return;
        }
        for (above, cell) in std::mem::take(&mut self.row).into_iter().zip(&cells) {
            if !above.number.is_empty() && count == 0 {
                self.add(line, above.number, cell);
            }
        }
        if let Some(column) = cells.iter().position(|cell| heads_explanations(cell)).filter(|_| count == 0) {
            self.explained = Some((column, cells.len()));
        }
        let before = self.found.len();
        let explaining = self.explained.map(|(column, _)| column);
        for (place, number) in numbers.into_iter().enumerate() {
            let answer = if explaining == Some(place + 1) { place + 2 } else { place + 1 };
            let answer = cells.get(answer).filter(|cell| !cell.is_empty());
            if let (Some(number), Some(answer)) = (number, answer) {
                self.add(line, number.number, answer);
            }
        }
        if let (Some((column, columns)), [entry]) = (self.explained, &mut self.found[before..]) {
            // The last column may hold the sign between columns.
            entry.below = whole.splitn(columns, '|').nth(column).map_or("", str::trim);
        }
    }

    /// A list within an explanation has numbers, too: words are an answer only to a new number.
    fn add(&mut self, line: usize, number: String, text: &'a str) {
        let is_new = self.seen.insert(number.clone());
        if !is_new && !is_lettered(text) {
            return;
        }
        let at = self.place_of(line, text);
        self.found.push(Entry { number, line, at, text: text.trim(), below: "" });
    }

    /// Where a part of a line stands. Lines with many entries are counted through only once.
    fn place_of(&mut self, line: usize, part: &str) -> At {
        let whole = self.lines.text(line);
        let offset = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        let (latest, counted) = self.latest;
        let start = At::of(line, "", 0);
        let (column, from) =
            if latest.line == start.line && counted <= offset { (latest.column, counted) } else { (1, 0) };
        let between = whole.get(from..offset).unwrap_or_default().chars().count();
        let at = At { column: column.saturating_add(u32::try_from(between).unwrap_or(u32::MAX)), ..start };
        self.latest = (at, offset);
        at
    }

    fn finish(self, end: usize) -> Vec<Entry<'a>> {
        let Self { lines, mut found, .. } = self;
        let (mut end, mut entry_line) = (end, end);
        for entry in found.iter_mut().rev() {
            if entry.line != entry_line {
                if entry.below.is_empty() {
                    entry.below = trimmed(lines.span(entry.line + 1, end_of(lines, entry.line, end)));
                }
                (end, entry_line) = (entry.line, entry.line);
            }
        }
        found
    }
}

/// The number that a line begins with, and what stands behind it.
pub(super) fn number_in(text: &str) -> Option<(String, &str)> {
    let numbered = if is_indented(text) { None } else { numbered(unmarked(text.trim())) }?;
    Some((numbered.number, numbered.behind.trim_start_matches(BEHIND_NUMBERS)))
}

fn is_indented(text: &str) -> bool {
    text.len() - text.trim_start().len() > 1
}

/// A line without the marks of lists, headings, quotations and bold text before it.
fn unmarked(begun: &str) -> &str {
    begun.trim_start_matches(['-', '*', '+', '#', '>', '_', ' ', '\u{200e}', '\u{200f}'])
}

const BEHIND_NUMBERS: [char; 16] =
    ['.', ')', '）', ':', '：', '．', '、', '-', '–', '—', '=', '→', '*', '_', ' ', '\t'];

/// The line behind the last one of an entry: the heading of the next part of the key, or what comes behind it.
fn end_of(lines: &Lines<'_>, entry: usize, end: usize) -> usize {
    let begun = |line: usize| lines.text(line).trim_start();
    let level = |line: usize| begun(line).bytes().take_while(|byte| *byte == b'#').count();
    let is_label = |line| [&ANSWER, &EXPLANATION].iter().any(|words| labelled(begun(line), words).is_some());
    let own = level(entry);
    let is_of_part = |line: &usize| {
        let is_last = || (line + 1..end).all(|behind| lines.is_blank(behind));
        if lines.first(*line) == b'*' && !lines.is_inert(*line) && is_last() {
            // `**Part B**` right above the next entry.
            let bold = begun(*line).trim_end().strip_prefix("**").and_then(|inner| inner.strip_suffix("**"));
            return bold.is_some_and(|words| !words.contains("**") && !words.ends_with([':', '.']))
                && !is_label(*line);
        }
        let is_heading = lines.first(*line) == b'#' && !lines.is_inert(*line);
        is_heading && (own == 0 || level(*line) <= own) && !is_label(*line)
    };
    (entry + 1..end).find(is_of_part).unwrap_or(end)
}

/// Whether a cell is the heading of a column of explanations.
fn heads_explanations(cell: &str) -> bool {
    EXPLANATION.has(cell) || ["why", "reason", "reasoning"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

fn nothing<'a>() -> Numbered<'a> {
    Numbered { number: String::new(), named: false, behind: "" }
}

/// A number, a delimiter, and what is said behind it.
pub(super) fn entry(text: &str) -> Option<(String, &str)> {
    let numbered = numbered(text)?;
    let said = numbered.behind.trim_start_matches(BEHIND_NUMBERS);
    let delimited = said.len() < numbered.behind.len() || said.is_empty();
    // `1. What is this?` is a question.
    let asks = said.trim_end().ends_with(['?', '？', '؟']);
    (delimited && !asks).then_some((numbered.number, said))
}

/// The text of one entry, and where the next one begins in the same line.
fn split_at_next(said: &str) -> (&str, Option<&str>) {
    let Some((_, behind)) = leading_letters(said) else { return (said, None) };
    let next = behind.trim_start_matches([',', ';', '|', '，', '、', '；', '*', ' ', '\t']);
    let follows =
        next.len() < behind.len() && entry(next).is_some_and(|(_, said)| leading_letters(said).is_some());
    if follows { (&said[..said.len() - behind.len()], Some(next)) } else { (said, None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::key::AnswerKey;

    #[track_caller]
    fn check(section: &str, expected: &str) {
        let text = format!("text\n\n## Answers\n\n{section}\n");
        let lines = Lines::new(&text);
        let key = AnswerKey::of(&lines, &|_| false);
        let told = |entry: &Entry<'_>| {
            let below = if entry.below.is_empty() { String::new() } else { format!(" ({})", entry.below) };
            format!("{}={}{below}", entry.number, entry.text)
        };
        let entries: Vec<String> = key.entries.iter().map(told).collect();
        assert_eq!(entries.join(" "), expected, "{section}");
    }

    #[test]
    fn entries_are_written_in_many_ways() {
        check("1. B\n2. C", "1=B 2=C");
        check("1) B\n2: C\n3-D\n4 - A", "1=B 2=C 3=D 4=A");
        check("Q1.1: B\nQ1.2: A, C", "1.1=B 1.2=A, C");
        check("- **1.** B\n- **Q2:** C", "1=B 2=C");
        check("1 B, 2 C; 3 D 4 A", "1=B 2=C 3=D 4=A");
        check("第1题：B\n２．Ｃ", "1=B 2=Ｃ");
        check("### 1. B", "1=B");
        check("1. Paris\n2. Rome", "1=Paris 2=Rome");
        check("1. B - because in 2 threads\n\nand more\n2. C", "1=B - because in 2 threads (and more) 2=C");
        check("1. B\n   1. first\n   2. second\n2. C", "1=B (   1. first\n   2. second) 2=C");
        check("1. B\n\n### Part B\n\n2. C", "1=B 2=C");
        check("1. B\n\n**Part B**\n\n2. C", "1=B 2=C");
        check("1. B\n\n**So.**\n\n2. C", "1=B (**So.**) 2=C");
        check("### 1\nB\n\n#### More\n\nSo.\n### 2\nC", "1= (B\n\n#### More\n\nSo.) 2= (C)");
        check("```\n1. B\n```", "");
        check("1. What is it?", "");
    }

    #[test]
    fn tables_hold_entries_in_rows_and_in_columns() {
        check("| Question | Answer |\n|---|---|\n| 1 | B |\n| Q2 | **C** |", "1=B 2=C");
        check("| 1 | B | 2 | C |", "1=B 2=C");
        check("| 1 | 2 | 3 |\n|---|---|---|\n| B | C | A |", "1=B 2=C 3=A");
        check("| No | 1 | 2 |\n|---|---|---|\n| Answer | C | A |", "1=C 2=A");
    }

    #[test]
    fn a_column_of_a_table_may_explain() {
        let head = |column: &str| format!("| # | Answer | {column} |\n|---|---|---|\n");
        check(&(head("Explanation") + "| 1 | B | so |\n| 2 | C | `a | b` |"), "1=B (so) 2=C (`a | b`)");
        check(&(head("**Why**") + "| 1 | B | so |\n| 2 | C | |"), "1=B (so) 2=C");
        check(&(head("Page") + "| 1 | B | 7 |\n| 2 | C | 8 |"), "1=B 2=C");
        check("| # | Explanation | Answer |\n|---|---|---|\n| 1 | so | B |", "1=B (so)");
    }
}
