//! Backups happen by themselves, are proven, private and thinned, and a bad one never costs a good one.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
};

use chrono::{Datelike, TimeDelta};
use oorandom::Rand64;
use retain::{
    domain::time::{Moment, Rollover, StudyDay},
    store::{Backups, Reason, Store, superfluous},
};

use crate::{
    chapters::chapter,
    program::{Home, TODAY, TOMORROW},
    store::{deck_of, moment},
};

fn names(home: &Home) -> Vec<String> {
    let entries = fs::read_dir(home.path().join("data/backups")).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn simulate(days: i32, is_used: impl Fn(i32) -> bool) -> (StudyDay, BTreeSet<StudyDay>) {
    let first = moment("2026-01-01T12:00:00+01:00").day;
    let mut kept: Vec<StudyDay> = Vec::new();
    let mut today = first;
    for day in (0..days).filter(|day| is_used(*day)) {
        today = StudyDay(first.0 + day);
        kept.insert(0, today);
        let gone = superfluous(&kept, today);
        for place in gone.into_iter().rev() {
            kept.remove(place);
        }
    }
    (today, kept.into_iter().collect())
}

#[test]
fn a_year_of_days_leaves_seven_days_four_weeks_and_twelve_months() {
    let (today, kept) = simulate(365, |_| true);
    assert_eq!(today.to_string(), "2026-12-31");
    let kept: Vec<String> = kept.iter().map(ToString::to_string).collect();
    // 31 December 2026 is a Thursday; its week began on the 28th.
    let months =
        ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30"];
    let weeks = ["12-13", "12-20", "12-27"];
    let days = ["12-25", "12-26", "12-28", "12-29", "12-30", "12-31"];
    let mut expected: Vec<String> =
        months.iter().chain(&weeks).chain(&days).map(|day| format!("2026-{day}")).collect();
    expected.sort();
    assert_eq!(kept, expected);
}

#[test]
fn with_pauses_the_days_weeks_and_months_of_use_count() {
    for seed in 0..50u32 {
        let skipped = |day: i32| Rand64::new(u128::from(seed) << 32 | day as u128).rand_float() < 0.6;
        let paused = |day: i32| (100..190).contains(&day);
        let used: Vec<i32> = (0..500).filter(|day| !skipped(*day) && !paused(*day)).collect();
        let (_, kept) = simulate(500, |day| used.contains(&day));
        let first = moment("2026-01-01T12:00:00+01:00").day.0;
        let day = |day: &i32| StudyDay(first + day);
        assert!(used.iter().rev().take(7).all(|it| kept.contains(&day(it))), "seed {seed}: {kept:?}");
        let month = |day: StudyDay| (day.date().year(), day.date().month());
        let mut months: Vec<(i32, u32)> = used.iter().map(|it| month(day(it))).collect();
        months.dedup();
        for wanted in months.iter().rev().take(12) {
            assert!(kept.iter().any(|it| month(*it) == *wanted), "seed {seed}: {wanted:?} in {kept:?}");
        }
        assert!(kept.len() <= 7 + 4 + 12, "seed {seed}: {kept:?}");
    }
}

#[test]
fn what_a_wrong_clock_made_ahead_of_today_stays_and_takes_no_place() {
    let ahead: Vec<StudyDay> = (0..20).rev().map(|day| StudyDay(30_000 + day)).collect();
    let today = StudyDay(20_000);
    let made: Vec<StudyDay> = ahead.iter().copied().chain([today]).collect();
    assert!(superfluous(&made, today).is_empty());
}

#[test]
fn real_files_are_thinned_like_that_and_each_is_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("opens");
    deck_of(&mut store, "One", 3);
    let backups = Backups::of(folder.path());
    let first = moment("2026-11-01T09:00:00+01:00");
    for day in 0..25 {
        let now = Moment::new(first.at + TimeDelta::days(day), Rollover::default());
        assert!(backups.make_if_due(Reason::Daily, now, Rollover::default()).expect("made").is_some());
        assert!(backups.make_if_due(Reason::Daily, now, Rollover::default()).expect("looked").is_none());
    }
    let all = backups.list().expect("listed");
    let days: Vec<u32> = all.iter().map(|backup| backup.made.day()).collect();
    // 1, 8, 15 and 22 November 2026 are Sundays.
    assert_eq!(days, [25, 24, 23, 22, 21, 20, 19, 15, 8]);
    for backup in all {
        assert_eq!(backup.verify().expect("good").cards, 3);
    }
}

