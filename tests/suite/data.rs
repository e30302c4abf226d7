//! Texts of all notations, chapter-like and hostile: whatever comes in, every question is accounted for.

use std::fmt::Write;

use proptest::prelude::*;
use retain::import::{Kind, Notation, Parsed, Severity, parse, parse_as};

#[track_caller]
fn is_accounted_for(text: &str, parsed: &Parsed) {
    assert_eq!(parsed.found, parsed.questions.len() + parsed.held_back.len());
    let normal = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = normal.trim_start_matches('\u{feff}').split('\n');
    let lengths: Vec<usize> = lines.map(|line| line.chars().count()).collect();
    for problem in &parsed.problems {
        let length =
            lengths.get(problem.line as usize - 1).unwrap_or_else(|| panic!("no line for {problem:?}"));
        assert!(problem.column as usize <= length + 1, "no column for {problem:?}");
    }
    let reasons = parsed.problems.iter().filter(|problem| problem.severity == Severity::HeldBack).count();
    assert!(reasons >= parsed.held_back.len(), "{reasons} reasons for {:?}", parsed.held_back);
}

#[test]
fn a_notation_is_told_by_what_the_text_holds() {
    let table = [
        ("[]", "a.md", Notation::Json),
        (" {\"questions\": []}", "a.txt", Notation::Json),
        ("[a link](x) and text", "a.md", Notation::Markdown),
        ("{\"question\": \"Which?\"}\n{\"question\": \"Why?\"}\n", "a.txt", Notation::Json),
        ("[\n1", "a.json", Notation::Json),
        ("**Q1: Basic - [x]**\n\nWhich?", "a.md", Notation::Markdown),
        ("questions:\n  - question: Which?\n", "a.txt", Notation::Yaml),
        ("- stem: Which?\n  options: [a, b]\n", "a.txt", Notation::Yaml),
        ("- Which?\n- Why?\n", "a.txt", Notation::Markdown),
        ("question,a,b,answer\nWhich?,x,y,A\n", "a.txt", Notation::Csv),
        ("Question\tOption A\tOption B\tCorrect Answer\n", "a.txt", Notation::Csv),
        ("Question, and what else?\n", "a.txt", Notation::Markdown),
        ("alpha,beta\n", "a.csv", Notation::Csv),
        ("::one:: Which? {=a ~b}", "a.txt", Notation::Gift),
        ("Which? {\n  ~a\n  =b\n}", "a.txt", Notation::Gift),
        ("It is so.{T}", "a.txt", Notation::Gift),
        ("A set {a, b} is given.", "a.txt", Notation::Markdown),
        ("Which?\nA. one\nB. two\nANSWER: A\n", "a.txt", Notation::Aiken),
        ("Which?\nA. one\nB. two\nAnswer: A\n", "a.txt", Notation::Quiz),
        ("", "a.txt", Notation::Markdown),
    ];
    for (text, name, expected) in table {
        assert_eq!(Notation::of(text, name), expected, "{text}");
    }
}

