//! Whether the options of a question can be shown in any order. They cannot when the text says where an
//! option stands: "both A and B", "the first option", "all of the above". Prose is never rewritten; in
//! doubt the author's order stays, because a wrong order can make a right answer wrong.

mod letters;
mod names;
mod places;
mod closing;

use memchr::memchr;

use super::prose::{Letters, Prose, What};
use crate::domain::question::Shuffling;
use closing::{is_closing, says_all};
use letters::{around, cites, is_called_option};
use names::{named_by_nouns, named_in_stem};
use places::{
    above, counting, in_stem, judged_number, judged_ordinal, latter, numbered, option_above, ordinal,
};

/// Why options are not shuffled freely, or the author's own word that they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The words that decided it, as they stand in the text.
    pub words: String,
    /// Where they stand.
    pub place: Place,
    /// How many times the same words stand before them there.
    pub before: usize,
}

impl Reason {
    /// The author's own word.
    pub(super) fn directed(words: &str) -> Self {
        Self { words: words.to_owned(), place: Place::Directive, before: 0 }
    }

    fn said(prose: &Prose<'_>, words: &str, place: Place) -> Self {
        Self { words: words.to_owned(), place, before: prose.mention(words).before() }
    }
}

/// A part of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What is asked.
    Stem,
    /// An option, counted from 0.
    Option(usize),
    /// The explanation.
    Explanation,
    /// A comment of the author's to this program.
    Directive,
}

/// Decides how far the options of a question may be shuffled, and says why when not freely.
///
/// An author's `<!-- retain: fixed-order -->` or `<!-- retain: shuffle -->` in any part counts first.
pub fn decide(stem: &str, options: &[&str], explanation: &str) -> (Shuffling, Option<Reason>) {
    decide_with(stem, options, Prose::of(explanation))
}

/// As [`decide`], with the explanation read already.
pub(super) fn decide_with<'a>(
    stem: &'a str,
    options: &[&'a str],
    explanation: Prose<'a>,
) -> (Shuffling, Option<Reason>) {
    let texts = Texts::of(stem, options, explanation);
    if let Some(decided) = texts.directed() {
        return decided;
    }
    let pinned = texts.closing.iter().rev().take_while(|closes| **closes).count();
    if let Some(reason) = texts.reference(pinned) {
        return (Shuffling::Locked, Some(reason));
    }
    let Some(first) = (options.len() - pinned..options.len()).next() else { return (Shuffling::Free, None) };
    let prose = &texts.options[first];
    let reason = Reason::said(prose, prose.words(0, prose.tokens.len()), Place::Option(first));
    let pinned = u8::try_from(pinned).unwrap_or(u8::MAX);
    (Shuffling::PinnedLast(pinned), Some(reason))
}

/// What a comment in these texts says to this program that it does not know.
pub(super) fn unknown_directive<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let has_tag = |text: &str| memchr(b'<', text.as_bytes()).is_some();
    let speaking = texts.filter(|text| has_tag(text) && text.contains("retain:"));
    let mut directives = speaking.flat_map(|text| Prose::of(text).directives);
    directives.find(|directive| shuffling_of(directive).is_none())
}

/// Whether an option says that all the others are right.
pub(super) fn is_all_of_the_above(option: &str) -> bool {
    says_all(&Prose::of(option))
}

fn shuffling_of(directive: &str) -> Option<Shuffling> {
    match directive {
        "fixed-order" => Some(Shuffling::Locked),
        "shuffle" => Some(Shuffling::Free),
        _ => None,
    }
}

struct Texts<'a> {
    stem: Prose<'a>,
    options: Vec<Prose<'a>>,
    /// Which of the options speak of all the others.
    closing: Vec<bool>,
    explanation: Prose<'a>,
    /// The letters that the question uses as names of something else than its options.
    names: Letters,
}

impl<'a> Texts<'a> {
    fn of(stem: &'a str, options: &[&'a str], explanation: Prose<'a>) -> Self {
        let options: Vec<Prose<'a>> = options.iter().map(|option| Prose::of(option)).collect();
        let stem = Prose::of(stem);
        let mut names = named_in_stem(&stem);
        for prose in options.iter().chain([&stem, &explanation]) {
            names = names.and(prose.code_letters).and(named_by_nouns(prose));
        }
        let closing = options.iter().map(is_closing).collect();
        Self { stem, options, closing, explanation, names }
    }

    fn all(&self) -> impl Iterator<Item = &Prose<'a>> {
        [&self.stem].into_iter().chain(&self.options).chain([&self.explanation])
    }

    fn directed(&self) -> Option<(Shuffling, Option<Reason>)> {
        self.all().flat_map(|prose| &prose.directives).find_map(|directive| {
            shuffling_of(directive).map(|shuffling| (shuffling, Some(Reason::directed(directive))))
        })
    }

    /// The first words that say where an option stands. The last options that close the list may say
    /// so, since they stay last.
    fn reference(&self, pinned: usize) -> Option<Reason> {
        if let Some(words) = in_stem(&self.stem, self.options.len()) {
            return Some(Reason::said(&self.stem, words, Place::Stem));
        }
        let free = self.options.len() - pinned;
        for (place, option) in self.options.iter().enumerate() {
            let closes = place < free && self.closing[place];
            let words =
                if closes { Some(option.words(0, option.tokens.len())) } else { self.in_option(place) };
            if let Some(words) = words {
                return Some(Reason::said(option, words, Place::Option(place)));
            }
        }
        let words = self.in_explanation()?;
        Some(Reason::said(&self.explanation, words, Place::Explanation))
    }

    fn in_option(&self, place: usize) -> Option<&'a str> {
        let option = &self.options[place];
        // An option that is only a letter is a name: a language, a grade, a node of a graph.
        if option.tokens.len() < 2 {
            return None;
        }
        self.letter(option)
            .or_else(|| ordinal(option))
            .or_else(|| numbered(option, self.options.len()))
            .or_else(|| counting(option, &self.options))
            .or_else(|| judged_ordinal(option))
            .or_else(|| above(option).filter(|_| !self.closing[place]))
    }

    fn in_explanation(&self) -> Option<&'a str> {
        let prose = &self.explanation;
        let others: Vec<&Prose<'a>> = [&self.stem].into_iter().chain(&self.options).collect();
        self.letter(prose)
            .or_else(|| ordinal(prose))
            .or_else(|| numbered(prose, self.options.len()))
            .or_else(|| judged_ordinal(prose))
            .or_else(|| judged_number(prose, &others, self.options.len()))
            .or_else(|| latter(prose))
            .or_else(|| option_above(prose))
    }

    /// A letter that stands for an option.
    fn letter(&self, prose: &Prose<'a>) -> Option<&'a str> {
        let place = prose.letters().find(|place| {
            let (letter, joined) = match prose.what(*place) {
                Some(What::Letter(letter)) => (letter, false),
                Some(What::JoinedLetter(letter)) => (letter, true),
                Some(What::Word | What::Code | What::Sign) | None => return false,
            };
            if usize::from(letter) >= self.options.len() {
                return false;
            }
            let called_option = is_called_option(prose, *place);
            called_option || (!joined && !self.names.has(letter) && cites(prose, *place, self.options.len()))
        })?;
        Some(around(prose, place))
    }
}
