//! The numbers of questions, as they stand before a question and before its answer in an answer key:
//! `1.`, `Q2)`, `Question 3:`, `第4题`, `## 5.`, `**6.**`. Looks at the beginning of single lines.

use super::labels::{COUNTERS, QUESTION};

/// A number and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered<'a> {
    /// In ASCII digits, without a word before it: `14.26`.
    pub number: String,
    /// Whether a word for “question” stands before it.
    pub named: bool,
    /// What stands behind the number, beginning with its delimiter.
    pub behind: &'a str,
}

/// The number that a text begins with.
pub(super) fn numbered(text: &str) -> Option<Numbered<'_>> {
    let unnamed = QUESTION.behind(text);
    let digits = unnamed.unwrap_or(text).trim_start_matches([' ', '#']);
    let (number, behind) = number(digits)?;
    let behind = behind.strip_prefix(COUNTERS).filter(|_| unnamed.is_some()).unwrap_or(behind);
    Some(Numbered { number, named: unnamed.is_some(), behind })
}

/// Digits with single points between, and perhaps a small letter.
fn number(text: &str) -> Option<(String, &str)> {
    let mut number = String::new();
    let mut rest = text;
    loop {
        let before = number.len();
        while let Some((digit, behind)) = first_digit(rest) {
            number.push(digit);
            rest = behind;
        }
        if number.len() == before {
            return None;
        }
        match rest.strip_prefix('.').filter(|behind| first_digit(behind).is_some()) {
            Some(behind) => rest = behind,
            None => break,
        }
        number.push('.');
    }
    let mut behind = rest.chars();
    let letter = behind.next().filter(char::is_ascii_lowercase);
    let alone = !behind.as_str().starts_with(|next: char| next.is_alphanumeric() || next == ')');
    if let Some(letter) = letter.filter(|_| alone && number.contains('.')) {
        number.push(letter);
        rest = behind.as_str();
    }
    Some((number, rest))
}

fn first_digit(text: &str) -> Option<(char, &str)> {
    let mut rest = text.chars();
    let digit = match rest.next()? {
        digit @ '0'..='9' => digit,
        wide @ '０'..='９' => char::from_u32(wide as u32 - '０' as u32 + '0' as u32)?,
        _ => return None,
    };
    Some((digit, rest.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_many_ways() {
        let table = [
            ("1. What", "1 | . What"),
            ("Q1.1: B", "q 1.1 | : B"),
            ("question 12) x", "q 12 | ) x"),
            ("Question #3", "q 3 |"),
            ("2.5a: x", "2.5a | : x"),
            ("1a) x", "1 | a) x"),
            ("第3题：x", "q 3 | ：x"),
            ("問４．x", "q 4 | ．x"),
            ("１．Ｂ", "1 | ．Ｂ"),
            ("שאלה 2: x", "q 2 | : x"),
            ("Quick", "none"),
            ("What", "none"),
            ("", "none"),
        ];
        for (text, expected) in table {
            let read = numbered(text).map_or("none".to_owned(), |numbered| {
                let named = if numbered.named { "q " } else { "" };
                format!("{named}{} | {}", numbered.number, numbered.behind).trim_end().to_owned()
            });
            assert_eq!(read, expected, "{text}");
        }
    }
}
