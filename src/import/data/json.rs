//! JSON as a tree that knows where its values stand.

use std::fmt;

use serde::de::{self, Deserialize, MapAccess};
use serde_json::{Deserializer, value::RawValue};

use super::{DEEPEST, Node, Scalar, Sort, SyntaxError, TOO_DEEP, Value};
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

pub(super) fn tree(text: &str) -> Result<Node, SyntaxError> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => Ok(node(text, raw, 0)),
        Err(_) if are_lines(text) => lines(text),
        Err(error) => Err(syntax_error(text, &error)),
    }
}

/// Whether a text is JSON Lines: one object behind the other.
fn are_lines(text: &str) -> bool {
    let mut objects = Deserializer::from_str(text).into_iter::<&RawValue>();
    let begins = |text: &str| text.trim_start().starts_with('{');
    begins(text) && matches!(objects.next(), Some(Ok(_))) && begins(&text[objects.byte_offset()..])
}

/// JSON Lines as a list.
fn lines(text: &str) -> Result<Node, SyntaxError> {
    let objects = Deserializer::from_str(text).into_iter::<&RawValue>();
    let nodes = objects.map(|object| Ok(node(text, object?, 1))).collect::<serde_json::Result<_>>();
    Ok(Node { at: 0, value: Value::List(nodes.map_err(|error| syntax_error(text, &error))?) })
}

fn syntax_error(text: &str, error: &serde_json::Error) -> SyntaxError {
    let at = Places::of(text).offset(error.line(), error.column().saturating_sub(1));
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    SyntaxError { at, message: format!("this is not JSON: {what}") }
}

/// The values are raw slices of the text, which is how their offsets are known. Each level is looked
/// through once more for the levels below it, so the depth is bounded.
fn node(text: &str, raw: &RawValue, depth: usize) -> Node {
    let at = raw.get().as_ptr().addr() - text.as_ptr().addr();
    Node { at, value: value(text, raw.get(), depth) }
}

fn value(text: &str, written: &str, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Unread(TOO_DEEP);
    }
    let read = match written.as_bytes().first() {
        Some(b'{') => serde_json::from_str(written).map(|Pairs(pairs)| {
            let named = |(name, raw)| (name, node(text, raw, depth + 1));
            Value::Fields(pairs.into_iter().map(named).collect())
        }),
        Some(b'[') => serde_json::from_str(written).map(|items: Vec<&RawValue>| {
            Value::List(items.into_iter().map(|raw| node(text, raw, depth + 1)).collect())
        }),
        Some(b'"') => serde_json::from_str(written)
            .map(|text: String| Value::Scalar(Scalar::new(plain_line_ends(text), Sort::Text))),
        Some(b'n') | None => Ok(Value::Nothing),
        Some(b't') => Ok(Value::Scalar(Scalar::new(written, Sort::Truth(true)))),
        Some(b'f') => Ok(Value::Scalar(Scalar::new(written, Sort::Truth(false)))),
        Some(_) => Ok(Value::Scalar(Scalar::new(written, Sort::Number))),
    };
    read.unwrap_or(Value::Unread("text with an escape that means nothing"))
}

fn plain_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// An object's members in their order, also those of one name.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
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
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
