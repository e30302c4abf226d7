//! Questions as rows, and back.

mod seal;

use rusqlite::{CachedStatement, Connection, Params, Row, params, types::FromSql};

use super::{Doing, Error, Result, Store};
use crate::domain::{
    deck::Entry,
    ids::{CardId, DeckId, OptionId},
    question::{Choice, Flaw, Question, Shuffling},
};
use seal::Stored;
pub(super) use seal::{broken_seals, seal_all};

const COLUMNS: &str =
    "SELECT card.id, place, retired, line, number, question.difficulty, category, topic, stem, options,
                              keys, explanation, shuffling, next_option
                       FROM card JOIN question ON question.card = card.id";

impl Store {
    /// What a card asks.
    ///
    /// # Errors
    /// When the database cannot be read, there is no such card, or the row says what cannot be.
    pub fn question(&self, card: CardId) -> Result<Question> {
        of_card(&self.connection, card)
    }

    /// All questions of a deck in the chapter's order, retired ones last.
    ///
    /// # Errors
    /// As [`Store::question`].
    pub fn questions(&self, deck: DeckId) -> Result<Vec<Entry>> {
        of_deck(&self.connection, deck)
    }
}

/// What a card asks.
pub(super) fn of_card(connection: &Connection, card: CardId) -> Result<Question> {
    entry_of(connection, card).map(|entry| entry.question)
}

/// The line of a question's head, as it was imported.
pub(super) fn line_of(connection: &Connection, card: CardId) -> Result<u32> {
    entry_of(connection, card).map(|entry| entry.line)
}

fn entry_of(connection: &Connection, card: CardId) -> Result<Entry> {
    let sql = format!("{COLUMNS} WHERE card.id = ?");
    connection
        .prepare_cached(&sql)
        .and_then(|mut statement| statement.query_row([card.0], |row| Ok(entry_of_row(row))))
        .doing("read a question")?
}

/// All questions of a deck in the chapter's order, retired ones too, and deleted ones as if they were so.
pub(super) fn of_deck(connection: &Connection, deck: DeckId) -> Result<Vec<Entry>> {
    entries(connection, &format!("{COLUMNS} WHERE card.deck = ?1 ORDER BY retired, place, card.id"), [deck.0])
}

/// All questions that a deck's chapter asks or once asked, wherever the person has put them since. Deleted
/// ones are among them, as if they were not.
pub(super) fn of_chapter(connection: &Connection, deck: DeckId) -> Result<Vec<Entry>> {
    let of_chapter = COLUMNS.replace("place, retired", "place, coalesce(deleted, retired)");
    let sql = format!(
        "{of_chapter} WHERE card.deck = ?1 AND card.home IS NULL OR card.home = ?1
         ORDER BY coalesce(deleted, retired), place, card.id"
    );
    entries(connection, &sql, [deck.0])
}

/// All questions that have left their chapters, those that the person has deleted left aside.
pub(super) fn retired(connection: &Connection) -> Result<Vec<Entry>> {
    entries(
        connection,
        &format!("{COLUMNS} WHERE card.retired = 1 AND card.deleted IS NULL ORDER BY card.id"),
        [],
    )
}

fn entries(connection: &Connection, sql: &str, values: impl Params) -> Result<Vec<Entry>> {
    let read = || -> rusqlite::Result<Vec<Result<Entry>>> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(values, |row| Ok(entry_of_row(row)))?;
        rows.collect()
    };
    read().doing("read a deck's questions")?.into_iter().collect()
}

/// Writes what cards ask, in place of what they asked before. The index of words is left as it is.
pub(super) struct Saving<'c>(CachedStatement<'c>);

impl<'c> Saving<'c> {
    pub fn over(connection: &'c Connection) -> Result<Self> {
        connection.prepare_cached(include_str!("sql/save_question.sql")).doing("save a question").map(Self)
    }

