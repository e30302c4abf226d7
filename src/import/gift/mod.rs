//! Moodle's GIFT notation: text, and an answer in braces. Questions stand apart by an empty line, which is
//! why a mistake in one of them never reaches the next; where the line is missing, the end of an answer and
//! another one below it tell them apart. Kinds without options are held back by name.

mod answer;
mod marks;

use answer::{Answers, Choice, Unsupported};
use marks::{find, split_once, unescaped};

use super::{
    Chapter, Kind, Parsed, Problem,
    draft::{Answer, Draft, DraftOption, Stated},
    feedback,
    places::Places,
    reading::Reading,
    stem_of,
};

/// Whether a line begins as only this notation does, or the first braces hold answers of it.
pub(super) fn recognises(text: &str) -> bool {
    let mut meant = text.lines().map(str::trim_start).filter(|line| !line.is_empty());
    let titled = |line: &str| line.strip_prefix("::").is_some_and(|behind| find(behind, "::").is_some());
    if meant.any(|line| line.starts_with("$CATEGORY:") || titled(line)) {
        return true;
    }
    // A code block may hold braces of its own.
    if !text.contains('{') || text.contains("```") || text.contains("~~~") {
        return false;
    }
    let mut pieces = Pieces::of(text).filter(|piece| piece.text.contains('{'));
    pieces.any(|piece| {
        let marked = piece.answer().trim_start().starts_with(['=', '~']);
        match Answers::of(piece.answer()) {
            Ok(answers) => marked || answers.is_about_truth(),
            Err(kind) => marked && kind == Unsupported::Matching,
        }
    })
}

/// Reads questions written as GIFT.
pub(super) fn parse(text: &str, file_name: &str) -> Parsed {
    let places = Places::of(text);
    let mut reading = Reading::default();
    for piece in Pieces::of(text) {
        piece.read(&places, &mut reading);
        if reading.is_full() {
            break;
        }
    }
    reading.finish(Chapter { title: stem_of(file_name).to_owned(), topics: Vec::new() })
}

/// The lines of a question, without comments.
struct Piece<'a> {
    text: String,
    /// The offset of its first line.
    at: usize,
    category: Option<&'a str>,
}

/// The pieces of a text that are questions.
struct Pieces<'a> {
    text: &'a str,
    /// The offset of the line that is read next.
    next: usize,
    /// The lines before this offset were looked at, and begin no answer.
    silent_to: usize,
    category: Option<&'a str>,
}

impl<'a> Pieces<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, next: 0, silent_to: 0, category: None }
    }

    /// The line that begins at an offset.
    fn line(&self, at: usize) -> Option<&'a str> {
        self.text.get(at..).filter(|rest| !rest.is_empty())?.split('\n').next()
    }

    /// Whether a line begins a question without an empty line before it, when the answer of the one before
    /// is complete. What follows it in a sentence is its own.
    fn begins(&mut self, line: &str, behind: Answered) -> bool {
        match behind {
            Answered::NotYet | Answered::Inside => false,
            Answered::InSentence => is_marked(line),
            Answered::AtLineEnd => is_marked(line) || self.answer_follows(),
        }
    }

    /// Whether an answer begins before the next empty line.
    fn answer_follows(&mut self) -> bool {
        self.silent_to = self.silent_to.max(self.next);
        while let Some(line) = self.line(self.silent_to) {
            if line.trim().is_empty() {
                return false;
            }
            if !is_comment(line) && find(line, "{").is_some() {
                return true;
            }
            self.silent_to += line.len() + 1;
        }
        false
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let mut piece: Option<Piece<'a>> = None;
        let mut answered = Answered::NotYet;
        while let Some(line) = self.line(self.next) {
            let at = self.next;
            let begun = line.trim_start();
            if !is_comment(line) && self.begins(begun, answered) {
                return piece;
            }
            self.next += line.len() + 1;
            if is_comment(line) {
                continue;
            }
            if let Some(path) = begun.strip_prefix("$CATEGORY:").filter(|_| piece.is_none()) {
                self.category = path.trim().rsplit('/').next().filter(|name| !name.starts_with('$'));
                continue;
            }
            match &mut piece {
                None if begun.is_empty() => continue,
                None => {
                    let at = at + line.len() - begun.len();
                    piece = Some(Piece { text: begun.to_owned(), at, category: self.category });
                }
                Some(_) if begun.is_empty() => return piece,
                Some(piece) => {
                    piece.text.push('\n');
                    piece.text.push_str(line);
                }
            }
            answered = answered.after(line);
        }
        piece
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Whether a line can only begin a question or a category.
fn is_marked(line: &str) -> bool {
    line.starts_with("::") || line.starts_with("$CATEGORY:")
}

/// How far the answer of a question is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answered {
    NotYet,
    Inside,
    /// Its last line goes on behind the answer, or below it.
    InSentence,
    /// Its last line ends with the answer.
    AtLineEnd,
}

impl Answered {
    /// When a line was read as well.
    fn after(self, line: &str) -> Self {
        match self {
            Self::NotYet => split_once(line, "{").map_or(self, |(_, behind)| Self::Inside.after(behind)),
            Self::Inside => match split_once(line, "}") {
                None => self,
                Some((_, behind)) if behind.trim().is_empty() => Self::AtLineEnd,
                Some(_) => Self::InSentence,
            },
            Self::InSentence | Self::AtLineEnd => Self::InSentence,
        }
    }
}

