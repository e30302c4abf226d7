//! Which decks and which days statistics are about, as arguments.

use anyhow::bail;
use chrono::NaiveDate;

use super::{scope, text::one_line};
use crate::{
    app::App,
    domain::{deck::Scope, stats::Period, time::StudyDay},
};

/// What is looked at.
#[derive(Debug, clap::Args)]
pub(super) struct Looked {
    /// A deck or a book, by its name or a part of it; without one: everything
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,

    /// The first study day that is looked at, such as 2026-11-01
    #[arg(long, value_name = "DATE")]
    since: Option<NaiveDate>,

    /// The last study day that is looked at
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
}

impl Looked {
    /// The decks, and what they are called.
    pub(super) fn scope(&self, app: &App) -> anyhow::Result<(Scope, String)> {
        match &self.deck {
            None => Ok((Scope::Everything, "Everything".to_owned())),
            Some(words) => scope::found(app, words),
        }
    }

    /// The days.
    pub(super) fn period(&self) -> anyhow::Result<Period> {
        let [since, until] = [self.since, self.until].map(|date| date.map(StudyDay::from_date));
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            bail!("--until {until} lies before --since {since}, so that there is no day between them");
        }
        Ok(Period { since, until })
    }
}

/// What is looked at, in words: `Everything, 2026-10-01 to 2026-11-28`
pub(super) fn heading(scope: &str, Period { since, until }: Period) -> String {
    let period = match (since, until) {
        (None, None) => "all time".to_owned(),
        (Some(since), None) => format!("since {since}"),
        (None, Some(until)) => format!("until {until}"),
        (Some(since), Some(until)) => format!("{since} to {until}"),
    };
    format!("{}, {period}", one_line(scope))
}
