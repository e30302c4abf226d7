//! What a person wrote as an answer, outside the strict notation: a letter with a remark, the text of
//! the option, a whole sentence. Says which options it names, and never guesses.

use super::{
    draft::Stated,
    labels::EXPLANATION,
    lines::{labelled, leading_letters, letters},
    numbering::is_ornament,
    words::WordList,
};

/// What an answer states, and what it says beyond that: the beginning of an explanation. The text of an
/// option goes before a sentence about a letter, but letters alone may be meant as letters.
pub(super) fn stated<'a, O: AsRef<str>>(text: &'a str, options: &[O]) -> (Stated, &'a str) {
    let text = behind_phrase(text.trim());
    if let Some(place) = place_of(options, |option| is_same(option, text)) {
        return (settled(letters(text), place), "");
    }
    if let Some((keys, remark)) = lettered(text) {
        let mut named = keys.iter().filter_map(|key| options.get(usize::from(*key)));
        let repeats = named.find_map(|option| behind_option(option.as_ref(), remark));
        return match agreeing(keys, text, options) {
            (stated, true) => (stated, ""),
            (stated, false) => (stated, repeats.unwrap_or(remark)),
        };
    }
    remarked(text, options)
}

/// What an answer in letters says beyond them and the texts of their options.
pub(super) fn remark<'a, O: AsRef<str>>(text: &'a str, options: &[O]) -> &'a str {
    // Most answers are a letter and nothing else.
    if text.len() < 2 {
        return "";
    }
    let Some((keys, remark)) = lettered(text) else { return "" };
    // `(2 points)` explains nothing.
    let words = remark.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).take(3).count();
    if (words < 3 && !remark.starts_with("<!--")) || agreeing(keys.clone(), text, options).1 {
        return "";
    }
    let mut named = keys.iter().filter_map(|key| options.get(usize::from(*key))).map(AsRef::as_ref);
    let said = without_marks(remark.trim_end_matches(|sign: char| "*_ ".contains(sign) || is_ornament(sign)));
    if let Some(explained) = labelled(remark, &EXPLANATION) {
        return explained.rest.trim_start_matches(['*', '_', ' ']);
    }
    named
        .find_map(|option| if is_same(option, said) { Some("") } else { behind_option(option, remark) })
        .unwrap_or(remark)
}

/// What an answer states where only letters are read. One that is also the very text of an option is unclear.
pub(super) fn stated_by_letters<O: AsRef<str>>(text: &str, options: &[O]) -> Stated {
    let Some(keys) = letters(text) else { return Stated::Unreadable(text.to_owned()) };
    match place_of(options, |option| option == text) {
        Some(place) => settled(Some(keys), place),
        // Most answers are a letter and nothing else.
        None if text.len() == keys.len() => Stated::Options(keys),
        None => agreeing(keys, text, options).0,
    }
}

/// What an answer states that begins with these letters, as far as the words behind them agree: `A) two and C) four`
/// states both, `C) two` where A is two may mean either, and `A–C` cannot be read. Says also whether the words are
/// used up by it.
fn agreeing<O: AsRef<str>>(mut keys: Vec<u8>, answer: &str, options: &[O]) -> (Stated, bool) {
    let unreadable = || (Stated::Unreadable(answer.to_owned()), true);
    let begun = answer.trim_start_matches(['*', '_', '`', '"', ' ']);
    let Some((_, behind)) = leading_letters(begun).filter(|(leading, _)| *leading == keys) else {
        return (Stated::Options(keys), false);
    };
    let mut rest = said_behind(behind);
    if is_corrected(rest, &keys, options.len()) || is_doubted(rest, &keys, options.len()) {
        return unreadable();
    }
    let mut is_list = false;
    while let [.., last] = keys[..] {
        let own = options.get(usize::from(last)).filter(|_| is_list || keys.len() == 1);
        if let Some(behind) = own.and_then(|option| behind_text(option.as_ref(), rest)) {
            rest = behind;
        } else if is_range(rest, options.len()) {
            return unreadable();
        } else if let Some(other) =
            own.and_then(|_| place_of(options, |option| is_same(option, without_marks(rest))))
        {
            if other != last {
                return (Stated::Unclear(keys, vec![other]), true);
            }
            rest = "";
        } else if is_list && rest.contains(char::is_alphanumeric) {
            // Of a letter that is only talked about something else is said.
            return unreadable();
        }
        match next_letter(rest, options.len()) {
            None if is_list && rest.contains(char::is_alphanumeric) => return unreadable(),
            None => break,
            Some((0, letter, behind)) if !keys.contains(&letter) => {
                keys.push(letter);
                (rest, is_list) = (said_behind(behind), true);
            }
            Some(_) => return unreadable(),
        }
    }
    keys.sort_unstable();
    (Stated::Options(keys), is_list)
}

