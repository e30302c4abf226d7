//! The first screen: all decks and books with what they hold for today.

mod columns;

use std::collections::HashMap;

use chrono::Datelike;
use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
};

use crate::{
    app::{Counts, Overview},
    domain::{
        deck::{DeckName, Scope},
        ids::DeckId,
        stats::Standing,
        time::{Days, StudyDay},
    },
    tui::{
        effect::{Effect, Request},
        keymap::Action,
        look::{Look, fit},
        message::Press,
        model::{Drawn, Screen},
        notice::Notice,
        scroll::{Extent, selected},
        theme::Part,
        widgets::{counts::counts, list::List, pane::Pane, status::Status, strip::strip},
    },
    typeset::{columns, counted, harmless_line},
};

/// How decks stand is counted of all their cards together: of more than so many it would take more memory than
/// everything else here. `retain decks` tells it then.
const MOST_CARDS_OF_STANDINGS: usize = 40_000;
/// So many new cards come on top of today's limit, when a person asks for more.
pub const MORE_NEW: usize = 10;

/// The decks, and the person's last days.
#[derive(Debug)]
pub struct Model {
    rows: Vec<Row>,
    total: Counts,
    /// Answers on each of the last days, today last.
    recent: Vec<usize>,
    pace_ms: Option<u64>,
    /// The next day on which something is due, when today nothing is.
    next_due: Option<StudyDay>,
    today: StudyDay,
    selected: usize,
    offset: usize,
    /// What has just come in: the next list selects it.
    arrived: Option<DeckName>,
    /// How the decks stand, as far as that is known: it is counted when there is something to see, and room.
    standings: HashMap<DeckId, Standing>,
    are_standings_ordered: bool,
}

/// A line of the list: a book, or a deck within one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    scope: Scope,
    /// The deck that it is, if it is no book.
    deck: Option<DeckName>,
    name: String,
    indent: usize,
    counts: Counts,
}

impl Model {
    /// The list of these decks, by book.
    pub fn new(overview: Overview, next_due: Option<StudyDay>, today: StudyDay) -> Self {
        Self {
            rows: rows(&overview),
            total: overview.total,
            recent: overview.recent.iter().map(|(_, answers)| *answers).collect(),
            pace_ms: overview.pace_ms,
            next_due,
            today,
            selected: 0,
            offset: 0,
            arrived: None,
            standings: HashMap::new(),
            are_standings_ordered: false,
        }
    }

    /// Whether somebody should count how the decks stand; it is ordered with that.
    pub fn order_standings(&mut self, drawn: &Drawn) -> bool {
        let is_wanted = drawn.has_room_for_standings
            && self.total.cards <= MOST_CARDS_OF_STANDINGS
            && !self.are_standings_ordered;
        self.are_standings_ordered |= is_wanted;
        is_wanted
    }

    /// Shows how the decks stand.
    pub fn stand(&mut self, standings: HashMap<DeckId, Standing>) {
        self.standings = standings;
    }

    /// Has the next list select a deck that has just come in.
    pub fn expect(&mut self, arrived: DeckName) {
        self.arrived = Some(arrived);
    }

    /// Keeps the selection and the place of an earlier list.
    pub fn stay_at(&mut self, earlier: &Self) {
        let scope = earlier.rows.get(earlier.selected).map(|row| &row.scope);
        let arrived = |row: &Row| row.deck.is_some() && row.deck == earlier.arrived;
        let is_same = |row: &Row| Some(&row.scope) == scope;
        let same = self.rows.iter().position(arrived).or_else(|| self.rows.iter().position(is_same));
        self.selected = same.unwrap_or(earlier.selected.min(self.rows.len().saturating_sub(1)));
        self.offset = earlier.offset;
        self.standings.clone_from(&earlier.standings);
    }

    /// Whether an action has nothing to do, as far as the list knows. It can be asked for all the
    /// same: the list may be older than the day.
    pub fn seems_idle(&self, action: Action) -> bool {
        let counts = self.rows.get(self.selected).map_or_else(Counts::default, |row| row.counts);
        match action {
            Action::Study => to_study(&counts) == 0,
            Action::StudyAll => to_study(&self.total) == 0,
            Action::MoreNew => counts.new == 0,
            _ => false,
        }
    }

