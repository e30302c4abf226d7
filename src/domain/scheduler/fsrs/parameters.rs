//! What FSRS-6 is told from outside: its 21 parameters and the retention that is wanted. Whatever passes
//! their constructors can be computed with.

/// How many parameters FSRS-6 has.
pub const PARAMETERS: usize = 21;

/// The parameters that the authors of FSRS-6 have fitted to the reviews of some ten thousand people, as
/// published with its reference implementations (open-spaced-repetition, 2025).
const DEFAULT: [f64; PARAMETERS] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// The least and the most of each parameter, as the published optimizers keep them.
const BOUNDS: [(f64, f64); PARAMETERS] = [
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
];

/// The parameters of FSRS-6, each within its bounds. The published formulas number them from 0 to 20.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// 0 to 3: the stability after a first answer, in days, by its grade.
    pub(super) first_stability: [f64; 4],
    /// 4: the difficulty after a first answer that was not known.
    pub(super) first_difficulty: f64,
    /// 5: how much easier a card is for each grade by which its first answer was better.
    pub(super) first_easing: f64,
    /// 6: how much a grade changes the difficulty.
    pub(super) difficulty_step: f64,
    /// 7: how strongly the difficulty is drawn back to that of an easy card.
    pub(super) difficulty_reversion: f64,
    /// 8: how much stability a recall brings, as an exponent.
    pub(super) recall_gain: f64,
    /// 9: how much less it brings to what is stable already.
    pub(super) recall_saturation: f64,
    /// 10: how much more it brings the nearer the card was to being forgotten.
    pub(super) recall_spacing: f64,
    /// 11: how much stability is left after a lapse.
    pub(super) lapse_scale: f64,
    /// 12: how much less is left of what is difficult.
    pub(super) lapse_difficulty: f64,
    /// 13: how much more is left of what was stable.
    pub(super) lapse_stability: f64,
    /// 14: how much more is left the nearer the card was to being forgotten.
    pub(super) lapse_spacing: f64,
    /// 15: which part of the gain a hard recall brings.
    pub(super) hard_penalty: f64,
    /// 16: which multiple of the gain an easy recall brings.
    pub(super) easy_bonus: f64,
    /// 17: how much a further answer of the same day changes, as an exponent.
    pub(super) same_day_gain: f64,
    /// 18: which grade of a further answer changes nothing; 0 would be good, 1 hard.
    pub(super) same_day_shift: f64,
    /// 19: how much less a further answer brings to what is stable already.
    pub(super) same_day_saturation: f64,
    /// 20: how fast memory decays.
    pub(super) decay: f64,
}

/// The share of answers that a person wants to know when cards come due: 0.70 to 0.99.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retention(f64);

/// Numbers that cannot be the parameters of FSRS-6.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoParameters {
    /// Too few or too many.
    #[error("FSRS-6 has {PARAMETERS} parameters, and these are {0}")]
    Count(usize),
    /// One of them is outside its bounds, or not a number at all.
    #[error("parameter {place} (counted from 0) is {value}, and must be from {least} to {most}")]
    Bounds {
        /// Its place, counted from 0 as in the published formulas.
        place: usize,
        /// What it is.
        value: f64,
        /// The least that it may be.
        least: f64,
        /// The most that it may be.
        most: f64,
    },
}

/// A number that cannot be a desired retention.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("a desired retention is from 0.70 to 0.99, and this is {0}")]
pub struct NoRetention(pub f64);

impl Parameters {
    /// The parameters with these values, in the order of the published formulas.
    ///
    /// # Errors
    /// When there are not just [`PARAMETERS`] of them, or one lies outside its bounds.
    pub fn new(values: &[f64]) -> Result<Self, NoParameters> {
        let values: &[f64; PARAMETERS] = values.try_into().map_err(|_| NoParameters::Count(values.len()))?;
        for (place, (&value, (least, most))) in values.iter().zip(BOUNDS).enumerate() {
            if !(least..=most).contains(&value) {
                return Err(NoParameters::Bounds { place, value, least, most });
            }
        }
        Ok(Self::of(values))
    }

