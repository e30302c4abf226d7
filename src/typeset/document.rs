//! A text of a deck, read once and laid out whenever the width changes. Knows what kinds of text
//! there are (a whole document, an option, a title); the reading itself is in `parse`.

use super::blocks::Block;
use super::harmless::harmless;
use super::highlight::Highlighter;
use super::html::without_comments;
use super::layout;
use super::line::{Line, Role, Span};
use super::parse;

/// Longer texts (in bytes) are shown as they are, without reading their Markdown.
const LONGEST_MARKDOWN: usize = 256 * 1024;

/// Markdown that was read. Holds no control characters, and nothing of the source.
#[derive(Debug, Clone)]
pub struct Document {
    blocks: Vec<Block>,
}

impl Document {
    /// Reads a text of several paragraphs: a stem or an explanation.
    pub fn parse(markdown: &str) -> Self {
        Self::read(markdown, parse::blocks)
    }

    /// Reads a title, a topic or a short option. Only what stands within a sentence has a meaning;
    /// `1. a`, `- 5` or `# b` at the start of a line are that text.
    pub fn inline(text: &str) -> Self {
        Self::read(text, parse::inline_blocks)
    }

    /// Reads an option: as [`Self::inline`], unless it holds a fence; then as [`Self::parse`] from
    /// the fence on.
    pub fn option(text: &str) -> Self {
        match text.lines().any(parse::opens_fence) {
            true => Self::read(text, parse::blocks_after_text),
            false => Self::inline(text),
        }
    }

    /// The document in lines of at most `width` columns. Only a character that is wider than that
    /// makes a line wider. Code that `highlighter` has not read yet is plain for now.
    pub fn lines(&self, width: u16, highlighter: &Highlighter) -> Vec<Line> {
        layout::lay_out(&self.blocks, usize::from(width.max(1)), highlighter)
    }

    /// The document in one line, however long, for lists and titles.
    pub fn one_line(&self) -> Line {
        let mut line = Line::default();
        let lines = self.lines(u16::MAX, &Highlighter::none());
        for part in lines.iter().filter(|line| !line.spans.is_empty()) {
            if !line.spans.is_empty() {
                line.push(" ", Role::Plain);
            }
            line.append(part);
        }
        line
    }

    /// A text in which Markdown leaves nothing to be seen (`<br>`, `[a]: b`) is shown as written.
    fn read(text: &str, parse: fn(&str) -> Vec<Block>) -> Self {
        if text.len() > LONGEST_MARKDOWN {
            return Self::as_written(text);
        }
        let document = Self { blocks: parse(text) };
        let something_lost = document.is_blank() && !without_comments(text).trim().is_empty();
        if something_lost { Self::as_written(text) } else { document }
    }

    fn as_written(text: &str) -> Self {
        let text = harmless(text.trim_end()).replace('\t', " ");
        Self { blocks: vec![Block::Paragraph(vec![Span { text, role: Role::Plain }])] }
    }

    fn is_blank(&self) -> bool {
        self.blocks.iter().all(Block::is_blank)
    }
}
