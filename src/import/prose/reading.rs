//! The reading of texts into words, byte by byte: most of the time that it takes to read a chapter is spent here.

use std::iter;

use memchr::memchr;

use super::{
    Prose, Token, What,
    characters::{
        Kind, alphanumerics, first_invisible, is_invisible, is_of_word, kind, may_go_on, word_length,
    },
    markdown,
};
use crate::import::words::WordList;

/// Room for the words of some texts, which is used again for those of others: a chapter has thousands of texts.
#[derive(Default)]
pub(in crate::import) struct Words {
    tokens: Vec<Token>,
    telling: Vec<u32>,
    comments: Vec<Token>,
    ends: Vec<Ends>,
}

/// Where what was read of one text ends in [`Words`]; it begins where that of the text before ends.
#[derive(Clone, Copy, Default)]
struct Ends {
    tokens: usize,
    telling: usize,
    comments: usize,
    has_code: bool,
    invisible: Option<char>,
}

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
        self.telling.clear();
        self.comments.clear();
        self.ends.clear();
        for text in texts.clone() {
            let ends = Reader::new(text, self).read();
            self.ends.push(ends);
        }
        let words = &*self;
        let begins = iter::once(Ends::default()).chain(words.ends.iter().copied());
        texts.zip(begins.zip(&words.ends)).map(|(text, (begin, end))| Prose {
            text,
            tokens: &words.tokens[begin.tokens..end.tokens],
            telling: &words.telling[begin.telling..end.telling],
            has_code: end.has_code,
            comments: &words.comments[begin.comments..end.comments],
            invisible: end.invisible,
        })
    }
}

/// The longest run of backticks that begins a code span. It bounds the search for their ends.
const MOST_BACKTICKS: usize = 16;

/// Reads a text. What reads a part of it is told where that begins, in bytes, and gives where it ends.
struct Reader<'w, 'a> {
    text: &'a str,
    words: &'w mut Words,
    /// How many tokens were read of the texts before.
    before: usize,
    /// Whether a comment may still end: false once one was seen that does not.
    comments_end: bool,
    has_code: bool,
    invisible: Option<char>,
}

impl<'w, 'a> Reader<'w, 'a> {
    fn new(text: &'a str, words: &'w mut Words) -> Self {
        u32::try_from(text.len()).expect("a text is at most MOST_BYTES long");
        let before = words.tokens.len();
        Self { text, words, before, comments_end: true, has_code: false, invisible: None }
    }

    fn read(mut self) -> Ends {
        let bytes = self.text.as_bytes();
        let mut at = self.code_blocks(0);
        while let Some(first) = bytes.get(at) {
            at = match kind(*first) {
                Kind::Word => {
                    let end = at + alphanumerics(&bytes[at..]);
                    let behind = bytes.get(end).copied().unwrap_or(b'\n');
                    let goes_on = may_go_on(behind);
                    let end = if goes_on { self.word_end(at) } else { end };
                    let what =
                        if may_tell(*first, end - at) { self.telling_word(at, end) } else { What::Word };
                    self.push(what, at, end);
                    // Most words are followed by one blank.
                    end + usize::from(!goes_on && behind == b' ')
                }
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
        let Words { tokens, telling, comments, .. } = self.words;
        Ends {
            tokens: tokens.len(),
            telling: telling.len(),
            comments: comments.len(),
            has_code: self.has_code,
            invisible: self.invisible,
        }
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
        let (fence, _) = markdown::fence_opening(block.lines().next()?)?;
        let mut length = 0;
        for (place, line) in block.split_inclusive('\n').enumerate() {
            length += line.len();
            if place > 0 && markdown::fence_closes(line.trim_end_matches('\n'), fence) {
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
        self.words.comments.push(Token::new(What::Sign, start, end));
        Some(at + length + 3)
    }

    /// What a word is that may be a letter or tell something. If it is, its place is kept.
    fn telling_word(&mut self, at: usize, end: usize) -> What {
        let word = &self.text[at..end];
        let letter = self.letter(at, word);
        if letter.is_some() || is_telling(word) {
            self.words.telling.push((self.words.tokens.len() - self.before) as u32);
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
    "option", "options", "on", "choice", "choices", "correct", "above", "answer", "answers", "alternative", "alternatives",
    "distractor", "distractors", "former", "false", "latter", "let", "let's", "wrong", "wait",
    "incorrect", "i", "i'll", "isn't", "right", "re", "true", "should", "scratch",
]);

fn is_telling(word: &str) -> bool {
    TELLING.has(word) || word.get(..3).is_some_and(|begun| begun.eq_ignore_ascii_case("hmm"))
}

/// By the first byte of a word, the lengths that it may have to be a telling word, a hum or a letter (`A`, `A's`,
/// `A’s`).
const TELLING_LENGTHS: [u32; 256] = {
    let mut lengths = TELLING.lengths;
    let mut letter = b'A';
    while letter <= b'Z' {
        lengths[letter as usize] |= 1 << 1 | 1 << 3 | 1 << 5;
        letter += 1;
    }
    (lengths[b'h' as usize], lengths[b'H' as usize]) = (u32::MAX, u32::MAX);
    lengths
};

fn may_tell(first: u8, length: usize) -> bool {
    TELLING_LENGTHS[usize::from(first)] & (1 << length.min(31)) != 0
}
