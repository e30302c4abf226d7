//! Which key does what, where. Read from `assets/keymap.toml`, which also makes the footer, the help
//! screen, the palette and the README's table. Knows nothing of what an action does.

use std::{fmt, sync::LazyLock};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

const SHIPPED: &str = include_str!("../../assets/keymap.toml");

macro_rules! closed {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}

closed! {
    /// What a person can ask for. What each one does is said in `assets/keymap.toml`.
    Action {
        /// Start a chapter that ships with the program.
        Start,
        /// Import chapters.
        Import,
        /// Study what is selected.
        Study,
        /// Study everything.
        StudyAll,
        /// Study more new cards than today's limit allows.
        MoreNew,
        /// Select the next line or option.
        Down,
        /// Select the line or option before.
        Up,
        /// Select the first line.
        First,
        /// Select the last line.
        Last,
        /// Show covered options.
        Uncover,
        /// Answer with an option, or mark it.
        Choose,
        /// Do what is selected or written.
        Confirm,
        /// Show the answer without choosing.
        DontKnow,
        /// Mark the selected option.
        Toggle,
        /// Take the selected grade.
        TakeGrade,
        /// Grade Again.
        GradeAgain,
        /// Grade Hard.
        GradeHard,
        /// Grade Good.
        GradeGood,
        /// Grade Easy.
        GradeEasy,
        /// Grade Again since it was a guess.
        Guessed,
        /// Select the grade to the left.
        GradeBefore,
        /// Select the grade to the right.
        GradeAfter,
        /// Take back the last act.
        Undo,
        /// Put a question off.
        Skip,
        /// Edit a question.
        Edit,
        /// Flag a question.
        Flag,
        /// Bury a card until tomorrow.
        Bury,
        /// Suspend a card.
        SuspendCard,
        /// Show a card's history.
        CardInfo,
        /// Cover options from now on.
        Cover,
        /// Scroll the other pane from now on.
        OtherPane,
        /// Be done with a screen that only tells something.
        Done,
        /// Complete what is being written.
        Complete,
        /// Scroll down a line.
        LineDown,
        /// Scroll up a line.
        LineUp,
        /// Scroll to the beginning.
        Top,
        /// Scroll to the end.
        Bottom,
        /// Scroll down a page.
        PageDown,
        /// Scroll up a page.
        PageUp,
        /// Scroll down half a page.
        HalfDown,
        /// Scroll up half a page.
        HalfUp,
        /// Show the keys.
        Help,
        /// List all actions.
        Palette,
        /// Switch the mouse on or off.
        Mouse,
        /// Go back, or quit.
        Back,
        /// Close this.
        Close,
        /// Leave at once.
        Leave,
        /// Sleep until the shell wakes the program.
        Suspend,
        /// Draw anew.
        Redraw,
    }
}

closed! {
    /// Where a key means something.
    Context {
        /// The first screen of an empty collection.
        Welcome,
        /// The list of decks.
        Decks,
        /// Any list with a selection.
        List,
        /// A question whose options are covered.
        Covered,
        /// A question that waits for its answer.
        Asking,
        /// A question whose answer is shown.
        Revealed,
        /// Any question.
        Review,
        /// The end of a sitting.
        Summary,
        /// The field for a path.
        Path,
        /// What an import came to.
        Report,
        /// The list of all actions.
        Palette,
        /// Any text without a selection.
        Scroll,
        /// Any screen without a text field.
        Global,
        /// Any screen.
        Always,
    }
}

/// A key as it is written in the key map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One key, perhaps with Ctrl.
    One {
        /// The key.
        code: KeyCode,
        /// Whether Ctrl is held.
        ctrl: bool,
    },
    /// The letter of an option, as many as there are options.
    Letters,
    /// The number of an option, as many as there are options.
    Digits,
}

/// A line of the key map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it holds.
    pub context: Context,
    /// What is done.
    pub action: Action,
    /// By which keys.
    pub keys: Vec<Key>,
    /// The word of the footer, for what matters most.
    pub label: Option<String>,
    /// A sentence for the help screen.
    pub help: String,
}

/// All keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// Its lines, in the order in which they are shown.
    pub entries: Vec<Entry>,
}

/// The key map of the program.
pub fn shipped() -> &'static Keymap {
    static KEYMAP: LazyLock<Keymap> =
        LazyLock::new(|| Keymap::parse(SHIPPED).expect("the key map that ships is sound: a test reads it"));
    &KEYMAP
}

/// The key map as a table in Markdown.
pub fn keys_as_markdown() -> String {
    let mut table = String::from("| where | keys | what it does |\n|---|---|---|\n");
    for entry in &shipped().entries {
        let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
        let (place, keys) = (entry.context.title(), keys.join(" "));
        table.push_str(&format!("| {place} | {keys} | {} |\n", entry.help));
    }
    table
}

