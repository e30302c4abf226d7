//! Importing again, by the built binary: history follows the questions, wherever their files and chapters go.

use std::{fs, ops::Range, os::unix::fs::symlink, path::Path};

use crate::{
    chapters::{chapter, question},
    program::{Home, TODAY, TOMORROW},
};

fn things(questions: usize) -> String {
    chapter("Chapter 1: Things", questions)
}

fn others(questions: usize) -> String {
    chapter("Chapter 2: Others", questions).replace("thing", "other").replace("Q1.", "Q2.")
}

fn folder(home: &Home, name: &str) -> String {
    home.path().join(name).to_str().expect("UTF-8").to_owned()
}

/// A home with `Book/one.md` and `Book/two.md`, of which all questions were answered.
fn studied() -> Home {
    let home = Home::new();
    home.write("Book/one.md", &things(5));
    home.write("Book/two.md", &others(5));
    home.succeeds(&["import", &folder(&home, "Book")]);
    home.study(&"?\n3\n".repeat(10), TODAY);
    assert_all_are_known(&home, 10);
    home
}

/// So many cards are there, and each has its history.
fn assert_all_are_known(home: &Home, cards: usize) {
    let due = home.json(&["due", "--json"], TOMORROW);
    assert_eq!((&due["cards"], &due["new"]), (&cards.into(), &0.into()), "{due}");
}

fn decks(home: &Home) -> Vec<(String, u64)> {
    let decks = home.json(&["decks", "--json"], TOMORROW);
    let decks = decks.as_array().expect("a list").iter();
    decks
        .map(|it| {
            (it["chapter"].as_str().expect("a name").to_owned(), it["cards"].as_u64().expect("a count"))
        })
        .collect()
}

fn rename(home: &Home, from: &str, to: &str) {
    fs::rename(home.path().join(from), home.path().join(to)).expect("renamed");
}

#[test]
fn a_pruned_chapter_that_comes_back_is_as_before() {
    for back in ["Book/two.md", "Book/second.md"] {
        let home = studied();
        rename(&home, "Book/two.md", "two.md");
        assert!(home.succeeds(&["update", "--prune"]).contains("5 retired"));
        rename(&home, "two.md", back);
        let told = home.succeeds(&["update"]);
        assert!(told.contains("5 returned"), "{told}");
        assert_all_are_known(&home, 10);
        assert_eq!(decks(&home), [("1 Things".to_owned(), 5), ("2 Others".to_owned(), 5)]);
    }
}

#[test]
fn two_chapters_become_one() {
    for (into, gone) in
        [("Book/one.md", ["Book/two.md"].as_slice()), ("Book/all.md", &["Book/one.md", "Book/two.md"])]
    {
        let home = studied();
        gone.iter().for_each(|file| fs::remove_file(home.path().join(file)).expect("removed"));
        home.write(into, &(things(5) + &others(5)));
        let told = home.succeeds(&["update"]);
        assert!(told.contains("5 moved") && !told.contains("added"), "{told}");
        assert_all_are_known(&home, 10);
        assert_eq!(decks(&home), [("1 Things".to_owned(), 10)]);
        assert!(home.succeeds(&["update"]).contains("nothing changed"));
    }
}