/// Whether a remark corrects the letters: `(should be B)`, `(typo, B)`.
fn is_corrected(remark: &str, keys: &[u8], options: usize) -> bool {
    let is_other = |word: &str| {
        matches!(word.as_bytes(), [letter @ b'A'..=b'Z']
        if usize::from(letter - b'A') < options && !keys.contains(&(letter - b'A')))
    };
    let mut words = remark.split(|sign: char| !sign.is_alphanumeric()).take(MOST_WORDS);
    words.clone().any(is_other) && words.any(|word| CORRECTING.has(word))
}

/// Whether a remark leaves it open whether another letter is meant: `?`, `(or C)`, `(C in older versions)`.
fn is_doubted(remark: &str, keys: &[u8], options: usize) -> bool {
    let Some(inner) = remark.strip_prefix('(') else { return remark.starts_with('?') };
    let words = inner.split(|sign: char| !sign.is_alphanumeric()).take(MOST_WORDS);
    let (first, second) =
        (words.clone().next().unwrap_or_default(), words.clone().nth(1).unwrap_or_default());
    let is_other = |word: &str| {
        matches!(word.as_bytes(), [letter @ b'A'..=b'Z']
            if usize::from(letter - b'A') < options && !keys.contains(&(letter - b'A')))
    };
    let denies = || words.clone().any(|word| DENYING.has(word));
    (DOUBTFUL.has(first) && is_other(second)) || (is_other(first) && LIMITING.has(second) && !denies())
}

/// Words of a remark that speaks of a wrong option.
const DENYING: WordList = WordList::of(&["false", "incorrect", "not", "trap", "wrong"]);

const DOUBTFUL: WordList = WordList::of(&["arguably", "maybe", "or", "perhaps", "possibly"]);

const LIMITING: WordList = WordList::of(&["also", "before", "if", "in", "since", "until", "when"]);

/// So many words behind an answer are looked at for a correction.
const MOST_WORDS: usize = 20;

#[rustfmt::skip]
const CORRECTING: WordList = WordList::of(&[
    "acceptable", "actually", "changed", "corrected", "oops", "revised", "should", "sorry", "typo", "updated", "wait",
]);

/// A text without a dash before it and parentheses around it.
fn without_marks(text: &str) -> &str {
    let text = text.trim_start_matches(['-', '–', '—', ' ']);
    text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(text)
}

/// What stands behind a letter and its marks.
fn said_behind(letter: &str) -> &str {
    letter.trim_start_matches([')', '）', '.', '．', ':', '：', '*', '_', ' '])
}

/// What stands behind the text of an option, in parentheses or not.
fn behind_text<'a>(option: &str, text: &'a str) -> Option<&'a str> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let behind = inner.strip_prefix(option).filter(|_| !option.is_empty())?;
    let ends = !behind.starts_with(|next: char| next.is_alphanumeric());
    ends.then(|| behind.trim_start_matches([')', '.', '*', '_', ' ']))
}

/// `- C`, and nothing behind it.
fn is_range(behind: &str, options: usize) -> bool {
    let end = behind.strip_prefix(['-', '–', '—']).map(str::trim_start);
    let end = end.and_then(leading_letters).filter(|(letters, _)| usize::from(letters[0]) < options);
    end.is_some_and(|(_, behind)| !behind.contains(char::is_alphanumeric))
}

/// The next letter of an option in a list, outside parentheses and code: where it stands, and what stands behind it.
fn next_letter(text: &str, options: usize) -> Option<(usize, u8, &str)> {
    const MOST: usize = 1_000;
    let text = text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end]);
    let (mut depth, mut in_code) = (0_usize, false);
    text.char_indices().find_map(|(at, sign)| {
        match sign {
            '`' => in_code = !in_code,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_plain = depth == 0 && !in_code;
        let (letter, behind) = if is_plain { listed_letter(&text[at..], at == 0)? } else { return None };
        (usize::from(letter) < options).then_some((at, letter, behind))
    })
}

