//! Questions in; a chapter's text in one of the notations that can be exported out. Pure.
//!
//! Nothing is lost silently: each question that was written is read back with the importer, and what
//! would not come back as it is has a remark. Markdown and JSON keep everything that can be kept; what
//! CSV and GIFT have no room for is in `decks/FORMAT.md`.

mod prepare;
mod sameness;
mod markdown;
mod guard;
mod json;
mod table;
mod gift;

use crate::{
    domain::{deck::DeckName, question::Question},
    import::{Notation, shuffling},
};

/// A notation that questions can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The Markdown of chapters.
    Markdown,
    /// JSON.
    Json,
    /// A table with commas.
    Csv,
    /// Moodle's GIFT.
    Gift,
}

/// A chapter as text, and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The chapter.
    pub text: String,
    /// What became of questions that could not be written as they are.
    pub remarks: Vec<Remark>,
}

/// What became of a question that could not be written as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The place of the question among those given, counted from 0.
    pub place: usize,
    /// What it is called.
    pub name: String,
    /// What became of it.
    pub change: Change,
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It had no number that can be written, and was given this one.
    Numbered(String),
    /// Its text looks the same and is written otherwise, so that none of its lines is taken for an
    /// option, an answer or a heading.
    Rewritten,
    /// Reading it again gives a question that differs in more than the notation has no room for.
    ReadsOtherwise,
    /// It is left out, because it cannot be written.
    LeftOut,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Json, Self::Csv, Self::Gift];

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        self.notation().word()
    }

    /// The usual ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Gift => "gift",
        }
    }

    /// What reads it.
    pub fn notation(self) -> Notation {
        match self {
            Self::Markdown => Notation::Markdown,
            Self::Json => Notation::Json,
            Self::Csv => Notation::Csv,
            Self::Gift => Notation::Gift,
        }
    }
}

impl Change {
    /// Whether the question is missing.
    pub fn is_loss(&self) -> bool {
        match self {
            Self::LeftOut => true,
            Self::Numbered(_) | Self::Rewritten | Self::ReadsOtherwise => false,
        }
    }
}

/// Writes the questions of a deck.
pub fn write(format: Format, name: &DeckName, topics: &[String], questions: &[Question]) -> Exported {
    let prepared = prepare::all(format, questions);
    let text = document(format, &name.chapter, topics, &prepared.questions);
    Exported { text, remarks: prepared.remarks }
}

/// Whether the importer would decide otherwise about the order of a question's options.
fn differs_in_order(question: &Question) -> bool {
    let options: Vec<&str> = question.options().iter().map(|option| option.text.as_str()).collect();
    let decided = || shuffling::decide(&question.stem, &options, &question.explanation).0;
    !question.is_recall() && decided() != question.shuffling
}

fn document(format: Format, title: &str, topics: &[String], questions: &[Question]) -> String {
    match format {
        Format::Markdown => markdown::document(title, topics, questions),
        Format::Json => json::document(title, topics, questions),
        Format::Csv => table::document(questions),
        Format::Gift => gift::document(questions),
    }
}
