//! JSON as a tree that knows where its values stand.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize,
    de::{self, MapAccess, SeqAccess},
};
use serde_json::{Deserializer, value::RawValue};

use super::{
    DEEPEST, MOST_PARTS, MOST_QUESTIONS, Node, Scalar, Sort, SyntaxError, TOO_DEEP, Value, fields, keep,
};
use crate::import::places::Places;

/// Whether a text begins as a list or an object of questions does in JSON, and not as Markdown.
pub(in crate::import) fn recognises(text: &str) -> bool {
    let text = text.trim();
    match text.strip_prefix('[').map(str::trim_start) {
        Some("]") => true,
        Some(first) => begins_object(first),
        None => begins_object(text),
    }
}

/// `{"name":`, or an empty object.
fn begins_object(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('{').map(str::trim_start) else { return false };
    let name = inner.strip_prefix('"').and_then(|name| name.split_once('"'));
    inner.starts_with('}') || name.is_some_and(|(_, behind)| behind.trim_start().starts_with(':'))
}

pub(super) fn tree(text: &str) -> Result<Node<'_>, SyntaxError> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => Ok(node(text, raw, 0, true)),
        Err(_) if are_lines(text) => lines(text),
        Err(error) => Err(syntax_error(text, &error)),
    }
}

/// Whether a text is JSON Lines: one object behind the other, or in each line one.
fn are_lines(text: &str) -> bool {
    let mut objects = Deserializer::from_str(text).into_iter::<&RawValue>();
    let begins = |text: &str| text.trim_start().starts_with('{');
    let is_object = matches!(objects.next(), Some(Ok(_)));
    begins(text) && (is_object && begins(&text[objects.byte_offset()..]) || have_objects_of_their_own(text))
}

/// Whether each of several lines seems to be an object, and half of them are. What ends within an object or before
/// another one goes on in the next line.
fn have_objects_of_their_own(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let may_be_object = |line: &str| line.starts_with('{') && !line.ends_with(['[', '{', ',', ':']);
    let is_object = |line: &&str| serde_json::from_str::<&RawValue>(line).is_ok();
    let count = lines().count();
    count > 1 && lines().all(may_be_object) && 2 * lines().filter(is_object).count() >= count
}

/// JSON Lines as a list. Where one is broken and each object stands in a line of its own, the others are read.
fn lines(text: &str) -> Result<Node<'_>, SyntaxError> {
    let objects = Deserializer::from_str(text).into_iter::<&RawValue>().take(MOST_QUESTIONS + 1);
    let nodes = objects.map(|object| Ok(node(text, object?, 1, false))).collect::<serde_json::Result<_>>();
    let nodes = match nodes {
        Err(_) if have_objects_of_their_own(text) => {
            text.split('\n').filter(|line| !line.trim().is_empty()).map(|line| in_line(text, line)).collect()
        }
        nodes => nodes.map_err(|error| broken_line(text, &error))?,
    };
    Ok(Node { at: 0, value: Value::List(nodes) })
}

/// The object in one of the lines of a text.
fn in_line<'t>(text: &'t str, line: &'t str) -> Node<'t> {
    serde_json::from_str(line).map_or_else(
        |error: serde_json::Error| {
            let SyntaxError { at, message } = syntax_error(line, &error);
            Node {
                at: line.as_ptr().addr() - text.as_ptr().addr() + at,
                value: Value::Broken(message.into()),
            }
        },
        |raw| node(text, raw, 1, false),
    )
}

/// An object that never ends is noticed where the next one begins, and broken before.
fn broken_line(text: &str, error: &serde_json::Error) -> SyntaxError {
    let SyntaxError { at, message } = syntax_error(text, error);
    let before = text[..at].trim_end();
    let is_next =
        matches!(text[at..].chars().next(), None | Some('{')) && text[before.len()..at].contains('\n');
    SyntaxError { at: if is_next { before.len() } else { at }, message }
}

fn syntax_error(text: &str, error: &serde_json::Error) -> SyntaxError {
    let at = Places::of(text).offset(error.line(), error.column().saturating_sub(1));
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    SyntaxError { at, message: format!("this is not JSON: {what}") }
}

/// The values are raw slices of the text, which is how their offsets are known. Each level is looked
/// through once more for the levels below it, so the depth is bounded.
fn node<'t>(text: &'t str, raw: &'t RawValue, depth: usize, of_questions: bool) -> Node<'t> {
    let at = raw.get().as_ptr().addr() - text.as_ptr().addr();
    Node { at, value: value(text, raw.get(), depth, of_questions) }
}

fn value<'t>(text: &'t str, written: &'t str, depth: usize, of_questions: bool) -> Value<'t> {
    if depth > DEEPEST {
        return Value::Unread(TOO_DEEP);
    }
    let read = match written.as_bytes().first() {
        Some(b'{') => serde_json::from_str(written).map(|Pairs(pairs)| {
            let named = |(Text(name), raw)| {
                let of_questions = depth == 0 && fields::may_list_questions(&name);
                (name, node(text, raw, depth + 1, of_questions))
            };
            Value::fields(pairs.into_iter().map(named).collect())
        }),
        Some(b'[') => serde_json::from_str(written).map(|Items(items)| {
            let items = items.into_iter().map(|raw| node(text, raw, depth + 1, false));
            Value::list(items.collect(), of_questions)
        }),
        Some(b'"') => serde_json::from_str(written)
            .map(|Text(text)| Value::Scalar(Scalar::new(plain_line_ends(text), Sort::Text))),
        Some(b'n') | None => Ok(Value::Nothing),
        Some(b't') => Ok(Value::Scalar(Scalar::new(written, Sort::Truth(true)))),
        Some(b'f') => Ok(Value::Scalar(Scalar::new(written, Sort::Truth(false)))),
        Some(_) => Ok(Value::Scalar(Scalar::new(written, Sort::Number))),
    };
    read.unwrap_or(Value::Unread("text with an escape that means nothing"))
}

fn plain_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text }
}

/// A text that is a part of the whole one, unless escapes stand in it.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// An object's members in their order, also those of one name; of too many one more than there may be.
struct Pairs<'a>(Vec<(Text<'a>, &'a RawValue)>);

/// A list's values; of too many one more than there may be.
struct Items<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ItemsVisitor)
    }
}

struct PairsVisitor;

impl<'de> de::Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            keep(&mut pairs, pair, MOST_PARTS);
        }
        Ok(Pairs(pairs))
    }
}

struct ItemsVisitor;

impl<'de> de::Visitor<'de> for ItemsVisitor {
    type Value = Items<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            keep(&mut items, item, MOST_QUESTIONS);
        }
        Ok(Items(items))
    }
}
