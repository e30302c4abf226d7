//! The checksum of a question's row: most of a collection is text, and a changed bit in a text is no mistake
//! in SQLite's eyes.

use rusqlite::{Connection, Row};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    domain::ids::CardId,
    store::{Doing, Result},
};

const ROWS: &str =
    "SELECT card, number, difficulty, category, topic, stem, options, keys, explanation, shuffling,
                           line, next_option, checksum
                    FROM question ORDER BY card";

/// The columns of a row, as they are stored.
pub(super) struct Stored<'a> {
    pub card: i64,
    pub number: Option<&'a str>,
    pub difficulty: Option<&'a str>,
    pub category: Option<&'a str>,
    /// Topic, stem, options, keys, explanation, shuffling.
    pub texts: [&'a str; 6],
    pub line: i64,
    pub next_option: i64,
}

/// Gives every row its checksum.
pub(in crate::store) fn seal_all(connection: &Connection) -> Result<()> {
    let seal = || -> rusqlite::Result<()> {
        let mut read = connection.prepare(ROWS)?;
        let mut write = connection.prepare("UPDATE question SET checksum = ? WHERE card = ?")?;
        // All of them first: rows that change under a query may be seen twice.
        let sealed = read.query_map([], |row| Stored::of_row(row).map(|it| (it.checksum(), it.card)))?;
        for values in sealed.collect::<rusqlite::Result<Vec<_>>>()? {
            write.execute(values)?;
        }
        Ok(())
    };
    seal().doing("give questions their checksums")
}

/// The cards whose question is not as it was written, or cannot be read.
pub(in crate::store) fn broken_seals(connection: &Connection) -> Result<Vec<CardId>> {
    let find = || -> rusqlite::Result<Vec<CardId>> {
        let mut statement = connection.prepare(ROWS)?;
        let mut rows = statement.query([])?;
        let mut broken = Vec::new();
        while let Some(row) = rows.next()? {
            let is_whole = |stored: &Stored<'_>| Ok(row.get::<_, i32>(12)? == stored.checksum());
            if !Stored::of_row(row).and_then(|stored| is_whole(&stored)).unwrap_or_default() {
                broken.push(CardId(row.get(0)?));
            }
        }
        Ok(broken)
    };
    find().doing("check the questions")
}

impl<'a> Stored<'a> {
    fn of_row(row: &'a Row<'_>) -> rusqlite::Result<Self> {
        let text = |place| -> rusqlite::Result<&'a str> { Ok(row.get_ref(place)?.as_str()?) };
        let optional =
            |place| -> rusqlite::Result<Option<&'a str>> { Ok(row.get_ref(place)?.as_str_or_null()?) };
        Ok(Self {
            card: row.get(0)?,
            number: optional(1)?,
            difficulty: optional(2)?,
            category: optional(3)?,
            texts: [text(4)?, text(5)?, text(6)?, text(7)?, text(8)?, text(9)?],
            line: row.get(10)?,
            next_option: row.get(11)?,
        })
    }

    pub(super) fn checksum(&self) -> i32 {
        /// Bytes that are in no UTF-8 text.
        const ABSENT: &[u8] = &[0xFE];
        const END: &[u8] = &[0xFF];
        let numbers = [self.card, self.line, self.next_option].map(i64::to_le_bytes);
        let optional = [self.number, self.difficulty, self.category];
        let texts = optional.into_iter().chain(self.texts.map(Some));
        let texts = texts.map(|text| text.map_or(ABSENT, str::as_bytes));
        let mut bytes = numbers.concat();
        for text in texts {
            bytes.extend_from_slice(text);
            bytes.extend_from_slice(END);
        }
        xxh3_64(&bytes) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes were put together and hashed by Python's xxhash. Another checksum would call every collection damaged.
    #[test]
    fn a_checksum_stays_what_it_was() {
        let stored = Stored {
            card: 7,
            number: Some("1.2"),
            difficulty: None,
            category: Some("Théorie"),
            texts: ["", "Was?", "[[0,\"a\"]]", "[0]", "Weil ja.", "free"],
            line: 12,
            next_option: 4,
        };
        assert_eq!(stored.checksum(), -1_456_414_217);
    }
}
