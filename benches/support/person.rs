//! A made-up person's answers, written straight into a collection of the real program's: years of them in
//! a second.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use oorandom::Rand32;
use rusqlite::{Connection, params};

const QUESTIONS: usize = 50;

/// Runs the real binary on a collection.
pub fn run(data: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
    command.arg("--data-dir").arg(data).args(arguments).env("RETAIN_CONFIG_DIR", data).stdout(Stdio::null());
    assert!(command.status().expect("it runs").success(), "{arguments:?}");
}

/// Makes a collection with so many cards, and as many answers to each, so many in all.
pub fn fill(data: &Path, cards: usize, reviews: usize) {
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
    let end = "UPDATE collection SET log_end = (SELECT max(id) FROM log), log_chain = 0";
    transaction.execute(end, []).expect("marked");
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
pub fn answers(cards: usize, reviews: usize) -> Vec<(u32, usize, &'static str)> {
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
