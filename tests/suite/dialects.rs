//! How authors vary the parts of a chapter's questions, and what is made of it.

use retain::import::{Notation, Parsed, parse, parse_as};

use crate::{
    import::check_account,
    notations::{check, told},
};

fn read(text: &str) -> Parsed {
    let parsed = parse(text, "chapter.md");
    check_account(text, &parsed);
    parsed
}

fn question(number: usize, parts: &str) -> String {
    format!("**Q1.{number}: Basic - [Topic]**\n\n{parts}\n\n")
}

const PLAIN: &str = "Which one?\n\nA) one\nB) two\nC) three\n\n**Answer: B**\n\n**Explanation:**\nSo.";

#[test]
fn an_option_in_bold_belongs_to_its_list() {
    for option in ["A) one", "B) two", "C) three"] {
        let text = question(1, &PLAIN.replace(option, &format!("**{option}**")));
        assert_eq!(told(&read(&text)), "B", "{text}");
        let spaced = text.replace("\nB)", "\n\nB)").replace("\n**B)", "\n\n**B)");
        assert_eq!(
            told(&read(&spaced.replace("\nC)", "\n\nC)").replace("\n**C)", "\n\n**C)"))),
            "B",
            "{spaced}"
        );
    }
    for broken in ["**B) two** and **more**", "**B) two** (recommended)"] {
        let text = question(1, &PLAIN.replace("B) two", broken));
        assert_ne!(told(&read(&text)), "B", "{text}");
    }
    let statements =
        "A. TCP is slow\nB. UDP is fast\n\nWhich of these hold?\n\n**A.** one\n**B.** two\n**C.** three";
    let text = question(1, &PLAIN.replace("Which one?\n\nA) one\nB) two\nC) three", statements));
    assert_eq!(
        read(&text).questions[0].question.stem,
        "A. TCP is slow\nB. UDP is fast\n\nWhich of these hold?"
    );
}

#[test]
fn the_heading_of_the_next_section_ends_a_question() {
    for heading in ["### Advanced Questions", "#### Part 2", "**Section B: Advanced**", "**Advanced MCQs**"] {
        let parsed = read(&format!("{}{heading}\n\n{}", question(1, PLAIN), question(2, PLAIN)));
        assert_eq!(parsed.questions[0].question.explanation, "So.", "{heading}");
        assert_eq!(parsed.problems.len(), 0, "{heading}: {:?}", parsed.problems);
    }
    let own = [
        "**Remember: it is two.**",
        "### Why\n\nIt is two.",
        "**Isolation level**",
        "**Part of the heap**",
        "**Section 5 of the Act**",
        "### Why not A?",
        "### Key Takeaway: two",
        "Write it so:\n\n### Heading",
    ];
    for own in own {
        let parsed = read(&format!("{}{own}\n\n{}", question(1, PLAIN), question(2, PLAIN)));
        assert_eq!(parsed.questions[0].question.explanation, format!("So.\n\n{own}"));
    }
}

#[test]
fn what_looks_like_a_section_is_the_answer_where_nothing_else_is() {
    let recall = question(1, "What is it?\n\n**Recall:**\n**Section 230**") + &question(2, PLAIN);
    assert_eq!(read(&recall).questions[0].question.explanation, "**Section 230**");
    let title = question(1, &PLAIN.replace("So.", "### Two")) + &question(2, PLAIN);
    assert_eq!(read(&title).questions[0].question.explanation, "### Two");
}

#[test]
fn labels_around_the_stem_are_no_part_of_it() {
    let table = [
        ("**Question:** Which one?\n\n**Options:**\n\n", "Which one?"),
        ("**Question**: Which\n\none?\n\n**Options:**\n", "Which\n\none?"),
        ("Question: which\n\noptions:\n", "Question: which\n\noptions:"),
        ("Which one?\n\n**Choices**:\n\n", "Which one?"),
        ("**Options:**\n\n", "Topic"),
        ("Questions: which?\n\n", "Questions: which?"),
        ("Which are options:\n\n", "Which are options:"),
    ];
    for (stem, expected) in table {
        let parsed = read(&question(1, &PLAIN.replace("Which one?\n\n", stem)));
        assert_eq!(parsed.questions[0].question.stem, expected, "{stem}");
    }
}

