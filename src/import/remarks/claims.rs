//! What an explanation says of options: which is the answer, which are right or wrong.

use super::{begins_sentence, holds_any};
use crate::import::{
    prose::{Prose, What},
    shuffling::speaks_of_others,
    texts::Texts,
    words::WordList,
};

/// What an explanation claims of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Claim<'a> {
    /// Counted from 0.
    pub letter: u8,
    /// Whether it is said to be wrong.
    pub denies: bool,
    pub words: &'a str,
}

/// The first claim that an option is the answer, or right, which is not among the keys, or that the only key is wrong.
/// Where a key is said to be right as well, where the right option speaks of others, and where it is asked what does not
/// hold, options may be right that are not the answer.
pub(in crate::import) fn other_answer<'a>(texts: &Texts<'a>, keys: &[u8]) -> Option<Claim<'a>> {
    let Texts { stem, options, explanation } = texts;
    let (mut other, mut together, mut judged, mut key_is_judged, mut denied) =
        (None, None, None, false, None);
    for place in explanation.letters() {
        let (Some(What::Letter(letter)) | Some(What::JoinedLetter(letter))) = explanation.what(place) else {
            continue;
        };
        let Some(claimed) = Claimed::of(explanation, place) else { continue };
        if usize::from(letter) >= options.len() || claimed.is_doubted(explanation) {
            continue;
        }
        let words = explanation.words(claimed.from, claimed.to);
        let claim = Claim { letter, denies: claimed.what == Said::Wrong, words };
        match (claimed.what, keys.contains(&letter)) {
            (Said::Answer, false) => other = other.or(Some(claim)),
            (Said::Right, false) => judged = judged.or(Some(claim)),
            (Said::RightTogether, false) => together = together.or(Some(claim)),
            (Said::Right, true) => key_is_judged = true,
            (Said::Wrong, true) => denied = denied.or(Some(claim).filter(|_| keys.len() == 1)),
            (Said::Answer | Said::RightTogether, true) | (Said::Wrong, false) => {}
        }
    }
    let other = other.or_else(|| named_by_text(texts, keys));
    let asks_for_faults = || holds_any(stem, &FAULTS);
    let (denied, together) = (denied.filter(|_| !asks_for_faults()), together.filter(|_| !asks_for_faults()));
    let judged = together.or(judged.or(denied).filter(|_| !key_is_judged));
    let right = || keys.iter().filter_map(|key| options.get(usize::from(*key)));
    let claim = other.or(judged.filter(|_| !holds_any(stem, &DENYING)))?;
    // An option that is a letter is what letters mean.
    let is_letter = |option: &Prose<'_>| option.tokens.len() == 1 && option.letters().next().is_some();
    let may_mean_else = right().any(|option| is_letter(option) || speaks_of_others(texts, option));
    (!keys.is_empty() && !may_mean_else).then_some(claim)
}

/// `The correct answer is three.`, where another option is `three`.
fn named_by_text<'a>(texts: &Texts<'a>, keys: &[u8]) -> Option<Claim<'a>> {
    let Texts { options, explanation, .. } = texts;
    explanation.options().find_map(|noun| {
        let is_claimed = explanation.is(noun, "answer") && explanation.is(noun + 1, "is");
        let first = Some(noun + 2).filter(|_| is_claimed && states(explanation, noun))?;
        let named =
            |(letter, option): (u8, &Prose<'a>)| Some((letter, first + explanation.said_at(first, option)?));
        let (letter, end) = (0..).zip(options).filter_map(named).max_by_key(|(_, end)| *end)?;
        let claimed = Claimed { what: Said::Answer, from: noun, to: end - 1 };
        let ends = closes_sentence(explanation, end - 1) || explanation.is_any(end, &REASONS);
        let is_other = ends && !keys.contains(&letter) && !claimed.is_doubted(explanation);
        is_other.then(|| Claim { letter, denies: false, words: explanation.words(noun, end - 1) })
    })
}

/// Whether a sentence begins with this noun, or concludes with it: `So the correct answer`.
fn states(prose: &Prose<'_>, noun: usize) -> bool {
    let mut place = noun;
    for words in [["correct", "right"].as_slice(), &["the"], &[","], &["hence", "so", "thus", "therefore"]] {
        place -= usize::from(place.checked_sub(1).is_some_and(|before| prose.is_any(before, words)));
    }
    begins_sentence(prose, place)
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
    /// With other options: `B and C are correct`.
    RightTogether,
    Wrong,
}

impl Claimed {
    fn of(prose: &Prose<'_>, letter: usize) -> Option<Self> {
        let joined = matches!(prose.what(letter), Some(What::JoinedLetter(_)));
        if joined && Cited::of(prose, letter).is_bare() {
            return None;
        }
        let together = || claimed_together(prose, letter);
        let before = || claimed_before(prose, letter).map(|(from, to)| Self { what: Said::Answer, from, to });
        together().or_else(before).or_else(|| claimed_behind(prose, letter))
    }

