//! A sitting: questions are asked, answered, revealed and graded, one after the other.

mod answer;
mod news;
pub(super) mod page;
mod reversal;
mod view;

pub use reversal::{redone_in_words, undone_in_words};
pub use view::view;

use crossterm::event::KeyCode;

use crate::{
    app::{Recorded, Reversal},
    domain::{
        deck::{DeckName, Scope},
        grade::Grade,
        ids::CardId,
        review_log::Act,
        session::{Asking, Revealed, Session},
        time::StudyDay,
    },
    tui::{
        effect::{Effect, Request},
        keymap::{Action, Context},
        message::{At, Press},
        model::{Begun, Drawn, Target},
        notice::Notice,
        quiet::{CLICK, Quiet},
        scroll::{Extent, Scroll},
    },
};
use news::News;
use page::Page;

/// The sitting and the question that it is at.
#[derive(Debug)]
pub struct Model {
    scope: Scope,
    session: Session,
    news: News,
    /// Whether the options of the next questions are covered at first.
    cover: bool,
    slow_ms: u32,
    /// Whether answers are for practice, and leave the schedule alone.
    practice: bool,
    step: Step,
    /// The texts of the question, ready to be laid out.
    page: Page,
    quiet: Quiet,
    /// The key that was pressed last, or the mouse's button; the step that it brings about does not
    /// hear it again at once.
    pressed: Option<KeyCode>,
    question_scroll: Scroll,
    explanation_scroll: Scroll,
    /// Whether the keys scroll the question, though its explanation is shown.
    question_focused: bool,
    /// Where the person goes as soon as the answer on the screen is stored.
    leaving: Option<Leaving>,
}

/// Where a person leaves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// To the decks.
    Decks,
    /// Out of the program, with this exit code.
    Program(u8),
}

/// How far the question has come.
#[derive(Debug)]
enum Step {
    /// There is none yet, or no more.
    None,
    /// It is shown without its options.
    Covered { asking: Box<Asking>, since: At },
    /// A flip card: it waits until the person has recalled its answer.
    Recalling { asking: Box<Asking>, since: At },
    /// It waits for an answer.
    Asking { asking: Box<Asking>, since: At, choice: Choice },
    /// Its answer is shown; it waits for a grade, one of which is selected.
    Revealed { revealed: Box<Revealed>, grade: Grade },
}

/// What the person has done among the options.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Choice {
    /// The selected place. None at first: a key that is held too long shall not answer.
    selected: Option<usize>,
    /// The marked places, where several options are right.
    marked: Vec<usize>,
}

/// A question as it comes from the program.
#[derive(Debug)]
pub struct Asked {
    /// Its deck.
    pub deck: DeckName,
    /// The question.
    pub asking: Asking,
}

/// What happens to the sitting.
#[derive(Debug)]
pub enum Message {
    /// A key.
    Act(Press),
    /// A click.
    Click(Target, At),
    /// The wheel was turned by so many lines.
    Wheel {
        /// Over the explanation, and not over the question.
        second: bool,
        /// How far.
        lines: isize,
    },
    /// The next question is there.
    Asked(Box<Asked>, At),
    /// The same question is there once more, after it was edited.
    AskedAgain(Box<Asked>),
    /// An act is in the log, on disk.
    Recorded {
        /// The act.
        act: Act,
        /// Where it stands, and what it did to the card.
        recorded: Recorded,
        /// The study day.
        today: StudyDay,
    },
    /// The card was buried.
    Buried,
    /// The last act was taken back, if there was one.
    Undone(Option<Reversal>),
    /// What was undone last counts again, if there was something, on this study day.
    Redone(Option<Reversal>, StudyDay),
    /// The editor was closed, with this outcome.
    Edited(Notice),
}

impl Model {
    /// The sitting that has begun; its first question is still to be asked for.
    pub fn new(begun: Begun) -> Self {
        Self {
            scope: begun.scope,
            session: begun.session,
            news: News::new(begun.new),
            cover: begun.cover,
            slow_ms: begun.slow_ms,
            practice: begun.practice,
            step: Step::None,
            page: Page::default(),
            quiet: Quiet::default(),
            // With a key nobody can begin and answer at once, with a double click one could.
            pressed: Some(CLICK),
            question_scroll: Scroll::default(),
            explanation_scroll: Scroll::default(),
            question_focused: false,
            leaving: None,
        }
    }

