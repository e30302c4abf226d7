//! The three measures of a forecast, for all cards or for a sample of them. Answers are sorted beforehand in
//! the ways that the measures need, so that each sample costs one pass.

use super::{
    calibration::{Tenth, tenths},
    history::{Answer, Gap, History, Turn},
    share::Share,
};

/// A chance below this, or as near to 1, is taken as this in the log loss: without a bound a single answer
/// that was called impossible would decide everything.
pub const LEAST_CHANCE: f64 = 0.0001;

/// The bases of the bins of elapsed days, days with answers, and lapses, as in `utils.py` of
/// open-spaced-repetition/srs-benchmark and in the crate `fsrs`. Those sources call a bin by a number that
/// lies in it; which answers share one is the same.
const BIN_BASES: [f64; 3] = [3.62, 1.89, 1.73];

/// The answers to be predicted: what all forecasts are scored beside.
pub(super) struct Field {
    /// Whether each scored answer of the history takes part.
    pub takes_part: Vec<bool>,
    /// The outcome of each that does, oldest first.
    pub outcomes: Vec<Outcome>,
    cards: usize,
    answers_by_card: Vec<u32>,
    /// The outcomes' places, sorted by bin.
    by_bin: Vec<u32>,
    /// Their cards, in the same order.
    cards_by_bin: Vec<u32>,
    /// Where each bin ends in that order.
    bin_ends: Vec<usize>,
}

/// What came of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    /// The place of its card.
    pub card: u32,
    /// Whether it was recalled.
    pub recalled: bool,
}

/// The forecasts of one predictor.
pub(super) struct Forecast {
    loss_by_card: Vec<f64>,
    /// The chance beyond what happened, for each outcome in the order of bins.
    errors_by_bin: Vec<f64>,
    /// The outcomes by their chance, the lowest first; among equal ones those forgotten.
    ranked: Vec<Ranked>,
    /// Their chances, in the same order.
    ranked_chances: Vec<f64>,
}

/// An outcome in the order of its chance. Small, since the AUC of each sample walks over all of them.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    card: u32,
    recalled: bool,
    /// Whether the one before was given the same chance.
    pub tied: bool,
}

/// Which answers are alike: by elapsed days, days with answers, and lapses.
type Bin = [i8; 3];

impl Field {
    /// Those of a history's scored answers that take part.
    pub fn new(history: &History, takes_part: Vec<bool>) -> Self {
        let mut outcomes = Vec::new();
        let mut bins = Vec::new();
        let mut answers_by_card = vec![0; history.cards().len()];
        for (answer, _) in history.scored().zip(&takes_part).filter(|(_, takes_part)| **takes_part) {
            outcomes.push(Outcome { card: answer.card as u32, recalled: answer.grade.passes() });
            bins.push(bin_place(answer));
            answers_by_card[answer.card] += 1;
        }
        let cards = answers_by_card.iter().filter(|answers| **answers > 0).count();
        let (by_bin, bin_ends) = sorted(&bins, BINS);
        let cards_by_bin = by_bin.iter().map(|place| outcomes[*place as usize].card).collect();
        Self { takes_part, outcomes, cards, answers_by_card, by_bin, cards_by_bin, bin_ends }
    }

    /// How many cards have an answer among them.
    pub fn cards(&self) -> usize {
        self.cards
    }

    /// For each card of the history, how many answers it has among them.
    pub fn answers_by_card(&self) -> &[u32] {
        &self.answers_by_card
    }

    /// How many of the answers were recalled.
    pub fn recalled(&self) -> Share {
        let recalled = self.outcomes.iter().filter(|outcome| outcome.recalled).count();
        Share { count: recalled, of: self.outcomes.len() }
    }
}

impl Forecast {
    /// The forecast of these chances, one for each scored answer of the field's history.
    pub fn new(field: &Field, mut chances: Vec<f64>) -> Self {
        let mut takes_part = field.takes_part.iter();
        chances.retain(|_| takes_part.next().is_some_and(|takes_part| *takes_part));
        let mut loss_by_card = vec![0.0; field.answers_by_card.len()];
        for (outcome, chance) in field.outcomes.iter().zip(&chances) {
            loss_by_card[outcome.card as usize] += loss(*chance, outcome.recalled);
        }
        let error = |place: &u32| {
            let place = *place as usize;
            chances[place] - f64::from(u8::from(field.outcomes[place].recalled))
        };
        let errors_by_bin = field.by_bin.iter().map(error).collect();
        let (ranked, ranked_chances) = ranked(field, &chances);
        Self { loss_by_card, errors_by_bin, ranked, ranked_chances }
    }

    /// The answers in ten groups by their chances.
    pub fn tenths(&self) -> Vec<Tenth> {
        tenths(self.ranked.len(), |place| (self.ranked_chances[place], self.ranked[place].recalled))
    }

    /// The mean of -ln of the chance given to what happened, each card counted so many times.
    pub fn log_loss(&self, field: &Field, times: &[u16]) -> f64 {
        let (mut sum, mut answers) = (0.0, 0.0);
        for ((loss, count), times) in self.loss_by_card.iter().zip(&field.answers_by_card).zip(times) {
            sum += loss * f64::from(*times);
            answers += f64::from(*count) * f64::from(*times);
        }
        sum / answers
    }

