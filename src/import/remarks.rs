//! What an explanation gives away about its author's doubts: another answer than the stated one, and
//! thinking aloud that was left in. A sign for a person to look, never a reason to choose.

use super::{
    prose::{Prose, What},
    shuffling::is_closing,
    texts::Texts,
    words::{WordList, is_same},
};

/// What an explanation claims of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim<'a> {
    /// Counted from 0.
    pub letter: u8,
    /// Whether it is said to be wrong.
    pub denies: bool,
    pub words: &'a str,
}

/// The first claim that an option is right which is not among the keys, or that the only key is wrong. Where a key is
/// said to be right as well, where the right option speaks of others, and where it is asked what does not hold, options
/// may be right that are not the answer.
pub(super) fn other_answer<'a>(texts: &Texts<'a>, keys: &[u8]) -> Option<Claim<'a>> {
    let Texts { stem, options, explanation } = texts;
    let (mut other, mut judged, mut key_is_judged, mut denied) = (None, None, false, None);
    for place in explanation.letters() {
        let Some(What::Letter(letter)) = explanation.what(place) else { continue };
        let Some(claimed) = Claimed::of(explanation, place) else { continue };
        if usize::from(letter) >= options.len() || claimed.is_doubted(explanation) {
            continue;
        }
        let words = explanation.words(claimed.from, claimed.to);
        let claim = Claim { letter, denies: claimed.what == Said::Wrong, words };
        match (claimed.what, keys.contains(&letter)) {
            (Said::Answer, false) => other = other.or(Some(claim)),
            (Said::Right, false) => judged = judged.or(Some(claim)),
            (Said::Right, true) => key_is_judged = true,
            (Said::Wrong, true) => denied = denied.or(Some(claim).filter(|_| keys.len() == 1)),
            (Said::Answer, true) | (Said::Wrong, false) => {}
        }
    }
    let denied = denied.filter(|_| !holds_any(stem, &FAULTS));
    let other = other.or(judged.or(denied).filter(|_| !key_is_judged));
    let right = || keys.iter().filter_map(|key| options.get(usize::from(*key)));
    let speaks_of_others = |option: &Prose<'_>| is_closing(option) || option.letters().next().is_some();
    other.filter(|_| !keys.is_empty() && !asks_what_does_not_hold(stem) && !right().any(speaks_of_others))
}

/// What is said of a letter, and from which word to which.
struct Claimed {
    what: Said,
    from: usize,
    to: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Answer,
    Right,
    Wrong,
}

impl Claimed {
    fn of(prose: &Prose<'_>, letter: usize) -> Option<Self> {
        let before = claimed_before(prose, letter).map(|(from, to)| Self { what: Said::Answer, from, to });
        before.or_else(|| claimed_behind(prose, letter))
    }

    /// Whether it stands in a sentence that says somebody might say so, or that it holds only sometimes.
    fn is_doubted(&self, prose: &Prose<'_>) -> bool {
        let counters = |place: usize| {
            let word = prose.word(place);
            match self.what {
                Said::Answer | Said::Right => place < self.to && NEGATING.has(word),
                Said::Wrong => place < self.from && (NEGATING.has(word) || CLAIMING.has(word)),
            }
        };
        sentence_around(prose, self.from).any(|place| DOUBTING.has(prose.word(place)) || counters(place))
    }
}

/// So many words and signs of a sentence are looked at on one side of a claim.
const LONGEST_SENTENCE: usize = 50;

/// The places of the words of the sentence that one stands in.
fn sentence_around<'p>(prose: &'p Prose<'_>, place: usize) -> impl Iterator<Item = usize> + 'p {
    let ends = |place: &usize| matches!(prose.sign(*place), Some('.' | '!' | '?' | '\n' | ';'));
    let begins =
        (0..place).rev().take(LONGEST_SENTENCE).take_while(|place| !ends(place)).last().unwrap_or(place);
    (begins..prose.tokens.len()).take(2 * LONGEST_SENTENCE).take_while(move |place| !ends(place))
}

/// Words of sentences that only talk of a claim, or limit it.
#[rustfmt::skip]
const DOUBTING: WordList = WordList::of(&[
    "although", "common", "don't", "even", "if", "many", "may", "might", "often", "only", "see", "seem", "seems",
    "students", "tempting", "tempted", "think", "though", "unlike", "unless", "whether", "when", "would",
]);

/// Words of sentences that say the contrary.
const NEGATING: WordList = WordList::of(&["neither", "never", "nor", "not", "nothing", "wrong"]);

/// Words of sentences in which somebody else finds something wrong.
const CLAIMING: WordList =
    WordList::of(&["calling", "claim", "claims", "no", "say", "saying", "says", "some"]);

