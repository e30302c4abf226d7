//! The shape of the program, read from its sources: which part may know which.

use std::{
    fs,
    path::{Path, PathBuf},
};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut sources: Vec<PathBuf> = paths
        .flat_map(|path| if path.is_dir() { sources_below(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    sources.sort();
    sources
}

/// The lines of a part of the program that hold one of these words, tests and comments left aside.
fn mentions(part: &str, words: &[&str]) -> Vec<String> {
    let path = Path::new(SOURCES).join(part);
    let sources = if path.is_dir() { sources_below(&path) } else { vec![path] };
    assert!(!sources.is_empty(), "{part} has no sources");
    let mut found = Vec::new();
    for source in sources {
        let text = fs::read_to_string(&source).expect("a source");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let guilty = lines.filter(|line| words.iter().any(|word| mentions_word(line, word)));
        found.extend(guilty.map(|line| format!("{}: {}", source.display(), line.trim())));
    }
    found
}

/// Whether a line holds a word, and not only as the end of a longer one, as `restore::` ends in `store::`.
fn mentions_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| !line[..place].ends_with(char::is_alphanumeric))
}

#[track_caller]
fn does_not_know(part: &str, words: &[&str]) {
    let found = mentions(part, words);
    assert!(found.is_empty(), "{part} should not know {words:?}:\n{}", found.join("\n"));
}

const TERMINAL: [&str; 2] = ["ratatui", "crossterm"];
const OUTSIDE: [&str; 7] =
    ["rusqlite", "std::fs", "std::io", "std::env", "std::process", "SystemTime", "Instant::now"];

#[test]
fn the_domain_is_pure() {
    does_not_know("domain", &OUTSIDE);
    does_not_know("domain", &TERMINAL);
    does_not_know("domain", &["store::", "import::", "export::", "app::", "tui::", "cli::", "typeset::"]);
}

#[test]
fn the_importer_is_pure_and_knows_only_the_domain() {
    does_not_know("import", &OUTSIDE);
    does_not_know("import", &TERMINAL);
    does_not_know("import", &["export::", "store::", "app::", "tui::", "cli::", "typeset::"]);
}

#[test]
fn the_exporter_is_pure_and_reads_back_what_it_writes() {
    does_not_know("export", &OUTSIDE);
    does_not_know("export", &TERMINAL);
    does_not_know("export", &["store::", "app::", "tui::", "cli::", "typeset::"]);
}

#[test]
fn setting_text_knows_neither_decks_nor_terminals() {
    does_not_know("typeset", &TERMINAL);
    does_not_know("typeset", &["domain::", "store::", "import::", "export::", "app::", "tui::", "cli::"]);
}

#[test]
fn the_store_alone_speaks_sql_and_knows_only_the_domain() {
    for part in ["domain", "import", "export", "typeset", "app", "tui", "cli", "main.rs"] {
        does_not_know(part, &["rusqlite"]);
    }
    does_not_know("store", &["crate::import", "export::", "app::", "tui::", "cli::", "typeset::"]);
    does_not_know("store", &TERMINAL);
}

#[test]
fn the_app_knows_no_terminal_and_the_two_faces_do_not_know_each_other() {
    does_not_know("app", &TERMINAL);
    does_not_know("app", &["tui::", "cli::", "typeset::"]);
    does_not_know("cli", &["tui::", "store::"]);
    does_not_know("tui", &["cli::", "store::"]);
}
