//! A question's texts, read once when it is asked and laid out at every drawing.

use ratatui::text::Span;

use crate::{
    domain::{deck::DeckName, question::Question, session::Asking},
    tui::{look::Look, symbols, theme::Part},
    typeset::{Document, Line, Role, harmless_line},
};

/// The texts of a question.
#[derive(Debug)]
pub(in crate::tui::screens) struct Page {
    /// Its deck.
    pub(in crate::tui::screens) deck: String,
    /// Its number, difficulty and topic.
    pub(in crate::tui::screens) title: Vec<Line>,
    pub(in crate::tui::screens) stem: Document,
    /// In the order of the screen.
    pub(in crate::tui::screens) options: Vec<Document>,
    pub(in crate::tui::screens) explanation: Option<Document>,
}

impl Page {
    pub(in crate::tui::screens) fn of(deck: &DeckName, asking: &Asking) -> Self {
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

    /// `Q14.26 · Intermediate · __slots__`
    pub(in crate::tui::screens) fn title_line(&self, look: &Look) -> ratatui::text::Line<'static> {
        let mut title = ratatui::text::Line::default();
        for (nth, part) in self.title.iter().enumerate() {
            if nth > 0 {
                title.push_span(look.span(symbols::BETWEEN, Part::Border));
            }
            for span in look.typeset(part.clone()).spans {
                let style = look.part(Part::Title).patch(span.style);
                title.push_span(Span::styled(span.content, style));
            }
        }
        title
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
