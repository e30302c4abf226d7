//! Quizzes as people write them who know no particular notation: questions with numbers, headings or
//! neither; options with letters or checkboxes; the answer ticked, stated below, folded away in
//! `<details>`, or in a key at the end. Code blocks are found first. Whatever cannot be told for
//! certain is held back.

mod body;
mod heads;
mod listed;
mod sign;

use super::{
    Kind, MOST_QUESTIONS, Parsed, Problem, chapter,
    key::{AnswerKey, Keyed, Numbers},
    lines::{Lines, Style, any_label, tight_label, trimmed, with_plain_line_ends},
    reading::{Reading, unclosed_outside},
    too_many_questions,
};
use body::Body;
use heads::{Head, heads, is_heading};
use listed::Listed;
use sign::{Fold, Sign, loosely_ticked, round_box, sign, without_tags};

/// A line that is more than text.
#[derive(Debug, Clone)]
struct Line<'a> {
    at: usize,
    sign: Sign<'a>,
    /// Whether a block of options begins here.
    begins: bool,
    /// Whether it stands in a part that is folded away.
    folded: bool,
}

/// Whether a text seems to be a quiz. A list of things to do, which has checkboxes as well, is none.
pub(super) fn recognises(text: &str) -> bool {
    let text = with_plain_line_ends(text);
    let lines = Lines::new(&text);
    let signs = signs(&lines, &AnswerKey::default());
    let ticked = signs.iter().any(|line| matches!(line.sign, Sign::Ticked(_)));
    let lettered = signs.iter().any(|line| line.begins && matches!(line.sign, Sign::Option(_)));
    let answers =
        |line: &Line<'_>| matches!(line.sign, Sign::Answer(_) | Sign::Fold(Fold { reveals: true, .. }));
    let answered = signs.iter().any(answers);
    // A text at the limit has as many of them as the memory has room for once.
    drop(signs);
    if !(ticked || lettered || answered) {
        return false;
    }
    let quiz = Quiz::of(&lines);
    let is_named = |place: usize| quiz.heads[place].start.as_ref().is_some_and(|start| start.named);
    let is_question = |place| {
        lettered
            || quiz.is_keyed(place)
            || quiz.body(place).asks()
            || (is_named(place) && quiz.body(place).is_answered())
    };
    (0..quiz.heads.len()).any(is_question)
}

/// Reads a quiz that is at most [`super::MOST_BYTES`] long.
pub(super) fn parse(text: &str, file_name: &str) -> Parsed {
    let text = with_plain_line_ends(text.strip_prefix('\u{feff}').unwrap_or(text));
    let lines = Lines::new(&text);
    let mut quiz = Quiz::of(&lines);
    if quiz.heads.len() > MOST_QUESTIONS {
        return too_many_questions(file_name);
    }
    let listed = Listed::of(&quiz);
    if let Listed::OfAll(from, _) = listed {
        quiz.end = from;
    }
    let Quiz { key, heads, .. } = &quiz;
    let mut numbers = Numbers::of(key, heads.iter().filter_map(Head::number));
    let mut reading = Reading::default();
    let first_head = heads.first().map_or(lines.count(), |head| head.line);
    let mut outside = vec![(0, first_head)];
    for (place, head) in heads.iter().enumerate() {
        let numbered = numbers.next(key, head.number().unwrap_or_default());
        let keyed = listed.entry(place).map_or(numbered, Keyed::Once);
        let mut body = quiz.body(place);
        if let Listed::Unclear(line) = listed
            && place + 1 == heads.len()
        {
            body.doubt_answer(line);
        }
        let (end, following) = (body.end, quiz.following(place));
        body.read(keyed, &mut reading);
        if quiz.limit(place) == following && place + 1 < heads.len() {
            reading.problems.extend(text_between(&lines, end, following));
        }
        outside.push((end, following));
    }
    outside.push((quiz.end, lines.count()));
    reading.problems.extend(key.orphans(|number| numbers.are_asked(number)));
    reading.problems.extend(unclosed_outside(&lines, &outside));
    reading.finish(chapter::read(&lines, first_head, file_name))
}

