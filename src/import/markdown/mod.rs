//! The Markdown of chapters, in the dialects that `decks/FORMAT.md` describes. Time and memory grow
//! with the text: code blocks are found first, then question heads, then each question by itself.

mod block;
pub(super) mod chapter;
pub(super) mod front;
mod head;
mod headless;
mod lines;
mod marks;
mod outline;
mod question;
mod stated;

use std::{borrow::Cow, collections::HashSet};

use memchr::{memchr, memrchr};

use super::{
    Kind, MOST_QUESTIONS, Parsed, Problem,
    answer::is_lettered,
    draft::At,
    key::{AnswerKey, Numbers},
    numbering::numbered,
    reading::Reading,
    too_many_questions,
};

use block::{Block, marks_in};
pub(super) use chapter::split_list;
pub(super) use head::is_difficulty;
pub(super) use lines::{Lines, may_open_fence};
pub(crate) use lines::{closes as fence_closes, opening as fence_opening};
pub(super) use marks::{
    Label, Labelled, Mark, Style, any_label, is_rule, labelled, leading_letters, letters, part, tight_label,
};

/// Whether a line outside code is more than text to this notation.
pub(crate) fn is_structure(line: &str) -> bool {
    marks::mark(line).is_some() || head::head(line).is_some()
}

/// Reads a chapter that is at most [`super::MOST_BYTES`] long, with line ends that are all `\n`.
pub(super) fn parse(text: &str, file_name: &str) -> Parsed {
    let lines = Lines::new(text);
    let key = AnswerKey::of(&lines, &|line| head::head(line).is_some_and(|head| !is_in_key(&head)));
    let heads = heads(&lines, &key);
    if heads.len() > MOST_QUESTIONS {
        return too_many_questions(file_name);
    }
    let mut numbers = Numbers::of(&key, heads.iter().map(|(_, head)| head.number));
    let mut reading = Reading::default();
    let first_head = heads.first().map_or(lines.count(), |(line, _)| *line);
    let mut outside = vec![(0, first_head)];
    let preamble = marks_in(&lines, 0..key.next_from(0).unwrap_or(first_head).min(first_head));
    headless::hold_back(&lines, 0, &preamble, &mut reading);
    for (place, (line, head)) in heads.iter().enumerate() {
        let following = heads.get(place + 1).map(|(line, _)| *line);
        let keyed = numbers.next(&key, head.number);
        let block =
            Block::new(&lines, *head, *line..key.next_from(*line).unwrap_or(lines.count()), following);
        let end = block.read(keyed, &mut reading);
        outside.push((end, following.unwrap_or(lines.count())));
    }
    reading.problems.extend(key.orphans(|number| numbers.are_asked(number)));
    reading.problems.extend(unclosed_outside(&lines, &outside));
    reading.problems.extend(hidden_heads(&lines));
    let mut parsed = reading.finish(chapter::read(&lines, first_head, file_name));
    parsed.problems.extend(stated::wrong_counts(&lines, &outside, &parsed));
    parsed.problems.sort_by_key(|problem| (problem.line, problem.column));
    parsed
}

/// Whether a text is a chapter: its first question head that has a topic in brackets or a difficulty says
/// so, and heads without either do where nothing looks like a quiz.
pub(super) fn recognises(text: &str) -> bool {
    let is_head = |line: &str| head::head(line).is_some_and(|head| !head.is_loose);
    let is_quiz = |line: &str| ["<details", "[x] ", "[X] "].iter().any(|sign| line.contains(sign));
    has_tagged_head(text)
        || (outside_code(text).any(is_head)
            && !outside_code(text).any(|line| !is_head(line) && is_quiz(line)))
}

/// Whether a text has a question head with a topic in brackets or a difficulty.
pub(super) fn has_tagged_head(text: &str) -> bool {
    let is_tagged = |line| {
        head::head(line)
            .is_some_and(|head| !head.is_loose && (head.difficulty.is_some() || head.is_tagged(line)))
    };
    outside_code(text).any(is_tagged)
}

