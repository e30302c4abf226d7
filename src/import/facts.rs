//! What can be counted of a chapter, whether or not all of it is imported.

use std::collections::BTreeMap;

use super::{HeldBack, Parsed, ParsedQuestion, markdown};
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
        let letters = (0_u8..).zip(options).filter(|(_, option)| question.keys().contains(&option.id));
        Self {
            options: options.len(),
            answers: letters.map(|(letter, _)| letter).collect(),
            code_in_stem: has_code_block(&question.stem),
            code_in_options: options.iter().any(|option| has_code_block(&option.text)),
            code_in_explanation: has_code_block(&question.explanation),
        }
    }
}

/// Whether a text holds a fenced code block.
pub(super) fn has_code_block(text: &str) -> bool {
    let may = text.contains("```") || text.contains("~~~");
    may && text.lines().any(|line| markdown::fence_opening(line).is_some())
}

impl Facts {
    /// Counts a chapter.
    pub fn of(parsed: &Parsed) -> Self {
        let mut facts = Self::default();
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
        self.count(question.name(), question.difficulty.as_deref(), &Traits::of(question));
    }

    fn count_held_back(&mut self, held: &HeldBack) {
        self.count(held.name(), held.difficulty.as_deref(), &held.traits);
    }

    fn count(&mut self, id: String, difficulty: Option<&str>, traits: &Traits) {
        self.ids.push(id);
        if let Some(difficulty) = difficulty {
            *self.difficulties.entry(difficulty.to_lowercase()).or_default() += 1;
        }
        for letter in &traits.answers {
            *self.answers.entry(capital(*letter)).or_default() += 1;
        }
        *self.option_counts.entry(traits.options).or_default() += 1;
        self.code_in_stem += usize::from(traits.code_in_stem);
        self.code_in_options += usize::from(traits.code_in_options);
        self.code_in_explanation += usize::from(traits.code_in_explanation);
    }
}

/// A letter, counted from 0, as a capital.
pub(super) fn capital(letter: u8) -> char {
    if letter < 26 { char::from(b'A' + letter) } else { '?' }
}