#[test]
fn two_letters_that_may_be_either_are_no_answer() {
    for answer in ["A/C", "A / C", "A or C"] {
        let text = question(1, &PLAIN.replace("**Answer: B**", &format!("**Answer: {answer}**")));
        assert_eq!(told(&read(&text)), "unreadable-answer", "{answer}");
    }
}

#[test]
fn options_that_differ_in_blanks_alone_look_the_same() {
    let with = |option: &str, other: &str| {
        question(1, &PLAIN.replace(") one", &format!(") {option}")).replace(") two", &format!(") {other}")))
    };
    assert_eq!(told(&read(&with("a  few", "a few"))), "identical-options");
    assert_eq!(told(&read(&with("`a  b`", "`a b`"))), "B");
}

#[test]
fn a_heading_that_is_indented_like_code_is_text() {
    let text = question(1, &PLAIN.replace("Which one?", "Which one?\n\n    # a comment\n    x = 1"));
    assert_eq!(told(&read(&text)), "B");
}

#[test]
fn a_head_in_a_code_block_that_is_closed_is_code() {
    let shown = "```\n**Q1.9: Basic - [Topic]**\n```";
    for place in ["Which one?", "So."] {
        let text = question(1, &PLAIN.replace(place, &format!("{place}\n\n{shown}"))) + &question(2, PLAIN);
        let parsed = read(&text);
        assert_eq!(told(&parsed), "B B", "{text}");
        assert_eq!(parsed.problems.iter().map(|it| it.kind.word()).collect::<Vec<_>>(), ["hidden-head"]);
    }
    // Here the first block was forgotten open, in the stem or behind the explanation.
    for place in ["Which one?", "So."] {
        let code = PLAIN.replace(place, &format!("{place}\n\n```\ncode\n```"));
        let open = PLAIN.replace(place, &format!("{place}\n\n```\ncode"));
        let text = question(1, &open) + &question(2, PLAIN) + &question(3, &code);
        assert_eq!(told(&read(&text)), "unclosed-fence B B", "{text}");
    }
}

#[test]
fn round_boxes_are_boxes() {
    let text = "What is 3?\n- [ ] 4\n- [x] 3\n\nWhat is 9?\n- ( ) 8\n- (x) 9\n\nWhat is 2?\n( ) 1\n(X) 2";
    let parsed = parse_as(Notation::Quiz, text, "quiz.md");
    check_account(text, &parsed);
    assert_eq!(told(&parsed), "B B B");
    let stems =
        ["Let f be\n(x) |-> 2x", "( ) is a tuple,\n(x) is x", "(i) one\n(x) ten", "- (x) the variable"];
    for stem in stems {
        let text = format!("1. {stem}\n\na) one\nb) two\n\nAnswer: b\n");
        let parsed = parse_as(Notation::Quiz, &text, "quiz.md");
        assert_eq!(parsed.questions[0].question.stem, stem, "{text}");
    }
}

#[test]
fn numbers_of_answers_count_from_where_the_file_does() {
    let counted =
        "question,option 1,option 2,option 3,option 4,answer\nWhich?,w,x,y,z,2\nWhich two?,w,x,y,z,\"2,4\"\n";
    assert_eq!(told(&parse_as(Notation::Csv, counted, "quiz.csv")), "B BD");
    let index = r#"{"question": "1 + 1?", "choices": ["0", "2", "1", "6"], "answer": 1}
{"question": "Which?", "choices": ["w", "x", "y", "z"], "answer": 0}"#;
    assert_eq!(told(&parse(index, "quiz.jsonl")), "B A");
}

