//! The notations that look like text, told apart and read by the same rules.

use proptest::prelude::*;
use retain::import::{Kind, Notation, Parsed, parse, parse_as};

use crate::import::check_account;

/// The letters of the right options of each question, or what keeps it out.
pub(crate) fn told(parsed: &Parsed) -> String {
    let question = |found: &retain::import::ParsedQuestion| {
        let keys = found.question.keys();
        let options = found.question.options().iter().zip('A'..);
        let keys: String =
            options.filter(|(it, _)| keys.contains(&it.id)).map(|(_, letter)| letter).collect();
        if keys.is_empty() { format!("“{}”", found.question.explanation) } else { keys }
    };
    let good = parsed.questions.iter().map(|found| (found.line, question(found)));
    let bad = parsed.held_back.iter().map(|held| {
        let kinds = parsed.problems.iter().filter(|it| it.question == held.number || it.question.is_none());
        let kind = kinds.map(|it| it.kind).find(|kind| kind.severity() == retain::import::Severity::HeldBack);
        (held.line, kind.map_or("?", Kind::word).to_owned())
    });
    let mut all: Vec<(u32, String)> = good.chain(bad).collect();
    all.sort();
    all.into_iter().map(|(_, told)| told).collect::<Vec<_>>().join(" ")
}

#[track_caller]
pub(crate) fn check(notation: Notation, text: &str, expected: &str) {
    let parsed = parse_as(notation, text, "text.md");
    check_account(text, &parsed);
    assert_eq!(told(&parsed), expected, "{text}\n{:#?}", parsed.problems);
}

#[test]
fn a_notation_is_recognised_by_what_the_text_holds() {
    let table = [
        ("**Q1: Basic - [Topic]**\n\n- [x] a\n- [ ] b", Notation::Markdown),
        ("**Q1:** What?\n\nA) a\nB) b\n\n**Answer: A**", Notation::Markdown),
        ("**Q1:** What?\n\n- [x] a\n- [ ] b", Notation::Quiz),
        ("What is it?\n- [x] a\n- [ ] b", Notation::Quiz),
        ("1. What?\nA) a\nB) b\n\nAnswers\n1. A", Notation::Quiz),
        ("### 1. What?\n- A: a\n- B: b\n<details><summary>Answer</summary>A</details>", Notation::Quiz),
        ("Q: What?\nA: That.", Notation::Pairs),
        ("**Question:** What?\n\n**Answer:** That.", Notation::Pairs),
        ("Q1: What?\na) a\nb) b\nAnswer: a", Notation::Quiz),
        ("What?\n- [ ] a\n- [ ] b\n\nWhy?\n- [ ] a\n- [ ] b", Notation::Quiz),
        ("### First?\n- [ ] a\n- [ ] b\n\nthen\n- [x] a\n- [ ] b", Notation::Quiz),
        ("# To do\n\n- [x] wash up\n- [ ] go out", Notation::Markdown),
        ("To do:\n\n- [ ] wash up\n- [ ] go out", Notation::Markdown),
        ("[](#top)\n\n**Q1: Basic - [Topic]**\n\nWhat?", Notation::Markdown),
        ("{\n\"a\": 1}\n\n**Q1: Basic - [Topic]**\n\nWhat?", Notation::Markdown),
        ("[](#top)\n\nWhat?\n- [x] a\n- [ ] b", Notation::Quiz),
        ("[{\"question\": \"What?\"", Notation::Json),
        ("---\ntitle: x\n---\n\nQuestions:\n\nWhat?\n- [x] a\n- [ ] b", Notation::Quiz),
        ("---\ntitle: x\n---\nQuestions:\n\n**Q1:** What?\n\n- one", Notation::Markdown),
        ("---\ntitle: x\nquestions:\n- question: What?", Notation::Yaml),
        ("# Notes\n\n1. one\n2. two\n\nQ: is a letter.", Notation::Markdown),
        ("```\nQ: What?\nA: That.\n```", Notation::Markdown),
        ("", Notation::Markdown),
    ];
    for (text, expected) in table {
        assert_eq!(Notation::of(text, "text.md"), expected, "{text}");
    }
}

#[test]
fn front_matter_is_no_text_and_names_the_deck_where_no_heading_does() {
    let questions = "- [x] a\n- [ ] b\n\n1. What?\nA) a\nB) b\n\nAnswer: B";
    let table = [
        ("title: \"Chapter 3: Bread\"\ntopics: flour, yeast", "What?\n", "3 Bread", "A B"),
        ("title: Bread", "# Rye\n\nWhat?\n", "Rye", "A B"),
        ("layout: page\n# no heading", "", "text", "no-stem B"),
        ("Question: 1\nAnswer: A", "What?\n", "text", "A B"),
    ];
    for (fields, above, title, expected) in table {
        let text = format!("---\n{fields}\n---\n{above}{questions}");
        assert_eq!(parse(&text, "text.md").chapter.title, title, "{text}");
        check(Notation::of(&text, "text.md"), &text, expected);
    }
}

