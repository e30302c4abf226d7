//! Finding the files of chapters, and reading them as far as is bearable.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use super::{Error, Result};
use crate::import::{self, MOST_BYTES, Parsed};

/// A file to import, and the book that it belongs to.
pub(super) struct Chapter {
    pub path: PathBuf,
    pub book: Option<String>,
}

/// A file is a chapter; a folder is a book of all Markdown files in it, and a folder in it a further one.
pub(super) fn find_chapters(path: &Path, found: &mut Vec<Chapter>) -> Result<()> {
    let unreadable =
        |error: std::io::Error| Error::Chapter { path: path.to_owned(), reason: error.to_string() };
    let path = path.canonicalize().map_err(unreadable)?;
    if !path.is_dir() {
        found.push(Chapter { path, book: None });
        return Ok(());
    }
    let name = path.file_name().map_or_else(|| "/".to_owned(), |name| name.to_string_lossy().into_owned());
    find_in_folder(&path, &name, found)
}

fn find_in_folder(folder: &Path, book: &str, found: &mut Vec<Chapter>) -> Result<()> {
    let unreadable =
        |error: std::io::Error| Error::Chapter { path: folder.to_owned(), reason: error.to_string() };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut paths: Vec<PathBuf> = entries.map_err(unreadable)?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let hidden = name.starts_with('.');
        let markdown = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
        // A link to a folder may lead back up; one to a file is as good as the file.
        if path.is_dir() && !path.is_symlink() && !hidden {
            find_in_folder(&path, &format!("{book} / {name}"), found)?;
        } else if markdown && !hidden && path.is_file() {
            found.push(Chapter { path, book: Some(book.to_owned()) });
        }
    }
    Ok(())
}

/// Reads a chapter.
pub(super) fn parse(path: &Path) -> Result<Parsed> {
    let text = read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(import::parse(&text, &name))
}

/// Reads a regular file of bearable size as UTF-8. Anything else could hang, or fill the memory.
pub(super) fn read(path: &Path) -> Result<String> {
    let failed = |reason: String| Error::Chapter { path: path.to_owned(), reason };
    let metadata = fs::metadata(path).map_err(|error| failed(error.to_string()))?;
    if !metadata.is_file() {
        return Err(failed("it is no regular file".to_owned()));
    }
    let too_large = || failed(format!("it is larger than {} MiB", MOST_BYTES >> 20));
    if metadata.len() > MOST_BYTES as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    let file = fs::File::open(path).map_err(|error| failed(error.to_string()))?;
    let limited = file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
    limited.map_err(|error| failed(error.to_string()))?;
    if bytes.len() > MOST_BYTES {
        return Err(too_large());
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        failed(format!("line {line} is not UTF-8; save the file in that encoding"))
    })
}
