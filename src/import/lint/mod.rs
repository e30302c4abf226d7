//! What lets a question be answered without being known. Nothing here holds a question back: a chapter
//! may be sound and still teach its letters instead of its answers. One function a lint, each with its
//! bound and where that comes from; the rules themselves are those of Haladyna, Downing and Rodriguez,
//! "A Review of Multiple-Choice Item-Writing Guidelines" (Applied Measurement in Education 15, 2002).

mod chance;
mod habits;
mod grammar;
mod marking;
mod quoting;
mod twins;

use super::{Kind, Parsed, ParsedQuestion, Problem, source};
use source::{Lines, Place};

/// A chapter that was read, and the text it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    /// What its file is called in a report.
    pub name: &'a str,
    /// The text, as it was given to [`super::parse`].
    pub text: &'a str,
    /// What it holds.
    pub parsed: &'a Parsed,
}

/// The lints of some chapters, in the order of each text; those of one chapter and, between all of them,
/// questions that ask nearly the same.
pub fn lint(chapters: &[Read<'_>]) -> Vec<Vec<Problem>> {
    let mut lints: Vec<Vec<Problem>> =
        chapters.iter().map(|read| of_chapter(read.parsed, read.text)).collect();
    for (chapter, problem) in twins::near_duplicates(chapters) {
        lints[chapter].push(problem);
    }
    for (read, lints) in chapters.iter().zip(&mut lints) {
        lints.sort_by_key(|problem| (problem.line, problem.column));
        source::quote(&super::plain(read.text), lints);
    }
    lints
}

/// The lints of one chapter by itself.
fn of_chapter(parsed: &Parsed, text: &str) -> Vec<Problem> {
    let text = super::plain(text);
    let lines = Lines::of(&text);
    let questions = &parsed.questions;
    let habits = [
        habits::favoured_letter(questions),
        habits::longest_is_right(questions),
        habits::all_of_the_above(questions),
    ];
    let mut lints: Vec<Problem> = habits.into_iter().flatten().collect();
    let telling = quoting::TellingWords::of(questions);
    for (place, parsed) in questions.iter().enumerate() {
        let range = parsed.line..questions.get(place + 1).map_or(u32::MAX, |next| next.line);
        let question = &parsed.question;
        let givers = [grammar::gives_away(question), marking::marked(question), telling.quoted(question)];
        lints.extend(givers.into_iter().flatten().map(|given| {
            let option = &parsed.question.options()[given.option].text;
            given.problem(parsed, lines.find(range.clone(), option))
        }));
    }
    lints
}

/// A right option that gives itself away.
#[derive(Debug, PartialEq)]
struct GivenAway {
    kind: Kind,
    /// Which option, counted from 0.
    option: usize,
    message: String,
}

impl GivenAway {
    fn problem(self, parsed: &ParsedQuestion, place: Option<Place>) -> Problem {
        let Place { line, column, length } =
            place.unwrap_or(Place { line: parsed.line, column: 1, length: 1 });
        let problem = Problem::new(self.kind, line, column, self.message).spanning(length);
        Problem { question: parsed.question.number.clone(), ..problem }
    }
}