    pub fn save(&mut self, card: CardId, line: u32, question: &Question) -> Result<()> {
        let options: Vec<(u16, &str)> =
            question.options().iter().map(|option| (option.id.0, option.text.as_str())).collect();
        let keys: Vec<u16> = question.keys().iter().map(|key| key.0).collect();
        let (options, keys, shuffling) = (json(&options), json(&keys), shuffling_word(question.shuffling));
        let stored = Stored {
            card: card.0,
            number: question.number.as_deref(),
            difficulty: question.difficulty.as_deref(),
            category: question.category.as_deref(),
            texts: [&question.topic, &question.stem, &options, &keys, &question.explanation, &shuffling],
            line: i64::from(line),
            next_option: i64::from(question.next_option().0),
        };
        self.write(&stored).doing("save a question")
    }

    fn write(&mut self, stored: &Stored<'_>) -> rusqlite::Result<()> {
        let [topic, stem, options, keys, explanation, shuffling] = stored.texts;
        let written = self.0.execute(params![
            stored.card,
            stored.number,
            stored.difficulty,
            stored.category,
            topic,
            stem,
            options,
            keys,
            explanation,
            shuffling,
            stored.line,
            stored.next_option,
            stored.checksum()
        ]);
        written.map(drop)
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("numbers and texts are always JSON")
}

/// A row, with its own damage kept apart from that of the database.
fn entry_of_row(row: &Row<'_>) -> Result<Entry> {
    Ok(Entry {
        question: question_of_row(row)?,
        card: CardId(column(row, 0)?),
        place: column(row, 1)?,
        retired: column(row, 2)?,
        line: column(row, 3)?,
    })
}

fn question_of_row(row: &Row<'_>) -> Result<Question> {
    let damaged = |detail: &dyn ToString| Error::damaged("question", detail.to_string());
    let options: Vec<(u16, String)> =
        serde_json::from_str(&column::<String>(row, 9)?).map_err(|error| damaged(&error))?;
    let keys: Vec<u16> =
        serde_json::from_str(&column::<String>(row, 10)?).map_err(|error| damaged(&error))?;
    let (stem, explanation) = (column(row, 8)?, column(row, 11)?);
    let question = match options.is_empty() && keys.is_empty() {
        true => Question::recall(stem, explanation),
        false => asked_with_options(stem, options, keys, explanation),
    };
    let question = question.map_err(|flaw| damaged(&flaw))?;
    let mut question = question.with_next_option(OptionId(column(row, 13)?));
    question.number = column(row, 4)?;
    question.difficulty = column(row, 5)?;
    question.category = column(row, 6)?;
    question.topic = column(row, 7)?;
    let shuffling: String = column(row, 12)?;
    question.shuffling = shuffling_of_word(&shuffling).ok_or_else(|| damaged(&"its shuffling is unknown"))?;
    Ok(question)
}

fn asked_with_options(
    stem: String,
    options: Vec<(u16, String)>,
    keys: Vec<u16>,
    explanation: String,
) -> Result<Question, Flaw> {
    let options = options.into_iter().map(|(id, text)| Choice { id: OptionId(id), text }).collect();
    let mut question = Question::new(stem, options, keys.into_iter().map(OptionId).collect())?;
    question.explanation = explanation;
    Ok(question)
}

fn column<T: FromSql>(row: &Row<'_>, place: usize) -> Result<T> {
    row.get(place).doing("read a question")
}

fn shuffling_word(shuffling: Shuffling) -> String {
    match shuffling {
        Shuffling::Free => "free".to_owned(),
        Shuffling::PinnedLast(pinned) => format!("last {pinned} pinned"),
        Shuffling::Locked => "locked".to_owned(),
    }
}

fn shuffling_of_word(word: &str) -> Option<Shuffling> {
    match word {
        "free" => Some(Shuffling::Free),
        "locked" => Some(Shuffling::Locked),
        pinned => {
            let count = pinned.strip_prefix("last ")?.strip_suffix(" pinned")?;
            count.parse().ok().map(Shuffling::PinnedLast)
        }
    }
}
