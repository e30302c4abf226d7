//! Questions between the others that have no head which can be read: options and the answer below them. They are
//! found, and held back.

use super::outline::SecondOptions;
use crate::import::{
    Kind,
    draft::{Answer, Draft, DraftOption, Stated},
    lines::{Labelled, Lines, Mark, is_rule, letters},
    places::At,
    reading::Reading,
};

/// Holds back the questions without a head among these marks, which stand behind a line. Gives the line behind the
/// last of them, or that line where there are none.
pub(super) fn hold_back(
    lines: &Lines<'_>,
    mut from: usize,
    marks: &[(usize, Mark<'_>)],
    reading: &mut Reading,
) -> usize {
    let seconds = SecondOptions::of(marks);
    let mut found: Vec<DraftOption> = Vec::new();
    let mut begins = from;
    // What is indented like a block of code is code.
    let is_code = |line: usize| lines.text(line).starts_with("    ") || lines.text(line).starts_with('\t');
    for (line, mark) in marks.iter().filter(|(line, _)| !is_code(*line)) {
        let line = *line;
        match mark {
            Mark::Option(label) if label.letter == 0 && seconds.any_behind(line, label.style) => {
                begins = line;
                found = vec![option(lines, line, label.offset, label.text)];
            }
            Mark::Option(label) if !found.is_empty() && usize::from(label.letter) == found.len() => {
                found.push(option(lines, line, label.offset, label.text));
            }
            Mark::Answer(labelled) if !found.is_empty() => {
                let answer = Answer { at: At::of(line, "", 0), stated: stated(lines, line, labelled) };
                let first = beginning(lines, from, begins);
                hold_back_one(lines, first, std::mem::take(&mut found), answer, reading);
                from = line + 1;
            }
            _ => {}
        }
    }
    from
}

/// The answer, whose letters may stand in the next line that has text.
fn stated(lines: &Lines<'_>, line: usize, labelled: &Labelled<'_>) -> Stated {
    let below = || (line + 1..lines.count()).find(|line| !lines.is_blank(*line)).map(|line| lines.text(line));
    let said = if labelled.rest.is_empty() { below().unwrap_or_default() } else { labelled.rest };
    letters(said).map_or_else(|| Stated::Unreadable(said.to_owned()), Stated::Options)
}

fn option(lines: &Lines<'_>, line: usize, offset: usize, text: &str) -> DraftOption {
    DraftOption { at: At::of(line, lines.text(line), offset), text: text.to_owned() }
}

/// The line that seems meant as the head above the options, or else the first one behind the latest rule or heading.
fn beginning(lines: &Lines<'_>, from: usize, options: usize) -> usize {
    let is_plain = |line: &usize| !lines.is_blank(*line) && !lines.is_inert(*line);
    let ends = |line: &usize| is_plain(line) && (lines.first(*line) == b'#' || is_rule(lines.text(*line)));
    let from = (from..options).rev().find(ends).map_or(from, |end| end + 1);
    let seems_head = |line: &usize| {
        let is_marked = matches!(lines.first(*line), b'*' | b'_' | b'[' | b'Q' | b'q' | b'>');
        is_plain(line) && is_marked && lines.text(*line).contains(|sign: char| sign.is_ascii_digit())
    };
    let head = (from..options).rev().find(seems_head);
    head.or_else(|| (from..options).find(|line| !lines.is_blank(*line))).unwrap_or(options)
}

fn hold_back_one(
    lines: &Lines<'_>,
    first: usize,
    options: Vec<DraftOption>,
    answer: Answer,
    reading: &mut Reading,
) {
    let draft = Draft {
        at: At::of(first, "", 0),
        number: None,
        difficulty: None,
        category: None,
        topic: String::new(),
        stem: lines.text(first).trim().to_owned(),
        options,
        answer: Some(answer),
        explanation: None,
    };
    let problem =
        draft.problem(Kind::NoHead, draft.at, "this question has no head that can be read".to_owned());
    reading.hold_back(draft, vec![problem]);
}
