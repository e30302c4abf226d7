//! retain: spaced repetition for multiple-choice chapters, in the terminal.
//!
//! The modules in reading order:
//!
//! - [`domain`]: questions, the review log, scheduling, the queue and the sitting; pure.

pub mod domain;
