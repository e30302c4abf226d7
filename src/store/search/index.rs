//! The index of words: kept by whoever changes a question, completed before a search, and compared with the
//! questions by whoever doubts it. A cache like the schedule: it can be thrown away and made again.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use xxhash_rust::xxh3::Xxh3;

use super::super::{Doing, Result, Store};
use crate::domain::{ids::CardId, question::Question, search::words};

/// The way in which texts are taken apart. Another one makes the index anew.
const MADE_BY: i64 = 1;
/// So many questions are indexed in one transaction. The fewer pieces the index is written in, the smaller it
/// is and the faster.
const BATCH: i64 = 50_000;
/// An import indexes so many questions at once. More of them would make it wait for seconds, and are left to
/// the first search.
const LITTLE: i64 = 2_000;

/// Before the words of a topic.
pub(super) const TOPIC: char = '@';
/// Before the words of a difficulty.
pub(super) const DIFFICULTY: char = '~';
/// Before a number.
pub(super) const NUMBER: char = '#';

/// The texts of a question that words are taken from.
struct Texts<'a> {
    number: Option<&'a str>,
    difficulty: Option<&'a str>,
    topic: &'a str,
    stem: &'a str,
    explanation: &'a str,
}

impl Store {
    /// How many questions are not in the index of words yet. They are found all the same, but slowly.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unindexed(&self) -> Result<usize> {
        let doing = "look at the search index";
        let through = indexed_through(&self.connection).doing(doing)?;
        count_beyond(&self.connection, through, i64::MAX).doing(doing).map(|count| count as usize)
    }

    /// Indexes some more questions; whether any are left.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn index_more(&mut self) -> Result<bool> {
        let doing = "complete the search index";
        let transaction = self.begin(doing)?;
        let left = index_batch(&transaction, BATCH).doing(doing)?;
        transaction.commit().doing(doing)?;
        Ok(left)
    }

    /// Throws the index away, to be made again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget_index(&mut self) -> Result<()> {
        let doing = "make the search index anew";
        let transaction = self.begin(doing)?;
        begin_anew(&transaction).doing(doing)?;
        transaction.commit().doing(doing)
    }

    /// Whether the index says of each question in it what the question says itself.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn index_agrees(&self) -> Result<bool> {
        let doing = "compare the search index with the questions";
        let through = indexed_through(&self.connection).doing(doing)?;
        let compare = || -> rusqlite::Result<bool> {
            let is_set_up: bool = self.connection.query_row(IS_SET_UP, [], |row| row.get(0))?;
            let lacks_words: bool =
                self.connection.query_row(LACKS_WORDS, [NUMBER.to_string()], |row| row.get(0))?;
            let digest = digest_of_questions(&self.connection, through)?;
            let is_whole = is_set_up && !lacks_words && leads_to_all_pages(&self.connection)?;
            Ok(is_whole && digest == digest_of_index(&self.connection)?)
        };
        compare().doing(doing)
    }
}

/// Whether a word is indexed that would not be found by its beginning. Numbers are not looked for by that.
const LACKS_WORDS: &str = "SELECT EXISTS (SELECT 1 FROM (SELECT DISTINCT term FROM indexed_word)
                           WHERE substr(term, 1, 1) <> ? AND term NOT IN (SELECT letters FROM word))";

/// What a first filling is written by, which is in no checksum.
const IS_SET_UP: &str =
    "SELECT count(*) = 2 AND sum((k = 'hashsize' AND v = 16000000) OR (k = 'version' AND v = 4)) = 2
                         FROM question_words_config";

/// Whether each page on which words begin can be come to by its first word, which SQLite's own check of the index does
/// not ask. How the pages are numbered is said in SQLite's source, `fts5_index.c`: a segment above bit 37, from bit
/// 31 on what no page of words has, and below the page; its third and fourth byte say where its words end, and
/// behind that come the places at which they begin.
fn leads_to_all_pages(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT id, substr(block, 3, 2), length(block) FROM question_words_data WHERE id >> 37 > 0";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut due = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let end = row.get_ref(1)?.as_blob()?.iter().fold(0, |end, byte| end << 8 | i64::from(*byte));
        let (segment, is_page, page) = (id >> 37, id >> 31 & 0b11_1111 == 0, id & 0x7fff_ffff);
        if is_page && row.get::<_, i64>(2)? > end {
            due.insert((segment, page));
        }
    }
    let mut statement = connection.prepare("SELECT segid, pgno >> 1 FROM question_words_idx")?;
    let there = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let there = there.collect::<rusqlite::Result<BTreeSet<(i64, i64)>>>()?;
    // A segment that is half merged into others has lost its first pages, but not yet the ways to them.
    Ok(due.is_subset(&there))
}