    /// The contexts whose keys are heard now.
    pub fn contexts(&self) -> &'static [Context] {
        use Context::{Always, Asking, Covered, Global, Recalling, Revealed, Review, Scroll};
        match &self.step {
            Step::None => &[Review, Scroll, Global, Always],
            Step::Covered { .. } => &[Covered, Review, Scroll, Global, Always],
            Step::Recalling { .. } => &[Recalling, Review, Scroll, Global, Always],
            Step::Asking { .. } => &[Asking, Review, Global, Always],
            Step::Revealed { .. } => &[Revealed, Review, Scroll, Global, Always],
        }
    }

    /// How many options can be chosen now.
    pub fn options(&self) -> usize {
        match &self.step {
            Step::Asking { asking, .. } => asking.order.len(),
            Step::None | Step::Covered { .. } | Step::Recalling { .. } | Step::Revealed { .. } => 0,
        }
    }

    /// Why an action does nothing now.
    pub fn refusal(&self, action: Action) -> Option<String> {
        let words = match (&self.step, action) {
            (Step::None, action) if is_about_a_question(action) => "There is no question here",
            (_, Action::Reset) if self.asking().is_some_and(|asking| asking.state.schedule.is_none()) => {
                "It was never answered, so there is nothing to reset"
            }
            (Step::Asking { asking, choice, .. }, Action::Confirm) => {
                match asking.question.has_several_keys() {
                    true if choice.marked.is_empty() => "Mark an option first: press its letter",
                    false if choice.selected.is_none() => {
                        "Select an option first with ↑ ↓, or press its letter"
                    }
                    true | false => return None,
                }
            }
            (Step::Asking { asking, choice, .. }, Action::Toggle) => match asking.question.has_several_keys()
            {
                false => "Only one option is right here: its letter answers",
                true if choice.selected.is_none() => "Select an option first with ↑ ↓",
                true => return None,
            },
            (Step::Covered { .. } | Step::Recalling { .. } | Step::Asking { .. }, Action::OtherPane) => {
                "There is one pane only until the answer is shown"
            }
            _ => return None,
        };
        Some(words.to_owned())
    }

    /// A better word for the footer than the key map has.
    pub fn label(&self, action: Action) -> Option<String> {
        match (&self.step, action) {
            (Step::Revealed { grade, .. }, Action::TakeGrade) => Some(grade.label().to_owned()),
            (Step::Revealed { revealed, .. }, Action::Guessed) if revealed.asked.question.is_recall() => {
                Some("not known".to_owned())
            }
            (Step::Asking { asking, .. }, Action::Choose) if asking.question.has_several_keys() => {
                Some("mark".to_owned())
            }
            _ => None,
        }
    }

    fn asking(&self) -> Option<&Asking> {
        match &self.step {
            Step::None => None,
            Step::Covered { asking, .. } | Step::Recalling { asking, .. } | Step::Asking { asking, .. } => {
                Some(asking)
            }
            Step::Revealed { revealed, .. } => Some(&revealed.asked),
        }
    }

    fn card(&self) -> Option<CardId> {
        self.asking().map(|asking| asking.card)
    }

    fn is_revealed(&self) -> bool {
        matches!(self.step, Step::Revealed { .. })
    }

    /// Which pane the keys scroll: the explanation once it is there, unless the person chose the
    /// question, or only the question has something out of sight.
    fn scrolls_explanation(&self, drawn: &Drawn) -> bool {
        let only_question = drawn.second.furthest() == 0 && drawn.main.furthest() > 0;
        self.is_revealed() && !self.question_focused && !only_question
    }

    fn pane(&mut self, second: bool, drawn: &Drawn) -> (&mut Scroll, Extent) {
        match second {
            true => (&mut self.explanation_scroll, drawn.second),
            false => (&mut self.question_scroll, drawn.main),
        }
    }

    fn name(&self) -> String {
        self.asking().map_or_else(String::new, |asking| asking.question.name())
    }
}

