//! One question: its texts and its answer, and what only this notation can get wrong.

use std::{borrow::Cow, ops::Range};

use super::{
    block::Block,
    outline::{Outline, What},
};
use crate::import::{
    Kind, Problem,
    answer::{remark, stated_by_letters},
    draft::{self, DraftOption, Part, capital, is_silent},
    key::Keyed,
    labels::{OPTIONS, STEM},
    lines::{
        Labelled, Lines, begins_with_letter, dedented, labelled, letters, tight_label, trimmed, unquoted,
        with_lines_below,
    },
    mention::Mention,
    places::{At, column},
    reading::Reading,
};

/// What a question says, before anything is known to be right.
pub(super) struct Draft<'a> {
    stem: String,
    options: Vec<DraftOption>,
    /// The line of the last option and the line behind it.
    last_option: Range<usize>,
    answer: Option<DraftAnswer<'a>>,
    explanation: String,
    /// The line where the explanation, or else the answer, begins.
    explained_from: usize,
}

struct DraftAnswer<'a> {
    line: usize,
    text: &'a str,
}

/// A stem without a bold `**Question:**` before it and `**Options:**` behind it, in a line of its own.
fn without_labels(stem: String) -> String {
    if !stem.starts_with("**") && !stem.ends_with(['*', ':']) {
        return stem;
    }
    let first_end = stem.find('\n').unwrap_or(stem.len());
    let begun = labelled(&stem[..first_end], &STEM).filter(|labelled| labelled.bold).map(|it| it.rest);
    let last_start = stem.rfind('\n').map_or(0, |end| end + 1);
    let is_label = |labelled: Labelled<'_>| labelled.bold && labelled.rest.is_empty();
    let ends = labelled(&stem[last_start..], &OPTIONS).is_some_and(is_label);
    match (begun, ends) {
        (None, false) => stem,
        (_, true) if last_start < first_end => String::new(),
        (begun, ends) => {
            let below = &stem[first_end..if ends { last_start } else { stem.len() }];
            trimmed(&format!("{}{below}", begun.unwrap_or(&stem[..first_end]))).to_owned()
        }
    }
}

impl<'a> Draft<'a> {
    pub fn of(block: &Block<'_, 'a>, outline: &Outline<'a>) -> Self {
        let lines = block.lines;
        let stem = part_text(block.head.rest, lines.span(block.line + 1, outline.stem_end()));
        let stem = without_labels(stem);
        let mut draft = Self {
            stem,
            options: Vec::with_capacity(outline.parts.len()),
            last_option: 0..0,
            answer: None,
            explanation: String::new(),
            explained_from: outline.end,
        };
        let mut is_folded = false;
        for (place, part) in outline.parts.iter().enumerate() {
            let (line, mut end) = (part.line, outline.end_of(place));
            if is_folded && place + 1 == outline.parts.len() {
                end = before_tags(lines, line + 1, end, closes_fold);
            }
            match part.what {
                What::Option(label) => {
                    let behind = outline.parts.get(place + 1).map(|part| part.what);
                    if matches!(behind, Some(What::Answer(_) | What::Explanation(_))) {
                        let unfolded = before_tags(lines, line + 1, end, opens_fold);
                        is_folded = unfolded < end;
                        end = unfolded;
                    }
                    let at = At::of(line, lines.text(line), label.offset);
                    let text = option_text(label.text, lines.span(line + 1, end));
                    draft.options.push(DraftOption { at, text });
                    draft.last_option = line..end;
                }
                What::Answer(labelled) => draft.answer(lines, line, end, labelled),
                What::Explanation(labelled) => {
                    draft.explain(line, labelled.rest, &unmarked_span(lines, line, line + 1, end));
                }
            }
        }
        draft
    }

