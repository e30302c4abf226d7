//! Blocks of code: indentation kept, tabs expanded, long lines continued below with a mark, so that
//! nothing is cut off and nothing needs scrolling sideways.

use unicode_segmentation::UnicodeSegmentation;

use super::blocks::Code;
use super::highlight::Highlighter;
use super::layout::LEAST_ROOM;
use super::line::{Line, Role, columns};

/// A tab goes to the next multiple of this column.
const TAB: usize = 4;

/// Stands before the rest of a line that was too long.
const CONTINUED: &str = "↳ ";

pub(super) fn lay_out(code: &Code, width: usize, highlighter: &Highlighter) -> Vec<Line> {
    let highlighted = highlighter.highlight(&code.language, &code.text);
    let lines = match &highlighted {
        Some(highlighted) => lines_of_cells(highlighted.parts(&code.text)),
        None => lines_of_cells(std::iter::once((code.text.as_str(), Role::CodePlain))),
    };
    lines.iter().flat_map(|line| wrap(line, width)).collect()
}

struct Cell<'a> {
    text: &'a str,
    role: Role,
    columns: usize,
}

fn lines_of_cells<'a>(parts: impl Iterator<Item = (&'a str, Role)>) -> Vec<Vec<Cell<'a>>> {
    let mut lines = vec![Vec::new()];
    let mut column = 0;
    for (part, role) in parts {
        for text in part.graphemes(true) {
            if text == "\n" {
                lines.push(Vec::new());
                column = 0;
                continue;
            }
            let line = lines.last_mut().expect("there is always a last line");
            let before = line.len();
            match text {
                "\t" => line.extend(tab(role, column)),
                _ => line.push(Cell { text, role, columns: columns(text) }),
            }
            column += line[before..].iter().map(|cell| cell.columns).sum::<usize>();
        }
    }
    lines
}

fn tab<'a>(role: Role, column: usize) -> impl Iterator<Item = Cell<'a>> {
    let space = move || Cell { text: " ", role, columns: 1 };
    std::iter::repeat_with(space).take(TAB - column % TAB)
}

fn wrap(line: &[Cell<'_>], width: usize) -> Vec<Line> {
    let line = without_trailing_spaces(line);
    let (first, mut rest) = line.split_at(row_end(line, width));
    let mut rows = vec![row(Line::default(), first)];
    if rest.is_empty() {
        return rows;
    }
    let prefix = continuation(line, width);
    let room = width - prefix.width();
    while !rest.is_empty() {
        let (next, after) = rest.split_at(row_end(rest, room));
        rows.push(row(prefix.clone(), next));
        rest = after;
    }
    rows
}

fn without_trailing_spaces<'a, 'b>(line: &'b [Cell<'a>]) -> &'b [Cell<'a>] {
    let end = line.iter().rposition(|cell| !cell.text.starts_with(' ')).map_or(0, |last| last + 1);
    &line[..end]
}

fn row(prefix: Line, cells: &[Cell<'_>]) -> Line {
    let mut row = prefix;
    for cell in cells {
        row.push(cell.text, cell.role);
    }
    row
}

/// How many cells go on a row of this much room: all that fit, or those up to the last space in
/// the row's second half; at least one.
fn row_end(cells: &[Cell<'_>], room: usize) -> usize {
    let mut taken = 0;
    let fits = |cell: &&Cell<'_>| {
        taken += cell.columns;
        taken <= room
    };
    let most = cells.iter().take_while(fits).count().max(1);
    if most >= cells.len() {
        return cells.len();
    }
    let space = cells[..most].iter().rposition(|cell| cell.text.starts_with(' '));
    space.map(|space| space + 1).filter(|end| *end > most / 2).unwrap_or(most)
}

/// What stands before the rest of a long line: its own indentation and the mark, as far as there
/// is room for them.
fn continuation(line: &[Cell<'_>], width: usize) -> Line {
    let mark = columns(CONTINUED);
    if width < mark + LEAST_ROOM {
        return Line::default();
    }
    let leading = line.iter().take_while(|cell| cell.text.starts_with(' '));
    let indent: usize = leading.map(|cell| cell.columns).sum();
    let indent = if indent + mark + LEAST_ROOM <= width { indent } else { 0 };
    let mut prefix = Line::of(" ".repeat(indent), Role::CodePlain);
    prefix.push(CONTINUED, Role::Continuation);
    prefix
}
