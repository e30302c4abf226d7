//! The whole program from outside: one crate of tests, a module for each part.

#[path = "../support/terminal.rs"]
mod support;

mod chapters;

mod architecture;
mod sm2;
mod fsrs;
mod replay;
mod evaluate;
mod statistics;
mod stats;
mod report;
mod faces;
mod simulate;
mod review_log;
mod import;
mod hostile;
mod lint;
mod notations;
mod data;
mod shapes;
mod export;
mod plain;
mod plan;
mod shuffling;
mod typeset;
mod store;
mod damage;
mod dialects;
mod backups;
mod restore;
mod doctor;
mod trouble;
mod merging;
mod switching;
mod log;
mod month;
mod search;
mod browsing;
mod study_day;
mod program;
mod check;
mod reimport;
mod following;
mod odd_files;
mod screens;
mod terminal;
mod readme;
mod clocks;
mod whole_program;
