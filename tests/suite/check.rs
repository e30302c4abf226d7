//! `retain check` from outside: what it says, its exit codes, and that it leaves no trace.

use std::fs;

use serde_json::{Value, json};

use crate::{chapters::chapter, program::Home};

const TODAY: &str = "2026-11-22T09:00:00+01:00";

/// A home with a file of its own for each of these chapters.
fn home_with(texts: &[(&str, &str)]) -> (Home, Vec<String>) {
    let home = Home::new();
    let paths = texts.iter().map(|(name, text)| home.write(name, text)).collect();
    (home, paths)
}

fn good() -> String {
    chapter("Chapter 1: Things", 8)
}

fn held_back() -> String {
    good().replacen("**Answer: B**", "**Answer: X**", 1)
}

fn doubtful() -> String {
    good() + "**Total MCQs: 9**\n"
}

#[test]
fn the_exit_code_says_whether_a_chapter_is_clean() {
    let (home, paths) =
        home_with(&[("good.md", &good()), ("held.md", &held_back()), ("doubtful.md", &doubtful())]);
    let [good, held, doubtful] = [&paths[0], &paths[1], &paths[2]].map(String::as_str);
    let nowhere = "/nowhere/at/all.md";
    let table: [(&[&str], i32); 9] = [
        (&[good], 0),
        (&["--strict", good], 0),
        (&[held], 3),
        (&[doubtful], 0),
        (&["--strict", doubtful], 3),
        (&[good, held], 3),
        (&[good, nowhere], 1),
        (&[held, nowhere], 1),
        (&["--strict", "--explain", "1.1", good], 2),
    ];
    for (arguments, code) in table {
        home.ends_with(&[&["check"], arguments].concat(), code);
        if !arguments.contains(&"--explain") {
            home.ends_with(&[&["check", "--json"], arguments].concat(), code);
        }
    }
}

#[test]
fn standard_input_is_checked_like_a_file() {
    let home = Home::new();
    let told = home.fed(&["check", "--json", "-"], &held_back());
    let report: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(report[0]["path"], "-");
    assert_eq!((&report[0]["found"], &report[0]["held_back"]), (&json!(8), &json!(1)));
}

#[test]
fn a_lint_is_no_warning_even_when_warnings_fail() {
    let favoured = chapter("Chapter 1: Things", 48);
    let favoured: String =
        favoured.split_inclusive("---\n\n").enumerate().fold(String::new(), only_first_letter);
    let (home, paths) = home_with(&[("favoured.md", &favoured)]);
    let told = home.succeeds(&["check", "--strict", &paths[0]]);
    assert!(told.contains("lint[favoured-letter]: A is right in "), "{told}");
    assert!(told.contains("1 lint"), "{told}");
}

/// Keeps the questions whose answer is A.
fn only_first_letter(kept: String, (place, part): (usize, &str)) -> String {
    let right = place == 0 || part.contains("**Answer: A**");
    if right { kept + part } else { kept }
}

