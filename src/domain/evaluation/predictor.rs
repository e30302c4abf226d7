//! Who predicts: the schedulers, and two who know nothing of cards, to compare them with.

use super::history::{History, Turn};
use crate::domain::{
    scheduler::{
        Schedule, Scheduler,
        fsrs::{Fsrs, Parameters, Retention},
    },
    time::StudyDay,
};

/// How far one answer moves the moving average, in logits for each unit of surprise.
pub const MOVING_AVERAGE_STEP: f64 = 0.3;
/// Where the moving average begins, in logits: at 0.77.
const MOVING_AVERAGE_START: f64 = 1.2;

/// The chance of recall when the interval of SM-2 is over: an assumption, since it names none itself.
const SM2_RECALL: f64 = 0.9;

/// Somebody who says beforehand how likely it is that an answer will be recalled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Predictor {
    /// SM-2 by its author's text, with the intervals that it would have given, taken as the time after which
    /// nine answers in ten are recalled: 0.9 ^ (elapsed / interval).
    Sm2,
    /// FSRS-6 with the parameters that were published.
    FsrsDefault,
    /// FSRS-6 with the person's own parameters.
    FsrsOwn(Parameters),
    /// The share of earlier answers that were recalled, one recalled and one forgotten answer added to
    /// begin with (Laplace's rule of succession). The same for all cards.
    MeanSoFar,
    /// The baseline MOVING-AVG of the public benchmark of schedulers (open-spaced-repetition/srs-benchmark,
    /// `model_processors.py`): a logit that starts at 1.2 and is moved after each answer by 0.3 of the
    /// difference between what happened and what was said. What it says follows the last twenty to forty
    /// answers, whichever their cards.
    MovingAverage,
}

impl Predictor {
    /// The word of JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Sm2 => "sm2",
            Self::FsrsDefault => "fsrs",
            Self::FsrsOwn(_) => "fsrs-own",
            Self::MeanSoFar => "mean-so-far",
            Self::MovingAverage => "moving-average",
        }
    }

    /// What a person calls it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Sm2 => "SM-2",
            Self::FsrsDefault => "FSRS-6, default parameters",
            Self::FsrsOwn(_) => "FSRS-6, your parameters",
            Self::MeanSoFar => "mean so far",
            Self::MovingAverage => "moving average",
        }
    }

    /// Whether it tells one card from another.
    pub fn is_scheduler(&self) -> bool {
        match self {
            Self::Sm2 | Self::FsrsDefault | Self::FsrsOwn(_) => true,
            Self::MeanSoFar | Self::MovingAverage => false,
        }
    }

    /// The chances it gives to the scored answers of a history, in their order, each with what was known
    /// just before.
    pub fn forecast(&self, history: &History) -> Vec<f64> {
        match self {
            Self::Sm2 => by_schedule(history, &Scheduler::SM2, |schedule, today| {
                let (elapsed, interval) = (today.since(schedule.answered), schedule.interval);
                SM2_RECALL.powf(f64::from(elapsed.0) / f64::from(interval.0))
            }),
            Self::FsrsDefault => fsrs_forecast(history, Parameters::default()),
            Self::FsrsOwn(parameters) => fsrs_forecast(history, *parameters),
            Self::MeanSoFar => mean_so_far(history),
            Self::MovingAverage => moving_average(history),
        }
    }
}

/// The chances that FSRS-6 gives with these parameters.
pub fn fsrs_forecast(history: &History, parameters: Parameters) -> Vec<f64> {
    // The retention that is wanted decides when a card is due, and nothing of what is remembered.
    let fsrs = Fsrs::new(parameters, Retention::default(), false);
    by_schedule(history, &Scheduler::Fsrs(fsrs), |schedule, today| fsrs.retrievability(schedule, today))
}

fn by_schedule(
    history: &History,
    scheduler: &Scheduler,
    chance: impl Fn(&Schedule, StudyDay) -> f64,
) -> Vec<f64> {
    let mut schedules: Vec<Option<Schedule>> = vec![None; history.cards().len()];
    let mut chances = Vec::with_capacity(history.scored_count());
    for answer in history.answers() {
        let schedule = &mut schedules[answer.card];
        if let (Turn::Later(_), Some(schedule)) = (answer.turn, &*schedule) {
            chances.push(chance(schedule, answer.day));
        }
        *schedule = Some(scheduler.after(schedule.as_ref(), answer.grade, answer.day));
    }
    chances
}

fn mean_so_far(history: &History) -> Vec<f64> {
    let (mut recalled, mut answers) = (1.0, 2.0);
    let step = |passes: bool| {
        let chance = recalled / answers;
        recalled += f64::from(u8::from(passes));
        answers += 1.0;
        chance
    };
    history.scored().map(|answer| answer.grade.passes()).map(step).collect()
}

fn moving_average(history: &History) -> Vec<f64> {
    let mut logit = MOVING_AVERAGE_START;
    let step = |passes: bool| {
        let chance = 1.0 / (1.0 + (-logit).exp());
        logit += MOVING_AVERAGE_STEP * (f64::from(u8::from(passes)) - chance);
        chance
    };
    history.scored().map(|answer| answer.grade.passes()).map(step).collect()
}
