//! The figures that the README states: `cargo bench --bench figures`.
//!
//! Builds a collection of 100,000 questions through the program's own import, then measures the real
//! binary: how fast it starts, answers and reports, what it keeps in memory and on disk, and whether it
//! rests while nothing happens. Figures are medians; the machine's own sync is measured beside them.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "../tests/support/terminal.rs"]
mod terminal;

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use retain::{
    app::{Access, App, Setup},
    domain::{deck::Scope, grade::Grade, review_log::Act},
};
use terminal::Terminal;

const CHAPTERS: usize = 2_000;
const QUESTIONS: usize = 50;
/// Bytes of text in a question: stem, options and explanation together.
const TEXT: usize = 315;
const ANSWERS: usize = 20_000;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let chapters = folder.path().join("chapters");
    let data = folder.path().join("data");
    write_chapters(&chapters);
    println!("{} questions in {CHAPTERS} chapters\n", CHAPTERS * QUESTIONS);

    let import = || timed(|| run(&data, &["import", chapters.to_str().expect("UTF-8")]));
    figure("import, first time", import());
    figure("import again, unchanged", import());
    let imported = fs::metadata(data.join("retain.db")).expect("a database").len();
    println!("{:34} {:8.0} bytes", "a question on disk", imported as f64 / (CHAPTERS * QUESTIONS) as f64);

    figure("`retain due`", median(40, || timed(|| run(&data, &["due"]))));
    figure("first frame of `retain`", median(20, || first_frame(&data)));
    answers(&data, imported);
    figure("simulate, 90 days, 20 runs", median(5, || timed(|| run(&data, &["simulate"]))));
    interface(&data);
    figure("a sync of one page, this disk", median(50, || sync_of_a_page(folder.path())));
}

fn figure(name: &str, time: Duration) {
    println!("{name:34} {:8.2} ms", time.as_secs_f64() * 1e3);
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: usize, mut measure: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..times).map(|_| measure()).collect();
    all.sort_unstable();
    all[times / 2]
}

fn run(data: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
    command.arg("--data-dir").arg(data).args(arguments).env("RETAIN_CONFIG_DIR", data).stdout(Stdio::null());
    assert!(command.status().expect("it runs").success(), "{arguments:?}");
}

fn write_chapters(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    for chapter in 0..CHAPTERS {
        let mut text = format!("# Chapter {chapter}: Figures {chapter}\n\n## Questions\n\n---\n\n");
        for number in 1..=QUESTIONS {
            text.push_str(&question(chapter, number));
        }
        fs::write(folder.join(format!("chapter-{chapter:04}.md")), text).expect("a file");
    }
}

/// A question whose stem, options and explanation come to just so many bytes.
fn question(chapter: usize, number: usize) -> String {
    let code = if number == 1 { "\n\n```python\nprint(sum(range(7)))\n```" } else { "" };
    let stem = format!("What does measure {chapter}.{number} come to?{code}");
    let options: Vec<String> = (1..=4).map(|nth| format!("about {} units", number * 7 + nth * 13)).collect();
    let rest = TEXT - stem.len() - options.iter().map(String::len).sum::<usize>();
    let words = ["interval", "ease", "memory", "recall", "lapse", "deck", "review", "answer"];
    let mut explanation = String::new();
    for place in 0.. {
        explanation.push_str(words[(chapter * 31 + number * 7 + place * 5 + place * place) % words.len()]);
        if explanation.len() >= rest {
            break;
        }
        explanation.push(' ');
    }
    explanation.truncate(rest);
    let key = char::from(b'A' + (number % 4) as u8);
    let letters = ["A", "B", "C", "D"].iter().zip(&options);
    let options: String = letters.map(|(letter, option)| format!("{letter}) {option}\n")).collect();
    format!(
        "**Q{chapter}.{number}: Basic - [Measures]**\n\n{stem}\n\n{options}\n**Answer: {key}**\n\n\
         **Explanation:**\n{explanation}\n\n---\n\n"
    )
}

