//! Chapters go out: the questions of decks as text, and text into files.

use std::{
    fs::Permissions,
    io::{ErrorKind, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use super::{App, Error, Result};
use crate::{
    domain::{
        deck::{DeckName, Scope},
        ids::DeckId,
        question::Question,
    },
    export::{self, Exported, Format},
    import::split_topics,
};

/// A deck as a chapter's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedDeck {
    /// The deck.
    pub name: DeckName,
    /// How many questions it has, those left out included.
    pub questions: usize,
    /// Its text.
    pub exported: Exported,
}

impl App {
    /// The decks of a scope as chapters, without retired questions.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn export(&self, scope: &Scope, format: Format) -> Result<Vec<ExportedDeck>> {
        let rows = self.overview()?.decks.into_iter();
        let decks = rows.filter(|row| match scope {
            Scope::Everything => true,
            Scope::Book(book) => row.name.book.as_ref() == Some(book),
            Scope::Deck(id) => row.id == *id,
        });
        decks.map(|row| self.export_deck(row.id, row.name, format)).collect()
    }

    fn export_deck(&self, deck: DeckId, name: DeckName, format: Format) -> Result<ExportedDeck> {
        let asked = self.store.questions(deck)?.into_iter().filter(|entry| !entry.retired);
        let questions: Vec<Question> = asked.map(|entry| entry.question).collect();
        let topics = split_topics(&self.store.topics(deck)?);
        let exported = export::write(format, &name, &topics, &questions);
        Ok(ExportedDeck { name, questions: questions.len(), exported })
    }
}

/// Writes a file whole or not at all. One that is there already is replaced only when that is `allowed`.
///
/// # Errors
/// [`Error::Output`] when it is there already, or its folder cannot be written.
pub fn write_file(path: &Path, text: &str, allowed: bool) -> Result<()> {
    let failed = |error: std::io::Error| {
        let reason = match error.kind() {
            ErrorKind::AlreadyExists => "it is there already; --force replaces it".to_owned(),
            _ => error.to_string(),
        };
        Error::Output { path: path.to_owned(), reason }
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // What the person's umask allows, instead of a temporary file's secrecy.
    let permissions = Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new().permissions(permissions).tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    let kept = if allowed { file.persist(path) } else { file.persist_noclobber(path) };
    kept.map(drop).map_err(|error| failed(error.error))
}
