//! What the README says is what the program has.

use std::{fs, path::Path, process::Command};

use retain::tui;

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
