//! The whole program from outside: one crate of tests, a module for each part.

#[path = "../support/terminal.rs"]
mod support;

mod chapters;

mod architecture;
mod sm2;
mod fsrs;
mod replay;
mod evaluate;
mod review_log;
mod import;
mod plan;
mod shuffling;
mod typeset;
mod store;
mod month;
mod program;
mod reimport;
mod screens;
mod terminal;
mod readme;
