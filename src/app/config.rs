//! The settings. `assets/config.toml` documents each with its default, and is where defaults come from.

mod scheduling;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::domain::{queue::Limits, time::Rollover};
pub use scheduling::{DeckSettings, SchedulerWord, Share};

/// Every setting with its default and what it does.
pub const DOCUMENTED: &str = include_str!("../../assets/config.toml");

/// The settings of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// New cards a day, in whatever is studied.
    pub new_per_day: usize,
    /// Due cards a day, in whatever is studied.
    pub reviews_per_day: usize,
    /// The hour at which the study day changes, 0 to 23.
    pub rollover_hour: u8,
    /// Seconds after which a right answer suggests Hard.
    pub slow_after_s: u32,
    /// Whether options are covered at first.
    pub cover_options: bool,
    /// The theme's name.
    pub theme: String,
    /// Whether the mouse may be used from the start.
    pub mouse: bool,
    /// The editor's command; empty for the environment's.
    pub editor: String,
    /// Whether a log file is kept.
    pub log_file: bool,
    /// The scheduler of all decks that want no other.
    pub scheduler: SchedulerWord,
    /// What FSRS aims at.
    pub retention: Share,
    /// Whether intervals are fuzzed; what is usual with the scheduler if unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fuzz: Option<bool>,
    /// Whether SM-2 rewards being late.
    pub late_credit: bool,
    /// What is wanted otherwise for single decks and books, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub deck: BTreeMap<String, DeckSettings>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is there but cannot be read.
    #[error("could not read the settings in {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file says something that is no setting.
    #[error("the settings in {} are not as they should be: {message}. `retain config show` lists what there is to set", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        message: String,
    },
}

impl Config {
    /// The settings in this file over the defaults; the defaults alone where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, or holds what is no setting.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(Error::Unreadable { path: path.to_owned(), source }),
        };
        Self::parse(&text).map_err(|message| Error::Invalid { path: path.to_owned(), message })
    }

    /// The settings of this text over the defaults.
    ///
    /// # Errors
    /// What is wrong with the text, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read = |text: &str| text.parse::<toml::Table>().map_err(|error| said(&error, text));
        let mut settings = read(DOCUMENTED)?;
        let mut config: Self = table(&settings)?;
        // One by one, so that a mistake can be told with the name of its setting.
        for (name, value) in read(text)? {
            let decks = if name == "deck" { value.as_table() } else { None };
            if let Some(decks) = decks {
                scheduling::check(decks, text)?;
            }
            settings.insert(name.clone(), value);
            config = table(&settings).map_err(|mistake| located(&[&name], &mistake, text))?;
        }
        if Rollover::at_hour(config.rollover_hour).is_none() {
            let mistake = format!("it is {}, and a day has the hours 0 to 23", config.rollover_hour);
            return Err(located(&["rollover_hour"], &mistake, text));
        }
        Ok(config)
    }

    /// When the study day changes.
    pub fn rollover(&self) -> Rollover {
        Rollover::at_hour(self.rollover_hour).unwrap_or_default()
    }

    /// The most to study in a day.
    pub fn limits(&self) -> Limits {
        Limits { new: self.new_per_day, reviews: self.reviews_per_day }
    }

    /// Milliseconds after which a right answer suggests Hard.
    pub fn slow_ms(&self) -> u32 {
        self.slow_after_s.saturating_mul(1000)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::parse("").expect("the settings that ship are sound: a test reads them")
    }
}

/// A mistake with the line and the name of its setting, which may lie in tables.
fn located(path: &[&str], mistake: &str, text: &str) -> String {
    let name = path.join(".");
    match line_of(path, text) {
        Some(line) => format!("line {line}: {name}: {mistake}"),
        None => format!("{name}: {mistake}"),
    }
}

/// The line of a setting, counted from 1.
fn line_of(path: &[&str], text: &str) -> Option<usize> {
    let document = toml::de::DeTable::parse(text).ok()?;
    let mut table = document.get_ref();
    let mut line = None;
    for name in path {
        let (key, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
        line = Some(text[..key.span().start].matches('\n').count() + 1);
        match value.get_ref().as_table() {
            Some(inner) => table = inner,
            None => break,
        }
    }
    line
}

fn table(settings: &toml::Table) -> Result<Config, String> {
    settings.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())
}

fn said(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
    match line {
        Some(line) => format!("line {line}: {}", error.message()),
        None => error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_documents_every_setting() {
        let documented: toml::Table = DOCUMENTED.parse().expect("TOML");
        let known = toml::Table::try_from(Config::default()).expect("TOML");
        assert!(known.keys().eq(documented.keys()), "{known:?}");
    }

    #[test]
    fn what_a_person_leaves_out_stays_as_it_ships() {
        let config = Config::parse("new_per_day = 3").expect("sound");
        assert_eq!(config, Config { new_per_day: 3, ..Config::default() });
    }

    #[test]
    fn mistakes_are_named() {
        let told = |text, words: &str| {
            let error = Config::parse(text).expect_err("a mistake");
            assert!(error.contains(words), "{error}");
        };
        told("new_per_day = 3\nnew_cards = 4", "line 2: new_cards: ");
        told("mouse = maybe", "line 1");
        told("new_per_day = \"many\"", "new_per_day: ");
        told("new_per_day = -5", "new_per_day: ");
        told("rollover_hour = 24", "line 1: rollover_hour: it is 24, and a day has the hours 0 to 23");
        told(
            "\nscheduler = \"sm3\"",
            "line 2: scheduler: “sm3” is no scheduler; there are sm2, sm2-program, fsrs",
        );
        told("scheduler = 2", "line 1: scheduler: ");
        told("fuzz = 1", "line 1: fuzz: ");
        told(
            "\n\nretention = 0.5",
            "line 3: retention: a desired retention is from 0.70 to 0.99, and this is 0.5",
        );
        told("retention = 1", "line 1: retention: a desired retention is from 0.70 to 0.99, and this is 1");
        told("retention = nan", "line 1: retention: ");
        told("deck = 3", "line 1: deck: ");
        told("[deck.Git]\nfuzz = true\nretention = 2", "line 3: deck.Git.retention: a desired retention");
        told("[deck.\"14 Memory\"]\nschedule = \"fsrs\"", "line 2: deck.14 Memory.schedule: unknown field");
        told("[deck]\n\nGit = 3", "line 3: deck.Git: ");
    }
}
