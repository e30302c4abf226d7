//! YAML as a tree that knows where its values stand. Scalars keep their spelling, so that a number such as
//! `1.10` stays what it is; aliases are not followed, so that a short text cannot become a long one.

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, ScanError};

use std::borrow::Cow;

use super::{
    DEEPEST, MOST_PARTS, MOST_QUESTIONS, Name, Node, Scalar, Sort, SyntaxError, TOO_DEEP, Value, fields, keep,
};

/// Whether a text begins as a list of questions, or as a chapter with such a list, does in YAML.
pub(in crate::import) fn recognises(text: &str) -> bool {
    let mut lines =
        text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#') && *line != "---");
    let Some(first) = lines.next() else { return false };
    if let Some(begun) = first.strip_prefix("- ") {
        return name(begun.trim_start()).is_some_and(fields::is_of_question);
    }
    let begins_list = |line: &str| fields::is_list_of_questions(line.trim_end().trim_end_matches(':'));
    name(first).is_some()
        && text.lines().any(|line| line.trim_end().ends_with(':') && begins_list(line))
        && text.lines().any(|line| line.trim_start().starts_with("- "))
}

/// The name before a colon, written as names of fields are: without capitals and spaces.
fn name(line: &str) -> Option<&str> {
    let (name, behind) = line.split_once(':')?;
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_' || sign == '-';
    let spaced = behind.is_empty() || behind.starts_with([' ', '\t']);
    (spaced && !name.is_empty() && name.chars().all(plain)).then_some(name)
}

pub(super) fn tree(text: &str) -> Result<Node<'_>, SyntaxError> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| syntax_error(text, &error))?;
        let at = span.start.byte_offset().unwrap_or_default();
        if matches!(event, Event::DocumentStart(..)) && builder.root.is_some() {
            let message = "a second document begins here, and only the first would be read".to_owned();
            return Err(SyntaxError { at, message });
        }
        builder.take(event, at);
        if builder.is_full() {
            builder.end_all();
            break;
        }
    }
    Ok(builder.root.unwrap_or(Node { at: 0, value: Value::Nothing }))
}

fn syntax_error(text: &str, error: &ScanError) -> SyntaxError {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    let message = error.to_string();
    let what = message.split_once(" at ").map_or(message.as_str(), |(what, _)| what);
    SyntaxError { at, message: format!("this is not YAML: {what}") }
}

/// Puts the nodes of a text together as they open and close.
#[derive(Default)]
struct Builder<'t> {
    root: Option<Node<'t>>,
    open: Vec<Open<'t>>,
    /// How many collections are open that are not read.
    skipped: usize,
}

struct Open<'t> {
    at: usize,
    collection: Collection<'t>,
}

enum Collection<'t> {
    List { items: Vec<Node<'t>>, of_questions: bool },
    Fields { pairs: Vec<(Name<'t>, Node<'t>)>, name: Option<Name<'t>> },
}

impl<'t> Builder<'t> {
    fn take(&mut self, event: Event<'t>, at: usize) {
        match event {
            Event::SequenceStart(..) => {
                let of_questions = self.expects_questions();
                self.begin(at, Collection::List { items: Vec::new(), of_questions });
            }
            Event::MappingStart(..) => {
                self.begin(at, Collection::Fields { pairs: Vec::new(), name: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Scalar(text, style, _, _) => self.add(Node { at, value: scalar(text, style) }),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.add(Node { at, value: Value::Unread("an alias") });
            }
            // Streams, documents, anchors and comments hold no values.
            _ => {}
        }
    }

    /// Whether a list that begins here is one of questions.
    fn expects_questions(&self) -> bool {
        match self.open.as_slice() {
            [] => true,
            [Open { collection: Collection::Fields { name: Some(name), .. }, .. }] => {
                fields::may_list_questions(name)
            }
            _ => false,
        }
    }

    /// Whether there are more questions than may be read.
    fn is_full(&self) -> bool {
        self.open.last().is_some_and(|open| match &open.collection {
            Collection::List { items, of_questions } => *of_questions && items.len() > MOST_QUESTIONS,
            Collection::Fields { .. } => false,
        })
    }

    fn end_all(&mut self) {
        while !self.open.is_empty() {
            self.end();
        }
    }

    fn begin(&mut self, at: usize, collection: Collection<'t>) {
        if self.skipped > 0 || self.open.len() > DEEPEST {
            self.skipped += 1;
        } else {
            self.open.push(Open { at, collection });
        }
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            if self.skipped == 0 {
                let at = self.open.last().map_or(0, |open| open.at);
                self.add(Node { at, value: Value::Unread(TOO_DEEP) });
            }
            return;
        }
        let Some(Open { at, collection }) = self.open.pop() else { return };
        let value = match collection {
            Collection::List { items, of_questions } => Value::list(items, of_questions),
            Collection::Fields { pairs, .. } => Value::fields(pairs),
        };
        self.add(Node { at, value });
    }

    fn add(&mut self, node: Node<'t>) {
        if self.skipped > 0 {
            return;
        }
        match self.open.last_mut().map(|open| &mut open.collection) {
            None => self.root = Some(node),
            Some(Collection::List { items, .. }) => keep(items, node, MOST_QUESTIONS),
            Some(Collection::Fields { pairs, name }) => match name.take() {
                Some(name) => keep(pairs, (name, node), MOST_PARTS),
                None => *name = Some(name_of(node)),
            },
        }
    }
}

/// A key that is no scalar names nothing.
fn name_of(node: Node<'_>) -> Name<'_> {
    match node.value {
        Value::Scalar(scalar) => scalar.text,
        Value::Nothing | Value::List(_) | Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => {
            Name::default()
        }
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value<'_> {
    let text = match style {
        // A block ends with a line end that nobody means.
        ScalarStyle::Literal | ScalarStyle::Folded => text.trim_end().to_owned().into(),
        ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => text,
    };
    if style != ScalarStyle::Plain {
        return Value::Scalar(Scalar::new(text, Sort::Text));
    }
    let sort = match &*text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Nothing,
        "true" | "True" | "TRUE" => Sort::Truth(true),
        "false" | "False" | "FALSE" => Sort::Truth(false),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Sort::Number,
        _ => Sort::Text,
    };
    Value::Scalar(Scalar::new(text, sort))
}
