//! What the lines of a quiz are, each by itself: the number of a question, an option with a letter or a
//! checkbox, an answer, a part that is folded away. What they mean together is for the heads
//! and [`super::body`].

use crate::import::{
    labels::{ANSWER, EXPLANATION, REVEALS},
    lines::{Label, Labelled, Mark, any_label, is_rule, labelled, part},
    numbering::{Remarks, is_ornament, numbered},
};

/// What a line outside code is, when it is more than text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign<'a> {
    /// The number of a question, or a heading that asks.
    Start(Start<'a>),
    /// A heading, with its level.
    Heading(usize),
    Rule,
    Option(Label<'a>),
    Ticked(Ticked<'a>),
    Answer(Labelled<'a>),
    Explanation(Labelled<'a>),
    /// `> text`
    Quote,
    Fold(Fold<'a>),
    FoldEnd,
}

/// Where a question seems to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start<'a> {
    pub number: Option<String>,
    /// Whether a word for “question” stands before the number.
    pub named: bool,
    /// The level of the heading that it is.
    pub level: Option<usize>,
    /// What a remark behind the number gives.
    pub difficulty: Option<&'a str>,
    /// The text behind the number.
    pub text: &'a str,
}

impl Start<'_> {
    /// Whether it is more than a number, which any list has: a word or a heading.
    pub fn is_sure(&self) -> bool {
        self.named || self.level.is_some()
    }
}

/// An option with a checkbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticked<'a> {
    pub right: bool,
    pub text: &'a str,
    /// Where the box stands, in bytes from the beginning of the line.
    pub offset: usize,
}

/// `<details><summary>Answer</summary>`, with what stands behind it in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fold<'a> {
    /// Whether the summary promises an answer.
    pub reveals: bool,
    pub summary: &'a str,
}

impl<'a> Fold<'a> {
    /// The answer, where the summary itself states it: `<summary>Answer: B</summary>`.
    pub fn answer(&self) -> Option<&'a str> {
        let inner = self.summary.trim_start_matches("<b>").trim_end_matches("</b>");
        labelled(inner.trim(), &ANSWER).map(|labelled| labelled.rest).filter(|said| !said.is_empty())
    }
}

/// What a line is, when it is more than text.
pub(super) fn sign(line: &str) -> Option<Sign<'_>> {
    let begun = line.trim_start().trim_start_matches(['\u{200e}', '\u{200f}']);
    let first = begun.chars().next()?;
    match first {
        '<' => return fold(begun),
        '-' | '*' | '_' if is_rule(begun) => return Some(Sign::Rule),
        _ => {}
    }
    let labelled = match part(begun.trim_start_matches(|sign: char| is_ornament(sign) || sign == ' ')) {
        Some(Mark::Answer(labelled)) => Some(Sign::Answer(labelled)),
        Some(Mark::Explanation(labelled)) => Some(Sign::Explanation(labelled)),
        _ if first == '>' => return Some(Sign::Quote),
        _ => bracketed(begun),
    };
    labelled
        .or_else(|| ticked(line).map(Sign::Ticked))
        .or_else(|| start(line).map(Sign::Start))
        .or_else(|| heading(begun).map(|(level, _)| Sign::Heading(level)))
        .or_else(|| any_label(line).map(Sign::Option))
}

/// `【答案】D`
fn bracketed(begun: &str) -> Option<Sign<'_>> {
    let (word, rest) = begun.strip_prefix(['【', '['])?.split_once(['】', ']'])?;
    let rest = rest.trim_start_matches([':', '：', ' ']).trim_end();
    let labelled = Labelled { rest, bold: true, is_sentence: false };
    if ANSWER.has(word) {
        return Some(Sign::Answer(labelled));
    }
    EXPLANATION.has(word).then_some(Sign::Explanation(labelled))
}

