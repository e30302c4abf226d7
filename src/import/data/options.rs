//! The options of a question in all the ways in which data gives them: a list of texts, a list of objects,
//! a map from letters, a column for each, or the right ones and the wrong ones apart.

use super::{
    Node, Scalar, Sort, Value,
    entry::Entry,
    fields::{Field, OptionField, plain},
};

/// An option as it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub at: usize,
    pub text: String,
    /// What its author calls it, when it has a name of its own.
    pub label: Option<String>,
    /// Whether it says of itself that it is right.
    pub right: Option<bool>,
    pub feedback: Option<String>,
}

/// The options of a question, or why there are none that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Options {
    /// Nothing speaks of options.
    None,
    Given(Vec<Given>),
    /// The letters leave one out, or come in another order: where, the expected one, the one found.
    OutOfOrder(usize, char, String),
    Unreadable(usize, &'static str),
}

impl Options {
    pub fn of(entry: &Entry<'_>) -> Self {
        if let Some(node) = entry.first(Field::Options) {
            return in_node(node);
        }
        if entry.first(Field::Option(0)).is_some() || entry.has_any_option() {
            return in_columns(entry);
        }
        if let Some(node) = entry.first(Field::Answers).filter(|node| entry.answers_are_options(node)) {
            return in_node(node);
        }
        match entry.first(Field::Distractors) {
            Some(wrong) => right_and_wrong(entry, wrong),
            None => Self::None,
        }
    }
}

fn in_node(node: &Node) -> Options {
    match &node.value {
        Value::Nothing => Options::None,
        Value::List(items) => {
            let given: Option<Vec<Given>> = items.iter().map(given).collect();
            given.map_or(
                Options::Unreadable(node.at, "options that are neither texts nor objects"),
                Options::Given,
            )
        }
        Value::Fields(pairs) => in_map(pairs),
        Value::Scalar(scalar) if scalar.sort == Sort::Cell => Options::Given(in_cell(node.at, &scalar.text)),
        Value::Scalar(_) => {
            Options::Unreadable(node.at, "a single value where a list of options was expected")
        }
        Value::Unread(what) => Options::Unreadable(node.at, what),
    }
}

fn given(node: &Node) -> Option<Given> {
    let at = node.at;
    match &node.value {
        Value::Scalar(scalar) => {
            Some(Given { at, text: scalar.text.clone(), label: None, right: None, feedback: None })
        }
        Value::Nothing => Some(Given { at, text: String::new(), label: None, right: None, feedback: None }),
        Value::Fields(pairs) => in_object(at, pairs),
        Value::List(_) | Value::Unread(_) => None,
    }
}

fn in_object(at: usize, pairs: &[(String, Node)]) -> Option<Given> {
    let scalar = |wanted| {
        let (_, node) = pairs.iter().find(|(name, _)| OptionField::of(name) == Some(wanted))?;
        node.scalar()
    };
    let label = scalar(OptionField::Label).map(|scalar| scalar.text.clone());
    let text = scalar(OptionField::Text).map(|scalar| scalar.text.clone());
    // `{"label": "Paris"}` has no other text than its label.
    let (text, label) = match (text, label) {
        (Some(text), label) => (text, label),
        (None, Some(label)) => (label, None),
        (None, None) => return None,
    };
    let right = scalar(OptionField::Right).map(|scalar| truth(scalar).unwrap_or(false));
    let feedback = scalar(OptionField::Feedback).map(|scalar| scalar.text.trim().to_owned());
    Some(Given { at, text, label, right, feedback: feedback.filter(|text| !text.is_empty()) })
}

/// What is meant by a truth, also where all values are texts.
pub(super) fn truth(scalar: &Scalar) -> Option<bool> {
    match scalar.sort {
        Sort::Truth(truth) => Some(truth),
        Sort::Number | Sort::Text | Sort::Cell => match plain(&scalar.text).as_str() {
            "true" | "yes" | "1" | "x" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
    }
}

fn in_map(pairs: &[(String, Node)]) -> Options {
    let lettered = pairs.iter().all(|(name, _)| letter(name).is_some());
    let mut all = Vec::new();
    for (place, (name, node)) in pairs.iter().enumerate() {
        let Some(found) = given(node) else {
            return Options::Unreadable(node.at, "an option that is neither a text nor an object");
        };
        let expected = u8::try_from(place).map_or('?', |place| char::from(b'a'.saturating_add(place)));
        if lettered && letter(name) != Some(expected) {
            return Options::OutOfOrder(node.at, expected.to_ascii_uppercase(), name.clone());
        }
        all.push(Given { label: Some(name.clone()), ..found });
    }
    Options::Given(all)
}

fn letter(name: &str) -> Option<char> {
    let mut signs = name.trim().chars();
    let letter = signs.next().filter(char::is_ascii_alphabetic)?.to_ascii_lowercase();
    signs.next().is_none().then_some(letter)
}

/// Several options in one cell: a line each, or with `|` or `;` between them.
fn in_cell(at: usize, cell: &str) -> Vec<Given> {
    let separator = ['|', '\n', ';'].into_iter().find(|sign| cell.contains(*sign));
    let parts = cell.split(|sign| Some(sign) == separator).map(str::trim);
    parts.map(|text| Given { at, text: text.to_owned(), label: None, right: None, feedback: None }).collect()
}

/// A column each. The last ones may be empty; a gap is not.
fn in_columns(entry: &Entry<'_>) -> Options {
    let mut columns: Vec<(u8, &Node)> = entry.options().collect();
    columns.sort_by_key(|(place, _)| *place);
    columns.retain(|(_, node)| node.value != Value::Nothing);
    let mut all = Vec::new();
    for (expected, (place, node)) in columns.into_iter().enumerate() {
        let Some(found) = given(node) else {
            return Options::Unreadable(node.at, "an option that is neither a text nor an object");
        };
        if usize::from(place) != expected {
            let letter = |place: u8| char::from(b'A'.saturating_add(place));
            let expected = u8::try_from(expected).map_or('?', letter);
            return Options::OutOfOrder(node.at, expected, letter(place).to_string());
        }
        all.push(found);
    }
    if all.is_empty() { Options::None } else { Options::Given(all) }
}

fn right_and_wrong(entry: &Entry<'_>, wrong: &Node) -> Options {
    let right = entry.all(Field::Answer).chain(entry.all(Field::Answers));
    let judged = |node: &Node, right: bool| -> Option<Vec<Given>> {
        let judge = |given: Given| Given { right: Some(right), ..given };
        match in_node(node) {
            Options::Given(all) => Some(all.into_iter().map(judge).collect()),
            Options::Unreadable(..) => given(node).map(|given| vec![judge(given)]),
            Options::None | Options::OutOfOrder(..) => None,
        }
    };
    let mut all: Vec<Given> = right.filter_map(|node| judged(node, true)).flatten().collect();
    match judged(wrong, false) {
        Some(wrong) => all.extend(wrong),
        None => return Options::Unreadable(wrong.at, "wrong options that cannot be read"),
    }
    Options::Given(all)
}
