//! `retain simulate`: what the next months would bring, and for other ways to study, beside each other.

mod trial;
mod report;
mod table;
mod chart;
mod words;
mod figures;
mod picture;

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
};

use super::{Exit, progress, scope, text};
use crate::{
    app::{self, App, SimulationRequest},
    domain::{
        deck::Scope,
        scheduler::fsrs::{Parameters, Retention},
        time::Days,
    },
};
use report::Report;
use trial::{Name, Trial};

/// See what the next months would bring
///
/// Your cards are answered day by day as you would answer them: with your pace, your grades, the days that
/// you skip and the share that you recall, as far as the log tells them, and those of an average learner for
/// the rest. What is remembered is forgotten by FSRS-6, with the parameters that `retain optimize` fitted to your
/// answers where there are some. What was measured and what was assumed is said below the figures.
///
/// Lists are compared, each with each: --new 5,10 --retention 0.85,0.90 makes four plans. Every plan is tried
/// several times with other luck; a figure is the median of these runs, and the range behind it holds eight
/// runs of ten.
///
/// Reviews are due cards that are answered. Minutes count all answers, those to new cards and the repetitions
/// of the same day too, from the question to the choice: reading the explanation comes on top. “Known at the
/// end” is how many cards would be recalled on the last day, those that are not due too.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain simulate
  retain simulate --new 5,10,20 --days 180
  retain simulate --scheduler sm2,fsrs --deck python
  retain simulate --retention 0.85,0.90,0.95 --svg months.svg
  retain simulate --cards 500 --seconds-per-answer 15 --skip 0.2

Exit codes: 0 done, 1 failed, 2 usage")]
pub(super) struct Arguments {
    /// A deck or a book, by its name or a part of it; without one: everything
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,

    /// So many days, today among them: 1 to 3650
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,

    /// New cards a day, one number or several; without it: as in the settings
    #[arg(long, value_name = "N,…", value_delimiter = ',', value_parser = clap::value_parser!(u16).range(0..=9999))]
    new: Vec<u16>,

    /// The share of answers that FSRS aims at, 0.70 to 0.99, one or several
    #[arg(long, value_name = "SHARE,…", value_delimiter = ',', value_parser = text::retention)]
    retention: Vec<Retention>,

    /// Which scheduler, one or several; without it: the collection's, or FSRS with --retention
    #[arg(long, value_enum, value_name = "NAME,…", value_delimiter = ',')]
    scheduler: Vec<Name>,

    /// How often each plan is tried, with other luck: 1 to 1000
    #[arg(long, value_name = "RUNS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    seeds: u32,

    /// So many new cards instead of your own: 1 to 1,000,000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), conflicts_with = "deck")]
    cards: Option<u32>,

    /// The seconds that each answer takes, instead of those that were measured
    #[arg(long, value_name = "S", value_parser = seconds)]
    seconds_per_answer: Option<u32>,

    /// The share of days on which nothing is studied, 0 to 1, instead of the one that was measured
    #[arg(long, value_name = "SHARE", value_parser = share)]
    skip: Option<f64>,

    /// For programs: all figures, day by day
    #[arg(long)]
    json: bool,

    /// Draw reviews and minutes a day into this file as well; one that is there is replaced
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let scope = scope::named(app, self.deck.as_deref())?;
        let parameters = app.fitted(&scope)?.map_or_else(Parameters::default, |(_, fitted)| fitted);
        let trials = match self.trials(app, parameters) {
            Ok(trials) => trials,
            Err(misplaced) => {
                writeln!(std::io::stderr(), "retain: {misplaced}")?;
                return Ok(Exit::Usage);
            }
        };
        let request = self.request(scope, &trials);
        let simulation = app.simulate(&request, show_progress);
        progress::clear();
        let simulation = simulation?;
        let report = Report { request: &request, simulation: &simulation, trials: &trials };
        if let Some(file) = &self.svg {
            app::write_file(file, &picture::svg(&report), true)?;
        }
        if self.json {
            text::json(out, &figures::json(&report, app.now().day))?;
        } else {
            write(&report, out)?;
        }
        Ok(Exit::Done)
    }

    fn trials(&self, app: &App, parameters: Parameters) -> Result<Vec<Trial>, &'static str> {
        const MOST: usize = 12;
        let usual = app.config().limits().new;
        let new = match &*self.new {
            [] => vec![usual],
            stated => stated.iter().map(|new| usize::from(*new)).collect(),
        };
        let trials = trial::all(app.scheduler(), &self.scheduler, &self.retention, parameters, &new)?;
        if trials.len() > MOST {
            Err("that are more than 12 plans: compare fewer at once")
        } else {
            Ok(trials)
        }
    }

    fn request(&self, scope: Scope, trials: &[Trial]) -> SimulationRequest {
        SimulationRequest {
            scope,
            unseen: self.cards.map(|cards| cards as usize),
            days: Days(self.days),
            variants: trials.iter().map(|trial| trial.variant).collect(),
            seeds: self.seeds,
            took_ms: self.seconds_per_answer,
            skipped: self.skip,
        }
    }
}

/// Writes everything for people.
fn write(report: &Report<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}", report.title())?;
    writeln!(out, "Medians of the runs, and the range that holds eight of ten\n")?;
    let parts = [table::lines(report), chart::lines(report), words::lines(report)];
    for line in parts.iter().flatten() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Seconds as milliseconds.
fn seconds(text: &str) -> Result<u32, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("“{text}” is no number"))?;
    if (0.1..=3600.0).contains(&seconds) {
        Ok((seconds * 1000.0).round() as u32)
    } else {
        Err("an answer takes 0.1 to 3600 seconds".to_owned())
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| format!("“{text}” is no number"))?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("a share is from 0 to 1".to_owned()) }
}

fn show_progress(done: usize, runs: usize) {
    if done > 0 && std::io::stderr().is_terminal() {
        // A progress line that cannot be written is not worth stopping for.
        let _ = write!(std::io::stderr(), "\r{done} of {runs} runs");
    }
}
