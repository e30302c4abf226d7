//! Questions that go out as chapters and come in again.

use std::fs;

use proptest::prelude::*;
use retain::{
    app::SHIPPED,
    domain::{
        deck::DeckName,
        ids::OptionId,
        question::{Choice, Question, Shuffling},
    },
    export::{Change, Exported, Format, write},
    import::{Parsed, parse, parse_as},
};

fn deck() -> DeckName {
    DeckName { book: None, chapter: "Bread & Water".to_owned() }
}

fn exported(format: Format, questions: &[Question]) -> Exported {
    write(format, &deck(), &["flour".to_owned(), "yeast (wild)".to_owned()], questions)
}

fn question(stem: &str, options: &[&str], keys: &[u16], explanation: &str) -> Question {
    let options =
        (0_u16..).zip(options).map(|(id, text)| Choice { id: OptionId(id), text: (*text).to_owned() });
    let keys = keys.iter().copied().map(OptionId).collect();
    let mut question = Question::new(stem.to_owned(), options.collect(), keys).expect("a question");
    question.explanation = explanation.to_owned();
    question.number = Some("1".to_owned());
    question
}

/// A question as text, without what belongs to a collection: the identities of its options.
fn told(question: &Question) -> String {
    let Question { number, difficulty, category, topic, stem, explanation, shuffling, .. } = question;
    let options = question.options().iter().map(|option| {
        let is_key = question.keys().contains(&option.id);
        (is_key, option.text.as_str())
    });
    let order = if question.is_recall() { Shuffling::Free } else { *shuffling };
    let options: Vec<_> = options.collect();
    format!("{:?}", (number, difficulty, category, topic, stem, options, explanation, order))
}

fn all_told(questions: &[Question]) -> Vec<String> {
    questions.iter().map(told).collect()
}

fn read_again(format: Format, text: &str) -> (Parsed, Vec<String>) {
    let parsed = parse_as(format.notation(), text, "bread");
    let told = parsed.questions.iter().map(|found| told(&found.question)).collect();
    (parsed, told)
}

/// Chapters of the program and of the tests, by name.
fn chapters() -> Vec<(String, Parsed)> {
    let shipped = SHIPPED.iter().map(|shipped| (shipped.file_name.to_owned(), shipped.text.to_owned()));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chapters/valid");
    let files = fs::read_dir(folder).expect("chapters").map(|entry| entry.expect("a file").path());
    let written = files.filter(|path| path.extension().is_some_and(|extension| extension != "snap"));
    let named = written.map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(path).expect("a chapter"))
    });
    shipped.chain(named).map(|(name, text)| (name.clone(), parse(&text, &name))).collect()
}

#[test]
fn a_chapter_that_was_read_comes_back_from_markdown_and_json_as_it_was() {
    for (name, parsed) in chapters() {
        let asked = parsed.questions.into_iter().map(|found| found.question);
        // One that shows letters of another style above its options looks the same, but is written otherwise.
        let questions: Vec<Question> = asked.filter(|question| !question.stem.contains("Ａ）一つ")).collect();
        for format in [Format::Markdown, Format::Json] {
            let title = DeckName { book: None, chapter: parsed.chapter.title.clone() };
            let Exported { text, remarks } = write(format, &title, &parsed.chapter.topics, &questions);
            let as_they_are = |change: &Change| matches!(change, Change::Numbered(_));
            let others: Vec<_> = remarks.iter().filter(|remark| !as_they_are(&remark.change)).collect();
            assert!(others.is_empty(), "{name} as {}: {others:?}", format.word());
            let (again, told) = read_again(format, &text);
            assert_eq!(again.chapter, parsed.chapter, "{name} as {}", format.word());
            let expected = numbered_as(&questions, &remarks);
            assert_eq!(told, all_told(&expected), "{name} as {}", format.word());
        }
    }
}

fn numbered_as(questions: &[Question], remarks: &[retain::export::Remark]) -> Vec<Question> {
    let mut questions = questions.to_vec();
    for remark in remarks {
        if let Change::Numbered(number) = &remark.change {
            questions[remark.place].number = Some(number.clone());
        }
    }
    questions
}

#[test]
fn what_looks_like_more_than_text_is_written_so_that_it_looks_the_same() {
    let stems = [
        "Which?\n\nA) looks\nB) like options",
        "Which?\n\n**Answer: B**",
        "# A heading\n\nWhich?",
        "Which?\n\n```\n**Q9: Basic - [x]**\n```",
        "Which?\n\n```\nnever closed",
        "Which?\n\n    A) code\n\n    B) indented",
        "Which?\n\n<!-- never closed",
        "**Q7: Basic - [x]**\n\nWhich?",
    ];
    for stem in stems {
        let asked = question(stem, &["one", "two"], &[1], "Because.\n\n---\n\nSo.");
        let Exported { text, remarks } = exported(Format::Markdown, &[asked.clone(), asked]);
        let changes: Vec<&Change> = remarks.iter().map(|remark| &remark.change).collect();
        assert_eq!(changes, [&Change::Rewritten, &Change::Rewritten], "{stem}");
        let (parsed, _) = read_again(Format::Markdown, &text);
        assert_eq!((parsed.found, parsed.held_back.len()), (2, 0), "{text}");
        let read = &parsed.questions[0].question;
        assert_eq!((read.options().len(), read.keys()), (2, [OptionId(1)].as_slice()), "{text}");
    }
}