    /// The values, in the order of the published formulas.
    pub fn values(&self) -> [f64; PARAMETERS] {
        let [again, hard, good, easy] = self.first_stability;
        [
            again,
            hard,
            good,
            easy,
            self.first_difficulty,
            self.first_easing,
            self.difficulty_step,
            self.difficulty_reversion,
            self.recall_gain,
            self.recall_saturation,
            self.recall_spacing,
            self.lapse_scale,
            self.lapse_difficulty,
            self.lapse_stability,
            self.lapse_spacing,
            self.hard_penalty,
            self.easy_bonus,
            self.same_day_gain,
            self.same_day_shift,
            self.same_day_saturation,
            self.decay,
        ]
    }

    /// These with a share of others, 0 to 1, mixed in: these themselves at 0, the others at 1.
    pub fn blended(&self, other: &Self, share: f64) -> Self {
        let (these, others) = (self.values(), other.values());
        Self::of(&std::array::from_fn(|place| {
            let (least, most) = BOUNDS[place];
            // Rounding may lead a hair beyond a bound on which both stand.
            (these[place] + share * (others[place] - these[place])).clamp(least, most)
        }))
    }

    fn of(values: &[f64; PARAMETERS]) -> Self {
        let [again, hard, good, easy, rest @ ..] = *values;
        let [first_difficulty, first_easing, difficulty_step, difficulty_reversion, rest @ ..] = rest;
        let [recall_gain, recall_saturation, recall_spacing, rest @ ..] = rest;
        let [lapse_scale, lapse_difficulty, lapse_stability, lapse_spacing, rest @ ..] = rest;
        let [hard_penalty, easy_bonus, same_day_gain, same_day_shift, same_day_saturation, decay] = rest;
        Self {
            first_stability: [again, hard, good, easy],
            first_difficulty,
            first_easing,
            difficulty_step,
            difficulty_reversion,
            recall_gain,
            recall_saturation,
            recall_spacing,
            lapse_scale,
            lapse_difficulty,
            lapse_stability,
            lapse_spacing,
            hard_penalty,
            easy_bonus,
            same_day_gain,
            same_day_shift,
            same_day_saturation,
            decay,
        }
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self::of(&DEFAULT)
    }
}

impl Retention {
    /// What people usually want: nine of ten.
    pub const USUAL: Self = Self(0.9);
    const LEAST: f64 = 0.70;
    const MOST: f64 = 0.99;

    /// This share of known answers.
    ///
    /// # Errors
    /// When it lies outside of what can be wanted in earnest, or is no number at all.
    pub fn new(share: f64) -> Result<Self, NoRetention> {
        if (Self::LEAST..=Self::MOST).contains(&share) { Ok(Self(share)) } else { Err(NoRetention(share)) }
    }

    /// The share, 0.70 to 0.99.
    pub fn share(self) -> f64 {
        self.0
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self::USUAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_parameters_are_within_their_bounds() {
        assert_eq!(Parameters::new(&DEFAULT), Ok(Parameters::default()));
    }

    #[test]
    fn values_come_back_in_the_order_in_which_they_went_in() {
        assert_eq!(Parameters::default().values(), DEFAULT);
    }

    #[test]
    fn a_blend_lies_between_its_two_and_within_the_bounds() {
        let most = Parameters::of(&BOUNDS.map(|(_, most)| most));
        let default = Parameters::default();
        assert_eq!(default.blended(&most, 0.0), default);
        for share in [0.1, 0.5, 0.7, 1.0] {
            let blend = default.blended(&most, share).values();
            assert!(Parameters::new(&blend).is_ok());
            assert!((blend[0] - (0.212 + share * (100.0 - 0.212))).abs() < 1e-9);
        }
    }

    #[test]
    fn what_cannot_be_computed_with_is_refused() {
        assert_eq!(Parameters::new(&DEFAULT[..19]), Err(NoParameters::Count(19)));
        for place in 0..PARAMETERS {
            for wrong in [f64::NAN, f64::INFINITY, -0.001, 100.1] {
                let mut values = DEFAULT;
                values[place] = wrong;
                let refused = Parameters::new(&values);
                assert!(matches!(refused, Err(NoParameters::Bounds { place: at, .. }) if at == place));
            }
        }
    }

    #[test]
    fn nobody_can_want_to_know_all_or_nothing() {
        for share in [0.7, 0.9, 0.99] {
            assert_eq!(Retention::new(share).map(Retention::share), Ok(share));
        }
        for share in [0.0, 0.69, 0.991, 1.0, -0.9, f64::NAN, f64::INFINITY] {
            assert!(Retention::new(share).is_err(), "{share}");
        }
    }
}
