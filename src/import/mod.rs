//! Chapters as people write them: text in, questions and problems out, and the plan of what an
//! import would change. Pure: the caller reads the file and writes the collection.
//!
//! Nothing is dropped silently: every question found is either imported or held back, and a question
//! that is held back has a problem that says where, why, and how to mend it. Reading never fails.

use std::borrow::Cow;

use crate::domain::question::Question;

// Words and lines: what any notation looks at.
mod blanks;
mod words;
mod labels;
mod numbering;
mod places;
mod lines;
mod mention;
mod prose;
mod texts;

// What can be wrong with a question, and how far its options may be shuffled.
mod source;
mod problem;
mod facts;
pub mod shuffling;
mod remarks;
mod draft;
mod enumeration;
mod feedback;
mod reading;

// What several notations have: a title, answers in words, a key.
mod chapter;
mod answer;
mod key;

// The notations.
mod encoding;
mod wrapped;
mod notation;
mod markdown;
mod quiz;
mod pairs;
mod aiken;
mod gift;
mod data;

// What is made of questions that were read.
mod explain;
pub mod lint;
pub(crate) mod resemblance;
pub mod plan;

pub use encoding::{Decoded, decode};
pub use explain::{Explained, explain};
pub use facts::{Facts, Traits};
pub use notation::Notation;
pub use problem::{Kind, Problem, Related, Severity};
pub use source::{Excerpt, Place};

use lines::with_plain_line_ends;
pub(crate) use lines::{fence_closes, fence_opening, is_structure};
use wrapped::unwrapped;

/// The longest text that is read, in bytes: about a hundred times a long chapter. What is longer is
/// reported as [`Kind::TooLarge`] and not looked at, so that memory and time stay bounded.
pub const MOST_BYTES: usize = 4 << 20;

/// Which way of reading this is. It changes whenever the importer finds something else in the same text, so
/// that files which were read before are read again.
pub const READING: u64 = 5;
/// The most questions that one text may hold: more than that many heads of questions are an attack, or
/// a mistake, and their problems alone would fill the memory. Reported as [`Kind::TooLarge`] as well.
pub const MOST_QUESTIONS: usize = 100_000;

/// The most options, fields or values that one question may have where they are read before they are counted. Real
/// ones have a tenth of it.
const MOST_PARTS: usize = 1_000;

/// The most problems of one text that are told, the gravest before others: a thousand times those of a bad chapter,
/// and few enough for the memory.
pub const MOST_PROBLEMS: usize = 50_000;

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
    /// How many problems were left out already, when there were more than can be told.
    left_out: usize,
}

/// What a text says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    /// The name of its deck: `14 Memory Model & Concurrency`.
    pub title: String,
    /// The topics that its author lists.
    pub topics: Vec<String>,
}

impl Parsed {
    /// Whether a part of the text was swallowed, so that what is not found in it may be there nevertheless.
    pub fn is_incomplete(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind.swallows())
    }
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldBack {
    /// Its number as written, if it has one.
    pub number: Option<String>,
    /// Its difficulty as written.
    pub difficulty: Option<String>,
    /// The line of its head, counted from 1.
    pub line: u32,
    /// What can be counted of it nevertheless.
    pub traits: Traits,
    /// What it says: its stem and its options, or its answer, as far as they could be read.
    pub said: String,
}

impl HeldBack {
    /// What a report calls it, as [`Question::name`].
    pub fn name(&self) -> String {
        self.number.as_ref().map_or_else(|| "question".to_owned(), |number| format!("Q{number}"))
    }
}

/// Reads the bytes of a file, in this notation or in the one that its text seems to have; gives the text
/// too.
pub fn read(bytes: Vec<u8>, file_name: &str, notation: Option<Notation>) -> (String, Parsed) {
    let Decoded { text, mut doubt } = decode(bytes);
    if let Some(no_text) = doubt.take_if(|doubt| doubt.kind == Kind::NotText) {
        return (text, refused(no_text, file_name));
    }
    let notation = notation.unwrap_or_else(|| Notation::of(&text, file_name));
    let mut parsed = parse_as(notation, &text, file_name);
    source::quote(&text, doubt.as_mut_slice());
    parsed.problems.extend(doubt);
    parsed.problems.sort_by_key(|problem| (problem.line, problem.column));
    (text, parsed)
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
    let read = match notation {
        Notation::Markdown => markdown::parse,
        Notation::Quiz => quiz::parse,
        Notation::Pairs => pairs::parse,
        Notation::Aiken => aiken::parse,
        Notation::Gift => gift::parse,
        Notation::Json => data::parse_json,
        Notation::Yaml => data::parse_yaml,
        Notation::Csv => data::parse_table,
    };
    let text = &*plain(text);
    let mut parsed = read(text, file_name);
    if parsed.found > MOST_QUESTIONS {
        return too_many_questions(file_name);
    }
    leave_out_most(&mut parsed);
    source::quote(text, &mut parsed.problems);
    parsed
}

/// Leaves out problems beyond [`MOST_PROBLEMS`], and says how many.
fn leave_out_most(parsed: &mut Parsed) {
    let problems = &mut parsed.problems;
    let left_out = parsed.left_out + keep_gravest(problems);
    if left_out == 0 {
        return;
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    let message = format!("{left_out} more problems are not listed");
    let last = problems.last().map_or(1, |problem| problem.line);
    problems.push(Problem::new(Kind::TooManyProblems, last, 1, message));
}

/// Leaves out the least grave problems beyond [`MOST_PROBLEMS`]; how many. What may hide questions stays in any case.
fn keep_gravest(problems: &mut Vec<Problem>) -> usize {
    let left_out = problems.len().saturating_sub(MOST_PROBLEMS);
    if left_out > 0 {
        problems.sort_by_key(|problem| (!problem.kind.swallows(), problem.severity));
        problems.truncate(MOST_PROBLEMS);
        problems.shrink_to_fit();
    }
    left_out
}

/// The topics in a list with commas between them. What brackets and code spans hold stays together.
pub fn split_topics(list: &str) -> Vec<String> {
    chapter::split_list(list).into_iter().map(str::to_owned).collect()
}

/// A text without a byte order mark and without a fence around all of it, whose line ends are all `\n`.
fn plain(text: &str) -> Cow<'_, str> {
    match with_plain_line_ends(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Cow::Borrowed(text) => unwrapped(text),
        Cow::Owned(text) => Cow::Owned(unwrapped(&text).into_owned()),
    }
}

fn too_many_questions(file_name: &str) -> Parsed {
    let message =
        format!("the text has more than {MOST_QUESTIONS} questions, which is the most that is read");
    too_large(message, file_name)
}

fn too_large(message: String, file_name: &str) -> Parsed {
    refused(Problem::new(Kind::TooLarge, 1, 1, message), file_name)
}

fn refused(problem: Problem, file_name: &str) -> Parsed {
    let chapter = Chapter { title: stem_of(file_name).to_owned(), topics: Vec::new() };
    Parsed { chapter, problems: vec![problem], ..Parsed::default() }
}

/// A file's name without its folders and its extension.
fn stem_of(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.trim().is_empty() { "Untitled" } else { stem }
}