    /// The letters stand behind the label, or alone in the next line that has text.
    fn answer(&mut self, lines: &Lines<'a>, line: usize, end: usize, labelled: Labelled<'a>) {
        let mut at = line;
        if labelled.rest.is_empty() {
            let next =
                (line + 1..end).find(|line| !lines.is_blank(*line)).filter(|line| !lines.is_inert(*line));
            at = next.filter(|next| letters(lines.text(*next)).is_some()).unwrap_or(line);
        }
        let text = if at == line { labelled.rest } else { lines.text(at).trim() };
        self.answer = Some(DraftAnswer { line: at, text });
        self.explain(at + 1, remark(text, &self.options), &unmarked_span(lines, line, at + 1, end));
    }

    fn explain(&mut self, line: usize, first: &str, rest: &str) {
        let text = part_text(first, rest);
        if !text.is_empty() {
            self.explained_from = self.explained_from.min(line);
        }
        if self.explanation.is_empty() {
            self.explanation = text;
        } else if !text.is_empty() {
            self.explanation.push_str("\n\n");
            self.explanation.push_str(&text);
        }
    }

    /// Hands the question over.
    pub fn read(
        self,
        block: &Block<'_, '_>,
        outline: Outline<'_>,
        keyed: Keyed<'_, '_>,
        reading: &mut Reading,
    ) {
        let mut problems: Vec<Problem> = block.unclosed_fence(outline.end).into_iter().collect();
        let contradicts_itself = !outline.contradictions.is_empty();
        problems.extend(option_in_another_style(block, &outline).or_else(|| unread_option(block, &outline)));
        problems.extend(outline.contradictions);
        if outline.recalls {
            reading.stated_recall(self.draft(block), problems);
            return;
        }
        if !contradicts_itself && self.options.len() > 1 {
            problems.extend(self.runs_on(block));
        }
        let explained_from = self.explained_from;
        let find = |part, words: Mention<'_>| place_of(block, part, explained_from, words);
        let mut draft = self.draft(block);
        problems.extend(keyed.complete(&mut draft));
        reading.question(draft, problems, &find);
    }

    /// Text behind a blank line under the last option that is neither indented nor code.
    fn runs_on(&self, block: &Block<'_, '_>) -> Option<Problem> {
        let below = self.last_option.start + 1..self.last_option.end;
        let mut behind = below.skip_while(|line| !block.lines.is_blank(*line));
        let loose = behind.find(|line| {
            let text = block.lines.text(*line);
            let indented = text.starts_with([' ', '\t']);
            !indented && !block.lines.is_inert(*line) && !is_silent(trimmed(text))
        })?;
        let letter = capital(self.options.len() - 1);
        let message = format!("this text is taken as part of option {letter}");
        Some(block.problem(Kind::OptionRunsOn, loose, 1, message))
    }

    fn draft(self, block: &Block<'_, '_>) -> draft::Draft {
        let head = &block.head;
        let answer = self.answer.map(|answer| answer.checkable(block.lines, &self.options));
        draft::Draft {
            at: At::of(block.line, "", 0),
            number: Some(head.number.to_owned()),
            difficulty: head.difficulty.map(str::to_owned),
            category: head.category.map(str::to_owned),
            topic: head.topic.to_owned(),
            stem: self.stem,
            options: self.options,
            answer,
            explanation: Some(self.explanation),
        }
    }
}

impl DraftAnswer<'_> {
    fn checkable(self, lines: &Lines<'_>, options: &[draft::DraftOption]) -> draft::Answer {
        let line = lines.text(self.line);
        let at = At::of(self.line, line, line.rfind(self.text).unwrap_or(0));
        draft::Answer { at, stated: stated_by_letters(self.text, options) }
    }
}

/// An option right below the last one that could be read, written otherwise than those above, or in the same line.
fn option_in_another_style(block: &Block<'_, '_>, outline: &Outline<'_>) -> Option<Problem> {
    let last = outline.parts.iter().rposition(|part| matches!(part.what, What::Option(_)))?;
    let part = outline.parts[last];
    let What::Option(label) = part.what else { return None };
    let below = (part.line + 1..outline.end_of(last)).take_while(|line| !block.lines.is_blank(*line));
    let mut below = below.filter(|line| !block.lines.is_inert(*line));
    let letter = label.letter + 1;
    let (line, offset) = match label.next_in_its_text() {
        Some(at) => (part.line, block.lines.text(part.line).find(label.text).unwrap_or(0) + at),
        None => (below.find(|line| begins_with_letter(block.lines.text(*line), letter))?, 0),
    };
    let message = format!("option {} is not written like those above it", capital(letter.into()));
    let column = column(block.lines.text(line), offset);
    Some(block.problem(Kind::LettersOutOfOrder, line, column, message))
}

