//! How a question is drawn: the line above, the question with its options, beside or below it the
//! explanation, and the grades with what they promise.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    text::Line,
};

use super::{Model, Step};
use crate::{
    domain::{ids::OptionId, review_log::Outcome, session::Revealed},
    tui::{
        look::Look,
        model::{Drawn, Target},
        scroll::Extent,
        symbols,
        theme::Part,
        widgets::{
            counts::counts,
            grades::Grades,
            options::{self, Mark, Shown},
            pane::Pane,
            status::Status,
        },
    },
};

/// From this width on the explanation stands beside the question.
const WIDE: u16 = 110;
/// No pane is lower than this: its border and a line of text.
const LOWEST_PANE: u16 = 3;

/// The text of the question pane.
struct Text {
    lines: Vec<Line<'static>>,
    /// The lines of each option.
    places: Vec<Range<usize>>,
    /// The lines that must be seen as long as the person does not scroll.
    matters: (usize, usize),
}

/// Draws the sitting.
pub fn view(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let grades = grades(model);
    let grades_height = grades.as_ref().map_or(0, |grades| grades.height(area.width));
    let rows = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(grades_height)];
    let [status_area, body, grades_area] = Layout::vertical(rows).areas(area);
    model.status(look).draw(status_area, page, look);
    body_view(model, body, page, look, drawn);
    if let Some(grades) = grades {
        drawn.targets.extend(grades.draw(grades_area, page, look));
    }
}

fn grades(model: &Model) -> Option<Grades> {
    match &model.step {
        Step::Revealed { revealed, grade } => {
            Some(Grades { preview: revealed.asked.preview, selected: *grade, promises: !model.practice })
        }
        Step::None | Step::Covered { .. } | Step::Recalling { .. } | Step::Asking { .. } => None,
    }
}

fn body_view(model: &Model, body: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    if model.asking().is_none() {
        return;
    }
    let wide = body.width >= WIDE;
    // Laid out for the half that remains beside the explanation, so that nothing moves when the
    // answer appears.
    let half = if wide { body.width.div_ceil(2) } else { body.width };
    let text = text(model, Pane::text_width(half), look);
    if !model.is_revealed() {
        drawn.main = text.extent(model, body);
        question(model, &text, body, page, look, drawn);
        return;
    }
    let explanation_width = if wide { body.width - half } else { body.width };
    let explanation = explanation_lines(model, Pane::text_width(explanation_width), look);
    let (left, right) = match wide {
        true => beside(body, half),
        false => stacked(body, text.lines.len(), explanation.len()),
    };
    drawn.main = text.extent(model, left);
    drawn.second = Pane::extent(right, explanation.len());
    drawn.second.offset = model.explanation_scroll.offset(0, drawn.second);
    question(model, &text, left, page, look, drawn);
    explanation_pane(model, &explanation, right, page, look, drawn);
}

fn beside(body: Rect, half: u16) -> (Rect, Rect) {
    (Rect { width: half, ..body }, Rect { x: body.x + half, width: body.width - half, ..body })
}

/// The question gets what it needs as long as half of the height, or what it needs, is left for the
/// explanation.
fn stacked(body: Rect, question: usize, explanation: usize) -> (Rect, Rect) {
    let pane = |lines: usize| u16::try_from(lines + 2).unwrap_or(u16::MAX);
    let beside_explanation = body.height.saturating_sub(pane(explanation));
    let most = beside_explanation.max(body.height / 2).max(LOWEST_PANE).min(body.height);
    let height = pane(question).min(most);
    (Rect { height, ..body }, Rect { y: body.y + height, height: body.height - height, ..body })
}

fn question(model: &Model, text: &Text, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let mut pane = Pane::of(title(model, look), &text.lines, drawn.main);
    pane.verdict = verdict(model, look);
    pane.focused = model.is_revealed() && drawn.main.furthest() > 0 && !model.scrolls_explanation(drawn);
    if let Some(lines) = selected_lines(model, text) {
        pane.highlights.push((lines, look.selection()));
    }
    pane.draw(area, page, look);
    drawn.targets.push((area, Target::Pane { second: false }));
    drawn.targets.extend(option_targets(text, area, drawn.main));
}

