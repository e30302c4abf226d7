//! What an explanation gives away about its author's doubts: another answer than the stated one, and
//! thinking aloud that was left in. A sign for a person to look, never a reason to choose.

mod claims;
mod drafting;

use super::{prose::Prose, words::WordList};
pub(super) use claims::other_answer;
pub(super) use drafting::drafting;
#[cfg(test)]
pub(super) use drafting::first_words_of_phrases;

/// Whether one of these words stands in a text.
fn holds_any(stem: &Prose<'_>, words: &WordList) -> bool {
    (0..stem.tokens.len()).any(|place| words.has(stem.word(place)))
}

/// Whether a sentence begins with a token.
fn begins_sentence(prose: &Prose<'_>, place: usize) -> bool {
    let before = place.checked_sub(1).map(|before| prose.sign(before));
    matches!(before, None | Some(Some('.' | '!' | '?' | '…' | '\n' | '(')))
}
