//! Letters that stand for options, told from articles, languages and names. English prose does not mark
//! the difference; where the signs do not say, a letter counts as an option.

use crate::import::{
    prose::{Prose, What, is_unspaced},
    words::WordList,
};

/// A letter with the words that show how it is meant: `answer is B`, `Both A and C`, `(A)`.
pub(super) fn around<'a>(prose: &Prose<'a>, letter: usize) -> &'a str {
    let is_word = |place: usize| matches!(prose.what(place), Some(What::Word | What::Letter(_)));
    let before = letter.wrapping_sub(1);
    let mut from = if is_word(before) || is_parenthesised(prose, letter) { before } else { letter };
    if prose.is(before, "is") && is_word(before.wrapping_sub(1)) {
        from = before - 1;
    }
    let joined = prose.is_any(letter + 1, &["and", "or", "nor", ",", "–", "&", "和", "或", "、"])
        && is_word(letter + 2);
    let to = match joined {
        true => letter + 2,
        false if is_word(letter + 1) || is_parenthesised(prose, letter) => letter + 1,
        false => letter,
    };
    prose.words(from, to)
}

/// `option A`, `options A–C`, `answer is C`; not `the answer is A mutex`.
pub(super) fn is_called_option(prose: &Prose<'_>, letter: usize) -> bool {
    let before = letter.wrapping_sub(1);
    let linked = prose.is_any(before, &["is", ":", "(", "-", "‑", "–", "="])
        && prose.is_option(before.wrapping_sub(1));
    // `The answer should be C.`
    let is_due = prose.is_any(before, &["be", "actually"]) && prose.is_option(before.wrapping_sub(2));
    let linked = linked || is_due;
    let is_quoted = prose.is_option(before.wrapping_sub(1)) && is_quoted(prose, letter);
    prose.is_option(before) || is_quoted || (linked && !is_article(prose, letter))
}

/// Whether a letter by itself, which no name explains, stands for an option. `C` is a language too, so
/// it takes more to be an option.
pub(super) fn cites(prose: &Prose<'_>, letter: usize, options: usize) -> bool {
    if is_article(prose, letter) || is_on_path(prose, letter) || is_of_thing(prose, letter) {
        return false;
    }
    let is_language = prose.is(letter, "c") || prose.is(letter, "c's");
    !is_language
        || is_listed(prose, letter, options)
        || is_parenthesised(prose, letter)
        || is_marked(prose, letter)
        || is_judged(prose, letter)
}

/// `an A record`, `the B tree`: what is called so is no option.
fn is_of_thing(prose: &Prose<'_>, letter: usize) -> bool {
    let before = letter.wrapping_sub(1);
    let is_determined = prose.is_any(before, &["an", "another", "each", "every", "the"]);
    let goes_on = prose.what(letter + 1) == Some(What::Word) && !VERBS.has(prose.word(letter + 1));
    let joins = prose.is_any(letter + 1, &["and", "or", "nor"]) || is_doing(prose, letter + 1);
    is_determined && goes_on && !joins && !prose.is_option(letter + 1)
}

/// `A → B → C`: what leads to what. Of two letters alone an answer may be said to become the other.
fn is_on_path(prose: &Prose<'_>, letter: usize) -> bool {
    let is_letter = |place: &usize| matches!(prose.what(*place), Some(What::Letter(_)));
    let leads = |from: usize, to: usize| prose.sign(from + 1) == Some('→') && is_letter(&to);
    let ahead = (letter..).step_by(2).take_while(|from| leads(*from, from + 2)).take(2).count();
    let back = (2..=letter).step_by(2).map(|steps| letter - steps);
    let behind = back.take_while(|from| is_letter(from) && leads(*from, from + 2)).take(2).count();
    ahead + behind > 1
}

/// `C) is wrong`, `- C. too many`, `[C] is odd`: a letter that begins a line or a sentence as an option's does.
fn is_marked(prose: &Prose<'_>, letter: usize) -> bool {
    let (before, behind) = (prose.sign(letter.wrapping_sub(1)), prose.sign(letter + 1));
    let begins_line = letter == 0 || matches!(before, Some('\n' | '-' | '•'));
    let begins = begins_line || before.is_some_and(|sign| BEGINNING.contains(&sign) && sign != '(');
    let goes_on = prose.what(letter + 2).is_some_and(|what| what != What::Sign);
    match behind {
        Some(')') => begins,
        Some(']') => before == Some('['),
        Some('.') => begins_line && goes_on,
        _ => false,
    }
}