/// `Which is NOT …`, `all EXCEPT`, `Which statement is false?`
fn asks_what_does_not_hold(stem: &Prose<'_>) -> bool {
    holds_any(stem, &DENYING)
}

fn holds_any(stem: &Prose<'_>, words: &WordList) -> bool {
    (0..stem.tokens.len()).any(|place| words.has(stem.word(place)))
}

#[rustfmt::skip]
const DENYING: WordList = WordList::of(&[
    "except", "false", "incorrect", "invalid", "isn't", "aren't", "cannot", "doesn't", "least", "never", "not",
    "untrue", "wrong",
]);

/// Words of stems that may be answered by what is wrong.
#[rustfmt::skip]
const FAULTS: WordList = WordList::of(&[
    "bug", "bugs", "error", "errors", "exception", "fail", "fails", "fault", "faults", "flaw", "flaws", "illegal",
    "misconception", "misconceptions", "mistake", "mistakes", "myth", "myths", "pitfall", "pitfalls", "problem",
    "problems", "raises", "throws", "vulnerable", "vulnerability",
]);

/// `Answer: C`, `the correct answer should be (C)`, `the right option is C`, `Answer C.`
fn claimed_before(prose: &Prose<'_>, letter: usize) -> Option<(usize, usize)> {
    let joint = claimed_together(prose, letter).or_else(|| concluded(prose, letter));
    if joint.is_some() {
        return joint;
    }
    let mut place = letter.checked_sub(1)?;
    #[rustfmt::skip]
    let links = [
        "is", "should", "must", "be", "therefore", "thus", "really", "actually", "indeed", "clearly", "then", "option",
        ":", "：", "=", "(", ",",
    ];
    while place > 0 && prose.is_any(place, &links) {
        place -= 1;
    }
    let noun =
        prose.is(place, "answer") || is_right_option(prose, place) || is_right_option(prose, place + 1);
    if !noun {
        return None;
    }
    let linked = letter - place > 1 && !(letter - place == 2 && prose.is(letter - 1, "("));
    let behind = if prose.is(letter + 1, ")") { letter + 2 } else { letter + 1 };
    let goes_on = matches!(prose.what(behind), Some(What::Word | What::Code))
        || (!linked && matches!(prose.sign(behind), Some(',' | ':')));
    let with_reason = prose.is_any(letter + 1, &["because", "since", "as", "not", "instead", "and"]);
    let is_article = prose.is(letter, "a") && goes_on && !with_reason;
    let claimed = if linked { !is_article } else { !goes_on };
    claimed.then_some((place, letter))
}

/// `Both B and C are correct`, `the correct answers are B and C`: of the second letter.
fn claimed_together(prose: &Prose<'_>, letter: usize) -> Option<(usize, usize)> {
    let first = letter.checked_sub(2).filter(|_| prose.is(letter - 1, "and"))?;
    let before = first.checked_sub(1).filter(|_| matches!(prose.what(first), Some(What::Letter(_))))?;
    let are_judged = prose.is(letter + 1, "are") && prose.is_any(letter + 2, &["correct", "right"]);
    if prose.is(before, "both") && are_judged {
        return Some((before, letter + 2));
    }
    let noun = before.checked_sub(1).filter(|_| prose.is(before, "are"))?;
    let are_answers = prose.is_any(noun, &["answers", "options", "choices"])
        && noun.checked_sub(1).is_some_and(|judged| prose.is_any(judged, &["correct", "right"]));
    are_answers.then_some((noun, letter))
}

/// `Hence option C.`, `✅ C`, `Correct: C`: nothing else stands in its sentence.
fn concluded(prose: &Prose<'_>, letter: usize) -> Option<(usize, usize)> {
    let ends = matches!(prose.what(letter + 1), None | Some(What::Sign))
        && !prose.is_any(letter + 1, &["-", "/", ")", "("]);
    let before = letter.checked_sub(1).filter(|_| ends)?;
    let begins = |place: usize| begins_sentence(prose, place);
    if matches!(prose.sign(before), Some('✅' | '✓' | '✔')) && begins(before) {
        return Some((before, letter));
    }
    let noun = if prose.is_any(before, &["option", "choice"]) { before.checked_sub(1)? } else { before };
    if noun < before && prose.is_any(noun, &["hence", "so", "thus", "therefore"]) && begins(noun) {
        return Some((noun, letter));
    }
    let label = before.checked_sub(1).filter(|label| prose.is(before, ":") && prose.is(*label, "correct"))?;
    begins(label).then_some((label, letter))
}

fn is_right_option(prose: &Prose<'_>, noun: usize) -> bool {
    let before = noun.wrapping_sub(1);
    prose.is_any(noun, &["option", "choice"]) && prose.is_any(before, &["correct", "right"])
}

