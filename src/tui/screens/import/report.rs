//! What an import came to, in lines: n found is n imported and n held back, and each one that was
//! held back has its place, its reason and a hint.

use ratatui::text::{Line, Span};

use crate::{
    app::{Changes, FileReport, ImportReport},
    import::{Problem, Severity},
    tui::{look::Look, screens::decks::counted, symbols, theme::Part},
    typeset::harmless_line,
};

pub(super) fn lines(report: &ImportReport, width: u16, look: &Look) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if report.files.is_empty() {
        lines.extend(look.wrapped(
            "There is no chapter in this folder: no file that ends in .md.",
            width,
            0,
            Part::Warning,
        ));
    }
    for file in &report.files {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(file_lines(file, width, look));
    }
    lines
}

fn file_lines(file: &FileReport, width: u16, look: &Look) -> Vec<Line<'static>> {
    let path = file.path.display().to_string();
    let name = file.deck.as_ref().map_or_else(|| path.clone(), ToString::to_string);
    let mut lines = look.wrapped(&harmless_line(&name), width, 0, Part::Title);
    lines.push(figures(file, look));
    lines.extend(look.wrapped(&changes(&file.changes), width, 2, Part::Text));
    lines.extend(file.problems.iter().flat_map(|problem| problem_lines(problem, &path, width, look)));
    lines
}

fn figures(file: &FileReport, look: &Look) -> Line<'static> {
    let mut line = Line::from(vec![
        Span::raw("  "),
        look.span(format!("{} found", file.found), Part::Text),
        Span::raw(symbols::BETWEEN),
        look.span(format!("{} imported", file.imported), Part::Right),
    ]);
    if file.held_back() > 0 {
        line.push_span(Span::raw(symbols::BETWEEN));
        line.push_span(look.span(format!("{} held back", file.held_back()), Part::Wrong));
    }
    line
}

fn changes(changes: &Changes) -> String {
    let Changes { added, edited, moved, returned, retired, unchanged } = *changes;
    let told = [
        (added, "new"),
        (edited, "changed"),
        (moved, "moved"),
        (returned, "back again"),
        (retired, "gone from the chapter"),
        (unchanged, "as before"),
    ];
    let told: Vec<String> = told
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    match told.is_empty() {
        true => format!("{} in this chapter", counted(0, "question")),
        false => told.join(", "),
    }
}

fn problem_lines(problem: &Problem, path: &str, width: u16, look: &Look) -> Vec<Line<'static>> {
    let (sign, part) = match problem.severity {
        Severity::HeldBack => (symbols::WRONG, Part::Error),
        Severity::Warning => ("!", Part::Warning),
        Severity::Note => ("·", Part::Info),
    };
    let question = problem.question.as_ref().map_or_else(String::new, |number| format!("Q{number}: "));
    let place = format!("{sign} {question}{}:{}", path, problem.line);
    let mut lines = vec![Line::default()];
    lines.extend(look.wrapped(&harmless_line(&place), width, 2, part));
    lines.extend(look.wrapped(&harmless_line(&problem.message), width, 4, Part::Text));
    if !problem.hint.is_empty() {
        lines.extend(look.wrapped(problem.hint, width, 4, Part::Faint));
    }
    lines
}
