//! Filters that hardly any card fulfils: an index lists these cards, where a look at all of them in their order
//! would go on for long until a page is full. Where many are meant, the first page is full soon, and the list
//! would be the slower way.

use rusqlite::params_from_iter;

use super::conditions::{Condition, Maker, with};
use crate::{
    domain::{
        card::MATURE,
        search::{Comparison, Expression, Figure, Filter, Status},
    },
    store::log,
};

/// So many cards are listed at most, which takes about as long as a look at 30,000.
pub(super) const FEW: i64 = 5_000;

impl Maker<'_> {
    /// What selects the cards that an expression means, where these are few and an index has them. Filters that
    /// are not listed here have an index in the order of cards, or none.
    pub(super) fn listed(&self, expression: &Expression) -> rusqlite::Result<Option<Condition>> {
        match expression {
            Expression::Any(parts) => self.listed_together(parts),
            Expression::Filter(filter) => {
                let Some(list) = self.list(filter)? else { return Ok(None) };
                Ok(self.is_short(&list)?.then_some(list))
            }
            Expression::All(_) | Expression::Not(_) | Expression::Text(_) => Ok(None),
        }
    }

    fn listed_together(&self, parts: &[Expression]) -> rusqlite::Result<Option<Condition>> {
        let mut lists = Vec::with_capacity(parts.len());
        let mut values = Vec::new();
        for part in parts {
            let Some(list) = self.listed(part)? else { return Ok(None) };
            lists.push(list.sql);
            values.extend(list.values);
        }
        Ok((!lists.is_empty()).then(|| Condition { sql: lists.join(" UNION ALL "), values }))
    }

    fn list(&self, filter: &Filter) -> rusqlite::Result<Option<Condition>> {
        let today = i64::from(self.today.0);
        let condition = match filter {
            Filter::Is(Status::Due) => {
                let values = vec![today.into(); 3];
                return Ok(Some(Condition { sql: include_str!("../sql/due_ids.sql").to_owned(), values }));
            }
            // The cards of these decks are looked at, however few of them are new.
            Filter::Is(Status::New) if self.cards_of_decks_with_new()? <= FEW => {
                let sql = include_str!("../sql/new_ids.sql").to_owned();
                return Ok(Some(Condition { sql, values: Vec::new() }));
            }
            Filter::Figure(Figure::Due, comparison, number) => {
                let sql = include_str!("../sql/due_at.sql").replace("{sign}", comparison.sign());
                return Ok(Some(Condition { sql, values: vec![(today as f64 + number).into(); 3] }));
            }
            Filter::Seen(days) => {
                let Some(event) = log::last_before(self.connection, self.first_of(*days), FEW)? else {
                    return Ok(None);
                };
                self.filter(filter)?.and(with("card.id IN (SELECT card FROM log WHERE id > ?)", event))
            }
            filter => match index_of(filter) {
                Some(cards_in_index) => self.filter(filter)?.and(cards_in_index),
                None => return Ok(None),
            },
        };
        Ok(Some(Condition { sql: format!("SELECT id FROM card WHERE {}", condition.sql), ..condition }))
    }

    fn cards_of_decks_with_new(&self) -> rusqlite::Result<i64> {
        let sql = "SELECT coalesce(sum(cards), 0) FROM deck WHERE unseen > 0";
        self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
    }

    fn is_short(&self, list: &Condition) -> rusqlite::Result<bool> {
        let sql = format!("SELECT count(*) FROM ({} LIMIT {})", list.sql, FEW + 1);
        let count: i64 = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&list.values), |row| row.get(0))?;
        Ok(count <= FEW)
    }
}

/// What an index has that holds all cards of a filter, in the words of the index, by which SQLite knows it.
fn index_of(filter: &Filter) -> Option<Condition> {
    let words = match filter {
        Filter::Is(Status::Suspended | Status::Buried) => "hold IS NOT NULL",
        Filter::Is(Status::Leech) => "lapses > 0",
        Filter::Is(Status::Deleted) => "deleted IS NOT NULL",
        Filter::Is(Status::Mature) => "interval >= 21",
        Filter::Figure(Figure::Interval, comparison, number) => {
            let is_long = (1..MATURE.0).all(|days| leaves_out(*comparison, *number, days.into()));
            is_long.then_some("interval >= 21")?
        }
        Filter::Figure(Figure::Lapses, comparison, number) => {
            leaves_out(*comparison, *number, 0.0).then_some("lapses > 0")?
        }
        Filter::Figure(Figure::Ease, comparison, number) => {
            leaves_out(*comparison, (number * 100.0).round(), 250.0).then_some("ease <> 250")?
        }
        Filter::Is(
            Status::New | Status::Learning | Status::Young | Status::Due | Status::Flagged | Status::Retired,
        )
        | Filter::Figure(Figure::Due, ..)
        | Filter::Deck(_)
        | Filter::Topic(_)
        | Filter::Difficulty(_)
        | Filter::Number(_)
        | Filter::Seen(_)
        | Filter::Wrong(_) => return None,
    };
    Some(Condition { sql: words.to_owned(), values: Vec::new() })
}

fn leaves_out(comparison: Comparison, number: f64, figure: f64) -> bool {
    !match comparison {
        Comparison::Less => figure < number,
        Comparison::AtMost => figure <= number,
        Comparison::Equal => figure == number,
        Comparison::AtLeast => figure >= number,
        Comparison::More => figure > number,
    }
}
