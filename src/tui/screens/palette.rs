//! All actions with their keys, filtered as one types; Enter does the selected one.

use crossterm::event::{Event, KeyEvent};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};
use tui_input::{Input, backend::crossterm::EventHandler};

use super::window;
use crate::{
    tui::{
        effect::Effect,
        keymap::{self, Action, Context},
        look::{Look, fit},
        message::{At, Press},
        model::Drawn,
        notice::Notice,
        quiet::CLICK,
        scroll::selected,
        theme::Part,
        widgets::{list::List, pane::Pane},
    },
    typeset::columns,
};

/// The columns of the keys.
const KEYS: usize = 12;
/// The lines above the list: the field and a blank one.
const ABOVE: usize = 2;

/// The actions and what was typed so far.
#[derive(Debug)]
pub struct Model {
    items: Vec<Item>,
    input: Input,
    selected: usize,
}

/// An action in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    action: Action,
    keys: String,
    sentence: String,
    /// Why it cannot be done now.
    refusal: Option<String>,
}

impl Model {
    /// All actions: first those of the screen beneath, which hears these contexts, then the others.
    pub fn new(
        contexts: &'static [Context],
        options: usize,
        refusal: impl Fn(Action) -> Option<String>,
    ) -> Self {
        let here = keymap::shipped().reachable(contexts, options);
        let mut items: Vec<Item> = Vec::new();
        for (entry, keys) in here {
            let keys: Vec<String> = keys.iter().map(|key| key.shown(options)).collect();
            let refusal = match entry.action {
                Action::Choose => Some("Press the letter of an option".to_owned()),
                Action::Palette => continue,
                action => refusal(action),
            };
            items.push(Item {
                action: entry.action,
                keys: keys.join(" "),
                sentence: entry.help.clone(),
                refusal,
            });
        }
        for entry in &keymap::shipped().entries {
            if items.iter().any(|item| item.action == entry.action) || entry.action == Action::Palette {
                continue;
            }
            let keys: Vec<String> = entry.keys.iter().map(ToString::to_string).collect();
            let refusal = Some(format!("Not here, but under “{}”", entry.context.title()));
            items.push(Item {
                action: entry.action,
                keys: keys.join(" "),
                sentence: entry.help.clone(),
                refusal,
            });
        }
        items.sort_by_key(|item| item.refusal.is_some());
        Self { items, input: Input::default(), selected: 0 }
    }

    /// Takes a text that was pasted.
    pub fn write(&mut self, text: &str) -> bool {
        let visible = text.chars().filter(|letter| !letter.is_control());
        visible.for_each(|letter| {
            self.input.handle(tui_input::InputRequest::InsertChar(letter));
        });
        self.selected = 0;
        true
    }

    /// Takes a key that edits the field.
    pub fn edit(&mut self, key: KeyEvent) {
        self.input.handle_event(&Event::Key(key));
        self.selected = 0;
    }

    /// The items whose sentences hold what was typed: first those that hold it in one piece.
    fn matching(&self) -> Vec<&Item> {
        let wanted = self.input.value().trim().to_lowercase();
        let text = |item: &&Item| item.sentence.to_lowercase();
        let mut matching: Vec<&Item> = self.items.iter().filter(|item| holds(&text(item), &wanted)).collect();
        matching.sort_by_key(|item| !text(item).contains(&wanted));
        matching
    }
}

/// Whether the wanted letters stand in the text in their order, others between them; blanks aside.
fn holds(text: &str, wanted: &str) -> bool {
    let mut letters = text.chars();
    wanted
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .all(|wanted| letters.any(|letter| letter == wanted))
}

/// What a key does to the palette.
pub fn update(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    match press.action {
        Action::Close => vec![Effect::Close],
        Action::Confirm => confirm(model, press),
        action => {
            let mut extent = drawn.main;
            extent.lines = model.matching().len();
            if let Some(moved) = selected(action, model.selected, extent) {
                model.selected = moved;
            }
            Vec::new()
        }
    }
}

/// A click on a line does what it says.
pub fn click(model: &mut Model, row: usize, at: At) -> Vec<Effect> {
    model.selected = row;
    confirm(model, Press { action: Action::Confirm, key: KeyEvent::from(CLICK), at })
}

fn confirm(model: &Model, press: Press) -> Vec<Effect> {
    let matching = model.matching();
    let Some(item) = matching.get(model.selected) else { return Vec::new() };
    match &item.refusal {
        Some(refusal) => vec![Effect::Tell(Notice::info(refusal))],
        None => vec![Effect::Act(Press { action: item.action, ..press })],
    }
}

/// Draws the palette, and says where the cursor is.
pub fn view(
    model: &Model,
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) -> Option<(u16, u16)> {
    let matching = model.matching();
    // As high as the whole list, so that nothing jumps while one types.
    let area = window::area(area, model.items.len() + ABOVE);
    let width = usize::from(Pane::text_width(area.width));
    let below_field = match matching.is_empty() {
        true => look.line("No action has these letters.", Part::Faint),
        false => Line::default(),
    };
    let list = List {
        title: look.line("Actions", Part::Title),
        above: vec![field(&model.input, width, look), below_field],
        rows: matching.len(),
        selected: model.selected,
        offset: drawn.main.offset,
    };
    list.draw(|row| line(matching[row], width, look), area, page, look, drawn);
    let text = Pane::text_area(area);
    let cursor = 2 + model.input.visual_cursor() - model.input.visual_scroll(width.saturating_sub(3));
    Some((text.x + cursor as u16, text.y)).filter(|_| text.height > 0 && cursor < width)
}

fn field(input: &Input, width: usize, look: &Look) -> Line<'static> {
    let scroll = input.visual_scroll(width.saturating_sub(3));
    let seen = window::after_columns(input.value(), scroll);
    Line::from(vec![
        look.span(": ", Part::Key),
        look.span(fit(seen, width.saturating_sub(2)).into_owned(), Part::Text),
    ])
}

fn line(item: &Item, width: usize, look: &Look) -> Line<'static> {
    let (key, text) = match &item.refusal {
        None => (Part::Key, Part::Text),
        Some(_) => (Part::KeyOff, Part::KeyOff),
    };
    let keys = fit(&item.keys, KEYS).into_owned();
    let blanks = " ".repeat((KEYS + 2).saturating_sub(columns(&keys)));
    let sentence = fit(&item.sentence, width.saturating_sub(KEYS + 2)).into_owned();
    Line::from(vec![look.span(keys, key), Span::raw(blanks), look.span(sentence, text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_find_a_sentence() {
        assert!(holds("undo what was done last", "uwl"));
        assert!(holds("undo what was done last", "undo last"));
        assert!(!holds("undo what was done last", "last undo"));
    }
}
