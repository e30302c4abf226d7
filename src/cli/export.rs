//! `retain export`: decks out, as chapters that `retain import` reads.

use std::{
    collections::HashSet,
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::bail;

use super::{Exit, scope, text};
use crate::{
    app::{App, ExportedDeck, write_file},
    domain::deck::{DeckName, Scope},
    export::{Change, Exported, Format},
    typeset::harmless,
};

/// Write a deck as a chapter
///
/// Markdown and JSON keep everything that an import reads. CSV loses title and topics; GIFT also loses
/// difficulties, categories, the order of options and flip cards. Retired questions are not exported.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain export \"14 memory\"                      as Markdown, to standard output
  retain export git --output git.json            the file's name says the format
  retain export python --format gift --output quiz/    each chapter of a book, in a folder

Exit codes: 0 done, 1 failed, 3 a question could not be written")]
pub(super) struct Arguments {
    /// A deck or a book, by its name or a part of it
    deck: String,

    /// The notation; without it what the file's name says, or else Markdown
    #[arg(long, value_enum)]
    format: Option<FormatName>,

    /// The file to write; a folder gets a file for each chapter
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Replace files that are there already
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FormatName {
    Markdown,
    Json,
    Csv,
    Gift,
}

impl Arguments {
    pub(super) fn run(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let scope = scope::named(app, Some(&self.deck))?;
        let folder = self.output.as_deref().filter(|path| is_folder(path));
        if let (Scope::Book(book), None) = (&scope, folder) {
            let book = text::one_line(book).into_owned();
            bail!("“{book}” is a book of several chapters. Name a folder for them: --output FOLDER/");
        }
        let format = self.format();
        let decks = app.export(&scope, format)?;
        let mut names = FileNames::default();
        for deck in &decks {
            let written = &deck.exported.text;
            match (&self.output, folder) {
                (None, _) => out.write_all(for_stream(written).as_bytes())?,
                (Some(_), Some(folder)) => {
                    std::fs::create_dir_all(folder)?;
                    self.write(&folder.join(names.of(&deck.name, format)), deck, out)?;
                }
                (Some(path), None) => self.write(path, deck, out)?,
            }
            tell(deck)?;
        }
        let lost = decks.iter().flat_map(|deck| &deck.exported.remarks).any(|remark| remark.change.is_loss());
        Ok(if lost { Exit::HeldBack } else { Exit::Done })
    }

    fn write(&self, path: &Path, deck: &ExportedDeck, out: &mut dyn Write) -> anyhow::Result<()> {
        write_file(path, &deck.exported.text, self.force)?;
        let written = deck.questions - count(&deck.exported, Change::is_loss);
        let path = path.to_string_lossy();
        Ok(writeln!(out, "{}: {}", text::one_line(&path), text::counted(written, "question"))?)
    }

    fn format(&self) -> Format {
        if let Some(name) = self.format {
            return name.format();
        }
        let extension = self.output.as_deref().and_then(Path::extension).unwrap_or_default();
        let named = Format::ALL.into_iter().find(|format| extension.eq_ignore_ascii_case(format.extension()));
        named.unwrap_or(Format::Markdown)
    }
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Markdown => Format::Markdown,
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Gift => Format::Gift,
        }
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with('/')
}

/// A terminal gets what cannot harm it; a pipe gets the text itself.
fn for_stream(written: &str) -> std::borrow::Cow<'_, str> {
    if std::io::stdout().is_terminal() { harmless(written) } else { written.into() }
}

/// Names for the files of one run, of which no two are the same in any file system.
#[derive(Default)]
struct FileNames {
    /// Those given away, without capitals.
    taken: HashSet<String>,
}

impl FileNames {
    fn of(&mut self, deck: &DeckName, format: Format) -> String {
        let stem = file_stem(&deck.chapter);
        let numbered = (2..).map(|number| format!("{stem} ({number})"));
        let mut stems = std::iter::once(stem.clone()).chain(numbered);
        let free = stems.find(|stem| self.taken.insert(stem.to_lowercase())).unwrap_or(stem);
        format!("{free}.{}", format.extension())
    }
}

/// The longest name without its number and ending, in bytes; file systems allow 255 with them.
const LONGEST_STEM: usize = 200;

/// A chapter's name as that of a file, in any file system.
fn file_stem(chapter: &str) -> String {
    let safe = |sign: char| if sign.is_control() || "/\\:*?\"<>|".contains(sign) { '-' } else { sign };
    let name: String = chapter.chars().map(safe).collect();
    let visible = name.trim_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let short = &visible[..visible.floor_char_boundary(LONGEST_STEM)];
    if short.is_empty() { "Untitled".to_owned() } else { short.trim_end().to_owned() }
}

/// What could not be written as it is, on standard error, where no reader of the text meets it.
fn tell(deck: &ExportedDeck) -> anyhow::Result<()> {
    let Exported { remarks, .. } = &deck.exported;
    let mut err = std::io::stderr().lock();
    let numbered = count(&deck.exported, |change| matches!(change, Change::Numbered(_)));
    if numbered > 0 {
        writeln!(
            err,
            "{} without a number that a chapter can hold: given one",
            text::counted(numbered, "question")
        )?;
    }
    for remark in remarks {
        let what = match remark.change {
            Change::Numbered(_) => continue,
            Change::Rewritten => "looks the same, but was written otherwise to be read again",
            Change::ReadsOtherwise => "would differ when it is imported again",
            Change::LeftOut => "was left out: this notation cannot hold it",
        };
        let place = remark.place + 1;
        writeln!(err, "question {place}, {}: {what}", text::one_line(&remark.name))?;
    }
    Ok(())
}

fn count(exported: &Exported, is: impl Fn(&Change) -> bool) -> usize {
    exported.remarks.iter().filter(|remark| is(&remark.change)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chapter_of_a_run_has_a_file_of_its_own() {
        let long = "é".repeat(150);
        let table = [
            ("A/B", "A-B.md"),
            ("A:B", "A-B (2).md"),
            ("a-b", "a-b (3).md"),
            ("A-B (2)", "A-B (2) (2).md"),
            ("...", "Untitled.md"),
            (" . ", "Untitled (2).md"),
            (".hidden.", "hidden.md"),
            (long.as_str(), &format!("{}.md", "é".repeat(100))),
        ];
        let mut names = FileNames::default();
        for (chapter, expected) in table {
            let name = DeckName { book: None, chapter: chapter.to_owned() };
            assert_eq!(names.of(&name, Format::Markdown), expected, "{chapter}");
        }
    }
}
