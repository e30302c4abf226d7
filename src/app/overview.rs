//! The whole collection at a glance: each deck with what it holds for today.

use super::{App, Result};
use crate::{
    domain::{
        deck::{self, DeckName, Scope},
        ids::DeckId,
        queue::Limits,
        time::{Days, StudyDay},
    },
    store::DeckCounts,
};

/// Days over which a person's pace is taken.
const RECENT: Days = Days(14);

/// All decks, and the person's last days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The decks, by book and chapter.
    pub decks: Vec<DeckRow>,
    /// The books with what all their decks come to.
    pub books: Vec<(String, Counts)>,
    /// What all decks come to.
    pub total: Counts,
    /// Answers on each of the last fourteen study days, today last.
    pub recent: Vec<(StudyDay, usize)>,
    /// Milliseconds from question to choice, on average over those days; `None` without answers.
    pub pace_ms: Option<u64>,
}

/// A deck with what it holds for today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckRow {
    /// The deck.
    pub id: DeckId,
    /// Its name.
    pub name: DeckName,
    /// Its cards.
    pub counts: Counts,
}

/// What a number of cards come to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Counts {
    /// Due today or earlier.
    pub due: usize,
    /// Those of them that today's limit leaves out.
    pub left_out: usize,
    /// Not known earlier today, to be repeated.
    pub learning: usize,
    /// New cards that today's limit still allows.
    pub new_today: usize,
    /// Cards never answered, and not set aside.
    pub new: usize,
    /// Cards that were answered at least once.
    pub seen: usize,
    /// All cards.
    pub cards: usize,
}

/// Sums over decks, from which a limit's share can be worked out.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    counts: crate::store::Counts,
    introduced_today: usize,
    reviewed_today: usize,
}

impl App {
    /// The whole collection at a glance.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn overview(&self) -> Result<Overview> {
        let today = self.now().day;
        let limits = self.config.limits();
        let rows = self.store.deck_counts(today)?;
        let pace = self.store.pace(StudyDay(today.0 - RECENT.0 as i32 + 1))?;
        let answers: usize = pace.answers.iter().map(|(_, answers)| answers).sum();
        let pace_ms = (answers > 0).then(|| pace.took_ms / answers as u64);
        let on = |day| pace.answers.iter().find(|(on, _)| *on == day).map_or(0, |(_, answers)| *answers);
        let recent = (0..RECENT.0 as i32).rev().map(|ago| StudyDay(today.0 - ago)).map(|day| (day, on(day)));
        Ok(Overview {
            books: books(&rows, limits),
            total: rows.iter().fold(Sums::default(), Sums::plus).counts(limits),
            recent: recent.collect(),
            pace_ms,
            decks: rows.into_iter().map(|row| DeckRow::new(row, limits)).collect(),
        })
    }

    /// What a scope comes to today, without the rest of the overview.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn counts(&self, scope: &Scope) -> Result<Counts> {
        self.counted(scope, None)
    }

    /// The same as far as today's limits leave something to be asked: what they leave out, and what was answered
    /// beyond them, may be more than is counted here.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn counts_for_today(&self, scope: &Scope) -> Result<Counts> {
        self.counted(scope, Some(self.config.limits()))
    }

    fn counted(&self, scope: &Scope, within: Option<Limits>) -> Result<Counts> {
        let (counts, introduced_today, reviewed_today) = self.store.counts(scope, self.now().day, within)?;
        Ok(Sums { counts, introduced_today, reviewed_today }.counts(self.config.limits()))
    }

    /// What a scope is called, in the middle of a sentence.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn name_of(&self, scope: &Scope) -> Result<String> {
        Ok(match scope {
            Scope::Everything => "all decks".to_owned(),
            Scope::Book(book) => book.clone(),
            Scope::Deck(deck) => {
                self.store.name_of(*deck)?.map_or_else(|| "this deck".to_owned(), |name| name.to_string())
            }
        })
    }

    /// The scopes that a person's words may mean, with their whole names.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn scopes_named(&self, words: &str) -> Result<Vec<(Scope, String)>> {
        Ok(deck::matching(&self.store.decks()?, words))
    }

    /// The next study day, after today, on which something of this scope is due.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn next_due(&self, scope: &Scope) -> Result<Option<StudyDay>> {
        Ok(self.store.next_due(scope, self.now().day)?)
    }
}

impl Overview {
    /// What a scope comes to today.
    pub fn counts(&self, scope: &Scope) -> Counts {
        match scope {
            Scope::Everything => self.total,
            Scope::Book(name) => self
                .books
                .iter()
                .find(|(book, _)| book == name)
                .map_or_else(Counts::default, |(_, counts)| *counts),
            Scope::Deck(id) => {
                self.decks.iter().find(|row| row.id == *id).map_or_else(Counts::default, |row| row.counts)
            }
        }
    }
}

impl DeckRow {
    fn new(row: DeckCounts, limits: Limits) -> Self {
        let counts = Sums::default().plus(&row).counts(limits);
        Self { id: row.deck.id, name: row.deck.name, counts }
    }
}

fn books(rows: &[DeckCounts], limits: Limits) -> Vec<(String, Counts)> {
    let mut books: Vec<(String, Sums)> = Vec::new();
    for row in rows {
        let Some(book) = &row.deck.name.book else { continue };
        match books.last_mut() {
            Some((last, sums)) if last == book => *sums = sums.plus(row),
            Some(_) | None => books.push((book.clone(), Sums::default().plus(row))),
        }
    }
    books.into_iter().map(|(book, sums)| (book, sums.counts(limits))).collect()
}

impl Sums {
    fn plus(self, row: &DeckCounts) -> Self {
        Self {
            counts: crate::store::Counts {
                due: self.counts.due + row.counts.due,
                learning: self.counts.learning + row.counts.learning,
                unseen: self.counts.unseen + row.counts.unseen,
                held_new: self.counts.held_new + row.counts.held_new,
                cards: self.counts.cards + row.counts.cards,
            },
            introduced_today: self.introduced_today + row.introduced_today,
            reviewed_today: self.reviewed_today + row.reviewed_today,
        }
    }

    fn counts(self, limits: Limits) -> Counts {
        let crate::store::Counts { due, learning, unseen, held_new, cards } = self.counts;
        let left_out = due.saturating_sub(limits.reviews.saturating_sub(self.reviewed_today));
        let allowed = if left_out > 0 { 0 } else { limits.new.saturating_sub(self.introduced_today) };
        let new = unseen.saturating_sub(held_new);
        let seen = cards.saturating_sub(unseen);
        Counts { due, left_out, learning, new_today: allowed.min(new), new, seen, cards }
    }
}
