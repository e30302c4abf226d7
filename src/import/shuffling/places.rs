//! Options that are spoken of by their place: `the first option`, `all of the above`.

use super::letters::is_called_option;
use crate::import::prose::{Prose, What};

/// A stem names things; it speaks of its options only when it calls them so.
pub(super) fn in_stem<'a>(stem: &Prose<'a>) -> Option<&'a str> {
    let called = stem.letters.iter().copied().find(|place| is_called_option(stem, *place));
    called.map(|place| stem.words(place - 1, place)).or_else(|| ordinal(stem))
}

/// `the first option`, `the last two answers`
pub(super) fn ordinal<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    const ORDINALS: &str = "first second third fourth fifth sixth last previous preceding penultimate";
    prose.options.iter().copied().find_map(|noun| {
        let before = noun.checked_sub(1)?;
        let counted = prose.is_any(before, &["two", "three", "four", "five"]);
        let place = if counted { before.checked_sub(1)? } else { before };
        is_among(prose.word(place), ORDINALS).then(|| prose.words(place, noun))
    })
}

/// `the answer above`
pub(super) fn option_above<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    let noun = prose.options.iter().copied().find(|noun| prose.is_any(noun + 1, &["above", "below"]))?;
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
    const QUANTIFIERS: &str = "all none both neither any either some two several most";
    const TAIL: &str = "of the these those them above other others options option answers answer choices statements are \
        is correct true false right wrong valid apply applies listed mentioned equally given";
    let mut words: Vec<usize> = (0..option.tokens.len()).filter(|at| is_outside_signs(option, *at)).collect();
    if let Some(remark) = (0..option.tokens.len()).find(|at| *at > 0 && option.is(*at, "(")) {
        words.retain(|at| *at < remark);
    }
    let Some((first, tail)) = words.split_first() else { return false };
    let more_than_one =
        option.is(*first, "more") && option.is(first + 1, "than") && option.is(first + 2, "one");
    let tail = if more_than_one { &tail[2..] } else { tail };
    let quantified = more_than_one || is_among(option.word(*first), QUANTIFIERS);
    // A bare "None" or "All" reads well anywhere, and may be a value; "Both" and "Neither" need two before them.
    let speaks_of_others = !tail.is_empty() || option.is_any(*first, &["both", "neither"]);
    quantified && speaks_of_others && tail.iter().all(|at| is_among(option.word(*at), TAIL))
}

fn is_outside_signs(prose: &Prose<'_>, place: usize) -> bool {
    !matches!(prose.what(place), Some(What::Sign('.' | ',' | '!' | '\n' | ';')))
}

fn is_among(word: &str, words: &str) -> bool {
    words.split(' ').any(|known| word.eq_ignore_ascii_case(known))
}