fn explanation_pane(
    model: &Model,
    lines: &[Line<'static>],
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) {
    let is_flip_card = model.asking().is_some_and(|asking| asking.question.is_recall());
    let title = if is_flip_card { "Answer" } else { "Explanation" };
    let mut pane = Pane::of(look.line(title, Part::Title), lines, drawn.second);
    pane.focused = drawn.second.furthest() > 0 && model.scrolls_explanation(drawn);
    pane.draw(area, page, look);
    drawn.targets.push((area, Target::Pane { second: true }));
}

fn explanation_lines(model: &Model, width: u16, look: &Look) -> Vec<Line<'static>> {
    match &model.page.explanation {
        Some(explanation) => look.document(explanation, width),
        None => look.wrapped("The chapter gives no explanation.", width, 0, Part::Faint),
    }
}

/// `Q14.26 · Intermediate · __slots__ ⚑`
fn title(model: &Model, look: &Look) -> Line<'static> {
    let mut title = model.page.title_line(look);
    if model.asking().is_some_and(|asking| asking.state.flagged) {
        title.spans.insert(0, look.span(format!("{} ", symbols::FLAG), Part::Warning));
    }
    title
}

/// What the answer came to, in words and with a sign: colour alone tells nothing to some.
fn verdict(model: &Model, look: &Look) -> Line<'static> {
    let Step::Revealed { revealed, .. } = &model.step else { return Line::default() };
    let seconds = format!("{} s", revealed.took_ms.div_ceil(1000));
    let (words, part) = match revealed.outcome {
        Outcome::Right => (format!("{} right", symbols::RIGHT), Part::Right),
        Outcome::Wrong => (format!("{} wrong", symbols::WRONG), Part::Wrong),
        Outcome::NotKnown => ("not known".to_owned(), Part::Wrong),
        Outcome::Unobserved => return look.line(format!("turned over after {seconds}"), Part::Faint),
    };
    let mut line = look.line(words, part);
    line.push_span(look.span(format!("{}{seconds}", symbols::BETWEEN), Part::Faint));
    line
}

fn text(model: &Model, width: u16, look: &Look) -> Text {
    let mut lines = look.document(&model.page.stem, width);
    let several = model.asking().is_some_and(|asking| asking.question.has_several_keys());
    if several {
        lines.push(Line::default());
        lines.extend(look.wrapped("Choose all that are right.", width, 0, Part::Info));
    }
    match instead_of_options(&model.step) {
        Some(words) => {
            lines.push(Line::default());
            lines.extend(look.wrapped(words, width, 0, Part::Faint));
            return Text::without_options(lines);
        }
        None if model.page.options.is_empty() => return Text::without_options(lines),
        None => lines.push(Line::default()),
    }
    let options = options::lay_out(&shown(model), width, look);
    let first = lines.len();
    let places: Vec<_> =
        options.places.into_iter().map(|lines| lines.start + first..lines.end + first).collect();
    lines.extend(options.lines);
    let matters = matters(model, &places);
    Text { lines, places, matters }
}

fn instead_of_options(step: &Step) -> Option<&'static str> {
    match step {
        Step::Covered { .. } => Some("Answer it for yourself; Space shows the options."),
        Step::Recalling { .. } => Some("Recall the answer; Enter shows it."),
        Step::None | Step::Asking { .. } | Step::Revealed { .. } => None,
    }
}

fn shown(model: &Model) -> Vec<Shown<'_>> {
    let Some(asking) = model.asking() else { return Vec::new() };
    let several = asking.question.has_several_keys();
    let texts = model.page.options.iter().zip(&asking.order).enumerate();
    texts
        .map(|(place, (text, option))| {
            let (mark, chosen, selected) = match &model.step {
                Step::Revealed { revealed, .. } => {
                    (mark(revealed, *option), revealed.chosen.contains(option), false)
                }
                Step::Asking { choice, .. } => {
                    (Mark::Open, choice.marked.contains(&place), choice.selected == Some(place))
                }
                Step::None | Step::Covered { .. } | Step::Recalling { .. } => (Mark::Open, false, false),
            };
            Shown { text, mark, chosen: several.then_some(chosen), selected }
        })
        .collect()
}

