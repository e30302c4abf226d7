//! How much two questions resemble each other. A question that was edited is the same one; a new one under
//! an old number is not, and must not inherit years of schedule.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{deck::Entry, question::Question};

/// Of two questions with the same number, so much must be the same. In real chapters less than one in a
/// hundred pairs of different questions reaches it, and no question with a mended typo stays below 0.7.
const LEAST_WITH_NUMBER: f64 = 0.5;
/// Of two others so much: a typo, not a variation.
const LEAST_WITHOUT: f64 = 0.8;
/// Comparing more pairs than this would take too long; then only those with the same number count.
const MOST_PAIRS: usize = 100_000;

/// Which entries and questions belong together, by their places, the most alike first. Each is in one
/// pair at most; entries that have left the chapter come last. How rare a word is follows from `all`.
pub(super) fn alike<'a>(
    entries: &[&Entry],
    questions: &[&Question],
    all: impl Iterator<Item = &'a Question>,
) -> Vec<(usize, usize)> {
    if entries.is_empty() || questions.is_empty() {
        return Vec::new();
    }
    let rarity = Rarity::among(all);
    let entry_words: Vec<Words> = entries.iter().map(|entry| Words::of(&entry.question)).collect();
    let question_words: Vec<Words> = questions.iter().map(|question| Words::of(question)).collect();
    let mut pairs = Vec::new();
    for (entry, question) in candidates(entries, questions) {
        let numbered = same_number(entries[entry], questions[question]);
        let alike = rarity.shared(&entry_words[entry], &question_words[question]);
        if alike >= if numbered { LEAST_WITH_NUMBER } else { LEAST_WITHOUT } {
            pairs.push((entries[entry].retired, alike, numbered, entry, question));
        }
    }
    pairs.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(b.2.cmp(&a.2)));
    let (mut taken, mut found) = (vec![false; entries.len()], vec![false; questions.len()]);
    let mut chosen = Vec::new();
    for (_, _, _, entry, question) in pairs {
        if !taken[entry] && !found[question] {
            (taken[entry], found[question]) = (true, true);
            chosen.push((entry, question));
        }
    }
    chosen
}

fn candidates(entries: &[&Entry], questions: &[&Question]) -> Vec<(usize, usize)> {
    let all = entries.len().saturating_mul(questions.len()) <= MOST_PAIRS;
    if all {
        return (0..entries.len()).flat_map(|entry| (0..questions.len()).map(move |q| (entry, q))).collect();
    }
    let mut numbered: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, question) in questions.iter().enumerate() {
        if let Some(number) = &question.number {
            numbered.entry(number).or_default().push(place);
        }
    }
    let of_entry = |(place, entry): (usize, &&Entry)| {
        let number = entry.question.number.as_deref().unwrap_or_default();
        numbered.get(number).into_iter().flatten().map(|question| (place, *question)).collect::<Vec<_>>()
    };
    entries.iter().enumerate().flat_map(of_entry).collect()
}

fn same_number(entry: &Entry, question: &Question) -> bool {
    question.number.is_some() && entry.question.number == question.number
}

/// The words and signs of a stem and its options, or of a flip card's answer, each as often as it
/// stands there.
struct Words(HashMap<String, usize>);

impl Words {
    fn of(question: &Question) -> Self {
        let mut counts = HashMap::new();
        for text in [question.stem.as_str()].into_iter().chain(question.choices_or_answer()) {
            for word in text.split_word_bounds().filter(|word| !word.trim().is_empty()) {
                *counts.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        Self(counts)
    }
}

/// How much a word tells: “which”, “output” and “print” stand in half of a chapter's questions.
struct Rarity {
    questions: f64,
    with_word: HashMap<String, f64>,
}

impl Rarity {
    fn among<'a>(questions: impl Iterator<Item = &'a Question>) -> Self {
        let mut rarity = Self { questions: 0.0, with_word: HashMap::new() };
        for question in questions {
            rarity.questions += 1.0;
            for word in Words::of(question).0.into_keys() {
                *rarity.with_word.entry(word).or_default() += 1.0;
            }
        }
        rarity
    }

    fn weight(&self, word: &str) -> f64 {
        let with_word = self.with_word.get(word).copied().unwrap_or(1.0);
        ((self.questions + 1.0) / with_word).ln()
    }

    /// How much of both is the same, from 0 to 1: the Dice coefficient of their weighted words.
    fn shared(&self, one: &Words, other: &Words) -> f64 {
        let weigh = |words: &Words| -> f64 {
            words.0.iter().map(|(word, times)| *times as f64 * self.weight(word)).sum()
        };
        let in_other = |word: &String| other.0.get(word).copied().unwrap_or_default();
        let same: f64 =
            one.0.iter().map(|(word, times)| in_other(word).min(*times) as f64 * self.weight(word)).sum();
        2.0 * same / (weigh(one) + weigh(other)).max(f64::MIN_POSITIVE)
    }
}
