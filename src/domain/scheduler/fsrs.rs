//! FSRS-6, the free spaced repetition scheduler of J. Ye and the open-spaced-repetition project, written
//! from its published formulas (“The Algorithm” in the wiki of awesome-fsrs, 2025).
//!
//! A card's memory has two figures. The stability S is the time in days after which it would be recalled
//! nine times in ten; the difficulty D goes from 1 to 10 and says how slowly S grows. With the grade G
//! counted from 1 (again) to 4 (easy) and the parameters w:
//!
//! | | |
//! |---|---|
//! | retrievability after t days | R = (1 + F t / S) ^ -w20, where F = 0.9 ^ (-1 / w20) - 1 |
//! | first answer | S = w(G - 1), D = w4 - e ^ (w5 (G - 1)) + 1 |
//! | later, difficulty | D' = w7 D_easy + (1 - w7) (D - w6 (G - 3) (10 - D) / 9), D_easy being that of a first answer easy |
//! | later, recalled | S' = S (1 + e ^ w8 (11 - D) S ^ -w9 (e ^ (w10 (1 - R)) - 1)), the gain times w15 if hard, w16 if easy |
//! | later, forgotten | S' = w11 D ^ -w12 ((S + 1) ^ w13 - 1) e ^ (w14 (1 - R)), at most S e ^ -(w17 w18) |
//! | again on the same day | S' = S e ^ (w17 (G - 3 + w18)) S ^ -w19, at least S unless forgotten |
//! | interval | the days after which R is the retention that is wanted, rounded |
//!
//! The formulas know no learning steps. What is forgotten comes again on the same day, as with SM-2; such a
//! further answer moves the memory and with it the due day, but is neither a repetition nor a lapse.

mod parameters;

use std::fmt;

use super::{LONGEST_INTERVAL, Memory, Schedule, fuzz::Fuzz};
use crate::domain::{
    grade::Grade,
    time::{Days, StudyDay},
};

pub use parameters::{NoParameters, NoRetention, PARAMETERS, Parameters, Retention};

/// FSRS-6 with its settings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fsrs {
    parameters: Parameters,
    /// Whether intervals are fuzzed.
    pub(super) fuzz: bool,
    /// F of the formulas.
    factor: f64,
    /// The interval, in days, for each day of stability.
    interval_by_stability: f64,
}

/// What FSRS knows of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// How long it lasts.
    pub stability: Stability,
    /// How hard it is to make it last longer.
    pub difficulty: Difficulty,
}

/// How long a memory lasts: the days after which it is recalled nine times in ten. Always finite, and at
/// least [`Stability::LEAST`].
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Stability(f64);

/// How hard it is to make a memory last: 1 to 10.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Difficulty(f64);

// Neither can be NaN: their constructors see to it.
impl Eq for Stability {}
impl Eq for Difficulty {}

impl Fsrs {
    /// FSRS-6 with these parameters, for this retention.
    pub fn new(parameters: Parameters, retention: Retention, fuzz: bool) -> Self {
        let longing = |share: f64| share.powf(-1.0 / parameters.decay) - 1.0;
        let factor = longing(0.9);
        let interval_by_stability = longing(retention.share()) / factor;
        Self { parameters, fuzz, factor, interval_by_stability }
    }

    /// As [`Scheduler::memory_word`](super::Scheduler::memory_word): neither the retention that is wanted nor
    /// fuzz changes what is known of a card.
    pub(super) fn memory_word(&self) -> String {
        if self.parameters == Parameters::default() {
            return "fsrs".to_owned();
        }
        self.parameters.values().iter().fold("fsrs".to_owned(), |word, value| format!("{word} {value}"))
    }

    /// How likely it is that the card is recalled on this day: 0 to 1.
    pub fn retrievability(&self, schedule: &Schedule, today: StudyDay) -> f64 {
        self.recalled_after(today.since(schedule.answered), self.trace(schedule).stability)
    }

    /// The schedule after an answer; `before` is `None` for a card's first.
    pub(super) fn after(
        &self,
        before: Option<&Schedule>,
        grade: Grade,
        today: StudyDay,
        fuzz: Fuzz,
    ) -> Schedule {
        let passes = grade.passes();
        let (trace, counted) = match before {
            None => {
                let trace = self.first(grade);
                (trace, Schedule::unanswered(Memory::Fsrs(trace), today).answered(passes, !passes, today))
            }
            Some(before) if today <= before.answered => {
                (self.same_day(self.trace(before), grade), before.answered_further(!passes))
            }
            Some(before) => {
                let elapsed = today.since(before.answered);
                (self.later(self.trace(before), elapsed, grade), before.answered(passes, !passes, today))
            }
        };
        let interval = fuzz.apply(self.interval(trace.stability));
        Schedule { memory: Memory::Fsrs(trace), ..counted.promised(interval, today) }
    }

    /// What is known of a card. Where another scheduler has kept it so far and its log was not replayed, its
    /// interval says best how long it lasts.
    fn trace(&self, schedule: &Schedule) -> Trace {
        match schedule.memory {
            Memory::Fsrs(trace) => trace,
            Memory::Sm2 { .. } => Trace {
                stability: Stability::of_days(f64::from(schedule.interval.0)),
                difficulty: Difficulty::of(self.first_difficulty(Grade::Good)),
            },
        }
    }

