//! The whole program from outside: one crate of tests, a module for each part.

mod import;
mod review_log;
mod sm2;
mod store;
mod typeset;
