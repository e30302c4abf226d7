//! Rows of the log as statistics need them, so narrow that a million of them are read at once: each is a few
//! bytes in the order of the log, the same in memory and in the file of [`super::cache`].

use std::collections::HashMap;

use rusqlite::{Connection, Row as SqlRow, types::ValueRef};

use crate::{
    domain::{grade::Grade, ids::OptionId},
    store::log::chosen_of_text,
};

/// Rows of the log, the first one being event 1 or, for a few cards, any.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Rows {
    bytes: Vec<u8>,
    pub names: Names,
}

/// What rows name by a number.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Names {
    /// What answers choose, as the log writes it; the first one is nothing.
    pub choices: Vec<String>,
    /// The devices that events were recorded on.
    pub devices: Vec<String>,
    /// The rows that take another event back, with the event as the log names it: by its id or, below zero, by
    /// the instant of one that was not here yet.
    pub undos: Vec<(u32, i64)>,
}

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub at: i64,
    pub card: u32,
    pub day: i32,
    pub took_ms: u32,
    pub interval: u16,
    pub choice: u16,
    pub place: Option<u8>,
    pub device: u16,
    pub kind: Kind,
    pub correct: Option<bool>,
    pub hour: u8,
}

/// What a row tells of, as far as statistics care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Answer(Grade),
    Reset,
    Other,
}

/// Bytes of a row.
pub(super) const WIDTH: usize = 8 + 4 + 4 + 4 + 2 + 2 + 2 + 1 + 1 + 1 + 1;

/// Stands for no place; an option has one of 26.
const UNKNOWN_PLACE: u8 = u8::MAX;

const COLUMNS: &str = include_str!("../sql/statistics_rows.sql");

impl Rows {
    pub fn of_bytes(bytes: Vec<u8>, names: Names) -> Self {
        Self { bytes, names }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn len(&self) -> usize {
        self.bytes.len() / WIDTH
    }

    pub fn row(&self, place: usize) -> Row {
        Row::decoded(&self.bytes[place * WIDTH..])
    }

    /// Leaves the rows after so many away.
    pub fn truncate(&mut self, rows: usize) {
        self.bytes.truncate(rows * WIDTH);
        self.names.undos.retain(|(place, _)| (*place as usize) < rows);
    }

    pub fn iter(&self) -> impl Iterator<Item = Row> {
        self.bytes.chunks_exact(WIDTH).map(Row::decoded)
    }

    /// Reads on where these rows end.
    pub fn read_on(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut reader = Reader::new(connection, self)?;
        let sql = format!("{COLUMNS} WHERE id > ? ORDER BY id");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([reader.rows.len() as i64])?;
        while let Some(row) = rows.next()? {
            // A row that damage took away is there without a meaning, so that places still tell ids.
            let id: i64 = row.get(0)?;
            while (reader.rows.len() as i64) + 1 < id {
                reader.rows.push(&Row::NOTHING);
            }
            reader.take(row)?;
        }
        Ok(())
    }

    /// The rows of these cards up to an event, those of a card after each other, and their ids.
    pub fn of_cards(
        connection: &Connection,
        cards: impl Iterator<Item = i64>,
        end: i64,
    ) -> rusqlite::Result<(Self, Vec<i64>)> {
        Self::some(connection, "card = ? AND id <= ?", cards.map(|card| [card, end]))
    }

    /// The rows after one with this id, and their ids.
    pub fn after(connection: &Connection, id: i64) -> rusqlite::Result<(Self, Vec<i64>)> {
        Self::some(connection, "id > ?", [[id]].into_iter())
    }

    fn some<const N: usize>(
        connection: &Connection,
        condition: &str,
        values: impl Iterator<Item = [i64; N]>,
    ) -> rusqlite::Result<(Self, Vec<i64>)> {
        let (mut rows, mut ids) = (Self::default(), Vec::new());
        let mut reader = Reader::new(connection, &mut rows)?;
        let sql = format!("{COLUMNS} WHERE {condition} ORDER BY id");
        let mut statement = connection.prepare_cached(&sql)?;
        for value in values {
            let mut found = statement.query(rusqlite::params_from_iter(value))?;
            while let Some(row) = found.next()? {
                ids.push(row.get(0)?);
                reader.take(row)?;
            }
        }
        Ok((rows, ids))
    }

    /// What a row says, whichever numbers its names have here.
    pub fn says(&self, place: usize) -> Option<(Row, &str, &str)> {
        let row = (place < self.len()).then(|| self.row(place))?;
        let choice = self.names.choices.get(usize::from(row.choice))?;
        let device = self.names.devices.get(usize::from(row.device)).map_or("", String::as_str);
        Some((Row { choice: 0, device: 0, ..row }, choice, device))
    }

    fn push(&mut self, row: &Row) {
        self.bytes.extend_from_slice(&row.encoded());
    }

    /// The options of each choice.
    pub fn choices(&self) -> Vec<Vec<OptionId>> {
        let options = |text: &String| {
            chosen_of_text(Some(text).filter(|text| !text.is_empty()).map(|text| text.as_str()))
        };
        self.names.choices.iter().map(|text| options(text).unwrap_or_default()).collect()
    }
}

/// Turns rows of SQLite into narrow ones.
struct Reader<'a> {
    rows: &'a mut Rows,
    choices: HashMap<String, u16>,
    /// For each circumstance the number of its device, and what the local clock was ahead of UTC.
    circumstances: HashMap<i64, (u16, i64)>,
}

