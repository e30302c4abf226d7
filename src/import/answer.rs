//! What a person wrote as an answer, outside the strict notation: a letter with a remark, the text of
//! the option, a whole sentence. Says which options it names, and never guesses.

use super::{
    draft::{DraftOption, Stated},
    markdown::{leading_letters, letters},
};

/// What an answer states, and what it says beyond that: the beginning of an explanation. The text of an
/// option goes before a sentence about a letter, but letters alone may be meant as letters.
pub(super) fn stated<'a>(text: &'a str, options: &[DraftOption]) -> (Stated, &'a str) {
    let text = behind_phrase(text.trim());
    if let Some(place) = place_of(options, |option| is_same(option, text)) {
        return (settled(letters(text), place), "");
    }
    if let Some((keys, remark)) = lettered(text) {
        let mut named = keys.iter().filter_map(|key| options.get(usize::from(*key)));
        let repeats = named.find_map(|option| behind_option(option, remark));
        return (Stated::Options(keys), repeats.unwrap_or(remark));
    }
    remarked(text, options)
}

/// What an answer states where only letters are read. One that is also the very text of an option is unclear.
pub(super) fn stated_by_letters(text: &str, options: &[DraftOption]) -> Stated {
    let Some(keys) = letters(text) else { return Stated::Unreadable(text.to_owned()) };
    match place_of(options, |option| option == text) {
        Some(place) => settled(Some(keys), place),
        None => Stated::Options(keys),
    }
}

fn settled(letters: Option<Vec<u8>>, place: u8) -> Stated {
    match letters {
        Some(keys) if keys != [place] => Stated::Unclear(keys, vec![place]),
        Some(_) | None => Stated::Options(vec![place]),
    }
}

fn place_of(options: &[DraftOption], is_meant: impl Fn(&str) -> bool) -> Option<u8> {
    (0..=u8::MAX).zip(options).find(|(_, option)| is_meant(&option.text)).map(|(place, _)| place)
}

/// `Rome: it is in Italy`, where one option alone begins like that.
fn remarked<'a>(text: &'a str, options: &[DraftOption]) -> (Stated, &'a str) {
    let places = (0..=u8::MAX).zip(options);
    let mut named = places.filter_map(|(place, option)| Some((place, behind_option(option, text)?)));
    match (named.next(), named.next()) {
        (Some((place, remark)), None) => (Stated::Options(vec![place]), remark),
        _ => (Stated::Unreadable(text.to_owned()), ""),
    }
}

/// What is said behind the text of an option.
fn behind_option<'a>(option: &DraftOption, text: &'a str) -> Option<&'a str> {
    if is_same(&option.text, text) {
        return Some("");
    }
    let behind = text.strip_prefix(option.text.as_str())?;
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
    ["because", "since", "as", "is"].iter().any(|known| word.eq_ignore_ascii_case(known))
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
    use crate::import::draft::At;

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
        ];
        for (text, expected) in table {
            assert_eq!(told(stated(text, &options)), expected, "{text}");
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
