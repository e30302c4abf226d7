//! What every drawing needs besides its data: the theme, the highlighter, and a few ways with lines.

use std::borrow::Cow;

use ratatui::{
    style::{Color, Style},
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    symbols,
    theme::{Part, Theme},
};
use crate::typeset::{self, Document, Highlighter, columns};

/// How things are drawn.
pub struct Look {
    /// What looks how.
    pub theme: Theme,
    /// Reads code.
    pub highlighter: Highlighter,
    /// Whether the terminal takes more than ASCII.
    pub unicode: bool,
}

impl Look {
    /// The look of a part.
    pub fn part(&self, part: Part) -> Style {
        self.theme.part(part)
    }

    /// What is selected looks the same all over: colours of its own would become a patchwork of
    /// grounds where a theme reverses.
    pub fn selection(&self) -> Style {
        self.plain().patch(self.part(Part::Selection))
    }

    /// The look of ordinary text with nothing left open, so that it covers any other.
    pub fn plain(&self) -> Style {
        let text = self.part(Part::Text);
        Style::new().fg(text.fg.unwrap_or(Color::Reset)).bg(text.bg.unwrap_or(Color::Reset))
    }

    /// A text in the look of a part.
    pub fn span<'a>(&self, text: impl Into<Cow<'a, str>>, part: Part) -> Span<'a> {
        Span::styled(text, self.part(part))
    }

    /// A line of one look.
    pub fn line<'a>(&self, text: impl Into<Cow<'a, str>>, part: Part) -> Line<'a> {
        Line::from(self.span(text, part))
    }

    /// A laid-out text.
    pub fn document(&self, document: &Document, width: u16) -> Vec<Line<'static>> {
        document.lines(width, &self.highlighter).into_iter().map(|line| self.typeset(line)).collect()
    }

    /// A laid-out line.
    pub fn typeset(&self, line: typeset::Line) -> Line<'static> {
        let styled = |span: typeset::Span| Span::styled(span.text, self.theme.role(span.role));
        Line::from(line.spans.into_iter().map(styled).collect::<Vec<_>>())
    }

    /// A sentence of ours in as many lines as it needs, each indented by so much.
    pub fn wrapped(&self, text: &str, width: u16, indent: usize, part: Part) -> Vec<Line<'static>> {
        let indentation = " ".repeat(indent);
        let room = usize::from(width).saturating_sub(indent).max(1);
        let line = |piece: Cow<'_, str>| self.line(format!("{indentation}{piece}"), part);
        textwrap::wrap(text, room).into_iter().map(line).collect()
    }
}

/// A text cut to so many columns; a cut can be seen.
pub fn fit(text: &str, width: usize) -> Cow<'_, str> {
    if columns(text) <= width {
        return Cow::Borrowed(text);
    }
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += columns(grapheme);
        if used + 1 > width {
            break;
        }
        cut.push_str(grapheme);
    }
    if width > 0 {
        cut.push_str(symbols::ELLIPSIS);
    }
    Cow::Owned(cut)
}

/// A line cut to so many columns; a cut can be seen.
pub fn fit_line(line: Line<'static>, width: usize) -> Line<'static> {
    if line.width() <= width {
        return line;
    }
    let mut left = width;
    let mut spans = Vec::new();
    for span in line.spans {
        let span_width = columns(&span.content);
        if span_width < left {
            left -= span_width;
            spans.push(span);
            continue;
        }
        // Longer by one than there is room for, so that the cut shows.
        let text = fit(&format!("{}{}", span.content, symbols::ELLIPSIS), left).into_owned();
        spans.push(Span::styled(text, span.style));
        break;
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_can_be_seen_and_wide_characters_are_not_halved() {
        assert_eq!(fit("deck", 4), "deck");
        assert_eq!(fit("decks", 4), "dec…");
        assert_eq!(fit("日本語", 5), "日本…");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(fit("decks", 0), "");
        let line = || Line::from(vec![Span::raw("Q14.3"), Span::raw(" · "), Span::raw("scope")]);
        assert_eq!(fit_line(line(), 13).to_string(), "Q14.3 · scope");
        assert_eq!(fit_line(line(), 12).to_string(), "Q14.3 · sco…");
        assert_eq!(fit_line(line(), 8).to_string(), "Q14.3 ·…");
        assert_eq!(fit_line(line(), 5).to_string(), "Q14.…");
    }
}