    /// Whether it stands in a sentence that says somebody might say so, or that it holds only sometimes.
    fn is_doubted(&self, prose: &Prose<'_>) -> bool {
        let counters = |place: usize| {
            let word = prose.word(place);
            match self.what {
                Said::Answer => place < self.to && NEGATING.has(word),
                Said::Right | Said::RightTogether => {
                    (place < self.to && NEGATING.has(word))
                        || prose.is_any(place, &["but", "while", "whereas"])
                }
                Said::Wrong => place < self.from && (NEGATING.has(word) || CLAIMING.has(word)),
            }
        };
        // `Only C is correct`, but `C is correct only when …`.
        let limits = |place: usize| place > self.to && prose.is(place, "only");
        let mut last = self.to;
        let is_doubted = sentence_around(prose, self.from)
            .inspect(|place| last = *place)
            .any(|place| DOUBTING.has(prose.word(place)) || limits(place) || counters(place));
        is_doubted || prose.sign(last + 1) == Some('?')
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
    "although", "assume", "assuming", "common", "compare", "don't", "even", "if", "intuitive", "intuitively", "left",
    "many", "may", "might", "naive", "obvious", "often", "see", "second", "seem", "seems", "students", "suppose",
    "supposing", "tempting", "tempted", "think", "though", "unlike", "unless", "whether", "when", "where", "why", "would",
]);

/// Words of sentences that say the contrary.
const NEGATING: WordList = WordList::of(&["neither", "never", "nor", "not", "nothing", "wrong"]);

/// Words of sentences in which somebody else finds something wrong.
const CLAIMING: WordList =
    WordList::of(&["calling", "claim", "claims", "no", "say", "saying", "says", "some"]);

/// Words of stems that ask for what does not hold: `Which is NOT …`, `all EXCEPT`.
#[rustfmt::skip]
const DENYING: WordList = WordList::of(&[
    "except", "false", "incorrect", "invalid", "isn't", "aren't", "cannot", "doesn't", "least", "never", "not",
    "untrue", "wrong",
]);

/// Words of stems that may be answered by what is wrong.
#[rustfmt::skip]
const FAULTS: WordList = WordList::of(&[
    "bug", "bugs", "broken", "error", "errors", "exception", "fail", "fails", "fault", "faults", "flaw", "flaws",
    "illegal", "misconception", "misconceptions", "mistake", "mistakes", "myth", "myths", "pitfall", "pitfalls",
    "problem", "problems", "raises", "throws", "vulnerable", "vulnerability", "violate", "violates", "odd",
]);

/// What stands around a letter that an option is cited by: parentheses or quotation marks, or nothing.
struct Cited {
    /// The first and the last token.
    first: usize,
    last: usize,
    letter: usize,
}

impl Cited {
    fn of(prose: &Prose<'_>, letter: usize) -> Self {
        let around =
            letter.checked_sub(1).and_then(|before| Some((prose.sign(before)?, prose.sign(letter + 1)?)));
        match around {
            Some(('(', ')') | ('"', '"') | ('“', '”') | ('\'', '\'') | ('‘', '’')) => {
                Self { first: letter - 1, last: letter + 1, letter }
            }
            _ => Self { first: letter, last: letter, letter },
        }
    }

    fn is_bare(&self) -> bool {
        self.first == self.letter
    }
}

/// `Answer: C`, `the correct answer should be (C)`, `the right option is C`, `Answer C.`
fn claimed_before(prose: &Prose<'_>, letter: usize) -> Option<(usize, usize)> {
    let concluded = concluded(prose, letter);
    if concluded.is_some() {
        return concluded;
    }
    let cited = Cited::of(prose, letter);
    let before = cited.first.checked_sub(1)?;
    let mut place = before;
    #[rustfmt::skip]
    let links = [
        "is", "should", "must", "be", "therefore", "thus", "really", "actually", "indeed", "clearly", "then", "option",
        ":", "：", "=", ",",
    ];
    while place > 0 && prose.is_any(place, &links) {
        place -= 1;
    }
    let noun =
        prose.is(place, "answer") || is_right_option(prose, place) || is_right_option(prose, place + 1);
    // `It should be C.`
    let is_due = || prose.is(place, "it") && begins_sentence(prose, place) && prose.is(before, "be");
    let is_said = noun || (is_due() && closes_sentence(prose, cited.last));
    if !is_said {
        return None;
    }
    let linked = place < before;
    let behind = if cited.is_bare() && prose.is(letter + 1, ")") { letter + 2 } else { cited.last + 1 };
    let goes_on = matches!(prose.what(behind), Some(What::Word | What::Code))
        || (!linked && matches!(prose.sign(behind), Some(',' | ':')));
    let with_reason = prose.is_any(letter + 1, &["because", "since", "as", "not", "instead", "and"]);
    let is_article = prose.is(letter, "a") && goes_on && !with_reason;
    let claimed = if linked { !is_article } else { !goes_on };
    claimed.then_some((place, letter))
}