/// `C/D are wrong`, `A/C/D: odd`, `(A-C)`: letters with nothing but a sign between, of which something is said. As all of
/// a text also `A&C` and `A+B`.
pub(super) fn is_chained(prose: &Prose<'_>, letter: usize, options: usize) -> bool {
    let names = |place: usize| match prose.what(place) {
        Some(What::JoinedLetter(other)) if usize::from(other) < options => Some(other),
        _ => None,
    };
    let Some(sign) = prose.sign(letter + 1).filter(|sign| matches!(sign, '/' | '-' | '&' | '+')) else {
        return false;
    };
    if prose.sign(letter.wrapping_sub(1)) == Some(sign) {
        return false;
    }
    let mut last = letter;
    while prose.sign(last + 1) == Some(sign) && names(last + 2).is_some() {
        last += 2;
    }
    let is_all = letter == 0 && prose.what(last + 1).is_none();
    let (before, behind) = (prose.sign(letter.wrapping_sub(1)), prose.sign(last + 1));
    let is_apart = is_all || behind == Some(':') || (before == Some('(') && behind == Some(')'));
    let is_said =
        is_apart || prose.is_any(last + 1, &["are", "both", "is", "would", "all", "fail", "cannot"]);
    let is_range = last == letter + 2 && names(letter) < names(last);
    match sign {
        _ if last == letter || prose.sign(last + 1) == Some(sign) => false,
        // An `A/B` test is no reference; three letters are.
        '/' => is_said || last > letter + 2,
        '-' => is_range && is_said,
        _ => is_all,
    }
}

/// `"B" is wrong`, `"A" describes`: a letter in quotation marks of which something is said as of an option.
pub(super) fn is_quoted_and_judged(prose: &Prose<'_>, letter: usize) -> bool {
    let judged = if prose.is(letter + 3, "not") { letter + 4 } else { letter + 3 };
    let is_judged = prose.is(letter + 2, "is")
        && prose.is_any(judged, &["wrong", "incorrect", "false", "correct", "right", "true"]);
    let before = letter.wrapping_sub(2);
    let begins = letter < 2 || matches!(prose.sign(before), Some('.' | '!' | '?' | '\n'));
    let says = begins && !prose.is(letter + 2, "is") && VERBS.has(prose.word(letter + 2));
    // `Some pick "B"`
    let is_picked = SINGLING.has(prose.word(before));
    is_quoted(prose, letter) && (is_judged || says || is_picked)
}

fn is_quoted(prose: &Prose<'_>, letter: usize) -> bool {
    let is_mark = |place: usize| {
        prose.sign(place).is_some_and(|sign| matches!(sign, '"' | '\'' | '“' | '”' | '‘' | '’'))
    };
    is_mark(letter.wrapping_sub(1)) && is_mark(letter + 1)
}

/// Whether a small letter by itself, which no name explains, surely stands for an option: `(b)`, `a and b`,
/// `b is wrong`. Variables have small letters, too.
pub(super) fn cites_small(prose: &Prose<'_>, letter: usize) -> bool {
    let is_small = |place: usize| matches!(prose.word(place).as_bytes(), [b'a'..=b'z']);
    let before = letter.wrapping_sub(1);
    let is_joined = prose.is_any(before, &["and", "or", "nor"])
        || (prose.is(before, "&") && prose.is(before.wrapping_sub(2), "both"));
    let is_listed = is_joined && is_small(before.wrapping_sub(1));
    // `b) is right`, and not the end of `f(a, b)`.
    let begins = prose.what(before).is_none() || matches!(prose.sign(before), Some('.' | '\n' | '-' | ';'));
    let is_marked = begins && prose.is(letter + 1, ")");
    let verb = prose.is_any(letter + 1, &["is", "isn't", "are", "would"]);
    let judged = if prose.is_any(letter + 2, &["not", "also", "be"]) { letter + 3 } else { letter + 2 };
    let is_judged =
        verb && prose.is_any(judged, &["wrong", "incorrect", "false", "correct", "right", "true"]);
    is_parenthesised(prose, letter) || is_listed || is_judged || is_marked
}

