//! The interface in the terminal: screens that show what the program can do and hear the keys.
//! Knows no SQL, no file format and not the command line.

pub mod widgets;
pub mod keymap;
pub mod theme;
pub mod symbols;
pub mod look;
pub mod notice;
pub mod scroll;
pub mod terminal;

pub use keymap::{keys_as_json, keys_as_markdown, keys_as_text};
