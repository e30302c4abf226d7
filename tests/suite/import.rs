//! Chapters as people write them, good ones and bad ones, and what is made of them.

use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

use proptest::prelude::*;
use retain::{
    app::SHIPPED,
    domain::question::{Question, Shuffling},
    import::{Kind, MOST_BYTES, Parsed, Problem, Severity, parse},
};

#[test]
fn good_chapters_are_read_without_a_problem() {
    for (name, text) in chapters("valid") {
        let parsed = parse(&text, &name);
        assert_eq!(parsed.problems, [], "{name}");
        snapshot("valid", &name, &report(&parsed));
    }
}

#[test]
fn bad_chapters_have_the_problem_they_are_named_after() {
    for (name, text) in chapters("invalid") {
        let parsed = parse(&text, &name);
        let words: Vec<&str> = parsed.problems.iter().map(|problem| problem.kind.word()).collect();
        let expected = name.split('.').next().unwrap_or_default().split("--").next().unwrap_or_default();
        assert!(words.contains(&expected), "{name} has {words:?}");
        check_account(&text, &parsed);
        snapshot("invalid", &name, &report(&parsed));
    }
}

#[test]
fn every_dialect_reads_alike_with_other_line_ends_and_a_byte_order_mark() {
    for (name, text) in chapters("valid").into_iter().chain(chapters("invalid")) {
        let parsed = parse(&text, &name);
        for line_end in ["\r\n", "\r"] {
            let other = format!("\u{feff}{}", text.replace('\n', line_end));
            assert_eq!(parse(&other, &name), parsed, "{name}");
        }
    }
}

#[test]
fn the_example_for_authors_is_a_good_chapter() {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "decks", "FORMAT.md"].iter().collect();
    let guide = fs::read_to_string(path).expect("the guide is there");
    let example = guide.split("````").nth(1).and_then(|block| block.strip_prefix("markdown\n"));
    let parsed = parse(example.expect("the guide holds an example"), "example.md");
    assert_eq!((parsed.found, parsed.questions.len(), parsed.problems), (2, 2, Vec::new()));
    assert_eq!(parsed.chapter.title, "5 Exit Codes");
}

#[test]
fn the_page_for_authors_shows_heads_and_asks_nothing() {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "decks", "FORMAT.md"].iter().collect();
    assert_eq!(parse(&fs::read_to_string(path).expect("a page"), "FORMAT.md").found, 0);
}

#[test]
fn every_chapter_that_ships_is_read_without_a_problem_and_shuffles_freely() {
    for shipped in SHIPPED {
        let parsed = parse(shipped.text, shipped.file_name);
        assert_eq!((parsed.found, parsed.questions.len()), (24, 24), "{}", shipped.file_name);
        assert!(parsed.problems.is_empty(), "{}: {:?}", shipped.file_name, parsed.problems);
        let locked = parsed.questions.iter().filter(|found| found.question.shuffling != Shuffling::Free);
        let locked: Vec<String> = locked.map(|found| found.question.name()).collect();
        assert!(locked.is_empty(), "{}: {locked:?}", shipped.file_name);
    }
}

#[test]
fn a_text_above_the_limit_is_refused_and_not_looked_at() {
    let parsed = parse(&"x".repeat(MOST_BYTES + 1), "big.md");
    let kinds: Vec<Kind> = parsed.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!((kinds, parsed.found), (vec![Kind::TooLarge], 0));
    assert_eq!(parsed.chapter.title, "big");
}

#[test]
fn huge_lines_options_and_numbers_are_only_large() {
    let head = "**Q99999999999999999999.1: Basic - [Big]**\n\nWhich?\n\n";
    let options: String = (0..100_000).map(|option| format!("A) option {option}\n")).collect();
    let brackets = format!("**Q1: {}**", "]**[".repeat(60_000));
    let backticks: String = (0..1500).map(|length| "`".repeat(length) + " ").collect();
    let texts = [
        format!("{head}{options}\n**Answer: A**\n"),
        format!("{head}A) {}\nB) two\n\n**Answer: A**\n", "x ".repeat(300_000)),
        format!("{head}A) one\nB) two\n\n**Answer: {}**\n", "A, ".repeat(150_000)),
        format!("{head}A) one\nB) two\n\n**Answer: A**\n\n**Explanation:**\n{backticks}\n"),
        brackets,
        "```\n**Q1: Basic - [x]**\n".repeat(20_000),
        "<!--\n".repeat(150_000),
        "- > ".repeat(150_000) + "```",
        "**Distribution:** 1 Basic, ".to_owned() + &"2 Basic, ".repeat(300_000),
    ];
    for text in texts {
        check_account(&text, &parse(&text, "huge.md"));
    }
}

/// Every question found is imported or held back, each for a reason, and every problem has a place.
pub fn check_account(text: &str, parsed: &Parsed) {
    assert_eq!(parsed.found, parsed.questions.len() + parsed.held_back.len());
    let blamed: BTreeSet<&str> = held_back_by(&parsed.problems);
    let lines: BTreeSet<u32> =
        parsed.problems.iter().filter(holds_back).map(|problem| problem.line).collect();
    for held_back in &parsed.held_back {
        let said = match held_back.number.as_deref() {
            Some(number) => blamed.contains(number),
            None => lines.range(held_back.line..).next().is_some(),
        };
        assert!(said, "{held_back:?} is held back without a word");
    }
    if parsed.held_back.is_empty() {
        assert!(blamed.is_empty(), "{blamed:?} are said to be held back");
    }
    let normal = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = normal.trim_start_matches('\u{feff}').split('\n').collect();
    for problem in &parsed.problems {
        let line = lines.get(problem.line as usize - 1).unwrap_or_else(|| panic!("no line for {problem:?}"));
        assert!(problem.column as usize <= line.chars().count() + 1, "no column for {problem:?}");
    }
}

