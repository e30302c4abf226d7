//! The head of a question, such as `**Q14.26: Intermediate - [__slots__]**`, and the mark of an author
//! who corrects a question inside itself. Looks at single lines.

use memchr::memchr2_iter;

use crate::import::{
    blanks::{trim, trim_end, trim_start},
    labels::is_difficulty,
    numbering::{Remarks, is_ornament},
    words::{is_same, strip_word},
};

/// The head of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Head<'a> {
    /// `14.26`
    pub number: &'a str,
    pub difficulty: Option<&'a str>,
    pub category: Option<&'a str>,
    pub topic: &'a str,
    /// What stands behind the head in its line: the beginning of the stem.
    pub rest: &'a str,
    /// Whether its number ends in no mark, but in a remark such as `(Easy)` or in text. Quizzes have such
    /// heads as well.
    pub is_loose: bool,
    /// Whether it calls itself another version: of a question above it, where one has its number.
    pub is_revised: bool,
}

impl Head<'_> {
    /// Whether its topic stands in brackets in this line.
    pub fn is_tagged(&self, line: &str) -> bool {
        let before = line.find(self.topic).unwrap_or(0);
        !self.topic.is_empty() && line[..before].trim_end().ends_with('[')
    }
}

/// The head that a line is.
///
/// Bold heads and headings may leave out difficulty and topic; a plain or an italic line must have a topic in
/// brackets, since prose begins with `Q1:` as well, and a number without its `Q` a difficulty besides. What is
/// indented like a block of code is code.
pub(in crate::import) fn head(line: &str) -> Option<Head<'_>> {
    if line.starts_with("    ") || line.starts_with('\t') {
        return None;
    }
    // Files that were put together keep the marks that each began with.
    let line = trim_start(line.trim_start_matches(['\u{feff}', '\u{200b}', '\u{200e}', '\u{200f}']));
    let unhashed = line.trim_start_matches('#');
    let is_heading = unhashed.len() < line.len() && unhashed.starts_with([' ', '\t']);
    let line = if is_heading { unhashed.trim_start() } else { line };
    let (marks, inner) = without_emphasis(line);
    let inner = if marks.is_empty() { inner } else { trim_start(inner) };
    let is_named = inner.starts_with(['Q', 'q']);
    let is_plain = !is_heading && marks.len() < 2;
    if !is_named && !inner.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let revised = if marks.len() < 2 || !is_named { None } else { revised(trim_end(inner)) };
    let is_revised = revised.is_some();
    let strict = revised.or_else(|| numbered(trim_end(inner), is_plain));
    let strict = strict.map(|(number, behind)| (number, None, behind));
    let loose = || loosely_numbered(trim_end(inner), is_heading).filter(|_| is_named && !is_plain);
    let is_loose = strict.is_none();
    let (number, remarked, behind) = strict.or_else(loose)?;
    let (inner, rest) = if marks.is_empty() { (behind, "") } else { bold_part(behind, marks) };
    let is_ornament =
        |sign: char| matches!(sign, '*' | '_' | '.' | ':' | '✓' | '✔' | '✅' | '⭐' | '★' | '\u{fe0f}');
    let rest = Some(trim(rest)).filter(|rest| !rest.trim_matches(is_ornament).is_empty()).unwrap_or_default();
    let inner = trim_end(trim(inner).trim_end_matches([':', '：']));
    let tagged =
        Tags::of(inner).map(|tags| (tags, rest)).or_else(|| Tags::behind(inner, rest).map(|tags| (tags, "")));
    let says_difficulty = |tags: &Tags<'_>| tags.difficulty.is_some_and(is_difficulty);
    let is_sure = match &tagged {
        // Prose begins with a number in italics as well, and lists with plain ones.
        Some((tags, rest)) if is_plain && (!is_named || !marks.is_empty()) => {
            says_difficulty(tags) && rest.is_empty() && (is_named || number.contains('.'))
        }
        Some((tags, _)) => is_named || says_difficulty(tags),
        None => is_named && !is_plain,
    };
    if !is_sure {
        return None;
    }
    let (tags, rest) = tagged.unwrap_or_else(|| (Tags::without_brackets(inner), rest));
    let Tags { difficulty, category, topic } = tags;
    let difficulty = remarked.or(difficulty);
    Some(Head { number, difficulty, category, topic, rest, is_loose, is_revised })
}

