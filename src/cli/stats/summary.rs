//! The summary: the most telling figures of all pages on one screen of 80 columns.

use std::io::Write;

use super::{bars, words};
use crate::{
    app::AllFigures,
    cli::text::{counted, one_line},
    domain::stats::{Cards, Confusion, Group, Lately, Load, Retention},
};

/// How much of a name is shown.
const NAME: usize = 30;

pub(super) fn tell(figures: &AllFigures, out: &mut dyn Write) -> anyhow::Result<()> {
    lately(&figures.lately, out)?;
    retention(&figures.retention, out)?;
    cards(&figures.cards, out)?;
    load(&figures.load, out)?;
    if let Some(weakest) = figures.topics.topics.weakest.first().filter(|it| it.recall.recalled.of > 0) {
        row("Weakest", &weak(weakest), out)?;
    }
    if let Some(confusion) = figures.confusions.confusions.first() {
        row("Confused", &confused(confusion), out)?;
    }
    row("Prediction", &figures.prediction.verdict(), out)
}

/// A label, and words wrapped beside it.
fn row(label: &str, words: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    const LABEL: usize = 12;
    const WIDTH: usize = 80;
    for (nth, line) in textwrap::wrap(words, WIDTH - LABEL).iter().enumerate() {
        let label = if nth == 0 { label } else { "" };
        writeln!(out, "{label:LABEL$}{line}")?;
    }
    Ok(())
}

fn lately(lately: &Lately, out: &mut dyn Write) -> anyhow::Result<()> {
    let left = lately.left;
    let minutes = words::about_minutes(lately.pace.map(|pace| pace.minutes(left.cards())));
    row("Today", &words::tally(&lately.done), out)?;
    row(
        "Left",
        &format!("{}{minutes}; {} due tomorrow", counted(left.cards(), "card"), lately.due_tomorrow),
        out,
    )?;
    row("Streak", &words::streak(lately.streak), out)?;
    let columns = bars::columns(lately.days.iter().map(|day| day.tally.answers));
    writeln!(out, "{:12}{columns}  30 days up to today", "Lately")?;
    row(
        "In all",
        &format!("{} on {}", words::tally(&lately.period), counted(lately.days_studied, "day")),
        out,
    )
}

fn retention(retention: &Retention, out: &mut dyn Write) -> anyhow::Result<()> {
    row("Retention", &words::recall(&retention.all), out)?;
    if let Some(target) = retention.target {
        row("  target", &format!("{:.0} %", target * 100.0), out)?;
    }
    row("  young", &words::share(retention.young.recalled), out)?;
    row("  mature", &words::share(retention.mature.recalled), out)
}

fn cards(cards: &Cards, out: &mut dyn Write) -> anyhow::Result<()> {
    let Cards { cards, new, learning, young, mature, suspended, leeches, .. } = cards;
    let leeches = words::leeches(*leeches);
    let stages = format!("{new} new, {learning} learning, {young} young, {mature} mature");
    row("Cards", &format!("{cards}: {stages}; {suspended} suspended, {leeches}"), out)
}

fn load(load: &Load, out: &mut dyn Write) -> anyhow::Result<()> {
    let columns = bars::columns(load.days.iter().map(|day| day.due));
    writeln!(out, "{:12}{columns}  the next 30 days", "Load")?;
    let due: usize = load.days.iter().map(|day| day.due).sum();
    let minutes = words::about_minutes(load.pace.map(|pace| pace.minutes(due + load.overdue)));
    row("", &format!("{} overdue, {due} due in 30 days{minutes}", load.overdue), out)
}

fn weak(group: &Group) -> String {
    format!("{}: {} recalled", short(&group.name), words::share(group.recall.recalled))
}

fn confused(confusion: &Confusion) -> String {
    let Confusion { question, wrong, chosen, .. } = confusion;
    format!(
        "{}: \"{}\" chosen in {} of {}",
        short(question),
        short(wrong),
        chosen.count,
        counted(chosen.of, "wrong answer")
    )
}

/// As much of a text as fits a line.
pub(super) fn short(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(NAME) {
        None => line.into_owned(),
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}
