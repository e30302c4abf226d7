//! What SQL cannot do by itself: looking into texts as a person does, and the order in which people count.

use std::collections::BTreeSet;

use rusqlite::{
    Connection,
    functions::{Context, FunctionFlags},
};

use crate::domain::search::words::{self, Word};

/// Adds to this connection:
/// - `holds(wanted, text, …)`: whether one of the texts has this in it, large and small letters alike;
/// - `has_words(wanted, text, …)`: whether the texts have all these words, as [`listed`] writes them;
/// - `natural(text)`: a text that is in order where people count: 2 before 10.
///
/// Of options, which are JSON, the texts count.
pub(in crate::store) fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("holds", -1, flags, |context| {
        let wanted = context.get_raw(0).as_str()?;
        Ok((1..context.len()).any(|place| {
            may_have(context.get_raw(place).as_str_or_null().ok().flatten().unwrap_or_default(), wanted)
                && text(context, place).to_lowercase().contains(wanted)
        }))
    })?;
    connection.create_scalar_function("has_words", -1, flags, |context| {
        let mut words = BTreeSet::new();
        (1..context.len()).for_each(|place| words::collect(&text(context, place), &mut words));
        let mut wanted = context.get_raw(0).as_str()?.split_whitespace();
        Ok(wanted.all(|wanted| is_among(wanted, &words)))
    })?;
    connection.create_scalar_function("natural", 1, flags, |context| {
        Ok(context.get_raw(0).as_str_or_null()?.map(natural))
    })
}

/// Words as `has_words` takes them.
pub(super) fn listed(words: &[Word]) -> String {
    let listed = |word: &Word| format!("{}{} ", word.letters, if word.is_beginning { "*" } else { "" });
    words.iter().map(listed).collect()
}

fn is_among(wanted: &str, words: &BTreeSet<String>) -> bool {
    match wanted.strip_suffix('*') {
        None => words.contains(wanted),
        Some(beginning) => {
            let mut after = words.range(beginning.to_owned()..);
            after.next().is_some_and(|word| word.starts_with(beginning))
        }
    }
}

/// Whether small letters of a text may have this in them: no for most texts, and in a tenth of the time that it
/// takes to read options and to make letters small.
fn may_have(text: &str, wanted: &str) -> bool {
    let Some(first) = wanted.bytes().next() else { return true };
    // Letters beyond ASCII may become small in other lengths; a backslash writes a letter in another way.
    if !text.is_ascii() || memchr::memchr(b'\\', text.as_bytes()).is_some() {
        return true;
    }
    let starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes());
    let ends = |start: usize| text.get(start..start + wanted.len());
    starts.into_iter().any(|start| ends(start).is_some_and(|part| part.eq_ignore_ascii_case(wanted)))
}

/// A text among the arguments. A list of options gives the texts of the options.
fn text(context: &Context<'_>, place: usize) -> String {
    let text = context.get_raw(place).as_str_or_null().ok().flatten().unwrap_or_default();
    if !text.starts_with("[[") {
        return text.to_owned();
    }
    match serde_json::from_str::<Vec<(u16, String)>>(text) {
        Ok(options) => options.into_iter().map(|(_, text)| text + "\n").collect(),
        Err(_) => text.to_owned(),
    }
}

/// Digits are filled up with zeros to one length, and all letters are small.
fn natural(text: &str) -> String {
    const LENGTH: usize = 10;
    let mut natural = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let length = rest.find(|letter: char| letter.is_ascii_digit() != is_number).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        match is_number {
            true => natural.push_str(&format!("{run:0>LENGTH$}")),
            false => natural.push_str(&run.to_lowercase()),
        }
        rest = after;
    }
    natural
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_in_the_order_of_counting() {
        let mut names = ["10 Zebra", "2 ape", "Q1.10", "Q1.9", "2 Ant"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["2 Ant", "2 ape", "10 Zebra", "Q1.9", "Q1.10"]);
    }
}
