//! The options of a question in all the ways in which data gives them: a list of texts, a list of objects,
//! a map from letters, a column for each, or the right ones and the wrong ones apart.

use super::{
    Name, Node, Scalar, Sort, Value,
    entry::Entry,
    fields::{Field, OptionField, place, plain},
};
use crate::import::lines::{Label, any_label};

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

impl AsRef<str> for Given {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// The options of a question, or why there are none that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Options {
    /// Nothing speaks of options.
    None,
    Given(Vec<Given>),
    Flawed(Flaw),
}

/// Why options cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Other options are given here than there.
    Twice(usize, usize),
    /// The letters leave one out, or come in another order: the expected one, the one found.
    OutOfOrder(usize, char, String),
    /// An option says of itself neither that it is right nor that it is wrong.
    Unjudged(usize, String),
    Unreadable(usize, &'static str),
}

impl Options {
    pub fn of(entry: &Entry<'_>) -> Self {
        let mut blocks = blocks(entry).into_iter();
        let wrong = entry.said(Field::Distractors).next();
        let (first_at, given) = match (blocks.next(), wrong) {
            (Some(first), _) => first,
            (None, Some(wrong)) => (wrong.at, right_and_wrong(entry)),
            (None, None) => return Self::None,
        };
        let given = match given {
            Ok(given) => given,
            Err(flaw) => return Self::Flawed(flaw),
        };
        let differs =
            |block: &Result<Vec<Given>, Flaw>| !block.as_ref().is_ok_and(|block| agree(block, &given));
        match blocks.find(|(_, block)| differs(block)) {
            Some((at, _)) => Self::Flawed(Flaw::Twice(at, first_at)),
            None => Self::Given(without_letters(given)),
        }
    }
}

/// All that gives options, each with its place. Several blocks are one when they say the same.
fn blocks(entry: &Entry<'_>) -> Vec<(usize, Result<Vec<Given>, Flaw>)> {
    let lists =
        entry.said(Field::Options).chain(entry.said(Field::Answers).filter(|node| entry.is_options(node)));
    let mut blocks: Vec<_> = lists.map(|node| (node.at, in_node(node))).collect();
    let first_column = entry.options().map(|(_, node)| node.at).min();
    blocks.extend(first_column.map(|at| (at, in_columns(entry))));
    blocks
}

fn agree(these: &[Given], those: &[Given]) -> bool {
    these.iter().map(Given::said).eq(those.iter().map(Given::said))
}

/// Options whose texts carry their own letters, all of them and in order, without these: the letters would
/// be shown behind others.
fn without_letters(given: Vec<Given>) -> Vec<Given> {
    let labels: Option<Vec<Label<'_>>> = given.iter().map(|given| any_label(&given.text)).collect();
    let Some(labels) = labels.filter(|labels| labels.len() > 1) else { return given };
    let style = labels[0].style;
    let in_order = (0_u8..).zip(&labels).all(|(place, label)| label.letter == place && label.style == style);
    if !in_order || labels.iter().any(|label| label.text.is_empty()) {
        return given;
    }
    let texts: Vec<String> = labels.iter().map(|label| label.text.to_owned()).collect();
    given.into_iter().zip(texts).map(|(given, text)| Given { text, ..given }).collect()
}

impl Given {
    pub fn new(at: usize, text: &str) -> Self {
        Self { at, text: text.to_owned(), label: None, right: None, feedback: None }
    }

    /// All that it says, wherever it stands.
    fn said(&self) -> (&str, Option<&str>, Option<bool>, Option<&str>) {
        (&self.text, self.label.as_deref(), self.right, self.feedback.as_deref())
    }
}

fn in_node(node: &Node<'_>) -> Result<Vec<Given>, Flaw> {
    match &node.value {
        Value::Nothing => Ok(Vec::new()),
        Value::List(items) => items.iter().map(given).collect(),
        Value::Fields(pairs) => side_by_side(node.at, pairs).unwrap_or_else(|| in_map(pairs)),
        Value::Scalar(scalar) if scalar.sort == Sort::Cell => Ok(in_cell(node.at, &scalar.text)),
        Value::Scalar(_) => {
            Err(Flaw::Unreadable(node.at, "a single value where a list of options was expected"))
        }
        Value::Unread(what) => Err(Flaw::Unreadable(node.at, what)),
        Value::Broken(_) => Err(Flaw::Unreadable(node.at, "something broken")),
    }
}

