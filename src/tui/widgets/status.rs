//! The line above everything: where one is, how far, and what is left.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use crate::{
    tui::{
        look::{Look, fit},
        theme::Part,
    },
    typeset::columns,
};

/// The columns between the parts.
const GAP: usize = 3;
/// A title is not cut below this for the sake of what stands in the middle.
const SHORTEST_TITLE: usize = 16;

/// A line of three parts.
#[derive(Debug)]
pub struct Status<'a> {
    /// Where one is. Cut when there is no room.
    pub title: &'a str,
    /// How far, in ever fewer words; the last of them is always shown.
    pub middle: Vec<String>,
    /// What is left.
    pub right: Line<'static>,
}

impl Status<'_> {
    /// Draws it on the first line of the area.
    pub fn draw(&self, area: Rect, page: &mut Buffer, look: &Look) {
        let width = usize::from(area.width).saturating_sub(2);
        let right = self.right.width();
        let title_room = |middle: &str| width.saturating_sub(right + columns(middle) + 2 * GAP);
        let wanted = columns(self.title).min(SHORTEST_TITLE);
        let fits = |middle: &&String| title_room(middle) >= wanted;
        let middle = self.middle.iter().find(fits).or(self.middle.last()).map_or("", String::as_str);
        let title = fit(self.title, title_room(middle));

        let left = usize::from(area.x) + 1;
        let end = left + width;
        let first = left + columns(&title) + GAP;
        let last = end.saturating_sub(right + GAP + columns(middle)).max(first);
        let centre = usize::from(area.x) + usize::from(area.width).saturating_sub(columns(middle)) / 2;
        let x = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
        page.set_stringn(x(left), area.y, &title, width, look.part(Part::Title));
        page.set_stringn(x(centre.clamp(first, last)), area.y, middle, width, look.part(Part::Text));
        page.set_line(x(end.saturating_sub(right).max(left)), area.y, &self.right, x(right));
    }
}
