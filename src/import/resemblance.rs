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
pub(crate) fn alike<'a>(
    entries: &[&Entry],
    questions: &[&Question],
    others: impl Iterator<Item = &'a Question>,
) -> Vec<(usize, usize)> {
    if entries.is_empty() || questions.is_empty() {
        return Vec::new();
    }
    let mut vocabulary = Vocabulary::default();
    others.for_each(|other| drop(vocabulary.count(other)));
    let entry_words: Vec<Words> = entries.iter().map(|entry| vocabulary.count(&entry.question)).collect();
    let question_words: Vec<Words> = questions.iter().map(|question| vocabulary.count(question)).collect();
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

/// How much of two texts' words is the same, from 0 to 1, however rare each word is.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> HashMap<String, usize> {
        let words = text.split_word_bounds().filter(|word| !word.trim().is_empty()).take(MOST_WORDS);
        words.fold(HashMap::new(), |mut counts, word| {
            *counts.entry(word.to_lowercase()).or_default() += 1;
            counts
        })
    };
    let (one, other) = (words(one), words(other));
    let same: usize = one.iter().map(|(word, times)| other.get(word).map_or(0, |it| *it.min(times))).sum();
    let all: usize = one.values().chain(other.values()).sum();
    2.0 * same as f64 / all.max(1) as f64
}

/// Whether so many entries and questions are compared though their numbers say nothing.
pub(crate) fn are_comparable(entries: usize, questions: usize) -> bool {
    entries.saturating_mul(questions) <= MOST_PAIRS
}

fn candidates(entries: &[&Entry], questions: &[&Question]) -> Vec<(usize, usize)> {
    if are_comparable(entries.len(), questions.len()) {
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

/// The words and signs of a stem and its options or its answer, by their numbers in a [`Vocabulary`] and in
/// that order, each with how often it stands there.
pub(super) struct Words(Vec<(u32, u32)>);

impl Words {
    /// The words, each once.
    pub fn each(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|(word, _)| *word)
    }
}

/// The words of many questions, and how much each tells: “which”, “output” and “print” stand in half of
/// a chapter's questions.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
    /// In how many of the questions that count each word stands.
    with_word: Vec<u32>,
    questions: u32,
}

impl Vocabulary {
    /// The words of a question, which counts for how rare they are.
    pub fn count(&mut self, question: &Question) -> Words {
        let words = self.words(question);
        self.questions += 1;
        for word in words.each() {
            self.with_word[word as usize] += 1;
        }
        words
    }

    fn words(&mut self, question: &Question) -> Words {
        let texts = [question.stem.as_str()].into_iter().chain(question.choices_or_answer());
        let all = texts.flat_map(UnicodeSegmentation::split_word_bounds);
        let words = all.filter(|word| !word.trim().is_empty()).take(MOST_WORDS);
        let mut numbers: Vec<u32> = words.map(|word| self.number(&word.to_lowercase())).collect();
        numbers.sort_unstable();
        let alike = numbers.chunk_by(|one, other| one == other);
        Words(alike.map(|alike| (alike[0], u32::try_from(alike.len()).unwrap_or(u32::MAX))).collect())
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.with_word.len()).expect("a text is at most MOST_BYTES long");
        self.numbers.insert(word.to_owned(), number);
        self.with_word.push(0);
        number
    }

    /// In how many questions a word stands.
    pub fn questions_with(&self, word: u32) -> u32 {
        self.with_word[word as usize]
    }

    fn weight(&self, word: u32) -> f64 {
        ((f64::from(self.questions) + 1.0) / f64::from(self.questions_with(word).max(1))).ln()
    }

    /// How much all of these words tell.
    pub fn weigh(&self, words: &Words) -> f64 {
        words.0.iter().map(|(word, times)| f64::from(*times) * self.weight(*word)).sum()
    }

    /// The rarest words, until all others together weigh less than this part of the whole.
    pub fn rarest(&self, words: &Words, part: f64) -> Vec<u32> {
        let mut weights: Vec<(u32, f64)> =
            words.0.iter().map(|(word, times)| (*word, f64::from(*times) * self.weight(*word))).collect();
        weights.sort_by(|one, other| {
            self.questions_with(one.0).cmp(&self.questions_with(other.0)).then(one.0.cmp(&other.0))
        });
        let mut left = self.weigh(words);
        let enough = left * part;
        let rarest = weights.into_iter().take_while(|(_, weight)| {
            let needed = left >= enough;
            left -= weight;
            needed
        });
        rarest.map(|(word, _)| word).collect()
    }

    /// How much of both is the same, from 0 to 1: the Dice coefficient of their weighted words.
    pub fn shared(&self, one: &Words, other: &Words) -> f64 {
        let mut same = 0.0;
        let mut others = other.0.iter().peekable();
        for (word, times) in &one.0 {
            while others.next_if(|(other, _)| other < word).is_some() {}
            if let Some((_, in_other)) = others.next_if(|(other, _)| other == word) {
                same += f64::from(*times.min(in_other)) * self.weight(*word);
            }
        }
        2.0 * same / (self.weigh(one) + self.weigh(other)).max(f64::MIN_POSITIVE)
    }
}