fn mark(revealed: &Revealed, option: OptionId) -> Mark {
    let chosen = revealed.chosen.contains(&option);
    match (revealed.asked.question.keys().contains(&option), chosen) {
        (true, _) => Mark::Right,
        (false, true) => Mark::WrongChoice,
        (false, false) => Mark::Beside,
    }
}

/// The lines that must be seen: the selected option, or after the answer those with a sign.
fn matters(model: &Model, places: &[Range<usize>]) -> (usize, usize) {
    let places_of_note: Vec<&Range<usize>> = match &model.step {
        Step::Asking { choice, .. } => {
            choice.selected.and_then(|selected| places.get(selected)).into_iter().collect()
        }
        Step::Revealed { revealed, .. } => {
            let noted = |option: &OptionId| mark(revealed, *option) != Mark::Beside;
            revealed
                .asked
                .order
                .iter()
                .zip(places)
                .filter(|(option, _)| noted(option))
                .map(|(_, place)| place)
                .collect()
        }
        Step::None | Step::Covered { .. } | Step::Recalling { .. } => Vec::new(),
    };
    match (places_of_note.first(), places_of_note.last()) {
        (Some(first), Some(last)) => (first.start, last.end.saturating_sub(1)),
        _ => (0, 0),
    }
}

fn selected_lines(model: &Model, text: &Text) -> Option<Range<usize>> {
    match &model.step {
        Step::Asking { choice, .. } => {
            choice.selected.and_then(|selected| text.places.get(selected)).cloned()
        }
        Step::None | Step::Covered { .. } | Step::Recalling { .. } | Step::Revealed { .. } => None,
    }
}

fn option_targets(text: &Text, area: Rect, extent: Extent) -> Vec<(Rect, Target)> {
    let inner = Pane::text_area(area);
    let rows = text.places.iter().enumerate().map(|(place, lines)| {
        let first = lines.start.clamp(extent.offset, extent.offset + extent.height) - extent.offset;
        let last = lines.end.clamp(extent.offset, extent.offset + extent.height) - extent.offset;
        let rows = Rect { y: inner.y + first as u16, height: (last - first) as u16, ..inner };
        (rows, Target::Option(place))
    });
    rows.filter(|(rows, _)| rows.height > 0).collect()
}

impl Text {
    fn without_options(lines: Vec<Line<'static>>) -> Self {
        Self { lines, places: Vec::new(), matters: (0, 0) }
    }

    fn extent(&self, model: &Model, area: Rect) -> Extent {
        let extent = Pane::extent(area, self.lines.len());
        let wanted = extent.showing(self.matters.0, self.matters.1);
        Extent { offset: model.question_scroll.offset(wanted, extent), ..extent }
    }
}

impl Model {
    fn status<'a>(&'a self, look: &Look) -> Status<'a> {
        let done = self.session.done().len();
        let present = usize::from(self.asking().is_some());
        let all = done + present + self.session.remaining();
        let wrong = self.session.done().iter().filter(|done| done.is_missed()).count();
        let minutes = self.session.summary().took_ms / 60_000;
        let practice = if self.practice { "Practice " } else { "" };
        let progress = format!("{practice}{} of {all}", done + present);
        let between = symbols::BETWEEN;
        let with_wrong = format!("{progress}{between}{wrong} wrong");
        let left = all - done;
        let new = self.news.left().min(left);
        Status {
            title: &self.page.deck,
            middle: vec![format!("{with_wrong}{between}{minutes} min"), with_wrong, progress],
            right: counts(&[(left - new, "due", Part::Due), (new, "new", Part::New)], look),
        }
    }
}
