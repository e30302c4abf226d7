//! Pieces of screens. Each is given its data and an area, and decides nothing.

pub mod pane;
pub mod list;
pub mod options;
pub mod grades;
pub mod status;
pub mod footer;
pub mod counts;
pub mod strip;