#[test]
fn a_small_chapter_that_takes_in_most_of_a_large_one_stays_itself() {
    let others_from = |from: usize| {
        let numbers = (from..=6).map(|nth| question(nth).replace("thing", "other").replace("Q1.", "Q2."));
        numbers.collect::<String>()
    };
    for left in [7, 6] {
        let home = Home::new();
        home.write("Book/one.md", &things(3));
        home.write("Book/two.md", &others(6));
        home.succeeds(&["import", &folder(&home, "Book")]);
        home.study(&"?\n3\n".repeat(9), TODAY);
        home.write("Book/one.md", &(things(3) + &others(left - 1)));
        if left > 6 {
            fs::remove_file(home.path().join("Book/two.md")).expect("removed");
        } else {
            home.write("Book/two.md", &format!("# Chapter 2: Others\n\n{}", others_from(left)));
        }
        let told = home.succeeds(&["update"]);
        assert!(told.contains(&format!("{} moved", left - 1)) && !told.contains("added"), "{told}");
        assert_all_are_known(&home, 9);
        let expected = [("1 Things", left as u64 + 2), ("2 Others", 7 - left as u64)];
        let expected = expected.iter().filter(|(_, cards)| *cards > 0);
        let expected: Vec<_> = expected.map(|(name, cards)| (name.to_string(), *cards)).collect();
        assert_eq!(decks(&home), expected);
    }
}

#[test]
fn a_chapter_that_another_one_holds_keeps_its_history_when_they_exchange_their_names() {
    let home = Home::new();
    home.write("Book/small.md", &things(5));
    home.succeeds(&["import", &folder(&home, "Book")]);
    home.study(&"?\n3\n".repeat(5), TODAY);
    home.write("Book/all.md", &(chapter("Chapter 3: All", 5) + &others(9)));
    home.succeeds(&["update"]);
    rename(&home, "Book/small.md", "small.md");
    rename(&home, "Book/all.md", "Book/small.md");
    rename(&home, "small.md", "Book/all.md");
    home.run(&["update"]);
    let states = home.json(&["due", "--json", "things"], TOMORROW);
    assert_eq!((&states["cards"], &states["new"]), (&5.into(), &0.into()), "{states}");
}

#[test]
fn questions_that_are_held_back_wait_where_another_chapter_comes_to_theirs() {
    let home = studied();
    fs::remove_file(home.path().join("Book/two.md")).expect("removed");
    let broken =
        things(5).replace("**Answer: B**", "**Answer: see key**").replace("**Answer: C**", "**Answer: ?**");
    home.write("Book/one.md", &(broken + &others(5)));
    home.run(&["update", "--prune"]);
    let mended =
        things(5).replace("belongs to number 2", "belongs to the number 2").replace("number 3?", "no. 3?");
    home.write("Book/one.md", &(mended + &others(5)));
    home.succeeds(&["update"]);
    assert_all_are_known(&home, 10);
    assert_eq!(decks(&home), [("1 Things".to_owned(), 10)]);
}

#[test]
fn a_chapter_whose_place_another_one_has_taken_is_told_and_kept() {
    let home = studied();
    rename(&home, "Book/two.md", "Book/one.md");
    let output = home.run(&["update"]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        told.contains(
            "not imported: the chapter that stood here before; another one has its place. Its deck, "
        ),
        "{told}"
    );
    assert_all_are_known(&home, 10);
    assert_eq!(decks(&home), [("1 Things".to_owned(), 5), ("2 Others".to_owned(), 5)]);

    let home = studied();
    rename(&home, "Book/two.md", "Book/one.md");
    let told = home.run(&["update", "--prune"]).stdout;
    assert!(String::from_utf8_lossy(&told).contains("another one has its place"), "{told:?}");
    assert_all_are_known(&home, 10);
}

#[test]
fn a_chapter_becomes_two_while_typos_are_mended() {
    let home = Home::new();
    let things = ["apple", "violin", "glacier", "parliament", "turbine"];
    let part = |title: &str, range: Range<usize>| {
        let questions = range.map(|nth| question(nth).replace("thing", things[nth - 1]));
        format!("# {title}\n\n{}", questions.collect::<String>())
    };
    home.write("Book/one.md", &part("Chapter 1: Things", 1..6));
    home.succeeds(&["import", &folder(&home, "Book")]);
    home.study(&"?\n3\n".repeat(5), TODAY);
    fs::remove_file(home.path().join("Book/one.md")).expect("removed");
    home.write("Book/first.md", &part("Chapter 3: First", 1..4).replace("belongs", "belogns"));
    home.write("Book/last.md", &part("Chapter 4: Last", 4..6).replace("belongs", "belogns"));
    let told = home.succeeds(&["update"]);
    assert!(told.contains("3 edited") && told.contains("2 edited") && !told.contains("added"), "{told}");
    assert_all_are_known(&home, 5);
}

