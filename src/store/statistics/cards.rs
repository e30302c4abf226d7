//! The cards of a scope as statistics need them: the state in the cache, and of the question only what it is
//! about and how it can be guessed.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use crate::{
    domain::{
        deck::Deck,
        ids::{CardId, DeckId, OptionId},
        scheduler::Schedulers,
        stats::{Card, Chapter},
    },
    store::{cards::state_of_row, decks::deck_of_row},
};

/// Cards with what they name by a number.
#[derive(Default)]
pub(super) struct Cards {
    pub cards: Vec<Card>,
    pub chapters: Vec<Chapter>,
    pub words: Words,
}

/// Topics and difficulties, each once.
#[derive(Default)]
pub(super) struct Words {
    pub words: Vec<String>,
    places: HashMap<String, u32>,
}

const COLUMNS: &str = include_str!("../sql/statistics_cards.sql");

impl Cards {
    /// The cards that are or were in these decks, which are sorted.
    pub fn read(
        connection: &Connection,
        decks: &[DeckId],
        schedulers: &Schedulers,
    ) -> rusqlite::Result<Self> {
        let mut read = Self::default();
        let mut statement = connection.prepare_cached("SELECT id, book, chapter FROM deck ORDER BY id")?;
        for deck in statement.query_map([], deck_of_row)? {
            read.add_chapter(deck?, decks, schedulers);
        }
        let places: HashMap<DeckId, u32> =
            read.chapters.iter().map(|chapter| chapter.deck.id).zip(0..).collect();
        // One walk over all cards is faster than many over those of a deck, unless there are few of these.
        const FEW: usize = 20;
        if decks.len() <= FEW {
            let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE deck = ?"))?;
            for deck in decks {
                read.take(statement.query([deck.0])?, &places)?;
            }
        } else {
            read.take(connection.prepare_cached(COLUMNS)?.query([])?, &places)?;
        }
        Ok(read)
    }

    fn add_chapter(&mut self, deck: Deck, decks: &[DeckId], schedulers: &Schedulers) {
        if decks.binary_search(&deck.id).is_ok() {
            let scheduler = schedulers.of(&deck);
            let target = schedulers.target(&deck).map(|retention| retention.share());
            self.chapters.push(Chapter { deck, scheduler, target });
        }
    }

    fn take(&mut self, mut rows: rusqlite::Rows<'_>, places: &HashMap<DeckId, u32>) -> rusqlite::Result<()> {
        while let Some(row) = rows.next()? {
            if let Some(chapter) = places.get(&DeckId(row.get(14)?)) {
                let card = self.card(row, *chapter)?;
                self.cards.push(card);
            }
        }
        Ok(())
    }

    fn card(&mut self, row: &Row<'_>, chapter: u32) -> rusqlite::Result<Card> {
        let topic = row.get_ref(16)?.as_str_or_null()?.filter(|topic| !topic.is_empty());
        let difficulty = row.get_ref(17)?.as_str_or_null()?;
        let keys = keys(row.get_ref(18)?.as_str_or_null()?.unwrap_or_default());
        let options = options(row.get_ref(19)?.as_str_or_null()?.unwrap_or_default());
        Ok(Card {
            id: CardId(row.get(13)?),
            chapter: Some(chapter),
            retired: row.get(15)?,
            topic: topic.map(|topic| self.words.place(topic)),
            difficulty: difficulty.map(|difficulty| self.words.place(difficulty)),
            // Several right options together are hit by chance in no simple way.
            options: (keys.len() == 1 && options > 1).then_some(options),
            keys: keys.into_iter().collect(),
            state: state_of_row(row)?,
        })
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
fn keys(json: &str) -> Vec<OptionId> {
    let numbers = json.split(|c: char| !c.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok().map(OptionId)).collect()
}

/// How many options a list such as `[[0,"one"],[1,"two"]]` has. Counted without being read, since the texts of
/// all questions are megabytes.
fn options(json: &str) -> u8 {
    let (mut count, mut is_text, mut is_escaped) = (0_u8, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'[' if !is_text => count = count.saturating_add(1),
            _ => {}
        }
    }
    // The list itself is no option.
    count.saturating_sub(1)
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
        assert_eq!(keys("[0,12]"), [OptionId(0), OptionId(12)]);
        assert_eq!(keys("[]"), []);
    }
}
