//! How long statistics take: `cargo bench --bench statistics`.
//!
//! Builds a collection of 100,000 cards and 1,000,000 reviews, the answers of a made-up person written straight
//! into the database, and runs the real binary on it, from the start of the process to its end; the screen is
//! that of the program in a terminal, from the key to what is seen. Times are medians; memory is the most that a
//! process held.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "../tests/support/terminal.rs"]
mod terminal;

use std::{
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use oorandom::Rand32;
use retain::{
    app::{Access, App, Setup},
    domain::{grade::Grade, ids::CardId, review_log::Act, scheduler::Schedulers},
    store::Store,
};
use rusqlite::{Connection, params};
use terminal::Terminal;

const CHAPTERS: usize = 2_000;
const QUESTIONS: usize = 50;
const REVIEWS: usize = 1_000_000;
const RUNS: usize = 15;
/// The study day of the last answers: 28 November 2026.
const TODAY: u32 = 20_785;
const NOW: &str = "2026-11-28T18:00:00+00:00";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    fill(data);
    let everything = ["stats", "--json"];
    println!("{:34} {:8.1} ms", "stats --json, first time", timed(data, &everything).as_secs_f64() * 1e3);
    measure(data, "stats --json", &everything);
    let after_answers = || {
        answer_some(data);
        timed(data, &everything)
    };
    let mut times: Vec<Duration> = (0..5).map(|_| after_answers()).collect();
    times.sort_unstable();
    println!("{:34} {:8.1} ms", "stats --json after 100 answers", times[2].as_secs_f64() * 1e3);
    measure(data, "stats --json of one chapter", &["stats", "--json", "--deck", "1000 Figures"]);
    for page in ["lately", "retention", "topics", "confusions", "prediction"] {
        measure(data, &format!("stats --page {page}"), &["stats", "--page", page]);
    }
    measure(data, "streak", &["streak"]);
    measure(data, "due --short", &["due", "--short"]);
    let report = data.join("report.html");
    measure(data, "report FILE.html", &["report", "--force", report.to_str().expect("UTF-8")]);
    screen(data);
}

/// From the key to the screen of statistics without figures, and to its first figures.
fn screen(data: &Path) {
    let variables = ["RETAIN_CONFIG_DIR", "RETAIN_DATA_DIR"].map(|name| (name, data.as_os_str()));
    let variables = [variables[0], variables[1], ("RETAIN_NOW", OsStr::new(NOW))];
    let program = Path::new(env!("CARGO_BIN_EXE_retain"));
    let (mut opened, mut filled) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let mut screen = Terminal::open(program, &[], &variables, (120, 40));
        screen.wait_for("Figures 0");
        let start = Instant::now();
        screen.press("s");
        screen.wait_for("Statistics: ");
        opened.push(start.elapsed());
        screen.wait_for("answers on");
        filled.push(start.elapsed());
        screen.press("\x03");
        screen.ends();
    }
    for (name, mut times) in [("the screen, opened", opened), ("the screen, its first page", filled)] {
        times.sort_unstable();
        println!("{name:34} {:8.1} ms", times[2].as_secs_f64() * 1e3);
    }
}

/// A hundred more answers, as the screen records them.
fn answer_some(data: &Path) {
    let [data_dir, config_dir] = [Some(data.to_owned()), Some(data.to_owned())];
    let setup = Setup { data_dir, config_dir, now: Some(NOW.parse().expect("RFC 3339")), seed: Some(1) };
    let mut app = App::open(&setup, Access::Write).expect("opens");
    for card in (1..=100).map(CardId) {
        let asking = app.ask(card).expect("a question");
        let key = asking.question.keys().to_vec();
        let revealed = app.reveal(asking, key, 4_000);
        app.record(card, Act::Answer(revealed.graded(Grade::Good))).expect("recorded");
    }
}

fn measure(data: &Path, name: &str, arguments: &[&str]) {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| timed(data, arguments)).collect();
    times.sort_unstable();
    println!(
        "{name:34} {:8.1} ms, {:>10}",
        times[RUNS / 2].as_secs_f64() * 1e3,
        peak_memory(data, arguments)
    );
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
    command.arg("--data-dir").arg(data).args(arguments).stdout(Stdio::null());
    command.env("RETAIN_CONFIG_DIR", data).env("RETAIN_NOW", NOW);
    command
}

fn timed(data: &Path, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    assert!(command(data, arguments).status().expect("it runs").success(), "{arguments:?}");
    start.elapsed()
}

