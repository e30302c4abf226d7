//! Texts that are meant to hurt: each is read to its end and accounted for, whatever is made of it. How long
//! that takes at the limit is measured by `cargo bench --bench parsing`, which a test must not.

#[path = "../support/hostile.rs"]
mod texts;

use retain::{
    domain::{deck::Entry, ids::CardId},
    import::{
        self, Kind, MOST_BYTES, MOST_PROBLEMS, MOST_QUESTIONS, Notation, Parsed, ParsedQuestion, Severity,
        plan::plan,
    },
};
use texts::TEXTS;

/// Large enough that what grows with the square of a text would be noticed by whoever waits for the tests.
const SIZE: usize = 64 << 10;

#[test]
fn every_hostile_text_is_read_to_its_end_in_every_notation() {
    for (name, text) in TEXTS {
        let text = text(SIZE);
        assert!(text.len() >= SIZE / 2 && text.len() < MOST_BYTES, "{name} has {} bytes", text.len());
        for notation in Notation::ALL {
            accounts(name, &import::parse_as(notation, &text, "hostile.md"));
        }
    }
}

fn accounts(name: &str, parsed: &Parsed) {
    assert_eq!(parsed.found, parsed.questions.len() + parsed.held_back.len(), "{name}");
    let explained = parsed.found > 0 || !parsed.problems.is_empty();
    assert!(explained, "{name} is neither questions nor a problem");
}

#[test]
fn what_is_hostile_is_named_for_what_it_is() {
    let table = [
        ("backtick fences without end", Kind::UnclosedFence),
        ("tilde fences without end", Kind::UnclosedFence),
        ("fences without end in options", Kind::UnclosedFence),
        ("options that are all A", Kind::LettersRestart),
        ("options from A to Z and on", Kind::LettersRestart),
        ("comments for the program", Kind::UnknownDirective),
        ("nothing but line ends", Kind::NoQuestions),
        ("heads with one number", Kind::DuplicateNumber),
        ("one question again and again", Kind::DuplicateNumber),
        ("answers and explanations", Kind::TwoExplanations),
    ];
    for (name, kind) in table {
        let (_, text) = TEXTS.iter().find(|(known, _)| *known == name).expect("a text of that name");
        let parsed = import::parse(&text(SIZE), "hostile.md");
        assert!(parsed.problems.iter().any(|problem| problem.kind == kind), "{name} is no {}", kind.word());
    }
}

#[test]
fn a_text_of_more_questions_than_anybody_writes_is_refused() {
    let parsed = import::parse(&"**Q1**\n".repeat(MOST_QUESTIONS + 1), "hostile.md");
    let kinds: Vec<Kind> = parsed.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!((kinds, parsed.found), (vec![Kind::TooLarge], 0));
    assert_eq!(import::parse(&"**Q1**\n".repeat(1_000), "hostile.md").found, 1_000);
}

#[test]
fn in_every_notation_the_reading_ends_where_there_are_too_many_questions() {
    let table = [
        (Notation::Json, "[", "0,", "0]"),
        (Notation::Json, "{\"questions\": [", "null,", "0]}"),
        (Notation::Json, "", "{}\n", "{\n"),
        (Notation::Yaml, "", "-\n", "- [\n"),
        (Notation::Yaml, "questions:\n", "- {}\n", "- ]\n"),
        (Notation::Csv, "question,answer\n", "a\n", "\"\n"),
        (Notation::Gift, "", "a{}\n\n", ""),
    ];
    for (notation, before, entry, behind) in table {
        let read = |times: usize| {
            let text = format!("{before}{}{behind}", entry.repeat(times));
            import::parse_as(notation, &text, "hostile")
        };
        let parsed = read(MOST_QUESTIONS + 1);
        let kinds: Vec<Kind> = parsed.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!((kinds, parsed.found), (vec![Kind::TooLarge], 0), "{entry:?}");
    }
    let cards = "{\"question\": \"Which?\", \"answer\": \"this\"}\n".repeat(MOST_QUESTIONS);
    assert_eq!(import::parse_as(Notation::Json, &cards, "hostile").questions.len(), MOST_QUESTIONS);
}

