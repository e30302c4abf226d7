//! Text of decks, made ready to be shown. Decks are written by strangers, so whatever leaves this
//! module is free of control characters. Knows no terminal, no theme, no deck.

mod harmless;

pub use harmless::{harmless, harmless_line};
