//! The person's editor, at a line of a file. Every editor has its own way of being told the line.

use std::{
    ffi::OsString,
    io,
    path::Path,
    process::{Command, ExitStatus},
};

/// What to use when nobody says: every Unix has it.
const FALLBACK: &str = "vi";

/// The editor's command in words: the setting, else `$VISUAL`, else `$EDITOR`, else `vi`.
pub fn words(setting: &str, variable: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let candidates = [Some(setting.to_owned()), variable("VISUAL"), variable("EDITOR")];
    let mut commands = candidates.into_iter().flatten().map(|command| split(&command));
    commands.find(|words| !words.is_empty()).unwrap_or_else(|| vec![FALLBACK.to_owned()])
}

/// Opens a file at a line, counted from 1, and waits until the editor is closed.
///
/// # Errors
/// When the editor cannot be started.
pub fn edit(words: &[String], path: &Path, line: u32) -> io::Result<ExitStatus> {
    let Some((program, given)) = words.split_first() else {
        return Err(io::Error::other("the command is empty"));
    };
    Command::new(program).args(given).args(place(program, path, line)).status()
}

/// The arguments that open this place.
fn place(program: &str, path: &Path, line: u32) -> Vec<OsString> {
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy();
    let file = path.as_os_str().to_owned();
    let at_line = || {
        let mut place = file.clone();
        place.push(format!(":{line}"));
        place
    };
    match &*name {
        "vi" | "vim" | "nvim" | "view" | "gvim" | "nano" | "emacs" | "emacsclient" | "kak" | "micro"
        | "jed" | "joe" | "ne" | "mg" => vec![format!("+{line}").into(), file],
        "hx" | "helix" | "subl" | "zed" => vec![at_line()],
        "code" | "code-insiders" | "codium" | "cursor" => {
            vec!["--wait".into(), "--goto".into(), at_line()]
        }
        _ => vec![file],
    }
}

/// A command in its words; quotes keep spaces within one.
fn split(command: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut quote = None;
    let mut within = false;
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                if !within {
                    words.push(String::new());
                }
                within = true;
            }
            (None, _) if letter.is_whitespace() => within = false,
            _ => {
                if !within {
                    words.push(String::new());
                }
                within = true;
                words.last_mut().expect("just begun").push(letter);
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_wins_over_the_environment_and_may_hold_arguments() {
        let check = |setting, visual: &str, editor: &str, expected: &[&str]| {
            let variable = |name: &str| match name {
                "VISUAL" => Some(visual.to_owned()),
                _ => Some(editor.to_owned()),
            };
            assert_eq!(words(setting, variable), expected);
        };
        check("hx", "nvim", "nano", &["hx"]);
        check("", "nvim -u NONE", "nano", &["nvim", "-u", "NONE"]);
        check("", "", "nano", &["nano"]);
        check("", "", " ", &["vi"]);
        check("'/opt/My Editor/ed' \"-w x\"", "", "", &["/opt/My Editor/ed", "-w x"]);
    }

    #[test]
    fn every_editor_is_told_the_line_in_its_own_way() {
        let check = |program, expected: &[&str]| assert_eq!(place(program, Path::new("a.md"), 7), expected);
        check("/usr/bin/nvim", &["+7", "a.md"]);
        check("nano", &["+7", "a.md"]);
        check("hx", &["a.md:7"]);
        check("code", &["--wait", "--goto", "a.md:7"]);
        check("ed", &["a.md"]);
    }
}