/// An `a` that is surely no article: `Option a is wrong`, `choice a.`
pub(super) fn small_a(prose: &Prose<'_>) -> Option<usize> {
    prose.options().map(|noun| noun + 1).find(|place| {
        let ends = !matches!(prose.what(place + 1), Some(What::Word | What::Code))
            || VERBS.has(prose.word(place + 1));
        prose.word(*place) == "a" && ends
    })
}

/// Words that may follow an option's letter, and hardly an article.
#[rustfmt::skip]
pub(super) const VERBS: WordList = WordList::of(&[
    "is", "isn't", "ignores", "incorrectly", "instead", "implies", "includes", "involves", "was", "would",
    "wouldn't", "wrongly", "works", "will", "won't", "are", "alone", "also", "again", "appears", "applies",
    "assumes", "has", "holds", "does", "did", "doesn't", "describes", "could", "confuses", "correctly", "can",
    "cannot", "can't", "claims", "contains", "contradicts", "should", "shows", "since", "seems", "says", "sounds",
    "swaps", "may", "might", "misses", "makes", "matches", "mixes", "must", "gives", "uses", "fails", "returns",
    "represents", "refers", "requires", "reverses", "reads", "relies", "only", "omits", "looks", "lacks", "leads",
    "because", "but", "then", "therefore", "to", "takes", "treats", "tries", "never", "violates", "produces",
]);

/// `A mutex`, ``A `dict` ``; not `A is wrong`, `A and B`, `A, B`, nor within a sentence, where an article is small unless
/// all words of a title are large.
pub(super) fn is_article(prose: &Prose<'_>, letter: usize) -> bool {
    let before = letter.wrapping_sub(1);
    let is_within = matches!(prose.what(before), Some(What::Word))
        && !prose.is_any(before, &["is", "are", "was", "be"])
        && !prose.word(letter + 1).starts_with(|first: char| first.is_ascii_uppercase());
    if !prose.is(letter, "a") || is_within {
        return false;
    }
    // `A "yes"`, `A /26 network`, `A $O(1)$ lookup`
    if matches!(prose.sign(letter + 1), Some('"' | '“' | '/' | '$' | '|')) && is_spaced(prose, letter) {
        return true;
    }
    let joins = prose
        .is_any(letter + 1, &["and", "or", "nor", "to", "through", "versus", "vs", "with", "&", "–", "-"]);
    let is_judged = prose.is_any(letter + 1, &["wrong", "incorrect", "false", "correct", "right"])
        && !matches!(prose.what(letter + 2), Some(What::Word | What::Code));
    let goes_on = matches!(prose.what(letter + 1), Some(What::Word | What::Code | What::JoinedLetter(_)))
        && !prose.word(letter + 1).starts_with(is_unspaced);
    let names_letter = matches!(prose.what(letter + 2), Some(What::Letter(_)));
    let is_reference = is_judged
        || is_doing(prose, letter + 1)
        || VERBS.has(prose.word(letter + 1))
        || (joins && names_letter);
    goes_on && !is_reference
}

/// `applies to`, `requires the`: a verb, as what follows it shows; not the noun of `A bytes object`.
fn is_doing(prose: &Prose<'_>, place: usize) -> bool {
    const OBJECTS: [&str; 16] = [
        "a", "all", "an", "from", "in", "its", "no", "not", "on", "only", "that", "the", "this", "to",
        "what", "with",
    ];
    prose.word(place).ends_with('s') && prose.is_any(place + 1, &OBJECTS)
}

/// Whether a blank stands between a token and the next one.
fn is_spaced(prose: &Prose<'_>, place: usize) -> bool {
    prose.words(place, place + 1).len() > prose.word(place).len() + prose.word(place + 1).len()
}

