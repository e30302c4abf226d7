//! How fast chapters are read, nothing else: `cargo bench --bench parsing`.
//!
//! First the megabytes a second of one core over made-up chapters that resemble real ones, and of all cores
//! together, as `retain check` reads a folder; how much of that it takes to decide about the order of the options,
//! for which every word of every question is read, and how fast the rest is (each question is given room of its own
//! for that, where parsing uses it again, so that the share is a little too great); what share of the speed of a plain
//! Markdown parser on the same bytes one core has, which no machine changes much; then how long the worst of the
//! hostile texts takes at the limit of what is read, then the plan of a large re-import.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "../tests/support/hostile.rs"]
mod hostile;

use std::{
    fs,
    hint::black_box,
    thread,
    time::{Duration, Instant},
};

use oorandom::Rand32;
use pulldown_cmark::Parser;
use retain::{
    domain::{deck::Entry, ids::CardId},
    import::{self, MOST_BYTES, ParsedQuestion, plan::plan, shuffling},
};

const CHAPTERS: usize = 40;
const QUESTIONS: usize = 50;
const ROUNDS: usize = 31;

fn main() {
    let chapters: Vec<String> = (1..=CHAPTERS).map(chapter).collect();
    let bytes: usize = chapters.iter().map(String::len).sum();
    let times = rounds(|| read_all(&chapters));
    let speed = |time: Duration| bytes as f64 / time.as_secs_f64() / 1e6;
    println!("{CHAPTERS} chapters of {} bytes, {ROUNDS} times", bytes / CHAPTERS);
    println!("{:34} {:8.1} MB/s", "parsing, median", speed(times[ROUNDS / 2]));
    println!("{:34} {:8.1} MB/s", "parsing, best", speed(times[0]));
    let asked: Vec<ParsedQuestion> =
        chapters.iter().flat_map(|chapter| import::parse(chapter, "chapter.md").questions).collect();
    let decided = rounds(|| decide_all(&asked));
    println!(
        "{:34} {:8.0} %",
        "of that, order of the options",
        100.0 * decided[0].as_secs_f64() / times[0].as_secs_f64()
    );
    println!("{:34} {:8.1} MB/s", "parsing without that, best", speed(times[0] - decided[0]));
    let together = rounds(|| read_all_together(&chapters));
    println!("{:34} {:8.1} MB/s", "parsing on all cores, median", speed(together[ROUNDS / 2]));
    let plain = rounds(|| chapters.iter().for_each(|chapter| _ = black_box(Parser::new(chapter).count())));
    println!("{:34} {:8.1} MB/s", "pulldown-cmark, best", speed(plain[0]));
    println!("{:34} {:8.2}", "parsing to pulldown-cmark, best", speed(times[0]) / speed(plain[0]));

    let mut slowest = (Duration::ZERO, "");
    for (name, text) in hostile::TEXTS {
        let text = text(MOST_BYTES - 4096);
        let time = timed(|| drop(black_box(import::parse(&text, "hostile.md"))));
        slowest = slowest.max((time, name));
    }
    let (time, name) = slowest;
    println!("{:34} {:8.1} ms: {name}", "slowest hostile text", time.as_secs_f64() * 1e3);
    println!("{:34} {:>8}", "peak memory", peak_memory());
    println!("{:34} {:8.1} ms", "10,000 questions, all edited", replanned().as_secs_f64() * 1e3);
}

/// How long something takes, the shortest time first.
fn rounds(work: impl Fn()) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| timed(&work)).collect();
    times.sort_unstable();
    times
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn read_all(chapters: &[String]) {
    for chapter in chapters {
        let parsed = black_box(import::parse(chapter, "chapter.md"));
        assert_eq!(parsed.questions.len(), QUESTIONS);
    }
}

fn decide_all(asked: &[ParsedQuestion]) {
    for ParsedQuestion { question, .. } in asked {
        let options: Vec<&str> = question.options().iter().map(|option| option.text.as_str()).collect();
        black_box(shuffling::decide(&question.stem, &options, &question.explanation));
    }
}

