//! A backup takes the place of a collection: what that wins and loses is said first, nothing is overwritten, and
//! it can be undone.

use std::fs;

use rusqlite::Connection;

use crate::{
    chapters::chapter,
    program::{Home, TODAY, TOMORROW},
};

fn events(home: &Home) -> usize {
    home.succeeds(&["log"]).lines().count()
}

/// A collection with a backup, three answers before it and two after it.
fn home_with_backup() -> Home {
    let home = Home::with_chapter(6);
    home.study("?\n3\n?\n3\n?\n3\nquit\n", TODAY);
    home.succeeds(&["backup"]);
    fs::remove_file(home.path().join("data/backups/2026-11-22-090000-daily.db")).expect("removed");
    home.study("?\n3\n?\n3\nquit\n", TOMORROW);
    for entry in fs::read_dir(home.path().join("data/backups")).expect("a folder").flatten() {
        if !entry.file_name().to_string_lossy().contains("asked") {
            fs::remove_file(entry.path()).expect("removed");
        }
    }
    home
}

fn damage(home: &Home, sql: &str) {
    let by_hand = Connection::open(home.path().join("data/retain.db")).expect("a database");
    by_hand
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; DROP TRIGGER log_is_never_edited; DROP TRIGGER log_is_never_shortened; {sql}"
        ))
        .expect("tampered");
}

#[test]
fn it_says_first_what_it_would_win_and_lose_and_changes_nothing_unasked() {
    let home = home_with_backup();
    damage(&home, "UPDATE log SET kind = 'easy' WHERE id IN (2, 5)");
    let before = fs::read(home.path().join("data/retain.db")).expect("a database");
    let told = home.succeeds(&["restore"]);
    for words in [
        "2026-11-22-090000-asked.db",
        "Now         5 events",
        "Then        4 events",
        "Won         1 event",
        "Taken over  1 event newer than the backup and sound: 1 answer on 1 day",
        "Lost        1 event",
        "Nothing was changed",
    ] {
        assert!(told.contains(words), "no “{words}” in {told}");
    }
    assert_eq!(fs::read(home.path().join("data/retain.db")).expect("a database"), before);
    assert!(!home.path().join("data/set-aside").exists());
}

#[test]
fn a_damaged_collection_comes_back_with_the_sound_answers_since_the_backup() {
    let home = home_with_backup();
    let answers = home.succeeds(&["log"]);
    let due = home.json(&["due", "--json"], TOMORROW);
    damage(&home, "UPDATE log SET kind = 'easy' WHERE id = 2");
    home.ends_with(&["doctor"], 5);
    let told = home.succeeds(&["restore", "--yes"]);
    assert!(told.contains("Restored"), "{told}");
    assert_eq!(home.succeeds(&["log"]), answers, "every answer is there, as it was given");
    let diagnosis = home.json(&["doctor", "--json"], TOMORROW);
    assert_eq!((&diagnosis["damaged"], &diagnosis["events"]), (&false.into(), &5.into()), "{diagnosis}");
    assert_eq!(home.json(&["due", "--json"], TOMORROW), due);
    home.study("undo\nquit\n", TOMORROW);
    let seen = home.succeeds(&["log"]);
    let newest = answers.lines().last().and_then(|line| line.split("  ").nth(1));
    assert!(seen.lines().last().is_some_and(|line| line.contains("undo")), "{seen}, after {newest:?}");
}

#[test]
fn the_damaged_file_is_kept_and_a_restore_can_be_undone_and_done_again() {
    let home = home_with_backup();
    damage(&home, "UPDATE log SET kind = 'easy' WHERE id = 2");
    let damaged = fs::read(home.path().join("data/retain.db")).expect("a database");
    home.succeeds(&["restore", "--yes"]);
    let restored = fs::read(home.path().join("data/retain.db")).expect("a database");
    let aside = home.path().join("data/set-aside/2026-11-22-090000.db");
    assert_eq!(fs::read(&aside).expect("kept"), damaged);
    assert!(home.succeeds(&["doctor"]).contains("set aside by a restore"));
    home.succeeds(&["restore", "--undo", "--yes"]);
    assert_eq!(fs::read(home.path().join("data/retain.db")).expect("a database"), damaged);
    home.succeeds(&["restore", "--undo", "--yes"]);
    assert_eq!(fs::read(home.path().join("data/retain.db")).expect("a database"), restored);
}

#[test]
fn what_was_set_aside_last_comes_back_first_though_the_clock_was_set_back() {
    let home = home_with_backup();
    let at = |time: &str, arguments: &[&str]| {
        let status = home.command(arguments, time).status().expect("runs");
        assert!(status.success(), "{arguments:?}");
    };
    let backup = "2026-11-22-090000-asked";
    at(TOMORROW, &["restore", backup, "--without-newer", "--yes"]);
    for (answers, time) in [(4, TOMORROW), (5, TODAY)] {
        home.study("?\n3\nquit\n", TOMORROW);
        assert_eq!(events(&home), answers);
        at(time, &["restore", "--yes"]);
        at(time, &["restore", backup, "--without-newer", "--yes"]);
        at(time, &["restore", "--undo", "--yes"]);
        assert_eq!(events(&home), answers, "at {time}");
    }
}

