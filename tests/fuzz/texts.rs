//! Texts that could be chapters: their grammar, with everything that authors, editors and enemies do to it.

use proptest::{prelude::*, sample::Index};

/// A text, and what became of it after an edit.
pub fn text_and_edit() -> impl Strategy<Value = (String, String)> {
    (text(), prop::collection::vec(edit(), 0..6)).prop_map(|(text, edits)| {
        let edited = edits.iter().fold(text.clone(), |text, edit| edit.of(&text));
        (text, edited)
    })
}

/// A chapter, or something that may have been one.
pub fn text() -> impl Strategy<Value = String> {
    let whole =
        prop_oneof![6 => chapter(), 1 => prop::sample::select(&OTHER_NOTATIONS).prop_map(str::to_owned)];
    let edits = prop_oneof![1 => Just(0..1_usize), 4 => Just(0..12)];
    (whole, edits.prop_flat_map(|edits| prop::collection::vec(edit(), edits)))
        .prop_map(|(whole, edits)| edits.iter().fold(whole, |text, edit| edit.of(&text)))
}

fn chapter() -> impl Strategy<Value = String> {
    let part = prop_oneof![8 => question(), 1 => block(), 1 => line()];
    (head(), prop::collection::vec(part, 0..8), foot()).prop_map(|(head, parts, foot)| {
        let parts: Vec<String> = [head].into_iter().chain(parts).chain([foot]).collect();
        parts.join("\n")
    })
}

fn head() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "# Chapter 14: Memory\n\n> **Topics Covered**: a, `b, c`, d (e, f)\n\n---\n\n## Questions\n\n---\n",
        "# Notes\n\n**Target:** 5 MCQs | **Distribution:** 2 Basic, 3 Expert\n",
        "\u{feff}## Questions\n",
        "---\ntitle: Front matter\n---\n",
    ])
    .prop_map(str::to_owned)
}

fn foot() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "## Chapter Summary\n\n**Total MCQs: 5**\n\n| Difficulty | Count |\n|---|---|\n| Basic | 2 |\n| Total | 9 |\n",
        "## Answer Key\n\n**Q1.1:** B\n**Q1.2:** A, C\n",
        "**Context Summary:** all of it\n",
    ])
    .prop_map(str::to_owned)
}

fn question() -> impl Strategy<Value = String> {
    let stem = prop_oneof![
        3 => Just("Which is it?".to_owned()),
        1 => Just(String::new()),
        2 => block(),
        1 => prose(),
    ];
    let separator = prop_oneof![4 => Just("\n"), 1 => Just("")];
    (question_head(), stem, options(), answer(), explanation(), separator, prop::bool::weighted(0.8))
        .prop_map(|(head, stem, options, answer, explanation, gap, ruled)| {
            let rule = if ruled { "---" } else { "" };
            [&head, gap, &stem, gap, &options, gap, &answer, gap, &explanation, gap, rule].join("\n")
        })
}

fn question_head() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        4 => (1..4_u8, 1..6_u8).prop_map(|(chapter, number)| format!("{chapter}.{number}")),
        1 => prop::sample::select(vec!["7", "99999999999999999999.1", "1.2.3.4", "3b", "", "0"]).prop_map(str::to_owned),
    ];
    let form = prop::sample::select(vec![
        "**Q#: Basic - [Topic]**",
        "**Q#: expert - [Theory] - [*args and **kwargs]**",
        "**Q#: [list[int]]**",
        "**Q#:** What is it?",
        "### Q#: Basic - [x]",
        "Q#: Basic - [x]",
        "**Q# - [x]**",
        "**Question #**",
        "__Q#： Hard － [x]__",
        "**Revised Q#:**",
        "**Q#: Basic - [open",
    ]);
    (number, form).prop_map(|(number, form)| form.replace('#', &number))
}

fn options() -> impl Strategy<Value = String> {
    let form = prop::sample::select(vec![
        "A) ",
        "A. ",
        "(A) ",
        "a) ",
        "- A) ",
        "**A)** ",
        "Ａ）",
        "Ａ：",
        "A、",
        "- [ ] A) ",
        "A)",
        "  A) ",
    ]);
    let text = prop_oneof![
        6 => "[a-e]{1,3}",
        1 => prop::sample::select(&OPTION_TEXTS).prop_map(str::to_owned),
        1 => block(),
    ];
    (form, prop::collection::vec(text, 0..6)).prop_map(|(form, texts)| {
        let option = |(place, text): (u32, &String)| {
            let lettered = form.chars().map(|sign| match sign {
                'A' | 'a' | 'Ａ' => char::from_u32(u32::from(sign) + place).unwrap_or(sign),
                _ => sign,
            });
            lettered.collect::<String>() + text
        };
        (0..).zip(&texts).map(option).collect::<Vec<String>>().join("\n")
    })
}

