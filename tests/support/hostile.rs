//! Texts that somebody wrote to hurt a reader: deep, wide, endless, or full of what no text should hold.
//! Each comes as large as it is asked for, so that a test can try it and a bench can measure it.

/// A text of about so many bytes.
pub type Text = fn(usize) -> String;

/// All of them, with a word for each.
pub const TEXTS: [(&str, Text); 86] = [
    ("backtick fences without end", |size| question("```\ncode", size, "\n\n**Answer: A**\n\n```\n")),
    ("tilde fences without end", |size| repeated("~~~\n**Q1: Basic - [A topic of several words]**\n", size)),
    ("fences without end in options", |size| question("", size, "A) ```sh\nB) ~~~\n")),
    ("fences that grow", |size| growing("`", size)),
    ("a head of stars", |size| format!("### Question 1 {}\n", repeated("⭐ ", size))),
    ("a line of #", |size| repeated("#", size)),
    ("a line of *", |size| repeated("*", size)),
    ("a line of _", |size| repeated("_", size)),
    ("a line of -", |size| repeated("-", size)),
    ("a line of `", |size| repeated("`", size)),
    ("a line of ~", |size| repeated("~", size)),
    ("a line of |", |size| repeated("|", size)),
    ("a line of [", |size| "**Q1: ".to_owned() + &repeated("[", size)),
    ("a line of ]**[", |size| "**Q1: ".to_owned() + &repeated("]**[", size)),
    ("a line of (A", |size| explained("(A", size)),
    ("a line of backticks in runs", |size| explained("` `` ``` ```` ", size)),
    ("a line of <!--", |size| repeated("<!--", size)),
    ("a line of -->", |size| "<!--".to_owned() + &repeated("-->", size)),
    ("a line of blanks", |size| repeated(" ", size) + "x"),
    ("a line of rule marks", |size| repeated("- ", size)),
    ("a line of letters", |size| explained("A, B and C or ", size)),
    ("a line of words for options", |size| explained("the answer is option ", size)),
    ("a line of second thoughts", |size| explained("let me be ", size)),
    ("judged numbers beside a stem of words", |size| {
        let explained = explained("So 1 is wrong. ", size / 2);
        explained.replace("Which?", &repeated("Which ", size / 2))
    }),
    ("an option that counts another", |size| {
        let options = format!("A) both {}\nB) {} x", repeated("2 ", size / 2), repeated("1 ", size / 2));
        question("", 0, "").replace("A) one\nB) two", &options)
    }),
    ("a line of threads", |size| explained("threads A, B, ", size)),
    ("an answer of many letters", |size| question("", size, "").replace("Answer: A", &repeated("A, ", size))),
    ("a distribution without end", |size| "**Distribution:** ".to_owned() + &repeated("2 Basic, ", size)),
    ("topics without end", |size| "**Topics Covered:** ".to_owned() + &repeated("a (b, ", size)),
    ("options that are all A", |size| question("", size, "A) one\n")),
    ("options from A to Z and on", |size| question("", size, "A) 1\nB) 2\nC) 3\nD) 4\nE) 5\n")),
    ("a number without end", |size| format!("**Q{}.1: Basic - [x]**\n", repeated("9", size))),
    ("numbers without end", |size| repeated(&format!("**Q{}.1: Basic - [x]**\n", "9".repeat(2_000)), size)),
    ("NULs", |size| question("", size, "\0")),
    ("controls and escape sequences", |size| question("", size, "\u{1b}]0;x\u{7}\u{9b}5m\u{85}\u{8}\n")),
    ("bidirectional overrides", |size| question("", size, "\u{202e}A) \u{2066}one\u{2069}\n")),
    ("white space of other scripts", |size| repeated("\u{2003}\u{a0}\u{3000}\n", size)),
    ("joined emoji and accents", |size| question("", size, "👩\u{200d}👩\u{200d}👧e\u{301}\u{301}")),
    ("quotes in quotes", |size| repeated("> ", size) + "```"),
    ("lists in lists", |size| growing("- ", size)),
    ("lists in a line", |size| repeated("- > 1. ", size) + "```"),
    ("brackets in brackets", |size| repeated("[(", size / 2) + &repeated(")]", size / 2)),
    ("comments in comments", |size| repeated("<!--\n", size)),
    ("comments for the program", |size| question("", size, "<!-- retain: nonsense -->\n")),
    ("nothing but line ends", |size| repeated("\n", size)),
    ("nothing but carriage returns", |size| question("", 0, "").replace('\n', "\r") + &repeated("\r", size)),
    ("an option that each claim names in part", |size| {
        let claims = repeated("answer is ", size / 2);
        question("", 0, "").replace("A) one", &format!("A) {claims}")).replace("So it is.", &claims)
    }),
    ("round boxes without end", |size| "1. Which?\n".to_owned() + &repeated("( ) one\n", size)),
    ("letters between strokes", |size| explained("A/B", size)),
    ("a distribution without end", |size| {
        format!("**Distribution:** {}\n\n{}", repeated("Basic: 3 | ", size), question("", 0, ""))
    }),
    ("tiny lines", |size| repeated("A)\n", size)),
    ("rules", |size| question("", size, "---\n\n")),
    ("a table without end", |size| {
        repeated("| Difficulty | Count |\n", 40) + &repeated("| Basic | 3 |\n", size)
    }),
    ("heads with one number", |size| repeated("**Q1**\n", size)),
    ("heads with topics and one number", |size| {
        repeated("**Q1: Basic - [A topic of several words]**\n", size)
    }),
    ("one question again and again", |size| repeated(&question("", 0, ""), size)),
    ("boxes without end", |size| "1. Which?\n".to_owned() + &repeated("- [ ] one\n", size)),
    ("ticked boxes without questions", |size| repeated("- [x] one\n\ntext\n", size)),
    ("numbers of questions", |size| repeated("1. Which?\n", size)),
    ("numbers from 2 on above options", |size| repeated("2. x\n", size) + "A) one\nB) two\nAnswer: A\n"),
    ("numbers and headings in turn", |size| {
        repeated("Question 2: x\n# y\n", size) + "A) one\nB) two\nAnswer: A\n"
    }),
    ("options without heads", |size| question("", 0, "") + &repeated("A) one\nB) two\n", size)),
    ("a table of as many difficulties as rows", |size| {
        format!("| {}\n{}", repeated("Basic | ", size / 2), repeated("| 3 |\n", size / 2))
            + &question("", 0, "")
    }),
    ("comments to the program", |size| {
        let comments = " ".repeat(size / 2) + &repeated("<!-- retain: shuffle --> ", size / 2);
        format!("**Q1: Basic - [Topic]**\n\nWhich? {comments}\n\nA) one\nB) two\n\n**Answer: A**\n")
    }),
    ("questions of a quiz with one number", |size| repeated("1. Which?\n- [x] one\n- [ ] two\n\n", size)),
    ("folded parts in folded parts", |size| "1. Which?\nA) one\nB) two\n".to_owned() + &folded(size)),
    ("an answer key without end", |size| {
        "1. Which?\nA) one\nB) two\n\n## Answers\n".to_owned() + &repeated("1. A\n", size)
    }),
    ("an answer key in a line", |size| {
        "1. Which?\nA) one\nB) two\n\nAnswers: ".to_owned() + &repeated("1 A, ", size)
    }),
    ("answer keys without end", |size| repeated("## Answers\n1. A\n", size)),
    ("pairs", |size| repeated("Q: Which?\nA: this\n", size)),
    ("pairs without answers", |size| "Q: Which?\nA: this\n".to_owned() + &repeated("Q: Which?\n", size)),
    ("answers without questions", |size| repeated("A: this\n", size) + "Q: Which?\nA: this\n"),
    ("a pair in a line", |size| "Q: Which?\nA: ".to_owned() + &repeated("Q: A: ", size)),
    ("answers and explanations", |size| question("", size, "**Answer: B**\n**Explanation:** so\n")),
    ("objects without fields", |size| format!("[{}{{}}]", repeated("{},", size))),
    ("objects without fields in lines", |size| repeated("{}\n", size)),
    ("an object of fields without names", |size| format!("[{{{}\"\":0}}]", repeated("\"\":0,", size))),
    ("lists in a list", |size| format!("[{{}},{}0]", repeated("[0,0,0,0,0,0,0],", size))),
    ("options that are all 0", |size| {
        let options = repeated("0,", size);
        format!("[{{\"question\": \"Which?\", \"answer\": \"A\", \"options\": [{options}0]}}]")
    }),
    ("options of which each is the first", |size| {
        let options = "1,".repeat(25);
        repeated(
            &format!("{{\"question\": \"Which?\", \"answer\": \"A\", \"options\": [{options}1]}}\n"),
            size,
        )
    }),
    ("rows of one cell", |size| "Question,Answer\n".to_owned() + &repeated("a\n", size)),
    ("rows without text", |size| "Question,Answer,A,B\n".to_owned() + &repeated(",,,\n", size)),
    ("a head of names and rows of a letter", |size| {
        let row = "a,".repeat(900) + "\n";
        format!("question,answer{}\n{}", ",x".repeat(900), repeated(&row, size))
    }),
    ("items that are nothing", |size| "- question: Which?\n".to_owned() + &repeated("-\n", size)),
    ("options in brackets", |size| format!("- question: Which?\n  options: [{}a]\n", repeated("a,", size))),
    ("answers in braces", |size| "::1:: Which? {=a ~b}\n\n".to_owned() + &repeated("a{}\n\n", size)),
];

fn repeated(text: &str, size: usize) -> String {
    text.repeat(size / text.len())
}

fn folded(size: usize) -> String {
    repeated("<details><summary>Answer</summary>\n", size)
}

/// Lines of which each has one more of this than the one before.
fn growing(mark: &str, size: usize) -> String {
    let mut text = String::new();
    for length in 1.. {
        if text.len() + length * mark.len() >= size {
            break;
        }
        text += &mark.repeat(length);
        text.push('\n');
    }
    text
}

/// A question with this in its stem, and so much more of something between its options and its answer.
fn question(stem: &str, size: usize, more: &str) -> String {
    let more = if more.is_empty() { String::new() } else { repeated(more, size) };
    format!(
        "**Q1.1: Basic - [Topic]**\n\nWhich?\n{stem}\n\nA) one\nB) two\n{more}\n**Answer: A**\n\n\
         **Explanation:**\nSo it is.\n\n---\n\n"
    )
}

/// A question with so much of something in its explanation.
fn explained(text: &str, size: usize) -> String {
    question("", 0, "").replace("So it is.", &repeated(text, size))
}