#[test]
fn a_paragraph_in_an_option_and_a_letter_as_a_topic_come_back() {
    let mut asked = question("Which?", &["one\n\n```sh\na\n```", "two\n\nand more"], &[1], "So.");
    asked.number = Some("1".to_owned());
    asked.topic = "C".to_owned();
    let Exported { text, remarks } = exported(Format::Markdown, &[asked.clone()]);
    assert!(remarks.is_empty(), "{remarks:?}");
    assert_eq!(read_again(Format::Markdown, &text).1, [told(&asked)], "{text}");
}

#[test]
fn what_cannot_be_written_is_named_and_left_out() {
    let good = question("Which?", &["one", "two"], &[0], "So.");
    let code = "Which?\n\n- an item\n\n      A) with code\n      B) in it";
    let bad = question(code, &["one", "two"], &[0], "So.");
    let flip = Question::recall("Why?".to_owned(), "So.".to_owned()).expect("a card");
    for (format, bad) in [(Format::Gift, flip), (Format::Markdown, bad)] {
        let Exported { text, remarks } = exported(format, &[good.clone(), bad]);
        let changes: Vec<(usize, Change)> =
            remarks.into_iter().map(|remark| (remark.place, remark.change)).collect();
        assert_eq!(changes.last(), Some(&(1, Change::LeftOut)));
        assert_eq!(read_again(format, &text).1, [told(&good)], "{text}");
    }
}

#[test]
fn an_answer_that_is_also_the_text_of_an_option_is_written_clearly() {
    let questions =
        [question("What?", &["B", "A"], &[1], "So."), question("Why?", &["DC", "A, C", "AC"], &[0, 2], "")];
    let (parsed, _) = read_again(Format::Markdown, &exported(Format::Markdown, &questions).text);
    let keys: Vec<&[OptionId]> = parsed.questions.iter().map(|found| found.question.keys()).collect();
    assert_eq!(keys, questions.each_ref().map(Question::keys));
}

#[test]
fn an_order_that_the_importer_would_not_decide_is_written() {
    let table = [
        (Shuffling::Locked, "So."),
        (Shuffling::PinnedLast(1), "So."),
        (Shuffling::Free, "Option B is wrong."),
    ];
    for (shuffling, explanation) in table {
        let mut asked = question("Which?", &["one", "two"], &[0], explanation);
        asked.shuffling = shuffling;
        for format in [Format::Markdown, Format::Json, Format::Csv] {
            let Exported { text, remarks } = exported(format, std::slice::from_ref(&asked));
            assert_eq!((remarks, read_again(format, &text).1), (vec![], vec![told(&asked)]), "{text}");
        }
        // A collection may hold the comment as it was kept once.
        let mut kept = question("Which?\n\n<!-- retain: shuffle -->", &["one", "two"], &[0], explanation);
        kept.shuffling = shuffling;
        let text = exported(Format::Markdown, &[kept]).text;
        assert_eq!(read_again(Format::Markdown, &text).1, [told(&asked)], "{text}");
    }
}

#[test]
fn a_chapter_that_looks_like_another_notation_says_that_it_is_none() {
    let folded =
        question("Which?\n\n- [x] a box\n- [ ] a box", &["one", "two"], &[1], "<details>\nSo.\n</details>");
    let told_of = |question: &Question| {
        let text = exported(Format::Markdown, std::slice::from_ref(question)).text;
        let parsed = parse(&text, "bread.md");
        let told: Vec<String> = parsed.questions.iter().map(|found| told(&found.question)).collect();
        (text.starts_with("<!--"), parsed.chapter.title, told)
    };
    assert_eq!(told_of(&folded), (true, "Bread & Water".to_owned(), vec![told(&folded)]));
    let plain = question("Which?", &["one", "two"], &[1], "So.");
    assert_eq!(told_of(&plain), (false, "Bread & Water".to_owned(), vec![told(&plain)]));
}

#[test]
fn csv_and_gift_keep_the_questions() {
    let mut asked =
        question("Is `a = {b}`: yes?\n\n- \"one\", two", &["a ~ b", "c # d", "e, f"], &[0, 2], "So.\n\nYes.");
    asked.topic = "Braces: and more".to_owned();
    for format in [Format::Csv, Format::Gift] {
        let Exported { text, remarks } = exported(format, &[asked.clone()]);
        assert_eq!((remarks, read_again(format, &text).1), (vec![], vec![told(&asked)]), "{text}");
    }
}

