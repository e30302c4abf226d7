//! retain: spaced repetition for multiple-choice chapters, in the terminal.
//!
//! The modules in reading order:
//!
//! - [`domain`]: questions, the review log, scheduling, the queue and the sitting; pure.
//! - [`import`]: a chapter's text in; questions, problems and the plan of a re-import out; pure.
//! - [`export`]: questions in; a chapter's text in one of several notations out; pure.
//! - [`report`]: figures in; a page with charts, or one chart, out; pure.
//! - [`typeset`]: Markdown in; lines of text with roles, for a given width, out; pure.
//! - [`store`]: the collection on disk: one SQLite file, private, synced after every answer.
//! - [`app`]: what the program can do, for both of its faces.
//! - [`tui`]: the screens of the terminal.
//! - [`cli`]: the command line.

pub mod domain;
pub mod import;
pub mod export;
pub mod report;
pub mod typeset;
pub mod store;
pub mod app;
pub mod tui;
pub mod cli;
