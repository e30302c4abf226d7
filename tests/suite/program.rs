//! The built program from outside: arguments, streams and exit codes.

use std::{
    env, fs,
    fs::Permissions,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::chapters::{chapter, question};

pub const TODAY: &str = "2026-11-22T09:00:00+01:00";
pub const TOMORROW: &str = "2026-11-23T09:00:00+01:00";

/// A person's home with one chapter in it.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn with_chapter(questions: usize) -> Self {
        let home = Self::new();
        let file = home.write("chapter.md", &chapter("Chapter 1: Things", questions));
        home.succeeds(&["import", &file]);
        home
    }

    pub fn write(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }

    pub fn command(&self, arguments: &[&str], now: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
        command.args(arguments).env("RETAIN_NOW", now).env("RETAIN_SEED", "1");
        command.env("RETAIN_DATA_DIR", self.path().join("data"));
        command.env("RETAIN_CONFIG_DIR", self.path().join("config"));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments, TODAY).stdin(Stdio::null()).output().expect("it runs")
    }

    pub fn ends_with(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {out}{err}");
        out + &err
    }

    pub fn succeeds(&self, arguments: &[&str]) -> String {
        self.ends_with(arguments, 0)
    }

    pub fn json(&self, arguments: &[&str], now: &str) -> Value {
        let output = self.command(arguments, now).output().expect("it runs");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    }

    /// Studies line by line with these lines as input.
    pub fn study(&self, input: &str, now: &str) -> String {
        let output = fed(self.command(&["study", "--plain"], now), input);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    }

    /// What a command prints that is given this input.
    pub fn fed(&self, arguments: &[&str], input: &str) -> String {
        text(&fed(self.command(arguments, TODAY), input).stdout)
    }
}

