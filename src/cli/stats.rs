//! `retain stats`: what a person's answers come to, on one screen, a page in full, or everything as JSON.

mod bars;
mod words;
mod summary;
mod pages;

use std::io::Write;

use clap::builder::PossibleValue;
use serde::Serialize;

use super::{
    Exit,
    looked::{self, Looked},
    text,
};
use crate::{
    app::{AllFigures, App, Figures},
    domain::{
        stats::{Page, Period},
        time::StudyDay,
    },
};

/// Show what your answers come to
///
/// A summary on one screen; with --page one page in full, and with --json everything. Retention counts each
/// card's first answer of a day, on cards that had an interval of at least a day. Intervals in brackets are
/// Wilson's at 95 %: how far a share may be off by chance.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain stats
  retain stats --deck python --since 2026-10-01
  retain stats --page retention --explain
  retain stats --json | jq .retention.all.recalled")]
pub(super) struct Arguments {
    #[command(flatten)]
    looked: Looked,

    /// One page in full
    #[arg(long, value_name = "NAME", value_enum)]
    page: Option<Page>,

    /// What the figures are, with their formulas
    #[arg(long, conflicts_with = "json")]
    explain: bool,

    /// For programs
    #[arg(long)]
    json: bool,
}

/// What is looked at, before all figures.
#[derive(Debug, Serialize)]
struct About {
    study_day: StudyDay,
    scope: String,
    period: Period,
}

#[derive(Debug, Serialize)]
struct Everything<'a> {
    #[serde(flatten)]
    about: About,
    #[serde(flatten)]
    figures: &'a AllFigures,
}

impl clap::ValueEnum for Page {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.title()))
    }
}

impl Arguments {
    pub(super) fn run(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let (scope, name) = self.looked.scope(app)?;
        let period = self.looked.period()?;
        let about = About { study_day: app.now().day, scope: name, period };
        let statistics = app.statistics(&scope, period)?;
        match self.page {
            None => self.tell_all(about, &app.all_figures(&statistics)?, out)?,
            Some(page) => self.tell(about, page, &app.figures(&statistics, page)?, out)?,
        }
        Ok(Exit::Done)
    }

    fn tell_all(&self, about: About, figures: &AllFigures, out: &mut dyn Write) -> anyhow::Result<()> {
        if self.json {
            return text::json(out, &Everything { about, figures });
        }
        writeln!(out, "{}", looked::heading(&about.scope, about.period))?;
        summary::tell(figures, out)?;
        if self.explain {
            for page in Page::ALL {
                writeln!(out)?;
                explain(page, out)?;
            }
        }
        Ok(())
    }

    fn tell(&self, about: About, page: Page, figures: &Figures, out: &mut dyn Write) -> anyhow::Result<()> {
        if self.json {
            let mut all = serde_json::to_value(about)?;
            all[page.word()] = serde_json::to_value(figures)?;
            return text::json(out, &all);
        }
        writeln!(out, "{} - {}\n", page.title(), looked::heading(&about.scope, about.period))?;
        pages::tell(figures, out)?;
        if self.explain {
            writeln!(out)?;
            explain(page, out)?;
        }
        Ok(())
    }
}

fn explain(page: Page, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = format!("{}: {}", page.title(), page.explanation());
    for line in textwrap::wrap(&words, usize::from(text::width())) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
