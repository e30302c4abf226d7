//! Screens from keys to text: what a person presses, and what they see then. The program behind them
//! is the real one, on a collection in memory.

pub mod seat;
mod pictures;
mod sitting;
mod flip;
mod browser;
mod sizes;
mod statistics;
mod years;
