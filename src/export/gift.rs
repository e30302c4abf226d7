//! Questions as Moodle's GIFT. It has no room for the title and the topics of a chapter, for difficulties
//! and categories, for flip cards, and for what is to be done with the order of options.

use crate::domain::question::Question;

pub(super) fn document(questions: &[Question]) -> String {
    questions.iter().map(question).collect::<Vec<_>>().join("\n")
}

fn question(question: &Question) -> String {
    let Question { number, topic, stem, explanation, .. } = question;
    let number = number.as_ref().map(|number| format!("Q{number}"));
    let title = [number.as_deref().unwrap_or_default(), topic].join(" ");
    let title =
        if title.trim().is_empty() { String::new() } else { format!("::{}:: ", escaped(title.trim())) };
    let options: String = question
        .options()
        .iter()
        .map(|option| {
            let mark = mark(question, question.keys().contains(&option.id));
            format!("\t{mark}{}\n", escaped(option.text.trim()))
        })
        .collect();
    let feedback = match explanation.trim() {
        "" => String::new(),
        explanation => format!("\t####{}\n", escaped(explanation)),
    };
    format!("{title}[markdown]{} {{\n{options}{feedback}}}\n", escaped(stem.trim()))
}

/// Several right options share the whole, and each wrong one takes it away.
fn mark(question: &Question, is_right: bool) -> String {
    match (question.has_several_keys(), is_right) {
        (false, true) => "=".to_owned(),
        (false, false) => "~".to_owned(),
        (true, true) => format!("~%{:.5}%", 100.0 / question.keys().len() as f64),
        (true, false) => "~%-100%".to_owned(),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => escaped.push_str("\\n"),
            '\\' | '~' | '=' | '#' | '{' | '}' | ':' => escaped.extend(['\\', sign]),
            _ => escaped.push(sign),
        }
    }
    escaped
}
