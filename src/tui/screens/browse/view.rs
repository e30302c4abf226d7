//! How the list is drawn: the field, the list, and beside or below it the selected card.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use super::{
    Model,
    columns::{Columns, Standing},
};
use crate::{
    app::SortKey,
    domain::search::Mistake,
    tui::{
        look::{Look, fit},
        model::{Drawn, Target},
        screens::window,
        symbols,
        theme::Part,
        widgets::{list::List, pane::Pane, status::Status},
    },
    typeset::{columns, harmless_line},
};

/// From this width on the card stands beside the list.
const WIDE: u16 = 110;
/// From this height on it stands below the list.
const HIGH: u16 = 20;
/// What stands before the query.
const PROMPT: &str = " / ";

/// Draws the list, and says where the cursor is.
pub fn view(
    model: &Model,
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) -> Option<(u16, u16)> {
    let mistake = mistake_lines(model, area.width, look);
    let rows = [
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(mistake.len() as u16),
        Constraint::Min(0),
    ];
    let [status_area, field_area, mistake_area, body] = Layout::vertical(rows).areas(area);
    status(model).draw(status_area, page, look);
    let cursor = field(model, field_area, page, look);
    for (row, line) in (0..mistake_area.height).zip(&mistake) {
        page.set_line(mistake_area.x, mistake_area.y + row, line, mistake_area.width);
    }
    draw_body(model, body, page, look, drawn);
    if let Some(choice) = &model.choice {
        drawn.main = Default::default();
        choice.draw(area, page, look, drawn);
        return None;
    }
    cursor.filter(|_| model.writing)
}

fn status(model: &Model) -> Status<'static> {
    let more = if model.is_complete { "" } else { "+" };
    let plural = if model.cards.len() == 1 { "" } else { "s" };
    let found = format!("{}{more} card{plural}", model.cards.len());
    let between = symbols::BETWEEN;
    let middle = match model.marked.len() {
        0 => vec![found],
        marked => vec![format!("{found}{between}{marked} marked"), format!("{marked} marked")],
    };
    let key = model.order.key.label();
    let by = if model.order.key == SortKey::Added { String::new() } else { "by ".to_owned() };
    let way = if model.order.is_descending { ", last first" } else { "" };
    Status { title: "Browse", middle, right: Line::from(format!("{by}{key}{way}")) }
}

fn field(model: &Model, area: Rect, page: &mut Buffer, look: &Look) -> Option<(u16, u16)> {
    let room = usize::from(area.width).saturating_sub(columns(PROMPT) + 1);
    let scroll = model.input.visual_scroll(room);
    let seen = window::after_columns(model.input.value(), scroll);
    let text = fit(&harmless_line(seen), room).into_owned();
    let is_empty = model.input.value().is_empty() && !model.writing;
    let (text, part) = match (is_empty, model.writing) {
        (true, _) => {
            ("all cards; / looks for words and filters such as is:due deck:python".to_owned(), Part::Faint)
        }
        (false, true) => (format!("{text}{}", " ".repeat(room.saturating_sub(columns(&text)))), Part::Field),
        (false, false) => (text, Part::Text),
    };
    let text = fit(&text, room).into_owned();
    let line = Line::from(vec![look.span(PROMPT, Part::Key), look.span(text, part)]);
    page.set_line(area.x, area.y, &line, area.width);
    let cursor = columns(PROMPT) + model.input.visual_cursor().saturating_sub(scroll);
    (cursor < usize::from(area.width)).then(|| (area.x + cursor as u16, area.y))
}

/// The mistake's place under the query, and what it is.
fn mistake_lines(model: &Model, width: u16, look: &Look) -> Vec<Line<'static>> {
    let Some(mistake) = &model.mistake else { return Vec::new() };
    let room = usize::from(width).saturating_sub(columns(PROMPT) + 1);
    let query = model.input.value();
    let Mistake { span, message, hint } = mistake;
    let scroll = model.input.visual_scroll(room);
    let before = columns(&harmless_line(query.get(..span.start).unwrap_or(query))).saturating_sub(scroll);
    let marked = columns(&harmless_line(query.get(span.clone()).unwrap_or_default())).max(1);
    let marks = "^".repeat(marked.min(room.saturating_sub(before).max(1)));
    let indent = " ".repeat(columns(PROMPT) + before.min(room.saturating_sub(1)));
    let mut lines = vec![Line::from(vec![Span::raw(indent), look.span(marks, Part::Error)])];
    let sentence = format!("{message}. {hint}");
    lines.extend(look.wrapped(&sentence, width.saturating_sub(1), columns(PROMPT), Part::Error));
    lines
}

fn draw_body(model: &Model, body: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    if model.alone {
        preview(model, body, page, look, drawn);
        return;
    }
    let halves = [Constraint::Percentage(50), Constraint::Min(0)];
    let (list_area, card_area) = if body.width >= WIDE {
        let [left, right] = Layout::horizontal([Constraint::Percentage(54), Constraint::Min(0)]).areas(body);
        (left, Some(right))
    } else if body.height >= HIGH {
        let [above, below] = Layout::vertical(halves).areas(body);
        (above, Some(below))
    } else {
        (body, None)
    };
    list(model, list_area, page, look, drawn);
    if let Some(card_area) = card_area {
        preview(model, card_area, page, look, drawn);
    }
}

fn list(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let width = usize::from(Pane::text_width(area.width));
    let table = Columns::of(width, model.order);
    let above = match model.cards.is_empty() {
        true => look.wrapped("No card is found.", width as u16, 0, Part::Faint),
        false => vec![table.headings(look)],
    };
    let list = List {
        title: look.line("Cards", Part::Title),
        above,
        rows: model.cards.len(),
        selected: model.selected,
        offset: model.offset,
    };
    let row = |nth: usize| {
        let card = model.cards[nth];
        let standing = Standing { selected: nth == model.selected, marked: model.marked.contains(&card) };
        match model.rows.get(&card) {
            Some(found) => table.row(found, standing, model.today, look),
            None => look.line(symbols::ELLIPSIS, Part::Faint),
        }
    };
    list.draw(row, area, page, look, drawn);
}

fn preview(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let Some(shown) = &model.preview else {
        Pane::of(Line::default(), &[], Default::default()).draw(area, page, look);
        return;
    };
    let lines = shown.lines(Pane::text_width(area.width), look);
    drawn.second = Pane::extent(area, lines.len());
    drawn.second.offset = model.scroll.offset(0, drawn.second);
    let mut pane = Pane::of(shown.title(look), &lines, drawn.second);
    pane.focused = model.reads();
    pane.draw(area, page, look);
    drawn.targets.push((area, Target::Pane { second: true }));
}