fn fold(begun: &str) -> Option<Sign<'_>> {
    let (name, behind) = tag(begun)?;
    let opens = name == "details";
    let summary = if opens { tag(behind.trim_start()) } else { Some((name, behind)) };
    match summary {
        Some(("summary", behind)) => {
            let summary = behind.split("</summary>").next().unwrap_or(behind);
            let said = summary.to_lowercase();
            let reveals = REVEALS.iter().any(|word| said.contains(word));
            Some(Sign::Fold(Fold { reveals, summary }))
        }
        _ if opens => Some(Sign::Fold(Fold { reveals: false, summary: "" })),
        Some(("/details", _)) => Some(Sign::FoldEnd),
        _ => None,
    }
}

/// The name of the tag that a text begins with, and what stands behind it.
fn tag(begun: &str) -> Option<(&str, &str)> {
    let (tag, behind) = begun.strip_prefix('<')?.split_once('>')?;
    Some((tag.split_whitespace().next().unwrap_or_default(), behind))
}

/// The text of a line without the tags that fold a part away: summaries are headings, not text.
pub(super) fn without_tags(line: &str) -> &str {
    let mut text = line;
    while let Some((name, behind)) = tag(text.trim_start()) {
        text = match name {
            "summary" => behind.split_once("</summary>").map_or("", |(_, behind)| behind),
            "details" | "/details" | "/summary" | "p" | "/p" | "div" | "/div" | "br" | "br/" => behind,
            _ => break,
        };
    }
    let mut end = text.trim_end();
    for tag in ["</details>", "</div>", "</p>"] {
        end = end.strip_suffix(tag).map_or(end, str::trim_end);
    }
    if end.len() == text.trim_end().len() { text } else { end }
}

/// What stands in and behind brackets at the beginning of a line, perhaps behind the mark of a list.
struct Boxed<'a> {
    listed: bool,
    mark: &'a str,
    text: &'a str,
    offset: usize,
}

impl<'a> Boxed<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let begun = line.trim_start();
        let digits = begun.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = begun[digits..].strip_prefix(['.', ')']).filter(|_| digits > 0);
        let bulleted = numbered.or_else(|| begun.strip_prefix(['-', '*', '+']));
        let inner = bulleted.unwrap_or(begun);
        if bulleted.is_some() && !inner.starts_with([' ', '\t']) {
            return None;
        }
        let inner = inner.trim_start();
        let (mark, text) = inner.strip_prefix('[')?.split_once(']')?;
        let offset = line.len() - inner.len();
        Some(Self { listed: bulleted.is_some(), mark, text, offset })
    }

    fn is_spaced(&self) -> bool {
        self.text.is_empty() || self.text.starts_with([' ', '\t'])
    }

    fn ticked(&self, right: bool) -> Ticked<'a> {
        Ticked { right, text: self.text.trim(), offset: self.offset }
    }

    /// Whether its mark is a tick, as far as it is known.
    fn right(&self) -> Option<bool> {
        match self.mark {
            "" | " " | "  " => Some(false),
            "x" | "X" | "✓" | "✔" | "✅" => Some(true),
            _ => None,
        }
    }
}

/// `( ) text`, `(x) text`, which code and lists of letters begin with as well: a box only among others.
pub(super) fn round_box(line: &str) -> Option<Ticked<'_>> {
    let begun = line.trim_start();
    let bulleted = ["- ", "* ", "+ "].iter().find_map(|bullet| begun.strip_prefix(bullet));
    let inner = bulleted.map_or(begun, str::trim_start);
    let (mark, text) = inner.strip_prefix('(')?.split_once(')')?;
    let right = match mark {
        " " | "  " => false,
        "x" | "X" | "✓" | "✔" | "✅" => true,
        _ => return None,
    };
    text.starts_with(' ').then(|| Ticked { right, text: text.trim(), offset: line.len() - inner.len() })
}

/// `- [x] text`, with any mark of a list before the box, or none.
fn ticked(line: &str) -> Option<Ticked<'_>> {
    let boxed = Boxed::of(line).filter(Boxed::is_spaced)?;
    boxed.right().map(|right| boxed.ticked(right))
}

