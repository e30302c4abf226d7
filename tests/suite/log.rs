//! `retain log` through the program: shown, exported, imported, and counted once it is merged.

use std::{fs, io::Write, process::Stdio};

use retain::{
    app::{Access, App, Setup},
    domain::{card::CardState, deck::Scope, ids::CardId},
    store::Store,
};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    chapters::chapter,
    program::{Home, TODAY, TOMORROW},
};

/// A sitting with a bit of everything.
const SITTING: &str = "?\n3\nflag\na\n\nsuspend\nbury\nundo\n?\n\nundo\nredo\na\n4\nundo\nbury\nquit\n";
const CARDS: i64 = 8;

impl Home {
    fn export(&self) -> String {
        let file = self.path().join("history.jsonl");
        let file = file.to_str().expect("UTF-8");
        self.succeeds(&["log", "export", file]);
        file.to_owned()
    }

    fn states(&self) -> Vec<CardState> {
        let store = Store::open_to_read(&self.path().join("data")).expect("opens");
        (1..=CARDS).map(|card| store.state(CardId(card)).expect("a state")).collect()
    }

    /// The same by what names a card on every machine.
    fn rows(&self) -> Vec<Vec<rusqlite::types::Value>> {
        let database = Connection::open(self.path().join("data/retain.db")).expect("a database");
        let sql = "SELECT uid, repetitions, ease, interval, due, answered, introduced, lapses, drills, hold,
                          until, flagged FROM card ORDER BY uid";
        let mut statement = database.prepare(sql).expect("a statement");
        let rows = statement.query_map([], |row| (0..12).map(|column| row.get(column)).collect());
        rows.expect("rows").collect::<Result<_, _>>().expect("a row")
    }

    fn app(&self, now: &str) -> App {
        let setup = Setup {
            data_dir: Some(self.path().join("data")),
            config_dir: Some(self.path().join("config")),
            now: Some(now.parse().expect("RFC 3339")),
            seed: Some(1),
        };
        App::open(&setup, Access::Write).expect("opens")
    }
}

/// A home with a history of two days, and another one where the same chapter was imported.
fn two_homes() -> (Home, Home) {
    let homes = (Home::with_chapter(CARDS as usize), Home::with_chapter(CARDS as usize));
    homes.0.study(SITTING, TODAY);
    homes.0.study("a\n\nb\n\nundo\nsuspend\nquit\n", TOMORROW);
    homes
}

#[test]
fn an_exported_log_gives_every_card_the_same_state_elsewhere() {
    let (home, other) = two_homes();
    let file = home.export();
    let first = other.succeeds(&["log", "import", &file]);
    assert!(first.contains(" new, 0 known already\n"), "{first}");
    let again = other.succeeds(&["log", "import", &file]);
    assert!(again.contains(": 0 new, "), "{again}");
    assert_eq!(other.states(), home.states());
    assert!(home.states().iter().any(|state| state.schedule.is_some()));
    let exported = fs::read_to_string(&file).expect("a file");
    assert_eq!(fs::read_to_string(other.export()).expect("a file"), exported);
    assert!(home.succeeds(&["log", "import", &other.export()]).contains(": 0 new, "));
}

#[test]
fn where_the_chosen_option_stood_is_kept_and_travels() {
    let home = Home::with_chapter(3);
    home.study("c\n3\n?\n3\nb\n3\nquit\n", TODAY);
    let exported = fs::read_to_string(home.export()).expect("a file");
    let places = |home: &Home| -> Vec<Value> {
        let exported = fs::read_to_string(home.export()).expect("a file");
        let lines = exported.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.map(|line| line["place"].clone()).collect()
    };
    assert_eq!(places(&home), [json!(2), json!(null), json!(1)]);

    let other = Home::with_chapter(3);
    other.succeeds(&["log", "import", &home.export()]);
    assert_eq!(places(&other), places(&home));
    assert!(other.succeeds(&["log", "import", &home.export()]).contains(": 0 new, "));

    let older = exported.replace("\"version\":2", "\"version\":1");
    let older = older.replace("\"place\":2,", "").replace("\"place\":1,", "");
    let third = Home::with_chapter(3);
    third.succeeds(&["log", "import", &third.write("older.jsonl", &older)]);
    assert_eq!(places(&third), [json!(null), json!(null), json!(null)]);
}

#[test]
fn events_of_a_chapter_that_is_not_here_wait_for_it() {
    let (home, _) = two_homes();
    let file = home.export();
    let other = Home::new();
    let another = other.write("another.md", &chapter("Chapter 2: Another", 3));
    let told = other.succeeds(&["log", "import", &file]);
    assert!(told.contains("of questions that are not here"), "{told}");
    other.succeeds(&["import", &another]);
    let things = other.write("chapter.md", &chapter("Chapter 1: Things", CARDS as usize));
    other.succeeds(&["import", &things]);
    let rows = other.rows();
    assert_eq!(rows.len(), CARDS as usize + 3);
    assert!(home.rows().iter().all(|row| rows.contains(row)));
    let due = |home: &Home| home.json(&["due", "things", "--json"], TOMORROW);
    assert_eq!(due(&other), due(&home), "the deck counts them, too");
    assert_eq!(other.app(TOMORROW).undo(&Scope::Everything).expect("readable"), None);
}