    /// Whether it shows how things are on this day.
    pub fn is_of(&self, day: StudyDay) -> bool {
        self.today == day
    }

    /// How a row stands, a book by all of its decks; `None` where that is not known yet.
    fn standing(&self, row: &Row) -> Option<Standing> {
        let of = |scope: &Scope| match scope {
            Scope::Deck(deck) => self.standings.get(deck).copied(),
            Scope::Book(_) | Scope::Everything => None,
        };
        let Scope::Book(book) = &row.scope else { return of(&row.scope) };
        let is_its_deck = |row: &&Row| row.deck.as_ref().is_some_and(|deck| deck.book.as_ref() == Some(book));
        self.rows.iter().filter(is_its_deck).filter_map(|row| of(&row.scope)).reduce(Standing::with)
    }

    fn scope(&self) -> Option<Scope> {
        self.rows.get(self.selected).map(|row| row.scope.clone())
    }
}

fn rows(overview: &Overview) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut book: Option<&String> = None;
    for deck in &overview.decks {
        let its_book = deck.name.book.as_ref();
        if let Some(name) = its_book.filter(|_| its_book != book) {
            let scope = Scope::Book(name.clone());
            let counts = overview.counts(&scope);
            rows.push(Row { scope, name: harmless_line(name).into_owned(), indent: 0, counts, deck: None });
        }
        book = its_book;
        rows.push(Row {
            scope: Scope::Deck(deck.id),
            deck: Some(deck.name.clone()),
            name: harmless_line(&deck.name.chapter).into_owned(),
            indent: if book.is_some() { 2 } else { 0 },
            counts: deck.counts,
        });
    }
    rows
}

/// Cards to be studied today.
fn to_study(counts: &Counts) -> usize {
    counts.due + counts.learning + counts.new_today
}

/// What a key does here.
pub fn update(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    match press.action {
        Action::Study => model.scope().map_or_else(Vec::new, |scope| begin(scope, 0)),
        Action::StudyAll => begin(Scope::Everything, 0),
        Action::MoreNew => model.scope().map_or_else(Vec::new, |scope| begin(scope, MORE_NEW)),
        Action::Statistics => {
            model.scope().map_or_else(Vec::new, |scope| vec![Effect::Ask(Request::Statistics(scope))])
        }
        Action::Import => vec![Effect::Open(Box::new(Screen::Import(Box::default())))],
        Action::Browse => vec![Effect::Ask(Request::Browse(String::new()))],
        Action::Shipped => vec![Effect::Ask(Request::Shipped)],
        Action::Release => model.scope().map_or_else(Vec::new, release),
        Action::Undo => vec![Effect::Ask(Request::Undo(Scope::Everything))],
        Action::Redo => vec![Effect::Ask(Request::Redo(Scope::Everything))],
        Action::Back => vec![Effect::Quit(0)],
        Action::Close => vec![Effect::Tell(Notice::info("q quits"))],
        action => {
            if let Some(moved) = selected(action, model.selected, drawn.main) {
                select(model, moved, drawn.main);
            }
            Vec::new()
        }
    }
}

/// A click selects; on what is selected, it studies it.
pub fn click(model: &mut Model, row: usize, drawn: &Drawn) -> Vec<Effect> {
    if model.selected != row {
        select(model, row, drawn.main);
        return Vec::new();
    }
    model.scope().map_or_else(Vec::new, |scope| begin(scope, 0))
}

fn begin(scope: Scope, more_new: usize) -> Vec<Effect> {
    vec![Effect::Ask(Request::Begin { scope, more_new })]
}

fn select(model: &mut Model, row: usize, extent: Extent) {
    model.selected = row;
    model.offset = Extent { offset: model.offset, ..extent }.showing(row, row);
}

fn release(scope: Scope) -> Vec<Effect> {
    vec![Effect::Ask(Request::Release(scope)), Effect::Ask(Request::Home)]
}

/// Draws the decks.
pub fn view(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let rows = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(1)];
    let [status_area, list_area, total_area] = Layout::vertical(rows).areas(area);
    status(model, look).draw(status_area, page, look);
    list(model, list_area, page, look, drawn);
    draw_total(model, total_area, page, look);
}

