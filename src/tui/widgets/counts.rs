//! Numbers of cards with their colours: `● 24 due  ● 3 learning  ● 10 new`.

use ratatui::text::{Line, Span};

use crate::tui::{look::Look, symbols, theme::Part};

/// Numbers with their words and colours; those that are nothing are left out.
pub fn counts(numbers: &[(usize, &str, Part)], look: &Look) -> Line<'static> {
    let mut line = Line::default();
    for (number, word, part) in numbers.iter().filter(|(number, ..)| *number > 0) {
        if !line.spans.is_empty() {
            line.push_span(Span::raw("  "));
        }
        line.push_span(look.span(symbols::DOT, *part));
        line.push_span(look.span(format!(" {number} {word}"), Part::Text));
    }
    line
}
