//! Text as its words, with code and comments set apart: what a sentence says about letters and options
//! cannot be told from what a program says, unless the program is taken out first.

use memchr::memchr;

use super::{markdown, mention::Mention, words::WordList};

/// The words of a text, outside code and comments.
#[derive(Debug, Default)]
pub(super) struct Prose<'a> {
    text: &'a str,
    pub tokens: Vec<Token>,
    /// Which of the tokens are letters, joined or not, or words that tell something.
    telling: Vec<u32>,
    /// The letters that the code of the text uses as names.
    pub code_letters: Letters,
    /// What its comments say to this program, behind `retain:`.
    pub directives: Vec<&'a str>,
}

/// A word, or what else stands between spaces. Marks of emphasis are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub what: What,
    start: u32,
    end: u32,
}

impl Token {
    fn range(self) -> std::ops::Range<usize> {
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
    pub fn of(text: &'a str) -> Self {
        let tokens = Vec::with_capacity(text.len() / 4 + 2);
        let mut reader =
            Reader { prose: Self { text, tokens, ..Self::default() }, at: 0, comments_end: true };
        reader.read();
        reader.prose
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
        self.word(place).chars().next().filter(|_| self.what(place) == Some(What::Sign))
    }

    /// The text from one token to another, as far as they exist, on one line.
    pub fn words(&self, from: usize, to: usize) -> &'a str {
        let Some(last) = self.tokens.len().checked_sub(1) else { return "" };
        let (first, last) = (self.tokens[from.min(last)], self.tokens[to.min(last)]);
        let words = &self.text[first.range().start..last.range().end.max(first.range().end)];
        words.trim_start().lines().next().unwrap_or("")
    }

    /// Words of this text, with what tells them from the same words elsewhere in it.
    pub fn mention<'w>(&self, words: &'w str) -> Mention<'w> {
        Mention::of(words, self.text)
    }

    /// Whether the word at a place is this one, in any case.
    pub fn is(&self, place: usize, word: &str) -> bool {
        self.word(place).eq_ignore_ascii_case(word)
    }

    /// Whether the word at a place is one for an option.
    pub fn is_option(&self, place: usize) -> bool {
        let word = self.word(place);
        OPTIONS.has(word.strip_suffix('s').unwrap_or(word)) || is_option_in_han(word)
    }

    /// Whether a word stands anywhere in the text, in code too.
    pub fn text_has(&self, word: &str) -> bool {
        self.text.split(|sign: char| !sign.is_alphanumeric()).any(|found| found == word)
    }

    pub fn is_any(&self, place: usize, words: &[&str]) -> bool {
        let word = self.word(place);
        words.iter().any(|known| known.len() == word.len() && word.eq_ignore_ascii_case(known))
    }
}

struct Reader<'a> {
    prose: Prose<'a>,
    at: usize,
    /// Whether a comment that begins here may still end: false once one was seen that does not.
    comments_end: bool,
}

/// The longest run of backticks that begins a code span. It bounds the search for their ends.
const MOST_BACKTICKS: usize = 16;

impl<'a> Reader<'a> {
    fn read(&mut self) {
        self.code_blocks();
        while let Some(first) = self.byte(self.at) {
            let kind = kind(first);
            // Asked first, since most of a text is words.
            if kind == Kind::Word {
                self.word();
                continue;
            }
            match kind {
                Kind::Blank => self.at += 1,
                Kind::Word => self.word(),
                Kind::LineEnd => {
                    self.push(What::Sign, 1);
                    self.code_blocks();
                }
                Kind::Tick => self.code_span(),
                Kind::Sign if first == b'<' && self.comment() => {}
                Kind::Sign => self.push(What::Sign, 1),
                Kind::Emphasis if !self.is_spaced(1) => self.at += 1,
                Kind::Emphasis | Kind::Other => self.other(),
            }
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.prose.text.as_bytes().get(at).copied()
    }

    /// What is not plain: signs and words of other scripts.
    fn other(&mut self) {
        let first = self.rest().chars().next().unwrap_or('\n');
        match first {
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            _ if first.is_alphanumeric() || first == '_' => self.word(),
            _ => self.sign(first),
        }
    }

    fn rest(&self) -> &'a str {
        &self.prose.text[self.at..]
    }

    fn push(&mut self, what: What, length: usize) {
        let (start, end) = (self.at, self.at + length);
        self.prose.tokens.push(Token { what, start: offset(start), end: offset(end) });
        self.at = end;
    }

    fn sign(&mut self, sign: char) {
        self.push(What::Sign, sign.len_utf8());
    }

