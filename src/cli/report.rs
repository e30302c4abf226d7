//! What was found in chapters, for people and for programs: the same after an import and after a check.

use std::{collections::BTreeMap, io::Write};

use serde::Serialize;

use super::{
    drawn::{Pen, shown_path},
    edits::EditRow,
    text,
};
use crate::{
    app::{Changes, FileReport, Was},
    import::{Facts, Problem, Severity},
};

/// What the report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// The good questions are in the collection now.
    Imported,
    /// Nothing was done with them.
    Checked,
}

/// More problems of one file than anybody reads: a hostile file has a hundred thousand.
const MOST_DRAWN: usize = 1000;

/// One file for people: its problems, then what it came to.
pub(super) fn file(file: &FileReport, deed: Deed, pen: &Pen, out: &mut dyn Write) -> anyhow::Result<()> {
    let path = shown_path(&file.path);
    if let Some(reason) = &file.unreadable {
        let verb = match deed {
            Deed::Imported => "imported",
            Deed::Checked => "checked",
        };
        return Ok(writeln!(out, "{path}: not {verb}: {}", text::one_line(reason))?);
    }
    let (problems, told_before) = match deed {
        Deed::Imported => file.problems_to_tell(),
        Deed::Checked => (file.problems.iter().collect(), 0),
    };
    for problem in problems.iter().take(MOST_DRAWN) {
        writeln!(out, "{}\n", pen.problem(&file.path, problem))?;
    }
    if let Some(more) = problems.len().checked_sub(MOST_DRAWN).filter(|more| *more > 0) {
        writeln!(out, "{path}: {} more; --json lists them\n", text::counted(more, "problem"))?;
    }
    match (deed, &file.deck) {
        (Deed::Imported, None) if let Some(held_back) = file.refused => {
            let some = text::counted(held_back, "question");
            writeln!(out, "{path}: nothing was imported (--strict): {some} of {} held back", file.found)?;
        }
        (Deed::Imported, None) if file.found == 0 => writeln!(out, "{path}: no question was found")?,
        (Deed::Imported, None) => writeln!(out, "{path}")?,
        (Deed::Imported, Some(deck)) => writeln!(out, "{}", text::one_line(&deck.to_string()))?,
        (Deed::Checked, _) => writeln!(out, "{path}: {}", text::one_line(&file.title))?,
    }
    if file.found > 0 {
        writeln!(out, "  {}", counts(file, deed))?;
    }
    if file.deck.is_some() {
        writeln!(out, "  {}", file.changes)?;
    }
    for was in file.was.iter().flat_map(was) {
        writeln!(out, "  {}", text::one_line(&was))?;
    }
    if told_before > 0 {
        writeln!(out, "  {}, as before; --json lists them", text::counted(told_before, "problem"))?;
    } else if let Some(severities) = severities(std::slice::from_ref(file)) {
        writeln!(out, "  {severities}")?;
    }
    Ok(())
}

/// Where a deck was, and what it was called.
fn was(was: &Was) -> Vec<String> {
    let path = was.path.as_ref().map(|path| format!("was {}", path.display()));
    let name = was.name.as_ref().map(|name| format!("was called {name}"));
    path.into_iter().chain(name).collect()
}

/// All files together, when there are several.
pub(super) fn total(files: &[FileReport], deed: Deed, out: &mut dyn Write) -> anyhow::Result<()> {
    if files.is_empty() {
        writeln!(out, "There is no chapter in that folder.")?;
    }
    if files.len() < 2 {
        return Ok(());
    }
    let sum = |count: &dyn Fn(&FileReport) -> usize| files.iter().map(count).sum::<usize>();
    let (found, imported) = (sum(&|file| file.found), sum(&|file| file.imported));
    let unreadable = sum(&|file| usize::from(file.unreadable.is_some()));
    let of = match deed {
        Deed::Imported => "imported",
        Deed::Checked => "good",
    };
    write!(out, "{}: {imported} of {found} questions {of}", text::counted(files.len(), "file"))?;
    let as_before = sum(&|file| usize::from(!file.is_news()));
    let rest = [
        (found - imported, "held back"),
        (unreadable, "unreadable"),
        (as_before, if as_before == 1 { "file as before" } else { "files as before" }),
    ];
    for (count, what) in rest {
        if count > 0 {
            write!(out, ", {count} {what}")?;
        }
    }
    writeln!(out)?;
    if deed == Deed::Checked
        && let Some(severities) = severities(files)
    {
        writeln!(out, "  {severities}")?;
    }
    Ok(())
}

