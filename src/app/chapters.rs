//! Chapters come in: files are found and read, parsed, compared with what is there, and stored, all of
//! one import in one transaction.

use std::{
    collections::{BTreeMap, HashSet},
    fmt, fs,
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
        self, MOST_BYTES, Parsed, Problem, Severity,
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
    /// Why nothing of it could be read, if so. Files that a person named make the import fail instead.
    pub unreadable: Option<String>,
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
        let mut homeless = homeless_decks(&import)?;
        let mut report = ImportReport::default();
        for (done, chapter) in chapters.iter().enumerate() {
            if !go_on(Progress { done, files: chapters.len() }) {
                return Err(Error::Stopped);
            }
            report.files.push(import_chapter(&import, chapter, &mut homeless)?);
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
    /// Questions found, in all files.
    pub fn found(&self) -> usize {
        self.files.iter().map(|file| file.found).sum()
    }

    /// Questions that were held back, in all files.
    pub fn held_back(&self) -> usize {
        self.files.iter().map(FileReport::held_back).sum()
    }

    /// Files of which nothing could be read.
    pub fn unreadable(&self) -> usize {
        self.files.iter().filter(|file| file.unreadable.is_some()).count()
    }
}

impl FileReport {
    fn of(path: &Path, parsed: &Parsed) -> Self {
        Self {
            path: path.to_owned(),
            deck: None,
            topics: parsed.chapter.topics.clone(),
            found: parsed.found,
            imported: parsed.questions.len(),
            difficulties: difficulties(parsed),
            changes: Changes::default(),
            problems: parsed.problems.clone(),
            unreadable: None,
        }
    }

    fn unreadable(path: &Path, reason: String) -> Self {
        Self { unreadable: Some(reason), ..Self::of(path, &Parsed::default()) }
    }

    /// Questions that were held back.
    pub fn held_back(&self) -> usize {
        self.found - self.imported
    }

    /// The problems to tell a person, what is held back first, and how many more there are that were
    /// told before: of a chapter that has not changed only what is held back is told again.
    pub fn problems_to_tell(&self) -> (Vec<&Problem>, usize) {
        let told_before =
            |problem: &&Problem| problem.severity != Severity::HeldBack && self.changes.is_empty();
        let mut problems: Vec<&Problem> =
            self.problems.iter().filter(|problem| !told_before(problem)).collect();
        problems.sort_by_key(|problem| problem.severity);
        let before = self.problems.len() - problems.len();
        (problems, before)
    }
}

impl fmt::Display for Changes {
    /// `3 added, 47 unchanged`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing changed");
        }
        let Self { added, edited, moved, returned, retired, unchanged } = *self;
        let all = [
            (added, "added"),
            (edited, "edited"),
            (moved, "moved"),
            (returned, "returned"),
            (retired, "retired"),
            (unchanged, "unchanged"),
        ];
        let told = all.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        f.write_str(&told.collect::<Vec<_>>().join(", "))
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

fn import_chapter(
    import: &store::Import<'_>,
    chapter: &Chapter,
    homeless: &mut Vec<Deck>,
) -> Result<FileReport> {
    let parsed = match parse(&chapter.path) {
        Ok(parsed) => parsed,
        Err(Error::Chapter { reason, .. }) if chapter.book.is_some() => {
            return Ok(FileReport::unreadable(&chapter.path, reason));
        }
        Err(error) => return Err(error),
    };
    let mut report = FileReport::of(&chapter.path, &parsed);
    let known = import.deck_from(&chapter.path)?;
    if parsed.questions.is_empty() && known.is_none() {
        return Ok(report);
    }
    let deck = match known {
        Some(known) => renamed(import, chapter, &parsed, known)?,
        None => match take_moved(import, homeless, &parsed)? {
            Some(moved) => renamed(import, chapter, &parsed, moved)?,
            None => new_deck(import, chapter, &parsed.chapter.title)?,
        },
    };
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

/// Decks whose files are no longer where they were.
fn homeless_decks(import: &store::Import<'_>) -> Result<Vec<Deck>> {
    let decks = import.decks_with_files()?;
    let gone = decks.into_iter().filter(|(_, path)| !path.is_file());
    Ok(gone.map(|(deck, _)| deck).collect())
}

/// The deck that a chapter was before its file was moved or renamed: one whose file is gone, and which
/// asks at least half of the same.
fn take_moved(import: &store::Import<'_>, homeless: &mut Vec<Deck>, parsed: &Parsed) -> Result<Option<Deck>> {
    for place in 0..homeless.len() {
        let questions = import.questions(homeless[place].id)?;
        let asked: HashSet<&str> = questions.iter().map(|entry| entry.question.stem.as_str()).collect();
        let same = parsed.questions.iter().filter(|parsed| asked.contains(parsed.question.stem.as_str()));
        if same.count() * 2 >= parsed.questions.len() {
            return Ok(Some(homeless.remove(place)));
        }
    }
    Ok(None)
}

/// A known deck under the name that its chapter has now, unless another deck has that name.
fn renamed(import: &store::Import<'_>, chapter: &Chapter, parsed: &Parsed, known: Deck) -> Result<Deck> {
    let book = chapter.book.clone().or(known.name.book.clone());
    let name = DeckName { book, chapter: parsed.chapter.title.clone() };
    let free = import.deck_named(&name)?.is_none_or(|deck| deck.id == known.id);
    Ok(Deck { name: if free { name } else { known.name }, ..known })
}

/// A new deck. Where its title is taken, the file's name tells it apart.
fn new_deck(import: &store::Import<'_>, chapter: &Chapter, title: &str) -> Result<Deck> {
    let file = chapter.path.file_stem().unwrap_or_default().to_string_lossy();
    let name = |title: String| DeckName { book: chapter.book.clone(), chapter: title };
    let numbered = (2..).map(|nth| format!("{title} ({file} {nth})"));
    for title in [title.to_owned(), format!("{title} ({file})")].into_iter().chain(numbered) {
        let name = name(title);
        if import.deck_named(&name)?.is_none() {
            return Ok(Deck { id: import.add_deck(&name)?, name });
        }
    }
    unreachable!("there is always a further number")
}

fn bring_up_to_date(import: &store::Import<'_>, deck: &Deck, parsed: Parsed) -> Result<Changes> {
    let plan = plan(&import.questions(deck.id)?, parsed.questions, &parsed.held_back);
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