#[test]
fn a_path_that_cannot_be_read_keeps_no_other_out() {
    let (home, paths) = home_with(&[("good.md", &good()), ("Book/bytes.md", "x"), ("Book/two.md", &good())]);
    fs::write(&paths[1], vec![b'x'; 5 << 20]).expect("a file");
    let book = home.path().join("Book");
    let told = home.ends_with(&["check", "/nowhere.md", book.to_str().expect("UTF-8"), &paths[0]], 1);
    for part in [
        "/nowhere.md: not checked:",
        "bytes.md: not checked:",
        "4 files: 16 of 16 questions good, 2 unreadable",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_check_makes_no_collection_and_needs_no_lock() {
    let (home, paths) = home_with(&[("good.md", &good())]);
    home.succeeds(&["check", &paths[0]]);
    assert!(!home.path().join("data").exists());
}

#[test]
fn a_problem_is_shown_where_it_is() {
    let (home, paths) = home_with(&[("held.md", &held_back())]);
    let told = home.ends_with(&["check", &paths[0]], 3);
    let line = held_back().lines().position(|line| line == "**Answer: X**").expect("the line") + 1;
    assert!(told.contains(&format!("held.md:{line}:11")), "{told}");
    assert!(told.contains(&format!("{line} | **Answer: X**")), "{told}");
    assert!(told.contains("^ expected A to D, found X"), "{told}");
    assert!(told.contains("8 questions found, 7 good, 1 held back: 8 basic"), "{told}");
}

#[test]
fn programs_get_every_figure_and_every_problem() {
    let code = "```sh\nls\n```\n\n";
    let text = doubtful().replacen("Which thing", &format!("{code}Which thing"), 1).replacen(
        "The right thing",
        &format!("{code}The right thing"),
        2,
    );
    let (home, paths) = home_with(&[("doubtful.md", &text)]);
    let files = home.json(&["check", "--json", &paths[0]], TODAY);
    let file = &files[0];
    let figures = json!({
        "title": "1 Things", "topics": ["made up", "for tests"], "found": 8, "imported": 8, "held_back": 0,
        "difficulties": {"basic": 8}, "answers": {"A": 2, "B": 2, "C": 2, "D": 2}, "option_counts": {"4": 8},
        "code_in_stem": 1, "code_in_options": 0, "code_in_explanation": 2, "unreadable": null,
        "ids": ["Q1.1", "Q1.2", "Q1.3", "Q1.4", "Q1.5", "Q1.6", "Q1.7", "Q1.8"],
    });
    for (name, expected) in figures.as_object().expect("an object") {
        assert_eq!(&file[name], expected, "{name}");
    }
    assert_eq!(file.get("deck"), None);
    let problem = &file["problems"][0];
    let line = text.lines().count();
    let expected = json!({
        "severity": "warning", "kind": "wrong-count", "line": line, "column": 15, "id": null,
        "message": "the chapter states 9 questions and has 8",
        "hint": "Correct the number; the questions themselves were counted.", "expected": "8", "found": "9",
    });
    assert_eq!(problem, &expected);
    let imported = home.json(&["import", "--json", &paths[0]], TODAY);
    assert_eq!((&imported[0]["deck"], &imported[0]["added"]), (&"1 Things".into(), &8.into()));
    assert_eq!((&imported[0]["ids"], &imported[0]["problems"]), (&file["ids"], &file["problems"]));
}

#[test]
fn a_held_back_question_counts_as_found() {
    let (home, paths) =
        home_with(&[("held.md", &held_back().replacen("**Answer: A**", "**Answer: A, B**", 1))]);
    let file = &home.json(&["check", "--json", &paths[0]], TODAY)[0];
    assert_eq!(file["ids"].as_array().map(Vec::len), Some(8));
    let answers = json!({"A": 2, "B": 2, "C": 2, "D": 2, "X": 1});
    assert_eq!((&file["answers"], &file["option_counts"]), (&answers, &json!({"4": 8})));
    assert_eq!(file["problems"][0]["id"], "Q1.1");
}

#[test]
fn it_is_explained_how_a_question_is_shuffled() {
    let pinned = good().replacen("D) wrong thing 3 of 1", "D) All of the above", 1);
    let (home, paths) = home_with(&[("one.md", &pinned), ("two.md", &good())]);
    let told = home.succeeds(&["check", "--explain", "Q1.1", &paths[0], &paths[1]]);
    for part in [
        "pinned: the last option of Q1.1 stays last",
        "D) All of the above",
        "^^^^^^^^^^^^^^^^ this option speaks of all the others",
        "free: the options of Q1.1 are shown in any order",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let rows = home.json(&["check", "--json", "--explain", "1.1", &paths[0], &paths[1]], TODAY);
    let shuffled: Vec<&Value> =
        rows.as_array().expect("a list").iter().map(|row| &row["shuffling"]).collect();
    assert_eq!(shuffled, ["pinned-last", "free"]);
    assert_eq!((&rows[0]["words"], &rows[0]["part"]), (&"All of the above".into(), &"option".into()));
    let told = home.ends_with(&["check", "--explain", "9.9", &paths[0]], 1);
    assert!(told.contains("there is no question 9.9"), "{told}");
}

#[test]
fn an_import_counts_lints_in_one_line() {
    let twins = good() + &good().replace("# Chapter 1: Things", "").replace("**Q1.", "**Q2.");
    let (home, paths) = home_with(&[("twins.md", &twins)]);
    let told = home.succeeds(&["import", &paths[0]]);
    assert!(told.contains("8 lints on what gives answers away: retain check shows them"), "{told}");
    assert!(!told.contains("lint["), "{told}");
    assert!(!home.succeeds(&["import", &paths[0]]).contains("lint"));
}

#[test]
fn a_thousand_problems_of_a_file_are_shown_and_the_rest_are_counted() {
    let text = good() + &"**Total MCQs: 9**\n".repeat(1005);
    let (home, paths) = home_with(&[("many.md", &text)]);
    let told = home.succeeds(&["check", &paths[0]]);
    assert_eq!(told.matches("warning[wrong-count]").count(), 1000);
    assert!(told.contains("many.md: 5 problems more; --json lists them"), "{told}");
    assert_eq!(
        home.json(&["check", "--json", &paths[0]], TODAY)[0]["problems"].as_array().map(Vec::len),
        Some(1005)
    );
}

#[test]
fn nothing_of_a_deck_reaches_the_stream_unfiltered() {
    let evil = held_back()
        .replace("Which thing", "Which \u{1b}]0;owned\u{7} \u{202e} thing")
        .replace("**Answer: X**", "**Answer: \u{1b}[2J\u{202e}X**")
        .replace("Chapter 1: Things", "Chapter 1: Th\u{1b}[31mings");
    let (home, paths) = home_with(&[("evil\u{1b}[1m.md", &evil)]);
    let mut told = home.ends_with(&["check", &paths[0]], 3);
    told += &home.ends_with(&["check", "--json", &paths[0]], 3);
    told += &home.succeeds(&["check", "--explain", "1.2", &paths[0]]);
    assert!(told.contains("␛[2J⟨U+202E⟩X"), "{told}");
    assert!(!told.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{told:?}");
}

#[test]
fn colours_come_when_asked_for() {
    let (home, paths) = home_with(&[("held.md", &held_back())]);
    let coloured = home.ends_with(&["check", "--color", "always", &paths[0]], 3);
    assert!(coloured.contains("\u{1b}["));
    assert!(!home.ends_with(&["check", &paths[0]], 3).contains('\u{1b}'));
}

#[test]
fn without_a_path_all_that_was_imported_is_checked_together() {
    let home = Home::new();
    assert!(home.succeeds(&["check"]).contains("Nothing was imported yet"));
    assert_eq!(home.succeeds(&["check", "--json"]).trim(), "[]");
    for (file, title) in [("one/first.md", "First"), ("two/second.md", "Second")] {
        home.succeeds(&["import", &home.write(file, &chapter(title, 3))]);
    }
    let told = home.succeeds(&["check"]);
    assert!(told.contains("asks what Q1.2 in first.md:"), "{told}");
}

#[test]
fn without_a_path_files_are_read_in_the_notation_that_was_stated_for_them() {
    let home = Home::new();
    let text =
        "**Q1:** Which?\n\nA) one\nB) two\n\n**Answer: A**\n\n---\n\n**Q2:** What?\n\n- [x] one\n- [ ] two\n";
    let file = home.write("quiz.md", text);
    home.ends_with(&["import", "--format", "markdown", &file], 3);
    assert!(home.succeeds(&["check", &file]).contains("2 questions"));
    assert!(home.ends_with(&["check"], 3).contains("1 held back"));
    assert!(home.succeeds(&["check", "--format", "quiz"]).contains("2 questions"));
}
