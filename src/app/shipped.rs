//! The chapters that ship inside the program.

use std::{fs, io::Write, os::unix::fs::DirBuilderExt, path::Path};

use super::{App, Error, ImportOptions, Result};
use crate::{domain::ids::DeckId, import};

/// A chapter that ships inside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// The name of its file.
    pub file_name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All chapters that ship, in the order in which they are offered.
pub const SHIPPED: [Shipped; 3] = [
    Shipped {
        file_name: "python-memory-concurrency.md",
        text: include_str!("../../decks/python-memory-concurrency.md"),
    },
    Shipped { file_name: "git-from-the-inside.md", text: include_str!("../../decks/git-from-the-inside.md") },
    Shipped {
        file_name: "sql-that-does-what-you-meant.md",
        text: include_str!("../../decks/sql-that-does-what-you-meant.md"),
    },
];

/// What is said of a chapter that ships before it is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedDeck {
    /// The name of its file, by which it is started.
    pub file_name: &'static str,
    /// The name of the deck that it makes.
    pub title: String,
    /// How many questions it has.
    pub questions: usize,
}

impl App {
    /// The chapters that ship with the program.
    pub fn shipped(&self) -> Vec<ShippedDeck> {
        let describe = |shipped: &Shipped| {
            let parsed = import::parse(shipped.text, shipped.file_name);
            ShippedDeck {
                file_name: shipped.file_name,
                title: parsed.chapter.title,
                questions: parsed.questions.len(),
            }
        };
        SHIPPED.iter().map(describe).collect()
    }

    /// Makes a deck of a chapter that ships. Its text becomes a file in the collection's folder, so
    /// that it can be edited like any other.
    ///
    /// # Errors
    /// When the file or the collection cannot be written, or no chapter has that name.
    pub fn start_shipped(&mut self, file_name: &str) -> Result<DeckId> {
        let folder = self.paths.shipped_chapters();
        let path = folder.join(file_name);
        let failed = |reason: String| Error::Chapter { path: path.clone(), reason };
        let shipped = SHIPPED.iter().find(|shipped| shipped.file_name == file_name);
        let shipped = shipped.ok_or_else(|| failed("no chapter of that name ships".to_owned()))?;
        write_once(&folder, &path, shipped.text).map_err(|error| failed(error.to_string()))?;
        self.import(std::slice::from_ref(&path), ImportOptions::default(), &mut |_| true)?;
        let path = path.canonicalize().map_err(|error| failed(error.to_string()))?;
        let deck = self.store.deck_from(&path)?;
        deck.map(|deck| deck.id).ok_or_else(|| failed("it made no deck".to_owned()))
    }
}

/// Writes a file whole or not at all; one that is there already stays as it is.
fn write_once(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
