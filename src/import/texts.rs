//! The texts of a question as prose, read once for all that is asked of them.

use std::iter;

use super::prose::{Prose, Words};

/// What a question says, word by word.
pub(super) struct Texts<'t> {
    pub stem: Prose<'t>,
    pub explanation: Prose<'t>,
    pub options: Vec<Prose<'t>>,
}

impl<'t> Texts<'t> {
    pub fn of(
        words: &'t mut Words,
        stem: &'t str,
        options: impl Iterator<Item = &'t str> + Clone,
        explanation: &'t str,
    ) -> Self {
        let mut all = words.read_each([stem, explanation].into_iter().chain(options));
        let mut next = || all.next().expect("one for each text");
        Self { stem: next(), explanation: next(), options: all.collect() }
    }

    /// All texts, in the order in which a person reads them.
    pub fn all(&self) -> impl Iterator<Item = &Prose<'t>> {
        iter::once(&self.stem).chain(&self.options).chain([&self.explanation])
    }

    /// What comments say to this program.
    pub fn directives(&self) -> impl Iterator<Item = &'t str> {
        self.all().flat_map(Prose::directives)
    }

    /// The first character that nobody sees.
    pub fn invisible(&self) -> Option<char> {
        self.all().find_map(|prose| prose.invisible)
    }
}