/// The most memory that is seen while the process runs.
fn peak_memory(data: &Path, arguments: &[&str]) -> String {
    let mut process = command(data, arguments).spawn().expect("it runs");
    let status = format!("/proc/{}/status", process.id());
    let mut peak = String::new();
    while process.try_wait().expect("it can be waited for").is_none() {
        let status = fs::read_to_string(&status).unwrap_or_default();
        if let Some(line) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
            peak = line.trim().to_owned();
        }
    }
    peak
}

fn fill(data: &Path) {
    let chapters = data.join("chapters");
    fs::create_dir_all(&chapters).expect("a folder");
    for chapter in 0..CHAPTERS {
        let questions: String = (0..QUESTIONS).map(|nth| question(chapter, nth)).collect();
        let text = format!("# Chapter {chapter}: Figures {chapter}\n\n## Questions\n\n---\n\n{questions}");
        fs::write(chapters.join(format!("{chapter}.md")), text).expect("a file");
    }
    timed(data, &["import", chapters.to_str().expect("UTF-8")]);
    let mut connection = Connection::open(data.join("retain.db")).expect("opens");
    let transaction = connection.transaction().expect("begins");
    transaction
        .execute("INSERT INTO circumstance VALUES (1, 'bench', 'sm2', 3600, 4)", [])
        .expect("inserted");
    let sql = "INSERT INTO log (card, at, day, kind, chosen, correct, covered, took_ms, interval, circumstance, chain)
               VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, 1, 0)";
    let mut insert = transaction.prepare(sql).expect("prepared");
    for (nth, answer) in answers().into_iter().enumerate() {
        let Answer { day, card, grade, chosen, took_ms, interval } = answer;
        // From eight in the morning on, and later with each answer.
        let at = i64::from(day) * 86_400_000 + 28_800_000 + nth as i64 * 40;
        let right = chosen == Some(1);
        insert
            .execute(params![card as i64, at, day, grade, chosen, right, took_ms, interval])
            .expect("inserted");
    }
    drop(insert);
    let end = "UPDATE collection SET log_end = (SELECT max(id) FROM log), log_chain = 0";
    transaction.execute(end, []).expect("marked");
    transaction.commit().expect("committed");
    drop(connection);
    Store::open(data).expect("opens").rebuild(&Schedulers::SM2).expect("rebuilt");
}

/// A question with the second option right, of a topic that it shares with some others.
fn question(chapter: usize, nth: usize) -> String {
    let options: String = ["A", "B", "C", "D"]
        .iter()
        .map(|letter| format!("{letter}) the {letter} of {nth} in some more words than one or two\n"))
        .collect();
    let difficulty = ["Basic", "Intermediate", "Advanced"][nth % 3];
    format!(
        "**Q{chapter}.{nth}: {difficulty} - [Measure {}]**\n\nWhat is {chapter} of {nth}, in words?\n\n{options}\n\
         **Answer: B**\n\n**Explanation:**\nIt is, as the others are of something else.\n\n---\n\n",
        chapter * 10 + nth % 10
    )
}

struct Answer {
    day: u32,
    card: usize,
    grade: &'static str,
    chosen: Option<u16>,
    took_ms: u32,
    interval: u32,
}

/// As many answers to each card, oldest first, the last one of each within some weeks of today.
fn answers() -> Vec<Answer> {
    let mut random = Rand32::new(1);
    let mut answers = Vec::with_capacity(REVIEWS);
    let cards = CHAPTERS * QUESTIONS;
    for card in 1..=cards {
        let (begin, mut day, mut interval) = (answers.len(), 0, 1_u32);
        for _ in 0..REVIEWS / cards {
            day += interval + random.rand_range(0..interval.div_ceil(4));
            let known = random.rand_float() < 0.88;
            let (grade, chosen) = match (known, random.rand_range(0..8)) {
                (true, 0) => ("hard", Some(1)),
                (true, 1) => ("easy", Some(1)),
                (true, _) => ("good", Some(1)),
                (false, 0) => ("again", None),
                (false, wrong) => ("again", Some([0, 2, 3][wrong as usize % 3])),
            };
            interval = if known { (interval * 2).min(60) } else { 1 };
            let took_ms = 2_000 + random.rand_range(0..9_000);
            answers.push(Answer { day, card, grade, chosen, took_ms, interval });
        }
        let shift = TODAY - day - random.rand_range(0..interval.max(30));
        answers[begin..].iter_mut().for_each(|answer| answer.day += shift);
    }
    answers.sort_by_key(|answer| answer.day);
    answers
}
