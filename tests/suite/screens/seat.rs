//! A seat before the screen: presses keys and reads what is shown.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::Buffer,
    style::{Color, Modifier},
};
use retain::{
    app::{Access, App, ImportOptions, Setup},
    tui::{
        counting,
        effect::{self, Effect, Request},
        look::Look,
        message::{At, Message},
        model::Model,
        screens::statistics,
        theme::Theme,
        update::update,
        view::view,
    },
    typeset::Highlighter,
};
use tempfile::TempDir;

use crate::chapters::add_flip_cards;

const TEA: &str = include_str!("tea.md");
const BREAD: &str = include_str!("bread.md");

/// Between two keys that a person presses one after the other.
const UNHURRIED: u64 = 5_000;

/// The day on which everything begins.
const TODAY: &str = "2026-11-22";

/// How a test begins: a seat before a screen of this width and height.
pub type Begin = fn(u16, u16) -> Seat;

pub struct Seat {
    pub app: App,
    pub model: Model,
    pub look: Look,
    pub terminal: Terminal<TestBackend>,
    /// What left the interface, since only the loop can do it.
    pub outside: Vec<Effect>,
    /// How often statistics were counted.
    pub orders: usize,
    pub now: u64,
    pub folder: TempDir,
}

impl Seat {
    /// Before an empty collection.
    pub fn empty(width: u16, height: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut seat = Self {
            app: App::in_memory(&setup(&folder, TODAY)).expect("a collection"),
            model: Model::default(),
            look: Look { theme: Theme::default(), highlighter: Highlighter::none(), unicode: true },
            terminal: Terminal::new(TestBackend::new(width, height)).expect("a screen"),
            outside: Vec::new(),
            orders: 0,
            now: 0,
            folder,
        };
        seat.perform(vec![Effect::Ask(Request::Home)]);
        seat
    }

    /// Before the decks Tea and Bread of the book Kitchen.
    pub fn with_decks(width: u16, height: u16) -> Self {
        let mut seat = Self::empty(width, height);
        let kitchen = seat.kitchen();
        seat.app.import(&[kitchen], ImportOptions::default(), &mut |_| true).expect("imported");
        seat.perform(vec![Effect::Ask(Request::Home)]);
        seat
    }

    /// Before the first question of Tea.
    pub fn asked(width: u16, height: u16) -> Self {
        let mut seat = Self::with_decks(width, height);
        seat.press("End Enter");
        seat
    }

    /// Before the first of two flip cards.
    pub fn flip_cards(width: u16, height: u16) -> Self {
        let mut seat = Self::empty(width, height);
        add_flip_cards(&seat.folder.path().join("data"));
        seat.goes_on(TODAY);
        seat.perform(vec![Effect::Ask(Request::Home)]);
        seat.press("Enter");
        seat
    }

    /// With this day the program goes on, its collection on disk: an empty one at first.
    pub fn goes_on(&mut self, day: &str) {
        // The old one gives the collection free.
        self.app = App::in_memory(&Setup::default()).expect("a collection");
        self.app = App::open(&setup(&self.folder, day), Access::Write).expect("a collection");
    }

    /// Before the decks of a collection like the one in this file, on this day.
    pub fn before(database: &Path, day: &str, width: u16, height: u16) -> Self {
        let mut seat = Self::empty(width, height);
        let data = seat.folder.path().join("data");
        std::fs::create_dir_all(&data).expect("a folder");
        std::fs::copy(database, data.join("retain.db")).expect("copied");
        seat.goes_on(day);
        seat.perform(vec![Effect::Ask(Request::Home)]);
        seat
    }

    /// The folder of the chapters, written when it is first asked for.
    pub fn kitchen(&self) -> PathBuf {
        let kitchen = self.folder.path().join("Kitchen");
        if !kitchen.exists() {
            std::fs::create_dir(&kitchen).expect("a folder");
            std::fs::write(kitchen.join("1-bread.md"), BREAD).expect("written");
            std::fs::write(kitchen.join("2-tea.md"), TEA).expect("written");
        }
        kitchen
    }

