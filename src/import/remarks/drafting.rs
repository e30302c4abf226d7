//! Thinking aloud that an author left in an explanation: `Wait, let me recheck it.`

use super::{begins_sentence, holds_any};
use crate::import::{
    prose::{Prose, What},
    words::{WordList, is_same},
};

/// The first words in which an author thinks aloud.
pub(in crate::import) fn drafting<'a>(explanation: &Prose<'a>) -> Option<&'a str> {
    explanation.telling().find_map(|place| {
        let length = thinks_aloud(explanation, place)?;
        Some(explanation.words(place, place + length - 1))
    })
}

/// Phrases by their first word and what may follow it. What ends in a star is the beginning of a word.
#[rustfmt::skip]
const PHRASES: [(&str, &[&[&str]]); 21] = [
    ("hmm*", &[&[]]),
    ("let", &[
        &["me", "re", "-"], &["me", "reanaly*"], &["me", "recalculat*"], &["me", "recheck*"], &["me", "recomput*"],
        &["me", "reconsider*"], &["me", "recount*"], &["me", "redo"], &["me", "reevaluat*"], &["me", "reexamin*"],
        &["me", "reread*"], &["me", "rethink*"], &["me", "retrac*"], &["me", "revis*"], &["me", "rework*"],
        &["me", "adjust"], &["me", "be", "precise"], &["me", "calculate", "again"], &["me", "change", "the"],
        &["me", "check"], &["me", "clarify"], &["me", "correct*"], &["me", "count"], &["me", "double"], &["me", "fix"],
        &["me", "see"], &["me", "think"], &["me", "trace"], &["me", "try", "again", "."],
        &["me", "try", "again", ":"], &["me", "verify"],
    ]),
    ("let's", &[
        &["re", "-"], &["recalculat*"], &["recheck*"], &["recomput*"], &["reconsider*"], &["recount*"], &["redo"],
        &["reevaluat*"], &["reexamin*"], &["rethink*"], &["revis*"], &["fix", "the", "options"],
        &["try", "again", "."], &["try", "again", ":"],
    ]),
    ("i'll", &[&["revise"], &["clarify"]]),
    ("i", &[
        &["made", "an", "error"], &["made", "a", "mistake"], &["miscalculated"], &["miscounted"], &["misread"],
        &["need", "to", "recalculate"], &["need", "to", "recheck"], &["need", "to", "reconsider"],
        &["need", "to", "revise"], &["realize", "the", "options"], &["realize", "the", "answer"],
    ]),
    ("should", &[&["be", "re", "-", "examined"], &["be", "reexamined"]]),
    ("re", &[&["-", "reading", ":"], &["-", "reading", "the", "question"]]),
    ("on", &[&["second", "thought*"], &["re", "-", "reading", "the", "question"], &["rereading", "the", "question"]]),
    ("scratch", &[&["that"]]),
    ("error", &[&["in", "options"], &["in", "the", "options"], &["in", "option"]]),
    ("my", &[&["mistake"]]),
    ("none", &[&["of", "the", "options", "match*"], &["of", "the", "given", "options"]]),
    ("isn't", &[&["in", "the", "options"], &["among", "the", "options"]]),
    ("closest", &[&["option", "is"], &["answer", "is"], &["choice", "is"]]),
    ("ignore", &[&["the", "above", "."], &["the", "above", ":"], &["the", "above", ","]]),
    ("typo", &[&["in", "the", "options"], &["in", "the", "question", "."], &["in", "the", "question", ":"]]),
    ("here's", &[
        &["the", "revised", "question"], &["the", "corrected", "question"], &["the", "revised", "explanation"],
        &["the", "corrected", "explanation"], &["the", "revised", "version"], &["the", "corrected", "version"],
    ]),
    ("note", &[&["to", "self", ":"]]),
    ("recalculating", &[&[":"]]),
    ("rechecking", &[&[":"]]),
    ("actually", &[
        &[",", "no", ","], &[",", "no", "."], &[",", "wait"], &[",", "that's", "wrong"], &[",", "that's", "incorrect"],
        &[",", "that's", "not", "right"], &[",", "that", "is", "wrong"], &[",", "that", "is", "incorrect"],
        &[",", "that", "is", "not", "right"],
    ]),
];

