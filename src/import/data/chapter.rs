//! The tree of a whole file: a list of questions, or an object with a title, topics and questions.

use std::collections::HashSet;

use super::{
    Node, Scalar, Value,
    answer::{Base, scalars},
    entry::{Entry, hold_back},
    fields::{ChapterField, Field},
    options::{Given, Options},
};
use crate::{
    domain::question::MOST_OPTIONS,
    import::{
        Chapter, Kind, MOST_QUESTIONS, Parsed, Problem, places::Places, reading::Reading, split_topics,
        stem_of, too_many_questions,
    },
};

pub(super) fn read(tree: &Node<'_>, places: &Places<'_>, file_name: &str) -> Parsed {
    let (chapter, nodes) = parts(tree, file_name);
    if nodes.len() > MOST_QUESTIONS {
        return too_many_questions(file_name);
    }
    let base = Base::of(nodes.iter().filter_map(|node| counted(node)));
    let mut reading = Reading::default();
    let mut names = HashSet::new();
    for node in nodes {
        let Some(entry) = Entry::of_question(node) else {
            hold_back(node, places, &mut reading);
            continue;
        };
        entry.read(&Options::of(&entry), base, places, &mut reading);
        let unknown = entry.unknown.into_iter();
        reading.problems.extend(unknown.filter(|(name, _)| names.insert(*name)).map(|(name, node)| {
            let at = places.at(node.at);
            let message = format!("the field “{name}” is not read");
            Problem::new(Kind::UnknownField, at.line, at.column, message)
        }));
    }
    reading.finish(chapter)
}

impl<'n> Entry<'n> {
    /// The fields of a node in which anything is known; what is not is no question at all.
    fn of_question(node: &'n Node<'n>) -> Option<Self> {
        let is_question =
            |entry: &Self| entry.says(&[Field::Stem, Field::Topic]) || entry.numbers().len() == 1;
        Self::of(node).filter(is_question)
    }
}

/// The answers of a question that may count its options, and these.
fn counted<'n>(node: &'n Node<'n>) -> Option<(Vec<&'n Scalar<'n>>, Vec<Given>)> {
    let entry = Entry::of_question(node)?;
    let answers = entry.numbers();
    if answers.iter().all(|answer| answer.wholes().is_empty()) {
        return None;
    }
    match Options::of(&entry) {
        Options::Given(given) if given.len() <= MOST_OPTIONS => Some((answers, given)),
        Options::Given(_) | Options::None | Options::Flawed(_) => None,
    }
}

/// What the file says about itself, and its questions.
fn parts<'n>(tree: &'n Node<'n>, file_name: &str) -> (Chapter, Vec<&'n Node<'n>>) {
    let mut chapter = Chapter { title: stem_of(file_name).to_owned(), topics: Vec::new() };
    let pairs = match &tree.value {
        Value::List(items) => return (chapter, items.iter().collect()),
        Value::Fields(pairs) => pairs,
        Value::Nothing => return (chapter, Vec::new()),
        Value::Scalar(_) | Value::Unread(_) | Value::Broken(_) => return (chapter, vec![tree]),
    };
    // `{"quiz": {"title": …, "questions": […]}}`
    if let [(name, inner)] = pairs.as_slice()
        && ChapterField::of(name) == Some(ChapterField::Quiz)
        && matches!(inner.value, Value::Fields(_))
    {
        return parts(inner, file_name);
    }
    let mut questions = Vec::new();
    let mut has_list = false;
    for (name, node) in pairs {
        match (ChapterField::of(name), &node.value) {
            (Some(ChapterField::Questions | ChapterField::Quiz), Value::List(items)) => {
                has_list = true;
                questions.extend(items);
            }
            (Some(ChapterField::Title | ChapterField::Quiz), Value::Scalar(title))
                if !title.text.trim().is_empty() =>
            {
                chapter.title = title.text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            (Some(ChapterField::Topics), _) => chapter.topics = topics(node),
            _ => {}
        }
    }
    if has_list { (chapter, questions) } else { (chapter, vec![tree]) }
}

/// A list of topics, or a text with commas between them.
fn topics(node: &Node<'_>) -> Vec<String> {
    match &node.value {
        Value::Scalar(scalar) => split_topics(&scalar.text),
        Value::List(_) => scalars(node).into_iter().map(|scalar| scalar.text.trim().to_owned()).collect(),
        Value::Nothing | Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => Vec::new(),
    }
}
