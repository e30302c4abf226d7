//! Text as its words, with code and comments set apart: what a sentence says about letters and options
//! cannot be told from what a program says, unless the program is taken out first.

mod characters;
mod reading;

use std::{borrow::Cow, iter, ops::Range};

use super::{
    blanks::trim,
    lines,
    mention::Mention,
    words::{WordList, is_same},
};
use characters::is_invisible;
pub(super) use characters::is_unspaced;
pub(super) use reading::Words;
use reading::is_small_letter;

/// The words of a text, outside code and comments.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prose<'t> {
    text: &'t str,
    pub tokens: &'t [Token],
    /// Which of the tokens are letters, joined or not, or words that tell something.
    telling: &'t [u32],
    has_code: bool,
    /// Where its comments stand, without their marks.
    comments: &'t [Range<usize>],
    /// The first character that nobody sees.
    pub invisible: Option<char>,
}

/// A word, or what else stands between spaces. Marks of emphasis are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub what: What,
    start: u32,
    end: u32,
}

impl Token {
    /// A token of a text that is at most [`super::MOST_BYTES`] long.
    fn new(what: What, start: usize, end: usize) -> Self {
        Self { what, start: start as u32, end: end as u32 }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Word,
    /// A single capital that stands by itself, counted from 0.
    Letter(u8),
    /// A single capital that is joined to something: `T(n)`, `A-Z`, `C++`, `'A'`.
    JoinedLetter(u8),
    /// A code span or a code block.
    Code,
    Sign,
}

/// A set of capital letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Letters(u32);

impl Letters {
    pub fn add(&mut self, letter: u8) {
        self.0 |= 1 << letter;
    }

    pub fn has(self, letter: u8) -> bool {
        self.0 & (1 << letter) != 0
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl<'a> Prose<'a> {
    /// What its comments say to this program, behind `retain:`.
    pub fn directives(&self) -> impl Iterator<Item = &'a str> {
        self.comments.iter().filter_map(|comment| self.directive(comment))
    }

    fn directive(&self, comment: &Range<usize>) -> Option<&'a str> {
        self.text[comment.clone()].trim().strip_prefix("retain:").map(str::trim)
    }

    /// The text without the comments that say to this program what it knows; none where it has no such comment.
    pub fn without_directives(&self, is_known: impl Fn(&str) -> bool) -> Option<String> {
        let is_directive = |comment: &&Range<usize>| self.directive(comment).is_some_and(&is_known);
        let mut directives = self.comments.iter().filter(is_directive).peekable();
        directives.peek()?;
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for Range { start, end } in directives {
            text.push_str(&self.text[at..start - "<!--".len()]);
            at = end + "-->".len();
            at += go_on_behind_line(&mut text, &self.text[at..]);
        }
        text.push_str(&self.text[at..]);
        text.truncate(text.trim_end().len());
        Some(text)
    }

    /// The letters that the code of the text uses as names.
    pub fn code_letters(&self) -> Letters {
        if !self.has_code {
            return Letters::default();
        }
        let code = self.tokens.iter().filter(|token| token.what == What::Code);
        code.map(|token| letters_in_code(&self.text[token.range()])).fold(Letters::default(), Letters::and)
    }

    /// Whether it holds anything that could refer to an option: most texts do not.
    pub fn tells_something(&self) -> bool {
        !self.telling.is_empty()
    }

    /// The places of the letters, joined or not, and of the words that begin what is looked for in prose.
    pub fn telling(&self) -> impl Iterator<Item = usize> {
        self.telling.iter().map(|place| *place as usize)
    }

    /// The places of the letters, joined or not.
    pub fn letters(&self) -> impl Iterator<Item = usize> {
        let is_letter =
            |place: &usize| matches!(self.what(*place), Some(What::Letter(_) | What::JoinedLetter(_)));
        self.telling().filter(is_letter)
    }

    /// The places of small letters by themselves, from `b` on.
    pub fn small_letters(&self) -> impl Iterator<Item = usize> {
        self.telling().filter(|place| is_small_letter(self.word(*place)))
    }

    /// The small letters that the code of the text uses as names.
    pub fn small_letters_in_code(&self) -> Letters {
        let code = self.tokens.iter().filter(|token| self.has_code && token.what == What::Code);
        let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
        let mut letters = Letters::default();
        for name in code.flat_map(|token| self.text[token.range()].split(|sign| !is_name(sign))) {
            if let [letter @ b'a'..=b'z'] = name.as_bytes() {
                letters.add(letter - b'a');
            }
        }
        letters
    }

