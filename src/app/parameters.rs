//! The parameters of FSRS that were fitted to the person's own answers: a file of their own beside the
//! collection. The settings are written by people, and this is written by the program, whole or not at all.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{App, Error, Result, paths::Paths};
use crate::domain::{deck::Scope, ids::DeckId, scheduler::fsrs::Parameters};

const INTRODUCTION: &str = "\
# Parameters of FSRS-6, fitted to your answers and written by `retain optimize`. An entry holds for a deck, a
# book or, where it names neither, for everything. Delete this file to go back to the published parameters.

";

/// Parameters that were fitted to the answers of a scope, and how they did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fitted {
    /// The book, where they are for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book: Option<String>,
    /// The number of the deck in the collection, where they are for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deck: Option<i64>,
    /// The newest study day with an answer that had a part in them. How good they are shows on later ones.
    pub through: NaiveDate,
    /// The scored answers that they were fitted to.
    pub fitted_to: usize,
    /// The later ones on which they were judged.
    pub judged_on: usize,
    /// The share of the fit in them; the rest is the published parameters.
    pub lambda: f64,
    /// The log loss of the published parameters on the answers on which they were judged.
    pub log_loss_default: f64,
    /// Their own log loss on these.
    pub log_loss: f64,
    /// The values, in the order of the published formulas.
    pub parameters: Vec<f64>,
}

/// All that was fitted.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fitted: Vec<Fitted>,
}

impl Fitted {
    /// The scope that they are for.
    pub fn scope(&self) -> Scope {
        match (&self.book, self.deck) {
            (_, Some(deck)) => Scope::Deck(DeckId(deck)),
            (Some(book), None) => Scope::Book(book.clone()),
            (None, None) => Scope::Everything,
        }
    }
}

/// The parameters that the text of such a file holds for everything, or for the one scope that it names.
///
/// # Errors
/// When it is another text, says nothing of everything and more than one thing else, or holds what cannot be
/// parameters.
pub fn kept_parameters(text: &str) -> Result<Parameters, String> {
    let File { fitted } = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let for_all = fitted.iter().find(|fitted| fitted.scope() == Scope::Everything);
    let found = match (for_all, fitted.as_slice()) {
        (Some(fitted), _) | (None, [fitted]) => fitted,
        (None, _) => {
            return Err(
                "it says nothing of everything: give the numbers of one of its decks or books".to_owned()
            );
        }
    };
    Parameters::new(&found.parameters).map_err(|error| error.to_string())
}

impl App {
    /// Where fitted parameters are kept; the file need not exist.
    pub fn parameters_file(&self) -> PathBuf {
        file(&self.paths)
    }

    /// The parameters that were fitted to the answers of this scope; where there are none for a deck, those of
    /// its book, and where there are none for that either, those of everything.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or holds what cannot be parameters; when the collection cannot
    /// be read.
    pub fn fitted(&self, scope: &Scope) -> Result<Option<(Fitted, Parameters)>> {
        let path = self.parameters_file();
        let File { fitted } = read(&path)?;
        let of = |scope: &Scope| fitted.iter().find(|fitted| fitted.scope() == *scope);
        let book = match scope {
            Scope::Deck(deck) => self.store.name_of(*deck)?.and_then(|name| name.book).map(Scope::Book),
            Scope::Book(_) | Scope::Everything => None,
        };
        let scopes = [Some(scope), book.as_ref(), Some(&Scope::Everything)];
        let Some(found) = scopes.into_iter().flatten().find_map(of) else { return Ok(None) };
        let parameters = Parameters::new(&found.parameters).map_err(|error| unusable(&path, error))?;
        Ok(Some((found.clone(), parameters)))
    }

    /// Keeps these parameters in place of those for the same scope.
    ///
    /// # Errors
    /// When the file cannot be read or written. It is as it was then.
    pub fn keep_fitted(&self, new: Fitted) -> Result<()> {
        let path = self.parameters_file();
        let File { mut fitted } = read(&path)?;
        fitted.retain(|old| old.scope() != new.scope());
        fitted.push(new);
        write(&path, &File { fitted })
    }
}

/// All parameters that were fitted, each with the scope that they are for.
///
/// # Errors
/// When the file is there and cannot be read, or holds what cannot be parameters.
pub(super) fn all_fitted(paths: &Paths) -> Result<Vec<(Scope, Parameters)>> {
    let path = file(paths);
    let usable = |fitted: &Fitted| {
        let parameters = Parameters::new(&fitted.parameters).map_err(|error| unusable(&path, error))?;
        Ok((fitted.scope(), parameters))
    };
    read(&path)?.fitted.iter().map(usable).collect()
}

fn file(paths: &Paths) -> PathBuf {
    paths.data.join("fsrs-parameters.toml")
}

fn read(path: &Path) -> Result<File> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| unusable(path, error.message())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(File::default()),
        Err(error) => Err(unusable(path, error)),
    }
}

fn write(path: &Path, file: &File) -> Result<()> {
    let text = toml::to_string(file).map_err(|error| unusable(path, error))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut beside = NamedTempFile::new_in(folder)?;
        beside.write_all(INTRODUCTION.as_bytes())?;
        beside.write_all(text.as_bytes())?;
        beside.as_file().sync_all()?;
        beside.persist(path)?;
        // Their name survives a power cut only after this.
        std::fs::File::open(folder)?.sync_all()
    };
    write().map_err(|error| unusable(path, error))
}

fn unusable(path: &Path, reason: impl ToString) -> Error {
    Error::Parameters { path: path.to_owned(), reason: reason.to_string() }
}
