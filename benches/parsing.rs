//! How fast chapters are read, nothing else: `cargo bench --bench parsing`.
//!
//! First the megabytes a second of one core over made-up chapters that resemble real ones, then how long
//! the worst of the hostile texts takes at the limit of what is read, then the plan of a large re-import.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "../tests/support/hostile.rs"]
mod hostile;

use std::{
    fs,
    hint::black_box,
    time::{Duration, Instant},
};

use retain::{
    domain::{deck::Entry, ids::CardId},
    import::{self, MOST_BYTES, ParsedQuestion, plan::plan},
};

const CHAPTERS: usize = 40;
const QUESTIONS: usize = 50;
const ROUNDS: usize = 31;

fn main() {
    let chapters: Vec<String> = (1..=CHAPTERS).map(chapter).collect();
    let bytes: usize = chapters.iter().map(String::len).sum();
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| timed(|| read_all(&chapters))).collect();
    times.sort_unstable();
    let speed = |time: Duration| bytes as f64 / time.as_secs_f64() / 1e6;
    println!("{CHAPTERS} chapters of {} bytes, {ROUNDS} times", bytes / CHAPTERS);
    println!("{:34} {:8.1} MB/s", "parsing, median", speed(times[ROUNDS / 2]));
    println!("{:34} {:8.1} MB/s", "parsing, best", speed(times[0]));

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

/// A chapter like those that people write: a third of its questions with code, one explanation in ten too.
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
    let code = "\n\n```python\ndef total(values, start=0):\n    for value in values:\n        start += value\n    \
                return start\n\nprint(total([1, 2, 3]))\n```";
    let stem = format!("What does measure {chapter}.{number} of `total(values)` come to when it is run?");
    let stem_code = if seed.is_multiple_of(3) { code } else { "" };
    let options: String = ["A", "B", "C", "D"]
        .iter()
        .zip(0..)
        .map(|(letter, nth)| format!("{letter}) {} of {} units\n", words(seed + nth, 20), seed + nth * 13))
        .collect();
    let key = char::from(b'A' + (seed % 4) as u8);
    let explanation = words(seed, 200 + seed * 37 % 400);
    let explained_code = if seed.is_multiple_of(10) { code } else { "" };
    format!(
        "**Q{chapter}.{number}: {level} - [Measure of `total`, {number}]**\n\n{stem}{stem_code}\n\n{options}\n\
         **Answer: {key}**\n\n**Explanation:**\n{explanation}{explained_code}\n\n---\n\n"
    )
}

/// Made-up prose of at least so many bytes.
fn words(seed: usize, length: usize) -> String {
    const WORDS: [&str; 24] = [
        "the",
        "a",
        "interval",
        "of",
        "memory",
        "is",
        "`start`",
        "recall,",
        "which",
        "lapse",
        "adds",
        "value",
        "to",
        "review.",
        "It",
        "answer",
        "**first**",
        "on",
        "each",
        "(and",
        "then)",
        "keeps",
        "sum;",
        "loop",
    ];
    let mut text = String::new();
    for place in 0.. {
        text.push_str(WORDS[(seed * 7 + place * 5 + place * place) % WORDS.len()]);
        if text.len() >= length {
            break;
        }
        text.push(if place % 14 == 13 { '\n' } else { ' ' });
    }
    text
}

fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.unwrap_or("unknown").trim().to_owned()
}
