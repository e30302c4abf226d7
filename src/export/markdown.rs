//! Questions as the Markdown of chapters. Writes texts as they are: whether they can be read so is for
//! [`super::prepare`] to find out.

use std::fmt::Write;

use super::{differs_in_order, table::letter_of};
use crate::{
    domain::question::Question,
    import::{Notation, shuffling::directive},
};

pub(super) fn document(title: &str, topics: &[String], questions: &[Question]) -> String {
    let text = chapter(title, topics, questions);
    if Notation::of(&text, "chapter.md") == Notation::Markdown {
        return text;
    }
    format!("<!-- retain: {} -->\n\n{text}", Notation::Markdown.word())
}

fn chapter(title: &str, topics: &[String], questions: &[Question]) -> String {
    let mut text = format!("# {title}\n\n");
    if !topics.is_empty() {
        text.push_str("> **Topics Covered**: ");
        text.push_str(&topics.join(", "));
        text.push_str("\n\n");
    }
    text.push_str("---\n");
    for question in questions {
        text.push('\n');
        push(&mut text, question);
        text.push_str("\n---\n");
    }
    text
}

fn push(text: &mut String, question: &Question) {
    let Question { stem, explanation, .. } = question;
    push_line(text, &format!("{}\n\n{stem}\n", head(question)));
    if question.is_recall() {
        push_line(text, &format!("**Recall:**\n{explanation}"));
        return;
    }
    if differs_in_order(question) {
        push_line(text, &format!("<!-- retain: {} -->\n", directive(question.shuffling)));
    }
    for (letter, option) in ('A'..).zip(question.options()) {
        push_option(text, letter, &option.text);
    }
    let letters: Vec<String> =
        question.keys().iter().map(|key| letter_of(question, *key).to_string()).collect();
    let letters = letters.join(", ");
    // Letters that are also what an option says would be read as unclear.
    let word = if question.options().iter().any(|option| option.text == letters) { "Option " } else { "" };
    push_line(text, &format!("\n**Answer: {word}{letters}**"));
    if !explanation.is_empty() {
        push_line(text, &format!("\n**Explanation:**\n{explanation}"));
    }
}

fn push_line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("text can be written");
}

/// `**Q14.26: Intermediate - [Theory] - [Topic]**`, without what the question does not say.
fn head(question: &Question) -> String {
    let number = question.number.as_deref().unwrap_or_default();
    let Question { difficulty, category, topic, .. } = question;
    let mut tags: Vec<String> = difficulty.iter().cloned().collect();
    tags.extend(category.iter().map(|category| format!("[{category}]")));
    if !topic.is_empty() || !tags.is_empty() {
        tags.push(format!("[{topic}]"));
    }
    if tags.is_empty() {
        return format!("**Q{number}:**");
    }
    format!("**Q{number}: {}**", tags.join(" - "))
}

/// The lines below the first one are indented, which is how they are known to belong to the option.
fn push_option(text: &mut String, letter: char, option: &str) {
    let mut lines = option.split('\n');
    let first = lines.next().unwrap_or_default();
    push_line(text, &format!("{letter}) {first}"));
    for line in lines {
        let indentation = if line.is_empty() { "" } else { "   " };
        push_line(text, &format!("{indentation}{line}"));
    }
}