    fn first(&self, grade: Grade) -> Trace {
        let days = self.parameters.first_stability[usize::from(grade.number()) - 1];
        Trace {
            stability: Stability::of_days(days),
            difficulty: Difficulty::of(self.first_difficulty(grade)),
        }
    }

    fn same_day(&self, trace: Trace, grade: Grade) -> Trace {
        let w = &self.parameters;
        let Stability(days) = trace.stability;
        let change = (w.same_day_gain * (beyond_good(grade) + w.same_day_shift)).exp()
            * days.powf(-w.same_day_saturation);
        let change = if grade.passes() { change.max(1.0) } else { change };
        Trace {
            stability: Stability::of_days(days * change),
            difficulty: self.next_difficulty(trace.difficulty, grade),
        }
    }

    fn later(&self, trace: Trace, elapsed: Days, grade: Grade) -> Trace {
        let recalled = self.recalled_after(elapsed, trace.stability);
        let days = match grade {
            Grade::Again => self.days_after_lapse(trace, recalled),
            Grade::Hard => self.days_after_recall(trace, recalled, self.parameters.hard_penalty),
            Grade::Good => self.days_after_recall(trace, recalled, 1.0),
            Grade::Easy => self.days_after_recall(trace, recalled, self.parameters.easy_bonus),
        };
        Trace {
            stability: Stability::of_days(days),
            difficulty: self.next_difficulty(trace.difficulty, grade),
        }
    }

    fn days_after_recall(&self, trace: Trace, recalled: f64, multiple: f64) -> f64 {
        let w = &self.parameters;
        let (Stability(days), Difficulty(difficulty)) = (trace.stability, trace.difficulty);
        let saturation = days.powf(-w.recall_saturation);
        let spacing = (w.recall_spacing * (1.0 - recalled)).exp() - 1.0;
        days * (1.0 + w.recall_gain.exp() * (11.0 - difficulty) * saturation * spacing * multiple)
    }

    fn days_after_lapse(&self, trace: Trace, recalled: f64) -> f64 {
        let w = &self.parameters;
        let (Stability(days), Difficulty(difficulty)) = (trace.stability, trace.difficulty);
        let left = w.lapse_scale
            * difficulty.powf(-w.lapse_difficulty)
            * ((days + 1.0).powf(w.lapse_stability) - 1.0)
            * (w.lapse_spacing * (1.0 - recalled)).exp();
        left.min(days / (w.same_day_gain * w.same_day_shift).exp())
    }

    /// The difficulty of a first answer, before it is brought into its bounds.
    fn first_difficulty(&self, grade: Grade) -> f64 {
        let better = f64::from(grade.number()) - 1.0;
        self.parameters.first_difficulty - (self.parameters.first_easing * better).exp() + 1.0
    }

    fn next_difficulty(&self, Difficulty(difficulty): Difficulty, grade: Grade) -> Difficulty {
        let w = &self.parameters;
        let damped = (10.0 - difficulty) / 9.0;
        let stepped = difficulty - w.difficulty_step * beyond_good(grade) * damped;
        let easy = self.first_difficulty(Grade::Easy);
        Difficulty::of(w.difficulty_reversion * easy + (1.0 - w.difficulty_reversion) * stepped)
    }

    fn recalled_after(&self, elapsed: Days, Stability(days): Stability) -> f64 {
        (1.0 + self.factor * f64::from(elapsed.0) / days).powf(-self.parameters.decay)
    }

    /// Half a day goes to the even number, as in the reference implementation.
    fn interval(&self, Stability(days): Stability) -> Days {
        let days = (days * self.interval_by_stability).round_ties_even();
        Days(days.clamp(1.0, f64::from(LONGEST_INTERVAL.0)) as u32)
    }
}

/// By how many grades an answer was better than good.
fn beyond_good(grade: Grade) -> f64 {
    f64::from(grade.number()) - f64::from(Grade::Good.number())
}

impl Stability {
    /// The least stability, in days.
    pub const LEAST: f64 = 0.001;
    /// Far beyond any interval, so that it changes none, and far from infinity.
    const MOST: f64 = 1e9;

    /// One of so many days, brought within its bounds.
    pub fn of_days(days: f64) -> Self {
        Self(within(days, Self::LEAST, Self::MOST))
    }

    /// The days after which it would be recalled nine times in ten.
    pub fn days(self) -> f64 {
        self.0
    }
}

impl Difficulty {
    /// The least difficulty.
    pub const LEAST: f64 = 1.0;
    /// The greatest difficulty.
    pub const MOST: f64 = 10.0;

    /// One of this figure, brought within its bounds.
    pub fn of(difficulty: f64) -> Self {
        Self(within(difficulty, Self::LEAST, Self::MOST))
    }

    /// The figure, 1 to 10.
    pub fn figure(self) -> f64 {
        self.0
    }
}

/// The nearest number within these bounds; the least for what is not a number.
fn within(number: f64, least: f64, most: f64) -> f64 {
    if number.is_nan() { least } else { number.clamp(least, most) }
}

impl fmt::Display for Stability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} d", self.0)
    }
}

impl fmt::Display for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} of {}", self.0, Self::MOST)
    }
}
