//! The letters that state an answer: `B`, `(b)`, `A and C`, `AC`.

use super::{labelled::labelled, option::letter};
use crate::import::{labels::EXPLANATION, words::is_same};

/// The letters of an answer in their order, counted from 0: `B`, `(b)`, `B) its text`, `A, C`, `A and C`, `AC`.
pub(in crate::import) fn letters(answer: &str) -> Option<Vec<u8>> {
    let text = answer.trim_matches([' ', '\t', '*', '_', '`', '"']);
    let named =
        text.get(..7).filter(|word| word.eq_ignore_ascii_case("option ")).map(|word| &text[word.len()..]);
    let text = named.map_or(text, str::trim_start);
    if let Some(joined) = joined_letters(text) {
        return Some(joined);
    }
    let (found, behind) = leading_letters(text)?;
    let is_closed = || text.starts_with(['(', '（']) && !goes_on(behind);
    (ends_answer(behind) || is_closed()).then_some(found)
}

/// Whether another letter may follow that is meant as well: `(B) or (C)`.
fn goes_on(behind: &str) -> bool {
    let behind = behind.trim_start();
    let word = behind.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    ["or", "nor", "and", "but"].iter().any(|joining| is_same(word, joining)) || behind.starts_with(['|', '/'])
}

/// The letters that a text begins with, none of them twice, and what stands behind them.
pub(in crate::import) fn leading_letters(text: &str) -> Option<(Vec<u8>, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let (letter, behind) = answer_letter(rest)?;
        found.push(letter);
        let Some(next) = behind_separator(behind) else {
            found.sort_unstable();
            let is_twice = found.windows(2).any(|pair| pair[0] == pair[1]);
            return (!is_twice).then_some((found, behind));
        };
        rest = next;
    }
}

/// `AC`: several capitals without anything between, in the order of the alphabet.
fn joined_letters(text: &str) -> Option<Vec<u8>> {
    let in_order = text.as_bytes().windows(2).all(|pair| pair[0] < pair[1]);
    let joined = text.len() > 1 && in_order && text.bytes().all(|byte| byte.is_ascii_uppercase());
    joined.then(|| text.bytes().map(|byte| byte - b'A').collect())
}

/// A letter that is not the beginning of a word, perhaps in parentheses.
fn answer_letter(text: &str) -> Option<(u8, &str)> {
    let text = text.trim_start_matches(['*', '`']);
    let opened = text.strip_prefix(['(', '（']);
    let mut rest = opened.unwrap_or(text).chars();
    let (letter, _) = letter(rest.next()?)?;
    let mut behind = rest.as_str();
    if behind.starts_with(|next: char| next.is_alphanumeric() || next == '\'') {
        return None;
    }
    behind = behind.trim_start_matches(['*', '`']);
    if opened.is_some() {
        behind = behind.strip_prefix([')', '）'])?;
    }
    Some((letter, behind))
}

/// What stands behind a separator of letters, when another letter does.
fn behind_separator(text: &str) -> Option<&str> {
    let text = text.strip_prefix(')').unwrap_or(text).trim_start();
    let mut rest = text.trim_start_matches([',', ';', '&', '+', '、', '，', ' ']);
    if let Some(behind) = rest.strip_prefix("and ") {
        rest = behind.trim_start();
    }
    let separated = rest.len() < text.len();
    (separated && answer_letter(rest).is_some()).then_some(rest)
}

/// Whether what stands behind the last letter is at most a remark on it: `) its text`, `(its text)`.
fn ends_answer(behind: &str) -> bool {
    let behind = behind.trim_start();
    !behind.contains(char::is_alphanumeric)
        || ["<!--", "<br"].iter().any(|tag| behind.starts_with(tag))
        || labelled(behind, &EXPLANATION).is_some()
        || behind.starts_with([')', '）', '.', '．', ':', '：', '(', '（', '-', '–', '—'])
}