/// Whether a line can be a head that begins with this byte, blanks left aside.
pub(in crate::import) fn may_begin_with(first: u8) -> bool {
    matches!(first, b'#' | b'*' | b'_' | b'Q' | b'q' | b'0'..=b'9') || !first.is_ascii()
}

/// Whether a line is a question head even where code is expected: bold, at the very beginning of the
/// line, with a number, a colon and a topic in brackets.
pub(in crate::import) fn is_surely_head(line: &str) -> bool {
    let Some(inner) = line.strip_prefix("**Q") else { return false };
    let (number, behind) = inner.split_at(number_length(inner));
    !number.is_empty() && behind.starts_with([':', '：']) && behind.contains('[') && behind.contains("]**")
}

/// The number of the question that a line such as `**Revised Q1.23:**` gives a new version of.
pub(in crate::import) fn revision(line: &str) -> Option<&str> {
    let (marks, inner) = without_bold(line.trim_start().trim_start_matches('#').trim_start());
    if marks.is_empty() {
        return None;
    }
    if inner.starts_with(['Q', 'q']) {
        return revised(inner).map(|(number, _)| number);
    }
    let (word, behind) = inner.split_once(' ')?;
    if !revises(word.trim_end_matches(':')) {
        return None;
    }
    let behind = behind.trim_start();
    let behind =
        strip_word(behind, "question").or_else(|| strip_word(behind, "version of")).unwrap_or(behind);
    let (number, behind) =
        numbered(behind.trim_start(), false).or_else(|| bare_number(behind.trim_start()))?;
    let ends = behind.is_empty() || behind.starts_with([':', '：', '*', '_', ' ', '.']);
    ends.then_some(number)
}

/// A number with a word such as `(Revised)` behind it, and what stands behind that.
fn revised(text: &str) -> Option<(&str, &str)> {
    let unnamed = strip_word(text, "question").map_or(&text[1..], trim_start);
    let (number, behind) = bare_number(unnamed)?;
    let word = behind.trim_start_matches([' ', '(']);
    let length = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = word.split_at(length);
    let ends = rest.starts_with([')', ':', '：']) && word.len() + rest.len() < behind.len();
    (ends && revises(word)).then(|| (number, rest.trim_start_matches([')', ':', '：', ' ', '-', '–', '—'])))
}

/// Whether a word says that something is another version.
fn revises(word: &str) -> bool {
    ["revised", "corrected", "correction", "updated", "fixed", "rewritten", "replacement", "new"]
        .iter()
        .any(|known| is_same(word, known))
}

fn bare_number(text: &str) -> Option<(&str, &str)> {
    let length = number_length(text);
    (length > 0).then(|| text.split_at(length))
}

fn without_bold(line: &str) -> (&str, &str) {
    match without_emphasis(line) {
        (marks, inner) if marks.len() > 1 => (marks, inner),
        _ => ("", line),
    }
}

fn without_emphasis(line: &str) -> (&str, &str) {
    for marks in ["***", "**", "__", "*", "_"] {
        if let Some(inner) = line.strip_prefix(marks) {
            return (marks, inner);
        }
    }
    ("", line)
}

/// A number, perhaps behind `Q` or `Question`, and what stands behind its colon. A plain line with bars is the row of a
/// table.
fn numbered(text: &str, is_plain: bool) -> Option<(&str, &str)> {
    let unnamed = strip_word(text, "question").or_else(|| strip_word(text, "q")).unwrap_or(text);
    let unnamed = trim_start(unnamed).trim_start_matches('#');
    let (number, behind) = unnamed.split_at(number_length(unnamed));
    if number.is_empty() {
        return None;
    }
    let spaced = trim_start(behind);
    if let Some(behind) = spaced.strip_prefix([':', '：', ')', '.']) {
        return Some((number, behind.trim_start_matches([':', '：'])));
    }
    let barred = !is_plain && spaced.starts_with('|');
    let dashed = (barred || spaced.starts_with(['-', '–', '—', '['])) && spaced.len() < behind.len();
    let ends = behind.is_empty() || behind.starts_with("**") || behind.starts_with("__");
    let tagged = spaced.len() < behind.len() && (spaced.ends_with("]**") || spaced.ends_with("]__"));
    (dashed || ends || tagged).then(|| (number, behind.trim_start_matches([' ', '\t', '-', '–', '—', '|'])))
}