/// `Both B and C are correct`, `the correct answers are B and C`, `A, B, and D are all wrong`: what is said of each.
fn claimed_together(prose: &Prose<'_>, letter: usize) -> Option<Claimed> {
    let is_letter = |place: usize| matches!(prose.what(place), Some(What::Letter(_)));
    let joins = |place: usize| prose.is_any(place, &["and", "or", ",", "&", "/"]);
    let belongs = |place: usize| is_letter(place) || joins(place);
    let from = (0..letter).rev().take(LONGEST_LIST).take_while(|place| belongs(*place)).last();
    let to = (letter..).take(LONGEST_LIST).take_while(|place| belongs(*place)).last();
    let mut letters = (from.unwrap_or(letter)..=to.unwrap_or(letter)).filter(|place| is_letter(*place));
    let (first, last) = (letters.next()?, letters.next_back()?);
    let before = first.checked_sub(1);
    let names = |before: usize| prose.is(before, "both") || prose.is_option(before);
    if prose.is(last + 1, "are") {
        // `Plan B and C are …`, `in B and C are …`
        if !begins_sentence(prose, first) && !before.is_some_and(names) {
            return None;
        }
        let mut judged = last + 2;
        while prose.is_any(judged, &["all", "both", "clearly", "therefore", "thus", "also"]) {
            judged += 1;
        }
        let goes_on =
            matches!(prose.what(judged + 1), Some(What::Word | What::Code)) || prose.is(judged + 1, "-");
        let ends = !goes_on || prose.is_any(judged + 1, &REASONS);
        let what = match ends {
            true if prose.is_any(judged, &["correct", "right"]) => Said::RightTogether,
            true if prose.is_any(judged, &["wrong", "incorrect"]) => Said::Wrong,
            _ => return None,
        };
        let from = before.filter(|before| names(*before)).unwrap_or(first);
        return Some(Claimed { what, from, to: judged });
    }
    let noun = before.filter(|before| prose.is(*before, "are"))?.checked_sub(1)?;
    let are_answers = prose.is_any(noun, &["answers", "options", "choices"])
        && noun.checked_sub(1).is_some_and(|judged| prose.is_any(judged, &["correct", "right"]));
    are_answers.then_some(Claimed { what: Said::RightTogether, from: noun, to: last })
}

/// So many tokens of a list of letters are looked at on one side.
const LONGEST_LIST: usize = 16;

/// `Hence option C.`, `Therefore, C.`, `This matches option C.`: nothing else stands in its sentence.
fn concluded(prose: &Prose<'_>, letter: usize) -> Option<(usize, usize)> {
    let cited = Cited::of(prose, letter);
    if !closes_sentence(prose, cited.last) {
        return None;
    }
    let mut place = cited.first.checked_sub(1)?;
    let is_named = prose.is_any(place, &["option", "choice"]);
    if is_named {
        place = place.checked_sub(1)?;
    }
    if is_named && prose.is_any(place, &["matches", "match"]) {
        return Some((place, letter));
    }
    if prose.is(place, ",") {
        place = place.checked_sub(1)?;
    }
    let concludes =
        prose.is_any(place, &["hence", "so", "thus", "therefore"]) && begins_sentence(prose, place);
    concludes.then_some((place, letter))
}

/// Whether a sentence ends behind a token; not in `C. elegans`.
fn closes_sentence(prose: &Prose<'_>, place: usize) -> bool {
    let goes_on = prose.word(place + 2).starts_with(|first: char| first.is_ascii_lowercase());
    match prose.sign(place + 1) {
        Some('.') => !goes_on,
        Some('!' | '\n' | ';' | ')') => true,
        _ => prose.what(place + 1).is_none(),
    }
}

fn is_right_option(prose: &Prose<'_>, noun: usize) -> bool {
    let before = noun.wrapping_sub(1);
    let is_correct = prose.is(before, "correct");
    let is_noun = prose.is_any(noun, &["option", "choice"]) || (is_correct && prose.is(noun, "one"));
    is_noun && (is_correct || prose.is(before, "right"))
}

/// What follows where a reason is given.
const REASONS: [&str; 3] = ["because", "since", "as"];

