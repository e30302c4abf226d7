//! What all answers come to, in a file of its own, `summary.cache`: a fraction of the rows that it is worked out
//! of. It tells up to which row of the log it goes, so that what came later is added to it, and what was known of
//! the questions then: with another number of options or another key an answer counts otherwise. It may be deleted
//! at any time, and one that does not belong to this log and these questions is made again.

use std::{
    io::{self, Read},
    path::Path,
};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    cache::{self, Link},
    fold::card_of_the_log,
};
use crate::domain::stats::{Period, Shelf, Summary};

pub(super) const FILE: &str = "summary.cache";

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    rows: i64,
    last: Link,
    questions: u64,
    checksum: u64,
    /// The cards that only the log tells of.
    further: Vec<u32>,
}

/// A summary of the log's first rows.
pub(super) struct Kept {
    header: Header,
    numbers: Vec<u8>,
}

/// The summary in this folder, if it is sound and belongs to this log.
pub(super) fn read(folder: &Path, connection: &Connection) -> Option<Kept> {
    let (header, mut file) = cache::read::<Header>(&folder.join(FILE))?;
    if cache::link(connection, header.rows).ok()?? != header.last {
        return None;
    }
    let mut numbers = Vec::new();
    file.read_to_end(&mut numbers).ok()?;
    (xxh3_64(&numbers) == header.checksum).then_some(Kept { header, numbers })
}

impl Kept {
    /// Up to which event it goes.
    pub fn rows(&self) -> i64 {
        self.header.rows
    }

    /// The summary, if these are the questions that it was made with. Cards that only the log tells of join them.
    pub fn summary(&self, shelf: &mut Shelf) -> Option<Summary> {
        if fingerprint(shelf) != self.header.questions {
            return None;
        }
        shelf.cards.extend(self.header.further.iter().copied().map(card_of_the_log));
        let mut summary = Summary::empty(shelf.cards.len(), Period::ALL);
        let mut rest = self.numbers.as_slice();
        summary.each_number(&mut |_| next_number(&mut rest));
        Some(summary)
    }
}

/// Keeps the summary of so many rows: whole, or not at all.
pub(super) fn save(
    folder: &Path,
    connection: &Connection,
    rows: i64,
    shelf: &Shelf,
    summary: &mut Summary,
) -> io::Result<()> {
    let Some(last) = cache::link(connection, rows).map_err(io::Error::other)? else { return Ok(()) };
    let mut numbers = Vec::new();
    summary.each_number(&mut |number| {
        put_number(&mut numbers, number);
        number
    });
    let further = shelf.cards.iter().filter(|card| card.chapter.is_none());
    let header = Header {
        rows,
        last,
        questions: fingerprint(shelf),
        checksum: xxh3_64(&numbers),
        further: further.filter_map(|card| u32::try_from(card.id.0).ok()).collect(),
    };
    cache::write(&folder.join(FILE), &header, &numbers)
}

/// Of all that a summary goes by in cards and questions.
fn fingerprint(shelf: &Shelf) -> u64 {
    let mut bytes = Vec::with_capacity(shelf.cards.len() * 18);
    for card in shelf.cards.iter().filter(|card| card.chapter.is_some()) {
        bytes.extend_from_slice(&card.id.0.to_le_bytes());
        bytes.extend_from_slice(&card.keys.bits().to_le_bytes());
        bytes.extend([card.options.unwrap_or_default(), card.is_shuffled.into()]);
    }
    xxh3_64(&bytes)
}

/// Seven bits in each byte, the lowest first, the eighth telling that more follow: most numbers are small.
fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The next number; 0 behind the last one.
fn next_number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let Some((byte, rest)) = bytes.split_first() else { return number };
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_their_way_through_bytes() {
        let numbers = [0, 1, 127, 128, 300, 26_771_144_400, u64::MAX - 1, u64::MAX, 5];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| put_number(&mut bytes, *number));
        let mut rest = bytes.as_slice();
        assert_eq!(numbers.map(|_| next_number(&mut rest)), numbers);
        assert_eq!((rest.len(), next_number(&mut rest)), (0, 0));
    }
}
