//! What an explanation gives away about its author's doubts: another answer than the stated one, and
//! thinking aloud that was left in. A sign for a person to look, never a reason to choose.

use super::prose::{Prose, What};

/// An answer that an explanation claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim<'a> {
    /// Counted from 0.
    pub letter: u8,
    pub words: &'a str,
}

/// The first claim that an option is right which is not among the keys.
pub(super) fn other_answer<'a>(explanation: &Prose<'a>, keys: &[u8], options: usize) -> Option<Claim<'a>> {
    if keys.is_empty() {
        return None;
    }
    explanation.letters().find_map(|place| {
        let Some(What::Letter(letter)) = explanation.what(place) else { return None };
        if usize::from(letter) >= options || keys.contains(&letter) {
            return None;
        }
        let (from, to) = claimed_before(explanation, place).or_else(|| claimed_behind(explanation, place))?;
        Some(Claim { letter, words: explanation.words(from, to) })
    })
}

/// `Answer: C`, `the correct answer should be (C)`, `the right option is C`, `Answer C.`
fn claimed_before(prose: &Prose<'_>, letter: usize) -> Option<(usize, usize)> {
    let mut place = letter.checked_sub(1)?;
    let links =
        ["is", "should", "would", "must", "be", "therefore", "thus", "really", "option", ":", "：", "=", "("];
    while place > 0 && prose.is_any(place, &links) {
        place -= 1;
    }
    let noun =
        prose.is(place, "answer") || is_right_option(prose, place) || is_right_option(prose, place + 1);
    if !noun {
        return None;
    }
    let linked = letter - place > 1;
    let goes_on = matches!(prose.what(letter + 1), Some(What::Word | What::Code));
    let with_reason = prose.is_any(letter + 1, &["because", "since", "as", "not", "instead", "and"]);
    let is_article = prose.is(letter, "A") && goes_on && !with_reason;
    let claimed = if linked { !is_article } else { !goes_on };
    claimed.then_some((place, letter))
}

fn is_right_option(prose: &Prose<'_>, noun: usize) -> bool {
    let before = noun.wrapping_sub(1);
    prose.is_any(noun, &["option", "choice"]) && prose.is_any(before, &["correct", "right"])
}

/// `C is correct`, `option C is the right one`
fn claimed_behind(prose: &Prose<'_>, letter: usize) -> Option<(usize, usize)> {
    if !prose.is(letter + 1, "is") {
        return None;
    }
    let mut place = letter + 2;
    while prose.is_any(place, &["the", "actually", "also", "therefore"]) {
        place += 1;
    }
    prose.is_any(place, &["correct", "right"]).then_some((letter, place))
}

/// The first words in which an author thinks aloud.
pub(super) fn drafting<'a>(explanation: &Prose<'a>) -> Option<&'a str> {
    explanation.telling().find_map(|place| {
        let length = thinks_aloud(explanation, place)?;
        Some(explanation.words(place, place + length - 1))
    })
}

/// Phrases by their first word and what may follow it. What ends in a star is the beginning of a word.
/// The prose must tell of each first word.
const PHRASES: [(&str, &[&[&str]]); 10] = [
    ("hmm*", &[&[]]),
    (
        "let",
        &[
            &["me", "re*"],
            &["me", "correct*"],
            &["me", "check"],
            &["me", "verify"],
            &["me", "be", "precise"],
            &["me", "fix"],
            &["me", "think"],
            &["me", "clarify"],
        ],
    ),
    ("let's", &[&["re*"]]),
    ("i'll", &[&["revise"], &["clarify"]]),
    ("i", &[&["made", "an", "error"], &["made", "a", "mistake"]]),
    ("should", &[&["be", "re", "-", "examined"], &["be", "reexamined"]]),
    ("re", &[&["-", "reading", ":"]]),
    ("on", &[&["second", "thought*"]]),
    ("scratch", &[&["that"]]),
    ("isn't", &[&["in", "the", "options"], &["among", "the", "options"]]),
];

/// How many tokens of thinking aloud begin here, if any.
fn thinks_aloud(prose: &Prose<'_>, place: usize) -> Option<usize> {
    let word = prose.word(place);
    if word.eq_ignore_ascii_case("wait") {
        return is_interjection(prose, place).then_some(1);
    }
    let (_, endings) = PHRASES.iter().find(|(first, _)| is_word(word, first))?;
    let follows =
        |ending: &&&[&str]| (place + 1..).zip(**ending).all(|(at, word)| is_word(prose.word(at), word));
    endings.iter().find(follows).map(|ending| 1 + ending.len())
}

fn is_word(word: &str, expected: &str) -> bool {
    match expected.strip_suffix('*') {
        Some(beginning) => {
            word.get(..beginning.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(beginning))
        }
        None => word.eq_ignore_ascii_case(expected),
    }
}

/// `Wait, …` at the beginning of a sentence, or `wait, let me …` within one; threads wait as well.
fn is_interjection(prose: &Prose<'_>, place: usize) -> bool {
    let before = place.checked_sub(1).map(|before| prose.sign(before));
    let begins = matches!(before, None | Some(Some('.' | '!' | '?' | '…' | '\n' | '(')));
    let paused = prose.is_any(place + 1, &[",", "-", "—", "–", ".", "…", "!", ":"]);
    let doubts = prose.is_any(place + 2, &["let", "no", "that", "actually", "this", "i", "the"]);
    paused && ((begins && prose.word(place).starts_with('W')) || doubts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::prose::Words;

    #[test]
    fn a_claim_of_another_answer_is_noticed() {
        let claims = [
            "So all four hold. Answer: C.",
            "The answer is C because of it.",
            "The correct answer should be **C**.",
            "Thus the right option is C.",
            "Answer C (four calls).",
            "Here C is correct.",
            "C is the right one.",
        ];
        for explanation in claims {
            let mut words = Words::default();
            let claim = other_answer(&words.read(explanation), &[1], 4);
            assert_eq!(claim.map(|claim| claim.letter), Some(2), "{explanation}");
        }
    }

    #[test]
    fn mentions_of_letters_are_no_claims() {
        let mentions = [
            "The answer is B.",
            "The answer is A mutex.",
            "The answer is not C.",
            "Answer C confuses the two.",
            "Option C would be right for bytes.",
            "C is incorrect.",
            "In C the answer is 4.",
            "The answer is E.",
            "`Answer: C`",
        ];
        for explanation in mentions {
            assert_eq!(other_answer(&Words::default().read(explanation), &[1], 4), None, "{explanation}");
        }
    }

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
