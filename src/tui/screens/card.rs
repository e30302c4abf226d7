//! One card: where it stands, when each grade would bring it back, and its history.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::{decks::day_in_words, review::Asked, window};
use crate::{
    domain::{
        card::{CardState, Hold, Stage},
        grade::Grade,
        review_log::{Act, Event, Outcome, Practice},
        scheduler::{Memory, fsrs::Trace},
        session::Asking,
        time::{Days, StudyDay},
    },
    tui::{
        effect::Effect, keymap::Action, look::Look, message::Press, model::Drawn, scroll::Scroll, theme::Part,
    },
    typeset::{Document, harmless_line},
};

/// The columns of the words at the left.
const WORDS: usize = 12;

/// What there is to tell of a card, as words and figures.
#[derive(Debug)]
pub struct Model {
    title: String,
    rows: Vec<(String, String)>,
    scroll: Scroll,
}

impl Model {
    /// The card that is asked, with its history, as of today.
    /// `recalled` is the chance that it is recalled today, where its scheduler knows one.
    pub fn new(asked: &Asked, recalled: Option<f64>, history: &[Event], today: StudyDay) -> Self {
        let title = harmless_line(&asked.asking.question.name()).into_owned();
        Self { title, rows: rows(asked, recalled, history, today), scroll: Scroll::default() }
    }
}

/// What there is to tell of a card: where it stands, when each grade would bring it back, and its history.
pub(super) fn rows(
    asked: &Asked,
    recalled: Option<f64>,
    history: &[Event],
    today: StudyDay,
) -> Vec<(String, String)> {
    let Asked { deck, asking } = asked;
    let mut rows = vec![("Deck".to_owned(), harmless_line(&deck.to_string()).into_owned())];
    rows.push(("Topic".to_owned(), Document::inline(&asking.question.topic).one_line().plain()));
    rows.extend(state_rows(&asking.state, recalled, today));
    rows.push(Default::default());
    rows.extend(next_rows(asking, today));
    rows.push(Default::default());
    rows.extend(history_rows(history));
    rows
}

fn state_rows(state: &CardState, recalled: Option<f64>, today: StudyDay) -> Vec<(String, String)> {
    let row = |words: &str, figure: String| (words.to_owned(), figure);
    let stage = match state.stage() {
        Stage::New => "new",
        Stage::Learning => "learning",
        Stage::Young => "young",
        Stage::Mature => "mature",
    };
    let leech = if state.is_leech() { ", a leech" } else { "" };
    let flagged = if state.flagged { ", flagged" } else { "" };
    let held = match state.hold {
        Hold::None => String::new(),
        Hold::Suspended => ", suspended".to_owned(),
        Hold::Buried(until) => format!(", buried until {}", day_in_words(until, today)),
    };
    let deleted = if state.deleted { ", deleted" } else { "" };
    let mut rows = vec![row("Stage", format!("{stage}{leech}{flagged}{held}{deleted}"))];
    if let Some(schedule) = &state.schedule {
        let due = if schedule.due < today {
            format!("{} (overdue)", schedule.due)
        } else {
            day_in_words(schedule.due, today)
        };
        rows.push(row("Due", due));
        rows.push(row("Interval", schedule.interval.to_string()));
        match schedule.memory {
            Memory::Sm2 { ease } => rows.push(row("Ease", ease.to_string())),
            Memory::Fsrs(Trace { stability, difficulty }) => {
                rows.push(row("Stability", stability.to_string()));
                rows.push(row("Difficulty", difficulty.to_string()));
                rows.extend(recalled.map(|chance| row("Recall", format!("{:.0} % today", chance * 100.0))));
            }
        }
        rows.push(row("Passed", format!("{} in a row", schedule.repetitions)));
        rows.push(row("Lapses", schedule.lapses.to_string()));
    }
    rows
}

fn next_rows(asking: &Asking, today: StudyDay) -> impl Iterator<Item = (String, String)> {
    Grade::ALL.into_iter().map(move |grade| {
        let promise = asking.preview.promise(grade);
        let day = day_in_words(today.plus(promise.interval), today);
        let again = if promise.drill { "today, then " } else { "" };
        let interval =
            if promise.interval == Days(0) { String::new() } else { format!(" ({})", promise.interval) };
        (grade.label().to_owned(), format!("{again}{day}{interval}"))
    })
}