/// What is a box only in a list of boxes, since code and links begin like that, too: `- []text`, `- [-] text`.
pub(super) fn loosely_ticked(line: &str) -> Option<Ticked<'_>> {
    let boxed = Boxed::of(line).filter(|_| seems_boxed(line))?;
    let right = boxed.right().or_else(|| (boxed.mark == "-").then_some(false))?;
    Some(boxed.ticked(right))
}

/// Whether a line of a list begins with brackets around at most one sign that are no link.
pub(super) fn seems_boxed(line: &str) -> bool {
    Boxed::of(line).is_some_and(|boxed| {
        let short = boxed.mark.trim().chars().count() < 2;
        boxed.listed && short && !boxed.text.starts_with(['(', '[', ':'])
    })
}

fn heading(begun: &str) -> Option<(usize, &str)> {
    let level = begun.bytes().take_while(|byte| *byte == b'#').count();
    let text = &begun[level..];
    let is_heading = (1..=6).contains(&level) && text.starts_with([' ', '\t']);
    is_heading.then(|| (level, text.trim().trim_end_matches('#').trim_end()))
}

/// Whether a line ends in a question mark, marks of emphasis left aside.
pub(super) fn ends_asking(line: &str) -> bool {
    line.trim_end().trim_end_matches(['*', '_']).ends_with(['?', '？', '؟'])
}

fn start(line: &str) -> Option<Start<'_>> {
    let begun = line.trim_start_matches(['\u{200e}', '\u{200f}']);
    if begun.starts_with("  ") || begun.starts_with('\t') {
        return None;
    }
    let begun = begun.trim_start();
    let heading = heading(begun);
    let level = heading.map(|(level, _)| level);
    let text = heading.map_or(begun, |(_, text)| text);
    let bold = text.strip_prefix("**").or_else(|| text.strip_prefix("__"));
    let inner = bold.unwrap_or(text).trim_start();
    let Some(numbered) = numbered(inner) else {
        let asks = level.is_some() && ends_asking(text);
        return asks.then_some(Start { number: None, named: false, level, difficulty: None, text });
    };
    let surely = numbered.named || level.is_some();
    let unremarked = Remarks { difficulty: None, rest: numbered.behind };
    let Remarks { difficulty, rest } = if surely { Remarks::of(numbered.behind) } else { unremarked };
    let text = behind_number(rest, surely)?;
    let text = if bold.is_some() { without_bold_end(text) } else { text };
    let number = Some(numbered.number);
    Some(Start { number, named: numbered.named, level, difficulty, text: text.trim() })
}

/// What stands behind the delimiter of a number. A bare number needs one that a list has.
fn behind_number(behind: &str, surely: bool) -> Option<&str> {
    let marks = ["**", "__"];
    let closed = marks.iter().find_map(|marks| behind.strip_prefix(marks)).unwrap_or(behind);
    if let Some(text) = closed.strip_prefix(['．', '、', '：', '）']) {
        return Some(text);
    }
    if let Some(text) = closed.strip_prefix(['.', ')', ':']) {
        let is_sentence = text.starts_with(|first: char| first.is_ascii_uppercase()) || !text.is_ascii();
        let spaced = text.is_empty() || text.starts_with([' ', '\t', '*', '_']) || is_sentence;
        let is_listed = surely || !closed.starts_with(':');
        return (spaced && is_listed).then_some(text);
    }
    let ends = closed.trim().is_empty() || closed.starts_with([' ', '\t']) || closed.len() < behind.len();
    (surely && ends).then(|| closed.trim_start_matches([' ', '\t', '-', '–', '—', ':']))
}

