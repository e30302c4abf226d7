//! `retain log`: the review log for people and programs, out to a file, and in from another machine.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::NaiveDate;

use super::{
    Exit, scope,
    text::{self, counted, one_line},
};
use crate::{
    app::{Access, App, LogHeader, LogLine, Seen, Setup},
    domain::{
        deck::Scope,
        grade::Grade,
        time::{Days, StudyDay},
    },
};

/// Show the review log, or carry it from one machine to another
///
/// Everything that was ever done to a card is an event of the log: answers, undone ones too, and what was
/// suspended, buried, flagged or given another date.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  retain log --since 2026-11-01
  retain log --deck python --json | jq .kind
  retain log export history.jsonl        on one machine
  retain log import history.jsonl        on the other one, and then the other way round

The fields of the JSON lines are described in assets/log-format.md.

Exit codes: 0 done, 1 failed, 5 events that are damaged were left out"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// A deck or a book, by its name or a part of it; without one: everything
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,

    /// The first study day that is shown, such as 2026-11-01
    #[arg(long, value_name = "DATE")]
    since: Option<NaiveDate>,

    /// For programs: one JSON object a line, as in an exported log
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write all of the log to a file
    #[command(after_help = "Example:\n  retain log export history.jsonl")]
    Export {
        /// The file; - for standard output
        file: PathBuf,
    },
    /// Bring in a log that was exported, here or on another machine
    ///
    /// Events that are known already change nothing, so that a file can be imported again. Those of
    /// questions that are not here are kept, and count as soon as their chapter is imported.
    #[command(after_help = "Example:\n  retain log import history.jsonl")]
    Import {
        /// The file; - for standard input
        file: PathBuf,
    },
}

impl Arguments {
    pub(super) fn run(self, setup: &Setup, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let left_out = match &self.command {
            None => self.show(&App::open(setup, Access::Read)?, out)?,
            Some(Command::Export { file }) if file == Path::new("-") => {
                write_log(&App::open(setup, Access::Read)?, out)?
            }
            Some(Command::Export { file }) => export(&App::open(setup, Access::Read)?, file)?,
            Some(Command::Import { file }) => {
                import(setup, file, out)?;
                return Ok(Exit::Done);
            }
        };
        if left_out == 0 {
            return Ok(Exit::Done);
        }
        out.flush()?;
        let events = counted(left_out, "event");
        writeln!(
            std::io::stderr(),
            "retain: the log is damaged, and {events} of it cannot be read or would not be told as written; the others \
             are whole. `retain doctor` says what can be done"
        )?;
        Ok(Exit::Damaged)
    }

    fn show(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<usize> {
        let scope = scope::named(app, self.deck.as_deref())?;
        let since = self.since.map(StudyDay::from_date);
        app.log(&scope, since, |line| match self.json {
            true => text::json_line(out, line),
            false => Ok(writeln!(out, "{}", told(line))?),
        })
    }
}

/// Writes all of the log, and gives how many events are left out since they are damaged.
fn write_log(app: &App, out: &mut dyn Write) -> anyhow::Result<usize> {
    text::json_line(out, &LogHeader::default())?;
    app.log(&Scope::Everything, None, |line| text::json_line(out, line))
}

/// Writes the log to a file, which is whole or as it was before.
fn export(app: &App, file: &Path) -> anyhow::Result<usize> {
    let doing = || format!("could not write {}", file.display());
    if std::fs::metadata(file).is_ok_and(|known| !known.is_file()) {
        let mut out = BufWriter::new(File::options().write(true).open(file).with_context(doing)?);
        let left_out = write_log(app, &mut out)?;
        out.flush().with_context(doing)?;
        return Ok(left_out);
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
    let mut out = BufWriter::new(&mut new);
    let left_out = write_log(app, &mut out)?;
    out.flush().with_context(doing)?;
    drop(out);
    new.as_file().sync_all().with_context(doing)?;
    new.persist(file).with_context(doing)?;
    Ok(left_out)
}

fn import(setup: &Setup, file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut app = App::open(setup, Access::Write)?;
    let mut input: Box<dyn BufRead> = match file == Path::new("-") {
        true => Box::new(std::io::stdin().lock()),
        false => Box::new(BufReader::new(regular(file)?)),
    };
    let came = app.import_log(&mut input).with_context(|| file.display().to_string())?;
    let events = counted(came.new + came.known, "event");
    write!(out, "{events}: {} new, {} known already", came.new, came.known)?;
    if came.absent > 0 {
        write!(
            out,
            "; {} of questions that are not here, kept until their chapter is imported",
            came.absent
        )?;
    }
    Ok(writeln!(out)?)
}

/// A file that has an end.
fn regular(path: &Path) -> anyhow::Result<File> {
    let doing = || format!("could not read {}", path.display());
    if !std::fs::metadata(path).with_context(doing)?.is_file() {
        bail!("{} is no file; - reads standard input", path.display());
    }
    File::open(path).with_context(doing)
}

/// An event for people: `2026-11-22 09:00  Q1.3  1 Things  Good: right in 3 s, promised 6 d`.
fn told(line: &LogLine) -> String {
    let time = line.clock().format("%Y-%m-%d %H:%M");
    let question = line.question.as_deref().map_or("?".into(), one_line);
    let deck = line.deck.as_deref().map_or("a chapter that is not here".into(), one_line);
    format!("{time}  {question:6}  {deck}  {}", what(line))
}

fn what(line: &LogLine) -> String {
    if let Some(grade) = Grade::ALL.into_iter().find(|grade| grade.word() == line.kind) {
        return answer(line, grade);
    }
    match line.kind.as_str() {
        "bury" => format!("bury until {}", line.next_day()),
        "reschedule" => format!("reschedule to {}", line.next_day()),
        "unflag" => "remove flag".to_owned(),
        "undo" => {
            let of = line.target.as_ref().map(|target| target.at.format(" of %Y-%m-%d %H:%M").to_string());
            format!("undo{}", of.unwrap_or_default())
        }
        kind => match Grade::ALL.into_iter().find(|grade| kind.ends_with(&format!(" {}", grade.word()))) {
            Some(grade) if kind.starts_with("practised ") => {
                format!("{}, for practice", observed(line, grade))
            }
            Some(_) | None => one_line(kind).into_owned(),
        },
    }
}

fn answer(line: &LogLine, grade: Grade) -> String {
    let promised = Days(line.interval.unwrap_or_default());
    format!("{}, promised {promised}", observed(line, grade))
}

/// `Good: right in 7 s`
fn observed(line: &LogLine, grade: Grade) -> String {
    let outcome = match line.outcome {
        Some(Seen::Right) => "right in",
        Some(Seen::Wrong) => "wrong in",
        Some(Seen::NotKnown) => "not known in",
        Some(Seen::Unobserved) | None => "turned over after",
    };
    let seconds = line.took_ms.unwrap_or_default().div_ceil(1000);
    format!("{}: {outcome} {seconds} s", grade.label())
}