/// How many tokens of thinking aloud begin here, if any.
fn thinks_aloud(prose: &Prose<'_>, place: usize) -> Option<usize> {
    let word = prose.word(place);
    // All of them begin with a word, of which the shortest is “I”.
    if word.len() == 1 && !is_same(word, "i") {
        return None;
    }
    if is_same(word, "wait") {
        return is_interjection(prose, place).then_some(1);
    }
    if prose.is_any(place, &["correction", "todo", "fixme"]) {
        return (prose.is(place + 1, ":") && is_note(prose, place)).then_some(2);
    }
    if prose.is_any(place, &["hold", "sorry", "oops"]) {
        return is_exclamation(prose, place);
    }
    // `typo in option C`
    if prose.is(place, "typo") && prose.is(place + 1, "in") && prose.is(place + 2, "option") {
        return matches!(prose.what(place + 3), Some(What::Letter(_))).then_some(4);
    }
    if prose.is(place, "actually") && trails_off(prose, place) {
        let is_value = prose.word(place + 1).starts_with(|first: char| first.is_ascii_digit());
        return (is_value || prose.is_any(place + 1, &["it", "it's", "that", "the"])).then_some(1);
    }
    let (_, endings) = PHRASES.iter().find(|(first, _)| is_word(word, first))?;
    let follows =
        |ending: &&&[&str]| (place + 1..).zip(**ending).all(|(at, word)| is_word(prose.word(at), word));
    endings.iter().find(follows).map(|ending| 1 + ending.len())
}

/// How long `Hold on, that …`, `Sorry, the options …`, `Oops: …` is, at the beginning of a sentence.
fn is_exclamation(prose: &Prose<'_>, place: usize) -> Option<usize> {
    if !begins_sentence(prose, place) {
        return None;
    }
    let length = if prose.is(place, "hold") { 2 } else { 1 };
    let pauses = prose.is_any(place + length, &[",", ".", "—", "–", "…", "!"])
        || (prose.is(place, "oops") && prose.is(place + length, ":"));
    let behind = place + length + 1;
    let doubts = match prose.word(place) {
        word if is_same(word, "oops") => true,
        word if is_same(word, "hold") => {
            prose.is(place + 1, "on")
                && (!prose.is(behind - 1, ",")
                    || prose.is_any(behind, &["actually", "i", "is", "it", "let", "that", "the", "this"]))
        }
        _ => {
            prose.is_any(behind, &["i", "my", "that", "this"])
                || (prose.is(behind, "the") && prose.is_any(behind + 1, &["answer", "options", "question"]))
        }
    };
    (pauses && doubts).then_some(length)
}

/// The words that phrases begin with, which the prose must tell of.
#[cfg(test)]
pub(in crate::import) fn first_words_of_phrases() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().map(|(first, _)| first.trim_end_matches('*')).chain([
        "wait",
        "correction",
        "todo",
        "fixme",
        "hold",
        "sorry",
        "oops",
    ])
}

fn is_word(word: &str, expected: &str) -> bool {
    match expected.strip_suffix('*') {
        Some(beginning) => word.get(..beginning.len()).is_some_and(|begun| is_same(begun, beginning)),
        None => is_same(word, expected),
    }
}

const DETECTING: WordList = WordList::of(&["detect", "detects", "detecting", "detection"]);

/// `TODO: …` where a sentence begins, `Correction: …` where a line does and nothing detects errors: codes correct them.
fn is_note(prose: &Prose<'_>, place: usize) -> bool {
    let begins_line = place.checked_sub(1).is_none_or(|before| prose.sign(before) == Some('\n'));
    match prose.is(place, "correction") {
        true => begins_line && !holds_any(prose, &DETECTING),
        false => begins_sentence(prose, place),
    }
}

/// `Wait, …` at the beginning of a sentence, `wait, let me …` within one, `No, wait, …`; threads wait as well, and
/// `Wait, notify and notifyAll` are methods.
fn is_interjection(prose: &Prose<'_>, place: usize) -> bool {
    let pauses = |place| prose.is_any(place, &[",", "—", "–", ".", "…", "!", ":"]);
    let is_plain = |place| {
        prose.what(place) == Some(What::Word)
            && !prose.word(place).starts_with(|sign: char| sign.is_ascii_digit())
    };
    let lists = prose.is(place + 1, ",") && prose.is_any(place + 3, &["and", "or", ","]);
    let is_listed = lists && is_plain(place + 2) && is_plain(place + 4);
    let begins = begins_sentence(prose, place);
    let doubts = prose.is_any(place + 2, &["let", "that", "actually", "this", "i"])
        || (begins && prose.is_any(place + 2, &["no", "the"]));
    // `**Wait**:` is what is defined.
    let is_emphasised = prose.words(place, place + 1).contains(['*', '_']);
    let called = begins && prose.word(place).starts_with('W') && !is_listed && !is_emphasised;
    let trails =
        trails_off(prose, place) || (called && prose.is(place + 1, "no") && prose.sign(place + 2).is_some());
    let before = place.saturating_sub(if place > 0 && prose.is(place - 1, ",") { 2 } else { 1 });
    let exclaimed = before < place && prose.is_any(before, &["no", "oh"]) && begins_sentence(prose, before);
    // `Wait-free` is a word.
    let is_joined = prose.words(place, place + 1).len() == prose.word(place).len() + 1;
    (trails && (pauses(place + 1) || prose.is(place + 1, "no")))
        || (pauses(place + 1) && (called || doubts || exclaimed))
        || (prose.is(place + 1, "-") && !is_joined && (called || doubts))
}

