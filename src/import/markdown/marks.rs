//! The lines that give a question its structure: option letters, the answer, the explanation, rules and
//! headings. Looks at single lines; what they mean together is for [`super::question`].

use memchr::memchr_iter;

use super::head;
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

/// The letter of an option and the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Label<'a> {
    /// Counted from 0.
    pub letter: u8,
    pub style: Style,
    pub text: &'a str,
    /// Where the letter stands, in bytes from the beginning of the line.
    pub offset: usize,
}

impl Label<'_> {
    /// Whether it seems to belong to the list of another one: it is written alike and not indented more.
    pub fn is_beside(&self, other: &Label<'_>) -> bool {
        self.style == other.style && self.offset <= other.offset
    }

    /// Where the letter of the next option stands in the text of this one, written alike: `one  B) two`. Counted in
    /// bytes.
    pub fn next_in_its_text(&self) -> Option<usize> {
        // Behind Z comes no letter.
        if self.letter >= 25 {
            return None;
        }
        let letter = if self.style.capital { b'A' } else { b'a' } + self.letter + 1;
        let text = self.text.as_bytes();
        let begins = |closing: usize| {
            let (opening, mark): (&[u8], &[u8]) = match self.style.delimiter {
                Delimiter::Parenthesis => (b" ", &[letter]),
                Delimiter::Parentheses => (b" (", &[letter]),
                Delimiter::Point | Delimiter::Colon | Delimiter::AsciiColon | Delimiter::Comma => {
                    return None;
                }
            };
            let before = text[..closing].strip_suffix(mark)?.strip_suffix(opening)?;
            let is_code = before.iter().filter(|byte| **byte == b'`').count() % 2 == 1;
            let count = |sign: u8| before.iter().filter(|byte| **byte == sign).count();
            let is_apart = text.get(closing + 1).is_none_or(|byte| *byte == b' ');
            (is_apart && !is_code && count(b'(') <= count(b')')).then_some(before.len() + 1)
        };
        memchr_iter(b')', text).take(MOST_MARKS).find_map(begins)
    }

    /// Whether it is the next one of the list that another one belongs to.
    pub fn is_next_to(&self, before: &Label<'_>) -> bool {
        self.is_beside(before) && self.letter == before.letter + 1
    }
}

/// So many closing parentheses of an option are looked at for another option.
const MOST_MARKS: usize = 64;

/// How an author writes the letters of options. Those of one question are written alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Style {
    capital: bool,
    listed: bool,
    bold: bool,
    delimiter: Delimiter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delimiter {
    /// `A)`
    Parenthesis,
    /// `(A)`
    Parentheses,
    /// `A.`
    Point,
    /// `Ａ：`
    Colon,
    /// `A: `
    AsciiColon,
    /// `A、`
    Comma,
}

/// A line that says what follows, and what stands behind its colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Labelled<'a> {
    pub rest: &'a str,
    /// Bold labels are the structure of a question, plain ones may be a sentence.
    pub bold: bool,
    /// Whether it is a sentence without a label: `The answer is B.`
    pub is_sentence: bool,
}

/// What a line is, when it is more than text.
pub(super) fn mark(line: &str) -> Option<Mark<'_>> {
    if begins_word(line) {
        return part_labelled(line, false);
    }
    let begun = trim_start(line);
    match begun.as_bytes().first()? {
        b'#' if is_high_heading(begun) => Some(part_headed(begun).unwrap_or(Mark::Heading)),
        b'-' | b'*' | b'_' if is_rule(begun) => Some(Mark::Rule),
        _ if begins_word(begun) => part_labelled(begun, false),
        _ => label(line).map(Mark::Option).or_else(|| structure(begun)),
    }
}

/// What a line is below the latest mark: the next option, too, where no blank stands behind its letter.
pub(super) fn mark_below<'a>(before: Option<&Mark<'a>>, line: &'a str) -> Option<Mark<'a>> {
    let Some(Mark::Option(before)) = before else { return mark(line) };
    let next = || tight_label(line).filter(|label| label.is_next_to(before)).map(Mark::Option);
    mark(line).or_else(next)
}

/// Whether a line can be more than text that begins with this byte, blanks left aside.
pub(super) fn may_begin_with(first: u8) -> bool {
    matches!(first, b'#' | b'-' | b'*' | b'_' | b'+' | b'(' | b'>')
        || first.is_ascii_alphabetic()
        || !first.is_ascii()
}

