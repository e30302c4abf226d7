//! The heading of an answer key: a Markdown heading, a bold line, or a line that says nothing else.

use memchr::memchr2_iter;

use super::{entries::entry, is_key_title};
use crate::import::{
    blanks::trim,
    labels::{ANSWER_KEY, SEVERAL_ANSWERS},
    lines::Lines,
    numbering::numbered,
    words::is_same,
};

/// The heading of an answer key.
pub(super) struct Title<'a> {
    /// The level of a Markdown heading.
    level: Option<usize>,
    /// What stands behind it in its line, which may be the whole key.
    pub rest: &'a str,
}

/// The longest line that is looked at, in bytes; a key of one line is longer than its title.
const MOST_TITLE: usize = 120;

/// Whether a line can be a title that begins with this byte, blanks left aside.
pub(super) fn may_begin_with(first: u8) -> bool {
    matches!(first, b'=' | b'-') || begins_title(first)
}

fn begins_title(first: u8) -> bool {
    matches!(first, b'#' | b'*' | b'_' | b'a' | b'A' | b'c' | b'C' | b'k' | b'K' | b's' | b'S')
        || !first.is_ascii()
}

impl<'a> Title<'a> {
    pub fn of(line: &'a str) -> Option<Self> {
        let begun = if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            line
        } else {
            line.trim_start_matches([' ', '=', '-', '\u{200e}', '\u{200f}'])
        };
        let first = begun.as_bytes().first().filter(|first| begins_title(**first))?;
        if first.is_ascii_alphabetic() && ANSWER_KEY.behind(begun).is_none() {
            return None;
        }
        let level = level(begun);
        let text = trim(begun.trim_start_matches('#'));
        let bold = text.strip_prefix("**").or_else(|| text.strip_prefix("__"));
        let inner = bold.unwrap_or(text);
        let is_heading = level.is_some() || bold.is_some();
        if ANSWER_KEY.behind(inner).is_none() {
            let speaks = is_heading && speaks_of_key(without_end(inner));
            return speaks.then_some(Self { level, rest: "" });
        }
        if let Some((_, rest)) = inner.split_once([':', '：']).filter(|(title, _)| is_key_title(title)) {
            let rest = rest.trim_matches(['*', '_', ' ']);
            return (rest.is_empty() || entry(rest).is_some()).then_some(Self { level, rest });
        }
        let inner = without_end(inner);
        let is_title = is_key_title(inner) || (is_heading && speaks_of_key(inner));
        is_title.then_some(Self { level, rest: "" })
    }

    /// Whether it is a Markdown heading: below one, the entries may follow behind other text.
    pub fn is_heading(&self) -> bool {
        self.level.is_some()
    }

    /// Whether a line is the heading of what comes behind the section.
    pub fn is_ended_by(&self, line: &'a str) -> bool {
        let Some(other) = level(line.trim_start()) else { return Self::of(line).is_some() };
        match self.level {
            Some(own) => other <= own || Self::of(line).is_some(),
            None => numbered(line.trim_start_matches(['#', ' ', '*'])).is_none(),
        }
    }
}

/// The summary of a folded part that is the heading of a key: `<details><summary>Answer Key</summary>`.
pub(super) struct Summary<'a> {
    pub line: usize,
    words: &'a str,
    /// What stands behind it in its line.
    rest: &'a str,
}

impl<'a> Summary<'a> {
    /// The summary of the part that a line begins, which may stand in the next line.
    pub fn of(lines: &Lines<'a>, line: usize) -> Option<Self> {
        if lines.is_inert(line) {
            return None;
        }
        let begun = lines.text(line).trim_start().strip_prefix("<details")?;
        let (_, behind) = begun.split_once('>')?;
        let (line, text) = match behind.trim() {
            "" => (line + 1, if line + 1 < lines.count() { lines.text(line + 1) } else { "" }),
            _ => (line, behind),
        };
        let (words, rest) = text.trim_start().strip_prefix("<summary>")?.split_once("</summary>")?;
        let words = without_tags(words);
        let rest = rest.trim().trim_end_matches("</details>");
        (is_key_title(words) || speaks_of_key(words)).then_some(Self { line, words, rest })
    }

