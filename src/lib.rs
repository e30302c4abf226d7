//! retain: spaced repetition for multiple-choice chapters, in the terminal.
//!
//! The modules in reading order:
//!
//! - [`domain`]: questions, the review log, scheduling, the queue and the sitting; pure.
//! - [`store`]: the collection on disk: one SQLite file, private, synced after every answer.
//! - [`tui`]: the screens of the terminal.

pub mod domain;
pub mod store;
pub mod tui;
