//! Filters: the closed set of names, their values, and what is said of those that are nearly right.

use std::ops::Range;

use super::{Comparison, Expression, Figure, Filter, Mistake, Status, Text, parsing::mistake};
use crate::domain::time::Days;

/// The filters with a colon, and an example of each.
const NAMES: [(&str, &str); 7] = [
    ("deck", "deck:python"),
    ("topic", "topic:generators"),
    ("difficulty", "difficulty:basic"),
    ("is", "is:due"),
    ("seen", "seen:7d"),
    ("wrong", "wrong:30d"),
    ("id", "id:Q14.3"),
];
/// The figures that are compared.
const FIGURES: [(&str, Figure); 4] = [
    ("ease", Figure::Ease),
    ("interval", Figure::Interval),
    ("lapses", Figure::Lapses),
    ("due", Figure::Due),
];
const SIGNS: [(&str, Comparison); 5] = [
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("<", Comparison::Less),
    (">", Comparison::More),
    ("=", Comparison::Equal),
];
/// A name that differs in more letters than this is not meant.
const NEAR: usize = 2;

/// What a piece of a query means: a filter, or a word to be found.
pub(super) fn filter_or_word(
    written: &str,
    quoted: Option<&str>,
    span: Range<usize>,
) -> Result<Expression, Mistake> {
    let letters = written.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(written.len());
    let (name, after) = written.split_at(letters);
    let word = || Ok(Expression::Text(Text::word(written)));
    if name.is_empty() || after.is_empty() {
        return word();
    }
    let place = Place { name, span: &span, value: span.start + letters };
    if let Some(value) = after.strip_prefix(':') {
        let is_code = value.starts_with([':', '/', '=']) || (value.is_empty() && quoted.is_none());
        return match known(name) {
            Some(name) => place.filter(name, quoted.unwrap_or(value)).map(Expression::Filter),
            None if is_code => word(),
            None => place.figure_with_colon(value),
        };
    }
    let Some((sign, comparison)) = SIGNS.into_iter().find(|(sign, _)| after.starts_with(sign)) else {
        return word();
    };
    match figure(name) {
        Some(figure) => {
            place.figure(figure, comparison, sign.len(), &after[sign.len()..]).map(Expression::Filter)
        }
        // `a<b` is code; `eas<1.8` is not.
        None if nearest(name, FIGURES.iter().map(|(name, _)| *name), 1).is_some() => Err(place.unknown()),
        None => word(),
    }
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.iter().map(|(known, _)| *known).find(|known| known.eq_ignore_ascii_case(name))
}

fn figure(name: &str) -> Option<Figure> {
    FIGURES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, figure)| *figure)
}

/// Where a filter stands in the query.
struct Place<'a> {
    name: &'a str,
    span: &'a Range<usize>,
    /// Where its sign begins, after which its value stands.
    value: usize,
}

impl Place<'_> {
    fn filter(&self, name: &str, value: &str) -> Result<Filter, Mistake> {
        let value = value.trim();
        if value.is_empty() {
            let example = NAMES.iter().find(|(known, _)| *known == name).map_or("", |(_, example)| example);
            let span = self.span.end..self.span.end;
            return Err(mistake(
                span,
                format!("{name}: has no value"),
                format!("Write for example {example}"),
            ));
        }
        Ok(match name {
            "deck" => Filter::Deck(value.to_lowercase()),
            "topic" => Filter::Topic(value.to_lowercase()),
            "difficulty" => Filter::Difficulty(value.to_lowercase()),
            "id" => Filter::Number(number(value)),
            "seen" => Filter::Seen(self.days(value)?),
            "wrong" => Filter::Wrong(self.days(value)?),
            _ => Filter::Is(self.status(value)?),
        })
    }

    fn status(&self, value: &str) -> Result<Status, Mistake> {
        let words = Status::WORDS.iter();
        if let Some((status, _)) = words.clone().find(|(_, word)| word.eq_ignore_ascii_case(value)) {
            return Ok(*status);
        }
        let message = format!("a card cannot be “{value}”");
        let all: Vec<&str> = words.map(|(_, word)| *word).collect();
        let hint = match nearest(value, all.iter().copied(), NEAR) {
            Some(near) => format!("Did you mean is:{near}?"),
            None => format!("It can be {}", all.join(", ")),
        };
        Err(mistake(self.value + 1..self.span.end, message, hint))
    }

    fn days(&self, value: &str) -> Result<Days, Mistake> {
        let small = value.to_ascii_lowercase();
        let (digits, each) = match (small.strip_suffix('d'), small.strip_suffix('w')) {
            (Some(days), _) => (days, 1),
            (_, Some(weeks)) => (weeks, 7),
            (None, None) => (small.as_str(), 1),
        };
        let count = digits.parse::<u16>().ok().filter(|count| *count > 0);
        count.map(|count| Days(u32::from(count) * each)).ok_or_else(|| {
            let hint = format!("Write days or weeks, such as {0}:7d or {0}:4w", self.name);
            mistake(self.value + 1..self.span.end, format!("“{value}” is no number of days"), hint)
        })
    }

    fn figure(
        &self,
        figure: Figure,
        comparison: Comparison,
        sign: usize,
        value: &str,
    ) -> Result<Filter, Mistake> {
        let digits = match figure {
            Figure::Ease => value,
            Figure::Interval | Figure::Lapses | Figure::Due => value.strip_suffix('d').unwrap_or(value),
        };
        let number = digits.parse().ok().filter(|number: &f64| number.is_finite());
        number.map(|number| Filter::Figure(figure, comparison, number)).ok_or_else(|| {
            let message = match value.is_empty() {
                true => format!("{}{} has no number", self.name, comparison.sign()),
                false => format!("“{value}” is no number"),
            };
            let hint = format!("Write for example {}{}3", self.name, comparison.sign());
            mistake(self.value + sign..self.span.end, message, hint)
        })
    }

    /// `ease:1.8` is taken for `ease=1.8`; other names nobody knows.
    fn figure_with_colon(&self, value: &str) -> Result<Expression, Mistake> {
        match figure(self.name) {
            Some(figure) => self.figure(figure, Comparison::Equal, 1, value).map(Expression::Filter),
            None => Err(self.unknown()),
        }
    }

    fn unknown(&self) -> Mistake {
        let names = NAMES.iter().map(|(name, _)| *name).chain(FIGURES.iter().map(|(name, _)| *name));
        let hint = match nearest(self.name, names, NEAR) {
            Some(near) if figure(near).is_some() && known(near).is_none() => {
                format!("Did you mean {near}, as in {near}<3?")
            }
            Some(near) => format!("Did you mean {near}:?"),
            None => "Write it between quotation marks to look for it in the text".to_owned(),
        };
        let span = self.span.start..self.value;
        mistake(span, format!("there is no filter “{}”", self.name), hint)
    }
}

/// A number as it is compared: `Q14.3` and `14.3` are the same.
fn number(value: &str) -> String {
    let small = value.to_lowercase();
    match small.strip_prefix('q') {
        Some(digits) if digits.starts_with(|digit: char| digit.is_ascii_digit()) => digits.to_owned(),
        _ => small,
    }
}

/// The name with the fewest differences, if these are few.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>, most: usize) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    let near = names.map(|known| (distance(&name, known), known));
    let few = |(differences, known): &(usize, &str)| *differences <= most && *differences < known.len();
    near.filter(few).min_by_key(|(differences, _)| *differences).map(|(_, known)| known)
}

/// Letters to add, take out or change, from one word to the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (column, wanted) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *wanted);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