/// A number with a remark behind it, the difficulty that this gives, and what stands behind it. In a heading that
/// calls itself a question any text may follow.
fn loosely_numbered(text: &str, is_heading: bool) -> Option<(&str, Option<&str>, &str)> {
    let named = strip_word(text, "question");
    let unnamed = named.unwrap_or_else(|| &text[1..]).trim_start_matches([' ', '#']);
    let (number, behind) = unnamed.split_at(number_length(unnamed));
    let Remarks { difficulty, rest } = Remarks::of(behind);
    let is_remarked = rest.len() < behind.len();
    let goes_on = named.is_some() && is_heading && behind.starts_with([' ', '\t']);
    let is_head = !number.is_empty() && (is_remarked || goes_on);
    is_head.then(|| (number, difficulty, rest.trim_start_matches([' ', ':', '：', '.', '-', '–', '—'])))
}

/// How long the number at the beginning is: digits, with single points between, and perhaps a letter.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (end > 0 && bytes.get(end) == Some(&b'.') && digit(end + 1)) {
        end += 1;
    }
    let letter = bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
    let alone = bytes.get(end + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    if end > 0 && letter && alone { end + 1 } else { end }
}

/// Where the bold part of a line ends, and what follows. Topics hold `**` themselves, so an end
/// behind a closing bracket counts first.
fn bold_part<'a>(text: &'a str, marks: &str) -> (&'a str, &'a str) {
    if let Some(rest) = text.trim_start().strip_prefix(marks) {
        return ("", rest);
    }
    let bracketed = balanced_ends(text).find(|end| text[*end..].trim_start_matches(':').starts_with(marks));
    let bracketed = bracketed.or_else(|| text.rfind(&format!("]{marks}")).map(|at| at + 1));
    if let Some(end) = bracketed {
        let rest = text[end..].trim_start_matches(':');
        return (&text[..end], rest.strip_prefix(marks).unwrap_or(rest));
    }
    // The end may be forgotten, or stand behind ornaments.
    let unadorned = text.trim_end_matches(|sign: char| matches!(sign, ' ' | '*' | '_') || is_ornament(sign));
    let tags = text.find('[').filter(|tags| !text[..*tags].contains(marks));
    if tags.is_some() && balanced_ends(text).any(|end| end == unadorned.len()) {
        return (unadorned, "");
    }
    text.split_once(marks).unwrap_or((text, ""))
}

/// The places behind closing brackets where as many have been opened as closed.
fn balanced_ends(text: &str) -> impl Iterator<Item = usize> {
    let brackets = memchr2_iter(b'[', b']', text.as_bytes());
    let depths = brackets.scan(0_i64, |depth, at| {
        *depth += if text.as_bytes()[at] == b'[' { 1 } else { -1 };
        Some((at + 1, *depth))
    });
    depths.filter(|(_, depth)| *depth == 0).map(|(end, _)| end)
}

/// What a head says behind its number.
struct Tags<'a> {
    difficulty: Option<&'a str>,
    category: Option<&'a str>,
    topic: &'a str,
}

impl<'a> Tags<'a> {
    /// `Foundational - [Theory] - [Topic]`, with difficulty and category perhaps missing.
    fn of(inner: &'a str) -> Option<Self> {
        let opening = inner.find('[')?;
        let inner = inner.trim_end_matches(|sign: char| sign == ' ' || is_ornament(sign));
        let tags = inner.get(opening..).filter(|tags| tags.ends_with(']'))?;
        let before = inner[..opening].trim_end();
        let word = before.trim_end_matches(DASHES).trim();
        let separated = word.len() < before.len() || !word.contains(' ');
        if !separated {
            return None;
        }
        let (category, topic) = two_tags(tags);
        let word = word.trim_matches(['(', ')', '*', '_']);
        let (first, behind) = word.split_at(word.find(DASHES).unwrap_or(word.len()));
        let (word, unbracketed) = match is_difficulty(first) {
            true => (first, Some(behind.trim_start_matches(DASHES)).filter(|behind| !behind.is_empty())),
            false => (word, None),
        };
        match category {
            Some(category) if word.is_empty() && is_difficulty(category) => {
                Some(Self { difficulty: Some(category), category: None, topic })
            }
            _ => {
                let difficulty = Some(word).filter(|word| !word.is_empty());
                Some(Self { difficulty, category: category.or(unbracketed), topic })
            }
        }
    }

