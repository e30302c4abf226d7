//! The interface in the terminal: screens that show what the program can do and hear the keys.
//!
//! One circle: the loop in [`run`](mod@run) hears a key, [`keymap`] makes an action of it,
//! [`update`](mod@update) changes the [`model`] and names effects, [`effect`] has them done by the
//! program, and [`view`](mod@view) draws. Knows no SQL, no file format and not the command line.

pub mod run;
pub mod message;
pub mod effect;
pub mod model;
pub mod update;
pub mod counting;
pub mod view;
pub mod screens;
pub mod widgets;
pub mod keymap;
pub mod theme;
pub mod symbols;
pub mod look;
pub mod notice;
pub mod scroll;
pub mod quiet;
pub mod terminal;

pub use effect::Request;
pub use keymap::{keys_as_json, keys_as_markdown, keys_as_text};
pub use run::run;
