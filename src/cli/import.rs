//! `retain import`: chapters in, a report of everything that was found and done out.

use std::{io::Write, path::PathBuf};

use super::{
    Color, Exit,
    drawn::Pen,
    edits, options,
    report::{self, Deed},
    text,
};
use crate::{
    app::{self, App, ImportReport, Notations},
    import::{Notation, Severity},
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

impl Arguments {
    pub(super) fn run(&self, app: &mut App, color: Color, out: &mut dyn Write) -> anyhow::Result<Exit> {
        if let Some(doubt) = app.doubtful_place() {
            writeln!(std::io::stderr(), "retain: {}", text::one_line(&doubt))?;
        }
        let options = self.options.import_options(self.json, false);
        let report = options::interruptible(|go_on| app.import(&self.paths, options, go_on))?;
        self.options.tell(&report, self.json, color, out)
    }
}

impl options::Importing {
    /// Tells what an import found and did, or would do.
    pub(super) fn tell(
        &self,
        report: &ImportReport,
        json: bool,
        color: Color,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        if json {
            let files = report.files.iter().map(|file| report::File::of(file, Deed::Imported));
            text::json(out, &files.collect::<Vec<_>>())?;
            return Ok(exit(report));
        }
        let pen = Pen::new(color);
        for file in report.news() {
            report::file(file, Deed::Imported, &pen, out)?;
            if self.dry_run {
                edits::diffs(file, out)?;
            } else {
                edits::names(file, out)?;
            }
        }
        report::total(&report.files, Deed::Imported, out)?;
        lints(report, self.format.notation, out)?;
        if self.dry_run {
            writeln!(out, "Nothing was changed: this was a dry run.")?;
        }
        Ok(exit(report))
    }
}

/// An import that brought nothing at all has failed, unless it was to retire something.
fn exit(report: &ImportReport) -> Exit {
    let retired = report.files.iter().any(|file| file.changes.retired > 0);
    match (report.found(), report.held_back() + report.unreadable()) {
        (0, _) if !retired => Exit::Failed,
        (_, 0) => Exit::Done,
        (_, _) => Exit::HeldBack,
    }
}

/// How many lints there are, in one line, of what has changed. Looking for them takes longer than the
/// import of a whole library may, so then it is left to `retain check`.
fn lints(report: &ImportReport, notation: Option<Notation>, out: &mut dyn Write) -> anyhow::Result<()> {
    const MOST_FILES: usize = 50;
    let changed = report.files.iter().filter(|file| !file.changes.is_empty());
    let paths: Vec<PathBuf> = changed.map(|file| file.path.clone()).collect();
    if paths.is_empty() || paths.len() > MOST_FILES {
        return Ok(());
    }
    let checked = app::check(&paths, &Notations::stated(notation), &mut |_| ());
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
