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
/// And of those that all have one number, only so many that stand at about the same place among them.
const MOST_NAMESAKES: usize = 8;

/// Of a question with more words only the first ones are compared. Real ones have a hundred.
const MOST_WORDS: usize = 5_000;

/// Which entries and questions belong together, by their places, the most alike first. Each is in one
/// pair at most; entries that have left the chapter come last. How rare a word is follows from these and
/// all `others`.
pub(super) fn alike<'a>(
    entries: &[&Entry],
    questions: &[&Question],
    others: impl Iterator<Item = &'a Question>,
) -> Vec<(usize, usize)> {
    if entries.is_empty() || questions.is_empty() {
        return Vec::new();
    }
    let mut vocabulary = Vocabulary::default();
    others.for_each(|other| drop(vocabulary.learn(other)));
    let entry_counts: Vec<Counts> = entries.iter().map(|entry| vocabulary.learn(&entry.question)).collect();
    let question_counts: Vec<Counts> = questions.iter().map(|question| vocabulary.learn(question)).collect();
    let weighed = |counts: Vec<Counts>| counts.into_iter().map(|counts| vocabulary.weighed(counts)).collect();
    let (entry_words, question_words): (Vec<Words>, Vec<Words>) =
        (weighed(entry_counts), weighed(question_counts));
    let mut pairs = Vec::new();
    for (entry, question) in candidates(entries, questions) {
        let numbered = same_number(entries[entry], questions[question]);
        let alike = vocabulary.shared(&entry_words[entry], &question_words[question]);
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
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let number = entry.question.number.as_deref().unwrap_or_default();
        let Some(namesakes) = numbered.get(number) else { continue };
        let nth = seen.entry(number).or_default();
        let last_start = namesakes.len().saturating_sub(MOST_NAMESAKES);
        let from = nth.saturating_sub(MOST_NAMESAKES / 2).min(last_start);
        pairs.extend(namesakes[from..].iter().take(MOST_NAMESAKES).map(|question| (place, *question)));
        *nth += 1;
    }
    pairs
}

fn same_number(entry: &Entry, question: &Question) -> bool {
    question.number.is_some() && entry.question.number == question.number
}

/// The words and signs of a stem and its options, by their places in the vocabulary and in that order; each
/// with how often it stands there.
type Counts = Vec<(u32, u32)>;

/// The words of a question, once the vocabulary knows how much each tells.
struct Words {
    counts: Counts,
    /// What all of them weigh.
    weight: f64,
}

/// How much a word tells: “which”, “output” and “print” stand in half of a chapter's questions.
#[derive(Default)]
struct Vocabulary {
    questions: f64,
    places: HashMap<String, u32>,
    /// How many questions have the word at each place.
    with_word: Vec<f64>,
}

impl Vocabulary {
    /// Counts a question's words, and the question for each of them.
    fn learn(&mut self, question: &Question) -> Counts {
        let options = question.options().iter().map(|option| option.text.as_str());
        let texts = [question.stem.as_str()].into_iter().chain(options);
        let words = texts.flat_map(str::split_word_bounds).filter(|word| !word.trim().is_empty());
        let mut places: Vec<u32> =
            words.take(MOST_WORDS).map(|word| self.place(word.to_lowercase())).collect();
        places.sort_unstable();
        self.questions += 1.0;
        let runs = places.chunk_by(u32::eq).map(|same| (same[0], same.len() as u32));
        runs.inspect(|(word, _)| self.with_word[*word as usize] += 1.0).collect()
    }

    fn place(&mut self, word: String) -> u32 {
        let next = self.with_word.len() as u32;
        let place = *self.places.entry(word).or_insert(next);
        if place == next {
            self.with_word.push(0.0);
        }
        place
    }

    fn weighed(&self, counts: Counts) -> Words {
        let weight = counts.iter().map(|(word, times)| f64::from(*times) * self.weight(*word)).sum();
        Words { counts, weight }
    }

    fn weight(&self, word: u32) -> f64 {
        ((self.questions + 1.0) / self.with_word[word as usize]).ln()
    }

    /// How much of both is the same, from 0 to 1: the Dice coefficient of their weighted words.
    fn shared(&self, one: &Words, other: &Words) -> f64 {
        let mut others = other.counts.iter().peekable();
        let mut same = 0.0;
        for (word, times) in &one.counts {
            while others.next_if(|(other, _)| other < word).is_some() {}
            if let Some((_, others_times)) = others.next_if(|(other, _)| other == word) {
                same += f64::from(*times.min(others_times)) * self.weight(*word);
            }
        }
        2.0 * same / (one.weight + other.weight).max(f64::MIN_POSITIVE)
    }
}
