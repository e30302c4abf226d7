//! The notations that chapters come in, and how they are told apart: by what a text holds, since people
//! call their files what they like.

use super::{markdown, pairs, quiz};

/// A notation of chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// Question heads, lettered options, stated answers: `decks/FORMAT.md`.
    Markdown,
    /// Numbered or headed questions with letters or checkboxes, and answers in several places.
    Quiz,
    /// `Q: … A: …`
    Pairs,
}

impl Notation {
    /// All notations, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Quiz, Self::Pairs];

    /// The notation that a text seems to have. In a text that mixes several, that of the chapters
    /// (a single tagged question head is enough) goes before pairs, and pairs before quizzes. What
    /// looks like none is read as a chapter, so that a report can say what is missing.
    pub fn of(text: &str, _file_name: &str) -> Self {
        if markdown::recognises(text) {
            return Self::Markdown;
        }
        if pairs::recognises(text) {
            return Self::Pairs;
        }
        if quiz::recognises(text) { Self::Quiz } else { Self::Markdown }
    }

    /// The word for it on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Quiz => "quiz",
            Self::Pairs => "pairs",
        }
    }
}
