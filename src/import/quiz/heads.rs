//! Which questions a quiz has, and where each begins. Numbers alone do not say it, since stems and
//! explanations hold numbered lists: what begins a question is a number that goes on counting and has
//! options or an answer below it. Of several such numbers one that stands apart goes before an item of a list. Where
//! there are no numbers, it is the text above the options.

use std::collections::HashSet;

use super::{
    Line,
    sign::{Sign, Start, ends_asking},
};
use crate::import::lines::{Lines, is_rule};

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
    let mut finder = Finder {
        lines,
        heads: Vec::new(),
        run: Vec::new(),
        kept: 0,
        has_first: false,
        item: None,
        last: None,
        floor: lines.body,
    };
    for line in signs.iter().filter(|line| !line.folded) {
        finder.take(line);
    }
    finder.finish(is_keyed)
}

struct Finder<'l, 's, 'a> {
    lines: &'l Lines<'a>,
    heads: Vec<Head<'a>>,
    /// Numbers and asking headings that may begin the next question.
    run: Vec<Candidate<'s, 'a>>,
    /// So many at the front of the run are sure, since a heading left no others.
    kept: usize,
    /// Whether the run has a number 1.
    has_first: bool,
    /// The number of the latest item of a list in the run.
    item: Option<u64>,
    /// The number of the latest question that has one.
    last: Option<String>,
    /// The line behind the last one that is part of the latest question for certain.
    floor: usize,
}

/// What may begin a question.
struct Candidate<'s, 'a> {
    line: usize,
    start: &'s Start<'a>,
    /// Whether it goes on counting a list of the stem or the explanation.
    is_item: bool,
    /// How much speaks for a list: text right above it, a colon before it, and one that ends another number's line.
    doubt: u8,
}

impl Candidate<'_, '_> {
    fn number(&self) -> Option<&str> {
        self.start.number.as_deref()
    }
}

