//! An expression as SQL over `card` and `question`. A condition may be unknown to SQL, where a card was never
//! answered; it does not hold then, and its negation does.

use rusqlite::{Connection, types::Value};

use super::{
    functions::listed,
    index::{DIFFICULTY, NUMBER, TOPIC, indexed_through, number_word},
    listing::FEW,
};
use crate::{
    domain::{
        card::{LEECH_LAPSES, MATURE},
        search::{Comparison, Expression, Figure, Filter, Status, Text, words},
        time::{Days, StudyDay},
    },
    store::log,
};

/// So many words with one beginning are looked up one by one, in the order of cards; more of them all at once.
const MOST_ENDINGS: usize = 300;

/// SQL with the values of its question marks.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

/// What a condition follows from besides the expression.
pub(super) struct Maker<'a> {
    pub connection: &'a Connection,
    pub today: StudyDay,
    /// Cards after this one are not in the index.
    through: i64,
    /// Whether all cards are in the index.
    is_complete: bool,
}

/// An expression as a whole: what the index is asked for, and what must hold of the cards besides.
pub(super) struct Conditions {
    /// In the index's own language; where there is something, cards come from there in their order.
    pub matching: Option<String>,
    pub others: Vec<Condition>,
    /// The first and the last card that can be meant, where that is little.
    pub between: Option<(i64, i64)>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(connection: &'a Connection, today: StudyDay) -> rusqlite::Result<Self> {
        let through = indexed_through(connection)?;
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM card WHERE id > ?)";
        let is_complete = connection.prepare_cached(sql)?.query_row([through], |row| row.get(0))?;
        Ok(Self { connection, today, through, is_complete })
    }

    /// What an expression comes to.
    pub(super) fn conditions(&self, expression: &Expression) -> rusqlite::Result<Conditions> {
        let (mut wanted, mut unwanted, mut others) = (Vec::new(), Vec::new(), vec![visible(expression)]);
        let mut known = Vec::new();
        let parts = match expression {
            Expression::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        let mut between = None;
        for part in parts {
            if let Expression::Filter(Filter::Deck(name)) = part {
                between = between.or(self.cards_of_only_deck(name)?);
            }
            match part {
                _ if !self.is_complete => known.push(part),
                Expression::Not(inner) => match self.in_index(inner)? {
                    Some((matching, None)) => unwanted.push((matching, part)),
                    Some((_, Some(_))) | None => known.push(part),
                },
                part => match self.in_index(part)? {
                    Some((matching, besides)) => {
                        wanted.push(matching);
                        others.extend(besides);
                    }
                    None => known.push(part),
                },
            }
        }
        if wanted.is_empty() {
            // The index cannot tell which cards do not have a word before it has named some that do.
            known.extend(unwanted.into_iter().map(|(_, part)| part));
            for part in known {
                others.push(match self.listed(part)? {
                    Some(list) => Condition { sql: format!("card.id IN ({})", list.sql), ..list },
                    None => self.condition(part)?,
                });
            }
            return Ok(Conditions { matching: None, others, between: None });
        }
        for part in known {
            others.push(self.condition(part)?);
        }
        let mut matching = joined(&wanted, " AND ");
        if !unwanted.is_empty() {
            let unwanted: Vec<String> = unwanted.into_iter().map(|(matching, _)| matching).collect();
            matching = format!("({matching}) NOT ({})", joined(&unwanted, " OR "));
        }
        Ok(Conditions { matching: Some(matching), others, between })
    }

    /// The decks whose names have this in them, small letters and large ones alike, and how many cards they have.
    fn decks_with(&self, name: &str) -> rusqlite::Result<(Vec<i64>, i64)> {
        let sql = "SELECT id, cards FROM deck WHERE holds(?, coalesce(book || ' / ', '') || chapter)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([name])?;
        let (mut decks, mut cards) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            decks.push(row.get(0)?);
            cards += row.get::<_, i64>(1)?;
        }
        Ok((decks, cards))
    }

    /// The first of so many days up to today.
    pub(super) fn first_of(&self, days: Days) -> StudyDay {
        StudyDay(self.today.0.saturating_sub_unsigned(days.0).saturating_add(1))
    }

    /// Where a name means one deck: its first and last card, between which the index need only look.
    fn cards_of_only_deck(&self, name: &str) -> rusqlite::Result<Option<(i64, i64)>> {
        let [deck] = self.decks_with(name)?.0[..] else { return Ok(None) };
        let sql = "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM card WHERE deck = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row([deck], |row| Ok(Some((row.get(0)?, row.get(1)?))))
    }

    /// What of an expression the index is asked for, and what must hold besides; `None` where it is not for
    /// the index.
    fn in_index(&self, expression: &Expression) -> rusqlite::Result<Option<(String, Option<Condition>)>> {
        let whole =
            |parts: &[Expression], between| -> rusqlite::Result<Option<(String, Option<Condition>)>> {
                let mut matching = Vec::new();
                for part in parts {
                    match self.in_index(part)? {
                        Some((part, None)) => matching.push(part),
                        Some((_, Some(_))) | None => return Ok(None),
                    }
                }
                let matching = (!matching.is_empty()).then(|| format!("({})", joined(&matching, between)));
                Ok(matching.map(|matching| (matching, None)))
            };
        Ok(match expression {
            Expression::All(parts) => whole(parts, " AND ")?,
            Expression::Any(parts) => whole(parts, " OR ")?,
            Expression::Not(_) => None,
            Expression::Text(text) if text.words.is_empty() => None,
            Expression::Text(text) => {
                let besides = text.is_literal.then(|| holds(text));
                Some((self.matching_words(&text.words, None)?, besides))
            }
            Expression::Filter(Filter::Topic(topic)) => self.in_marked(TOPIC, topic, "question.topic")?,
            Expression::Filter(Filter::Difficulty(level)) => {
                self.in_marked(DIFFICULTY, level, "question.difficulty")?
            }
            Expression::Filter(Filter::Number(number)) => {
                let matching = format!("\"{NUMBER}{}\"", number_word(number));
                Some((matching, Some(is_number(number))))
            }
            Expression::Filter(
                Filter::Deck(_) | Filter::Is(_) | Filter::Figure(..) | Filter::Seen(_) | Filter::Wrong(_),
            ) => None,
        })
    }

    fn in_marked(
        &self,
        mark: char,
        text: &str,
        column: &str,
    ) -> rusqlite::Result<Option<(String, Option<Condition>)>> {
        let words = words::wanted(text);
        if words.is_empty() {
            return Ok(None);
        }
        Ok(Some((self.matching_words(&words, Some(mark))?, Some(column_holds(column, text)))))
    }

    fn matching_words(&self, words: &[words::Word], mark: Option<char>) -> rusqlite::Result<String> {
        let mark = mark.map_or(String::new(), String::from);
        let mut matching = Vec::with_capacity(words.len());
        for word in words {
            let letters = format!("{mark}{}", word.letters);
            matching.push(match word.is_beginning {
                false => format!("\"{letters}\""),
                true => self.matching_beginning(&letters)?,
            });
        }
        Ok(joined(&matching, " AND "))
    }

    /// The index itself would gather all cards of all such words before it names the first one.
    fn matching_beginning(&self, letters: &str) -> rusqlite::Result<String> {
        let sql = "SELECT letters FROM word WHERE letters >= ? AND letters < ? LIMIT ?";
        let beyond = format!("{letters}\u{10FFFF}");
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_map((letters, beyond, MOST_ENDINGS as i64 + 1), |row| row.get(0))?;
        let found = found.collect::<rusqlite::Result<Vec<String>>>()?;
        Ok(match found.len() {
            0 => format!("\"{letters}\""),
            1..=MOST_ENDINGS => {
                let quoted: Vec<String> = found.iter().map(|word| format!("\"{word}\"")).collect();
                format!("({})", quoted.join(" OR "))
            }
            _ => format!("\"{letters}\" *"),
        })
    }

    /// What must hold of a card, whether the index is asked or not.
    pub(super) fn condition(&self, expression: &Expression) -> rusqlite::Result<Condition> {
        Ok(match expression {
            Expression::All(parts) => self.joined_conditions(parts, " AND ", "1")?,
            Expression::Any(parts) => self.joined_conditions(parts, " OR ", "0")?,
            Expression::Not(inner) => {
                let Condition { sql, values } = self.condition(inner)?;
                Condition { sql: format!("({sql}) IS NOT TRUE"), values }
            }
            Expression::Text(text) => self.text(text)?,
            Expression::Filter(filter) => self.filter(filter)?,
        })
    }

    fn joined_conditions(
        &self,
        parts: &[Expression],
        between: &str,
        without_any: &str,
    ) -> rusqlite::Result<Condition> {
        let mut condition = Condition::default();
        for part in parts {
            let Condition { sql, values } = self.condition(part)?;
            let before = if condition.sql.is_empty() { "" } else { between };
            condition.sql.push_str(&format!("{before}({sql})"));
            condition.values.extend(values);
        }
        if condition.sql.is_empty() {
            condition.sql.push_str(without_any);
        }
        Ok(condition)
    }

    fn text(&self, text: &Text) -> rusqlite::Result<Condition> {
        if text.words.is_empty() {
            return Ok(holds(text));
        }
        let matching = self.matching_words(&text.words, None)?;
        let unindexed = Condition {
            sql: "has_words(?, topic, stem, options, explanation)".to_owned(),
            values: vec![listed(&text.words).into()],
        };
        let has_words = self.matching(matching, unindexed);
        Ok(match text.is_literal {
            true => has_words.and(holds(text)),
            false => has_words,
        })
    }

    /// Cards that the index names, and those that it does not know yet and for which this holds.
    fn matching(&self, matching: String, unindexed: Condition) -> Condition {
        let indexed = Condition {
            sql: "card.id IN (SELECT rowid FROM question_words WHERE question_words MATCH ?)".to_owned(),
            values: vec![matching.into()],
        };
        if self.is_complete {
            return indexed;
        }
        let mut values = indexed.values;
        values.push(self.through.into());
        values.extend(unindexed.values);
        Condition { sql: format!("({} OR card.id > ? AND {})", indexed.sql, unindexed.sql), values }
    }

    pub(super) fn filter(&self, filter: &Filter) -> rusqlite::Result<Condition> {
        Ok(match filter {
            Filter::Deck(name) => {
                let (decks, cards) = self.decks_with(name)?;
                // The sign keeps the order of cards, in which a page is full soon where many are meant.
                among(if cards <= FEW { "card.deck" } else { "+card.deck" }, decks)
            }
            Filter::Topic(topic) => column_holds("question.topic", topic),
            Filter::Difficulty(level) => column_holds("question.difficulty", level),
            Filter::Number(number) => is_number(number),
            Filter::Is(status) => self.status(*status),
            Filter::Figure(figure, comparison, number) => self.figure(*figure, *comparison, *number),
            Filter::Seen(days) => with("card.answered > ?", i64::from(self.today.0) - i64::from(days.0)),
            Filter::Wrong(days) => {
                let missed = log::missed_since(self.connection, self.first_of(*days))?;
                among("card.id", missed.into_iter().map(|card| card.0).collect())
            }
        })
    }

    fn status(&self, status: Status) -> Condition {
        let plain = |sql: &str| Condition { sql: sql.to_owned(), values: Vec::new() };
        let today = i64::from(self.today.0);
        let mature = i64::from(MATURE.0);
        match status {
            Status::New => plain("card.due IS NULL"),
            Status::Learning => plain("card.repetitions = 0"),
            Status::Young => with("card.repetitions > 0 AND card.interval < ?", mature),
            Status::Mature => with("card.repetitions > 0 AND card.interval >= ?", mature),
            Status::Due => Condition {
                sql: "card.retired = 0 AND card.due <= ? AND (card.hold IS NULL OR card.until <= ?)"
                    .to_owned(),
                values: vec![today.into(), today.into()],
            },
            Status::Suspended => plain("card.hold = 'suspended'"),
            Status::Buried => with("card.hold = 'buried' AND card.until > ?", today),
            Status::Leech => with("card.lapses >= ?", i64::from(LEECH_LAPSES)),
            Status::Flagged => plain("card.flagged = 1"),
            Status::Retired => plain("card.retired = 1 AND card.deleted IS NULL"),
            Status::Deleted => plain("card.deleted IS NOT NULL"),
        }
    }

    fn figure(&self, figure: Figure, comparison: Comparison, number: f64) -> Condition {
        let sign = comparison.sign();
        match figure {
            Figure::Ease => with(&format!("card.ease {sign} ?"), (number * 100.0).round()),
            Figure::Interval => with(&format!("card.interval {sign} ?"), number),
            Figure::Lapses => with(&format!("card.lapses {sign} ?"), number),
            Figure::Due => with(&format!("card.due {sign} ?"), f64::from(self.today.0) + number),
        }
    }
}

