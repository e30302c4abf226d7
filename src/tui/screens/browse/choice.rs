//! A short list of answers to one question, over the list of cards.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use crate::{
    app::{Deed, SortKey},
    domain::{deck::DeckName, ids::CardId},
    tui::{
        look::{Look, fit},
        model::Drawn,
        screens::window,
        symbols,
        theme::Part,
        widgets::{list::List, pane::Pane},
    },
    typeset::{counted, harmless_line},
};

/// A question and its answers.
#[derive(Debug)]
pub(super) struct Choice {
    pub title: String,
    /// What is to be known first.
    pub said: String,
    pub answers: Vec<(String, Answer)>,
    pub selected: usize,
}

/// What an answer means.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// Nothing is done.
    Nothing,
    /// The list has another order.
    Sort(SortKey),
    /// Something is done to the cards.
    Do(Vec<CardId>, Deed),
    /// The cards are studied.
    Study { cards: Vec<CardId>, practice: bool },
}

impl Choice {
    /// In what order the list is.
    pub(super) fn order(present: SortKey) -> Self {
        let answers = SortKey::ALL.map(|key| (key.label().to_owned(), Answer::Sort(key))).into();
        let selected = SortKey::ALL.iter().position(|key| *key == present).unwrap_or_default();
        Self { title: "Sort by".to_owned(), said: String::new(), answers, selected }
    }

    /// Whether the cards are deleted.
    pub(super) fn deletion(cards: Vec<CardId>) -> Self {
        let told = counted(cards.len(), "card");
        let said = "They are not asked, listed or counted any more, also when their chapter is imported again, \
                    which then says so. Their answers stay in the log. u takes it back, and r brings back what \
                    is:deleted finds.";
        let answers = vec![
            ("Keep them".to_owned(), Answer::Nothing),
            (format!("Delete {told} for good"), Answer::Do(cards, Deed::Delete)),
        ];
        Self { title: format!("Delete {told} for good?"), said: said.to_owned(), answers, selected: 0 }
    }

    /// Where the cards go.
    pub(super) fn deck(cards: &[CardId], decks: &[DeckName]) -> Self {
        let said = "They are studied there. What their chapter says of them is still imported.".to_owned();
        let answer = |deck: &DeckName| {
            (
                harmless_line(&deck.to_string()).into_owned(),
                Answer::Do(cards.to_vec(), Deed::Move(deck.clone())),
            )
        };
        let answers = decks.iter().map(answer).collect();
        Self { title: format!("Move {} to", counted(cards.len(), "card")), said, answers, selected: 0 }
    }

    /// How the cards are studied.
    pub(super) fn study(cards: Vec<CardId>) -> Self {
        let title = format!("Study {} now", counted(cards.len(), "card"));
        let answers = vec![
            (
                "Ahead of time: the answers count, and set new dates".to_owned(),
                Answer::Study { cards: cards.clone(), practice: false },
            ),
            ("For practice: the schedule stays as it is".to_owned(), Answer::Study { cards, practice: true }),
        ];
        Self { title, said: String::new(), answers, selected: 0 }
    }

    pub(super) fn draw(&self, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
        let width = window::text_width(area);
        let mut above = look.wrapped(&self.said, width, 0, Part::Text);
        if self.said.is_empty() {
            above.clear();
        } else {
            above.push(Line::default());
        }
        let window = window::area(area, above.len() + self.answers.len());
        let room = usize::from(Pane::text_width(window.width)).saturating_sub(2);
        let list = List {
            title: look.line(self.title.clone(), Part::Title),
            above,
            rows: self.answers.len(),
            selected: self.selected,
            offset: drawn.main.offset,
        };
        let row = |nth: usize| {
            let pointer = if nth == self.selected { symbols::POINTER } else { " " };
            let words = fit(&self.answers[nth].0, room).into_owned();
            Line::from(vec![look.span(format!("{pointer} "), Part::Letter), look.span(words, Part::Text)])
        };
        drawn.targets.clear();
        list.draw(row, window, page, look, drawn);
    }
}
