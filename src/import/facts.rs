//! What can be counted of a chapter, whether or not all of it is imported.

use std::collections::BTreeMap;

use super::{HeldBack, Parsed, ParsedQuestion, lines};
use crate::domain::question::Question;

/// What is counted of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits {
    /// How many options it has.
    pub options: usize,
    /// Its right options by the author's letters, counted from 0; none when they cannot be read.
    pub answers: Vec<u8>,
    /// Whether its stem holds a code block. Code within a line does not count here or below.
    pub code_in_stem: bool,
    /// Whether one of its options holds a code block.
    pub code_in_options: bool,
    /// Whether its explanation holds a code block.
    pub code_in_explanation: bool,
}

/// What is counted of all questions found in a chapter, held back or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What each is called, in the order of the text.
    pub ids: Vec<String>,
    /// How many have each difficulty, as written, in lower case.
    pub difficulties: BTreeMap<String, usize>,
    /// How many times each letter is right, of the letters that the author gave. Where several options
    /// of a question are right, each counts.
    pub answers: BTreeMap<char, usize>,
    /// How many have so many options.
    pub option_counts: BTreeMap<usize, usize>,
    /// How many have a code block in their stem.
    pub code_in_stem: usize,
    /// How many have a code block in one of their options.
    pub code_in_options: usize,
    /// How many have a code block in their explanation.
    pub code_in_explanation: usize,
}

impl Traits {
    /// Those of a question that is imported.
    pub fn of(question: &Question) -> Self {
        let options = question.options();
        Self {
            options: options.len(),
            answers: answers(question).collect(),
            code_in_stem: has_code_block(&question.stem),
            code_in_options: options.iter().any(|option| has_code_block(&option.text)),
            code_in_explanation: has_code_block(&question.explanation),
        }
    }
}

/// The places of a question's right options, counted from 0.
fn answers(question: &Question) -> impl Iterator<Item = u8> {
    let places = (0_u8..).zip(question.options());
    places.filter(|(_, option)| question.keys().contains(&option.id)).map(|(place, _)| place)
}

/// Whether a text holds a fenced code block.
pub(super) fn has_code_block(text: &str) -> bool {
    lines::may_open_fence(text) && text.lines().any(|line| lines::fence_opening(line).is_some())
}

impl Facts {
    /// Counts a chapter.
    pub fn of(parsed: &Parsed) -> Self {
        let Tally { difficulties, answers, .. } = Tally::of(parsed);
        let mut facts = Self { difficulties, answers, ..Self::default() };
        let mut held_back = parsed.held_back.iter().peekable();
        for imported in &parsed.questions {
            while let Some(held) = held_back.next_if(|held| held.line <= imported.line) {
                facts.count_held_back(held);
            }
            facts.count_imported(imported);
        }
        held_back.for_each(|held| facts.count_held_back(held));
        facts
    }

    fn count_imported(&mut self, ParsedQuestion { question, .. }: &ParsedQuestion) {
        self.count(question.name(), &Traits::of(question));
    }

    fn count_held_back(&mut self, held: &HeldBack) {
        self.count(held.name(), &held.traits);
    }

    fn count(&mut self, id: String, traits: &Traits) {
        self.ids.push(id);
        *self.option_counts.entry(traits.options).or_default() += 1;
        self.code_in_stem += usize::from(traits.code_in_stem);
        self.code_in_options += usize::from(traits.code_in_options);
        self.code_in_explanation += usize::from(traits.code_in_explanation);
    }
}

/// As much of the [`Facts`] as chapters state about themselves, counted without a look at the texts.
#[derive(Default)]
pub(super) struct Tally {
    /// How many questions there are.
    pub questions: usize,
    /// As in [`Facts::difficulties`].
    pub difficulties: BTreeMap<String, usize>,
    /// As in [`Facts::answers`].
    pub answers: BTreeMap<char, usize>,
}

impl Tally {
    pub fn of(parsed: &Parsed) -> Self {
        let mut tally = Self { questions: parsed.found, ..Self::default() };
        let imported = parsed.questions.iter().map(|imported| &imported.question);
        let held_back = &parsed.held_back;
        imported.clone().flat_map(answers).for_each(|letter| tally.add_answer(letter));
        held_back.iter().flat_map(|held| &held.traits.answers).for_each(|letter| tally.add_answer(*letter));
        let difficulties = imported.map(|question| &question.difficulty);
        let difficulties = difficulties.chain(held_back.iter().map(|held| &held.difficulty));
        // Many questions share few spellings, so those are counted before any becomes lower case.
        let mut spellings: BTreeMap<&str, usize> = BTreeMap::new();
        difficulties.flatten().for_each(|spelling| *spellings.entry(spelling).or_default() += 1);
        for (spelling, count) in spellings {
            *tally.difficulties.entry(spelling.to_lowercase()).or_default() += count;
        }
        tally
    }

    /// Counts one question more.
    pub fn add_question(&mut self, question: &Question) {
        answers(question).for_each(|letter| self.add_answer(letter));
        self.add(question.difficulty.as_deref());
    }

    /// Counts one question more that is held back.
    pub fn add_held_back(&mut self, held: &HeldBack) {
        held.traits.answers.iter().for_each(|letter| self.add_answer(*letter));
        self.add(held.difficulty.as_deref());
    }

    fn add(&mut self, difficulty: Option<&str>) {
        self.questions += 1;
        if let Some(difficulty) = difficulty {
            *self.difficulties.entry(difficulty.to_lowercase()).or_default() += 1;
        }
    }

    fn add_answer(&mut self, letter: u8) {
        *self.answers.entry(capital(letter)).or_default() += 1;
    }
}

/// A letter, counted from 0, as a capital.
pub(super) fn capital(letter: u8) -> char {
    if letter < 26 { char::from(b'A' + letter) } else { '?' }
}