/// The last card that the index knows; no card when it was made in another way.
pub(in crate::store) fn indexed_through(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT CASE index_made_by WHEN ? THEN indexed_through ELSE 0 END FROM collection";
    connection.prepare_cached(sql)?.query_row([MADE_BY], |row| row.get(0))
}

/// How many cards come after this one, counted no further than `most`.
fn count_beyond(connection: &Connection, through: i64, most: i64) -> rusqlite::Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM card WHERE id > ? LIMIT ?)";
    connection.prepare_cached(sql)?.query_row([through, most], |row| row.get(0))
}

/// A card up to [`indexed_through`] will ask this from now on, and no longer what it asked before. The cards
/// beyond are left to whoever completes the index.
pub(in crate::store) fn change(connection: &Connection, card: CardId, question: &Question) -> Result<()> {
    let change = || -> rusqlite::Result<()> {
        let before = words_of_card(connection, card)?;
        let after = words_of_question(question);
        if before.as_ref() == Some(&after) {
            return Ok(());
        }
        if let Some(before) = before {
            take_out(connection, card, &before)?;
        }
        put_in(connection, card.0, &after)?;
        after.iter().try_for_each(|word| remember(connection, word))
    };
    change().doing("index a question")
}

/// A card will be gone.
pub(in crate::store) fn forget(connection: &Connection, card: CardId) -> Result<()> {
    let forget = || -> rusqlite::Result<()> {
        if card.0 > indexed_through(connection)? {
            return Ok(());
        }
        let words = words_of_card(connection, card)?;
        words.map_or(Ok(()), |words| take_out(connection, card, &words))
    };
    forget().doing("take a question out of the search index")
}

/// Completes the index where that is a matter of milliseconds.
pub(in crate::store) fn complete_if_little_is_left(transaction: &Transaction<'_>) -> Result<()> {
    let complete = || -> rusqlite::Result<()> {
        let through = indexed_through(transaction)?;
        match (1..=LITTLE).contains(&count_beyond(transaction, through, LITTLE + 1)?) {
            true => index_batch(transaction, LITTLE).map(drop),
            false => Ok(()),
        }
    };
    complete().doing("index the questions")
}

/// Indexes so many questions; whether any are left.
fn index_batch(connection: &Connection, most: i64) -> rusqlite::Result<bool> {
    let through = indexed_through(connection)?;
    if through == 0 {
        begin_anew(connection)?;
    }
    let mut statement = connection.prepare_cached(include_str!("../sql/questions_to_index.sql"))?;
    let mut rows = statement.query([through, most])?;
    let (mut last, mut seen) = (through, HashSet::new());
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        let words = words_of_row(row)?;
        put_in(connection, last, &words)?;
        seen.extend(words);
    }
    seen.iter().try_for_each(|word| remember(connection, word))?;
    let is_complete = count_beyond(connection, last, 1)? == 0;
    if is_complete {
        // A card of a lower number may come later, when the log of another machine has told of it before.
        last = connection.query_row("SELECT coalesce(max(id), 0) FROM card", [], |row| row.get(0))?;
    }
    connection.execute("UPDATE collection SET indexed_through = ?", [last])?;
    // In a damaged database there may be cards that ask nothing.
    Ok(!is_complete && last > through)
}

fn begin_anew(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM question_words_config WHERE k NOT IN ('hashsize', 'version')", [])?;
    connection.execute("INSERT INTO question_words (question_words) VALUES ('delete-all')", [])?;
    connection
        .execute("INSERT INTO question_words (question_words, rank) VALUES ('hashsize', 16000000)", [])?;
    connection.execute("DELETE FROM word", [])?;
    connection.execute("UPDATE collection SET indexed_through = 0, index_made_by = ?", [MADE_BY]).map(drop)
}

fn put_in(connection: &Connection, card: i64, words: &BTreeSet<String>) -> rusqlite::Result<()> {
    let sql = "INSERT INTO question_words (rowid, words) VALUES (?, ?)";
    connection.prepare_cached(sql)?.execute(params![card, joined(words)]).map(drop)
}