/// A line below an option that begins like another one of its list, and is not the next.
fn unread_option(block: &Block<'_, '_>, outline: &Outline<'_>) -> Option<Problem> {
    let options = outline.parts.iter().enumerate().filter_map(|(place, part)| match part.what {
        What::Option(label) => Some((label, part.line + 1..outline.end_of(place))),
        What::Answer(_) | What::Explanation(_) => None,
    });
    let (above, line) = options
        .flat_map(|(above, below)| below.map(move |line| (above, line)))
        .filter(|(_, line)| !block.lines.is_inert(*line))
        .find(|(above, line)| {
            tight_label(block.lines.text(*line)).is_some_and(|label| label.is_beside(above))
        })?;
    let message = format!("this text is taken as part of option {}", capital(above.letter.into()));
    Some(block.problem(Kind::OptionRunsOn, line, 1, message))
}

/// Where words of a question stand in the text.
fn place_of(block: &Block<'_, '_>, part: Part, explained_from: usize, words: Mention<'_>) -> At {
    let from = match part {
        Part::Whole => block.line,
        Part::Explanation => explained_from,
    };
    let from = from.min(block.limit() - 1);
    let lines = (from..block.limit()).map(|line| (line, block.lines.text(line)));
    let (line, at) = words.place(lines).unwrap_or((from, 0));
    At::of(line, block.lines.text(line), at)
}

/// Where a part ends before the tags that fold away what follows it, or that end the fold.
fn before_tags(lines: &Lines<'_>, from: usize, end: usize, is_tag: fn(&str) -> bool) -> usize {
    let mut before = end;
    while let Some(last) = (from..before).rev().find(|line| !lines.is_blank(*line)) {
        if lines.is_inert(last) || !is_tag(lines.text(last).trim()) {
            break;
        }
        before = last;
    }
    before
}

/// `<details>`, `<summary>Answer</summary>`, or both in one line.
fn opens_fold(line: &str) -> bool {
    let is_alone = |rest: &str| rest.ends_with("</summary>") && rest.matches("</").count() == 1;
    match line.strip_prefix("<details").and_then(|behind| behind.split_once('>')) {
        Some((_, rest)) => rest.is_empty() || (rest.trim_start().starts_with("<summary>") && is_alone(rest)),
        None => line.starts_with("<summary>") && is_alone(line),
    }
}

fn closes_fold(line: &str) -> bool {
    line == "</details>"
}

/// The lines of a part behind the one of its label, without the marks of the quotation or of the item of a list that
/// its label stands in.
fn unmarked_span<'a>(lines: &Lines<'a>, label: usize, from: usize, to: usize) -> Cow<'a, str> {
    let span = lines.span(from, to);
    match lines.first(label) {
        b'>' => Cow::Owned(unquoted(span)),
        b'-' | b'*' | b'+' if any_bullet(lines.text(label)) => Cow::Owned(dedented(span)),
        _ => Cow::Borrowed(span),
    }
}

fn any_bullet(line: &str) -> bool {
    matches!(line.trim_start().as_bytes(), [_, b' ' | b'\t', ..])
}

fn part_text(first: &str, rest: &str) -> String {
    let rest = if first.is_empty() { trimmed(rest) } else { rest.trim_end() };
    match (first.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_owned(),
        (false, true) => first.to_owned(),
        (false, false) => trimmed(&format!("{first}\n{rest}")).to_owned(),
    }
}

/// The lines below an option's first one lose the indentation that they share.
fn option_text(first: &str, rest: &str) -> String {
    if trimmed(rest).is_empty() { first.to_owned() } else { with_lines_below(first, rest) }
}
