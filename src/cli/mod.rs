//! The command line: arguments in, text out. One file for each command that has something to say.
//! Knows nothing of screens; what wants one is handed back to `main`.

mod browse;
mod check;
mod completions;
mod config;
mod decks;
mod drawn;
mod due;
mod export;
mod import;
mod update;
mod log;
mod options;
mod edits;
mod plain;
mod progress;
mod replay;
mod simulate;
mod stats;
mod looked;
mod report_file;
mod streak;
mod undo;
mod report;
mod answers;
mod evaluate;
#[cfg(feature = "optimize")]
mod optimize;
mod reschedule;
mod backup;
mod doctor;
mod restore;
mod consent;
mod scope;
mod search;
mod text;

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use chrono::{DateTime, FixedOffset};
use clap::{Parser, Subcommand};

use crate::{
    app::{self, Access, App, LogFile, Setup},
    domain::{deck::Scope, search::Mistake},
    typeset::harmless,
};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// Something failed.
    Failed = 1,
    /// The arguments make no sense.
    Usage = 2,
    /// A check or an import held something back.
    HeldBack = 3,
    /// Nothing is due.
    NothingDue = 4,
    /// Something in the collection is not as it was written.
    Damaged = 5,
    /// Stopped by Ctrl-C, with nothing half done.
    Stopped = 130,
}

/// What is left to do after the arguments were read.
#[derive(Debug)]
pub enum Next {
    /// End.
    Exit(Exit),
    /// Open the interface.
    Interface {
        /// The program at work.
        app: Box<App>,
        /// What to begin with.
        first: First,
        /// Whether to use colours.
        color: Color,
    },
    /// Show the keys.
    Keys {
        /// How.
        format: KeysFormat,
    },
}

/// What the interface begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    /// The decks.
    Decks,
    /// Studying, with so many more new cards than a day's limit.
    Study(Scope, usize),
    /// The list of cards that this query finds.
    Browse(String),
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// As the terminal, NO_COLOR and CLICOLOR_FORCE say.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// What the person insists on, if anything.
    pub fn forced(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }

    /// Whether standard output gets colours.
    fn on_output(self) -> bool {
        self.forced().unwrap_or_else(|| supports_color::on(supports_color::Stream::Stdout).is_some())
    }
}

/// How the program ends after an error.
pub fn exit_of(error: &anyhow::Error) -> Exit {
    if error.downcast_ref::<Mistake>().is_some() {
        return Exit::Usage;
    }
    match error.downcast_ref::<app::Error>() {
        Some(app::Error::Stopped) => Exit::Stopped,
        Some(_) | None => Exit::Failed,
    }
}

/// An error with its causes, on lines that are safe to print.
pub fn harmless_error(error: &anyhow::Error) -> String {
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    harmless(&told).into_owned()
}

/// How to show the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeysFormat {
    /// For people.
    Text,
    /// As a Markdown table.
    Markdown,
    /// For programs.
    Json,
}

const AFTER_HELP: &str = "\
Examples:
  retain                                open the decks
  retain import ~/notes/python          make a book of all chapters in a folder
  retain check chapter.md               what is wrong with a chapter, and where
  retain study python                   study what is due in that book
  retain search is:leech deck:python    cards by words and filters
  retain due --exit-code                succeed only when something is due

Environment:
  RETAIN_DATA_DIR    the folder of the collection
  RETAIN_CONFIG_DIR  the folder of the settings and of your own themes
  RETAIN_NOW         a time at which the clock stands still (2026-11-23T09:00:00+01:00)
  RETAIN_SEED        a number that makes every random order repeatable
  NO_COLOR           no colours

Exit codes:
  0 done   1 failed   2 usage   3 a check or an import held something back
  4 nothing due (due --exit-code)   5 doctor or log found damage   130, 143 ended by a signal";

/// Spaced repetition for multiple-choice chapters, in the terminal
#[derive(Debug, Parser)]
#[command(name = "retain", version, after_help = AFTER_HELP, disable_help_subcommand = true)]
pub struct Arguments {
    /// The folder of the collection
    #[arg(long, global = true, env = "RETAIN_DATA_DIR", value_name = "DIR", hide_env = true)]
    data_dir: Option<PathBuf>,

    /// Whether to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Arguments),
    Update(update::Arguments),
    Check(check::Arguments),
    Export(export::Arguments),
    Decks(decks::Arguments),
    Due(due::Arguments),
    Search(search::Arguments),
    Browse(browse::Arguments),
    Study(StudyArguments),
    Undo(undo::Arguments),
    Stats(stats::Arguments),
    Report(report_file::Arguments),
    Streak(streak::Arguments),
    Log(log::Arguments),
    Replay(replay::Arguments),
    Evaluate(evaluate::Arguments),
    #[cfg(feature = "optimize")]
    Optimize(optimize::Arguments),
    Simulate(simulate::Arguments),
    Reschedule(reschedule::Arguments),
    Backup(backup::Arguments),
    Doctor(doctor::Arguments),
    Restore(restore::Arguments),
    Config(config::Arguments),
    Keys(KeysArguments),
    Completions(completions::Arguments),
    /// Print the manual page
    #[command(after_help = "Example:\n  retain man | man -l -")]
    Man,
}

/// Study what is due
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain study                      everything that is due
  retain study \"14 memory\"          one deck, by a part of its name
  retain study --more 10 python     ten new cards more than the day's limit
  retain study --plain git          line by line: for a screen reader, a pipe or an odd terminal")]
struct StudyArguments {
    /// A deck or a book, by its name or a part of it; without one: everything
    deck: Option<String>,

