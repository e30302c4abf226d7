//! The settings. `assets/config.toml` documents each with its default, and is where defaults come from.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::{queue::Limits, time::Rollover};

/// Every setting with its default and what it does.
pub const DOCUMENTED: &str = include_str!("../../assets/config.toml");

/// The settings of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
            settings.insert(name.clone(), value);
            config = table(&settings).map_err(|mistake| format!("{name}: {mistake}"))?;
        }
        if Rollover::at_hour(config.rollover_hour).is_none() {
            return Err(format!(
                "rollover_hour is {}, and a day has the hours 0 to 23",
                config.rollover_hour
            ));
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
        told("new_per_day = 3\nnew_cards = 4", "new_cards");
        told("mouse = maybe", "line 1");
        told("new_per_day = \"many\"", "new_per_day: ");
        told("new_per_day = -5", "new_per_day: ");
        told("rollover_hour = 24", "0 to 23");
    }
}
