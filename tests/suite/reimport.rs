//! Importing again, by the built binary: what is seen before it happens, what follows a file, what is
//! whole or absent.

use std::{
    fs,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use crate::{
    chapters::{chapter, question},
    program::{Home, TODAY, TOMORROW},
};

fn things(questions: usize) -> String {
    chapter("Chapter 1: Things", questions)
}

fn book(home: &Home) -> String {
    home.path().join("Book").to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_dry_run_shows_each_change_word_by_word_and_changes_nothing() {
    let home = Home::with_chapter(4);
    home.study("?\n3\n?\n3\n?\n3\n?\n3\n", TODAY);
    let edited = things(4)
        .replace(&question(2), "")
        .replace("belongs to number 3", "belogns to number 3")
        .replacen("**Answer: B**", "**Answer: C**", 1);
    let file = home.write("chapter.md", &(edited + &question(9).replace("thing", "matter")));
    let before = home.json(&["decks", "--json"], TOMORROW);
    let told = home.succeeds(&["import", "--dry-run", &file]);
    for expected in [
        "1 added, 2 edited, 1 retired, 1 unchanged; 1 with another answer",
        "added Q1.9",
        "edited Q1.1, another answer is right",
        "answer: [-B-]{+C+}",
        "edited Q1.3",
        "stem: Which thing [-belongs-]{+belogns+} to number 3?",
        "retired Q1.2",
        "Nothing was changed",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert_eq!(home.json(&["decks", "--json"], TOMORROW), before);
    assert_eq!(home.succeeds(&["import", "--dry-run", &file]), told);
}

#[test]
fn one_question_that_stands_ten_thousand_times_is_as_many_cards_and_known_again() {
    let home = Home::with_chapter(1);
    let often = things(1) + &question(1).repeat(9_999);
    let file = home.write("chapter.md", &often);
    assert!(home.succeeds(&["import", &file]).contains("9999 added"));
    home.write("chapter.md", &(often + "\n"));
    let told = home.succeeds(&["import", &file]);
    assert!(told.contains("10000 questions") && told.contains("nothing changed"), "{told}");
}

#[test]
fn a_card_whose_right_answer_changed_comes_up_at_once_and_that_can_be_undone() {
    let home = Home::with_chapter(2);
    home.study("?\n3\n?\n3\n", TODAY);
    let corrected = things(2).replacen("**Answer: B**", "**Answer: C**", 1);
    let file = home.write("chapter.md", &corrected);
    assert!(home.succeeds(&["import", &file]).contains("edited Q1.1, another answer is right: answer"));
    assert_eq!(home.json(&["due", "--json"], TODAY)["due"], 1);
    let told = home.study("undo\n", TODAY);
    assert!(told.contains("Undone: reschedule on Q1.1"), "{told}");
    assert_eq!(home.json(&["due", "--json"], TODAY)["due"], 0);
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 2);
}

#[test]
fn all_that_an_import_brought_up_is_undone_as_one() {
    let home = Home::with_chapter(3);
    home.study("?\n3\n?\n3\n?\n3\n", TODAY);
    let edited =
        things(3).replacen("**Answer: B**", "**Answer: C**", 1).replacen("**Answer: D**", "**Answer: A**", 1);
    let file = home.write("chapter.md", &edited);
    home.succeeds(&["import", &file]);
    let due = |home: &Home| home.json(&["due", "--json"], TODAY)["due"].clone();
    assert_eq!(due(&home), 2);
    let told = home.study("undo\nquit\n", TODAY);
    assert!(told.contains("Undone: reschedule on 2 questions"), "{told}");
    assert_eq!(due(&home), 0);
}

#[test]
fn a_strict_import_takes_all_of_a_file_or_none() {
    let home = Home::new();
    home.write("Book/good.md", &things(3));
    home.write("Book/bad.md", &chapter("Chapter 2: Bad", 3).replacen("**Answer: B**", "**Answer: Z**", 1));
    let told = home.ends_with(&["import", "--strict", &book(&home)], 3);
    assert!(told.contains("bad.md: nothing was imported (--strict): 1 question of 3 held back"), "{told}");
    let decks = home.json(&["decks", "--json"], TODAY);
    assert_eq!((decks.as_array().map(Vec::len), &decks[0]["cards"]), (Some(1), &3.into()));
}

#[test]
fn an_update_reads_everything_again_and_says_what_changed() {
    let home = Home::new();
    assert!(home.succeeds(&["update"]).contains("Nothing was imported yet"));
    home.write("Book/one.md", &things(3));
    home.succeeds(&["import", &book(&home)]);
    let alone = home.write("alone.md", &chapter("Chapter 7: Alone", 2).replace("thing", "loner"));
    home.succeeds(&["import", &alone]);
    assert!(home.succeeds(&["update"]).contains("2 files: 5 of 5 questions imported, 2 files as before"));

    home.write("Book/one.md", &things(3).replace("belongs to number 2", "is of number 2"));
    home.write("Book/two.md", &chapter("Chapter 2: More", 2).replace("thing", "other"));
    fs::remove_file(&alone).expect("removed");
    let told = home.ends_with(&["update"], 3);
    assert!(told.contains("edited Q1.2: stem"), "{told}");
    assert!(told.contains("2 More") && told.contains("2 added"), "{told}");
    assert!(told.contains("alone.md: not imported: it is no longer there"), "{told}");
    assert_eq!(home.json(&["decks", "--json"], TODAY).as_array().map(Vec::len), Some(3));
    let pruned = home.succeeds(&["update", "--prune"]);
    assert!(pruned.contains("7 Alone") && pruned.contains("2 retired"), "{pruned}");
    assert!(!home.succeeds(&["update"]).contains("alone.md"));
    assert_eq!(home.json(&["due", "--json"], TODAY)["cards"], 5);
}

#[test]
fn what_was_held_back_is_said_again_until_it_is_mended() {
    let home = Home::new();
    let file = home.write("chapter.md", &things(3).replacen("**Answer: B**", "**Answer: Z**", 1));
    home.ends_with(&["import", &file], 3);
    let again = home.ends_with(&["update"], 3);
    assert!(again.contains("has no option Z"), "{again}");
    home.write("chapter.md", &things(3));
    let mended = home.succeeds(&["update"]);
    assert!(mended.contains("1 added, 2 unchanged"), "{mended}");
}

#[test]
fn files_that_were_exchanged_keep_their_schedules() {
    let home = Home::new();
    let about = |topic: &str| chapter(&format!("Chapter: {topic}"), 4).replace("thing", topic);
    home.write("Book/a.md", &about("rivers"));
    home.write("Book/b.md", &about("mountains"));
    home.succeeds(&["import", &book(&home)]);
    home.study(&"?\n3\n".repeat(8), TODAY);
    home.write("Book/a.md", &about("mountains"));
    home.write("Book/b.md", &about("rivers"));
    let told = home.succeeds(&["import", &book(&home)]);
    assert!(
        told.contains("nothing changed") && told.contains("Book/b.md") && told.contains("was "),
        "{told}"
    );
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["due"], 8);
    assert!(home.succeeds(&["import", &book(&home)]).contains("2 files as before"));
}

#[test]
fn titles_that_move_on_by_one_are_all_right_after_one_import() {
    let home = Home::new();
    let about = |title: &str, topic: &str| chapter(title, 3).replace("thing", topic);
    home.write("Book/rivers.md", &about("Chapter 1", "rivers"));
    home.write("Book/woods.md", &about("Chapter 2", "woods"));
    home.succeeds(&["import", &book(&home)]);
    home.write("Book/lakes.md", &about("Chapter 1", "lakes"));
    home.write("Book/rivers.md", &about("Chapter 2", "rivers"));
    home.write("Book/woods.md", &about("Chapter 3", "woods"));
    home.succeeds(&["import", &book(&home)]);
    let decks = home.json(&["decks", "--json"], TODAY);
    let names: Vec<&str> =
        decks.as_array().expect("a list").iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(names, ["Book / 1", "Book / 2", "Book / 3"]);
}

#[test]
fn an_import_that_is_stopped_leaves_everything_as_it_was() {
    let home = Home::with_chapter(1);
    for number in 0..400 {
        home.write(&format!("Book/{number}.md"), &chapter(&format!("Chapter {number}: Things"), 50));
    }
    let mut command = home.command(&["import", &book(&home)], TODAY);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it runs");
    while !home.path().join("data/retain.db-journal").metadata().is_ok_and(|journal| journal.len() > 0) {
        assert_eq!(child.try_wait().expect("a child"), None, "too quick to be stopped");
        thread::sleep(Duration::from_millis(2));
    }
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stderr).contains("was stopped; nothing was changed"));
    assert_eq!(home.json(&["decks", "--json"], TODAY).as_array().map(Vec::len), Some(1));
}