fn given(node: &Node<'_>) -> Result<Given, Flaw> {
    match &node.value {
        Value::Scalar(scalar) => Ok(Given::new(node.at, &scalar.text)),
        Value::Nothing => Ok(Given::new(node.at, "")),
        Value::Fields(pairs) => in_object(node.at, pairs),
        Value::List(_) | Value::Unread(_) | Value::Broken(_) => Err(neither_text_nor_object(node.at)),
    }
}

fn neither_text_nor_object(at: usize) -> Flaw {
    Flaw::Unreadable(at, "an option that is neither a text nor an object")
}

fn in_object(at: usize, pairs: &[(Name<'_>, Node<'_>)]) -> Result<Given, Flaw> {
    let all = |wanted| {
        let named = pairs.iter().filter(move |(name, _)| OptionField::of(name) == Some(wanted));
        named.map(|(_, node)| node)
    };
    let texts = |wanted| all(wanted).filter_map(Node::scalar).map(|scalar| &*scalar.text);
    let label = texts(OptionField::Label).next();
    // `{"label": "Paris"}` has no other text than its label.
    // `{"value": "a", "label": "Apple"}` is how pages write it: there the label is what people read.
    let is_value = || pairs.iter().any(|(name, _)| plain(name) == "value");
    let is_read = |label: &str| label.trim().chars().nth(1).is_some();
    let (text, label) = match (texts(OptionField::Text).next(), label) {
        (Some(value), Some(label)) if is_read(label) && is_value() => (label, Some(value)),
        (Some(text), label) => (text, label),
        (None, Some(label)) => (label, None),
        (None, None) => return Err(neither_text_nor_object(at)),
    };
    if texts(OptionField::Text).any(|other| other != text && Some(other) != label) {
        return Err(Flaw::Unreadable(at, "an option with two texts"));
    }
    if let Some(unseen) = all(OptionField::Unseen).find(|node| !node.is_empty()) {
        return Err(Flaw::Unreadable(unseen.at, "an option with code, a picture or a sound beside its text"));
    }
    let feedback = texts(OptionField::Feedback).map(str::trim).filter(|said| !said.is_empty());
    let feedback = feedback.collect::<Vec<_>>().join(" ");
    Ok(Given {
        label: label.map(str::to_owned),
        right: judged(all(OptionField::Right))?,
        feedback: Some(feedback).filter(|feedback| !feedback.is_empty()),
        ..Given::new(at, text)
    })
}

/// Whether an option says that it is right; all that it says must agree.
fn judged<'n>(said: impl Iterator<Item = &'n Node<'n>>) -> Result<Option<bool>, Flaw> {
    let mut right = None;
    for node in said.filter(|node| node.value != Value::Nothing) {
        let words = || node.scalar().map_or("no truth", |scalar| &scalar.text).to_owned();
        let truth = node.scalar().and_then(truth).filter(|truth| right.is_none_or(|right| right == *truth));
        right = Some(truth.ok_or_else(|| Flaw::Unjudged(node.at, words()))?);
    }
    Ok(right)
}

/// What is meant by a truth, also where all values are texts.
pub(super) fn truth(scalar: &Scalar<'_>) -> Option<bool> {
    match scalar.sort {
        Sort::Truth(truth) => Some(truth),
        Sort::Number | Sort::Text | Sort::Cell => match plain(&scalar.text).as_str() {
            "true" | "yes" | "t" | "y" | "1" | "x" => Some(true),
            "false" | "no" | "f" | "n" | "0" | "" => Some(false),
            _ => None,
        },
    }
}