#[test]
fn a_restore_that_was_killed_half_way_leaves_nothing_that_could_be_taken_for_a_collection() {
    let home = home_with_backup();
    home.succeeds(&["restore", "2026-11-22-090000-asked", "--without-newer", "--yes"]);
    let second_name = home.path().join("data/set-aside/2026-11-29-090000.db");
    fs::hard_link(home.path().join("data/retain.db"), &second_name).expect("linked");
    home.succeeds(&["restore", "--undo", "--yes"]);
    assert_eq!(events(&home), 5);
    assert!(!second_name.exists());
    home.succeeds(&["restore", "--undo", "--yes"]);
    assert_eq!(events(&home), 3);
}

#[test]
fn answers_that_were_given_since_can_be_left_out() {
    let home = home_with_backup();
    let told = home.succeeds(&["restore", "--without-newer", "--yes"]);
    assert!(told.contains("Left out    2 events"), "{told}");
    assert_eq!(events(&home), 3);
    home.succeeds(&["restore", "--undo", "--yes"]);
    assert_eq!(events(&home), 5);
}

#[test]
fn a_file_that_is_no_database_any_more_is_replaced_and_kept() {
    let home = home_with_backup();
    let database = home.path().join("data/retain.db");
    fs::write(&database, "no database at all".repeat(1000)).expect("written");
    let told = home.ends_with(&["due"], 1);
    assert!(told.contains("`retain doctor`"), "{told}");
    let told = home.ends_with(&["doctor"], 5);
    assert!(told.contains("2026-11-22-090000-asked.db is good"), "{told}");
    let told = home.succeeds(&["restore", "--yes"]);
    assert!(told.contains("cannot be read"), "{told}");
    assert_eq!(events(&home), 3);
    let aside = fs::read_to_string(home.path().join("data/set-aside/2026-11-22-090000.db")).expect("kept");
    assert!(aside.starts_with("no database"));
}

#[test]
fn a_collection_that_is_gone_comes_back() {
    let home = home_with_backup();
    fs::remove_file(home.path().join("data/retain.db")).expect("removed");
    assert!(home.ends_with(&["doctor"], 5).contains("the collection is gone"));
    home.succeeds(&["restore", "--yes"]);
    assert_eq!(events(&home), 3);
}

/// Without any good backup the log itself is saved, and finds its questions when they are imported again.
#[test]
fn without_a_backup_the_events_are_saved_and_meet_their_chapter_again() {
    let home = Home::with_chapter(6);
    home.study("?\n3\n?\n3\n?\n3\nquit\n", TODAY);
    fs::remove_dir_all(home.path().join("data/backups")).expect("removed");
    damage(&home, "DELETE FROM question; UPDATE log SET kind = 'easy' WHERE id = 2");
    let told = home.succeeds(&["restore", "--yes"]);
    assert!(told.contains("there is no good one") && told.contains("2 of them count again"), "{told}");
    let file = home.write("chapter.md", &chapter("Chapter 1: Things", 6));
    home.succeeds(&["import", &file]);
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 2);
    assert_eq!(home.json(&["doctor", "--json"], TODAY)["damaged"], false);
}

#[test]
fn a_damaged_or_unknown_backup_is_refused_and_a_newer_good_one_is_found_behind_it() {
    let home = home_with_backup();
    let bad = home.path().join("data/backups/2026-11-30-090000-daily.db");
    fs::write(&bad, "no database").expect("written");
    assert!(home.succeeds(&["restore"]).contains("2026-11-22-090000-asked.db"));
    home.ends_with(&["restore", "2026-11-30-090000-daily", "--yes"], 1);
    let told = home.ends_with(&["restore", "2020-01-01-000000-daily", "--yes"], 1);
    assert!(told.contains("there is no backup") && told.contains("backup list"), "{told}");
    assert_eq!(events(&home), 5);
}

#[test]
fn nothing_is_restored_under_a_running_session() {
    use std::process::Stdio;
    let home = home_with_backup();
    let mut session = home.command(&["study", "--plain"], TOMORROW);
    let mut session = session.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let mut asked = [0; 1];
    std::io::Read::read_exact(session.stdout.as_mut().expect("a stream"), &mut asked).expect("it asks");
    let told = home.ends_with(&["restore", "--yes"], 1);
    assert!(told.contains("has this collection open"), "{told}");
    drop(session.stdin.take());
    session.wait().expect("it ends");
}