impl Piece<'_> {
    /// What stands in the first braces, without them.
    fn answer(&self) -> &str {
        let inner = split_once(&self.text, "{").map_or("", |(_, behind)| behind);
        split_once(inner, "}").map_or(inner, |(inner, _)| inner)
    }

    fn read(&self, places: &Places<'_>, reading: &mut Reading) {
        let Parts { title, stem, answer, flaw } = Parts::of(&self.text);
        let (number, topic) = named(&title);
        let mut draft = Draft {
            at: places.at(self.at),
            number,
            difficulty: None,
            category: self.category.map(str::to_owned).filter(|category| !category.is_empty()),
            topic,
            stem,
            options: Vec::new(),
            answer: None,
            explanation: Some(String::new()),
        };
        let mut problems: Vec<Problem> = Vec::new();
        let answers = answer.map(Answers::of);
        match (flaw, answers) {
            (Some(flaw), _) => problems.push(draft.problem(Kind::Syntax, draft.at, flaw.to_owned())),
            (None, None) => problems.push(unsupported(&draft, Unsupported::Description)),
            (None, Some(Err(kind))) => problems.push(unsupported(&draft, kind)),
            (None, Some(Ok(answers))) => fill(&mut draft, &answers),
        }
        let at = draft.at;
        if problems.is_empty() {
            reading.question(draft, problems, &|_, _| at);
        } else {
            reading.hold_back(draft, problems);
        }
    }
}

fn unsupported(draft: &Draft, kind: Unsupported) -> Problem {
    let message = format!("this is {}, which is not studied here", kind.name());
    draft.problem(Kind::UnsupportedKind, draft.at, message)
}

fn fill(draft: &mut Draft, answers: &Answers) {
    let right = (0_usize..).zip(&answers.choices).filter(|(_, choice)| choice.right);
    let right = right.map(|(place, _)| u8::try_from(place).unwrap_or(u8::MAX)).collect::<Vec<u8>>();
    let stated = Stated::Options(right);
    draft.answer =
        answers.choices.iter().any(|choice| choice.right).then_some(Answer { at: draft.at, stated });
    let option = |choice: &Choice| DraftOption { at: draft.at, text: choice.text.clone() };
    draft.options = answers.choices.iter().map(option).collect();
    draft.explanation = Some(explanation(answers));
}

/// The general feedback, then what is said about single options. What is said only about the right ones
/// is itself the explanation.
fn explanation(answers: &Answers) -> String {
    let said: Vec<&Choice> =
        answers.choices.iter().filter(|choice| !choice.feedback.trim().is_empty()).collect();
    let about = match said.as_slice() {
        [only] if only.right => only.feedback.trim().to_owned(),
        all => feedback::list(all.iter().map(|choice| (choice.text.as_str(), choice.feedback.as_str()))),
    };
    let parts = [answers.general.trim(), &about].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

/// The number and the topic that a title holds: `Q1.2 Pipes`, `1.2`, `Pipes`.
fn named(title: &str) -> (Option<String>, String) {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let unnamed = title.strip_prefix(['Q', 'q']).unwrap_or(&title);
    let length = unnamed.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (number, behind) = unnamed.split_at(length);
    let number = number.trim_end_matches('.');
    let ends = behind.is_empty() || behind.starts_with([' ', ':']);
    if number.is_empty() || !ends {
        return (None, title);
    }
    (Some(number.to_owned()), behind.trim_start_matches([' ', ':', '-']).to_owned())
}

/// The parts of a piece.
struct Parts<'a> {
    title: String,
    stem: String,
    /// What stands between the braces.
    answer: Option<&'a str>,
    flaw: Option<&'static str>,
}

/// What stands in the place of an answer inside a text.
const BLANK: &str = "_____";

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (title, text) = titled(text);
        let text = without_format(text);
        let Some((before, inside)) = split_once(text, "{") else {
            return Self { title, stem: unescaped(text.trim()), answer: None, flaw: None };
        };
        let stem = unescaped(before.trim());
        let Some((answer, behind)) = split_once(inside, "}") else {
            return Self { title, stem, answer: None, flaw: Some("a brace is never closed") };
        };
        if find(behind, "{").is_some() {
            return Self {
                title,
                stem,
                answer: None,
                flaw: Some("a second answer in braces follows the first"),
            };
        }
        let behind = behind.trim_end();
        if behind.trim().is_empty() {
            return Self { title, stem, answer: Some(answer), flaw: None };
        }
        let stem = format!("{}{BLANK}{}", unescaped(before.trim_start()), unescaped(behind));
        Self { title, stem, answer: Some(answer), flaw: None }
    }
}

fn titled(text: &str) -> (String, &str) {
    let behind = text.strip_prefix("::").and_then(|inner| split_once(inner, "::"));
    behind.map_or((String::new(), text), |(title, text)| (unescaped(title.trim()), text.trim_start()))
}

/// Without `[markdown]`, `[html]`, `[plain]` or `[moodle]`.
fn without_format(text: &str) -> &str {
    let formats = ["[markdown]", "[html]", "[plain]", "[moodle]"];
    formats.iter().find_map(|format| text.strip_prefix(format)).unwrap_or(text)
}