#[test]
fn a_folder_behind_a_link_in_its_place_is_the_same_folder() {
    let home = studied();
    rename(&home, "Book", "Cloud");
    symlink(home.path().join("Cloud"), home.path().join("Book")).expect("a link");
    let told = home.succeeds(&["update"]);
    assert!(!told.contains("added"), "{told}");
    assert_all_are_known(&home, 10);
    home.write("Cloud/one.md", &things(6));
    assert!(home.succeeds(&["update"]).contains("1 added"));
}

#[test]
fn a_renamed_chapter_is_known_by_what_is_still_in_it() {
    let typos = |from: usize| {
        (from..6).fold(things(5), |text, nth| {
            text.replace(&format!("belongs to number {nth}"), &format!("is the one of number {nth}"))
        })
    };
    let shorter = "# Chapter 9: New\n\n".to_owned() + &question(2) + &question(5);
    let table = [
        ("typos in most of them", typos(2), 0),
        ("more new questions than old ones", things(14), 9),
        ("few of them, under another title", shorter, 0),
    ];
    for (change, text, added) in table {
        let home = studied();
        fs::remove_file(home.path().join("Book/one.md")).expect("removed");
        home.write("Book/renamed.md", &text);
        let told = home.succeeds(&["update"]);
        assert!(told.contains("was ") && told.contains("one.md"), "{change}: {told}");
        assert_eq!(home.json(&["due", "--json"], TOMORROW)["new"], added, "{change}: {told}");
    }
}

#[test]
fn a_chapter_of_which_everything_was_edited_is_told_by_its_own_name_when_it_is_renamed() {
    let home = Home::new();
    let things = ["apple", "violin", "glacier", "parliament"];
    let text = |belongs: &str| {
        let questions =
            (1..5).map(|nth| question(nth).replace("thing", things[nth - 1]).replace("belongs", belongs));
        format!("# Chapter 1: Things\n\n{}", questions.collect::<String>())
    };
    home.write("Book/one.md", &text("belongs"));
    home.succeeds(&["import", &folder(&home, "Book")]);
    home.study(&"?\n3\n".repeat(4), TODAY);
    fs::remove_file(home.path().join("Book/one.md")).expect("removed");
    home.write("Book/other.md", &text("belogns"));
    let told = home.succeeds(&["update"]);
    assert!(told.contains("4 edited") && !told.contains("(other)"), "{told}");
    assert_all_are_known(&home, 4);
    assert_eq!(decks(&home), [("1 Things".to_owned(), 4)]);
}

#[test]
fn a_question_that_left_comes_back_in_another_chapter() {
    let home = studied();
    home.write("Book/one.md", &things(5).replace(&question(2), ""));
    assert!(home.succeeds(&["update"]).contains("1 retired"));
    home.write("Book/two.md", &(others(5) + &question(2)));
    let told = home.succeeds(&["import", &folder(&home, "Book/two.md")]);
    assert!(told.contains("1 returned"), "{told}");
    assert_all_are_known(&home, 10);
}

#[test]
fn a_question_that_is_mended_on_its_way_keeps_its_history_and_comes_up_when_its_answer_is_another() {
    let home = studied();
    home.write("Book/one.md", &things(5).replace(&question(2), ""));
    let mended = question(2).replace("belongs", "belogns").replace("**Answer: C**", "**Answer: D**");
    home.write("Book/two.md", &(others(5) + &mended));
    let told = home.succeeds(&["update"]);
    assert!(told.contains("another answer is right") && !told.contains("added"), "{told}");
    assert_all_are_known(&home, 10);
    assert_eq!(home.json(&["due", "--json"], TODAY)["due"], 1);
}

