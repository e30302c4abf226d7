//! A file of an import, read and parsed.

use std::path::Path;

use crate::{
    app::{Result, files},
    import::{self, Facts, Notation, Parsed},
};

/// A file to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'a> {
    pub path: &'a Path,
    /// The notation that a person stated.
    pub notation: Option<Notation>,
}

/// What a file holds.
#[derive(Debug)]
pub(super) struct Read {
    pub parsed: Parsed,
    pub facts: Facts,
    pub fingerprint: u64,
}

/// Reads one file.
///
/// # Errors
/// As [`files::read`].
pub(super) fn read(task: Task<'_>) -> Result<Read> {
    let bytes = files::read(task.path)?;
    let fingerprint = files::fingerprint(&bytes);
    let name = task.path.file_name().unwrap_or_default().to_string_lossy();
    let (_, parsed) = import::read(bytes, &name, task.notation);
    Ok(Read { facts: Facts::of(&parsed), parsed, fingerprint })
}
