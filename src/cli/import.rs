//! `retain import`: chapters in, a report of everything that was found and done out.

use std::{io::Write, path::PathBuf};

use super::{
    Color, Exit,
    drawn::Pen,
    progress,
    report::{self, Deed},
    text,
};
use crate::{
    app::{self, App, ImportReport},
    import::Severity,
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
  retain import --json chapter.md

Exit codes: 0 done, 1 failed, 3 some questions were held back")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,

    /// For programs
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(&self, app: &mut App, color: Color, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let report = app.import(&self.paths, &mut progress::show)?;
        progress::clear();
        if self.json {
            let files = report.files.iter().map(|file| report::File::of(file, Deed::Imported));
            text::json(out, &files.collect::<Vec<_>>())?;
        } else {
            let pen = Pen::new(color);
            for file in &report.files {
                report::file(file, Deed::Imported, &pen, out)?;
            }
            report::total(&report.files, Deed::Imported, out)?;
            lints(&report, out)?;
        }
        Ok(exit(&report))
    }
}

/// An import that brought nothing at all has failed.
fn exit(report: &ImportReport) -> Exit {
    match (report.found(), report.held_back() + report.unreadable()) {
        (0, _) => Exit::Failed,
        (_, 0) => Exit::Done,
        (_, _) => Exit::HeldBack,
    }
}

/// How many lints there are, in one line, of what has changed. Looking for them takes longer than the
/// import of a whole library may, so then it is left to `retain check`.
fn lints(report: &ImportReport, out: &mut dyn Write) -> anyhow::Result<()> {
    const MOST_FILES: usize = 50;
    let changed = report.files.iter().filter(|file| !file.changes.is_empty());
    let paths: Vec<PathBuf> = changed.map(|file| file.path.clone()).collect();
    if paths.is_empty() || paths.len() > MOST_FILES {
        return Ok(());
    }
    let checked = app::check(&paths, &mut |_| true)?;
    let lints = checked.iter().map(|file| file.count(Severity::Lint)).sum();
    if lints > 0 {
        writeln!(
            out,
            "{} on what gives answers away: retain check shows them",
            text::counted(lints, "lint")
        )?;
    }
    Ok(())
}
