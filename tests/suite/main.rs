//! The whole program from outside: one crate of tests, a module for each part.

mod import;
mod plan;
mod shuffling;
