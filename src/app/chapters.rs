//! Chapters come in: what their files say is compared with what is there, and stored, all of one import
//! in one transaction.

use std::path::{Path, PathBuf};

use super::{
    App, Error, Result,
    files::{Chapter, find_chapters, parse},
    matching::decks_of,
    report::{Changes, FileReport, ImportReport, Progress},
};
use crate::{
    domain::{
        deck::{Deck, DeckName},
        ids::CardId,
        question::Question,
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
        let (files, mut report) = read(chapters, go_on)?;
        let import = self.store.import()?;
        let decks = decks_of(&import, &files)?;
        free_paths(&import, &files, &decks)?;
        for ((chapter, parsed), deck) in files.into_iter().zip(decks) {
            report.files.push(import_chapter(&import, &chapter, parsed, deck)?);
        }
        import.commit()?;
        report.files.sort_by(|a, b| a.path.cmp(&b.path));
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
        let same_text = |other: &Question| other.stem == question.stem;
        let same_number = |other: &Question| question.number.is_some() && other.number == question.number;
        let find = |test: &dyn Fn(&Question) -> bool| parsed.questions.iter().find(|it| test(&it.question));
        let found = find(&|other| same_text(other) && same_number(other))
            .or_else(|| find(&same_text))
            .or_else(|| find(&same_number));
        let line = found.map_or(source.line, |found| found.line);
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

/// Reads all files. One in a folder that cannot be read is reported and keeps none of the others out.
fn read(
    chapters: Vec<Chapter>,
    go_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<(Vec<(Chapter, Parsed)>, ImportReport)> {
    let (count, mut files, mut report) = (chapters.len(), Vec::new(), ImportReport::default());
    for (done, chapter) in chapters.into_iter().enumerate() {
        if !go_on(Progress { done, files: count }) {
            return Err(Error::Stopped);
        }
        match parse(&chapter.path) {
            Ok(parsed) => files.push((chapter, parsed)),
            Err(Error::Chapter { reason, .. }) if chapter.book.is_some() => {
                report.files.push(FileReport::unreadable_file(&chapter.path, reason));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((files, report))
}

/// A deck that is another file now gives its path free, for the file that is there now.
fn free_paths(import: &store::Import<'_>, files: &[(Chapter, Parsed)], decks: &[Option<Deck>]) -> Result<()> {
    for ((chapter, _), deck) in files.iter().zip(decks) {
        let before = import.deck_from(&chapter.path)?;
        let moved = before.filter(|before| deck.as_ref().is_none_or(|deck| deck.id != before.id));
        if let Some(moved) = moved {
            import.forget_path(moved.id)?;
        }
    }
    Ok(())
}

/// Brings a file's deck up to date. A file that asks nothing (any more) changes nothing.
fn import_chapter(
    import: &store::Import<'_>,
    chapter: &Chapter,
    parsed: Parsed,
    deck: Option<Deck>,
) -> Result<FileReport> {
    let mut report = FileReport::of(&chapter.path, &parsed);
    if parsed.found == 0 || (parsed.questions.is_empty() && deck.is_none()) {
        return Ok(report);
    }
    let deck = match deck {
        Some(deck) => renamed(import, chapter, &parsed, deck)?,
        None => new_deck(import, chapter, &parsed.chapter.title)?,
    };
    import.describe_deck(deck.id, &deck.name, &parsed.chapter.topics, &chapter.path)?;
    report.changes = bring_up_to_date(import, &deck, parsed)?;
    report.deck = Some(deck.name);
    Ok(report)
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
