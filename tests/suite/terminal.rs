//! The built program in a pseudo-terminal: what a person sees, types, and can count on.

use std::{
    fs,
    io::Read,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use crate::{program::Home, support::Terminal};

/// Longer than the time in which a key that is held down is ignored.
const BREATH: Duration = Duration::from_millis(220);

fn open(home: &Home, arguments: &[&str]) -> Terminal {
    open_with(home, arguments, &[])
}

fn open_with(home: &Home, arguments: &[&str], more: &[(&str, &str)]) -> Terminal {
    let (data, config) = (home.path().join("data"), home.path().join("config"));
    let mut variables = vec![
        ("RETAIN_DATA_DIR", data.as_os_str()),
        ("RETAIN_CONFIG_DIR", config.as_os_str()),
        ("RETAIN_NOW", "2026-11-22T09:00:00+01:00".as_ref()),
        ("RETAIN_SEED", "1".as_ref()),
    ];
    variables.extend(more.iter().map(|(name, value)| (*name, value.as_ref())));
    Terminal::open(Path::new(env!("CARGO_BIN_EXE_retain")), arguments, &variables, (80, 24))
}

fn events(home: &Home) -> i64 {
    let connection = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a database");
    connection.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).expect("a count")
}

/// Answers the question on the screen with “I don't know” and takes Good for it. When this returns the
/// next question is there, which acknowledges the answer.
fn answer(terminal: &mut Terminal, number: usize) {
    terminal.wait_for(&format!("Q1.{number} "));
    thread::sleep(BREATH);
    terminal.press(" ");
    terminal.wait_for("Again");
    thread::sleep(BREATH);
    terminal.press("3");
    let gone = format!("Q1.{number} ·");
    terminal.wait_until("the next question", |screen| !screen.contains(&gone));
}

#[test]
fn a_newcomer_presses_enter_and_has_a_question() {
    let home = Home::new();
    let mut terminal = open(&home, &[]);
    terminal.wait_for("Python Memory Model");
    terminal.press("\r");
    terminal.wait_for("Q1.1 ");
    terminal.press("\x03");
    assert_eq!(terminal.ends().exit_code(), 130);
}

#[test]
fn what_the_screen_acknowledged_is_there_after_a_kill() {
    let home = Home::with_chapter(10);
    let mut acknowledged = 0;
    for sitting in 0..3 {
        let mut terminal = open(&home, &["study"]);
        for _ in 0..=sitting {
            acknowledged += 1;
            answer(&mut terminal, acknowledged);
        }
        terminal.kill();
        assert_eq!(events(&home), acknowledged as i64);
    }
}

#[test]
fn two_keys_a_question_and_a_summary_at_the_end() {
    let home = Home::with_chapter(2);
    let mut terminal = open(&home, &[]);
    terminal.wait_for("1 Things");
    terminal.press("\r");
    answer(&mut terminal, 1);
    answer(&mut terminal, 2);
    terminal.wait_for("at first sight");
    thread::sleep(BREATH);
    terminal.press("\r");
    terminal.wait_for("1 Things");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(events(&home), 2);
}

#[test]
fn who_leaves_after_answering_has_answered() {
    for (keys, code) in [("\x03", 130), ("qq", 0)] {
        let home = Home::with_chapter(3);
        let mut terminal = open(&home, &["study"]);
        terminal.wait_for("Q1.1 ");
        thread::sleep(BREATH);
        terminal.press(" ");
        terminal.wait_for("Again");
        thread::sleep(BREATH);
        for key in keys.chars() {
            terminal.press(&key.to_string());
            thread::sleep(BREATH);
        }
        assert_eq!(terminal.ends().exit_code(), code);
        assert_eq!(events(&home), 1, "{keys:?}");
    }
}

#[test]
fn undo_takes_back_the_answer_on_the_screen_before_anything_older() {
    let home = Home::with_chapter(3);
    let mut terminal = open(&home, &["study"]);
    answer(&mut terminal, 1);
    terminal.wait_for("Q1.2 ");
    thread::sleep(BREATH);
    terminal.press(" ");
    terminal.wait_for("Again");
    thread::sleep(BREATH);
    terminal.press("u");
    terminal.wait_for("The answer is taken back");
    terminal.wait_until("the question", |screen| screen.contains("Q1.2 ") && !screen.contains("Again"));
    terminal.press("\x03");
    terminal.ends();
    assert_eq!(events(&home), 1);
}

