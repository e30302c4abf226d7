//! Texts of several lines without what stands around them: blank lines and rules, indentation, marks of quotations.

use memchr::memrchr;

use super::marks::is_rule;

/// Without the blank lines and rules at both ends.
pub(in crate::import) fn trimmed(text: &str) -> &str {
    let is_text = |byte: &u8| *byte != b'\n';
    let from = text.as_bytes().iter().position(is_text).unwrap_or(text.len());
    let to = text.as_bytes().iter().rposition(is_text).map_or(from, |last| last + 1);
    let mut text = &text[from..to];
    while !text.is_empty() && !begins_with_text(text) {
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        if !is_empty(line) {
            break;
        }
        text = rest;
    }
    while !text.is_empty() && !ends_with_text(text) {
        let start = memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
        if !is_empty(&text[start..]) {
            break;
        }
        text = &text[..start.saturating_sub(1)];
    }
    text
}

/// A text without the indentation that its lines share, and trimmed.
pub(in crate::import) fn dedented(text: &str) -> String {
    let text = trimmed(text);
    let written = text.lines().filter(|line| !line.trim().is_empty());
    let shared =
        written.map(|line| line.len() - line.trim_start_matches([' ', '\t']).len()).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(shared..).unwrap_or("")).collect();
    lines.join("\n").trim_end().to_owned()
}

/// A text whose lines lose the mark of a quotation before them.
pub(in crate::import) fn unquoted(text: &str) -> String {
    let inner = |line| {
        let quoted = str::trim_start(line).strip_prefix('>');
        quoted.map_or(line, |inner| inner.strip_prefix(' ').unwrap_or(inner))
    };
    text.lines().map(inner).collect::<Vec<_>>().join("\n")
}

/// A first line and the lines below it, without the indentation that those share.
pub(in crate::import) fn with_lines_below(first: &str, below: &str) -> String {
    let first = first.trim();
    let is_apart = below.lines().next().is_some_and(|line| line.trim().is_empty());
    let below = dedented(below);
    match (first.is_empty(), below.is_empty()) {
        (true, _) => below,
        (false, true) => first.to_owned(),
        (false, false) if is_apart => format!("{first}\n\n{below}"),
        (false, false) => format!("{first}\n{below}"),
    }
}

/// Whether a line is blank or a rule.
fn is_empty(line: &str) -> bool {
    line.trim().is_empty() || is_rule(line)
}

/// A quick look at whether a text surely begins with a line that is neither blank nor a rule: those begin with a blank
/// or with a mark of rules.
fn begins_with_text(text: &str) -> bool {
    text.as_bytes().first().is_some_and(is_of_text)
}

/// The same for the last line: blank lines and rules end with a blank or a mark of rules too.
fn ends_with_text(text: &str) -> bool {
    text.as_bytes().last().is_some_and(is_of_text)
}

fn is_of_text(byte: &u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'-' | b'*' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_rules_are_trimmed_and_nothing_else() {
        let table = [
            ("\n \n---\ntext\n\n***\n\t\n", "text"),
            ("--- x\n", "--- x"),
            ("\n*x*\nx ---", "*x*\nx ---"),
            ("\u{a0}\nx\n\u{3000}", "x"),
            ("- - -\n_ _ _", ""),
            ("--\n__", "--\n__"),
        ];
        for (text, expected) in table {
            assert_eq!(trimmed(text), expected, "{text:?}");
        }
    }
}
