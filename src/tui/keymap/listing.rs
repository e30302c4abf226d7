//! The key map in whole: for `retain keys`, and for the README.

use super::{Context, Entry, shipped};

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
