//! How one question is shuffled, and which words decided it: what an author asks who wonders why.

use super::{
    Parsed, ParsedQuestion,
    mention::Mention,
    places::{At, Places},
    plain,
    shuffling::Place as Part,
    source::{Excerpt, Place, excerpt},
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

/// Explains all questions of this name, as reports give it, or of this number, with or without its Q. Case
/// and blanks make no difference. `text` is the one that was parsed.
pub fn explain(text: &str, parsed: &Parsed, id: &str) -> Vec<Explained> {
    let text = plain(text);
    let places = Places::of(&text);
    let asked = |name: &str, number: &Option<String>| is_called(name, number.as_deref(), id);
    let imported = parsed
        .questions
        .iter()
        .enumerate()
        .filter(|(_, found)| asked(&found.question.name(), &found.question.number));
    let imported = imported.map(|(at, found)| {
        let next = parsed.questions.get(at + 1).map_or(usize::MAX, |next| next.line as usize);
        let place = deciding_place(&text, &places, found, places.offset(next, 0)).unwrap_or(head(found.line));
        let words = found.reason.as_ref().map(|reason| (reason.words.clone(), reason.place));
        explained(&text, found.question.name(), Some(found.question.shuffling), words, place)
    });
    let held_back = parsed.held_back.iter().filter(|held| asked(&held.name(), &held.number));
    let held_back = held_back.map(|held| explained(&text, held.name(), None, None, head(held.line)));
    let mut all: Vec<Explained> = imported.chain(held_back).collect();
    all.sort_by_key(|explained| explained.place.line);
    all
}

/// Whether a question is asked for by its name or by its number.
fn is_called(name: &str, number: Option<&str>, id: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let id = plain(id);
    plain(name) == id || number.is_some_and(|number| plain(number) == id)
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

/// Where the words stand that decided: behind the beginning of their part, which is behind those of the
/// parts before it.
fn deciding_place(text: &str, places: &Places<'_>, found: &ParsedQuestion, next: usize) -> Option<Place> {
    let reason = found.reason.as_ref()?;
    let words = if reason.place == Part::Directive { "retain:" } else { &reason.words };
    let mut begins = places.offset(found.line as usize, 0);
    let mut behind = begins;
    for part in parts_down_to(&found.question, reason.place) {
        let first_line = part.trim().lines().next().unwrap_or("").trim_end();
        if let Some(at) = Mention::first(first_line).find(&text[behind..next]) {
            begins = behind + at;
            behind = begins + first_line.len();
        }
    }
    let at = begins + Mention::nth(words, reason.before).find(&text[begins..next])?;
    let At { line, column } = places.at(at);
    let length = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
    Some(Place { line, column, length })
}

/// The texts of a question in their order, down to the one that is meant.
fn parts_down_to(question: &Question, part: Part) -> Vec<&str> {
    let mut parts = vec![question.stem.as_str()];
    let options = question.options().iter().map(|option| option.text.as_str());
    match part {
        Part::Stem => {}
        Part::Option(place) => parts.extend(options.take(place + 1)),
        Part::Explanation => parts.extend(options.chain([question.explanation.as_str()])),
        Part::Directive => return Vec::new(),
    }
    parts
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
Bigger `B` boxes are none. Answer: B.

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
            ("q1.3", Some(Shuffling::Locked), "B", (42, 36)),
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

    #[test]
    fn a_question_without_a_number_is_found_by_the_name_that_reports_give_it() {
        let json = r#"[{"question": "Q  one?", "options": ["x", "y"], "answer": "A"},
            {"question": "Why?", "topic": "Ports", "options": ["x", "y"], "answer": "A"},
            {"question": "Which?", "number": "B-7", "options": ["x", "y"], "answer": "A"}]"#;
        let parsed = parse(json, "one.json");
        let table =
            [("Q one?", 1), (" q ONE? ", 1), ("ports", 1), ("QB-7", 1), ("B-7", 1), ("one?", 0), ("", 0)];
        for (id, expected) in table {
            assert_eq!(explain(json, &parsed, id).len(), expected, "{id}");
        }
    }
}