#[test]
fn checkboxes_hold_back_what_contradicts_itself() {
    let table = [
        ("What?\n- [ ] a\n- [ ] b", "no-answer"),
        ("What?\n- [x] a", "too-few-options"),
        ("What?\n- [x] a\n- [ ] a", "identical-options"),
        ("What?\n- [x] a\n- [ ]", "empty-option"),
        ("- [x] a\n- [ ] b", "no-stem"),
        ("What?\n- [x] a\n- [ ] b\n\nAnswer: B", "two-answers"),
        ("What?\n- [ ] a\n- [ ] b\n\nAnswer: B", "B"),
        ("What?\n- [x] a\n- [ ] b\n\nAnswer: a", "A"),
        ("What?\n- [x] a\n- [ ] b\n\n<details><summary>Answer</summary>B</details>", "two-answers"),
        ("What?\n- [x] a\n- [ ] b\n\n<details><summary>Answer</summary>It is a.</details>", "A"),
        ("What?\n- [ ] a\n- [ ] b\n\n<details><summary>Answer</summary>B</details>", "B"),
        ("1. What?\n- [x] a\n- [ ] b\n\nor\n- [x] c\n- [ ] d", "letters-restart"),
        ("What?\n- [x] a\n- [ ] b\n\nWhy?\n- [ ] c\n- [x] d", "A B"),
        ("What?\n- [x] ```\n  - [ ] code\n  ```\n- [ ] b", "A"),
        ("What?\n- [x] ```\n- [ ] b", "unclosed-fence"),
    ];
    for (text, expected) in table {
        check(Notation::Quiz, text, expected);
    }
}

#[test]
fn things_to_do_beside_questions_are_held_back() {
    let table = [
        ("## Plans\n\n- [ ] dark\n- [x] light", "no-stem A"),
        ("Next:\n\n- [ ] dark\n- [ ] light", "no-stem A"),
        ("Next:\n\n- [ ] dark\n- [x] light", "B A"),
        ("## Fill the gap\n\n- [ ] dark\n- [x] light", "B A"),
        ("The sun is ___.\n\n- [ ] dark\n- [x] light", "B A"),
        ("## 1. Plans\n\n- [ ] dark\n- [x] light", "B A"),
    ];
    for (list, expected) in table {
        check(Notation::Quiz, &format!("{list}\n\n### Which one?\n\n- [x] a\n- [ ] b\n"), expected);
    }
}

#[test]
fn numbered_questions_hold_back_what_contradicts_itself() {
    let table = [
        ("1. What?\na) a\nb) b\nAnswer: b\n2. Why?\na) a\nb) b\nAnswer: a", "B A"),
        ("1. What?\na) a\nb) b\n2. Why?\na) a\nb) b\nAnswer: a", "no-answer A"),
        ("1. What?\na) a\nb) b\nAnswer: c", "unknown-answer"),
        ("1. What?\na) a\nb) b\nAnswer: neither", "unreadable-answer"),
        ("1. What?\na) a\nb) b\n\na) c\nb) d\nAnswer: b", "letters-restart"),
        ("1. What?\na) a\nb) b\nd) c\nAnswer: b", "letters-out-of-order"),
        ("1. What?\na) a\nb) b\nAnswer: b\nAnswer: a", "two-answers"),
        ("1. What?\nAnswer: b", "too-few-options"),
        (
            "1. What?\na) a\nb) b\nAnswer: b\n\nWhy?\n\n- [x] a\n- [ ] b\n\n2. How?\na) a\nb) b\nAnswer: b",
            "B A B",
        ),
        ("### What?\n- [ ] a\n- [x] b\n\nWhy is\nthat so?\n- [x] a\n- [ ] b", "B A"),
        ("1. What?\na) a\nb) b\nor what?\na) a\nb) b\nAnswer: b", "letters-restart"),
        ("1. What?\na) DC\nb) AC\nc) none\nAnswer: AC", "ambiguous-answer"),
        ("1. What?\nAnswer: because", "“because”"),
        ("1. What?\n\nQuestion 2: Why?\na) a\nb) b\nAnswer: b", "B"),
        ("Question 1: What?\n\nQuestion 2: Why?\na) a\nb) b\nAnswer: b", "too-few-options B"),
        ("1. What?\na) a\nb) b\nAnswer: b\n\n1. first\n2. second\n\n2. Why?\na) a\nb) b\nAnswer: a", "B A"),
    ];
    for (text, expected) in table {
        check(Notation::Quiz, text, expected);
    }
}

