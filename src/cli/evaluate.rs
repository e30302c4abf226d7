//! `retain evaluate`: how well did each scheduler predict this person's answers?

pub(super) mod figures;
mod plot;
pub(super) mod words;

use std::{collections::HashMap, io::Write};

use super::{Exit, answers, scope, text};
use crate::{
    app::{App, Judgement, Own},
    domain::evaluation::{Evaluation, FEWEST_ANSWERS, Score},
};

/// Show how well each scheduler predicted your answers
///
/// Each answer is predicted by replay, with what was known just before it, whichever scheduler you use.
/// Scored is a card's first answer of a study day, if it had been answered on an earlier day. Recalled is
/// every grade but again.
///
/// SM-2 names no chances; it is taken at its intervals, as if they were the time after which nine answers in
/// ten are recalled: 0.9 ^ (elapsed / interval). Beside the schedulers stand two that know nothing of cards:
/// the mean so far of all your answers, and the moving average of the public benchmark of schedulers
/// (MOVING-AVG in open-spaced-repetition/srs-benchmark), which follows your last twenty to forty. What does
/// not beat the moving average knows nothing about your cards.
///
/// Log loss is the mean of -ln of the chance that was given to what happened, chances kept from 0.0001 to
/// 0.9999; RMSE in bins is that of the same benchmark; lower is better for both. AUC is how often a recalled
/// answer had been given the greater chance than a forgotten one: 0.5 is a coin, 1 is always. Intervals are
/// as wide as the middle 95 % of samples that draw your cards anew (bootstrap); the same answers always get
/// the same.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain evaluate
  retain evaluate --deck python --json
  retain evaluate --answers answers.jsonl")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: answers::Source,

    /// For programs
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(
        &self,
        open: impl FnOnce() -> anyhow::Result<App>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let judgement = match &self.source.answers {
            Some(file) => Judgement::new(&answers::read(file)?, &HashMap::new(), None),
            None => {
                let app = open()?;
                app.evaluate(&scope::named(&app, self.source.deck.as_deref())?)?
            }
        };
        if self.json {
            text::json(out, &figures::of(&judgement))?;
        } else {
            tell(&judgement, out)?;
        }
        Ok(Exit::Done)
    }
}

fn tell(judgement: &Judgement, out: &mut dyn Write) -> anyhow::Result<()> {
    let Some(evaluation) = &judgement.evaluation else {
        return text::paragraph(
            out,
            &format!(
                "{} can be scored so far. Below {FEWEST_ANSWERS} nothing is said about predictions: it would be \
                 chance. Scored is a card's first answer of a study day, if it had been answered on an earlier day.",
                text::counted(judgement.scored, "answer")
            ),
        );
    };
    text::paragraph(out, &words::answers(evaluation))?;
    if let Some(guessing) = &judgement.guessing {
        text::paragraph(out, &words::guessing(guessing))?;
    }
    table(evaluation, out)?;
    text::paragraph(out, &words::intervals(evaluation))?;
    text::paragraph(out, &words::verdict(evaluation))?;
    if let Some(own) = &judgement.own {
        tell_own(own, out)?;
    }
    for score in evaluation.scores.iter().filter(|score| score.predictor.is_scheduler()) {
        plot::calibration(score, out)?;
    }
    Ok(())
}

fn tell_own(own: &Own, out: &mut dyn Write) -> anyhow::Result<()> {
    text::paragraph(out, &words::own(own))?;
    if let Some(evaluation) = &own.evaluation {
        table(evaluation, out)?;
    }
    Ok(())
}

fn table(evaluation: &Evaluation, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{:20}  {:19}  {:19}  AUC", "", "log loss", "RMSE in bins")?;
    for Score { predictor, log_loss, rmse_in_bins, auc, .. } in &evaluation.scores {
        let auc = auc.map_or_else(|| "none".to_owned(), |auc| words::estimate(&auc, 2));
        writeln!(
            out,
            "{:20}  {:19}  {:19}  {auc}",
            predictor.label(),
            words::estimate(log_loss, 3),
            words::estimate(rmse_in_bins, 3)
        )?;
    }
    writeln!(out)?;
    Ok(())
}
