//! What is written of each question: itself, or what comes nearest to it in a notation. The proof is always
//! the same: what was written is read again.

use std::{borrow::Cow, collections::HashSet};

use super::{Change, Format, Remark, document, guard, sameness};
use crate::{
    domain::{
        ids::OptionId,
        question::{Choice, Question},
    },
    import::{parse_as, shuffling::without_directives},
};

/// The questions as they are written, and what is to be said about them.
pub(super) struct Prepared {
    pub questions: Vec<Question>,
    pub remarks: Vec<Remark>,
}

pub(super) fn all(format: Format, questions: &[Question]) -> Prepared {
    let mut prepared = Prepared { questions: Vec::with_capacity(questions.len()), remarks: Vec::new() };
    let mut numbers = Numbers::of(questions);
    for (place, question) in questions.iter().enumerate() {
        let (written, changes) = one(format, &undirected(question), &mut numbers);
        prepared.questions.extend(written);
        let remark = |change| Remark { place, name: question.name(), change };
        prepared.remarks.extend(changes.into_iter().map(remark));
    }
    prepared
}

fn one(format: Format, question: &Question, numbers: &mut Numbers) -> (Option<Question>, Vec<Change>) {
    match format {
        Format::Markdown => in_markdown(question, numbers),
        Format::Json | Format::Csv => as_it_is(format, question),
        Format::Gift if question.is_recall() => (None, vec![Change::LeftOut]),
        Format::Gift => as_it_is(format, question),
    }
}

fn as_it_is(format: Format, question: &Question) -> (Option<Question>, Vec<Change>) {
    let changes = if comes_back(format, question) { Vec::new() } else { vec![Change::ReadsOtherwise] };
    (Some(question.clone()), changes)
}

fn in_markdown(question: &Question, numbers: &mut Numbers) -> (Option<Question>, Vec<Change>) {
    let mut changes = Vec::new();
    let mut written = question.clone();
    if !question.number.as_deref().is_some_and(is_number) {
        let number = numbers.fresh();
        changes.push(Change::Numbered(number.clone()));
        written.number = Some(number);
    }
    if comes_back(Format::Markdown, &written) {
        return (Some(written), changes);
    }
    let guarded = guard::question(&written);
    if comes_back(Format::Markdown, &guarded) {
        changes.push(Change::Rewritten);
        return (Some(guarded), changes);
    }
    (None, vec![Change::LeftOut])
}

/// The question without comments about its order, which a collection may still hold: what is known is written anew.
fn undirected(question: &Question) -> Cow<'_, Question> {
    let options = question.options().len();
    let parts = [&question.stem, &question.explanation];
    let mut texts = parts.into_iter().chain(question.options().iter().map(|option| &option.text));
    if question.is_recall() || texts.all(|text| matches!(without_directives(text, options), Cow::Borrowed(_)))
    {
        return Cow::Borrowed(question);
    }
    let plain = |text: &str| without_directives(text, options).into_owned();
    Cow::Owned(guard::rebuilt(question, plain).unwrap_or_else(|| question.clone()))
}

/// Whether a question that is written among others is read as it is.
fn comes_back(format: Format, question: &Question) -> bool {
    read_back(format, question).is_some_and(|read| sameness::is_kept(format, question, &read))
}

/// The question as it is read between two others, which it must leave alone.
fn read_back(format: Format, question: &Question) -> Option<Question> {
    // Two questions of one number could be taken for one and its answer.
    let number = if question.number.as_deref() == Some("1") { "2" } else { "1" };
    let neighbour = neighbour(number);
    let questions = [neighbour.clone(), question.clone(), neighbour];
    let text = document(format, "Chapter", &[], &questions);
    let parsed = parse_as(format.notation(), &text, "chapter");
    let [before, read, after] = <[_; 3]>::try_from(parsed.questions).ok()?;
    let alone = |read: &Question| sameness::is_kept(format, &questions[0], read);
    (parsed.found == 3 && alone(&before.question) && alone(&after.question)).then_some(read.question)
}

/// A question that an open code block or comment before it would swallow or change.
fn neighbour(number: &str) -> Question {
    let option = |id, text: &str| Choice { id: OptionId(id), text: text.to_owned() };
    let options = vec![option(0, "one"), option(1, "two")];
    let stem = "Which?\n\n-->\n\n~~~\n```\n~~~".to_owned();
    let mut neighbour =
        Question::new(stem, options, vec![OptionId(0)]).expect("a stem, two options and a key");
    neighbour.number = Some(number.to_owned());
    neighbour.explanation = "So.".to_owned();
    neighbour
}

/// Whether a question head can hold a number.
fn is_number(number: &str) -> bool {
    let digits = number.strip_suffix(|last: char| last.is_ascii_lowercase()).unwrap_or(number);
    digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Numbers that no question has.
struct Numbers {
    taken: HashSet<String>,
    next: usize,
}

impl Numbers {
    fn of(questions: &[Question]) -> Self {
        let taken = questions.iter().filter_map(|question| question.number.clone()).collect();
        Self { taken, next: 1 }
    }

    fn fresh(&mut self) -> String {
        loop {
            let number = self.next.to_string();
            self.next += 1;
            if !self.taken.contains(&number) {
                return number;
            }
        }
    }
}
