//! What the README says is what the program has.

use std::{fs, path::Path, process::Command};

use retain::tui;

use crate::program::{Home, TODAY};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README")
}

#[test]
fn its_table_of_keys_is_that_of_the_program() {
    let keys = tui::keys_as_markdown();
    assert!(readme().contains(keys.trim()), "paste the output of `retain keys --markdown`:\n{keys}");
}

#[test]
fn it_names_every_command() {
    let help = Command::new(env!("CARGO_BIN_EXE_retain")).arg("--help").output().expect("it runs");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let commands =
        help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() >= 7, "{names:?}");
    for name in names {
        assert!(readme().contains(&format!("`retain {name}")), "{name}");
    }
}

#[test]
fn its_pictures_are_there() {
    let readme = readme();
    let pictures: Vec<&str> = readme.split("](").filter_map(|rest| rest.split(')').next()).collect();
    let pictures: Vec<&str> = pictures.into_iter().filter(|path| path.ends_with(".svg")).collect();
    assert!(!pictures.is_empty());
    for picture in pictures {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(picture).is_file(), "{picture}");
    }
}

/// The queries of the user documentation, against a collection that was studied.
#[test]
fn its_queries_for_sqlite3_say_what_they_promise() {
    let home = Home::with_chapter(4);
    home.study("?\n3\n?\n1\nb\n3\n", TODAY);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/what-can-go-wrong.md");
    let text = fs::read_to_string(path).expect("a chapter");
    let queries: Vec<&str> =
        text.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(queries.len(), 5);
    let database = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a database");
    let rows = |query: &str| -> Vec<(String, String)> {
        let mut statement = database.prepare(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let text = |value: rusqlite::types::Value| format!("{value:?}");
        let rows = statement.query_map([], |row| Ok((text(row.get(0)?), text(row.get(1)?)))).expect("rows");
        rows.collect::<rusqlite::Result<_>>().expect("readable")
    };
    let (text, number) = (|text: &str| format!("Text({text:?})"), |number: i64| format!("Integer({number})"));
    assert_eq!(rows(queries[0]), [(text("2026-11-22"), number(3))]);
    assert!(rows(queries[1]).is_empty(), "nothing was forgotten that had been known");
    assert_eq!(rows(queries[2])[0], (text("2026-11-22 09:00:00"), text("good")));
    assert_eq!(rows(queries[3]), [(number(1), number(1))]);
    assert_eq!(rows(queries[4]), [(text("2026-11-23"), number(3))]);
}

#[test]
fn its_chapter_on_what_can_go_wrong_names_the_commands_and_the_checks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/what-can-go-wrong.md");
    let text = fs::read_to_string(path).expect("a chapter");
    for words in ["retain doctor", "retain restore --undo", "retain backup --to", "retain log export"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(readme().contains("](docs/what-can-go-wrong.md)") && readme().contains("](SECURITY.md)"));
}
