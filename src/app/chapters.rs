//! Chapters come in: files are found and read, parsed, compared with what is there, and stored, all of
//! one import in one transaction.

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use super::{App, Error, Result};
use crate::{
    domain::{
        deck::{Deck, DeckName},
        ids::CardId,
    },
    import::{
        self, MOST_BYTES, Parsed, Problem,
        plan::{Plan, plan},
    },
    store::{self, Source},
};

/// How far a long import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files that are done.
    pub done: usize,
    /// Files in all.
    pub files: usize,
}

/// What an import found and did.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// One report for each file, in order.
    pub files: Vec<FileReport>,
}

/// What the import of one file found and did.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// The file.
    pub path: PathBuf,
    /// The deck that it is; `None` when nothing in it is a question.
    pub deck: Option<DeckName>,
    /// What the chapter says it is about.
    pub topics: Vec<String>,
    /// Questions found: those imported and those held back.
    pub found: usize,
    /// Questions imported.
    pub imported: usize,
    /// How many of the questions found have each difficulty, as written, in lower case.
    pub difficulties: BTreeMap<String, usize>,
    /// What changed since the last time.
    pub changes: Changes,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// What an import changed in a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Changes {
    /// Questions that were not there before.
    pub added: usize,
    /// Questions whose text changed; their schedules stay.
    pub edited: usize,
    /// Questions that only changed their number or place.
    pub moved: usize,
    /// Questions that had left the chapter and are there again, with their history.
    pub returned: usize,
    /// Questions that left the chapter; their history stays.
    pub retired: usize,
    /// Questions that are as they were.
    pub unchanged: usize,
}

/// A file to import, and the book that it belongs to.
struct Chapter {
    path: PathBuf,
    book: Option<String>,
}

impl App {
    /// Imports chapters: files, and folders with all chapters in them, each folder as a book. Either
    /// everything is imported or nothing. `go_on` is told how far it has come and may stop it.
    ///
    /// # Errors
    /// When a path cannot be read, the collection cannot be written, or it was stopped.
    pub fn import(
        &mut self,
        paths: &[PathBuf],
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        let mut chapters = Vec::new();
        for path in paths {
            find_chapters(path, &mut chapters)?;
        }
        let import = self.store.import()?;
        let mut report = ImportReport::default();
        for (done, chapter) in chapters.iter().enumerate() {
            if !go_on(Progress { done, files: chapters.len() }) {
                return Err(Error::Stopped);
            }
            report.files.push(import_chapter(&import, chapter)?);
        }
        import.commit()?;
        Ok(report)
    }

    /// Where a card's question stands now: its file, and the line of its head as the file is today.
    ///
    /// # Errors
    /// When the file is gone or cannot be read.
    pub fn source(&self, card: CardId) -> Result<Source> {
        let Some(source) = self.store.source_of(card)? else {
            return Err(Error::NoSource { path: PathBuf::new() });
        };
        if !source.path.is_file() {
            return Err(Error::NoSource { path: source.path });
        }
        let question = self.store.question(card)?;
        let parsed = parse(&source.path)?;
        let same_text = parsed.questions.iter().find(|parsed| parsed.question.stem == question.stem);
        let same_number = || {
            let numbered = question.number.is_some();
            parsed.questions.iter().find(|parsed| numbered && parsed.question.number == question.number)
        };
        let line = same_text.or_else(same_number).map_or(source.line, |parsed| parsed.line);
        Ok(Source { line, ..source })
    }

    /// Imports a file again, after it was edited.
    ///
    /// # Errors
    /// As [`App::import`].
    pub fn import_again(&mut self, path: &Path) -> Result<FileReport> {
        let report = self.import(&[path.to_owned()], &mut |_| true)?;
        let nothing = || Error::Chapter { path: path.to_owned(), reason: "it is no chapter".to_owned() };
        report.files.into_iter().next().ok_or_else(nothing)
    }
}

impl ImportReport {
    /// Questions that were held back, in all files.
    pub fn held_back(&self) -> usize {
        self.files.iter().map(FileReport::held_back).sum()
    }
}

impl FileReport {
    /// Questions that were held back.
    pub fn held_back(&self) -> usize {
        self.found - self.imported
    }
}

impl Changes {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        Self { unchanged: 0, ..*self } == Self::default()
    }
}

