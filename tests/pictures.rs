//! The pictures of the README, taken from the real program:
//! `cargo build --release && cargo run --release --example pictures`.
//!
//! Runs the program in a pseudo-terminal with a clock that stands still and a fixed seed, types what a
//! person would, and writes the screens as SVG into `assets/pictures`.

#[path = "support/terminal.rs"]
mod support;

use std::{ffi::OsStr, fmt::Write, fs, path::Path};

use support::Terminal;

const CELL: (f32, f32) = (8.4, 16.5);
const MARGIN: f32 = 12.0;
const FOREGROUND: &str = "#d0d0d0";
const BACKGROUND: &str = "#1c1c1c";

/// The sixteen colours of a terminal, as many terminals have them.
const PALETTE: [&str; 16] = [
    "#1c1c1c", "#d75f5f", "#87af5f", "#d7af5f", "#5f87d7", "#af87d7", "#5fafaf", "#bcbcbc", "#6c6c6c",
    "#ff8787", "#afd787", "#ffd787", "#87afff", "#d7afff", "#87d7d7", "#ffffff",
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pictures = root.join("assets/pictures");
    fs::create_dir_all(&pictures).expect("a folder");
    let home = tempfile::tempdir().expect("a folder");
    let program = std::env::current_exe()
        .expect("a path")
        .parent()
        .and_then(Path::parent)
        .expect("a folder")
        .join("retain");

    let variables: [(&str, &OsStr); 5] = [
        ("RETAIN_DATA_DIR", home.path().as_os_str()),
        ("RETAIN_CONFIG_DIR", home.path().as_os_str()),
        ("RETAIN_NOW", "2026-11-22T09:00:00+01:00".as_ref()),
        ("RETAIN_SEED", "3".as_ref()),
        ("COLORTERM", "truecolor".as_ref()),
    ];
    let picture = |terminal: &Terminal, name: &str| {
        pause();
        fs::write(pictures.join(name), svg(&terminal.screen())).expect("a picture");
    };
    let mut terminal = Terminal::open(&program, &[], &variables, (112, 24));
    terminal.wait_for("Enter");
    picture(&terminal, "welcome.svg");
    terminal.press("\r");
    terminal.wait_for("Q1.1");
    picture(&terminal, "question.svg");
    terminal.press("b");
    terminal.wait_for("Again");
    picture(&terminal, "review.svg");
    terminal.press("\r");
    terminal.wait_for("Q1.2");
    pause();
    terminal.press("q");
    terminal.wait_until("the decks", |text| !text.contains("Q1.2"));
    picture(&terminal, "decks.svg");
    terminal.press("\x03");
    terminal.ends();
}

/// Code gets its colours a moment after its text, and keys that follow too closely are ignored.
fn pause() {
    std::thread::sleep(std::time::Duration::from_millis(800));
}

/// A screen as a picture: runs of cells that look alike, each a rectangle and a text.
fn svg(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let width = f32::from(columns).mul_add(CELL.0, 2.0 * MARGIN);
    let height = f32::from(rows).mul_add(CELL.1, 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         font-family=\"DejaVu Sans Mono, ui-monospace, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let end = end_of_run(screen, row, column, columns);
            run(&mut svg, screen, row, column, end);
            column = end;
        }
    }
    svg + "</svg>\n"
}

/// What two cells must share to be drawn together.
fn look(screen: &vt100::Screen, row: u16, column: u16) -> Option<(String, String, bool, bool, bool)> {
    let cell = screen.cell(row, column)?;
    let (mut front, mut back) = (colour(cell.fgcolor(), FOREGROUND), colour(cell.bgcolor(), BACKGROUND));
    if cell.inverse() {
        std::mem::swap(&mut front, &mut back);
    }
    Some((front, back, cell.bold(), cell.italic(), cell.underline()))
}

fn end_of_run(screen: &vt100::Screen, row: u16, start: u16, columns: u16) -> u16 {
    let first = look(screen, row, start);
    (start + 1..columns).find(|column| look(screen, row, *column) != first).unwrap_or(columns)
}

fn run(svg: &mut String, screen: &vt100::Screen, row: u16, start: u16, end: u16) {
    let Some((front, back, bold, italic, underline)) = look(screen, row, start) else { return };
    let (x, y) = (f32::from(start).mul_add(CELL.0, MARGIN), f32::from(row).mul_add(CELL.1, MARGIN));
    let width = f32::from(end - start) * CELL.0;
    if back != BACKGROUND {
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{back}\"/>",
            CELL.1
        );
    }
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    let slant = if italic { " font-style=\"italic\"" } else { "" };
    let line = if underline { " text-decoration=\"underline\"" } else { "" };
    let _ = write!(svg, "<g fill=\"{front}\"{weight}{slant}{line}>");
    for column in start..end {
        let text = screen.cell(row, column).map(vt100::Cell::contents).unwrap_or_default();
        if text.trim().is_empty() {
            continue;
        }
        // Each character gets its place, so that no viewer's font can shift a column.
        let x = f32::from(column).mul_add(CELL.0, MARGIN);
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = write!(svg, "<text x=\"{x:.1}\" y=\"{:.1}\">{text}</text>", y + 12.8);
    }
    svg.push_str("</g>\n");
}

fn colour(colour: vt100::Color, default: &str) -> String {
    match colour {
        vt100::Color::Default => default.to_owned(),
        vt100::Color::Idx(index) => indexed(index),
        vt100::Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    }
}

/// The 256 colours: sixteen of the terminal's own, a cube, and greys.
fn indexed(index: u8) -> String {
    let level = |value: u8| if value == 0 { 0 } else { 55 + 40 * value };
    match index {
        0..16 => PALETTE[usize::from(index)].to_owned(),
        16..232 => {
            let cube = index - 16;
            format!("#{:02x}{:02x}{:02x}", level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
        232.. => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (index - 232)),
    }
}
