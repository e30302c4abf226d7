//! Options that are spoken of by their place: `the first option`, `option 2`, `the latter`.

use std::{cell::LazyCell, collections::HashSet};

use super::{
    closing::is_said_of_options,
    letters::{VERBS, is_called_option},
};
use crate::import::{
    prose::{Prose, What},
    texts::Texts,
    words::WordList,
};

/// A stem names things; it speaks of its options only when it calls them so.
pub(super) fn in_stem<'a>(stem: &Prose<'a>, options: usize) -> Option<&'a str> {
    let mut letters = stem.letters().chain(stem.small_letters());
    let called = letters.find(|place| is_called_option(stem, *place));
    let called = called.map(|place| stem.words(place - 1, place));
    called.or_else(|| ordinal(stem)).or_else(|| numbered(stem, options))
}

/// `the first option`, `the last two answers`
pub(super) fn ordinal<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    prose.options().find_map(|noun| {
        let before = noun.checked_sub(1)?;
        let counted = prose.is_any(before, &["two", "three", "four", "five"]);
        let place = if counted { before.checked_sub(1)? } else { before };
        let word = prose.word(place);
        // A top choice is a good one.
        let is_place = PLACES.has(word) && !prose.is_any(noun, &["choice", "choices"]);
        // A final answer is what is arrived at.
        let is_final = prose.is(place, "final") && !prose.is_any(noun, &["answer", "answers"]);
        (ORDINALS.has(word) || is_place || is_final || is_ordinal_number(word))
            .then(|| prose.words(place, noun))
    })
}

/// ``option `A` ``, `all options but the third`
pub(super) fn named_apart<'a>(prose: &Prose<'a>, options: usize) -> Option<&'a str> {
    let is_letter = |code: &str| match code.trim_matches('`').as_bytes() {
        [letter @ b'A'..=b'Z'] => usize::from(letter - b'A') < options,
        _ => false,
    };
    prose.options().find_map(|noun| {
        let is_coded = prose.what(noun + 1) == Some(What::Code) && is_letter(prose.word(noun + 1));
        let excepts = prose.is_any(noun + 1, &["but", "except"]) && prose.is(noun + 2, "the");
        if is_coded {
            return Some(prose.words(noun, noun + 1));
        }
        (excepts && ORDINALS.has(prose.word(noun + 3))).then(|| prose.words(noun, noun + 3))
    })
}

/// `option 2`, `Choices one and three`; not what `answers one request`.
pub(super) fn numbered<'a>(prose: &Prose<'a>, options: usize) -> Option<&'a str> {
    prose.options().find_map(|noun| {
        let named = prose.is_any(noun + 1, &["number", "no", "#"]);
        let place = if named { noun + 2 } else { noun + 1 };
        number(prose, place).filter(|number| (1..=options).contains(number))?;
        let may_mean_else = prose.is_any(noun, &["answer", "answers"]) || prose.is(place, "one");
        let goes_on = prose.what(place + 1) == Some(What::Word);
        let speaks = !goes_on || VERBS.has(prose.word(place + 1)) || joins(prose, place + 1);
        (speaks || !may_mean_else).then(|| prose.words(noun, place))
    })
}

/// The number at a place, in digits or as a word.
fn number(prose: &Prose<'_>, place: usize) -> Option<usize> {
    let spelled = ["one", "two", "three", "four", "five", "six"];
    let spelled = spelled.iter().position(|word| prose.is(place, word)).map(|at| at + 1);
    spelled.or_else(|| prose.word(place).parse().ok())
}

/// `The last one is wrong`, `the former would be false`; not `if the first is true`.
pub(super) fn judged_ordinal<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    prose.telling().find_map(|judgement| {
        let subject = judged(prose, judgement)?;
        let is_behind = prose.is_any(subject, &["above", "below"]);
        let subject = if is_behind { subject.checked_sub(1)? } else { subject };
        let counted = prose.is_any(subject, &["one", "ones", "two"]);
        let place = if counted && !is_behind { subject.checked_sub(1)? } else { subject };
        let article = place.checked_sub(1).filter(|before| prose.is(*before, "the"))?;
        let supposed = article.checked_sub(1).is_some_and(|before| prose.is_any(before, &SUPPOSING));
        let word = prose.word(place);
        let is_place = ORDINALS.has(word)
            || is_ordinal_number(word)
            || prose.is_any(place, &["former", "latter"])
            || (counted && (is_behind || PLACES.has(word)));
        (is_place && !supposed).then(|| prose.words(article, judgement))
    })
}

/// `1 and 3 are wrong`, where no text speaks of a 3.
pub(super) fn judged_number<'a>(prose: &Prose<'a>, texts: &Texts<'a>) -> Option<&'a str> {
    let spoken = LazyCell::new(|| {
        let others = [&texts.stem].into_iter().chain(&texts.options);
        others.flat_map(Prose::numbers).collect::<HashSet<&str>>()
    });
    prose.telling().find_map(|judgement| {
        let subject = judged(prose, judgement)?;
        let digits = prose.word(subject);
        digits.parse().ok().filter(|number| (1..=texts.options.len()).contains(number))?;
        let begins = subject.checked_sub(1).is_none_or(|before| {
            matches!(prose.sign(before), Some('.' | ',' | ';' | '\n' | '!' | '?' | '#'))
                || joins(prose, before)
        });
        (begins && !spoken.contains(digits)).then(|| prose.words(subject, judgement))
    })
}

