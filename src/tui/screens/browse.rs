//! All cards in a list, searched as one types, beside the one that is selected; acts on it or on the marked
//! ones.

mod acts;
mod choice;
mod columns;
mod preview;
mod view;

use std::collections::{BTreeSet, HashMap};

use crossterm::event::{Event as Input_, KeyEvent};
use tui_input::{Input, InputRequest, backend::crossterm::EventHandler};

pub use preview::Seen;
pub use view::view;

use crate::{
    app::{Deed, Found, Order},
    domain::{deck::DeckName, ids::CardId, search::Mistake, time::StudyDay},
    tui::{
        effect::{Effect, Request},
        keymap::{Action, Context},
        message::Press,
        model::Drawn,
        notice::Notice,
        scroll::{Extent, Scroll, selected},
    },
};
use choice::Choice;
use preview::Preview;

/// So many cards are looked for before anything is drawn; the others when that is done.
pub const FIRST: usize = 200;
/// Rows around the selected one that are read at once.
const AROUND: usize = 120;
/// More rows are not kept.
const MOST_ROWS: usize = 2_000;

/// The list and what is looked at in it.
#[derive(Debug)]
pub struct Model {
    input: Input,
    /// The query that the list shows; the one in the field may be a mistaken one.
    query: String,
    /// Whether the keys write into the field.
    writing: bool,
    /// What is wrong with the query that is written; the list is that of the query before.
    mistake: Option<Mistake>,
    order: Order,
    /// The cards that are known to be found, in their order.
    cards: Vec<CardId>,
    /// Whether these are all.
    is_complete: bool,
    rows: HashMap<CardId, Found>,
    marked: BTreeSet<CardId>,
    selected: usize,
    offset: usize,
    preview: Option<Preview>,
    /// Whether the preview is shown alone, where there is no room for both.
    alone: bool,
    /// Whether the keys scroll the preview.
    reading: bool,
    scroll: Scroll,
    choice: Option<Choice>,
    decks: Vec<DeckName>,
    today: StudyDay,
}

/// What was looked for, and what was found.
#[derive(Debug)]
pub struct Page {
    /// The query.
    pub query: String,
    /// The order.
    pub order: Order,
    /// Whether it is the first look for it, and not the one for the cards beyond the first page.
    pub is_first: bool,
    /// Its first cards, or all.
    pub cards: Vec<CardId>,
    /// Whether these are all.
    pub is_complete: bool,
    /// What the list shows of the first of them.
    pub rows: Vec<Found>,
}

impl Page {
    /// Nothing is found by a query that makes no sense.
    pub fn nothing(query: String, order: Order) -> Self {
        Self { query, order, is_first: true, cards: Vec::new(), is_complete: true, rows: Vec::new() }
    }
}

/// What happens to the list.
#[derive(Debug)]
pub enum Message {
    /// A key.
    Act(Press),
    /// It is opened.
    Opened(Box<Model>),
    /// Something was found.
    Found(Box<Page>),
    /// The query makes no sense.
    Mistaken(Mistake),
    /// What the list shows of these cards.
    Rows(Vec<Found>),
    /// A card to be looked at.
    Seen(Box<Seen>),
    /// Something was done.
    Done(Notice),
}

impl Model {
    /// The list that is opened with what a query found.
    pub fn new(page: Page, decks: Vec<DeckName>, today: StudyDay) -> Self {
        let mut model = Self {
            input: Input::new(page.query.clone()),
            query: String::new(),
            writing: false,
            mistake: None,
            order: page.order,
            cards: Vec::new(),
            is_complete: false,
            rows: HashMap::new(),
            marked: BTreeSet::new(),
            selected: 0,
            offset: 0,
            preview: None,
            alone: false,
            reading: false,
            scroll: Scroll::default(),
            choice: None,
            decks,
            today,
        };
        model.take(page);
        model
    }

    /// Sets what is wrong with the query that it was opened with.
    pub fn set_mistake(&mut self, mistake: Option<Mistake>) {
        self.writing = mistake.is_some();
        self.mistake = mistake;
    }

