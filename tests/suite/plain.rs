//! Studying line by line, `retain study --plain`: what is asked, told and saved.

use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use crate::{
    chapters::add_flip_cards,
    program::{Home, TODAY, TOMORROW},
};

#[test]
fn studying_line_by_line_asks_tells_and_saves() {
    let home = Home::with_chapter(3);
    let told = home.study("?\n\n", TODAY);
    let question = told.lines().find(|line| line.starts_with("Q1.1 ")).expect("the number begins a line");
    assert!(question.contains("Topic 1"), "{question}");
    let letters: Vec<&str> = told.lines().filter(|line| line.contains(") ")).map(|line| &line[..2]).collect();
    assert!(letters.starts_with(&["A)", "B)", "C)", "D)"]), "{told}");
    assert!(told.contains("The right thing of number 1 does."));
    assert!(told.contains("1 Again: 1 d, today again"));
    assert!(told.contains("\nsaved 1 Q1.1\n"), "{told}");
}

#[test]
fn the_letter_on_the_screen_is_the_letter_that_answers() {
    let home = Home::with_chapter(1);
    let asked = home.study("", TODAY);
    let right = asked.lines().find(|line| line.contains(") right")).expect("a right option");
    let told = home.study(&format!("{}\n\n", right[..1].to_lowercase()), TODAY);
    assert!(told.contains("\nRight.\n"), "{told}");
    assert!(told.contains("1 answer: 1 of 1 card right at first sight"), "{told}");
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 1);
}

#[test]
fn who_leaves_after_answering_has_answered() {
    for input in ["?\n", "?\nquit\n"] {
        let home = Home::with_chapter(2);
        let told = home.study(input, TODAY);
        assert!(told.contains("\nsaved 1 Q1.1\n"), "{told}");
        assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 1);
    }
}

#[test]
fn a_flip_card_is_shown_turned_over_and_graded_line_by_line() {
    let home = Home::new();
    add_flip_cards(&home.path().join("data"));
    let told = home.study("b\nhelp\n\n\n?\n1\n\n3\n", TODAY);
    for words in [
        "Q3.1 · basic · Mother sauces · 2 to go\nName the five mother sauces of French cooking.\n\
         Recall the answer; Enter shows it, help for more\nThat is no answer here. Enter shows the answer.",
        "The answer:\n1. Béchamel\n",
        "or Enter for Good",
        "\nsaved 1 Q3.1\n\n1 to go\nWhat keeps mayonnaise",
        "\nsaved 2 What keeps mayonnaise from splitting…\n",
        "3 answers: 1 of 2 cards right at first sight.",
    ] {
        assert!(told.contains(words), "no “{words}” in {told}");
    }
}

#[test]
fn who_leaves_a_flip_card_ungraded_is_told_so() {
    for input in ["\n", "\nquit\n"] {
        let home = Home::new();
        add_flip_cards(&home.path().join("data"));
        let told = home.study(input, TODAY);
        assert!(told.contains("\nNot graded: it will be asked again.\n"), "{told}");
        assert!(!told.contains("saved"), "{told}");
    }
}

/// Line by line all options are there at once, whatever the setting for the screen is.
#[test]
fn options_that_were_not_covered_are_not_logged_as_covered() {
    let home = Home::with_chapter(1);
    home.write("config/config.toml", "cover_options = true\n");
    home.study("?\n3\n", TODAY);
    let connection = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a database");
    let covered: bool =
        connection.query_row("SELECT covered FROM log", [], |row| row.get(0)).expect("an answer");
    assert!(!covered);
}

#[test]
fn an_answer_can_be_taken_back_before_it_is_graded() {
    let home = Home::with_chapter(1);
    let told = home.study("?\nundo\n?\n3\n", TODAY);
    assert_eq!(told.matches("Q1.1 ·").count(), 2, "{told}");
    assert_eq!(told.matches("\nsaved ").count(), 1, "{told}");
}

#[test]
fn what_was_said_to_be_saved_is_there_after_a_kill() {
    let home = Home::with_chapter(10);
    let mut acknowledged = 0;
    for round in 1..=4 {
        let mut command = home.command(&["study", "--plain"], TODAY);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut keys = child.stdin.take().expect("a stream");
        let lines = BufReader::new(child.stdout.take().expect("a stream")).lines();
        // More is typed than is waited for, so that the kill meets it at work.
        keys.write_all("?\n3\n".repeat(10).as_bytes()).expect("typed");
        let saved = lines.map_while(Result::ok).filter(|line| line.starts_with("saved "));
        acknowledged += saved.take(round).count() as i64;
        child.kill().expect("killed");
        child.wait().expect("it ended");
        let connection = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a database");
        let stored: i64 =
            connection.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).expect("a count");
        assert!(stored >= acknowledged, "{acknowledged} acknowledged, {stored} stored");
        acknowledged = stored;
        if stored == 10 {
            break;
        }
    }
    let store = retain::store::Store::open(&home.path().join("data")).expect("opens");
    assert_eq!(store.first_broken_link().expect("readable"), None);
}