#[test]
fn huge_and_deep_texts_are_only_large() {
    let many = |part: &str, times: usize| part.repeat(times);
    let options: String = (0..100_000).fold(String::new(), |mut all, at| {
        write!(all, "\"option {at}\",").expect("text can be written");
        all
    });
    let json_options =
        format!("[{{\"question\": \"Which?\", \"options\": [{}\"z\"], \"answer\": 1}}]", options);
    let one_line: String =
        many("{\"question\": \"Wählen?\", \"options\": [\"a\", \"b\"], \"answer\": 9},", 8_000);
    let texts = [
        (Notation::Json, json_options),
        (Notation::Json, format!("[{}]", one_line.trim_end_matches(','))),
        (Notation::Json, answered(20_000, "\"answer\": [", "\"B\",", "\"B\"]")),
        (Notation::Json, answered(20_000, "\"answer\": [", "1,", "1]")),
        (Notation::Json, answered(26, "", "\"answer\": \"B\",", "\"answer\": \"B\"")),
        (Notation::Json, answered(26, "\"answer\": \"", "option 1|", "\"")),
        (Notation::Json, many("[", 1_000_000)),
        (Notation::Json, many("[", 500_000) + &many("]", 500_000)),
        (Notation::Json, many("{\"a\":", 200_000) + "1" + &many("}", 200_000)),
        (Notation::Json, format!("[\"{}", many("x", 2_000_000))),
        (Notation::Yaml, many("[", 100_000)),
        (Notation::Yaml, many("- ", 100_000)),
        (Notation::Yaml, many("a: &a [*a, *a]\n", 20_000)),
        (Notation::Yaml, format!("- question: Which?\n  options:\n{}", many("    - x\n", 50_000))),
        (Notation::Yaml, format!("a: \"{}", many("x ", 1_000_000))),
        (Notation::Csv, format!("question,answer\n{}", many("\"", 2_000_000))),
        (Notation::Csv, format!("question,options,answer\nWhich?,{},1\n", many("a|", 300_000))),
        (Notation::Csv, format!("question,a,b,answer\n{}", many("W,x,y,A\n", 20_000))),
        (Notation::Csv, many("question,", 100_000)),
        (Notation::Gift, format!("Which? {{{}}}", many("~option ", 100_000))),
        (Notation::Gift, many("{", 2_000_000)),
        (Notation::Gift, many("\\", 2_000_000) + "{"),
        (Notation::Gift, many("::", 1_000_000)),
        (Notation::Gift, many("::x:: Which? {=a ~b}\n\n", 20_000)),
        (Notation::Gift, many("Which? {=a ~b}\n", 20_000)),
        (Notation::Gift, format!("Which? {{=a ~b}}\n{}", many("}\n", 500_000))),
        (Notation::Aiken, format!("Which?\n{}ANSWER: A", many("A. one\n", 100_000))),
        (Notation::Aiken, many("Which?\nA. one\nB. two\nANSWER: A\n", 50_000)),
        (Notation::Aiken, many("ANSWER: A\n", 50_000)),
        (Notation::Aiken, format!("ANSWER: {}", many("A, ", 100_000))),
    ];
    for (notation, text) in texts {
        is_accounted_for(&text, &parse_as(notation, &text, "huge"));
        Notation::of(&text, "huge");
    }
}

/// A question of so many options, with an answer of 20,000 parts.
fn answered(options: usize, before: &str, part: &str, behind: &str) -> String {
    let options: Vec<String> = (0..options).map(|at| format!("\"option {at}\"")).collect();
    let (options, parts) = (options.join(","), part.repeat(20_000));
    format!("[{{\"question\": \"Which?\", \"options\": [{options}], {before}{parts}{behind}}}]")
}

#[test]
fn more_options_or_answers_than_letters_are_told_by_name() {
    let table = [
        (27, "\"answer\": [", "\"B\",", "\"B\"]", "too-many-options"),
        (26, "\"answer\": [", "\"B\",", "\"B\"]", "unreadable-answer"),
        (26, "", "\"answer\": \"B\",", "\"answer\": \"B\"", "unsupported-kind"),
        (26, "\"answer\": \"", "option 1|", "\"", "unreadable-answer"),
    ];
    for (options, before, part, behind, expected) in table {
        let parsed = parse_as(Notation::Json, &answered(options, before, part, behind), "a.json");
        let held_back = parsed.problems.iter().filter(|problem| problem.severity == Severity::HeldBack);
        let words: Vec<&str> = held_back.map(|problem| problem.kind.word()).collect();
        assert_eq!(words, [expected], "{options} options, {part}");
    }
}

