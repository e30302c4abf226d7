//! How far the cards have come, and how their intervals and memories are spread.

use serde::Serialize;

use super::{Present, Shelf, histogram::Histogram};
use crate::domain::card::{Hold, Stage};

pub(super) const EXPLANATION: &str = "A card is new before its first answer, learning while its last answer was not \
    known, young below an interval of 21 days and mature from there on, so that these four add up to all cards; a \
    leech was forgotten eight times or more after it had been known. Intervals and ease are what SM-2 goes by; \
    stability is the days after which a card is recalled nine times in ten, and retrievability is (1 + f t / \
    stability) ^ -d after t days, as FSRS-6 has it with its parameter d and f = 0.9 ^ (-1 / d) - 1.";

/// How far the cards have come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cards {
    /// The cards that stand in chapters. The next four figures add up to them.
    pub cards: usize,
    /// Never answered.
    pub new: usize,
    /// Not known at the last answer.
    pub learning: usize,
    /// Known, with an interval below 21 days.
    pub young: usize,
    /// Known, with a longer one.
    pub mature: usize,
    /// Those of all that are suspended.
    pub suspended: usize,
    /// Those of all that are buried until a day that has not come.
    pub buried: usize,
    /// Those of all that are flagged.
    pub flagged: usize,
    /// Those of all that keep being forgotten.
    pub leeches: usize,
    /// Cards that have left their chapters, or whose chapter was never imported here.
    pub retired: usize,
    /// Intervals in days, of all cards that were answered.
    pub intervals: Histogram,
    /// Ease factors, of those that SM-2 schedules.
    pub ease: Histogram,
    /// Stabilities in days, of those that FSRS schedules.
    pub stability: Histogram,
    /// Difficulties from 1 to 10, of the same.
    pub difficulty: Histogram,
    /// Chances of being recalled today, of the same.
    pub retrievability: Histogram,
}

const INTERVALS: [f64; 10] = [1.0, 2.0, 4.0, 7.0, 14.0, 21.0, 45.0, 90.0, 180.0, 365.0];
const EASE: [f64; 9] = [1.3, 1.5, 1.7, 1.9, 2.1, 2.3, 2.5, 2.7, 2.9];
const STABILITY: [f64; 11] = [0.0, 1.0, 2.0, 4.0, 7.0, 14.0, 21.0, 45.0, 90.0, 180.0, 365.0];
const DIFFICULTY: [f64; 9] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
const RETRIEVABILITY: [f64; 10] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

impl Cards {
    /// The page. How far cards have come depends on no period.
    pub fn new(shelf: &Shelf, present: &Present) -> Self {
        let today = present.today;
        let mut stages = [0; 4];
        let (mut suspended, mut buried, mut flagged, mut leeches) = (0, 0, 0, 0);
        let [mut intervals, mut ease, mut stability, mut difficulty, mut recall] = [const { Vec::new() }; 5];
        for card in shelf.cards_here() {
            let state = &card.state;
            stages[match state.stage() {
                Stage::New => 0,
                Stage::Learning => 1,
                Stage::Young => 2,
                Stage::Mature => 3,
            }] += 1;
            suspended += usize::from(state.hold == Hold::Suspended);
            buried += usize::from(state.hold != Hold::Suspended && state.is_held(today));
            flagged += usize::from(state.flagged);
            leeches += usize::from(state.is_leech());
            let Some(schedule) = &state.schedule else { continue };
            intervals.push(f64::from(schedule.interval.0));
            ease.extend(schedule.memory.ease().map(|ease| f64::from(ease.hundredths()) / 100.0));
            if let Some(trace) = schedule.memory.trace() {
                stability.push(trace.stability.days());
                difficulty.push(trace.difficulty.figure());
                let scheduler = shelf.scheduler_of(card);
                recall.extend(scheduler.and_then(|scheduler| scheduler.retrievability(schedule, today)));
            }
        }
        let [new, learning, young, mature] = stages;
        Self {
            cards: stages.iter().sum(),
            new,
            learning,
            young,
            mature,
            suspended,
            buried,
            flagged,
            leeches,
            retired: shelf.cards.iter().filter(|card| !card.is_here()).count(),
            intervals: Histogram::new(intervals, &INTERVALS),
            ease: Histogram::new(ease, &EASE),
            stability: Histogram::new(stability, &STABILITY),
            difficulty: Histogram::new(difficulty, &DIFFICULTY),
            retrievability: Histogram::new(recall, &RETRIEVABILITY),
        }
    }
}
