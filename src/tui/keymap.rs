//! Which key does what, where. Read from `assets/keymap.toml`, which also makes the footer, the help
//! screen, the palette and the README's table. Knows nothing of what an action does.

mod action;
mod key;
mod listing;

use std::{collections::HashMap, sync::LazyLock};

use crossterm::event::KeyEvent;
use serde::Deserialize;

pub use action::{Action, Context};
pub use key::{Key, place};
pub use listing::{keys_as_json, keys_as_markdown, keys_as_text};

const SHIPPED: &str = include_str!("../../assets/keymap.toml");

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
        let mut written: HashMap<Context, Vec<Written>> =
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

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

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
