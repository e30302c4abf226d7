//! The line of pages: their numbers and names, the one that is seen marked. Each can be clicked.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    tui::{
        look::Look,
        model::{Drawn, Target},
        theme::Part,
    },
    typeset::columns,
};

/// Pages by their names, of which one is seen.
#[derive(Debug)]
pub struct Tabs<'a> {
    /// The names.
    pub names: &'a [&'a str],
    /// The place of the one that is seen.
    pub selected: usize,
}

impl Tabs<'_> {
    /// Draws them on the first line of the area: in words, or by their numbers where there is little room.
    pub fn draw(&self, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
        let room = usize::from(area.width);
        let all = |gap: usize| self.names.iter().map(|name| columns(name) + 2 + gap).sum::<usize>();
        let (gap, only_selected) = match room {
            room if all(2) < room => (2, false),
            room => (1, all(1) > room + 1),
        };
        let mut x = area.x + u16::from(all(1) < room || only_selected);
        for (nth, name) in self.names.iter().enumerate() {
            let is_selected = nth == self.selected;
            let words = if only_selected && !is_selected { "" } else { name };
            let number = (nth + 1).to_string();
            let width = (number.len() + usize::from(!words.is_empty()) + columns(words)) as u16;
            if x + width > area.right() {
                break;
            }
            page.set_string(x, area.y, &number, look.part(Part::Key));
            page.set_string(
                x + 2,
                area.y,
                words,
                look.part(if is_selected { Part::Title } else { Part::Faint }),
            );
            let place = Rect { x, width, height: 1, ..area };
            if is_selected {
                page.set_style(place, look.selection());
            }
            drawn.targets.push((place, Target::Tab(nth)));
            x += width + gap;
        }
    }
}
