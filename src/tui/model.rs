//! The state of the interface: a stack of screens, the last of them seen, and what the last drawing
//! found out.

use ratatui::layout::{Position, Rect};

use super::{
    keymap::{Action, Context},
    notice::Notice,
    screens::{browse, card, decks, help, import, palette, review, statistics, summary, welcome},
    scroll::Extent,
};
use crate::domain::{deck::Scope, grade::Grade, session::Session, stats::Page};

/// The whole interface.
#[derive(Debug, Default)]
pub struct Model {
    /// The screens, each opened from the one before.
    pub screens: Vec<Screen>,
    /// What the person is told until the next key.
    pub notice: Option<Notice>,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// What the last drawing found out.
    pub drawn: Drawn,
}

/// A screen.
#[derive(Debug)]
pub enum Screen {
    /// The first screen of an empty collection.
    Welcome(welcome::Model),
    /// The first screen otherwise.
    Decks(Box<decks::Model>),
    /// Questions.
    Review(Box<review::Model>),
    /// What a sitting came to.
    Summary(summary::Model),
    /// All cards.
    Browse(Box<browse::Model>),
    /// What answers come to.
    Statistics(Box<statistics::Model>),
    /// Chapters are imported.
    Import(Box<import::Model>),
    /// The history of a card.
    Card(Box<card::Model>),
    /// The keys of a screen.
    Help(help::Model),
    /// All actions.
    Palette(palette::Model),
}

/// What a drawing found out, for the next key or click.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The main text or list.
    pub main: Extent,
    /// A second text, such as an explanation.
    pub second: Extent,
    /// Whether the decks have room to say how each of them stands.
    pub has_room_for_standings: bool,
    /// What can be clicked, and where.
    pub targets: Vec<(Rect, Target)>,
}

/// What can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An option, by its place.
    Option(usize),
    /// A grade.
    Grade(Grade),
    /// A line of a list.
    Row(usize),
    /// A page of several, by its place.
    Tab(usize),
    /// A pane, to be scrolled: the second one or not.
    Pane {
        /// Whether it is the second one.
        second: bool,
    },
}

/// A sitting that has begun.
#[derive(Debug)]
pub struct Begun {
    /// What is studied.
    pub scope: Scope,
    /// Its name.
    pub title: String,
    /// Its cards.
    pub session: Session,
    /// How many of its cards were never answered.
    pub new: usize,
    /// Whether options are covered at first.
    pub cover: bool,
    /// Milliseconds after which a right answer suggests Hard.
    pub slow_ms: u32,
    /// What to say when there is nothing to study.
    pub otherwise: String,
    /// Whether answers are for practice, and leave the schedule alone.
    pub practice: bool,
}

impl Model {
    /// The screen that is seen.
    pub fn top(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// Whether somebody should count how the decks stand that were just drawn; it is ordered with that.
    pub fn order_standings(&mut self) -> bool {
        match self.screens.last_mut() {
            Some(Screen::Decks(decks)) => decks.order_standings(&self.drawn),
            _ => false,
        }
    }
}

impl Drawn {
    /// What was drawn at this place; small things before the panes that hold them.
    pub fn target(&self, position: Position) -> Option<Target> {
        let hit = |(area, _): &&(Rect, Target)| area.contains(position);
        self.targets.iter().rev().find(hit).map(|(_, target)| *target)
    }
}

impl Screen {
    /// The contexts whose keys it hears, the most particular first.
    pub fn contexts(&self) -> &'static [Context] {
        use Context::{Always, Decks, Global, List, Palette, Report, Scroll, Summary, Welcome};
        match self {
            Self::Welcome(_) => &[Welcome, List, Global, Always],
            Self::Decks(_) => &[Decks, List, Global, Always],
            Self::Review(model) => model.contexts(),
            Self::Browse(model) => model.contexts(),
            Self::Summary(_) => &[Summary, Scroll, Global, Always],
            Self::Statistics(model) => model.contexts(),
            Self::Import(model) if model.is_field() => &[Context::Path, Always],
            Self::Import(_) => &[Report, Scroll, Global, Always],
            Self::Card(_) | Self::Help(_) => &[Scroll, Global, Always],
            Self::Palette(_) => &[Palette, Always],
        }
    }

