//! Looking for cards: an expression of the search language becomes SQL, which finds them in the order that is
//! wanted. Words are looked up in an index; what the index cannot tell is looked up in the questions.

mod index;
mod functions;
mod conditions;
mod listing;
mod finding;
mod found;

pub use finding::{Order, Search, SortKey};
pub use found::Found;
pub(super) use functions::add_functions;
pub(super) use index::{change, complete_if_little_is_left, forget, indexed_through};
