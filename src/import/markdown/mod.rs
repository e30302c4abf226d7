//! The Markdown of chapters, in the dialects that `decks/FORMAT.md` describes. Time and memory grow
//! with the text: code blocks are found first, then question heads, then each question by itself.

mod block;
mod chapter;
mod head;
mod lines;
mod marks;
mod outline;
mod question;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use memchr::{memchr, memrchr};

use super::{HeldBack, Kind, MOST_QUESTIONS, Parsed, ParsedQuestion, Problem, Severity, too_many_questions};
use block::Block;
use lines::Lines;
pub(super) use lines::{closes as fence_closes, opening as fence_opening};

/// Reads a chapter that is at most [`super::MOST_BYTES`] long.
pub(super) fn parse(text: &str, file_name: &str) -> Parsed {
    let text = with_plain_line_ends(text.strip_prefix('\u{feff}').unwrap_or(text));
    let lines = Lines::new(&text);
    let heads = heads(&lines);
    if heads.len() > MOST_QUESTIONS {
        return too_many_questions(heads.len(), file_name);
    }
    let mut reading = Reading::default();
    let first_head = heads.first().map_or(lines.count(), |(line, _)| *line);
    let mut outside = vec![(0, first_head)];
    for (place, (line, head)) in heads.iter().enumerate() {
        let following = heads.get(place + 1).map(|(line, _)| *line);
        let end = Block::new(&lines, *head, *line, following).read(&mut reading);
        outside.push((end, following.unwrap_or(lines.count())));
    }
    reading.problems.extend(unclosed_outside(&lines, &outside));
    reading.problems.extend(hidden_heads(&lines));
    reading.problems.extend(repeated_numbers(&heads));
    let difficulties: Vec<&str> = heads.iter().filter_map(|(_, head)| head.difficulty).collect();
    reading.problems.extend(chapter::wrong_counts(&lines, &outside, heads.len(), &difficulties));
    if heads.is_empty() {
        reading.problems.push(Problem::new(Kind::NoQuestions, 1, 1, "no question was found".to_owned()));
    }
    reading.problems.sort_by_key(|problem| (problem.line, problem.column));
    Parsed {
        chapter: chapter::read(&lines, first_head, file_name),
        questions: reading.questions,
        held_back: reading.held_back,
        problems: reading.problems,
        found: heads.len(),
    }
}

/// What the questions of a text have become so far.
#[derive(Default)]
struct Reading {
    questions: Vec<ParsedQuestion>,
    held_back: Vec<HeldBack>,
    problems: Vec<Problem>,
}

fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn heads<'a>(lines: &Lines<'a>) -> Vec<(usize, head::Head<'a>)> {
    let mut seen = HashSet::new();
    let may_be_head = |line: &usize| head::may_begin_with(lines.first(*line)) && !lines.is_inert(*line);
    let in_text = (0..lines.count()).filter(may_be_head);
    let heads = in_text.filter_map(|line| head::head(lines.text(line)).map(|head| (line, head)));
    heads.filter(|(_, head)| seen.insert(head.number) || !is_key_entry(head)).collect()
}

/// `**Q1.1:** B`: an entry of an answer key, which repeats the number of a question and asks nothing.
fn is_key_entry(head: &head::Head<'_>) -> bool {
    let said = if head.topic.is_empty() { head.rest } else { head.topic };
    let untagged = head.difficulty.is_none() && head.category.is_none();
    untagged && (head.topic.is_empty() || head.rest.is_empty()) && marks::letters(said).is_some()
}

fn unclosed_outside<'l>(
    lines: &'l Lines<'_>,
    outside: &'l [(usize, usize)],
) -> impl Iterator<Item = Problem> + 'l {
    let is_outside = |line: usize| {
        let before = outside.partition_point(|(from, _)| *from <= line);
        before > 0 && line < outside[before - 1].1
    };
    lines.unclosed.iter().filter(move |unclosed| is_outside(unclosed.line)).map(|unclosed| {
        let message = "this code block is never closed".to_owned();
        Problem::new(Kind::UnclosedFenceOutside, number(unclosed.line), 1, message)
    })
}

fn hidden_heads<'l>(lines: &'l Lines<'_>) -> impl Iterator<Item = Problem> + 'l {
    lines.hidden_heads.iter().map(|line| {
        let message = "this question head stands in a code block or a comment and is not imported".to_owned();
        Problem::new(Kind::HiddenHead, number(*line), 1, message)
    })
}

fn repeated_numbers(heads: &[(usize, head::Head<'_>)]) -> Vec<Problem> {
    let mut first_lines: HashMap<&str, usize> = HashMap::new();
    let mut problems = Vec::new();
    for (line, head) in heads {
        let first = *first_lines.entry(head.number).or_insert(*line);
        if first != *line {
            let message =
                format!("question {} has the number of the one in line {}", head.number, number(first));
            problems.push(Problem::new(Kind::DuplicateNumber, number(*line), 1, message).of(head.number));
        }
    }
    problems
}

/// A line's number as people count, from 1.
fn number(line: usize) -> u32 {
    u32::try_from(line + 1).expect("a text has at most MOST_BYTES lines")
}

/// A column as people count, in characters from 1.
fn column(line: &str, offset: usize) -> u32 {
    let before = line.get(..offset).unwrap_or(line);
    u32::try_from(before.chars().count() + 1).expect("a line is at most MOST_BYTES long")
}

fn holds_back(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::HeldBack)
}

/// Without the blank lines and rules at both ends.
fn trimmed(text: &str) -> &str {
    let is_text = |byte: &u8| *byte != b'\n';
    let from = text.as_bytes().iter().position(is_text).unwrap_or(text.len());
    let to = text.as_bytes().iter().rposition(is_text).map_or(from, |last| last + 1);
    let mut text = &text[from..to];
    while !text.is_empty() {
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        if !is_empty(line) {
            break;
        }
        text = rest;
    }
    while !text.is_empty() {
        let start = memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
        if !is_empty(&text[start..]) {
            break;
        }
        text = &text[..start.saturating_sub(1)];
    }
    text
}

fn is_empty(line: &str) -> bool {
    !line.starts_with(|first: char| first.is_ascii_alphanumeric())
        && (line.trim().is_empty() || marks::is_rule(line))
}
