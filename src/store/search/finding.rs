//! Which cards an expression finds, in what order, a page at a time.

use rusqlite::{params_from_iter, types::Value};

use super::{
    super::{Doing, Result, Store},
    conditions::{Conditions, Maker},
};
use crate::domain::{ids::CardId, search::Expression, time::StudyDay};

/// What is looked for, on which day, and in what order it is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What is looked for.
    pub expression: Expression,
    /// In what order.
    pub order: Order,
    /// The day on which cards are due or not.
    pub today: StudyDay,
}

/// An order of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    /// By what.
    pub key: SortKey,
    /// The other way round. What a card does not have is last both ways.
    pub is_descending: bool,
}

/// What cards are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum SortKey {
    /// As they came in. Pages of this order need no look at all the cards.
    #[default]
    Added,
    /// By deck, as people count, and by their place in it.
    Deck,
    /// By number, and by what is asked where there is none.
    Question,
    /// By topic.
    Topic,
    /// By difficulty.
    Difficulty,
    /// By the day that they are due on.
    Due,
    /// By interval.
    Interval,
    /// By SM-2's ease factor.
    Ease,
    /// By how often they were forgotten.
    Lapses,
    /// By the day of the last answer.
    Seen,
}

impl SortKey {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Added,
        Self::Deck,
        Self::Question,
        Self::Topic,
        Self::Difficulty,
        Self::Due,
        Self::Interval,
        Self::Ease,
        Self::Lapses,
        Self::Seen,
    ];

    /// What it is called: `deck`, `last answer`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "as they came in",
            Self::Deck => "deck",
            Self::Question => "number",
            Self::Topic => "topic",
            Self::Difficulty => "difficulty",
            Self::Due => "due",
            Self::Interval => "interval",
            Self::Ease => "ease",
            Self::Lapses => "lapses",
            Self::Seen => "last answer",
        }
    }
}

impl Store {
    /// The cards that are found: so many, after so many others.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(&self, search: &Search, skip: usize, most: usize) -> Result<Vec<CardId>> {
        let Statement { from_where, mut values, by_index } = self.statement(search)?;
        let order = match (search.order.key, by_index) {
            // SQLite does not see that this is the same as the card's own number, and would sort.
            (SortKey::Added, true) => search.order.sql().replace("card.id", "question_words.rowid"),
            _ => search.order.sql(),
        };
        let sql = format!("SELECT card.id {from_where} ORDER BY {order} LIMIT ? OFFSET ?");
        values.extend([to_sql(most), to_sql(skip)]);
        let find = || -> rusqlite::Result<Vec<CardId>> {
            let mut statement = self.connection.prepare(&sql)?;
            let rows = statement.query_map(params_from_iter(&values), |row| row.get(0).map(CardId))?;
            rows.collect()
        };
        find().doing("look for cards")
    }

    /// How many cards are found.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_found(&self, search: &Search) -> Result<usize> {
        let plain = Search { order: Order::default(), ..search.clone() };
        let Statement { from_where, values, .. } = self.statement(&plain)?;
        let sql = format!("SELECT count(*) {from_where}");
        let count = || -> rusqlite::Result<i64> {
            self.connection.prepare(&sql)?.query_row(params_from_iter(&values), |row| row.get(0))
        };
        count().doing("count what was found").map(|count| count as usize)
    }

    fn statement(&self, search: &Search) -> Result<Statement> {
        let make = || -> rusqlite::Result<Statement> {
            let maker = Maker::new(&self.connection, search.today)?;
            let Conditions { matching, others, between } = maker.conditions(&search.expression)?;
            let mut from = match &matching {
                Some(_) => "FROM question_words CROSS JOIN card ON card.id = question_words.rowid".to_owned(),
                None => "FROM card".to_owned(),
            };
            let asks = |text: &str| {
                ["question.", "stem", "natural(number)"].iter().any(|asked| text.contains(asked))
            };
            let order = search.order.sql();
            if asks(&order) || others.iter().any(|condition| asks(&condition.sql)) {
                from.push_str(" CROSS JOIN question ON question.card = card.id");
            }
            if order.contains("deck.") {
                from.push_str(" CROSS JOIN deck ON deck.id = card.deck");
            }
            let mut conditions = Vec::new();
            let mut values = Vec::new();
            let by_index = matching.is_some();
            if let Some((first, last)) = between {
                conditions.push("question_words.rowid BETWEEN ? AND ?".to_owned());
                values.extend([first.into(), last.into()]);
            }
            if let Some(matching) = matching {
                conditions.push("question_words MATCH ?".to_owned());
                values.push(matching.into());
            }
            for condition in others {
                conditions.push(format!("({})", condition.sql));
                values.extend(condition.values);
            }
            let from_where = format!("{from} WHERE {}", conditions.join(" AND "));
            Ok(Statement { from_where, values, by_index })
        };
        make().doing("look for cards")
    }
}