const OPTION_TEXTS: [&str; 12] = [
    "All of the above",
    "None of these (really)",
    "Both A and C",
    "A",
    "the first option",
    "`B` and C++",
    "x\n\n   more of it",
    "x\n\nloose",
    "<!-- retain: fixed-order --> x",
    "Option B is false",
    "vitamin C",
    "| a | b |",
];

fn answer() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "**Answer: A**",
        "**Answer: B**",
        "**Answer:** A, C",
        "**Answer:**\n\nB",
        "**Correct Answer: (a)**",
        "Answer: D",
        "**Answer: AB**",
        "**Answer: Z**",
        "**Answer: perhaps**",
        "答案：Ｂ",
        "",
    ])
    .prop_map(str::to_owned)
}

fn explanation() -> impl Strategy<Value = String> {
    let label =
        prop::sample::select(vec!["**Explanation:**\n", "**Explanation:** ", "Explanation: ", "解析：", ""]);
    (label, prop_oneof![prose(), block()]).prop_map(|(label, text)| label.to_owned() + &text)
}

/// Sentences about options, letters and what is only called so.
fn prose() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "A",
        "B",
        "C",
        "D",
        "A's",
        "C++",
        "T(A)",
        "option",
        "answers",
        "is",
        "correct",
        "the",
        "first",
        "both",
        "and",
        "or",
        ",",
        ".",
        ":",
        "(",
        ")",
        "wait",
        "Wait,",
        "let",
        "me",
        "recheck",
        "thread",
        "`A = 1`",
        "`",
        "**",
        "*",
        "_",
        "above",
        "–",
        "’",
        "x",
        "\n",
        "\n\n",
        "<!-- retain: shuffle -->",
        "<!--",
        "-->",
        "é",
        "Ａ",
        "答案",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

/// What stands in several lines: code, tables, comments, lists.
fn block() -> impl Strategy<Value = String> {
    let fence = prop::sample::select(vec![
        "```",
        "````",
        "~~~",
        "```python",
        "```markdown",
        "> ```",
        "- ```",
        "   ```",
    ]);
    let closing = prop::sample::select(vec!["```", "````", "~~~", "", "``` x"]);
    let code = (fence, prop::collection::vec(line(), 0..4), closing)
        .prop_map(|(fence, lines, closing)| format!("{fence}\n{}\n{closing}", lines.join("\n")));
    let table = prop::collection::vec("\\| [A-D0-9]{1,2} \\| [a-z0-9]{0,3} \\|", 1..5)
        .prop_map(|rows| rows.join("\n"));
    let comment =
        prop::collection::vec(line(), 0..3).prop_map(|lines| format!("<!--\n{}\n-->", lines.join("\n")));
    prop_oneof![3 => code, 1 => table, 1 => comment, 1 => Just("- one\n- two\n  1. three\n".to_owned())]
}

/// Any line that means something somewhere.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(&LINES).prop_map(str::to_owned),
        1 => question_head(),
        1 => answer(),
        1 => "\\PC{0,20}",
        1 => "[QA-D0-9 \\[\\]()*_`~<>!.,:#|\\-]{0,20}",
    ]
}

const LINES: [&str; 28] = [
    "",
    "A) one",
    "B) two",
    "C) ```sh",
    "D)",
    "(A) one",
    "**Explanation:**",
    "---",
    "* * *",
    "# Chapter 1: One",
    "## Two",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<!-- retain: nonsense -->",
    "| Difficulty | Count |",
    "**Total MCQs: 3**",
    "    indented",
    "\tA) tabbed",
    "- [x] right",
    "- [ ] wrong",
    "<details><summary>Answer</summary>",
    "</details>",
    "ANSWER: B",
    "Q: What?",
    "A: That.",
    "> quoted",
];

