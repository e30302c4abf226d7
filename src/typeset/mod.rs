//! Markdown in, lines of text with roles out, for a given width. Decks are written by strangers, so
//! whatever leaves this module is free of control characters. Knows no terminal, no theme, no deck.
//!
//! A text goes through three forms: `parse` makes a small tree of `blocks` from the parser's
//! events, [`Document`] keeps it, and `layout` turns it into [`Line`]s when a width is known.

mod document;
mod harmless;
mod highlight;
mod line;
mod numbers;

mod blocks;
mod html;
mod parse;
mod prose;

mod code;
mod layout;
mod table;
mod wrap;

pub use document::Document;
pub use harmless::{harmless, harmless_line};
pub use highlight::{Highlighted, Highlighter};
pub use line::{Line, Role, Span, columns};
pub use numbers::{counted, percent};
