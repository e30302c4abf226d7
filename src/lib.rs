//! retain: spaced repetition for multiple-choice chapters, in the terminal.
//!
//! The modules in reading order:
//!
//! - [`domain`]: questions, the review log, scheduling, the queue and the sitting; pure.
//! - [`import`]: chapters of Markdown: questions and problems out of text, and the plan of an import; pure.

pub mod domain;
pub mod import;