/// `, C)`, ` and C (`, `; C` at the end: a capital behind a separator, with a mark of options or nothing behind it.
fn listed_letter(text: &str, begins: bool) -> Option<(u8, &str)> {
    let and = if begins { "and " } else { " and " };
    let behind =
        text.strip_prefix([',', ';', '&', '+', '\n']).or_else(|| text.strip_prefix(and))?.trim_start();
    let behind = behind.strip_prefix("and ").map_or(behind, str::trim_start);
    let is_capital = behind.starts_with(|first: char| first.is_uppercase() || matches!(first, '*' | '('));
    let (letters, rest) = leading_letters(behind).filter(|_| is_capital)?;
    let is_marked =
        rest.trim_start().is_empty() || rest.starts_with([')', '.', ':', '）', '．', '：', ',', ';']);
    let [letter] = letters[..] else { return None };
    (is_marked || rest.starts_with(" (")).then_some((letter, rest))
}

fn settled(letters: Option<Vec<u8>>, place: u8) -> Stated {
    match letters {
        Some(keys) if keys != [place] => Stated::Unclear(keys, vec![place]),
        Some(_) | None => Stated::Options(vec![place]),
    }
}

fn place_of<O: AsRef<str>>(options: &[O], is_meant: impl Fn(&str) -> bool) -> Option<u8> {
    (0..=u8::MAX).zip(options).find(|(_, option)| is_meant(option.as_ref())).map(|(place, _)| place)
}

/// `Rome: it is in Italy`, where one option alone begins like that.
fn remarked<'a, O: AsRef<str>>(text: &'a str, options: &[O]) -> (Stated, &'a str) {
    let places = (0..=u8::MAX).zip(options);
    let mut named = places.filter_map(|(place, option)| Some((place, behind_option(option.as_ref(), text)?)));
    match (named.next(), named.next()) {
        (Some((place, remark)), None) => (Stated::Options(vec![place]), remark),
        _ => (Stated::Unreadable(text.to_owned()), ""),
    }
}

/// What is said behind the text of an option.
fn behind_option<'a>(option: &str, text: &'a str) -> Option<&'a str> {
    if is_same(option, text) {
        return Some("");
    }
    let behind = text.strip_prefix(option)?.trim_start_matches(['*', '_', '`']);
    let divides = [":", "：", ".", ";", " -", " –", " —"].iter().any(|sign| behind.starts_with(sign));
    divides.then(|| behind.trim_start_matches([':', '：', '.', ';', ' ', '-', '–', '—']))
}

/// Whether a text is no more than letters of options with a remark.
pub(super) fn is_lettered(text: &str) -> bool {
    lettered(behind_phrase(text.trim())).is_some()
}

fn behind_phrase(text: &str) -> &str {
    const PHRASES: [&str; 4] =
        ["the correct answer is ", "the right answer is ", "the answer is ", "correct answer is "];
    let phrase = PHRASES.iter().find(|phrase| {
        text.get(..phrase.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(phrase))
    });
    phrase.map_or(text, |phrase| text[phrase.len()..].trim_start_matches([':', ' ']))
}

fn lettered(text: &str) -> Option<(Vec<u8>, &str)> {
    let strict = letters(text);
    let text = text.trim_start_matches(['*', '_', '`']);
    let Some((keys, behind)) = leading_letters(text) else { return strict.map(|keys| (keys, "")) };
    let remark = behind.trim_start_matches([')', '）', '*', '_', '`', ' ']);
    let remark = remark.trim_start_matches(['.', '．', ':', '：', '-', '–', '—', ',', ' ']);
    match strict {
        Some(strict) if strict == keys => Some((keys, remark)),
        Some(strict) => Some((strict, "")),
        None => gives_reason(remark).then_some((keys, remark)),
    }
}

fn gives_reason(remark: &str) -> bool {
    let word = remark.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    ["because", "since", "as"].iter().any(|known| word.eq_ignore_ascii_case(known)) || is_judged_right(remark)
}

/// `is correct`, `is the right one`
fn is_judged_right(remark: &str) -> bool {
    let mut words = remark.split_whitespace().map(str::to_lowercase);
    let mut next = || words.next().unwrap_or_default();
    let (is, judgement) = (next(), next());
    let judgement = if judgement == "the" { next() } else { judgement };
    is == "is" && ["correct", "right", "true", "answer"].iter().any(|known| judgement.starts_with(known))
}

