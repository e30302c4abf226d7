//! Which questions a quiz has, and where each begins. Numbers alone do not say it, since stems and
//! explanations hold numbered lists: what begins a question is a number that goes on counting and has
//! options or an answer below it. Where there are no numbers, it is the text above the options.

use super::{
    Line,
    sign::{Sign, Start},
};
use crate::import::markdown::{Lines, is_rule};

/// Where a question begins.
#[derive(Debug, Clone)]
pub(super) struct Head<'a> {
    pub line: usize,
    /// Its number or its heading; none where it begins with a line of text.
    pub start: Option<Start<'a>>,
}

/// The questions of a text, in their order. `is_keyed` knows the numbers that an answer key answers.
pub(super) fn heads<'a>(
    lines: &Lines<'a>,
    signs: &[Line<'a>],
    is_keyed: &dyn Fn(&str) -> bool,
) -> Vec<Head<'a>> {
    let mut finder = Finder { lines, heads: Vec::new(), run: Vec::new(), last: None, floor: 0 };
    for line in signs.iter().filter(|line| !line.folded) {
        finder.take(line);
    }
    finder.finish(is_keyed)
}

struct Finder<'l, 'a> {
    lines: &'l Lines<'a>,
    heads: Vec<Head<'a>>,
    /// Numbers and asking headings that may begin the next question.
    run: Vec<(usize, Start<'a>)>,
    /// The number of the latest question.
    last: Option<String>,
    /// The line behind the last one that is part of the latest question for certain.
    floor: usize,
}

impl<'a> Finder<'_, 'a> {
    fn take(&mut self, line: &Line<'a>) {
        match &line.sign {
            Sign::Start(start) if start.is_sure() || self.is_numbered() => {
                self.run.push((line.at, start.clone()));
            }
            // A list before the first question, which has no number, is no question.
            Sign::Heading(_) if self.last.is_none() => self.run.retain(|(_, start)| start.is_sure()),
            Sign::Option(_) | Sign::Ticked(_) if line.begins => self.options(line.at),
            Sign::Answer(_) => self.answer(line.at),
            Sign::Fold(fold) if fold.reveals => self.answer(line.at),
            Sign::Option(_) | Sign::Ticked(_) if self.run.is_empty() => self.floor = line.at + 1,
            Sign::Explanation(_) | Sign::Quote | Sign::FoldEnd if self.run.is_empty() => {
                self.floor = line.at + 1;
            }
            Sign::Start(_)
            | Sign::Option(_)
            | Sign::Ticked(_)
            | Sign::Explanation(_)
            | Sign::Quote
            | Sign::Fold(_)
            | Sign::FoldEnd
            | Sign::Heading(_)
            | Sign::Rule => {}
        }
    }

    /// Whether a bare number may begin a question: not where the latest question has none.
    fn is_numbered(&self) -> bool {
        self.heads.is_empty() || self.last.is_some()
    }

    fn options(&mut self, line: usize) {
        if !self.run.is_empty() {
            self.accept();
        } else if let Some(line) = self.begins_with_text(line) {
            self.heads.push(Head { line, start: None });
            self.last = None;
        }
        self.floor = line + 1;
    }

    /// An answer belongs to the latest question, unless a number or a heading stands between.
    fn answer(&mut self, line: usize) {
        let is_first = self.heads.is_empty();
        let is_sure = self.run.iter().any(|(_, start)| start.is_sure());
        let goes_on = is_sure || is_first || !counted_on(self.last.as_deref(), &self.run, 0).is_empty();
        let divided = || (self.floor..line).any(|line| self.is_divider(line));
        if !self.run.is_empty() && (goes_on || divided()) {
            self.accept();
        }
        self.run.clear();
        self.floor = line + 1;
    }

    /// Begins a question with one of the numbers of the run, and those that were passed over on the way.
    fn accept(&mut self) {
        let run = std::mem::take(&mut self.run);
        let chain = chain(self.last.as_deref(), &run);
        let Some((chosen, passed)) = chain.split_last() else { return };
        let level = run[*chosen].1.level;
        for (place, (line, start)) in run.into_iter().enumerate().take(chosen + 1) {
            let alike = level.is_some() && start.level == level && start.number.is_some();
            if place == *chosen || start.named || alike || passed.binary_search(&place).is_ok() {
                self.last = start.number.clone().or(self.last.take());
                self.heads.push(Head { line, start: Some(start) });
            }
        }
    }

