//! The log file, off by default: what the program was asked to do, when, for how long, and what went wrong. It
//! tells nothing of decks, so that a person can show it to others.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::Instant,
};

use super::{Error, Setup, clock::Clock, config::Config, paths::Paths};

/// In bytes; a longer one begins anew.
const LONGEST: u64 = 1 << 20;

/// The log file of one run of the program. Where it cannot be written the program goes on without it.
#[derive(Debug)]
pub struct LogFile {
    file: File,
    clock: Clock,
    begun: Instant,
}

impl LogFile {
    /// Opens it, if the settings want one, and writes down that the program began.
    pub fn open(setup: &Setup) -> Option<Self> {
        let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref()).ok()?;
        let settings = paths.config_file();
        // Without settings of one's own there is none, which need not be read to be known.
        if !settings.exists() || !Config::load(&settings).ok()?.log_file {
            return None;
        }
        let file = append_to(&paths.log_file())?;
        let mut log = Self { file, clock: setup.now.map_or(Clock::System, Clock::Fixed), begun: now() };
        log.write(&format!("retain {} began: {}", env!("CARGO_PKG_VERSION"), command()));
        Some(log)
    }

    /// Writes down what went wrong. What may tell of the content of decks is named only by its kind.
    pub fn failed(&mut self, error: &anyhow::Error) {
        let told = match error.downcast_ref::<Error>() {
            Some(
                error @ (Error::Store(_)
                | Error::Config(_)
                | Error::Paths(_)
                | Error::Output { .. }
                | Error::ClockBehind { .. }
                | Error::NoBackup { .. }
                | Error::Stopped),
            ) => error.to_string(),
            Some(Error::Chapter { .. } | Error::NoSource { .. }) => "a chapter could not be read".to_owned(),
            Some(Error::Log { .. }) => "an exported log could not be read".to_owned(),
            Some(Error::Parameters { .. }) => "fitted parameters cannot be used".to_owned(),
            Some(
                Error::TooMuchToSimulate { .. } | Error::NothingToSimulate | Error::NothingToRestore { .. },
            )
            | None => "it was refused".to_owned(),
        };
        self.write(&format!("failed: {told}"));
    }

    /// Writes down that the program ended.
    pub fn ended(mut self, code: u8) {
        let took = self.begun.elapsed().as_millis();
        self.write(&format!("ended with {code} after {took} ms"));
    }

    fn write(&mut self, told: &str) {
        let time = self.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Millis, false);
        let told: String = told.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        // One write a line, so that two processes do not mix theirs.
        let _ = self.file.write_all(format!("{time} {} {told}\n", std::process::id()).as_bytes());
    }
}

/// The command without its arguments, which may name decks.
fn command() -> String {
    let word = std::env::args_os().skip(1).find(|word| !word.to_string_lossy().starts_with('-'));
    let is_command = |word: &&OsStr| word.to_string_lossy().chars().all(|c| c.is_ascii_lowercase());
    word.as_deref()
        .filter(is_command)
        .map_or_else(|| "the interface".to_owned(), |word| word.to_string_lossy().into_owned())
}

fn append_to(path: &Path) -> Option<File> {
    if fs::metadata(path).is_ok_and(|file| file.len() > LONGEST) {
        let _ = fs::rename(path, path.with_extension("log.old"));
    }
    OpenOptions::new().create(true).append(true).mode(0o600).open(path).ok()
}

#[expect(clippy::disallowed_methods, reason = "how long the program ran is measured here")]
fn now() -> Instant {
    Instant::now()
}
