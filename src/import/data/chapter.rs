//! The tree of a whole file: a list of questions, or an object with a title, topics and questions.

use std::collections::HashSet;

use super::{
    Node, Value,
    answer::{Base, scalars},
    entry::{Entry, hold_back},
    fields::{ChapterField, Field},
    options::{Given, Options},
};
use crate::{
    domain::question::MOST_OPTIONS,
    import::{Chapter, Kind, Parsed, Problem, places::Places, reading::Reading, split_topics, stem_of},
};

pub(super) fn read(tree: &Node, places: &Places<'_>, file_name: &str) -> Parsed {
    let mut reading = Reading::default();
    let (chapter, nodes) = parts(tree, file_name);
    let entries: Vec<(&Node, Option<Entry<'_>>)> =
        nodes.into_iter().map(|node| (node, Entry::of(node).filter(Entry::is_question))).collect();
    let options: Vec<Options> =
        entries.iter().map(|(_, entry)| entry.as_ref().map_or(Options::None, Options::of)).collect();
    let base = base(&entries, &options);
    let mut names = HashSet::new();
    for ((node, entry), options) in entries.iter().zip(&options) {
        match entry {
            Some(entry) => entry.read(options, base, places, &mut reading),
            None => hold_back(node, places, &mut reading),
        }
        let unknown = entry.iter().flat_map(|entry| &entry.unknown);
        reading.problems.extend(unknown.filter(|(name, _)| names.insert(*name)).map(|(name, at)| {
            let at = places.at(*at);
            let message = format!("the field “{name}” is not read");
            Problem::new(Kind::UnknownField, at.line, at.column, message)
        }));
    }
    reading.finish(chapter)
}

impl Entry<'_> {
    /// Whether anything in it is known; what is not is no question at all.
    fn is_question(&self) -> bool {
        self.says(&[Field::Stem, Field::Topic]) || self.numbers().len() == 1
    }
}

fn base(entries: &[(&Node, Option<Entry<'_>>)], options: &[Options]) -> Base {
    let pairs = entries.iter().zip(options).filter_map(|((_, entry), options)| match options {
        Options::Given(given) if given.len() <= MOST_OPTIONS => Some((entry.as_ref()?, given.as_slice())),
        Options::Given(_) | Options::None | Options::Flawed(_) => None,
    });
    let answers: Vec<(&super::Scalar, &[Given])> = pairs
        .flat_map(|(entry, given)| entry.numbers().into_iter().map(move |answer| (answer, given)))
        .collect();
    Base::of(answers.into_iter())
}

/// What the file says about itself, and its questions.
fn parts<'n>(tree: &'n Node, file_name: &str) -> (Chapter, Vec<&'n Node>) {
    let mut chapter = Chapter { title: stem_of(file_name).to_owned(), topics: Vec::new() };
    let pairs = match &tree.value {
        Value::List(items) => return (chapter, items.iter().collect()),
        Value::Fields(pairs) => pairs,
        Value::Nothing => return (chapter, Vec::new()),
        Value::Scalar(_) | Value::Unread(_) | Value::Broken(_) => return (chapter, vec![tree]),
    };
    let mut questions = Vec::new();
    let mut has_list = false;
    for (name, node) in pairs {
        match (ChapterField::of(name), &node.value) {
            (Some(ChapterField::Questions), Value::List(items)) => {
                has_list = true;
                questions.extend(items);
            }
            (Some(ChapterField::Title), Value::Scalar(title)) if !title.text.trim().is_empty() => {
                chapter.title = title.text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            (Some(ChapterField::Topics), _) => chapter.topics = topics(node),
            _ => {}
        }
    }
    if has_list { (chapter, questions) } else { (chapter, vec![tree]) }
}

/// A list of topics, or a text with commas between them.
fn topics(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Scalar(scalar) => split_topics(&scalar.text),
        Value::List(_) => scalars(node).into_iter().map(|scalar| scalar.text.trim().to_owned()).collect(),
        Value::Nothing | Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => Vec::new(),
    }
}
