//! The settings that choose schedulers, for everything and for single decks and books.

use serde::{Deserialize, Serialize};

use super::{Config, located};
use crate::domain::{
    deck::Scope,
    scheduler::{
        Choice, Name, Override, Schedulers,
        fsrs::{NoRetention, Parameters, Retention},
    },
};

/// A scheduler's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct SchedulerWord(pub Name);

/// A desired retention.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Share(pub Retention);

/// What a person wants otherwise for a deck or a book.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeckSettings {
    /// As [`Config::scheduler`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheduler: Option<SchedulerWord>,
    /// As [`Config::retention`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Share>,
    /// As [`Config::fuzz`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fuzz: Option<bool>,
    /// As [`Config::late_credit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_credit: Option<bool>,
}

impl Config {
    /// The schedulers of all decks. `fitted` gives the parameters of FSRS, and is asked only where it is used.
    ///
    /// # Errors
    /// Those of `fitted`.
    pub fn schedulers<E>(
        &self,
        fitted: impl FnOnce() -> Result<Vec<(Scope, Parameters)>, E>,
    ) -> Result<Schedulers, E> {
        let general = Choice {
            name: self.scheduler.0,
            retention: self.retention.0,
            fuzz: self.fuzz,
            late_credit: self.late_credit,
        };
        let overrides: Vec<(String, Override)> =
            self.deck.iter().map(|(name, settings)| (name.clone(), settings.wanted())).collect();
        let names = overrides.iter().filter_map(|(_, wanted)| wanted.name);
        let has_fsrs = names.chain([general.name]).any(|name| name == Name::Fsrs);
        let fitted = if has_fsrs { fitted()? } else { Vec::new() };
        Ok(Schedulers::new(general, overrides, fitted))
    }
}

impl DeckSettings {
    fn wanted(&self) -> Override {
        Override {
            name: self.scheduler.map(|word| word.0),
            retention: self.retention.map(|share| share.0),
            fuzz: self.fuzz,
            late_credit: self.late_credit,
        }
    }
}

/// Looks at the settings of decks one by one, so that a mistake can be told with its place.
///
/// # Errors
/// What is wrong, in words.
pub(super) fn check(decks: &toml::Table, text: &str) -> Result<(), String> {
    for (deck, settings) in decks {
        let Some(settings) = settings.as_table() else {
            let mistake = format!("what holds for a deck stands below its name: [deck.\"{deck}\"]");
            return Err(located(&["deck", deck], &mistake, text));
        };
        for (name, value) in settings {
            let alone = toml::Table::from_iter([(name.clone(), value.clone())]);
            let read = alone.try_into::<DeckSettings>();
            read.map_err(|error| located(&["deck", deck, name], error.message(), text))?;
        }
    }
    Ok(())
}

impl TryFrom<String> for SchedulerWord {
    type Error = String;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        let words = Name::ALL.map(Name::word).join(", ");
        Name::of_word(&word).map(Self).ok_or_else(|| format!("“{word}” is no scheduler; there are {words}"))
    }
}

impl From<SchedulerWord> for &'static str {
    fn from(word: SchedulerWord) -> Self {
        word.0.word()
    }
}

impl TryFrom<f64> for Share {
    type Error = NoRetention;

    fn try_from(share: f64) -> Result<Self, Self::Error> {
        Retention::new(share).map(Self)
    }
}

impl From<Share> for f64 {
    fn from(share: Share) -> Self {
        share.0.share()
    }
}
