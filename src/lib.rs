//! retain: spaced repetition for multiple-choice chapters, in the terminal.
//!
//! The modules in reading order:
//!
//! - [`domain`]: questions, the review log, scheduling, the queue and the sitting; pure.
//! - [`tui`]: the screens of the terminal.

pub mod domain;
pub mod tui;
