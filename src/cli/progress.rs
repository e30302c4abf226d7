//! Long work says how far it is, where somebody watches.

use std::io::{IsTerminal, Write};

use crate::app::Progress;

/// Shows how far it is, and goes on.
pub(super) fn show(progress: Progress) -> bool {
    const EVERY: usize = 50;
    let Progress { done, files } = progress;
    if done > 0 && done % EVERY == 0 && std::io::stderr().is_terminal() {
        // A progress line that cannot be written is not worth stopping for.
        let _ = write!(std::io::stderr(), "\r{done} of {files} files");
    }
    true
}

/// Takes the progress line away.
pub(super) fn clear() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