/// `A, C`, `B and C`, `A–C`
fn is_listed(prose: &Prose<'_>, letter: usize, options: usize) -> bool {
    let joins = |place: usize| {
        prose.is_any(
            place,
            &["and", "or", "nor", "to", "through", "versus", "vs", "with", ",", "&", "–", "-", "/"],
        )
    };
    let names =
        |place: usize| matches!(prose.what(place), Some(What::Letter(other)) if usize::from(other) < options);
    let before = letter.wrapping_sub(1);
    let behind_list = joins(before) && (names(before.wrapping_sub(1)) || names(before.wrapping_sub(2)));
    let before_list = joins(letter + 1) && (names(letter + 2) || (joins(letter + 2) && names(letter + 3)));
    behind_list || before_list
}

fn is_parenthesised(prose: &Prose<'_>, letter: usize) -> bool {
    prose.is(letter.wrapping_sub(1), "(") && prose.is(letter + 1, ")")
}

/// `C would be`, `C is wrong`, `only C`: what is said of options rather than of a language.
fn is_judged(prose: &Prose<'_>, letter: usize) -> bool {
    let before = letter.wrapping_sub(1);
    let is_behind =
        |words: &[&str], word: &str| prose.is_any(before, words) && prose.is(before.wrapping_sub(1), word);
    let singled_out = SINGLING.has(prose.word(before))
        || is_behind(&["for"], "as")
        || is_behind(&["be"], "must")
        || (prose.is(before, "for") && begins_part(prose, before) && prose.is(letter + 1, ":"))
        || prose.word(before).ends_with(['选', '選'])
        || (ends_sentence(prose, letter) && prose.is_any(before, &["hence", "so", "thus", "therefore", "→"]))
        || (prose.is(before, "out") && RULING.has(prose.word(before.wrapping_sub(1))));
    let begins = begins_part(prose, letter)
        || prose
            .is_any(before, &["also", "and", "but", "while", "whereas", "so", "because", "since", "letter"]);
    let behind = prose.word(letter + 1);
    let says =
        VERBS.has(behind) || (behind.ends_with('s') && !is_of_language(behind)) || behind.ends_with("ly");
    let says = says || behind.starts_with(SAYING_IN_HAN);
    let speaks_of_language =
        (letter + 2..letter + 7).any(|place| prose.is_any(place, &["language", "languages"]));
    let begins_line = prose.what(before).is_none() || matches!(prose.sign(before), Some('\n' | '-' | '•'));
    let leads_on = prose.is_any(letter + 1, &[":", "=", "—", "–", "("])
        || (begins_line && prose.is_any(letter + 1, &["→", "-"]) && is_spaced(prose, letter));
    singled_out || (begins && ((says && !speaks_of_language) || leads_on))
}

/// Whether a sentence or a part of one begins here.
fn begins_part(prose: &Prose<'_>, place: usize) -> bool {
    let before = place.wrapping_sub(1);
    prose.what(before).is_none() || prose.sign(before).is_some_and(|sign| BEGINNING.contains(&sign))
}

fn ends_sentence(prose: &Prose<'_>, letter: usize) -> bool {
    matches!(prose.sign(letter + 1), Some('.' | '!' | '\n')) || prose.what(letter + 1).is_none()
}

/// What singles an option out of the others.
#[rustfmt::skip]
const SINGLING: WordList = WordList::of(&[
    "only", "not", "neither", "except", "eliminate", "eliminates", "eliminating", "exclude", "excludes", "excluding",
    "choose", "chose", "choosing", "both", "discard", "discards", "leaves", "leaving", "pick", "picked", "picking",
    "reject", "rejects", "rejecting", "select", "selected", "selecting",
]);

const RULING: WordList = WordList::of(&["rule", "rules", "ruled", "ruling"]);

/// Signs that a sentence or a part of one begins behind.
const BEGINNING: [char; 19] =
    ['.', ',', ';', ':', '(', '\n', '—', '–', '!', '?', '-', '✗', '✘', '❌', '✅', '✓', '✔', '•', '→'];

/// What follows an option's letter in Chinese and Japanese: `C错误`, `C不正确`, `Cは…`.
const SAYING_IN_HAN: [char; 12] = ['错', '錯', '正', '对', '對', '不', '是', '也', '会', '會', 'は', 'が'];

fn is_of_language(word: &str) -> bool {
    const NOUNS: &str = "extensions functions programs strings structs arrays types libraries compilers programmers \
        macros pointers";
    NOUNS.split(' ').any(|noun| noun == word)
}
