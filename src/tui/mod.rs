//! The terminal interface.

pub mod keymap;
pub mod symbols;
pub mod terminal;