/// Of what a judgement speaks: the last word before `is wrong`, `are not correct`, `would be false`.
fn judged(prose: &Prose<'_>, judgement: usize) -> Option<usize> {
    if !JUDGEMENTS.has(prose.word(judgement)) {
        return None;
    }
    let between = ["not", "also", "both", "all", "be", "clearly", "simply", "therefore", "the"];
    let mut place = judgement.checked_sub(1)?;
    while prose.is_any(place, &between) {
        place = place.checked_sub(1)?;
    }
    let verbs = ["is", "are", "was", "were", "would", "must", "isn't", "aren't", "seems", "looks"];
    place.checked_sub(1).filter(|_| prose.is_any(place, &verbs))
}

/// `Only the latter holds`, where nothing before it could be meant; not `the latter case`.
pub(super) fn latter<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    let place = prose.telling().find(|place| prose.is_any(*place, &["former", "latter"]))?;
    let article = place.checked_sub(1).filter(|before| prose.is(*before, "the"))?;
    let anything_named = (0..article).any(|before| prose.is_any(before, &NAMING));
    let behind = prose.word(place + 1);
    let goes_on = prose.what(place + 1) == Some(What::Word);
    let stands_alone = !goes_on || VERBS.has(behind) || behind.ends_with('s');
    (stands_alone && !anything_named).then(|| prose.words(article, place))
}

/// `1 and 2`, `Both 1 and 3`, `2 only`: an option of numbers, of which each counts another option that is
/// itself more than numbers. Where all are numbers, they are values.
pub(super) fn counting<'a>(option: &Prose<'a>, options: &[Prose<'a>]) -> Option<&'a str> {
    let mut numbers = numbers_alone(option)?;
    let quantified = option.tokens.len() > numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    let says_more = |number: &usize| {
        let counted = number.checked_sub(1).and_then(|place| options.get(place));
        counted.is_some_and(|counted| numbers_alone(counted).is_none())
    };
    (quantified && numbers.iter().all(says_more)).then(|| option.words(0, option.tokens.len()))
}

/// `The first two`, `Both first and second`: an option of ordinals, in a list where most say something else.
pub(super) fn ranking<'a>(option: &Prose<'a>, options: &[Prose<'a>]) -> Option<&'a str> {
    if !ranks_alone(option) {
        return None;
    }
    let alike = options.iter().filter(|option| ranks_alone(option)).count();
    (2 * alike <= options.len()).then(|| option.words(0, option.tokens.len()))
}

/// Whether an option holds ordinals, more than one or with a number, and nothing else but words about options.
fn ranks_alone(option: &Prose<'_>) -> bool {
    let mut ranks = 0;
    for place in 0..option.tokens.len() {
        let word = option.word(place);
        if ORDINALS.has(word) || (ranks > 0 && option.is_any(place, &["two", "three"])) {
            ranks += 1;
        } else if !is_said_of_options(word) && !joins(option, place) && option.sign(place) != Some('.') {
            return false;
        }
    }
    ranks > 1
}

/// The numbers of an option that holds nothing else but words about options.
fn numbers_alone(option: &Prose<'_>) -> Option<Vec<usize>> {
    if !option.holds_digit() {
        return None;
    }
    let mut numbers = Vec::new();
    for place in 0..option.tokens.len() {
        let word = option.word(place);
        if word.starts_with(|first: char| first.is_ascii_digit() || first == '`') {
            numbers.push(word.trim_matches('`').parse().ok()?);
        } else if !joins(option, place) && !is_said_of_options(word) {
            return None;
        }
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// `the answer above`
pub(super) fn option_above<'a>(prose: &Prose<'a>) -> Option<&'a str> {
    let noun = prose.options().find(|noun| prose.is_any(noun + 1, &["above", "below"]))?;
    Some(prose.words(noun, noun + 1))
}

/// `same as above`, `the above and more`
pub(super) fn above<'a>(option: &Prose<'a>) -> Option<&'a str> {
    let place = option.telling().find(|place| {
        let nouns = ["the", "as", "option", "options", "answer", "answers", "choices", "statements"];
        option.is(*place, "above") && *place > 0 && option.is_any(place - 1, &nouns)
    })?;
    Some(option.words(place - 1, place))
}

#[rustfmt::skip]
const ORDINALS: WordList = WordList::of(&[
    "first", "fourth", "fifth", "second", "sixth", "third", "last", "previous", "preceding", "penultimate",
]);

/// Words for a place on a page.
const PLACES: WordList =
    WordList::of(&["above", "bottom", "former", "latter", "lower", "middle", "top", "upper"]);

/// `2nd`, `3rd`
fn is_ordinal_number(word: &str) -> bool {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    number.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
}

#[rustfmt::skip]
const JUDGEMENTS: WordList = WordList::of(&["wrong", "incorrect", "false", "correct", "right", "true"]);

/// Whether a token stands between the options of a list, or before it.
fn joins(prose: &Prose<'_>, place: usize) -> bool {
    JOINING.has(prose.word(place)) || matches!(prose.sign(place), Some(',' | '&' | '–' | '-'))
}

const JOINING: WordList = WordList::of(&["and", "both", "neither", "nor", "only", "or", "through", "to"]);

/// What makes a judgement a condition.
const SUPPOSING: [&str; 7] = ["if", "when", "whenever", "whether", "once", "until", "unless"];

/// What shows that two things were named, one of them the latter.
const NAMING: [&str; 10] = ["and", "or", "but", "than", "while", "whereas", "versus", ",", ";", ":"];