#[test]
fn undo_goes_back_after_leaving_and_coming_back() {
    let home = Home::with_chapter(3);
    let mut terminal = open(&home, &["study"]);
    answer(&mut terminal, 1);
    answer(&mut terminal, 2);
    terminal.kill();
    let mut terminal = open(&home, &["study"]);
    terminal.wait_for("Q1.3 ");
    thread::sleep(BREATH);
    terminal.press("u");
    terminal.wait_for("Q1.2 ");
    thread::sleep(BREATH);
    terminal.press("u");
    terminal.wait_for("Q1.1 ");
    terminal.press("\x03");
    terminal.ends();
    assert!(home.json(&["due", "--json"], "2026-11-23T09:00:00+01:00")["due"] == 0);
}

#[test]
fn the_terminal_is_left_as_it_was() {
    for keys in ["\x03", "q"] {
        let home = Home::with_chapter(1);
        let mut terminal = open(&home, &[]);
        terminal.wait_for("1 Things");
        assert!(terminal.screen().alternate_screen());
        terminal.press(keys);
        terminal.ends();
        terminal.wait_until_screen("the terminal as it was", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
    }
}

#[test]
fn a_signal_ends_it_with_its_own_exit_code() {
    let home = Home::with_chapter(1);
    let mut terminal = open(&home, &[]);
    terminal.wait_for("1 Things");
    let pid = rustix::process::Pid::from_raw(terminal.process() as i32).expect("a process");
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("sent");
    assert_eq!(terminal.ends().exit_code(), 143);
    terminal.wait_until_screen("the terminal as it was", |screen| !screen.alternate_screen());
}

/// It promises to end within two seconds; a machine that does much else may need a while longer to
/// let it.
const VANISHED: Duration = Duration::from_secs(5);

/// Where a signal is ignored, as under nohup, the end of the terminal itself must be noticed.
#[test]
fn it_ends_when_the_terminal_vanishes_with_and_without_a_signal() {
    for before in ["", "trap '' HUP; "] {
        let home = Home::with_chapter(1);
        let (mut terminal, name) = bare_terminal();
        let stream = || fs::File::options().read(true).write(true).open(&name).expect("a terminal");
        let mut command = Command::new("setsid");
        command.args(["--ctty", "sh", "-c", &format!("{before}exec \"$0\""), env!("CARGO_BIN_EXE_retain")]);
        command.env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
        command.env("RETAIN_DATA_DIR", home.path().join("data"));
        command.env("RETAIN_CONFIG_DIR", home.path().join("config"));
        let child = command.stdin(stream()).stdout(stream()).stderr(stream()).spawn();
        let mut child = child.expect("setsid runs it; it comes with util-linux");
        let (mut seen, mut buffer) = (String::new(), [0; 4096]);
        while !seen.contains("1 Things") {
            let read = terminal.read(&mut buffer).expect("output");
            seen.push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
        drop(terminal);
        let vanished = now();
        while child.try_wait().expect("a process").is_none() {
            assert!(vanished.elapsed() < VANISHED, "it did not end after {before:?}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// The far side of a terminal that nobody else holds open, and the name of the near side.
fn bare_terminal() -> (fs::File, String) {
    use rustix::{pty, termios};
    let flags = pty::OpenptFlags::RDWR | pty::OpenptFlags::NOCTTY;
    let far = pty::openpt(flags).expect("a pseudo-terminal");
    // Inherited by the program, it would keep the terminal alive.
    rustix::io::fcntl_setfd(&far, rustix::io::FdFlags::CLOEXEC).expect("a flag");
    pty::grantpt(&far).and_then(|()| pty::unlockpt(&far)).expect("a near side");
    let name = pty::ptsname(&far, Vec::new()).expect("a name").into_string().expect("UTF-8");
    let size = termios::Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    termios::tcsetwinsize(&far, size).expect("a size");
    (far.into(), name)
}

/// Nobody here answers when a terminal is asked where its cursor is, as on a line that is slow.
#[test]
fn the_screen_is_drawn_anew_without_asking_the_terminal_anything() {
    let home = Home::with_chapter(1);
    let mut terminal = open(&home, &[]);
    terminal.wait_for("1 Things");
    for _ in 0..2 {
        let drawn = String::from_utf8_lossy(&terminal.bytes()).matches("Things").count();
        terminal.press("\x0c");
        terminal.wait_until("the decks once more", |_| {
            String::from_utf8_lossy(&terminal.bytes()).matches("Things").count() > drawn
        });
    }
    assert!(!String::from_utf8_lossy(&terminal.bytes()).contains("\x1b[6n"));
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// In this test's own program, started once more: one that panics while it has the terminal.
#[test]
fn a_panic_is_told_on_a_terminal_that_is_as_it_was() {
    const PANICS: &str = "RETAIN_TEST_PANICS";
    if std::env::var_os(PANICS).is_some() {
        let _terminal = retain::tui::terminal::Terminal::enter(true).expect("a terminal");
        panic!("on purpose");
    }
    let program = std::env::current_exe().expect("this test");
    let arguments = ["terminal::a_panic_is_told_on_a_terminal_that_is_as_it_was", "--exact", "--nocapture"];
    let mut terminal = Terminal::open(&program, &arguments, &[(PANICS, "1".as_ref())], (80, 24));
    assert_ne!(terminal.ends().exit_code(), 0);
    let written = || String::from_utf8_lossy(&terminal.bytes()).into_owned();
    // With a backtrace behind it the report may have left the screen.
    terminal.wait_until("the report", |_| written().contains("on purpose"));
    let written = written();
    let left = written.find("\x1b[?1049l").expect("the other screen is left");
    assert!(written.contains("\x1b[?1049h") && left < written.find("on purpose").expect("a report"));
    let screen = terminal.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

#[test]
fn a_pasted_text_is_no_answer() {
    let home = Home::with_chapter(2);
    let mut terminal = open(&home, &["study"]);
    terminal.wait_for("Q1.1 ");
    let written = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    assert!(written.contains("\x1b[?2004h"), "bracketed paste is not asked for");
    thread::sleep(BREATH);
    terminal.press("\x1b[200~abcd\r3q\x1b[201~");
    terminal.wait_for("it was ignored");
    assert!(!terminal.text().contains("Explanation"), "{}", terminal.text());
    // The question still waits for its answer: an option can be selected.
    terminal.press("j");
    terminal.wait_for("▸");
    terminal.press("\x03");
    terminal.ends();
    assert_eq!(events(&home), 0);
}

#[test]
fn more_keys_than_are_read_at_once_are_all_heard_without_another() {
    let home = Home::with_chapter(2);
    let mut terminal = open(&home, &[]);
    terminal.wait_for("1 Things");
    thread::sleep(BREATH);
    // As many as a terminal holds at once: a key that was held down while the line was slow.
    terminal.press(&format!("{}?", "j".repeat(4000)));
    terminal.wait_for("Select the next line");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn without_colour_attributes_are_never_reset_behind_ones_back() {
    let home = Home::with_chapter(2);
    let mut terminal = open_with(&home, &[], &[("NO_COLOR", "1")]);
    terminal.wait_for("1 Things");
    terminal.press("\r");
    terminal.wait_for("Q1.1 ");
    terminal.press("\x03");
    terminal.ends();
    let written = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    assert!(!written.contains("\x1b[;m"), "a full reset that crossterm writes under NO_COLOR");
    let coloured = ["\x1b[3", "\x1b[4", "\x1b[9"].iter().any(|start| {
        written.match_indices(start).any(|(at, _)| {
            let code: String =
                written[at + 2..].chars().take_while(|c| c.is_ascii_digit() || *c == ';').collect();
            let ends = written[at + 2 + code.len()..].starts_with('m');
            ends && code
                .split(';')
                .any(|part| matches!(part.parse::<u32>(), Ok(30..=38 | 40..=48 | 90..=107)))
        })
    });
    assert!(!coloured, "{written:?}");
}

#[test]
fn a_second_one_is_told_who_has_the_collection() {
    let home = Home::with_chapter(1);
    let mut first = open(&home, &[]);
    first.wait_for("1 Things");
    let second = home.run(&["import", "x.md"]);
    let told = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(1));
    assert!(told.contains(&format!("process {}", first.process())), "{told}");
    assert!(home.run(&["due"]).status.success(), "readers are welcome");
    first.press("\x03");
    first.ends();
}

#[expect(clippy::disallowed_methods, reason = "patience is measured in real time")]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn the_first_screen_of_a_day_comes_before_its_backup_and_leaving_waits_for_it() {
    let home = Home::with_chapter(3);
    let mut terminal = open(&home, &[]);
    terminal.wait_for("Things");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let names: Vec<_> = fs::read_dir(home.path().join("data/backups")).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].file_name(), "2026-11-22-090000-daily.db");
}

#[test]
fn a_backup_that_cannot_be_made_is_told_on_the_screen_and_the_sitting_goes_on() {
    let home = Home::with_chapter(3);
    fs::write(home.path().join("data/backups"), "in the way").expect("written");
    let mut terminal = open(&home, &["study"]);
    terminal.wait_for("today's backup could not be made");
    answer(&mut terminal, 1);
    assert_eq!(events(&home), 1);
    terminal.press("\x03");
    assert_eq!(terminal.ends().exit_code(), 130);
}
