//! `retain update`: everything that was imported, once more, from where it came.

use std::io::Write;

use super::{Color, Exit, options};
use crate::app::App;

/// Import again everything that was imported before
///
/// Reads the files and folders that were imported from where they are, chapters that have come to a folder
/// since included, and says what changed. Schedules stay.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain update
  retain update --dry-run          what would change, word by word
  retain update --prune            without the chapters whose files are gone

Exit codes: 0 done, 1 failed, or no file is left, 3 some questions were held back, or a file is gone")]
pub(super) struct Arguments {
    #[command(flatten)]
    options: options::Importing,

    /// Retire the questions of chapters whose files are gone; their history stays
    #[arg(long)]
    prune: bool,

    /// For programs
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(&self, app: &mut App, color: Color, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let options = self.options.import_options(self.json, self.prune);
        let report = options::interruptible(|go_on| app.update(options, go_on))?;
        if report.files.is_empty() && !self.json {
            writeln!(out, "Nothing was imported yet. `retain import` takes files and folders.")?;
            return Ok(Exit::Done);
        }
        self.options.tell(&report, self.json, color, out)
    }
}
