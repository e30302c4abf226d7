//! How much two questions resemble each other. A question that was edited is the same one; a new one under
//! an old number is not, and must not inherit years of schedule.

use std::collections::HashMap;

use crate::domain::{deck::Entry, question::Question};

/// Of two questions with the same number, so much of their words must be the same.
const LEAST_WITH_NUMBER: f64 = 0.3;
/// Of two others so much: a typo, not a variation.
const LEAST_WITHOUT: f64 = 0.8;
/// Comparing more pairs than this would take too long; then only those with the same number count.
const MOST_PAIRS: usize = 100_000;

/// Which entries and questions belong together, by their places, the most alike first. Each is in one
/// pair at most; entries that have left the chapter come last.
pub(super) fn alike(entries: &[&Entry], questions: &[&Question]) -> Vec<(usize, usize)> {
    let entry_words: Vec<Words> = entries.iter().map(|entry| Words::of(&entry.question)).collect();
    let question_words: Vec<Words> = questions.iter().map(|question| Words::of(question)).collect();
    let mut pairs = Vec::new();
    for (entry, question) in candidates(entries, questions) {
        let numbered = same_number(entries[entry], questions[question]);
        let alike = entry_words[entry].share(&question_words[question]);
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

/// The words of a stem and its options, each as often as it stands there.
struct Words {
    counts: HashMap<String, usize>,
    total: usize,
}

impl Words {
    fn of(question: &Question) -> Self {
        let options = question.options().iter().map(|option| option.text.as_str());
        let mut counts = HashMap::new();
        let mut total = 0;
        for text in [question.stem.as_str()].into_iter().chain(options) {
            for word in text.split_whitespace() {
                *counts.entry(word.to_lowercase()).or_default() += 1;
                total += 1;
            }
        }
        Self { counts, total }
    }

    /// How much of both is the same, from 0 to 1: the Dice coefficient.
    fn share(&self, other: &Self) -> f64 {
        let times = |word: &String| other.counts.get(word).copied().unwrap_or_default();
        let same: usize = self.counts.iter().map(|(word, count)| times(word).min(*count)).sum();
        2.0 * same as f64 / (self.total + other.total).max(1) as f64
    }
}