    /// The line that a question without a number begins with, unless its options are a second block of
    /// the latest question.
    fn begins_with_text(&self, options: usize) -> Option<usize> {
        let divided = (self.floor..options).rev().find(|line| self.is_divider(*line));
        let is_numbered = self.heads.last().is_some_and(|head| head.start.is_some());
        if is_numbered && divided.is_none() {
            return None;
        }
        let above = self.text_above(options);
        above.or_else(|| (self.heads.is_empty() || divided.is_some()).then_some(options))
    }

    fn is_divider(&self, line: usize) -> bool {
        self.is_rule(line) || (!self.lines.is_inert(line) && is_heading(self.lines.text(line)))
    }

    fn is_rule(&self, line: usize) -> bool {
        !self.lines.is_inert(line) && is_rule(self.lines.text(line))
    }

    /// The paragraph above the options, with the code between; or the heading; or all text behind a rule.
    fn text_above(&self, options: usize) -> Option<usize> {
        let rule = (self.floor..options).rev().find(|line| self.is_rule(*line));
        let from = rule.map_or(self.floor, |rule| rule + 1);
        let (mut first, mut has_text) = (None, false);
        for line in (from..options).rev() {
            if self.lines.is_inert(line) {
                if has_text && rule.is_none() {
                    break;
                }
                first = Some(line);
            } else if self.lines.is_blank(line) {
                if has_text && rule.is_none() {
                    break;
                }
            } else if is_heading(self.lines.text(line)) {
                return if has_text { first } else { Some(line) };
            } else {
                (first, has_text) = (Some(line), true);
            }
        }
        first
    }

    fn finish(mut self, is_keyed: &dyn Fn(&str) -> bool) -> Vec<Head<'a>> {
        let run = std::mem::take(&mut self.run);
        let chain = chain(self.last.as_deref(), &run);
        for (place, (line, start)) in run.into_iter().enumerate() {
            let keyed = start.number.as_deref().is_some_and(is_keyed) && chain.binary_search(&place).is_ok();
            if start.named || keyed {
                self.heads.push(Head { line, start: Some(start) });
            }
        }
        self.heads
    }
}

pub(super) fn is_heading(line: &str) -> bool {
    let level = line.trim_start().bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&level) && line.trim_start()[level..].starts_with([' ', '\t'])
}

/// The places in a run of the numbers that go on counting from the last one; where none does, what is
/// more than a number, or the numbers from the last `1.` on.
fn chain(last: Option<&str>, run: &[(usize, Start<'_>)]) -> Vec<usize> {
    let goes_on = if last.is_some() { counted_on(last, run, 0) } else { Vec::new() };
    if !goes_on.is_empty() {
        return goes_on;
    }
    if let Some(sure) = run.iter().rposition(|(_, start)| start.is_sure()) {
        return vec![sure];
    }
    let is_first =
        |(_, start): &(usize, Start<'_>)| start.number.as_deref().is_some_and(|it| counter(it).1 == Some(1));
    counted_on(None, run, run.iter().rposition(is_first).unwrap_or(0))
}

fn counted_on(last: Option<&str>, run: &[(usize, Start<'_>)], from: usize) -> Vec<usize> {
    let mut last = last;
    let mut places = Vec::new();
    for (place, (_, start)) in run.iter().enumerate().skip(from) {
        let Some(number) = start.number.as_deref() else { continue };
        if last.is_none_or(|last| follows(last, number)) {
            last = Some(number);
            places.push(place);
        }
    }
    places
}

fn follows(last: &str, number: &str) -> bool {
    let (before, counted) = counter(last);
    let (beginning, count) = counter(number);
    let goes_on = counted.zip(count).is_some_and(|(counted, count)| counted.checked_add(1) == Some(count));
    (beginning == before && goes_on) || (beginning != before && count == Some(1))
}

/// A number without its last part, and that part.
fn counter(number: &str) -> (&str, Option<u64>) {
    let (before, last) = number.rsplit_once('.').unwrap_or(("", number));
    (before, last.parse().ok())
}
