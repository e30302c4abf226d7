//! The lines from one question head to the next, and what stands there behind the question.

use super::{
    headless,
    outline::{Outline, SecondOptions},
    question::Draft,
};
use crate::import::{
    Kind, Problem,
    draft::is_silent,
    key::Keyed,
    labels::is_difficulty,
    lines::{Lines, Mark, head::Head, letters, marks, trimmed},
    places::number,
    reading::Reading,
    words::{is_same, strip_word},
};
use std::ops::Range;

/// The lines from a question's head to the next head.
pub(super) struct Block<'l, 'a> {
    pub lines: &'l Lines<'a>,
    pub head: Head<'a>,
    /// The line of the head.
    pub line: usize,
    /// The line of the next head, if there is one.
    pub following: Option<usize>,
    /// The line behind the block's last one.
    limit: usize,
    /// The lines that are more than text.
    pub marks: Vec<(usize, Mark<'a>)>,
}

/// The lines that are more than text, among these.
pub(super) fn marks_in<'a>(lines: &Lines<'a>, range: Range<usize>) -> Vec<(usize, Mark<'a>)> {
    let text = range.filter(|line| marks::may_begin_with(lines.first(*line)) && !lines.is_inert(*line));
    let mut marks = Vec::with_capacity(USUAL_MARKS);
    for line in text {
        let before = marks.last().map(|(_, mark)| mark);
        marks.extend(marks::mark_below(before, lines.text(line)).map(|mark| (line, mark)));
    }
    marks
}

/// Whether a line begins a section: `### Advanced Questions`, `**Section B: Trees**`.
fn is_section(line: &str) -> bool {
    if marks::mark(line).is_some() {
        return false;
    }
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && heading.starts_with(' ') {
        // What asks or says something is no title.
        return !heading.contains(['?', '`', ':', ',']);
    }
    let inner = line.trim().strip_prefix("**").and_then(|inner| inner.strip_suffix("**"));
    inner
        .filter(|inner| !inner.contains("**"))
        .is_some_and(|inner| is_numbered_section(inner) || is_level(inner))
}

/// `Section B: Trees`, `Part 2`
fn is_numbered_section(title: &str) -> bool {
    let behind = ["section ", "part "].iter().find_map(|word| strip_word(title, word));
    behind.is_some_and(|behind| {
        let length = behind.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let rest = behind[length..].trim_start();
        (1..=3).contains(&length) && (rest.is_empty() || rest.starts_with([':', '-', '–', '—']))
    })
}

/// `Advanced Questions`, `Expert Level`, `Basic (5 questions)`
fn is_level(title: &str) -> bool {
    let (difficulty, rest) = title.split_once(' ').unwrap_or((title, ""));
    let rest = rest.trim_end_matches(':');
    let named = ["", "questions", "mcqs", "level"].iter().any(|word| is_same(rest, word));
    is_difficulty(difficulty) && (named || (rest.starts_with('(') && rest.ends_with(')')))
}

/// How many lines of a question are more than text, as a rule: options, answer, explanation, rules.
const USUAL_MARKS: usize = 12;

impl<'l, 'a> Block<'l, 'a> {
    /// A block from the line of its head on, at most to the end of `lines_left`.
    pub fn new(
        lines: &'l Lines<'a>,
        head: Head<'a>,
        lines_left: Range<usize>,
        following: Option<usize>,
    ) -> Self {
        let line = lines_left.start;
        let limit = following.unwrap_or(lines.count()).min(lines_left.end);
        let marks = marks_in(lines, line + 1..limit);
        Self { lines, head, line, following, limit, marks }
    }