/// Lines that questions are made of, and some that could be taken for something else.
const LINES: [&str; 30] = [
    "",
    "",
    "text",
    "more text, of *some* kind",
    "    indented",
    "  - an item",
    "1. one",
    "> quoted",
    "`code` and ``more ` code``",
    "A) one",
    "B) two",
    "- c) three",
    "(A) four",
    "**Answer: B**",
    "Answer: A",
    "**Explanation:** why",
    "**Recall:**",
    "**Q1.1: Basic - [Topic]**",
    "**Revised Q1:** again",
    "# One",
    "### Three",
    "---",
    "***",
    "```",
    "````md",
    "~~~",
    "<!-- open",
    "-->",
    "<!-- a comment -->",
    "All of the above",
];

fn text() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(0..LINES.len(), 0..7);
    let piled =
        lines.prop_map(|lines| lines.into_iter().map(|line| LINES[line]).collect::<Vec<_>>().join("\n"));
    prop_oneof![4 => piled, 1 => "[a-z `~=#{}:\\\\\"<>\\n]{0,30}"]
}

/// A text with something to be seen in it.
fn visible() -> impl Strategy<Value = String> {
    (text(), "[a-z]{1,6}").prop_map(|(text, word)| format!("{word} {text}"))
}

fn label() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[A-Za-z][A-Za-z0-9 _*`\\[\\]()-]{0,10}[a-z]")
}

prop_compose! {
    fn any_question()(
        stem in visible(),
        options in prop::collection::vec(visible(), 2..6),
        key in any::<u8>(),
        explanation in text(),
        number in prop::option::of("[1-9][0-9]{0,2}(\\.[0-9]{1,2})?[a-c]?|[a-z]-[0-9]"),
        labels in (label(), label(), label()),
        order in 0..3_u8,
        flip in 0..4_u8,
    ) -> Question {
        // Options of the same text are no question.
        let texts: Vec<String> = options.into_iter().enumerate().map(|(at, text)| format!("{at} {text}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let count = u16::try_from(texts.len()).expect("a few options");
        let keys: Vec<u16> = (0..count).filter(|at| key & (1 << at) != 0 || u16::from(key) % count == *at).collect();
        let mut question = match flip {
            0 => Question::recall(stem, format!("x {explanation}")).expect("a card"),
            _ => question(&stem, &texts, &keys, &explanation),
        };
        question.number = number;
        (question.difficulty, question.category) = (labels.0, labels.1);
        question.topic = labels.2.unwrap_or_default();
        question.shuffling = [Shuffling::Free, Shuffling::Locked, Shuffling::PinnedLast(1)][usize::from(order)];
        question
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_keeps_every_question(questions in prop::collection::vec(any_question(), 0..4)) {
        let Exported { text, remarks } = exported(Format::Json, &questions);
        prop_assert_eq!(remarks, vec![]);
        prop_assert_eq!(read_again(Format::Json, &text).1, all_told(&questions));
    }

    #[test]
    fn markdown_keeps_every_question_or_says_which_it_changed(questions in prop::collection::vec(any_question(), 0..4)) {
        let Exported { text, remarks } = exported(Format::Markdown, &questions);
        let (parsed, told) = read_again(Format::Markdown, &text);
        let lost = remarks.iter().filter(|remark| remark.change.is_loss()).count();
        prop_assert_eq!((parsed.found, parsed.held_back.len()), (questions.len() - lost, 0), "{}", text);
        let mut read = told.iter();
        for (place, question) in numbered_as(&questions, &remarks).iter().enumerate() {
            let changes: Vec<&Change> =
                remarks.iter().filter(|remark| remark.place == place).map(|remark| &remark.change).collect();
            if changes.contains(&&Change::LeftOut) {
                continue;
            }
            let read = read.next().expect("as many as were written");
            let changed = changes.iter().any(|change| matches!(change, Change::Rewritten | Change::ReadsOtherwise));
            prop_assert!(changed || *read == self::told(question), "{} became {}", self::told(question), read);
        }
    }

    #[test]
    fn csv_and_gift_say_which_question_they_would_change(questions in prop::collection::vec(any_question(), 0..4)) {
        for format in [Format::Csv, Format::Gift] {
            let Exported { text, remarks } = exported(format, &questions);
            let lost = remarks.iter().filter(|remark| remark.change.is_loss()).count();
            let parsed = read_again(format, &text).0;
            let changed = remarks.len();
            prop_assert!(parsed.questions.len() + changed >= questions.len(), "{}", text);
            prop_assert!(parsed.found <= questions.len() - lost || changed > 0, "{}", text);
        }
    }
}
