//! How things are spread: ratatui's bars, each with its group and its number below; lying bars where there is
//! no room for that.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::{self, BarChart, Widget},
};

use super::bars::{Bar, Bars};
use crate::{
    tui::{look::Look, theme::Part},
    typeset::columns,
};

/// No bar is wider.
const WIDEST: usize = 9;

/// Groups and how many there are in each, in a chart of so many columns and lines.
pub fn lines(groups: &[(String, usize)], width: usize, height: usize, look: &Look) -> Vec<Line<'static>> {
    let label =
        groups.iter().map(|(label, number)| columns(label).max(number.to_string().len())).max().unwrap_or(1);
    let bar = ((width + 1) / groups.len().max(1)).saturating_sub(1).min(WIDEST);
    if bar < label {
        let lying = |(label, number): &(String, usize)| Bar::plain(label, number.to_string(), *number);
        return Bars { rows: &groups.iter().map(lying).collect::<Vec<_>>(), width }.lines(look);
    }
    let upright = |(label, number): &(String, usize)| {
        widgets::Bar::default().value(*number as u64).text_value("").label(label.clone())
    };
    let chart = BarChart::new(groups.iter().map(upright).collect::<Vec<_>>())
        .bar_width(bar as u16)
        .bar_gap(1)
        .bar_style(look.part(Part::Bar))
        .label_style(look.part(Part::Faint));
    let mut page = Buffer::empty(Rect { x: 0, y: 0, width: width as u16, height: height as u16 + 1 });
    page.set_style(page.area, look.part(Part::Text));
    chart.render(page.area, &mut page);
    let mut lines: Vec<Line> = (0..page.area.height).map(|y| line_of(&page, y)).collect();
    // Inside of its bar a number could only be read where the bar is high enough.
    let numbers = groups.iter().map(|(_, number)| format!("{number:^bar$} "));
    lines.push(look.line(numbers.collect::<String>(), Part::Text));
    lines
}

fn line_of(page: &Buffer, y: u16) -> Line<'static> {
    let cell = |x| {
        let cell = &page[(x, y)];
        Span::styled(cell.symbol().to_owned(), cell.style())
    };
    Line::from((0..page.area.width).map(cell).collect::<Vec<_>>())
}