/// The newest first.
fn history_rows(history: &[Event]) -> Vec<(String, String)> {
    if history.is_empty() {
        return vec![("History".to_owned(), "none yet".to_owned())];
    }
    history.iter().rev().map(|event| (event.moment.day.to_string(), said(&event.act, history))).collect()
}

fn said(act: &Act, history: &[Event]) -> String {
    match act {
        Act::Answer(answer) => {
            let observed = observed(answer.grade, answer.outcome, answer.took_ms, answer.covered);
            format!("{observed}, promised {}", answer.promised)
        }
        Act::Practise(practice) => {
            let Practice { grade, outcome, took_ms, covered, .. } = practice;
            format!("{}, for practice", observed(*grade, *outcome, *took_ms, *covered))
        }
        Act::Bury { until } => format!("buried until {until}"),
        Act::Reschedule { due } => format!("due on {due} instead"),
        Act::Undo { target } => {
            let undone = history.iter().find(|event| event.id == *target);
            format!("undone: {}", undone.map_or("an act", |event| event.act.name()))
        }
        Act::Reset => "as if never answered".to_owned(),
        Act::Unknown { .. } => act.name().to_owned(),
        Act::Suspend => "suspended".to_owned(),
        Act::Release => "released".to_owned(),
        Act::Flag => "flagged".to_owned(),
        Act::Unflag => "flag removed".to_owned(),
        Act::Delete => "deleted".to_owned(),
        Act::Move { deck } => format!("moved to {}", harmless_line(deck)),
    }
}

/// `Good: right in 7 s, covered`
fn observed(grade: Grade, outcome: Outcome, took_ms: u32, covered: bool) -> String {
    let outcome = match outcome {
        Outcome::Right => "right in",
        Outcome::Wrong => "wrong in",
        Outcome::NotKnown => "not known in",
        Outcome::Unobserved => "turned over after",
    };
    let covered = if covered { ", covered" } else { "" };
    format!("{}: {outcome} {} s{covered}", grade.label(), took_ms.div_ceil(1000))
}

/// What a key does here.
pub fn update(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    if model.scroll.act(press.action, drawn.main) {
        return Vec::new();
    }
    match press.action {
        Action::Back | Action::Close => vec![Effect::Close],
        _ => Vec::new(),
    }
}

/// Draws the card.
pub fn view(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let width = window::text_width(area);
    let lines: Vec<Line> = model.rows.iter().flat_map(|row| row_lines(row, width, look)).collect();
    window::draw_text(&model.title, &lines, model.scroll, window::area(area, lines.len()), page, look, drawn);
}

pub(super) fn row_lines((words, figure): &(String, String), width: u16, look: &Look) -> Vec<Line<'static>> {
    if words.is_empty() {
        return vec![Line::default()];
    }
    let mut lines = look.wrapped(figure, width, WORDS, Part::Text);
    match lines.first_mut() {
        Some(first) => {
            let figure = first.to_string().trim_start().to_owned();
            *first = Line::from(vec![
                look.span(format!("{words:WORDS$}"), Part::Faint),
                look.span(figure, Part::Text),
            ]);
        }
        None => lines.push(look.line(words.clone(), Part::Faint)),
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        deck::{Deck, DeckName},
        ids::DeckId,
        scheduler::{Choice, Name, Scheduler, Schedulers},
    };

    fn words_after_good(scheduler: &Scheduler) -> Vec<String> {
        let schedule = scheduler.after(None, Grade::Good, StudyDay(0));
        let recalled = scheduler.retrievability(&schedule, StudyDay(5));
        let state = CardState { schedule: Some(schedule), ..CardState::default() };
        let rows = state_rows(&state, recalled, StudyDay(5));
        rows.into_iter().map(|(words, figure)| format!("{words} {figure}")).collect()
    }

    #[test]
    fn a_card_is_told_by_what_its_scheduler_knows() {
        let deck = DeckName { book: None, chapter: "Git".to_owned() };
        let deck = Deck { id: DeckId(1), name: deck };
        let choice = Choice { name: Name::Fsrs, ..Choice::SM2 };
        let fsrs = Schedulers::new(choice, Vec::new(), Vec::new()).of(&deck);
        let told = words_after_good(&fsrs);
        for words in ["Stability 2.3 d", "Difficulty 2.1 of 10", "Recall 84 % today"] {
            assert!(told.iter().any(|row| row == words), "{told:?}");
        }
        assert!(!told.iter().any(|row| row.starts_with("Ease")), "{told:?}");
        assert!(words_after_good(&Scheduler::SM2).contains(&"Ease 2.50".to_owned()));
    }
}