    /// The lines from one on that are more than text.
    pub fn marks_behind(&self, end: usize) -> &[(usize, Mark<'a>)] {
        &self.marks[self.marks.partition_point(|(line, _)| *line < end)..]
    }

    /// The line of the heading that the next question's section begins with, where it stands right above that question
    /// and below text that ends. `from` is the line from which text goes on.
    pub fn section(&self, from: usize) -> Option<usize> {
        self.following?;
        let written = |range: Range<usize>| range.rev().find(|line| !self.lines.is_blank(*line));
        let line = written(from..self.limit).filter(|line| !self.lines.is_inert(*line))?;
        let above = written(from..line)?;
        let ends = above + 1 < line && !self.lines.text(above).trim_end().ends_with([':', '：']);
        (ends && is_section(self.lines.text(line))).then_some(line)
    }

    /// The line behind the block's last one.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Reads the question, and gives the line from which text belongs to no question.
    pub fn read(&self, keyed: Keyed<'_, '_>, reading: &mut Reading) -> usize {
        let outline = Outline::of(self);
        let (end, is_revised) = (outline.end, outline.is_revised_behind());
        Draft::of(self, &outline).read(self, outline, keyed, reading);
        if !is_revised {
            let behind = headless::hold_back(self.lines, end, self.marks_behind(end), reading);
            let told = match behind > end || self.section(self.line) == Some(end) {
                true => self.orphan(behind),
                false => self.text_behind(end),
            };
            reading.problems.extend(told);
        }
        end
    }

    /// A problem of this question.
    pub fn problem(&self, kind: Kind, line: usize, at: u32, message: String) -> Problem {
        Problem::new(kind, number(line), at, message).of(self.head.number)
    }

    pub fn unclosed_fence(&self, end: usize) -> Option<Problem> {
        let unclosed = &self.lines.unclosed;
        let first = unclosed.partition_point(|unclosed| unclosed.line < self.line);
        let unclosed = unclosed.get(first).filter(|unclosed| unclosed.line < end)?;
        let marks = char::from(unclosed.fence.mark).to_string().repeat(unclosed.fence.length.min(8));
        let message = format!("question {} has a code block that is never closed", self.head.number);
        let problem = self.problem(Kind::UnclosedFence, unclosed.line, 1, message);
        Some(Problem { expected: Some(marks), ..problem })
    }

    /// What stands between the end of the question and the next head, or a heading before it.
    fn text_behind(&self, end: usize) -> Option<Problem> {
        self.orphan(end).or_else(|| self.loose_text(end..self.limit()))
    }

    /// Options or an answer behind a line that belong to no question.
    fn orphan(&self, end: usize) -> Option<Problem> {
        let marks = self.marks_behind(end);
        let seconds = SecondOptions::of(marks);
        marks.iter().find_map(|(line, mark)| {
            let line = *line;
            match mark {
                Mark::Option(label) if label.letter == 0 && seconds.any_behind(line, label.style) => {
                    let message = "these options belong to no question".to_owned();
                    Some(Problem::new(Kind::OrphanOptions, number(line), 1, message))
                }
                Mark::Answer(labelled) if labelled.bold && letters(labelled.rest).is_some() => {
                    let message = "this answer belongs to no question".to_owned();
                    Some(Problem::new(Kind::OrphanAnswer, number(line), 1, message))
                }
                Mark::Option(_)
                | Mark::Answer(_)
                | Mark::Explanation(_)
                | Mark::Recall(_)
                | Mark::Revision(_)
                | Mark::Rule
                | Mark::Heading => None,
            }
        })
    }

    fn loose_text(&self, range: std::ops::Range<usize>) -> Option<Problem> {
        self.following?;
        if is_silent(trimmed(self.lines.span(range.start, range.end))) {
            return None;
        }
        let begin = range.start;
        let mut meant = range.filter(|line| !trimmed(self.lines.text(*line)).is_empty());
        let first = meant.next()?;
        let is_heading = |line: usize| !self.lines.is_inert(line) && self.lines.text(line).starts_with('#');
        // Behind a rule a heading begins a section; where it cuts a question off, what follows may belong to that.
        let first = match is_heading(first) {
            true if first == begin => meant.find(|line| !is_heading(*line))?,
            true => return None,
            false => first,
        };
        let message = "the text from here to the next question belongs to no question".to_owned();
        Some(Problem::new(Kind::TextBetween, number(first), 1, message))
    }
}