/// Whether a text is that of an option; marks of emphasis and an end mark make no difference.
fn is_same(option: &str, text: &str) -> bool {
    let plain = |text: &'_ str| -> String {
        let text = text.trim_matches(|sign: char| sign.is_whitespace() || "*_`\"“”.".contains(sign));
        text.to_lowercase()
    };
    let may_be = option.len().abs_diff(text.len()) <= 16;
    may_be && !text.is_empty() && plain(option) == plain(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{draft::DraftOption, places::At};

    #[test]
    fn answers_are_letters_texts_and_sentences() {
        let options = ["Paris", "Rome", "A mutex", "`None`"].map(option);
        let table = [
            ("B", "1 |"),
            ("b)", "1 |"),
            ("**B**", "1 |"),
            ("Ｂ", "1 |"),
            ("A, C", "0 2 |"),
            ("AC", "0 2 |"),
            ("B) Rome", "1 |"),
            ("B - it is in Italy", "1 | it is in Italy"),
            ("**B**. It is in Italy.", "1 | It is in Italy."),
            ("B because of Italy", "1 | because of Italy"),
            ("The correct answer is **B**.", "1 |"),
            ("rome", "1 |"),
            ("A mutex", "2 |"),
            ("Rome: it is in Italy", "1 | it is in Italy"),
            ("Romeo: a name", "?"),
            ("None", "3 |"),
            ("A lock", "?"),
            ("London", "?"),
            ("A is wrong, B is right", "?"),
            ("B is correct, A is not", "1 | is correct, A is not"),
        ];
        for (text, expected) in table {
            assert_eq!(told(stated(text, &options)), expected, "{text}");
        }
    }

    #[test]
    fn words_behind_letters_agree_with_them_or_are_unclear() {
        let options = ["two", "three", "four", "f(x, A)"].map(option);
        let table = [
            ("A. two, C. four", "0 2 |"),
            ("A) two and C) four", "0 2 |"),
            ("A (two) and C (four)", "0 2 |"),
            ("A) two; B) three; C) four", "0 1 2 |"),
            ("A) two, C", "0 2 |"),
            ("A) two, and D) f(x, A)", "0 3 |"),
            ("D) f(x, A)", "3 |"),
            ("D) f(B, A) is called", "3 | f(B, A) is called"),
            ("C) two", "2 or 0"),
            ("C (two)", "2 or 0"),
            ("C – two", "2 or 0"),
            ("A (should be B)", "?"),
            ("A (Wait, B)", "?"),
            ("A (typo, B)", "?"),
            ("A: it should be even", "0 | it should be even"),
            ("A) Two", "0 |"),
            ("A) 2, C) 4", "?"),
            ("A-C", "?"),
            ("A – C", "?"),
            ("B, A, B", "?"),
            ("B: three, since A and C are even", "1 | three, since A and C are even"),
            ("B - neither A nor C, see D", "1 | neither A nor C, see D"),
            ("A, C: both are even", "0 2 | both are even"),
            ("B) three; A) is wrong because it copies", "?"),
            ("B (three), A (two) copies", "?"),
            ("B. three, C. Elegans is a worm", "?"),
        ];
        for (text, expected) in table {
            assert_eq!(told(stated(text, &options)), expected, "{text}");
            let by_letters = told((stated_by_letters(text, &options), ""));
            let letters_alone =
                expected.split_once(" |").map_or(expected.to_owned(), |(keys, _)| format!("{keys} |"));
            assert_eq!(by_letters, letters_alone, "{text}");
        }
    }

    #[test]
    fn letters_that_are_also_the_text_of_an_option_are_unclear() {
        let table = [
            (["B is bigger", "A is bigger"], "A is bigger", "1 |", "?"),
            (["DC", "AC"], "AC", "0 2 or 1", "0 2 or 1"),
            (["DC", "AC"], "A", "0 |", "0 |"),
            (["DC", "AC"], "B) AC", "1 |", "1 |"),
            (["B", "A"], "B", "1 or 0", "1 or 0"),
            (["B", "A"], "B) A", "1 |", "1 |"),
            (["A", "B"], "B", "1 |", "1 |"),
            (["`b`", "`a`"], "B", "1 or 0", "1 |"),
        ];
        for (options, text, expected, by_letters) in table {
            let options = options.map(option);
            assert_eq!(told(stated(text, &options)), expected, "{text}");
            assert_eq!(told((stated_by_letters(text, &options), "")), by_letters, "{text}");
        }
    }

    fn option(text: &str) -> DraftOption {
        DraftOption { at: At { line: 1, column: 1 }, text: text.to_owned() }
    }

    fn told((stated, remark): (Stated, &str)) -> String {
        let places = |keys: &[u8]| keys.iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
        match stated {
            Stated::Options(keys) => format!("{} | {remark}", places(&keys)).trim_end().to_owned(),
            Stated::Unclear(these, those) => format!("{} or {}", places(&these), places(&those)),
            Stated::Unreadable(_) => "?".to_owned(),
        }
    }
}