/// The lines outside code blocks, found quickly and roughly.
fn outside_code(text: &str) -> impl Iterator<Item = &str> {
    let mut fence = None;
    text.split(['\n', '\r']).filter(|line| !line.is_empty()).filter(move |line| {
        if let Some(open) = fence {
            fence = if lines::closes(line, open) || head::is_surely_head(line) { None } else { fence };
        } else if let Some((open, _)) = lines::opening(line) {
            fence = Some(open);
        }
        fence.is_none()
    })
}

/// A text with line ends that are all `\n`.
pub(super) fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn heads<'a>(lines: &Lines<'a>, key: &AnswerKey<'_>) -> Vec<(usize, head::Head<'a>)> {
    let may_be_head = |line: &usize| head::may_begin_with(lines.first(*line)) && !lines.is_inert(*line);
    let in_text = (0..lines.count()).filter(may_be_head);
    let heads = in_text.filter_map(|line| head::head(lines.text(line)).map(|head| (line, head)));
    let mut heads: Vec<_> = heads.filter(|(line, _)| !key.holds(*line)).collect();
    // Behind a question with its number such a head begins no other one.
    let may_repeat = |head: &head::Head<'_>| head.is_revised || is_key_entry(head);
    if heads.iter().any(|(_, head)| may_repeat(head)) {
        let mut seen = HashSet::new();
        heads.retain(|(_, head)| seen.insert(head.number) || !may_repeat(head));
    }
    without_notes(lines, heads)
}

/// Without what only speaks of a question above: `**Q1.2** has a mistake`, with neither options nor an answer below.
fn without_notes<'a>(lines: &Lines<'a>, heads: Vec<(usize, head::Head<'a>)>) -> Vec<(usize, head::Head<'a>)> {
    let is_bare = |(line, head): &(usize, head::Head<'_>)| {
        let is_tagged =
            head.difficulty.is_some() || head.category.is_some() || head.is_tagged(lines.text(*line));
        let asks = head.topic.contains(['?', '？']) || head.rest.contains(['?', '？']);
        let says_something = !head.topic.is_empty() || !head.rest.is_empty();
        says_something && !is_tagged && !asks
    };
    if !heads.iter().any(is_bare) {
        return heads;
    }
    let is_part = |line: usize| {
        let may_be = marks::may_begin_with(lines.first(line)) && !lines.is_inert(line);
        let mark = if may_be { marks::mark(lines.text(line)) } else { None };
        let is_listed =
            || lines.first(line).is_ascii_digit() && numbered(lines.text(line).trim_start()).is_some();
        matches!(mark, Some(Mark::Option(_) | Mark::Answer(_) | Mark::Recall(_))) || is_listed()
    };
    let ends: Vec<usize> = heads.iter().skip(1).map(|(line, _)| *line).chain([lines.count()]).collect();
    let mut seen = HashSet::with_capacity(heads.len());
    let heads = heads.into_iter().zip(ends).filter(|(head, end)| {
        seen.insert(head.1.number) || !is_bare(head) || (head.0 + 1..*end).any(is_part)
    });
    heads.map(|(head, _)| head).collect()
}

/// A head that says nothing, or an answer: in an answer key it asks nothing.
fn is_in_key(head: &head::Head<'_>) -> bool {
    let is_bare =
        head.topic.is_empty() && head.rest.is_empty() && (head.difficulty.is_none() || head.is_loose);
    is_bare || is_key_entry(head)
}

/// `**Q1.1:** B`: an entry of an answer key, which repeats the number of a question and asks nothing.
fn is_key_entry(head: &head::Head<'_>) -> bool {
    let untagged = head.difficulty.is_none() && head.category.is_none();
    if !untagged {
        return false;
    }
    match (head.topic, head.rest) {
        ("", said) | (said, "") => is_lettered(said),
        // `**Q1.1: B** – since it is`
        (said, rest) => letters(said).is_some() && rest.starts_with(['-', '–', '—', ':', '(']),
    }
}

