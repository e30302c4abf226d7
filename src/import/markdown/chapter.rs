//! What a chapter says about itself: its title, its topics, and how many questions it claims to have.
//! Claims are compared with what was counted and never believed.

use std::collections::HashMap;

use super::{column, head, lines::Lines, number};
use crate::import::{Chapter, Kind, Problem, stem_of};

/// The title and the topics, from the lines before the first question.
pub(in crate::import) fn read(lines: &Lines<'_>, first_head: usize, file_name: &str) -> Chapter {
    let before = || (0..first_head).filter(|line| !lines.is_inert(*line)).map(|line| lines.text(line));
    let top = before().find_map(|line| heading(line, 1));
    let any = || {
        before()
            .find_map(|line| (1..=6).find_map(|level| heading(line, level)))
            .filter(|text| !is_label(text))
    };
    let title = top.or_else(any).map_or_else(|| stem_of(file_name).to_owned(), title);
    Chapter { title, topics: before().find_map(topics).unwrap_or_default() }
}

fn is_label(heading: &str) -> bool {
    heading.eq_ignore_ascii_case("questions")
}

fn heading(line: &str, level: usize) -> Option<&str> {
    let text = line.trim_start();
    let text = text.strip_prefix(&"######"[..level])?;
    let text = text.strip_prefix([' ', '\t'])?.trim().trim_end_matches('#').trim_end();
    let plain = text.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).unwrap_or(text);
    (!plain.is_empty()).then_some(plain)
}

/// `Chapter 14: Memory` is called `14 Memory`; any other heading keeps its words.
fn title(heading: &str) -> String {
    shortened(heading).unwrap_or_else(|| heading.to_owned())
}

fn shortened(heading: &str) -> Option<String> {
    let word = heading.get(.."chapter".len())?;
    let behind = heading.get("chapter".len()..)?;
    let digits = behind.trim_start();
    let number = &digits[..digits.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count()];
    if !word.eq_ignore_ascii_case("chapter") || digits.len() == behind.len() || number.is_empty() {
        return None;
    }
    let name = digits[number.len()..].trim_start_matches([' ', ':', '：', '-', '–', '—', '.', '\t']);
    Some(format!("{} {name}", number.trim_end_matches('.')).trim_end().to_owned())
}

/// `> **Topics Covered**: a, b (c, d)`
fn topics(line: &str) -> Option<Vec<String>> {
    let list = behind_label(line, "topics covered").or_else(|| behind_label(line, "topics"))?;
    let topics: Vec<String> =
        split_list(list.trim().trim_end_matches('.')).into_iter().map(str::to_owned).collect();
    (!topics.is_empty()).then_some(topics)
}

/// What stands behind a label and its colon, however the label is marked.
fn behind_label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let text = line.trim_start_matches(['>', ' ', '\t', '*', '_', '-', '#']);
    let beginning = text.get(..label.len())?;
    let behind = text[label.len()..].trim_start_matches(['*', '_', ' ']);
    let behind = beginning.eq_ignore_ascii_case(label).then(|| behind.strip_prefix([':', '：']))??;
    Some(behind.trim_start_matches(['*', '_', ' ']))
}

/// Splits at commas that no bracket and no code span holds.
pub(in crate::import) fn split_list(list: &str) -> Vec<&str> {
    let (mut depth, mut in_code, mut from) = (0_usize, false, 0);
    let mut parts = Vec::new();
    for (at, sign) in list.char_indices() {
        match sign {
            '`' => in_code = !in_code,
            '(' | '[' if !in_code => depth += 1,
            ')' | ']' if !in_code => depth = depth.saturating_sub(1),
            ',' if depth == 0 && !in_code => {
                parts.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A count that a chapter states.
struct Stated<'a> {
    of: Counted<'a>,
    count: u64,
    line: usize,
    column: u32,
}

#[derive(Clone, Copy)]
enum Counted<'a> {
    All,
    Difficulty(&'a str),
}

/// The stated counts that differ from the real ones. `outside` are the ranges of lines that belong to
/// no question.
pub(super) fn wrong_counts(
    lines: &Lines<'_>,
    outside: &[(usize, usize)],
    found: usize,
    difficulties: &[&str],
) -> Vec<Problem> {
    let mut real: HashMap<String, u64> = HashMap::new();
    for difficulty in difficulties {
        *real.entry(difficulty.to_lowercase()).or_default() += 1;
    }
    let stated = outside.iter().flat_map(|(from, to)| stated_in(lines, *from, *to));
    stated
        .filter_map(|stated| {
            let counted = match stated.of {
                Counted::All => found as u64,
                Counted::Difficulty(name) => {
                    let counted = real.get(&name.to_lowercase()).copied();
                    counted.or_else(|| head::is_difficulty(name).then_some(0))?
                }
            };
            (counted != stated.count).then(|| difference(&stated, counted))
        })
        .collect()
}

fn difference(stated: &Stated<'_>, counted: u64) -> Problem {
    let of = match stated.of {
        Counted::All => "questions".to_owned(),
        Counted::Difficulty(name) => format!("{name} questions"),
    };
    let message = format!("the chapter states {} {of} and has {counted}", stated.count);
    Problem::new(Kind::WrongCount, number(stated.line), stated.column, message)
        .contrast(counted, stated.count)
}

fn stated_in<'a>(lines: &Lines<'a>, from: usize, to: usize) -> Vec<Stated<'a>> {
    let mut stated = Vec::new();
    let mut counts_at = None;
    for line in (from..to).filter(|line| !lines.is_inert(*line)) {
        let text = lines.text(line);
        if text.trim_start().starts_with('|') {
            match counts_at {
                None => counts_at = Some(count_column(text)),
                Some(Some(at)) => {
                    stated.extend(row_count(text, at).map(|(of, count)| found_at(of, count, line, text)))
                }
                Some(None) => {}
            }
            continue;
        }
        counts_at = None;
        stated.extend(total(text).map(|count| found_at(Counted::All, count, line, text)));
        stated.extend(distribution(text).into_iter().map(|(of, count)| found_at(of, count, line, text)));
    }
    stated
}

fn found_at<'a>(of: Counted<'a>, digits: &str, line: usize, text: &str) -> Stated<'a> {
    let column = column(text, text.find(digits).unwrap_or(0));
    Stated { of, count: digits.parse().unwrap_or(u64::MAX), line, column }
}

