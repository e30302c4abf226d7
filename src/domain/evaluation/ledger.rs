//! What predictors have come to so far, such that further answers are added to it: who keeps it needs no replay of
//! years for the answers of a day. What it comes to is what all answers at once come to, to the last bit: each
//! fraction is added up in the order of the answers, and cards stand in the order of their first ones.

use std::collections::HashMap;

use super::{
    FEWEST_ANSWERS, Measured, Measurement,
    calibration::tenths,
    history::{Answer, History, Turn},
    measure::{BINS, bin_place, loss},
    predictor::{Mood, Predictor},
    share::Share,
};
use crate::domain::ids::CardId;

/// How many predictors are kept account of.
pub const PREDICTORS: usize = 4;

/// What predictors have come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// The cards, in the order of their first answers.
    pub cards: Vec<CardLosses>,
    /// The bins that answers are in.
    pub bins: Vec<Bin>,
    /// The answers of each predictor in the order of their chances.
    pub ranks: [Vec<Rank>; PREDICTORS],
    /// What all scored answers came to.
    pub mood: Mood,
}

/// What was lost on a card, by predictor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CardLosses {
    /// The card.
    pub card: CardId,
    /// Its answers that were scored.
    pub scored: u32,
    /// The sum of -ln of the chances given to what happened.
    pub losses: [f64; PREDICTORS],
}

/// Answers that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Its place among all.
    pub place: u32,
    /// How many there are.
    pub answers: u32,
    /// By how much all forecasts together were beyond what happened, by predictor.
    pub errors: [f64; PREDICTORS],
}

/// A scored answer: the places of its card and its bin, and what came of it.
struct Scored {
    card: u32,
    bin: u32,
    recalled: bool,
    counts: bool,
}

/// The place of what has none yet.
const NONE: u32 = u32::MAX;

/// A chance and what came of it, in one number that sorts by both: the bits of a fraction from 0 on sort like the
/// fraction, and have one to spare. Among equal chances those forgotten come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(pub u64);

impl Rank {
    fn new(chance: f64, recalled: bool) -> Self {
        Self(chance.to_bits() << 1 | u64::from(recalled))
    }

    fn chance(self) -> f64 {
        f64::from_bits(self.0 >> 1)
    }

