//! A small window over the screen beneath: the help, the palette and the card use it.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use crate::{
    tui::{
        look::Look,
        model::{Drawn, Target},
        scroll::Scroll,
        theme::Part,
        widgets::pane::Pane,
    },
    typeset::columns,
};

/// No window is wider, so that its lines can be read at a glance.
const WIDEST: u16 = 84;

/// Where a window of so many lines stands: in the middle, as high as needed and as there is room.
pub(super) fn area(screen: Rect, lines: usize) -> Rect {
    let width = screen.width.min(WIDEST);
    let height = u16::try_from(lines + 2).unwrap_or(u16::MAX).min(screen.height);
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    }
}

/// The columns of a window's text.
pub(super) fn text_width(screen: Rect) -> u16 {
    Pane::text_width(screen.width.min(WIDEST))
}

/// Draws a text that can be scrolled, in a window or over all of `area`.
pub(super) fn draw_text(
    title: &str,
    lines: &[Line<'static>],
    scroll: Scroll,
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) {
    drawn.main = Pane::extent(area, lines.len());
    drawn.main.offset = scroll.offset(0, drawn.main);
    let mut pane = Pane::of(look.line(title.to_owned(), Part::Title), lines);
    pane.offset = drawn.main.offset;
    pane.draw(area, page, look);
    drawn.targets.push((area, Target::Pane { second: false }));
}

/// The text behind so many columns.
pub(super) fn after_columns(text: &str, skipped: usize) -> &str {
    let mut used = 0;
    let cut = text.char_indices().find(|(_, letter)| {
        let before = used;
        used += columns(letter.encode_utf8(&mut [0; 4]));
        before >= skipped
    });
    cut.map_or("", |(at, _)| &text[at..])
}
