//! Chapters come in: what their files say is compared with what is there, and stored, all of one import
//! in one transaction.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::{
    App, Error, Result,
    files::{Chapter, find_chapters, parse},
    report::{Changes, FileReport, ImportReport, Progress},
};
use crate::{
    domain::{
        deck::{Deck, DeckName},
        ids::CardId,
    },
    import::{
        Parsed,
        plan::{Plan, plan},
    },
    store::{self, Source},
};

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

fn import_chapter(
    import: &store::Import<'_>,
    chapter: &Chapter,
    homeless: &mut Vec<Deck>,
) -> Result<FileReport> {
    let parsed = match parse(&chapter.path) {
        Ok(parsed) => parsed,
        Err(Error::Chapter { reason, .. }) if chapter.book.is_some() => {
            return Ok(FileReport::unreadable_file(&chapter.path, reason));
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
    let changes = Changes::of(&plan);
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
