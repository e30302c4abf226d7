//! retain: spaced repetition for multiple-choice chapters, in the terminal.
//!
//! The modules in reading order:
//!
//! - [`domain`]: questions, the review log, scheduling, the queue and the sitting; pure.
//! - [`typeset`]: Markdown in, lines of text with roles out; untrusted text made harmless.

pub mod domain;
pub mod typeset;