fn is_about_a_question(action: Action) -> bool {
    use Action::{Bury, CardInfo, Cover, Edit, Flag, OtherPane, Reset, SuspendCard};
    matches!(action, Bury | CardInfo | Cover | Edit | Flag | OtherPane | Reset | SuspendCard)
}

/// Takes the first question, or the next one. Without any the sitting is over.
pub fn next(model: &mut Model) -> Vec<Effect> {
    model.step = Step::None;
    if let Some(card) = model.session.next_card() {
        return vec![Effect::Ask(Request::Ask(card))];
    }
    if model.session.done().is_empty() {
        return vec![Effect::Home];
    }
    vec![Effect::Ask(Request::Summary {
        scope: model.scope.clone(),
        summary: model.session.summary(),
        left_out: model.session.left_out,
    })]
}

/// What a message does to the sitting.
pub fn update(model: &mut Model, message: Message, drawn: &Drawn) -> Vec<Effect> {
    match message {
        Message::Act(press) => act(model, press, drawn),
        Message::Click(target, at) => answer::click(model, target, at),
        Message::Wheel { second, lines } => {
            let (scroll, extent) = model.pane(second, drawn);
            scroll.by(lines, extent);
            Vec::new()
        }
        Message::Asked(asked, at) => {
            answer::show(model, *asked, at);
            Vec::new()
        }
        Message::AskedAgain(asked) => answer::show_again(model, *asked),
        Message::Recorded { act, recorded, today } => after(model, &act, recorded, today),
        Message::Buried => leave_card(model, "is buried until tomorrow"),
        Message::Undone(undone) => reversal::undone(model, undone),
        Message::Redone(redone, today) => reversal::redone(model, redone, today),
        Message::Edited(notice) => {
            let again = model.card().map(|card| Effect::Ask(Request::AskAgain(card)));
            [Effect::Tell(notice)].into_iter().chain(again).collect()
        }
    }
}

fn act(model: &mut Model, press: Press, drawn: &Drawn) -> Vec<Effect> {
    let (scroll, extent) = model.pane(model.scrolls_explanation(drawn), drawn);
    if scroll.act(press.action, extent) {
        return Vec::new();
    }
    if model.quiet.ignores(press.key.code, press.at, answer::decides(press.action)) {
        return Vec::new();
    }
    model.pressed = Some(press.key.code);
    if !matches!(press.action, Action::Back | Action::Close) {
        model.leaving = None;
    }
    match press.action {
        Action::Undo => reversal::undo(model),
        Action::Redo => reversal::redo(model),
        Action::Skip => skip(model),
        Action::Back | Action::Close => leave(model, Leaving::Decks),
        Action::Cover => {
            model.cover = !model.cover;
            let words = if model.cover { "covered at first" } else { "shown at once" };
            vec![Effect::Tell(Notice::info(format!("From the next question on the options are {words}")))]
        }
        Action::OtherPane => {
            model.question_focused = !model.question_focused;
            Vec::new()
        }
        Action::Edit
        | Action::Flag
        | Action::Bury
        | Action::SuspendCard
        | Action::Reset
        | Action::CardInfo => {
            model.asking().and_then(|asking| about_card(asking, press.action)).into_iter().collect()
        }
        action => answer::act(model, action, &press),
    }
}

/// Leaves the sitting. Who has answered has answered: the selected grade is taken first. Where it cannot
/// be stored, leaving once more leaves all the same.
pub fn leave(model: &mut Model, to: Leaving) -> Vec<Effect> {
    let Step::Revealed { revealed, grade } = &model.step else { return vec![to.effect()] };
    if model.leaving.is_some() {
        return vec![to.effect()];
    }
    let Some(grade) = revealed.grade_on_leaving(*grade) else {
        let words = format!("{} was not graded and will be asked again", model.name());
        return vec![to.effect(), Effect::Tell(Notice::info(words))];
    };
    model.leaving = Some(to);
    answer::grade(model, grade)
}