    /// The tags of a head whose bold part ends before them: `**Q1:** Basic - [Topic]`, `**Q1: Basic** - [Topic]`.
    fn behind(inner: &'a str, rest: &'a str) -> Option<Self> {
        let begun = rest.trim_start_matches(DASHES);
        let bold = ["**", "__"].iter().find_map(|marks| begun.strip_prefix(*marks)?.strip_suffix(*marks));
        let begun = bold.unwrap_or(begun);
        if inner.is_empty() {
            return Self::of(begun).filter(|tags| tags.difficulty.is_some_and(is_difficulty));
        }
        let tags = Self::of(begun).filter(|tags| begun.len() < rest.len() && tags.difficulty.is_none());
        tags.filter(|_| is_difficulty(inner)).map(|tags| Self { difficulty: Some(inner), ..tags })
    }

    /// `Basic`, `(Basic)`, `Basic - Topic`, or a question as its own title.
    fn without_brackets(inner: &'a str) -> Self {
        let Remarks { difficulty, rest } = Remarks::of(inner);
        if rest.len() < inner.len() {
            return Self {
                difficulty,
                category: None,
                topic: trim(rest.trim_start_matches([' ', ':', '：', '.'])),
            };
        }
        let (first, behind) = inner.split_at(inner.find(DASHES).unwrap_or(inner.len()));
        let dashed = || trim_start(behind).starts_with(['-', '–', '—', '|']) && behind.starts_with(' ');
        let separated = behind.is_empty() || behind.starts_with(':') || dashed();
        if !(separated && is_difficulty(first)) {
            return Self { difficulty: None, category: None, topic: inner };
        }
        let topic = trim(behind.trim_start_matches(DASHES));
        let barred = trim_start(behind).starts_with('|') && !topic.contains('`');
        let tags = topic.split_once(" | ").filter(|(_, topic)| barred && !topic.contains('|'));
        let (category, topic) = tags.map_or((None, topic), |(category, topic)| (Some(category), topic));
        Self { difficulty: Some(first), category, topic }
    }
}

const DASHES: [char; 8] = ['-', '–', '—', ':', ',', '|', ' ', '\t'];

