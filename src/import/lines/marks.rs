//! The lines that give a question its structure: option letters, the answer, the explanation, rules and
//! headings. Looks at single lines; what they mean together is for each notation.

use super::{
    head,
    labelled::{Labelled, emphasised, labelled, labelled_by, without_closing_emphasis, without_deep_hashes},
    letters::{leading_letters, letters},
    option::{Label, any_label, label, tight_label},
};
use crate::import::{
    blanks::{trim, trim_start},
    labels::{ANSWER, EXPLANATION, Labels, SEVERAL_ANSWERS},
    numbering::is_ornament,
    words::{is_same, strip_word},
};

/// What a line outside code is, when it is more than text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Mark<'a> {
    Option(Label<'a>),
    /// `**Answer: B**`
    Answer(Labelled<'a>),
    /// `**Explanation:**`
    Explanation(Labelled<'a>),
    /// `**Recall:**`: the other side of a flip card.
    Recall(Labelled<'a>),
    /// `**Revised Q1.23:**`
    Revision(&'a str),
    /// `---`
    Rule,
    /// A heading of the first or second level; deeper ones are part of a question's text.
    Heading,
}

/// What a line is, when it is more than text.
pub(in crate::import) fn mark(line: &str) -> Option<Mark<'_>> {
    if begins_word(line) {
        return part_labelled(line, false);
    }
    let begun = trim_start(line);
    match begun.as_bytes().first()? {
        // So far to the right a line is code, or belongs to an item of a list.
        b'#' if is_high_heading(begun) && !line.starts_with("    ") => {
            Some(part_headed(begun).unwrap_or(Mark::Heading))
        }
        b'-' | b'*' | b'_' if is_rule(begun) => Some(Mark::Rule),
        _ if begins_word(begun) => part_labelled(begun, false),
        _ => label(line).map(Mark::Option).or_else(|| structure(begun)),
    }
}

/// What a line is below the latest mark: the next option, too, where no blank stands behind its letter.
pub(in crate::import) fn mark_below<'a>(before: Option<&Mark<'a>>, line: &'a str) -> Option<Mark<'a>> {
    let Some(Mark::Option(before)) = before else { return mark(line) };
    let next = || tight_label(line).filter(|label| label.is_next_to(before)).map(Mark::Option);
    mark(line).or_else(next)
}

/// Whether a line can be more than text that begins with this byte, blanks left aside.
pub(in crate::import) fn may_begin_with(first: u8) -> bool {
    matches!(first, b'#' | b'-' | b'*' | b'_' | b'+' | b'(' | b'>')
        || first.is_ascii_alphabetic()
        || !first.is_ascii()
}

/// Whether a byte is white space, as far as one byte can tell.
pub(in crate::import) fn is_blank(byte: &u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// Whether a line begins with two letters in a row, and so with no option's letter.
fn begins_word(begun: &str) -> bool {
    matches!(begun.as_bytes(), [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic())
}

fn structure(begun: &str) -> Option<Mark<'_>> {
    let unadorned = begun.trim_start_matches(|sign: char| is_ornament(sign) || sign == ' ');
    part(unadorned).or_else(|| head::revision(begun).map(Mark::Revision))
}

/// The part of a question that a line begins, other than an option.
pub(in crate::import) fn part(begun: &str) -> Option<Mark<'_>> {
    labelled_part(begun).or_else(|| part_headed(begun)).or_else(|| listed_part(begun))
}

/// The part that a line with a label begins.
fn labelled_part(begun: &str) -> Option<Mark<'_>> {
    let (unmarked, marked) = emphasised(without_deep_hashes(begun));
    part_labelled(unmarked, marked)
}

/// The part that a label begins behind a bullet or in a quotation. Lists of a text have such items, too, so that it
/// must be bold, or state letters.
fn listed_part(begun: &str) -> Option<Mark<'_>> {
    let inner = trim_start(begun.strip_prefix(['>', '-', '*', '+'])?);
    if inner.len() + 1 == begun.len() {
        return None;
    }
    let is_bold = inner.starts_with(['*', '_']);
    match labelled_part(inner)? {
        Mark::Answer(labelled) if is_bold || letters(labelled.rest).is_some() => {
            Some(Mark::Answer(Labelled { bold: false, ..labelled }))
        }
        Mark::Explanation(labelled) if is_bold => {
            Some(Mark::Explanation(Labelled { bold: false, ..labelled }))
        }
        _ => None,
    }
}

/// The part that a heading begins which is a label: `## Answer: B`, `## Explanation`. Headings of all answers, or of
/// all explanations, are none.
fn part_headed(begun: &str) -> Option<Mark<'_>> {
    let text = begun.trim_start_matches('#');
    if text.len() == begun.len() || !text.starts_with([' ', '\t']) {
        return None;
    }
    let text = trim(text).trim_end_matches('#').trim_end();
    let words = text.trim_matches(['*', '_', ':', '：', ' ']);
    if is_of_several(words) {
        return None;
    }
    let bare = Labelled { rest: "", bold: is_high_heading(begun), is_sentence: false };
    if EXPLANATION.has(words) {
        return Some(Mark::Explanation(bare));
    }
    if ANSWER.has(words) {
        return Some(Mark::Answer(bare));
    }
    let answer = labelled(text, &ANSWER).filter(|labelled| letters(labelled.rest).is_some())?;
    Some(Mark::Answer(Labelled { bold: true, ..answer }))
}

