//! Who predicts: the schedulers, and two who know nothing of cards, to compare them with.

use super::history::{Answer, History, Turn};
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

/// What those know who know nothing of cards: what all scored answers so far came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mood {
    /// How many were recalled.
    pub recalled: u32,
    /// How many there were.
    pub answers: u32,
    /// The logit of the moving average.
    pub logit: f64,
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
            Self::FsrsDefault => "FSRS-6 (published)",
            Self::FsrsOwn(_) => "FSRS-6 (yours)",
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
        self.forecast_on(history, 0, &Mood::default())
    }

    /// The chances it gives to the scored answers of a history from one at this place on. Before it are those to
    /// the same cards; what all others came to is in the mood.
    pub fn forecast_on(&self, history: &History, from: usize, mood: &Mood) -> Vec<f64> {
        match self {
            Self::Sm2 => by_schedule(history, from, &Scheduler::SM2, |schedule, today| {
                let (elapsed, interval) = (today.since(schedule.answered), schedule.interval);
                SM2_RECALL.powf(f64::from(elapsed.0) / f64::from(interval.0))
            }),
            Self::FsrsDefault => fsrs_forecast(history, from, Parameters::default()),
            Self::FsrsOwn(parameters) => fsrs_forecast(history, from, *parameters),
            Self::MeanSoFar => by_mood(history, from, mood, Mood::mean_so_far),
            Self::MovingAverage => by_mood(history, from, mood, Mood::moving_average),
        }
    }
}

impl Default for Mood {
    fn default() -> Self {
        Self { recalled: 0, answers: 0, logit: MOVING_AVERAGE_START }
    }
}

impl Mood {
    /// After one more scored answer.
    pub fn step(&mut self, passes: bool) {
        let surprise = f64::from(u8::from(passes)) - self.moving_average();
        self.logit += MOVING_AVERAGE_STEP * surprise;
        self.recalled += u32::from(passes);
        self.answers += 1;
    }

    fn mean_so_far(&self) -> f64 {
        (f64::from(self.recalled) + 1.0) / (f64::from(self.answers) + 2.0)
    }

    fn moving_average(&self) -> f64 {
        1.0 / (1.0 + (-self.logit).exp())
    }
}

/// The chances that FSRS-6 gives with these parameters to the scored answers from one at this place on.
pub fn fsrs_forecast(history: &History, from: usize, parameters: Parameters) -> Vec<f64> {
    // The retention that is wanted decides when a card is due, and nothing of what is remembered.
    let fsrs = Fsrs::new(parameters, Retention::default(), false);
    by_schedule(history, from, &Scheduler::Fsrs(fsrs), |schedule, today| fsrs.retrievability(schedule, today))
}

fn by_schedule(
    history: &History,
    from: usize,
    scheduler: &Scheduler,
    chance: impl Fn(&Schedule, StudyDay) -> f64,
) -> Vec<f64> {
    let mut schedules: Vec<Option<Schedule>> = vec![None; history.cards().len()];
    let mut chances = Vec::with_capacity(history.scored_count());
    for (place, answer) in history.answers().iter().enumerate() {
        let schedule = &mut schedules[answer.card];
        if let (true, Turn::Later(_), Some(schedule)) = (place >= from, answer.turn, &*schedule) {
            chances.push(chance(schedule, answer.day));
        }
        *schedule = Some(scheduler.after(schedule.as_ref(), answer.grade, answer.day));
    }
    chances
}

fn by_mood(history: &History, from: usize, mood: &Mood, chance: impl Fn(&Mood) -> f64) -> Vec<f64> {
    let mut mood = *mood;
    let scored = history.answers()[from..].iter().filter(|answer| matches!(answer.turn, Turn::Later(_)));
    let step = |answer: &Answer| {
        let chance = chance(&mood);
        mood.step(answer.grade.passes());
        chance
    };
    scored.map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::super::history::tests::two_cards;
    use super::*;

    #[track_caller]
    fn check(predictor: Predictor, chances: [f64; 5]) {
        let found = predictor.forecast(&two_cards());
        let close = found.iter().zip(chances).all(|(found, chance)| (found - chance).abs() < 1e-6);
        assert!(found.len() == 5 && close, "{predictor:?}: {found:?}");
    }

    #[test]
    fn sm2_is_taken_at_its_own_intervals() {
        // Card a has the intervals 1, 6 and 1 when it is answered; card b has 1, and 1 again after a lapse.
        check(Predictor::Sm2, [0.9, 0.9, 0.9_f64.sqrt(), 0.9, 0.9_f64.powi(7)]);
    }

    #[test]
    fn fsrs_forgets_by_its_power_law() {
        // After good the stability is 2.3065 days, after again 0.212; the decay is 0.1542 as published.
        let found = Predictor::FsrsDefault.forecast(&two_cards());
        let recalled = |stability: f64| (1.0 + (0.9_f64.powf(-1.0 / 0.1542) - 1.0) / stability).powf(-0.1542);
        assert!((found[0] - recalled(2.3065)).abs() < 1e-12 && (found[1] - recalled(0.212)).abs() < 1e-12);
    }

    #[test]
    fn the_mean_so_far_begins_at_one_of_two() {
        check(Predictor::MeanSoFar, [1.0 / 2.0, 2.0 / 3.0, 3.0 / 4.0, 3.0 / 5.0, 4.0 / 6.0]);
    }

    #[test]
    fn the_moving_average_moves_by_three_tenths_of_the_surprise() {
        // Logits by hand: 1.2; + 0.3 × 0.231475 = 1.269443; + 0.3 × 0.219353 = 1.335248;
        // - 0.3 × 0.791707 = 1.097736; + 0.3 × 0.250164 = 1.172785.
        check(Predictor::MovingAverage, [0.768525, 0.780647, 0.791707, 0.749836, 0.763648]);
    }
}
