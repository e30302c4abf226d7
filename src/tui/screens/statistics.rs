//! What a person's answers come to: eight pages, over one deck, a book or everything, for a month, a year or
//! all time. Figures are counted elsewhere and kept, so that turning pages costs nothing.

mod view;
mod words;
mod facts;
mod lately;
mod retention;
mod calendar;
mod load;
mod cards;
mod topics;
mod confusions;
mod prediction;

pub use view::view;

use crate::{
    app::Figures,
    domain::{
        deck::Scope,
        stats::{Group, GroupKey, Groups, Page, Period, Topics},
        time::StudyDay,
    },
    tui::{
        counting::{Counted, Order},
        effect::{Effect, Request},
        keymap::{Action, Context, place},
        message::{self, At, Press},
        model::{Drawn, Target},
        scroll::{Extent, Scroll, selected},
    },
};

/// The statistics.
#[derive(Debug)]
pub struct Model {
    /// What they were opened for.
    scope: Scope,
    title: String,
    /// Whether everything is looked at instead.
    is_whole: bool,
    span: Span,
    page: Page,
    today: StudyDay,
    counted: Vec<Counted>,
    /// What is being counted, or was counted last.
    ordered: Option<Order>,
    scroll: Scroll,
    by: By,
    selected: usize,
    offset: usize,
}

/// What this screen hears.
#[derive(Debug)]
pub enum Message {
    /// It has what it needs to be opened.
    Opened(Box<Model>),
    /// An action.
    Act(Press),
    /// A click.
    Click(Target, At),
    /// A page was counted.
    Counted(Box<Counted>),
}

/// How far back is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Month,
    Year,
    AllTime,
}

/// By what cards are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Topic,
    Difficulty,
    Chapter,
}

impl Model {
    /// The statistics of this scope, which has this name, as of today.
    pub fn new(scope: Scope, title: String, today: StudyDay) -> Self {
        Self {
            is_whole: scope == Scope::Everything,
            scope,
            title,
            span: Span::Year,
            page: Page::Lately,
            today,
            counted: Vec::new(),
            ordered: None,
            scroll: Scroll::default(),
            by: By::Topic,
            selected: 0,
            offset: 0,
        }
    }

    /// The contexts whose keys it hears.
    pub fn contexts(&self) -> &'static [Context] {
        use Context::{Always, Global, Groups, List, Scroll, Statistics};
        match self.page {
            Page::Topics => &[Groups, Statistics, List, Global, Always],
            Page::Lately
            | Page::Retention
            | Page::Calendar
            | Page::Load
            | Page::Cards
            | Page::Confusions
            | Page::Prediction => &[Statistics, Scroll, Global, Always],
        }
    }

    /// The words of the footer that tell what a key would show.
    pub fn label(&self, action: Action) -> Option<String> {
        match action {
            Action::Period => Some(self.span.next().word().to_owned()),
            Action::Whole if self.is_whole => Some(match self.scope {
                Scope::Book(_) => "the book".to_owned(),
                Scope::Deck(_) => "the deck".to_owned(),
                Scope::Everything => return None,
            }),
            Action::GroupBy => Some(format!("by {}", self.by.next().word())),
            _ => None,
        }
    }

    /// Why an action does nothing now.
    pub fn refusal(&self, action: Action) -> Option<String> {
        match action {
            Action::Whole if self.scope == Scope::Everything => {
                Some("Everything is looked at already".to_owned())
            }
            Action::Study if self.page == Page::Topics && self.group().is_none() => {
                Some("There is nothing to select here yet".to_owned())
            }
            _ => None,
        }
    }

    /// The page that is seen.
    pub fn page(&self) -> Page {
        self.page
    }

    /// What has to be counted for the page that is seen; it is ordered.
    pub fn order(&mut self) -> Vec<Effect> {
        let order = self.wanted();
        let is_on_its_way = self.ordered.as_ref().is_some_and(|ordered| ordered.is_like(&order));
        if self.figures().is_some() || is_on_its_way {
            return Vec::new();
        }
        self.ordered = Some(order.clone());
        vec![Effect::Count(order)]
    }

    fn wanted(&self) -> Order {
        Order { scope: self.scope(), period: self.span.period(self.today), first: self.page }
    }

    fn scope(&self) -> Scope {
        if self.is_whole { Scope::Everything } else { self.scope.clone() }
    }

    fn figures(&self) -> Option<&Result<Figures, String>> {
        let order = self.wanted();
        let is_seen = |counted: &&Counted| counted.page == self.page && counted.order.is_like(&order);
        self.counted.iter().find(is_seen).map(|counted| &counted.figures)
    }

    fn groups(&self) -> Option<&Groups> {
        match self.figures() {
            Some(Ok(Figures::Topics(topics))) => Some(self.by.groups(topics)),
            _ => None,
        }
    }

    fn group(&self) -> Option<&Group> {
        self.groups()?.weakest.get(self.selected)
    }

    fn show(&mut self, page: Page) {
        if self.page != page {
            self.page = page;
            self.scroll = Scroll::default();
        }
    }

    fn select(&mut self, row: usize, extent: Extent) {
        self.selected = row;
        self.offset = Extent { offset: self.offset, ..extent }.showing(row, row);
    }

    /// Other figures: what was selected or scrolled to is somewhere else now.
    fn begin_again(&mut self) {
        (self.selected, self.offset, self.scroll) = (0, 0, Scroll::default());
    }
}

