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
    /// The text, laid out for [`Pane::text_width`].
    pub lines: &'a [Line<'static>],
    /// Lines above its upper edge.
    pub offset: usize,
    /// Whole lines that have a look of their own, such as the selected ones.
    pub highlights: Vec<(Range<usize>, Style)>,
    /// Whether the keys scroll this pane and not another one.
    pub focused: bool,
}

impl<'a> Pane<'a> {
    /// A pane with this text, from its beginning.
    pub fn of(title: Line<'static>, lines: &'a [Line<'static>]) -> Self {
        Self { title, verdict: Line::default(), lines, offset: 0, highlights: Vec::new(), focused: false }
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
        self.border(area, look).render(area, page);
        let text = Self::text_area(area);
        for (row, line) in (0..text.height).zip(self.lines.iter().skip(self.offset)) {
            page.set_line(text.x, text.y + row, line, text.width);
        }
        for (lines, style) in &self.highlights {
            for line in lines.clone() {
                let row = line.checked_sub(self.offset).filter(|row| *row < usize::from(text.height));
                if let Some(row) = row {
                    page.set_style(Rect { y: text.y + row as u16, height: 1, ..text }, *style);
                }
            }
        }
        self.scrollbar(area, page, look);
    }

    fn border(&self, area: Rect, look: &Look) -> Block<'static> {
        let border = if self.focused { Part::BorderFocus } else { Part::Border };
        let room = usize::from(area.width).saturating_sub(4);
        let mut block = Block::bordered().border_type(BorderType::Rounded).border_style(look.part(border));
        if self.title.width() > 0 {
            block = block.title_top(on_border(fit_line(self.title.clone(), room.saturating_sub(1)), look));
        }
        let below = Self::extent(area, self.lines.len()).furthest().saturating_sub(self.offset);
        let more = format!(" {below} more {} ", symbols::MORE_BELOW);
        let beside = if below > 0 { more.chars().count() } else { 0 };
        if self.verdict.width() > 0 && self.verdict.width() + 2 + beside < room {
            block = block.title_bottom(on_border(self.verdict.clone(), look));
        }
        if below > 0 {
            block = block.title_bottom(look.line(more, Part::Scroll).right_aligned());
        }
        block
    }

    fn scrollbar(&self, area: Rect, page: &mut Buffer, look: &Look) {
        let extent = Self::extent(area, self.lines.len());
        if extent.furthest() == 0 || extent.height == 0 || area.width == 0 {
            return;
        }
        let size = (extent.height * extent.height / extent.lines).clamp(1, extent.height);
        let top = (extent.height - size) * self.offset.min(extent.furthest()) / extent.furthest();
        for row in top..top + size {
            let y = area.y + 1 + row as u16;
            page.set_string(area.right() - 1, y, symbols::SCROLL_MARK, look.part(Part::Scroll));
        }
    }
}

/// A line with a blank at each side, in its own colours and not in those of the border.
fn on_border(mut line: Line<'static>, look: &Look) -> Line<'static> {
    for span in &mut line.spans {
        span.style = look.plain().patch(span.style);
    }
    line.spans.insert(0, " ".into());
    line.spans.push(" ".into());
    line
}