fn read_all_together(chapters: &[String]) {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for share in chapters.chunks(chapters.len().div_ceil(cores)) {
            scope.spawn(move || read_all(share));
        }
    });
}

/// The plan of a chapter in which every question was reworded.
fn replanned() -> Duration {
    let all = |word: &str| -> Vec<ParsedQuestion> {
        let chapters = (1..=200).map(|number| chapter(number).replace("measure", word));
        chapters.flat_map(|chapter| import::parse(&chapter, "chapter.md").questions).collect()
    };
    let entry = |(number, parsed): (u32, ParsedQuestion)| {
        let ParsedQuestion { question, line, .. } = parsed;
        Entry { card: CardId(number.into()), question, line, place: number, retired: false }
    };
    let deck: Vec<Entry> = (0..).zip(all("measure")).map(entry).collect();
    let after = all("quantity");
    timed(|| assert_eq!(plan(&deck, after, &[], false).edited.len(), 10_000))
}

/// A chapter like those that people write: as long a stem, options and explanation as on the average of 265
/// real questions, and as much code, as many signs and letters of options, as many characters beyond ASCII.
fn chapter(chapter: usize) -> String {
    let questions: String = (1..=QUESTIONS).map(|number| question(chapter, number)).collect();
    format!(
        "# Chapter {chapter}: Made Up\n\n> **Topics Covered**: speed, *args and `sums, of` all kinds\n\n---\n\n\
         ## Questions\n\n---\n\n{questions}## Chapter Summary\n\n**Total MCQs: {QUESTIONS}**\n"
    )
}

fn question(chapter: usize, number: usize) -> String {
    let seed = chapter * 31 + number * 17;
    let level = ["Basic", "Intermediate", "Advanced", "Expert"][seed % 4];
    let code = "\n\n```python\ndef total(values):\n    return sum(v for v in values)\n\nprint(total([1, 2, 3]))\n```";
    let stem = format!("What does measure {chapter}.{number} of `total(values)` give?");
    let stem_code = if number % 4 == 1 { code } else { "" };
    let options: String = ["A", "B", "C", "D"]
        .iter()
        .zip(0..)
        .map(|(letter, nth)| format!("{letter}) {} of {}\n", words(seed + nth, 13), seed + nth * 13))
        .collect();
    let key = char::from(b'A' + (seed % 4) as u8);
    let other = char::from(b'A' + (seed % 3) as u8);
    let cited =
        if number.is_multiple_of(2) { format!(" Option {other} forgets `start`.") } else { String::new() };
    let explanation = words(seed, 110 + seed * 37 % 220);
    let explained_code = if number == QUESTIONS { code } else { "" };
    format!(
        "**Q{chapter}.{number}: {level} - [Measure of `total`, {number}]**\n\n{stem}{stem_code}\n\n{options}\n\
         **Answer: {key}**\n\n**Explanation:**\n{explanation}.{cited}{explained_code}\n\n---\n\n"
    )
}

/// Made-up prose of at least so many bytes.
fn words(seed: usize, length: usize) -> String {
    const WORDS: [&str; 24] = [
        "The",
        "sum(x)",
        "interval",
        "=",
        "Memory",
        "becomes",
        "`start`",
        "recalling,",
        "which",
        "O(n²)",
        "addition",
        "quarter",
        "to",
        "reviews.",
        "It",
        "A value:",
        "**first**",
        "on",
        "argument",
        "(and",
        "functions)",
        "Keeps",
        "Sums;",
        "n × m",
    ];
    // In an order that a processor cannot learn, as in real prose.
    let mut order = Rand32::new(seed as u64);
    let mut text = String::new();
    for place in 0.. {
        text.push_str(WORDS[order.rand_range(0..WORDS.len() as u32) as usize]);
        if text.len() >= length {
            break;
        }
        text.push(if place % 13 == 12 { '\n' } else { ' ' });
    }
    text
}

fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.unwrap_or("unknown").trim().to_owned()
}