/// A chapter of one question with these options and what follows them.
fn chapter(options: &str, behind: &str) -> String {
    format!("**Q1.1: Basic - [T]**\n\nWhich?\n\n{options}\n\n{behind}\n\n---\n")
}

#[test]
fn an_option_in_another_style_than_those_above_it_holds_its_question_back() {
    let three = "A) red\nB) green\nC) blue\n";
    for fourth in ["D. black", "d) black", "(D) black", "- D) black", "> D) black", "D: black", "[D] black"] {
        check(
            Notation::Markdown,
            &chapter(&format!("{three}{fourth}"), "**Answer: B**"),
            "letters-out-of-order",
        );
    }
    for options in ["A) red\nB) green C) blue", "(A) red\n(B) green (C) blue"] {
        check(Notation::Markdown, &chapter(options, "**Answer: B**"), "letters-out-of-order");
    }
    let kept = [
        "A) red\nB) green\nC) blue\n**D)** black",
        "A) Both B) and C)\nB) red\nC) blue",
        "A) Bacteria such as\nB. subtilis\nB) red",
        "A) red\nB) green (A, B) C",
        "A) red\nB) f(A, C) x",
        "A) red\nB) `A) x C) y`",
    ];
    for options in kept {
        check(Notation::Markdown, &chapter(options, "**Answer: B**"), "B");
    }
}

#[test]
fn an_explanation_may_go_through_the_wrong_options_alone() {
    let behind = |list: &str| format!("**Answer: C**\n\n**Explanation:**\nBlue is right.\n\n{list}");
    let options = "A) red\nB) green\nC) blue\nD) black";
    check(Notation::Markdown, &chapter(options, &behind("A) too warm\nB) too light\nD) too dark")), "C");
    check(Notation::Markdown, &chapter(options, &behind("A) two\nB) three\nC) four")), "letters-restart");
}

#[test]
fn options_that_differ_in_a_comment_alone_are_identical() {
    for options in ["A) red\nB) red <!-- warm -->", "A) red\nB) <!-- retain: shuffle --> red"] {
        check(Notation::Markdown, &chapter(options, "**Answer: B**"), "identical-options");
    }
}

#[test]
fn an_answer_in_doubt_or_with_a_second_one_behind_is_held_back() {
    let options = "A) red\nB) green\nC) blue";
    for answer in ["B?", "B (or C)", "B (arguably C)", "B (C in Python 2)"] {
        check(Notation::Markdown, &chapter(options, &format!("**Answer: {answer}**")), "unreadable-answer");
    }
    for second in ["**Answer (corrected): C**", "**Revised Answer: C**", "**Answer Correction: C**"] {
        let behind = format!("**Answer: B**\n\n**Explanation:**\nSo.\n\n{second}");
        check(Notation::Markdown, &chapter(options, &behind), "two-answers");
    }
    for answer in [
        "B (not C)",
        "B (C is a trap)",
        "B (C in Python 3 is a trap)",
        "B (A for loop would run forever)",
        "B (or simply green)",
        "B (green)",
        "B** <!-- a comment -->",
    ] {
        check(Notation::Markdown, &chapter(options, &format!("**Answer: {answer}**")), "B");
    }
}

