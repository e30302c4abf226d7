//! A chapter as lines, with code blocks and comments recognised before anything else: what looks like
//! an option, an answer, a heading or a rule inside them is only text. Front matter is set aside. Knows
//! nothing of questions but how their heads look, because a head ends a code block that was forgotten open.

use std::cell::OnceCell;

use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

use super::{
    front, head,
    marks::{self, is_blank},
};
use crate::import::blanks::trim_start;

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

/// A code block that is never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Unclosed {
    /// The line that opens it.
    pub line: usize,
    /// The marks that open it.
    pub fence: Fence,
}

/// The marks that open or close a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fence {
    pub mark: u8,
    pub length: usize,
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
            firsts.push(bytes[start..end].iter().copied().find(|byte| !is_blank(byte)).unwrap_or(b'\n'));
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

/// The code block that a line opens, and the words behind its marks.
pub(crate) fn opening(line: &str) -> Option<(Fence, &str)> {
    let (fence, behind) = fence(trim_start(line))?;
    let inline_code = fence.mark == b'`' && behind.contains('`');
    (!inline_code).then_some((fence, behind.trim()))
}

/// Where the next marks begin that can open a code block or a comment.
fn next_mark(text: &[u8], from: usize) -> Option<usize> {
    let mut marks = memchr3_iter(b'`', b'~', b'<', text.get(from..)?).map(|at| from + at);
    marks.find(|at| {
        let behind = &text[*at..];
        behind.starts_with(b"<!--") || begins_fence(behind)
    })
}

/// Whether a text has marks in it that can open a code block.
pub(in crate::import) fn may_open_fence(text: &str) -> bool {
    let text = text.as_bytes();
    memchr2_iter(b'`', b'~', text).any(|at| begins_fence(&text[at..]))
}

fn begins_fence(text: &[u8]) -> bool {
    text.starts_with(b"```") || text.starts_with(b"~~~")
}

/// Whether a line closes a code block that was opened with these marks.
pub(crate) fn closes(line: &str, opened: Fence) -> bool {
    closing(line).is_some_and(|fence| fence.mark == opened.mark && fence.length >= opened.length)
}

fn closing(line: &str) -> Option<Fence> {
    let (fence, behind) = fence(line.trim_start_matches([' ', '\t', '>']))?;
    behind.trim().is_empty().then_some(fence)
}

fn fence(line: &str) -> Option<(Fence, &str)> {
    let mark = *line.as_bytes().first()?;
    if mark != b'`' && mark != b'~' {
        return None;
    }
    let length = line.bytes().take_while(|byte| *byte == mark).count();
    (length >= 3).then(|| (Fence { mark, length }, &line[length..]))
}

/// The code block that a line opens behind an option's letter, a list mark or a quotation mark.
fn opening_inside(line: &str) -> Option<(Fence, &str)> {
    if !line.contains("```") && !line.contains("~~~") {
        return None;
    }
    let mut inner = marks::behind_container(line.trim_start())?.trim_start();
    for _ in 0..MOST_NESTING {
        if let Some(opened) = opening(inner) {
            return Some(opened);
        }
        inner = marks::behind_container(inner)?.trim_start();
    }
    None
}

/// How many list marks and quotation marks may stand before the marks of a code block.
const MOST_NESTING: usize = 8;

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a text is at most MOST_BYTES long")
}

/// Finds code blocks and comments in one pass.
struct Scanner<'s, 'a> {
    lines: &'s Lines<'a>,
    /// Made when they are first asked for, which few chapters need.
    closers: OnceCell<Closers>,
    /// Where the next mark stands of those that open something, in bytes, as far as it was looked for.
    next_mark: Option<usize>,
    found: Found,
}

#[derive(Default)]
struct Found {
    inert: Vec<bool>,
    unclosed: Vec<Unclosed>,
    hidden_heads: Vec<usize>,
}

impl Found {
    fn apply(self, lines: &mut Lines<'_>) {
        lines.inert = self.inert;
        lines.unclosed = self.unclosed;
        lines.hidden_heads = self.hidden_heads;
    }
}

impl<'s, 'a> Scanner<'s, 'a> {
    fn new(lines: &'s Lines<'a>) -> Self {
        let found = Found { inert: vec![false; lines.count()], ..Found::default() };
        Self { lines, closers: OnceCell::new(), next_mark: None, found }
    }

