//! The answers at the end of a file: a section such as “Answer Key” with an entry for each number, in
//! lines, lists or tables. Knows no questions; it is asked for an entry by number.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    Kind, Problem, answer,
    draft::{Answer, Draft, Stated, capital, is_silent},
    labels::{ANSWER, ANSWER_KEY, EXPLANATION},
    lines::{Lines, any_label, dedented, labelled, letters, trimmed},
    places::At,
};

mod entries;
mod title;

use entries::entries_in;
pub(super) use title::names_several;
use title::{Summary, Title};

/// All answer keys of a text.
#[derive(Default)]
pub(super) struct AnswerKey<'a> {
    sections: Vec<Range<usize>>,
    entries: Vec<Entry<'a>>,
    by_number: HashMap<String, Vec<usize>>,
    /// Whether its parts have the headings of parts of the text that stand in another order.
    is_out_of_order: bool,
}

/// What a key says about one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub number: String,
    pub line: usize,
    pub at: At,
    /// What stands behind the number, in its line.
    pub text: &'a str,
    /// What stands below it, down to the next entry.
    pub below: &'a str,
}

/// What the keys say about one question.
#[derive(Clone, Copy)]
pub(super) enum Keyed<'k, 'a> {
    Nothing,
    Once(&'k Entry<'a>),
    /// Two entries that differ.
    Twice(&'k Entry<'a>, &'k Entry<'a>),
}

/// The numbers of the questions of a text, of which some may be the same.
#[derive(Default)]
pub(super) struct Numbers {
    asked: HashMap<String, Asked>,
    /// Whether the key counts from 1 where the questions have numbers such as `14.1`.
    by_last_part: bool,
}

#[derive(Default)]
struct Asked {
    all: usize,
    so_far: usize,
}

impl Numbers {
    /// The numbers, as far as the key is asked about any.
    pub fn of<'n>(key: &AnswerKey<'_>, numbers: impl Iterator<Item = &'n str>) -> Self {
        if key.entries.is_empty() {
            return Self::default();
        }
        let numbers: Vec<&str> = numbers.collect();
        let by_last_part = !numbers.iter().any(|number| key.answers(number)) && {
            let last_parts: HashSet<&str> = numbers.iter().map(|number| last_part(number)).collect();
            last_parts.len() == numbers.len()
        };
        let mut asked: HashMap<String, Asked> = HashMap::new();
        for number in numbers {
            let number = if by_last_part { last_part(number) } else { number };
            asked.entry(number.to_owned()).or_default().all += 1;
        }
        Self { asked, by_last_part }
    }

    pub fn are_asked(&self, number: &str) -> bool {
        self.asked.contains_key(number)
    }

    /// What a key says about the next question with this number, in the order of the text.
    pub fn next<'k, 'a>(&mut self, key: &'k AnswerKey<'a>, number: &str) -> Keyed<'k, 'a> {
        let number = if self.by_last_part { last_part(number) } else { number };
        let Some(asked) = self.asked.get_mut(number) else { return Keyed::Nothing };
        asked.so_far += 1;
        key.entry(number, asked.so_far - 1, asked.all)
    }
}

impl<'a> AnswerKey<'a> {
    /// Finds the keys. A line that `is_question` ends one.
    pub fn of(lines: &Lines<'a>, is_question: &dyn Fn(&str) -> bool) -> Self {
        let mut key = Self::default();
        let mut above = NumbersAbove::default();
        let mut line = 0;
        while line < lines.count() {
            let may_be_title = title::may_begin_with(lines.first(line)) && !lines.is_inert(line);
            let title = if may_be_title { Title::of(lines.text(line)) } else { None };
            let section = title.and_then(|title| key.section(lines, line, &title, is_question, &mut above));
            let folded = || if lines.first(line) == b'<' { key.folded_section(lines, line) } else { None };
            line = section.or_else(folded).unwrap_or(line + 1);
        }
        for (place, entry) in key.entries.iter().enumerate() {
            key.by_number.entry(entry.number.clone()).or_default().push(place);
        }
        let repeats = key.by_number.len() < key.entries.len();
        key.is_out_of_order = repeats && key.has_headings_in_another_order(lines);
        key
    }