    /// The contexts whose keys it hears.
    pub fn contexts(&self) -> &'static [Context] {
        use Context::{Always, Browse, Choices, Global, List, Query, Reading, Scroll};
        if self.choice.is_some() {
            return &[Choices, List, Always];
        }
        match (self.writing, self.reads()) {
            (true, _) => &[Query, Always],
            (false, true) => &[Reading, Browse, Scroll, Global, Always],
            (false, false) => &[Browse, List, Global, Always],
        }
    }

    /// Whether the keys scroll the preview.
    fn reads(&self) -> bool {
        self.reading || self.alone
    }

    /// Why an action does nothing now.
    pub fn refusal(&self, action: Action) -> Option<String> {
        let words = match action {
            _ if self.choice.is_some() => return None,
            action if acts::needs_card(action) && self.cards.is_empty() => "No card is found here",
            Action::Move if self.decks.len() < 2 => "There is no other deck",
            _ => return None,
        };
        Some(words.to_owned())
    }

    /// A better word for the footer than the key map has.
    pub fn label(&self, action: Action) -> Option<String> {
        match action {
            Action::Back => Some("decks".to_owned()),
            _ => None,
        }
    }

    /// Takes a text that was pasted: a query is one line.
    pub fn write(&mut self, text: &str) -> bool {
        if !self.writing {
            return false;
        }
        for letter in text.lines().next().unwrap_or_default().chars().filter(|letter| !letter.is_control()) {
            self.input.handle(InputRequest::InsertChar(letter));
        }
        true
    }

    /// Takes a key that edits the field.
    pub fn edit(&mut self, key: KeyEvent) {
        if self.writing {
            self.input.handle_event(&Input_::Key(key));
        }
    }

    /// What is to be done when something was written.
    pub fn written(&self) -> Vec<Effect> {
        if self.writing { vec![self.look_for_written()] } else { Vec::new() }
    }

    /// What is written is looked for.
    fn look_for_written(&self) -> Effect {
        let query = self.input.value().to_owned();
        Effect::Ask(Request::Search { query, order: self.order, all: false })
    }

    /// What the list shows is looked for once more.
    fn look_again(&self) -> Effect {
        Effect::Ask(Request::Search { query: self.query.clone(), order: self.order, all: false })
    }

    /// The cards beyond the first page are looked for, as soon as that page is seen.
    fn look_further(&self) -> Effect {
        Effect::AfterDrawing(Request::Search { query: self.query.clone(), order: self.order, all: true })
    }

    /// The cards that an act is about: the marked ones, else the selected one.
    fn meant(&self) -> Vec<CardId> {
        if self.marked.is_empty() {
            return self.card().into_iter().collect();
        }
        let (seen, unseen): (Vec<CardId>, Vec<CardId>) = {
            let found: BTreeSet<&CardId> = self.cards.iter().collect();
            self.marked.iter().copied().partition(|card| found.contains(card))
        };
        let in_order = self.cards.iter().copied().filter(|card| seen.binary_search(card).is_ok());
        in_order.chain(unseen).collect()
    }

    fn card(&self) -> Option<CardId> {
        self.cards.get(self.selected).copied()
    }

    /// Takes what was found. The selection stays with its card, where that is among it.
    fn take(&mut self, page: Page) {
        let before = self.card();
        if page.query == self.input.value() {
            self.mistake = None;
        }
        self.query = page.query;
        self.cards = page.cards;
        self.is_complete = page.is_complete;
        if self.rows.len() > MOST_ROWS {
            self.rows.clear();
        }
        self.rows.extend(page.rows.into_iter().map(|row| (row.card, row)));
        let same = before.and_then(|before| self.cards.iter().position(|card| *card == before));
        self.selected = same.unwrap_or(0);
        if same.is_none() {
            self.offset = 0;
        }
    }

    /// What must be read for what is seen now.
    fn wanted(&self) -> Vec<Effect> {
        let around = self.selected.saturating_sub(AROUND)..self.cards.len().min(self.selected + AROUND);
        let missing = |card: &CardId| !self.rows.contains_key(card);
        let near = self.selected.saturating_sub(AROUND / 2)..self.cards.len().min(self.selected + AROUND / 2);
        let mut effects = Vec::new();
        if self.cards[near].iter().any(missing) {
            let cards = self.cards[around].iter().copied().filter(missing).collect();
            effects.push(Effect::Ask(Request::Rows(cards)));
        }
        let shown = self.preview.as_ref().map(Preview::card);
        match self.card() {
            Some(card) if shown != Some(card) => effects.push(Effect::Ask(Request::Look(card))),
            Some(_) | None => {}
        }
        effects
    }
}

