//! The way of one question: shown, perhaps uncovered, answered or recalled, revealed, graded.

use std::mem;

use super::{Asked, Choice, Model, Page, Step};
use crate::{
    domain::{grade::Grade, ids::OptionId, review_log::Act, session::Asking},
    tui::{
        effect::{Effect, Request},
        keymap::{Action, place},
        message::{At, Press},
        model::Target,
        quiet::CLICK,
        scroll::Scroll,
    },
};

/// Whether an action ends a step of the question, so that a held key must not do it.
pub(super) fn decides(action: Action) -> bool {
    use Action::{
        Bury, Choose, Confirm, DontKnow, GradeAgain, GradeEasy, GradeGood, GradeHard, Guessed, Reveal,
        SuspendCard, TakeGrade, Uncover,
    };
    let answers = matches!(action, Choose | Confirm | DontKnow | Reveal | Uncover);
    let grades = matches!(action, TakeGrade | GradeAgain | GradeHard | GradeGood | GradeEasy | Guessed);
    answers || grades || matches!(action, Bury | SuspendCard)
}

/// A question appears.
pub(super) fn show(model: &mut Model, asked: Asked, at: At) {
    let Asked { deck, mut asking } = asked;
    model.page = Page::of(&deck, &asking);
    model.question_scroll = Scroll::default();
    model.explanation_scroll = Scroll::default();
    model.question_focused = false;
    model.quiet.begin(model.pressed, at);
    let is_flip_card = asking.question.is_recall();
    asking.covered = model.cover && !is_flip_card;
    let asking = Box::new(asking);
    model.step = match asking.covered {
        true => Step::Covered { asking, since: at },
        false if is_flip_card => Step::Recalling { asking, since: at },
        false => Step::Asking { asking, since: at, choice: Choice::default() },
    };
}

/// The question was edited: its new text, at the step where it was, its options in the order that
/// the person has before them. One that was given options or lost them is asked anew.
pub(super) fn show_again(model: &mut Model, asked: Asked) -> Vec<Effect> {
    let Asked { deck, mut asking } = asked;
    let Some(before) = model.asking() else { return Vec::new() };
    if asking.question.is_recall() != before.question.is_recall() {
        return vec![Effect::Ask(Request::Ask(asking.card))];
    }
    let known = |id: &OptionId| before.order.contains(id);
    if asking.order.len() == before.order.len() && asking.order.iter().all(known) {
        asking.order.clone_from(&before.order);
    }
    asking.covered = before.covered;
    model.page = Page::of(&deck, &asking);
    let asking = Box::new(asking);
    model.step = match mem::replace(&mut model.step, Step::None) {
        Step::None => Step::None,
        Step::Covered { since, .. } => Step::Covered { asking, since },
        Step::Recalling { since, .. } => Step::Recalling { asking, since },
        Step::Asking { since, .. } => Step::Asking { asking, since, choice: Choice::default() },
        Step::Revealed { revealed, grade } => {
            let chosen = revealed.chosen.into_iter().filter(|id| asking.order.contains(id)).collect();
            let revealed = asking.reveal(chosen, revealed.took_ms, model.slow_ms);
            Step::Revealed { revealed: Box::new(revealed), grade }
        }
    };
    Vec::new()
}

pub(super) fn act(model: &mut Model, action: Action, press: &Press) -> Vec<Effect> {
    match action {
        Action::Uncover => uncover(model, press),
        Action::DontKnow | Action::Reveal => reveal(model, Vec::new(), press.at),
        Action::Choose => place(&press.key).map_or_else(Vec::new, |place| choose(model, place, press.at)),
        Action::Confirm => confirm(model, press.at),
        Action::Toggle => toggle_selected(model),
        Action::Down => select(model, 1),
        Action::Up => select(model, -1),
        Action::TakeGrade => take_grade(model),
        Action::GradeAgain | Action::Guessed => grade(model, Grade::Again),
        Action::GradeHard => grade(model, Grade::Hard),
        Action::GradeGood => grade(model, Grade::Good),
        Action::GradeEasy => grade(model, Grade::Easy),
        Action::GradeBefore => select_grade(model, -1),
        Action::GradeAfter => select_grade(model, 1),
        _ => Vec::new(),
    }
}

