//! What an import came to, in lines: n found is n imported and n held back, and each one that was
//! held back has its place, its reason and a hint.

use ratatui::text::{Line, Span};

use crate::{
    app::{FileReport, ImportReport},
    import::{Problem, Severity},
    tui::{
        look::{Look, fit},
        symbols,
        theme::Part,
    },
    typeset::{counted, harmless_line},
};

pub(super) fn lines(report: &ImportReport, width: u16, look: &Look) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if report.files.is_empty() {
        lines.extend(look.wrapped(
            "There is no chapter: nothing was imported before, or the folder holds none.",
            width,
            0,
            Part::Warning,
        ));
    }
    if report.files.len() > 1 {
        lines.extend(look.wrapped(&counted(report.files.len(), "file"), width, 0, Part::Title));
        lines.push(figures(report.found(), report.found() - report.held_back(), look));
        let before = report.as_before();
        if before > 0 {
            let told = format!("{} as before", counted(before, "file"));
            lines.extend(look.wrapped(&told, width, 2, Part::Faint));
        }
    }
    for file in report.news() {
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
    if let Some(reason) = &file.unreadable {
        let told = format!("not imported: {}", harmless_line(reason));
        lines.extend(look.wrapped(&told, width, 2, Part::Error));
        return lines;
    }
    lines.push(figures(file.found, file.imported, look));
    lines.extend(look.wrapped(&file.changes.to_string(), width, 2, Part::Text));
    for edit in file.edits_to_tell() {
        lines.extend(look.wrapped(&harmless_line(&edit.to_string()), width, 2, Part::Text));
    }
    let (problems, before) = file.problems_to_tell();
    lines.extend(problems.into_iter().flat_map(|problem| problem_lines(problem, &path, width, look)));
    if before > 0 {
        let told = format!("{}, as before", counted(before, "problem"));
        lines.extend(look.wrapped(&told, width, 2, Part::Faint));
    }
    lines
}

fn figures(found: usize, imported: usize, look: &Look) -> Line<'static> {
    let mut line = Line::from(vec![
        Span::raw("  "),
        look.span(format!("{found} found"), Part::Text),
        Span::raw(symbols::BETWEEN),
        look.span(format!("{imported} imported"), Part::Right),
    ]);
    if found > imported {
        line.push_span(Span::raw(symbols::BETWEEN));
        line.push_span(look.span(format!("{} held back", found - imported), Part::Wrong));
    }
    line
}

fn problem_lines(problem: &Problem, path: &str, width: u16, look: &Look) -> Vec<Line<'static>> {
    let (sign, part) = match problem.severity {
        Severity::HeldBack => (symbols::WRONG, Part::Error),
        Severity::Warning => ("!", Part::Warning),
        Severity::Lint | Severity::Note => ("·", Part::Info),
    };
    let question = problem.question.as_ref().map_or_else(String::new, |number| format!("Q{number}: "));
    let place = format!("{sign} {question}{}:{}", path, problem.line);
    let mut lines = vec![Line::default()];
    lines.extend(look.wrapped(&harmless_line(&place), width, 2, part));
    lines.extend(look.wrapped(&harmless_line(&problem.message), width, 4, Part::Text));
    let source = problem.source.text.trim();
    if !source.is_empty() {
        let room = usize::from(width).saturating_sub(6);
        lines.push(look.line(format!("    {}", fit(&harmless_line(source), room)), Part::Faint));
    }
    if !problem.hint.is_empty() {
        lines.extend(look.wrapped(problem.hint, width, 4, Part::Faint));
    }
    lines
}