#[test]
fn a_list_longer_than_any_question_needs_holds_its_question_back_and_no_other() {
    let many = |part: &str| part.repeat(1_001);
    let json = |field: &str| {
        let good = r#"{"question": "Which?", "answer": "this"}"#;
        format!(r#"[{{"question": "Which?", "answer": "A", {field}}}, {good}]"#)
    };
    let yaml = |options: String| {
        format!("- question: Which?\n  answer: A\n  options: {options}\n- question: Why?\n  answer: so\n")
    };
    let list = "this is a list of more than 1,000 values, which is not read";
    let table = [
        (Notation::Json, json(&format!("\"options\": [{}1]", many("1,"))), list),
        (
            Notation::Json,
            json(&format!("\"options\": {{{}\"\": 1}}", many("\"\": 1,"))),
            "this is an object of more than 1,000 fields, which is not read",
        ),
        (
            Notation::Json,
            json(&format!("{}\"\": 1", many("\"\": 1,"))),
            "this is an object of more than 1,000 fields, where a question was expected",
        ),
        (Notation::Yaml, yaml(format!("[{}b]", many("a,"))), list),
        (Notation::Yaml, yaml(many("\n  - a")), list),
        (
            Notation::Gift,
            format!("Which? {{{}=b}}\n\nWhy? {{=a ~b}}", many("~a")),
            "this is a question of more than 1,000 options, which is not studied here",
        ),
    ];
    for (notation, text, message) in table {
        let parsed = import::parse_as(notation, &text, "hostile");
        let held_back = parsed.problems.iter().filter(|problem| problem.severity == Severity::HeldBack);
        let messages: Vec<&str> = held_back.map(|problem| problem.message.as_str()).collect();
        assert_eq!((messages, parsed.questions.len()), (vec![message], 1));
    }
    let wide = format!("question,answer{}\nWhich?,this\n", many(",x"));
    let parsed = import::parse_as(Notation::Csv, &wide, "hostile");
    let told = (parsed.problems[0].kind, parsed.problems[0].message.as_str());
    assert_eq!(told, (Kind::Syntax, "the first row has more than 1,000 cells"));
}

/// As many as there may be, all edited, and none known by its number.
#[test]
fn of_very_many_problems_the_gravest_are_told_and_the_others_counted() {
    let orphans = "A: this\n".repeat(MOST_PROBLEMS + 10);
    let parsed = import::parse_as(Notation::Pairs, &format!("{orphans}Q: Which?\n"), "hostile.md");
    assert_eq!((parsed.found, parsed.held_back.len()), (1, 1));
    let [.., held_back, last] = &parsed.problems[..] else { panic!("{:?}", parsed.problems.len()) };
    assert_eq!(parsed.problems.len(), MOST_PROBLEMS + 1);
    assert_eq!(held_back.severity, Severity::HeldBack);
    assert_eq!((last.kind, &*last.message), (Kind::TooManyProblems, "11 more problems are not listed"));
}

#[test]
fn problems_are_left_out_and_counted_while_a_text_is_read() {
    let options = "1,".repeat(25);
    let question = format!("{{\"question\": \"Which?\", \"answer\": \"A\", \"options\": [{options}1]}}\n");
    let parsed = import::parse(&question.repeat(5_000), "hostile.jsonl");
    let last = parsed.problems.last().map(|problem| (problem.kind, problem.message.as_str()));
    assert_eq!(parsed.problems.len(), MOST_PROBLEMS + 1);
    assert_eq!(last, Some((Kind::TooManyProblems, "80000 more problems are not listed")));
}

#[test]
fn questions_that_share_their_number_are_told_apart_in_bearable_time() {
    let chapter = |word: &str| {
        let question = |nth: u32| {
            format!(
                "**Q1: Basic - [x]**\n\nWhat {word} is {nth} {nth}0 {nth}1 {nth}2?\n\nA) yes\nB) no\n\n**Answer: A**\n\n---\n"
            )
        };
        import::parse(&(0..2_000).map(question).collect::<String>(), "hostile.md").questions
    };
    let deck = deck(&chapter("number"));
    let plan = plan(&deck, chapter("figure"), &[], false);
    assert_eq!((plan.edited.len(), plan.added.len(), plan.retired.len()), (2_000, 0, 0));
}

#[test]
fn a_hostile_text_is_known_again_when_it_is_imported_again() {
    for (name, text) in TEXTS {
        let parsed = import::parse(&text(SIZE / 4), "hostile.md");
        let deck = deck(&parsed.questions);
        assert!(plan(&deck, parsed.questions, &parsed.held_back, false).is_empty(), "{name}");
    }
}

fn deck(questions: &[ParsedQuestion]) -> Vec<Entry> {
    let entry = |((card, place), parsed): ((i64, u32), &ParsedQuestion)| {
        let (question, line) = (parsed.question.clone(), parsed.line);
        Entry { card: CardId(card), question, line, place, retired: false }
    };
    (1..).zip(0..).zip(questions).map(entry).collect()
}
