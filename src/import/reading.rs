//! What becomes of the questions of a text while it is read. Keeps the account: each question that was
//! found is imported or held back.

use std::collections::HashMap;

use super::{
    Chapter, HeldBack, Kind, MOST_PROBLEMS, MOST_QUESTIONS, Parsed, ParsedQuestion, Problem,
    draft::{Draft, Part, holds_back},
    enumeration::options_in_stem,
    keep_gravest,
    lines::Lines,
    mention::Mention,
    places::{At, number},
    prose::Words,
};

/// What the questions of a text have become so far.
#[derive(Default)]
pub(super) struct Reading {
    pub questions: Vec<ParsedQuestion>,
    pub held_back: Vec<HeldBack>,
    pub problems: Vec<Problem>,
    /// How many problems were left out, so that they never fill the memory.
    left_out: usize,
    words: Words,
}

impl Reading {
    /// Whether more questions were found than may be read.
    pub fn is_full(&self) -> bool {
        self.questions.len() + self.held_back.len() > MOST_QUESTIONS
    }

    /// Takes a question with its options. `problems` are those that its notation found in it.
    pub fn question(&mut self, draft: Draft, problems: Vec<Problem>, find: &dyn Fn(Part, Mention<'_>) -> At) {
        self.add(draft, problems, |draft, words, problems| draft.checked(find, words, problems));
    }

    /// Takes what seems to be a flip card, since it has no options.
    pub fn recall(&mut self, draft: Draft, mut problems: Vec<Problem>) {
        problems.extend(draft.unread_options());
        if !holds_back(&problems) {
            problems.extend(options_in_stem(&draft));
        }
        self.stated_recall(draft, problems);
    }

    /// Takes what its author calls a flip card.
    pub fn stated_recall(&mut self, draft: Draft, problems: Vec<Problem>) {
        self.add(draft, problems, |draft, _, problems| draft.recalled(problems));
    }

    /// Takes what is known to be no question that could be studied, and why.
    pub fn hold_back(&mut self, draft: Draft, problems: Vec<Problem>) {
        self.add(draft, problems, |_, _, _| None);
    }

    fn add(
        &mut self,
        mut draft: Draft,
        mut problems: Vec<Problem>,
        check: impl FnOnce(&mut Draft, &mut Words, &mut Vec<Problem>) -> Option<ParsedQuestion>,
    ) {
        match check(&mut draft, &mut self.words, &mut problems) {
            Some(question) => self.questions.push(question),
            None => self.held_back.push(draft.held_back()),
        }
        self.problems.append(&mut problems);
        if self.problems.len() > 2 * MOST_PROBLEMS {
            self.left_out += keep_gravest(&mut self.problems);
        }
    }

    /// All that was found, with what only shows when everything is read.
    pub fn finish(mut self, chapter: Chapter) -> Parsed {
        let found = self.questions.len() + self.held_back.len();
        self.problems.extend(self.repeated_numbers());
        if found == 0 {
            self.problems.push(Problem::new(Kind::NoQuestions, 1, 1, "no question was found".to_owned()));
        }
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        let Self { questions, held_back, problems, left_out, words: _ } = self;
        Parsed { chapter, questions, held_back, problems, found, left_out }
    }

    fn repeated_numbers(&self) -> Vec<Problem> {
        let good = self.questions.iter().map(|found| (found.line, found.question.number.as_deref()));
        let bad = self.held_back.iter().map(|found| (found.line, found.number.as_deref()));
        let mut numbered: Vec<(u32, &str)> =
            good.chain(bad).filter_map(|(line, number)| Some((line, number?))).collect();
        numbered.sort_by_key(|(line, _)| *line);
        let mut first_lines: HashMap<&str, u32> = HashMap::with_capacity(numbered.len());
        let repeated = numbered.into_iter().filter_map(|(line, number)| {
            let first = *first_lines.entry(number).or_insert(line);
            (first != line).then(|| {
                let message = format!("question {number} has the number of the one in line {first}");
                let problem = Problem::new(Kind::DuplicateNumber, line, 1, message).of(number);
                problem.beside(first, 1, "the first with this number")
            })
        });
        repeated.collect()
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