impl<'a> Reader<'a> {
    fn new(connection: &Connection, rows: &'a mut Rows) -> rusqlite::Result<Self> {
        if rows.names.choices.is_empty() {
            rows.names.choices.push(String::new());
        }
        let choices = rows.names.choices.iter().cloned().zip(0..).collect();
        let mut reader = Self { rows, choices, circumstances: HashMap::new() };
        let mut statement = connection.prepare("SELECT id, device, utc_offset FROM circumstance")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let device = reader.device(row.get_ref(1)?.as_str()?);
            reader.circumstances.insert(row.get(0)?, (device, row.get(2)?));
        }
        Ok(reader)
    }

    fn device(&mut self, name: &str) -> u16 {
        let devices = &mut self.rows.names.devices;
        let place = devices.iter().position(|device| device == name).unwrap_or_else(|| {
            devices.push(name.to_owned());
            devices.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    fn choice(&mut self, chosen: Option<&str>) -> u16 {
        let chosen = chosen.unwrap_or_default();
        if let Some(known) = self.choices.get(chosen) {
            return *known;
        }
        // Nobody chooses in so many different ways; if somebody does, the rest counts as no choice.
        let Ok(next) = u16::try_from(self.choices.len()) else { return 0 };
        self.choices.insert(chosen.to_owned(), next);
        self.rows.names.choices.push(chosen.to_owned());
        next
    }

    fn take(&mut self, row: &SqlRow<'_>) -> rusqlite::Result<()> {
        if let ValueRef::Integer(target) = row.get_ref(10)? {
            self.rows.names.undos.push((self.rows.len() as u32, target));
        }
        let at: i64 = row.get(2)?;
        let (device, utc_offset) = self.circumstances.get(&row.get(11)?).copied().unwrap_or_default();
        let local = (at - row.get::<_, Option<i64>>(3)?.unwrap_or_default()).div_euclid(1000) + utc_offset;
        let choice = self.choice(row.get_ref(6)?.as_str_or_null()?);
        let narrow = Row {
            at,
            card: u32::try_from(row.get::<_, i64>(1)?).unwrap_or(u32::MAX),
            day: row.get(4)?,
            took_ms: row.get::<_, Option<u32>>(8)?.unwrap_or_default(),
            interval: row.get::<_, Option<u16>>(9)?.unwrap_or_default(),
            choice,
            place: row.get(12)?,
            device,
            kind: Kind::of_word(row.get_ref(5)?.as_str()?),
            correct: row.get(7)?,
            hour: (local.rem_euclid(86_400) / 3_600) as u8,
        };
        self.rows.push(&narrow);
        Ok(())
    }
}

impl Kind {
    fn of_word(word: &str) -> Self {
        match word {
            "good" => Self::Answer(Grade::Good),
            "again" => Self::Answer(Grade::Again),
            "hard" => Self::Answer(Grade::Hard),
            "easy" => Self::Answer(Grade::Easy),
            "reset" => Self::Reset,
            _ => Self::Other,
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Answer(grade) => grade.number(),
            Self::Reset => 5,
        }
    }

    fn of_code(code: u8) -> Self {
        match code {
            1..=4 => Self::Answer(Grade::ALL[usize::from(code) - 1]),
            5 => Self::Reset,
            _ => Self::Other,
        }
    }
}

impl Row {
    const NOTHING: Self = Self {
        at: 0,
        card: u32::MAX,
        day: 0,
        took_ms: 0,
        interval: 0,
        choice: 0,
        place: None,
        device: 0,
        kind: Kind::Other,
        correct: None,
        hour: 0,
    };

    fn encoded(&self) -> [u8; WIDTH] {
        let mut bytes = [0; WIDTH];
        bytes[0..8].copy_from_slice(&self.at.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.card.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.day.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.took_ms.to_le_bytes());
        bytes[20..22].copy_from_slice(&self.interval.to_le_bytes());
        bytes[22..24].copy_from_slice(&self.choice.to_le_bytes());
        bytes[24..26].copy_from_slice(&self.device.to_le_bytes());
        bytes[26] = self.kind.code();
        bytes[27] = self.correct.map_or(2, u8::from);
        bytes[28] = self.hour;
        bytes[29] = self.place.unwrap_or(UNKNOWN_PLACE);
        bytes
    }

    fn decoded(bytes: &[u8]) -> Self {
        let bytes: &[u8; WIDTH] = bytes.first_chunk().expect("a row is whole");
        Self {
            at: i64::from_le_bytes(part(bytes, 0)),
            card: u32::from_le_bytes(part(bytes, 8)),
            day: i32::from_le_bytes(part(bytes, 12)),
            took_ms: u32::from_le_bytes(part(bytes, 16)),
            interval: u16::from_le_bytes(part(bytes, 20)),
            choice: u16::from_le_bytes(part(bytes, 22)),
            device: u16::from_le_bytes(part(bytes, 24)),
            kind: Kind::of_code(bytes[26]),
            correct: [Some(false), Some(true)].get(usize::from(bytes[27])).copied().flatten(),
            hour: bytes[28],
            place: Some(bytes[29]).filter(|place| *place != UNKNOWN_PLACE),
        }
    }
}

fn part<const N: usize>(bytes: &[u8; WIDTH], from: usize) -> [u8; N] {
    *bytes[from..].first_chunk().expect("a row is as wide as its parts")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_survives_its_way_through_bytes() {
        for (kind, correct, place) in [
            (Kind::Answer(Grade::Again), Some(false), Some(0)),
            (Kind::Answer(Grade::Easy), Some(true), Some(25)),
            (Kind::Reset, None, None),
            (Kind::Other, None, None),
        ] {
            let row = Row {
                at: -1_795_000_000_123,
                card: 4_000_000_001,
                day: -3,
                took_ms: 120_001,
                interval: 36_500,
                choice: 300,
                place,
                device: 7,
                kind,
                correct,
                hour: 23,
            };
            assert_eq!(Row::decoded(&row.encoded()), row);
        }
    }
}