    /// Whether what stands here, this many bytes long, has spaces on both sides.
    fn is_spaced(&self, length: usize) -> bool {
        let before = self.prose.text[..self.at].chars().next_back();
        let behind = self.rest()[length..].chars().next();
        before.is_none_or(char::is_whitespace) && behind.is_none_or(char::is_whitespace)
    }

    /// The code blocks that begin with the line that begins here.
    fn code_blocks(&mut self) {
        while matches!(self.byte(self.at), Some(b' ' | b'\t' | b'`' | b'~')) && self.code_block() {}
    }

    fn code_block(&mut self) -> bool {
        let block = self.rest();
        let mut begun = block.bytes().skip_while(|byte| matches!(byte, b' ' | b'\t'));
        if !matches!(begun.next(), Some(b'`' | b'~')) {
            return false;
        }
        let first_line = block.lines().next().unwrap_or("");
        let Some((fence, _)) = markdown::fence_opening(first_line) else { return false };
        let mut length = 0;
        for (place, line) in block.split_inclusive('\n').enumerate() {
            length += line.len();
            if place > 0 && markdown::fence_closes(line.trim_end_matches('\n'), fence) {
                break;
            }
        }
        self.code(length);
        true
    }

    fn code_span(&mut self) {
        let span = self.rest();
        let marks = span.bytes().take_while(|byte| *byte == b'`').count();
        match code_span_length(span, marks) {
            Some(length) => self.code(length),
            None => self.at += marks,
        }
    }

    fn code(&mut self, length: usize) {
        let letters = letters_in_code(&self.rest()[..length]);
        self.prose.code_letters = self.prose.code_letters.and(letters);
        self.push(What::Code, length);
    }

    fn comment(&mut self) -> bool {
        let rest = self.rest();
        if !self.comments_end || !rest.starts_with("<!--") {
            return false;
        }
        let Some(length) = rest.find("-->") else {
            self.comments_end = false;
            return false;
        };
        if let Some(directive) = rest[4..length.max(4)].trim().strip_prefix("retain:") {
            self.prose.directives.push(directive.trim());
        }
        self.at += length + 3;
        true
    }

    #[inline]
    fn word(&mut self) {
        let bytes = &self.prose.text.as_bytes()[self.at..];
        let plain = bytes.iter().position(|byte| kind(*byte) != Kind::Word).unwrap_or(bytes.len());
        let goes_on = bytes.get(plain).is_some_and(may_go_on);
        let length = if goes_on { word_length(self.rest()) } else { plain };
        let tells = may_tell(bytes[0], length);
        let what = if tells { self.telling_word(length) } else { What::Word };
        self.push(what, length);
        // Most words are followed by one blank.
        self.at += usize::from(self.byte(self.at) == Some(b' '));
    }

    /// What a word is that may be a letter or tell something. If it is, its place is kept.
    #[inline(never)]
    fn telling_word(&mut self, length: usize) -> What {
        let word = &self.rest()[..length];
        let letter = self.letter(word);
        if letter.is_some() || is_telling(word) {
            self.prose.telling.push(offset(self.prose.tokens.len()));
        }
        letter.unwrap_or(What::Word)
    }

    /// The letter that a word is, if it is one.
    fn letter(&self, word: &str) -> Option<What> {
        let letter = word.as_bytes()[0];
        if !letter.is_ascii_uppercase() || !matches!(&word[1..], "" | "'s" | "’s") {
            return None;
        }
        let place = letter - b'A';
        Some(if self.is_joined(word.len()) { What::JoinedLetter(place) } else { What::Letter(place) })
    }

    fn is_joined(&self, length: usize) -> bool {
        let mut before = self.prose.text[..self.at].chars().rev();
        let (last, second_last) = (before.next(), before.next());
        let mut behind = self.rest()[length..].chars();
        let (first, second) = (behind.next(), behind.next());
        let is_called = last == Some('(') && second_last.is_some_and(char::is_alphanumeric);
        let joins_before =
            last.is_some_and(|sign| joins(sign) || matches!(sign, '.' | '_' | '@' | '$' | '\\'));
        let joins_behind = first.is_some_and(|sign| joins(sign) || matches!(sign, '_' | '(' | '['));
        let starred = first == Some('*') && last != Some('*') && second != Some('*');
        let dotted = first == Some('.') && second.is_some_and(char::is_alphanumeric);
        is_called || joins_before || joins_behind || starred || dotted
    }
}

