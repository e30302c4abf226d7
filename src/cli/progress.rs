//! Long work says how far it is, where somebody watches.

use std::io::{IsTerminal, Write};

use crate::app::Progress;

/// Shows how far it is.
pub(super) fn show(progress: Progress) {
    const EVERY: usize = 50;
    let Progress { done, files } = progress;
    if done > 0 && done % EVERY == 0 && std::io::stderr().is_terminal() {
        // A progress line that cannot be written is not worth stopping for.
        let _ = write!(std::io::stderr(), "\r{done} of {files} files");
    }
}

/// Takes the progress line away.
pub(super) fn clear() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
