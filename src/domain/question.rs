//! A question: what is asked, its options, which of them are right, and why. One without options is a
//! flip card: a person recalls the answer, turns it over and grades themselves.
//! Knows nothing of files and notations; an importer makes one, through the only constructor.

use super::{ids::OptionId, review_log::Outcome};

/// The most options that a question may have: as many as there are letters for them.
pub const MOST_OPTIONS: usize = 26;

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its identity, which no shuffling and no mended typo changes.
    pub id: OptionId,
    /// Its text, in Markdown.
    pub text: String,
}

/// What showing a question may do to the order of its options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shuffling {
    /// Any order.
    Free,
    /// Any order, but this many options at the end keep their places ("All of the above").
    PinnedLast(u8),
    /// The order of the author: something in the question refers to letters or places.
    Locked,
}

/// A question with everything a person sees of it. Texts are Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number as its author wrote it, without the letter Q: `14.26`. Unique in a deck at most.
    pub number: Option<String>,
    /// The difficulty as written.
    pub difficulty: Option<String>,
    /// A second tag that some authors give, such as `Theory`.
    pub category: Option<String>,
    /// What it is about, in a few words.
    pub topic: String,
    /// What is asked.
    pub stem: String,
    /// Why the right option is right; may be empty. The answer itself on a flip card.
    pub explanation: String,
    /// What showing it may do to the order of its options.
    pub shuffling: Shuffling,
    options: Vec<Choice>,
    keys: Vec<OptionId>,
    next_option: OptionId,
}

/// Why something is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Nothing is asked.
    #[error("it has no stem")]
    EmptyStem,
    /// Fewer than two options, or more than there are letters.
    #[error("it has {0} options, and 2 to {MOST_OPTIONS} are possible")]
    OptionCount(usize),
    /// A flip card with nothing on its other side.
    #[error("it has neither options nor an answer")]
    EmptyAnswer,
    /// Two options share an identity.
    #[error("two of its options have the same identity")]
    RepeatedOption,
    /// No option is right.
    #[error("it has no right option")]
    NoKey,
    /// A right option that is not among the options.
    #[error("its answer is not among its options")]
    UnknownKey,
}

