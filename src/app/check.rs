//! Chapters are looked at and nothing is done with them: what an author asks before anybody learns from
//! them. Needs no collection and opens none.

use std::path::{Path, PathBuf};

use super::{
    Error, FileReport, Progress, Result,
    files::{find_chapters, read},
};
use crate::import::{
    self, Explained, Parsed,
    lint::{Read, lint},
};

/// How the questions of one file that were asked about are shuffled.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The file.
    pub path: PathBuf,
    /// What is known of each.
    pub explained: Vec<Explained>,
    /// Why the file could not be read, if so.
    pub unreadable: Option<String>,
}

/// Reads chapters as an import would, and lints them. A path that cannot be read keeps no other out.
/// `go_on` is told how far it has come and may stop it.
///
/// # Errors
/// When it was stopped.
pub fn check(paths: &[PathBuf], go_on: &mut dyn FnMut(Progress) -> bool) -> Result<Vec<FileReport>> {
    let mut files = Vec::new();
    let mut reports = Vec::new();
    let found = found_in(paths);
    let count = found.len();
    for (done, path) in found.into_iter().enumerate() {
        if !go_on(Progress { done, files: count }) {
            return Err(Error::Stopped);
        }
        match path.and_then(File::read) {
            Ok(file) => files.push(file),
            Err((path, reason)) => reports.push(FileReport::unreadable_file(&path, reason)),
        }
    }
    for (file, lints) in files.iter().zip(lint(&files.iter().map(File::to_lint).collect::<Vec<_>>())) {
        let mut report = FileReport::of(&file.path, &file.parsed);
        report.problems.extend(lints);
        report.problems.sort_by_key(|problem| (problem.line, problem.column));
        reports.push(report);
    }
    reports.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(reports)
}

/// Explains how the questions with a number are shuffled. A path that cannot be read keeps no other out.
pub fn explain(paths: &[PathBuf], id: &str) -> Vec<Explanation> {
    let of_file = |path: Result<PathBuf, Unreadable>| match path.and_then(File::read) {
        Ok(File { path, text, parsed, .. }) => {
            Explanation { path, explained: import::explain(&text, &parsed, id), unreadable: None }
        }
        Err((path, reason)) => Explanation { path, explained: Vec::new(), unreadable: Some(reason) },
    };
    found_in(paths).into_iter().map(of_file).collect()
}

/// A path, and why nothing could be read there.
type Unreadable = (PathBuf, String);

struct File {
    path: PathBuf,
    name: String,
    text: String,
    parsed: Parsed,
}

impl File {
    fn read(path: PathBuf) -> Result<Self, Unreadable> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match read(&path) {
            Ok(text) => Ok(Self { parsed: import::parse(&text, &name), path, name, text }),
            Err(error) => Err(unreadable(&path, error)),
        }
    }

    fn to_lint(&self) -> Read<'_> {
        Read { name: &self.name, text: &self.text, parsed: &self.parsed }
    }
}

/// The chapters at these paths, each once, and the paths where nothing can be found.
fn found_in(paths: &[PathBuf]) -> Vec<Result<PathBuf, Unreadable>> {
    let mut all: Vec<Result<PathBuf, Unreadable>> = Vec::new();
    for path in paths {
        let mut chapters = Vec::new();
        let outcome = find_chapters(path, &mut chapters);
        all.extend(chapters.into_iter().map(|chapter| Ok(chapter.path)));
        all.extend(outcome.err().map(|error| Err(unreadable(path, error))));
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|found| found.as_ref().map_or(true, |path| seen.insert(path.clone())));
    all
}

fn unreadable(path: &Path, error: Error) -> Unreadable {
    match error {
        Error::Chapter { path, reason } => (path, reason),
        other => (path.to_owned(), other.to_string()),
    }
}
