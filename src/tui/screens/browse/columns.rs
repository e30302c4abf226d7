//! The columns of the list: as many as there is room for, that by which it is sorted among them.

use ratatui::text::{Line, Span};

use crate::{
    app::{Found, Order, SortKey},
    domain::{
        card::Hold,
        scheduler::Memory,
        time::{Days, StudyDay},
    },
    tui::{
        look::{Look, fit},
        symbols,
        theme::Part,
    },
    typeset::{Document, columns, harmless_line},
};

/// The question keeps at least so many columns.
const LEAST_TEXT: usize = 20;
/// The pointer, the mark and the flag before each card.
const SIGNS: usize = 5;
/// Columns beside the question and its number, those first that matter most.
const OTHERS: [(SortKey, &str, usize); 7] = [
    (SortKey::Due, "due", 10),
    (SortKey::Interval, "interval", 9),
    (SortKey::Lapses, "lapses", 7),
    (SortKey::Deck, "deck", 20),
    (SortKey::Seen, "answered", 11),
    (SortKey::Ease, "ease", 6),
    (SortKey::Difficulty, "difficulty", 13),
];

/// The columns of a list of some width.
#[derive(Debug)]
pub(super) struct Columns {
    order: Order,
    number: usize,
    text: usize,
    others: Vec<(SortKey, &'static str, usize)>,
}

/// How a card stands in the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub selected: bool,
    pub marked: bool,
}

impl Columns {
    pub(super) fn of(width: usize, order: Order) -> Self {
        let number = if width < 44 { 7 } else { 9 };
        let mut left = width.saturating_sub(SIGNS + number + LEAST_TEXT);
        let mut others = Vec::new();
        let (sorted, rest): (Vec<_>, Vec<_>) = OTHERS.into_iter().partition(|(key, ..)| *key == order.key);
        for column in sorted.into_iter().chain(rest) {
            if column.2 < left {
                left -= column.2;
                others.push(column);
            }
        }
        let place = |column: &(SortKey, &str, usize)| OTHERS.iter().position(|other| other.0 == column.0);
        others.sort_by_key(place);
        Self { order, number, text: left + LEAST_TEXT, others }
    }

    pub(super) fn headings(&self, look: &Look) -> Line<'static> {
        let mut line = Line::from(Span::raw(" ".repeat(SIGNS)));
        let text = if self.order.key == SortKey::Topic {
            (SortKey::Topic, "topic")
        } else {
            (SortKey::Added, "question")
        };
        line.push_span(self.heading(SortKey::Question, "number", self.number, look));
        line.push_span(self.heading(text.0, text.1, self.text, look));
        for (key, name, width) in &self.others {
            line.push_span(self.heading(*key, name, *width, look));
        }
        line
    }

    fn heading(&self, key: SortKey, name: &str, width: usize, look: &Look) -> Span<'static> {
        let is_sorted = key == self.order.key && key != SortKey::Added;
        let sign = if self.order.is_descending { symbols::MORE_BELOW } else { symbols::MORE_ABOVE };
        let words = if is_sorted { format!("{name} {sign}") } else { name.to_owned() };
        let words = fit(&words, width.saturating_sub(1)).into_owned();
        let blanks = " ".repeat(width.saturating_sub(columns(&words)));
        look.span(format!("{words}{blanks}"), if is_sorted { Part::Title } else { Part::Faint })
    }

    pub(super) fn row(
        &self,
        found: &Found,
        standing: Standing,
        today: StudyDay,
        look: &Look,
    ) -> Line<'static> {
        let pointer = if standing.selected { symbols::POINTER } else { " " };
        let mark = if standing.marked { symbols::MARKED } else { " " };
        let flag = if found.state.flagged { symbols::FLAG } else { " " };
        let mut line = Line::from(vec![
            look.span(format!("{pointer} "), Part::Letter),
            look.span(mark, Part::Key),
            look.span(format!("{flag} "), Part::Warning),
        ]);
        let number = found.number.as_ref().map_or_else(|| "–".to_owned(), |number| format!("Q{number}"));
        let set_aside = found.is_retired || found.state.is_held(today);
        let part = if set_aside { Part::Faint } else { Part::Text };
        line.push_span(cell(&number, self.number, Part::Faint, look));
        line.push_span(cell(&self.asked(found), self.text, part, look));
        for (key, _, width) in &self.others {
            let (words, part) = told(*key, found, today);
            line.push_span(cell(&words, *width, part, look));
        }
        line
    }

    /// Sorted by topic the list shows topics, otherwise what is asked.
    fn asked(&self, found: &Found) -> String {
        let first_line =
            || found.stem.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let text = if self.order.key == SortKey::Topic { &found.topic } else { first_line() };
        Document::inline(text).one_line().plain()
    }
}

fn cell(words: &str, width: usize, part: Part, look: &Look) -> Span<'static> {
    let words = fit(&harmless_line(words), width.saturating_sub(1)).into_owned();
    let blanks = " ".repeat(width.saturating_sub(columns(&words)));
    look.span(format!("{words}{blanks}"), part)
}

fn told(key: SortKey, found: &Found, today: StudyDay) -> (String, Part) {
    let schedule = found.state.schedule;
    let or_none =
        |words: Option<String>, part| words.map_or(("·".to_owned(), Part::Border), |words| (words, part));
    match key {
        SortKey::Due => due(found, today),
        SortKey::Interval => or_none(schedule.map(|schedule| schedule.interval.to_string()), Part::Text),
        SortKey::Lapses => match found.state.lapses() {
            0 => or_none(None, Part::Text),
            lapses if found.state.is_leech() => (format!("{lapses} leech"), Part::Warning),
            lapses => (lapses.to_string(), Part::Text),
        },
        SortKey::Deck => (found.deck.chapter.clone(), Part::Faint),
        SortKey::Seen => or_none(schedule.map(|schedule| ago(today.since(schedule.answered))), Part::Faint),
        SortKey::Ease => {
            let ease = schedule.and_then(|schedule| match schedule.memory {
                Memory::Sm2 { ease } => Some(ease.to_string()),
                Memory::Fsrs(_) => None,
            });
            or_none(ease, Part::Text)
        }
        SortKey::Difficulty => or_none(found.difficulty.clone(), Part::Faint),
        SortKey::Added | SortKey::Question | SortKey::Topic => (String::new(), Part::Text),
    }
}

/// When it will be asked, in a word or two.
fn due(found: &Found, today: StudyDay) -> (String, Part) {
    let said = |words: &str, part| (words.to_owned(), part);
    if found.state.deleted {
        return said("deleted", Part::Wrong);
    }
    if found.is_retired {
        return said("retired", Part::Faint);
    }
    match (found.state.hold, found.state.schedule) {
        (Hold::Suspended, _) => said("suspended", Part::Warning),
        (Hold::Buried(until), _) if today < until => said("buried", Part::Warning),
        (_, None) => said("new", Part::New),
        (_, Some(schedule)) if schedule.due < today => {
            (format!("{} late", today.since(schedule.due)), Part::Due)
        }
        (_, Some(schedule)) if schedule.due == today => said("today", Part::Due),
        (_, Some(schedule)) => (format!("in {}", schedule.due.since(today)), Part::Text),
    }
}

fn ago(days: Days) -> String {
    match days {
        Days(0) => "today".to_owned(),
        Days(_) => format!("{days} ago"),
    }
}