    /// The places of the words for an option: `option`, `answers`, …
    pub fn options(&self) -> impl Iterator<Item = usize> {
        self.telling().filter(|place| self.is_option(*place))
    }

    /// The text of the token at a place, or nothing when there is none.
    pub fn word(&self, place: usize) -> &'a str {
        self.tokens.get(place).map_or("", |token| &self.text[token.range()])
    }

    pub fn what(&self, place: usize) -> Option<What> {
        self.tokens.get(place).map(|token| token.what)
    }

    /// The sign at a place, where one stands there.
    pub fn sign(&self, place: usize) -> Option<char> {
        let token = self.tokens.get(place).filter(|token| token.what == What::Sign)?;
        self.text[token.range()].chars().next()
    }

    /// The text from its first token on.
    pub fn begun(&self) -> &'a str {
        self.tokens.first().map_or("", |first| &self.text[first.range().start..])
    }

    /// The text from one token to another, as far as they exist, on one line.
    pub fn words(&self, from: usize, to: usize) -> &'a str {
        let Some(last) = self.tokens.len().checked_sub(1) else { return "" };
        let (first, last) = (self.tokens[from.min(last)], self.tokens[to.min(last)]);
        let words = &self.text[first.range().start..last.range().end.max(first.range().end)];
        words.trim_start().lines().next().unwrap_or("")
    }

    /// How many tokens from one on say the same as another text, which is short, not empty and not a single letter.
    pub fn said_at(&self, place: usize, other: &Prose<'_>) -> Option<usize> {
        let bare = |word: &'a str| word.trim_matches('`');
        let same =
            |at: usize| bare(self.word(place + at)).eq_ignore_ascii_case(other.word(at).trim_matches('`'));
        let length =
            other.tokens.len() - usize::from(other.sign(other.tokens.len().wrapping_sub(1)) == Some('.'));
        let is_letter = matches!(other.what(0), Some(What::Letter(_) | What::JoinedLetter(_))) && length == 1;
        let says = (1..=LONGEST_SAID).contains(&length) && !is_letter && (0..length).all(same);
        says.then_some(length)
    }

    /// Words of this text, with what tells them from the same words elsewhere in it.
    pub fn mention<'w>(&self, words: &'w str) -> Mention<'w> {
        Mention::of(words, self.text)
    }

    /// Whether the word at a place is this one, which is in small letters, in any case.
    pub fn is(&self, place: usize, word: &str) -> bool {
        is_same(self.word(place), word)
    }

    /// Whether the word at a place is one for an option.
    pub fn is_option(&self, place: usize) -> bool {
        let word = self.word(place);
        OPTIONS.has(word.strip_suffix('s').unwrap_or(word)) || is_option_in_han(word)
    }

    /// The text as a reader sees it.
    pub fn visible(&self) -> Cow<'a, str> {
        if self.invisible.is_none() && self.comments.is_empty() {
            return Cow::Borrowed(trim(self.text));
        }
        let ends = self.comments.iter().map(|comment| comment.end + "-->".len());
        let begins = self.comments.iter().map(|comment| comment.start - "<!--".len());
        let shown = iter::once(0).chain(ends).zip(begins.chain([self.text.len()]));
        let shown = shown.flat_map(|(from, to)| self.text.get(from..to).unwrap_or_default().chars());
        Cow::Owned(shown.filter(|sign| !is_invisible(*sign)).collect::<String>().trim().to_owned())
    }

    /// Whether a digit stands in it, those in code too. Without an end before the last byte, many bytes are looked at
    /// together.
    pub fn holds_digit(&self) -> bool {
        self.text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit())
    }

    /// The words of the text that begin with a digit, those in code too.
    pub fn numbers(&self) -> impl Iterator<Item = &'a str> {
        let words = self.text.split(|sign: char| !sign.is_alphanumeric());
        words.filter(|word| word.starts_with(|first: char| first.is_ascii_digit()))
    }

    pub fn is_any(&self, place: usize, words: &[&str]) -> bool {
        let word = self.word(place);
        words.iter().any(|known| is_same(word, known))
    }
}

