//! What the program can do, for both faces of it: the screen and the command line. Joins the pure
//! domain, the importer and the store with the clock, the settings and the file system; knows no
//! terminal.

pub mod clock;
pub mod config;
pub mod paths;
mod overview;
mod scheduling;
mod study;
mod browse;
mod log;
mod files;
mod ahead;
mod check;
mod report;
mod chapters;
mod shipped;
mod export;
mod evaluation;
mod parameters;
#[cfg(feature = "optimize")]
mod optimization;
mod simulation;
mod statistics;
mod backups;
mod doctor;
mod place;
mod restore;
mod log_file;

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use oorandom::Rand64;

use crate::{
    domain::{scheduler::Schedulers, time::Moment},
    store::{self, Backups, Store},
};
use backups::Daily;
use clock::Clock;
use config::Config;
use paths::Paths;

pub use crate::store::{
    Backup, Balance, Contents, Found, Order, Reason, Recorded, Search, SetAside, SortKey, Source,
};
pub use backups::{back_up, back_up_to, backups};
pub use browse::Deed;
pub use chapters::{Edit, Field, ImportOptions, What};
pub use check::{Explanation, Notations, check, explain};
pub use doctor::{Check, Diagnosis, Finding, Repair, Weight, diagnose, repair};
pub use evaluation::{Judgement, Own};
pub use export::{ExportedDeck, write_file};
pub use log::{EventName, LogHeader, LogImport, LogLine, Seen, json_mistake};
pub use log_file::LogFile;
#[cfg(feature = "optimize")]
pub use optimization::{FEWEST_TO_FIT, NoFit, Optimization};
pub use overview::{Counts, DeckRow, Overview};
pub use parameters::{Fitted, kept_parameters};
pub use report::{Changes, FileReport, ImportReport, Progress, Was};
pub use restore::{Restoration, prepare_restore, set_asides, undo_restore};
pub use shipped::{SHIPPED, Shipped, ShippedDeck};
pub use simulation::{Simulation, SimulationRequest, Variant};
pub use statistics::{AllFigures, Figures, GroupSession, Statistics, StatisticsReader};
pub use study::{Idle, Reversal, Reversed};

/// The program at work on one collection.
#[derive(Debug)]
pub struct App {
    store: Store,
    clock: Clock,
    config: Config,
    paths: Paths,
    schedulers: Schedulers,
    random: Rand64,
    clock_is_trusted: bool,
    /// `None` for a collection in memory.
    backups: Option<Backups>,
    daily: Daily,
}

/// What comes from outside: the command line and the environment.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The folder of the collection, instead of the platform's.
    pub data_dir: Option<PathBuf>,
    /// The folder of the settings, instead of the platform's.
    pub config_dir: Option<PathBuf>,
    /// A time at which the clock stands still.
    pub now: Option<DateTime<FixedOffset>>,
    /// A seed, which makes every order that is otherwise random repeatable.
    pub seed: Option<u64>,
}

/// What the program is about to do with the collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Look at it, beside a running session too.
    Read,
    /// Change it, as the only one.
    Write,
}