#[test]
fn options_without_a_blank_behind_their_mark_are_options_among_others() {
    let table = [
        ("1. What?\n- A: a\n- B:`b`\nAnswer: B", "B"),
        ("1. What?\nA. a\nB.b\nC.c\nD. d\nAnswer: D", "D"),
        ("1. What?\n- [ ] a\n- []b\n- [x]c\n- [-] d", "C"),
        ("1. What?\n- []a\n- [x] b", "B"),
        ("1. What?\nA. a\nB. b\nB.c\nAnswer: B", "B option-runs-on"),
        ("1. What?\n  - [x] a\n  - [o] b\n  - [ ] c", "A option-runs-on"),
        ("1. What?\n- [x] a\n- [ ] b\n\nTypes:\n- []int", "A"),
        ("**Q1: Basic - [T]**\n\nWhat?\n\nA. a\nB.b\n\n**Answer: B**", "B"),
        ("**Q1: Basic - [T]**\n\nWhat?\n\nA. a\nB. b\nD.c\n\n**Answer: B**", "B option-runs-on"),
        ("Q: What?\nA. a\nB.b\nA: B", "B"),
    ];
    for (text, expected) in table {
        let parsed = parse(text, "text.md");
        check_account(text, &parsed);
        let run_on = parsed.problems.iter().any(|problem| problem.kind == Kind::OptionRunsOn);
        let told = told(&parsed) + if run_on { " option-runs-on" } else { "" };
        assert_eq!(told, expected, "{text}\n{:#?}", parsed.problems);
    }
}

#[test]
fn options_in_letters_that_are_not_read_make_no_flip_card() {
    for (options, answer) in [("① x\n② y", "②"), ("ア　x\nイ　y", "イ"), ("א. x\nב. y", "ב")] {
        check(Notation::Quiz, &format!("1. 何？\n{options}\n正解：{answer}"), "too-few-options");
        let text = format!("問1. 何ですか。\n{options}\n正解：{answer}");
        check(Notation::of(&text, "text.md"), &text, "too-few-options");
    }
    check(Notation::Quiz, "1. Which kana is “i”?\nAnswer: イ", "“イ”");
}

#[test]
fn where_no_option_has_a_blank_behind_its_letter_those_without_are_options() {
    let text = "1.What?\nA.one\nB.two\n2.Why?\nA.One\nB.2\nC.three\nAnswers:\n1.B\n2.C";
    check(Notation::of(text, "dump.txt"), text, "B C");
    check(Notation::Quiz, "1. What does it print?\nA.one()\nB.two()\n\nA) x\nB) y\nAnswer: B", "B");
}

#[test]
fn a_key_answers_what_has_no_answer_and_contradicts_nothing() {
    let questions = "1. What?\nA. a\nB. b\n\n2. Why?\nA. a\nB. b\nC. c\n\n";
    let table = [
        ("## Answers\n1. B\n2. C", "B C"),
        ("**Answer Key:**\n\n1-A, 2-B", "A B"),
        ("Answers: 1 B 2 C", "B C"),
        ("## Solutions\n| 1 | 2 |\n|---|---|\n| A | AC |", "A AC"),
        ("答案\n１．Ｂ\n２．Ｃ", "B C"),
        ("## Answers\n1. B", "B no-answer"),
        ("## Answers\n1. B\n2. D", "B unknown-answer"),
        ("## Answers\n1. B\n2. A\n2. C", "B two-answers"),
        ("## Answers\n1. b\n2. c", "B C"),
        ("## Answers\n| # | Answer | Page |\n|---|---|---|\n| 1 | B | 7 |\n| 2 | C | 8 |", "B C"),
    ];
    for (key, expected) in table {
        check(Notation::Quiz, &format!("{questions}{key}"), expected);
    }
}

#[test]
fn a_list_behind_the_questions_is_none_and_an_unfinished_question_is_one() {
    let questions = "1. What?\nA. x\nB. y\n\n2. Why?\nA. x\nB. y\n\n";
    let list = "1. A book.\n2. A paper.\n";
    check(Notation::Quiz, &format!("{questions}## Answers\n\n1. B\n2. A\n\n## References\n\n{list}"), "B A");
    let answered = "1. What?\nA. x\nB. y\nAnswer: A\nExplanation: so.\n\n";
    check(Notation::Quiz, &format!("{answered}2. Which of these?\nA. x"), "A too-few-options");
    check(Notation::Quiz, &format!("{answered}{list}"), "A");
}

#[test]
fn what_is_said_behind_an_answer_explains_it() {
    for answer in
        ["**B) y** – since it is.", "**B** - since it is.", "**B. y**: since it is.", "B (since it is.)"]
    {
        let table = [
            (Notation::Quiz, format!("1. What?\nA. x\nB. y\nAnswer: {answer}")),
            (Notation::Quiz, format!("1. What?\nA. x\nB. y\n\n## Answers\n1. {answer}")),
            (
                Notation::Markdown,
                format!("**Q1: Easy - [T]**\n\nWhat?\n\nA. x\nB. y\n\n**Answer:** {answer}"),
            ),
        ];
        for (notation, text) in table {
            let parsed = parse_as(notation, &text, "text.md");
            let explanation = parsed.questions.first().map(|found| found.question.explanation.as_str());
            assert_eq!(explanation.map(|said| said.trim_matches(['(', ')'])), Some("since it is."), "{text}");
        }
    }
    let parsed =
        parse_as(Notation::Markdown, "**Q1: Easy - [T]**\n\nWhat?\n\nA. x\nB. y\n\n**Answer: B** (y) ✓", "");
    assert_eq!(parsed.questions[0].question.explanation, "");
}