pub(super) fn click(model: &mut Model, target: Target, at: At) -> Vec<Effect> {
    if let Target::Pane { second } = target {
        model.question_focused = !second;
        return Vec::new();
    }
    if model.quiet.ignores(CLICK, at, true) {
        return Vec::new();
    }
    model.pressed = Some(CLICK);
    match target {
        Target::Option(place) => choose(model, place, at),
        Target::Grade(clicked) => grade(model, clicked),
        Target::Pane { .. } | Target::Row(_) | Target::Tab(_) => Vec::new(),
    }
}

fn uncover(model: &mut Model, press: &Press) -> Vec<Effect> {
    model.step = match mem::replace(&mut model.step, Step::None) {
        Step::Covered { asking, since } => {
            model.quiet.begin(Some(press.key.code), press.at);
            Step::Asking { asking, since, choice: Choice::default() }
        }
        other => other,
    };
    Vec::new()
}

/// An option is meant: it answers, or where several are right it is marked.
fn choose(model: &mut Model, place: usize, at: At) -> Vec<Effect> {
    let Step::Asking { asking, choice, .. } = &mut model.step else { return Vec::new() };
    let Some(option) = asking.option_at(place) else { return Vec::new() };
    if !asking.question.has_several_keys() {
        return reveal(model, vec![option], at);
    }
    choice.selected = Some(place);
    choice.toggle(place);
    Vec::new()
}

fn toggle_selected(model: &mut Model) -> Vec<Effect> {
    if let Step::Asking { choice, .. } = &mut model.step
        && let Some(place) = choice.selected
    {
        choice.toggle(place);
    }
    Vec::new()
}

fn confirm(model: &mut Model, at: At) -> Vec<Effect> {
    let Step::Asking { asking, choice, .. } = &model.step else { return Vec::new() };
    let places = match asking.question.has_several_keys() {
        true => choice.marked.clone(),
        false => choice.selected.into_iter().collect(),
    };
    let chosen: Vec<OptionId> = places.into_iter().filter_map(|place| asking.option_at(place)).collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    reveal(model, chosen, at)
}

fn select(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Step::Asking { asking, choice, .. } = &mut model.step {
        let last = asking.order.len().saturating_sub(1);
        let from_nothing = if by > 0 { 0 } else { last };
        let moved = choice.selected.map(|selected| selected.saturating_add_signed(by).min(last));
        choice.selected = Some(moved.unwrap_or(from_nothing));
        model.question_scroll = Scroll::default();
    }
    Vec::new()
}

fn reveal(model: &mut Model, chosen: Vec<OptionId>, at: At) -> Vec<Effect> {
    let (asking, since) = match mem::replace(&mut model.step, Step::None) {
        Step::Asking { asking, since, .. } | Step::Recalling { asking, since } => (asking, since),
        other => {
            model.step = other;
            return Vec::new();
        }
    };
    let took_ms = u32::try_from(at.since(since)).unwrap_or(u32::MAX);
    let revealed = Asking::reveal(*asking, chosen, took_ms, model.slow_ms);
    let grade = revealed.suggested;
    model.step = Step::Revealed { revealed: Box::new(revealed), grade };
    model.question_scroll = Scroll::default();
    model.quiet.begin(model.pressed, at);
    Vec::new()
}

fn selected_grade(model: &Model) -> Option<Grade> {
    match &model.step {
        Step::Revealed { grade, .. } => Some(*grade),
        Step::None | Step::Covered { .. } | Step::Recalling { .. } | Step::Asking { .. } => None,
    }
}

/// Takes the grade that is selected.
fn take_grade(model: &mut Model) -> Vec<Effect> {
    selected_grade(model).map_or_else(Vec::new, |selected| grade(model, selected))
}

/// The answer is put into the log. The question stays until that is done.
pub(super) fn grade(model: &mut Model, given: Grade) -> Vec<Effect> {
    let Step::Revealed { revealed, grade } = &mut model.step else { return Vec::new() };
    *grade = given;
    let act = match model.practice {
        true => Act::Practise(revealed.practised(given)),
        false => Act::Answer(revealed.graded(given)),
    };
    vec![Effect::Ask(Request::Record { card: revealed.asked.card, act })]
}

fn select_grade(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Step::Revealed { grade, .. } = &mut model.step {
        let place = usize::from(grade.number() - 1).saturating_add_signed(by);
        *grade = Grade::ALL[place.min(Grade::ALL.len() - 1)];
    }
    Vec::new()
}

impl Choice {
    fn toggle(&mut self, place: usize) {
        match self.marked.iter().position(|marked| *marked == place) {
            Some(at) => {
                self.marked.remove(at);
            }
            None => self.marked.push(place),
        }
    }
}
