//! The Markdown of chapters, in the dialects that `decks/FORMAT.md` describes. Time and memory grow
//! with the text: code blocks are found first, then question heads, then each question by itself.

mod block;
mod headless;
mod outline;
mod question;
mod stated;

use std::collections::HashSet;

use super::{
    Kind, MOST_QUESTIONS, Parsed, Problem,
    answer::is_lettered,
    chapter,
    key::{AnswerKey, Numbers},
    lines::{Lines, Mark, fence_closes, fence_opening, head, letters, marks},
    numbering::numbered,
    places::number,
    reading::{Reading, unclosed_outside},
    too_many_questions,
};
use block::{Block, marks_in};

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
            fence = if fence_closes(line, open) || head::is_surely_head(line) { None } else { fence };
        } else if let Some((open, _)) = fence_opening(line) {
            fence = Some(open);
        }
        fence.is_none()
    })
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

fn hidden_heads<'l>(lines: &'l Lines<'_>) -> impl Iterator<Item = Problem> + 'l {
    lines.hidden_heads.iter().map(|line| {
        let message = "this question head stands in a code block or a comment and is not imported".to_owned();
        Problem::new(Kind::HiddenHead, number(*line), 1, message)
    })
}