/// `C is correct`, `option C is the right one`, `B is not correct`
fn claimed_behind(prose: &Prose<'_>, letter: usize) -> Option<Claimed> {
    let verb = if prose.is(letter + 1, ")") { letter + 2 } else { letter + 1 };
    if let Some(what) = verdict(prose, letter) {
        return Some(Claimed { what, from: letter, to: letter + 2 });
    }
    let mut denied = prose.is(verb, "isn't");
    if !prose.is_any(verb, &["is", "isn't"]) {
        return None;
    }
    let mut place = verb + 1;
    while prose.is_any(place, &["the", "actually", "also", "therefore", "not"]) {
        denied |= prose.is(place, "not");
        place += 1;
    }
    let reasons = ["because", "since", "as", "one", "option", "answer", "choice", "here", "and", "so"];
    let ends = match prose.what(place + 1) {
        None | Some(What::Code) => true,
        Some(What::Sign) => !prose.is(place + 1, "-"),
        Some(What::Word | What::Letter(_) | What::JoinedLetter(_)) => prose.is_any(place + 1, &reasons),
    };
    let is_answer = prose.is(place, "answer") && prose.is(place - 1, "the");
    let what = match (prose.is_any(place, &["correct", "right"]) || is_answer, denied) {
        (true, false) => Said::Right,
        (true, true) => Said::Wrong,
        (false, _) if !denied && prose.is_any(place, &["incorrect", "wrong"]) => Said::Wrong,
        (false, _) => return None,
    };
    ends.then_some(Claimed { what, from: letter, to: place })
}

/// `C) Correct` or `- C: ✅` in a line of its own.
fn verdict(prose: &Prose<'_>, letter: usize) -> Option<Said> {
    let begins_line =
        |place: usize| place.checked_sub(1).is_none_or(|before| prose.sign(before) == Some('\n'));
    let is_listed = letter.checked_sub(1).is_some_and(|bullet| {
        matches!(prose.sign(bullet), Some('-' | '•' | '*' | '+' | '(')) && begins_line(bullet)
    });
    let is_marked = matches!(prose.sign(letter + 1), Some(')' | ':' | '.'));
    if !is_marked || !(begins_line(letter) || is_listed) {
        return None;
    }
    let ends = || {
        matches!(prose.sign(letter + 3), None | Some('\n' | '.' | ',' | ';' | ':' | '—' | '–' | '('))
            && prose.what(letter + 3) != Some(What::Word)
    };
    match prose.sign(letter + 2) {
        Some('✅' | '✓' | '✔') => return Some(Said::Right),
        Some('❌' | '✗' | '✘') => return Some(Said::Wrong),
        _ => {}
    }
    if prose.is_any(letter + 2, &["correct", "right"]) && ends() {
        return Some(Said::Right);
    }
    (prose.is_any(letter + 2, &["wrong", "incorrect"]) && ends()).then_some(Said::Wrong)
}

/// The first words in which an author thinks aloud.
pub(super) fn drafting<'a>(explanation: &Prose<'a>) -> Option<&'a str> {
    explanation.telling().find_map(|place| {
        let length = thinks_aloud(explanation, place)?;
        Some(explanation.words(place, place + length - 1))
    })
}

/// Phrases by their first word and what may follow it. What ends in a star is the beginning of a word.
const PHRASES: [(&str, &[&[&str]]); 13] = [
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
            &["me", "count"],
            &["me", "double"],
            &["me", "see"],
            &["me", "trace"],
        ],
    ),
    ("let's", &[&["re*"]]),
    ("i'll", &[&["revise"], &["clarify"]]),
    (
        "i",
        &[
            &["made", "an", "error"],
            &["made", "a", "mistake"],
            &["miscounted"],
            &["need", "to", "recheck"],
            &["need", "to", "reconsider"],
            &["need", "to", "revise"],
        ],
    ),
    ("should", &[&["be", "re", "-", "examined"], &["be", "reexamined"]]),
    ("re", &[&["-", "reading", ":"], &["-", "reading", "the", "question"]]),
    ("on", &[&["second", "thought*"]]),
    ("scratch", &[&["that"]]),
    ("error", &[&["in", "options"], &["in", "the", "options"], &["in", "option"]]),
    ("my", &[&["mistake"]]),
    ("none", &[&["of", "the", "options", "match*"], &["of", "the", "given", "options"]]),
    ("isn't", &[&["in", "the", "options"], &["among", "the", "options"]]),
];

/// How many tokens of thinking aloud begin here, if any.
fn thinks_aloud(prose: &Prose<'_>, place: usize) -> Option<usize> {
    let word = prose.word(place);
    if is_same(word, "wait") {
        return is_interjection(prose, place).then_some(1);
    }
    if prose.is_any(place, &["correction", "todo", "fixme"]) {
        return (prose.is(place + 1, ":") && is_note(prose, place)).then_some(2);
    }
    let (_, endings) = PHRASES.iter().find(|(first, _)| is_word(word, first))?;
    let follows =
        |ending: &&&[&str]| (place + 1..).zip(**ending).all(|(at, word)| is_word(prose.word(at), word));
    endings.iter().find(follows).map(|ending| 1 + ending.len())
}

