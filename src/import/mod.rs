//! Chapters as people write them: text in, questions and problems out, and the plan of what an
//! import would change. Pure: the caller reads the file and writes the collection.
//!
//! Nothing is dropped silently: every question found is either imported or held back, and a question
//! that is held back has a problem that says where, why, and how to mend it. Reading never fails.

use crate::domain::question::Question;

mod notation;
mod markdown;
pub mod plan;
mod resemblance;
mod problem;
mod prose;
mod words;
mod remarks;
pub mod shuffling;

pub use notation::Notation;
pub use problem::{Kind, Problem, Severity};

/// The longest text that is read, in bytes: about a hundred times a long chapter. What is longer is
/// reported as [`Kind::TooLarge`] and not looked at, so that memory and time stay bounded.
pub const MOST_BYTES: usize = 4 << 20;

/// The most questions that one text may hold: more than that many heads of questions are an attack, or
/// a mistake, and their problems alone would fill the memory. Reported as [`Kind::TooLarge`] as well.
pub const MOST_QUESTIONS: usize = 100_000;

/// What a text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The chapter around the questions.
    pub chapter: Chapter,
    /// The good questions, in the order of the text.
    pub questions: Vec<ParsedQuestion>,
    /// The questions that are not imported, in the order of the text. Each has at least one problem
    /// of [`Severity::HeldBack`].
    pub held_back: Vec<HeldBack>,
    /// All that is wrong or doubtful, by line.
    pub problems: Vec<Problem>,
    /// How many questions were found: those imported and those held back.
    pub found: usize,
}

/// What a text says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    /// The name of its deck: `14 Memory Model & Concurrency`.
    pub title: String,
    /// The topics that its author lists.
    pub topics: Vec<String>,
}

/// A good question and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedQuestion {
    /// The question.
    pub question: Question,
    /// The line of its head, counted from 1.
    pub line: u32,
    /// What keeps its options from being shuffled freely, or the author's own word on it.
    pub reason: Option<shuffling::Reason>,
}

/// What is known of a question that is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// Its number as written, if it has one.
    pub number: Option<String>,
    /// Its difficulty as written.
    pub difficulty: Option<String>,
    /// The line of its head, counted from 1.
    pub line: u32,
}

/// Reads a chapter in the notation that its text seems to have. `file_name` gives the deck its name when
/// the text has no heading.
pub fn parse(text: &str, file_name: &str) -> Parsed {
    parse_as(Notation::of(text, file_name), text, file_name)
}

/// Reads a chapter in a notation that somebody stated.
pub fn parse_as(notation: Notation, text: &str, file_name: &str) -> Parsed {
    if text.len() > MOST_BYTES {
        let bytes = text.len();
        let message = format!("the text has {bytes} bytes, and {MOST_BYTES} are the most that is read");
        return too_large(message, file_name);
    }
    match notation {
        Notation::Markdown => markdown::parse(text, file_name),
    }
}

fn too_many_questions(found: usize, file_name: &str) -> Parsed {
    let message = format!("the text has {found} questions, and {MOST_QUESTIONS} are the most that is read");
    too_large(message, file_name)
}

fn too_large(message: String, file_name: &str) -> Parsed {
    Parsed {
        chapter: Chapter { title: stem_of(file_name).to_owned(), topics: Vec::new() },
        questions: Vec::new(),
        held_back: Vec::new(),
        problems: vec![Problem::new(Kind::TooLarge, 1, 1, message)],
        found: 0,
    }
}

/// A file's name without its folders and its extension.
fn stem_of(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.trim().is_empty() { "Untitled" } else { stem }
}
