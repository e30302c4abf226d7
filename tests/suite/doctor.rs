//! The doctor finds what was planted, says what is safe, and changes nothing unasked.

use std::{fs, os::unix::fs::PermissionsExt};

use rusqlite::Connection;
use serde_json::Value;

use crate::program::{Home, TODAY, TOMORROW};

fn studied() -> Home {
    let home = Home::with_chapter(6);
    home.study("?\n3\n?\n1\n?\n3\nquit\n", TODAY);
    home
}

fn tamper(home: &Home, sql: &str) {
    let by_hand = Connection::open(home.path().join("data/retain.db")).expect("a database");
    by_hand.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).expect("tampered");
}

/// The checks of this weight.
fn checks(diagnosis: &Value, weight: &str) -> Vec<String> {
    let findings = diagnosis["findings"].as_array().expect("a list").iter();
    let of_weight = findings.filter(|finding| finding["weight"] == weight);
    of_weight.map(|finding| finding["check"].as_str().expect("a word").to_owned()).collect()
}

#[test]
fn a_sound_collection_is_well_and_is_left_as_it_is() {
    let home = studied();
    let before = fs::read(home.path().join("data/retain.db")).expect("a database");
    assert!(home.succeeds(&["doctor"]).contains("All is well."));
    assert_eq!(fs::read(home.path().join("data/retain.db")).expect("a database"), before);
    let diagnosis = home.json(&["doctor", "--json"], TODAY);
    assert_eq!((&diagnosis["damaged"], &diagnosis["answers"]), (&false.into(), &3.into()));
    assert!(checks(&diagnosis, "fine").len() >= 8, "{diagnosis}");
}

#[test]
fn an_empty_home_has_nothing_to_be_ill() {
    let home = Home::new();
    let told = home.succeeds(&["doctor"]);
    assert!(told.contains("there is no collection yet") && told.contains("All is well."), "{told}");
    assert!(!home.path().join("data").exists());
}

#[test]
fn each_planted_fault_is_found_in_its_part() {
    let faults = [
        ("log", "DROP TRIGGER log_is_never_edited; UPDATE log SET took_ms = 1 WHERE id = 2"),
        ("log", "DROP TRIGGER log_is_never_shortened; DELETE FROM log WHERE id = 2"),
        ("file", "DROP TRIGGER log_is_never_shortened; DELETE FROM log WHERE id = 3"),
        ("file", "DROP TRIGGER log_is_never_edited"),
        ("file", "DROP INDEX card_due"),
        ("file", "CREATE TRIGGER stranger AFTER INSERT ON log BEGIN UPDATE card SET lapses = 0; END"),
        ("file", "UPDATE card SET deck = 99 WHERE id = 1"),
        ("log", "DROP TRIGGER circumstance_is_never_edited; UPDATE circumstance SET rollover = 5"),
        ("questions", "UPDATE question SET stem = stem || ' not' WHERE card = 3"),
        ("questions", "UPDATE question SET options = '[' WHERE card = 3"),
        ("questions", "DELETE FROM question WHERE card = 3"),
        ("cards", "UPDATE card SET due = due + 1 WHERE id = 1"),
        ("cards", "UPDATE card SET flagged = 1 WHERE id = 6"),
        ("cards", "UPDATE card SET repetitions = 3 WHERE id = 6"),
        ("cards", "UPDATE card SET deleted = 0 WHERE id = 6"),
        ("cards", "UPDATE deck SET unseen = unseen + 1"),
        ("cards", "DELETE FROM question_words_idx"),
        ("cards", "UPDATE question_words_config SET v = 15991808 WHERE k = 'hashsize'"),
        ("cards", "UPDATE question_words_config SET k = 'versiOn' WHERE k = 'version'"),
        ("cards", "DELETE FROM word WHERE letters = 'number'"),
        ("cards", "INSERT INTO question_words (rowid, words) VALUES (1, 'stray ')"),
    ];
    for (part, sql) in faults {
        let home = studied();
        tamper(&home, sql);
        let output = home.run(&["doctor", "--json"]);
        let diagnosis: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(checks(&diagnosis, "damage").contains(&part.to_owned()), "{sql}: {diagnosis}");
        assert_eq!(output.status.code(), Some(5), "{sql}");
        assert!(diagnosis["safe"].is_string() && diagnosis["advice"].is_string(), "{sql}: {diagnosis}");
    }
}

