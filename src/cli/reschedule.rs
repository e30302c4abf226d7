//! `retain reschedule`: the days of cards set anew by the scheduler that keeps them now, once it is clear
//! what that would change.

mod chart;

use std::io::{self, Write};

use anyhow::anyhow;
use serde::Serialize;

use super::{Exit, consent, scope, text};
use crate::{
    app::{Access, App, Error},
    domain::{
        rescheduling::{Group, Rescheduling, Shifts},
        time::{Days, StudyDay},
    },
};

/// Set the days of cards anew, by the scheduler that keeps them now
///
/// Another scheduler, other parameters or another desired retention move no card: a promised day stays. This
/// moves them. Each card is given the day that its scheduler would have promised at its last answer, had it
/// kept the card from the first one on; today at the earliest. Cards that were answered by a clock that ran far
/// ahead come back within their interval. New, suspended and retired cards stay as they
/// are.
///
/// It is shown first what would change. All of it is one act of the log, which one undo takes back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain reschedule --preview
  retain reschedule --deck python
  retain reschedule --yes --json")]
pub(super) struct Arguments {
    /// Only the cards of a deck or a book, by its name or a part of it
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,

    /// Show what would change, and change nothing
    #[arg(long)]
    preview: bool,

    /// Do it without asking
    #[arg(long, conflicts_with = "preview")]
    yes: bool,

    /// For programs; changes nothing unless --yes says so
    #[arg(long)]
    json: bool,
}

/// What would change, as JSON. Days are counted from the study day, which is day 0.
#[derive(Debug, Serialize)]
struct Figures {
    study_day: String,
    cards: usize,
    moved: usize,
    earlier: Direction,
    later: Direction,
    days: Vec<Day>,
    done: bool,
}

/// Moves in one direction, in days.
#[derive(Debug, Serialize)]
struct Direction {
    cards: usize,
    median: u32,
    nine_in_ten_at_most: u32,
    histogram: Vec<Bin>,
}

#[derive(Debug, Serialize)]
struct Bin {
    least: u32,
    most: Option<u32>,
    cards: usize,
}

#[derive(Debug, Serialize)]
struct Day {
    day: String,
    before: usize,
    after: usize,
}

impl Arguments {
    pub(super) fn run(
        &self,
        open: impl FnOnce(Access) -> anyhow::Result<App>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let mut app = open(if self.preview { Access::Read } else { Access::Write })?;
        if let Some(doubt) = app.doubtful_zone() {
            writeln!(io::stderr(), "retain: {}", text::one_line(&doubt))?;
        }
        for name in app.unknown_decks_in_settings()? {
            writeln!(
                io::stderr(),
                "retain: the settings name “{}”, and no deck does",
                text::one_line(&name)
            )?;
        }
        let scope = scope::named(&app, self.deck.as_deref())?;
        let plan = app.plan_rescheduling(&scope)?;
        if self.json {
            if self.yes {
                app.reschedule(&plan).map_err(with_hint)?;
            }
            text::json(out, &Figures::of(&plan, self.yes))?;
            return Ok(Exit::Done);
        }
        text::paragraph(out, &in_words(&plan))?;
        if plan.moves.is_empty() {
            return Ok(Exit::Done);
        }
        chart::shifts(&plan, out)?;
        chart::days(&plan, out)?;
        if !self.preview {
            self.reschedule(&mut app, &plan, out)?;
        }
        Ok(Exit::Done)
    }

    /// Does it if the person agrees.
    fn reschedule(&self, app: &mut App, plan: &Rescheduling, out: &mut dyn Write) -> anyhow::Result<()> {
        let cards = text::counted(plan.moves.len(), "card");
        if !self.yes && !consent::given(&format!("Give {cards} these days? [y/N] "), out)? {
            writeln!(out, "Nothing was changed. `retain reschedule --yes` does it without asking.")?;
            return Ok(());
        }
        match app.reschedule(plan) {
            Err(doubt @ Error::ClockBehind { .. }) if !self.yes => {
                if !consent::given(&format!("{doubt}. Reschedule all the same? [y/N] "), out)? {
                    writeln!(out, "Nothing was changed.")?;
                    return Ok(());
                }
                app.trust_clock();
                app.reschedule(plan)?;
            }
            done => done.map_err(with_hint)?,
        }
        writeln!(out, "{cards} rescheduled. `u` in the decks takes it back, all at once.")?;
        Ok(())
    }
}

/// Whoever said --yes is not asked what no script can know.
fn with_hint(error: Error) -> anyhow::Error {
    match error {
        doubt @ Error::ClockBehind { .. } => {
            anyhow!("{doubt}. Set the clock right, or reschedule without --yes to be asked")
        }
        error => error.into(),
    }
}

fn in_words(plan: &Rescheduling) -> String {
    let (cards, moved) = (plan.cards, plan.moves.len());
    if moved == 0 {
        let looked_at = text::counted(cards, "card");
        return format!("No card would move: {looked_at} would be due as now.");
    }
    let said = |shifts: &Shifts, word: &str| {
        let (median, most) = (shifts.median(), shifts.most_of_nine_in_ten());
        match shifts.cards() {
            0 => format!("None {word}."),
            cards => format!("{cards} {word}: by {median} in the middle, nine in ten by {most} at most."),
        }
    };
    let (earlier, later) = (said(&plan.earlier(), "earlier"), said(&plan.later(), "later"));
    format!("{moved} of {} would be due on another day. {earlier} {later}", text::counted(cards, "card"))
}

impl Figures {
    fn of(plan: &Rescheduling, done: bool) -> Self {
        let days = plan.before.iter().zip(&plan.after).zip(0..);
        Self {
            study_day: plan.today.to_string(),
            cards: plan.cards,
            moved: plan.moves.len(),
            earlier: Direction::of(&plan.earlier()),
            later: Direction::of(&plan.later()),
            days: days
                .map(|((before, after), ahead)| Day {
                    day: day(plan.today, ahead).to_string(),
                    before: *before,
                    after: *after,
                })
                .collect(),
            done,
        }
    }
}

fn day(today: StudyDay, ahead: u32) -> StudyDay {
    today.plus(Days(ahead))
}

impl Direction {
    fn of(shifts: &Shifts) -> Self {
        let bin = |Group { least, most, cards }| Bin { least: least.0, most: most.map(|most| most.0), cards };
        Self {
            cards: shifts.cards(),
            median: shifts.median().0,
            nine_in_ten_at_most: shifts.most_of_nine_in_ten().0,
            histogram: shifts.groups().into_iter().map(bin).collect(),
        }
    }
}