/// Where the questions of a text are, and where its answers.
struct Quiz<'l, 'a> {
    lines: &'l Lines<'a>,
    key: AnswerKey<'a>,
    signs: Vec<Line<'a>>,
    heads: Vec<Head<'a>>,
    /// The line behind the last question's last one.
    end: usize,
}

impl<'l, 'a> Quiz<'l, 'a> {
    fn of(lines: &'l Lines<'a>) -> Self {
        let key = AnswerKey::of(lines, &|_| false);
        let signs = signs(lines, &key);
        let heads = heads(lines, &signs, &|number| key.answers(number));
        Self { lines, key, signs, heads, end: lines.count() }
    }

    fn body(&self, place: usize) -> Body<'_, 'a> {
        Body::of(self.lines, &self.signs, &self.heads[place], self.limit(place))
    }

    /// Whether a question or a key says what is right.
    fn is_answered(&self, place: usize) -> bool {
        self.is_keyed(place) || self.body(place).is_answered()
    }

    fn is_keyed(&self, place: usize) -> bool {
        self.heads[place].number().is_some_and(|number| self.key.answers(number))
    }

    /// The line that the next question begins with.
    fn following(&self, place: usize) -> usize {
        self.heads.get(place + 1).map_or(self.end, |next| next.line)
    }

    /// The line that a question must end before.
    fn limit(&self, place: usize) -> usize {
        let following = self.following(place);
        self.key.next_from(self.heads[place].line).map_or(following, |key| key.min(following))
    }
}

impl Head<'_> {
    fn number(&self) -> Option<&str> {
        self.start.as_ref().and_then(|start| start.number.as_deref())
    }
}

fn problem(kind: Kind, line: usize, message: &str) -> Problem {
    let line = u32::try_from(line + 1).expect("a text has at most MOST_BYTES lines");
    Problem::new(kind, line, 1, message.to_owned())
}

fn text_between(lines: &Lines<'_>, from: usize, to: usize) -> Option<Problem> {
    let mut meant = (from..to).filter(|line| {
        !trimmed(without_tags(lines.text(*line))).trim().is_empty() && !lines.text(*line).starts_with("<!--")
    });
    let first = meant.next()?;
    if !lines.is_inert(first) && is_heading(lines.text(first)) {
        return None;
    }
    let message = "the text from here to the next question belongs to no question";
    Some(problem(Kind::TextBetween, first, message))
}

/// The lines that are more than text, outside code and answer keys. Where no option is written with a blank behind its
/// letter, those without one are options.
fn signs<'a>(lines: &Lines<'a>, key: &AnswerKey<'_>) -> Vec<Line<'a>> {
    let is_read = |line: &usize| !lines.is_blank(*line) && !lines.is_inert(*line) && !key.holds(*line);
    let begins_tight = |line: &usize| tight_label(lines.text(*line)).is_some_and(|label| label.letter == 0);
    let signs = signs_with(lines, &is_read, false);
    let has_options =
        signs.iter().any(|line| line.begins && matches!(line.sign, Sign::Option(_) | Sign::Ticked(_)));
    let is_tight = !has_options && (0..lines.count()).filter(is_read).any(|line| begins_tight(&line));
    if is_tight { signs_with(lines, &is_read, true) } else { signs }
}

fn signs_with<'a>(lines: &Lines<'a>, is_read: &impl Fn(&usize) -> bool, tight: bool) -> Vec<Line<'a>> {
    let text = (0..lines.count()).filter(is_read);
    let mut signs: Vec<Line<'a>> = Vec::new();
    let mut divided = false;
    let round = round_boxes(lines, is_read);
    for at in text {
        let first =
            || tight_label(lines.text(at)).filter(|label| tight && label.letter == 0).map(Sign::Option);
        let in_list = || sign_in_list(lines, at, signs.last(), divided);
        let boxed =
            || round_box(lines.text(at)).filter(|_| round.binary_search(&at).is_ok()).map(Sign::Ticked);
        let sign = boxed().or_else(|| sign(lines.text(at))).or_else(in_list).or_else(first);
        divided = sign.is_none() && (divided || is_loose(lines, at));
        signs.extend(sign.map(|sign| Line { at, sign, begins: false, folded: false }));
    }
    mark_lettered_blocks(&mut signs);
    mark_ticked_blocks(lines, &mut signs);
    mark_folded(lines, &mut signs);
    signs
}