/// What can go wrong while the program works.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The collection cannot be used.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The settings cannot be used.
    #[error(transparent)]
    Config(#[from] config::Error),
    /// There is no place for the collection.
    #[error(transparent)]
    Paths(#[from] paths::NoHome),
    /// A chapter cannot be read.
    #[error("could not read {}: {reason}", path.display())]
    Chapter {
        /// The chapter's file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A file cannot be written.
    #[error("could not write {}: {reason}", path.display())]
    Output {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A card's question has no file that could be edited.
    #[error("the file of this question, {}, is gone. Import its chapter from where it is now, then edit", path.display())]
    NoSource {
        /// Where it was.
        path: PathBuf,
    },
    /// The clock stands long before the newest answer, and whatever is scheduled by it would be wrong.
    #[error("the clock says {now}, and the newest answer is from {newest}: one of them is wrong")]
    ClockBehind {
        /// What the clock says.
        now: NaiveDate,
        /// The date of the newest answer.
        newest: NaiveDate,
    },
    /// An exported log cannot be read.
    #[error("line {line} of the log: {reason}. Nothing was imported")]
    Log {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A simulation would take minutes.
    #[error(
        "that would be about {answers} answers to simulate, and {most} is the most: try fewer days, seeds, cards or plans at once"
    )]
    TooMuchToSimulate {
        /// How many answers and cards would be looked at.
        answers: u64,
        /// How many may be.
        most: u64,
    },
    /// There is no card to simulate.
    #[error("there are no cards here. `retain simulate --cards 500` simulates so many new ones")]
    NothingToSimulate,
    /// Fitted parameters cannot be read or written.
    #[error("the fitted parameters in {} cannot be used: {reason}", path.display())]
    Parameters {
        /// Their file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Before a change that is not easily taken back there has to be a backup.
    #[error("no backup could be made: {source}. Nothing was changed")]
    NoBackup {
        /// Why not.
        source: store::Error,
    },
    /// There is nothing that could be restored.
    #[error("{reason}")]
    NothingToRestore {
        /// Why not, and what to do.
        reason: String,
    },
    /// An import or a long computation was stopped by the person.
    #[error("it was stopped; nothing was changed")]
    Stopped,
}

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether another process writes to the collection.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Store(store::Error::Locked { .. }))
    }
}

impl App {
    /// Opens the collection and the settings.
    ///
    /// # Errors
    /// When there is no place for them, they cannot be read, or somebody else writes.
    pub fn open(setup: &Setup, access: Access) -> Result<Self> {
        let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
        let config = Config::load(&paths.config_file())?;
        let schedulers = config.schedulers(|| parameters::all_fitted(&paths))?;
        let store = match access {
            Access::Read => Store::open_to_read(&paths.data)?,
            Access::Write => {
                let mut store = Store::open(&paths.data)?;
                store.adopt(&schedulers)?;
                store
            }
        };
        let backups = Backups::of(&paths.data);
        Ok(Self { backups: Some(backups), ..Self::new(store, setup, config, schedulers, paths) })
    }

    /// An app whose collection is gone when it is closed, with the settings that ship.
    ///
    /// # Errors
    /// Only those of SQLite itself.
    pub fn in_memory(setup: &Setup) -> Result<Self> {
        let here = |folder: &Option<PathBuf>| folder.clone().unwrap_or_default();
        let paths = Paths { data: here(&setup.data_dir), config: here(&setup.config_dir) };
        Ok(Self::new(Store::in_memory()?, setup, Config::default(), Schedulers::SM2, paths))
    }

    fn new(store: Store, setup: &Setup, config: Config, schedulers: Schedulers, paths: Paths) -> Self {
        let seed = setup.seed.unwrap_or_else(clock::seed);
        Self {
            store,
            clock: setup.now.map_or(Clock::System, Clock::Fixed),
            config,
            paths,
            schedulers,
            random: Rand64::new(u128::from(seed)),
            clock_is_trusted: false,
            backups: None,
            daily: Daily::default(),
        }
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The folder of the settings and of the person's own themes.
    pub fn config_dir(&self) -> &Path {
        &self.paths.config
    }

    /// The person has said that the clock is right, however far it stands before the newest answer.
    pub fn trust_clock(&mut self) {
        self.clock_is_trusted = true;
    }

    /// What is doubtful about the time zone by which study days are told, in a sentence.
    pub fn doubtful_zone(&self) -> Option<String> {
        let zone = match self.clock {
            Clock::System => clock::unknown_zone()?,
            Clock::Fixed(_) => return None,
        };
        let offset = self.clock.now().format("%:z");
        Some(format!("the time zone “{zone}”, which TZ names, is unknown here: days go by UTC{offset}"))
    }

    /// The present, by the clock that the program was given.
    pub fn now(&self) -> Moment {
        Moment::new(self.clock.now(), self.config.rollover())
    }
}
