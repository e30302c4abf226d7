//! Options that stand in the text of a question with numbers before them: `1. text`, `ii) text`. Many lists look like
//! that; an answer that is one of the numbers tells that they are meant.

use super::{Kind, Problem, draft::Draft};

/// What speaks against a flip card whose answer is the number of a line in its stem.
pub(super) fn options_in_stem(draft: &Draft) -> Option<Problem> {
    let answer = draft.explanation.as_deref()?;
    let named = number(answer.lines().next()?.trim_matches(['*', '_', '`', ' ']))?;
    let listed: Vec<&str> = draft.stem.lines().filter_map(list_number).collect();
    let is_listed = listed.len() > 1 && listed.iter().any(|number| number.eq_ignore_ascii_case(named));
    let message = "the options stand in the question's text".to_owned();
    is_listed.then(|| draft.problem(Kind::TooFewOptions, draft.at, message))
}

/// The number of a line in a list: `1.`, `(2)`, `- iii)`.
fn list_number(line: &str) -> Option<&str> {
    let begun = line.trim_start().trim_start_matches(['-', '*', '+', ' ']);
    let (number, behind) = split_number(begun)?;
    (!behind.is_empty()).then_some(number)
}

/// The number that an answer names: `2`, `(2)`, `ii) its text`.
fn number(answer: &str) -> Option<&str> {
    split_number(answer).map(|(number, _)| number)
}

/// A number in digits or Roman numerals and the text behind its mark, or nothing.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let begun = text.strip_prefix('(').unwrap_or(text);
    let end = begun.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(begun.len());
    let (number, behind) = begun.split_at(end);
    let of_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let roman = number.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    let marked = behind.strip_prefix([')', '.', ':']);
    let ends = marked.unwrap_or(behind);
    let stands_apart = ends.is_empty() || (marked.is_some() && ends.starts_with([' ', '\t']));
    (!number.is_empty() && (of_digits || roman) && stands_apart).then_some((number, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_texts_are_told_from_words() {
        let table = [
            ("1. one", Some("1")),
            ("  (2) two", Some("2")),
            ("- iii) three", Some("iii")),
            ("IV: four", Some("IV")),
            ("1.5 litres", None),
            ("80", None),
            ("mix) it", None),
            ("in it", None),
            ("", None),
        ];
        for (line, expected) in table {
            assert_eq!(list_number(line), expected, "{line}");
        }
    }

    #[test]
    fn answers_name_a_number_alone_or_with_a_text() {
        let table = [
            ("2", Some("2")),
            ("2.", Some("2")),
            ("(ii)", Some("ii")),
            ("2) two", Some("2")),
            ("2.5", None),
            ("2 kg", None),
        ];
        for (answer, expected) in table {
            assert_eq!(number(answer), expected, "{answer}");
        }
    }
}
