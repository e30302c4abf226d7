//! What `import` and `update` have in common: how they go about it, how far they are, and that they can be
//! stopped.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use signal_hook::{consts::TERM_SIGNALS, flag};

use super::progress;
use crate::{
    app::{self, ImportOptions, ImportReport, Progress},
    import::Notation,
};

/// Options of every command that imports.
#[derive(Debug, clap::Args)]
pub(super) struct Importing {
    /// Import all questions of a file or, when some are held back, none of it
    #[arg(long)]
    strict: bool,

    /// Show what would change, word by word, and change nothing
    #[arg(long)]
    pub dry_run: bool,

    #[command(flatten)]
    pub format: Format,
}

/// The notation of chapters, where a person states it.
#[derive(Debug, clap::Args)]
pub(super) struct Format {
    /// The notation of these files, where it is not recognised; an update remembers it
    #[arg(long = "format", value_name = "NOTATION", value_parser = notation())]
    pub notation: Option<Notation>,
}

fn notation() -> impl TypedValueParser<Value = Notation> {
    let words = PossibleValuesParser::new(Notation::ALL.map(Notation::word));
    words.try_map(|word| Notation::of_word(&word).ok_or("no such notation"))
}

impl Importing {
    pub(super) fn import_options(&self, in_full: bool, prune: bool) -> ImportOptions {
        ImportOptions {
            strict: self.strict,
            dry_run: self.dry_run,
            in_full,
            prune,
            notation: self.format.notation,
        }
    }
}

/// Imports, shows how far it is where somebody watches, and stops at Ctrl-C with nothing half done.
pub(super) fn interruptible(
    import: impl FnOnce(&mut dyn FnMut(Progress) -> bool) -> app::Result<ImportReport>,
) -> anyhow::Result<ImportReport> {
    let stop = stop_at_signals()?;
    let report = import(&mut |progress| {
        progress::show(progress);
        !stop.load(Ordering::Relaxed)
    });
    progress::clear();
    Ok(report?)
}

/// What turns true when the person, or the system, wants the program to end.
pub(super) fn stop_at_signals() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in TERM_SIGNALS {
        // The second one ends the program where it stands, which the database survives as well.
        flag::register_conditional_default(*signal, stop.clone())?;
        flag::register(*signal, stop.clone())?;
    }
    Ok(stop)
}
