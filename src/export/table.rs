//! Questions as a table with a head. It has no room for the title and the topics of a chapter.

use csv::WriterBuilder;

use super::json::Order;
use crate::domain::{ids::OptionId, question::Question};

pub(super) fn document(questions: &[Question]) -> String {
    let widest = questions.iter().map(|question| question.options().len()).max().unwrap_or_default();
    let letters: Vec<char> = ('a'..='z').take(widest).collect();
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut head: Vec<String> =
        ["number", "difficulty", "category", "topic", "question"].map(str::to_owned).into();
    head.extend(letters.iter().map(|letter| format!("option_{letter}")));
    head.extend(["answer", "explanation", "fixed_order", "pinned_last"].map(str::to_owned));
    writer.write_record(&head).expect("memory can be written");
    for question in questions {
        writer.write_record(row(question, widest)).expect("every row has as many cells as the head");
    }
    let bytes = writer.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("cells are text")
}

fn row(question: &Question, widest: usize) -> Vec<String> {
    let Question { number, difficulty, category, topic, stem, explanation, .. } = question;
    let order = Order::of(question);
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut row = vec![said(number), said(difficulty), said(category), topic.clone(), stem.clone()];
    let mut options: Vec<String> = question.options().iter().map(|option| option.text.clone()).collect();
    options.resize(widest, String::new());
    row.extend(options);
    let letters: Vec<String> =
        question.keys().iter().map(|key| letter_of(question, *key).to_string()).collect();
    row.extend(match question.is_recall() {
        true => [explanation.clone(), String::new()],
        false => [letters.join(", "), explanation.clone()],
    });
    row.push(order.fixed_order.map(|fixed| fixed.to_string()).unwrap_or_default());
    row.push(order.pinned_last.map(|pinned| pinned.to_string()).unwrap_or_default());
    row
}

/// The letter of an option by its place.
pub(super) fn letter_of(question: &Question, id: OptionId) -> char {
    let options = ('A'..='Z').zip(question.options());
    options.into_iter().find(|(_, option)| option.id == id).map_or('?', |(letter, _)| letter)
}
