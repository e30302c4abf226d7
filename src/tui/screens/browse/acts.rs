//! What is done to the marked cards, or to the selected one, and what is asked before.

use super::{
    Model,
    choice::{Answer, Choice},
    select_by,
};
use crate::{
    app::{Deed, Order},
    tui::{
        effect::{Effect, Request},
        keymap::Action,
        model::Drawn,
        scroll::{Extent, selected},
    },
};

/// Whether an action is about a card.
pub(super) fn needs_card(action: Action) -> bool {
    use Action::{
        Bury, CardInfo, Delete, Edit, Flag, Mark, Move, Preview, Release, Reset, StudyNow, SuspendCard,
    };
    matches!(
        action,
        Bury | CardInfo
            | Delete
            | Edit
            | Flag
            | Mark
            | Move
            | Preview
            | Release
            | Reset
            | StudyNow
            | SuspendCard
    )
}

pub(super) fn act(model: &mut Model, action: Action, extent: Extent) -> Vec<Effect> {
    match action {
        Action::Mark => mark(model, extent),
        Action::MarkAll => mark_all(model),
        Action::Sort => ask(model, Choice::order(model.order.key)),
        Action::Reverse => sort(model, Order { is_descending: !model.order.is_descending, ..model.order }),
        Action::SuspendCard => do_to(model, Deed::Suspend),
        Action::Release => do_to(model, Deed::Release),
        Action::Bury => do_to(model, Deed::Bury),
        Action::Reset => do_to(model, Deed::Reset),
        Action::Flag => flag(model),
        Action::Move => ask(model, Choice::deck(&model.meant(), &model.decks)),
        Action::Delete => ask(model, Choice::deletion(model.meant())),
        Action::StudyNow => ask(model, Choice::study(model.meant())),
        Action::Edit => model.card().map(Effect::Edit).into_iter().collect(),
        Action::CardInfo => {
            model.card().map(|card| Effect::Ask(Request::CardInfo(card))).into_iter().collect()
        }
        Action::Undo => vec![Effect::Ask(Request::TakeBack)],
        Action::Redo => vec![Effect::Ask(Request::DoAgain)],
        _ => Vec::new(),
    }
}

fn ask(model: &mut Model, choice: Choice) -> Vec<Effect> {
    model.choice = Some(choice);
    Vec::new()
}

/// The selection goes on, so that one can mark one after the other.
fn mark(model: &mut Model, extent: Extent) -> Vec<Effect> {
    let Some(card) = model.card() else { return Vec::new() };
    if !model.marked.remove(&card) {
        model.marked.insert(card);
    }
    select_by(model, 1, extent)
}

/// All that are found; where all are marked, none.
fn mark_all(model: &mut Model) -> Vec<Effect> {
    if model.cards.iter().all(|card| model.marked.contains(card)) {
        model.marked.clear();
    } else {
        model.marked.extend(&model.cards);
    }
    Vec::new()
}

fn do_to(model: &Model, deed: Deed) -> Vec<Effect> {
    vec![Effect::Ask(Request::Do { cards: model.meant(), deed })]
}

/// Flags all; where all have one, takes them off.
fn flag(model: &Model) -> Vec<Effect> {
    let cards = model.meant();
    let is_flagged = |card| model.rows.get(card).is_some_and(|row| row.state.flagged);
    let deed = if cards.iter().all(is_flagged) { Deed::Unflag } else { Deed::Flag };
    vec![Effect::Ask(Request::Do { cards, deed })]
}

fn sort(model: &mut Model, order: Order) -> Vec<Effect> {
    model.order = order;
    vec![model.look_again()]
}

/// A key while something is asked.
pub(super) fn choose(model: &mut Model, action: Action, drawn: &Drawn) -> Vec<Effect> {
    let Some(choice) = &mut model.choice else { return Vec::new() };
    match action {
        Action::Confirm => return chosen(model),
        Action::Close => model.choice = None,
        action => {
            let extent = Extent { lines: choice.answers.len(), ..drawn.main };
            choice.selected = selected(action, choice.selected, extent).unwrap_or(choice.selected);
        }
    }
    Vec::new()
}

/// The selected answer is taken.
pub(super) fn chosen(model: &mut Model) -> Vec<Effect> {
    let answer = model.choice.take().and_then(|mut choice| {
        (choice.selected < choice.answers.len()).then(|| choice.answers.swap_remove(choice.selected).1)
    });
    match answer {
        None | Some(Answer::Nothing) => Vec::new(),
        Some(Answer::Sort(key)) => sort(model, Order { key, ..model.order }),
        Some(Answer::Do(cards, deed)) => {
            if deed == Deed::Delete {
                model.marked.retain(|card| !cards.contains(card));
            }
            vec![Effect::Ask(Request::Do { cards, deed })]
        }
        Some(Answer::Study { cards, practice }) => vec![Effect::Ask(Request::Study { cards, practice })],
    }
}