fn status(model: &Model, look: &Look) -> Status<'static> {
    let total = &model.total;
    let numbers = [
        (total.due, "due", Part::Due),
        (total.learning, "learning", Part::Learning),
        (total.new_today, "new", Part::New),
    ];
    Status { title: "retain", middle: Vec::new(), right: counts(&numbers, look) }
}

/// What today holds and how long it will take; at the right, where there is room, the last days.
fn draw_total(model: &Model, area: Rect, page: &mut Buffer, look: &Look) {
    let width = usize::from(area.width).saturating_sub(2);
    let sentence = fit(&today_in_words(model), width).into_owned();
    page.set_string(area.x + 1, area.y, &sentence, look.part(Part::Text));
    let days = strip(&model.recent, look);
    let mut told = look.line(format!("{} days  ", model.recent.len()), Part::Faint);
    told.spans.extend(days.spans.clone());
    let room = width.saturating_sub(columns(&sentence) + 2);
    let fitting = [told, days].into_iter().find(|line| line.width() <= room);
    if let Some(line) = fitting {
        page.set_line(area.right() - 1 - line.width() as u16, area.y, &line, area.width);
    }
}

fn today_in_words(model: &Model) -> String {
    match (to_study(&model.total), model.next_due) {
        (0, None) => "Nothing is due.".to_owned(),
        (0, Some(day)) => format!("Nothing is due until {}.", day_in_words(day, model.today)),
        (cards, _) => format!("{}{}", counted(cards, "card"), minutes(cards, model.pace_ms)),
    }
}

fn minutes(cards: usize, pace_ms: Option<u64>) -> String {
    let Some(pace_ms) = pace_ms else { return " today".to_owned() };
    let minutes = (cards as u64 * pace_ms).div_ceil(60_000);
    format!(" today, about {minutes} min")
}

fn list(model: &Model, area: Rect, page: &mut Buffer, look: &Look, drawn: &mut Drawn) {
    let width = usize::from(Pane::text_width(area.width));
    let list = List {
        title: look.line("Decks", Part::Title),
        above: vec![columns::headings(width, look)],
        rows: model.rows.len(),
        selected: model.selected,
        offset: model.offset,
    };
    let row = |nth: usize| columns::row_line(model, nth, width, look);
    drawn.has_room_for_standings = columns::have_room_for_standings(width);
    list.draw(row, area, page, look, drawn);
}

/// A day as one says it: `tomorrow`, `Tue 24 Nov`, `24 Nov 2027`.
pub fn day_in_words(day: StudyDay, today: StudyDay) -> String {
    let date = day.date();
    match day.since(today) {
        Days(0) => "today".to_owned(),
        Days(1) => "tomorrow".to_owned(),
        Days(2..300) => format!("{} {}", date.weekday(), short_date(date)),
        Days(_) => format!("{} {}", short_date(date), date.year()),
    }
}

fn short_date(date: chrono::NaiveDate) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!("{} {}", date.day(), MONTHS[date.month0() as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_one_would() {
        let today = StudyDay::from_date(chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date"));
        let said = |days| day_in_words(today.plus(Days(days)), today);
        assert_eq!(
            [0, 1, 2, 90, 400].map(said),
            ["today", "tomorrow", "Tue 24 Nov", "Sat 20 Feb", "27 Dec 2027"]
        );
    }

    #[test]
    fn how_decks_stand_is_ordered_once_where_there_is_room_and_cards_are_not_too_many() {
        let orders = |cards, has_room_for_standings| {
            let total = Counts { cards, ..Counts::default() };
            let overview = Overview { decks: vec![], books: vec![], total, recent: vec![], pace_ms: None };
            let mut model = Model::new(overview, None, StudyDay(20_000));
            let drawn = Drawn { has_room_for_standings, ..Drawn::default() };
            [model.order_standings(&drawn), model.order_standings(&drawn)]
        };
        assert_eq!(orders(MOST_CARDS_OF_STANDINGS, true), [true, false]);
        assert_eq!(orders(MOST_CARDS_OF_STANDINGS, false), [false, false]);
        assert_eq!(orders(MOST_CARDS_OF_STANDINGS + 1, true), [false, false]);
    }

    #[test]
    fn the_time_needed_is_only_told_when_the_pace_is_known() {
        assert_eq!(minutes(37, Some(19_000)), " today, about 12 min");
        assert_eq!(minutes(37, None), " today");
    }
}
