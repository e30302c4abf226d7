//! The shapes in which others publish their questions as data: read for what they plainly mean, held back
//! where that is not plain, and never taken for flip cards that have lost their options.

use retain::import::{Kind, Notation, parse, parse_as};

use crate::notations::told;

#[track_caller]
fn check(fields: &str, expected: &str) {
    let text = format!("[{{\"question\": \"Which?\", {fields}}}]");
    for notation in [Notation::Json, Notation::Yaml] {
        let parsed = parse_as(notation, &text, "shapes");
        assert_eq!(told(&parsed), expected, "{fields} as {}\n{:#?}", notation.word(), parsed.problems);
    }
}

#[test]
fn a_map_of_answers_beside_another_answer_is_the_options() {
    let answers = r#""answers": {"a": "one", "b": "two", "c": "three"}"#;
    check(&format!(r#"{answers}, "correctAnswer": "c""#), "C");
    check(&format!(r#"{answers}, "correct": "two""#), "B");
    check(&format!(r#"{answers}, "answer_index": 0"#), "A");
    check(&format!(r#"{answers}, "correct": "d""#), "unknown-answer");
    check(answers, "no-answer");
    check(r#""options": ["one", "two"], "answers": {"a": "one"}"#, "unreadable-answer");
    check(
        r#""answers": {"a": {"text": "one", "correct": true}, "b": {"text": "two", "correct": false}}"#,
        "A",
    );
    check(r#""answer": {"a": "one"}, "answers": "two""#, "unsupported-kind");
}

#[test]
fn answers_are_right_where_a_field_of_that_name_says_so() {
    let answers = r#""answers": {"answer_a": "x", "answer_b": "y", "answer_c": "z", "answer_d": null}"#;
    let right = |a: &str, b: &str| {
        format!(
            r#""correct_answers": {{"answer_a_correct": "{a}", "answer_b_correct": "{b}", "answer_c_correct": "false", "answer_d_correct": "false"}}"#
        )
    };
    check(&format!(r#"{answers}, "correct_answer": "answer_b""#), "B");
    check(&format!(r#"{answers}, "correct_answer": "answer_b", {}"#, right("false", "true")), "B");
    check(&format!(r#"{answers}, "correct_answer": null, {}"#, right("true", "true")), "AB");
    check(&format!(r#"{answers}, "correct_answer": "answer_a", {}"#, right("false", "true")), "two-answers");
    check(&format!(r#"{answers}, {}"#, right("perhaps", "true")), "unreadable-answer");
    check(&format!(r#"{answers}, {}"#, right("false", "false")), "no-answer");
    check(&format!(r#"{answers}, "correct_answers": {{"other": "true"}}"#), "unreadable-answer");
}

#[test]
fn wrong_options_are_known_by_other_names_and_one_by_one() {
    check(r#""answer": "one", "distractor1": "two", "distractor2": "three", "distractor3": "four""#, "A");
    check(r#""Correct Answer": "one", "Wrong Answer 1": "two", "Wrong Answer 2": "three""#, "A");
    check(r#""correct_answer": "one", "incorrect_answer_1": "two", "incorrect_answer_2": "three""#, "A");
    check(r#""answer": "one", "wrong": ["two", "three"]"#, "A");
    for name in ["possible_answers", "variants", "answer_options", "Answer Choices"] {
        check(&format!(r#""{name}": ["one", "two"], "answer": "B""#), "B");
    }
    let table = "question,correct answer,wrong answer 1,wrong answer 2\nWhich?,one,two,three\n";
    assert_eq!(told(&parse(table, "shapes.csv")), "A");
}

#[test]
fn what_may_have_lost_its_options_is_no_flip_card() {
    check(r#""answer": "b", "first": "one", "second": "two""#, "too-few-options");
    check(r#""answer": "(B)", "ending": "two""#, "too-few-options");
    check(r#""answer": "b", "correct": "b", "ending": "two""#, "too-few-options");
    check(r#""answers": "b", "ending": "two""#, "too-few-options");
    check(r#""answer": 1, "endings": ["one", "two"]"#, "too-few-options");
    check(r#""answer": "two", "endings": ["one", "two"]"#, "too-few-options");
    check(r#""answer": "two", "sources": ["a book"]"#, "“two”");
    check(r#""answer": "two", "author": "somebody""#, "“two”");
    check(r#""answer": "人", "author": "somebody""#, "“人”");
    check(r#""answer": "b", "author": "somebody", "type": "recall""#, "“b”");
    let table = "question,answer,first,second\nWhich?,b,one,two\nWhy?,b,,\n";
    assert_eq!(told(&parse(table, "shapes.csv")), "too-few-options “b”");
}

#[test]
fn texts_and_labels_of_options_may_stand_in_two_lists() {
    let choices = r#""choices": {"text": ["one", "two"], "label": ["1", "2"]}"#;
    check(&format!(r#"{choices}, "answerKey": "2""#), "B");
    check(r#""choices": {"label": ["A", "B"], "text": ["one", "two"]}, "answerKey": "A""#, "A");
    check(r#""choices": {"text": ["one", "two"], "label": ["A"]}, "answerKey": "A""#, "unsupported-kind");
}

#[test]
fn an_object_of_a_quiz_is_a_chapter() {
    let quiz = r#"{"quiz": [{"question": "Which?", "options": ["one", "two"], "answer": "B"}]}"#;
    let parsed = parse(quiz, "shapes.json");
    assert_eq!((told(&parsed), parsed.chapter.title.as_str()), ("B".to_owned(), "shapes"));
    let titled = parse(r#"{"quiz": "Bread", "questions": []}"#, "shapes.json");
    assert_eq!(titled.chapter.title, "Bread");
}

/// As medmcqa has them: its files count from 1, what was made of them counts from 0.
#[test]
fn a_number_as_the_right_one_of_four_is_no_guess() {
    let question = |right: u8| {
        format!(
            r#"{{"question": "Which?", "opa": "one", "opb": "two", "opc": "three", "opd": "four", "cop": {right}}}"#
        )
    };
    let read = |answers: &[u8]| {
        let lines: Vec<String> = answers.iter().map(|right| question(*right)).collect();
        told(&parse(&lines.join("\n"), "shapes.jsonl"))
    };
    assert_eq!(read(&[0, 1]), "A B");
    assert_eq!(read(&[4, 1]), "D A");
    assert_eq!(read(&[1]), "ambiguous-answer");
}

#[test]
fn what_is_no_choice_is_held_back_by_its_name() {
    for kind in ["ordering", "Ordering", "sorting", "ranking", "matching"] {
        let options = r#""options": ["one", "two", "three"], "answer": ["A", "B", "C"]"#;
        check(&format!(r#""type": "{kind}", {options}"#), "unsupported-kind");
        check(&format!(r#""type": "{kind}", "answer": "one, two""#), "unsupported-kind");
    }
    check(r#""type": "single", "options": ["one", "two"], "answer": "A""#, "A");
}

#[test]
fn a_question_that_is_called_one_of_true_and_false_is_one() {
    for (answer, expected) in [
        (r#""F""#, "B"),
        (r#""t""#, "A"),
        (r#""TRUE""#, "A"),
        ("false", "B"),
        (r#""perhaps""#, "unreadable-answer"),
        (r#""A""#, "unreadable-answer"),
        ("1", "unreadable-answer"),
    ] {
        for kind in ["True/False", "true_false", "boolean", "true or false"] {
            check(&format!(r#""type": "{kind}", "answer": {answer}"#), expected);
        }
    }
    check(r#""answer": "F""#, "“F”");
}

#[test]
fn a_broken_line_of_objects_is_pointed_at_and_not_the_one_below() {
    let good = "{\"question\": \"Which?\", \"answer\": \"this\"}\n";
    let broken = [
        "{\"question\": \"Which?\", \"answer\": \"this\"\n",
        "{\"question\": \"Which?\",\n",
        "{\"question\": \"Which?\", \"answer\": \"this\n",
        "{\"question\" \"Which?\"}\n",
        "{\"question\": Which?}\n",
        "Which?\n",
    ];
    for line in broken {
        for behind in [good, ""] {
            let parsed = parse(&[good, good, good, line, behind].concat(), "shapes.jsonl");
            let places: Vec<(Kind, u32)> =
                parsed.problems.iter().map(|problem| (problem.kind, problem.line)).collect();
            assert_eq!(places, [(Kind::Syntax, 4)], "{line}{behind}");
        }
    }
}