    /// The root of the mean over all answers of the squared difference, in the answer's bin, between the
    /// mean chance and the share that was recalled.
    pub fn rmse_in_bins(&self, field: &Field, times: &[u16]) -> f64 {
        let (mut squares, mut answers, mut begin) = (0.0, 0.0, 0);
        for &end in &field.bin_ends {
            let (mut error, mut count) = (0.0, 0.0);
            for (card, beyond) in field.cards_by_bin[begin..end].iter().zip(&self.errors_by_bin[begin..end]) {
                let times = f64::from(times[*card as usize]);
                error += beyond * times;
                count += times;
            }
            if count > 0.0 {
                squares += error * error / count;
                answers += count;
            }
            begin = end;
        }
        (squares / answers).sqrt()
    }

    /// The share of pairs of a recalled and a forgotten answer in which the recalled one had been given the
    /// greater chance; equal chances count half. `None` without any pair.
    pub fn auc(&self, times: &[u16]) -> Option<f64> {
        // Pairs won are counted twice, so that halves stay whole. Those forgotten are either below the answers
        // that are tied with the present one, or among them.
        let (mut won_twice, mut recalled, mut below, mut tied) = (0_u64, 0_u64, 0_u64, 0_u64);
        for answer in &self.ranked {
            if !answer.tied {
                below += tied;
                tied = 0;
            }
            let times = u64::from(times[answer.card as usize]);
            // Without a branch, which nobody could foresee and which would take most of the time.
            let known = times * u64::from(answer.recalled);
            won_twice += known * (2 * below + tied);
            recalled += known;
            tied += times - known;
        }
        let pairs = recalled * (below + tied);
        (pairs > 0).then(|| won_twice as f64 / 2.0 / pairs as f64)
    }
}

/// The places of things in the order of their groups, in a group as they stand, and where each group ends.
/// There are so few groups that counting beats comparing.
fn sorted(group_of: &[u32], groups: usize) -> (Vec<u32>, Vec<usize>) {
    let mut ends = vec![0; groups];
    group_of.iter().for_each(|group| ends[*group as usize] += 1);
    let mut all = 0;
    for end in &mut ends {
        all += *end;
        *end = all - *end;
    }
    let mut places = vec![0; group_of.len()];
    for (place, group) in (0..).zip(group_of) {
        let next = &mut ends[*group as usize];
        places[*next] = place;
        *next += 1;
    }
    ends.dedup();
    ends.retain(|end| *end > 0);
    (places, ends)
}

pub(super) fn loss(chance: f64, recalled: bool) -> f64 {
    let chance = chance.clamp(LEAST_CHANCE, 1.0 - LEAST_CHANCE);
    -(if recalled { chance } else { 1.0 - chance }).ln()
}

fn ranked(field: &Field, chances: &[f64]) -> (Vec<Ranked>, Vec<f64>) {
    /// Chances are brought into so many groups before they are compared, which takes half the time.
    const GROUPS: usize = 1 << 14;
    let group = |chance: &f64| (chance * GROUPS as f64).clamp(0.0, GROUPS as f64 - 1.0) as u32;
    let (places, ends) = sorted(&chances.iter().map(group).collect::<Vec<u32>>(), GROUPS);
    let answer = |place: u32| (chances[place as usize], field.outcomes[place as usize]);
    let mut answers: Vec<(f64, Outcome)> = places.into_iter().map(answer).collect();
    let mut begin = 0;
    for end in ends {
        answers[begin..end].sort_unstable_by(|(chance, outcome), (other_chance, other)| {
            chance.total_cmp(other_chance).then(outcome.recalled.cmp(&other.recalled))
        });
        begin = end;
    }
    let mut before = None;
    let rank = |(chance, Outcome { card, recalled }): &(f64, Outcome)| {
        let tied = before.replace(*chance) == Some(*chance);
        Ranked { card: *card, recalled: *recalled, tied }
    };
    (answers.iter().map(rank).collect(), answers.iter().map(|(chance, _)| *chance).collect())
}

/// How many places there are for bins: each figure of one has room for its least value, -1, up to this.
pub(super) const BINS: usize = BIN_FIGURES.pow(3);
const BIN_FIGURES: usize = 64;

/// The place of an answer's bin among all.
pub(super) fn bin_place(answer: &Answer) -> u32 {
    place_of(bin_of(answer))
}

/// The place of a bin in the order of its figures.
fn place_of(bin: Bin) -> u32 {
    bin.iter().fold(0, |place, figure| place * BIN_FIGURES as u32 + (figure + 1) as u32)
}

fn bin_of(answer: &Answer) -> Bin {
    /// The bin of answers that never were forgotten: below those of one lapse and more.
    const NONE: i8 = -1;
    let Turn::Later(Gap { elapsed, days, lapses }) = answer.turn else { return [NONE; 3] };
    let figures = [elapsed.0, days, lapses];
    std::array::from_fn(|nth| match figures[nth] {
        0 => NONE,
        figure => (f64::from(figure).ln() / BIN_BASES[nth].ln()).floor() as i8,
    })
}

