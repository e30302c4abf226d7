//! Questions as JSON. Right options are named by their places, which nothing else can be taken for.

use serde::Serialize;

use super::differs_in_order;
use crate::domain::question::{Question, Shuffling};

#[derive(Serialize)]
struct Chapter<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    topics: &'a [String],
    questions: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difficulty: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    topic: &'a str,
    question: &'a str,
    /// Only on a flip card, which could be taken for a question whose options are not read.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answer_index: Vec<usize>,
    /// Only on a flip card.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    explanation: &'a str,
    #[serde(flatten)]
    order: Order,
}

/// What is said about the order of the options, where the importer would decide otherwise.
#[derive(Default, Serialize)]
pub(super) struct Order {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_order: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned_last: Option<u8>,
}

impl Order {
    pub fn of(question: &Question) -> Self {
        match question.shuffling {
            _ if !differs_in_order(question) => Self::default(),
            Shuffling::Free => Self { fixed_order: Some(false), pinned_last: None },
            Shuffling::Locked => Self { fixed_order: Some(true), pinned_last: None },
            Shuffling::PinnedLast(pinned) => Self { fixed_order: None, pinned_last: Some(pinned) },
        }
    }
}

pub(super) fn document(title: &str, topics: &[String], questions: &[Question]) -> String {
    let chapter = Chapter { title, topics, questions: questions.iter().map(Entry::of).collect() };
    let text = serde_json::to_string_pretty(&chapter).expect("texts and numbers are always JSON");
    text + "\n"
}

impl<'a> Entry<'a> {
    fn of(question: &'a Question) -> Self {
        let options = question.options();
        let places = (0..options.len()).filter(|place| question.keys().contains(&options[*place].id));
        let other_side = question.is_recall().then_some(question.explanation.as_str());
        Self {
            number: question.number.as_deref(),
            difficulty: question.difficulty.as_deref(),
            category: question.category.as_deref(),
            topic: &question.topic,
            question: &question.stem,
            kind: other_side.map(|_| "recall"),
            options: options.iter().map(|option| option.text.as_str()).collect(),
            answer_index: places.collect(),
            answer: other_side,
            explanation: if other_side.is_some() { "" } else { &question.explanation },
            order: Order::of(question),
        }
    }
}