/// Everything of a search but what is selected and its order.
struct Statement {
    from_where: String,
    values: Vec<Value>,
    /// Whether cards come from the index, in its order.
    by_index: bool,
}

impl Order {
    fn sql(self) -> String {
        let direction = if self.is_descending { "DESC" } else { "ASC" };
        let columns: &[&str] = match self.key {
            SortKey::Added => return format!("card.id {direction}"),
            SortKey::Deck => &["natural(deck.book)", "natural(deck.chapter)", "card.place"],
            SortKey::Question => &["natural(number)", "lower(stem)"],
            SortKey::Topic => &["lower(question.topic)"],
            SortKey::Difficulty => &["lower(question.difficulty)"],
            SortKey::Due => &["card.due"],
            SortKey::Interval => &["card.interval"],
            SortKey::Ease => &["card.ease"],
            SortKey::Lapses => &["card.lapses"],
            SortKey::Seen => &["card.answered"],
        };
        let columns: Vec<String> =
            columns.iter().map(|column| format!("{column} {direction} NULLS LAST")).collect();
        format!("{}, card.id", columns.join(", "))
    }
}

fn to_sql(count: usize) -> Value {
    Value::from(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::search::parse, store::migrate};

    /// How SQLite goes about the first page of a query.
    fn plan(store: &Store, query: &str) -> String {
        let expression = parse(query).expect("understood");
        let search = Search { expression, order: Order::default(), today: StudyDay(20_000) };
        let Statement { from_where, values, .. } = store.statement(&search).expect("made");
        let sql = format!("EXPLAIN QUERY PLAN SELECT card.id {from_where} ORDER BY card.id LIMIT 100");
        let mut statement = store.connection.prepare(&sql).expect("prepared");
        let steps = statement.query_map(params_from_iter(&values), |row| row.get::<_, String>(3));
        steps.expect("planned").collect::<rusqlite::Result<Vec<_>>>().expect("planned").join("; ")
    }

    #[test]
    fn what_hardly_any_card_is_needs_no_look_at_all_cards() {
        let store = Store::in_memory().expect("a store");
        let partial = migrate::partial_indexes(migrate::NEWEST).expect("indexes");
        for query in [
            "is:due",
            "is:new",
            "is:learning",
            "is:mature",
            "is:suspended",
            "is:buried",
            "is:leech",
            "is:flagged",
            "is:retired",
            "is:deleted",
            "ease<1.8",
            "interval>=21",
            "lapses=5",
            "due<=7",
            "seen:7d",
            "wrong:30d",
            "deck:nothing",
            "is:suspended or due<0",
            "is:leech ease>2",
        ] {
            let plan = plan(&store, query);
            let is_of_few = |step: &&str| partial.iter().any(|[name, ..]| step.contains(name.as_str()));
            let all_cards = plan.split("; ").find(|step| step.starts_with("SCAN card") && !is_of_few(step));
            assert_eq!(all_cards, None, "{query}: {plan}");
        }
        assert!(plan(&store, "-is:due").contains("SCAN card"), "the test knows a look at all cards");
    }
}
