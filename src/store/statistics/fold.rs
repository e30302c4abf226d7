//! From rows of the log to the answers that count: undone ones are left out, and where logs of several
//! machines were merged, rows are brought into the order that counts.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::rows::{Kind, Row, Rows};
use crate::domain::{
    card::CardState,
    grade::Grade,
    ids::CardId,
    review_log::Outcome,
    stats::{Builder, Card, Choices, Given, History, Keys},
    time::{Days, StudyDay},
};

/// Rows of the log in the order that counts.
pub(super) struct Log {
    rows: Rows,
    /// The places of rows in that order; `None` where it is their own.
    order: Option<Vec<u32>>,
    /// The place of an event's row by its id; `None` where that is one less than the id.
    places: Option<HashMap<i64, u32>>,
}

impl Log {
    /// All rows of the log, those of other machines among them if it was merged.
    pub fn new(rows: Rows, is_merged: bool) -> Self {
        Self { order: is_merged.then(|| in_order(&rows)), rows, places: None }
    }

    /// The rows with these ids, which are some of the log.
    pub fn of_some(rows: Rows, ids: &[i64]) -> Self {
        let places = ids.iter().copied().zip(0..).collect();
        Self { order: Some(in_order(&rows)), rows, places: Some(places) }
    }

    /// The rows, in their own order.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The same, without the rest.
    pub fn into_rows(self) -> Rows {
        self.rows
    }

    /// The study days with answers that count, in their order.
    pub fn days(&self) -> Vec<StudyDay> {
        let undone = self.undone();
        let mut days = BTreeSet::new();
        let mut last = None;
        self.each(|place, row| {
            let counts = matches!(row.kind, Kind::Answer(_)) && last != Some(row.day);
            if counts && !undone.contains(&place) {
                days.insert(StudyDay(row.day));
                last = Some(row.day);
            }
        });
        days.into_iter().collect()
    }

    /// The answers that count, to these cards or, with `others`, to further ones too, which are told: their
    /// places follow.
    pub fn history(&self, cards: &[Card], others: bool) -> (History, Vec<Card>) {
        let mut places = Places::new(cards);
        let mut further = Vec::new();
        let undone = self.undone();
        let choices = Choices(self.rows.choices());
        let mut builder = Builder::new(cards.len(), choices, if others { self.rows.len() } else { 0 });
        self.each(|place, row| {
            if row.kind == Kind::Other || undone.contains(&place) {
                return;
            }
            if others && places.of(row.card).is_none() {
                places.insert(row.card, builder.add_card());
                further.push(card_of_the_log(row.card));
            }
            let Some(card) = places.of(row.card) else { return };
            match row.kind {
                Kind::Answer(grade) => builder.answer(card, given(&row, grade)),
                Kind::Reset => builder.reset(card),
                Kind::Other => {}
            }
        });
        (builder.finish(), further)
    }

    /// How many answers count among the rows up to an event.
    pub fn answers_through(&self, ids: &[i64], event: i64) -> usize {
        let undone = self.undone();
        let counts = |(place, row): &(u32, Row)| {
            matches!(row.kind, Kind::Answer(_)) && !undone.contains(place) && ids[*place as usize] <= event
        };
        (0..).zip(self.rows.iter()).filter(counts).count()
    }

    /// Shows each row with its place, in the order that counts.
    fn each(&self, mut take: impl FnMut(u32, Row)) {
        match &self.order {
            None => (0..).zip(self.rows.iter()).for_each(|(place, row)| take(place, row)),
            Some(order) => order.iter().for_each(|place| take(*place, self.rows.row(*place as usize))),
        }
    }

    /// The places of rows that were taken back and not restored.
    fn undone(&self) -> HashSet<u32> {
        let mut undos = self.rows.names.undos.clone();
        if let Some(order) = &self.order {
            let mut nth = vec![0_u32; order.len()];
            order.iter().zip(0..).for_each(|(place, rank)| nth[*place as usize] = rank);
            undos.sort_by_key(|(place, _)| nth[*place as usize]);
        }
        let mut undone = HashSet::new();
        for (place, target) in undos.into_iter().rev() {
            if !undone.contains(&place) {
                undone.extend(self.target(place, target));
            }
        }
        undone
    }

    /// The place of what an undo takes back, if it is here.
    fn target(&self, undo: u32, target: i64) -> Option<u32> {
        if target < 0 {
            let undo = self.rows.row(undo as usize);
            let is_meant =
                |row: &Row| row.at == -target && row.card == undo.card && row.device == undo.device;
            return self.rows.iter().position(|row| is_meant(&row)).map(|place| place as u32);
        }
        match &self.places {
            None => u32::try_from(target - 1).ok(),
            Some(places) => places.get(&target).copied(),
        }
    }
}

fn in_order(rows: &Rows) -> Vec<u32> {
    let devices = &rows.names.devices;
    let mut by_name: Vec<usize> = (0..devices.len()).collect();
    by_name.sort_by_key(|device| &devices[*device]);
    let mut ranks = vec![0; devices.len()];
    by_name.into_iter().zip(0..).for_each(|(device, rank)| ranks[device] = rank);
    let mut order: Vec<(i64, u32, u32)> = rows
        .iter()
        .zip(0..)
        .map(|(row, place)| (row.at, ranks.get(usize::from(row.device)).copied().unwrap_or(u32::MAX), place))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(.., place)| place).collect()
}

fn given(row: &Row, grade: Grade) -> Given {
    Given {
        day: StudyDay(row.day),
        grade,
        outcome: match (row.correct, row.choice) {
            (Some(true), _) => Outcome::Right,
            (Some(false), 0) => Outcome::NotKnown,
            (Some(false), _) => Outcome::Wrong,
            (None, _) => Outcome::Unobserved,
        },
        choice: row.choice,
        place: row.place,
        took_ms: row.took_ms,
        hour: row.hour,
        promised: Days(row.interval.into()),
    }
}

/// The places of cards by their ids, which are given out from 1 on, so that most fit a plain list.
struct Places {
    dense: Vec<Option<u32>>,
    others: HashMap<u32, u32>,
}

impl Places {
    fn new(cards: &[Card]) -> Self {
        let mut places = Self { dense: vec![None; 2 * cards.len() + 1], others: HashMap::new() };
        for (card, place) in cards.iter().zip(0..) {
            if let Ok(id) = u32::try_from(card.id.0) {
                places.insert(id, place);
            }
        }
        places
    }

    fn insert(&mut self, id: u32, place: u32) {
        match self.dense.get_mut(id as usize) {
            Some(dense) => *dense = Some(place),
            None => drop(self.others.insert(id, place)),
        }
    }

    fn of(&self, id: u32) -> Option<u32> {
        match self.dense.get(id as usize) {
            Some(place) => *place,
            None => self.others.get(&id).copied(),
        }
    }
}

/// A card that only the log tells of.
pub(super) fn card_of_the_log(id: u32) -> Card {
    Card {
        id: CardId(id.into()),
        chapter: None,
        retired: false,
        topic: None,
        difficulty: None,
        options: None,
        keys: Keys::default(),
        is_shuffled: false,
        state: CardState::default(),
    }
}
