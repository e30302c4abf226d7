//! The end of a sitting: what it came to, and what comes tomorrow.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{decks::MORE_NEW, window};
use crate::{
    domain::{deck::Scope, session::Summary},
    tui::{
        effect::{Effect, Request},
        keymap::Action,
        look::{Look, fit},
        message::Press,
        model::Drawn,
        scroll::Scroll,
        theme::Part,
        widgets::{pane::Pane, strip::bar},
    },
    typeset::{Document, columns, counted, harmless_line},
};

/// The columns of the words at the left.
const WORDS: usize = 12;
/// The columns of the bar.
const BAR: usize = 20;

/// What there is to tell.
#[derive(Debug)]
pub struct Told {
    /// What was studied.
    pub scope: Scope,
    /// Its name.
    pub title: String,
    /// Its answers.
    pub summary: Summary,
    /// The questions that were missed most often.
    pub hardest: Vec<Hard>,
    /// Cards due on the next study day.
    pub tomorrow: usize,
    /// Study days in a row.
    pub streak: u32,
    /// Due cards that today's limit left out.
    pub left_out: usize,
    /// Cards never answered.
    pub new: usize,
}

/// A question that was missed.
#[derive(Debug)]
pub struct Hard {
    /// Its name: `Q14.26`.
    pub name: String,
    /// What it is about.
    pub topic: String,
    /// How often it was missed.
    pub times: usize,
}

/// The summary.
#[derive(Debug)]
pub struct Model {
    told: Told,
    scroll: Scroll,
}

impl Model {
    /// What there is to tell, from its beginning.
    pub fn new(told: Told) -> Self {
        Self { told, scroll: Scroll::default() }
    }

    /// Whether an action has nothing to do, as far as is known since the sitting ended.
    pub fn seems_idle(&self, action: Action) -> bool {
        action == Action::MoreNew && self.told.new == 0
    }
}

/// What a key does here.
pub fn update(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    if model.scroll.act(press.action, drawn.main) {
        return Vec::new();
    }
    match press.action {
        Action::Done | Action::Back | Action::Close => vec![Effect::Home],
        Action::MoreNew => {
            vec![Effect::Ask(Request::Begin { scope: model.told.scope.clone(), more_new: MORE_NEW })]
        }
        Action::Statistics => vec![Effect::Ask(Request::Statistics(model.told.scope.clone()))],
        // The sitting beneath goes on with what was undone.
        Action::Undo => vec![Effect::Close, Effect::Ask(Request::Undo(model.told.scope.clone()))],
        _ => Vec::new(),
    }
}

/// Draws the summary.
pub fn view(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let lines = lines(&model.told, usize::from(Pane::text_width(area.width)), look);
    window::draw_text("Done", &lines, model.scroll, area, page, look, drawn);
}

fn lines(told: &Told, width: usize, look: &Look) -> Vec<Line<'static>> {
    let mut lines = vec![
        Line::default(),
        look.line(fit(&harmless_line(&told.title), width).into_owned(), Part::Title),
        Line::default(),
        row("Answered", answered(&told.summary), look),
        right(&told.summary, width, look),
        row("Time", time(&told.summary), look),
    ];
    if !told.hardest.is_empty() {
        lines.push(Line::default());
        lines.extend(told.hardest.iter().enumerate().map(|(nth, hard)| hard_line(hard, nth, width, look)));
    }
    lines.push(Line::default());
    lines.push(row("Tomorrow", format!("{} due", counted(told.tomorrow, "card")), look));
    lines.push(row("Streak", counted(told.streak as usize, "day"), look));
    if told.left_out > 0 {
        let sentence = format!("{} due, beyond today's limit", counted(told.left_out, "card"));
        lines.push(row("Left out", sentence, look));
    }
    lines
}

fn row(words: &str, figure: String, look: &Look) -> Line<'static> {
    Line::from(vec![look.span(format!("{words:WORDS$}"), Part::Faint), look.span(figure, Part::Text)])
}

fn answered(summary: &Summary) -> String {
    let repeated = summary.answered - summary.cards;
    match repeated {
        0 => counted(summary.cards, "question"),
        _ => format!("{}, {repeated} repeated", counted(summary.cards, "question")),
    }
}

fn right(summary: &Summary, width: usize, look: &Look) -> Line<'static> {
    let figure = format!("{} of {} at first sight  ", summary.right_at_first, summary.cards);
    let mut line = row("Right", figure, look);
    let room = width.saturating_sub(line.width()).min(BAR);
    line.spans.extend(bar(summary.right_at_first, summary.cards, room, look).spans);
    line
}

fn time(summary: &Summary) -> String {
    let seconds = summary.took_ms / 1000;
    let each = seconds.checked_div(summary.answered as u64).unwrap_or(0);
    let all = if seconds < 60 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) };
    format!("{all}, {each} s for each answer")
}

fn hard_line(hard: &Hard, nth: usize, width: usize, look: &Look) -> Line<'static> {
    let words = if nth == 0 { "Hardest" } else { "" };
    let missed = match hard.times {
        1 => "missed once".to_owned(),
        times => format!("missed {times} times"),
    };
    let topic = Document::inline(&hard.topic).one_line().plain();
    let name = match hard.name == hard.topic {
        true => topic,
        false => format!("{} {topic}", harmless_line(&hard.name)),
    };
    let name = fit(&name, width.saturating_sub(WORDS + missed.len() + 2)).into_owned();
    let blanks = " ".repeat(width.saturating_sub(WORDS + columns(&name) + missed.len()).clamp(2, 4));
    Line::from(vec![
        look.span(format!("{words:WORDS$}"), Part::Faint),
        look.span(name, Part::Text),
        Span::raw(blanks),
        look.span(missed, Part::Wrong),
    ])
}
