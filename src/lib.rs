//! retain: spaced repetition for multiple-choice chapters, in the terminal.
//!
//! The modules in reading order:
//!
//! - [`domain`]: questions, the review log, scheduling, the queue and the sitting; pure.
//! - [`typeset`]: Markdown in; lines of text with roles, for a given width, out; pure.
//! - [`store`]: the collection on disk: one SQLite file, private, synced after every answer.
//! - [`tui`]: the screens of the terminal.

pub mod domain;
pub mod typeset;
pub mod store;
pub mod tui;