/// Whether a line begins with the letter of an option, counted from 0, however that is marked.
pub(super) fn begins_with_letter(line: &str, letter: u8) -> bool {
    if line.starts_with("  ") || line.starts_with('\t') {
        return false;
    }
    let begun = line.trim_start_matches([' ', '>', '-', '*', '+', '(', '[', '_', '~']);
    let mut signs = begun.chars();
    let is_letter = signs.next().and_then(self::letter).is_some_and(|(place, _)| place == letter);
    let behind = signs.as_str().trim_start_matches(['*', '_', '\\']);
    let marked = behind.strip_prefix([')', ']', '.', ':', '）', '．', '：']);
    is_letter && marked.is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '\t', '*', ')']))
}

/// Whether a byte is white space, as far as one byte can tell.
pub(super) fn is_blank(byte: &u8) -> bool {
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

/// The option that a line begins.
pub(super) fn label(line: &str) -> Option<Label<'_>> {
    any_label(line).filter(|label| label.style.delimiter != Delimiter::AsciiColon)
}

/// The option that a line begins, where `A: text` is one as well. Prose begins like that, too.
pub(in crate::import) fn any_label(line: &str) -> Option<Label<'_>> {
    label_by(lettered, line)
}

/// The option that a line begins without a blank behind its mark: `C.text`, `C:text`. Code begins like that, too: only
/// the options above it tell what it is.
pub(in crate::import) fn tight_label(line: &str) -> Option<Label<'_>> {
    label_by(tightly_lettered, line)
}

fn label_by<'a>(
    lettered: impl Fn(&'a str) -> Option<(Letter, Delimiter, &'a str)>,
    line: &'a str,
) -> Option<Label<'a>> {
    let begun = trim_start(line);
    let is_bulleted = matches!(begun.as_bytes(), [b'-' | b'*' | b'+', b' ' | b'\t', ..]);
    let bulleted = is_bulleted.then(|| &begun[1..]);
    let inner = bulleted.map_or(begun, trim_start);
    let unmarked = inner.strip_prefix("**");
    let (letter, delimiter, text) = lettered(unmarked.unwrap_or(inner))?;
    let offset = line.len() - unmarked.unwrap_or(inner).len();
    let style = Style { capital: letter.1, listed: bulleted.is_some(), bold: unmarked.is_some(), delimiter };
    let text = if unmarked.is_some() { without_bold_end(text) } else { text };
    Some(Label { letter: letter.0, style, text: trim(text), offset })
}

fn without_bold_end(text: &str) -> &str {
    let behind_letter = text.strip_prefix("**");
    behind_letter.or_else(|| text.trim_end().strip_suffix("**")).unwrap_or(text)
}

type Letter = (u8, bool);

fn lettered(text: &str) -> Option<(Letter, Delimiter, &str)> {
    let mut rest = text.chars();
    let first = rest.next()?;
    if matches!(first, '(' | '（') {
        let letter = letter(rest.next()?)?;
        let closed = matches!(rest.next()?, ')' | '）');
        return closed.then_some((letter, Delimiter::Parentheses, rest.as_str()));
    }
    let letter = letter(first)?;
    let mark = rest.next()?;
    let behind = rest.as_str();
    let spaced = matches!(behind.as_bytes(), [] | [b' ' | b'\t' | b'*', ..]);
    let delimiter = match mark {
        ')' | '）' => Delimiter::Parenthesis,
        '.' if spaced => Delimiter::Point,
        '．' => Delimiter::Point,
        '：' => Delimiter::Colon,
        ':' if spaced => Delimiter::AsciiColon,
        '、' => Delimiter::Comma,
        _ => return None,
    };
    Some((letter, delimiter, behind))
}

/// `C.text`, but neither `e.g.` nor `C:\path` nor `C::text`.
fn tightly_lettered(text: &str) -> Option<(Letter, Delimiter, &str)> {
    let mut rest = text.chars();
    let letter = letter(rest.next()?)?;
    let delimiter = match rest.next()? {
        '.' => Delimiter::Point,
        ':' => Delimiter::AsciiColon,
        _ => return None,
    };
    let behind = rest.as_str();
    let mut signs = behind.chars();
    let begins = signs.next().is_some_and(|first| !first.is_whitespace() && !"*.:/\\".contains(first));
    (begins && signs.next() != Some('.')).then_some((letter, delimiter, behind))
}

