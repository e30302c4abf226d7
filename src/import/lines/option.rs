//! The letter before an option: `A)`, `(b)`, `- **C.** its text`. Looks at single lines.

use memchr::memchr_iter;

use crate::import::blanks::{trim, trim_start};

/// The letter of an option and the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Label<'a> {
    /// Counted from 0.
    pub letter: u8,
    pub style: Style,
    pub text: &'a str,
    /// Where the letter stands, in bytes from the beginning of the line.
    pub offset: usize,
}

impl Label<'_> {
    /// Whether it seems to belong to the list of another one: it is written alike and not indented more.
    pub fn is_beside(&self, other: &Label<'_>) -> bool {
        self.style == other.style && self.offset <= other.offset
    }

    /// Where the letter of the next option stands in the text of this one, written alike: `one  B) two`. Counted in
    /// bytes.
    pub fn next_in_its_text(&self) -> Option<usize> {
        // Behind Z comes no letter.
        if self.letter >= 25 {
            return None;
        }
        let letter = if self.style.capital { b'A' } else { b'a' } + self.letter + 1;
        let text = self.text.as_bytes();
        let begins = |closing: usize| {
            let (opening, mark): (&[u8], &[u8]) = match self.style.delimiter {
                Delimiter::Parenthesis => (b" ", &[letter]),
                Delimiter::Parentheses => (b" (", &[letter]),
                Delimiter::Point | Delimiter::Colon | Delimiter::AsciiColon | Delimiter::Comma => {
                    return None;
                }
            };
            let before = text[..closing].strip_suffix(mark)?.strip_suffix(opening)?;
            let is_code = before.iter().filter(|byte| **byte == b'`').count() % 2 == 1;
            let count = |sign: u8| before.iter().filter(|byte| **byte == sign).count();
            let is_apart = text.get(closing + 1).is_none_or(|byte| *byte == b' ');
            (is_apart && !is_code && count(b'(') <= count(b')')).then_some(before.len() + 1)
        };
        memchr_iter(b')', text).take(MOST_MARKS).find_map(begins)
    }

    /// Whether it is the next one of the list that another one belongs to.
    pub fn is_next_to(&self, before: &Label<'_>) -> bool {
        self.is_beside(before) && self.letter == before.letter + 1
    }
}

/// So many closing parentheses of an option are looked at for another option.
const MOST_MARKS: usize = 64;

/// How an author writes the letters of options. Those of one question are written alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Style {
    capital: bool,
    listed: bool,
    bold: bool,
    delimiter: Delimiter,
}

impl Style {
    /// Whether another one differs in that it is bold, or not, and in nothing else.
    pub fn differs_in_weight(self, other: Self) -> bool {
        self.bold != other.bold && Self { bold: other.bold, ..self } == other
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delimiter {
    /// `A)`
    Parenthesis,
    /// `(A)`
    Parentheses,
    /// `A.`
    Point,
    /// `Ａ：`
    Colon,
    /// `A: `
    AsciiColon,
    /// `A、`
    Comma,
}

/// The option that a line begins.
pub(in crate::import) fn label(line: &str) -> Option<Label<'_>> {
    any_label(line).filter(|label| label.style.delimiter != Delimiter::AsciiColon)
}

/// The option that a line begins, where `A: text` is one as well. Prose begins like that, too.
pub(in crate::import) fn any_label(line: &str) -> Option<Label<'_>> {
    label_by(lettered, line)
}

/// The option that a line begins without a blank behind its mark: `C.text`, `C:text`. Code begins like that, too: only
/// the options above it tell what it is.
pub(in crate::import) fn tight_label(line: &str) -> Option<Label<'_>> {
    label_by(tightly_lettered, line)
}

fn label_by<'a>(
    lettered: impl Fn(&'a str) -> Option<(Letter, Delimiter, &'a str)>,
    line: &'a str,
) -> Option<Label<'a>> {
    let begun = trim_start(line);
    let is_bulleted = matches!(begun.as_bytes(), [b'-' | b'*' | b'+', b' ' | b'\t', ..]);
    let bulleted = is_bulleted.then(|| &begun[1..]);
    let inner = bulleted.map_or(begun, trim_start);
    let unmarked = inner.strip_prefix("**");
    let (letter, delimiter, text) = lettered(unmarked.unwrap_or(inner))?;
    let offset = line.len() - unmarked.unwrap_or(inner).len();
    let style = Style { capital: letter.1, listed: bulleted.is_some(), bold: unmarked.is_some(), delimiter };
    let text = if unmarked.is_some() { without_bold_end(text) } else { text };
    Some(Label { letter: letter.0, style, text: trim(text), offset })
}

fn without_bold_end(text: &str) -> &str {
    let behind_letter = text.strip_prefix("**");
    behind_letter.or_else(|| text.trim_end().strip_suffix("**")).unwrap_or(text)
}

