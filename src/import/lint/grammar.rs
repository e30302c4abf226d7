//! Options that do not fit the grammar of their stem, and so can be left out by ear.

use super::GivenAway;
use crate::{
    domain::question::Question,
    import::{
        Kind,
        prose::{Prose, What, Words},
    },
};

/// Two distractors at least must fail to fit: one alone may be a slip.
const FEWEST_DISTRACTORS: usize = 2;

/// The stem ends in "a" or "an", or in a verb that takes one thing or several, and fits the right options
/// alone. Said only when every option can be judged.
pub(super) fn gives_away(question: &Question) -> Option<GivenAway> {
    let mut words = Words::default();
    let demand = Demand::of(&words.read(&question.stem))?;
    let options = question.options();
    let fits: Option<Vec<bool>> =
        options.iter().map(|option| demand.fits(&words.read(&option.text))).collect();
    let is_key = |place: usize| question.keys().contains(&options[place].id);
    let alone = fits?.iter().enumerate().all(|(place, fits)| *fits == is_key(place));
    if !alone || options.len() < question.keys().len() + FEWEST_DISTRACTORS {
        return None;
    }
    let option = (0..options.len()).find(|place| is_key(*place))?;
    let message = format!("the stem ends in “{}”, and only the right option fits it", demand.word());
    Some(GivenAway { kind: Kind::GrammarGivesAway, option, message })
}

/// What the last word of a stem asks of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demand {
    A,
    An,
    Is,
    Are,
}

impl Demand {
    fn of(stem: &Prose<'_>) -> Option<Self> {
        let is_pause = |sign: Option<char>| matches!(sign, Some(':' | '.' | '…' | '_' | '—' | '\n'));
        let last = (0..stem.tokens.len()).rev().find(|place| !is_pause(stem.sign(*place)))?;
        let all = [Self::A, Self::An, Self::Is, Self::Are];
        all.into_iter().find(|demand| stem.what(last) == Some(What::Word) && stem.is(last, demand.word()))
    }

    fn word(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::An => "an",
            Self::Is => "is",
            Self::Are => "are",
        }
    }

    /// Whether an option fits, where that can be told.
    fn fits(self, option: &Prose<'_>) -> Option<bool> {
        match self {
            Self::A => begins_with_vowel(option).map(|vowel| !vowel),
            Self::An => begins_with_vowel(option),
            Self::Is => is_plural(option).map(|plural| !plural),
            Self::Are => is_plural(option),
        }
    }
}

/// By sound, as far as spelling shows it: `hour`, `SQL` and `MRI` do, `union` and `one-way` do not.
fn begins_with_vowel(option: &Prose<'_>) -> Option<bool> {
    const MUTE_H: [&str; 4] = ["hour", "honest", "honor", "heir"];
    const AS_CONSONANT: [&str; 8] = ["uni", "use", "usu", "uti", "ubi", "eu", "one", "once"];
    if option.what(0) != Some(What::Word) {
        return None;
    }
    let word = option.word(0);
    let first = word.chars().next().filter(char::is_ascii_alphabetic)?;
    if word.len() > 1 && word.chars().all(|letter| letter.is_ascii_uppercase()) {
        return Some("AEFHILMNORSX".contains(first));
    }
    let word = word.to_lowercase();
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| word.starts_with(beginning));
    let vowel = "aeiou".contains(first.to_ascii_lowercase());
    Some(begins(&MUTE_H) || (vowel && !begins(&AS_CONSONANT)))
}

/// Whether an option of one or two words names several things. Longer ones cannot be judged by their end.
fn is_plural(option: &Prose<'_>) -> Option<bool> {
    let words: Vec<usize> =
        (0..option.tokens.len()).filter(|place| option.sign(*place) != Some('.')).collect();
    let plain = words.iter().all(|place| option.what(*place) == Some(What::Word));
    let last = option.word(*words.last()?).to_lowercase();
    if !plain || words.len() > 2 || !last.chars().all(char::is_alphabetic) {
        return None;
    }
    let endings_of_one = ["ss", "us", "is", "ics"];
    Some(last.ends_with('s') && !endings_of_one.iter().any(|ending| last.ends_with(ending)))
}