#[test]
fn a_pipe_a_device_and_a_folder_without_chapters_are_refused_at_once() {
    let home = Home::new();
    let pipe = home.path().join("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    fs::create_dir(home.path().join("Empty")).expect("a folder");
    for (path, expected) in [
        (pipe.as_path(), "it is no regular file"),
        ("/dev/zero".as_ref(), "it is no regular file"),
        (&home.path().join("Empty"), "no chapter"),
        (&home.path().join("none.md"), "No such file"),
    ] {
        let told = home.ends_with(&["import", path.to_str().expect("UTF-8")], 1);
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn files_are_read_in_the_encoding_they_were_saved_in() {
    let home = Home::new();
    let text = things(2).replace("Things", "Größe");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).expect("Latin-1")).collect();
    for (name, bytes, code) in [
        ("wide.md", [b"\xff\xfe", wide.as_slice()].concat(), 0),
        ("latin.md", latin, 0),
        ("png.md", b"\x89PNG\r\n".to_vec(), 1),
    ] {
        fs::write(home.path().join(name), bytes).expect("a file");
        let told = home.ends_with(&["import", home.path().join(name).to_str().expect("UTF-8")], code);
        assert_eq!(told.contains("1 Größe"), code == 0, "{told}");
        assert_eq!(told.contains("UTF-8"), name == "latin.md", "{told}");
    }
}

#[test]
fn a_question_that_went_to_another_chapter_keeps_its_schedule() {
    let home = Home::new();
    let others = chapter("Chapter 2: Others", 3).replace("thing", "other");
    home.write("Book/one.md", &things(3));
    home.write("Book/two.md", &others);
    home.succeeds(&["import", &book(&home)]);
    home.study(&"?\n3\n".repeat(6), TODAY);
    home.write("Book/one.md", &things(3).replace(&question(2), ""));
    home.write("Book/two.md", &(others + &question(2).replace("Q1.2", "Q2.9")));
    let told = home.succeeds(&["import", &book(&home)]);
    assert!(!told.contains("retired") && !told.contains("added"), "{told}");
    let due = home.json(&["due", "--json"], TOMORROW);
    assert_eq!((&due["due"], &due["cards"], &due["new"]), (&6.into(), &6.into(), &0.into()));
    let decks = home.json(&["decks", "--json"], TOMORROW);
    assert_eq!((&decks[0]["cards"], &decks[1]["cards"]), (&2.into(), &4.into()));
}

#[test]
fn a_chapter_of_data_that_is_broken_now_is_said_and_stays() {
    let home = Home::new();
    let whole = r#"[{"question": "Q1?", "options": ["a", "b"], "answer": "A"}, {"question": "Q2?", "options": ["a", "b"], "answer": "A"}]"#;
    home.write("Book/a.json", whole);
    home.succeeds(&["import", &book(&home)]);
    home.write("Book/a.json", &whole[..40]);
    let told = home.run(&["update"]);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.contains("a.json") && told.contains("syntax"), "{told}");
    assert_eq!(home.json(&["due", "--json"], TODAY)["cards"], 2);
}

#[test]
fn one_file_that_cannot_be_read_keeps_nothing_out_of_an_update() {
    let home = Home::with_chapter(2);
    let other = home.write("other.md", &chapter("Chapter 2: Others", 2).replace("thing", "other"));
    home.succeeds(&["import", &other]);
    fs::write(&other, vec![b'x'; 5 << 20]).expect("a file");
    home.write("chapter.md", &things(3));
    let told = home.ends_with(&["update"], 3);
    assert!(told.contains("1 added") && told.contains("other.md: not imported: it is larger"), "{told}");
}

#[test]
fn a_file_and_a_link_to_it_are_one_chapter() {
    let home = Home::new();
    let file = home.write("Book/one.md", &things(2));
    std::os::unix::fs::symlink(&file, home.path().join("Book/link.md")).expect("a link");
    home.succeeds(&["import", &book(&home)]);
    assert_eq!(home.json(&["decks", "--json"], TODAY).as_array().map(Vec::len), Some(1));
}
