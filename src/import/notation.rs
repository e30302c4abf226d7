//! The notations that chapters come in, and how they are told apart: by what a text holds, since people
//! call their files what they like.

use super::{aiken, data, gift, lines::front, markdown, pairs, plain, quiz};

/// A notation of chapters. `decks/FORMAT.md` describes all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// Question heads, lettered options, stated answers.
    Markdown,
    /// Numbered or headed questions with letters or checkboxes, and answers in several places.
    Quiz,
    /// `Q: … A: …`
    Pairs,
    /// Moodle's Aiken.
    Aiken,
    /// Moodle's GIFT.
    Gift,
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// A table with a head: commas, semicolons or tabs between its cells.
    Csv,
}

impl Notation {
    /// All notations, in the order of the documentation.
    pub const ALL: [Self; 8] =
        [Self::Markdown, Self::Quiz, Self::Pairs, Self::Aiken, Self::Gift, Self::Json, Self::Yaml, Self::Csv];

    /// The notation that a text seems to have. In a text that mixes several, that of the chapters (a single tagged
    /// question head is enough) goes before all others; heads that nothing but flip cards stand below are those of
    /// pairs. The name of a file counts where only files of one notation are called so, and a comment at the beginning
    /// before all else: `<!-- retain: markdown -->`. Front matter says nothing of what follows. What looks like none is
    /// read as a chapter, so that a report can say what is missing.
    pub fn of(text: &str, file_name: &str) -> Self {
        let text = &*plain(text);
        let text = front::split(text).map_or(text, |(_, behind)| behind);
        if let Some(stated) = Self::stated(text) {
            return stated;
        }
        if Self::Json.recognises(text) && !markdown::has_tagged_head(text) {
            return Self::Json;
        }
        if let Some(named) = Self::of_file_name(file_name) {
            return named;
        }
        let told = [Self::Markdown, Self::Pairs, Self::Yaml, Self::Csv, Self::Gift, Self::Aiken, Self::Quiz];
        told.into_iter().find(|notation| notation.recognises(text)).unwrap_or(Self::Markdown)
    }

    /// The notation that a comment at the beginning states, of those that have comments.
    fn stated(text: &str) -> Option<Self> {
        let (comment, _) = text.trim_start().strip_prefix("<!--")?.split_once("-->")?;
        let word = comment.trim().strip_prefix("retain:")?.trim();
        [Self::Markdown, Self::Quiz, Self::Pairs].into_iter().find(|notation| notation.word() == word)
    }

    /// Whether a text is plainly in this notation.
    fn recognises(self, text: &str) -> bool {
        match self {
            Self::Markdown => {
                let may_be = markdown::recognises(text);
                may_be && (markdown::has_tagged_head(text) || !pairs::are_all(text))
            }
            Self::Quiz => quiz::recognises(text),
            Self::Pairs => pairs::recognises(text) || pairs::are_all(text),
            Self::Aiken => aiken::recognises(text),
            Self::Gift => gift::recognises(text),
            Self::Json => data::is_json(text),
            Self::Yaml => data::is_yaml(text),
            Self::Csv => data::is_table(text),
        }
    }

    /// The notation that only files of such a name have.
    fn of_file_name(file_name: &str) -> Option<Self> {
        let (_, extension) = file_name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "json" | "jsonl" | "ndjson" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "csv" | "tsv" => Some(Self::Csv),
            "gift" => Some(Self::Gift),
            _ => None,
        }
    }

    /// The notation of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notation| notation.word() == word)
    }

    /// The word for it on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Quiz => "quiz",
            Self::Pairs => "pairs",
            Self::Aiken => "aiken",
            Self::Gift => "gift",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Csv => "csv",
        }
    }
}