#[test]
fn what_stands_around_a_chapter_or_folds_its_answers_away_is_no_part_of_it() {
    let fold = "<details>\n<summary>Answer</summary>\n\n**Answer: B**\n\n**Explanation:**\nSo.\n\n</details>";
    let folded = chapter("A) red\nB) green", fold);
    let parsed = parse_as(Notation::Markdown, &folded, "");
    let question = &parsed.questions[0].question;
    let texts = (question.options()[1].text.as_str(), question.explanation.as_str());
    assert_eq!((texts, parsed.problems.len()), (("green", "So."), 0), "{folded}");
    let own = "**Answer: B**\n\n**Explanation:**\nSo.\n\n<details>\nMore.\n</details>";
    let parsed = parse_as(Notation::Markdown, &chapter("A) red\nB) green", own), "");
    assert_eq!(parsed.questions[0].question.explanation, "So.\n\n<details>\nMore.\n</details>");

    let code = chapter("A) red\nB) green", "**Answer: B**\n\n**Explanation:**\n```sh\nls\n```");
    let wrapped = format!("```markdown\n# Colours\n\n{code}{code}```\n");
    let parsed = parse(&wrapped, "answer.md");
    assert_eq!((parsed.found, parsed.questions.len(), parsed.chapter.title.as_str()), (2, 2, "Colours"));
}

#[test]
fn what_speaks_of_a_question_by_its_number_is_none() {
    let question =
        chapter("A) red\nB) green", "**Answer: B**\n\n**Explanation:**\nSo.\n\n**Q1.1** showed it.");
    check(Notation::Markdown, &question, "B");
    let notes = "\n## Review Notes\n\n**Q1.1:** answer mismatch\n\n### Q1.1: Issue\n";
    check(Notation::Markdown, &format!("{question}{notes}"), "B");
    check(Notation::Markdown, &format!("{question}\n**Q1.2:** Which?\n"), "B too-few-options");
    let asks = "**Q1.1: Which of these is a queue?**\n\n1) x\n2) y\n";
    check(Notation::Markdown, &format!("{question}\n{asks}"), "B too-few-options");
    let headless = "**Q1.2; Basic - [T]**\n\nWhich?\n\nA) a\nB) b\n\n**Answer:**\nB\n\n---\n\n";
    let question = chapter("A) red\nB) green", "**Answer: B**\n\n**Explanation:**\nSo.");
    check(Notation::Markdown, &format!("{question}\n{headless}{headless}"), "B no-head no-head");
}

#[test]
fn a_second_version_of_a_question_holds_it_back_however_it_is_headed() {
    let body = |answer: &str| {
        format!("\n\nWhich?\n\nA) x\nB) y\n\n**Answer: {answer}**\n\n**Explanation:**\nSo.\n\n")
    };
    for head in ["**Revised Q1.2:**", "**Q1.2 (Revised): Basic - [T]**", "**Q1.2 CORRECTED: Basic - [T]**"] {
        for rule in ["", "---\n\n"] {
            let text = format!("**Q1.2: Basic - [T]**{}{rule}{head}{}", body("A"), body("B"));
            check(Notation::Markdown, &text, "revised-inside");
        }
    }
    // Where the first version is gone, the other one is the question.
    let alone = format!("**Q1.1: Basic - [T]**{}**Q1.2 (Revised): Basic - [T]**{}", body("A"), body("B"));
    check(Notation::Markdown, &alone, "A B");
}

#[test]
fn an_explanation_may_go_through_the_options() {
    let question = "**Q1: Basic - [T]**\n\nWhich?\n\nA) x\nB) y\n\n**Answer: B**\n\n**Explanation:**\n";
    check(Notation::Markdown, &format!("{question}A) Wrong: small.\nB) Right: large.\n"), "B");
    check(Notation::Markdown, &format!("{question}Well:\n\nA) Incorrect, small.\nB) Correct.\n"), "B");
    check(Notation::Markdown, &format!("{question}So.\n\nA) p\nB) q\n"), "letters-restart");
    check(Notation::Markdown, &format!("{question}So.\n\nA) p\nB) q\n\n**Answer: A**\n"), "letters-restart");
    check(Notation::Markdown, &format!("{question}So.\n\n**Corrected Answer: A**\n"), "two-answers");
    check(
        Notation::Markdown,
        &format!("{question}So:\n\nA) x is small.\nB) y is large.\n\n**Answer: B**\n"),
        "B",
    );
}