    /// Whether headings within the key are also headings of the text, and come in another order there.
    fn has_headings_in_another_order(&self, lines: &Lines<'_>) -> bool {
        let headings = (0..lines.count()).filter(|line| lines.first(*line) == b'#' && !lines.is_inert(*line));
        let (of_key, of_text): (Vec<usize>, Vec<usize>) = headings.partition(|line| self.holds(*line));
        let places: HashMap<String, usize> =
            of_text.into_iter().rev().map(|line| (words_of_part(lines.text(line)), line)).collect();
        let known = of_key.into_iter().filter_map(|line| places.get(&words_of_part(lines.text(line))));
        !known.is_sorted()
    }

    /// Reads the section below a title, if it holds entries, and gives the line behind it.
    fn section(
        &mut self,
        lines: &Lines<'a>,
        from: usize,
        title: &Title<'a>,
        is_question: &dyn Fn(&str) -> bool,
        above: &mut NumbersAbove,
    ) -> Option<usize> {
        let ends = |line: &usize| {
            let is_ended = || title.is_ended_by(lines.text(*line)) || is_question(lines.text(*line));
            !lines.is_inert(*line) && (is_ended() || begins_question(lines, *line, from, above))
        };
        let end =
            (from + 1..lines.count()).find(ends).map_or(lines.count(), |end| title_above(lines, from, end));
        let entries = entries_in(lines, from..end, title);
        if entries.is_empty() {
            return None;
        }
        self.entries.extend(entries);
        self.sections.push(from..end);
        Some(end)
    }

    /// Reads the folded part that a line begins, if its summary is the heading of a key and it answers
    /// several questions, and gives the line behind it. A single question has such a part as well.
    fn folded_section(&mut self, lines: &Lines<'a>, from: usize) -> Option<usize> {
        let summary = Summary::of(lines, from)?;
        let ends = |line: &usize| !lines.is_inert(*line) && lines.text(*line).contains("</details>");
        let begins_again = |line: &usize| *line > summary.line && lines.text(*line).contains("<details");
        let end = (summary.line..lines.count()).take_while(|line| !begins_again(line)).find(ends)?;
        let text = |line: &usize| !lines.is_blank(*line) && !lines.text(*line).trim_start().starts_with("</");
        let last = (summary.line..=end).rfind(text).unwrap_or(summary.line);
        let entries = entries_in(lines, summary.line..last + 1, &summary.title());
        let is_lettered = |entry: &Entry<'_>| letters(entry.parts().0).is_some();
        let is_of_all = entries.len() > 1 && entries.iter().all(is_lettered);
        if entries.is_empty() || !(is_of_all || summary.calls_itself_key()) {
            return None;
        }
        self.entries.extend(entries);
        self.sections.push(from..end + 1);
        Some(end + 1)
    }

    /// Whether there is an answer to this number.
    pub fn answers(&self, number: &str) -> bool {
        self.by_number.contains_key(number)
    }

    /// Whether a line is part of a key.
    pub fn holds(&self, line: usize) -> bool {
        let before = self.sections.partition_point(|section| section.start <= line);
        before > 0 && line < self.sections[before - 1].end
    }

    /// The first line of the next key from a line on.
    pub fn next_from(&self, line: usize) -> Option<usize> {
        let next = self.sections.partition_point(|section| section.start < line);
        self.sections.get(next).map(|section| section.start)
    }

