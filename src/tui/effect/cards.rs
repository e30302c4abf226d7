//! What the list of cards asks the program for.

use crate::{
    app::{App, Error, Order},
    domain::{deck::Scope, ids::CardId, search::Mistake},
    tui::{message::Message, model::Begun, screens::browse},
};

/// The list is opened with what a query finds; with one that makes no sense, to be mended.
pub(super) fn open(app: &mut App, query: String) -> Result<Message, Error> {
    app.complete_index()?;
    let order = Order::default();
    let (page, mistake) = match search_page(app, query.clone(), order, false)? {
        Ok(page) => (page, None),
        Err(mistake) => (browse::Page::nothing(query, order), Some(mistake)),
    };
    let decks = app.overview()?.decks.into_iter().map(|row| row.name).collect();
    let mut model = browse::Model::new(page, decks, app.now().day);
    model.set_mistake(mistake);
    Ok(Message::Browse(browse::Message::Opened(Box::new(model))))
}

/// The cards that a query finds: the first ones, or all.
pub(super) fn search(app: &App, query: String, order: Order, all: bool) -> Result<Message, Error> {
    Ok(Message::Browse(match search_page(app, query, order, all)? {
        Ok(page) => browse::Message::Found(Box::new(page)),
        Err(mistake) => browse::Message::Mistaken(mistake),
    }))
}

fn search_page(
    app: &App,
    query: String,
    order: Order,
    all: bool,
) -> Result<Result<browse::Page, Mistake>, Error> {
    let search = match app.search_for(&query, order) {
        Ok(search) => search,
        Err(mistake) => return Ok(Err(mistake)),
    };
    let most = if all { usize::MAX } else { browse::FIRST };
    let cards = app.search(&search, 0, most)?;
    let first = &cards[..cards.len().min(if all { 0 } else { browse::FIRST })];
    let rows = app.found(first)?;
    let is_complete = cards.len() < most;
    Ok(Ok(browse::Page { query, order, is_first: !all, cards, is_complete, rows }))
}

/// A card with all there is to tell of it.
pub(super) fn look_at(app: &mut App, card: CardId) -> Result<browse::Seen, Error> {
    let mut asked = super::ask(app, card)?;
    asked.asking.order = asked.asking.question.options().iter().map(|option| option.id).collect();
    Ok(browse::Seen {
        asked,
        recalled: app.retrievability(card)?,
        history: app.history(card)?,
        today: app.now().day,
    })
}

/// A sitting over just these cards.
pub(super) fn study(app: &mut App, cards: Vec<CardId>, practice: bool) -> Result<Begun, Error> {
    let mut new = 0;
    for card in &cards {
        new += usize::from(app.state(*card)?.schedule.is_none());
    }
    let title = crate::typeset::counted(cards.len(), "card");
    Ok(Begun {
        new,
        cover: app.config().cover_options,
        slow_ms: app.config().slow_ms(),
        scope: Scope::Everything,
        title,
        session: app.begin_with(cards)?,
        otherwise: "There are no cards to study".to_owned(),
        practice,
    })
}
