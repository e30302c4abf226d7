//! Bringing chapters in: one transaction for everything that one import changes, whole or absent.

mod adding;

use std::{
    cell::Cell,
    collections::HashMap,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Doing, Recorded, Result, Store, cards,
    decks::{deck_of, deck_of_row},
    log::{self, Occasion},
    paths::{path_of, text_of},
    questions, search,
    writing::{Writing, keep_more_pages},
};
use crate::domain::{
    card::CardState,
    deck::{Deck, DeckName, Entry},
    ids::{CardId, DeckId},
    question::Question,
    review_log::Act,
    scheduler::Schedulers,
    time::{Moment, Rollover},
};

pub use adding::Adding;

/// An import under way. Dropped before [`Import::commit`], it has changed nothing.
#[derive(Debug)]
pub struct Import<'a> {
    transaction: Writing<'a>,
    schedulers: &'a Schedulers,
    /// Whether an act was recorded: all that follow from one import are one act.
    has_acted: Cell<bool>,
    /// The id of the next new card: nobody else adds any meanwhile.
    next_card: Cell<i64>,
    /// Whether the log tells of cards that are not here.
    tells_of_absent: bool,
    /// The last card in the index of words.
    indexed_through: i64,
}

/// A deck as an import finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The deck.
    pub deck: Deck,
    /// The file that it came from, if it still has one.
    pub path: Option<PathBuf>,
    /// A hash of that file's bytes when all of it was imported last; `None` when it must be read again.
    pub fingerprint: Option<u64>,
    /// The word of the notation that a person stated for it.
    pub notation: Option<String>,
    /// How many cards it has, retired ones left out.
    pub cards: usize,
}

/// What is remembered of the file of a deck.
#[derive(Debug, Clone, Copy)]
pub struct ChapterFile<'a> {
    /// The file.
    pub path: &'a Path,
    /// As [`Known::fingerprint`].
    pub fingerprint: Option<u64>,
    /// As [`Known::notation`].
    pub notation: Option<&'a str>,
}

impl Store {
    /// The files and folders that were imported, as they were named.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sources(&self) -> Result<Vec<PathBuf>> {
        let read = || -> rusqlite::Result<Vec<PathBuf>> {
            let mut statement = self.connection.prepare_cached("SELECT path FROM source ORDER BY path")?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0).map(|path| path_of(&path)))?;
            rows.collect()
        };
        read().doing("list what was imported")
    }

    /// The words of the notations that a person stated for files, by their paths.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn stated_notations(&self) -> Result<HashMap<PathBuf, String>> {
        let read = || -> rusqlite::Result<HashMap<PathBuf, String>> {
            let sql = "SELECT path, notation FROM deck WHERE path IS NOT NULL AND notation IS NOT NULL";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows =
                statement.query_map([], |row| Ok((path_of(&row.get::<_, String>(0)?), row.get(1)?)))?;
            rows.collect()
        };
        read().doing("list what was imported")
    }

    /// Begins an import into decks that these schedulers keep.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn import<'a>(&'a mut self, schedulers: &'a Schedulers) -> Result<Import<'a>> {
        let transaction = self.begin("begin the import")?;
        Import::new(transaction, schedulers).doing("begin the import")
    }
}

impl<'a> Import<'a> {
    fn new(transaction: Writing<'a>, schedulers: &'a Schedulers) -> rusqlite::Result<Self> {
        keep_more_pages(&transaction)?;
        let absent = "SELECT EXISTS (SELECT 1 FROM absent_card)";
        Ok(Self {
            next_card: Cell::new(cards::unused_id(&transaction)?),
            tells_of_absent: transaction.query_row(absent, [], |row| row.get(0))?,
            indexed_through: search::indexed_through(&transaction)?,
            has_acted: Cell::new(false),
            transaction,
            schedulers,
        })
    }
}

