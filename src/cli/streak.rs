//! `retain streak`: for how many days in a row there were answers, for a shell prompt or a status bar.

use std::io::Write;

use super::{Exit, text};
use crate::app::App;

/// Show for how many days in a row you have studied
///
/// Study days with an answer, up to today or, while today has none, yesterday.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain streak
  retain streak --json")]
pub(super) struct Arguments {
    /// For programs
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let streak = app.streaks()?;
        match self.json {
            true => text::json(out, &streak)?,
            false => writeln!(out, "{}", text::counted(streak.days as usize, "day"))?,
        }
        Ok(Exit::Done)
    }
}