/// The key map as text, one key a line, under the titles of the contexts.
pub fn keys_as_text() -> String {
    let mut text = String::new();
    for context in Context::ALL {
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{gap}{}\n", context.title()));
        for entry in shipped().of(*context) {
            text.push_str(&format!("  {:14} {}\n", entry.key_words().join(" "), entry.help));
        }
    }
    text
}

/// The key map as JSON: a list of contexts, actions, keys and sentences.
pub fn keys_as_json() -> String {
    let line = |entry: &Entry| {
        serde_json::json!({
            "context": entry.context.title(),
            "action": entry.action.word(),
            "keys": entry.key_words(),
            "help": entry.help,
        })
    };
    let lines: Vec<serde_json::Value> = shipped().entries.iter().map(line).collect();
    format!("{:#}\n", serde_json::Value::from(lines))
}

impl Entry {
    fn key_words(&self) -> Vec<String> {
        self.keys.iter().map(ToString::to_string).collect()
    }
}

impl Action {
    /// Its word in the key map's file.
    pub fn word(self) -> String {
        let mut word = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.extend(letter.to_lowercase());
        }
        word
    }
}

impl Keymap {
    fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            action: Action,
            keys: Vec<String>,
            label: Option<String>,
            help: String,
        }
        let mut written: std::collections::HashMap<Context, Vec<Written>> =
            toml::from_str(text).map_err(|error| error.to_string())?;
        let mut entries = Vec::new();
        for context in Context::ALL {
            for Written { action, keys, label, help } in written.remove(context).unwrap_or_default() {
                let keys = keys.iter().map(|key| Key::parse(key)).collect::<Result<_, _>>()?;
                entries.push(Entry { context: *context, action, keys, label, help });
            }
        }
        Ok(Self { entries })
    }

    /// What a key does in the first of these contexts that knows it, on a screen with so many options.
    pub fn action(&self, contexts: &[Context], pressed: &KeyEvent, options: usize) -> Option<Action> {
        let in_order = contexts.iter().flat_map(|context| self.of(*context));
        let mut matching = in_order.filter(|entry| entry.keys.iter().any(|key| key.is(pressed, options)));
        matching.next().map(|entry| entry.action)
    }

    /// The lines of one context.
    pub fn of(&self, context: Context) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.context == context)
    }

    /// The lines that hold in these contexts, each with those of its keys that no earlier line takes.
    pub fn reachable(&self, contexts: &[Context], options: usize) -> Vec<(&Entry, Vec<Key>)> {
        let mut taken: Vec<Key> = Vec::new();
        let mut reachable = Vec::new();
        for entry in contexts.iter().flat_map(|context| self.of(*context)) {
            let is_free = |key: &&Key| !taken.iter().any(|earlier| earlier.shadows(key, options));
            let free: Vec<Key> = entry.keys.iter().filter(is_free).copied().collect();
            taken.extend(&free);
            if !free.is_empty() {
                reachable.push((entry, free));
            }
        }
        reachable
    }
}

impl Context {
    /// What the help screen and the README call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Decks => "Decks",
            Self::List => "Lists",
            Self::Covered => "Covered options",
            Self::Asking => "Question",
            Self::Revealed => "Answer",
            Self::Review => "Question and answer",
            Self::Summary => "Summary",
            Self::Path => "Import",
            Self::Report => "Report of an import",
            Self::Palette => "Palette",
            Self::Scroll => "Texts",
            Self::Global => "Screens",
            Self::Always => "Everywhere",
        }
    }
}

impl Key {
    fn parse(text: &str) -> Result<Self, String> {
        let (ctrl, name) = match text.strip_prefix("ctrl-") {
            Some(name) => (true, name),
            None => (false, text),
        };
        let mut letters = name.chars();
        let code = match (name, letters.next(), letters.next()) {
            ("a-z", ..) => return Ok(Self::Letters),
            ("1-9", ..) => return Ok(Self::Digits),
            ("enter", ..) => KeyCode::Enter,
            ("space", ..) => KeyCode::Char(' '),
            ("esc", ..) => KeyCode::Esc,
            ("tab", ..) => KeyCode::Tab,
            ("up", ..) => KeyCode::Up,
            ("down", ..) => KeyCode::Down,
            ("left", ..) => KeyCode::Left,
            ("right", ..) => KeyCode::Right,
            ("home", ..) => KeyCode::Home,
            ("end", ..) => KeyCode::End,
            ("pageup", ..) => KeyCode::PageUp,
            ("pagedown", ..) => KeyCode::PageDown,
            ("f1", ..) => KeyCode::F(1),
            (_, Some(letter), None) => KeyCode::Char(letter),
            _ => return Err(format!("“{text}” is no key")),
        };
        Ok(Self::One { code, ctrl })
    }

