//! What an import found and did, for both faces to tell.

use std::{
    fmt,
    path::{Path, PathBuf},
};

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
    pub(super) fn of(path: &Path, parsed: &Parsed) -> Self {
        Self {
            path: path.to_owned(),
            deck: None,
            title: parsed.chapter.title.clone(),
            topics: parsed.chapter.topics.clone(),
            found: parsed.found,
            imported: parsed.questions.len(),
            facts: Facts::of(parsed),
            changes: Changes::default(),
            problems: parsed.problems.clone(),
            unreadable: None,
        }
    }

    pub(super) fn unreadable_file(path: &Path, reason: String) -> Self {
        Self { unreadable: Some(reason), ..Self::of(path, &Parsed::default()) }
    }

    /// Questions that were held back.
    pub fn held_back(&self) -> usize {
        self.found - self.imported
    }

    /// How many of its problems have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }

    /// The problems to tell a person after an import, by line, and how many more there are that were
    /// told before: of a chapter that has not changed only what is held back is told again.
    pub fn problems_to_tell(&self) -> (Vec<&Problem>, usize) {
        let told_before =
            |problem: &&Problem| problem.severity != Severity::HeldBack && self.changes.is_empty();
        let problems: Vec<&Problem> = self.problems.iter().filter(|problem| !told_before(problem)).collect();
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
        let Self { added, edited, answer_changed, moved, returned, retired, unchanged } = *self;
        let all = [
            (added, "added"),
            (edited, "edited"),
            (answer_changed, "with another answer"),
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
    pub(super) fn of(plan: &Plan) -> Self {
        Self {
            added: plan.added.len(),
            edited: plan.edited.len(),
            answer_changed: plan.edited.iter().chain(&plan.returned).filter(|kept| kept.key_changed).count(),
            moved: plan.moved.len(),
            returned: plan.returned.len(),
            retired: plan.retired.len(),
            unchanged: plan.unchanged,
        }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        Self { unchanged: 0, ..*self } == Self::default()
    }
}
