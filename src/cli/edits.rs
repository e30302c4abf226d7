//! What an import changes in a deck, for people: question by question, and word by word where they ask.

use std::io::Write;

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::text;
use crate::app::{Edit, Field, FileReport};

/// How many changed questions of a file are named; a dry run names all.
const MOST_NAMED: usize = 20;
/// So many words around a change are shown.
const CONTEXT: usize = 6;

/// One line for each changed question.
pub(super) fn names(file: &FileReport, out: &mut dyn Write) -> anyhow::Result<()> {
    for edit in file.edits_to_tell().take(MOST_NAMED) {
        writeln!(out, "  {}", text::one_line(&edit.to_string()))?;
    }
    if let Some(more) = file.edits_to_tell().count().checked_sub(MOST_NAMED + 1) {
        writeln!(out, "  … and {} more", more + 1)?;
    }
    Ok(())
}

/// Each changed question with all words that change.
pub(super) fn diffs(file: &FileReport, out: &mut dyn Write) -> anyhow::Result<()> {
    for edit in &file.edits {
        writeln!(out, "  {}", text::one_line(&edit.to_string()))?;
        for Field { name, before, after } in &edit.fields {
            writeln!(out, "    {name}: {}", text::one_line(&words(before, after)))?;
        }
    }
    Ok(())
}

/// `the [-old-]{+new+} words`, on one line, with as much around them as it takes to find the place.
fn words(before: &str, after: &str) -> String {
    let diff = TextDiff::from_words(before, after);
    let mut told = String::new();
    let mut runs: Vec<(ChangeTag, Vec<&str>)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push(change.value()),
            _ => runs.push((change.tag(), vec![change.value()])),
        }
    }
    let last = runs.len().saturating_sub(1);
    for (place, (tag, words)) in runs.iter().enumerate() {
        match tag {
            ChangeTag::Equal => told.push_str(&shortened(words, place > 0, place < last)),
            ChangeTag::Delete => told.push_str(&format!("[-{}-]", words.concat())),
            ChangeTag::Insert => told.push_str(&format!("{{+{}+}}", words.concat())),
        }
    }
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that stay, with those far from a change left out.
fn shortened(words: &[&str], behind_change: bool, before_change: bool) -> String {
    // Words and the spaces between them alternate.
    let near = 2 * CONTEXT;
    let head = if behind_change { near } else { 0 };
    let tail = if before_change { near } else { 0 };
    if words.len() <= head + tail + 2 {
        return words.concat();
    }
    format!("{} … {}", words[..head].concat(), words[words.len() - tail..].concat())
}

/// An edit, for programs.
#[derive(Debug, Serialize)]
pub(super) struct EditRow<'a> {
    id: &'a str,
    what: &'static str,
    answer_changed: bool,
    fields: Vec<FieldRow<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldRow<'a> {
    name: &'a str,
    before: &'a str,
    after: &'a str,
}

impl<'a> EditRow<'a> {
    pub(super) fn of(edit: &'a Edit) -> Self {
        let fields = edit.fields.iter();
        Self {
            id: &edit.question,
            what: edit.what.word(),
            answer_changed: edit.answer_changed,
            fields: fields.map(|Field { name, before, after }| FieldRow { name, before, after }).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_that_change_are_marked() {
        let table = [
            ("What is the GLI?", "What is the GIL?", "What is the [-GLI?-]{+GIL?+}"),
            ("", "new", "{+new+}"),
            ("old", "", "[-old-]"),
            ("one\ntwo", "one\n\ntwo", "one[- -]{+ +}two"),
        ];
        for (before, after, expected) in table {
            assert_eq!(words(before, after), expected);
        }
    }

    #[test]
    fn words_far_from_a_change_are_left_out() {
        let many = |last: &str| format!("{} {last}", "word ".repeat(40).trim_end());
        assert_eq!(words(&many("old"), &many("new")), "… word word word word word word [-old-]{+new+}");
    }
}
