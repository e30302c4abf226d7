//! The names of decks follow the titles of their chapters. No two decks have the same one, so where titles
//! are exchanged within an import, names are settled when all of it has been read.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        Result,
        report::{ImportReport, Was},
    },
    domain::{
        deck::{Deck, DeckName},
        ids::DeckId,
    },
    store::Import,
};

/// Decks that could not have the names of their chapters yet.
#[derive(Default)]
pub(super) struct Names {
    waiting: Vec<Waiting>,
}

#[derive(Clone)]
struct Waiting {
    deck: DeckId,
    name: DeckName,
    wanted: DeckName,
    file: PathBuf,
}

impl Names {
    /// A known deck under the name that its chapter has now; under the one it had, while another deck has
    /// that name.
    pub fn rename(
        &mut self,
        import: &Import<'_>,
        path: &Path,
        known: &Deck,
        book: Option<&str>,
        title: &str,
    ) -> Result<DeckName> {
        let book = book.map(str::to_owned).or(known.name.book.clone());
        let wanted = DeckName { book, chapter: title.to_owned() };
        if wanted == known.name {
            return Ok(wanted);
        }
        if import.deck_named(&wanted)?.is_some_and(|deck| deck.id != known.id) {
            let name = known.name.clone();
            self.waiting.push(Waiting { deck: known.id, name, wanted, file: path.to_owned() });
            return Ok(known.name.clone());
        }
        import.rename_deck(known.id, &wanted)?;
        Ok(wanted)
    }

    /// A new deck. While its title is taken, the file's name tells it apart.
    pub fn add(&mut self, import: &Import<'_>, path: &Path, wanted: DeckName) -> Result<Deck> {
        let name = unused(import, path, &wanted)?;
        let id = import.add_deck(&name)?;
        if name != wanted {
            self.waiting.push(Waiting { deck: id, name: name.clone(), wanted, file: path.to_owned() });
        }
        Ok(Deck { id, name })
    }

    /// Gives the waiting decks their names, as those become free. What still waits then keeps what it has.
    pub fn settle(mut self, import: &Import<'_>, report: &mut ImportReport) -> Result<()> {
        loop {
            let mut still = Vec::new();
            for waiting in &self.waiting {
                if import.deck_named(&waiting.wanted)?.is_some() {
                    still.push(waiting.clone());
                    continue;
                }
                import.rename_deck(waiting.deck, &waiting.wanted)?;
                waiting.tell(report);
            }
            let has_moved = still.len() < self.waiting.len();
            self.waiting = still;
            if !has_moved && !self.break_circles(import)? {
                return Ok(());
            }
        }
    }

    /// Where decks wait for each other in a circle, one of them makes room. Says whether any does.
    fn break_circles(&self, import: &Import<'_>) -> Result<bool> {
        let mut any = false;
        for first in &self.waiting {
            let mut at = first;
            for _ in &self.waiting {
                let holder = import.deck_named(&at.wanted)?.map(|deck| deck.id);
                let Some(next) = self.waiting.iter().find(|waiting| Some(waiting.deck) == holder) else {
                    break;
                };
                if next.deck == first.deck {
                    let room = unused(import, &first.file, &first.wanted)?;
                    import.rename_deck(first.deck, &room)?;
                    any = true;
                    break;
                }
                at = next;
            }
        }
        Ok(any)
    }
}

impl Waiting {
    /// The report calls a deck by the name that it has got.
    fn tell(&self, report: &mut ImportReport) {
        let Some(file) = report.files.iter_mut().find(|file| file.path == self.file) else { return };
        file.deck = Some(self.wanted.clone());
        if file.told_before {
            file.was.get_or_insert_with(Was::default).name = Some(self.name.clone());
        }
    }
}

fn unused(import: &Import<'_>, path: &Path, wanted: &DeckName) -> Result<DeckName> {
    let file = path.file_stem().unwrap_or_default().to_string_lossy();
    let title = &wanted.chapter;
    let numbered = (2..).map(|nth| format!("{title} ({file} {nth})"));
    for chapter in [title.clone(), format!("{title} ({file})")].into_iter().chain(numbered) {
        let name = DeckName { chapter, ..wanted.clone() };
        if import.deck_named(&name)?.is_none() {
            return Ok(name);
        }
    }
    unreachable!("there is always a further number")
}
