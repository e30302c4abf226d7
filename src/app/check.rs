//! Chapters are looked at and nothing is done with them: what an author asks before anybody learns from
//! them. Needs no collection and opens none.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    thread,
};

use super::{
    Error, FileReport, Progress,
    ahead::{ahead, cores},
    files::{self, Chapter},
};
use crate::import::{
    self, Explained, Facts, Notation, Parsed,
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

/// In which notations files are read that do not show it.
#[derive(Debug, Clone, Default)]
pub struct Notations {
    /// That of all files.
    pub(super) stated: Option<Notation>,
    /// Those that were stated for files when they were imported.
    pub(super) remembered: HashMap<PathBuf, Notation>,
}

impl Notations {
    /// One for all files, or what each shows.
    pub fn stated(stated: Option<Notation>) -> Self {
        Self { stated, remembered: HashMap::new() }
    }

    fn of(&self, path: &Path) -> Option<Notation> {
        self.stated.or_else(|| self.remembered.get(path).copied())
    }
}

/// Reads chapters as an import would, and lints them. A path that cannot be read keeps no other out.
/// `go_on` is told how far it has come.
pub fn check(paths: &[PathBuf], notations: &Notations, tell: &mut dyn FnMut(Progress)) -> Vec<FileReport> {
    let (mut files, mut reports) = (Vec::new(), Vec::new());
    let found = found_in(paths);
    let count = found.len();
    thread::scope(|scope| {
        let read = move |chapter: Result<Chapter, Unreadable>| {
            chapter.and_then(|chapter| File::read(chapter, notations))
        };
        let mut read = ahead(scope, cores(), found, read);
        for done in 0..count {
            tell(Progress { done, files: count });
            match read.next().expect("each chapter is read") {
                Ok(file) => files.extend(file),
                Err((path, reason)) => reports.push(FileReport::unreadable_file(&path, reason)),
            }
        }
    });
    let lints = lint(&files.iter().map(File::to_lint).collect::<Vec<_>>());
    for (file, lints) in files.iter_mut().zip(lints) {
        let facts = Facts::of(&file.parsed);
        let mut report = FileReport::of(&file.path, &mut file.parsed, facts);
        report.problems.extend(lints);
        report.problems.sort_by_key(|problem| (problem.line, problem.column));
        reports.push(report);
    }
    reports.sort_by(|a, b| a.path.cmp(&b.path));
    reports
}

/// Explains how the questions with a number are shuffled. A path that cannot be read keeps no other out.
pub fn explain(paths: &[PathBuf], notations: &Notations, id: &str) -> Vec<Explanation> {
    let of_file = |chapter: Result<Chapter, Unreadable>| match chapter
        .and_then(|chapter| File::read(chapter, notations))
    {
        Ok(file) => file.map(|File { path, text, parsed, .. }| Explanation {
            path,
            explained: import::explain(&text, &parsed, id),
            unreadable: None,
        }),
        Err((path, reason)) => Some(Explanation { path, explained: Vec::new(), unreadable: Some(reason) }),
    };
    found_in(paths).into_iter().filter_map(of_file).collect()
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
    /// Reads a file; `None` when it is no chapter, which only what it holds could show.
    fn read(chapter: Chapter, notations: &Notations) -> Result<Option<Self>, Unreadable> {
        let path = chapter.path.clone();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = if path == Path::new(files::STDIN) { files::read_stdin() } else { files::read(&path) };
        let bytes = bytes.map_err(|error| unreadable(&path, error))?;
        let (text, parsed) = import::read(bytes, &name, notations.of(&path));
        Ok(chapter.is_one(&parsed).then_some(Self { path, name, text, parsed }))
    }

    fn to_lint(&self) -> Read<'_> {
        Read { name: &self.name, text: &self.text, parsed: &self.parsed }
    }
}

/// The chapters at these paths, each once, and the paths where nothing can be found.
fn found_in(paths: &[PathBuf]) -> Vec<Result<Chapter, Unreadable>> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for path in paths {
        let found = match path == Path::new(files::STDIN) {
            true => Ok(vec![Chapter { path: path.clone(), book: None, certain: true }]),
            false => files::find(std::slice::from_ref(path)),
        };
        match found {
            Ok(chapters) => {
                let first = chapters.into_iter().filter(|chapter| seen.insert(chapter.path.clone()));
                all.extend(first.map(Ok));
            }
            Err(error) => all.push(Err(unreadable(path, error))),
        }
    }
    all
}

fn unreadable(path: &Path, error: Error) -> Unreadable {
    match error {
        Error::Chapter { path, reason } => (path, reason),
        other => (path.to_owned(), other.to_string()),
    }
}