/// Ends a text with a paragraph where something was taken out that had lines for itself, and says how many bytes the
/// blank lines behind it have. The next paragraph keeps its indentation.
fn go_on_behind_line(text: &mut String, behind: &str) -> usize {
    let blank = &behind[..behind.len() - behind.trim_start().len()];
    // Lines of nothing but blanks are short.
    let tail = &text.as_bytes()[text.len().saturating_sub(MOST_BLANKS)..];
    let written = tail.iter().rposition(|byte| !matches!(byte, b' ' | b'\t'));
    let begins_line = written.map_or(tail.len() == text.len(), |last| tail[last] == b'\n');
    let Some(last) = blank.rfind('\n').filter(|_| begins_line) else { return 0 };
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    last + 1
}

/// A text of more tokens is not looked for in others.
const LONGEST_SAID: usize = 32;

/// So many blanks before a comment are looked at.
const MOST_BLANKS: usize = 256;

/// Words for an option, also in Spanish, German and French.
#[rustfmt::skip]
const OPTIONS: WordList = WordList::of(&[
    "option", "opción", "choice", "answer", "alternative", "antwort", "distractor", "respuesta",
    "réponse",
]);

/// Whether words without spaces between them end in one for an option: `正确答案是`, `选项`.
fn is_option_in_han(words: &str) -> bool {
    if words.is_ascii() {
        return false;
    }
    let words = words.trim_end_matches(['是', '为', '為', 'は']);
    ["选项", "選項", "答案", "選択肢", "正解", "答え"].iter().any(|noun| words.ends_with(noun))
}

/// The single capitals in code, and those in quoted strings of capitals such as `'ABC'`.
fn letters_in_code(code: &str) -> Letters {
    let mut letters = Letters::default();
    let bytes = code.as_bytes();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut at = 0;
    while let Some(capital) = bytes[at..].iter().position(u8::is_ascii_uppercase) {
        let from = at + capital;
        at = from + bytes[from..].iter().take_while(|byte| is_name(byte)).count();
        let before = from.checked_sub(1).map(|before| bytes[before]);
        let is_inside_name = before.as_ref().is_some_and(is_name);
        let quoted = matches!(before, Some(b'\'' | b'"'));
        let name = &bytes[from..at];
        if !is_inside_name && name.iter().all(u8::is_ascii_uppercase) && (name.len() == 1 || quoted) {
            name.iter().for_each(|letter| letters.add(letter - b'A'));
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        let mut words = Words::default();
        let prose = words.read(text);
        let is_letter = |place: &usize| matches!(prose.what(*place), Some(What::Letter(_)));
        let letters = (0..prose.tokens.len()).filter(is_letter).map(|place| prose.word(place));
        letters.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn letters_by_themselves_are_told_from_parts_of_names() {
        let table = [
            ("A is right, **B** is not", "A B"),
            ("(A) and B's", "A B's"),
            ("T(n), f(A), A-Z, C++, C#, A*, 'A', A/B, A.x, `A`", ""),
            ("```\nA\n```\nB", "B"),
            ("<!-- A --> B", "B"),
            ("``A ` B`` C", "C"),
            ("` A ``` B", "A B"),
        ];
        for (text, expected) in table {
            assert_eq!(letters(text), expected, "{text}");
        }
    }

    #[test]
    fn code_names_letters() {
        let names = Words::default().read("`A = 1` and\n```\nclass C:\n  AB\n```\n`'DE'`").code_letters();
        let named: String =
            (0..26).filter(|letter| names.has(*letter)).map(|at| char::from(b'A' + at)).collect();
        assert_eq!(named, "ACDE");
    }

    #[test]
    fn what_speaks_to_the_program_is_taken_out_of_the_text() {
        let table = [
            ("Which?\n\n<!-- retain: shuffle -->", Some("Which?")),
            ("<!-- retain: shuffle -->\n\n    code", Some("    code")),
            ("Which?\n<!--retain:shuffle-->\n\n- one", Some("Which?\n\n- one")),
            ("Which <!-- retain: shuffle -->of them?", Some("Which of them?")),
            ("a <!-- retain: shuffle -->\nb<!-- retain: shuffle -->", Some("a \nb")),
            ("`<!-- retain: shuffle -->` <!-- other --> <!-- retain: huh -->", None),
        ];
        for (text, expected) in table {
            let mut words = Words::default();
            let told = words.read(text).without_directives(|directive| directive == "shuffle");
            assert_eq!(told.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn comments_speak_to_the_program() {
        let table = [
            ("x <!-- retain: shuffle --> <!-- other -->", vec!["shuffle"]),
            ("`<!-- retain: shuffle -->` <!-- retain: open", vec![]),
        ];
        for (text, directives) in table {
            assert_eq!(Words::default().read(text).directives().collect::<Vec<_>>(), directives, "{text}");
        }
    }
}
