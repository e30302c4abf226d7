//! Where on the screen the options stood that were chosen: options are shuffled, so each place should be chosen as
//! often as chance brings it, whatever is known, unless the person favours one.

use serde::Serialize;

use super::summary::LETTERS;
use crate::domain::evaluation::{FEW, Share};

/// Of the normal distribution, for an interval of 99 %: each place leaves its interval by chance so seldom that of
/// up to five places any does in no more than some five of a hundred histories (Bonferroni).
const Z: f64 = 2.575_829_303_548_900_4;

/// Answers by the place of what they chose, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Placed {
    /// By how many options there were to choose from.
    by_options: [usize; LETTERS + 1],
    /// By the place.
    chosen: [usize; LETTERS],
    /// Those that do not tell.
    unknown: usize,
}

/// How choosing is distributed over the places of the screen: of answers that chose one option where one is right
/// and each may stand anywhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Places {
    /// The answers whose place is known.
    pub known: usize,
    /// The others, which are older than the keeping of places.
    pub unknown: usize,
    /// The places, from the first one on.
    pub by_letter: Vec<PlaceChosen>,
}

/// A place of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PlaceChosen {
    /// Its letter: A for what is shown first.
    pub letter: char,
    /// The answers that chose it, of those to questions that have it.
    pub chosen: Share,
    /// The share that an even choice would come to, 0 to 1: the mean of 1 / (options) of the same answers.
    pub even: f64,
    /// Whether it was chosen more or less often than chance explains.
    pub stands_out: bool,
}

impl Placed {
    /// An answer to a question with so many options, at most [`LETTERS`]. A question may have had more when it was
    /// answered; a place beyond is as good as unknown.
    pub fn add(&mut self, options: usize, place: Option<u8>) {
        let place = place.map(usize::from).filter(|place| *place < options);
        match place {
            None => self.unknown += 1,
            Some(place) => {
                self.by_options[options] += 1;
                self.chosen[place] += 1;
            }
        }
    }

    pub fn each_number(&mut self, visit: &mut impl FnMut(u64) -> u64) {
        let Self { by_options, chosen, unknown } = self;
        by_options.iter_mut().chain(chosen).chain([unknown]).for_each(|it| *it = visit(*it as u64) as usize);
    }

    fn place(&self, nth: usize, letter: char) -> PlaceChosen {
        let with_it = || (1..).zip(&self.by_options[1..]).skip(nth);
        let chosen = Share { count: self.chosen[nth], of: with_it().map(|(_, answers)| answers).sum() };
        let expected: f64 = with_it().map(|(options, answers)| *answers as f64 / f64::from(options)).sum();
        PlaceChosen::new(letter, chosen, expected / chosen.of as f64)
    }
}

impl PlaceChosen {
    fn new(letter: char, chosen: Share, even: f64) -> Self {
        let interval = chosen.wilson(Z);
        let stands_out = !chosen.is_of_few() && !(interval.low..=interval.high).contains(&even);
        Self { letter, chosen, even, stands_out }
    }

    fn verdict(&self) -> String {
        let Self { letter, chosen, even, .. } = self;
        let more = if chosen.value() > *even { "more" } else { "less" };
        let even = even * 100.0;
        format!(
            "You choose place {letter} {more} often than chance: {chosen} of {} choices, where an even spread would be \
             {even:.1} %.",
            chosen.of
        )
    }
}

impl Places {
    pub(super) fn new(placed: &Placed) -> Self {
        let places = ('A'..='Z').enumerate().map(|(nth, letter)| placed.place(nth, letter));
        Self {
            known: placed.by_options.iter().sum(),
            unknown: placed.unknown,
            by_letter: places.filter(|place| place.chosen.of > 0).collect(),
        }
    }

    /// What that means, in sentences.
    pub fn verdict(&self) -> Vec<String> {
        let Self { known, unknown, by_letter } = self;
        let standing_out = by_letter.iter().filter(|place| place.stands_out);
        let mut told: Vec<String> = standing_out.map(PlaceChosen::verdict).collect();
        match *known {
            ..FEW => told
                .push(format!("{known} choices tell where the option stood; below {FEW} nothing is said.")),
            _ if told.is_empty() => {
                told.push(format!("No place of the screen stands out, of {known} choices."))
            }
            _ => {}
        }
        if *unknown > 0 {
            told.push(format!("Of {unknown} older answers it is unknown where the option stood."));
        }
        told
    }
}
