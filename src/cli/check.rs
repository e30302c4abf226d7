//! `retain check`: what an import would say, and what makes a chapter easy to answer without knowing it;
//! nothing is imported, and no collection is opened but to say what was imported.

use std::{io::Write, path::PathBuf};

use serde::Serialize;

use super::{
    Color, Exit,
    drawn::{self, Pen, shown_path},
    options, progress,
    report::{self, Deed},
    text,
};
use crate::{
    app::{self, App, Explanation, FileReport, Notations},
    domain::question::Shuffling,
    import::{Explained, Severity, shuffling::Place as Part},
};

/// Check chapters without importing them, and what gives answers away
///
/// Shows everything that an import would say, and lints: habits that let questions be answered without
/// knowing, such as a letter that is nearly always right. Lints are advice: they hold nothing back and
/// never count as warnings.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain check chapter.md
  retain check                                all that was imported, and what its chapters ask alike
  retain check --strict ~/notes/python        a warning is a failure too, as in a commit hook
  retain check --json chapter.md
  git show :chapter.md | retain check -       as it will be committed
  retain check --explain Q14.3 chapter.md     how this question is shuffled, and why

Exit codes: 0 clean, 1 a path could not be read, 3 some questions are held back, or with --strict
there is a warning; lints and notes never count")]
pub(super) struct Arguments {
    /// Files and folders, or all that was imported; - is standard input
    paths: Vec<PathBuf>,

    /// Exit with 3 for a warning as well
    #[arg(long, conflicts_with = "explain")]
    strict: bool,

    /// Show how the questions with this number or name are shuffled, and the words that decided it
    #[arg(long, value_name = "ID")]
    explain: Option<String>,

    #[command(flatten)]
    format: options::Format,

    /// For programs
    #[arg(long)]
    json: bool,
}

impl Arguments {
    /// `open` gives the collection, which only paths that are not named are asked of.
    pub(super) fn run(
        &self,
        open: impl FnOnce() -> anyhow::Result<App>,
        color: Color,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let stated = self.format.notation;
        let (paths, notations) = match self.paths.is_empty() {
            true => open()?.imported(stated)?,
            false => (self.paths.clone(), Notations::stated(stated)),
        };
        if paths.is_empty() && !self.json {
            writeln!(out, "Nothing was imported yet. `retain check` takes files and folders.")?;
            return Ok(Exit::Done);
        }
        match &self.explain {
            Some(id) => self.explain(&paths, &notations, id, color, out),
            None => self.check(&paths, &notations, color, out),
        }
    }

    fn check(
        &self,
        paths: &[PathBuf],
        notations: &Notations,
        color: Color,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let files = app::check(paths, notations, &mut progress::show);
        progress::clear();
        if self.json {
            text::json(
                out,
                &files.iter().map(|file| report::File::of(file, Deed::Checked)).collect::<Vec<_>>(),
            )?;
        } else {
            let pen = Pen::new(color);
            for file in &files {
                report::file(file, Deed::Checked, &pen, out)?;
            }
            report::total(&files, Deed::Checked, out)?;
        }
        Ok(self.exit(&files))
    }

    fn exit(&self, files: &[FileReport]) -> Exit {
        let any = |is: &dyn Fn(&FileReport) -> bool| files.iter().any(is);
        if any(&|file| file.unreadable.is_some()) {
            return Exit::Failed;
        }
        let held_back = any(&|file| file.held_back() > 0 || file.count(Severity::HeldBack) > 0);
        let doubtful = self.strict && any(&|file| file.count(Severity::Warning) > 0);
        if held_back || doubtful { Exit::HeldBack } else { Exit::Done }
    }

    fn explain(
        &self,
        paths: &[PathBuf],
        notations: &Notations,
        id: &str,
        color: Color,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let files = app::explain(paths, notations, id);
        if self.json {
            text::json(out, &files.iter().flat_map(Row::of).collect::<Vec<_>>())?;
        } else {
            let pen = Pen::new(color);
            for file in &files {
                told(&pen, file, out)?;
            }
        }
        let unreadable = files.iter().any(|file| file.unreadable.is_some());
        let found = files.iter().any(|file| !file.explained.is_empty());
        if !found && !unreadable {
            anyhow::bail!("there is no question {id} in what was checked");
        }
        Ok(if unreadable { Exit::Failed } else { Exit::Done })
    }
}

fn told(pen: &Pen, file: &Explanation, out: &mut dyn Write) -> anyhow::Result<()> {
    if let Some(reason) = &file.unreadable {
        writeln!(out, "{}: not checked: {}", shown_path(&file.path), text::one_line(reason))?;
    }
    for drawn in drawn::explanation(pen, file) {
        writeln!(out, "{drawn}\n")?;
    }
    Ok(())
}

/// How one question is shuffled, for programs.
#[derive(Debug, Serialize)]
struct Row<'a> {
    path: String,
    id: &'a str,
    shuffling: Option<&'static str>,
    pinned: u8,
    words: Option<&'a str>,
    part: Option<&'static str>,
    line: u32,
    column: u32,
}

impl<'a> Row<'a> {
    fn of(file: &'a Explanation) -> impl Iterator<Item = Self> {
        file.explained.iter().map(|explained| Self::of_question(file, explained))
    }

    fn of_question(file: &'a Explanation, explained: &'a Explained) -> Self {
        let (shuffling, pinned) = match explained.shuffling {
            Some(Shuffling::Free) => (Some("free"), 0),
            Some(Shuffling::PinnedLast(last)) => (Some("pinned-last"), last),
            Some(Shuffling::Locked) => (Some("locked"), 0),
            None => (None, 0),
        };
        let part = explained.words.as_ref().map(|(_, part)| match part {
            Part::Stem => "stem",
            Part::Option(_) => "option",
            Part::Explanation => "explanation",
            Part::Directive => "directive",
        });
        Self {
            path: file.path.to_string_lossy().into_owned(),
            id: &explained.name,
            shuffling,
            pinned,
            words: explained.words.as_ref().map(|(words, _)| words.as_str()),
            part,
            line: explained.place.line,
            column: explained.place.column,
        }
    }
}