/// `{"text": ["…", "…"], "label": ["A", "B"]}`
fn side_by_side(at: usize, pairs: &[(Name<'_>, Node<'_>)]) -> Option<Result<Vec<Given>, Flaw>> {
    let list = |wanted| {
        pairs.iter().find_map(|(name, node)| match &node.value {
            Value::List(items) if OptionField::of(name) == Some(wanted) => Some(items.as_slice()),
            _ => None,
        })
    };
    let texts = list(OptionField::Text)?.iter().map(given).collect::<Result<Vec<Given>, Flaw>>();
    let labels: Option<Vec<&str>> =
        list(OptionField::Label)?.iter().map(|node| Some(&*node.scalar()?.text)).collect();
    let labelled = |(given, label): (Given, &str)| Given { label: Some(label.to_owned()), ..given };
    Some(texts.and_then(
        |texts| match labels.filter(|labels| labels.len() == texts.len() && pairs.len() == 2) {
            Some(labels) => Ok(texts.into_iter().zip(labels).map(labelled).collect()),
            None => Err(Flaw::Unreadable(at, "texts of options without a label for each")),
        },
    ))
}

/// An option by name. The last ones may be nothing.
fn in_map(pairs: &[(Name<'_>, Node<'_>)]) -> Result<Vec<Given>, Flaw> {
    let last = pairs.iter().rposition(|(_, node)| node.value != Value::Nothing);
    let pairs = &pairs[..last.map_or(0, |last| last + 1)];
    let lettered = pairs.iter().all(|(name, _)| letter(name).is_some());
    let mut all = Vec::new();
    for (place, (name, node)) in pairs.iter().enumerate() {
        let found = given(node)?;
        let expected = u8::try_from(place).map_or('?', |place| char::from(b'a'.saturating_add(place)));
        if lettered && letter(name) != Some(expected) {
            return Err(Flaw::OutOfOrder(node.at, expected.to_ascii_uppercase(), name.to_string()));
        }
        all.push(Given { label: Some(name.to_string()), ..found });
    }
    Ok(all)
}

fn letter(name: &str) -> Option<char> {
    let mut signs = name.trim().chars();
    match (signs.next(), signs.next()) {
        (Some(letter), None) => letter.is_ascii_alphabetic().then_some(letter.to_ascii_lowercase()),
        _ => place(name).map(|place| char::from(b'a' + place)),
    }
}

/// Several options in one cell: a line each, or with `|` or `;` between them.
fn in_cell(at: usize, cell: &str) -> Vec<Given> {
    // Where bars end lines, they divide the options.
    let is_barred = cell.lines().any(|line| line.trim().starts_with('|') || line.trim().ends_with('|'));
    let signs = if is_barred { ['|', '\n', ';'] } else { ['\n', '|', ';'] };
    let separator = signs.into_iter().find(|sign| cell.contains(*sign));
    let parts = cell.split(|sign| Some(sign) == separator).map(str::trim);
    parts.map(|text| Given::new(at, text)).collect()
}

/// A column each. The last ones may be empty; a gap is not.
fn in_columns(entry: &Entry<'_>) -> Result<Vec<Given>, Flaw> {
    let mut columns: Vec<(u8, &Node<'_>)> = entry.options().collect();
    columns.sort_by_key(|(place, _)| *place);
    let mut all = Vec::new();
    for (expected, (place, node)) in columns.into_iter().enumerate() {
        let found = given(node)?;
        if usize::from(place) + 1 == expected {
            return Err(Flaw::Twice(node.at, all.last().map_or(node.at, |earlier: &Given| earlier.at)));
        }
        if usize::from(place) != expected {
            let letter = |place: u8| char::from(b'A'.saturating_add(place));
            let expected = u8::try_from(expected).map_or('?', letter);
            return Err(Flaw::OutOfOrder(node.at, expected, letter(place).to_string()));
        }
        all.push(found);
    }
    Ok(all)
}

fn right_and_wrong(entry: &Entry<'_>) -> Result<Vec<Given>, Flaw> {
    let right = entry.said(Field::Answer).chain(entry.said(Field::Answers)).map(|node| (node, true));
    let wrong = entry.said(Field::Distractors).map(|node| (node, false));
    let mut all = Vec::new();
    for (node, is_right) in right.chain(wrong) {
        let found = match &node.value {
            Value::Scalar(scalar) if scalar.sort != Sort::Cell => vec![given(node)?],
            Value::Scalar(_)
            | Value::Nothing
            | Value::List(_)
            | Value::Fields(_)
            | Value::Unread(_)
            | Value::Broken(_) => in_node(node)?,
        };
        all.extend(found.into_iter().map(|given| Given { right: Some(is_right), ..given }));
    }
    Ok(all)
}
