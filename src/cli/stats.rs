//! `retain stats`: what a person's answers come to, on one screen, a page in full, or everything as JSON.

mod bars;
mod words;
mod summary;
mod pages;

use std::io::Write;

use anyhow::bail;
use chrono::NaiveDate;
use clap::builder::PossibleValue;
use serde::Serialize;

use super::{Exit, scope, text};
use crate::{
    app::{AllFigures, App, Figures},
    domain::{
        deck::Scope,
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
    /// A deck or a book, by its name or a part of it; without one: everything
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,

    /// The first study day that is looked at, such as 2026-11-01
    #[arg(long, value_name = "DATE")]
    since: Option<NaiveDate>,

    /// The last study day that is looked at
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,

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
        let (scope, name) = match &self.deck {
            None => (Scope::Everything, "Everything".to_owned()),
            Some(words) => scope::found(app, words)?,
        };
        let about = About { study_day: app.now().day, scope: name, period: self.period()? };
        let statistics = app.statistics(&scope)?;
        match self.page {
            None => self.tell_all(about, &app.all_figures(&statistics, self.period()?)?, out)?,
            Some(page) => self.tell(about, page, &app.figures(&statistics, page, self.period()?)?, out)?,
        }
        Ok(Exit::Done)
    }

    fn period(&self) -> anyhow::Result<Period> {
        let [since, until] = [self.since, self.until].map(|date| date.map(StudyDay::from_date));
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            bail!("--until {until} lies before --since {since}, so that there is no day between them");
        }
        Ok(Period { since, until })
    }

    fn tell_all(&self, about: About, figures: &AllFigures, out: &mut dyn Write) -> anyhow::Result<()> {
        if self.json {
            return text::json(out, &Everything { about, figures });
        }
        writeln!(out, "{}", heading(&about))?;
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
        writeln!(out, "{} - {}\n", page.title(), heading(&about))?;
        pages::tell(figures, out)?;
        if self.explain {
            writeln!(out)?;
            explain(page, out)?;
        }
        Ok(())
    }
}

/// `Everything, 2026-10-01 to 2026-11-28`
fn heading(about: &About) -> String {
    let Period { since, until } = about.period;
    let period = match (since, until) {
        (None, None) => "all time".to_owned(),
        (Some(since), None) => format!("since {since}"),
        (None, Some(until)) => format!("until {until}"),
        (Some(since), Some(until)) => format!("{since} to {until}"),
    };
    format!("{}, {period}", text::one_line(&about.scope))
}

fn explain(page: Page, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = format!("{}: {}", page.title(), page.explanation());
    for line in textwrap::wrap(&words, usize::from(text::width())) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
