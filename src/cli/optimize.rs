//! `retain optimize`: parameters of FSRS for this person, as far as their answers bear them out.

mod words;

use std::{io::Write, path::PathBuf, sync::atomic::Ordering};

use serde::Serialize;

use super::{Exit, answers, consent, evaluate::figures::Value, options, scope, text};
use crate::{
    app::{App, FEWEST_TO_FIT, Fitted, Optimization},
    domain::evaluation::{Blends, History},
};

/// Fit the parameters of FSRS to your answers
///
/// FSRS-6 is fitted to the older 70 % of your scored answers. A fit to few answers can do harm, so it is
/// blended with the published parameters: published + λ (fit - published). Of λ = 0, 0.1 … 1 that one is
/// taken whose blend predicts the newest 30 % best, which the fit has not seen. λ = 0 is an honest answer: the
/// published parameters suit you as well as any.
///
/// Nothing changes without your consent, and no due date changes at all. Parameters that you keep go into a
/// file of their own beside the collection.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain optimize
  retain optimize --deck python --yes
  retain optimize --answers answers.jsonl --json

Exit codes: 0 done, 1 failed, 130 stopped by Ctrl-C, with nothing changed")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: answers::Source,

    /// Keep the parameters without asking
    #[arg(long, conflicts_with = "answers")]
    yes: bool,

    /// For programs; keeps nothing unless --yes says so
    #[arg(long)]
    json: bool,
}

/// What came of it, as JSON.
#[derive(Debug, Serialize)]
struct Figures {
    scored: usize,
    fewest: usize,
    problem: Option<String>,
    blend: Option<Blend>,
    kept: bool,
    file: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Blend {
    fitted_to: usize,
    held_out: usize,
    held_out_recalled: usize,
    held_out_cards: usize,
    bootstrap_samples: usize,
    lambda: f64,
    log_loss_default: Value,
    log_loss_fit: Value,
    log_loss_blend: Value,
    blend_beyond_default: Value,
    parameters: Vec<f64>,
}

/// Where parameters may be kept, and what of them.
struct Keeping {
    app: App,
    fitted: Option<Fitted>,
}

impl Arguments {
    pub(super) fn run(
        &self,
        open: impl FnOnce() -> anyhow::Result<App>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        if let Some(file) = &self.source.answers {
            let history = answers::read(file)?;
            let optimization = optimize(&history)?;
            return self.tell(&history, &optimization, None, out);
        }
        let app = open()?;
        let scope = scope::named(&app, self.source.deck.as_deref())?;
        let history = app.answers(&scope)?;
        let optimization = optimize(&history)?;
        let fitted = match &optimization {
            Optimization::Judged(blends) => app.to_keep(&scope, &history, blends),
            Optimization::TooFew | Optimization::NoFit(_) => None,
        };
        self.tell(&history, &optimization, Some(Keeping { app, fitted }), out)
    }

    fn tell(
        &self,
        history: &History,
        optimization: &Optimization,
        keeping: Option<Keeping>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        if self.json {
            let kept = self.yes && keeping.as_ref().map_or(Ok(false), Keeping::keep)?;
            let file = keeping.map(|keeping| keeping.app.parameters_file());
            text::json(out, &Figures { kept, file, ..Figures::of(history, optimization) })?;
            return Ok(Exit::Done);
        }
        text::paragraph(out, &words::outcome(history, optimization))?;
        if let Optimization::Judged(blends) = optimization {
            words::table(blends, out)?;
            text::paragraph(out, &words::verdict(blends))?;
        }
        if let Some(keeping) = keeping {
            self.keep(&keeping, out)?;
        }
        Ok(Exit::Done)
    }

    /// Keeps what there is to keep if the person agrees, and says where it is or would be.
    fn keep(&self, keeping: &Keeping, out: &mut dyn Write) -> anyhow::Result<()> {
        let Some(fitted) = &keeping.fitted else { return Ok(()) };
        let file = keeping.app.parameters_file();
        let file = text::one_line(&file.to_string_lossy()).into_owned();
        writeln!(out, "{}\n", words::values(&fitted.parameters))?;
        if self.yes || consent::given(&format!("Keep these parameters in {file}? [y/N] "), out)? {
            keeping.keep()?;
            writeln!(out, "Kept in {file}.")?;
        } else {
            writeln!(out, "Nothing was changed. `retain optimize --yes` would keep them in {file}.")?;
        }
        Ok(())
    }
}

impl Keeping {
    /// Whether there was anything to keep.
    fn keep(&self) -> anyhow::Result<bool> {
        let Some(fitted) = &self.fitted else { return Ok(false) };
        self.app.keep_fitted(fitted.clone())?;
        Ok(true)
    }
}

impl Figures {
    fn of(history: &History, optimization: &Optimization) -> Self {
        let (problem, blend) = match optimization {
            Optimization::TooFew => (Some("too few answers".to_owned()), None),
            Optimization::NoFit(reason) => (Some(reason.to_string()), None),
            Optimization::Judged(blends) => (None, Some(Blend::of(history, blends))),
        };
        Self {
            scored: history.scored_count(),
            fewest: FEWEST_TO_FIT,
            problem,
            blend,
            kept: false,
            file: None,
        }
    }
}

impl Blend {
    fn of(history: &History, blends: &Blends) -> Self {
        Self {
            fitted_to: history.seen_by_fit(),
            held_out: blends.held_out.of,
            held_out_recalled: blends.held_out.count,
            held_out_cards: blends.cards,
            bootstrap_samples: blends.samples,
            lambda: blends.lambda,
            log_loss_default: blends.default.into(),
            log_loss_fit: blends.fit.into(),
            log_loss_blend: blends.blend.into(),
            blend_beyond_default: blends.gain.into(),
            parameters: blends.parameters.values().to_vec(),
        }
    }
}

/// Fits, and stops at Ctrl-C with nothing done.
fn optimize(history: &History) -> anyhow::Result<Optimization> {
    let stop = options::stop_at_signals()?;
    let optimization = Optimization::of(history, || !stop.load(Ordering::Relaxed))?;
    // Nothing is left to be stopped half-way: from here on a signal ends the program at once.
    stop.store(true, Ordering::Relaxed);
    Ok(optimization)
}
