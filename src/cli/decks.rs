//! `retain decks`: every deck with what it holds.

use std::io::Write;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{Exit, text};
use crate::{
    app::{App, Counts},
    domain::stats::Standing,
};

/// List the decks
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  retain decks\n  retain decks --json")]
pub(super) struct Arguments {
    /// For programs
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Deck<'a> {
    name: String,
    book: Option<&'a str>,
    chapter: &'a str,
    #[serde(flatten)]
    counts: Counts,
    #[serde(flatten)]
    standing: Standing,
}

impl Arguments {
    pub(super) fn run(&self, app: &App, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let overview = app.overview()?;
        let standings = app.standings()?;
        let decks = overview.decks.iter().map(|row| Deck {
            name: row.name.to_string(),
            book: row.name.book.as_deref(),
            chapter: &row.name.chapter,
            counts: row.counts,
            standing: standings.get(&row.id).copied().unwrap_or_default(),
        });
        if self.json {
            text::json(out, &decks.collect::<Vec<_>>())?;
        } else if overview.decks.is_empty() {
            writeln!(
                out,
                "There are no decks yet. `retain import PATH` makes one of a chapter; `retain` shows those that ship."
            )?;
        } else {
            table(decks, out)?;
        }
        Ok(Exit::Done)
    }
}

fn table<'a>(decks: impl Iterator<Item = Deck<'a>>, out: &mut dyn Write) -> anyhow::Result<()> {
    let decks: Vec<_> = decks.map(|deck| (text::one_line(&deck.name).into_owned(), deck)).collect();
    let widest = decks.iter().map(|(name, _)| name.width()).max().unwrap_or_default().max("Deck".len());
    let pad = |name: &str| " ".repeat(widest - name.width());
    writeln!(
        out,
        "Deck{}  {:>5}  {:>8}  {:>5}  {:>11}  {:>9}  Next due",
        pad("Deck"),
        "Due",
        "Learning",
        "New",
        "Seen",
        "Retention"
    )?;
    for (name, Deck { counts, standing, .. }) in &decks {
        let Counts { due, learning, new_today, seen, cards, .. } = counts;
        let seen = format!("{seen} of {cards}");
        let counts = format!("{due:>5}  {learning:>8}  {new_today:>5}  {seen:>11}");
        writeln!(out, "{name}{}  {counts}  {}", pad(name), told(standing))?;
    }
    Ok(())
}

/// `   91.2 %  2026-11-30`, and lines for what there is nothing of.
fn told(standing: &Standing) -> String {
    let Standing { recalled, next_due } = standing;
    let next_due = next_due.map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!("{recalled:>9}  {next_due}")
}
