//! How long it takes to judge predictions and to fit parameters: `cargo bench --bench prediction`.
//!
//! Two collections are filled with the answers of a made-up person, written straight into the database, and
//! the real binary is run on them, from the start of the process to its end.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use oorandom::Rand32;
use rusqlite::{Connection, params};

const RUNS: usize = 3;
const QUESTIONS: usize = 50;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = folder.path().join("many");
    fill(&many, 20_000, 1_000_000);
    measure(&many, "evaluate", "evaluate, 1,000,000 reviews");
    let fewer = folder.path().join("fewer");
    fill(&fewer, 5_000, 100_000);
    measure(&fewer, "optimize", "optimize, 100,000 reviews");
    measure(&fewer, "evaluate", "evaluate, 100,000 reviews");
}

fn measure(data: &Path, command: &str, name: &str) {
    let timed = |_| {
        let start = Instant::now();
        run(data, &[command]);
        start.elapsed()
    };
    let mut times: Vec<_> = (0..RUNS).map(timed).collect();
    times.sort_unstable();
    println!("{name:30} {:6.2} s", times[RUNS / 2].as_secs_f64());
}

fn run(data: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
    command.arg("--data-dir").arg(data).args(arguments).env("RETAIN_CONFIG_DIR", data).stdout(Stdio::null());
    assert!(command.status().expect("it runs").success(), "{arguments:?}");
}

fn fill(data: &Path, cards: usize, reviews: usize) {
    let chapters = data.join("chapters");
    fs::create_dir_all(&chapters).expect("a folder");
    for chapter in 0..cards / QUESTIONS {
        let questions: String = (0..QUESTIONS).map(|nth| question(chapter, nth)).collect();
        let text = format!("# Chapter {chapter}: Figures {chapter}\n\n## Questions\n\n---\n\n{questions}");
        fs::write(chapters.join(format!("{chapter}.md")), text).expect("a file");
    }
    run(data, &["import", chapters.to_str().expect("UTF-8")]);
    let mut connection = Connection::open(data.join("retain.db")).expect("opens");
    let transaction = connection.transaction().expect("begins");
    transaction.execute("INSERT INTO circumstance VALUES (1, 'bench', 'sm2', 0, 4)", []).expect("inserted");
    let sql =
        "INSERT INTO log (card, at, day, kind, correct, covered, took_ms, interval, circumstance, chain)
               VALUES (?, ?, ?, ?, ?, 0, 3000, 1, 1, 0)";
    let mut insert = transaction.prepare(sql).expect("prepared");
    for (at, (day, card, grade)) in answers(cards, reviews).into_iter().enumerate() {
        insert.execute(params![card as i64, at as i64, day, grade, grade != "again"]).expect("inserted");
    }
    drop(insert);
    transaction.commit().expect("committed");
}

fn question(chapter: usize, nth: usize) -> String {
    let letters = ["A", "B", "C", "D"];
    let options: String = letters.iter().map(|letter| format!("{letter}) {letter} of {nth}\n")).collect();
    format!(
        "**Q{chapter}.{nth}: Basic - [Measures]**\n\nWhat is {chapter} of {nth}?\n\n{options}\n**Answer: B**\n\n\
         **Explanation:**\nIt is.\n\n---\n\n"
    )
}

/// So many answers, as many to each card, oldest first: day, card and grade.
fn answers(cards: usize, reviews: usize) -> Vec<(u32, usize, &'static str)> {
    let mut random = Rand32::new(1);
    let mut answers = Vec::with_capacity(reviews);
    for card in 1..=cards {
        let (mut day, mut gap) = (random.rand_range(0..400), 1);
        for _ in 0..reviews / cards {
            let known = random.rand_float() < 0.88;
            let grade = if known {
                ["hard", "good", "good", "easy"][random.rand_range(0..4) as usize]
            } else {
                "again"
            };
            answers.push((day, card, grade));
            gap = if known { (gap * 2).min(60) } else { 1 };
            day += gap + random.rand_range(0..gap);
        }
    }
    answers.sort_by_key(|(day, ..)| *day);
    answers
}
