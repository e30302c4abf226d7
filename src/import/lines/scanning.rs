//! Where a text has code blocks and comments: what looks like an option, an answer, a heading or a rule inside them is
//! only text. A question's head ends a code block that was forgotten open; whether one was, the parts of the question
//! around it tell.

use std::cell::OnceCell;

use memchr::memchr3_iter;

use super::{
    Lines,
    fences::{Fence, begins_fence, closes, closing, opening, opening_inside},
    head,
    marks::{Mark, mark},
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
        let mut may_hold_heads =
            (fence.length > 3 || is_markdown(info)) && closers().any_behind(opener, fence);
        for line in opener + 1..self.lines.count() {
            let text = self.lines.text(line);
            if head::is_surely_head(text) {
                may_hold_heads = may_hold_heads || self.is_shown(opener, line, fence, closers());
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

    /// Whether a head is only shown in a code block: the next marks of code close that, all behind have their other ones,
    /// it holds nothing of a question, and the question around it has all its parts on one side of it.
    fn is_shown(&self, opener: usize, head: usize, fence: Fence, closers: &Closers) -> bool {
        let Some(closer) = closers.next_of_odd(head) else { return false };
        let mark = |line: usize| mark(self.lines.text(line));
        let is_text =
            |line: usize| !matches!(mark(line), Some(Mark::Option(_) | Mark::Answer(_) | Mark::Rule));
        let is_head = |line: &usize| head::is_surely_head(self.lines.text(*line));
        let has_parts = |lines: &mut dyn Iterator<Item = usize>| {
            let (mut options, mut answer) = (false, false);
            for mark in lines.take_while(|line| !is_head(line)).filter_map(mark) {
                options |= matches!(mark, Mark::Option(_) | Mark::Recall(_));
                answer |= matches!(mark, Mark::Answer(_) | Mark::Recall(_));
            }
            (options, answer)
        };
        let parts = || {
            let before = has_parts(&mut (0..opener).rev());
            (before, has_parts(&mut (closer + 1..self.lines.count())))
        };
        closes(self.lines.text(closer), fence)
            && (opener + 1..closer).all(is_text)
            && matches!(parts(), ((true, true), (false, false)) | ((false, false), (true, true)))
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
    /// All lines with marks of code, those that open it too.
    all: Vec<usize>,
    backticks: Vec<(usize, usize)>,
    tildes: Vec<(usize, usize)>,
}

impl Closers {
    fn of(lines: &Lines<'_>) -> Self {
        let mut closers = Self { all: Vec::new(), backticks: Vec::new(), tildes: Vec::new() };
        for line in 0..lines.count() {
            let text = lines.text(line);
            if opening(text).is_some() || opening_inside(text).is_some() {
                closers.all.push(line);
            }
            if let Some(fence) = closing(text) {
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

    /// The next line with marks of code behind a line, if there is an odd number of them.
    fn next_of_odd(&self, line: usize) -> Option<usize> {
        let behind = &self.all[self.all.partition_point(|at| *at <= line)..];
        behind.first().copied().filter(|_| behind.len() % 2 == 1)
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