    /// Whether it says that more than one question is answered.
    pub fn calls_itself_key(&self) -> bool {
        names_answer_key(self.words)
    }

    /// What it is to the entries below it, which may follow behind other text.
    pub fn title(&self) -> Title<'a> {
        Title { level: Some(1), rest: self.rest }
    }
}

/// Whether what stands before an answer speaks of several.
pub(in crate::import) fn names_several(heading: &str) -> bool {
    let words = without_tags(heading);
    SEVERAL_ANSWERS.behind(words).is_some() || speaks_of_key(words)
}

/// The words of a heading, without tags and other marks around them.
fn without_tags(heading: &str) -> &str {
    let mut words = heading.trim();
    while let Some((_, behind)) = words.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        words = behind.trim_start();
    }
    while let Some((before, _)) = words.strip_suffix('>').and_then(|tag| tag.rsplit_once("</")) {
        words = before.trim_end();
    }
    without_end(words.trim_start_matches(['*', '_', '#', ' ']))
}

/// A title without the marks behind it.
fn without_end(text: &str) -> &str {
    match text.as_bytes().last() {
        Some(last) if last.is_ascii_alphanumeric() => text,
        _ => text.trim_end_matches(['*', '_', '#', ':', '：', ' ', '=', '-']),
    }
}

fn level(begun: &str) -> Option<usize> {
    let level = begun.bytes().take_while(|byte| *byte == b'#').count();
    ((1..=6).contains(&level) && begun[level..].starts_with([' ', '\t'])).then_some(level)
}

/// `Chapter 3: Answer Key`, `Answers and Explanations`, `参考答案与解析`
fn speaks_of_key(heading: &str) -> bool {
    if heading.len() > MOST_TITLE {
        return false;
    }
    let words = without_signs(heading);
    KEYS.iter().any(|key| begins_with_word(words, key) || ends_with_word(words, key))
        || names_answer_key(heading)
        || (!heading.starts_with(|first: char| first.is_ascii())
            && ANSWER_KEY.words().any(|title| heading.starts_with(title)))
}

/// A heading from its first letter or digit to its last one.
fn without_signs(heading: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = heading.as_bytes();
    match is_plain(bytes.first()) && is_plain(bytes.last()) {
        true => heading,
        false => heading.trim_matches(|sign: char| !sign.is_alphanumeric()),
    }
}

/// What a heading of answers begins or ends with.
const KEYS: [&str; 2] = ["answers", "solutions"];

fn begins_with_word(text: &str, word: &str) -> bool {
    let Some((begun, behind)) = text.split_at_checked(word.len()) else { return false };
    is_same(begun, word) && !behind.starts_with(char::is_alphanumeric)
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let end = text.len().checked_sub(word.len()).and_then(|at| text.split_at_checked(at));
    end.is_some_and(|(before, end)| is_same(end, word) && !before.ends_with(char::is_alphanumeric))
}

fn names_answer_key(heading: &str) -> bool {
    let is_key = |key: usize| {
        let words = heading.get(key.checked_sub("answer ".len())?..key + "key".len());
        words.filter(|words| is_same(words, "answer key"))
    };
    memchr2_iter(b'k', b'K', heading.as_bytes()).any(|key| is_key(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_keys_are_told_from_other_lines() {
        let table = [
            ("## Answers", Some("")),
            ("# Chapter 3: Answer Key", Some("")),
            ("### Answers and Explanations", Some("")),
            ("## Chapter 3 – SOLUTIONS!", Some("")),
            ("## Myanswers", None),
            ("## Answersheet", None),
            ("## éanswers", None),
            ("**Answer Key**", Some("")),
            ("**Answers:**", Some("")),
            ("Answers:", Some("")),
            ("--- Solutions ---", Some("")),
            ("答案：", Some("")),
            ("## 参考答案与解析", Some("")),
            ("Answers: 1 B, 2 C", Some("1 B, 2 C")),
            ("Answers: A, C", None),
            ("Answers vary.", None),
            ("## The answer", None),
            ("**Answer: B**", None),
            ("Key points", None),
            ("text", None),
        ];
        for (line, expected) in table {
            assert_eq!(Title::of(line).map(|title| title.rest), expected, "{line}");
        }
    }
}