    /// What the keys say about a question: the `nth`, counted from 0, of `all` that have this number.
    fn entry(&self, number: &str, nth: usize, all: usize) -> Keyed<'_, 'a> {
        let Some(places) = self.by_number.get(number) else { return Keyed::Nothing };
        let first = &self.entries[places[0]];
        let differs = |place: &&usize| self.entries[**place].text != first.text;
        let another = || places.iter().find(differs).map(|other| Keyed::Twice(first, &self.entries[*other]));
        if all > 1 && self.is_out_of_order {
            return another().unwrap_or(Keyed::Once(first));
        }
        if all > 1 {
            // Which entry belongs to which question is certain only when each has one.
            let own = places.get(nth).filter(|_| places.len() == all);
            return own.map_or(Keyed::Nothing, |place| Keyed::Once(&self.entries[*place]));
        }
        another().unwrap_or(Keyed::Once(first))
    }

    /// Entries whose number no question has.
    pub fn orphans(&self, is_asked: impl Fn(&str) -> bool) -> impl Iterator<Item = Problem> {
        self.entries.iter().filter(move |entry| !is_asked(&entry.number)).map(|entry| {
            let message = format!("this answer belongs to no question: none has the number {}", entry.number);
            Problem::new(Kind::OrphanAnswer, entry.at.line, entry.at.column, message)
        })
    }
}

impl Keyed<'_, '_> {
    /// The answer in words, where it is not letters of options.
    pub fn words(self) -> Option<String> {
        let Self::Once(entry) = self else { return None };
        let (text, below) = entry.parts();
        let words = trimmed(&format!("{text}\n{below}")).trim().to_owned();
        (!answer::is_lettered(text)).then_some(words)
    }

    /// Gives a question the answer and the explanation that it lacks. What the question itself states
    /// counts first, and a key that says otherwise is a problem.
    pub fn complete(self, draft: &mut Draft) -> Option<Problem> {
        match self {
            Self::Nothing => None,
            Self::Once(entry) => entry.complete(draft),
            Self::Twice(..) if draft.answer.is_some() => None,
            Self::Twice(first, second) => {
                let message = format!("the answer key has two answers to question {}", first.number);
                let problem = draft.problem(Kind::TwoAnswers, second.at, message);
                Some(problem.contrast(first.text, second.text))
            }
        }
    }
}

impl<'a> Entry<'a> {
    /// An answer that the order of the questions gives to one of them.
    pub fn unnumbered(at: At, text: &'a str) -> Self {
        Self { number: String::new(), line: 0, at, text, below: "" }
    }

    fn complete(&self, draft: &mut Draft) -> Option<Problem> {
        let (text, below) = self.parts();
        let (stated, remark) = answer::stated(text, &draft.options);
        let problem = match (&draft.answer, &stated) {
            (Some(Answer { stated: Stated::Options(inline), .. }), Stated::Options(keys))
                if inline != keys =>
            {
                Some(self.contradiction(draft, inline, keys))
            }
            _ => None,
        };
        if draft.answer.is_none() {
            draft.answer = Some(Answer { at: self.at, stated });
        }
        let lacks_explanation = draft.explanation.as_deref().is_some_and(is_silent);
        if lacks_explanation && problem.is_none() {
            let below = dedented(below);
            let parts = [remark, below.as_str()].into_iter().filter(|part| !part.is_empty());
            draft.explanation = Some(parts.collect::<Vec<_>>().join("\n\n"));
        }
        problem
    }

    /// The answer, which may stand below the number, and the explanation.
    fn parts(&self) -> (&str, &str) {
        let (text, below) = match self.text {
            "" => self.below.split_once('\n').unwrap_or((self.below, "")),
            text => (text, self.below),
        };
        let text = labelled(text, &ANSWER).map_or(text, |labelled| labelled.rest);
        let (first, rest) = below.split_once('\n').unwrap_or((below, ""));
        match labelled(first, &EXPLANATION) {
            Some(label) if label.rest.is_empty() => (text, trimmed(rest)),
            Some(label) if rest.is_empty() => (text, label.rest),
            _ => (text, below),
        }
    }