impl Question {
    /// A question of these parts, with the rest (number, difficulty, …) still to be filled in.
    ///
    /// # Errors
    /// A [`Flaw`] when there is no stem, a number of options outside 2 to [`MOST_OPTIONS`], or no
    /// right option among them.
    pub fn new(stem: String, options: Vec<Choice>, mut keys: Vec<OptionId>) -> Result<Self, Flaw> {
        if stem.trim().is_empty() {
            return Err(Flaw::EmptyStem);
        }
        if options.len() < 2 || options.len() > MOST_OPTIONS {
            return Err(Flaw::OptionCount(options.len()));
        }
        let repeated = |at: usize| options[..at].iter().any(|earlier| earlier.id == options[at].id);
        if (0..options.len()).any(repeated) {
            return Err(Flaw::RepeatedOption);
        }
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            return Err(Flaw::NoKey);
        }
        if keys.iter().any(|key| options.iter().all(|option| option.id != *key)) {
            return Err(Flaw::UnknownKey);
        }
        Ok(Self {
            next_option: first_unused(&options),
            number: None,
            difficulty: None,
            category: None,
            topic: String::new(),
            stem,
            explanation: String::new(),
            shuffling: Shuffling::Free,
            options,
            keys,
        })
    }

    /// A flip card: a question without options. Its answer takes the place of the explanation.
    ///
    /// # Errors
    /// [`Flaw::EmptyStem`] or [`Flaw::EmptyAnswer`].
    pub fn recall(stem: String, answer: String) -> Result<Self, Flaw> {
        if stem.trim().is_empty() {
            return Err(Flaw::EmptyStem);
        }
        if answer.trim().is_empty() {
            return Err(Flaw::EmptyAnswer);
        }
        Ok(Self {
            number: None,
            difficulty: None,
            category: None,
            topic: String::new(),
            stem,
            explanation: answer,
            shuffling: Shuffling::Free,
            options: Vec::new(),
            keys: Vec::new(),
            next_option: OptionId(0),
        })
    }

    /// Whether it has no options: a flip card.
    pub fn is_recall(&self) -> bool {
        self.options.is_empty()
    }

    /// The options in the order of the author; none on a flip card.
    pub fn options(&self) -> &[Choice] {
        &self.options
    }

    /// What belongs to the stem to tell one question from another: the texts of the options, or the
    /// answer of a flip card.
    pub fn choices_or_answer(&self) -> impl Iterator<Item = &str> {
        let answer = self.is_recall().then_some(self.explanation.as_str());
        self.options.iter().map(|option| option.text.as_str()).chain(answer)
    }

    /// The right options, in the order of their identities; empty on a flip card only.
    pub fn keys(&self) -> &[OptionId] {
        &self.keys
    }

    /// Whether several options are right, so that a person must toggle them.
    pub fn has_several_keys(&self) -> bool {
        self.keys.len() > 1
    }

    /// What choosing just these options shows. `chosen` is sorted, as [`Self::keys`] is.
    pub fn outcome(&self, chosen: &[OptionId]) -> Outcome {
        if self.is_recall() {
            Outcome::Unobserved
        } else if chosen.is_empty() {
            Outcome::NotKnown
        } else if chosen == self.keys {
            Outcome::Right
        } else {
            Outcome::Wrong
        }
    }

    /// The option with this identity.
    pub fn option(&self, id: OptionId) -> Option<&Choice> {
        self.options.iter().find(|option| option.id == id)
    }

    /// What a list, a log line or a notice calls it: `Q14.26`, or its topic when it has no number, or
    /// what it asks, as far as a title goes.
    pub fn name(&self) -> String {
        match &self.number {
            Some(number) => format!("Q{number}"),
            None if self.topic.is_empty() => opening(&self.stem),
            None => self.topic.clone(),
        }
    }

    /// The first identity that no option of this question has ever had.
    pub fn next_option(&self) -> OptionId {
        self.next_option
    }

    /// The same question, of which options with identities below this one are known to have been.
    pub fn with_next_option(mut self, next: OptionId) -> Self {
        self.next_option = self.next_option.max(next);
        self
    }

    /// The same question with its options known by the identities they had before: an option whose
    /// text is unchanged keeps its identity, then one at an unchanged place does (a mended typo),
    /// and a new one gets an identity that was never used.
    pub fn with_identities_of(mut self, before: &Self) -> Self {
        let identities = carried_identities(before, &self.options);
        let renamed = |id: OptionId| {
            let place = self.options.iter().position(|option| option.id == id);
            place.map_or(id, |place| identities[place])
        };
        self.keys = self.keys.iter().copied().map(renamed).collect();
        self.keys.sort_unstable();
        for (option, id) in self.options.iter_mut().zip(identities) {
            option.id = id;
        }
        self.next_option = before.next_option.max(first_unused(&self.options));
        self
    }
}

/// The first words of a text: `Which of these locks may the same…`
fn opening(text: &str) -> String {
    const MOST: usize = 40;
    let words: Vec<&str> = text.split_whitespace().take(MOST).collect();
    let line = words.join(" ");
    let Some((end, _)) = line.char_indices().nth(MOST) else { return line };
    let cut = &line[..end];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole_words, _)| whole_words))
}

/// The first identity above those of these options.
fn first_unused(options: &[Choice]) -> OptionId {
    OptionId(options.iter().map(|option| option.id.0.saturating_add(1)).max().unwrap_or_default())
}

fn carried_identities(question: &Question, now: &[Choice]) -> Vec<OptionId> {
    let before = &question.options;
    let mut carried: Vec<Option<OptionId>> = vec![None; now.len()];
    for (place, option) in now.iter().enumerate() {
        let same_text = before.iter().find(|old| old.text == option.text && !carried.contains(&Some(old.id)));
        carried[place] = same_text.map(|old| old.id);
    }
    for (place, old) in before.iter().enumerate().take(now.len()) {
        if carried[place].is_none() && !carried.contains(&Some(old.id)) {
            carried[place] = Some(old.id);
        }
    }
    let mut unused = question.next_option.0;
    let mut fresh = || {
        let id = OptionId(unused);
        unused = unused.saturating_add(1);
        id
    };
    carried.into_iter().map(|id| id.unwrap_or_else(&mut fresh)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_without_number_and_topic_is_called_by_its_first_words() {
        let table = [
            ("Capital\nof Chad?", "Capital of Chad?"),
            ("Which of these locks may the same thread take twice?", "Which of these locks may the same…"),
            (&"字".repeat(50), &("字".repeat(40) + "…")),
        ];
        for (stem, name) in table {
            let question = Question::recall(stem.to_owned(), "an answer".to_owned()).expect("a flip card");
            assert_eq!(question.name(), name);
        }
    }
}