    /// Whether this was pressed. Shift is part of a character and not looked at.
    fn is(self, pressed: &KeyEvent, options: usize) -> bool {
        let with_ctrl = pressed.modifiers.contains(KeyModifiers::CONTROL);
        let with_alt = pressed.modifiers.contains(KeyModifiers::ALT);
        match self {
            Self::One { code, ctrl } => pressed.code == code && with_ctrl == ctrl && !with_alt,
            Self::Letters | Self::Digits => {
                let place = place(pressed).filter(|place| *place < options);
                place.is_some() && self.holds(pressed.code) && !with_ctrl && !with_alt
            }
        }
    }

    fn holds(self, pressed: KeyCode) -> bool {
        match (self, pressed) {
            (Self::Letters, KeyCode::Char(letter)) => letter.is_ascii_lowercase(),
            (Self::Digits, KeyCode::Char(digit)) => ('1'..='9').contains(&digit),
            (Self::One { code, .. }, _) => code == pressed,
            (Self::Letters | Self::Digits, _) => false,
        }
    }

    fn shadows(self, later: &Self, options: usize) -> bool {
        match *later {
            Self::One { code, ctrl } => {
                let modifiers = if ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
                self.is(&KeyEvent::new(code, modifiers), options)
            }
            Self::Letters | Self::Digits => self == *later,
        }
    }

    /// How it is shown on a screen with so many options: `a–d`.
    pub fn shown(self, options: usize) -> String {
        let last = options.clamp(1, 26) as u8 - 1;
        match self {
            Self::One { .. } => self.to_string(),
            Self::Letters => format!("a–{}", char::from(b'a' + last)),
            Self::Digits => format!("1–{}", (last + 1).min(9)),
        }
    }
}

/// The option that this key means, counted from 0.
pub fn place(pressed: &KeyEvent) -> Option<usize> {
    match pressed.code {
        KeyCode::Char(letter @ 'a'..='z') => Some(usize::from(letter as u8 - b'a')),
        KeyCode::Char(digit @ '1'..='9') => Some(usize::from(digit as u8 - b'1')),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::One { code, ctrl } = *self else {
            return f.write_str(if *self == Self::Letters { "a–z" } else { "1–9" });
        };
        if ctrl {
            f.write_str("Ctrl-")?;
        }
        match code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(letter) => write!(f, "{letter}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            other => other.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKING: &[Context] = &[Context::Asking, Context::Review, Context::Global, Context::Always];

    fn press(letter: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)
    }

    #[test]
    fn every_action_has_a_key_and_a_sentence() {
        for action in Action::ALL {
            let lines: Vec<_> = shipped().entries.iter().filter(|entry| entry.action == *action).collect();
            assert!(!lines.is_empty(), "{action:?} has no line");
            for entry in lines {
                assert!(!entry.keys.is_empty(), "{action:?} has no key");
                assert!(entry.help.ends_with('.'), "{action:?} has no sentence");
            }
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_context() {
        for context in Context::ALL {
            let mut seen: Vec<Key> = Vec::new();
            assert!(shipped().of(*context).next().is_some(), "{context:?} has no keys");
            for key in shipped().of(*context).flat_map(|entry| &entry.keys) {
                assert!(!seen.contains(key), "{key} twice in {context:?}");
                seen.push(*key);
            }
        }
    }

    #[test]
    fn the_letters_of_options_come_before_the_letters_of_commands() {
        let action = |letter, options| shipped().action(ASKING, &press(letter), options);
        assert_eq!(action('b', 4), Some(Action::Choose));
        assert_eq!(action('e', 4), Some(Action::Edit));
        assert_eq!(action('e', 5), Some(Action::Choose));
        assert_eq!(action('E', 5), Some(Action::Edit));
        assert_eq!(action('5', 4), None);
    }

    #[test]
    fn what_is_shown_for_a_command_is_a_key_that_reaches_it() {
        for options in [2, 4, 8, 26] {
            for (entry, keys) in shipped().reachable(ASKING, options) {
                for key in keys {
                    let Key::One { code, ctrl } = key else { continue };
                    let modifiers = if ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
                    let reached = shipped().action(ASKING, &KeyEvent::new(code, modifiers), options);
                    assert_eq!(reached, Some(entry.action), "{key} with {options} options");
                }
            }
        }
    }

    #[test]
    fn a_mistake_in_the_map_is_named() {
        let told = |text, words: &str| {
            let error = Keymap::parse(text).expect_err("a mistake");
            assert!(error.contains(words), "{error}");
        };
        told("[[list]]\naction = \"fly\"\nkeys = []\nhelp = \"\"", "fly");
        told("[[list]]\naction = \"up\"\nkeys = [\"hyper-x\"]\nhelp = \"\"", "hyper-x");
        told("[[attic]]\naction = \"up\"\nkeys = [\"x\"]\nhelp = \"\"", "attic");
    }
}
