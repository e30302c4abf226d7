//! Where a text has code blocks and comments: what looks like an option, an answer, a heading or a rule inside them is
//! only text. Knows nothing of questions but how their heads look, because a head ends a code block that was forgotten
//! open.

use std::cell::OnceCell;

use memchr::memchr3_iter;

use super::{
    Lines,
    fences::{Fence, begins_fence, closes, closing, opening, opening_inside},
    head,
};

/// A code block that is never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Unclosed {
    /// The line that opens it.
    pub line: usize,
    /// The marks that open it.
    pub fence: Fence,
}

/// Where the next marks begin that can open a code block or a comment.
fn next_mark(text: &[u8], from: usize) -> Option<usize> {
    let mut marks = memchr3_iter(b'`', b'~', b'<', text.get(from..)?).map(|at| from + at);
    marks.find(|at| {
        let behind = &text[*at..];
        behind.starts_with(b"<!--") || begins_fence(behind)
    })
}

/// Finds code blocks and comments in one pass.
pub(super) struct Scanner<'s, 'a> {
    lines: &'s Lines<'a>,
    /// Made when they are first asked for, which few chapters need.
    closers: OnceCell<Closers>,
    /// Where the next mark stands of those that open something, in bytes, as far as it was looked for.
    next_mark: Option<usize>,
    found: Found,
}

#[derive(Default)]
pub(super) struct Found {
    inert: Vec<bool>,
    unclosed: Vec<Unclosed>,
    hidden_heads: Vec<usize>,
}

impl Found {
    pub fn apply(self, lines: &mut Lines<'_>) {
        lines.inert = self.inert;
        lines.unclosed = self.unclosed;
        lines.hidden_heads = self.hidden_heads;
    }
}

impl<'s, 'a> Scanner<'s, 'a> {
    pub fn new(lines: &'s Lines<'a>) -> Self {
        let found = Found { inert: vec![false; lines.count()], ..Found::default() };
        Self { lines, closers: OnceCell::new(), next_mark: None, found }
    }

    pub fn run(mut self) -> Found {
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
