//! Whether a question that was read is the one that was written, as far as its notation has room for it.
//! The identities of options are this collection's own and are never written.

use super::Format;
use crate::domain::question::Question;

pub(super) fn is_kept(format: Format, written: &Question, read: &Question) -> bool {
    match format {
        Format::Markdown | Format::Json => {
            labels(written) == labels(read)
                && texts(written) == texts(read)
                && is_ordered_alike(written, read)
        }
        Format::Csv => {
            trimmed(labels(written)) == trimmed(labels(read))
                && trimmed(texts(written)) == trimmed(texts(read))
                && is_ordered_alike(written, read)
        }
        Format::Gift => {
            written.number == read.number
                && written.topic.trim() == read.topic
                && trimmed(texts(written)) == trimmed(texts(read))
        }
    }
}

/// A flip card has no options that could be shuffled.
fn is_ordered_alike(written: &Question, read: &Question) -> bool {
    written.shuffling == read.shuffling || written.is_recall()
}

fn labels(question: &Question) -> Vec<&str> {
    let Question { number, difficulty, category, topic, .. } = question;
    let labels = [number.as_deref(), difficulty.as_deref(), category.as_deref(), Some(topic.as_str())];
    labels.into_iter().map(Option::unwrap_or_default).collect()
}

/// The texts of a question, each right option with a mark of its own.
fn texts(question: &Question) -> Vec<&str> {
    let options = question.options().iter().flat_map(|option| {
        let mark = if question.keys().contains(&option.id) { "right" } else { "wrong" };
        [mark, option.text.as_str()]
    });
    [question.stem.as_str(), question.explanation.as_str()].into_iter().chain(options).collect()
}

fn trimmed(texts: Vec<&str>) -> Vec<&str> {
    texts.into_iter().map(str::trim).collect()
}
