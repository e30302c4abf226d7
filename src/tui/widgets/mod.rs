//! Pieces of screens. Each is given its data and an area, and decides nothing.

pub mod pane;
pub mod list;
pub mod options;
pub mod grades;
pub mod status;
pub mod footer;
pub mod counts;
pub mod strip;
pub mod board;
pub mod bars;
pub mod columns;
pub mod heat;
pub mod histogram;
pub mod scale;
pub mod tabs;