/// Whether a heading is that of all answers or of all explanations.
fn is_of_several(words: &str) -> bool {
    SEVERAL_ANSWERS.behind(words).is_some() || is_same(words, "explanations")
}

fn part_labelled(unmarked: &str, marked: bool) -> Option<Mark<'_>> {
    let answer = || answer_labelled(unmarked, marked).map(Mark::Answer);
    let explanation = || labelled_by(unmarked, marked, &EXPLANATION).map(Mark::Explanation);
    let recall = || labelled_by(unmarked, marked, &RECALL).filter(|labelled| labelled.bold).map(Mark::Recall);
    answer().or_else(explanation).or_else(recall)
}

fn is_high_heading(begun: &str) -> bool {
    let level = begun.bytes().take_while(|byte| *byte == b'#').count();
    level <= 2 && matches!(begun.as_bytes().get(level), None | Some(b' ' | b'\t'))
}

/// Whether a line is a thematic break.
pub(in crate::import) fn is_rule(line: &str) -> bool {
    let line = trim(line);
    let Some(first) = line.bytes().next() else { return false };
    matches!(first, b'-' | b'*' | b'_')
        && line.bytes().all(|byte| byte == first || byte == b' ' || byte == b'\t')
        && line.bytes().filter(|byte| *byte == first).count() >= 3
}

/// What stands behind a list mark, a checkbox, a quotation mark, a label or the letter of an option,
/// whichever is first.
pub(in crate::import) fn behind_container(begun: &str) -> Option<&str> {
    if let Some(label) = any_label(begun) {
        return Some(label.text);
    }
    if let Some(labelled) = labelled(begun, &ANSWER) {
        return Some(labelled.rest);
    }
    if let Some(boxed) =
        ["[ ]", "[x]", "[X]", "( )", "(x)", "(X)"].iter().find_map(|mark| begun.strip_prefix(mark))
    {
        return Some(boxed);
    }
    if let Some(quoted) = begun.strip_prefix('>') {
        return Some(quoted);
    }
    let digits = begun.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = if digits > 0 { begun[digits..].strip_prefix(['.', ')']) } else { None };
    let behind = numbered.or_else(|| begun.strip_prefix(['-', '*', '+']))?;
    behind.starts_with([' ', '\t']).then_some(behind)
}

static RECALL: Labels = Labels::of(&[&["recall"]]);

fn answer_labelled(unmarked: &str, marked: bool) -> Option<Labelled<'_>> {
    labelled_by(unmarked, marked, &ANSWER).or_else(|| said_answer(unmarked, marked))
}