/// Answers through the program itself: from the grade to the next question, ready to be shown.
fn answers(data: &Path, imported: u64) {
    let now = "2026-11-22T12:00:00+01:00".parse().expect("RFC 3339");
    let setup = Setup {
        data_dir: Some(data.to_owned()),
        config_dir: Some(data.to_owned()),
        now: Some(now),
        seed: Some(1),
    };
    let mut app = App::open(&setup, Access::Write).expect("opens");
    let cards = app.overview().expect("readable").decks.len().min(200);
    let scopes: Vec<Scope> =
        app.overview().expect("readable").decks.iter().take(cards).map(|row| Scope::Deck(row.id)).collect();
    let mut asked = Vec::new();
    for scope in &scopes {
        let mut session = app.begin(scope, 0).expect("a session");
        while let Some(card) = session.next_card() {
            asked.push(card);
        }
    }
    let mut times = Vec::with_capacity(ANSWERS);
    for nth in 0..ANSWERS {
        let card = asked[(nth * 7) % asked.len()];
        let question = app.ask(card).expect("a question");
        let key = question.question.keys().to_vec();
        let revealed = app.reveal(question, key, 4_000 + nth as u32 % 9_000);
        let start = Instant::now();
        app.record(card, Act::Answer(revealed.graded(Grade::Good))).expect("recorded");
        app.ask(asked[(nth * 7 + 7) % asked.len()]).expect("the next question");
        times.push(start.elapsed());
    }
    times.sort_unstable();
    figure("grade to next question, median", times[ANSWERS / 2]);
    figure("grade to next question, 99 %", times[ANSWERS * 99 / 100]);
    drop(app);
    let now = fs::metadata(data.join("retain.db")).expect("a database").len();
    println!("{:34} {:8.0} bytes", "a review on disk", (now - imported) as f64 / ANSWERS as f64);
}

fn open_interface(data: &Path, arguments: &[&str]) -> Terminal {
    let variables = [("RETAIN_CONFIG_DIR", data.as_os_str()), ("RETAIN_DATA_DIR", data.as_os_str())];
    Terminal::open(Path::new(env!("CARGO_BIN_EXE_retain")), arguments, &variables, (120, 40))
}

fn close(mut screen: Terminal) {
    screen.press("\x03");
    screen.ends();
}

fn process_file(screen: &Terminal, name: &str) -> String {
    fs::read_to_string(format!("/proc/{}/{name}", screen.process())).expect("the process lives")
}

fn first_frame(data: &Path) -> Duration {
    let start = Instant::now();
    let screen = open_interface(data, &[]);
    screen.wait_for("Figures 0");
    let time = start.elapsed();
    close(screen);
    time
}

fn interface(data: &Path) {
    let screen = open_interface(data, &[]);
    screen.wait_for("Figures 0");
    thread::sleep(Duration::from_millis(300));
    let drawn = screen.bytes().len();
    let cpu = cpu_ticks(&screen);
    thread::sleep(Duration::from_secs(5));
    println!("{:34} {:8} ticks of 10 ms", "CPU in 5 s of rest", cpu_ticks(&screen) - cpu);
    println!("{:34} {:8} bytes", "drawn in 5 s of rest", screen.bytes().len() - drawn);
    println!("{:34} {:>8}", "peak memory, the decks", peak_memory(&screen));
    close(screen);
    let screen = open_interface(data, &["study", "1999 Figures"]);
    screen.wait_for("range");
    thread::sleep(Duration::from_millis(500));
    println!("{:34} {:>8}", "peak memory, highlighted Python", peak_memory(&screen));
    close(screen);
}

fn peak_memory(screen: &Terminal) -> String {
    let status = process_file(screen, "status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.expect("a line of that name").trim().to_owned()
}

fn cpu_ticks(screen: &Terminal) -> u64 {
    let stat = process_file(screen, "stat");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |place: usize| fields[place].parse::<u64>().expect("a number");
    ticks(11) + ticks(12)
}

fn sync_of_a_page(folder: &Path) -> Duration {
    let mut file = fs::File::create(folder.join("page")).expect("a file");
    timed(|| {
        file.write_all(&[7; 4096]).expect("written");
        file.sync_all().expect("synced");
    })
}
