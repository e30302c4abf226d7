//! A text in Markdown as lines, and what a single line is: the vocabulary that all notations in Markdown share. Code
//! blocks and comments are recognised before anything else. Front matter is set aside.

mod fences;
pub(super) mod front;
pub(super) mod head;
mod labelled;
mod letters;
pub(super) mod marks;
mod option;
mod scanning;
mod trimming;

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use super::labels::{OPTIONS, STEM};
pub(super) use fences::may_open_fence;
pub(crate) use fences::{closes as fence_closes, opening as fence_opening};
pub(super) use labelled::{Labelled, labelled};
pub(super) use letters::{leading_letters, letters};
pub(super) use marks::{Mark, is_rule, part};
pub(super) use option::{Label, Style, any_label, begins_with_letter, tight_label};
use scanning::{Scanner, Unclosed};
pub(super) use trimming::{dedented, trimmed, unquoted, with_lines_below};

/// The lines of a text. They are named by their index, counted from 0.
pub(in crate::import) struct Lines<'a> {
    text: &'a str,
    starts: Vec<u32>,
    /// The first byte of each line that is no blank, or a line end where there is none.
    firsts: Vec<u8>,
    inert: Vec<bool>,
    /// The fields of the front matter, without the lines around them; empty where there is none.
    pub front: &'a str,
    /// The first line behind the front matter.
    pub body: usize,
    /// Code blocks that are never closed.
    pub unclosed: Vec<Unclosed>,
    /// Question heads inside code blocks and comments.
    pub hidden_heads: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of a text whose line ends are all `\n`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let count = memchr_iter(b'\n', bytes).count() + 1;
        let (mut starts, mut firsts) = (Vec::with_capacity(count + 1), Vec::with_capacity(count));
        let mut start = 0;
        for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
            starts.push(offset(start));
            firsts
                .push(bytes[start..end].iter().copied().find(|byte| !marks::is_blank(byte)).unwrap_or(b'\n'));
            start = end + 1;
        }
        starts.push(offset(start));
        let (front, behind) = front::split(text).unwrap_or(("", text));
        let body = memchr_iter(b'\n', &bytes[..bytes.len() - behind.len()]).count();
        let (inert, unclosed, hidden_heads) = (vec![false; count], Vec::new(), Vec::new());
        let mut lines = Self { text, starts, firsts, inert, front, body, unclosed, hidden_heads };
        Scanner::new(&lines).run().apply(&mut lines);
        lines
    }

    pub fn count(&self) -> usize {
        self.inert.len()
    }

    /// A line without its end.
    #[inline]
    pub fn text(&self, line: usize) -> &'a str {
        &self.text[self.starts[line] as usize..self.starts[line + 1] as usize - 1]
    }

    /// The lines from one to before another, without the last one's end.
    pub fn span(&self, from: usize, to: usize) -> &'a str {
        if from >= to {
            return "";
        }
        &self.text[self.starts[from] as usize..self.starts[to] as usize - 1]
    }

    /// Whether a line is part of a code block, a comment or the front matter.
    pub fn is_inert(&self, line: usize) -> bool {
        self.inert[line]
    }

    /// The first byte of a line that is no blank, for a quick look before a slow one; a line end in a
    /// blank line. White space of other scripts counts as text here.
    pub fn first(&self, line: usize) -> u8 {
        self.firsts[line]
    }

    pub fn is_blank(&self, line: usize) -> bool {
        self.first(line) == b'\n' || (!self.first(line).is_ascii() && self.text(line).trim().is_empty())
    }
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a text is at most MOST_BYTES long")
}

/// A text with line ends that are all `\n`.
pub(super) fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Whether a line outside code is more than text to a chapter.
pub(crate) fn is_structure(line: &str) -> bool {
    let is_label = |words| labelled(line, words).is_some_and(|labelled| labelled.bold);
    marks::mark(line).is_some() || head::head(line).is_some() || is_label(&STEM) || is_label(&OPTIONS)
}