#[test]
fn two_copies_of_a_collection_that_went_on_apart_lose_nothing() {
    let (home, copy) = two_homes();
    fs::copy(home.path().join("data/retain.db"), copy.path().join("data/retain.db")).expect("copied");
    // Clocks that stand still give both the same instants, and both collections have one name.
    home.study("a\n3\nb\n4\nquit\n", "2026-11-29T09:00:00+01:00");
    copy.study("b\n1\na\n2\nquit\n", "2026-11-29T09:00:00+01:00");
    let (one, two) = (home.export(), copy.export());
    let events = |file: &str| fs::read_to_string(file).expect("a file").lines().count();
    let both = events(&one) + 2;
    home.succeeds(&["log", "import", &two]);
    copy.succeeds(&["log", "import", &one]);
    assert_eq!(home.states(), copy.states());
    assert_eq!((events(&home.export()), events(&copy.export())), (both, both));
}

#[test]
fn the_log_is_shown_to_people_and_to_programs() {
    let home = Home::with_chapter(3);
    home.study("?\n3\nbury\nundo\nquit\n", TODAY);
    let told = home.succeeds(&["log"]);
    let lines: Vec<&str> = told.lines().collect();
    let (asked, promised) = lines[0].split_once(" s, ").expect("how long it took");
    assert!(asked.starts_with("2026-11-22 09:00  Q1.1    1 Things  Good: not known in "), "{told}");
    assert!(promised.starts_with("promised 1 d"), "{told}");
    assert!(lines[1].ends_with("1 Things  bury until 2026-11-23"), "{told}");
    assert!(lines[2].ends_with("undo of 2026-11-22 09:00"), "{told}");
    let output = home.run(&["log", "--json", "--deck", "things"]);
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    let answer = &lines[0];
    for (field, expected) in [
        ("at", json!("2026-11-22T09:00:00+01:00")),
        ("day", json!("2026-11-22")),
        ("rollover", json!(4)),
        ("deck", json!("1 Things")),
        ("question", json!("Q1.1")),
        ("kind", json!("good")),
        ("outcome", json!("not-known")),
        ("interval", json!(1)),
        ("scheduler", json!("sm2")),
    ] {
        assert_eq!(answer[field], expected, "{field}");
    }
    assert_eq!(lines[2]["target"]["at"], lines[1]["at"]);
    assert_eq!(home.succeeds(&["log", "--since", "2026-11-23"]), "");
    home.ends_with(&["log", "--since", "yesterday"], 2);
    home.ends_with(&["log", "--deck", "none such"], 1);
}

#[test]
fn a_line_that_is_not_as_it_should_be_keeps_the_whole_file_out() {
    let (home, other) = two_homes();
    let exported = fs::read_to_string(home.export()).expect("a file");
    let lines: Vec<&str> = exported.lines().collect();
    let third = lines.iter().skip(1).position(|line| line.contains("\"took_ms\"")).expect("an answer") + 1;
    let broken = |from: &str, to: &str| {
        let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert!(lines[third].contains(from), "{from} in {}", lines[third]);
        lines[third] = lines[third].replacen(from, to, 1);
        lines.join("\n")
    };
    let cut = exported[..exported.len() - 30].to_owned();
    let last = lines.len();
    for (text, line, reason) in [
        (String::new(), 1, "begins with its format"),
        (lines[1..].join("\n"), 1, "begins with its format"),
        (exported.replacen("\"version\":2", "\"version\":3", 1), 1, "a newer retain"),
        (exported.replacen("retain-log", "another", 1), 1, "its format is not"),
        (cut, last, "broken JSON: EOF while parsing an object. "),
        (broken("{", ""), third + 1, "expected"),
        (broken("\"interval\":1", "\"interval\":0"), third + 1, "interval"),
        (broken("\"interval\":1", "\"interval\":99999"), third + 1, "interval"),
        (broken("\"interval\":1,", ""), third + 1, "it has no interval"),
        (broken("\"took_ms\":", "\"taken\":"), third + 1, "unknown field"),
        (broken("2026-11-22T", "1926-11-22T"), third + 1, "its time cannot be"),
        (broken("2026-11-22T", "+262142-11-22T"), third + 1, "its time cannot be"),
        (broken("\"day\":", "\"behind_ms\":9223372036854775807,\"day\":"), third + 1, "its time cannot be"),
        (broken("\"card\":\"", "\"card\":\"x"), third + 1, "hexadecimal"),
        (broken("\"not-known\"", "\"wrong\""), third + 1, "no option was chosen"),
        (broken("\"took_ms\":", "\"place\":0,\"took_ms\":"), third + 1, "which only one chosen option has"),
        (
            broken("\"outcome\":\"not-known\"", "\"chosen\":[1],\"place\":26,\"outcome\":\"wrong\""),
            third + 1,
            "its place is none of an option",
        ),
        (broken("{", &format!("{}{{", " ".repeat(70_000))), third + 1, "longer than any event"),
    ] {
        let file = other.write("broken.jsonl", &text);
        let told = other.ends_with(&["log", "import", &file], 1);
        assert!(told.contains(&format!("line {line} of the log: ")) && told.contains(reason), "{told}");
        assert!(told.contains("Nothing was imported"), "{told}");
    }
    assert_eq!(other.succeeds(&["log"]), "");
    other.ends_with(&["log", "import", other.path().to_str().expect("UTF-8")], 1);
}

