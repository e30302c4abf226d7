//! Files that are no chapters, given to the program as if they were: each ends in a clear message, and
//! leaves the collection as it was.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{
        ffi::OsStrExt,
        fs::{PermissionsExt, symlink},
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    chapters::{chapter, question},
    program::{Home, TODAY},
};

/// Imports something odd into a collection, and gives the exit code and what was said.
#[track_caller]
fn imported(home: &Home, path: &Path) -> (i32, String) {
    let output = home.command(&["import"], TODAY).arg(path).stdin(Stdio::null()).output().expect("it runs");
    let told = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    let harmful = |sign: char| sign.is_control() && sign != '\n';
    assert!(!told.chars().any(harmful), "{told:?}");
    (output.status.code().expect("it ended by itself"), told)
}

#[track_caller]
fn is_refused(home: &Home, path: &Path, reason: &str) {
    let database = home.path().join("data/retain.db");
    let before = fs::read(&database).expect("a database");
    let (code, told) = imported(home, path);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains(reason), "{told}");
    assert!(fs::read(&database).expect("a database") == before, "{} changed the database", path.display());
}

#[test]
fn pipes_and_devices_are_not_read() {
    let home = Home::with_chapter(2);
    let pipe = home.path().join("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    is_refused(&home, &pipe, "no regular file");
    is_refused(&home, Path::new("/dev/zero"), "no regular file");
    let linked = home.path().join("zero.md");
    symlink("/dev/zero", &linked).expect("a link");
    is_refused(&home, &linked, "no regular file");
}

#[test]
fn links_that_lead_nowhere_are_named() {
    let home = Home::with_chapter(2);
    let link = |name: &str, target: &str| -> PathBuf {
        let path = home.path().join(name);
        symlink(target, &path).expect("a link");
        path
    };
    is_refused(&home, &link("dangling.md", "nowhere.md"), "dangling.md");
    link("there.md", "here.md");
    is_refused(&home, &link("here.md", "there.md"), "here.md");
}

#[test]
fn a_folder_that_holds_itself_is_read_once() {
    let home = Home::new();
    home.write("Book/one.md", &chapter("Chapter 1: Things", 2));
    let book = home.path().join("Book");
    symlink(&book, book.join("again")).expect("a link");
    symlink("nowhere.md", book.join("dangling.md")).expect("a link");
    let (code, told) = imported(&home, &book);
    assert_eq!(code, 0, "{told}");
    assert_eq!(home.json(&["due", "--json"], TODAY)["cards"], 2);
}

#[test]
fn a_folder_without_chapters_says_so() {
    let home = Home::with_chapter(2);
    home.write("Empty/notes.txt", "nothing");
    is_refused(&home, &home.path().join("Empty"), "no chapter in that folder");
}

/// Whoever may read everything, as root may, has nothing to be refused.
#[test]
fn a_file_that_may_not_be_read_is_named() {
    let home = Home::with_chapter(2);
    let file = home.write("secret.md", &chapter("Chapter 2: Secrets", 2));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::File::open(&file).is_err() {
        is_refused(&home, Path::new(&file), "secret.md");
    }
}

#[test]
fn a_file_of_which_all_is_held_back_leaves_the_collection_as_it_was() {
    let home = Home::with_chapter(2);
    let file = home.write("bad.md", "**Q9.1: Basic - [x]**\n\nWhich?\n\nA) one\nB) two\n");
    let database = home.path().join("data/retain.db");
    let before = fs::read(&database).expect("a database");
    let (code, told) = imported(&home, Path::new(&file));
    assert_eq!(code, 3, "{told}");
    assert!(fs::read(&database).expect("a database") == before, "it changed the database");
}

#[test]
fn a_folder_that_may_not_be_read_keeps_no_other_chapter_out() {
    let home = Home::new();
    let shut = home.path().join("book/shut");
    fs::create_dir_all(&shut).expect("a folder");
    home.write("book/1-open.md", &chapter("Chapter 1: Open", 2));
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read_dir(&shut).is_ok() {
        // Nothing is forbidden to the superuser.
        return;
    }
    let (code, told) = imported(&home, &home.path().join("book"));
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("2 of 2 questions imported") && told.contains("book/shut"), "{told}");
    assert!(told.contains("Permission denied"), "{told}");
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let home = Home::with_chapter(2);
    let file = home.path().join("picture.md");
    fs::write(&file, [0x89, b'P', b'N', b'G', 0xff, 0, 0xfe]).expect("a file");
    is_refused(&home, &file, "picture.md");
    fs::write(&file, vec![b'x'; (4 << 20) + 1]).expect("a file");
    is_refused(&home, &file, "larger than 4 MiB");
}

#[test]
fn a_number_of_seventy_thousand_digits_does_no_harm() {
    let home = Home::new();
    let file = home.write("long.md", &question(1).replace("Q1.1", &format!("Q{}", "9".repeat(70_000))));
    home.succeeds(&["import", &file]);
    home.succeeds(&["doctor"]);
}

#[test]
fn a_name_of_any_bytes_is_imported_and_shown_without_harm() {
    let home = Home::new();
    let name = OsStr::from_bytes(b"ev\x1b[31mil\xff\n\x9b5m.md");
    let file = home.path().join("Book").join(name);
    fs::create_dir_all(home.path().join("Book")).expect("a folder");
    fs::write(&file, chapter("Chapter 1: Things", 2)).expect("a file");
    let (code, told) = imported(&home, &file);
    assert_eq!(code, 0, "{told}");
    let (code, told) = imported(&home, &home.path().join("Book"));
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("nothing changed"), "{told}");
}
