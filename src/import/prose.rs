//! Text as its words, with code and comments set apart: what a sentence says about letters and options
//! cannot be told from what a program says, unless the program is taken out first.

use super::markdown;

/// The words of a text, outside code and comments.
#[derive(Debug, Default)]
pub(super) struct Prose<'a> {
    text: &'a str,
    pub tokens: Vec<Token>,
    /// Which of the tokens are letters, joined or not.
    pub letters: Vec<usize>,
    /// Which of the tokens are words for an option: `option`, `answers`, …
    pub options: Vec<usize>,
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
    Sign(char),
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
        let tokens = Vec::with_capacity(text.len() / 4);
        let mut reader =
            Reader { prose: Self { text, tokens, ..Self::default() }, at: 0, comments_end: true };
        reader.read();
        reader.prose
    }

    /// The text of the token at a place, or nothing when there is none.
    pub fn word(&self, place: usize) -> &'a str {
        self.tokens.get(place).map_or("", |token| &self.text[token.range()])
    }

    pub fn what(&self, place: usize) -> Option<What> {
        self.tokens.get(place).map(|token| token.what)
    }

    /// The text from one token to another, as far as they exist, on one line.
    pub fn words(&self, from: usize, to: usize) -> &'a str {
        let Some(last) = self.tokens.len().checked_sub(1) else { return "" };
        let (first, last) = (self.tokens[from.min(last)], self.tokens[to.min(last)]);
        let words = &self.text[first.range().start..last.range().end.max(first.range().end)];
        words.trim_start().lines().next().unwrap_or("")
    }

    /// Whether the word at a place is this one, in any case.
    pub fn is(&self, place: usize, word: &str) -> bool {
        self.word(place).eq_ignore_ascii_case(word)
    }

    /// Whether the word at a place is one for an option.
    pub fn is_option(&self, place: usize) -> bool {
        self.options.binary_search(&place).is_ok()
    }

    pub fn is_any(&self, place: usize, words: &[&str]) -> bool {
        let word = self.word(place);
        words.iter().any(|known| word.eq_ignore_ascii_case(known))
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
        let mut at_line_start = true;
        while let Some(first) = self.prose.text.as_bytes().get(self.at).copied() {
            if at_line_start && self.code_block() {
                continue;
            }
            at_line_start = first == b'\n';
            match first {
                b' ' | b'\t' => self.at += 1,
                b'\n' => self.sign('\n'),
                b'`' => self.code_span(),
                b'<' if self.comment() => {}
                b'*' | b'_' if !self.is_spaced(1) => self.at += 1,
                _ if first.is_ascii_alphanumeric() => self.word(),
                _ => self.other(),
            }
        }
    }

    /// What is not plain: signs, and words of other scripts.
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
        self.push(What::Sign(sign), sign.len_utf8());
    }

    /// Whether what stands here, this many bytes long, has spaces on both sides.
    fn is_spaced(&self, length: usize) -> bool {
        let before = self.prose.text[..self.at].chars().next_back();
        let behind = self.rest()[length..].chars().next();
        before.is_none_or(char::is_whitespace) && behind.is_none_or(char::is_whitespace)
    }

    fn code_block(&mut self) -> bool {
        let block = self.rest();
        if !block.trim_start_matches([' ', '\t']).starts_with(['`', '~']) {
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

    fn word(&mut self) {
        let rest = self.rest();
        let length = word_length(rest);
        let letter = rest.as_bytes()[0];
        let is_letter = letter.is_ascii_uppercase() && matches!(&rest[1..length], "" | "'s" | "’s");
        if !is_letter {
            if is_option(&rest[..length]) {
                self.prose.options.push(self.prose.tokens.len());
            }
            return self.push(What::Word, length);
        }
        let place = letter - b'A';
        let joined = self.is_joined(length);
        self.prose.letters.push(self.prose.tokens.len());
        self.push(if joined { What::JoinedLetter(place) } else { What::Letter(place) }, length);
    }

    fn is_joined(&self, length: usize) -> bool {
        let mut before = self.prose.text[..self.at].chars().rev();
        let (last, second_last) = (before.next(), before.next());
        let mut behind = self.rest()[length..].chars();
        let (first, second) = (behind.next(), behind.next());
        let is_called = last == Some('(') && second_last.is_some_and(char::is_alphanumeric);
        let joins_before = last.is_some_and(|sign| JOINING.contains(sign) || "._@$\\".contains(sign));
        let joins_behind = first.is_some_and(|sign| JOINING.contains(sign) || "_([".contains(sign));
        let starred = first == Some('*') && last != Some('*') && second != Some('*');
        let dotted = first == Some('.') && second.is_some_and(char::is_alphanumeric);
        is_called || joins_before || joins_behind || starred || dotted
    }
}

/// What joins a letter to a name or a formula, when no space is between.
const JOINING: &str = "-/+#'\"’^&=|<>≤≥≠≈∪∩∈⊂⊆×·→∧∨";

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a text is at most MOST_BYTES long")
}

/// Whether a word is one for an option.
fn is_option(word: &str) -> bool {
    const OPTIONS: [&str; 5] = ["option", "choice", "answer", "alternative", "distractor"];
    let singular = word.strip_suffix('s').unwrap_or(word);
    let may_be = matches!(singular.len(), 6 | 10 | 11);
    may_be && OPTIONS.iter().any(|option| singular.eq_ignore_ascii_case(option))
}

/// How long the word at the beginning is. Words hold apostrophes (`don't`) and underscores.
fn word_length(text: &str) -> usize {
    let mut at = 0;
    loop {
        at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let mut rest = text[at..].chars();
        let Some(next) = rest.next() else { return at };
        let joins = matches!(next, '\'' | '’' | '_') && rest.next().is_some_and(char::is_alphanumeric);
        if !joins && (next.is_ascii() || !next.is_alphanumeric()) {
            return at.max(1);
        }
        at += next.len_utf8();
    }
}

/// How long a code span is that begins with so many backticks, if it ends.
fn code_span_length(span: &str, marks: usize) -> Option<usize> {
    if marks > MOST_BACKTICKS {
        return None;
    }
    let mut at = marks;
    while let Some(found) = span[at..].find('`') {
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
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| is_name(byte)).count();
        let name = &bytes[at..at + length];
        let quoted = at > 0 && matches!(bytes[at - 1], b'\'' | b'"');
        if name.iter().all(u8::is_ascii_uppercase) && (length == 1 || quoted) {
            name.iter().for_each(|letter| letters.add(letter - b'A'));
        }
        at += length + 1;
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