fn held_back_by(problems: &[Problem]) -> BTreeSet<&str> {
    problems.iter().filter(holds_back).filter_map(|problem| problem.question.as_deref()).collect()
}

fn holds_back(problem: &&Problem) -> bool {
    problem.severity == Severity::HeldBack
}

fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "chapters", name].iter().collect()
}

fn chapters(name: &str) -> Vec<(String, String)> {
    let files =
        fs::read_dir(folder(name)).expect("the chapters are there").flatten().map(|entry| entry.path());
    let written = files.filter(|path| !path.to_string_lossy().contains(".snap"));
    let mut chapters: Vec<(String, String)> = written
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a chapter is text"))
        })
        .collect();
    chapters.sort();
    assert!(!chapters.is_empty(), "no chapters in {name}");
    chapters
}

fn snapshot(folder_name: &str, name: &str, report: &str) {
    insta::with_settings!({
        snapshot_path => folder(folder_name),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name.trim_end_matches(".md"), report);
    });
}

fn report(parsed: &Parsed) -> String {
    let Parsed { chapter, questions, held_back, problems, found, .. } = parsed;
    let mut report = format!("{} [{}]\n", chapter.title, chapter.topics.join(" | "));
    let counts = format!("{found} found = {} imported + {} held back", questions.len(), held_back.len());
    report.push_str(&counts);
    report.push('\n');
    for problem in problems {
        let (severity, word) = (problem.severity.word(), problem.kind.word());
        let Problem { line, column, message, .. } = problem;
        write!(report, "\n{line}:{column} {severity} {word}: {message}").expect("text can be written");
        if let (Some(expected), Some(found)) = (&problem.expected, &problem.found) {
            write!(report, " (expected {expected}, found {found})").expect("text can be written");
        }
    }
    for parsed in questions {
        let why = parsed.reason.as_ref().map(|reason| format!(" because of {:?}", reason.words));
        let why = why.unwrap_or_default();
        write!(report, "\n\n== line {}: {}{why}", parsed.line, told(&parsed.question))
            .expect("text can be written");
    }
    report
}

fn told(question: &Question) -> String {
    let tags = [&question.difficulty, &question.category, &Some(question.topic.clone())];
    let tags: Vec<&str> = tags.iter().filter_map(|tag| tag.as_deref()).collect();
    let shuffling = match question.shuffling {
        Shuffling::Free => "free".to_owned(),
        Shuffling::PinnedLast(last) => format!("last {last} pinned"),
        Shuffling::Locked => "locked".to_owned(),
    };
    let options = question.options().iter().map(|option| {
        let mark = if question.keys().contains(&option.id) { "right" } else { "wrong" };
        format!("\n-- {mark}\n{}", option.text)
    });
    let (options, stem, explanation) = (options.collect::<String>(), &question.stem, &question.explanation);
    format!(
        "{} {}\n{stem}{options}\n-- explanation\n{explanation}\n-- {shuffling}",
        question.name(),
        tags.join(" · ")
    )
}

/// Lines that chapters are made of, and some that they should not be made of.
const LINES: [&str; 41] = [
    "",
    "",
    "",
    "text",
    "    indented",
    "**Q1.1: Basic - [Topic]**",
    "**Q1.2: Odd - [Theory] - [Topic]**",
    "**Q1.3: [Topic]**",
    "**Q1.4:** What is it?",
    "### Q5: Basic - [x]",
    "**Q1.1",
    "Which is it?",
    "A) one",
    "B) two",
    "C) two",
    "D) None of the above",
    "A. one",
    "B. two",
    "(A) one",
    "(B) two",
    "- a) one",
    "- b) two",
    "A)",
    "B) ```sh",
    "**Answer: B**",
    "Answer: A, C",
    "**Answer:**",
    "**Answer: F**",
    "**Explanation:**",
    "Explanation: so. Answer: C.",
    "**Revised Q1.1:**",
    "---",
    "```",
    "```python",
    "````",
    "~~~",
    "<!--",
    "-->",
    "# Chapter 1: One",
    "| Basic | 3 |",
    "| Difficulty | Count |",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_accounted_for(text in "\\PC*|[\\s\\S]{0,300}", name in "\\PC{0,20}") {
        check_account(&text, &parse(&text, &name));
    }

    #[test]
    fn any_pile_of_chapter_lines_is_accounted_for(lines in prop::collection::vec(0..LINES.len(), 0..80)) {
        let text: Vec<&str> = lines.into_iter().map(|line| LINES[line]).collect();
        let text = text.join("\n");
        check_account(&text, &parse(&text, "pile.md"));
    }

    #[test]
    fn any_mixture_of_marks_is_accounted_for(text in "[QA-D0-9 \\[\\]()*_`~<>!.,:#|\\-\n]{0,400}") {
        check_account(&text, &parse(&text, "marks.md"));
    }
}
