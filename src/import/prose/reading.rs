//! The reading of texts into words, byte by byte: most of the time that it takes to read a chapter is spent here.

use std::{iter, ops::Range};

use memchr::memchr;

use super::{
    Prose, Token, What,
    characters::{
        Kind, alphanumerics, first_invisible, is_invisible, is_of_word, kind, may_go_on, word_length,
    },
    lines,
};
use crate::import::words::{Lengths, WordList};

/// Room for the words of some texts, which is used again for those of others: a chapter has thousands of texts.
#[derive(Default)]
pub(in crate::import) struct Words {
    tokens: Vec<Token>,
    telling: Vec<u32>,
    comments: Vec<Range<usize>>,
    texts: Vec<TextRead>,
}

/// What is known of one text of [`Words`].
#[derive(Clone, Copy, Default)]
struct TextRead {
    end: Extent,
    has_code: bool,
    invisible: Option<char>,
}

/// How far the parts of [`Words`] go up to the end of a text. Those of the next text begin there.
#[derive(Clone, Copy, Default)]
struct Extent {
    tokens: usize,
    telling: usize,
    comments: usize,
}

/// So many tokens are room enough for usual questions; more is given back.
const MOST_ROOM: usize = 1 << 14;

impl Words {
    /// Reads a text. What was read before is forgotten.
    pub fn read<'t>(&'t mut self, text: &'t str) -> Prose<'t> {
        self.read_each(iter::once(text)).next().expect("one for each text")
    }

    /// Reads texts. What was read before is forgotten.
    pub fn read_each<'t>(
        &'t mut self,
        texts: impl Iterator<Item = &'t str> + Clone,
    ) -> impl Iterator<Item = Prose<'t>> {
        self.tokens.clear();
        self.tokens.shrink_to(MOST_ROOM);
        self.telling.clear();
        self.telling.shrink_to(MOST_ROOM);
        self.comments.clear();
        self.texts.clear();
        for text in texts.clone() {
            let read = Reader::new(text, self).read();
            self.texts.push(read);
        }
        let words = &*self;
        let begins = iter::once(Extent::default()).chain(words.texts.iter().map(|read| read.end));
        texts.zip(begins).zip(&words.texts).map(|((text, begin), TextRead { end, has_code, invisible })| {
            Prose {
                text,
                tokens: &words.tokens[begin.tokens..end.tokens],
                telling: &words.telling[begin.telling..end.telling],
                comments: &words.comments[begin.comments..end.comments],
                has_code: *has_code,
                invisible: *invisible,
            }
        })
    }

    fn extent(&self) -> Extent {
        let Self { tokens, telling, comments, .. } = self;
        Extent { tokens: tokens.len(), telling: telling.len(), comments: comments.len() }
    }
}

/// The longest run of backticks that begins a code span. It bounds the search for their ends.
const MOST_BACKTICKS: usize = 16;

/// Reads a text. What reads a part of it is told where that begins, in bytes, and gives where it ends.
struct Reader<'w, 'a> {
    text: &'a str,
    words: &'w mut Words,
    before: Extent,
    /// Whether a comment may still end: false once one was seen that does not.
    comments_end: bool,
    has_code: bool,
    invisible: Option<char>,
}

impl<'w, 'a> Reader<'w, 'a> {
    fn new(text: &'a str, words: &'w mut Words) -> Self {
        assert!(u32::try_from(text.len()).is_ok(), "a token says where it stands in 32 bits");
        let before = words.extent();
        Self { text, words, before, comments_end: true, has_code: false, invisible: None }
    }

    fn read(mut self) -> TextRead {
        let bytes = self.text.as_bytes();
        let mut at = self.code_blocks(0);
        while let Some(first) = bytes.get(at) {
            at = match kind(*first) {
                Kind::Word => self.word(at),
                Kind::Blank => at + 1,
                Kind::LineEnd => {
                    self.push(What::Sign, at, at + 1);
                    self.code_blocks(at + 1)
                }
                Kind::Tick => self.code_span(at),
                Kind::Sign if *first == b'<' => self.comment(at).unwrap_or_else(|| self.sign(at)),
                Kind::Sign => self.sign(at),
                Kind::Emphasis if !self.is_spaced(at) => at + 1,
                Kind::Emphasis | Kind::Other => self.other(at),
            };
        }
        TextRead { end: self.words.extent(), has_code: self.has_code, invisible: self.invisible }
    }