impl<'s, 'a> Finder<'_, 's, 'a> {
    fn take(&mut self, line: &'s Line<'a>) {
        match &line.sign {
            Sign::Start(start) if start.is_sure() || self.is_numbered() => {
                let candidate = self.candidate(line.at, start);
                self.has_first |= is_first(candidate.start);
                self.run.push(candidate);
            }
            // A list before the first question, which has no number, is no question.
            Sign::Heading(_) if self.last.is_none() => {
                let latest = self.run.split_off(self.kept);
                self.run.extend(latest.into_iter().filter(|candidate| candidate.start.is_sure()));
                self.kept = self.run.len();
            }
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

    fn candidate(&mut self, line: usize, start: &'s Start<'a>) -> Candidate<'s, 'a> {
        let is_sure = start.is_sure();
        let number = start.number.as_deref().map(counter).filter(|(before, _)| !is_sure && before.is_empty());
        let count = number.and_then(|(_, count)| count);
        let is_counted = self.last.is_some() || self.has_first;
        let goes_on = count.is_some() && count == self.item.map(|item| item.saturating_add(1));
        let is_item = goes_on || (count == Some(1) && is_counted);
        self.item = count.filter(|_| is_item);
        let doubt = if is_sure { 0 } else { self.doubt(line) };
        Candidate { line, start, is_item, doubt }
    }

    /// How much speaks for a list where a number stands.
    fn doubt(&self, line: usize) -> u8 {
        let Some(above) = line.checked_sub(1).filter(|above| *above >= self.lines.body) else { return 0 };
        let is_apart = self.lines.is_blank(above) || self.is_divider(above);
        // Blank lines are seldom more than a few.
        let written =
            (self.lines.body..line).rev().take(MOST_BLANKS).find(|line| !self.lines.is_blank(*line));
        let introduces = |line: &usize| self.lines.text(*line).trim_end().ends_with([':', '：']);
        let introduced = written.filter(introduces);
        let is_below_number = introduced.is_some() && introduced == self.run.last().map(|last| last.line);
        u8::from(!is_apart) + u8::from(introduced.is_some()) + u8::from(is_below_number)
    }

    /// Whether a bare number may begin a question: not where none of the questions so far has one.
    fn is_numbered(&self) -> bool {
        self.heads.is_empty() || self.last.is_some()
    }

    fn options(&mut self, line: usize) {
        if !self.run.is_empty() {
            self.accept();
        } else if let Some(line) = self.begins_with_text(line) {
            self.heads.push(Head { line, start: None });
        }
        self.floor = line + 1;
    }

    /// An answer belongs to the latest question, unless a number or a heading stands between.
    fn answer(&mut self, line: usize) {
        let is_first = self.heads.is_empty();
        let is_sure = self.run.iter().any(|candidate| candidate.start.is_sure());
        let goes_on = is_sure || is_first || !counted_on(self.last.as_deref(), &self.run, 0).is_empty();
        let divided = || (self.floor..line).any(|line| self.is_divider(line));
        if !self.run.is_empty() && (goes_on || divided()) {
            self.accept();
        }
        self.take_run();
        self.floor = line + 1;
    }

    /// The run, behind which another one begins.
    fn take_run(&mut self) -> Vec<Candidate<'s, 'a>> {
        (self.item, self.kept, self.has_first) = (None, 0, false);
        std::mem::take(&mut self.run)
    }

    /// Begins a question with one of the numbers of the run, and those that were passed over on the way.
    fn accept(&mut self) {
        let run = self.take_run();
        let chain = chain(self.last.as_deref(), &run);
        let Some((chosen, passed)) = chain.split_last() else { return };
        let level = run[*chosen].start.level;
        for (place, Candidate { line, start, .. }) in run.into_iter().enumerate().take(chosen + 1) {
            let alike = level.is_some() && start.level == level && start.number.is_some();
            if place == *chosen || start.named || alike || passed.binary_search(&place).is_ok() {
                self.last = start.number.clone().or(self.last.take());
                self.heads.push(Head { line, start: Some(start.clone()) });
            }
        }
    }

    /// The line that a question without a number begins with, unless its options are a second block of
    /// the latest question.
    fn begins_with_text(&self, options: usize) -> Option<usize> {
        let divided = (self.floor..options).rev().find(|line| self.is_divider(*line));
        let is_numbered = self.heads.last().is_some_and(|head| head.start.is_some());
        let above = self.text_above(options);
        if is_numbered && divided.is_none() && !above.is_some_and(|first| self.asks_apart(first, options)) {
            return None;
        }
        above.or_else(|| (self.heads.is_empty() || divided.is_some()).then_some(options))
    }

    /// Whether these lines stand behind a blank one, and one of them ends in a question mark.
    fn asks_apart(&self, first: usize, behind: usize) -> bool {
        let is_apart = first > self.floor && self.lines.is_blank(first - 1);
        let mut text = (first..behind).filter(|line| !self.lines.is_inert(*line));
        is_apart && text.any(|line| ends_asking(self.lines.text(line)))
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
        let run = self.take_run();
        let goes_on = counted_on(self.last.as_deref(), &run, 0);
        let chain = chain(self.last.as_deref(), &run);
        let numbers = self.heads.iter().filter_map(|head| head.start.as_ref()?.number.as_deref());
        let asked: HashSet<String> = numbers.map(str::to_owned).collect();
        for (place, Candidate { line, start, is_item, doubt }) in run.into_iter().enumerate() {
            // A list behind the questions counts from 1 again.
            let is_new = || start.number.as_ref().is_some_and(|number| !asked.contains(number));
            let keyed = start.number.as_deref().is_some_and(is_keyed) && chain.binary_search(&place).is_ok();
            let is_unfinished =
                self.last.is_some() && !is_item && doubt == 0 && goes_on.binary_search(&place).is_ok();
            if start.named || (keyed && is_new()) || is_unfinished {
                self.heads.push(Head { line, start: Some(start.clone()) });
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
fn chain(last: Option<&str>, run: &[Candidate<'_, '_>]) -> Vec<usize> {
    let goes_on = if last.is_some() { counted_on(last, run, 0) } else { Vec::new() };
    if !goes_on.is_empty() {
        return goes_on;
    }
    if let Some(sure) = run.iter().rposition(|candidate| candidate.start.is_sure()) {
        return vec![sure];
    }
    let firsts = run.iter().enumerate().rev().filter(|(_, candidate)| is_first(candidate.start));
    let first = firsts.min_by_key(|(_, candidate)| candidate.doubt);
    counted_on(None, run, first.map_or(0, |(place, _)| place))
}

fn is_first(start: &Start<'_>) -> bool {
    start.number.as_deref().is_some_and(|number| counter(number).1 == Some(1))
}

/// The places from one on of the numbers that go on counting. Behind another number, items of lists do not.
fn counted_on(last: Option<&str>, run: &[Candidate<'_, '_>], from: usize) -> Vec<usize> {
    let mut last = last;
    let mut places = Vec::new();
    let mut at = from;
    while at < run.len() {
        let goes_on = |candidate: &Candidate<'_, '_>| {
            candidate.number().is_some_and(|number| last.is_none_or(|last| follows(last, number)))
        };
        let Some(next) = run[at..].iter().position(goes_on).map(|next| at + next) else { break };
        let rivals = run.iter().enumerate().skip(next).take(MOST_ITEMS).filter(|(_, rival)| goes_on(rival));
        let best = rivals.min_by_key(|(_, rival)| (rival.is_item, rival.doubt)).filter(|_| last.is_some());
        let place = best.map_or(next, |(place, _)| place);
        if run[place].is_item && places.first().is_some_and(|first: &usize| !run[*first].is_item) {
            break;
        }
        last = run[place].number();
        places.push(place);
        at = place + 1;
    }
    places
}

/// So many candidates behind a number are looked at for a better one: more than a list has items.
const MOST_ITEMS: usize = 64;

/// So many lines above a number are looked at for text.
const MOST_BLANKS: usize = 8;

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
