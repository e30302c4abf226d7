//! How statistics are drawn: where one is, the pages, and the panels of the one that is seen.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
};

use super::{
    By, Model, Span, calendar, cards, confusions, facts, lately, load, prediction, retention, topics,
};
use crate::{
    app::Figures,
    domain::{stats::Page, time::StudyDay},
    tui::{
        look::Look,
        model::Drawn,
        theme::Part,
        widgets::{
            board::{self, Panel, Room},
            status::Status,
            tabs::Tabs,
        },
    },
    typeset::harmless_line,
};

/// What a page needs besides its figures.
pub(super) struct Sheet<'a> {
    pub look: &'a Look,
    pub room: Room,
    pub today: StudyDay,
    pub span: Span,
}

/// Draws the statistics.
pub fn view(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)];
    let [status_area, tabs_area, body] = Layout::vertical(rows).areas(area);
    draw_status(model, status_area, page, look);
    draw_page(model, body, page, look, drawn);
    // Above what scrolls, also for clicks.
    let selected = Page::ALL.iter().position(|page| *page == model.page).unwrap_or(0);
    Tabs { names: &Page::ALL.map(name), selected }.draw(tabs_area, page, look, drawn);
}

fn draw_status(model: &Model, area: Rect, page: &mut Buffer, look: &Look) {
    let title = if model.is_whole { "all decks".into() } else { harmless_line(&model.title) };
    let title = format!("Statistics: {title}");
    let right = look.line(model.span.words(), Part::Text);
    Status { title: &title, middle: Vec::new(), right }.draw(area, page, look);
}

/// The name of a page as there is room for it beside the others.
fn name(page: Page) -> &'static str {
    match page {
        Page::Lately => "Today",
        Page::Retention
        | Page::Calendar
        | Page::Load
        | Page::Cards
        | Page::Topics
        | Page::Confusions
        | Page::Prediction => page.title(),
    }
}

fn draw_page(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let sheet = Sheet { look, room: Room::of(area), today: model.today, span: model.span };
    let panels = match model.figures() {
        None => told(model, "Counting …", &sheet),
        Some(Err(error)) => told(model, error, &sheet),
        Some(Ok(figures)) => match figures {
            Figures::Lately(figures) => lately::panels(figures, &sheet),
            Figures::Retention(figures) => retention::panels(figures, &sheet),
            Figures::Calendar(figures) => calendar::panels(figures, &sheet),
            Figures::Load(figures) => load::panels(figures, &sheet),
            Figures::Cards(figures) => cards::panels(figures, &sheet),
            Figures::Topics(figures) => {
                let by = By::ALL.map(|by| (by, by.groups(figures)));
                return topics::draw(model, by, area, page, look, drawn);
            }
            Figures::Confusions(figures) => confusions::panels(figures, &sheet),
            Figures::Prediction(figures) => prediction::panels(figures, &sheet),
        },
    };
    board::draw(&panels, model.scroll, area, page, look, drawn);
}

fn told(model: &Model, words: &str, sheet: &Sheet) -> Vec<Panel> {
    let lines = facts::remark(&harmless_line(words), sheet.room.whole, sheet.look);
    vec![Panel::whole(model.page.title(), lines)]
}
