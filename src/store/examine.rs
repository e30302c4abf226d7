//! Everything that can be found out about a database without changing it: whether it is whole, whether each
//! row is as it was written, and whether the cache is what the log says. Knows nothing of what to do about it.

use std::{collections::BTreeSet, path::Path, sync::OnceLock};

use rusqlite::Connection;

use super::{Doing, Error, Result, Store, cards, log, migrate, open::connect_to_read, questions};
use crate::domain::{
    deck::Scope,
    scheduler::Schedulers,
    time::{Moment, StudyDay},
};

/// A part of a collection that is right or wrong by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The file: pages, tables, indexes, triggers, and what refers to what.
    File,
    /// The review log: each event as it was written, none missing.
    Log,
    /// The questions: each as it was imported.
    Questions,
    /// The cache: the states of cards and the counts of decks follow from the log, the search index from the
    /// questions.
    Cache,
    /// The times in the log: none lies ahead.
    Times,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// With which part.
    pub part: Part,
    /// What, in words.
    pub detail: String,
}

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contents {
    /// The format of its tables.
    pub format: i64,
    /// Events of its log.
    pub events: usize,
    /// Those of them that are answers.
    pub answers: usize,
    /// Cards, retired ones left out.
    pub cards: usize,
    /// Decks.
    pub decks: usize,
    /// The latest study day of an event.
    pub newest: Option<StudyDay>,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::File, Self::Log, Self::Questions, Self::Cache, Self::Times];
}

/// Examines a database in full. Without schedulers it is not compared with what replaying its log gives.
/// `None` where there is no database.
///
/// # Errors
/// When it cannot even be opened, or is not for this program.
pub fn examine(
    database: &Path,
    schedulers: Option<&Schedulers>,
    now: Moment,
) -> Result<Option<(Contents, Vec<Flaw>)>> {
    let Some(connection) = connect_to_read(database)? else { return Ok(None) };
    let format = migrate::format_of(&connection, database)?;
    migrate::expect_tables(&connection, database)?;
    // All at one moment, also beside a running session.
    connection.execute_batch("BEGIN").doing("read the database")?;
    let mut flaws = soundness(&connection, database);
    if format == migrate::NEWEST {
        let store = Store::over(connection, None);
        flaws.extend(found(Part::Questions, store.odd_questions()));
        flaws.extend(found(Part::Cache, store.odd_cache(schedulers)));
        flaws.extend(found(Part::Times, store.odd_times(now)));
        return Ok(Some((contents(&store.connection).unwrap_or_default(), flaws)));
    }
    Ok(Some((contents(&connection).unwrap_or_default(), flaws)))
}

/// What makes a database of any format unfit to go on with, the cache left aside.
pub(super) fn soundness(connection: &Connection, path: &Path) -> Vec<Flaw> {
    let mut flaws = found(Part::File, integrity(connection));
    flaws.extend(found(Part::File, miscounted_indexes(connection, path)));
    flaws.extend(found(Part::File, migrate::expect_whole(connection, path).map(|()| Vec::new())));
    flaws.extend(found(Part::Log, odd_events(connection)));
    flaws.extend(found(Part::File, references(connection)));
    flaws.extend(found(Part::File, altered_tables(connection, path)));
    flaws
}

/// What a database holds.
pub(super) fn contents(connection: &Connection) -> Result<Contents> {
    migrate::expect_tables(connection, Path::new(connection.path().unwrap_or_default()))?;
    let sql = include_str!("sql/contents.sql");
    let read = connection.query_row(sql, [], |row| {
        let count = |place| row.get::<_, i64>(place).map(|count| usize::try_from(count).unwrap_or_default());
        Ok(Contents {
            format: row.get(0)?,
            events: count(1)?,
            answers: count(2)?,
            cards: count(3)?,
            decks: count(4)?,
            newest: row.get::<_, Option<i32>>(5)?.map(StudyDay),
        })
    });
    read.doing("count what the database holds")
}

/// The flaws of a part. That it cannot be looked at is one too.
fn found(part: Part, looked: Result<Vec<String>>) -> Vec<Flaw> {
    let details = looked.unwrap_or_else(|error| {
        vec![match error {
            Error::Sqlite { source, .. } => format!("it cannot be read: {source}"),
            Error::Unsound { detail, .. } => detail,
            other => other.to_string(),
        }]
    });
    details.into_iter().map(|detail| Flaw { part, detail }).collect()
}

fn integrity(connection: &Connection) -> Result<Vec<String>> {
    let doing = "check the database";
    let mut statement = connection.prepare("PRAGMA integrity_check").doing(doing)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).doing(doing)?;
    let mut told = rows.collect::<rusqlite::Result<Vec<_>>>().doing(doing)?;
    told.retain(|line| line != "ok");
    Ok(summary(told).into_iter().map(|told| format!("SQLite finds it damaged: {told}")).collect())
}

