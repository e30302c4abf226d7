//! The notations that chapters come in, and how they are told apart: by what a text holds, since people
//! call their files what they like.

/// A notation of chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// Question heads, lettered options, stated answers: `decks/FORMAT.md`.
    Markdown,
}

impl Notation {
    /// All notations, in the order of the documentation.
    pub const ALL: [Self; 1] = [Self::Markdown];

    /// The notation that a text seems to have.
    pub fn of(_text: &str, _file_name: &str) -> Self {
        Self::Markdown
    }

    /// The notation of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notation| notation.word() == word)
    }

    /// The word for it on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
        }
    }
}