/// The lines that begin with round boxes: several in a row, of which one is empty, with no other options around them.
fn round_boxes(lines: &Lines<'_>, is_read: &impl Fn(&usize) -> bool) -> Vec<usize> {
    let is_round = |line: &usize| is_read(line) && round_box(lines.text(*line)).is_some();
    let is_other = |line: usize| {
        let is_lettered = any_label(lines.text(line)).is_some() && !is_round(&line);
        is_lettered || matches!(sign(lines.text(line)), Some(Sign::Ticked(_)))
    };
    let mut boxes = Vec::new();
    let mut from = 0;
    while let Some(first) = (from..lines.count()).find(is_round) {
        from = (first..lines.count()).find(|line| !is_round(line)).unwrap_or(lines.count());
        let is_empty = |line: usize| round_box(lines.text(line)).is_some_and(|it| !it.right);
        let behind = (from..lines.count()).find(|line| !lines.is_blank(*line));
        let stands_alone = !first.checked_sub(1).is_some_and(is_other) && !behind.is_some_and(is_other);
        if from - first > 1 && (first..from).any(is_empty) && stands_alone {
            boxes.extend(first..from);
        }
    }
    boxes
}

/// What a line is by the options around it: another one, where no blank stands behind its letter or its box. Boxes are
/// divided by text that belongs to none.
fn sign_in_list<'a>(
    lines: &Lines<'a>,
    at: usize,
    before: Option<&Line<'a>>,
    divided: bool,
) -> Option<Sign<'a>> {
    let text = lines.text(at);
    if let Some(Line { sign: Sign::Option(before), .. }) = before {
        return tight_label(text).filter(|label| label.is_next_to(before)).map(Sign::Option);
    }
    let ticked = loosely_ticked(text)?;
    let is_below = !divided && before.is_some_and(|before| matches!(before.sign, Sign::Ticked(_)));
    let is_above = || at + 1 < lines.count() && matches!(sign(lines.text(at + 1)), Some(Sign::Ticked(_)));
    (is_below || is_above()).then_some(Sign::Ticked(ticked))
}

/// An `A)` begins options when the next letter that is written alike is a `B)`.
fn mark_lettered_blocks(signs: &mut [Line<'_>]) {
    let mut next_letters: Vec<(Style, u8)> = Vec::new();
    for line in signs.iter_mut().rev() {
        let Sign::Option(label) = line.sign else { continue };
        let next = next_letters.iter_mut().find(|(style, _)| *style == label.style);
        line.begins = label.letter == 0 && next.as_ref().is_some_and(|(_, letter)| *letter == 1);
        match next {
            Some(next) => next.1 = label.letter,
            None => next_letters.push((label.style, label.letter)),
        }
    }
}

/// A checkbox begins options when text that belongs to no option stands before it.
fn mark_ticked_blocks(lines: &Lines<'_>, signs: &mut [Line<'_>]) {
    let mut before = None;
    for line in signs {
        if !matches!(line.sign, Sign::Ticked(_)) {
            continue;
        }
        let divided = |before: usize| (before + 1..line.at).any(|at| is_loose(lines, at));
        line.begins = before.is_none_or(divided);
        before = Some(line.at);
    }
}

/// Whether a line is text that is neither indented nor code.
fn is_loose(lines: &Lines<'_>, line: usize) -> bool {
    !lines.is_inert(line) && !lines.is_blank(line) && !lines.text(line).starts_with([' ', '\t'])
}

/// Only what is closed before the next one opens is folded away: an open end must not hide questions.
fn mark_folded(lines: &Lines<'_>, signs: &mut [Line<'_>]) {
    let mut inside = false;
    for line in signs.iter_mut().rev() {
        let text = lines.text(line.at);
        if matches!(line.sign, Sign::Fold(_)) {
            inside = inside && !text.contains("<details");
        } else if line.sign == Sign::FoldEnd {
            inside = true;
        } else {
            line.folded = inside;
            inside = inside && !text.contains("</details>");
        }
    }
}