/// A bold part at the beginning is over with its end; one that goes on to the end of the line is not text.
fn without_bold_end(text: &str) -> &str {
    for marks in ["**", "__"] {
        if let Some(behind) = text.trim_start().strip_prefix(marks) {
            return behind;
        }
        if let Some(inner) = text.trim_end().strip_suffix(marks).filter(|inner| !inner.contains(marks)) {
            return inner;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_begin_in_many_ways() {
        let table = [
            ("1. What is it?", Some(("1", false, "What is it?"))),
            ("2) What", Some(("2", false, "What"))),
            ("Q1. What", Some(("1", true, "What"))),
            ("Q2: What", Some(("2", true, "What"))),
            ("Question 3:", Some(("3", true, ""))),
            ("Question 4", Some(("4", true, ""))),
            ("Question 4 (Easy)", Some(("4", true, ""))),
            ("**Question 4 of 9**", Some(("4", true, ""))),
            ("### Question #4 ⭐", Some(("4", true, ""))),
            ("### Question 4 (Easy): What", Some(("4", true, "What"))),
            ("4. (Easy) What", Some(("4", false, "(Easy) What"))),
            ("## 5. What", Some(("5", true, "What"))),
            ("### Question 6", Some(("6", true, ""))),
            ("**7.** What", Some(("7", false, "What"))),
            ("**8. What is `x`?**", Some(("8", false, "What is `x`?"))),
            ("**Question 9:** What", Some(("9", true, "What"))),
            ("第3题：什么", Some(("3", true, "什么"))),
            ("問４．何", Some(("4", true, "何"))),
            ("１、何", Some(("1", false, "何"))),
            ("### What is it?", Some(("-", true, "What is it?"))),
            ("### Notes", None),
            ("3.5 metres", None),
            ("3.What is it?", Some(("3", false, "What is it?"))),
            ("3.rs", None),
            ("12: noon", None),
            ("   1. listed", None),
            ("Quick", None),
        ];
        for (line, expected) in table {
            let read = start(line);
            let read = read.as_ref().map(|it| (it.number.as_deref().unwrap_or("-"), it.is_sure(), it.text));
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn boxes_are_ticked_or_not() {
        let table = [
            ("- [ ] one", Some((false, "one"))),
            ("* [x] one", Some((true, "one"))),
            ("  1. [X] one", Some((true, "one"))),
            ("[x] one", Some((true, "one"))),
            ("- [] one", Some((false, "one"))),
            ("- [ ]", Some((false, ""))),
            ("- [a] one", None),
            ("[x]: https://example.org", None),
            ("- [x](link)", None),
        ];
        for (line, expected) in table {
            assert_eq!(ticked(line).map(|it| (it.right, it.text)), expected, "{line}");
        }
    }

    #[test]
    fn among_boxes_a_box_needs_no_blank() {
        let table = [
            ("- []one", Some((false, "one"))),
            ("- [ ]one", Some((false, "one"))),
            ("* [x]one", Some((true, "one"))),
            ("- [-] one", Some((false, "one"))),
            ("- [?] one", None),
            ("- [x](link)", None),
            ("- [x]: https://example.org", None),
            ("[]int", None),
        ];
        for (line, expected) in table {
            assert_eq!(loosely_ticked(line).map(|it| (it.right, it.text)), expected, "{line}");
        }
    }

    #[test]
    fn folded_parts_promise_an_answer_or_something_else() {
        let reveals = |line| match sign(line) {
            Some(Sign::Fold(fold)) => Some((fold.reveals, fold.summary)),
            _ => None,
        };
        assert_eq!(reveals("<details><summary>Answer</summary> B"), Some((true, "Answer")));
        assert_eq!(reveals("<summary><b>Show solution</b></summary>"), Some((true, "<b>Show solution</b>")));
        assert_eq!(reveals("<details>"), Some((false, "")));
        assert_eq!(reveals("<details><summary>Hint</summary>"), Some((false, "Hint")));
        assert_eq!(without_tags("<details><summary>Answer</summary> B</details>"), " B");
        assert_eq!(without_tags("a <b>word</b>"), "a <b>word</b>");
    }
}
