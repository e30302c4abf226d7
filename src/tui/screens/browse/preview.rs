//! One card as the list shows it beside itself: what it asks, the right answer, why, where it stands in the
//! schedule, and what has been done to it.

use ratatui::text::Line;

use crate::{
    domain::{ids::CardId, review_log::Event, time::StudyDay},
    tui::{
        look::Look,
        screens::{
            card,
            review::{Asked, page::Page},
        },
        theme::Part,
        widgets::options::{self, Mark, Shown},
    },
};

/// A card to be looked at, as it comes from the program. Its options are in the author's order.
#[derive(Debug)]
pub struct Seen {
    /// The card.
    pub asked: Asked,
    /// The chance of recall today, where its scheduler tells one.
    pub recalled: Option<f64>,
    /// Its events, oldest first.
    pub history: Vec<Event>,
    /// The day.
    pub today: StudyDay,
}

/// Its texts, read once and laid out at every drawing.
#[derive(Debug)]
pub(super) struct Preview {
    card: CardId,
    page: Page,
    marks: Vec<Mark>,
    rows: Vec<(String, String)>,
}

impl Preview {
    pub(super) fn new(seen: Seen) -> Self {
        let asking = &seen.asked.asking;
        let is_key = |id| asking.question.keys().contains(id);
        let mark = |id| if is_key(id) { Mark::Right } else { Mark::Open };
        Self {
            card: asking.card,
            page: Page::of(&seen.asked.deck, asking),
            marks: asking.order.iter().map(mark).collect(),
            rows: card::rows(&seen.asked, seen.recalled, &seen.history, seen.today),
        }
    }

    pub(super) fn card(&self) -> CardId {
        self.card
    }

    pub(super) fn title(&self, look: &Look) -> Line<'static> {
        self.page.title_line(look)
    }

    pub(super) fn lines(&self, width: u16, look: &Look) -> Vec<Line<'static>> {
        let mut lines = look.document(&self.page.stem, width);
        let shown: Vec<Shown<'_>> = self
            .page
            .options
            .iter()
            .zip(&self.marks)
            .map(|(text, mark)| Shown { text, mark: *mark, chosen: None, selected: false })
            .collect();
        if !shown.is_empty() {
            lines.push(Line::default());
            lines.extend(options::lay_out(&shown, width, look).lines);
        }
        if let Some(explanation) = &self.page.explanation {
            lines.push(Line::default());
            lines.push(look.line("Explanation", Part::Title));
            lines.extend(look.document(explanation, width));
        }
        lines.push(Line::default());
        lines.push(look.line("Schedule", Part::Title));
        lines.extend(self.rows.iter().flat_map(|row| card::row_lines(row, width, look)));
        lines
    }
}
