//! The shelf of a scope as statistics need it: of a card the state in the cache, and of its question only what it
//! is about and how it can be guessed.

use std::{collections::HashMap, ops::RangeInclusive, path::Path, thread};

use memchr::memchr2;
use rusqlite::{Connection, Row};

use crate::{
    domain::{
        deck::Deck,
        ids::{CardId, DeckId, OptionId},
        scheduler::Schedulers,
        stats::{Card, Chapter, Shelf},
    },
    store::{Doing, Result, Store, cards::state_of_row, decks::deck_of_row},
};

const COLUMNS: &str = include_str!("../sql/statistics_cards.sql");
const READING: &str = "read the cards";

/// The places of chapters.
type Chapters = HashMap<DeckId, u32>;

/// The cards that are or were in these decks, which are sorted; those of many decks in the order of their ids.
pub(super) fn shelf(store: &Store, decks: &[DeckId], schedulers: &Schedulers) -> Result<Shelf> {
    // One walk over all cards is faster than many over those of a deck, unless there are few of these.
    const FEW: usize = 20;
    let connection = &store.connection;
    let chapters = chapters(connection, decks, schedulers).doing(READING)?;
    let places: Chapters = chapters.iter().map(|chapter| chapter.deck.id).zip(0..).collect();
    let read = match store.folder() {
        _ if decks.len() <= FEW => of_decks(connection, decks, &places).doing(READING)?,
        Some(folder) => in_halves(connection, &folder, &places)?,
        None => between(connection, 0..=i64::MAX, &places).doing(READING)?,
    };
    let (cards, words) = (read.cards, read.words.words);
    Ok(Shelf { cards, chapters, words })
}

fn chapters(
    connection: &Connection,
    decks: &[DeckId],
    schedulers: &Schedulers,
) -> rusqlite::Result<Vec<Chapter>> {
    let mut statement = connection.prepare_cached("SELECT id, book, chapter FROM deck ORDER BY id")?;
    let all = statement.query_map([], deck_of_row)?;
    let asked = all.filter(|deck| deck.as_ref().map_or(true, |deck| decks.binary_search(&deck.id).is_ok()));
    let chapter = |deck: Deck| {
        let scheduler = schedulers.of(&deck);
        let target = schedulers.target(&deck).map(|retention| retention.share());
        Chapter { deck, scheduler, target }
    };
    asked.map(|deck| deck.map(chapter)).collect()
}

fn of_decks<'a>(
    connection: &Connection,
    decks: &[DeckId],
    chapters: &'a Chapters,
) -> rusqlite::Result<Read<'a>> {
    let mut read = Read::new(chapters);
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE deck = ?"))?;
    for deck in decks {
        read.take(statement.query([deck.0])?)?;
    }
    Ok(read)
}

/// Both halves of the cards at once, by a connection each: what SQLite takes most of the time for is one by one.
fn in_halves<'a>(connection: &Connection, folder: &Path, chapters: &'a Chapters) -> Result<Read<'a>> {
    let sql = "SELECT coalesce(max(id), 0) / 2 FROM card";
    let middle: i64 = connection.query_row(sql, [], |row| row.get(0)).doing(READING)?;
    thread::scope(|scope| {
        let lower = scope.spawn(|| {
            let other = Store::open_to_read(folder)?;
            between(&other.connection, 0..=middle, chapters).doing(READING)
        });
        let upper = between(connection, middle + 1..=i64::MAX, chapters).doing(READING)?;
        let lower = lower.join().expect("reading cards does not panic")?;
        Ok(lower.and(upper))
    })
}

fn between<'a>(
    connection: &Connection,
    ids: RangeInclusive<i64>,
    chapters: &'a Chapters,
) -> rusqlite::Result<Read<'a>> {
    let mut read = Read::new(chapters);
    let sql = format!("{COLUMNS} WHERE card.id BETWEEN ? AND ? ORDER BY card.id");
    read.take(connection.prepare_cached(&sql)?.query([ids.start(), ids.end()])?)?;
    Ok(read)
}

/// Cards with what they name by its place.
struct Read<'a> {
    cards: Vec<Card>,
    words: Words,
    chapters: &'a Chapters,
}

