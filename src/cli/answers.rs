//! The answers that `evaluate` and `optimize` look at: those of a deck, or of a file from anywhere.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};

use super::replay::{
    MOST_BYTES,
    answer::{Answer, Day, KindOfDays, Mistake},
    open,
};
use crate::domain::{
    evaluation::{History, Review},
    ids::CardId,
};

/// Which answers.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// Only the answers of a deck or a book, by its name or a part of it
    #[arg(long, value_name = "DECK")]
    pub deck: Option<String>,

    /// Answers from anywhere, as lines of JSON that `retain replay` reads, instead of those in the collection;
    /// - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "deck")]
    pub answers: Option<PathBuf>,
}

/// What is known of the lines read so far: each card with its last day.
#[derive(Default)]
struct Reading {
    cards: HashMap<Box<str>, (CardId, Day)>,
    days: KindOfDays,
}

/// The answers in a file, in the order of its lines.
pub(super) fn read(file: &Path) -> anyhow::Result<History> {
    let (source, input) = open(Some(file))?;
    let mut input = BufReader::with_capacity(1 << 16, input);
    let (mut line, mut reading, mut reviews) = (Vec::new(), Reading::default(), Vec::new());
    for number in 1u64.. {
        line.clear();
        let read = input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line);
        if read.with_context(|| format!("could not read {source}"))? == 0 {
            break;
        }
        let review = reading.review(line.trim_ascii());
        reviews.extend(review.map_err(|mistake| anyhow!("{source}, line {number}: {mistake}"))?);
    }
    Ok(History::new(reviews))
}

impl Reading {
    /// The answer of a line; an empty line is none.
    fn review(&mut self, line: &[u8]) -> Result<Option<Review>, Mistake> {
        if line.len() as u64 >= MOST_BYTES {
            return Err(Mistake::TooLong);
        }
        if line.is_empty() {
            return Ok(None);
        }
        let Answer { card, day, quality } = Answer::of_line(line)?;
        self.days.expect(day)?;
        let unused = CardId(self.cards.len() as i64);
        let id = match self.cards.get_mut(&*card) {
            Some((_, before)) if day.study_day() < before.study_day() => {
                return Err(Mistake::Backwards { card: card.into_owned(), day, before: *before });
            }
            Some((id, before)) => {
                *before = day;
                *id
            }
            None => {
                self.cards.insert(card.into(), (unused, day));
                unused
            }
        };
        Ok(Some(Review { card: id, day: day.study_day(), grade: quality.grade(), right: None }))
    }
}
