//! Where knowledge is weak: topics, difficulties and chapters, the weakest first. Those that are listed can be
//! selected; where there is room, the other kinds stand beside them.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use super::{
    By, Model, facts,
    words::{NOTHING, counted, few, interval, percent, percent_of, seconds},
};
use crate::{
    domain::stats::{Group, Groups},
    tui::{
        look::{Look, fit},
        model::Drawn,
        scroll::Scroll,
        symbols,
        theme::Part,
        widgets::{
            board::{self, Panel, Room},
            list::List,
            pane::Pane,
            scale::{Row, Scale},
        },
    },
    typeset::{Document, columns},
};

/// From so many columns on the other kinds stand beside the list.
const WIDE_FROM: u16 = 110;
/// So many of another kind are told.
const BESIDE: usize = 12;

pub(super) fn draw(
    model: &Model,
    groups: [(By, &Groups); 3],
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) {
    let (others, seen): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(by, _)| *by != model.by);
    let Some((_, listed)) = seen.first() else { return };
    if area.width < WIDE_FROM {
        let details = if area.height >= 16 { details_height(area) } else { 0 };
        let [list_area, below] =
            Layout::vertical([Constraint::Min(6), Constraint::Length(details)]).areas(area);
        list(model, listed, list_area, page, look, drawn);
        if details > 0 {
            let selected = selected(model, below, look);
            board::draw(&selected, Scroll::default(), below, page, look, &mut Drawn::default());
        }
        return;
    }
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(area.width / 2)]).areas(area);
    list(model, listed, left, page, look, drawn);
    let mut panels = selected(model, right, look);
    panels.extend(others.into_iter().map(|(by, groups)| beside(by, groups, right, look)));
    board::draw(&panels, Scroll::default(), right, page, look, &mut Drawn::default());
}

/// The panel of the selected group: six lines and its border.
fn details_height(area: Rect) -> u16 {
    if area.height >= 18 { 8 } else { 0 }
}

fn list(model: &Model, groups: &Groups, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let width = usize::from(Pane::text_width(area.width));
    let kind = counted(groups.all, model.by.word()).replace("ys", "ies");
    let title = match groups.weakest.len() {
        shown if shown < groups.all => format!("The {shown} weakest of {kind}"),
        _ => format!("{kind}, the weakest first"),
    };
    if groups.weakest.is_empty() {
        let words = format!("No card here names a {}.", model.by.word());
        let panel = Panel::whole(title, facts::remark(&words, width, look));
        board::draw(&[panel], Scroll::default(), area, page, look, drawn);
        return;
    }
    let widths = Widths::of(width);
    let list = List {
        title: look.line(title, Part::Title),
        above: vec![look.line(widths.heads(), Part::Faint)],
        rows: groups.weakest.len(),
        selected: model.selected,
        offset: model.offset,
    };
    let row = |nth: usize| {
        let group = &groups.weakest[nth];
        widths.row(group, plain(&group.name, groups), nth == model.selected, look)
    };
    list.draw(row, area, page, look, drawn);
}

/// The columns of the list: the name takes what the figures leave.
struct Widths {
    name: usize,
    /// Whether there is room for lapses and time too.
    full: bool,
}

const RECALLED: usize = 9;
const OF: usize = 7;
const LAPSES: usize = 8;
const TIME: usize = 9;

impl Widths {
    fn of(width: usize) -> Self {
        let full = width >= 60;
        let figures = RECALLED + OF + if full { LAPSES + TIME } else { 0 };
        Self { name: width.saturating_sub(figures), full }
    }

    fn heads(&self) -> String {
        let mut heads = format!("{:1$}{2:>RECALLED$}{3:>OF$}", "", self.name, "recalled", "of");
        if self.full {
            heads.push_str(&format!("{:>LAPSES$}{:>TIME$}", "lapses", "time"));
        }
        heads
    }

    fn row(&self, group: &Group, name: String, is_selected: bool, look: &Look) -> Line<'static> {
        let pointer = if is_selected { symbols::POINTER } else { " " };
        let name = fit(&name, self.name.saturating_sub(3)).into_owned();
        let blanks = " ".repeat(self.name.saturating_sub(2 + columns(&name)));
        let share = group.recall.recalled;
        let looks = if share.is_of_few() { Part::Faint } else { Part::Point };
        let mut line = Line::from(vec![
            look.span(format!("{pointer} "), Part::Letter),
            look.span(name, Part::Text),
            Span::raw(blanks),
            look.span(format!("{:>RECALLED$}", percent(share)), looks),
            look.span(format!("{:>OF$}", share.of), Part::Faint),
        ]);
        if self.full {
            let time = group.answer_ms.map_or_else(|| NOTHING.to_owned(), seconds);
            line.push_span(look.span(format!("{:>LAPSES$}{time:>TIME$}", group.lapses), Part::Text));
        }
        line
    }
}

/// A name that a chapter gives, without its Markdown, and without the book where all are of the same one.
fn plain(name: &str, groups: &Groups) -> String {
    const BETWEEN: &str = " / ";
    let book = name.split_once(BETWEEN).map(|(book, _)| format!("{book}{BETWEEN}"));
    let is_of = |book: &String| groups.weakest.iter().all(|group| group.name.starts_with(book.as_str()));
    let book = book.filter(is_of).unwrap_or_default();
    Document::inline(&name[book.len()..]).one_line().plain()
}

fn selected(model: &Model, area: Rect, look: &Look) -> Vec<Panel> {
    let Some(group) = model.group() else { return Vec::new() };
    let width = Room::of(area).whole;
    let share = group.recall.recalled;
    let corrected = group.recall.guessing.map(|guessing| {
        let answers = counted(guessing.right.of, "answer");
        format!("{} beyond guessing, over {answers}", percent_of(guessing.corrected))
    });
    let recalled = match share.of {
        0 => "no answers that count yet".to_owned(),
        of => format!("{} ({}), {} of {of}{}", percent(share), interval(share), share.count, few(share)),
    };
    let time = group.answer_ms.map(|ms| format!("{} for each answer", seconds(ms)));
    let facts = [
        ("Cards", counted(group.cards, "card")),
        ("Recalled", recalled),
        ("Corrected", corrected.unwrap_or_else(|| NOTHING.to_owned())),
        ("Answers", counted(group.answers, "answer")),
        ("Time", time.unwrap_or_else(|| NOTHING.to_owned())),
        ("Lapses", group.lapses.to_string()),
    ];
    let name = Document::inline(&group.name).one_line().plain();
    let name = fit(&name, width).into_owned();
    vec![Panel::whole(name, facts::lines(&facts, width, look))]
}

fn beside(by: By, groups: &Groups, area: Rect, look: &Look) -> Panel {
    let answered = groups.weakest.iter().filter(|group| group.recall.recalled.of > 0);
    let row = |group: &Group| {
        let share = group.recall.recalled;
        Row { label: plain(&group.name, groups), figure: percent(share), share, other: None }
    };
    let rows: Vec<Row> = answered.take(BESIDE).map(row).collect();
    let lines = Scale { rows: &rows, target: None, width: Room::of(area).whole }.lines(look);
    Panel::whole(format!("Recalled by {}", by.word()), lines)
}
