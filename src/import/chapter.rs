//! What a chapter says about itself: its title and its topics.

use std::iter::Peekable;

use super::{
    Chapter,
    lines::{Lines, front},
    stem_of,
};

/// The title and the topics, from the lines before the first question, or else from the front matter.
pub(in crate::import) fn read(lines: &Lines<'_>, first_head: usize, file_name: &str) -> Chapter {
    let is_read = |line: &usize| !lines.is_blank(*line) && !lines.is_inert(*line);
    let before = || (0..first_head).filter(is_read).map(|line| lines.text(line));
    let top = before().find_map(|line| heading(line, 1));
    let any = || {
        before()
            .find_map(|line| (1..=6).find_map(|level| heading(line, level)))
            .filter(|text| !is_label(text))
    };
    let given = top.or_else(any).or_else(|| front::title(lines.front));
    let title = given.map_or_else(|| stem_of(file_name).to_owned(), title);
    let topics = topics(before()).or_else(|| topics(lines.front.lines()));
    Chapter { title, topics: topics.unwrap_or_default() }
}

fn is_label(heading: &str) -> bool {
    heading.eq_ignore_ascii_case("questions")
}

fn heading(line: &str, level: usize) -> Option<&str> {
    let text = line.trim_start();
    let text = text.strip_prefix(&"######"[..level])?;
    let text = text.strip_prefix([' ', '\t'])?.trim().trim_end_matches('#').trim_end();
    let plain = text.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).unwrap_or(text);
    (!plain.is_empty()).then_some(plain)
}

/// `Chapter 14: Memory` is called `14 Memory`; any other heading keeps its words.
fn title(heading: &str) -> String {
    shortened(heading).unwrap_or_else(|| heading.to_owned())
}

fn shortened(heading: &str) -> Option<String> {
    let word = heading.get(.."chapter".len())?;
    let behind = heading.get("chapter".len()..)?;
    let digits = behind.trim_start();
    let number = &digits[..digits.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count()];
    if !word.eq_ignore_ascii_case("chapter") || digits.len() == behind.len() || number.is_empty() {
        return None;
    }
    let name = digits[number.len()..].trim_start_matches([' ', ':', '：', '-', '–', '—', '.', '\t']);
    Some(format!("{} {name}", number.trim_end_matches('.')).trim_end().to_owned())
}

/// `> **Topics Covered**: a, b (c, d)`, or a list below the label.
fn topics<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    let labels = ["topics covered", "topics"];
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        let Some(list) = labels.iter().find_map(|label| behind_label(line, label)) else { continue };
        let topics = match list.trim() {
            "" => {
                std::iter::from_fn(|| lines.next_if(|line| listed(line).is_some()).and_then(listed)).collect()
            }
            list => split_topics(&with_rest(list, line, &mut lines)),
        };
        if !topics.is_empty() {
            return Some(topics);
        }
    }
    None
}

/// A list with what follows its last comma in the next lines of its quotation.
fn with_rest<'a>(list: &str, line: &str, lines: &mut Peekable<impl Iterator<Item = &'a str>>) -> String {
    let mut list = list.to_owned();
    let inner = |line: &'a str| {
        let text = line.trim_start().strip_prefix('>')?.trim();
        (!text.starts_with(['*', '_', '#', '-']) && !text.is_empty()).then_some(text)
    };
    while list.ends_with(',') && line.trim_start().starts_with('>') {
        let Some(next) = lines.next_if(|line| inner(line).is_some()).and_then(inner) else { break };
        list = format!("{list} {next}");
    }
    list
}

fn split_topics(list: &str) -> Vec<String> {
    let list = list.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(list);
    split_list(list.trim_end_matches('.')).into_iter().map(|topic| unquoted(topic).to_owned()).collect()
}

/// The text of an item of a list.
fn listed(line: &str) -> Option<String> {
    let begun = line.trim_start_matches(['>', ' ', '\t']);
    let item = ["- ", "* ", "+ "].iter().find_map(|bullet| begun.strip_prefix(bullet))?;
    Some(unquoted(item.trim()).to_owned()).filter(|item| !item.is_empty())
}

/// A topic without the quotation marks around it, and without the end of bold letters whose beginning went with the
/// label.
fn unquoted(topic: &str) -> &str {
    let quoted = topic.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    let topic = quoted.unwrap_or(topic);
    topic.strip_suffix("**").filter(|topic| !topic.contains("**")).unwrap_or(topic)
}

/// What stands behind a label and its colon, however the label is marked.
pub(super) fn behind_label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let text = line.trim_start_matches(['>', ' ', '\t', '*', '_', '-', '#']);
    let beginning = text.get(..label.len())?;
    let behind = text[label.len()..].trim_start_matches(['*', '_', ' ']);
    let behind = beginning.eq_ignore_ascii_case(label).then(|| behind.strip_prefix([':', '：']))??;
    Some(behind.trim_start_matches(['*', '_', ' ']))
}

/// Splits at commas that no bracket and no code span holds.
pub(in crate::import) fn split_list(list: &str) -> Vec<&str> {
    let (mut depth, mut in_code, mut from) = (0_usize, false, 0);
    let mut parts = Vec::new();
    for (at, sign) in list.char_indices() {
        match sign {
            '`' => in_code = !in_code,
            '(' | '[' | '{' if !in_code => depth += 1,
            ')' | ']' | '}' if !in_code => depth = depth.saturating_sub(1),
            ',' if depth == 0 && !in_code => {
                parts.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_is_called_after_the_first_heading() {
        let table = [
            ("# Chapter 14: Memory & Co", "14 Memory & Co"),
            ("# Chapter 3 - Recursion #", "3 Recursion"),
            ("# **Chapter 9: Iterators**", "9 Iterators"),
            ("# chapter 2", "2"),
            ("# Chapters of a life", "Chapters of a life"),
            ("# Networks", "Networks"),
            ("## Networks\n# Chapter 1: Top", "1 Top"),
            ("## Networks", "Networks"),
            ("## Questions", "nets"),
            ("```\n# Chapter 1: Code\n```", "nets"),
            ("no heading", "nets"),
        ];
        for (text, expected) in table {
            let lines = Lines::new(text);
            assert_eq!(read(&lines, lines.count(), "books/nets.md").title, expected, "{text}");
        }
    }

    #[test]
    fn topics_are_split_at_commas_outside_brackets_and_code() {
        let topics = |text: &str| topics(text.lines()).unwrap_or_default().join(" | ");
        assert_eq!(topics("> **Topics Covered**: a, b (c, d), `e, f`, g."), "a | b (c, d) | `e, f` | g");
        assert_eq!(topics("**Topics Covered:** a, b"), "a | b");
        assert_eq!(topics("Key topics: a"), "");
        assert_eq!(topics("> **Topics Covered**: a,\n> b\n> c"), "a | b");
        assert_eq!(topics("**Topics:**\n- a, b\n- \"c\"\n\n- d"), "a, b | c");
        assert_eq!(topics("topics: [a, \"b\"]"), "a | b");
        assert_eq!(topics("> **Topics Covered**: a, b,\n\n## Questions"), "a | b");
        assert_eq!(topics("> **Topics Covered**: a, b,\n> **Target**: 40"), "a | b");
        assert_eq!(topics("## Topics:\n\ntext\n\n**Topics Covered**: a, b"), "a | b");
        assert_eq!(topics("**Topics**: **a**, `{1, 2}`, {3, 4}"), "a | `{1, 2}` | {3, 4}");
    }
}
