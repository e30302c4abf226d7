//! Options that are spoken of by their place: `the first option`, `all of the above`.

use super::letters::is_called_option;
use crate::import::{prose::Prose, words::WordList};

/// A stem names things; it speaks of its options only when it calls them so.
pub(super) fn in_stem<'a>(stem: &Prose<'a>) -> Option<&'a str> {
    let called = stem.letters().find(|place| is_called_option(stem, *place));
    called.map(|place| stem.words(place - 1, place)).or_else(|| ordinal(stem))
}

/// `the first option`, `the last two answers`
pub(super) fn ordinal<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    prose.options().find_map(|noun| {
        let before = noun.checked_sub(1)?;
        let counted = prose.is_any(before, &["two", "three", "four", "five"]);
        let place = if counted { before.checked_sub(1)? } else { before };
        ORDINALS.has(prose.word(place)).then(|| prose.words(place, noun))
    })
}

/// `the answer above`
pub(super) fn option_above<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    let noun = prose.options().find(|noun| prose.is_any(noun + 1, &["above", "below"]))?;
    Some(prose.words(noun, noun + 1))
}

/// `same as above`, `the above and more`
pub(super) fn above<'a>(option: &Prose<'a>) -> Option<&'a str> {
    let place = (1..option.tokens.len()).find(|place| {
        let nouns = ["the", "as", "option", "options", "answer", "answers", "choices", "statements"];
        option.is(*place, "above") && option.is_any(place - 1, &nouns)
    })?;
    Some(option.words(place - 1, place))
}

/// Whether an option speaks of all the others, and so belongs behind them: `All of the above`,
/// `None of these`, `Both are correct`, `Neither`.
pub(super) fn is_closing(option: &Prose<'_>) -> bool {
    let count = option.tokens.len();
    let mut words = (0..count).filter(|at| is_outside_signs(option, *at));
    let Some(first) = words.next() else { return false };
    let more_than_one =
        option.is(first, "more") && option.is(first + 1, "than") && option.is(first + 2, "one");
    if !more_than_one && !QUANTIFIERS.has(option.word(first)) {
        return false;
    }
    let remark = (1..count).find(|at| option.is(*at, "(")).unwrap_or(count);
    let mut tail = words.skip(if more_than_one { 2 } else { 0 }).take_while(|at| *at < remark).peekable();
    // A bare "None" or "All" reads well anywhere, and may be a value; "Both" and "Neither" need two before them.
    let speaks_of_others = tail.peek().is_some() || option.is_any(first, &["both", "neither"]);
    first < remark && speaks_of_others && tail.all(|at| TAIL.has(option.word(at)))
}

fn is_outside_signs(prose: &Prose<'_>, place: usize) -> bool {
    !matches!(prose.sign(place), Some('.' | ',' | '!' | '\n' | ';'))
}

#[rustfmt::skip]
const ORDINALS: WordList = WordList::of(&[
    "first", "fourth", "fifth", "second", "sixth", "third", "last", "previous", "preceding", "penultimate",
]);

#[rustfmt::skip]
const QUANTIFIERS: WordList = WordList::of(&[
    "all", "any", "none", "neither", "both", "either", "some", "several", "two", "most",
]);

#[rustfmt::skip]
const TAIL: WordList = WordList::of(&[
    "of", "other", "others", "option", "options", "the", "these", "those", "them", "true", "above",
    "answer", "answers", "are", "apply", "applies", "choices", "correct", "statements", "is", "false",
    "right", "wrong", "valid", "listed", "mentioned", "equally", "given",
]);