#[cfg(test)]
mod tests {
    use super::super::history::tests::two_cards;
    use super::*;
    use crate::domain::{
        grade::Grade,
        time::{Days, StudyDay},
    };

    fn measured(chances: [f64; 5], times: [u16; 2]) -> (f64, f64, Option<f64>) {
        let field = Field::new(&two_cards(), vec![true; 5]);
        let forecast = Forecast::new(&field, chances.to_vec());
        (forecast.log_loss(&field, &times), forecast.rmse_in_bins(&field, &times), forecast.auc(&times))
    }

    #[track_caller]
    fn check(chances: [f64; 5], times: [u16; 2], expected: (f64, f64, f64)) {
        let (log_loss, rmse, auc) = measured(chances, times);
        let found = (log_loss, rmse, auc.expect("pairs"));
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-6;
        let (loss, error, area) = expected;
        assert!(close(found.0, loss) && close(found.1, error) && close(found.2, area), "{found:?}");
    }

    #[test]
    fn each_measure_is_what_it_is_on_paper() {
        // Recalled, recalled, forgotten, recalled, forgotten.
        // Log loss: -(ln 0.9 + ln 0.8 + ln 0.3 + ln 0.6 + ln 0.3) / 5 = 3.247276 / 5.
        // Bins: the first three share one (at most 3 days, second or third day, no lapse), the others are
        // alone: errors -0.1 - 0.2 + 0.7 = 0.4, -0.4 and 0.7; (0.4² / 3 + 0.4² + 0.7²) / 5 = 0.140667.
        // AUC: 0.9 and 0.8 are above both 0.7, 0.6 is below both: 4 of 6 pairs.
        check([0.9, 0.8, 0.7, 0.6, 0.7], [1, 1], (0.649455, 0.375056, 4.0 / 6.0));
        // With 0.7 for the fourth: ln 0.7 in place of ln 0.6, its error is -0.3, and two pairs are tied.
        check([0.9, 0.8, 0.7, 0.7, 0.7], [1, 1], (0.618625, 0.355903, 5.0 / 6.0));
    }

    #[test]
    fn a_card_that_is_drawn_twice_counts_twice_and_one_that_is_not_drawn_does_not() {
        // Card a alone, twice: 0.9 recalled and 0.7 forgotten in one bin, 0.6 recalled in another.
        // ((2 × 0.6)² / 4 + (2 × 0.4)² / 2) / 6 = 0.113333.
        check([0.9, 0.8, 0.7, 0.6, 0.7], [2, 0], (0.606720, 0.336650, 1.0 / 2.0));
    }

    #[test]
    fn a_perfect_forecast_has_no_error_and_hardly_any_loss() {
        let (log_loss, rmse, auc) = measured([1.0, 1.0, 0.0, 1.0, 0.0], [1, 1]);
        assert!((log_loss - -(1.0 - LEAST_CHANCE).ln()).abs() < 1e-12);
        assert_eq!((rmse, auc), (0.0, Some(1.0)));
    }

    #[test]
    fn the_share_that_was_recalled_said_of_all_has_the_loss_of_its_entropy_and_is_a_coin() {
        let (log_loss, _, auc) = measured([0.6; 5], [1, 1]);
        let entropy = -(0.6 * 0.6_f64.ln() + 0.4 * 0.4_f64.ln());
        assert!((log_loss - entropy).abs() < 1e-12);
        assert_eq!(auc, Some(0.5));
    }

    #[test]
    fn what_was_called_impossible_costs_no_more_than_the_bound() {
        let (log_loss, ..) = measured([0.0, 0.0, 1.0, 0.0, 1.0], [1, 1]);
        assert!((log_loss - -LEAST_CHANCE.ln()).abs() < 1e-9);
    }

    #[test]
    fn without_both_kinds_of_answers_there_is_no_auc() {
        let field = Field::new(&two_cards(), vec![true, true, false, false, false]);
        assert_eq!(Forecast::new(&field, vec![0.5; 5]).auc(&[1, 1]), None);
    }

    #[test]
    fn bins_are_those_of_the_public_benchmark() {
        // The thresholds from its bases: 3.62 and 13.1 days, 1.89 and 3.57 days with answers, 1.73 and 2.99
        // lapses.
        let bin = |elapsed, days, lapses| {
            let gap = Gap { elapsed: Days(elapsed), days, lapses };
            let answer =
                Answer { card: 0, day: StudyDay(0), grade: Grade::Good, right: None, turn: Turn::Later(gap) };
            bin_of(&answer)
        };
        assert_eq!([1, 3, 4, 13, 14].map(|elapsed| bin(elapsed, 2, 0)[0]), [0, 0, 1, 1, 2]);
        assert_eq!([2, 3, 4, 6, 7].map(|days| bin(1, days, 0)[1]), [1, 1, 2, 2, 3]);
        assert_eq!([0, 1, 2, 3, 5, 6].map(|lapses| bin(1, 2, lapses)[2]), [-1, 0, 1, 2, 2, 3]);
    }
}