    /// A word that begins with an ASCII letter or digit, and the blank that follows most of them.
    #[inline]
    fn word(&mut self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..];
        let plain = alphanumerics(bytes);
        let behind = bytes.get(plain).copied().unwrap_or(b'\n');
        if may_go_on(behind) {
            let end = self.word_end(at);
            self.push_word(at, end);
            return end;
        }
        self.push_word(at, at + plain);
        at + plain + usize::from(behind == b' ')
    }

    #[inline(always)]
    fn push_word(&mut self, at: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let may_tell = TELLING_LENGTHS.may_have(bytes[at], bytes[end - 1], end - at);
        let what = if may_tell { self.telling_word(at, end) } else { What::Word };
        self.push(what, at, end);
    }

    fn push(&mut self, what: What, start: usize, end: usize) {
        self.words.tokens.push(Token::new(what, start, end));
    }

    fn from(&self, at: usize) -> &'a str {
        &self.text[at..]
    }

    fn sign(&mut self, at: usize) -> usize {
        self.push(What::Sign, at, at + 1);
        at + 1
    }

    /// What is not plain: signs and words of other scripts.
    fn other(&mut self, at: usize) -> usize {
        let first = self.from(at).chars().next().unwrap_or('\n');
        self.look(|| is_invisible(first).then_some(first));
        let (what, end) = match first {
            _ if first.is_whitespace() => return at + first.len_utf8(),
            _ if is_of_word(first) || first == '_' => (What::Word, self.word_end(at)),
            _ => (What::Sign, at + first.len_utf8()),
        };
        self.push(what, at, end);
        end
    }

    fn word_end(&self, at: usize) -> usize {
        at + word_length(self.from(at))
    }

    /// Keeps a character that nobody sees, unless one stands before it.
    fn look(&mut self, invisible: impl FnOnce() -> Option<char>) {
        self.invisible = self.invisible.or_else(invisible);
    }

    /// Whether the byte that stands here has spaces on both sides.
    fn is_spaced(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let behind = self.from(at + 1).chars().next();
        before.is_none_or(char::is_whitespace) && behind.is_none_or(char::is_whitespace)
    }

    /// The code blocks that begin with the line that begins here.
    fn code_blocks(&mut self, mut at: usize) -> usize {
        while matches!(self.text.as_bytes().get(at), Some(b' ' | b'\t' | b'`' | b'~')) {
            let Some(end) = self.code_block(at) else { break };
            at = end;
        }
        at
    }

    fn code_block(&mut self, at: usize) -> Option<usize> {
        let block = self.from(at);
        let begun = block.trim_start_matches([' ', '\t']);
        if !begun.starts_with("```") && !begun.starts_with("~~~") {
            return None;
        }
        let (fence, _) = lines::fence_opening(block.lines().next()?)?;
        let mut length = 0;
        for (place, line) in block.split_inclusive('\n').enumerate() {
            length += line.len();
            if place > 0 && lines::fence_closes(line.trim_end_matches('\n'), fence) {
                break;
            }
        }
        Some(self.code(at, length))
    }

    fn code_span(&mut self, at: usize) -> usize {
        let span = self.from(at);
        let marks = span.bytes().take_while(|byte| *byte == b'`').count();
        match code_span_length(span, marks) {
            Some(length) => self.code(at, length),
            None => at + marks,
        }
    }

    fn code(&mut self, at: usize, length: usize) -> usize {
        let end = at + length;
        self.look(|| first_invisible(&self.text[at..end]));
        self.has_code = true;
        self.push(What::Code, at, end);
        end
    }

    fn comment(&mut self, at: usize) -> Option<usize> {
        let rest = self.from(at);
        if !self.comments_end || !rest.starts_with("<!--") {
            return None;
        }
        let Some(length) = rest.find("-->") else {
            self.comments_end = false;
            return None;
        };
        let (start, end) = (at + 4, at + length.max(4));
        self.look(|| first_invisible(&self.text[start..end]));
        self.words.comments.push(start..end);
        Some(at + length + 3)
    }

    /// What a word is that may be a letter or tell something. If it is, its place is kept.
    #[inline(never)]
    fn telling_word(&mut self, at: usize, end: usize) -> What {
        let word = &self.text[at..end];
        let letter = self.letter(at, word);
        let is_small_letter = is_small_letter(word) && !self.is_joined(at, end);
        if letter.is_some() || is_small_letter || is_telling(word) {
            self.words.telling.push((self.words.tokens.len() - self.before.tokens) as u32);
        }
        letter.unwrap_or(What::Word)
    }

    /// The letter that a word is, if it is one.
    fn letter(&self, at: usize, word: &str) -> Option<What> {
        let letter = word.as_bytes()[0];
        if !letter.is_ascii_uppercase() || !matches!(&word[1..], "" | "'s" | "’s") {
            return None;
        }
        let place = letter - b'A';
        let is_joined = self.is_joined(at, at + word.len());
        Some(if is_joined { What::JoinedLetter(place) } else { What::Letter(place) })
    }

    /// Whether what stands between these places is joined to what stands around it.
    fn is_joined(&self, at: usize, end: usize) -> bool {
        let mut before = self.text[..at].chars().rev();
        let (last, second_last) = (before.next(), before.next());
        let mut behind = self.from(end).chars();
        let (first, second) = (behind.next(), behind.next());
        // `_B_` is emphasised.
        let is_emphasised = last == Some('_') && first == Some('_');
        if is_emphasised
            && !second_last.is_some_and(char::is_alphanumeric)
            && !second.is_some_and(char::is_alphanumeric)
        {
            return false;
        }
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

/// Words for an option, those for its place and what is said of it, and those that begin the phrases of
/// [`crate::import::remarks`]: nothing else needs a look.
#[rustfmt::skip]
const TELLING: WordList = WordList::of(&[
    "option", "options", "on", "oops", "choice", "choices", "correct", "correction", "closest", "above", "answer",
    "answers", "alternative", "alternatives", "actually", "distractor", "distractors", "error", "former", "false",
    "fixme", "latter", "let", "let's", "my", "none", "note", "wrong", "wait", "incorrect", "i", "i'll", "isn't",
    "ignore", "right", "re", "recalculating", "rechecking", "true", "todo", "typo", "should", "scratch", "sorry",
    "hold", "here's",
]);

/// A small letter by itself that may stand for an option. `a` is an article, and is seen from its neighbours.
pub(super) fn is_small_letter(word: &str) -> bool {
    matches!(word.as_bytes(), [b'b'..=b'z'])
}

fn is_telling(word: &str) -> bool {
    TELLING.has(word) || is_hum(word)
}

/// `Hmm`, `hmmmm`; not `HMM`, which is a model.
fn is_hum(word: &str) -> bool {
    let hum = word.strip_prefix(['h', 'H']);
    hum.is_some_and(|hum| hum.len() > 1 && hum.bytes().all(|byte| byte == b'm'))
}

/// What a word has to be like to be a telling word, a hum or a letter (`A`, `A's`, `A’s`, `b`): few others are.
static TELLING_LENGTHS: Lengths = {
    let mut lengths = TELLING.into_lengths();
    let mut letter = b'A';
    while letter <= b'Z' {
        lengths.begin(letter, 1 << 1 | 1 << 3 | 1 << 5);
        lengths.end(letter, 1 << 1);
        lengths.begin(letter.to_ascii_lowercase(), 1 << 1);
        lengths.end(letter.to_ascii_lowercase(), 1 << 1);
        letter += 1;
    }
    lengths.end(b's', 1 << 3 | 1 << 5);
    lengths.begin(b'h', u32::MAX);
    lengths.begin(b'H', u32::MAX);
    lengths.end(b'm', u32::MAX);
    lengths
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::remarks::first_words_of_phrases;

    #[test]
    fn each_telling_word_is_looked_at_in_any_case() {
        let hum = "H".to_owned() + &"m".repeat(40);
        let letters = ["A", "Z's", "Z’s", "hmm", "Hmm", &hum];
        let words: Vec<&str> = TELLING.words().iter().copied().chain(first_words_of_phrases()).collect();
        for word in words.into_iter().chain(letters) {
            for word in [word.to_owned(), word.to_uppercase(), word[..1].to_uppercase() + &word[1..]] {
                let told = Words::default().read(&word).tells_something();
                assert!(told || word.ends_with(['S', 'M']) && word.len() > 1 && !is_telling(&word), "{word}");
            }
        }
    }

    #[test]
    fn texts_that_are_read_together_are_what_each_is_alone() {
        let texts =
            ["Option A `B` is", "", "```\nC\n```\n<!-- retain: shuffle --> D's", "\u{200b} 答案A", "on, on"];
        let mut room = Words::default();
        for _ in 0..2 {
            for (together, text) in room.read_each(texts.into_iter()).zip(texts) {
                let mut alone = Words::default();
                assert_eq!(format!("{together:?}"), format!("{:?}", alone.read(text)));
            }
        }
    }

    #[test]
    fn a_character_that_nobody_sees_is_found_wherever_it_stands() {
        let text =
            "A *word* _and_ `code`, ``open\n```\nfence\n```\n<!-- a --> 选项B <!--> x --> é’s ~~~ <!-- open";
        for place in (0..=text.len()).filter(|place| text.is_char_boundary(*place)) {
            for invisible in ['\u{200b}', '\u{202e}', '\u{7}', '\u{feff}'] {
                let (before, behind) = text.split_at(place);
                let text = format!("{before}{invisible}{behind}");
                assert_eq!(Words::default().read(&text).invisible, first_invisible(&text), "{text:?}");
            }
        }
    }
}