#[test]
fn a_part_in_a_quotation_or_an_item_loses_its_marks() {
    let head = "**Q1: Easy - [T]**\n\nWhat?\n\nA) x\nB) y\n\n";
    let quoted = "> **Answer: B**\n>\n> **Explanation:** one\n> two\n";
    let listed = "- **Answer:** B\n- **Explanation:** one\n  two\n";
    for (notation, head) in [(Notation::Markdown, head), (Notation::Quiz, "1. What?\nA) x\nB) y\n\n")] {
        for part in [quoted, listed] {
            let text = format!("{head}{part}");
            let parsed = parse_as(notation, &text, "text.md");
            check(notation, &text, "B");
            assert_eq!(parsed.questions[0].question.explanation, "one\ntwo", "{text}");
        }
    }
}

#[test]
fn a_key_may_count_from_1_where_questions_have_the_number_of_their_chapter() {
    let question =
        |number: &str| format!("**Q{number}: Basic - [T]**\n\nWhich {number}?\n\nA) x\nB) y\n\n---\n\n");
    let key = "## Answer Key\n\n1. B\n2. A\n";
    check(Notation::Markdown, &(question("3.1") + &question("3.2") + key), "B A");
    check(Notation::Markdown, &(question("3.1") + &question("4.1") + key), "no-answer no-answer");
}

#[test]
fn a_key_ends_where_a_question_with_options_begins() {
    let first = "1. What?\nA) a\nB) b\n\nAnswers\n1. A\n\n";
    let second = "2. Why?\nA) a\nB) b\n";
    check(Notation::Quiz, &format!("{first}More questions\n\n{second}\nAnswers\n2. B"), "A B");
    check(Notation::Quiz, &format!("{first}{second}Answer: B"), "A B");
    // What is said of the options of an answer is no question.
    let listed = "2. Answer: B\n   - A) no\n   - B) yes\n";
    check(Notation::Quiz, &format!("{second}\nAnswers\n\n{listed}"), "B");
    let texts = "1. Paris\nA) It is in France.\nB) It is not.\n2. Rome";
    let cities = "1. Where?\nA) Paris\nB) Rome\n\n2. Where not?\nA) Paris\nB) Rome\n\n## Answers\n\n";
    check(Notation::Quiz, &format!("{cities}{texts}"), "A B");
    check(Notation::Quiz, &format!("{second}\nAnswers\n\n2. B\n\nA) no\nB) yes"), "B");
    check(Notation::Quiz, &format!("{second}\n## Answers\n\n### 2\nB\n\nA) no\nB) yes"), "B");
    let parsed = parse_as(Notation::Quiz, &format!("{first}More questions\n\n{second}Answer: B"), "");
    assert_eq!(parsed.questions[0].question.explanation, "");
}

#[test]
fn a_numbered_list_in_a_question_begins_no_other() {
    let options = "A) a\nB) b\nAnswer: A\n";
    let lists = [
        format!("1. Which of these:\n1. wet\n2. cold\n3. hot\n{options}\n2. What?\n{options}"),
        format!("Answer these:\n\n1. Which of these:\n\n1. wet\n\n2. cold\n\n{options}\n2. What?\n{options}"),
        format!("1. What?\n{options}Explanation: so\n1. one\n2. two\n3. three\n\n2. Why?\n{options}"),
        format!("1. What?\n{options}Explanation:\n\n1. one\n\n2. two\n\n2. Why?\n{options}"),
        format!("1. What?\n{options}2. In which order?\n1. one\n2. two\n3. three\n{options}"),
    ];
    for text in lists {
        let parsed = parse_as(Notation::Quiz, &text, "text.md");
        let numbers: Vec<_> = parsed.questions.iter().map(|found| found.question.name()).collect();
        assert_eq!((numbers.join(" ").as_str(), parsed.found), ("Q1 Q2", 2), "{text}");
    }
    // A question whose options are missing is one nevertheless, and so is one behind a list above the first.
    check(
        Notation::Quiz,
        &format!("1. What?\n2. Why?\n3. Who?\n{options}"),
        "too-few-options too-few-options A",
    );
    check(Notation::Quiz, &format!("1. Read.\n2. Think.\n\n1. What?\n{options}\n2. Why?\n{options}"), "A A");
}