/// Which cell of a table about difficulties holds the counts, from its first line.
fn count_column(header: &str) -> Option<usize> {
    let mut cells = cells(header);
    let is_about_difficulty = ["difficulty", "category", "level"]
        .iter()
        .any(|name| cells.next_if(|cell| cell.eq_ignore_ascii_case(name)).is_some());
    let is_count = |cell: &str| {
        ["count", "questions", "number", "mcqs"].iter().any(|name| cell.eq_ignore_ascii_case(name))
    };
    is_about_difficulty.then(|| cells.position(is_count).map(|at| at + 1)).flatten()
}

fn cells(row: &str) -> std::iter::Peekable<impl Iterator<Item = &str>> {
    let plain = |cell: &str| -> bool { !cell.is_empty() };
    let row = row.trim().trim_matches('|');
    row.split('|').map(|cell| cell.trim().trim_matches(['*', '_'])).filter(move |cell| plain(cell)).peekable()
}

fn row_count(row: &str, at: usize) -> Option<(Counted<'_>, &str)> {
    let mut cells = cells(row);
    let name = cells.next()?;
    let count = cells.nth(at.checked_sub(1)?).filter(|cell| is_number(cell))?;
    let of = if name.eq_ignore_ascii_case("total") { Counted::All } else { Counted::Difficulty(name) };
    Some((of, count))
}

/// `**Total MCQs: 50**`
fn total(line: &str) -> Option<&str> {
    let labels = ["total mcqs", "total questions", "total number of questions"];
    let behind = labels.iter().find_map(|label| behind_label(line, label))?;
    let digits = &behind[..behind.bytes().take_while(u8::is_ascii_digit).count()];
    is_number(digits).then_some(digits)
}

/// `**Distribution:** 12 Foundational, 20 Intermediate`
fn distribution(line: &str) -> Vec<(Counted<'_>, &str)> {
    let part = line.split('|').find_map(|part| behind_label(part, "distribution"));
    let entries = part.into_iter().flat_map(|part| part.split(',').take(MOST_DIFFICULTIES));
    entries
        .filter_map(|entry| {
            let (count, name) = entry.trim().split_once(' ')?;
            is_number(count).then(|| (Counted::Difficulty(name.trim()), count))
        })
        .collect()
}

/// How many difficulties a distribution is read for.
const MOST_DIFFICULTIES: usize = 16;

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_is_called_after_the_first_heading() {
        let table = [
            ("# Chapter 14: Memory & Co", "14 Memory & Co"),
            ("# Chapter 3 - Recursion #", "3 Recursion"),
            ("# **Chapter 9: Iterators**", "9 Iterators"),
            ("# chapter 2", "2"),
            ("# Chapters of a life", "Chapters of a life"),
            ("# Networks", "Networks"),
            ("## Networks\n# Chapter 1: Top", "1 Top"),
            ("## Networks", "Networks"),
            ("## Questions", "nets"),
            ("```\n# Chapter 1: Code\n```", "nets"),
            ("no heading", "nets"),
        ];
        for (text, expected) in table {
            let lines = Lines::new(text);
            assert_eq!(read(&lines, lines.count(), "books/nets.md").title, expected, "{text}");
        }
    }

    #[test]
    fn topics_are_split_at_commas_outside_brackets_and_code() {
        let topics = |line| topics(line).unwrap_or_default().join(" | ");
        assert_eq!(topics("> **Topics Covered**: a, b (c, d), `e, f`, g."), "a | b (c, d) | `e, f` | g");
        assert_eq!(topics("**Topics Covered:** a, b"), "a | b");
        assert_eq!(topics("Key topics: a"), "");
    }
}