impl Span {
    fn period(self, today: StudyDay) -> Period {
        match self {
            Self::Month => Period::month(today),
            Self::Year => Period::year(today),
            Self::AllTime => Period::ALL,
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Month => Self::Year,
            Self::Year => Self::AllTime,
            Self::AllTime => Self::Month,
        }
    }

    /// The word of the footer.
    fn word(self) -> &'static str {
        match self {
            Self::Month => "30 days",
            Self::Year => "365 days",
            Self::AllTime => "all time",
        }
    }

    /// In words, within a sentence.
    fn words(self) -> &'static str {
        match self {
            Self::Month => "the last 30 days",
            Self::Year => "the last 365 days",
            Self::AllTime => "all time",
        }
    }

    /// As a title.
    fn title(self) -> &'static str {
        match self {
            Self::Month => "The last 30 days",
            Self::Year => "The last 365 days",
            Self::AllTime => "All time",
        }
    }
}

impl By {
    const ALL: [Self; 3] = [Self::Topic, Self::Difficulty, Self::Chapter];

    fn next(self) -> Self {
        match self {
            Self::Topic => Self::Difficulty,
            Self::Difficulty => Self::Chapter,
            Self::Chapter => Self::Topic,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Difficulty => "difficulty",
            Self::Chapter => "chapter",
        }
    }

    fn groups(self, topics: &Topics) -> &Groups {
        match self {
            Self::Topic => &topics.topics,
            Self::Difficulty => &topics.difficulties,
            Self::Chapter => &topics.chapters,
        }
    }
}

/// What happens to the statistics.
pub fn update(model: &mut Model, message: Message, drawn: &Drawn) -> Vec<Effect> {
    match message {
        // Opened by whoever holds the screens.
        Message::Opened(_) => Vec::new(),
        Message::Act(press) => act(model, press, drawn),
        Message::Click(Target::Tab(nth), _) => {
            if let Some(page) = Page::ALL.get(nth) {
                model.show(*page);
            }
            model.order()
        }
        Message::Click(Target::Row(row), _) if model.selected == row => study(model),
        Message::Click(Target::Row(row), _) => {
            model.select(row, drawn.main);
            Vec::new()
        }
        Message::Click(Target::Option(_) | Target::Grade(_) | Target::Pane { .. }, _) => Vec::new(),
        Message::Counted(counted) => {
            model.counted.push(*counted);
            Vec::new()
        }
    }
}

fn act(model: &mut Model, Press { action, key, .. }: message::Press, drawn: &Drawn) -> Vec<Effect> {
    match action {
        Action::Back | Action::Close => return vec![Effect::Close],
        Action::Study => return study(model),
        Action::ShowPage => {
            if let Some(page) = place(&key).and_then(|nth| Page::ALL.get(nth)) {
                model.show(*page);
            }
        }
        Action::PageAfter => model.show(beside(model.page, 1)),
        Action::PageBefore => model.show(beside(model.page, Page::ALL.len() - 1)),
        Action::Period => {
            model.span = model.span.next();
            model.begin_again();
        }
        Action::Whole => {
            model.is_whole = !model.is_whole;
            model.begin_again();
        }
        Action::GroupBy => {
            model.by = model.by.next();
            model.begin_again();
        }
        action if model.page == Page::Topics => {
            if let Some(row) = selected(action, model.selected, drawn.main) {
                model.select(row, drawn.main);
            }
        }
        action => {
            model.scroll.act(action, drawn.main);
        }
    }
    model.order()
}

/// The page that lies so many pages further, round and round.
fn beside(page: Page, further: usize) -> Page {
    let here = Page::ALL.iter().position(|other| *other == page).unwrap_or(0);
    Page::ALL[(here + further) % Page::ALL.len()]
}

fn study(model: &Model) -> Vec<Effect> {
    let Some(group) = model.group() else { return Vec::new() };
    let request = match group.key {
        GroupKey::Chapter(deck) => Request::Begin { scope: Scope::Deck(deck), more_new: 0 },
        key @ (GroupKey::Topic(_) | GroupKey::Difficulty(_)) => {
            Request::BeginGroup { scope: model.scope(), key, title: group.name.clone() }
        }
    };
    vec![Effect::Ask(request)]
}
