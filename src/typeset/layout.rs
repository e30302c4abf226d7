//! Blocks to lines: what stands under what, how far it is indented, and where a blank line goes.

use super::blocks::{Block, Item, List, Spacing};
use super::highlight::Highlighter;
use super::line::{Line, Role, columns};
use super::{code, table, wrap::wrap};

/// Text keeps this many columns; where indentation would leave it less, there is none.
pub(super) const LEAST_ROOM: usize = 8;

/// The blocks in lines of at most `width` columns, which is at least 1.
pub(super) fn lay_out(blocks: &[Block], width: usize, highlighter: &Highlighter) -> Vec<Line> {
    Layout { highlighter }.blocks(blocks, width, Spacing::Loose)
}

struct Layout<'a> {
    highlighter: &'a Highlighter,
}

impl Layout<'_> {
    fn blocks(&self, blocks: &[Block], width: usize, spacing: Spacing) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut before: Option<&Block> = None;
        for block in blocks {
            let under_heading = matches!(before, Some(Block::Heading(_)));
            if before.is_some() && spacing == Spacing::Loose && !under_heading {
                lines.push(Line::default());
            }
            lines.extend(self.block(block, width));
            before = Some(block);
        }
        lines
    }

    fn block(&self, block: &Block, width: usize) -> Vec<Line> {
        match block {
            Block::Paragraph(prose) | Block::Heading(prose) => wrap(prose, width),
            Block::Code(code) => code::lay_out(code, width, self.highlighter),
            Block::Quote(blocks) => self.quote(blocks, width),
            Block::List(list) => self.list(list, width),
            Block::Table(table) => table::lay_out(table, width),
            Block::Rule => vec![Line::of("─".repeat(width), Role::Rule)],
        }
    }

    fn quote(&self, blocks: &[Block], width: usize) -> Vec<Line> {
        const BAR: &str = "│ ";
        let inner = width.saturating_sub(columns(BAR));
        let barred = inner >= LEAST_ROOM;
        let lines = self.blocks(blocks, if barred { inner } else { width }, Spacing::Loose);
        lines.into_iter().map(|line| quoted(&line, if barred { BAR } else { "" })).collect()
    }

    fn list(&self, list: &List, width: usize) -> Vec<Line> {
        let markers = markers(list);
        let marker_columns = markers.iter().map(|marker| columns(marker)).max().unwrap_or(0);
        let mut lines = Vec::new();
        for (item, marker) in list.items.iter().zip(&markers) {
            if !lines.is_empty() && list.spacing == Spacing::Loose {
                lines.push(Line::default());
            }
            let marker = match list.first {
                Some(_) => format!("{marker:>marker_columns$} "),
                None => format!("{marker:<marker_columns$} "),
            };
            let marker = Line::of(marker, Role::ListMarker);
            lines.extend(self.item(item, list.spacing, marker, width));
        }
        lines
    }

    fn item(&self, item: &Item, spacing: Spacing, marker: Line, width: usize) -> Vec<Line> {
        let inner = width.saturating_sub(marker.width());
        if inner < LEAST_ROOM {
            let mut lines = wrap(&marker.spans, width);
            lines.extend(self.blocks(&item.blocks, width, spacing));
            return lines;
        }
        hung(marker, self.blocks(&item.blocks, inner, spacing))
    }
}

fn quoted(line: &Line, bar: &str) -> Line {
    let mut quoted = Line::of(bar, Role::Quote);
    for span in &line.spans {
        quoted.push(&span.text, span.role.within(Role::Quote));
    }
    quoted
}

/// The lines behind a marker: the first beside it, the others as far to the right.
pub(super) fn hung(marker: Line, lines: Vec<Line>) -> Vec<Line> {
    let indent = Line::of(" ".repeat(marker.width()), Role::Plain);
    let mut lines = lines.into_iter();
    let mut first = marker;
    first.append(&lines.next().unwrap_or_default());
    let others = lines.map(|line| match line.spans.is_empty() {
        true => line,
        false => {
            let mut hung = indent.clone();
            hung.append(&line);
            hung
        }
    });
    std::iter::once(first).chain(others).collect()
}

fn markers(list: &List) -> Vec<String> {
    let marker = |(place, item): (u64, &Item)| {
        let box_of_task = item.done.map(|done| if done { "[x]" } else { "[ ]" });
        match (list.first, box_of_task) {
            (Some(first), None) => format!("{}.", first.saturating_add(place)),
            (Some(first), Some(task)) => format!("{}. {task}", first.saturating_add(place)),
            (None, None) => "•".to_owned(),
            (None, Some(task)) => task.to_owned(),
        }
    };
    (0..).zip(&list.items).map(marker).collect()
}