#[test]
fn parts_of_a_key_in_another_order_are_held_back() {
    let part = |name: &str| format!("# {name}\n\n1. Which of {name}?\nA. x\nB. y\n\n2. Who?\nA. x\nB. y\n\n");
    let text = part("Chapter 1") + &part("Chapter 2");
    let key = |first: &str, second: &str| {
        format!("# Answers\n\n## {first}\n1. A\n2. A\n\n## {second}\n1. B\n2. B\n")
    };
    check(Notation::Quiz, &format!("{text}{}", key("Chapter 1", "Chapter 2")), "A A B B");
    check(Notation::Quiz, &format!("{text}{}", key("Part One", "Part Two")), "A A B B");
    let swapped = parse_as(Notation::Quiz, &format!("{text}{}", key("Chapter 2", "Chapter 1")), "key.md");
    assert_eq!((swapped.found, swapped.questions.len()), (4, 0));
}

#[test]
fn a_key_in_a_table_explains_in_a_column() {
    let question = "1. What?\nA. a\nB. b\n\n";
    let text = format!(
        "{question}## Answers\n\n| # | Answer | Explanation |\n|---|---|---|\n| 1 | B | It is so. |\n"
    );
    let parsed = parse_as(Notation::Quiz, &text, "text.md");
    check_account(&text, &parsed);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.questions[0].question.explanation, "It is so.");
}

#[test]
fn a_folded_key_is_no_answer_of_the_last_question() {
    let questions = "1. What?\nA. a\nB. b\n\n2. Why?\nA. a\nB. b\nC. c\n\n";
    let table = [
        ("<details>\n<summary>Answer Key</summary>\n\n1. B\n2. C\n\n</details>", "B C"),
        ("<details><summary><b>Show answers</b></summary>\n1. B\n2. A, C\n</details>", "B AC"),
        ("<details><summary>Answers</summary>1. B, 2. A</details>", "B A"),
        (
            "<details>\n<summary>Answers</summary>\n\n| Q | Ans | Q | Ans |\n|--|--|--|--|\n| 1 | b | 2 | a |\n</details>",
            "B A",
        ),
        (
            "<details>\n<summary>Answers</summary>\n\n1. two\n2. three\n\n</details>",
            "no-answer ambiguous-answer",
        ),
        ("<details>\n<summary>Answer</summary>\n\nB\n\n</details>", "no-answer B"),
    ];
    for (key, expected) in table {
        check(Notation::Quiz, &format!("{questions}{key}"), expected);
    }
    let unread = "14. The least value is:\n  (a) 4  (b) 2\n\n<details>\n<summary>Answer Key</summary>\n\n14. b\n\n</details>";
    assert_eq!(Notation::of(unread, "text.md"), Notation::Quiz);
    check(Notation::Quiz, unread, "too-few-options");
    let chapter = "**Q1: Basic - [T]**\n\nWhat?\n\nA) a\nB) b\n\n";
    check(
        Notation::Markdown,
        &format!("{chapter}<details>\n<summary>Answer Key</summary>\n\n1. B\n\n</details>"),
        "B",
    );
}

#[test]
fn answers_without_numbers_behind_the_last_question_are_those_of_all_or_held_back() {
    let unanswered = "1. What?\nA. a\nB. b\n\n2. Why?\nA. a\nB. b\nC. c\n\n";
    let table = [
        ("**Answers:** B, A", "B A"),
        ("Answers: B A", "B A"),
        ("**Answers:**\n\n- B\n- A", "B A"),
        ("<details>\n<summary>Answers</summary>\n\nB, A\n\n</details>", "B A"),
        ("<details><summary>Answers</summary>C; C</details>", "unknown-answer C"),
        ("<details><summary>Answers</summary>B, C</details>\n\nGood luck!", "no-answer ambiguous-answer"),
        ("<details><summary>Answers</summary>B, A</details>\n\nGood luck!", "B A"),
        ("**Answer:** B – both are solutions", "no-answer B"),
        ("**Answers:** A, B", "no-answer ambiguous-answer"),
        ("**Answers:** B, A, C", "no-answer ambiguous-answer"),
        ("<details><summary>Answers</summary>\nB\n\nBecause.\n</details>", "no-answer ambiguous-answer"),
        ("**Answers:** B", "no-answer B"),
        ("**Answer:** B, A", "no-answer AB"),
    ];
    for (answers, expected) in table {
        check(Notation::Quiz, &format!("{unanswered}{answers}"), expected);
    }
    let answered = "1. What?\nA. a\nB. b\nAnswer: B\n\n2. Why?\nA. a\nB. b\nC. c\n\n";
    check(Notation::Quiz, &format!("{answered}Answers: A, C"), "B AC");
    check(
        Notation::Quiz,
        &format!("{answered}3. Who?\nA. a\nB. b\n\nAnswers: B, A"),
        "B no-answer ambiguous-answer",
    );
}

