//! A list in a pane, one of whose rows is selected. Only the rows that can be seen are made.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::pane::Pane;
use crate::tui::{
    look::Look,
    model::{Drawn, Target},
    scroll::Extent,
    symbols,
    theme::Part,
};

/// A list of rows under some lines that stay.
#[derive(Debug)]
pub struct List {
    /// The pane's title.
    pub title: Line<'static>,
    /// The lines above the rows, which do not scroll.
    pub above: Vec<Line<'static>>,
    /// How many rows there are.
    pub rows: usize,
    /// The selected row.
    pub selected: usize,
    /// Rows that have gone above the upper edge.
    pub offset: usize,
}

impl List {
    /// Draws the list with the rows that `row` makes, and finds out what is seen.
    pub fn draw(
        self,
        row: impl Fn(usize) -> Line<'static>,
        area: Rect,
        page: &mut Buffer,
        look: &Look,
        drawn: &mut Drawn,
    ) {
        let above = self.above.len();
        let height = usize::from(area.height.saturating_sub(2)).saturating_sub(above);
        let mut extent = Extent { height, lines: self.rows, offset: self.offset };
        extent.offset = extent.showing(self.selected, self.selected);
        let seen = extent.offset..self.rows.min(extent.offset + height);

        let mut lines = self.above;
        lines.extend(seen.clone().map(row));
        let mut pane = Pane::of(self.title, &lines);
        if seen.contains(&self.selected) {
            let line = above + self.selected - extent.offset;
            pane.highlights.push((line..line + 1, look.selection()));
        }
        let below = extent.furthest().saturating_sub(extent.offset);
        if below > 0 {
            pane.verdict = look.line(format!("{below} more {}", symbols::MORE_BELOW), Part::Scroll);
        }
        pane.draw(area, page, look);

        let text = Pane::text_area(area);
        let lines = seen.zip(above as u16..);
        drawn
            .targets
            .extend(lines.map(|(row, y)| (Rect { y: text.y + y, height: 1, ..text }, Target::Row(row))));
        drawn.main = extent;
    }
}