    /// How many options or pages can be chosen by their letters or numbers.
    pub fn options(&self) -> usize {
        match self {
            Self::Review(model) => model.options(),
            Self::Statistics(_) => Page::ALL.len(),
            Self::Welcome(_)
            | Self::Decks(_)
            | Self::Browse(_)
            | Self::Summary(_)
            | Self::Import(_)
            | Self::Card(_)
            | Self::Help(_)
            | Self::Palette(_) => 0,
        }
    }

    /// Why an action does nothing now; `None` when it does something.
    pub fn refusal(&self, action: Action) -> Option<String> {
        match self {
            Self::Review(model) => model.refusal(action),
            Self::Browse(model) => model.refusal(action),
            Self::Statistics(model) => model.refusal(action),
            Self::Welcome(_)
            | Self::Decks(_)
            | Self::Summary(_)
            | Self::Import(_)
            | Self::Card(_)
            | Self::Help(_)
            | Self::Palette(_) => None,
        }
    }

    /// Whether an action has nothing to do as far as this screen knows, though it is not refused.
    pub fn seems_idle(&self, action: Action) -> bool {
        match self {
            Self::Decks(model) => model.seems_idle(action),
            Self::Summary(model) => model.seems_idle(action),
            Self::Welcome(_)
            | Self::Review(_)
            | Self::Browse(_)
            | Self::Statistics(_)
            | Self::Import(_)
            | Self::Card(_)
            | Self::Help(_)
            | Self::Palette(_) => false,
        }
    }

    /// The word of the footer for an action, where this screen has a better one than the key map.
    pub fn label(&self, action: Action) -> Option<String> {
        match self {
            Self::Review(model) => model.label(action),
            Self::Welcome(model) => model.label(action),
            Self::Browse(model) => model.label(action),
            Self::Statistics(model) => model.label(action),
            Self::Decks(_) => (action == Action::Back).then(|| "quit".to_owned()),
            Self::Summary(_) | Self::Import(_) | Self::Card(_) | Self::Help(_) | Self::Palette(_) => None,
        }
    }

    /// What explains the figures that are seen, with its title.
    pub fn explanation(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Statistics(model) => Some((model.page().title(), model.page().explanation())),
            Self::Welcome(_)
            | Self::Decks(_)
            | Self::Review(_)
            | Self::Browse(_)
            | Self::Summary(_)
            | Self::Import(_)
            | Self::Card(_)
            | Self::Help(_)
            | Self::Palette(_) => None,
        }
    }

    /// Whether it is drawn over the screen beneath it.
    pub fn is_overlay(&self) -> bool {
        match self {
            Self::Card(_) | Self::Help(_) | Self::Palette(_) => true,
            Self::Welcome(_)
            | Self::Decks(_)
            | Self::Review(_)
            | Self::Summary(_)
            | Self::Browse(_)
            | Self::Statistics(_)
            | Self::Import(_) => false,
        }
    }

    /// Takes a text that was pasted or typed; `false` where there is no field for it.
    pub fn write(&mut self, text: &str) -> bool {
        match self {
            Self::Import(model) => model.write(text),
            Self::Palette(model) => model.write(text),
            Self::Browse(model) => model.write(text),
            Self::Welcome(_)
            | Self::Decks(_)
            | Self::Review(_)
            | Self::Summary(_)
            | Self::Statistics(_)
            | Self::Card(_)
            | Self::Help(_) => false,
        }
    }

    /// Takes a key that is no action: one that edits a field.
    pub fn edit(&mut self, key: crossterm::event::KeyEvent) {
        match self {
            Self::Import(model) => model.edit(key),
            Self::Palette(model) => model.edit(key),
            Self::Browse(model) => model.edit(key),
            Self::Welcome(_)
            | Self::Decks(_)
            | Self::Review(_)
            | Self::Summary(_)
            | Self::Statistics(_)
            | Self::Card(_)
            | Self::Help(_) => {}
        }
    }

    /// What is to be done when a field was written in.
    pub fn written(&self) -> Vec<super::effect::Effect> {
        match self {
            Self::Browse(model) => model.written(),
            Self::Welcome(_)
            | Self::Decks(_)
            | Self::Review(_)
            | Self::Statistics(_)
            | Self::Summary(_)
            | Self::Import(_)
            | Self::Card(_)
            | Self::Help(_)
            | Self::Palette(_) => Vec::new(),
        }
    }
}