/// A person types nothing before they have read what they are asked.
#[test]
fn everything_that_is_asked_can_be_read_before_it_is_answered() {
    let home = Home::with_chapter(1);
    let mut command = home.command(&["study", "--plain"], TODAY);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let mut keys = child.stdin.take().expect("a stream");
    let mut lines = BufReader::new(child.stdout.take().expect("a stream")).lines();
    let mut wait_for = |text: &str| {
        lines.by_ref().map(|line| line.expect("UTF-8")).find(|line| line.contains(text)).expect("it is told");
    };
    for (told, typed) in [
        ("Answer: A to D", "help"),
        ("Also: skip", "nonsense"),
        ("That is no answer", "?"),
        ("Grade: 1 to 4", "perhaps"),
        ("is no grade", "3"),
    ] {
        wait_for(told);
        writeln!(keys, "{typed}").expect("typed");
    }
    wait_for("saved 1 Q1.1");
    child.wait().expect("it ends");
}

/// As on a full disk, which somebody clears meanwhile.
#[test]
fn what_could_not_be_saved_is_told_and_can_be_tried_again() {
    let home = Home::with_chapter(2);
    let database = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a database");
    let refuse = "CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT raise(ABORT, 'no space'); END";
    let mut command = home.command(&["study", "--plain"], TODAY);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let mut keys = child.stdin.take().expect("a stream");
    let mut lines = BufReader::new(child.stdout.take().expect("a stream")).lines();
    let mut wait_for = |text: &str| {
        let mut passed = lines.by_ref().map(|line| line.expect("UTF-8"));
        let unexpected = passed.find(|line| line.contains(text) || line.starts_with("saved ")).expect("told");
        assert!(unexpected.contains(text), "{unexpected} before {text}");
    };
    wait_for("Answer: A to D");
    database.execute_batch(refuse).expect("a trigger");
    writeln!(keys, "bury\n?\n3").expect("typed");
    wait_for("Nothing was saved; try again");
    wait_for("Nothing was saved; give the grade once more");
    database.execute_batch("DROP TRIGGER full").expect("dropped");
    writeln!(keys, "3").expect("typed");
    wait_for("saved 1 Q1.1");
    wait_for("Q1.2");
    drop(keys);
    assert!(child.wait().expect("it ends").success());
    let events: i64 = database.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).expect("a count");
    assert_eq!(events, 1);
}

#[test]
fn a_clock_far_behind_the_newest_answer_is_asked_about() {
    let home = Home::with_chapter(3);
    home.study("?\n3\n", "2026-11-25T09:00:00+01:00");
    let mut doubted = home.command(&["study", "--plain"], TODAY);
    let doubted = doubted.stdin(Stdio::null()).output().expect("it runs");
    assert_eq!(doubted.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&doubted.stdout).contains("the newest answer is from 2026-11-25"));
    assert!(home.study("yes\n?\n3\n", TODAY).contains("\nsaved 2 "));
    assert!(home.study("", "2026-11-24T09:00:00+01:00").contains("to go"), "a day is no reason to ask");
}

#[test]
fn a_question_is_reset_line_by_line_and_that_is_undone() {
    let home = Home::with_chapter(2);
    assert!(home.study("reset\nquit\n", TODAY).contains("nothing to reset"));
    home.study("?\n3\n?\n3\n", TODAY);
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 2);
    let told = home.study("reset\nquit\n", TOMORROW);
    assert!(told.contains("\nsaved 3 Q1."), "{told}");
    let due = home.json(&["due", "--json"], TOMORROW);
    assert_eq!((&due["due"], &due["new"]), (&1.into(), &1.into()));
    home.study("undo\nquit\n", TOMORROW);
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 2);
}

#[test]
fn when_todays_limit_is_reached_the_rest_is_said_to_wait() {
    let home = Home::with_chapter(6);
    home.study(&"?\n3\n".repeat(6), TODAY);
    home.write("config/config.toml", "reviews_per_day = 2\n");
    let first = home.study(&"?\n3\n".repeat(9), TOMORROW);
    assert!(first.contains("Today's limit left out 4 due cards."), "{first}");
    let told = home.study("", TOMORROW);
    assert!(told.contains("Today's limit of reviews is reached; 4 due cards left for tomorrow."), "{told}");
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["left_out"], 4);
}

#[test]
fn nonsense_is_asked_for_again() {
    let home = Home::with_chapter(1);
    let told = home.study("z\nhelp\n?\nperhaps\n4\n", TODAY);
    assert!(told.contains("That is no answer here"), "{told}");
    assert!(told.contains("is no grade"), "{told}");
    assert!(told.contains("saved 1 Q1.1"), "{told}");
}

#[test]
fn undo_reaches_back_over_a_restart() {
    let home = Home::with_chapter(2);
    home.study("?\n3\n", TODAY);
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 1);
    let told = home.study("undo\nundo\n", TODAY);
    assert!(told.contains("Undone: Good on Q1.1") && told.contains("nothing to undo"), "{told}");
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 0);
    let told = home.study("redo\nredo\n", TODAY);
    assert!(told.contains("Done again: Good on Q1.1") && told.contains("nothing to redo"), "{told}");
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 1);
}

#[test]
fn what_was_not_known_comes_again_the_same_day() {
    let home = Home::with_chapter(2);
    let told = home.study("?\n1\n?\n1\n?\n3\n?\n3\n", TODAY);
    assert_eq!(told.matches("\nsaved ").count(), 4, "{told}");
    assert!(told.contains("4 answers: 0 of 2 cards"), "{told}");
    assert!(home.study("", TODAY).contains("Nothing is due. Next due on 2026-11-23."));
}