/// Topics and difficulties, each once.
#[derive(Default)]
struct Words {
    words: Vec<String>,
    places: HashMap<String, u32>,
}

impl<'a> Read<'a> {
    fn new(chapters: &'a Chapters) -> Self {
        Self { cards: Vec::new(), words: Words::default(), chapters }
    }

    fn take(&mut self, mut rows: rusqlite::Rows<'_>) -> rusqlite::Result<()> {
        let mut last = (DeckId(0), None);
        while let Some(row) = rows.next()? {
            let deck = DeckId(row.get(15)?);
            // Cards of a deck follow each other, mostly.
            if last.0 != deck {
                last = (deck, self.chapters.get(&deck).copied());
            }
            if let Some(chapter) = last.1 {
                let card = self.card(row, chapter)?;
                self.cards.push(card);
            }
        }
        Ok(())
    }

    fn card(&mut self, row: &Row<'_>, chapter: u32) -> rusqlite::Result<Card> {
        let topic = row.get_ref(17)?.as_str_or_null()?.filter(|topic| !topic.is_empty());
        let difficulty = row.get_ref(18)?.as_str_or_null()?;
        let keys = keys(row.get_ref(19)?.as_str_or_null()?.unwrap_or_default());
        let options = options(row.get_ref(20)?.as_str_or_null()?.unwrap_or_default());
        Ok(Card {
            id: CardId(row.get(14)?),
            chapter: Some(chapter),
            retired: row.get(16)?,
            topic: topic.map(|topic| self.words.place(topic)),
            difficulty: difficulty.map(|difficulty| self.words.place(difficulty)),
            // Several right options together are hit by chance in no simple way.
            options: (keys.clone().count() == 1 && options > 1).then_some(options),
            keys: keys.collect(),
            is_shuffled: row.get(21)?,
            state: state_of_row(row)?,
        })
    }

    /// Both together: the words of the others get places here.
    fn and(mut self, others: Self) -> Self {
        let places: Vec<u32> = others.words.words.iter().map(|word| self.words.place(word)).collect();
        let here = |word: Option<u32>| word.map(|word| places[word as usize]);
        let moved = |card: Card| Card { topic: here(card.topic), difficulty: here(card.difficulty), ..card };
        self.cards.extend(others.cards.into_iter().map(moved));
        self
    }
}

impl Words {
    fn place(&mut self, word: &str) -> u32 {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = self.words.len() as u32;
        self.words.push(word.to_owned());
        self.places.insert(word.to_owned(), place);
        place
    }
}

/// The identities in a list such as `[1,3]`.
fn keys(json: &str) -> impl Iterator<Item = OptionId> + Clone {
    let numbers = json.split(|c: char| !c.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok().map(OptionId))
}

/// How many options a list such as `[[0,"one"],[1,"two"]]` has. Counted without being read, since the texts of
/// all questions are megabytes.
fn options(json: &str) -> u8 {
    let (mut lists, mut rest) = (0_u8, json.as_bytes());
    while let Some(place) = memchr2(b'[', b'"', rest) {
        let after = &rest[place + 1..];
        let is_list = rest[place] == b'[';
        lists = lists.saturating_add(is_list.into());
        rest = if is_list { after } else { after_text(after) };
    }
    // The list itself is no option.
    lists.saturating_sub(1)
}

/// What follows the quotation mark at the end of a text.
fn after_text(mut rest: &[u8]) -> &[u8] {
    while let Some(place) = memchr2(b'"', b'\\', rest) {
        if rest[place] == b'"' {
            return &rest[place + 1..];
        }
        rest = rest.get(place + 2..).unwrap_or_default();
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_counted_past_whatever_their_texts_hold() {
        let lists = [
            (r#"[[0,"one"],[1,"two"]]"#, 2),
            (r#"[[0,"a [list]"],[3,"a \"quoted [\" one"],[4,"a \\"]]"#, 3),
            ("[]", 0),
            ("", 0),
        ];
        for (json, count) in lists {
            assert_eq!(options(json), count, "{json}");
        }
        assert!(keys("[0,12]").eq([OptionId(0), OptionId(12)]));
        assert_eq!(keys("[]").count(), 0);
    }
}
