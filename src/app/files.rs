//! Finding the files of chapters, and reading them as far as is bearable.

use std::{
    fs::{self, DirEntry, File, Metadata},
    io::{self, Read},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::OFlags;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Error, Result};
use crate::import::{MOST_BYTES, Parsed, READING, Severity};

/// A file to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chapter {
    pub path: PathBuf,
    /// The book that it belongs to.
    pub book: Option<String>,
    /// Whether it is a chapter by its name; in a folder, files of other kinds are one only if they ask
    /// something.
    pub certain: bool,
}

/// What files that may be chapters end in, and whether they surely are.
const EXTENSIONS: [(&str, bool); 13] = [
    ("md", true),
    ("markdown", true),
    ("gift", true),
    ("aiken", true),
    ("txt", false),
    ("json", false),
    ("jsonl", false),
    ("ndjson", false),
    ("yaml", false),
    ("yml", false),
    ("csv", false),
    ("tsv", false),
    ("text", false),
];

/// How often a file that changes while it is read is read again.
const ATTEMPTS: usize = 3;

/// The chapters of some paths, each file once. A file is a chapter; a folder is a book of all chapters in
/// it, and a folder in it a further one.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Chapter>> {
    let mut found = Vec::new();
    for path in paths {
        find_chapters(path, &mut found)?;
    }
    Ok(each_once(found))
}

/// Each file once, however often it is named; what is named by itself and with its folder belongs to the
/// book.
pub(super) fn each_once(mut chapters: Vec<Chapter>) -> Vec<Chapter> {
    chapters.sort_by(|a, b| a.path.cmp(&b.path).then(b.book.cmp(&a.book)));
    chapters.dedup_by(|again, first| again.path == first.path);
    chapters
}

impl Chapter {
    /// Whether a file is a chapter, as far as what it holds tells.
    pub fn is_one(&self, parsed: &Parsed) -> bool {
        let broken = || parsed.problems.iter().any(|problem| problem.severity == Severity::HeldBack);
        self.certain || parsed.found > 0 || broken()
    }
}

/// A path without links and detours, which names the same file next year.
pub(super) fn real(path: &Path) -> Result<PathBuf> {
    path.canonicalize().map_err(|error| unreadable(path, &error))
}

/// What became of a file that was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whereabouts {
    There,
    /// Removed, or moved behind a link that stands in its place.
    Gone,
    /// Nobody can tell: a folder cannot be opened, or a disk does not answer.
    Unknown,
}

impl Whereabouts {
    /// Those of a path without links.
    pub fn of(path: &Path) -> Self {
        match path.canonicalize() {
            Ok(real) if real == path && real.is_file() => Self::There,
            Ok(_) => Self::Gone,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Self::Gone
            }
            Err(_) => Self::Unknown,
        }
    }
}

fn find_chapters(path: &Path, found: &mut Vec<Chapter>) -> Result<()> {
    let path = real(path)?;
    if !path.is_dir() {
        found.push(Chapter { path, book: None, certain: true });
        return Ok(());
    }
    let name = path.file_name().map_or_else(|| "/".to_owned(), |name| name.to_string_lossy().into_owned());
    let entries = entries(&path).map_err(|error| unreadable(&path, &error))?;
    find_among(entries, &name, found)
}

fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    fs::read_dir(folder).and_then(Iterator::collect)
}

fn find_among(entries: Vec<DirEntry>, book: &str, found: &mut Vec<Chapter>) -> Result<()> {
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let kind = entry.file_type().map_err(|error| unreadable(&path, &error))?;
        if name.starts_with('.') {
            continue;
        }
        // A link to a folder may lead back up; one to a file is as good as the file.
        if kind.is_dir() {
            let book = format!("{book} / {name}");
            match self::entries(&path) {
                Ok(entries) => find_among(entries, &book, found)?,
                // It stands for what it holds: reading it tells why that cannot be read.
                Err(_) => found.push(Chapter { path, book: Some(book), certain: true }),
            }
        } else if let Some(certain) = may_be_chapter(&path)
            && (kind.is_file() || path.is_file())
        {
            let path = if kind.is_symlink() { real(&path)? } else { path };
            found.push(Chapter { path, book: Some(book.to_owned()), certain });
        }
    }
    Ok(())
}

/// Whether a file in a folder is surely a chapter, or perhaps; `None`: it is none.
fn may_be_chapter(path: &Path) -> Option<bool> {
    let extension = path.extension()?;
    let known = EXTENSIONS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known));
    known.map(|(_, certain)| *certain)
}

/// What tells whether a file has changed: its bytes, and how this program reads them.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    xxh3_64_with_seed(bytes, READING)
}

/// Reads a regular file of bearable size. Anything else could hang, or fill the memory.
///
/// # Errors
/// [`Error::Chapter`], when it cannot be read, is larger than [`MOST_BYTES`], or keeps changing.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    for _ in 0..ATTEMPTS {
        if let Some(bytes) = read_once(path)? {
            return Ok(bytes);
        }
    }
    Err(failed(path, "it changes while it is read; try again".to_owned()))
}

/// The path that stands for standard input where chapters are only looked at.
pub(super) const STDIN: &str = "-";

/// Reads standard input to its end.
///
/// # Errors
/// As [`read`].
pub(super) fn read_stdin() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(Path::new(STDIN), &error))?;
    bearable(Path::new(STDIN), bytes)
}

fn bearable(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if bytes.len() <= MOST_BYTES {
        return Ok(bytes);
    }
    Err(failed(path, format!("it is larger than {} MiB; split it into chapters", MOST_BYTES >> 20)))
}

/// Reads a file, unless it changed meanwhile.
fn read_once(path: &Path) -> Result<Option<Vec<u8>>> {
    // A pipe that nobody writes to would be waited for while it is opened.
    let no_waiting = OFlags::NONBLOCK.bits().cast_signed();
    let opened = File::options().read(true).custom_flags(no_waiting).open(path);
    let mut file = opened.map_err(|error| unreadable(path, &error))?;
    let look = |file: &File| file.metadata().map_err(|error| unreadable(path, &error));
    let before = look(&file)?;
    if !before.is_file() {
        return Err(failed(path, "it is no regular file".to_owned()));
    }
    let mut bytes = Vec::with_capacity(before.len().min(MOST_BYTES as u64) as usize + 1);
    let limited = (&mut file).take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
    limited.map_err(|error| unreadable(path, &error))?;
    let bytes = bearable(path, bytes)?;
    Ok(is_same(&before, &look(&file)?, bytes.len()).then_some(bytes))
}

fn is_same(before: &Metadata, after: &Metadata, read: usize) -> bool {
    let written = |metadata: &Metadata| metadata.modified().ok();
    written(before) == written(after) && after.len() == read as u64
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    failed(path, error.to_string())
}

fn failed(path: &Path, reason: String) -> Error {
    Error::Chapter { path: path.to_owned(), reason }
}
