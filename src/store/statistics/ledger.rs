//! The ledger of predictors in a file of its own, `forecasts.cache`: with it a day's answers are forecast without a
//! replay of all years before them. It tells up to which row of the log it goes. It may be deleted at any time, and
//! one that does not belong to this log is made again.

use std::{
    array,
    io::{self, Read},
    path::Path,
};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    LogEnd,
    cache::{self, Link},
};
use crate::domain::{
    evaluation::{Bin, CardLosses, Ledger, Mood, PREDICTORS, Rank},
    ids::CardId,
    stats::Prediction,
};

pub(super) const FILE: &str = "forecasts.cache";

/// What stands before the numbers. Fractions stand there by their bits, so that none changes on its way.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    rows: i64,
    last: Link,
    predictors: Vec<String>,
    recalled: u32,
    answers: u32,
    logit: u64,
    cards: usize,
    bins: usize,
    checksum: u64,
}

/// The ledger in this folder and the event up to which it goes, if it is sound and belongs to this log.
pub(super) fn read(folder: &Path, connection: &Connection) -> Option<(Ledger, i64)> {
    let (header, mut file) = cache::read::<Header>(&folder.join(FILE))?;
    if cache::link(connection, header.rows).ok()?? != header.last || header.predictors != predictors() {
        return None;
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    if xxh3_64(&bytes) != header.checksum {
        return None;
    }
    let mut numbers = bytes.as_chunks().0.iter().map(|number| u64::from_le_bytes(*number));
    let cards = numbers.by_ref().take(header.cards * WIDTH).collect::<Vec<u64>>();
    let bins = numbers.by_ref().take(header.bins * WIDTH).collect::<Vec<u64>>();
    let scored = header.answers as usize;
    let ledger = Ledger {
        cards: cards.as_chunks().0.iter().map(card).collect(),
        bins: bins.as_chunks().0.iter().map(bin).collect(),
        ranks: array::from_fn(|_| numbers.by_ref().take(scored).map(Rank).collect()),
        mood: Mood {
            recalled: header.recalled,
            answers: header.answers,
            logit: f64::from_bits(header.logit),
        },
    };
    Some((ledger, header.rows))
}

/// Keeps the ledger of a log with this end: whole, or not at all.
pub(super) fn save(folder: &Path, connection: &Connection, end: LogEnd, ledger: &Ledger) -> io::Result<()> {
    let Some(last) = cache::link(connection, end.0).map_err(io::Error::other)? else { return Ok(()) };
    let Ledger { cards, bins, ranks, mood } = ledger;
    let of_cards = cards.iter().flat_map(|CardLosses { card, scored, losses }| {
        [card.0.cast_unsigned(), (*scored).into()].into_iter().chain(losses.map(f64::to_bits))
    });
    let of_bins = bins.iter().flat_map(|Bin { place, answers, errors }| {
        [u64::from(*place), (*answers).into()].into_iter().chain(errors.map(f64::to_bits))
    });
    let numbers = of_cards.chain(of_bins).chain(ranks.iter().flatten().map(|rank| rank.0));
    let count = (cards.len() + bins.len()) * WIDTH + ranks.iter().map(Vec::len).sum::<usize>();
    // Room for all at once: growing would hold them twice.
    let mut bytes = Vec::with_capacity(count * size_of::<u64>());
    numbers.for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
    let header = Header {
        rows: end.0,
        last,
        predictors: predictors(),
        recalled: mood.recalled,
        answers: mood.answers,
        logit: mood.logit.to_bits(),
        cards: cards.len(),
        bins: bins.len(),
        checksum: xxh3_64(&bytes),
    };
    cache::write(&folder.join(FILE), &header, &bytes)
}

/// Numbers of a card, and of a bin.
const WIDTH: usize = 2 + PREDICTORS;

fn card(numbers: &[u64; WIDTH]) -> CardLosses {
    let [card, scored, losses @ ..] = *numbers;
    CardLosses { card: CardId(card.cast_signed()), scored: scored as u32, losses: losses.map(f64::from_bits) }
}

fn bin(numbers: &[u64; WIDTH]) -> Bin {
    let [place, answers, errors @ ..] = *numbers;
    Bin { place: place as u32, answers: answers as u32, errors: errors.map(f64::from_bits) }
}

fn predictors() -> Vec<String> {
    Prediction::PREDICTORS.iter().map(|predictor| predictor.word().to_owned()).collect()
}