fn fed(mut command: Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    child.stdin.take().expect("a stream").write_all(input.as_bytes()).expect("read");
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn an_empty_home_has_nothing_due_and_is_left_empty() {
    let home = Home::new();
    assert!(home.succeeds(&["due"]).starts_with("0 due, 0 learning, 0 new"));
    assert!(home.succeeds(&["decks"]).contains("no decks yet"));
    home.ends_with(&["due", "--exit-code"], 4);
    assert!(!home.path().join("data").exists());
}

#[test]
fn importing_makes_a_deck_and_importing_again_changes_nothing() {
    let home = Home::new();
    let file = home.write("chapter.md", &chapter("Chapter 1: Things", 12));
    let first = home.succeeds(&["import", &file]);
    assert!(first.contains("1 Things") && first.contains("12 questions: 12 basic"), "{first}");
    assert!(home.succeeds(&["import", &file]).contains("nothing changed"));
    let decks = home.json(&["decks", "--json"], TODAY);
    assert_eq!(decks[0]["name"], "1 Things");
    assert_eq!(
        (&decks[0]["cards"], &decks[0]["new"], &decks[0]["new_today"]),
        (&12.into(), &12.into(), &10.into())
    );
}

#[test]
fn a_folder_becomes_a_book() {
    let home = Home::new();
    home.write("Python/two.md", &chapter("Chapter 2: More", 3));
    home.write("Python/one.md", &chapter("Chapter 1: Things", 3));
    home.write("Python/README.md", "# Not a chapter\n");
    let folder = home.path().join("Python");
    home.succeeds(&["import", folder.to_str().expect("UTF-8")]);
    let decks = home.json(&["decks", "--json"], TODAY);
    let names: Vec<&Value> = decks.as_array().expect("a list").iter().map(|deck| &deck["name"]).collect();
    assert_eq!(names, ["Python / 1 Things", "Python / 2 More"]);
    let both = home.json(&["due", "python", "--json"], TODAY);
    assert_eq!(both["new"], 6);
}

#[test]
fn a_deck_goes_out_and_comes_in_as_it_was() {
    let home = Home::with_chapter(3);
    let markdown = home.succeeds(&["export", "things"]);
    assert!(markdown.starts_with("# 1 Things\n"), "{markdown}");
    let file = home.path().join("things.json");
    let file = file.to_str().expect("UTF-8");
    let written = home.succeeds(&["export", "things", "--output", file]);
    assert!(written.contains("3 questions"), "{written}");
    let again = home.ends_with(&["export", "things", "--output", file], 1);
    assert!(again.contains("--force"), "{again}");
    home.succeeds(&["export", "things", "--output", file, "--force"]);
    let other = Home::new();
    assert!(other.succeeds(&["import", file]).contains("3 added"));
    assert_eq!(other.succeeds(&["export", "things"]), markdown);
}

#[test]
fn a_book_goes_out_into_a_folder() {
    let home = Home::new();
    home.write("Python/one.md", &chapter("Chapter 1: Input/Output", 2));
    home.write("Python/two.md", &chapter("Chapter 2: More", 2));
    let folder = home.path().join("Python");
    home.succeeds(&["import", folder.to_str().expect("UTF-8")]);
    assert!(home.ends_with(&["export", "python"], 1).contains("--output"));
    let out = home.path().join("out/");
    home.succeeds(&["export", "python", "--format", "gift", "--output", out.to_str().expect("UTF-8")]);
    let mut names: Vec<_> =
        fs::read_dir(&out).expect("a folder").map(|file| file.expect("a file").file_name()).collect();
    names.sort();
    assert_eq!(names, ["1 Input-Output.gift", "2 More.gift"]);
}

#[test]
fn chapters_whose_names_differ_only_in_signs_go_out_into_files_of_their_own() {
    let home = Home::new();
    home.write("Bread/one.md", &chapter("A/B", 2));
    home.write("Bread/two.md", &chapter("A:B", 3));
    home.write("Bread/three.md", &chapter("...", 1));
    let folder = home.path().join("Bread");
    home.succeeds(&["import", folder.to_str().expect("UTF-8")]);
    let out = home.path().join("out/");
    for _ in 0..2 {
        home.succeeds(&["export", "bread", "--output", out.to_str().expect("UTF-8"), "--force"]);
        let files = fs::read_dir(&out).expect("a folder").map(|file| file.expect("a file").path());
        let mut asked: Vec<usize> = files
            .map(|file| fs::read_to_string(file).expect("a chapter").matches("**Answer:").count())
            .collect();
        asked.sort_unstable();
        assert_eq!(asked, [1, 2, 3]);
    }
}

#[test]
fn two_chapters_with_one_title_are_two_decks() {
    let home = Home::new();
    home.write("Book/a.md", &chapter("Chapter 1: Things", 4));
    home.write("Book/a-v2.md", &chapter("Chapter 1: Things", 4).replace("number 4", "number four"));
    let folder = home.path().join("Book");
    let folder = folder.to_str().expect("UTF-8");
    home.succeeds(&["import", folder]);
    let again = home.succeeds(&["import", folder]);
    assert!(again.contains("2 files as before"), "{again}");
    assert_eq!(home.json(&["due", "--json"], TODAY)["cards"], 8);
}

#[test]
fn a_chapter_that_was_moved_into_a_book_keeps_its_schedule() {
    let home = Home::with_chapter(4);
    home.study("?\n3\n?\n3\n", TODAY);
    let moved = home.path().join("Book/renamed.md");
    fs::create_dir_all(home.path().join("Book")).expect("a folder");
    fs::rename(home.path().join("chapter.md"), &moved).expect("moved");
    let told = home.succeeds(&["import", home.path().join("Book").to_str().expect("UTF-8")]);
    assert!(told.contains("nothing changed"), "{told}");
    let decks = home.json(&["decks", "--json"], TOMORROW);
    assert_eq!((&decks[0]["name"], &decks[0]["due"]), (&"Book / 1 Things".into(), &2.into()));
    assert_eq!(decks.as_array().map(Vec::len), Some(1));
}

/// As when a chapter is inserted at the beginning and the files behind it are renumbered.
#[test]
fn renaming_files_in_a_chain_keeps_every_schedule() {
    let home = Home::new();
    let about = |topic: &str| chapter(&format!("Chapter: {topic}"), 4).replace("thing", topic);
    home.write("Book/01.md", &about("rivers"));
    home.write("Book/02.md", &about("mountains"));
    let book = home.path().join("Book");
    let book = book.to_str().expect("UTF-8");
    home.succeeds(&["import", book]);
    home.study(&"?\n3\n".repeat(8), TODAY);
    home.write("Book/03.md", &about("mountains"));
    home.write("Book/02.md", &about("rivers"));
    home.write("Book/01.md", &about("oceans"));
    let told = home.succeeds(&["import", book]);
    assert!(!told.contains("retired"), "{told}");
    let due = home.json(&["due", "--json"], TOMORROW);
    assert_eq!((&due["due"], &due["seen"], &due["cards"]), (&8.into(), &8.into(), &12.into()));
    assert!(home.succeeds(&["import", book]).contains("3 files as before"));
}

#[test]
fn a_deck_whose_file_is_gone_is_not_given_to_a_stranger() {
    let home = Home::with_chapter(6);
    home.study(&"?\n3\n".repeat(6), TODAY);
    fs::remove_file(home.path().join("chapter.md")).expect("removed");
    let stranger = chapter("Chapter 9: Others", 2).replace("number 2", "number two");
    let file = home.write("other.md", &stranger);
    home.succeeds(&["import", &file]);
    let due = home.json(&["due", "--json"], TOMORROW);
    // The one question that both ask is the same card.
    assert_eq!((&due["due"], &due["cards"]), (&6.into(), &7.into()));
    assert_eq!(home.json(&["decks", "--json"], TOMORROW).as_array().map(Vec::len), Some(2));
}

#[test]
fn a_file_saved_empty_changes_nothing() {
    let home = Home::with_chapter(4);
    home.study("?\n3\n", TODAY);
    let file = home.write("chapter.md", "");
    home.ends_with(&["import", &file], 1);
    assert_eq!(home.json(&["decks", "--json"], TOMORROW)[0]["cards"], 4);
}

#[test]
fn an_edit_that_breaks_a_question_does_not_take_it_away() {
    let home = Home::with_chapter(2);
    home.study("?\n3\n?\n3\n", TODAY);
    let broken = chapter("Chapter 1: Things", 2).replacen("**Answer: B**", "**Answer: Z**", 1);
    let file = home.write("chapter.md", &broken);
    home.ends_with(&["import", &file], 3);
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 2);
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_a_folder_out() {
    let home = Home::new();
    home.write("Book/one.md", &chapter("Chapter 1: Things", 3));
    fs::write(home.path().join("Book/two.md"), vec![b'x'; 5 << 20]).expect("a file");
    let folder = home.path().join("Book");
    let told = home.ends_with(&["import", folder.to_str().expect("UTF-8")], 3);
    assert!(told.contains("two.md: not imported: it is larger than 4 MiB"), "{told}");
    assert!(told.contains("2 files: 3 of 3 questions imported, 1 unreadable"), "{told}");
    let empty = home.write("empty.md", "");
    assert!(home.ends_with(&["import", &empty], 1).contains("no question was found"));
}

#[test]
fn a_question_that_contradicts_itself_is_held_back_and_said() {
    let home = Home::new();
    let sound = chapter("Chapter 1: Things", 3);
    let file = home.write("chapter.md", &sound.replacen("**Answer: B**", "**Answer: Z**", 1));
    let told = home.ends_with(&["import", &file], 3);
    assert!(told.contains("3 questions found, 2 imported, 1 held back"), "{told}");
    assert!(told.contains("chapter.md:"), "{told}");
}

#[test]
fn a_mended_typo_keeps_the_schedule() {
    let home = Home::with_chapter(4);
    home.study("?\n\n?\n\n", TODAY);
    let before = home.json(&["due", "--json"], TOMORROW);
    let mended =
        chapter("Chapter 1: Things", 4).replace("Which thing belongs", "Which of these things belongs");
    let file = home.write("chapter.md", &mended);
    assert!(home.succeeds(&["import", &file]).contains("4 edited"));
    assert_eq!(home.json(&["due", "--json"], TOMORROW), before);
    assert_eq!(before["due"], 2);
}

#[test]
fn another_right_answer_is_said() {
    let home = Home::with_chapter(4);
    let corrected = chapter("Chapter 1: Things", 4).replacen("**Answer: B**", "**Answer: C**", 1);
    let file = home.write("chapter.md", &corrected);
    assert!(home.succeeds(&["import", &file]).contains("1 edited, 3 unchanged; 1 with another answer"));
}

#[test]
fn a_question_that_left_and_came_back_has_its_history() {
    let home = Home::with_chapter(4);
    home.study("?\n1\n?\n1\n?\n1\n?\n1\n", TODAY);
    let without = chapter("Chapter 1: Things", 4).replace(&question(2), "");
    let file = home.write("chapter.md", &without);
    assert!(home.succeeds(&["import", &file]).contains("1 retired"));
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 3);
    home.write("chapter.md", &chapter("Chapter 1: Things", 4));
    assert!(home.succeeds(&["import", &file]).contains("1 returned"));
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 4);
}

