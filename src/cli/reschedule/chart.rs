//! What rescheduling would change, as two small charts of text: how far cards move, and what the next days
//! would bring.

use std::io::Write;

use super::day;
use crate::domain::rescheduling::{Group, Rescheduling};

/// The columns of the longest bar of one kind.
const WIDTH: usize = 24;

/// How many cards move how far, the farthest forward first and the farthest back last.
pub(super) fn shifts(plan: &Rescheduling, out: &mut dyn Write) -> anyhow::Result<()> {
    let earlier =
        plan.earlier().groups().into_iter().rev().map(|group| (said(group, "earlier"), group.cards));
    let later = plan.later().groups().into_iter().map(|group| (said(group, "later"), group.cards));
    let unmoved = ("as now".to_owned(), plan.cards - plan.moves.len());
    let rows: Vec<(String, usize)> = earlier.chain([unmoved]).chain(later).collect();
    let most = rows.iter().map(|(_, cards)| *cards).max().unwrap_or_default();
    for (words, cards) in rows {
        let line = format!("{words:>23}  {cards:>7}  {}", bar(cards, most));
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out)?;
    Ok(())
}

fn said(Group { least, most, .. }: Group, word: &str) -> String {
    match most {
        Some(most) if most == least => format!("{} day {word}", least.0),
        Some(most) => format!("{} to {} days {word}", least.0, most.0),
        None => format!("{} days or more {word}", least.0),
    }
}

/// How many cards are due on each of the next days, as it is and as it would be.
pub(super) fn days(plan: &Rescheduling, out: &mut dyn Write) -> anyhow::Result<()> {
    let most = plan.before.iter().chain(&plan.after).copied().max().unwrap_or_default();
    writeln!(out, "{:10}  {:>7}  {:WIDTH$}  {:>7}", "due on", "now", "", "then")?;
    for ((before, after), ahead) in plan.before.iter().zip(&plan.after).zip(0..) {
        let date = day(plan.today, ahead);
        let (now, then) = (bar(*before, most), bar(*after, most));
        let line = format!("{date}  {before:>7}  {now:WIDTH$}  {after:>7}  {then}");
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "Overdue cards count for today.\n")?;
    Ok(())
}

/// At least one column for what is not nothing.
fn bar(cards: usize, most: usize) -> String {
    "#".repeat((cards * WIDTH).div_ceil(most.max(1)))
}
