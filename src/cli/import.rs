//! `retain import`: chapters in, a report of everything that was found and done out.

use std::{io::Write, path::PathBuf};

use serde::Serialize;

use super::{Exit, edits, options, text};
use crate::{
    app::{App, Changes, FileReport, ImportReport},
    import::Problem,
};

/// Import chapters: files, or folders as books of all chapters in them
///
/// Importing again brings a deck up to date and keeps the schedules of its cards. Either everything is
/// imported or nothing; questions that contradict themselves are held back and said.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain import chapter.md
  retain import ~/notes/python            the folder becomes a book
  retain import --dry-run chapter.md      what importing it again would change
  retain import --json chapter.md

Exit codes: 0 done, 1 failed, 3 some questions were held back")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    options: options::Importing,

    /// For programs
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct File<'a> {
    path: String,
    deck: Option<String>,
    topics: &'a [String],
    found: usize,
    imported: usize,
    held_back: usize,
    difficulties: &'a std::collections::BTreeMap<String, usize>,
    #[serde(flatten)]
    changes: Changes,
    edits: Vec<edits::EditRow<'a>>,
    problems: Vec<ProblemRow<'a>>,
    unreadable: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ProblemRow<'a> {
    severity: &'a str,
    kind: &'a str,
    line: u32,
    column: u32,
    id: Option<&'a str>,
    message: &'a str,
    hint: &'a str,
}

impl Arguments {
    pub(super) fn run(&self, app: &mut App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let options = self.options.import_options(self.json);
        let report = options::interruptible(|go_on| app.import(&self.paths, options, go_on))?;
        tell(&report, options.dry_run, self.json, out)
    }
}

/// Tells what an import found and did, or would do.
pub(super) fn tell(
    report: &ImportReport,
    dry_run: bool,
    json: bool,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    if json {
        text::json(out, &report.files.iter().map(File::of).collect::<Vec<_>>())?;
        return Ok(exit(report));
    }
    for file in report.news() {
        file_report(file, out)?;
        if dry_run {
            edits::diffs(file, out)?;
        } else {
            edits::names(file, out)?;
        }
    }
    total(report, out)?;
    if dry_run {
        writeln!(out, "Nothing was changed: this was a dry run.")?;
    }
    Ok(exit(report))
}

/// An import that brought nothing at all has failed.
fn exit(report: &ImportReport) -> Exit {
    match (report.found(), report.held_back() + report.unreadable()) {
        (0, _) => Exit::Failed,
        (_, 0) => Exit::Done,
        (_, _) => Exit::HeldBack,
    }
}

fn total(report: &ImportReport, out: &mut dyn Write) -> anyhow::Result<()> {
    if report.files.is_empty() {
        writeln!(out, "There is no chapter in that folder: no file that ends in .md.")?;
    }
    if report.files.len() < 2 {
        return Ok(());
    }
    let files = text::counted(report.files.len(), "file");
    let (found, held_back) = (report.found(), report.held_back());
    write!(out, "{files}: {} of {found} questions imported", found - held_back)?;
    for (count, what) in [
        (held_back, "held back"),
        (report.unreadable(), "unreadable"),
        (report.as_before(), "files as before"),
    ] {
        if count > 0 {
            write!(out, ", {count} {what}")?;
        }
    }
    Ok(writeln!(out)?)
}

fn file_report(file: &FileReport, out: &mut dyn Write) -> anyhow::Result<()> {
    let path = text::one_line(&file.path.to_string_lossy()).into_owned();
    if let Some(reason) = &file.unreadable {
        writeln!(out, "{path}: not imported: {}", text::one_line(reason))?;
        return Ok(());
    }
    match &file.deck {
        None if let Some(held_back) = file.refused => {
            let some = text::counted(held_back, "question");
            writeln!(out, "{path}: nothing was imported (--strict): {some} of {} held back", file.found)?;
        }
        None => writeln!(out, "{path}: no question was found")?,
        Some(deck) => {
            writeln!(out, "{}", text::one_line(&deck.to_string()))?;
            writeln!(out, "  {}", counts(file))?;
            writeln!(out, "  {}", file.changes)?;
        }
    }
    problems(file, &path, out)
}

fn problems(file: &FileReport, path: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let (problems, before) = file.problems_to_tell();
    for Problem { severity, line, column, message, hint, .. } in problems {
        let severity = severity.word();
        writeln!(out, "{path}:{line}:{column}: {severity}: {}", text::one_line(message))?;
        if !hint.is_empty() {
            writeln!(out, "  hint: {}", text::one_line(hint))?;
        }
    }
    if before > 0 {
        writeln!(out, "  {}, as before; --json lists them", text::counted(before, "warning"))?;
    }
    Ok(())
}

fn counts(file: &FileReport) -> String {
    let mut counts = text::counted(file.found, "question");
    if file.held_back() > 0 {
        counts = format!("{counts} found, {} imported, {} held back", file.imported, file.held_back());
    }
    let difficulties: Vec<String> =
        file.difficulties.iter().map(|(name, count)| format!("{count} {}", text::one_line(name))).collect();
    if difficulties.is_empty() { counts } else { format!("{counts}: {}", difficulties.join(", ")) }
}

impl<'a> File<'a> {
    fn of(file: &'a FileReport) -> Self {
        Self {
            path: file.path.to_string_lossy().into_owned(),
            deck: file.deck.as_ref().map(ToString::to_string),
            topics: &file.topics,
            found: file.found,
            imported: file.imported,
            held_back: file.held_back(),
            difficulties: &file.difficulties,
            changes: file.changes,
            edits: file.edits.iter().map(edits::EditRow::of).collect(),
            problems: file.problems.iter().map(ProblemRow::of).collect(),
            unreadable: file.unreadable.as_deref(),
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
            id: problem.question.as_deref(),
            message: &problem.message,
            hint: problem.hint,
        }
    }
}
