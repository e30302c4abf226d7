//! Breaks running text into lines: at spaces, between wide characters, and within a word that is
//! longer than a line. Counts columns by grapheme, as terminals draw them.

use unicode_segmentation::UnicodeSegmentation;

use super::line::{Line, Role, Span, columns};

/// The text in lines of at most `width` columns; a `\n` in it always ends a line.
pub(super) fn wrap(prose: &[Span], width: usize) -> Vec<Line> {
    let mut filler = Filler { width, ..Filler::default() };
    for span in prose {
        for grapheme in span.text.graphemes(true) {
            filler.take(grapheme, span.role);
        }
    }
    filler.end_word();
    filler.end_line();
    filler.lines
}

#[derive(Default)]
struct Filler {
    width: usize,
    lines: Vec<Line>,
    line: Line,
    line_columns: usize,
    /// The spaces before the word: dropped when the line breaks there.
    gap: Line,
    gap_columns: usize,
    word: Line,
    word_columns: usize,
}

impl Filler {
    fn take(&mut self, grapheme: &str, role: Role) {
        match grapheme {
            "\n" => {
                self.end_word();
                self.end_line();
            }
            " " => {
                self.end_word();
                self.gap.push(grapheme, role);
                self.gap_columns += 1;
            }
            _ => self.extend_word(grapheme, role),
        }
    }

    fn extend_word(&mut self, grapheme: &str, role: Role) {
        let before = self.word.spans.last().and_then(|span| span.text.graphemes(true).next_back());
        if before.is_some_and(|before| may_break_between(before, grapheme)) {
            self.end_word();
        }
        self.word.push(grapheme, role);
        self.word_columns += columns(grapheme);
    }

    fn end_word(&mut self) {
        if self.word.spans.is_empty() {
            return;
        }
        if self.line_columns + self.gap_columns + self.word_columns > self.width {
            self.break_line();
        }
        self.line.append(&std::mem::take(&mut self.gap));
        self.line_columns += std::mem::take(&mut self.gap_columns);
        let word = std::mem::take(&mut self.word);
        let word_columns = std::mem::take(&mut self.word_columns);
        if self.line_columns + word_columns <= self.width {
            self.line.append(&word);
            self.line_columns += word_columns;
        } else {
            self.spell(&word);
        }
    }

    /// Puts a word that fits on no line, from here on and over as many lines as it needs.
    fn spell(&mut self, word: &Line) {
        for span in &word.spans {
            for grapheme in span.text.graphemes(true) {
                let more = columns(grapheme);
                if self.line_columns + more > self.width {
                    self.break_line();
                }
                self.line.push(grapheme, span.role);
                self.line_columns += more;
            }
        }
    }

    /// Goes to the next line, unless this one is still empty.
    fn break_line(&mut self) {
        self.gap = Line::default();
        self.gap_columns = 0;
        if !self.line.spans.is_empty() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.line_columns = 0;
        self.gap = Line::default();
        self.gap_columns = 0;
    }
}

/// Chinese and Japanese have no spaces: a line may end at any wide character, but not before a
/// mark that closes a phrase, nor after one that opens it.
fn may_break_between(before: &str, after: &str) -> bool {
    const CLOSING: &str =
        "、。，．・：；？！」』）】〉》〕］｝’”…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}'\"";
    const OPENING: &str = "「『（【〈《〔［｛‘“([{'\"";
    let wide = columns(before) == 2 || columns(after) == 2;
    wide && !CLOSING.contains(after) && !OPENING.contains(before)
}