/// A letter's place in the alphabet and whether it is a capital.
fn letter(letter: char) -> Option<Letter> {
    match letter {
        'A'..='Z' => Some((letter as u8 - b'A', true)),
        'a'..='z' => Some((letter as u8 - b'a', false)),
        'Ａ'..='Ｚ' => Some(((letter as u32 - 'Ａ' as u32) as u8, true)),
        'ａ'..='ｚ' => Some(((letter as u32 - 'ａ' as u32) as u8, false)),
        _ => None,
    }
}

/// What stands behind a list mark, a checkbox, a quotation mark, a label or the letter of an option,
/// whichever is first.
pub(super) fn behind_container(begun: &str) -> Option<&str> {
    if let Some(label) = any_label(begun) {
        return Some(label.text);
    }
    if let Some(labelled) = labelled(begun, &ANSWER) {
        return Some(labelled.rest);
    }
    if let Some(boxed) = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| begun.strip_prefix(mark)) {
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

/// What stands behind one of these words and a colon, at the beginning of a line.
pub(in crate::import) fn labelled<'a>(begun: &'a str, words: &Labels) -> Option<Labelled<'a>> {
    let (unmarked, marked) = emphasised(without_deep_hashes(begun));
    labelled_by(unmarked, marked, words)
}

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

/// A text behind its marks of emphasis, and whether it has any. Behind those of bold text blanks are left out.
fn emphasised(text: &str) -> (&str, bool) {
    match without_emphasis(text) {
        (inner, true) if text.len() - inner.len() > 1 => (trim_start(inner), true),
        plain => plain,
    }
}

/// The same of a line whose emphasis is known. `marked` says whether some begins before the word.
fn labelled_by<'a>(unmarked: &'a str, marked: bool, words: &Labels) -> Option<Labelled<'a>> {
    let behind = words.behind(unmarked)?;
    let behind = trim_start(without_remark(trim_start(behind)));
    let (closed, bold_ended) = without_emphasis(behind);
    let colon = trim_start(closed).strip_prefix([':', '：']);
    if colon.is_none() && !(marked && bold_ended) {
        return None;
    }
    let rest = colon.unwrap_or(closed);
    let rest = if marked && !bold_ended { without_closing_emphasis(rest) } else { rest };
    Some(Labelled { rest: trim(rest), bold: marked, is_sentence: false })
}

/// What stands behind `(s)`, `(corrected)`.
fn without_remark(behind: &str) -> &str {
    const LONGEST: usize = 24;
    let remark = behind.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    remark.filter(|(said, _)| said.len() <= LONGEST).map_or(behind, |(_, behind)| behind)
}

/// A heading of the third level or deeper may be a label.
fn without_deep_hashes(begun: &str) -> &str {
    let level = begun.bytes().take_while(|byte| *byte == b'#').count();
    if level >= 3 { begun[level..].trim_start() } else { begun }
}

fn without_emphasis(text: &str) -> (&str, bool) {
    if !text.starts_with(['*', '_']) {
        return (text, false);
    }
    for marks in ["***", "**", "__", "*", "_"] {
        if let Some(behind) = text.strip_prefix(marks) {
            return (behind, true);
        }
    }
    (text, false)
}

/// Takes away the marks that end a label's emphasis: right behind its colon, or at the end of the line.
fn without_closing_emphasis(rest: &str) -> &str {
    let (behind_colon, ended) = without_emphasis(rest);
    if ended {
        return behind_colon;
    }
    let closed = ["***", "**", "__", "*", "_"].iter().find_map(|marks| rest.trim_end().strip_suffix(marks));
    closed.unwrap_or(rest)
}

/// The letters of an answer in their order, counted from 0: `B`, `(b)`, `B) its text`, `A, C`, `A and C`, `AC`.
pub(in crate::import) fn letters(answer: &str) -> Option<Vec<u8>> {
    let text = answer.trim_matches([' ', '\t', '*', '_', '`', '"']);
    let named =
        text.get(..7).filter(|word| word.eq_ignore_ascii_case("option ")).map(|word| &text[word.len()..]);
    let text = named.map_or(text, str::trim_start);
    if let Some(joined) = joined_letters(text) {
        return Some(joined);
    }
    let (found, behind) = leading_letters(text)?;
    let is_closed = || text.starts_with(['(', '（']) && !goes_on(behind);
    (ends_answer(behind) || is_closed()).then_some(found)
}

/// Whether another letter may follow that is meant as well: `(B) or (C)`.
fn goes_on(behind: &str) -> bool {
    let behind = behind.trim_start();
    let word = behind.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    ["or", "nor", "and", "but"].iter().any(|joining| is_same(word, joining)) || behind.starts_with(['|', '/'])
}