/// Whether a sign joins a letter to a name or a formula, when no space is between.
#[rustfmt::skip]
fn joins(sign: char) -> bool {
    matches!(
        sign,
        '-' | '/' | '+' | '#' | '\'' | '"' | '’' | '^' | '&' | '=' | '|' | '<' | '>' | '≤' | '≥' | '≠' | '≈'
            | '∪' | '∩' | '∈' | '⊂' | '⊆' | '×' | '·' | '→' | '∧' | '∨'
    )
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a text is at most MOST_BYTES long")
}

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

/// Words for an option, those for its place and what is said of it, and those that begin the phrases of
/// [`super::remarks`]: nothing else needs a look.
#[rustfmt::skip]
const TELLING: WordList = WordList::of(&[
    "option", "options", "on", "choice", "choices", "correct", "above", "answer", "answers", "alternative", "alternatives",
    "distractor", "distractors", "former", "false", "latter", "let", "let's", "wrong", "wait",
    "incorrect", "i", "i'll", "isn't", "right", "re", "true", "should", "scratch",
]);

fn is_telling(word: &str) -> bool {
    TELLING.has(word) || word.get(..3).is_some_and(|begun| begun.eq_ignore_ascii_case("hmm"))
}

/// A quick look at a word's first byte and length: it may be a telling word, a hum or a letter (`A`, `A's`, `A’s`).
fn may_tell(first: u8, length: usize) -> bool {
    TELLING.may_have(first, length)
        || matches!(first, b'h' | b'H')
        || (matches!(length, 1 | 3 | 5) && first.is_ascii_uppercase())
}

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    LineEnd,
    Word,
    Tick,
    Emphasis,
    Sign,
    /// What takes more than a byte to know.
    Other,
}

/// Looked up, since it is asked of every byte of a text.
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        kinds[byte as usize] = match byte {
            b' ' | b'\t' => Kind::Blank,
            b'`' => Kind::Tick,
            b'*' | b'_' => Kind::Emphasis,
            b'\n' => Kind::LineEnd,
            _ if byte.is_ascii_alphanumeric() => Kind::Word,
            _ if byte.is_ascii_punctuation() => Kind::Sign,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

fn kind(byte: u8) -> Kind {
    KINDS[usize::from(byte)]
}

/// How long the word at the beginning is. Words hold apostrophes (`don't`) and underscores, and end where
/// a script without spaces begins or ends.
fn word_length(text: &str) -> usize {
    let unspaced = text.starts_with(is_unspaced);
    let mut at = 0;
    loop {
        if !unspaced {
            at += text[at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        }
        let mut rest = text[at..].chars();
        let Some(next) = rest.next() else { return at };
        let joins = matches!(next, '\'' | '’' | '_') && rest.next().is_some_and(char::is_alphanumeric);
        let goes_on = joins || (!next.is_ascii() && next.is_alphanumeric());
        if !goes_on || is_unspaced(next) != unspaced {
            return at.max(1);
        }
        at += next.len_utf8();
    }
}

/// Whether a character is of a script that puts no spaces between words, or joins particles to what stands
/// before them: a Latin letter beside it is a word of its own.
pub(super) fn is_unspaced(sign: char) -> bool {
    matches!(sign, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a word may go on with this byte, though it is no letter or digit.
fn may_go_on(byte: &u8) -> bool {
    matches!(byte, b'\'' | b'_') || !byte.is_ascii()
}

/// How long a code span is that begins with so many backticks, if it ends.
fn code_span_length(span: &str, marks: usize) -> Option<usize> {
    if marks > MOST_BACKTICKS {
        return None;
    }
    let mut at = marks;
    while let Some(found) = memchr(b'`', &span.as_bytes()[at..]) {
        at += found;
        let run = span[at..].bytes().take_while(|byte| *byte == b'`').count();
        at += run;
        if run == marks {
            return Some(at);
        }
    }
    None
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

    fn letters(text: &str) -> Vec<&str> {
        let prose = Prose::of(text);
        let is_letter = |place: &usize| matches!(prose.what(*place), Some(What::Letter(_)));
        (0..prose.tokens.len()).filter(is_letter).map(|place| prose.word(place)).collect()
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
            assert_eq!(letters(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn code_names_letters() {
        let names = Prose::of("`A = 1` and\n```\nclass C:\n  AB\n```\n`'DE'`").code_letters;
        let named: String =
            (0..26).filter(|letter| names.has(*letter)).map(|at| char::from(b'A' + at)).collect();
        assert_eq!(named, "ACDE");
    }

    #[test]
    fn comments_speak_to_the_program() {
        assert_eq!(Prose::of("x <!-- retain: shuffle --> <!-- other -->").directives, ["shuffle"]);
        assert!(Prose::of("`<!-- retain: shuffle -->` <!-- retain: open").directives.is_empty());
    }
}