impl Condition {
    pub(super) fn and(mut self, other: Self) -> Self {
        self.sql = format!("{} AND {}", self.sql, other.sql);
        self.values.extend(other.values);
        self
    }
}

/// Cards that have left their chapters or were deleted are seen by those who ask for them.
fn visible(expression: &Expression) -> Condition {
    let retired = expression.mentions(Status::Retired);
    let deleted = expression.mentions(Status::Deleted);
    let sql = match (retired, deleted) {
        (false, false) => "card.retired = 0",
        (true, false) => "card.deleted IS NULL",
        (false, true) => "(card.retired = 0 OR card.deleted IS NOT NULL)",
        (true, true) => "1",
    };
    Condition { sql: sql.to_owned(), values: Vec::new() }
}

pub(super) fn with(sql: &str, value: impl Into<Value>) -> Condition {
    Condition { sql: sql.to_owned(), values: vec![value.into()] }
}

fn holds(text: &Text) -> Condition {
    with("holds(?, topic, stem, options, explanation)", text.written.clone())
}

fn column_holds(column: &str, text: &str) -> Condition {
    with(&format!("holds(?, {column})"), text.to_owned())
}

fn is_number(number: &str) -> Condition {
    with("lower(question.number) = ?", number.to_owned())
}

pub(super) fn among(column: &str, ids: Vec<i64>) -> Condition {
    let ids = serde_json::to_string(&ids).expect("numbers are always JSON");
    with(&format!("{column} IN (SELECT value FROM json_each(?))"), ids)
}

fn joined(parts: &[String], between: &str) -> String {
    match parts {
        [only] => only.clone(),
        parts => parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(between),
    }
}
