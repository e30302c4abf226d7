//! Tables: boxes with aligned columns whose cells wrap, or, where columns would become too narrow
//! to read, each row as a few `header: value` lines.

use super::blocks::{Prose, Side, Table};
use super::line::{Line, Role, columns};
use super::wrap::wrap;

/// A column that must be narrowed keeps this many columns of the terminal; below that the table
/// becomes a list.
const NARROWEST: usize = 8;

pub(super) fn lay_out(table: &Table, width: usize) -> Vec<Line> {
    match column_widths(&natural_widths(table), width) {
        Some(widths) => boxed(table, &widths),
        None => listed(table, width),
    }
}

fn natural_widths(table: &Table) -> Vec<usize> {
    let mut widths = vec![1; table.header.len()];
    for row in std::iter::once(&table.header).chain(&table.rows) {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = cell_width(cell).max(*widest);
        }
    }
    widths
}

fn cell_width(cell: &Prose) -> usize {
    let text: String = cell.iter().map(|span| span.text.as_str()).collect();
    text.split('\n').map(columns).max().unwrap_or(0)
}

/// The width of each column: its natural one, or a fair share of what the narrower ones leave.
/// Nothing if a column would become too narrow.
fn column_widths(natural: &[usize], width: usize) -> Option<Vec<usize>> {
    let mut room = width.checked_sub(3 * natural.len() + 1)?;
    if natural.iter().sum::<usize>() <= room {
        return Some(natural.to_vec());
    }
    let mut narrow_first: Vec<usize> = (0..natural.len()).collect();
    narrow_first.sort_by_key(|&column| natural[column]);
    let mut widths = natural.to_vec();
    for (place, &column) in narrow_first.iter().enumerate() {
        let share = room / (natural.len() - place);
        widths[column] = natural[column].min(share);
        room -= widths[column];
    }
    let all_readable = widths.iter().zip(natural).all(|(&width, &natural)| width >= natural.min(NARROWEST));
    all_readable.then_some(widths)
}

fn boxed(table: &Table, widths: &[usize]) -> Vec<Line> {
    let rows: Vec<Vec<Line>> = table.rows.iter().map(|row| row_lines(row, &table.sides, widths)).collect();
    let wrapped = rows.iter().any(|row| row.len() > 1);
    let mut lines = vec![rule(widths, "┌", "┬", "┐")];
    lines.extend(row_lines(&strong(&table.header), &table.sides, widths));
    for (place, row) in rows.into_iter().enumerate() {
        if place == 0 || wrapped {
            lines.push(rule(widths, "├", "┼", "┤"));
        }
        lines.extend(row);
    }
    lines.push(rule(widths, "└", "┴", "┘"));
    lines
}

fn strong(header: &[Prose]) -> Vec<Prose> {
    let mut header = header.to_vec();
    for span in header.iter_mut().flatten() {
        span.role = span.role.within(Role::Strong);
    }
    header
}

fn rule(widths: &[usize], left: &str, between: &str, right: &str) -> Line {
    let dashes: Vec<String> = widths.iter().map(|width| "─".repeat(width + 2)).collect();
    Line::of(format!("{left}{}{right}", dashes.join(between)), Role::Rule)
}

fn row_lines(row: &[Prose], sides: &[Side], widths: &[usize]) -> Vec<Line> {
    let cell =
        |(column, &width): (usize, &usize)| row.get(column).map_or_else(Vec::new, |cell| wrap(cell, width));
    let cells: Vec<Vec<Line>> = widths.iter().enumerate().map(cell).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..height).map(|at| row_line(&cells, at, sides, widths)).collect()
}

fn row_line(cells: &[Vec<Line>], at: usize, sides: &[Side], widths: &[usize]) -> Line {
    let empty = Line::default();
    let mut line = Line::of("│", Role::Rule);
    for ((cell, &width), &side) in cells.iter().zip(widths).zip(sides) {
        let text = cell.get(at).unwrap_or(&empty);
        let free = width.saturating_sub(text.width());
        let before = match side {
            Side::Left => 0,
            Side::Middle => free / 2,
            Side::Right => free,
        };
        line.push(&" ".repeat(1 + before), Role::Plain);
        line.append(text);
        line.push(&" ".repeat(1 + free - before), Role::Plain);
        line.push("│", Role::Rule);
    }
    line
}

fn listed(table: &Table, width: usize) -> Vec<Line> {
    let header = strong(&table.header);
    if table.rows.is_empty() {
        return header.iter().flat_map(|cell| wrap(cell, width)).collect();
    }
    let mut lines = Vec::new();
    for row in &table.rows {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(record(&header, row, width));
    }
    lines
}

fn record(header: &[Prose], row: &[Prose], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (name, value) in header.iter().zip(row) {
        if value.is_empty() {
            continue;
        }
        let mut field = name.clone();
        if !name.is_empty() {
            field.extend(Line::of(": ", Role::Strong).spans);
        }
        field.extend(value.iter().cloned());
        lines.extend(wrap(&field, width));
    }
    lines
}