    /// Presses keys, named and parted by blanks, with time between them to read.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ').filter(|key| !key.is_empty()) {
            self.press_after(key, UNHURRIED);
        }
        self
    }

    /// Presses a key so many milliseconds after the last one.
    pub fn press_after(&mut self, key: &str, ms: u64) {
        self.now += ms;
        self.send(Message::Key(named(key), At(self.now)));
    }

    pub fn send(&mut self, message: Message) {
        self.draw();
        self.perform(effect::at_daybreak(&self.app, &self.model));
        let effects = update(&mut self.model, message);
        self.perform(effects);
        self.draw();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    fn draw(&mut self) {
        let Self { model, look, terminal, .. } = self;
        terminal.draw(|frame| model.drawn = view(model, frame, look)).expect("drawn");
        if self.model.order_standings() {
            let standings = self.app.standings().expect("counted");
            let effects = update(&mut self.model, Message::Standings(standings));
            self.perform(effects);
            self.draw();
        }
    }

    pub fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Ask(request) | Effect::AfterDrawing(request) => {
                    let now = At(self.now);
                    let message = effect::perform(&mut self.app, request, || now, &mut |_| true);
                    waiting.extend(update(&mut self.model, message));
                }
                Effect::Count(order) => {
                    self.orders += 1;
                    for counted in counting::count_now(&self.app, &order) {
                        let message = statistics::Message::Counted(Box::new(counted));
                        waiting.extend(update(&mut self.model, Message::Statistics(message)));
                    }
                }
                other => self.outside.push(other),
            }
        }
    }

    pub fn page(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// What is seen, without the blanks at the ends of lines.
    pub fn seen(&self) -> String {
        let page = self.page();
        let line = |y| (0..page.area.width).map(|x| page[(x, y)].symbol()).collect::<String>();
        (0..page.area.height).map(|y| line(y).trim_end().to_owned() + "\n").collect()
    }

    pub fn sees(&self, words: &str) {
        assert!(self.seen().contains(words), "no “{words}” in\n{}", self.seen());
    }

    pub fn sees_no(&self, words: &str) {
        assert!(!self.seen().contains(words), "“{words}” in\n{}", self.seen());
    }

    /// The letter before the option with this text.
    pub fn letter_of(&self, option: &str) -> String {
        let seen = self.seen();
        let line =
            seen.lines().find(|line| line.contains(option)).unwrap_or_else(|| panic!("{option} in\n{seen}"));
        let before = &line[..line.find(option).expect("found")];
        let is_letter =
            |word: &&str| word.len() == 1 && word.chars().all(|letter| letter.is_ascii_lowercase());
        before.split_whitespace().rev().find(is_letter).expect("a letter").to_owned()
    }

    /// The looks on the page, in runs: line, columns, text, look. Plain text is left out.
    pub fn looks(&self) -> String {
        let page = self.page();
        let mut runs = String::new();
        for y in 0..page.area.height {
            let mut x = 0;
            while x < page.area.width {
                let look = look(page, x, y);
                let first = x;
                while x < page.area.width && self::look(page, x, y) == look {
                    x += 1;
                }
                let text: String = (first..x).map(|x| page[(x, y)].symbol()).collect();
                if !look.is_empty() && !text.trim().is_empty() {
                    runs.push_str(&format!("{y:2}:{first:2}  {look:24} {}\n", text.trim()));
                }
            }
        }
        runs
    }
}

fn setup(folder: &TempDir, day: &str) -> Setup {
    Setup {
        now: Some(format!("{day}T09:00:00+01:00").parse().expect("a time")),
        seed: Some(7),
        data_dir: Some(folder.path().join("data")),
        config_dir: Some(folder.path().join("config")),
    }
}

fn look(page: &Buffer, x: u16, y: u16) -> String {
    let cell = &page[(x, y)];
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg));
    }
    let names = [
        (Modifier::BOLD, "bold"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ];
    words.extend(
        names
            .iter()
            .filter(|(modifier, _)| cell.modifier.contains(*modifier))
            .map(|(_, name)| (*name).to_owned()),
    );
    words.join(" ")
}

pub fn named(key: &str) -> KeyEvent {
    let (modifiers, key) = match key.strip_prefix("C-") {
        Some(key) => (KeyModifiers::CONTROL, key),
        None => (KeyModifiers::NONE, key),
    };
    let code = match key {
        "Enter" => KeyCode::Enter,
        "Space" => KeyCode::Char(' '),
        "Escape" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "End" => KeyCode::End,
        "PageDown" => KeyCode::PageDown,
        "PageUp" => KeyCode::PageUp,
        "BSpace" => KeyCode::Backspace,
        letter => KeyCode::Char(letter.chars().next().expect("a key")),
    };
    KeyEvent::new(code, modifiers)
}
