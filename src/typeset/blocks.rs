//! The tree between Markdown and lines: what the author wrote, decoded and made harmless, with no
//! width yet. Nesting is limited while the tree is made, so that walking it needs no care.

use super::line::Span;

/// Running text. A `\n` within a span is a line break that its author wanted.
pub(super) type Prose = Vec<Span>;

#[derive(Debug, Clone)]
pub(super) enum Block {
    Paragraph(Prose),
    Heading(Prose),
    Code(Code),
    Quote(Vec<Block>),
    List(List),
    Table(Table),
    Rule,
}

#[derive(Debug, Clone)]
pub(super) struct Code {
    /// The word behind the fence, or nothing.
    pub language: String,
    /// Tabs and all, without the last line break.
    pub text: String,
}

#[derive(Debug, Clone)]
pub(super) struct List {
    /// The number of the first item, if the list is numbered.
    pub first: Option<u64>,
    /// Whether its author left blank lines between the items.
    pub spacing: Spacing,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    Tight,
    Loose,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// Whether a task is done, if the item is a task.
    pub done: Option<bool>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub sides: Vec<Side>,
    pub header: Vec<Prose>,
    /// Rows may have fewer cells than the header: empty ones at the end are left out.
    pub rows: Vec<Vec<Prose>>,
}

/// The side of its column that a cell's text stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

impl Block {
    /// Whether nothing of it would be seen.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Paragraph(prose) | Self::Heading(prose) => is_blank(prose),
            Self::Code(code) => code.text.trim().is_empty(),
            Self::Quote(blocks) => blocks.iter().all(Self::is_blank),
            Self::List(list) => list.items.iter().all(|item| item.blocks.iter().all(Self::is_blank)),
            Self::Table(table) => {
                let mut cells = table.header.iter().chain(table.rows.iter().flatten());
                cells.all(|cell| is_blank(cell))
            }
            Self::Rule => false,
        }
    }
}

fn is_blank(prose: &[Span]) -> bool {
    prose.iter().all(|span| span.text.trim().is_empty())
}