/// A file is a chapter; a folder is a book of all Markdown files in it, and a folder in it a further one.
fn find_chapters(path: &Path, found: &mut Vec<Chapter>) -> Result<()> {
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

fn parse(path: &Path) -> Result<Parsed> {
    let text = read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(import::parse(&text, &name))
}

/// Reads a regular file of bearable size as UTF-8. Anything else could hang, or fill the memory.
fn read(path: &Path) -> Result<String> {
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

fn import_chapter(import: &store::Import<'_>, chapter: &Chapter) -> Result<FileReport> {
    let parsed = parse(&chapter.path)?;
    let mut report = FileReport {
        path: chapter.path.clone(),
        deck: None,
        topics: parsed.chapter.topics.clone(),
        found: parsed.found,
        imported: parsed.questions.len(),
        difficulties: difficulties(&parsed),
        changes: Changes::default(),
        problems: parsed.problems.clone(),
    };
    let known = import.deck_from(&chapter.path)?;
    if parsed.questions.is_empty() && known.is_none() {
        return Ok(report);
    }
    let deck = deck_for(import, chapter, &parsed, known)?;
    import.describe_deck(deck.id, &deck.name, &parsed.chapter.topics, &chapter.path)?;
    report.changes = bring_up_to_date(import, &deck, parsed)?;
    report.deck = Some(deck.name);
    Ok(report)
}

fn difficulties(parsed: &Parsed) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let imported = parsed.questions.iter().map(|parsed| &parsed.question.difficulty);
    let held_back = parsed.held_back.iter().map(|held| &held.difficulty);
    for difficulty in imported.chain(held_back).flatten() {
        *counts.entry(difficulty.to_lowercase()).or_default() += 1;
    }
    counts
}

/// The deck that a chapter is: the one that came from this file; else one of its name whose file is
/// gone or which asks the same; else a new one, with a name of its own.
fn deck_for(
    import: &store::Import<'_>,
    chapter: &Chapter,
    parsed: &Parsed,
    known: Option<Deck>,
) -> Result<Deck> {
    let title = &parsed.chapter.title;
    if let Some(known) = known {
        let book = chapter.book.clone().or(known.name.book.clone());
        let name = DeckName { book, chapter: title.clone() };
        let free = import.deck_named(&name)?.is_none();
        return Ok(Deck { name: if free { name } else { known.name }, ..known });
    }
    let name = DeckName { book: chapter.book.clone(), chapter: title.clone() };
    let Some(namesake) = import.deck_named(&name)? else { return new_deck(import, name) };
    if is_same_chapter(import, &namesake, parsed)? {
        return Ok(namesake);
    }
    let folder = chapter.path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let mut other = DeckName { chapter: format!("{title} ({folder})"), ..name };
    for nth in 2.. {
        if import.deck_named(&other)?.is_none() {
            break;
        }
        other.chapter = format!("{title} ({folder} {nth})");
    }
    new_deck(import, other)
}

fn new_deck(import: &store::Import<'_>, name: DeckName) -> Result<Deck> {
    Ok(Deck { id: import.add_deck(&name)?, name })
}

/// Whether a deck of the same name is the same chapter in another place: its own file is gone, or half
/// of the questions are the same.
fn is_same_chapter(import: &store::Import<'_>, namesake: &Deck, parsed: &Parsed) -> Result<bool> {
    let file_is_gone = import.path_of(namesake.id)?.is_none_or(|path| !Path::new(&path).is_file());
    let questions = import.questions(namesake.id)?;
    let known = |stem: &str| questions.iter().any(|known| known.question.stem == stem);
    let same = parsed.questions.iter().filter(|parsed| known(&parsed.question.stem)).count();
    Ok(file_is_gone && same > 0 || same * 2 > parsed.questions.len())
}

fn bring_up_to_date(import: &store::Import<'_>, deck: &Deck, parsed: Parsed) -> Result<Changes> {
    let plan = plan(&import.questions(deck.id)?, parsed.questions);
    let changes = changes(&plan);
    if plan.is_empty() {
        return Ok(changes);
    }
    let Plan { added, edited, moved, returned, retired, .. } = plan;
    for new in added {
        import.add_card(deck.id, &deck.name, new.place, new.line, &new.question)?;
    }
    for kept in edited.into_iter().chain(moved).chain(returned) {
        import.set_card(kept.card, kept.place, kept.line, &kept.after)?;
    }
    for card in retired {
        import.retire(card)?;
    }
    import.refresh(deck.id)?;
    Ok(changes)
}

fn changes(plan: &Plan) -> Changes {
    Changes {
        added: plan.added.len(),
        edited: plan.edited.len(),
        moved: plan.moved.len(),
        returned: plan.returned.len(),
        retired: plan.retired.len(),
        unchanged: plan.unchanged,
    }
}
