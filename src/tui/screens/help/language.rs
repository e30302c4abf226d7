//! The language of searches, as `assets/search.md` describes it, in lines of some width.

use ratatui::text::{Line, Span};

use crate::{
    domain::search::LANGUAGE,
    tui::{look::Look, theme::Part},
    typeset::columns,
};

/// Where the meaning of a query begins, and the narrowest text that has it beside the query.
const MEANING: usize = 26;
const WIDE: u16 = 64;

pub(super) fn lines(width: u16, look: &Look) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for paragraph in LANGUAGE.split("\n\n") {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        if let Some(title) = paragraph.strip_prefix("# ") {
            lines.push(look.line(title.to_owned(), Part::Title));
        } else if paragraph.starts_with("    ") {
            lines.extend(paragraph.lines().flat_map(|line| example(line.trim_start(), width, look)));
        } else {
            lines.extend(look.wrapped(&paragraph.replace('\n', " "), width, 0, Part::Text));
        }
    }
    lines
}

fn example(line: &str, width: u16, look: &Look) -> Vec<Line<'static>> {
    let (query, meaning) = line.split_once("  ").unwrap_or((line, ""));
    let head = look.span(format!(" {query}"), Part::Key);
    if width < WIDE {
        let meaning = look.wrapped(meaning.trim_start(), width, 4, Part::Text);
        return [Line::from(head)].into_iter().chain(meaning).collect();
    }
    let mut lines = look.wrapped(meaning.trim_start(), width, MEANING, Part::Text);
    let blanks = MEANING.saturating_sub(columns(query) + 1);
    let first = lines.first().map_or(String::new(), |first| first.to_string().trim_start().to_owned());
    let told = vec![head, Span::raw(" ".repeat(blanks)), look.span(first, Part::Text)];
    lines.splice(0..lines.len().min(1), [Line::from(told)]);
    lines
}