impl Import<'_> {
    /// All decks, with what is remembered of their files.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn known_decks(&self) -> Result<Vec<Known>> {
        let read = || -> rusqlite::Result<Vec<Known>> {
            let sql = "SELECT id, book, chapter, path, fingerprint, notation, cards FROM deck ORDER BY id";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| {
                Ok(Known {
                    deck: deck_of_row(row)?,
                    path: row.get::<_, Option<String>>(3)?.map(|path| path_of(&path)),
                    fingerprint: row.get::<_, Option<i64>>(4)?.map(i64::cast_unsigned),
                    notation: row.get(5)?,
                    cards: row.get::<_, i64>(6)? as usize,
                })
            })?;
            rows.collect()
        };
        read().doing("list what was imported")
    }

    /// The deck with this name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_named(&self, name: &DeckName) -> Result<Option<Deck>> {
        let sql = "SELECT id, book, chapter FROM deck WHERE coalesce(book, '') = ? AND chapter = ?";
        let values = params![name.book.as_deref().unwrap_or_default(), name.chapter];
        let found = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(values, deck_of_row).optional());
        found.doing("look for a deck")
    }

    /// A deck's chapter is no longer in the file that it came from.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget_path(&self, deck: DeckId) -> Result<()> {
        let sql = "UPDATE deck SET path = NULL, fingerprint = NULL WHERE id = ?";
        self.change("forget where a deck came from", sql, [deck.0])
    }

    /// A new deck, still empty.
    ///
    /// # Errors
    /// When the database cannot be written or the name is taken.
    pub fn add_deck(&self, name: &DeckName) -> Result<DeckId> {
        let sql = "INSERT INTO deck (book, chapter, topics) VALUES (?, ?, '')";
        let id = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.insert(params![name.book, name.chapter]));
        id.map(DeckId).doing("add a deck")
    }

    /// Gives a deck another name.
    ///
    /// # Errors
    /// When the database cannot be written or the name is taken.
    pub fn rename_deck(&self, deck: DeckId, name: &DeckName) -> Result<()> {
        let sql = "UPDATE deck SET book = ?, chapter = ? WHERE id = ?";
        self.change("rename a deck", sql, params![name.book, name.chapter, deck.0])
    }

    /// Sets what is known of a deck's chapter.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn describe_deck(&self, deck: DeckId, topics: &[String], file: &ChapterFile<'_>) -> Result<()> {
        let sql = "UPDATE deck SET topics = ?, path = ?, fingerprint = ?, notation = ? WHERE id = ?";
        let fingerprint = file.fingerprint.map(u64::cast_signed);
        let values = params![topics.join(", "), text_of(file.path), fingerprint, file.notation, deck.0];
        self.change("describe a deck", sql, values)
    }

    /// Remembers a file or folder as one to import again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remember_source(&self, path: &Path) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO source VALUES (?)";
        self.change("remember what was imported", sql, params![text_of(path)])
    }

    /// Forgets the files and folders that no deck comes from any more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget_idle_sources(&self) -> Result<()> {
        self.change("forget what is gone", include_str!("sql/forget_idle_sources.sql"), [])
    }

    /// All questions of a deck's chapter in its order, those that have left it last. Where the person has put
    /// one into another deck or deleted it, it is among them all the same.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn questions(&self, deck: DeckId) -> Result<Vec<Entry>> {
        questions::of_chapter(&self.transaction, deck)
    }

    /// All questions that have left their chapters, those that the person has deleted left aside.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn retired(&self) -> Result<Vec<Entry>> {
        questions::retired(&self.transaction)
    }

    /// The deck of the chapter that a card is from, wherever the person has put it.
    ///
    /// # Errors
    /// When the database cannot be read or there is no such card.
    pub fn chapter_of(&self, card: CardId) -> Result<DeckId> {
        let sql = "SELECT coalesce(home, deck) FROM card WHERE id = ?";
        let deck = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0)));
        deck.doing("look for a card's deck").map(DeckId)
    }

    /// Forgets where a deck came from that has no questions any more, and the deck with it when it has no cards
    /// either, not even retired ones. Says whether it has none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn leave_if_empty(&self, deck: DeckId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM card WHERE (deck = ?1 AND home IS NULL OR home = ?1) AND retired = 0)";
        let lives = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([deck.0], |row| row.get::<_, bool>(0)));
        if lives.doing("look for the questions of a deck")? {
            return Ok(false);
        }
        self.forget_path(deck)?;
        let sql = "DELETE FROM deck WHERE id = ?1
                   AND NOT EXISTS (SELECT 1 FROM card WHERE deck = ?1 OR home = ?1)";
        self.change("take an empty deck away", sql, [deck.0])?;
        Ok(true)
    }

    /// How many questions of a deck's chapter are deleted, and stay so.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deleted(&self, deck: DeckId) -> Result<usize> {
        let sql = "SELECT count(*) FROM card WHERE deleted = 0 AND coalesce(home, deck) = ?";
        let count = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([deck.0], |row| row.get::<_, i64>(0)));
        count.doing("count the deleted questions").map(|count| count as usize)
    }

    /// Sets what a card asks, and that its question stands in the chapter, at this place.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn set_card(&self, card: CardId, place: u32, line: u32, question: &Question) -> Result<()> {
        self.change("place a card", "UPDATE card SET place = ? WHERE id = ?", params![place, card.0])?;
        self.set_retired(card, false)?;
        self.save_question(card, line, question)
    }

    /// What a card asks.
    ///
    /// # Errors
    /// As [`Store::question`].
    pub fn question(&self, card: CardId) -> Result<Question> {
        questions::of_card(&self.transaction, card)
    }

    /// Puts a card in the place of a new one that asks the same, and takes that one away.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn replace_card(&self, new: CardId, by: CardId) -> Result<()> {
        let doing = "move a card";
        let line = questions::line_of(&self.transaction, new)?;
        let question = self.question(new)?.with_identities_of(&self.question(by)?);
        let sql = "UPDATE card SET home = NULL, (deck, place) = (SELECT deck, place FROM card WHERE id = ?)
                   WHERE id = ?";
        self.change(doing, sql, params![new.0, by.0])?;
        log::settle(&self.transaction, by, None)?;
        self.set_retired(by, false)?;
        self.save_question(by, line, &question)?;
        search::forget(&self.transaction, new)?;
        self.change(doing, "DELETE FROM question WHERE card = ?", [new.0])?;
        self.change(doing, "DELETE FROM card WHERE id = ?", [new.0])
    }

    /// Takes a card out of its chapter. Its history stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn retire(&self, card: CardId) -> Result<()> {
        self.set_retired(card, true)
    }

    /// A deleted card stays retired for everybody else.
    fn set_retired(&self, card: CardId, retired: bool) -> Result<()> {
        let sql = "UPDATE card SET retired = ?1 OR deleted IS NOT NULL,
                                   deleted = CASE WHEN deleted IS NOT NULL THEN ?1 END
                   WHERE id = ?2";
        self.change("place a card", sql, params![retired, card.0])?;
        self.refresh_elsewhere(card)
    }

    /// A card that the person has put elsewhere is counted there, and not by who imports its chapter.
    fn refresh_elsewhere(&self, card: CardId) -> Result<()> {
        let sql = "SELECT deck FROM card WHERE id = ? AND home IS NOT NULL";
        let deck = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0)).optional());
        deck.doing("look for a card's deck")?
            .map_or(Ok(()), |deck| refresh_deck(&self.transaction, DeckId(deck)))
    }

    /// Appends an act that follows from the import to the log, and brings its card's state up to date. All
    /// of one import are undone as one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn record(&self, card: CardId, moment: Moment, rollover: Rollover, act: Act) -> Result<Recorded> {
        let occasion = Occasion { moment, rollover, schedulers: self.schedulers };
        let follows = self.has_acted.replace(true);
        let recorded = log::record(&self.transaction, card, act, &occasion, follows)?;
        if recorded.changes_counts() {
            refresh_deck(&self.transaction, deck_of(&self.transaction, card)?.id)?;
        }
        Ok(recorded)
    }

    /// A card's state.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn state(&self, card: CardId) -> Result<CardState> {
        cards::state(&self.transaction, card)
    }

    /// Brings a deck's own counts up to date, after its cards have changed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn refresh(&self, deck: DeckId) -> Result<()> {
        refresh_deck(&self.transaction, deck)
    }

    /// Makes all of it real. Decks that came to other schedulers, being new or having other names now, are
    /// known by these.
    ///
    /// # Errors
    /// When the database cannot be written. Nothing has changed then.
    pub fn commit(self) -> Result<()> {
        log::adopt(&self.transaction, self.schedulers)?;
        search::complete_if_little_is_left(&self.transaction)?;
        self.transaction.commit().doing("finish the import")
    }

    fn change(&self, doing: &'static str, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        let changed =
            self.transaction.prepare_cached(sql).and_then(|mut statement| statement.execute(values));
        changed.doing(doing).map(drop)
    }

    fn save_question(&self, card: CardId, line: u32, question: &Question) -> Result<()> {
        self.index_question(card, question)?;
        questions::Saving::over(&self.transaction)?.save(card, line, question)
    }

    /// Tells the index of words what a card asks from now on, if it knows of it.
    fn index_question(&self, card: CardId, question: &Question) -> Result<()> {
        if card.0 > self.indexed_through {
            return Ok(());
        }
        search::change(&self.transaction, card, question)
    }
}

/// Brings a deck's own counts up to date.
pub(super) fn refresh_deck(connection: &Connection, deck: DeckId) -> Result<()> {
    let refreshed = connection
        .prepare_cached(include_str!("sql/refresh_deck.sql"))
        .and_then(|mut statement| statement.execute([deck.0]));
    refreshed.doing("count a deck's cards").map(drop)
}