#[test]
fn an_escape_sequence_in_a_chapter_does_not_reach_a_stream() {
    let home = Home::new();
    let evil = chapter("Chapter 1: Th\u{1b}[31m\u{9b}5m\u{202e}ings", 2)
        .replace("Which thing", "Which \u{1b}]0;owned\u{7} &#27;[2J \u{202e} thing")
        .replace("[Topic 1]", "[To\u{1b}[5mpic]");
    let file = home.write("evil\u{1b}[1m.md", &evil);
    let mut told = home.succeeds(&["import", &file]);
    told += &home.succeeds(&["decks"]);
    told += &home.study("?\n\n", TODAY);
    assert!(told.contains('␛'), "{told}");
    told += &text(&home.run(&["decks", "--json"]).stdout);
    let harmful = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!told.chars().any(harmful), "{told:?}");
}

#[test]
fn a_mistaken_argument_is_quoted_without_what_a_terminal_would_obey() {
    let home = Home::new();
    let told = home.ends_with(&["export", "things", "--format", "\u{9b}5m\u{202e}gift"], 2);
    assert!(told.contains("gift") && !told.contains(['\u{9b}', '\u{202e}']), "{told:?}");
}

#[test]
fn whoever_stops_reading_is_no_error() {
    let home = Home::with_chapter(1);
    for number in 2..200 {
        home.write(&format!("Book/{number}.md"), &chapter(&format!("Chapter {number}: Things"), 1));
    }
    home.succeeds(&["import", home.path().join("Book").to_str().expect("UTF-8")]);
    for arguments in [&["decks"][..], &["decks", "--json"]] {
        let mut command = home.command(arguments, TODAY);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn mistakes_in_arguments_are_usage_and_others_are_failures() {
    let home = Home::with_chapter(1);
    home.ends_with(&["import"], 2);
    home.ends_with(&["nonsense"], 2);
    assert!(home.ends_with(&["import", "/nowhere/at/all.md"], 1).contains("/nowhere/at/all.md"));
    assert!(home.ends_with(&["study", "--plain", "no such deck"], 1).contains("no deck is called"));
    home.write("config/config.toml", "new_cards = 3\n");
    assert!(home.ends_with(&["due"], 1).contains("new_cards"));
}

#[test]
fn every_command_has_help_with_examples() {
    let home = Home::new();
    for command in ["", "import", "check", "decks", "due", "study", "config", "keys", "completions", "man"] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let help = home.succeeds(&arguments);
        assert!(help.contains("Example"), "{command}: {help}");
    }
}

#[test]
fn settings_are_shown_with_what_a_person_has_changed() {
    let home = Home::new();
    home.write("config/config.toml", "new_per_day = 3\n");
    assert!(home.succeeds(&["config", "show"]).contains("new_per_day = 3  # yours; new_per_day = 10"));
    assert_eq!(home.json(&["config", "show", "--json"], TODAY)["new_per_day"], 3);
    home.write(
        "config/config.toml",
        "fuzz = true\nretention = 0.8\n[deck.\"14 Memory\"]\nscheduler = \"fsrs\"\n",
    );
    let shown = home.succeeds(&["config", "show"]);
    let told: Vec<&str> = shown.lines().filter(|line| line.contains("# yours")).collect();
    let fuzz = "fuzz = true  # yours; # fuzz = true";
    assert_eq!(told, ["retention = 0.8  # yours; retention = 0.9", fuzz, "[deck.\"14 Memory\"]  # yours"]);
    assert!(shown.ends_with("scheduler = \"fsrs\"\n"), "{shown}");
    assert!(home.succeeds(&["config", "path"]).contains("config.toml"));
}

#[test]
fn nobody_else_is_asked_how_wide_a_terminal_is_that_is_not_there() {
    let home = Home::new();
    let asked = home.path().join("asked");
    let tput = home.write("bin/tput", &format!("#!/bin/sh\necho > '{}'\necho 80\n", asked.display()));
    fs::set_permissions(&tput, Permissions::from_mode(0o755)).expect("a program");
    let file = home.write("chapter.md", &chapter("Chapter 1: Things", 3));
    let import = home.command(&["import", &file], TODAY);
    // Without a terminal of its session either.
    let mut command = Command::new("setsid");
    command.arg("--wait").arg(import.get_program()).args(import.get_args());
    command.envs(import.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let path = env::var("PATH").expect("a path");
    command.env("PATH", format!("{}:{path}", home.path().join("bin").display()));
    let output = command.stdin(Stdio::null()).output().expect("setsid runs it; it comes with util-linux");
    assert!(output.status.success() && !asked.exists(), "{output:?}");
}