/// What a message does to the list.
pub fn update(model: &mut Model, message: Message, drawn: &Drawn) -> Vec<Effect> {
    match message {
        Message::Act(press) => act(model, press, drawn),
        // Settled by whoever opens screens.
        Message::Opened(_) => Vec::new(),
        Message::Found(page) => found(model, *page),
        Message::Mistaken(mistake) => {
            model.mistake = Some(mistake);
            Vec::new()
        }
        Message::Rows(rows) => {
            model.rows.extend(rows.into_iter().map(|row| (row.card, row)));
            Vec::new()
        }
        Message::Seen(seen) => {
            model.preview = Some(Preview::new(*seen));
            model.scroll = Scroll::default();
            Vec::new()
        }
        Message::Done(notice) => {
            vec![Effect::Tell(notice), refresh(model)]
        }
    }
}

/// Everything that is shown is read anew.
fn refresh(model: &mut Model) -> Effect {
    model.rows.clear();
    model.preview = None;
    model.look_again()
}

/// What is wanted as soon as the list is open.
pub fn opened(model: &Model) -> Vec<Effect> {
    let mut effects = model.wanted();
    if !model.is_complete {
        effects.push(model.look_further());
    }
    effects
}

fn found(model: &mut Model, page: Page) -> Vec<Effect> {
    let is_late = !page.is_first && (page.query != model.query || page.order != model.order);
    if is_late {
        return Vec::new();
    }
    model.take(page);
    if model.cards.is_empty() {
        model.preview = None;
        model.alone = false;
        model.reading = false;
    }
    opened(model)
}

/// A click selects a card.
pub fn click(model: &mut Model, row: usize, drawn: &Drawn) -> Vec<Effect> {
    if let Some(choice) = &mut model.choice {
        choice.selected = row;
        return acts::chosen(model);
    }
    model.writing = false;
    select(model, row, drawn.main)
}

fn act(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    if model.choice.is_some() {
        return acts::choose(model, press.action, drawn);
    }
    if model.reads() && model.scroll.act(press.action, drawn.second) {
        return Vec::new();
    }
    match press.action {
        Action::Back => vec![Effect::Home],
        Action::Close => close(model),
        Action::Search => {
            model.writing = true;
            model.reading = false;
            model.alone = false;
            Vec::new()
        }
        Action::Confirm => {
            model.writing = false;
            Vec::new()
        }
        Action::Preview => {
            model.alone = !model.alone;
            model.reading = false;
            Vec::new()
        }
        Action::OtherPane => {
            model.reading = !model.reading;
            Vec::new()
        }
        Action::NextCard => select_by(model, 1, drawn.main),
        Action::CardBefore => select_by(model, -1, drawn.main),
        action => match selected(action, model.selected, list_extent(model, drawn)) {
            Some(row) => select(model, row, drawn.main),
            None => acts::act(model, action, drawn.main),
        },
    }
}

fn list_extent(model: &Model, drawn: &Drawn) -> Extent {
    Extent { lines: model.cards.len(), ..drawn.main }
}

/// One step back: from a text field, from the preview, from marks, and at last to the decks.
fn close(model: &mut Model) -> Vec<Effect> {
    if model.writing {
        model.writing = false;
    } else if model.reads() {
        model.reading = false;
        model.alone = false;
    } else if !model.marked.is_empty() {
        model.marked.clear();
    } else if !model.input.value().is_empty() {
        model.input = Input::default();
        return vec![model.look_for_written()];
    } else {
        return vec![Effect::Home];
    }
    Vec::new()
}

fn select_by(model: &mut Model, by: isize, extent: Extent) -> Vec<Effect> {
    let row = model.selected.saturating_add_signed(by).min(model.cards.len().saturating_sub(1));
    select(model, row, extent)
}

fn select(model: &mut Model, row: usize, extent: Extent) -> Vec<Effect> {
    model.selected = row;
    model.offset = Extent { offset: model.offset, lines: model.cards.len(), ..extent }.showing(row, row);
    model.wanted()
}

/// What was done to so many cards: `3 cards are suspended; u takes that back`.
pub fn done_in_words(deed: &Deed, cards: usize) -> Notice {
    let (is, were) = match deed {
        Deed::Suspend => ("suspended until r releases them", "to suspend"),
        Deed::Release => ("released", "suspended, buried or deleted"),
        Deed::Bury => ("buried until tomorrow", "to bury"),
        Deed::Reset => ("as if never answered", "answered"),
        Deed::Flag => ("flagged", "to flag"),
        Deed::Unflag => ("no longer flagged", "flagged"),
        Deed::Move(_) => ("in the other deck", "to move"),
        Deed::Delete => ("deleted", "to delete"),
    };
    Notice::info(match cards {
        0 => format!("There was nothing {were}"),
        1 => format!("1 card is {}; u takes that back", is.replace("them", "it")),
        _ => format!("{cards} cards are {is}; u takes that back"),
    })
}