/// `The correct answer is B.`
fn said_answer(unmarked: &str, marked: bool) -> Option<Labelled<'_>> {
    let behind = ANSWER.behind(strip_word(unmarked, "the ").unwrap_or(unmarked))?;
    let verb = |word| strip_word(trim_start(behind), word).filter(|said| said.starts_with([' ', ':', '*']));
    let said = verb("is").or_else(|| verb("are"))?;
    let said = trim(said.trim_start_matches([':', ' ']));
    let said = if marked { without_closing_emphasis(said) } else { said };
    let said = trim(said).trim_end_matches('.');
    let (_, behind) = leading_letters(strip_word(said, "option ").unwrap_or(said))?;
    let says_nothing_else =
        behind.starts_with(')') || behind.trim_matches(['*', '_', '`', '!', ' ']).is_empty();
    says_nothing_else.then_some(Labelled { rest: said, bold: marked, is_sentence: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_written_in_many_ways() {
        let table = [
            ("**Answer: B**", "b"),
            ("**Answer:** B", "b"),
            ("**Answer**: B", "b"),
            ("Answer: B", "b"),
            ("**Correct Answer: B**", "b"),
            ("*Answer: B*", "b"),
            ("### Answer: B", "b"),
            ("answer: (b)", "b"),
            ("**Answer: B) its text**", "b"),
            ("**Answer: B** (its text)", "b"),
            ("**Answer: A, C**", "ac"),
            ("**Answer: A and C**", "ac"),
            ("**Answers: A, B, and D**", "abd"),
            ("**Answer: AC**", "ac"),
            ("**Answer:** **B**", "b"),
            ("答案：D", "d"),
            ("**Answer: B** ✓", "b"),
            ("** Answer: B **", "b"),
            ("> **Answer: B**", "b"),
            ("- **Answer:** B", "b"),
            ("* **Answer: B**", "b"),
            ("## Answer: B", "b"),
            ("## Answer", "?"),
            ("The correct answer is B.", "b"),
            ("**Answer is B**", "b"),
            ("**The answer is: B and D**", "bd"),
            ("Answer: (b) its text", "b"),
            ("The answer is B because of it.", "no answer"),
            ("The answer is A mutex.", "no answer"),
            ("The answer is C++.", "no answer"),
            ("The answer is B-trees.", "no answer"),
            ("**Answer: (B) or (C)**", "?"),
            ("**Answer: (A) and also (C)**", "?"),
            ("Answer island B", "no answer"),
            ("- Answer: B", "b"),
            ("- Answer: both", "no answer"),
            ("> The correct answer is B.", "b"),
            ("The correct answers are a and b.", "ab"),
            ("**The correct answer is b) its text.**", "b"),
            ("The answer is option b.", "b"),
            ("**Answer: B** <!-- a comment -->", "b"),
            ("**Answer: B** **Explanation:** it is", "b"),
            ("**Answer: B**<br>", "b"),
            ("**Answer (corrected): B**", "b"),
            ("**Revised Answer: B**", "b"),
            ("## Answers", "no answer"),
            ("## Answer key", "no answer"),
            ("**Answer: Option B**", "b"),
            ("**Answer: Both**", "?"),
            ("**Answer: A mutex**", "?"),
            ("**Answer: CA**", "?"),
            ("**Answer: A or B**", "?"),
            ("**Answer:**", "?"),
            ("Answering: B", "no answer"),
            ("The answer: B", "no answer"),
        ];
        for (line, expected) in table {
            let read = match mark(line) {
                Some(Mark::Answer(labelled)) => letters(labelled.rest).map_or("?".to_owned(), |all| {
                    all.iter().map(|letter| char::from(letter + b'a')).collect()
                }),
                _ => "no answer".to_owned(),
            };
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn an_explanation_may_begin_on_the_line_of_its_label() {
        let table = [
            ("**Explanation:**", Some(("", true))),
            ("**Explanation:** because", Some(("because", true))),
            ("**Explanation**: because", Some(("because", true))),
            ("**Explanation: because**", Some(("because", true))),
            ("**Explanation:** **bold** words", Some(("**bold** words", true))),
            ("Explanation: because", Some(("because", false))),
            ("Explanations differ", None),
            ("> **Explanation:** because", Some(("because", false))),
            ("## Explanation", Some(("", true))),
            ("### Explanation", Some(("", false))),
            ("## Explanations", None),
            ("## Explanation of pipes", None),
        ];
        for (line, expected) in table {
            let read = match mark(line) {
                Some(Mark::Explanation(labelled)) => Some((labelled.rest, labelled.bold)),
                _ => None,
            };
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn rules_and_headings_are_told_from_text() {
        let table = [
            ("---", Some(Mark::Rule)),
            ("* * *", Some(Mark::Rule)),
            ("___", Some(Mark::Rule)),
            ("--", None),
            ("--- x", None),
            ("# One", Some(Mark::Heading)),
            ("## Two", Some(Mark::Heading)),
            ("### Three", None),
            ("#hash", None),
            ("**Revised Q1.2:** again", Some(Mark::Revision("1.2"))),
        ];
        for (line, expected) in table {
            assert_eq!(mark(line), expected, "{line}");
        }
    }
}