/// The letters that a text begins with, none of them twice, and what stands behind them.
pub(in crate::import) fn leading_letters(text: &str) -> Option<(Vec<u8>, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let (letter, behind) = answer_letter(rest)?;
        found.push(letter);
        let Some(next) = behind_separator(behind) else {
            found.sort_unstable();
            let is_twice = found.windows(2).any(|pair| pair[0] == pair[1]);
            return (!is_twice).then_some((found, behind));
        };
        rest = next;
    }
}

/// `AC`: several capitals without anything between, in the order of the alphabet.
fn joined_letters(text: &str) -> Option<Vec<u8>> {
    let in_order = text.as_bytes().windows(2).all(|pair| pair[0] < pair[1]);
    let joined = text.len() > 1 && in_order && text.bytes().all(|byte| byte.is_ascii_uppercase());
    joined.then(|| text.bytes().map(|byte| byte - b'A').collect())
}

/// A letter that is not the beginning of a word, perhaps in parentheses.
fn answer_letter(text: &str) -> Option<(u8, &str)> {
    let text = text.trim_start_matches(['*', '`']);
    let opened = text.strip_prefix(['(', '（']);
    let mut rest = opened.unwrap_or(text).chars();
    let (letter, _) = letter(rest.next()?)?;
    let mut behind = rest.as_str();
    if behind.starts_with(|next: char| next.is_alphanumeric() || next == '\'') {
        return None;
    }
    behind = behind.trim_start_matches(['*', '`']);
    if opened.is_some() {
        behind = behind.strip_prefix([')', '）'])?;
    }
    Some((letter, behind))
}

/// What stands behind a separator of letters, when another letter does.
fn behind_separator(text: &str) -> Option<&str> {
    let text = text.strip_prefix(')').unwrap_or(text).trim_start();
    let mut rest = text.trim_start_matches([',', ';', '/', '&', '+', '、', '，', ' ']);
    if let Some(behind) = rest.strip_prefix("and ") {
        rest = behind.trim_start();
    }
    let separated = rest.len() < text.len();
    (separated && answer_letter(rest).is_some()).then_some(rest)
}

/// Whether what stands behind the last letter is at most a remark on it: `) its text`, `(its text)`.
fn ends_answer(behind: &str) -> bool {
    let behind = behind.trim_start();
    !behind.contains(char::is_alphanumeric)
        || ["<!--", "<br"].iter().any(|tag| behind.starts_with(tag))
        || labelled(behind, &EXPLANATION).is_some()
        || behind.starts_with([')', '）', '.', '．', ':', '：', '(', '（', '-', '–', '—'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_written_in_many_ways() {
        let table = [
            ("A) one", Some((0, "one"))),
            ("B)\tone", Some((1, "one"))),
            ("C)one", Some((2, "one"))),
            ("  d) one", Some((3, "one"))),
            ("A. one", Some((0, "one"))),
            ("(E) one", Some((4, "one"))),
            ("- A) one", Some((0, "one"))),
            ("* (b) one", Some((1, "one"))),
            ("**A)** one", Some((0, "one"))),
            ("**A) one**", Some((0, "one"))),
            ("Ａ）one", Some((0, "one"))),
            ("Ｂ：one", Some((1, "one"))),
            ("C：one", Some((2, "one"))),
            ("D、one", Some((3, "one"))),
            ("A)", Some((0, ""))),
            ("A.b", None),
            ("AB) one", None),
            ("A: one", None),
            ("1) one", None),
            ("A one", None),
            ("(A mutex)", None),
        ];
        for (line, expected) in table {
            assert_eq!(label(line).map(|label| (label.letter, label.text)), expected, "{line}");
        }
    }

    #[test]
    fn a_letter_without_a_blank_behind_its_mark_goes_on_with_a_list() {
        let table = [
            ("A. one", "B.two", Some((1, "two"))),
            ("- A: one", "- B:`two`", Some((1, "`two`"))),
            ("A: one", "- B:two", None),
            ("A. one", "C.three", None),
            ("A. one", "    B.two()", None),
            ("A. one", "B..C", None),
            ("D. one", "E.g. this", None),
            ("B: one", "C:\\path", None),
            ("B: one", "C::new()", None),
        ];
        for (before, line, expected) in table {
            let next = tight_label(line).filter(|label| label.is_next_to(&any_label(before).unwrap()));
            assert_eq!(next.map(|label| (label.letter, label.text)), expected, "{before} {line}");
        }
    }

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
