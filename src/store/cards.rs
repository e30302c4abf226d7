//! Cards and the cache of their states: what is due, new or to be repeated, and how much of it.

use std::collections::HashSet;

use rusqlite::{
    Connection, OptionalExtension, Row, named_params, params,
    types::{Value, ValueRef},
};

use super::{Doing, Error, Result, Store};
use crate::domain::{
    card::{CardState, Hold},
    deck::Scope,
    ids::{CardId, DeckId},
    queue::Candidates,
    scheduler::{
        Memory, Schedule,
        fsrs::{Difficulty, Stability, Trace},
        sm2::Ease,
    },
    time::{Days, StudyDay},
};

/// The columns that a card's state is read from.
pub(super) const STATE: &str = "card.repetitions, card.ease, card.interval, card.due, card.answered,
    card.introduced, card.lapses, card.drills, card.hold, card.until, card.flagged, card.stability,
    card.difficulty, card.deleted IS NOT NULL";
/// How many columns these are.
pub(super) const STATE_COLUMNS: usize = 14;

/// What a number of cards come to on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Due today or earlier.
    pub due: usize,
    /// Not known earlier today, to be repeated.
    pub learning: usize,
    /// Never answered.
    pub unseen: usize,
    /// Those of them that are suspended or buried.
    pub held_new: usize,
    /// All that are in the decks.
    pub cards: usize,
}

/// How fast a person has been lately.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pace {
    /// Answers by study day, oldest day first; days without answers are left out.
    pub answers: Vec<(StudyDay, usize)>,
    /// All time spent on them, in milliseconds.
    pub took_ms: u64,
}