#[test]
fn letters_that_options_carry_themselves_are_not_shown_twice() {
    let table = [
        (r#"["A. x", "B. y"]"#, "B", "x|y", 1),
        (r#"["A. x", "B. y"]"#, "B. y", "x|y", 1),
        (r#"["a) x", "b) y", "c) z"]"#, "c", "x|y|z", 2),
        (r#"["(A) x", "(B) y"]"#, "(B) y", "x|y", 1),
        (r#"{"A": "A. x", "B": "B. y"}"#, "B", "x|y", 1),
        (r#"["B. x", "A. y"]"#, "B", "B. x|A. y", 1),
        (r#"["A. x", "B) y"]"#, "B) y", "A. x|B) y", 1),
        (r#"["A. x", "y"]"#, "y", "A. x|y", 1),
    ];
    for (options, answer, texts, key) in table {
        let json = format!(r#"[{{"question": "Which?", "options": {options}, "answer": "{answer}"}}]"#);
        let parsed = parse_as(Notation::Json, &json, "a.json");
        let question =
            &parsed.questions.first().unwrap_or_else(|| panic!("{options}: {:?}", parsed.problems)).question;
        let shown: Vec<&str> = question.options().iter().map(|option| option.text.as_str()).collect();
        assert_eq!(shown.join("|"), texts, "{options}");
        assert_eq!(question.keys(), [question.options()[key].id], "{options}, {answer}");
    }
}

#[test]
fn gift_needs_no_empty_lines_where_answers_tell_questions_apart() {
    let table = [
        ("One? {=a ~b}\nTwo? {=a ~b}\nThree? {=a ~b}\n", "One?|Two?|Three?"),
        ("One? {\n=a\n~b\n}\n// told\nTwo\nlines? {T}", "One?|Two\nlines?"),
        ("::x:: One {=a ~b} is it.\n::y:: Two? {=a ~b}", "One _____ is it.|Two?"),
        ("One {=a ~b}\nand no more.", "One _____\nand no more."),
        ("One {=a ~b}\nand \\{no\\} more.\n\nTwo? {T}", "One _____\nand {no} more.|Two?"),
        ("One? {=a ~b}\n$CATEGORY: Tea\nTwo? {=a ~b}", "One?|Two?"),
    ];
    for (text, expected) in table {
        let parsed = parse_as(Notation::Gift, text, "a.gift");
        let stems: Vec<&str> = parsed.questions.iter().map(|found| found.question.stem.as_str()).collect();
        assert_eq!(stems.join("|"), expected, "{text}");
        assert_eq!((parsed.found, parsed.held_back.len()), (stems.len(), 0), "{text}");
    }
    let two_in_a_line = parse_as(Notation::Gift, "One? {=a ~b} Two? {=a ~b}", "a.gift");
    assert_eq!((two_in_a_line.found, two_in_a_line.held_back.len()), (1, 1));
}

#[test]
fn the_examples_for_authors_are_read() {
    let guide = include_str!("../../decks/FORMAT.md");
    let block = |language: &str| {
        let opening = format!("```{language}\n");
        guide.split(&opening).nth(1).and_then(|rest| rest.split("```").next()).expect("an example")
    };
    for (language, found) in [("json", 3), ("csv", 2)] {
        let parsed = parse(block(language), "example");
        assert_eq!((parsed.found, parsed.questions.len()), (found, found), "{:?}", parsed.problems);
    }
}

#[test]
fn an_alias_is_not_followed() {
    let text = "- question: &q Which?\n  options: [a, b]\n  answer: A\n- question: Why?\n  options: *q\n  answer: A\n";
    let parsed = parse_as(Notation::Yaml, text, "a.yaml");
    assert_eq!((parsed.questions.len(), parsed.held_back.len()), (1, 1));
    let problem = parsed.problems.iter().find(|problem| problem.severity == Severity::HeldBack);
    assert_eq!(problem.map(|problem| (problem.line, problem.column)), Some((5, 12)));
}

#[test]
fn options_that_look_alike_are_identical_whatever_stands_around_them() {
    let texts = [
        r#"[{"question": "Which?", "options": ["foo", "foo\n"], "answer": "A"}]"#,
        r#"[{"question": "Which?", "options": ["foo", " foo"], "answer": "A"}]"#,
        r#"[{"question": "Which?", "options": ["foo", "f\u200boo\n"], "answer": "A"}]"#,
        "[{\"question\": \"Which?\", \"options\": [\"~~~\\nx\\n~~~\", \"\u{a0}~~~\\nx\\n~~~\"], \"answer\": \"A\"}]",
    ];
    for text in texts {
        let kinds: Vec<Kind> = parse(text, "x.json").problems.iter().map(|problem| problem.kind).collect();
        assert!(kinds.contains(&Kind::IdenticalOptions), "{kinds:?} in {text}");
    }
}

#[test]
fn what_is_called_a_flip_card_is_one_though_its_answer_is_a_letter() {
    let card = |kind: &str| {
        let stem = r"Which note is it?\nC. of the first line\nD. of the second";
        let parsed = parse(&format!(r#"[{{"question": "{stem}", {kind} "answer": "D"}}]"#), "x.json");
        (parsed.questions.len(), parsed.held_back.len())
    };
    assert_eq!((card(""), card(r#""type": "single","#)), ((0, 1), (0, 1)));
    assert_eq!((card(r#""type": "recall","#), card(r#""kind": "Flip card","#)), ((1, 0), (1, 0)));
    assert_eq!(card(r#""type": "recall", "answers": "C","#), (0, 1), "two answers are two answers");
    assert_eq!(
        card(r#""type": "recall", "answer_index": 1,"#),
        (0, 1),
        "a flip card has no options to count"
    );
    let truth = |kind: &str| {
        let text = format!(r#"[{{"question": "Is it so?", {kind} "answer": true}}]"#);
        parse(&text, "x.json").questions[0].question.is_recall()
    };
    assert_eq!((truth(""), truth(r#""type": "recall","#)), (false, true));
}

#[test]
fn wrong_options_alone_are_no_answer() {
    let text = r#"{"question": "Which?", "incorrect_answers": ["one", "two"]}"#;
    let parsed = parse(text, "a.json");
    is_accounted_for(text, &parsed);
    assert_eq!((parsed.found, parsed.held_back.len()), (1, 1));
    assert!(parsed.problems.iter().any(|problem| problem.kind == Kind::NoAnswer), "{:?}", parsed.problems);
}

/// What texts of all these notations are made of.
const PARTS: [&str; 54] = [
    "\n",
    "\n",
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "text",
    "é",
    "A",
    "B",
    "1",
    "0",
    "true",
    "null",
    "-",
    "- ",
    ":",
    ": ",
    ",",
    ";",
    "|",
    "\"",
    "'",
    "\\",
    "\\n",
    "{",
    "}",
    "[",
    "]",
    "=",
    "~",
    "#",
    "####",
    "%50%",
    "->",
    "::",
    "//",
    "T}",
    "$CATEGORY:",
    "A. one\n",
    "B) two\n",
    "ANSWER: A\n",
    "question",
    "question: Which?\n",
    "options: [a, b]\n",
    "answer: a\n",
    "question,a,b,answer\n",
    "\"question\":",
    "\"options\":[\"a\",\"b\"]",
    "\"answer\":",
    "&a ",
    "*a",
    "---\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pile_of_parts_is_accounted_for_in_each_notation(parts in prop::collection::vec(0..PARTS.len(), 0..60)) {
        let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
        for notation in Notation::ALL {
            is_accounted_for(&text, &parse_as(notation, &text, "pile"));
        }
        is_accounted_for(&text, &parse(&text, "pile"));
    }

    #[test]
    fn any_json_of_question_fields_is_accounted_for(json in any_json()) {
        let text = json.to_string();
        for notation in [Notation::Json, Notation::Yaml] {
            is_accounted_for(&text, &parse_as(notation, &text, "any.json"));
        }
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..5_u8).prop_map(Value::from),
        "[A-D]|[a-z]{1,5}|\\PC{0,5}".prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "question",
        "options",
        "answers",
        "answer",
        "answer_index",
        "a",
        "b",
        "c",
        "incorrect_answers",
        "text",
        "correct",
        "explanation",
        "number",
        "topic",
        "type",
        "fixed_order",
        "pinned_last",
        "questions",
        "title",
        "other",
    ]);
    scalar.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..7)
                .prop_map(|pairs| pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

#[test]
fn objects_in_lines_are_questions_and_a_broken_line_is_pointed_at() {
    let object = |stem: &str| {
        format!("{{\"question\": \"{stem}\", \"options\": [\"x\", \"y\"], \"answer\": \"A\"}}\n")
    };
    let text = ["Which?", "Why?", "How?"].map(object).concat();
    let parsed = parse(&text, "a.jsonl");
    let stems: Vec<&str> = parsed.questions.iter().map(|found| found.question.stem.as_str()).collect();
    assert_eq!(stems, ["Which?", "Why?", "How?"]);
    assert_eq!(parsed.questions[2].line, 3);

    // Wherever it stands, whatever ends the lines.
    for (line, stem) in (1..).zip(["Which?", "Why?", "How?"]) {
        let broken = text.replace(&format!("\"{stem}\","), &format!("\"{stem}\""));
        for text in [broken.clone(), broken.replace('\n', "\r\n"), broken.replace('\n', "\n\n")] {
            let parsed = parse(&text, "a.jsonl");
            let found = parsed.problems.iter().find(|problem| problem.kind == Kind::Syntax).expect("one");
            let line = if text.contains("\n\n") { 2 * line - 1 } else { line };
            assert_eq!(
                (found.line, found.message.as_str()),
                (line, "this is not JSON: expected `,` or `}`"),
                "{text}"
            );
            assert_eq!(
                (parsed.found, parsed.questions.len(), parsed.is_incomplete()),
                (3, 2, true),
                "{text}"
            );
        }
    }
}

#[test]
fn objects_of_several_lines_are_no_json_lines() {
    let object =
        |stem: &str| format!("{{\"question\": \"{stem}\", \"options\": [\"x\", \"y\"], \"answer\": \"A\"}}");
    let [first, second, third] = ["Which?", "Why?", "How?"].map(object);
    let broken = [
        format!("{first}\n{second}\n{third}").replace("\", \"", "\",\n\"").replace("\"Why?\",", "\"Why?\""),
        format!("{{\"title\": \"Networks\", \"questions\": [\n{first}\n{second},\n{third}]}}"),
        format!("{first},\n{second}\n{third}"),
    ];
    for text in broken {
        let parsed = parse(&text, "a.json");
        assert_eq!((parsed.problems[0].kind, parsed.found), (Kind::Syntax, 0), "{text}");
    }
}

#[test]
fn answers_that_may_be_marks_of_each_option_are_held_back() {
    let question = |options: &str, answer: &str| {
        parse(&format!(r#"[{{"question": "W?", "options": {options}, "answer": {answer}}}]"#), "a.json")
            .questions
            .len()
    };
    let table = [
        (r#"["x", "y", "z"]"#, "[0, 1, 0]", 0),
        (r#"["x", "y"]"#, "[1, 0]", 0),
        (r#"["x", "y"]"#, r#"["B", "B"]"#, 0),
        (r#"["x", "y", "z"]"#, r#"["A", "C"]"#, 1),
        (r#"["0", "1"]"#, r#"["0", "1"]"#, 1),
    ];
    for (options, answer, expected) in table {
        assert_eq!(question(options, answer), expected, "{options} {answer}");
    }
}

#[test]
fn the_label_of_a_value_is_what_people_read() {
    let text = r#"[{"question": "W?", "options": [{"value": "a", "label": "Apple"}, {"value": "b", "label": "Pear"}],
                    "answer": "b"}]"#;
    let question = &parse(text, "a.json").questions[0].question;
    let texts: Vec<&str> = question.options().iter().map(|option| option.text.as_str()).collect();
    assert_eq!((texts, question.keys()[0]), (vec!["Apple", "Pear"], question.options()[1].id));
}

#[test]
fn rows_of_nothing_are_no_questions() {
    let parsed = parse("question,a,b,answer\nOne?,x,y,A\n,,,\nTwo?,x,y,B\n,,,\n", "a.csv");
    assert_eq!((parsed.found, parsed.questions.len()), (2, 2));
}

#[test]
fn code_of_its_own_is_part_of_what_is_asked() {
    let asked = |code: &str| {
        let text =
            serde_json::json!([{"question": "Which?", "code": code, "options": ["a", "b"], "answer": "A"}]);
        parse(&text.to_string(), "text.json").questions[0].question.stem.clone()
    };
    assert_eq!(asked("print(1)\n"), "Which?\n\n```\nprint(1)\n```");
    assert_eq!(asked("f(a) ``` b"), "Which?\n\n````\nf(a) ``` b\n````");
    assert_eq!(asked("```sh\nls\n```"), "Which?\n\n```sh\nls\n```");
    assert_eq!(asked("CS101"), "Which?");
}

#[test]
fn a_question_may_be_an_object_and_an_option_with_a_picture_is_held_back() {
    let nested = r#"{"id": "7", "question": {"stem": "Which?", "choices": [{"label": "A", "text": "x"}, {"label": "B", "text": "y"}]}, "answerKey": "B"}
{"question_stem": "Why?", "choices": ["x", "y"], "answer": "y"}
{"question": "Who?", "options": [{"text": "x", "image": "x.png", "correct": true}, {"text": "y"}]}
{"question": "How?", "options": [{"text": "x", "image": "", "correct": true}, {"text": "y", "image": null}]}"#;
    assert_eq!(crate::notations::told(&parse(nested, "text.jsonl")), "B B unsupported-kind A");
}

#[test]
fn names_and_objects_of_apps_are_known() {
    let told = |text: &str, name: &str| crate::notations::told(&parse(text, name));
    let optional = "Question Text,Answer 1,Answer 2,Answer 3 (Optional),Answer 4 (Optional),Correct Answer(s)\n\
                    Which?,a,b,c,d,4\nWhy?,a,b,c,d,1\n";
    assert_eq!(told(optional, "blooket.csv"), "D A");
    let lines = "Question,Options,Answer\nHow?,\"ls | wc -l\nls; wc\ncat x\",A\n";
    assert_eq!(parse(lines, "lines.csv").questions[0].question.options().len(), 3);
    let quiz = r#"{"quiz": {"title": "Bread", "questions": [{"question": "Which?", "answerOptions":
        [{"answerText": "x", "isCorrect": true}, {"answerText": "y", "isCorrect": false}]}]}}"#;
    assert_eq!((told(quiz, "a.json").as_str(), parse(quiz, "a.json").chapter.title.as_str()), ("A", "Bread"));
    let named = r#"[{"question": "Which?", "option_1": "x", "option_2": "y", "answer": "option_2"},
        {"id": "q7", "number": 3, "question": "Why?", "optionA": "x", "optionB": "y", "correctOption": "optionB"}]"#;
    assert_eq!(told(named, "a.json"), "B B");
    assert_eq!(parse(named, "a.json").questions[1].question.number.as_deref(), Some("3"));
    let code = r#"[{"question": "Which?", "code": ["for i in x:", "    print(i)"], "options": ["a", "b"], "answer": "A"}]"#;
    assert_eq!(
        parse(code, "a.json").questions[0].question.stem,
        "Which?\n\n```\nfor i in x:\n    print(i)\n```"
    );
    let empty =
        r#"[{"question": "Which?", "code": "", "options": ["a", "b"], "answer": "A", "explanation": "So."}]"#;
    assert_eq!(parse(empty, "a.json").problems, []);
}