    fn contradiction(&self, draft: &Draft, inline: &[u8], keys: &[u8]) -> Problem {
        let letters = |keys: &[u8]| keys.iter().map(|key| capital(usize::from(*key))).collect::<String>();
        let (inline, keys) = (letters(inline), letters(keys));
        let message =
            format!("the answer key says {keys}, and question {} itself says {inline}", self.number);
        draft.problem(Kind::OtherAnswerInKey, self.at, message).contrast(inline, keys)
    }
}

/// `1` of `14.1`
fn last_part(number: &str) -> &str {
    number.rsplit_once('.').map_or(number, |(_, last)| last)
}

/// The numbers that lines above a key begin with.
#[derive(Default)]
struct NumbersAbove {
    line: usize,
    numbers: HashSet<String>,
}

impl NumbersAbove {
    /// Whether a line above another one begins with a number. That other line is never above an earlier one.
    fn has(&mut self, lines: &Lines<'_>, until: usize, number: &str) -> bool {
        let written = (self.line..until).filter(|line| !lines.is_inert(*line));
        self.numbers.extend(written.filter_map(|line| Some(entries::number_in(lines.text(line))?.0)));
        self.line = self.line.max(until);
        self.numbers.contains(number)
    }
}

/// Whether a question with lettered options begins with the number that a line begins with: no answer stands behind it
/// or above the options, and it asks, or has a number that no line above the key begins with.
fn begins_question(lines: &Lines<'_>, line: usize, key: usize, above: &mut NumbersAbove) -> bool {
    let number_of = |line: usize| entries::number_in(lines.text(line));
    let is_answer = |said: &str| answer::is_lettered(said) || labelled(said, &ANSWER).is_some();
    let Some((number, said)) = number_of(line).filter(|(_, said)| !is_answer(said)) else { return false };
    let below = (line + 1..lines.count()).filter(|line| !lines.is_blank(*line) && !lines.is_inert(*line));
    let mut below =
        below.take_while(|line| number_of(*line).is_none()).map(|line| lines.text(line)).peekable();
    if said.trim().is_empty() && below.peek().is_some_and(|first| answer::is_lettered(first)) {
        return false;
    }
    let mut options = below
        .take_while(|text| labelled(text.trim_start(), &ANSWER).is_none())
        .filter_map(any_label)
        .skip_while(|label| label.letter > 0);
    let has_options =
        options.next().zip(options.next()).is_some_and(|(first, second)| second.is_next_to(&first));
    let asks = said.trim_end().ends_with(['?', '？', '؟']);
    has_options && (asks || !above.has(lines, key, &number))
}

/// The line that a section ends with before the question in another line: that of a short title right above it.
fn title_above(lines: &Lines<'_>, section: usize, question: usize) -> usize {
    const MOST_CHARACTERS: usize = 60;
    let written = (section + 1..question).rev().find(|line| !lines.is_blank(*line));
    let is_title = |line: &usize| {
        let text = lines.text(*line).trim();
        let is_apart = lines.is_blank(line - 1) && !lines.is_inert(*line);
        let ends = text.ends_with(|sign: char| sign.is_alphanumeric() || matches!(sign, ':' | '：' | '*'));
        is_apart && ends && text.chars().count() <= MOST_CHARACTERS && entries::number_in(text).is_none()
    };
    written.filter(is_title).unwrap_or(question)
}

/// The words of a heading that tell which part of a text it is that of: `chapter 2` of `## Answers to Chapter 2`.
fn words_of_part(heading: &str) -> String {
    let words = heading.split(|sign: char| !sign.is_alphanumeric()).map(str::to_lowercase);
    let tells = |word: &String| {
        !["", "answer", "answers", "for", "key", "solutions", "the", "to"].contains(&word.as_str())
    };
    words.filter(tells).collect::<Vec<_>>().join(" ")
}

/// Whether a text, without its marks, is the heading of an answer key.
fn is_key_title(text: &str) -> bool {
    ANSWER_KEY.has(text)
}
