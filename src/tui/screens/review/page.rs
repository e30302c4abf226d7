//! A question's texts, read once when it is asked and laid out at every drawing.

use crate::{
    domain::{deck::DeckName, question::Question, session::Asking},
    typeset::{Document, Line, Role, harmless_line},
};

/// The texts of a question.
#[derive(Debug)]
pub(super) struct Page {
    /// Its deck.
    pub(super) deck: String,
    /// Its number, difficulty and topic.
    pub(super) title: Vec<Line>,
    pub(super) stem: Document,
    /// In the order of the screen.
    pub(super) options: Vec<Document>,
    pub(super) explanation: Option<Document>,
}

impl Page {
    pub(super) fn of(deck: &DeckName, asking: &Asking) -> Self {
        let question = &asking.question;
        let options = asking.order.iter().filter_map(|id| question.option(*id));
        let explanation = Some(&question.explanation).filter(|text| !text.trim().is_empty());
        Self {
            deck: harmless_line(&deck.to_string()).into_owned(),
            title: title(question),
            stem: Document::parse(&question.stem),
            options: options.map(|option| Document::option(&option.text)).collect(),
            explanation: explanation.map(|text| Document::parse(text)),
        }
    }
}

impl Default for Page {
    fn default() -> Self {
        let nothing = Document::inline("");
        Self { deck: String::new(), title: Vec::new(), stem: nothing, options: Vec::new(), explanation: None }
    }
}

fn title(question: &Question) -> Vec<Line> {
    let plain = |text: &str| Line::of(harmless_line(text), Role::Plain);
    let number = question.number.as_ref().map(|number| plain(&format!("Q{number}")));
    let difficulty = question.difficulty.as_ref().map(|word| plain(&capitalised(word)));
    let category = question.category.as_ref().map(|word| plain(word));
    let topic = Some(&question.topic).filter(|topic| !topic.is_empty());
    let topic = topic.map(|topic| Document::inline(topic).one_line());
    [number, difficulty, category, topic].into_iter().flatten().collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.into_iter().chain([letters.as_str().to_owned()]).collect()
}
