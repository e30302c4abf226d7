//! Whether the options of a question can be shown in any order. They cannot when the text says where an
//! option stands: "both A and B", "the first option", "all of the above". Prose is never rewritten; in
//! doubt the author's order stays, because a wrong order can make a right answer wrong.

mod letters;
mod names;
mod places;
mod closing;

use std::{borrow::Cow, cell::OnceCell};

use super::{
    prose::{Letters, Prose, What, Words},
    texts::Texts,
};
use crate::domain::question::Shuffling;
pub(super) use closing::is_closing;
use closing::says_all;
use letters::{around, cites, cites_small, is_called_option, is_chained, is_quoted_and_judged, small_a};
use names::{named_by_nouns, named_in_stem};
use places::{
    above, counting, in_stem, judged_number, judged_ordinal, latter, named_apart, numbered, option_above,
    ordinal, ranking,
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
/// An author's `<!-- retain: fixed-order -->`, `<!-- retain: shuffle -->` or `<!-- retain: pin-last 1 -->` in any part
/// counts first.
pub fn decide(stem: &str, options: &[&str], explanation: &str) -> (Shuffling, Option<Reason>) {
    decide_with(&Texts::of(&mut Words::default(), stem, options.iter().copied(), explanation))
}

/// As [`decide`], with the texts read already.
pub(super) fn decide_with(texts: &Texts<'_>) -> (Shuffling, Option<Reason>) {
    let count = texts.options.len();
    let directed = |directive| Some((shuffling_of(directive, count)?, Some(Reason::directed(directive))));
    if let Some(decided) = texts.directives().find_map(directed) {
        return decided;
    }
    let options = &texts.options;
    let pinned = options.iter().rev().take_while(|option| is_closing(option)).count();
    if let Some(reason) = References::of(texts).first(pinned) {
        return (Shuffling::Locked, Some(reason));
    }
    let Some(first) = (options.len() - pinned..options.len()).next() else { return (Shuffling::Free, None) };
    let prose = &options[first];
    let reason = Reason::said(prose, prose.words(0, prose.tokens.len()), Place::Option(first));
    let pinned = u8::try_from(pinned).unwrap_or(u8::MAX);
    (Shuffling::PinnedLast(pinned), Some(reason))
}

/// Whether one of the options speaks of others.
pub(super) fn speaks_of_others<'a>(texts: &Texts<'a>, option: &Prose<'a>) -> bool {
    is_closing(option) || References::of(texts).in_option(option, true).is_some()
}

/// What a comment in these texts says to this program that it does not know.
pub(super) fn unknown_directive<'a>(texts: &Texts<'a>) -> Option<&'a str> {
    texts.directives().find(|directive| shuffling_of(directive, texts.options.len()).is_none())
}

/// A text of a question with so many options without the comments that say to this program how they are shuffled.
pub(crate) fn without_directives(text: &str, options: usize) -> Cow<'_, str> {
    undirected(&Words::default().read(text), options).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A text of a question with so many options without such comments, if it has any.
pub(super) fn undirected(text: &Prose<'_>, options: usize) -> Option<String> {
    text.without_directives(|directive| shuffling_of(directive, options).is_some())
}

/// What the author of a question says when its options are to be shuffled like this.
pub(crate) fn directive(shuffling: Shuffling) -> String {
    match shuffling {
        Shuffling::Free => "shuffle".to_owned(),
        Shuffling::Locked => "fixed-order".to_owned(),
        Shuffling::PinnedLast(last) => format!("pin-last {last}"),
    }
}

/// Whether an option says that all the others are right.
pub(super) fn is_all_of_the_above(option: &str) -> bool {
    says_all(&Words::default().read(option))
}

fn shuffling_of(directive: &str, options: usize) -> Option<Shuffling> {
    match directive {
        "fixed-order" => Some(Shuffling::Locked),
        "shuffle" => Some(Shuffling::Free),
        _ => {
            let last: u8 = directive.strip_prefix("pin-last ")?.trim().parse().ok()?;
            (1..options).contains(&usize::from(last)).then_some(Shuffling::PinnedLast(last))
        }
    }
}

/// What the texts of a question say of the places of its options.
struct References<'t, 'a> {
    texts: &'t Texts<'a>,
    /// The letters that the question uses as names of something else than its options, once that is asked.
    names: OnceCell<Letters>,
    /// The same of small letters.
    small_names: OnceCell<Letters>,
}

impl<'t, 'a> References<'t, 'a> {
    fn of(texts: &'t Texts<'a>) -> Self {
        Self { texts, names: OnceCell::new(), small_names: OnceCell::new() }
    }

