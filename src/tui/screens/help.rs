//! What explains a screen, and its keys, made from the key map; of the list of cards the language of searches
//! besides.

mod language;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::window;
use crate::{
    tui::{
        effect::Effect,
        keymap::{self, Action, Context, Key},
        look::Look,
        message::Press,
        model::Drawn,
        scroll::Scroll,
        theme::Part,
    },
    typeset::columns,
};

/// The columns of the keys.
const KEYS: usize = 14;

/// The keys of the screen beneath.
#[derive(Debug)]
pub struct Model {
    explanation: Option<(&'static str, &'static str)>,
    contexts: &'static [Context],
    options: usize,
    scroll: Scroll,
}

impl Model {
    /// What explains a screen, and the keys of its contexts where there are so many options.
    pub fn new(
        explanation: Option<(&'static str, &'static str)>,
        contexts: &'static [Context],
        options: usize,
    ) -> Self {
        Self { explanation, contexts, options, scroll: Scroll::default() }
    }
}

/// What a key does to the help.
pub fn update(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    if model.scroll.act(press.action, drawn.main) {
        return Vec::new();
    }
    match press.action {
        Action::Back | Action::Close | Action::Help => vec![Effect::Close],
        _ => Vec::new(),
    }
}

/// Draws the help.
pub fn view(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let lines = lines(model, window::text_width(area), look);
    let title = if model.explanation.is_some() { "Help" } else { "Keys" };
    window::draw_text(title, &lines, model.scroll, window::area(area, lines.len()), page, look, drawn);
}

fn lines(model: &Model, width: u16, look: &Look) -> Vec<Line<'static>> {
    let reachable = keymap::shipped().reachable(model.contexts, model.options);
    let mut lines = Vec::new();
    if let Some((title, explanation)) = model.explanation {
        lines.push(look.line(title, Part::Title));
        lines.extend(look.wrapped(explanation, width, 1, Part::Text));
    }
    // Who writes a query wants the language first.
    if model.contexts.contains(&Context::Query) {
        lines.extend(language::lines(width, look));
    }
    for context in model.contexts {
        let entries: Vec<_> = reachable.iter().filter(|(entry, _)| entry.context == *context).collect();
        if entries.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(look.line(context.title(), Part::Title));
        for (entry, keys) in entries {
            lines.extend(entry_lines(&shown(keys, model.options), &entry.help, width, look));
        }
    }
    if model.contexts.contains(&Context::Browse) {
        lines.push(Line::default());
        lines.extend(language::lines(width, look));
    }
    lines
}

fn shown(keys: &[Key], options: usize) -> String {
    keys.iter().map(|key| key.shown(options)).collect::<Vec<_>>().join(" ")
}

fn entry_lines(keys: &str, help: &str, width: u16, look: &Look) -> Vec<Line<'static>> {
    let mut lines = look.wrapped(help, width, KEYS + 2, Part::Text);
    let blanks = (KEYS + 1).saturating_sub(columns(keys)).max(1);
    if let Some(first) = lines.first_mut() {
        let sentence = first.to_string().trim_start().to_owned();
        *first = Line::from(vec![
            Span::raw(" "),
            look.span(keys.to_owned(), Part::Key),
            Span::raw(" ".repeat(blanks)),
            look.span(sentence, Part::Text),
        ]);
    }
    lines
}