#[test]
fn an_undo_of_what_was_before_all_time_takes_nothing_back() {
    let (home, other) = two_homes();
    let exported = fs::read_to_string(home.export()).expect("a file");
    let undo = exported.lines().position(|line| line.contains("\"target\"")).expect("an undo");
    let mut lines: Vec<String> = exported.lines().map(str::to_owned).collect();
    let target = lines[undo].find("\"target\"").expect("a target");
    let at = target + lines[undo][target..].find("\"at\":\"").expect("an instant");
    lines[undo].replace_range(at..at + 12, "\"at\":\"1969-");
    let file = other.write("before.jsonl", &lines.join("\n"));
    let told = other.ends_with(&["log", "import", &file], 1);
    assert!(told.contains(&format!("line {} of the log: its time cannot be", undo + 1)), "{told}");
}

#[test]
fn an_act_of_a_newer_program_is_kept_and_passed_on() {
    let (home, other) = two_homes();
    let exported = fs::read_to_string(home.export()).expect("a file").replace("\"flag\"", "\"praise\"");
    let file = other.write("newer.jsonl", &exported);
    other.succeeds(&["log", "import", &file]);
    assert_eq!(fs::read_to_string(other.export()).expect("a file"), exported);
    assert!(other.succeeds(&["log"]).contains("  praise\n"));
    let flagged = |home: &Home| home.states().iter().filter(|state| state.flagged).count();
    assert_eq!((flagged(&home), flagged(&other)), (1, 0));
}

#[test]
fn a_log_goes_through_a_pipe() {
    let (home, other) = two_homes();
    let exported = home.run(&["log", "export", "-"]).stdout;
    let mut import = other.command(&["log", "import", "-"], TODAY);
    let mut import = import.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs");
    import.stdin.take().expect("a stream").write_all(&exported).expect("read");
    assert!(import.wait().expect("it ends").success());
    assert_eq!(other.states(), home.states());
}

#[test]
fn streaks_limits_and_paces_count_what_was_done_on_either_machine() {
    let (home, other) = (Home::with_chapter(CARDS as usize), Home::with_chapter(CARDS as usize));
    let day = |day: u32| format!("2026-11-{day}T09:00:00+01:00");
    home.study("a\n3\nquit\n", &day(20));
    other.study("skip\na\n3\nquit\n", &day(21));
    home.study("a\n3\nquit\n", &day(22));
    let figures = |home: &Home| {
        let app = home.app(&day(22));
        let today = app.now().day;
        let overview = app.overview().expect("readable");
        let answers: Vec<usize> = overview.recent.iter().rev().take(3).map(|(_, answers)| *answers).collect();
        let streak = app.streaks().expect("streaks").days;
        drop(app);
        let store = Store::open_to_read(&home.path().join("data")).expect("opens");
        let deck = &store.deck_counts(today).expect("counts")[0];
        (streak, answers, overview.total.seen, deck.introduced_today + deck.reviewed_today)
    };
    assert_eq!(figures(&home), (1, vec![1, 0, 1], 2, 1));
    assert_eq!(figures(&other), (1, vec![0, 1, 0], 1, 0));
    let (from_home, from_other) = (home.export(), other.export());
    home.succeeds(&["log", "import", &from_other]);
    other.succeeds(&["log", "import", &from_home]);
    let both = (3, vec![1, 1, 1], 2, 1);
    assert_eq!(figures(&home), both);
    assert_eq!(figures(&other), both);
    home.study("undo\nquit\n", &day(22));
    assert_eq!(figures(&home), (2, vec![0, 1, 1], 2, 0), "yesterday's row of days goes on");
}

#[test]
fn a_shell_can_undo_and_redo_where_nothing_is_left_to_study() {
    let home = Home::with_chapter(1);
    home.study("suspend\n", TODAY);
    assert!(home.study("", TODAY).contains("Nothing is due."));
    assert_eq!(home.succeeds(&["undo"]), "Undone: suspend on Q1.1\n");
    assert_eq!(home.succeeds(&["undo"]), "There is nothing to undo.\n");
    assert_eq!(home.succeeds(&["undo", "--redo"]), "Done again: suspend on Q1.1\n");
    assert_eq!(home.succeeds(&["undo", "--redo"]), "There is nothing to redo.\n");
}
