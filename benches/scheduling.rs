//! How long scheduling takes: `cargo bench --bench scheduling`.
//!
//! An answer is timed inside the library, over many answers of a made-up person. A replay works on a database
//! of a million events as it stands on disk, from its opening to the committed cache. `retain replay` is the
//! real binary, from the start of its process to its end.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "support/person.rs"]
mod person;

use std::{
    fmt::Write,
    fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use person::{answers, fill};
use retain::{
    domain::{
        grade::Grade,
        ids::CardId,
        scheduler::{
            Choice, Name, Schedule, Scheduler, Schedulers,
            fsrs::{Fsrs, Parameters, Retention},
            sm2::Sm2,
        },
        time::StudyDay,
    },
    store::Store,
};
use rusqlite::Connection;

const RUNS: usize = 5;
const CARDS: usize = 20_000;
const EVENTS: usize = 1_000_000;
const LINES: usize = 2_000_000;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let history = answers(CARDS, EVENTS);
    for (name, scheduler) in [
        ("SM-2", Scheduler::Sm2(Sm2::TEXT)),
        ("SM-2, fuzzed", Scheduler::Sm2(Sm2 { fuzz: true, ..Sm2::TEXT })),
        ("FSRS-6, fuzzed", Scheduler::Fsrs(Fsrs::new(Parameters::default(), Retention::default(), true))),
    ] {
        let all = median(|| timed(|| schedule(&scheduler, &history)));
        println!("{:42} {:7.0} ns", format!("an answer, {name}"), all.as_secs_f64() * 1e9 / EVENTS as f64);
        let all = median(|| timed(|| preview(&scheduler, &history)));
        println!(
            "{:42} {:7.0} ns",
            format!("its four grades, {name}"),
            all.as_secs_f64() * 1e9 / EVENTS as f64
        );
    }
    replay_of_the_log(folder.path());
    replay_of_lines(folder.path());
}

fn median(measure: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = std::iter::repeat_with(measure).take(RUNS).collect();
    all.sort_unstable();
    all[RUNS / 2]
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn figure(name: &str, time: Duration) {
    println!("{name:42} {:7.2} s", time.as_secs_f64());
}

fn schedule(scheduler: &Scheduler, history: &[(u32, usize, &str)]) {
    let mut cards: Vec<Option<Schedule>> = vec![None; CARDS + 1];
    for (day, card, grade) in history {
        let before = cards[*card].as_ref();
        let seed = CardId(*card as i64);
        cards[*card] = Some(scheduler.promising_after(seed, before, grade_of(grade), StudyDay(*day as i32)));
    }
    black_box(cards);
}

fn preview(scheduler: &Scheduler, history: &[(u32, usize, &str)]) {
    let mut cards: Vec<Option<Schedule>> = vec![None; CARDS + 1];
    for (day, card, grade) in history {
        let (seed, today, grade) = (CardId(*card as i64), StudyDay(*day as i32), grade_of(grade));
        let before = cards[*card].as_ref();
        black_box(scheduler.preview(seed, before, today).promise(grade));
        cards[*card] = Some(scheduler.promising_after(seed, before, grade, today));
    }
    black_box(cards);
}

fn grade_of(word: &str) -> Grade {
    Grade::ALL.into_iter().find(|grade| grade.word() == word).expect("a grade")
}

/// What a person waits for who switches to another scheduler, and whoever has the cache made again.
fn replay_of_the_log(folder: &Path) {
    let data = folder.join("data");
    fill(&data, CARDS, EVENTS);
    let all_by = |name| Schedulers::new(Choice { name, ..Choice::SM2 }, Vec::new(), Vec::new());
    let (sm2, fsrs) = (all_by(Name::Sm2), all_by(Name::Fsrs));
    let open = || Store::open(&data).expect("opens");
    let rebuilt = median(|| {
        forget_schedules(&data);
        timed(|| assert_eq!(open().rebuild(&sm2).expect("rebuilt").len(), CARDS))
    });
    figure("replay of 1,000,000 events, all cards new", rebuilt);
    let unchanged = median(|| timed(|| assert_eq!(open().rebuild(&sm2).expect("rebuilt"), [])));
    figure("replay of 1,000,000 events, none changed", unchanged);
    let switched = |to: &Schedulers| timed(|| assert_eq!(open().adopt(to).expect("adopted").len(), CARDS));
    let to_fsrs = median(|| {
        let time = switched(&fsrs);
        switched(&sm2);
        time
    });
    figure("from SM-2 to FSRS-6, 1,000,000 events", to_fsrs);
}

/// Makes the cache as empty as it was before the first answer.
fn forget_schedules(data: &Path) {
    let connection = Connection::open(data.join("retain.db")).expect("opens");
    let sql = "UPDATE card SET repetitions = NULL, ease = NULL, interval = NULL, due = NULL, answered = NULL,
                               introduced = NULL, lapses = NULL, drills = NULL";
    connection.execute(sql, []).expect("forgotten");
}

fn replay_of_lines(folder: &Path) {
    let mut lines = String::new();
    for (day, card, grade) in answers(CARDS * 2, LINES) {
        writeln!(lines, "{{\"card\": \"card {card}\", \"day\": {day}, \"grade\": \"{grade}\"}}")
            .expect("written");
    }
    let file = folder.join("answers.jsonl");
    fs::write(&file, lines).expect("a file");
    for scheduler in ["sm2", "sm2-program", "fsrs"] {
        let replay = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
            command.args(["replay", "--scheduler", scheduler]).arg(&file).stdout(Stdio::null());
            assert!(command.status().expect("it runs").success());
        };
        figure(&format!("retain replay, 2,000,000 lines, {scheduler}"), median(|| timed(replay)));
    }
}
