//! Going back in a sitting, and forward again.

use super::{Model, Step, next};
use crate::{
    app::{Reversal, Reversed},
    domain::time::StudyDay,
    tui::{
        effect::{Effect, Request},
        notice::Notice,
    },
};

/// An answer that is not graded yet is only taken back from the screen.
pub(super) fn undo(model: &Model) -> Vec<Effect> {
    match &model.step {
        Step::Revealed { revealed, .. } => {
            let is_flip_card = revealed.asked.question.is_recall();
            let words = if is_flip_card { "The card is turned back" } else { "The answer is taken back" };
            let told = Effect::Tell(Notice::info(words));
            vec![told, Effect::Ask(Request::Ask(revealed.asked.card))]
        }
        Step::None | Step::Covered { .. } | Step::Recalling { .. } | Step::Asking { .. } => {
            vec![Effect::Ask(Request::Undo(model.scope.clone()))]
        }
    }
}

/// An answer that is shown must not be lost by going on elsewhere.
pub(super) fn redo(model: &Model) -> Vec<Effect> {
    match &model.step {
        Step::Revealed { .. } => vec![Effect::Tell(Notice::info("Grade this answer first, or take it back"))],
        Step::None | Step::Covered { .. } | Step::Recalling { .. } | Step::Asking { .. } => {
            vec![Effect::Ask(Request::Redo(model.scope.clone()))]
        }
    }
}

/// What was taken back is asked next.
pub(super) fn undone(model: &mut Model, undone: Option<Reversal>) -> Vec<Effect> {
    let told = Effect::Tell(undone_in_words(undone.as_ref()));
    let Some(Reversal { reversed, .. }) = undone else { return vec![told] };
    if let Some(present) = model.card() {
        model.session.comes_next(present);
    }
    // The first of them is asked first.
    for Reversed { event, may_be_asked, .. } in reversed.iter().rev() {
        model.session.undone(event.id, event.card, *may_be_asked);
        model.news.undone(event.card);
    }
    [told].into_iter().chain(next(model)).collect()
}

/// What was done again is done.
pub(super) fn redone(model: &mut Model, redone: Option<Reversal>, today: StudyDay) -> Vec<Effect> {
    let told = Effect::Tell(redone_in_words(redone.as_ref()));
    let Some(Reversal { reversed, .. }) = redone else { return vec![told] };
    if let Some(present) = model.card() {
        model.session.comes_next(present);
    }
    for Reversed { event, before, after, .. } in &reversed {
        model.session.redone(event, after, today);
        let no_longer_new = before.schedule.is_none() && (after.schedule.is_some() || after.is_held(today));
        model.news.gone(event.card, no_longer_new);
    }
    [told].into_iter().chain(next(model)).collect()
}

/// `Undone: Good on Q14.3`
pub fn undone_in_words(undone: Option<&Reversal>) -> Notice {
    Notice::info(match undone {
        Some(undone) => format!("Undone: {}", undone.in_words()),
        None => "There is nothing left to undo".to_owned(),
    })
}

/// `Done again: Good on Q14.3`
pub fn redone_in_words(redone: Option<&Reversal>) -> Notice {
    Notice::info(match redone {
        Some(redone) => format!("Done again: {}", redone.in_words()),
        None => "There is nothing to do again".to_owned(),
    })
}