#[test]
fn flip_cards_that_ask_one_word_in_two_languages_are_not_each_other() {
    let home = Home::new();
    let cards = |answers: [&str; 3]| {
        let pair = |(word, answer): (&str, &str)| format!("Q: {word}\nA: {answer}\n\n");
        ["cat", "dog", "house"].into_iter().zip(answers).map(pair).collect::<String>()
    };
    home.write("Book/french.md", &cards(["chat", "chien", "maison"]));
    home.succeeds(&["import", &folder(&home, "Book")]);
    rename(&home, "Book/french.md", "french.md");
    home.write("Book/german.md", &cards(["Katze", "Hund", "Haus"]));
    let told = home.ends_with(&["update"], 3);
    assert!(told.contains("3 added"), "{told}");
    assert_eq!(home.json(&["due", "--json"], TOMORROW)["cards"], 6);
}

#[test]
fn decks_whose_chapters_exchange_their_titles_exchange_their_names() {
    let home = Home::new();
    let titles = ["Chapter 1: Red", "Chapter 2: Green", "Chapter 3: Blue"];
    let words = ["thing", "other", "matter"];
    let write = |shift: usize| {
        for (place, word) in words.iter().enumerate() {
            let text = chapter(titles[(place + shift) % 3], place + 2).replace("thing", word);
            home.write(&format!("Book/{word}.md"), &text);
        }
    };
    write(0);
    home.succeeds(&["import", &folder(&home, "Book")]);
    write(1);
    let told = home.succeeds(&["update"]);
    assert!(told.contains("was called Book / 1 Red") && !told.contains("added"), "{told}");
    let named = [("1 Red", 4), ("2 Green", 2), ("3 Blue", 3)];
    assert_eq!(decks(&home), named.map(|(name, cards)| (name.to_owned(), cards)));
}

#[test]
fn a_deleted_question_stays_deleted_in_another_chapter() {
    let home = studied();
    let collection = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a collection");
    let delete = "UPDATE card SET retired = 1, deleted = 0
                  WHERE id = (SELECT card FROM question WHERE number = '1.2')";
    assert_eq!(collection.execute(delete, []), Ok(1));
    drop(collection);
    home.write("Book/one.md", &things(5).replace(&question(2), ""));
    home.write("Book/two.md", &(others(5) + &question(2)));
    let told = home.succeeds(&["update"]);
    assert!(told.contains("1 moved") && !told.contains("added"), "{told}");
    assert_all_are_known(&home, 9);
}

#[test]
fn what_nobody_can_look_at_is_not_gone() {
    let home = studied();
    rename(&home, "Book", "Away");
    // A link to itself is as hard to open as a folder without permission, for the superuser too.
    symlink(home.path().join("Book"), home.path().join("Book")).expect("a link");
    let told = home.ends_with(&["update", "--prune"], 1);
    assert!(told.contains("Book: not imported") && !told.contains("retired"), "{told}");
    fs::remove_file(home.path().join("Book")).expect("removed");
    rename(&home, "Away", "Book");
    assert!(home.succeeds(&["update"]).contains("2 files as before"));
    assert_all_are_known(&home, 10);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_names_of_their_own() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let home = studied();
    for (name, text) in [(b"\xff.md".as_slice(), things(5)), (b"\xfe.md", others(5))] {
        let old = if name[0] == 0xff { "Book/one.md" } else { "Book/two.md" };
        fs::remove_file(home.path().join(old)).expect("removed");
        fs::write(home.path().join("Book").join(Path::new(OsStr::from_bytes(name))), text).expect("written");
    }
    home.succeeds(&["update"]);
    assert_all_are_known(&home, 10);
    let told = home.succeeds(&["update", "--prune"]);
    assert!(told.contains("2 files as before"), "{told}");
}
