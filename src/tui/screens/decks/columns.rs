//! The columns of the list of decks: the name takes what the numbers leave, and narrow lists say less.

use ratatui::text::{Line, Span};

use super::{Model, day_in_words};
use crate::{
    domain::{deck::Scope, stats::Standing},
    tui::{
        look::{Look, fit},
        symbols,
        theme::Part,
    },
    typeset::columns,
};

/// Narrower lists say less.
const WIDE_FROM: usize = 56;
/// From here on a list says how each deck stands, too.
const ROOMY_FROM: usize = 100;

struct Widths {
    name: usize,
    number: usize,
    /// Nothing where there is no room to say how many cards were seen.
    seen: usize,
    /// Nothing where there is no room to say how decks stand.
    retention: usize,
    next_due: usize,
}

impl Widths {
    fn of(width: usize) -> Self {
        let (number, seen) = if width < WIDE_FROM { (6, 0) } else { (9, 13) };
        let (retention, next_due) = if have_room_for_standings(width) { (11, 13) } else { (0, 0) };
        let name = width.saturating_sub(3 * number + seen + retention + next_due);
        Self { name, number, seen, retention, next_due }
    }
}

/// Whether so wide a list says how decks stand.
pub(super) fn have_room_for_standings(width: usize) -> bool {
    width >= ROOMY_FROM
}

pub(super) fn headings(width: usize, look: &Look) -> Line<'static> {
    let Widths { name, number, seen, retention, next_due } = Widths::of(width);
    let learning = if seen == 0 { "learn" } else { "learning" };
    let mut line = format!("{:name$}{:>number$}{learning:>number$}{:>number$}", "", "due", "new");
    if seen > 0 {
        line.push_str(&format!("{:>seen$}", "seen"));
    }
    if retention > 0 {
        line.push_str(&format!("{:>retention$}{:>next_due$}", "retention", "next due"));
    }
    look.line(line, Part::Faint)
}

pub(super) fn row_line(model: &Model, nth: usize, width: usize, look: &Look) -> Line<'static> {
    let Widths { name: room, number: digits, seen, retention, .. } = Widths::of(width);
    let row = &model.rows[nth];
    let pointer = if nth == model.selected { symbols::POINTER } else { " " };
    let is_book = matches!(row.scope, Scope::Book(_));
    let name = fit(&row.name, room.saturating_sub(3 + row.indent)).into_owned();
    let blanks = room.saturating_sub(2 + row.indent + columns(&name));
    let number = |number: usize, part| match number {
        0 => look.span(format!("{:>digits$}", "·"), Part::Border),
        _ => look.span(format!("{number:>digits$}"), part),
    };
    let mut line = Line::from(vec![
        look.span(format!("{pointer} {:1$}", "", row.indent), Part::Letter),
        look.span(name, if is_book { Part::Title } else { Part::Text }),
        Span::raw(" ".repeat(blanks)),
        number(row.counts.due, Part::Due),
        number(row.counts.learning, Part::Learning),
        number(row.counts.new_today, Part::New),
    ]);
    if seen > 0 {
        let told = format!("{} of {}", row.counts.seen, row.counts.cards);
        line.push_span(look.span(format!("{told:>seen$}"), Part::Faint));
    }
    if retention > 0
        && let Some(standing) = model.standing(row)
    {
        line.spans.extend(standing_spans(model, &standing, width, look));
    }
    line
}

/// What is remembered of a deck, and when it comes next.
fn standing_spans(model: &Model, standing: &Standing, width: usize, look: &Look) -> [Span<'static>; 2] {
    let Widths { retention, next_due, .. } = Widths::of(width);
    let told = |told: Option<String>, width: usize| match told {
        None => look.span(format!("{:>width$}", "·"), Part::Border),
        Some(told) => look.span(format!("{told:>width$}"), Part::Faint),
    };
    let recalled = (standing.recalled.of > 0).then(|| standing.recalled.to_string());
    let day = standing.next_due.map(|day| day_in_words(day, model.today));
    [told(recalled, retention), told(day, next_due)]
}