/// Code blocks that are never closed, in these ranges of lines between questions.
pub(super) fn unclosed_outside<'l>(
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

/// A line's number as people count, from 1.
fn number(line: usize) -> u32 {
    u32::try_from(line + 1).expect("a text has at most MOST_BYTES lines")
}

/// A column as people count, in characters from 1.
fn column(line: &str, offset: usize) -> u32 {
    let before = line.get(..offset).unwrap_or(line);
    u32::try_from(before.chars().count() + 1).expect("a line is at most MOST_BYTES long")
}

impl At {
    /// A place by a line, counted from 0, and an offset in it, in bytes.
    pub(in crate::import) fn of(line: usize, text: &str, offset: usize) -> Self {
        Self { line: number(line), column: column(text, offset) }
    }
}

/// Without the blank lines and rules at both ends.
pub(super) fn trimmed(text: &str) -> &str {
    let is_text = |byte: &u8| *byte != b'\n';
    let from = text.as_bytes().iter().position(is_text).unwrap_or(text.len());
    let to = text.as_bytes().iter().rposition(is_text).map_or(from, |last| last + 1);
    let mut text = &text[from..to];
    while !text.is_empty() && !begins_with_text(text) {
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        if !is_empty(line) {
            break;
        }
        text = rest;
    }
    while !text.is_empty() && !ends_with_text(text) {
        let start = memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
        if !is_empty(&text[start..]) {
            break;
        }
        text = &text[..start.saturating_sub(1)];
    }
    text
}

/// A text without the indentation that its lines share, and trimmed.
pub(super) fn dedented(text: &str) -> String {
    let text = trimmed(text);
    let written = text.lines().filter(|line| !line.trim().is_empty());
    let shared =
        written.map(|line| line.len() - line.trim_start_matches([' ', '\t']).len()).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(shared..).unwrap_or("")).collect();
    lines.join("\n").trim_end().to_owned()
}

/// A text whose lines lose the mark of a quotation before them.
pub(super) fn unquoted(text: &str) -> String {
    let inner = |line| {
        let quoted = str::trim_start(line).strip_prefix('>');
        quoted.map_or(line, |inner| inner.strip_prefix(' ').unwrap_or(inner))
    };
    text.lines().map(inner).collect::<Vec<_>>().join("\n")
}

/// A first line and the lines below it, without the indentation that those share.
pub(super) fn with_lines_below(first: &str, below: &str) -> String {
    let first = first.trim();
    let is_apart = below.lines().next().is_some_and(|line| line.trim().is_empty());
    let below = dedented(below);
    match (first.is_empty(), below.is_empty()) {
        (true, _) => below,
        (false, true) => first.to_owned(),
        (false, false) if is_apart => format!("{first}\n\n{below}"),
        (false, false) => format!("{first}\n{below}"),
    }
}

/// Whether a line is blank or a rule.
fn is_empty(line: &str) -> bool {
    line.trim().is_empty() || marks::is_rule(line)
}

/// A quick look at whether a text surely begins with a line that is neither blank nor a rule: those begin with a blank
/// or with a mark of rules.
fn begins_with_text(text: &str) -> bool {
    text.as_bytes().first().is_some_and(is_of_text)
}

/// The same for the last line: blank lines and rules end with a blank or a mark of rules too.
fn ends_with_text(text: &str) -> bool {
    text.as_bytes().last().is_some_and(is_of_text)
}

fn is_of_text(byte: &u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'-' | b'*' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_rules_are_trimmed_and_nothing_else() {
        let table = [
            ("\n \n---\ntext\n\n***\n\t\n", "text"),
            ("--- x\n", "--- x"),
            ("\n*x*\nx ---", "*x*\nx ---"),
            ("\u{a0}\nx\n\u{3000}", "x"),
            ("- - -\n_ _ _", ""),
            ("--\n__", "--\n__"),
        ];
        for (text, expected) in table {
            assert_eq!(trimmed(text), expected, "{text:?}");
        }
    }
}