/// `[Theory] - [Topic]` as two tags, or anything else in brackets as one.
fn two_tags(tags: &str) -> (Option<&str>, &str) {
    let split = balanced_ends(tags).find_map(|end| {
        let topic = tags[end..].trim_start_matches(DASHES);
        let separated = topic.len() < tags.len() - end && topic.starts_with('[');
        separated.then(|| (&tags[1..end - 1], &topic[1..topic.len() - 1]))
    });
    match split {
        Some((category, topic)) => (Some(category.trim()), topic.trim()),
        None => (None, tags[1..tags.len() - 1].trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let read = head(line).map_or("none".to_owned(), |head| {
            let or_dash = |part: Option<&str>| part.unwrap_or("-").to_owned();
            let parts = [
                head.number.to_owned(),
                or_dash(head.difficulty),
                or_dash(head.category),
                head.topic.to_owned(),
                head.rest.to_owned(),
            ];
            parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
        });
        assert_eq!(read, expected, "{line}");
    }

    #[test]
    fn a_head_gives_number_difficulty_category_topic_and_the_beginning_of_the_stem() {
        check("**Q2.1: Basic - [Pipes]**", "2.1 | Basic | - | Pipes");
        check("**Q2.1: Hard - [Theory] - [Pipes, and more]**", "2.1 | Hard | Theory | Pipes, and more");
        check("**Q2.1: Comparison - [Pipes]**", "2.1 | Comparison | - | Pipes");
        check("**Q2.1: [Pipes]**", "2.1 | - | - | Pipes");
        check("**Q2.1 - [Pipes]**", "2.1 | - | - | Pipes");
        check("**Q2.1 Basic - [Pipes]**", "2.1 | Basic | - | Pipes");
        check("**Q2.1： expert – [Pipes]**", "2.1 | expert | - | Pipes");
        check("**Q2.1: Basic - Pipes**", "2.1 | Basic | - | Pipes");
        check("**Q2.1:** Basic - [Pipes]", "2.1 | Basic | - | Pipes");
        check("**Q2.1: Basic** - [Pipes]", "2.1 | Basic | - | Pipes");
        check("**Q2.1** - Basic - [Theory] - [Pipes]", "2.1 | Basic | Theory | Pipes");
        check("**Q2.1: Basic - Theory - [Pipes]**", "2.1 | Basic | Theory | Pipes");
        check("**Q2.1: [Basic] - [Pipes]**", "2.1 | Basic | - | Pipes");
        check("**Q2.1: (Basic) - [Pipes] ⭐**", "2.1 | Basic | - | Pipes");
        check("**Q2.1: Case-by-case - [Pipes]**", "2.1 | Case-by-case | - | Pipes");
        check("**Q7:** Evaluate [1, 2]", "7 | - | - |  | Evaluate [1, 2]");
        check("**Q2.1: Basic – Pipes**", "2.1 | Basic | - | Pipes");
        check("**Q2.1 | Basic | Pipes**", "2.1 | Basic | - | Pipes");
        check("**Q2.1: Basic | Theory | Pipes**", "2.1 | Basic | Theory | Pipes");
        check("** Q2.1: Basic - [Pipes] **", "2.1 | Basic | - | Pipes");
        check("**Q2.1: Basic - What does a | b give?**", "2.1 | Basic | - | What does a | b give?");
        check("**Q2.1: Basic | What does `a | b` give?**", "2.1 | Basic | - | What does `a | b` give?");
        check("**Q2.1: Basic | a | b | c**", "2.1 | Basic | - | a | b | c");
        check("**Q2.1: Basic**", "2.1 | Basic | - |".trim_end_matches([' ', '|']));
        check("**Q7: What is a pipe?**", "7 | - | - | What is a pipe?");
        check("**Q7: Hard-wired or not?**", "7 | - | - | Hard-wired or not?");
        check("**Q7:** What is a pipe?", "7 | - | - |  | What is a pipe?");
        check("**Q2.1: Basic - [Pipes]** What is **one**?", "2.1 | Basic | - | Pipes | What is **one**?");
        check("**Q2.1: Basic - [Pipes]:**", "2.1 | Basic | - | Pipes");
        check("__Q2.1: Basic - [Pipes]__", "2.1 | Basic | - | Pipes");
        check("### Q2.1: Basic - [Pipes]", "2.1 | Basic | - | Pipes");
        check("### **Q2.1: Basic - [Pipes]**", "2.1 | Basic | - | Pipes");
        check("Q2.1: Basic - [Pipes]", "2.1 | Basic | - | Pipes");
        check("**Question 12: Basic - [Pipes]**", "12 | Basic | - | Pipes");
        check("**Q3.4b: Basic - [Pipes]**", "3.4b | Basic | - | Pipes");
        check("**Q3.4B: Basic - [Pipes]**", "3.4B | Basic | - | Pipes");
        check("**Q 3.4: Basic - [Pipes]**", "3.4 | Basic | - | Pipes");
        check("***Q3.4: Basic - [Pipes]***", "3.4 | Basic | - | Pipes");
        check("*Q3.4: Basic - [*args]*", "3.4 | Basic | - | *args");
        check("**Q3.4: Basic - [*args and **kwargs]", "3.4 | Basic | - | *args and **kwargs");
        check("**Q3.4: Basic - [*args and **kwargs] ⭐**", "3.4 | Basic | - | *args and **kwargs");
        check("**Q3.4: Basic - [Pipes]** ✓", "3.4 | Basic | - | Pipes");
        check("\u{feff}**Q3.4: Basic - [Pipes]**", "3.4 | Basic | - | Pipes");
        check("**Q3.4: Basic - [Pipes]**.", "3.4 | Basic | - | Pipes");
        check("**Q3.4:** **Basic - [Pipes]**", "3.4 | Basic | - | Pipes");
        check("**Q3.4.: Basic - [Pipes]**", "3.4 | Basic | - | Pipes");
        check("_Q3.4: Basic - [Pipes]_", "3.4 | Basic | - | Pipes");
        check("**Q3.4: Basic - [Pipes]** ∀∃ -- ++?", "3.4 | Basic | - | Pipes | ∀∃ -- ++?");
        check("*Q3.4: Basic - [Pipes]**", "3.4 | Basic | - | Pipes");
        check("**3.4: Basic - [Pipes]**", "3.4 | Basic | - | Pipes");
        check("**3.4:** Basic - [Pipes]", "3.4 | Basic | - | Pipes");
        check("*3.4: Basic - [Pipes]*", "3.4 | Basic | - | Pipes");
        check("3.4: Basic - [Pipes]", "3.4 | Basic | - | Pipes");
        check("### 12. Hard - [Theory] - [Pipes]", "12 | Hard | Theory | Pipes");
        check("**Q3.4 (Revised): Basic - [Pipes]**", "3.4 | Basic | - | Pipes");
        check("**Q3.4 UPDATED:** What is a pipe?", "3.4 | - | - |  | What is a pipe?");
    }

    #[test]
    fn what_is_remarked_behind_a_number_is_its_difficulty_or_nothing() {
        check("### Question 2 (Easy)", "2 | Easy | -");
        check("**Question 2 (Medium)**", "2 | Medium | -");
        check("**Q2 (hard):** What is a pipe?", "2 | hard | - |  | What is a pipe?");
        check("### Question 2: (Easy)", "2 | Easy | -");
        check("### Question 2 (Easy): What is a pipe?", "2 | Easy | - | What is a pipe?");
        check("### Question 2 (True/False)", "2 | - | -");
        check("### Question 3 ⭐", "3 | - | -");
        check("## Question #2", "2 | - | -");
        check("**Question 1 of 3**", "1 | - | -");
        check("### Question 2 What is a pipe?", "2 | - | - | What is a pipe?");
        check("### Question 4 [Hard]", "4 | - | - | Hard");
        check("### Q4 results", "none");
        check("**Question 4 is hard**", "none");
        check("Question 4 (Easy)", "none");
    }

    #[test]
    fn topics_hold_stars_underscores_backticks_and_brackets() {
        check("**Q1: Basic - [*args and **kwargs]**", "1 | Basic | - | *args and **kwargs");
        check("**Q1: Basic - [__init__]**", "1 | Basic | - | __init__");
        check("__Q1: Basic - [__init__]__", "1 | Basic | - | __init__");
        check("**Q1: Basic - [list[int] and x[]]**", "1 | Basic | - | list[int] and x[]");
        check("**Q1: Basic - [Code] - [`a[0]` first]** Why?", "1 | Basic | Code | `a[0]` first | Why?");
        check("**Q1: What does a[0] give?**", "1 | - | - | What does a[0] give?");
    }

    #[test]
    fn a_number_is_text_of_any_length() {
        check("**Q99999999999999999999.1: Basic - [Big]**", "99999999999999999999.1 | Basic | - | Big");
    }

    #[test]
    fn prose_is_no_head() {
        for line in [
            "Q1: revenue rose",
            "Q1 | 25 | [0, 5]",
            "**Q4 results**",
            "**Quick: [x]**",
            "*Q1.2: Basic*",
            "* Q1.2 and a[0]",
            "**3.4: [Pipes]**",
            "**3.4: Basic**",
            "**2026 - see [1]**",
            "### 3. Lists - [Pipes]",
            "3.4: [Pipes]",
            "1. Easy - [plain]",
            "*Q1.2: Basic - [T]* shows it.",
            "_Q1.1: see [note]_",
            "3. Easy - see [1](x)",
            "**Revised Q1.2:**",
            "Q",
            "**Q**",
            "",
        ] {
            check(line, "none");
        }
    }

    #[test]
    fn a_revision_names_its_question() {
        let table = [
            ("**Revised Q1.23:** What is it?", Some("1.23")),
            ("**Corrected Q2.53:**", Some("2.53")),
            ("**Corrected Question 5:**", Some("5")),
            ("**Correction: Q5**", Some("5")),
            ("**Q1.2 (Revised): Basic - [Pipes]**", Some("1.2")),
            ("**Q1.2 CORRECTED: Basic - [Pipes]**", Some("1.2")),
            ("**Q1.2: New - [Pipes]**", None),
            ("**Q1.2 (Easy): [Revised]**", None),
            ("**Q1.2 [New]**", None),
            ("**Correction:** What is it?", None),
            ("**New in 3.12:** text", None),
            ("Revised Q1.23: plain", None),
        ];
        for (line, expected) in table {
            assert_eq!(revision(line), expected, "{line}");
        }
    }
}
