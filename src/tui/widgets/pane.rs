//! A pane: a rounded border with a title, and a text that may be longer than there is room. What is
//! out of sight is said on the border, so that nothing is cut off unseen.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    style::Style,
    text::Line,
    widgets::{Block, BorderType, Clear, Widget},
};

use crate::tui::{
    look::{Look, fit_line},
    scroll::Extent,
    symbols,
    theme::Part,
};

/// A bordered text.
#[derive(Debug)]
pub struct Pane<'a> {
    /// Its title; may be empty.
    pub title: Line<'static>,
    /// What stands at the left of its lower border.
    pub verdict: Line<'static>,
    /// The text, laid out for [`Pane::text_width`], or only those lines of it that are seen.
    pub lines: &'a [Line<'static>],
    /// Lines of the text that are not drawn since they are above the upper edge.
    pub skipped: usize,
    /// How much of the text is seen, for the marks on the border.
    pub extent: Extent,
    /// Whole lines that have a look of their own, such as the selected ones.
    pub highlights: Vec<(Range<usize>, Style)>,
    /// Whether the keys scroll this pane and not another one.
    pub focused: bool,
}

impl<'a> Pane<'a> {
    /// A pane with all lines of a text, scrolled as the extent says.
    pub fn of(title: Line<'static>, lines: &'a [Line<'static>], extent: Extent) -> Self {
        let skipped = extent.offset;
        Self {
            title,
            verdict: Line::default(),
            lines,
            skipped,
            extent,
            highlights: Vec::new(),
            focused: false,
        }
    }

    /// The columns that a text has in a pane of this width: without the border and a blank at each side.
    pub fn text_width(pane: u16) -> u16 {
        pane.saturating_sub(4)
    }

    /// How much of a text of so many lines is seen in a pane of this height.
    pub fn extent(area: Rect, lines: usize) -> Extent {
        Extent { height: usize::from(area.height.saturating_sub(2)), lines, offset: 0 }
    }

    /// Where the text stands in a pane.
    pub fn text_area(area: Rect) -> Rect {
        area.inner(Margin { horizontal: 2, vertical: 1 })
    }

    /// Draws the pane.
    pub fn draw(&self, area: Rect, page: &mut Buffer, look: &Look) {
        Clear.render(area, page);
        page.set_style(area, look.part(Part::Text));
        self.block(area, look).render(area, page);
        let text = Self::text_area(area);
        for (row, line) in (0..text.height).zip(self.lines.iter().skip(self.skipped)) {
            page.set_line(text.x, text.y + row, line, text.width);
        }
        for (lines, style) in &self.highlights {
            for line in lines.clone() {
                let row = line.checked_sub(self.skipped).filter(|row| *row < usize::from(text.height));
                if let Some(row) = row {
                    page.set_style(Rect { y: text.y + row as u16, height: 1, ..text }, *style);
                }
            }
        }
        self.scrollbar(area, page, look);
    }

    fn block(&self, area: Rect, look: &Look) -> Block<'static> {
        let border = if self.focused { Part::BorderFocus } else { Part::Border };
        let room = usize::from(area.width).saturating_sub(4);
        let mark = |hidden: usize, sign| match hidden {
            0 => Line::default(),
            _ => look.line(format!(" {hidden} more {sign} "), Part::Scroll).right_aligned(),
        };
        let above = mark(self.extent.offset, symbols::MORE_ABOVE);
        let below = mark(self.extent.furthest().saturating_sub(self.extent.offset), symbols::MORE_BELOW);
        let title = fit_line(self.title.clone(), room.saturating_sub(above.width() + 1));
        let verdict = fit_line(self.verdict.clone(), room.saturating_sub(below.width() + 1));
        Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(look.part(border))
            .title_top(on_border(title, look))
            .title_top(above)
            .title_bottom(on_border(verdict, look))
            .title_bottom(below)
    }

    fn scrollbar(&self, area: Rect, page: &mut Buffer, look: &Look) {
        let Extent { lines, offset, .. } = self.extent;
        let (furthest, track) = (self.extent.furthest(), usize::from(area.height.saturating_sub(2)));
        if furthest == 0 || track == 0 || area.width == 0 {
            return;
        }
        let size = (track * self.extent.height / lines).clamp(1, track);
        let top = (track - size) * offset.min(furthest) / furthest;
        for row in top..top + size {
            let y = area.y + 1 + row as u16;
            page.set_string(area.right() - 1, y, symbols::SCROLL_MARK, look.part(Part::Scroll));
        }
    }
}

/// A line with a blank at each side, in its own colours and not in those of the border.
fn on_border(mut line: Line<'static>, look: &Look) -> Line<'static> {
    if line.spans.is_empty() {
        return line;
    }
    for span in &mut line.spans {
        span.style = look.plain().patch(span.style);
    }
    line.spans.insert(0, " ".into());
    line.spans.push(" ".into());
    line
}
