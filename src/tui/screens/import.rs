//! Importing: a field for a path, then a report of what was found, done and held back.

mod report;

use crossterm::event::{Event, KeyEvent};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};
use tui_input::{Input, InputRequest, backend::crossterm::EventHandler};

use super::window;
use crate::{
    app::{ImportReport, Progress},
    domain::deck::DeckName,
    tui::{
        effect::{Effect, Request},
        keymap::Action,
        look::{Look, fit},
        message::Press,
        model::Drawn,
        scroll::Scroll,
        symbols,
        theme::Part,
        widgets::pane::Pane,
    },
    typeset::harmless_line,
};

/// A field, and what Tab found, or a report.
#[derive(Debug, Default)]
pub struct Model {
    input: Input,
    /// What Tab offers, and which of it stands in the field.
    offered: Vec<String>,
    taken: Option<usize>,
    /// How far the import has come, while it runs.
    progress: Option<Progress>,
    report: Option<ImportReport>,
    scroll: Scroll,
}

/// What happens to the import.
#[derive(Debug)]
pub enum Message {
    /// A key.
    Act(Press),
    /// What the path may be completed to.
    Completed(Vec<String>),
    /// The import is done.
    Reported(Box<ImportReport>),
}

impl Model {
    /// Whether a path is being written, and no report is shown.
    pub fn is_field(&self) -> bool {
        self.report.is_none()
    }

    /// Takes a text that was pasted; only its first line, since a path has no others.
    pub fn write(&mut self, text: &str) -> bool {
        let first = text.lines().next().unwrap_or_default();
        for letter in first.chars().filter(|letter| !letter.is_control()) {
            self.input.handle(InputRequest::InsertChar(letter));
        }
        self.forget_offers();
        self.is_field()
    }

    /// Takes a key that edits the field.
    pub fn edit(&mut self, key: KeyEvent) {
        self.input.handle_event(&Event::Key(key));
        self.forget_offers();
    }

    /// How far the import has come.
    pub fn set_progress(&mut self, progress: Progress) {
        self.progress = Some(progress);
    }

    /// The first deck that the import brought or changed, once it is done.
    pub fn arrived(&self) -> Option<&DeckName> {
        self.report.as_ref()?.news().find_map(|file| file.deck.as_ref())
    }

    fn forget_offers(&mut self) {
        self.offered.clear();
        self.taken = None;
    }
}

/// What a message does here.
pub fn update(model: &mut Model, message: Message, drawn: &Drawn) -> Vec<Effect> {
    match message {
        Message::Act(press) => act(model, press, drawn),
        Message::Completed(offered) => {
            offer(model, offered);
            Vec::new()
        }
        Message::Reported(report) => {
            model.progress = None;
            model.report = Some(*report);
            model.scroll = Scroll::default();
            Vec::new()
        }
    }
}

fn act(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    if !model.is_field() && model.scroll.act(press.action, drawn.main) {
        return Vec::new();
    }
    match press.action {
        Action::Confirm => vec![Effect::Ask(Request::Import(model.input.value().to_owned()))],
        Action::Complete if model.offered.len() > 1 => {
            take_next(model);
            Vec::new()
        }
        Action::Complete => vec![Effect::Ask(Request::Complete(model.input.value().to_owned()))],
        Action::Done | Action::Back | Action::Close => vec![Effect::Home],
        _ => Vec::new(),
    }
}

/// One possibility is taken at once; of several, what they have in common.
fn offer(model: &mut Model, offered: Vec<String>) {
    let common = common_beginning(&offered);
    if common.len() > model.input.value().len() {
        model.input = Input::new(common);
    }
    model.offered = if offered.len() > 1 { offered } else { Vec::new() };
    model.taken = None;
}

fn take_next(model: &mut Model) {
    let next = model.taken.map_or(0, |taken| (taken + 1) % model.offered.len());
    model.taken = Some(next);
    model.input = Input::new(model.offered[next].clone());
}

fn common_beginning(texts: &[String]) -> String {
    let Some((first, others)) = texts.split_first() else { return String::new() };
    let shared =
        |other: &String| first.chars().zip(other.chars()).take_while(|(one, two)| one == two).count();
    let letters = others.iter().map(shared).min().unwrap_or(usize::MAX);
    first.chars().take(letters).collect()
}

/// Draws the import, and says where the cursor is.
pub fn view(
    model: &Model,
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) -> Option<(u16, u16)> {
    let width = Pane::text_width(area.width);
    if let Some(report) = &model.report {
        let lines = report::lines(report, width, look);
        window::draw_text("Imported", &lines, model.scroll, area, page, look, drawn);
        return None;
    }
    let (before, field, cursor) = field(model, width, look);
    let row = before.len();
    let lines: Vec<Line> = before.into_iter().chain([field]).chain(below(model, width, look)).collect();
    window::draw_text("Import", &lines, Scroll::default(), area, page, look, drawn);
    let text = Pane::text_area(area);
    let seen = row < usize::from(text.height) && cursor < text.width;
    seen.then(|| (text.x + cursor, text.y + row as u16))
}

fn field(model: &Model, width: u16, look: &Look) -> (Vec<Line<'static>>, Line<'static>, u16) {
    let mut before = vec![Line::default()];
    for sentence in [
        "Enter imports a chapter, or a folder of chapters. Without a path it reads everything again that was imported before, and brings the decks up to date.",
        "The path:",
    ] {
        before.extend(look.wrapped(sentence, width, 0, Part::Text));
    }
    before.push(Line::default());
    let room = usize::from(width).saturating_sub(1);
    let scroll = model.input.visual_scroll(room);
    let seen = window::after_columns(model.input.value(), scroll);
    let blanks = room.saturating_sub(crate::typeset::columns(seen));
    let field = look.line(format!("{}{}", harmless_line(seen), " ".repeat(blanks)), Part::Field);
    (before, field, (model.input.visual_cursor() - scroll) as u16)
}

fn below(model: &Model, width: u16, look: &Look) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    if let Some(Progress { done, files }) = &model.progress {
        let sentence = format!("Reading file {} of {files}; Esc stops and changes nothing.", done + 1);
        lines.extend(look.wrapped(&sentence, width, 0, Part::Info));
    }
    lines.extend(model.offered.iter().enumerate().map(|(nth, offered)| {
        let taken = model.taken == Some(nth);
        let pointer = if taken { symbols::POINTER } else { " " };
        let name = fit(&harmless_line(offered), usize::from(width).saturating_sub(2)).into_owned();
        Line::from(vec![look.span(pointer, Part::Letter), Span::raw(" "), look.span(name, Part::Text)])
    }));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_possibilities_are_completed_as_far_as_they_agree() {
        let common = |texts: &[&str]| {
            common_beginning(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(common(&["a/bcd", "a/bce"]), "a/bc");
        assert_eq!(common(&["a/bcd"]), "a/bcd");
        assert_eq!(common(&["é1", "é2"]), "é");
        assert_eq!(common(&[]), "");
    }
}