/// What is done to the card that is asked, whatever step it is at.
fn about_card(asking: &Asking, action: Action) -> Option<Effect> {
    let card = asking.card;
    let record = |act| Effect::Ask(Request::Record { card, act });
    match action {
        Action::Edit => Some(Effect::Edit(card)),
        Action::Flag => Some(record(if asking.state.flagged { Act::Unflag } else { Act::Flag })),
        Action::Bury => Some(Effect::Ask(Request::Bury(card))),
        Action::SuspendCard => Some(record(Act::Suspend)),
        Action::Reset => Some(record(Act::Reset)),
        Action::CardInfo => Some(Effect::Ask(Request::CardInfo(card))),
        _ => None,
    }
}

fn skip(model: &mut Model) -> Vec<Effect> {
    if let Some(card) = model.card() {
        if model.session.remaining() == 0 {
            return vec![Effect::Tell(Notice::info("This is the last question of the sitting"))];
        }
        model.session.skipped(card);
    }
    next(model)
}

/// An act is on disk: only now may the next question appear.
fn after(model: &mut Model, act: &Act, recorded: Recorded, today: StudyDay) -> Vec<Effect> {
    match act {
        Act::Answer(answer) => {
            let Step::Revealed { revealed, .. } = &model.step else { return Vec::new() };
            let leech = recorded.after.became_leech(&recorded.before).then(|| leech(revealed, &recorded));
            model.news.gone(revealed.asked.card, recorded.before.schedule.is_none());
            model.session.graded(revealed, answer.grade, recorded.event, &recorded.after, today);
            let onward = match model.leaving.take() {
                Some(leaving) => vec![leaving.effect()],
                None => next(model),
            };
            leech.into_iter().chain(onward).collect()
        }
        Act::Suspend => leave_card(model, "is suspended until r in the decks releases it"),
        Act::Reset => leave_card(model, "is new again, as if never answered"),
        Act::Flag => set_flag(model, true),
        Act::Unflag => set_flag(model, false),
        Act::Practise(practice) => {
            let Step::Revealed { revealed, .. } = &model.step else { return Vec::new() };
            model.session.practised(revealed, practice.grade, recorded.event, today);
            model.leaving.take().map_or_else(|| next(model), |leaving| vec![leaving.effect()])
        }
        Act::Bury { .. }
        | Act::Delete
        | Act::Move { .. }
        | Act::Reschedule { .. }
        | Act::Release
        | Act::Undo { .. }
        | Act::Unknown { .. } => Vec::new(),
    }
}

impl Leaving {
    fn effect(self) -> Effect {
        match self {
            Self::Decks => Effect::Home,
            Self::Program(code) => Effect::Quit(code),
        }
    }
}

fn leech(revealed: &Revealed, recorded: &Recorded) -> Effect {
    let name = revealed.asked.question.name();
    let lapses = recorded.after.lapses();
    Effect::Tell(Notice::warning(format!(
        "{name} is a leech: forgotten {lapses} times. Press u to go back to it, then e to word it better or s to suspend it"
    )))
}

fn leave_card(model: &mut Model, what: &str) -> Vec<Effect> {
    let name = model.name();
    if let Some(Asking { card, state, .. }) = model.asking() {
        let (card, was_new) = (*card, state.schedule.is_none());
        model.news.gone(card, was_new);
        model.session.drop_card(card);
    }
    let told = Effect::Tell(Notice::info(format!("{name} {what}; u takes that back")));
    [told].into_iter().chain(next(model)).collect()
}

fn set_flag(model: &mut Model, flagged: bool) -> Vec<Effect> {
    match &mut model.step {
        Step::None => {}
        Step::Covered { asking, .. } | Step::Recalling { asking, .. } | Step::Asking { asking, .. } => {
            asking.state.flagged = flagged;
        }
        Step::Revealed { revealed, .. } => revealed.asked.state.flagged = flagged,
    }
    let words = if flagged { "is flagged" } else { "is no longer flagged" };
    vec![Effect::Tell(Notice::info(format!("{} {words}", model.name())))]
}