impl Store {
    /// What of this scope could be studied on this day; at most `most_new` new cards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn candidates(&self, scope: &Scope, today: StudyDay, most_new: usize) -> Result<Candidates> {
        let decks = self.decks_of(scope)?;
        let in_scope = |deck: &i64| decks.binary_search(&DeckId(*deck)).is_ok();
        let (introduced_today, reviewed_today) = self.answered_on(today, &decks, |_, _| false)?;
        Ok(Candidates {
            due: self.due(today, in_scope).doing("find the cards that are due")?,
            drills: self.drills(today, in_scope).doing("find the cards to repeat today")?,
            new: self.new_cards(&decks, today, most_new).doing("find new cards")?,
            reviewed_today,
            introduced_today,
        })
    }

    /// How many cards of these decks will be due on this day or earlier.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn due_by(&self, scope: &Scope, day: StudyDay) -> Result<usize> {
        let decks = self.decks_of(scope)?;
        let in_scope = |deck: &i64| decks.binary_search(&DeckId(*deck)).is_ok();
        Ok(self.due(day, in_scope).doing("count the cards that will be due")?.len())
    }

    /// The cards of these decks that are suspended, or buried until a day after this one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn set_aside_beyond(&self, scope: &Scope, day: StudyDay) -> Result<Vec<CardId>> {
        let decks = self.decks_of(scope)?;
        let sql = "SELECT id FROM card
                   WHERE deck = ? AND (hold = 'suspended' OR until > ?) AND retired = 0 ORDER BY place";
        let find = || -> rusqlite::Result<Vec<CardId>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut set_aside = Vec::new();
            for deck in decks {
                for card in statement.query_map(params![deck.0, day.0], |row| row.get(0))? {
                    set_aside.push(CardId(card?));
                }
            }
            Ok(set_aside)
        };
        find().doing("find the suspended cards")
    }

    /// The state of a card as the cache has it.
    ///
    /// # Errors
    /// When the database cannot be read, or the row says what cannot be.
    pub fn state(&self, card: CardId) -> Result<CardState> {
        state(&self.connection, card)
    }

    /// Whether a card stands in a chapter of this scope.
    ///
    /// # Errors
    /// When the database cannot be read or there is no such card.
    pub fn is_in(&self, card: CardId, scope: &Scope) -> Result<bool> {
        let sql = "SELECT deck, retired FROM card WHERE id = ?";
        let row = self.connection.prepare_cached(sql).and_then(|mut statement| {
            statement.query_row([card.0], |row| Ok((DeckId(row.get(0)?), row.get::<_, bool>(1)?)))
        });
        let (deck, retired) = row.doing("read a card's deck")?;
        Ok(!retired && self.decks_of(scope)?.binary_search(&deck).is_ok())
    }

    /// The first study day after this one on which a card of these decks is due.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_due(&self, scope: &Scope, after: StudyDay) -> Result<Option<StudyDay>> {
        let decks = self.decks_of(scope)?;
        let asked = "SELECT due, deck FROM card
                     WHERE due > ? AND due IS NOT NULL AND hold IS NULL AND retired = 0 ORDER BY due";
        let buried = "SELECT max(due, until) AS day, deck FROM card
                      WHERE hold IS NOT NULL AND retired = 0 AND until IS NOT NULL AND day > ? ORDER BY day";
        let first = |sql| -> rusqlite::Result<Option<StudyDay>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([after.0])?;
            while let Some(row) = rows.next()? {
                if decks.binary_search(&DeckId(row.get(1)?)).is_ok() {
                    return Ok(Some(StudyDay(row.get(0)?)));
                }
            }
            Ok(None)
        };
        let find = || Ok([first(asked)?, first(buried)?].into_iter().flatten().min());
        find().doing("find when something is due next")
    }

    fn due(
        &self,
        today: StudyDay,
        in_scope: impl Fn(&i64) -> bool,
    ) -> rusqlite::Result<Vec<(CardId, StudyDay)>> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/due.sql"))?;
        let rows = statement.query_map(named_params! { ":today": today.0 }, |row| {
            Ok((CardId(row.get(0)?), StudyDay(row.get(1)?), row.get::<_, i64>(2)?))
        })?;
        rows.filter(|row| row.as_ref().map_or(true, |(_, _, deck)| in_scope(deck)))
            .map(|row| row.map(|(card, due, _)| (card, due)))
            .collect()
    }

    fn drills(&self, today: StudyDay, in_scope: impl Fn(&i64) -> bool) -> rusqlite::Result<Vec<CardId>> {
        let sql = "SELECT id, deck FROM card
                   WHERE answered = ? AND drills IS NOT NULL AND retired = 0 AND hold IS NULL ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([today.0], |row| Ok((CardId(row.get(0)?), row.get::<_, i64>(1)?)))?;
        rows.filter(|row| row.as_ref().map_or(true, |(_, deck)| in_scope(deck)))
            .map(|row| row.map(|(card, _)| card))
            .collect()
    }

    fn new_cards(&self, decks: &[DeckId], today: StudyDay, most: usize) -> rusqlite::Result<Vec<CardId>> {
        let sql = "SELECT id FROM card WHERE deck = ? AND due IS NULL AND retired = 0
                   AND (hold IS NULL OR until <= ?) ORDER BY place LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut new = Vec::new();
        for deck in decks {
            if new.len() == most {
                break;
            }
            let left = (most - new.len()) as i64;
            for card in statement.query_map(params![deck.0, today.0, left], |row| row.get(0))? {
                new.push(CardId(card?));
            }
        }
        Ok(new)
    }

    /// How many cards of these decks were answered on this day for the first time, and how many were known
    /// before; no more of them are looked at than are enough.
    pub(super) fn answered_on(
        &self,
        today: StudyDay,
        decks: &[DeckId],
        enough: impl Fn(usize, usize) -> bool,
    ) -> Result<(usize, usize)> {
        let (mut introduced, mut reviewed) = (0, 0);
        let counted = self.each_answered_on(today, |deck, first| {
            if decks.binary_search(&deck).is_ok() {
                introduced += usize::from(first == today);
                reviewed += usize::from(first != today);
            }
            enough(introduced, reviewed)
        });
        counted.doing("count today's answers")?;
        Ok((introduced, reviewed))
    }

    /// Shows each card answered on this day, its deck and the day of its first answer, until it is enough.
    pub(super) fn each_answered_on(
        &self,
        today: StudyDay,
        mut is_enough: impl FnMut(DeckId, StudyDay) -> bool,
    ) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/answered_on.sql"))?;
        let mut rows = statement.query(named_params! { ":today": today.0 })?;
        let mut seen: HashSet<i64> = HashSet::new();
        while let Some(row) = rows.next()? {
            let is_new = seen.insert(row.get(0)?);
            if is_new && is_enough(DeckId(row.get(1)?), StudyDay(row.get(2)?)) {
                break;
            }
        }
        Ok(())
    }
}

/// The state of a card as the cache has it.
pub(super) fn state(connection: &Connection, card: CardId) -> Result<CardState> {
    let state = connection
        .prepare_cached(&format!("SELECT {STATE} FROM card WHERE id = ?"))
        .and_then(|mut statement| statement.query_row([card.0], state_of_row).optional())
        .doing("read a card's state")?;
    state.ok_or_else(|| Error::Damaged { what: "card", detail: format!("there is no card {}", card.0) })
}

/// A card as the cache has it, beside others of its deck.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cached {
    pub card: CardId,
    pub deck: DeckId,
    pub retired: bool,
    pub state: CardState,
}