/// `C is correct`, `option C is the right one`, `B is not correct`, `✅ C`, `Correct: C`
fn claimed_behind(prose: &Prose<'_>, letter: usize) -> Option<Claimed> {
    let cited = Cited::of(prose, letter);
    if let Some(from) = ticked(prose, letter).filter(|_| closes_sentence(prose, letter)) {
        return Some(Claimed { what: Said::Right, from, to: letter });
    }
    let verb = if cited.is_bare() && prose.is(letter + 1, ")") { letter + 2 } else { cited.last + 1 };
    if let Some(what) = verdict(prose, letter) {
        return Some(Claimed { what, from: letter, to: letter + 2 });
    }
    let verb = if prose.is(verb, "alone") { verb + 1 } else { verb };
    let mut denied = prose.is(verb, "isn't");
    if !prose.is_any(verb, &["is", "isn't"]) {
        return None;
    }
    let mut place = verb + 1;
    while prose.is_any(place, &["the", "actually", "also", "best", "only", "therefore", "not"]) {
        denied |= prose.is(place, "not");
        place += 1;
    }
    let reasons = ["one", "option", "answer", "choice", "here", "and", "so"];
    let ends = match prose.what(place + 1) {
        None | Some(What::Code) => true,
        Some(What::Sign) => !prose.is(place + 1, "-"),
        Some(What::Word | What::Letter(_) | What::JoinedLetter(_)) => {
            prose.is_any(place + 1, &reasons) || prose.is_any(place + 1, &REASONS)
        }
    };
    let is_answer = prose.is(place, "answer") && prose.is_any(place - 1, &["the", "best", "only"]);
    let what = match (prose.is_any(place, &["correct", "right"]) || is_answer, denied) {
        (true, false) => Said::Right,
        (true, true) => Said::Wrong,
        (false, _) if !denied && prose.is_any(place, &["incorrect", "wrong"]) => Said::Wrong,
        (false, _) => return None,
    };
    ends.then_some(Claimed { what, from: letter, to: place })
}

/// Where `✅ C` or `Correct: C` begins, if it begins a sentence.
fn ticked(prose: &Prose<'_>, letter: usize) -> Option<usize> {
    let before = letter.checked_sub(1)?;
    let begins = |place: &usize| begins_sentence(prose, *place);
    if matches!(prose.sign(before), Some('✅' | '✓' | '✔')) {
        return Some(before).filter(begins);
    }
    let label = before.checked_sub(1).filter(|label| prose.is(before, ":") && prose.is(*label, "correct"))?;
    Some(label).filter(begins)
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
        matches!(prose.sign(letter + 3), None | Some('\n' | '.' | ',' | ';' | ':' | '!' | '—' | '–' | '('))
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
            "C is the best answer.",
            "C alone is correct.",
            "C is the only correct option.",
            "✅ C",
            "Correct: C",
            "A) Wrong\nB) Wrong\nC) Right\nD) Wrong",
            "- B: ❌\n- C: ✅ odd",
            "Pointers. Hence C.",
            "Therefore, C.",
            "Thus (C).",
            "Only C is correct.",
            "The only correct answer is C.",
            "The correct one is C.",
            "It should be C.",
            "The answer is \"C\".",
            "- **C**: Correct! It is.",
            "B and C are both correct.",
            "This matches option C.",
            "The correct answer is two.",
            "Hence the answer is `two`.",
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
            "In the tree, B is the left child of A and C is the right one.",
            "The obvious answer is C, but it ignores hashing.",
            "While C is correct, B is better.",
            "C is also correct, but B is more precise.",
            "Suppose C is right; then it ends.",
            "Why isn't the answer C? Because of it.",
            "Is the answer C? No.",
            "Compare Q1.1, where the correct answer is C.",
            "Therefore, C-like types are slow.",
            "The answer is two of them.",
            "The answer is one.",
            "The answer is two + 1.",
            "In that case the answer is two.",
            "The answer is two, for some.",
            "Hence C. elegans is a worm.",
            "Hence C ≤ B.",
            "Plan B and C are both correct.",
            "Programs in B and C are correct.",
            "Columns B and C are right-aligned.",
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
            ("Which grade?", "C", None),
            ("Which is a type?", "one", Some(2)),
            ("Pick the statement that is not true.", "one", None),
            ("Which?", "A mutex that lets one in", Some(2)),
            ("Which?", "O(n)", Some(2)),
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
            "Options A, B, and D are incorrect.",
            "A, B and D are all wrong.",
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

    #[test]
    fn the_answer_is_the_answer_also_where_it_is_asked_what_does_not_hold() {
        assert_eq!(claimed_letter("Which is NOT a type?", "one", "So the answer is C."), Some(2));
        assert_eq!(claimed_letter("What happens when it is not there?", "one", "The answer is C."), Some(2));
        for stem in ["Which is NOT a type?", "Which is a myth?", "Which is the odd one out?"] {
            assert_eq!(claimed_letter(stem, "one", "A and C are correct."), None, "{stem}");
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
}
