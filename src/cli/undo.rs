//! `retain undo`: takes back what was done last, from a shell, where no sitting is open.

use std::io::Write;

use super::{Exit, text::one_line};
use crate::{app::App, domain::deck::Scope};

/// Take back what was done last
///
/// An answer, or whatever else was done to cards, in any deck and however long ago. Each call takes back one act
/// more. The log keeps all of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain undo
  retain undo --redo")]
pub(super) struct Arguments {
    /// Do again what was taken back last, until something else is done
    #[arg(long)]
    redo: bool,
}

impl Arguments {
    pub(super) fn run(&self, app: &mut App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let (reversal, done, nothing) = match self.redo {
            false => (app.undo(&Scope::Everything)?, "Undone", "There is nothing to undo."),
            true => (app.redo(&Scope::Everything)?, "Done again", "There is nothing to redo."),
        };
        match reversal {
            Some(reversal) => writeln!(out, "{done}: {}", one_line(&reversal.in_words()))?,
            None => writeln!(out, "{nothing}")?,
        }
        Ok(Exit::Done)
    }
}