/// All cards as the cache has them, in the order of their identities.
pub(super) fn all(connection: &Connection) -> Result<Vec<Cached>> {
    let sql = format!("SELECT {STATE}, id, deck, retired FROM card ORDER BY id");
    let read = || -> rusqlite::Result<Vec<Cached>> {
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| {
            let (card, deck) = (CardId(row.get(STATE_COLUMNS)?), DeckId(row.get(STATE_COLUMNS + 1)?));
            Ok(Cached { card, deck, retired: row.get(STATE_COLUMNS + 2)?, state: state_of_row(row)? })
        })?;
        rows.collect()
    };
    read().doing("read the cards' states")
}

/// Cards whose rows hold more than their states, with these: something stands where a card of that state has
/// nothing.
pub(super) fn untidy(connection: &Connection) -> Result<Vec<(CardId, CardState)>> {
    let sql = format!("SELECT {STATE}, id FROM card ORDER BY id");
    let find = || -> rusqlite::Result<Vec<(CardId, CardState)>> {
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut untidy = Vec::new();
        while let Some(row) = rows.next()? {
            let state = state_of_row(row)?;
            for (place, value) in columns(&state).iter().enumerate() {
                if row.get_ref(place)? != ValueRef::from(value) {
                    untidy.push((CardId(row.get(STATE_COLUMNS)?), state));
                    break;
                }
            }
        }
        Ok(untidy)
    };
    find().doing("read the cards' states")
}

/// Whether the chapter of a card was imported here.
pub(super) fn is_here(connection: &Connection, card: CardId) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM card WHERE id = ?)")
        .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0)))
        .doing("look for a card")
}

/// An id that no card has, neither one that is here nor one that only the log tells of.
pub(super) fn unused_id(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT 1 + max(coalesce((SELECT max(id) FROM card), 0),
                              coalesce((SELECT max(id) FROM absent_card), 0))";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// The state in a row that begins with [`STATE`].
pub(super) fn state_of_row(row: &Row<'_>) -> rusqlite::Result<CardState> {
    let until = row.get::<_, Option<i32>>(9)?.map(StudyDay);
    let suspended = row.get_ref(8)?.as_str_or_null()?.is_some();
    let hold = match until {
        Some(until) => Hold::Buried(until),
        None if suspended => Hold::Suspended,
        None => Hold::None,
    };
    Ok(CardState { schedule: schedule_of_row(row)?, hold, flagged: row.get(10)?, deleted: row.get(13)? })
}

fn schedule_of_row(row: &Row<'_>) -> rusqlite::Result<Option<Schedule>> {
    let Some(due) = row.get::<_, Option<i32>>(3)? else { return Ok(None) };
    Ok(Some(Schedule {
        repetitions: row.get(0)?,
        memory: memory_of_row(row)?,
        interval: Days(row.get(2)?),
        due: StudyDay(due),
        answered: StudyDay(row.get(4)?),
        introduced: StudyDay(row.get(5)?),
        lapses: row.get(6)?,
        drills: row.get(7)?,
    }))
}

fn memory_of_row(row: &Row<'_>) -> rusqlite::Result<Memory> {
    let Some(stability) = row.get(11)? else {
        return Ok(Memory::Sm2 { ease: Ease::from_hundredths(row.get(1)?) });
    };
    Ok(Memory::Fsrs(Trace {
        stability: Stability::of_days(stability),
        difficulty: Difficulty::of(row.get(12)?),
    }))
}

/// Writes a card's state into the cache.
pub(super) fn save(connection: &Connection, card: CardId, state: &CardState) -> Result<()> {
    let sql = include_str!("sql/save_state.sql");
    let values = columns(state).into_iter().chain([card.0.into()]);
    let saved = connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(rusqlite::params_from_iter(values)));
    saved.doing("save a card's state").map(drop)
}

/// A state as the columns of [`STATE`] hold it.
fn columns(state: &CardState) -> [Value; STATE_COLUMNS] {
    let schedule = state.schedule.as_ref();
    let trace = schedule.and_then(|known| known.memory.trace());
    let (hold, until) = match state.hold {
        Hold::None => (None, None),
        Hold::Suspended => (Some("suspended"), None),
        Hold::Buried(until) => (Some("buried"), Some(until.0)),
    };
    [
        schedule.map(|known| known.repetitions).into(),
        schedule.and_then(|known| known.memory.ease()).map(Ease::hundredths).into(),
        schedule.map(|known| known.interval.0).into(),
        schedule.map(|known| known.due.0).into(),
        schedule.map(|known| known.answered.0).into(),
        schedule.map(|known| known.introduced.0).into(),
        schedule.map(|known| known.lapses).into(),
        schedule.and_then(|known| known.drills).into(),
        hold.map(str::to_owned).into(),
        until.into(),
        state.flagged.into(),
        trace.map(|trace| trace.stability.days()).into(),
        trace.map(|trace| trace.difficulty.figure()).into(),
        state.deleted.into(),
    ]
}