#[test]
fn of_a_damaged_log_only_what_is_sound_is_shown_and_exported_and_that_is_told() {
    let home = studied();
    tamper(&home, "DROP TRIGGER log_is_never_edited; UPDATE log SET took_ms = 1 WHERE id = 2");
    let file = home.path().join("history.jsonl");
    let file = file.to_str().expect("UTF-8");
    for command in [&["log", "--json"][..], &["log"], &["log", "export", "-"], &["log", "export", file]] {
        let output = home.run(command);
        assert_eq!(output.status.code(), Some(5), "{command:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("1 event") && told.contains("`retain doctor`"), "{command:?}: {told}");
    }
    let exported = fs::read_to_string(file).expect("exported");
    assert_eq!(exported.lines().count(), 1 + 2, "{exported}");
    assert!(exported.contains("\"deck\"") && !exported.contains("\"took_ms\":1,"), "{exported}");
    let other = Home::with_chapter(6);
    assert!(other.succeeds(&["log", "import", file]).contains("2 new"));
}

#[test]
fn events_from_days_that_lie_ahead_are_told_and_are_no_damage() {
    let home = Home::with_chapter(3);
    home.study("?\n3\n", "2031-05-05T09:00:00+01:00");
    let diagnosis = home.json(&["doctor", "--json"], TODAY);
    assert_eq!(checks(&diagnosis, "warning"), ["times"], "{diagnosis}");
    assert!(home.succeeds(&["doctor"]).contains("the latest on 2031-05-05"));
}

#[test]
fn cards_that_part_from_the_log_are_worked_out_anew_when_asked_and_after_a_backup() {
    let home = studied();
    // The day's backup is made while one studies, and may hold every answer: then no other one is due.
    fs::remove_dir_all(home.path().join("data/backups")).expect("removed");
    tamper(
        &home,
        "UPDATE card SET due = due + 9 WHERE id = 1; UPDATE card SET repetitions = 3 WHERE id = 6;
         UPDATE deck SET cards = 0; INSERT INTO question_words (rowid, words) VALUES (1, 'stray ')",
    );
    let told = home.ends_with(&["doctor"], 5);
    assert!(told.contains("Your history is whole") && told.contains("--repair"), "{told}");
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 2, "nothing is repaired unasked");
    home.succeeds(&["doctor", "--repair"]);
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 3);
    assert!(home.succeeds(&["doctor"]).contains("All is well."));
    let names = home.succeeds(&["backup", "list"]);
    assert!(names.contains("before-repair"), "{names}");
}

#[test]
fn a_log_that_is_damaged_is_not_repaired() {
    let home = studied();
    // With every event, so that no other one is due before a repair.
    home.succeeds(&["backup"]);
    tamper(&home, "DROP TRIGGER log_is_never_edited; UPDATE log SET took_ms = 3600001 WHERE id = 2");
    let before = fs::read(home.path().join("data/retain.db")).expect("a database");
    let told = home.ends_with(&["doctor", "--repair"], 5);
    assert!(told.contains("event 2 is not as it was written") && told.contains("`retain restore`"), "{told}");
    assert!(told.starts_with("Nothing was repaired"), "{told}");
    assert_eq!(fs::read(home.path().join("data/retain.db")).expect("a database"), before);
}

#[test]
fn bad_backups_open_files_and_broken_settings_are_warnings() {
    let home = studied();
    fs::write(home.path().join("data/backups/2026-11-01-090000-daily.db"), "no database").expect("written");
    let database = home.path().join("data/retain.db");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).expect("opened");
    home.write("config/config.toml", "new_cards = 3\n");
    let output = home.run(&["doctor", "--json"]);
    let diagnosis: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(checks(&diagnosis, "warning"), ["settings", "backups", "permissions"], "{diagnosis}");
    assert_eq!(output.status.code(), Some(0));
    let told = home.succeeds(&["doctor"]);
    assert!(
        told.contains("new_cards") && told.contains("chmod") && told.contains("Nothing is damaged."),
        "{told}"
    );
}

#[test]
fn a_foreign_file_and_one_of_a_newer_program_are_told_apart_from_damage() {
    let home = studied();
    tamper(&home, "PRAGMA user_version = 99");
    let told = home.succeeds(&["doctor"]);
    assert!(told.contains("written by a newer retain"), "{told}");
    tamper(&home, "PRAGMA application_id = 7");
    assert!(home.ends_with(&["doctor"], 5).contains("not a collection of retain"));
}