/// Whether dots stand before a word in small letters: `so 2... wait`.
fn trails_off(prose: &Prose<'_>, place: usize) -> bool {
    let dots = |before: usize| place.checked_sub(before).is_some_and(|at| prose.sign(at) == Some('.'));
    let is_small = prose.word(place).starts_with(|first: char| first.is_ascii_lowercase());
    let is_ellipsis = place.checked_sub(1).is_some_and(|at| prose.sign(at) == Some('…'));
    is_small && (is_ellipsis || (dots(1) && dots(2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::prose::Words;

    #[test]
    fn every_phrase_is_noticed() {
        for (first, endings) in PHRASES {
            for ending in endings {
                let phrase = format!("{first} {}", ending.join(" ")).replace('*', "");
                assert_eq!(drafting(&Words::default().read(&phrase)), Some(phrase.trim()), "{phrase}");
            }
        }
    }

    #[test]
    fn thinking_aloud_is_noticed() {
        let table = [
            ("That gives 5. Wait, let me recheck it.", Some("Wait")),
            ("so 2... wait, no", Some("wait")),
            ("That is 4. No wait, it is 5.", Some("wait")),
            ("That is 4. No, wait, it is 5.", Some("wait")),
            ("Wait, B and C are both right here.", Some("Wait")),
            ("Wait, 4 and 5 are both there.", Some("Wait")),
            ("Wait - it is 5.", Some("Wait")),
            ("Correction: it is 5.", Some("Correction:")),
            ("TODO: verify this", Some("TODO:")),
            ("Re-reading the question, it is B.", Some("Re-reading the question")),
            ("Codes allow error correction: a bit is mended.", None),
            ("Detection: it finds errors.\nCorrection: it mends them.", None),
            ("Comments such as TODO: and FIXME: are collected.", None),
            ("There is no wait-free algorithm.", None),
            ("Wait-free algorithms need none.", None),
            ("Wait - no, it is 5.", Some("Wait")),
            ("*Error in options generation*", Some("Error in options")),
            ("My mistake: it is 5.", Some("My mistake")),
            ("None of the options match.", Some("None of the options match")),
            ("There is no wait, so the call returns at once.", None),
            ("Hold and wait, no preemption, circular wait.", None),
            ("Condition variables: wait, the lock is released.", None),
            ("Wait, notify and notifyAll belong to every object.", None),
            ("Re-reading the file gives the same bytes.", None),
            ("**Wait**: decrements the counter.", None),
            ("Wait no, it is 5.", Some("Wait")),
            ("Strictly speaking... wait. It is 2.", Some("wait")),
            ("That's 5... actually 6", Some("actually")),
            ("Actually, that's wrong.", Some("Actually, that's wrong")),
            ("Actually, it is a list.", None),
            ("Hold on, that is 3.", Some("Hold on")),
            ("Hold on to the lock.", None),
            ("Sorry, the options are wrong.", Some("Sorry")),
            ("Oops: it is 5.", Some("Oops")),
            ("Let's recall the rule, and let me remove one.", None),
            ("I miscalculated.", Some("I miscalculated")),
            ("The closest option is B.", Some("closest option is")),
            ("None of the options is correct.", None),
            ("Hmm, again.", Some("Hmm")),
            ("Let me recalculate: 4.", Some("Let me recalculate")),
            ("The answer should be re-examined.", Some("should be re-examined")),
            ("I made an error.", Some("I made an error")),
            ("Both threads wait, then go on.", None),
            ("Wait for the lock.", None),
            ("`Hmm`", None),
            ("Let the loop run.", None),
        ];
        for (explanation, expected) in table {
            assert_eq!(drafting(&Words::default().read(explanation)), expected, "{explanation}");
        }
    }
}