    fn recalled(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Ledger {
    /// Adds the scored answers of a history from one at this place on, those that count; before it stand all
    /// earlier answers to the same cards.
    pub fn add(
        &mut self,
        history: &History,
        from: usize,
        counts: impl Fn(&Answer) -> bool,
        predictors: &[Predictor; PREDICTORS],
    ) {
        let scored = self.entered(history, from, counts);
        for (nth, predictor) in predictors.iter().enumerate() {
            let chances = predictor.forecast_on(history, from, &self.mood);
            let mut ranks = Vec::with_capacity(chances.len());
            for (Scored { card, bin, recalled, .. }, chance) in
                scored.iter().zip(chances).filter(|(scored, _)| scored.counts)
            {
                self.cards[*card as usize].losses[nth] += loss(chance, *recalled);
                self.bins[*bin as usize].errors[nth] += chance - f64::from(u8::from(*recalled));
                ranks.push(Rank::new(chance, *recalled));
            }
            ranks.sort_unstable();
            merge(&mut self.ranks[nth], ranks);
        }
        scored.iter().for_each(|scored| self.mood.step(scored.recalled));
    }

    /// Counts the scored answers from this place on, and tells where each belongs.
    fn entered(&mut self, history: &History, from: usize, counts: impl Fn(&Answer) -> bool) -> Vec<Scored> {
        let mut cards = self.places_of_cards(history);
        let mut bins = vec![NONE; BINS];
        (0..).zip(&self.bins).for_each(|(place, bin)| bins[bin.place as usize] = place);
        let mut scored = Vec::with_capacity(history.scored_count());
        for answer in &history.answers()[from..] {
            let card = &mut cards[answer.card];
            if *card == NONE {
                *card = self.cards.len() as u32;
                let card = history.cards()[answer.card];
                self.cards.push(CardLosses { card, scored: 0, losses: [0.0; PREDICTORS] });
            }
            if !matches!(answer.turn, Turn::Later(_)) {
                continue;
            }
            let place = bin_place(answer);
            let bin = &mut bins[place as usize];
            if *bin == NONE {
                *bin = self.bins.len() as u32;
                self.bins.push(Bin { place, answers: 0, errors: [0.0; PREDICTORS] });
            }
            let counts = counts(answer);
            self.cards[*card as usize].scored += u32::from(counts);
            self.bins[*bin as usize].answers += u32::from(counts);
            scored.push(Scored { card: *card, bin: *bin, recalled: answer.grade.passes(), counts });
        }
        scored
    }

    /// Where the cards of a history stand here.
    fn places_of_cards(&self, history: &History) -> Vec<u32> {
        let mut places = vec![NONE; history.cards().len()];
        let asked: HashMap<CardId, usize> =
            history.cards().iter().enumerate().map(|(place, card)| (*card, place)).collect();
        for (place, known) in (0..).zip(&self.cards) {
            if let Some(asked) = asked.get(&known.card) {
                places[*asked] = place;
            }
        }
        places
    }

    /// What the predictors have come to, the last one being what the others are compared with. `None` below
    /// [`FEWEST_ANSWERS`].
    pub fn measurement(&self, predictors: &[Predictor; PREDICTORS]) -> Option<Measurement> {
        let answers = self.ranks[0].len();
        if answers < FEWEST_ANSWERS {
            return None;
        }
        let mut bins: Vec<&Bin> = self.bins.iter().filter(|bin| bin.answers > 0).collect();
        bins.sort_unstable_by_key(|bin| bin.place);
        let log_loss = |nth: usize| {
            self.cards.iter().map(|card| card.losses[nth]).fold(0.0, |sum, loss| sum + loss) / answers as f64
        };
        let baseline = log_loss(PREDICTORS - 1);
        let measured = |(nth, predictor): (usize, &Predictor)| {
            let (log_loss, ranks) = (log_loss(nth), &self.ranks[nth]);
            Measured {
                predictor: *predictor,
                name: predictor.word(),
                log_loss,
                rmse_in_bins: rmse(bins.iter().map(|bin| (bin.errors[nth], f64::from(bin.answers)))),
                auc: auc(ranks),
                beyond_baseline: log_loss - baseline,
                calibration: tenths(answers, |place| (ranks[place].chance(), ranks[place].recalled())),
            }
        };
        let recalled = self.ranks[0].iter().filter(|rank| rank.recalled()).count();
        Some(Measurement {
            recalled: Share { count: recalled, of: answers },
            cards: self.cards.iter().filter(|card| card.scored > 0).count(),
            predictors: predictors.iter().enumerate().map(measured).collect(),
        })
    }
}

/// Puts further ranks among those that are there.
fn merge(ranks: &mut Vec<Rank>, further: Vec<Rank>) {
    if ranks.is_empty() {
        *ranks = further;
        return;
    }
    // From the end, where there is room: each moves at most once.
    let (mut left, mut place) = (ranks.len(), ranks.len() + further.len());
    ranks.resize(place, Rank(0));
    for rank in further.into_iter().rev() {
        while left > 0 && ranks[left - 1] > rank {
            (left, place) = (left - 1, place - 1);
            ranks[place] = ranks[left];
        }
        place -= 1;
        ranks[place] = rank;
    }
}

/// As [`Forecast::rmse_in_bins`](super::measure::Forecast::rmse_in_bins), of each bin's sum of errors and answers.
fn rmse(bins: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut squares, mut answers) = (0.0, 0.0);
    for (error, count) in bins {
        squares += error * error / count;
        answers += count;
    }
    f64::sqrt(squares / answers)
}

/// As [`Forecast::auc`](super::measure::Forecast::auc).
fn auc(ranks: &[Rank]) -> Option<f64> {
    let (mut won_twice, mut recalled, mut below) = (0_u64, 0_u64, 0_u64);
    for tied in ranks.chunk_by(|a, b| a.chance() == b.chance()) {
        let known = tied.iter().filter(|rank| rank.recalled()).count() as u64;
        let forgotten = tied.len() as u64 - known;
        won_twice += known * (2 * below + forgotten);
        recalled += known;
        below += forgotten;
    }
    let pairs = recalled * below;
    (pairs > 0).then(|| won_twice as f64 / 2.0 / pairs as f64)
}