/// One small text in each notation that people have besides.
const OTHER_NOTATIONS: [&str; 8] = [
    "What is it?\nA) one\nB) two\nANSWER: B\n\nWhat else?\nA. one\nB. two\nANSWER: A\n",
    "// a comment\n::One:: What is it? {=right#yes ~wrong#no}\n\n::Two:: So? {T}\n\nThree {~%50%a ~%50%b ~%-100%c}\n\nFour {#3:1}\n",
    "[{\"question\": \"What?\", \"options\": [\"one\", \"two\"], \"answer\": \"B\", \"explanation\": \"so\"}]",
    "{\"title\": \"T\", \"questions\": [{\"stem\": \"What?\", \"options\": {\"A\": \"one\", \"B\": \"two\"}, \"answer\": 1}]}",
    "title: T\nquestions:\n  - question: What?\n    options:\n      - one\n      - two\n    answer: A\n",
    "question,A,B,C,answer,explanation\nWhat?,one,two,\"thr\"\"ee\",B,so\nWhy?,one,two,,A,\n",
    "1. What is it?\n   - [ ] one\n   - [x] two\n\n2. What else?\n   - [x] one\n   - [x] two\n",
    "Q: What is it?\nA: That.\n\nQ: Why?\nA: Because\nof it.\n",
];

/// What happens to a text on its way.
#[derive(Debug, Clone)]
enum Edit {
    Insert(Index, &'static str),
    Remove(Index, usize),
    TruncateAt(Index),
    SwapLines(Index, Index),
    DuplicateLines(Index, usize),
    RemoveLines(Index, usize),
    ReplaceAll(&'static str, &'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        4 => (index(), prop::sample::select(&ODD)).prop_map(|(at, odd)| Edit::Insert(at, odd)),
        2 => (index(), 1..20_usize).prop_map(|(at, length)| Edit::Remove(at, length)),
        1 => index().prop_map(Edit::TruncateAt),
        2 => (index(), index()).prop_map(|(one, other)| Edit::SwapLines(one, other)),
        2 => (index(), 1..12_usize).prop_map(|(from, count)| Edit::DuplicateLines(from, count)),
        2 => (index(), 1..6_usize).prop_map(|(from, count)| Edit::RemoveLines(from, count)),
        1 => prop::sample::select(&REPLACEMENTS).prop_map(|(from, to)| Edit::ReplaceAll(from, to)),
    ]
}

const ODD: [&str; 36] = [
    "\0",
    "\u{1b}[31m",
    "\u{7}",
    "\u{9b}5m",
    "\u{202e}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{a0}",
    "\u{3000}",
    "\u{b}",
    "\u{c}",
    "\r",
    "\n",
    "\n\n",
    "\t",
    "```",
    "~~~",
    "<!--",
    "-->",
    "**",
    "__",
    "[",
    "]",
    "A)",
    "B.",
    "Q",
    "：",
    "👩\u{200d}👩\u{200d}👧",
    "e\u{301}",
    "&#27;",
    "{",
    "}",
    "\"",
    ",",
    "\\",
];

const REPLACEMENTS: [(&str, &str); 7] = [
    ("\n", "\r\n"),
    ("\n", "\r"),
    ("\n\n", "\n"),
    ("A)", "B)"),
    (" ", "\u{a0}"),
    ("Which", "What"),
    ("**", ""),
];

impl Edit {
    fn of(&self, text: &str) -> String {
        let place = |index: &Index| text.floor_char_boundary(index.index(text.len() + 1));
        let mut lines: Vec<&str> = text.split('\n').collect();
        let behind = |from: usize, count: usize| (from + count).min(lines.len());
        match self {
            Self::Insert(at, odd) => {
                let (before, behind) = text.split_at(place(at));
                return format!("{before}{odd}{behind}");
            }
            Self::Remove(at, length) => {
                let from = place(at);
                let to = text.floor_char_boundary((from + length).min(text.len()));
                return format!("{}{}", &text[..from], &text[to..]);
            }
            Self::TruncateAt(at) => return text[..place(at)].to_owned(),
            Self::ReplaceAll(from, to) => return text.replace(from, to),
            Self::SwapLines(one, other) => {
                let count = lines.len();
                lines.swap(one.index(count), other.index(count));
            }
            Self::DuplicateLines(from, count) => {
                let from = from.index(lines.len());
                let again = lines[from..behind(from, *count)].to_vec();
                lines.extend(again);
            }
            Self::RemoveLines(from, count) => {
                let from = from.index(lines.len());
                lines.drain(from..behind(from, *count));
            }
        }
        lines.join("\n")
    }
}
