//! What an import found and did, for both faces to tell.

use std::{
    fmt,
    mem::take,
    path::{Path, PathBuf},
};

use super::{Edit, What};
use crate::{
    domain::deck::DeckName,
    import::{Facts, Parsed, Problem, Severity, plan::Plan},
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

/// What one file holds, and what its import did; a check does nothing.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// The file.
    pub path: PathBuf,
    /// The deck that it is; `None` when nothing in it is a question.
    pub deck: Option<DeckName>,
    /// What the chapter calls itself.
    pub title: String,
    /// What the chapter says it is about.
    pub topics: Vec<String>,
    /// Questions found: those imported and those held back.
    pub found: usize,
    /// Questions imported.
    pub imported: usize,
    /// What can be counted of the questions found.
    pub facts: Facts,
    /// What changed since the last time.
    pub changes: Changes,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What happened to each question that is not as it was; empty for a new deck.
    pub edits: Vec<Edit>,
    /// Where it was and what it was called before, if that is not where and what it is now.
    pub was: Option<Was>,
    /// Whether it was imported before, and its problems were told then.
    pub told_before: bool,
    /// So many questions are held back, and for that reason nothing was imported.
    pub refused: Option<usize>,
    /// Why nothing of it could be read, if so. Files that a person named make the import fail instead.
    pub unreadable: Option<String>,
}

/// What was different about a deck before an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Was {
    /// The file that it came from.
    pub path: Option<PathBuf>,
    /// What it was called.
    pub name: Option<DeckName>,
}

/// What an import changed in a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Changes {
    /// Questions that were not there before.
    pub added: usize,
    /// Questions whose text changed; their schedules stay.
    pub edited: usize,
    /// Those of them, and of the returned ones, whose right answer is another one now.
    pub answer_changed: usize,
    /// Questions that only changed their number or place.
    pub moved: usize,
    /// Questions that had left the chapter and are there again, with their history.
    pub returned: usize,
    /// Questions that left the chapter; their history stays.
    pub retired: usize,
    /// Questions that are as they were.
    pub unchanged: usize,
    /// Questions of the chapter that the person has deleted, and that stay so. They are among the others too.
    pub deleted: usize,
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

    /// The files of which there is something to tell: all that are not as they were, or the only one.
    pub fn news(&self) -> impl Iterator<Item = &FileReport> {
        let alone = self.files.len() == 1;
        self.files.iter().filter(move |file| alone || file.is_news())
    }

    /// Files that are as they were.
    pub fn as_before(&self) -> usize {
        self.files.iter().filter(|file| !file.is_news()).count()
    }

    /// Whether there is anything to keep of the import. Files of which all is held back leave nothing.
    pub(super) fn has_done_something(&self) -> bool {
        self.files.iter().any(|file| file.deck.is_some() || !file.changes.is_empty())
    }

    /// Files of which nothing could be read.
    pub fn unreadable(&self) -> usize {
        self.files.iter().filter(|file| file.unreadable.is_some()).count()
    }
}

impl FileReport {
    /// What is said of a parsed file before anything is made of it. Its problems come along: they may be many.
    pub(super) fn of(path: &Path, parsed: &mut Parsed, facts: Facts) -> Self {
        Self {
            path: path.to_owned(),
            deck: None,
            title: parsed.chapter.title.clone(),
            topics: parsed.chapter.topics.clone(),
            found: parsed.found,
            imported: parsed.questions.len(),
            facts,
            changes: Changes::default(),
            edits: Vec::new(),
            was: None,
            told_before: false,
            refused: None,
            problems: take(&mut parsed.problems),
            unreadable: None,
        }
    }

    fn nothing_of(path: &Path) -> Self {
        Self::of(path, &mut Parsed::default(), Facts::default())
    }

    /// A file that has not changed since all of it was imported, and was not read again.
    pub(super) fn as_before(path: &Path, deck: &DeckName, cards: usize) -> Self {
        Self {
            deck: Some(deck.clone()),
            found: cards,
            imported: cards,
            changes: Changes { unchanged: cards, ..Changes::default() },
            ..Self::nothing_of(path)
        }
    }

    /// A chapter whose file is gone, and whose questions were retired for that.
    pub(super) fn pruned(path: &Path, deck: &DeckName, retired: usize) -> Self {
        let changes = Changes { retired, ..Changes::default() };
        Self { deck: Some(deck.clone()), changes, ..Self::nothing_of(path) }
    }

    /// All of it or nothing was wanted, and some of it is held back.
    pub(super) fn refuse(&mut self) {
        self.refused = Some(self.held_back());
        self.imported = 0;
    }

    pub(super) fn unreadable_file(path: &Path, reason: String) -> Self {
        Self { unreadable: Some(reason), ..Self::nothing_of(path) }
    }

    /// Questions that were held back.
    pub fn held_back(&self) -> usize {
        self.found - self.imported
    }

    /// The changed questions to name: where one is inserted all that follow move, and that is no news.
    pub fn edits_to_tell(&self) -> impl Iterator<Item = &Edit> {
        self.edits.iter().filter(|edit| edit.what != What::Moved)
    }

    /// Whether there is something to tell of it: it is not as it was.
    pub fn is_news(&self) -> bool {
        let changed = !self.changes.is_empty() || self.was.is_some();
        self.unreadable.is_some() || self.deck.is_none() || self.held_back() > 0 || changed
    }

    /// How many of its problems have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }

    /// The problems to tell a person after an import, by line, and how many more there are that were
    /// told before: of a chapter that has not changed only what is held back is told again.
    pub fn problems_to_tell(&self) -> (Vec<&Problem>, usize) {
        let unchanged = self.told_before && self.changes.is_empty();
        let told_before = |problem: &&Problem| problem.severity != Severity::HeldBack && unchanged;
        let problems: Vec<&Problem> = self.problems.iter().filter(|problem| !told_before(problem)).collect();
        let before = self.problems.len() - problems.len();
        (problems, before)
    }
}

impl fmt::Display for Changes {
    /// `3 added, 47 unchanged`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, edited, answer_changed, moved, returned, retired, unchanged, deleted } = *self;
        let all = [
            (added, "added"),
            (edited, "edited"),
            (moved, "moved"),
            (returned, "returned"),
            (retired, "retired"),
            (unchanged, "unchanged"),
        ];
        let told = all.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        match self.is_empty() {
            true => f.write_str("nothing changed")?,
            false => f.write_str(&told.collect::<Vec<_>>().join(", "))?,
        }
        if deleted > 0 {
            write!(f, "; {deleted} of them deleted by you, and left so")?;
        }
        if answer_changed > 0 {
            write!(f, "; {answer_changed} with another answer")?;
        }
        Ok(())
    }
}

impl Changes {
    pub(super) fn of(plan: &Plan) -> Self {
        Self {
            added: plan.added.len(),
            edited: plan.edited.len(),
            answer_changed: plan
                .edited
                .iter()
                .chain(&plan.returned)
                .filter(|kept| kept.answer_changed)
                .count(),
            moved: plan.moved.len(),
            returned: plan.returned.len(),
            retired: plan.retired.len(),
            unchanged: plan.unchanged + plan.shifted.len(),
            deleted: 0,
        }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        Self { unchanged: 0, deleted: 0, ..*self } == Self::default()
    }
}
