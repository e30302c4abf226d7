//! Files are read and parsed one ahead of whoever stores them, on a thread of their own.

use std::{
    path::Path,
    sync::mpsc::{Receiver, sync_channel},
    thread::Scope,
};

use crate::{
    app::{Result, files},
    import::{self, Facts, Notation, Parsed},
};

/// How many chapters may wait to be stored: enough to keep both sides busy, few enough for the memory.
const WAITING: usize = 8;

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

/// Reads files in order. The results come in the same order; whoever drops the receiver ends it.
pub(super) fn ahead<'scope, 'a: 'scope>(
    scope: &'scope Scope<'scope, '_>,
    tasks: Vec<Task<'a>>,
) -> Receiver<Result<Read>> {
    let (sender, receiver) = sync_channel(WAITING);
    scope.spawn(move || {
        for task in tasks {
            if sender.send(read(task)).is_err() {
                return;
            }
        }
    });
    receiver
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