/// Indexes of some rows of a table that have rows which are not among them: SQLite does not look for these.
fn miscounted_indexes(connection: &Connection, path: &Path) -> Result<Vec<String>> {
    let doing = "count the entries of the indexes";
    let mut told = Vec::new();
    for [name, table, condition] in migrate::partial_indexes(migrate::format_of(connection, path)?)? {
        let sql = format!(
            "SELECT (SELECT count(*) FROM {table} INDEXED BY {name} WHERE {condition})
                    = (SELECT count(*) FROM {table} NOT INDEXED WHERE {condition})"
        );
        match connection.query_row(&sql, [], |row| row.get(0)) {
            Ok(true) => {}
            Ok(false) => told.push(format!("the index {name} has other rows than its table")),
            // One that is missing is told among the tables.
            Err(rusqlite::Error::SqlInputError { .. }) => {}
            Err(error) => return Err(error).doing(doing),
        }
    }
    Ok(told)
}

/// The first of several complaints, and how many there are.
fn summary(told: Vec<String>) -> Option<String> {
    let several = told.len();
    let first = told.into_iter().next()?.replace('\n', " ");
    Some(if several > 1 { format!("{first}, and {} more like it", several - 1) } else { first })
}

fn references(connection: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2";
    let find = || -> rusqlite::Result<Vec<String>> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let (table, parent, count): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("{count} of the rows in {table} refer to what is not in {parent}"))
        })?;
        rows.collect()
    };
    find().doing("check what refers to what")
}

fn altered_tables(connection: &Connection, path: &Path) -> Result<Vec<String>> {
    static NEWEST: OnceLock<BTreeSet<String>> = OnceLock::new();
    let format = migrate::format_of(connection, path)?;
    let due = match NEWEST.get().filter(|_| format == migrate::NEWEST) {
        Some(known) => known.clone(),
        None => migrate::schema_of_format(format)?,
    };
    if format == migrate::NEWEST {
        NEWEST.get_or_init(|| due.clone());
    }
    let there = migrate::schema(connection).doing("read the database's tables")?;
    let name = |sql: &String| sql.split(" on ").next().unwrap_or_default().to_owned();
    let lacking: Vec<String> = due.difference(&there).map(name).collect();
    // An index or a table of one's own changes nothing; what acts by itself does.
    let acts = |sql: &&String| sql.starts_with("trigger ") || sql.starts_with("view ");
    let strange: Vec<String> = there.difference(&due).filter(acts).map(name).collect();
    let told = [("missing or altered", lacking), ("not made by retain", strange)];
    let told = told.into_iter().filter(|(_, names)| !names.is_empty());
    Ok(told.map(|(what, names)| format!("{what}: {}", names.join(", "))).collect())
}

fn odd_events(connection: &Connection) -> Result<Vec<String>> {
    let broken = log::broken_links(connection)?;
    let Some(first) = broken.first() else { return Ok(Vec::new()) };
    Ok(vec![match broken.len() {
        1 => format!("event {first} is not as it was written"),
        several => format!("{several} events are not as they were written, the first of them event {first}"),
    }])
}

impl Store {
    fn odd_questions(&self) -> Result<Vec<String>> {
        let mut told = Vec::new();
        let broken = questions::broken_seals(&self.connection)?;
        if let Some(first) = broken.first() {
            let name = self.question(*first).map_or_else(|_| format!("of card {}", first.0), |it| it.name());
            told.push(match broken.len() {
                1 => format!("the question {name} is not as it was imported"),
                several => {
                    format!("{several} questions are not as they were imported, the first of them {name}")
                }
            });
        }
        let without =
            "SELECT count(*) FROM card WHERE NOT EXISTS (SELECT 1 FROM question WHERE card = card.id)";
        let count: i64 =
            self.connection.query_row(without, [], |row| row.get(0)).doing("look for questions")?;
        if count > 0 {
            told.push(format!("{count} of the cards have no question"));
        }
        for deck in self.decks_of(&Scope::Everything)? {
            self.questions(deck)?;
        }
        Ok(told)
    }

    fn odd_cache(&self, schedulers: Option<&Schedulers>) -> Result<Vec<String>> {
        let mut told = Vec::new();
        let parted = match schedulers {
            Some(schedulers) => log::parted_from_log(&self.connection, schedulers)?,
            None => cards::untidy(&self.connection)?.into_iter().map(|(card, _)| card).collect(),
        };
        if !parted.is_empty() {
            told.push(format!("{} of the cards do not stand as their log says", parted.len()));
        }
        let sql = include_str!("sql/miscounted_decks.sql");
        let miscounted: i64 = self.connection.query_row(sql, [], |row| row.get(0)).doing("count cards")?;
        if miscounted > 0 {
            told.push(format!("{miscounted} of the decks count their cards wrongly"));
        }
        if !self.index_agrees()? {
            told.push("the search index does not say what the questions say".to_owned());
        }
        Ok(told)
    }

    /// Times that the clock of this machine has not reached by far.
    fn odd_times(&self, now: Moment) -> Result<Vec<String>> {
        // Whoever travels may have a study day ahead; nobody has two.
        let sql = "SELECT count(*), max(day) FROM log WHERE day > ?";
        let ahead: (i64, Option<i32>) = self
            .connection
            .query_row(sql, [now.day.0.saturating_add(1)], |row| Ok((row.get(0)?, row.get(1)?)))
            .doing("look for times that lie ahead")?;
        Ok(match ahead {
            (count, Some(newest)) => vec![format!(
                "{count} of the events are from days that lie ahead, the latest on {}, while the clock says {}",
                StudyDay(newest),
                now.at.date_naive()
            )],
            (_, None) => Vec::new(),
        })
    }
}