    /// Line by line on standard input and output, without the whole screen
    #[arg(long)]
    plain: bool,

    /// So many new cards more than today's limit
    #[arg(long, value_name = "N", default_value_t = 0)]
    more: u16,
}

/// Show every key of the interface
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  retain keys\n  retain keys --json")]
struct KeysArguments {
    /// As a Markdown table
    #[arg(long, conflicts_with = "json")]
    markdown: bool,

    /// For programs
    #[arg(long)]
    json: bool,
}

impl Arguments {
    /// The log file, if the settings want one.
    pub fn log_file(&self) -> Option<LogFile> {
        LogFile::open(&setup(self.data_dir.clone()).ok()?)
    }

    /// Does what the arguments say, up to where a screen is needed.
    ///
    /// # Errors
    /// What went wrong, in words for the person.
    pub fn run(self, out: &mut dyn Write) -> anyhow::Result<Next> {
        let setup = setup(self.data_dir)?;
        let interface = |app, first| Next::Interface { app: Box::new(app), first, color: self.color };
        let exit = match self.command {
            None => return Ok(interface(App::open(&setup, Access::Write)?, First::Decks)),
            Some(Command::Study(study)) => {
                let mut app = App::open(&setup, Access::Write)?;
                let scope = scope::named(&app, study.deck.as_deref())?;
                if !study.plain {
                    return Ok(interface(app, First::Study(scope, study.more.into())));
                }
                app.start_daily_backup(|| {});
                plain::study(&mut app, &scope, study.more.into(), &mut std::io::stdin().lock(), out)?;
                if let Err(error) = app.finish_daily_backup() {
                    let told = harmless_error(&error.into());
                    writeln!(std::io::stderr(), "retain: today's backup could not be made: {told}")?;
                }
                Exit::Done
            }
            Some(Command::Browse(browse)) => {
                return Ok(interface(App::open(&setup, Access::Write)?, First::Browse(browse.query())));
            }
            Some(Command::Keys(keys)) => return Ok(Next::Keys { format: keys.format() }),
            Some(Command::Import(import)) => {
                import.run(&mut App::open(&setup, Access::Write)?, self.color, out)?
            }
            Some(Command::Update(update)) => {
                update.run(&mut App::open(&setup, Access::Write)?, self.color, out)?
            }
            Some(Command::Export(export)) => export.run(&App::open(&setup, Access::Read)?, out)?,
            Some(Command::Check(check)) => {
                check.run(|| Ok(App::open(&setup, Access::Read)?), self.color, out)?
            }
            Some(Command::Decks(decks)) => decks.run(&App::open(&setup, Access::Read)?, out)?,
            Some(Command::Due(due)) => due.run(&App::open(&setup, Access::Read)?, out)?,
            Some(Command::Search(search)) => search.run(&setup, out)?,
            Some(Command::Undo(undo)) => undo.run(&mut App::open(&setup, Access::Write)?, out)?,
            Some(Command::Stats(stats)) => stats.run(&App::open(&setup, Access::Read)?, out)?,
            Some(Command::Report(report)) => report.run(&App::open(&setup, Access::Read)?, out)?,
            Some(Command::Streak(streak)) => streak.run(&App::open(&setup, Access::Read)?, out)?,
            Some(Command::Log(log)) => log.run(&setup, out)?,
            Some(Command::Replay(replay)) => replay.run(out)?,
            Some(Command::Evaluate(evaluate)) => {
                evaluate.run(|| Ok(App::open(&setup, Access::Read)?), out)?
            }
            #[cfg(feature = "optimize")]
            Some(Command::Optimize(optimize)) => {
                optimize.run(|| Ok(App::open(&setup, Access::Read)?), out)?
            }
            Some(Command::Simulate(simulate)) => simulate.run(&App::open(&setup, Access::Read)?, out)?,
            Some(Command::Reschedule(reschedule)) => {
                reschedule.run(|access| Ok(App::open(&setup, access)?), out)?
            }
            Some(Command::Backup(backup)) => backup.run(&setup, out)?,
            Some(Command::Doctor(doctor)) => doctor.run(&setup, out)?,
            Some(Command::Restore(restore)) => restore.run(&setup, out)?,
            Some(Command::Config(config)) => config.run(&setup, out)?,
            Some(Command::Completions(completions)) => completions.run(out)?,
            Some(Command::Man) => completions::manual(out)?,
        };
        Ok(Next::Exit(exit))
    }
}

impl KeysArguments {
    fn format(&self) -> KeysFormat {
        match (self.markdown, self.json) {
            (true, _) => KeysFormat::Markdown,
            (_, true) => KeysFormat::Json,
            (false, false) => KeysFormat::Text,
        }
    }
}

fn setup(data_dir: Option<PathBuf>) -> anyhow::Result<Setup> {
    let config_dir = std::env::var_os("RETAIN_CONFIG_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    Ok(Setup { data_dir, config_dir, now: fixed_now()?, seed: fixed_seed()? })
}

fn fixed_now() -> anyhow::Result<Option<DateTime<FixedOffset>>> {
    let Some(text) = variable("RETAIN_NOW") else { return Ok(None) };
    let now = DateTime::parse_from_rfc3339(&text).with_context(|| {
        format!("RETAIN_NOW is “{text}”, and a time looks like 2026-11-23T09:00:00+01:00")
    })?;
    Ok(Some(now))
}

fn fixed_seed() -> anyhow::Result<Option<u64>> {
    let Some(text) = variable("RETAIN_SEED") else { return Ok(None) };
    let seed =
        text.parse().with_context(|| format!("RETAIN_SEED is “{text}”, and a seed is a whole number"))?;
    Ok(Some(seed))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}