    fn run(mut self) -> Found {
        let mut line = self.lines.body;
        self.found.inert[..line].fill(true);
        while let Some(opening_line) = self.next_opener(line) {
            line = opening_line;
            let text = self.lines.text(line);
            if let Some(end) = self.comment_end(line) {
                line = self.hide(line, end + 1);
            } else if let Some((fence, info)) = opening(text) {
                self.found.inert[line] = true;
                line = self.code_block(line, fence, info);
            } else if let Some((fence, info)) = opening_inside(text) {
                line = self.code_block(line, fence, info);
            } else {
                line += 1;
            }
        }
        self.found
    }

    /// The next line that can open a code block or a comment, since it has one of their marks.
    fn next_opener(&mut self, line: usize) -> Option<usize> {
        let start = *self.lines.starts.get(line)? as usize;
        let known = self.next_mark.filter(|mark| *mark >= start);
        let mark = match known {
            Some(mark) => mark,
            None => next_mark(self.lines.text.as_bytes(), start)?,
        };
        self.next_mark = Some(mark);
        let ends = self.lines.starts[line + 1..].iter();
        Some(line + ends.take_while(|end| **end as usize <= mark).count())
    }

    /// Marks the lines of a code block and gives the line behind it.
    fn code_block(&mut self, opener: usize, fence: Fence, info: &str) -> usize {
        let closers = || self.closers.get_or_init(|| Closers::of(self.lines));
        let may_hold_heads = (fence.length > 3 || is_markdown(info)) && closers().any_behind(opener, fence);
        for line in opener + 1..self.lines.count() {
            let text = self.lines.text(line);
            if head::is_surely_head(text) {
                if !may_hold_heads {
                    self.found.unclosed.push(Unclosed { line: opener, fence });
                    return line;
                }
                self.found.hidden_heads.push(line);
            }
            self.found.inert[line] = true;
            if closes(text, fence) {
                return line + 1;
            }
        }
        self.found.unclosed.push(Unclosed { line: opener, fence });
        self.lines.count()
    }

    /// The last line of a comment of several lines that begins here. A comment that is not closed
    /// before the next one begins is ordinary text, so that it cannot swallow questions.
    fn comment_end(&self, line: usize) -> Option<usize> {
        let begun = self.lines.text(line).trim_start().strip_prefix("<!--")?;
        if begun.contains("-->") {
            return None;
        }
        let behind = (line + 1..self.lines.count()).find_map(|line| {
            let text = self.lines.text(line);
            let (opens, ends) = (text.find("<!--"), text.find("-->"));
            let decided = opens.is_some() || ends.is_some();
            decided.then(|| (line, ends.is_some_and(|end| opens.is_none_or(|open| end < open))))
        });
        behind.and_then(|(line, ends)| ends.then_some(line))
    }

    fn hide(&mut self, from: usize, to: usize) -> usize {
        for line in from..to {
            self.found.inert[line] = true;
            if head::is_surely_head(self.lines.text(line)) {
                self.found.hidden_heads.push(line);
            }
        }
        to
    }
}

fn is_markdown(info: &str) -> bool {
    let language = info.split_whitespace().next().unwrap_or("");
    language.eq_ignore_ascii_case("markdown") || language.eq_ignore_ascii_case("md")
}

/// Where lines stand that can close a code block; asked without looking through the text again.
struct Closers {
    backticks: Vec<(usize, usize)>,
    tildes: Vec<(usize, usize)>,
}

impl Closers {
    fn of(lines: &Lines<'_>) -> Self {
        let mut closers = Self { backticks: Vec::new(), tildes: Vec::new() };
        for line in 0..lines.count() {
            if let Some(fence) = closing(lines.text(line)) {
                closers.of_mark_mut(fence.mark).push((line, fence.length));
            }
        }
        longest_to_the_end(&mut closers.backticks);
        longest_to_the_end(&mut closers.tildes);
        closers
    }

    fn any_behind(&self, line: usize, fence: Fence) -> bool {
        let closers = if fence.mark == b'`' { &self.backticks } else { &self.tildes };
        let first = closers.partition_point(|(at, _)| *at <= line);
        closers.get(first).is_some_and(|(_, longest)| *longest >= fence.length)
    }

    fn of_mark_mut(&mut self, mark: u8) -> &mut Vec<(usize, usize)> {
        if mark == b'`' { &mut self.backticks } else { &mut self.tildes }
    }
}

/// Replaces each length by the greatest one from there to the end.
fn longest_to_the_end(closers: &mut [(usize, usize)]) {
    let mut longest = 0;
    for (_, length) in closers.iter_mut().rev() {
        longest = longest.max(*length);
        *length = longest;
    }
}
