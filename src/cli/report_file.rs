//! `retain report`: a page with all charts, or one chart, in a file that needs nothing else.

use std::{io::Write, path::PathBuf};

use clap::builder::PossibleValue;

use super::{
    Exit,
    looked::{self, Looked},
    text,
};
use crate::{
    app::{self, AllFigures, App},
    report::{ChartKind, Report},
};

/// Write a page with charts of what your answers come to
///
/// The page is one file that loads nothing: it can be kept, printed and sent. Every chart has its numbers beside
/// it as a table, and they are those of `retain stats --json`. With --chart the file holds one chart, as SVG.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain report progress.html
  retain report --deck python --since 2026-10-01 python.html
  retain report --chart calendar year.svg
  retain report --force progress.html              replace the file of last time

Exit codes: 0 done, 1 failed, 2 usage")]
pub(super) struct Arguments {
    /// The file to write: a page, or with --chart a picture
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    looked: Looked,

    /// One chart instead of the page
    #[arg(long, value_name = "NAME", value_enum)]
    chart: Option<ChartKind>,

    /// Replace a file that is there already
    #[arg(long)]
    force: bool,
}

impl clap::ValueEnum for ChartKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.title()))
    }
}

impl Arguments {
    pub(super) fn run(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let is_picture = self.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
        if is_picture != self.chart.is_some() {
            let mistake = match self.chart {
                None => {
                    "an SVG file holds one chart: name it with --chart, as --help lists them, or end the file in .html"
                }
                Some(_) => "--chart draws SVG: end the name of the file in .svg",
            };
            writeln!(std::io::stderr(), "retain: {mistake}")?;
            return Ok(Exit::Usage);
        }
        self.write(&self.text(app)?, out)
    }

    fn text(&self, app: &App) -> anyhow::Result<String> {
        let (scope, name) = self.looked.scope(app)?;
        let period = self.looked.period()?;
        let figures = app.all_figures(&app.statistics(&scope, period)?)?;
        let AllFigures { lately, retention, calendar, load, cards, topics, confusions, prediction } =
            &figures;
        let report = Report {
            heading: &looked::heading(&name, period),
            period,
            today: app.now().day,
            lately,
            retention,
            calendar,
            load,
            cards,
            topics,
            confusions,
            prediction,
        };
        Ok(match self.chart {
            None => report.html()?,
            Some(chart) => report.svg(chart)?,
        })
    }

    fn write(&self, written: &str, out: &mut dyn Write) -> anyhow::Result<Exit> {
        app::write_file(&self.file, written, self.force)?;
        let (path, size) = (self.file.to_string_lossy(), written.len().div_ceil(1024));
        writeln!(out, "{}: {size} KiB", text::one_line(&path))?;
        Ok(Exit::Done)
    }
}
