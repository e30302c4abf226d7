//! Clocks that are wrong, set back, far ahead, or in another zone: the log keeps its order, nothing is lost,
//! and the person is asked where it matters.

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use crate::program::Home;

/// Answers one question at each of these times, each in a sitting of its own, and gives the log. The
/// program must not doubt any of them.
fn answers_at(home: &Home, times: &[&str]) -> Vec<Value> {
    for time in times {
        let told = home.study("?\n3\n", time);
        assert!(!told.contains("Type yes"), "the clock was doubted at {time}: {told}");
    }
    log(home)
}

fn log(home: &Home) -> Vec<Value> {
    let lines = home.succeeds(&["log", "--json"]);
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn days(log: &[Value]) -> Vec<&str> {
    log.iter().map(|event| event["day"].as_str().expect("a day")).collect()
}

#[track_caller]
fn is_in_order(log: &[Value]) {
    let at = |event: &Value| -> DateTime<FixedOffset> {
        event["at"].as_str().expect("a time").parse().expect("RFC 3339")
    };
    assert!(log.is_sorted_by(|a, b| at(a) < at(b)), "{log:#?}");
}

#[test]
fn a_clock_that_is_set_back_a_little_is_not_asked_about_and_keeps_the_order() {
    let home = Home::with_chapter(3);
    let log = answers_at(
        &home,
        &["2026-11-22T09:00:00+01:00", "2026-11-22T08:00:00+01:00", "2026-11-21T10:00:00+01:00"],
    );
    is_in_order(&log);
    assert_eq!(days(&log), ["2026-11-22", "2026-11-22", "2026-11-21"]);
    assert_eq!(log[1]["behind_ms"], 3_600_001, "what the clock said is kept");
}

#[test]
fn years_ahead_and_back_again_is_asked_about_and_loses_nothing() {
    let home = Home::with_chapter(4);
    answers_at(&home, &["2026-11-22T09:00:00+01:00", "2036-11-22T09:00:00+01:00"]);
    let told = home.study("yes\n?\n3\n", "2026-11-22T10:00:00+01:00");
    assert!(told.contains("the newest answer is from 2036-11-22") && told.contains("\nsaved 3 "), "{told}");
    let log = log(&home);
    is_in_order(&log);
    assert_eq!(days(&log), ["2026-11-22", "2036-11-22", "2026-11-22"]);
    assert_eq!(home.json(&["due", "--json"], "2026-11-23T09:00:00+01:00")["due"], 2);
}

/// In Central Europe the hour from two to three came twice on 25 October 2026, and not at all on 29 March.
#[test]
fn the_nights_when_clocks_change_belong_to_the_day_before() {
    let home = Home::with_chapter(8);
    let log = answers_at(
        &home,
        &[
            "2026-03-29T01:59:00+01:00",
            "2026-03-29T03:01:00+02:00",
            "2026-03-29T04:00:00+02:00",
            "2026-10-25T02:30:00+02:00",
            "2026-10-25T02:30:00+01:00",
            "2026-10-25T03:59:00+01:00",
            "2026-10-25T04:00:00+01:00",
        ],
    );
    is_in_order(&log);
    let (spring, autumn) = ("2026-03-28", "2026-10-24");
    assert_eq!(days(&log), [spring, spring, "2026-03-29", autumn, autumn, autumn, "2026-10-25"]);
}

/// From Kiribati to Niue: the clock goes back by 25 hours, and nobody is doubted for that.
#[test]
fn whoever_travels_across_the_date_line_has_the_same_day_twice() {
    let home = Home::with_chapter(3);
    let log = answers_at(&home, &["2026-11-22T09:00:00+14:00", "2026-11-21T09:00:00-11:00"]);
    is_in_order(&log);
    assert_eq!(days(&log), ["2026-11-22", "2026-11-21"]);
    assert_eq!(home.json(&["due", "--json"], "2026-11-22T09:00:00-11:00")["due"], 1);
    assert_eq!(home.json(&["due", "--json"], "2026-11-23T09:00:00-11:00")["due"], 2);
}