fn take_out(connection: &Connection, card: CardId, words: &BTreeSet<String>) -> rusqlite::Result<()> {
    let sql = "INSERT INTO question_words (question_words, rowid, words) VALUES ('delete', ?, ?)";
    connection.prepare_cached(sql)?.execute(params![card.0, joined(words)]).map(drop)
}

/// Numbers are only looked up whole.
fn remember(connection: &Connection, word: &str) -> rusqlite::Result<()> {
    if word.starts_with(NUMBER) {
        return Ok(());
    }
    connection.prepare_cached("INSERT OR IGNORE INTO word VALUES (?)")?.execute([word]).map(drop)
}

fn joined(words: &BTreeSet<String>) -> String {
    let mut joined = String::with_capacity(words.iter().map(|word| word.len() + 1).sum());
    for word in words {
        joined.push_str(word);
        joined.push(' ');
    }
    joined
}

fn words_of_question(question: &Question) -> BTreeSet<String> {
    let texts = Texts {
        number: question.number.as_deref(),
        difficulty: question.difficulty.as_deref(),
        topic: &question.topic,
        stem: &question.stem,
        explanation: &question.explanation,
    };
    let options = question.options().iter().map(|option| option.text.as_str());
    words_of(&texts, options)
}

fn words_of_card(connection: &Connection, card: CardId) -> rusqlite::Result<Option<BTreeSet<String>>> {
    let sql = include_str!("../sql/question_to_index.sql");
    connection.prepare_cached(sql)?.query_row([card.0], words_of_row).optional()
}

fn words_of_row(row: &Row<'_>) -> rusqlite::Result<BTreeSet<String>> {
    let text = |place: usize| -> rusqlite::Result<&str> { Ok(row.get_ref(place)?.as_str()?) };
    let maybe =
        |place: usize| -> rusqlite::Result<Option<&str>> { Ok(row.get_ref(place)?.as_str_or_null()?) };
    let texts = Texts {
        number: maybe(1)?,
        difficulty: maybe(2)?,
        topic: text(3)?,
        stem: text(4)?,
        explanation: text(6)?,
    };
    // A row that cannot be has no options here; whoever asks the question says so.
    let options: Vec<(u16, String)> = serde_json::from_str(text(5)?).unwrap_or_default();
    Ok(words_of(&texts, options.iter().map(|(_, text)| text.as_str())))
}

fn words_of<'a>(texts: &Texts<'a>, options: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in [texts.topic, texts.stem, texts.explanation].into_iter().chain(options) {
        words::collect(text, &mut all);
    }
    for (mark, text) in [(TOPIC, Some(texts.topic)), (DIFFICULTY, texts.difficulty)] {
        let mut marked = BTreeSet::new();
        words::collect(text.unwrap_or_default(), &mut marked);
        all.extend(marked.into_iter().map(|word| format!("{mark}{word}")));
    }
    all.extend(texts.number.map(|number| format!("{NUMBER}{}", number_word(number))));
    all
}

/// A number as the index has it, which takes no words of tens of thousands of letters; what is alike here is told
/// apart by the questions themselves.
pub(super) fn number_word(number: &str) -> String {
    const LONGEST: usize = 100;
    let small = number.to_lowercase();
    let letters = small.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '_'));
    letters.take(LONGEST).collect()
}

/// A sum over all pairs of a word and a card, the same in whatever order they come.
#[derive(Default, PartialEq)]
struct Digest {
    pairs: u64,
    sum: u64,
}

impl Digest {
    fn add(&mut self, word: &str, card: i64) {
        let mut hash = Xxh3::new();
        hash.update(&card.to_le_bytes());
        hash.update(word.as_bytes());
        self.pairs += 1;
        self.sum = self.sum.wrapping_add(hash.digest());
    }
}

fn digest_of_questions(connection: &Connection, through: i64) -> rusqlite::Result<Digest> {
    let mut digest = Digest::default();
    let mut statement = connection.prepare_cached(include_str!("../sql/questions_indexed.sql"))?;
    let mut rows = statement.query([through])?;
    while let Some(row) = rows.next()? {
        let card = row.get(0)?;
        words_of_row(row)?.iter().for_each(|word| digest.add(word, card));
    }
    Ok(digest)
}

fn digest_of_index(connection: &Connection) -> rusqlite::Result<Digest> {
    let mut digest = Digest::default();
    let mut statement = connection.prepare_cached("SELECT term, doc FROM indexed_word")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        digest.add(row.get_ref(0)?.as_str()?, row.get(1)?);
    }
    Ok(digest)
}
