//! The first screen of an empty collection: what ships with the program, ready to start. Later on it is
//! opened over the decks.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    app::ShippedDeck,
    tui::{
        effect::{Effect, Request},
        keymap::Action,
        look::{Look, fit},
        message::Press,
        model::{Drawn, Screen, Target},
        notice::Notice,
        scroll::selected,
        symbols,
        theme::Part,
        widgets::pane::Pane,
    },
    typeset::harmless_line,
};

/// What can be started.
#[derive(Debug)]
pub struct Model {
    shipped: Vec<ShippedDeck>,
    selected: usize,
    /// Whether there are decks to go back to.
    over_decks: bool,
}

impl Model {
    /// These chapters, the first of them selected.
    pub fn new(shipped: Vec<ShippedDeck>) -> Self {
        Self { shipped, selected: 0, over_decks: false }
    }

    /// The same, opened by somebody who has decks already.
    pub fn over_decks(shipped: Vec<ShippedDeck>) -> Self {
        Self { over_decks: true, ..Self::new(shipped) }
    }

    /// The word of the footer for an action, where the key map's does not fit.
    pub fn label(&self, action: Action) -> Option<String> {
        (action == Action::Back && !self.over_decks).then(|| "quit".to_owned())
    }
}

/// What a key does here.
pub fn update(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    match press.action {
        Action::Start => start(model),
        Action::Import => vec![Effect::Open(Box::new(Screen::Import(Box::default())))],
        Action::Back | Action::Close if model.over_decks => vec![Effect::Close],
        Action::Back => vec![Effect::Quit(0)],
        Action::Close => vec![Effect::Tell(Notice::info("q quits"))],
        action => {
            if let Some(moved) = selected(action, model.selected, drawn.main) {
                model.selected = moved;
            }
            Vec::new()
        }
    }
}

/// A click selects; on what is selected, it starts it.
pub fn click(model: &mut Model, row: usize) -> Vec<Effect> {
    if model.selected == row {
        return start(model);
    }
    model.selected = row;
    Vec::new()
}

fn start(model: &Model) -> Vec<Effect> {
    let chosen = model.shipped.get(model.selected);
    chosen.map(|chapter| Effect::Ask(Request::StartShipped(chapter.file_name))).into_iter().collect()
}

/// Draws the welcome.
pub fn view(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let width = Pane::text_width(area.width);
    let mut lines = introduction(model, width, look);
    let first = lines.len();
    lines.extend(
        model
            .shipped
            .iter()
            .enumerate()
            .map(|(nth, chapter)| row(chapter, nth == model.selected, usize::from(width), look)),
    );
    lines.push(Line::default());
    lines.extend(look.wrapped("Enter starts the selected one. i imports your own chapters, a file or a folder of Markdown. ? shows the keys.", width, 0, Part::Text));

    let mut extent = Pane::extent(area, lines.len());
    let selected = first + model.selected;
    extent.offset = extent.showing(selected, selected);
    let mut pane = Pane::of(look.line("retain", Part::Title), &lines, extent);
    pane.highlights.push((selected..selected + 1, look.selection()));
    pane.draw(area, page, look);

    drawn.main.height = extent.height;
    drawn.main.lines = model.shipped.len();
    let text = Pane::text_area(area);
    let rows = (0..model.shipped.len()).filter_map(|nth| {
        let y = (first + nth).checked_sub(extent.offset).filter(|y| *y < extent.height)?;
        Some((Rect { y: text.y + y as u16, height: 1, ..text }, Target::Row(nth)))
    });
    drawn.targets.extend(rows);
}

fn introduction(model: &Model, width: u16, look: &Look) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    lines.extend(look.wrapped(
        "Questions come back just before you would forget them.",
        width,
        0,
        Part::Title,
    ));
    lines.push(Line::default());
    let shipped = match model.over_decks {
        true => "These chapters ship with the program:",
        false => "There is nothing to study yet. These chapters ship with the program:",
    };
    lines.extend(look.wrapped(shipped, width, 0, Part::Text));
    lines.push(Line::default());
    lines
}

fn row(chapter: &ShippedDeck, selected: bool, width: usize, look: &Look) -> Line<'static> {
    let pointer = if selected { symbols::POINTER } else { " " };
    let questions = format!("{} questions", chapter.questions);
    let room = width.saturating_sub(questions.len() + 5);
    let title = fit(&harmless_line(&chapter.title), room).into_owned();
    Line::from(vec![
        look.span(format!(" {pointer} "), Part::Letter),
        look.span(title, Part::Title),
        Span::raw("  "),
        look.span(questions, Part::Faint),
    ])
}