/// `55 questions found, 54 imported, 1 held back: 13 basic, 32 intermediate`
fn counts(file: &FileReport, deed: Deed) -> String {
    let imported = match deed {
        Deed::Imported => "imported",
        Deed::Checked => "good",
    };
    let mut counts = text::counted(file.found, "question");
    if file.held_back() > 0 {
        counts = format!("{counts} found, {} {imported}, {} held back", file.imported, file.held_back());
    }
    let difficulties = file.facts.difficulties.iter();
    let difficulties: Vec<String> =
        difficulties.map(|(name, count)| format!("{count} {}", text::one_line(name))).collect();
    if difficulties.is_empty() { counts } else { format!("{counts}: {}", difficulties.join(", ")) }
}

/// `4 warnings, 2 lints`; how many questions are held back is told with the questions.
fn severities(files: &[FileReport]) -> Option<String> {
    let nouns = [(Severity::Warning, "warning"), (Severity::Lint, "lint"), (Severity::Note, "note")];
    let count = |severity| files.iter().map(|file| file.count(severity)).sum::<usize>();
    let counted = nouns.map(|(severity, noun)| (count(severity), noun));
    let told: Vec<String> = counted
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| text::counted(*count, noun))
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// One file for programs.
#[derive(Debug, Serialize)]
pub(super) struct File<'a> {
    path: String,
    title: &'a str,
    topics: &'a [String],
    found: usize,
    imported: usize,
    held_back: usize,
    #[serde(flatten)]
    facts: FactsRow<'a>,
    #[serde(flatten)]
    outcome: Option<Outcome<'a>>,
    problems: Vec<ProblemRow<'a>>,
    unreadable: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FactsRow<'a> {
    difficulties: &'a BTreeMap<String, usize>,
    answers: &'a BTreeMap<char, usize>,
    option_counts: &'a BTreeMap<usize, usize>,
    code_in_stem: usize,
    code_in_options: usize,
    code_in_explanation: usize,
    ids: &'a [String],
}

/// What an import did.
#[derive(Debug, Serialize)]
struct Outcome<'a> {
    deck: Option<String>,
    #[serde(flatten)]
    changes: Changes,
    edits: Vec<EditRow<'a>>,
}

#[derive(Debug, Serialize)]
struct ProblemRow<'a> {
    severity: &'a str,
    kind: &'a str,
    line: u32,
    column: u32,
    id: Option<String>,
    message: &'a str,
    hint: &'a str,
    expected: Option<&'a str>,
    found: Option<&'a str>,
}

impl<'a> File<'a> {
    pub fn of(file: &'a FileReport, deed: Deed) -> Self {
        let outcome = || Outcome {
            deck: file.deck.as_ref().map(ToString::to_string),
            changes: file.changes,
            edits: file.edits.iter().map(EditRow::of).collect(),
        };
        Self {
            path: file.path.to_string_lossy().into_owned(),
            title: &file.title,
            topics: &file.topics,
            found: file.found,
            imported: file.imported,
            held_back: file.held_back(),
            facts: FactsRow::of(&file.facts),
            outcome: (deed == Deed::Imported).then(outcome),
            problems: file.problems.iter().map(ProblemRow::of).collect(),
            unreadable: file.unreadable.as_deref(),
        }
    }
}

impl<'a> FactsRow<'a> {
    fn of(facts: &'a Facts) -> Self {
        let Facts { ids, difficulties, answers, option_counts, .. } = facts;
        Self {
            difficulties,
            answers,
            option_counts,
            code_in_stem: facts.code_in_stem,
            code_in_options: facts.code_in_options,
            code_in_explanation: facts.code_in_explanation,
            ids,
        }
    }
}

impl<'a> ProblemRow<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            severity: problem.severity.word(),
            kind: problem.kind.word(),
            line: problem.line,
            column: problem.column,
            id: problem.question.as_ref().map(|number| format!("Q{number}")),
            message: &problem.message,
            hint: problem.hint,
            expected: problem.expected.as_deref(),
            found: problem.found.as_deref(),
        }
    }
}
