//! How one question is shuffled, and which words decided it: what an author asks who wonders why.

use super::{
    Parsed, ParsedQuestion, plain,
    shuffling::Place as Part,
    source::{Excerpt, Lines, Place, excerpt},
};
use crate::domain::question::{Question, Shuffling};

/// How a question is shuffled, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What the question is called.
    pub name: String,
    /// How it is shuffled; none when it is held back, and so not shown at all.
    pub shuffling: Option<Shuffling>,
    /// The words that decided it, and the part of the question that they stand in.
    pub words: Option<(String, Part)>,
    /// Where the words stand, or else the head of the question.
    pub place: Place,
    /// The line there.
    pub source: Excerpt,
}

/// Explains all questions with a number, which may be written with or without its Q. `text` is the one
/// that was parsed.
pub fn explain(text: &str, parsed: &Parsed, id: &str) -> Vec<Explained> {
    let number = id.trim().strip_prefix(['Q', 'q']).unwrap_or(id.trim());
    let text = plain(text);
    let lines = Lines::of(&text);
    let asked = |of: &Option<String>| of.as_deref().is_some_and(|of| of.eq_ignore_ascii_case(number));
    let imported = parsed.questions.iter().enumerate().filter(|(_, found)| asked(&found.question.number));
    let imported = imported.map(|(at, found)| {
        let next = parsed.questions.get(at + 1).map_or(u32::MAX, |next| next.line);
        let place = deciding_place(&lines, found, next).unwrap_or(head(found.line));
        let words = found.reason.as_ref().map(|reason| (reason.words.clone(), reason.place));
        explained(&text, found.question.name(), Some(found.question.shuffling), words, place)
    });
    let held_back = parsed.held_back.iter().filter(|held| asked(&held.number));
    let held_back = held_back.map(|held| explained(&text, held.name(), None, None, head(held.line)));
    let mut all: Vec<Explained> = imported.chain(held_back).collect();
    all.sort_by_key(|explained| explained.place.line);
    all
}

fn explained(
    text: &str,
    name: String,
    shuffling: Option<Shuffling>,
    words: Option<(String, Part)>,
    mut place: Place,
) -> Explained {
    let source = excerpt(text, &mut place);
    Explained { name, shuffling, words, place, source }
}

fn head(line: u32) -> Place {
    Place { line, column: 1, length: u32::MAX }
}

/// Where the words stand that decided: in their part of the question, found by how it begins.
fn deciding_place(lines: &Lines<'_>, found: &ParsedQuestion, next: u32) -> Option<Place> {
    let reason = found.reason.as_ref()?;
    let part = match reason.place {
        Part::Directive => return lines.find(found.line..next, "retain:"),
        Part::Stem | Part::Explanation | Part::Option(_) => text_of(&found.question, reason.place),
    };
    let begins =
        part.and_then(|part| lines.find(found.line..next, part)).map_or(found.line, |place| place.line);
    lines.find(begins..next, &reason.words)
}

fn text_of(question: &Question, part: Part) -> Option<&str> {
    match part {
        Part::Stem => Some(&question.stem),
        Part::Option(place) => question.options().get(place).map(|option| option.text.as_str()),
        Part::Explanation => Some(&question.explanation),
        Part::Directive => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::parse;

    const CHAPTER: &str = "\
# One

**Q1.1: Basic - [Free]**

Which option B?

A) one
B) two

**Answer: B**

**Explanation:**
So.

---

**Q1.2: Basic - [Pinned]**

Which?

A) one
B) two
C) All of the above

**Answer: C**

**Explanation:**
So.

---

**Q1.3: Basic - [Locked]**

Which?

A) one
B) two

**Answer: B**

**Explanation:**
As said, option B holds.

---

**Q1.4: Basic - [Told]**

Which? <!-- retain: shuffle -->

A) one
B) Both A and C

**Answer: B**

**Explanation:**
So.

---

**Q1.5: Basic - [Broken]**

Which?

A) one

**Answer: A**
";

    #[test]
    fn a_question_is_explained_by_the_words_that_decided() {
        let table = [
            ("1.1", Some(Shuffling::Locked), "option B", (5, 7)),
            ("Q1.2", Some(Shuffling::PinnedLast(1)), "All of the above", (23, 4)),
            ("q1.3", Some(Shuffling::Locked), "option B holds", (42, 10)),
            (" 1.4 ", Some(Shuffling::Free), "shuffle", (48, 13)),
            ("1.5", None, "", (60, 1)),
        ];
        let parsed = parse(CHAPTER, "one.md");
        for (id, shuffling, words, (line, column)) in table {
            let explained = explain(CHAPTER, &parsed, id);
            assert_eq!(explained.len(), 1, "{id}");
            let Explained { place, words: found, .. } = &explained[0];
            let found = found.as_ref().map_or("", |(words, _)| words.as_str());
            assert_eq!((explained[0].shuffling, found), (shuffling, words), "{id}");
            assert_eq!((place.line, place.column), (line, column), "{id}");
        }
        assert!(explain(CHAPTER, &parsed, "1").is_empty());
    }
}