#[test]
fn folded_answers_are_letters_or_texts() {
    let question = "### 1. What?\n- A: one\n- B: two\n\n";
    let table = [
        ("<details><summary>Answer</summary>B</details>", "B"),
        ("<details>\n<summary>Answer</summary>\n\nB) two\n\nBecause.\n\n</details>", "B"),
        ("<details>\n<summary>Answer</summary>\n\ntwo\n</details>", "B"),
        ("<details>\n<summary>Answer</summary>\n\n**Answer: B**\n\n</details>", "B"),
        ("<details>\n<summary>Answer: B</summary>\n\nBecause.\n\n</details>", "B"),
        ("<details>\n<summary>Answer</summary>\n\nthree\n</details>", "unreadable-answer"),
        ("<details>\n<summary>Hint</summary>\n\nB\n</details>", "no-answer"),
        ("<details>\n<summary>Answer</summary>\n\nB\n\n### 2. Why?\n- A: one\n- B: two", "B no-answer"),
        ("<details><summary>Answer</summary>\n</details>\n\nAnswer: A", "A"),
        ("Answer: A\n\n<details><summary>Answer</summary> B</details>", "two-answers"),
        ("Answer: A\n<details>\n<summary>Answer</summary>\n\nB because.\n</details>", "two-answers"),
        ("Answer: A\n<details><summary>Answer: B</summary>\nSo.\n</details>", "two-answers"),
        ("Answer: two\n<details><summary>Answer</summary>B</details>", "B"),
        ("Answer: A\n<details><summary>Answer</summary>A</details>", "A"),
        ("Answer: A\n<details><summary>Solution</summary>One is less.</details>", "A"),
    ];
    for (fold, expected) in table {
        check(Notation::Quiz, &format!("{question}{fold}"), expected);
    }
}

#[test]
fn a_lettered_list_above_the_options_is_part_of_the_stem() {
    let options = "A) Only (a)\nB) Only (b)\nC) Both\n";
    let unclear = "A) one\nB) other\n\nBetter options:\n\nA. two\nB. three\n";
    let table = [
        (format!("Consider:\n\n(a) x\n(b) y\n\nWhich holds?\n\n{options}"), "B"),
        (format!("Which holds?\n\na. x\nb. y\n\n{options}"), "B"),
        (format!("Which holds?\n\n{options}   a. inside\n   b. inside\n"), "B"),
        (format!("Which holds?\n\n{unclear}"), "letters-restart"),
    ];
    for (asked, expected) in table {
        check(
            Notation::Markdown,
            &format!("**Q1: Basic - [T]**\n\n{asked}\n**Answer: B**\n\n**Explanation:**\nSo.\n"),
            expected,
        );
    }
    let quiz = [
        ("1. Consider:\n(a) x\n(b) y\nWhich holds?\nA. (a) only\nB. Both\nAnswer: B\n", "B"),
        ("1. Consider:\n(a) x\n(b) y\n\nA. (a) only\nB. Both\nAnswer: B\n", "letters-restart"),
        ("1. Which?\nA. one:\n   a) x\n   b) y\nB. two\nAnswer: B\n", "B"),
    ];
    for (text, expected) in quiz {
        check(Notation::Quiz, text, expected);
    }
}

#[test]
fn what_a_heading_cuts_off_is_told_and_a_section_is_not() {
    let question = |number: u8| {
        format!(
            "**Q1.{number}: Basic - [T]**\n\nWhich {number}?\n\nA) x\nB) y\n\n**Answer: A**\n\n**Explanation:**\nSo.\n\n"
        )
    };
    let told = |between: &str| {
        let parsed =
            parse_as(Notation::Markdown, &format!("{}{between}{}", question(1), question(2)), "text.md");
        parsed.problems.iter().map(|problem| (problem.kind, problem.line)).collect::<Vec<_>>()
    };
    assert_eq!(told("# count the words\nwc -w f\n\nIt counts.\n\n"), [(Kind::TextBetween, 14)]);
    assert_eq!(told("# Part Two\n\n"), []);
    assert_eq!(told("---\n\n# Part Two\n\nAn introduction.\n\n"), []);
}

#[test]
fn an_answer_in_letters_and_texts_is_all_that_it_says_or_held_back() {
    let table = [
        ("A. two, C. four", "AC"),
        ("A) two and C) four", "AC"),
        ("C) four", "C"),
        ("C) two", "ambiguous-answer"),
        ("A-C", "unreadable-answer"),
        ("C, A, C", "unreadable-answer"),
    ];
    for (answer, expected) in table {
        let options = "A) two\nB) three\nC) four\n";
        let chapter = format!(
            "**Q1: Basic - [T]**\n\nWhich?\n\n{options}\n**Answer: {answer}**\n\n**Explanation:**\nSo.\n"
        );
        check(Notation::Markdown, &chapter, expected);
        check(Notation::Quiz, &format!("1. Which?\n{options}\n**Answer:** {answer}\n"), expected);
        check(Notation::Quiz, &format!("1. Which?\n{options}\nAnswers\n\n1. {answer}\n"), expected);
        check(Notation::Aiken, &format!("Which?\n{options}ANSWER: {answer}\n"), expected);
        let json = format!(
            r#"[{{"question": "Which?", "options": ["two", "three", "four"], "answer": "{answer}"}}]"#
        );
        check(Notation::Json, &json, expected);
    }
}

