//! Right options that repeat a word of the stem which no wrong option has. (In the manuals of item
//! writers: clang associations.)

use std::collections::{HashMap, HashSet};

use super::GivenAway;
use crate::{
    domain::question::Question,
    import::{
        Kind, ParsedQuestion,
        prose::{What, Words},
    },
};

/// A word of fewer letters is seldom the word that a question is about.
const SHORTEST: usize = 8;
/// A word that stands in more questions than this is what the chapter is about, and tells nothing.
const MOST_QUESTIONS: usize = 2;
/// With fewer options a shared word is too likely to be chance.
const FEWEST_OPTIONS: usize = 3;

/// In how many questions of a chapter each long word stands.
pub(super) struct TellingWords(HashMap<String, usize>);

impl TellingWords {
    pub fn of(questions: &[ParsedQuestion]) -> Self {
        let mut counts = HashMap::new();
        for ParsedQuestion { question, .. } in questions {
            let options = question.options().iter().flat_map(|option| long_words(&option.text));
            let words: HashSet<String> = options.chain(long_words(&question.stem)).collect();
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// A rare long word that the stem shares with each right option, and with no other one. When the
    /// stem also shares a long word with a wrong option, the two balance each other.
    pub fn quoted(&self, question: &Question) -> Option<GivenAway> {
        let options = question.options();
        if options.len() < FEWEST_OPTIONS {
            return None;
        }
        let stem = long_words(&question.stem);
        let words: Vec<HashSet<String>> = options.iter().map(|option| long_words(&option.text)).collect();
        let (right, wrong): (Vec<usize>, Vec<usize>) =
            (0..options.len()).partition(|place| question.keys().contains(&options[*place].id));
        let is_shared =
            |word: &&String, places: &[usize]| places.iter().any(|place| words[*place].contains(*word));
        if stem.iter().any(|word| is_shared(&word, &wrong)) {
            return None;
        }
        let is_rare = |word: &&String| self.0.get(*word).is_none_or(|questions| *questions <= MOST_QUESTIONS);
        let in_each = |word: &&String| right.iter().all(|place| words[*place].contains(*word));
        let word = stem.iter().filter(is_rare).filter(in_each).min()?;
        let word = as_written(&question.stem, word);
        let message = format!("“{word}” stands in the stem and in the right option, and in no other");
        Some(GivenAway { kind: Kind::StemQuoted, option: *right.first()?, message })
    }
}

/// The long words of a text outside its code, as they are compared.
fn long_words(text: &str) -> HashSet<String> {
    let mut room = Words::default();
    let prose = room.read(text);
    let places = (0..prose.tokens.len()).filter(|place| prose.what(*place) == Some(What::Word));
    let words = places.map(|place| prose.word(place)).filter(|word| word.chars().count() >= SHORTEST);
    words.map(compared).collect()
}

/// A word in lower case and without the s of a plural.
fn compared(word: &str) -> String {
    word.to_lowercase().trim_end_matches('s').to_owned()
}

/// A word that was compared, as it stands in a text.
fn as_written<'a>(text: &'a str, word: &'a str) -> &'a str {
    let mut words = text.split(|sign: char| !sign.is_alphanumeric());
    words.find(|written| compared(written) == word).unwrap_or(word)
}
