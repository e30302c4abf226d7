//! The whole program from outside: one crate of tests, a module for each part.

mod chapters;

mod sm2;
mod review_log;
mod import;
mod plan;
mod shuffling;
mod typeset;
mod store;
mod month;
mod program;
mod screens;
