//! The screens. Each file has the same parts in the same order: the model, its messages where it has
//! any, what they do to it, and how it is drawn.

pub mod welcome;
pub mod decks;
pub mod browse;
pub mod review;
pub mod summary;
pub mod statistics;
pub mod import;
pub mod card;
pub mod help;
pub mod palette;
mod window;