    /// The first reference, when so many options at the end stay there. These may speak of all the others.
    fn first(&self, pinned: usize) -> Option<Reason> {
        let Texts { stem, options, explanation } = self.texts;
        if let Some(words) = in_stem(stem, options.len()) {
            return Some(Reason::said(stem, words, Place::Stem));
        }
        for (place, option) in options.iter().enumerate() {
            if let Some(words) = self.in_option(option, options.len() - place <= pinned) {
                return Some(Reason::said(option, words, Place::Option(place)));
            }
        }
        let words = self.in_explanation()?;
        Some(Reason::said(explanation, words, Place::Explanation))
    }

    fn in_option(&self, option: &Prose<'a>, stays_last: bool) -> Option<&'a str> {
        // An option that speaks of all others has its place behind them.
        if !stays_last && is_closing(option) {
            return Some(option.words(0, option.tokens.len()));
        }
        // An option that is only a letter is a name: a language, a grade, a node of a graph.
        if option.tokens.len() < 2 {
            return None;
        }
        let options = &self.texts.options;
        if !option.tells_something() {
            return counting(option, options).or_else(|| ranking(option, options));
        }
        self.letter(option)
            .or_else(|| self.small_letter(option))
            .or_else(|| ordinal(option))
            .or_else(|| numbered(option, options.len()))
            .or_else(|| counting(option, options))
            .or_else(|| ranking(option, options))
            .or_else(|| judged_ordinal(option))
            .or_else(|| above(option).filter(|_| !stays_last))
    }

    fn in_explanation(&self) -> Option<&'a str> {
        let prose = &self.texts.explanation;
        if !prose.tells_something() {
            return None;
        }
        let options = self.texts.options.len();
        self.letter(prose)
            .or_else(|| self.small_letter(prose))
            .or_else(|| ordinal(prose))
            .or_else(|| numbered(prose, options))
            .or_else(|| judged_ordinal(prose))
            .or_else(|| judged_number(prose, self.texts))
            .or_else(|| named_apart(prose, options))
            .or_else(|| latter(prose))
            .or_else(|| option_above(prose))
    }

    /// A letter that stands for an option.
    fn letter(&self, prose: &Prose<'a>) -> Option<&'a str> {
        let options = self.texts.options.len();
        let place = prose.letters().find(|place| {
            let (letter, joined) = match prose.what(*place) {
                Some(What::Letter(letter)) => (letter, false),
                Some(What::JoinedLetter(letter)) => (letter, true),
                Some(What::Word | What::Code | What::Sign) | None => return false,
            };
            if usize::from(letter) >= options {
                return false;
            }
            let cites = || match joined {
                true => is_chained(prose, *place, options) || is_quoted_and_judged(prose, *place),
                false => cites(prose, *place, options),
            };
            is_called_option(prose, *place) || (!self.is_name(letter) && cites())
        })?;
        Some(around(prose, place))
    }

    /// A small letter that stands for an option.
    fn small_letter(&self, prose: &Prose<'a>) -> Option<&'a str> {
        if let Some(place) = small_a(prose) {
            return Some(around(prose, place));
        }
        let is_option =
            |place: &usize| prose.word(*place).as_bytes()[0] - b'a' < self.texts.options.len() as u8;
        let place = prose.small_letters().filter(is_option).find(|place| {
            is_called_option(prose, *place)
                || (cites_small(prose, *place) && !self.is_small_name(prose.word(*place).as_bytes()[0]))
        })?;
        Some(around(prose, place))
    }

    /// Whether the stem or some code uses a small letter for something else than an option.
    fn is_small_name(&self, letter: u8) -> bool {
        let names = self.small_names.get_or_init(|| {
            let stem = &self.texts.stem;
            let in_stem = stem.small_letters().filter(|place| !is_called_option(stem, *place));
            let mut names = Letters::default();
            in_stem.for_each(|place| names.add(stem.word(place).as_bytes()[0] - b'a'));
            self.texts.all().map(Prose::small_letters_in_code).fold(names, Letters::and)
        });
        names.has(letter - b'a')
    }

    fn is_name(&self, letter: u8) -> bool {
        let names = self.names.get_or_init(|| {
            let in_stem = named_in_stem(&self.texts.stem);
            let all = self.texts.all().map(|prose| prose.code_letters().and(named_by_nouns(prose)));
            all.fold(in_stem, Letters::and)
        });
        names.has(letter)
    }
}