#[test]
fn the_first_use_of_a_day_makes_one_and_the_second_none() {
    let home = Home::with_chapter(3);
    assert_eq!(names(&home), [] as [&str; 0], "there was nothing to copy");
    home.study("?\n3\n", TODAY);
    home.study("?\n3\n", TODAY);
    assert_eq!(names(&home), ["2026-11-22-090000-daily.db"]);
    home.study("", TOMORROW);
    assert_eq!(names(&home).len(), 2);
}

#[test]
fn one_that_was_just_made_stays_though_the_clock_was_set_back() {
    let home = Home::with_chapter(3);
    for _ in 0..4 {
        home.succeeds(&["backup"]);
    }
    let made = home.command(&["backup"], "2026-11-22T08:00:00+01:00").output().expect("runs");
    let told = String::from_utf8_lossy(&made.stdout);
    assert!(told.contains("2026-11-22-080000-asked.db and proven good"), "{told}");
    assert!(names(&home).contains(&"2026-11-22-080000-asked.db".to_owned()));
}

#[test]
fn backups_are_private_and_told_of() {
    let home = Home::with_chapter(3);
    home.study("?\n3\n", TODAY);
    assert!(home.succeeds(&["backup"]).contains("proven good"));
    let folder = home.path().join("data/backups");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for name in names(&home) {
        assert_eq!(mode(&folder.join(&name)), 0o600, "{name}");
    }
    let listed = home.json(&["backup", "list", "--json"], TODAY);
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    let events: Vec<_> = listed.as_array().expect("a list").iter().map(|row| row["events"].clone()).collect();
    assert!(events.contains(&1.into()), "{listed}");
    assert!(home.succeeds(&["backup", "list"]).contains("2026-11-22 09:00:00"));
}

#[test]
fn a_copy_goes_to_a_file_that_is_named_and_over_none() {
    let home = Home::with_chapter(3);
    let file = home.path().join("stick.db");
    let file = file.to_str().expect("UTF-8");
    home.succeeds(&["backup", "--to", file]);
    let bytes = fs::read(file).expect("a copy");
    assert!(home.ends_with(&["backup", "--to", file], 1).contains("it is there already"));
    assert_eq!(fs::read(file).expect("a copy"), bytes);
    assert_eq!(fs::metadata(file).expect("there").permissions().mode() & 0o777, 0o600);
}

#[test]
fn an_import_that_changes_something_comes_after_a_backup_and_others_do_not() {
    let home = Home::with_chapter(3);
    let file = home.write("chapter.md", &chapter("Chapter 1: Things", 4));
    home.succeeds(&["import", &file, "--dry-run"]);
    assert_eq!(names(&home), [] as [&str; 0]);
    home.succeeds(&["import", &file]);
    home.succeeds(&["import", &file]);
    assert_eq!(names(&home), ["2026-11-22-090000-before-import.db"]);
    home.write("chapter.md", &chapter("Chapter 1: Things", 5));
    home.succeeds(&["import", &file]);
    assert_eq!(names(&home).len(), 1, "that one has every answer");
    home.study("?\n3\n", TODAY);
    home.write("chapter.md", &chapter("Chapter 1: Things", 6));
    home.succeeds(&["import", &file]);
    assert_eq!(names(&home).len(), 2, "an answer was given since");
}

#[test]
fn one_can_be_made_beside_a_running_session() {
    let home = Home::with_chapter(3);
    let mut session = home.command(&["study", "--plain"], TODAY);
    let mut session = session.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs");
    assert!(home.succeeds(&["backup"]).contains("proven good"));
    drop(session.stdin.take());
    assert!(session.wait().expect("it ends").success());
}

#[test]
fn a_damaged_collection_is_not_backed_up_and_costs_no_good_backup() {
    let home = Home::with_chapter(3);
    home.study("?\n3\n", TODAY);
    let before = names(&home);
    let by_hand = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a database");
    by_hand
        .execute_batch("DROP TRIGGER log_is_never_edited; UPDATE log SET took_ms = took_ms + 1;")
        .expect("tampered");
    drop(by_hand);
    let told = home.ends_with(&["backup"], 1);
    assert!(told.contains("not as it was written") || told.contains("missing or altered"), "{told}");
    let mut study = home.command(&["study", "--plain"], TOMORROW);
    let output = study.stdin(Stdio::null()).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("today's backup could not be made"), "{told}");
    assert_eq!(names(&home), before);
}

#[test]
fn what_a_killed_process_left_unfinished_goes_with_the_next_backup() {
    let home = Home::with_chapter(3);
    home.study("", TODAY);
    let left: PathBuf = home.path().join("data/backups/.unfinished-abc");
    fs::write(&left, b"half a copy").expect("written");
    assert!(home.succeeds(&["doctor"]).contains("not finished"));
    home.succeeds(&["backup"]);
    assert!(!left.exists());
}