#[test]
fn numbered_options_in_the_stem_make_no_flip_card() {
    let table = [
        (Notation::Quiz, "1. Which port?\n   1. 443\n   2. 80\n   Answer: 2", "too-few-options"),
        (Notation::Quiz, "1. Which port?\n   i) 443\n   ii) 80\n   Answer: ii) 80", "too-few-options"),
        (Notation::Pairs, "Q: Which port?\n1) 443\n2) 80\nA: 2", "too-few-options"),
        (Notation::Quiz, "1. Which port?\n   1. 443\n   2. 80\n   Answer: none", "“none”"),
        (Notation::Quiz, "1. How many ports?\n   Answer: 2", "“2”"),
        (Notation::Quiz, "1. How heavy?\n   1. 2 kg\n   2. 3 kg\n   Answer: 2.5 kg", "“2.5 kg”"),
    ];
    for (notation, text, expected) in table {
        check(notation, text, expected);
    }
}

#[test]
fn a_head_with_a_remark_behind_its_number_begins_a_question() {
    let heads = [
        ("### Question 2 (Easy)", Some("Easy")),
        ("### Question 2 (Essay)", None),
        ("### Question 2 ⭐", None),
        ("## Question #2", None),
        ("### Question 2 of 3", None),
        ("**Question 2 (Hard)**", Some("Hard")),
    ];
    let question = "What?\n\nA. a\nB. b\n\n**Answer:** B\n\n**Explanation:** So.\n\n";
    for (head, difficulty) in heads {
        let text = format!("### Question 1\n{question}{head}\n{question}### Question 3\n{question}");
        for notation in [Notation::Markdown, Notation::Quiz] {
            check(notation, &text, "B B B");
            let second = &parse_as(notation, &text, "text.md").questions[1].question;
            assert_eq!((second.stem.as_str(), second.difficulty.as_deref()), ("What?", difficulty), "{text}");
        }
    }
    let lost = format!(
        "### Question 1\n{question}### Question 2 (Essay)\nDescribe it.\n\n### Question 3\n{question}"
    );
    check(Notation::Markdown, &lost, "B too-few-options B");
    assert_eq!(Notation::of("### Question 1 (Easy)\nWhat?\n- [x] a\n- [ ] b", "text.md"), Notation::Quiz);
}

#[test]
fn an_answer_ends_an_aiken_question_in_any_case_of_letters() {
    let second = "\n\nSecond?\nA. x\nB. y\nANSWER: B";
    let table = [
        ("First?\nA. x\nB. y\nAnswer: A", "A B"),
        ("First?\nA. x\nB. y\nanswer: neither", "unreadable-answer B"),
        ("First?\na. x\nb. y\nanswer: b", "too-few-options B"),
        ("Answer: yes or no?\nA. x\nB. y\nANSWER: A", "A B"),
        ("First?\nA. x\nB. y", "no-answer B"),
    ];
    for (first, expected) in table {
        check(Notation::Aiken, &format!("{first}{second}"), expected);
    }
    let mixed = |first: &str| Notation::of(&format!("{first}{second}"), "text.txt");
    assert_eq!(mixed("First?\nA. x\nB. y\nAnswer: A"), Notation::Aiken);
    assert_eq!(mixed("First?\na. x\nb. y\nanswer: b"), Notation::Quiz);
}

#[test]
fn an_aiken_stem_keeps_its_paragraphs() {
    let text = "Look at this:\n\n    x = 1\n\n    y = 2\n\nWhat is it?\n\nA. x\n\nB. y\n\nANSWER: B\n";
    let parsed = parse_as(Notation::Aiken, text, "text.txt");
    check_account(text, &parsed);
    assert_eq!(parsed.problems, []);
    let question = &parsed.questions[0].question;
    assert_eq!(question.stem, "Look at this:\n\n    x = 1\n\n    y = 2\n\nWhat is it?");
    assert_eq!(question.options()[1].text, "y");
}

#[test]
fn pairs_are_flip_cards_unless_they_have_options() {
    let table = [
        ("Q: What?\nA: That.", "“That.”"),
        ("Q: What?\n\nA: That\nand this.\n\nQ: Why?\nA: So.", "“That\nand this.” “So.”"),
        ("Q: What?\nA:\n```\nA: code\n```", "“```\nA: code\n```”"),
        ("Q: What?\na) one\nb) two\nA: b", "B"),
        ("Q: What?\na) one\nb) two\nA: It depends.", "“It depends.”"),
        ("Q: What?\na) one\nb) one\nA: b", "identical-options"),
        ("Q: What?\n\nQ: Why?\nA: So.", "no-answer “So.”"),
        ("Q:\nA: So.", "no-stem"),
        ("Q: What?\nA: That.\nA: This.", "two-answers"),
        ("Q: What?\nA: ```\nQ: Why?", "unclosed-fence"),
        ("问题：什么？\n答案：云", "“云”"),
    ];
    for (text, expected) in table {
        check(Notation::Pairs, text, expected);
    }
}