/// The words that phrases begin with, which the prose must tell of.
#[cfg(test)]
pub(super) fn first_words_of_phrases() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().map(|(first, _)| first.trim_end_matches('*')).chain([
        "wait",
        "correction",
        "todo",
        "fixme",
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
    let called = begins && prose.word(place).starts_with('W') && !is_listed;
    let before = place.saturating_sub(if place > 0 && prose.is(place - 1, ",") { 2 } else { 1 });
    let exclaimed = before < place && prose.is_any(before, &["no", "oh"]) && begins_sentence(prose, before);
    // `Wait-free` is a word.
    let is_joined = prose.words(place, place + 1).len() == prose.word(place).len() + 1;
    (pauses(place + 1) && (called || doubts || exclaimed))
        || (prose.is(place + 1, "-") && !is_joined && (called || doubts))
}

fn begins_sentence(prose: &Prose<'_>, place: usize) -> bool {
    let before = place.checked_sub(1).map(|before| prose.sign(before));
    matches!(before, None | Some(Some('.' | '!' | '?' | '…' | '\n' | '(')))
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
            "The correct answer is actually C.",
            "(C) is correct.",
            "The correct answer is C, not B.",
            "Hence, the answer is C: it does not scatter.",
            "Both B and C are correct.",
            "The correct answers are B and C.",
            "It is even. Hence option C.",
            "Option C is the answer.",
            "✅ C",
            "Correct: C",
            "A) Wrong\nB) Wrong\nC) Right\nD) Wrong",
            "- B: ❌\n- C: ✅ odd",
        ];
        for explanation in claims {
            assert_eq!(claimed_letter("Which?", "one", explanation), Some(2), "{explanation}");
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
            "B is correct, and C is correct.",
            "You might think the answer is C.",
            "Students often say that the answer is C.",
            "Neither A nor C is correct.",
            "Even though C is correct in Python 2.",
            "C is correct only when it is sorted.",
            "C is right-associative.",
            "C is correct syntax.",
            "Answer (C) is wrong.",
            "Answer (C) describes sets.",
            "Answer C, though tempting, fails.",
            "Answer C: a set has no order.",
            "Both A and C are wrong.",
            "A) Wrong\nB) Right\nC) Wrong",
            "C: correct usage needs a lock.",
            "Hence option C fails.",
        ];
        for explanation in mentions {
            assert_eq!(claimed_letter("Which?", "one", explanation), None, "{explanation}");
        }
    }

    #[test]
    fn what_is_right_without_being_the_answer_is_no_contradiction() {
        let claim = "C is correct.";
        let table = [
            ("Which is NOT a type?", "one", None),
            ("Which statement is false?", "one", None),
            ("Which?", "All of the above", None),
            ("Which?", "Both A and C", None),
            ("Which is a type?", "one", Some(2)),
        ];
        for (stem, right, expected) in table {
            assert_eq!(claimed_letter(stem, right, claim), expected, "{stem} {right}");
        }
    }

    #[test]
    fn a_denial_of_the_answer_is_noticed() {
        for explanation in [
            "Option B is incorrect because of it.",
            "B is not correct.",
            "(B) isn't right.",
            "B is also not right.",
        ] {
            assert!(claim("Which?", "one", explanation).is_some_and(|claim| claim.denies), "{explanation}");
        }
        let other = [
            "A is wrong, since B is correct.",
            "Option C is incorrect.",
            "If it were sorted, B is wrong.",
            "B is not wrong.",
            "Nothing in B is wrong.",
            "Neither A nor B is wrong.",
            "Some say that B is wrong.",
            "B is incorrect syntax in Python 2.",
            "B is false.",
        ];
        for explanation in other {
            assert_eq!(claim("Which?", "one", explanation), None, "{explanation}");
        }
        for stem in ["Which is wrong?", "Where is the bug?", "Which are mistakes?"] {
            assert_eq!(claim(stem, "one", "B is wrong."), None, "{stem}");
        }
    }

    /// The letter that an explanation claims to be right, where this option, B, is stated.
    fn claimed_letter(stem: &str, right: &str, explanation: &str) -> Option<u8> {
        claim(stem, right, explanation).map(|claim| claim.letter)
    }

    fn claim<'a>(stem: &str, right: &str, explanation: &'a str) -> Option<Claim<'a>> {
        let mut words = Words::default();
        let options = ["zero", right, "two", "three"];
        let texts = Texts::of(&mut words, stem, options.into_iter(), explanation);
        other_answer(&texts, &[1]).map(|claim| Claim { words: "", ..claim })
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
