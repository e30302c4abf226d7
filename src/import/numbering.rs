//! The numbers of questions, as they stand before a question and before its answer in an answer key:
//! `1.`, `Q2)`, `Question 3:`, `第4题`, `## 5.`, `**6.**`. Looks at the beginning of single lines.

use super::{
    labels::{COUNTERS, QUESTION, is_difficulty},
    words::strip_word,
};

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
    let renewed = strip_word(text, "new ").filter(|behind| QUESTION.behind(behind).is_some());
    let unnamed = QUESTION.behind(renewed.unwrap_or(text));
    let digits = unnamed.map_or(text, behind_no).trim_start_matches([' ', '#']);
    let (number, behind) = number(digits)?;
    let behind = behind.strip_prefix(COUNTERS).filter(|_| unnamed.is_some()).unwrap_or(behind);
    Some(Numbered { number, named: unnamed.is_some(), behind })
}

/// What stands behind `No:` or a point, where a number does: `QUESTION NO: 12`, `Q.12`.
fn behind_no(named: &str) -> &str {
    let spaced = named.trim_start();
    let word = ["number", "no"].iter().find_map(|word| strip_word(spaced, word));
    let behind =
        word.or_else(|| named.strip_prefix('.')).map(|behind| behind.trim_start_matches([' ', '.', ':']));
    behind.filter(|behind| behind.starts_with(|first: char| first.is_ascii_digit())).unwrap_or(named)
}

/// What is said about a question between its number and its text: `(Easy)`, `of 3`, `⭐`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Remarks<'a> {
    pub difficulty: Option<&'a str>,
    /// What stands behind them.
    pub rest: &'a str,
}

impl<'a> Remarks<'a> {
    /// The remarks that a text begins with, if there are any.
    pub fn of(behind: &'a str) -> Self {
        let mut remarks = Self { difficulty: None, rest: behind };
        while let Some((said, rest)) = remark(remarks.rest) {
            let difficulty = Some(said).filter(|said| is_difficulty(said));
            remarks = Self { difficulty: remarks.difficulty.or(difficulty), rest };
        }
        remarks
    }
}

/// What a remark says, and what stands behind it. A formula begins with parentheses as well.
fn remark(text: &str) -> Option<(&str, &str)> {
    let begun = text.trim_start();
    if let Some(inner) = begun.strip_prefix('(') {
        let (said, rest) = inner.split_once(')')?;
        return (is_difficulty(said.trim()) || ends_remark(rest)).then_some((said.trim(), rest));
    }
    if let Some(all) = begun.strip_prefix("of ").or_else(|| begun.strip_prefix('/')) {
        let rest = all.trim_start_matches(|sign: char| sign == ' ' || sign.is_ascii_digit());
        let counts = all.trim_start().starts_with(|sign: char| sign.is_ascii_digit());
        let ends = ends_remark(rest) || rest.starts_with(['(', '-', '–', '—']);
        return (counts && ends).then_some(("", rest));
    }
    let ornaments = |sign: char| sign == ' ' || is_ornament(sign);
    let rest = begun.trim_start_matches(ornaments);
    (rest.len() < begun.len() && ends_remark(rest)).then_some(("", rest))
}

/// Whether nothing but ornaments and marks of emphasis stands behind a remark, or a colon or a point.
fn ends_remark(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|sign: char| sign == ' ' || is_ornament(sign));
    behind.is_empty()
        || behind.starts_with("**")
        || behind.starts_with("__")
        || rest.starts_with([':', '：', '.'])
}

/// Whether a sign is a star, a picture or the like.
pub(super) fn is_ornament(sign: char) -> bool {
    !sign.is_ascii()
        && !sign.is_alphanumeric()
        && !matches!(sign, '：' | '．' | '、' | '）' | '（' | '–' | '—')
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
    fn what_is_said_about_a_question_is_not_its_text() {
        let table = [
            (" (Easy)", "Easy |"),
            (" (Easy)**", "Easy | **"),
            (" (medium): What?", "medium | : What?"),
            (" (Hard) What?", "Hard |  What?"),
            (" (True/False)", "|"),
            (" (2 points) ⭐", "|"),
            (" ⭐⭐", "|"),
            (" of 3", "|"),
            ("/3 (Easy): What?", "Easy | : What?"),
            (" of 3 – What?", "| – What?"),
            (" (x + 1) = ?", "|  (x + 1) = ?"),
            (" of gold?", "|  of gold?"),
            (" What?", "|  What?"),
        ];
        for (text, expected) in table {
            let remarks = Remarks::of(text);
            let read = format!("{} | {}", remarks.difficulty.unwrap_or_default(), remarks.rest);
            assert_eq!(read.trim(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_in_many_ways() {
        let table = [
            ("1. What", "1 | . What"),
            ("Q1.1: B", "q 1.1 | : B"),
            ("question 12) x", "q 12 | ) x"),
            ("Question #3", "q 3 |"),
            ("QUESTION NO: 12", "q 12 |"),
            ("Question No. 4: x", "q 4 | : x"),
            ("NEW QUESTION 7", "q 7 |"),
            ("Q.1 What", "q 1 |  What"),
            ("New questions: 7", "none"),
            ("Question not 7", "none"),
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
