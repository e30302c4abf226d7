//! What is said when something around the program is not as it should be, and what the log file tells of it.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::{
    chapters::chapter,
    program::{Home, TODAY},
};

#[test]
fn a_place_that_cannot_be_used_is_named_with_what_to_do() {
    let home = Home::new();
    let file = home.write("a-file", "");
    let told = home.ends_with(&["--data-dir", &format!("{file}/data"), "study", "--plain"], 1);
    assert!(told.contains("a-file/data") && told.contains("name another one with --data-dir"), "{told}");
}

#[test]
fn broken_settings_are_told_with_their_line_and_keep_nobody_from_doctor_and_backup() {
    let home = Home::with_chapter(2);
    home.write("config/config.toml", "new_per_day = 3\nmouse = perhaps\n");
    let told = home.ends_with(&["due"], 1);
    assert!(
        told.contains("config.toml") && told.contains("line 2") && told.contains("config show"),
        "{told}"
    );
    assert!(home.succeeds(&["doctor"]).contains("line 2"));
    home.succeeds(&["backup"]);
}

#[test]
fn another_database_in_the_place_of_the_collection_is_left_alone() {
    let home = Home::new();
    fs::create_dir_all(home.path().join("data")).expect("a folder");
    let database = home.path().join("data/retain.db");
    let foreign = rusqlite::Connection::open(&database).expect("a database");
    foreign.execute_batch("CREATE TABLE notes (text)").expect("a table");
    drop(foreign);
    let before = fs::read(&database).expect("a file");
    for command in [&["due"][..], &["study", "--plain"], &["backup"], &["restore", "--yes"]] {
        home.run(command);
        assert_eq!(fs::read(&database).unwrap_or_default(), before, "{command:?}");
    }
    let told = home.ends_with(&["due"], 1);
    assert!(told.contains("not a collection of retain") && told.contains("--data-dir"), "{told}");
}

#[test]
fn there_is_no_log_file_unless_it_is_wanted() {
    let home = Home::with_chapter(2);
    home.study("?\n3\n", TODAY);
    assert!(!home.path().join("data/retain.log").exists());
}

#[test]
fn the_log_file_tells_what_was_done_and_nothing_of_decks() {
    let home = Home::new();
    home.write("config/config.toml", "log_file = true\n");
    let file = home.write("secret-chapter.md", &chapter("Chapter 1: Secret Things", 2));
    fs::create_dir_all(home.path().join("data")).expect("a folder");
    home.succeeds(&["import", &file]);
    home.study("?\n3\n", TODAY);
    home.ends_with(&["study", "--plain", "no secret deck"], 1);
    home.ends_with(&["import", &home.path().join("secret-none.md").to_string_lossy()], 1);
    let log = home.path().join("data/retain.log");
    let told = fs::read_to_string(&log).expect("a log file");
    assert_eq!(fs::metadata(&log).expect("there").permissions().mode() & 0o777, 0o600);
    let version = format!("retain {} began: study", env!("CARGO_PKG_VERSION"));
    for words in
        ["2026-11-22T09:00:00", &version, "began: import", "ended with 0 after", "ended with 1 after"]
    {
        assert!(told.contains(words), "no “{words}” in {told}");
    }
    assert!(told.contains("failed: "), "{told}");
    let lower = told.to_lowercase();
    assert!(!lower.contains("secret") && !lower.contains("thing"), "{told}");
}

#[test]
fn a_log_file_that_has_grown_long_begins_anew() {
    let home = Home::with_chapter(1);
    home.write("config/config.toml", "log_file = true\n");
    let log = home.path().join("data/retain.log");
    fs::write(&log, "x".repeat(2 << 20)).expect("written");
    home.succeeds(&["due"]);
    assert!(fs::metadata(&log).expect("there").len() < 1000);
    assert_eq!(fs::metadata(home.path().join("data/retain.log.old")).expect("kept").len(), 2 << 20);
}
