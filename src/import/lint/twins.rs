//! Questions that ask nearly the same, in one chapter or in several.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Read;
use crate::{
    domain::question::Question,
    import::{
        Kind, Problem, prose,
        resemblance::{Vocabulary, Words},
        shuffling::is_closing,
    },
};

/// So much of two questions must be the same. A little more than for a question that was edited without
/// its number (0.8), so that short questions of one pattern with other values stay silent. No two
/// questions of the real chapters that this was tried on reach either.
const LEAST_ALIKE: f64 = 0.85;
/// So much where stem and right options are the same.
const LEAST_ALIKE_OF_SAME: f64 = 0.5;
/// What two such questions share weighs more than this part of each: with 0.85 alike, 0.74 of the heavier
/// one at least. So they share one of the rarest words, which make up the rest of both.
const SHARED_PART: f64 = 2.0 / 3.0;
/// A word in more questions than this is no reason to compare them. It keeps the search from comparing
/// all of a hundred thousand questions that were made from one pattern.
const MOST_WITH_WORD: u32 = 24;

/// One problem for each question that resembles an earlier one, with the chapter that it belongs to.
pub(super) fn near_duplicates(chapters: &[Read<'_>]) -> Vec<(usize, Problem)> {
    let all: Vec<Found<'_>> = chapters
        .iter()
        .enumerate()
        .flat_map(|(chapter, read)| {
            let questions = read.parsed.questions.iter();
            questions.map(move |parsed| Found { chapter, line: parsed.line, question: &parsed.question })
        })
        .collect();
    let pairs = alike(&all).into_iter();
    pairs.map(|(later, (earlier, alike))| problem(chapters, &all[later], &all[earlier], alike)).collect()
}

struct Found<'a> {
    chapter: usize,
    line: u32,
    question: &'a Question,
}

fn problem(chapters: &[Read<'_>], later: &Found<'_>, earlier: &Found<'_>, alike: f64) -> (usize, Problem) {
    let share = (alike * 100.0).floor();
    let (name, same) = (earlier.question.name(), earlier.chapter == later.chapter);
    let place = if same { String::new() } else { format!(" in {}", chapters[earlier.chapter].name) };
    let message =
        format!("{} asks what {name}{place}:{} asks, {share}% alike", later.question.name(), earlier.line);
    let message =
        if same { message.replace(&format!("{name}:"), &format!("{name} in line ")) } else { message };
    let problem = Problem::new(Kind::NearDuplicate, later.line, 1, message);
    let problem = Problem { question: later.question.number.clone(), ..problem };
    let first = same.then_some(earlier.line);
    (later.chapter, problem.beside_line(first, "the earlier one"))
}

/// For each question that resembles an earlier one, which one it resembles most, and how much.
fn alike(all: &[Found<'_>]) -> BTreeMap<usize, (usize, f64)> {
    let mut vocabulary = Vocabulary::default();
    let words: Vec<Words> = all.iter().map(|found| vocabulary.count(found.question)).collect();
    let mut found = identical(all, |earlier, later| vocabulary.shared(&words[earlier], &words[later]));
    let mut with_word: HashMap<u32, Vec<usize>> = HashMap::new();
    for later in 0..all.len() {
        let rarest = vocabulary.rarest(&words[later], SHARED_PART);
        let rarest = rarest.into_iter().filter(|word| vocabulary.questions_with(*word) <= MOST_WITH_WORD);
        let mut compared = HashSet::new();
        for word in rarest {
            let with_word = with_word.entry(word).or_default();
            for earlier in with_word.iter().copied().filter(|earlier| compared.insert(*earlier)) {
                let alike = vocabulary.shared(&words[earlier], &words[later]);
                let more = found.get(&later).is_none_or(|(_, known)| alike > *known);
                if alike >= LEAST_ALIKE && more {
                    found.insert(later, (earlier, alike));
                }
            }
            with_word.push(later);
        }
    }
    found
}

/// Questions with the same stem and the same right options, however common their words are and whatever the wrong
/// options, each with the first of them and how much is `alike`.
fn identical(all: &[Found<'_>], alike: impl Fn(usize, usize) -> f64) -> BTreeMap<usize, (usize, f64)> {
    let mut first: HashMap<(&str, Vec<&str>), usize> = HashMap::new();
    let mut found = BTreeMap::new();
    for (place, Found { question, .. }) in all.iter().enumerate() {
        let right = question.options().iter().filter(|option| question.keys().contains(&option.id));
        let mut right: Vec<&str> = right.map(|option| option.text.trim()).collect();
        right.extend((question.options().is_empty()).then_some(question.explanation.as_str()));
        right.sort_unstable();
        let earlier = *first.entry((question.stem.trim(), right.clone())).or_insert(place);
        let speaks_of_others = |text: &&str| is_closing(&prose::Words::default().read(text));
        if earlier == place || right.iter().any(speaks_of_others) {
            continue;
        }
        let texts = |at: usize| all[at].question.options().iter().map(|option| &option.text);
        let alike = if texts(earlier).eq(texts(place)) { 1.0 } else { alike(earlier, place) };
        if alike >= LEAST_ALIKE_OF_SAME {
            found.insert(place, (earlier, alike));
        }
    }
    found
}
