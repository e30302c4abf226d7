//! The language in which cards are looked for: words, phrases and filters, joined and negated. Text in, an
//! expression or one mistake with its place out. The language is described in `assets/search.md`; what an
//! expression finds is the store's to say.

mod tokens;
mod parsing;
mod filters;
pub mod words;

use std::ops::Range;

use super::time::Days;
pub use parsing::parse;
use words::Word;

/// The language, for people.
pub const LANGUAGE: &str = include_str!("../../../assets/search.md");

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// All of these; everything when there are none.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
    /// What is not this.
    Not(Box<Self>),
    /// A word or phrase in the question.
    Text(Text),
    /// Something that is known of the card.
    Filter(Filter),
}

/// A word or phrase that stands in a question's stem, options, explanation or topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As it was written, in small letters.
    pub written: String,
    /// Its words, all of which the question must have.
    pub words: Vec<Word>,
    /// Whether the words are not enough: they must also stand there just as written.
    pub is_literal: bool,
}

/// A property of a card.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// The name of its deck or book has this in it.
    Deck(String),
    /// Its topic has this in it.
    Topic(String),
    /// Its difficulty begins like this.
    Difficulty(String),
    /// The number that its author gave it.
    Number(String),
    /// What it is.
    Is(Status),
    /// A figure of its schedule.
    Figure(Figure, Comparison, f64),
    /// Answered in so many days up to today.
    Seen(Days),
    /// Not known at an answer of so many days up to today.
    Wrong(Days),
}

/// What a card can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Never answered.
    New,
    /// Not known at its last answer.
    Learning,
    /// Known, with an interval of less than 21 days.
    Young,
    /// Known, with a longer interval.
    Mature,
    /// Its day has come, and it may be asked.
    Due,
    /// Set aside until further notice.
    Suspended,
    /// Set aside until a later day.
    Buried,
    /// Forgotten again and again.
    Leech,
    /// Flagged by the person.
    Flagged,
    /// It has left its chapter.
    Retired,
    /// Deleted by the person.
    Deleted,
}

/// A number that a card has once it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// SM-2's ease factor, such as 2.5.
    Ease,
    /// The promised interval in days.
    Interval,
    /// How often it was forgotten.
    Lapses,
    /// Days from today until it is due; below zero when it is overdue.
    Due,
}

/// How a figure stands to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Less.
    Less,
    /// Less or the same.
    AtMost,
    /// The same.
    Equal,
    /// More or the same.
    AtLeast,
    /// More.
    More,
}

/// Why a query cannot be understood, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    /// The bytes of the query that it is about; empty where something is missing.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Expression {
    /// Everything.
    pub fn everything() -> Self {
        Self::All(Vec::new())
    }

    /// Whether it says anything of this status, so that such cards are not left out as a matter of course.
    pub fn mentions(&self, status: Status) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.mentions(status)),
            Self::Not(part) => part.mentions(status),
            Self::Filter(Filter::Is(is)) => *is == status,
            Self::Text(_) | Self::Filter(_) => false,
        }
    }
}

impl Status {
    /// All of them with their words.
    pub const WORDS: [(Self, &'static str); 11] = [
        (Self::New, "new"),
        (Self::Learning, "learning"),
        (Self::Due, "due"),
        (Self::Young, "young"),
        (Self::Mature, "mature"),
        (Self::Suspended, "suspended"),
        (Self::Buried, "buried"),
        (Self::Leech, "leech"),
        (Self::Flagged, "flagged"),
        (Self::Retired, "retired"),
        (Self::Deleted, "deleted"),
    ];
}

impl Comparison {
    /// Its sign in SQL, which is also the one of the language.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }
}