/// A letter's place in the alphabet, counted from 0, and whether it is a capital.
pub(in crate::import) type Letter = (u8, bool);

fn lettered(text: &str) -> Option<(Letter, Delimiter, &str)> {
    let mut rest = text.chars();
    let first = rest.next()?;
    if matches!(first, '(' | '（') {
        let letter = letter(rest.next()?)?;
        let closed = matches!(rest.next()?, ')' | '）');
        return closed.then_some((letter, Delimiter::Parentheses, rest.as_str()));
    }
    let letter = letter(first)?;
    let mark = rest.next()?;
    let behind = rest.as_str();
    let spaced = matches!(behind.as_bytes(), [] | [b' ' | b'\t' | b'*', ..]);
    let delimiter = match mark {
        ')' | '）' => Delimiter::Parenthesis,
        '.' if spaced => Delimiter::Point,
        '．' => Delimiter::Point,
        '：' => Delimiter::Colon,
        ':' if spaced => Delimiter::AsciiColon,
        '、' => Delimiter::Comma,
        _ => return None,
    };
    Some((letter, delimiter, behind))
}

/// `C.text`, but neither `e.g.` nor `C:\path` nor `C::text`.
fn tightly_lettered(text: &str) -> Option<(Letter, Delimiter, &str)> {
    let mut rest = text.chars();
    let letter = letter(rest.next()?)?;
    let delimiter = match rest.next()? {
        '.' => Delimiter::Point,
        ':' => Delimiter::AsciiColon,
        _ => return None,
    };
    let behind = rest.as_str();
    let mut signs = behind.chars();
    let begins = signs.next().is_some_and(|first| !first.is_whitespace() && !"*.:/\\".contains(first));
    (begins && signs.next() != Some('.')).then_some((letter, delimiter, behind))
}

pub(in crate::import) fn letter(letter: char) -> Option<Letter> {
    match letter {
        'A'..='Z' => Some((letter as u8 - b'A', true)),
        'a'..='z' => Some((letter as u8 - b'a', false)),
        'Ａ'..='Ｚ' => Some(((letter as u32 - 'Ａ' as u32) as u8, true)),
        'ａ'..='ｚ' => Some(((letter as u32 - 'ａ' as u32) as u8, false)),
        _ => None,
    }
}

/// Whether a line begins with the letter of an option, counted from 0, however that is marked.
pub(in crate::import) fn begins_with_letter(line: &str, nth: u8) -> bool {
    if line.starts_with("  ") || line.starts_with('\t') {
        return false;
    }
    let begun = line.trim_start_matches([' ', '>', '-', '*', '+', '(', '[', '_', '~']);
    let mut signs = begun.chars();
    let is_letter = signs.next().and_then(letter).is_some_and(|(place, _)| place == nth);
    let behind = signs.as_str().trim_start_matches(['*', '_', '\\']);
    let marked = behind.strip_prefix([')', ']', '.', ':', '）', '．', '：']);
    is_letter && marked.is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '\t', '*', ')']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_written_in_many_ways() {
        let table = [
            ("A) one", Some((0, "one"))),
            ("B)\tone", Some((1, "one"))),
            ("C)one", Some((2, "one"))),
            ("  d) one", Some((3, "one"))),
            ("A. one", Some((0, "one"))),
            ("(E) one", Some((4, "one"))),
            ("- A) one", Some((0, "one"))),
            ("* (b) one", Some((1, "one"))),
            ("**A)** one", Some((0, "one"))),
            ("**A) one**", Some((0, "one"))),
            ("Ａ）one", Some((0, "one"))),
            ("Ｂ：one", Some((1, "one"))),
            ("C：one", Some((2, "one"))),
            ("D、one", Some((3, "one"))),
            ("A)", Some((0, ""))),
            ("A.b", None),
            ("AB) one", None),
            ("A: one", None),
            ("1) one", None),
            ("A one", None),
            ("(A mutex)", None),
        ];
        for (line, expected) in table {
            assert_eq!(label(line).map(|label| (label.letter, label.text)), expected, "{line}");
        }
    }

    #[test]
    fn a_letter_without_a_blank_behind_its_mark_goes_on_with_a_list() {
        let table = [
            ("A. one", "B.two", Some((1, "two"))),
            ("- A: one", "- B:`two`", Some((1, "`two`"))),
            ("A: one", "- B:two", None),
            ("A. one", "C.three", None),
            ("A. one", "    B.two()", None),
            ("A. one", "B..C", None),
            ("D. one", "E.g. this", None),
            ("B: one", "C:\\path", None),
            ("B: one", "C::new()", None),
        ];
        for (before, line, expected) in table {
            let next = tight_label(line).filter(|label| label.is_next_to(&any_label(before).unwrap()));
            assert_eq!(next.map(|label| (label.letter, label.text)), expected, "{before} {line}");
        }
    }
}
