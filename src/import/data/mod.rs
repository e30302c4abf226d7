//! Questions as fields and values: JSON, YAML and tables. Each syntax has a file that makes a tree of its
//! text; what the fields mean is the same for all of them, and `decks/FORMAT.md` says it to authors.
//!
//! An answer is never guessed: what could mean two options is held back.

mod answer;
mod chapter;
mod entry;
mod fields;
mod json;
mod options;
mod order;
mod table;
mod yaml;

pub(super) use json::recognises as is_json;
pub(super) use table::recognises as is_table;
pub(super) use yaml::recognises as is_yaml;

use std::borrow::Cow;

use super::{Chapter, Kind, MOST_PARTS, MOST_QUESTIONS, Parsed, Problem, places::Places, stem_of};

/// A value of a tree and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Node<'t> {
    /// Its offset in the text, in bytes.
    at: usize,
    value: Value<'t>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value<'t> {
    /// `null`, or an empty cell.
    Nothing,
    Scalar(Scalar<'t>),
    List(Vec<Node<'t>>),
    /// Names in the order of the text; one may stand twice.
    Fields(Vec<(Name<'t>, Node<'t>)>),
    /// What is not looked at, and what it is instead.
    Unread(&'static str),
    /// What breaks the rules of its syntax without making all of the text unreadable, and how.
    Broken(Cow<'static, str>),
}

type Name<'t> = Cow<'t, str>;

/// A value that is one thing, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Scalar<'t> {
    text: Cow<'t, str>,
    sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Truth(bool),
    Number,
    Text,
    /// A cell of a table, where texts, numbers and truths look alike.
    Cell,
}

impl<'t> Scalar<'t> {
    fn new(text: impl Into<Cow<'t, str>>, sort: Sort) -> Self {
        Self { text: text.into(), sort }
    }
}

/// How deep values are read; questions need four levels.
const DEEPEST: usize = 8;
const TOO_DEEP: &str = "nested too deep";
const TOO_LONG: &str = "a list of more than 1,000 values";
const TOO_WIDE: &str = "an object of more than 1,000 fields";

impl<'t> Value<'t> {
    /// A list of questions, or one that belongs to a question. Of the first one more is kept than may be
    /// read, which is how it is known to have too many.
    fn list(items: Vec<Node<'t>>, of_questions: bool) -> Self {
        if of_questions || items.len() <= MOST_PARTS { Self::List(items) } else { Self::Unread(TOO_LONG) }
    }

    fn fields(pairs: Vec<(Name<'t>, Node<'t>)>) -> Self {
        if pairs.len() <= MOST_PARTS { Self::Fields(pairs) } else { Self::Unread(TOO_WIDE) }
    }
}

/// Keeps a value of a list, unless there are too many for any list.
fn keep<T>(items: &mut Vec<T>, item: T, most: usize) {
    if items.len() <= most {
        items.push(item);
    }
}

/// Why a text is no tree.
struct SyntaxError {
    /// The offset, in bytes.
    at: usize,
    message: String,
}

/// Reads questions written as JSON.
pub(super) fn parse_json(text: &str, file_name: &str) -> Parsed {
    read(json::tree(text), text, file_name)
}

/// Reads questions written as YAML.
pub(super) fn parse_yaml(text: &str, file_name: &str) -> Parsed {
    read(yaml::tree(text), text, file_name)
}

/// Reads questions written as a table with a head: one question a row.
pub(super) fn parse_table(text: &str, file_name: &str) -> Parsed {
    read(table::tree(text), text, file_name)
}

fn read(tree: Result<Node<'_>, SyntaxError>, text: &str, file_name: &str) -> Parsed {
    let places = Places::of(text);
    match tree {
        Ok(tree) => chapter::read(&tree, &places, file_name),
        Err(error) => unreadable(&error, &places, file_name),
    }
}

fn unreadable(error: &SyntaxError, places: &Places<'_>, file_name: &str) -> Parsed {
    let at = places.at(error.at);
    let problem = Problem::new(Kind::Syntax, at.line, at.column, error.message.clone());
    let chapter = Chapter { title: stem_of(file_name).to_owned(), topics: Vec::new() };
    Parsed { chapter, problems: vec![problem], ..Parsed::default() }
}
