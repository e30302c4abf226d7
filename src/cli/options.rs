//! What `import` and `update` have in common: how they go about it, how far they are, and that they can be
//! stopped.

use std::{
    io::{IsTerminal, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use signal_hook::{consts::TERM_SIGNALS, flag};

use crate::app::{self, ImportOptions, ImportReport, Progress};

/// Options of every command that imports.
#[derive(Debug, clap::Args)]
pub(super) struct Importing {
    /// Import all questions of a file or, when some are held back, none of it
    #[arg(long)]
    strict: bool,

    /// Show what would change, word by word, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl Importing {
    pub(super) fn import_options(&self, in_full: bool) -> ImportOptions {
        ImportOptions { strict: self.strict, dry_run: self.dry_run, in_full, notation: None }
    }
}

/// Imports, shows how far it is where somebody watches, and stops at Ctrl-C with nothing half done.
pub(super) fn interruptible(
    import: impl FnOnce(&mut dyn FnMut(Progress) -> bool) -> app::Result<ImportReport>,
) -> anyhow::Result<ImportReport> {
    let stop = stop_at_signals()?;
    let report = import(&mut |progress| {
        show(progress);
        !stop.load(Ordering::Relaxed)
    });
    clear();
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

fn show(Progress { done, files }: Progress) {
    const EVERY: usize = 50;
    if done > 0 && done % EVERY == 0 && std::io::stderr().is_terminal() {
        // A progress line that cannot be written is not worth stopping for.
        let _ = write!(std::io::stderr(), "\r{done} of {files} files");
    }
}

fn clear() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