#[test]
fn heads_above_nothing_but_flip_cards_are_those_of_pairs() {
    let table = [
        ("**Q1: What?**\n\n**A:** That.\n\n**Q2: Why?**\n\n**A:** So.", "“That.” “So.”"),
        ("### Q1: What?\nA: That.\n\n### Q2: Why?\nA: So.", "“That.” “So.”"),
        (
            "**Question 1:** What?\n\n**Answer:** That.\n\n**Question 2:** Why?\n\n**Answer:** So.",
            "“That.” “So.”",
        ),
    ];
    for (text, expected) in table {
        check(Notation::of(text, "text.md"), text, expected);
    }
    let others = [
        "**Q1: What?**\n\nA) a\nB) b\n\n**Answer: A**\n\n**Q2: Why?**\n\n**A:** So.",
        "**Q1: What?**\n\n**Answer:** That.\n\n**Q2: Why?**\n\n**Answer:** B",
        "**Q1: What?**\n\n- this\n- that\n\n**Answer:** That.",
        "**Q1: Basic - [Topic]**\n\nWhat?\n\n**Answer:** That.",
        "**Q1: What?**\n\n**Recall:** That.",
    ];
    for text in others {
        assert_eq!(Notation::of(text, "text.md"), Notation::Markdown, "{text}");
    }
}

/// Lines that quizzes are made of, and some that they should not be made of.
const LINES: [&str; 44] = [
    "",
    "",
    "",
    "text",
    "What is it?",
    "    indented",
    "1. What is it?",
    "2) Why?",
    "3. Which?",
    "Q1. What?",
    "Question 4: Who?",
    "**5.** Where?",
    "## 6. When?",
    "### What is it?",
    "**Q7:** What?",
    "Q: What?",
    "A: that",
    "A: B",
    "第1题：什么？",
    "- [ ] one",
    "- [x] two",
    "* [X] two",
    "- [ ]",
    "a) one",
    "b) two",
    "A. one",
    "B. two",
    "- A: one",
    "- B: two",
    "Answer: b",
    "**Answer: A, C**",
    "答案：D",
    "Explanation: so",
    "> quoted",
    "<details>",
    "<summary>Answer</summary>",
    "<details><summary>Solution</summary> B </details>",
    "</details>",
    "## Answers",
    "1. B",
    "| 1 | B |",
    "---",
    "```",
    "# One",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pile_of_lines_is_accounted_for(lines in prop::collection::vec(0..LINES.len(), 0..60)) {
        let text: Vec<&str> = lines.into_iter().map(|line| LINES[line]).collect();
        let text = text.join("\n");
        for notation in Notation::ALL {
            check_account(&text, &parse_as(notation, &text, "pile.md"));
        }
        check_account(&text, &parse(&text, "pile.md"));
    }

    #[test]
    fn any_mixture_of_marks_is_accounted_for(text in "[QA-D0-9x答问第：．［］ \\[\\]()*_`~<>!.,:#|\\-\n]{0,300}") {
        for notation in Notation::ALL {
            check_account(&text, &parse_as(notation, &text, "marks.md"));
        }
    }
}

#[test]
fn huge_texts_are_only_large_in_every_notation() {
    let texts = [
        "- [ ] option\n".repeat(20_000),
        (0..20_000).map(|place| format!("A. option {place}\n")).collect(),
        "1. What?\na) one\nb) two\n".repeat(10_000),
        "1. What?\n".repeat(20_000),
        "Answers\n".repeat(20_000),
        "## Answers\n1. B\n".repeat(10_000),
        "<details>\n<summary>Answer</summary>\n".repeat(10_000),
        "Q: What?\n".repeat(20_000),
        format!("Q: What?\n{}", "A: that\n".repeat(20_000)),
        format!("What?\n- [x] a\n- [ ] b\n\n{}", "<details>".repeat(20_000)),
        format!("1. What?\n{}\nAnswer: {}", "a) ".repeat(20_000), "b, ".repeat(20_000)),
        format!("## Answers\n{}", "1 B, ".repeat(20_000)),
        "x\n\n".repeat(20_000) + "- [x] a\n- [ ] b",
        format!("- [x] a\n{}x\n{}", "\n".repeat(20_000), "  - []b\n".repeat(20_000)),
        format!("{}Answers: {}", "1. What?\nA. a\nB. b\n".repeat(2), "B A ".repeat(20_000)),
        format!("### Question 1 {}", "(Easy) ".repeat(20_000)),
        "```\n- [x] a\n".repeat(10_000),
        "> ".repeat(100_000),
    ];
    for text in texts {
        for notation in Notation::ALL {
            check_account(&text, &parse_as(notation, &text, "huge.md"));
        }
    }
}
