//! Panels on a board: beside each other where there is room for two, else below each other. A board that is
//! higher than its place scrolls as a whole, and says so below.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::pane::Pane;
use crate::tui::{
    look::{Look, fit},
    model::{Drawn, Target},
    scroll::{Extent, Scroll},
    symbols,
    theme::Part,
};

/// From so many columns on there are two panels beside each other.
const TWO_FROM: u16 = 110;

/// What there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// The columns of a panel's text.
    pub width: usize,
    /// The columns of the text of a panel that goes from side to side.
    pub whole: usize,
    /// Lines for the bars of a chart.
    pub chart: usize,
    two: bool,
}

/// A panel.
#[derive(Debug)]
pub struct Panel {
    /// Its title.
    pub title: String,
    /// Its text, laid out for the room.
    pub lines: Vec<Line<'static>>,
    /// Whether it goes from side to side.
    pub is_whole: bool,
}

impl Room {
    /// What there is room for in this place.
    pub fn of(area: Rect) -> Self {
        let two = area.width >= TWO_FROM;
        let column = if two { area.width / 2 } else { area.width };
        let chart = match area.height {
            ..18 => 4,
            18..32 => 6,
            32..44 => 9,
            44.. => 12,
        };
        let (width, whole) = (Pane::text_width(column).into(), Pane::text_width(area.width).into());
        Self { width, whole, chart, two }
    }
}

impl Panel {
    /// A panel in a column.
    pub fn new(title: impl Into<String>, lines: Vec<Line<'static>>) -> Self {
        Self { title: title.into(), lines, is_whole: false }
    }

    /// A panel from side to side.
    pub fn whole(title: impl Into<String>, lines: Vec<Line<'static>>) -> Self {
        Self { is_whole: true, ..Self::new(title, lines) }
    }

    fn height(&self) -> u16 {
        u16::try_from(self.lines.len() + 2).unwrap_or(u16::MAX)
    }
}

/// Draws panels that were made for this room.
pub fn draw(panels: &[Panel], scroll: Scroll, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let places = places(panels, area.width, Room::of(area).two);
    let height = places.iter().map(|place| place.bottom()).max().unwrap_or(0);
    let fits = height <= area.height;
    let seen = Rect { height: if fits { area.height } else { area.height.saturating_sub(1) }, ..area };
    let mut extent = Extent { height: seen.height.into(), lines: height.into(), offset: 0 };
    extent.offset = scroll.offset(0, extent);
    // Drawn in whole and copied in part: a panel may be cut anywhere.
    let mut board = Buffer::empty(Rect { x: 0, y: 0, width: area.width, height });
    board.set_style(board.area, look.part(Part::Text));
    for (panel, place) in panels.iter().zip(places) {
        let title = look.line(panel.title.clone(), Part::Title);
        let whole = Extent { lines: 0, ..Extent::default() };
        Pane::of(title, &panel.lines, whole).draw(place, &mut board, look);
    }
    copy(&board, extent.offset, seen, page);
    if !fits {
        scroll_marks(extent, seen, page, look);
    }
    drawn.targets.push((area, Target::Pane { second: false }));
    drawn.main = extent;
}

/// Where each panel stands, from the board's upper left corner. Panels beside each other end on one line.
fn places(panels: &[Panel], width: u16, two: bool) -> Vec<Rect> {
    let mut places = Vec::with_capacity(panels.len());
    let mut y = 0;
    for group in panels.chunk_by(|one, next| two && !one.is_whole && !next.is_whole) {
        let heights: Vec<u16> = group.iter().map(Panel::height).collect();
        let columns = if two && !group[0].is_whole { even_columns(&heights) } else { vec![0; group.len()] };
        let is_beside = columns.contains(&1);
        let half = if is_beside { width / 2 } else { width };
        let across = [
            Rect { x: 0, width: half, ..Rect::default() },
            Rect { x: half, width: width - half, ..Rect::default() },
        ];
        let mut ends = [y, y];
        let first = places.len();
        for (height, column) in heights.iter().zip(&columns) {
            places.push(Rect { y: ends[*column], height: *height, ..across[*column] });
            ends[*column] += height;
        }
        y = ends[0].max(ends[1]);
        for (column, end) in ends.iter().enumerate() {
            if let Some(last) = columns.iter().rposition(|its| *its == column) {
                places[first + last].height += y - end;
            }
        }
    }
    places
}

/// In which of two columns each panel stands, so that both are as long as each other, as nearly as can be.
fn even_columns(heights: &[u16]) -> Vec<usize> {
    let column = |mask: u32, panel: usize| (mask >> panel & 1) as usize;
    let unevenness = |mask: u32| {
        let mut ends = [0_i32; 2];
        heights
            .iter()
            .enumerate()
            .for_each(|(panel, height)| ends[column(mask, panel)] += i32::from(*height));
        (ends[0] - ends[1]).abs()
    };
    // The first panel is at the left; there are never more than a handful.
    let masks = (0..1_u32 << heights.len().min(16)).step_by(2);
    let mask = masks.min_by_key(|mask| unevenness(*mask)).unwrap_or(0);
    (0..heights.len()).map(|panel| column(mask, panel)).collect()
}

fn copy(board: &Buffer, offset: usize, seen: Rect, page: &mut Buffer) {
    for row in 0..seen.height {
        let from = row.saturating_add(offset as u16);
        if from >= board.area.height {
            break;
        }
        for column in 0..seen.width {
            page[(seen.x + column, seen.y + row)] = board[(column, from)].clone();
        }
    }
}

fn scroll_marks(extent: Extent, seen: Rect, page: &mut Buffer, look: &Look) {
    let below = extent.furthest() - extent.offset;
    let mut words = Vec::new();
    if extent.offset > 0 {
        words.push(format!("{} {} lines above", symbols::MORE_ABOVE, extent.offset));
    }
    if below > 0 {
        words.push(format!("{} {below} more below", symbols::MORE_BELOW));
    }
    let width = usize::from(seen.width).saturating_sub(2);
    let words = words.join("   ");
    page.set_string(seen.x + 1, seen.bottom(), fit(&words, width), look.part(Part::Scroll));
    let track = usize::from(seen.height);
    let size = (track * extent.height / extent.lines.max(1)).clamp(1, track.max(1));
    let top = (track - size.min(track)) * extent.offset / extent.furthest().max(1);
    for row in top..(top + size).min(track) {
        let y = seen.y + row as u16;
        page.set_string(seen.right() - 1, y, symbols::SCROLL_MARK, look.part(Part::Scroll));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(lines: usize, is_whole: bool) -> Panel {
        Panel { is_whole, ..Panel::new("", vec![Line::default(); lines]) }
    }

    fn told(panels: &[Panel], width: u16, two: bool) -> Vec<(u16, u16, u16, u16)> {
        let places = places(panels, width, two);
        places.into_iter().map(|Rect { x, y, width, height }| (x, y, width, height)).collect()
    }

    #[test]
    fn panels_stand_in_two_even_columns_and_end_together_above_one_that_takes_both() {
        let panels = [panel(2, false), panel(6, false), panel(1, false), panel(3, true), panel(1, false)];
        assert_eq!(
            told(&panels, 121, true),
            [(0, 0, 60, 4), (60, 0, 61, 8), (0, 4, 60, 4), (0, 8, 121, 5), (0, 13, 121, 3)]
        );
        assert_eq!(
            told(&panels, 80, false),
            [(0, 0, 80, 4), (0, 4, 80, 8), (0, 12, 80, 3), (0, 15, 80, 5), (0, 20, 80, 3)]
        );
    }
}
