//! The lowest line: the few keys that matter now, or a notice in as many lines as it needs.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use crate::tui::{
    look::Look,
    notice::{Notice, Severity},
    symbols,
    theme::Part,
};

/// A key and its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The key as it is written.
    pub key: String,
    /// What it does.
    pub label: String,
    /// Whether it does something now.
    pub usable: bool,
    /// Whether it is shown before others where there is little room.
    pub always: bool,
}

/// A notice in lines of this width.
pub fn notice(notice: &Notice, width: u16, look: &Look) -> Vec<Line<'static>> {
    let part = match notice.severity {
        Severity::Info => Part::Info,
        Severity::Warning => Part::Warning,
        Severity::Error => Part::Error,
    };
    let mark = match notice.severity {
        Severity::Info => symbols::POINTER,
        Severity::Warning | Severity::Error => "!",
    };
    let mut lines = look.wrapped(&notice.text, width, 3, part);
    if let Some(first) = lines.first_mut().and_then(|line| line.spans.first_mut()) {
        first.content = format!(" {mark} {}", first.content.trim_start()).into();
    }
    lines
}

/// Draws the hints that fit, in their order; those that matter always do not make room for others.
pub fn draw_hints(hints: &[Hint], area: Rect, page: &mut Buffer, look: &Look) {
    let width = usize::from(area.width).saturating_sub(1);
    let mut kept: Vec<&Hint> = hints.iter().collect();
    while line(&kept, look).width() > width {
        let Some(last) = kept.iter().rposition(|hint| !hint.always) else { break };
        kept.remove(last);
    }
    page.set_line(area.x, area.y, &line(&kept, look), area.width);
}

fn line(hints: &[&Hint], look: &Look) -> Line<'static> {
    let mut line = Line::default();
    for (nth, hint) in hints.iter().enumerate() {
        let (key, word) = match hint.usable {
            true => (Part::Key, Part::Text),
            false => (Part::KeyOff, Part::KeyOff),
        };
        let before = if nth == 0 { " " } else { symbols::BETWEEN };
        line.push_span(Span::styled(before, look.part(Part::Border)));
        line.push_span(look.span(hint.key.clone(), key));
        line.push_span(look.span(format!(" {}", hint.label), word));
    }
    line
}
