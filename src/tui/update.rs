//! What a message does to the interface. Neither input nor output, and no clock: time arrives inside
//! the messages, and what is to be done goes out as effects.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Position;

use super::{
    effect::{Effect, Request},
    keymap::{self, Action, Context},
    message::{At, Home, Message, Press},
    model::{Begun, Drawn, Model, Screen, Target},
    notice::Notice,
    screens::{browse, card, decks, help, import, palette, review, statistics, summary, welcome},
};

/// Does what the message means, and says what is to be done outside.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let effects = match message {
        Message::Key(key, at) => key_pressed(model, key, at),
        Message::Paste(text) => pasted(model, &text),
        Message::Click(position, at) => clicked(model, position, at),
        Message::Wheel(position, lines) => wheel(model, position, lines),
        Message::Home(home) => {
            set_home(model, home);
            Vec::new()
        }
        Message::Standings(standings) => {
            if let Some(Screen::Decks(decks)) = model.screens.first_mut() {
                decks.stand(standings);
            }
            Vec::new()
        }
        Message::Begun(begun) => begun_sitting(model, *begun),
        Message::Open(screen) => vec![Effect::Open(screen)],
        Message::Tell(notice) => vec![Effect::Tell(notice)],
        Message::Review(message) => to_review(model, message),
        Message::Statistics(message) => to_statistics(model, message),
        Message::Import(message) => to_import(model, message),
        Message::Browse(message) => to_browse(model, message),
    };
    effects.into_iter().flat_map(|effect| settle(model, effect)).collect()
}

/// Does what concerns the screens alone; the rest is for others.
fn settle(model: &mut Model, effect: Effect) -> Vec<Effect> {
    match effect {
        Effect::Tell(notice) => model.notice = Some(notice),
        Effect::Open(screen) => model.screens.push(*screen),
        Effect::Close => {
            model.screens.pop();
        }
        Effect::Home => {
            if let [Screen::Decks(decks), .., Screen::Import(import)] = &mut *model.screens
                && let Some(deck) = import.arrived()
            {
                decks.expect(deck.clone());
            }
            model.screens.truncate(1);
            return vec![Effect::Ask(Request::Home)];
        }
        Effect::Act(press) => {
            model.screens.pop();
            let effects = act(model, press);
            return effects.into_iter().flat_map(|effect| settle(model, effect)).collect();
        }
        Effect::Mouse(on) => {
            model.mouse = on;
            let words = if on {
                "The mouse is on: the terminal itself cannot select text now"
            } else {
                "The mouse is off"
            };
            model.notice = Some(Notice::info(words));
            return vec![Effect::Mouse(on)];
        }
        outside @ (Effect::Ask(_)
        | Effect::AfterDrawing(_)
        | Effect::Count(_)
        | Effect::Edit(_)
        | Effect::Sleep
        | Effect::Redraw
        | Effect::Quit(_)) => {
            return vec![outside];
        }
    }
    Vec::new()
}

fn key_pressed(model: &mut Model, key: KeyEvent, at: At) -> Vec<Effect> {
    model.notice = None;
    let Some(screen) = model.screens.last_mut() else { return without_screen(&key) };
    match keymap::shipped().action(screen.contexts(), &key, screen.options()) {
        Some(action) => act(model, Press { action, key, at }),
        None => {
            screen.edit(key);
            screen.written()
        }
    }
}

/// Where not even the decks could be read there is no screen yet: one may try again, or leave.
fn without_screen(key: &KeyEvent) -> Vec<Effect> {
    match keymap::shipped().action(&[Context::Global, Context::Always], key, 0) {
        Some(Action::Leave) => vec![Effect::Quit(INTERRUPTED)],
        Some(Action::Back | Action::Close) => vec![Effect::Quit(FAILED)],
        Some(Action::Suspend) => vec![Effect::Sleep],
        _ => vec![Effect::Ask(Request::Home)],
    }
}

/// What every screen hears the same way, and what the one that is seen makes of the rest.
fn act(model: &mut Model, press: Press) -> Vec<Effect> {
    let Some(screen) = model.screens.last_mut() else { return Vec::new() };
    if let Some(refusal) = screen.refusal(press.action) {
        return vec![Effect::Tell(Notice::info(refusal))];
    }
    match press.action {
        Action::Leave => leave(model),
        Action::Suspend => vec![Effect::Sleep],
        Action::Redraw => vec![Effect::Redraw],
        Action::Mouse => vec![Effect::Mouse(!model.mouse)],
        Action::Help if !matches!(screen, Screen::Help(_)) => {
            let help = help::Model::new(screen.explanation(), screen.contexts(), screen.options());
            vec![Effect::Open(Box::new(Screen::Help(help)))]
        }
        Action::Palette => {
            let palette =
                palette::Model::new(screen.contexts(), screen.options(), |action| screen.refusal(action));
            vec![Effect::Open(Box::new(Screen::Palette(palette)))]
        }
        _ => to_screen(screen, press, &model.drawn),
    }
}

/// The exit code of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;
/// The exit code of a program that had nothing to show.
const FAILED: u8 = 1;

/// An answer on the screen is stored first, also where something else is opened over it.
fn leave(model: &mut Model) -> Vec<Effect> {
    let review = model.screens.iter_mut().find_map(|screen| match screen {
        Screen::Review(review) => Some(review),
        _ => None,
    });
    let to = review::Leaving::Program(INTERRUPTED);
    review.map_or_else(|| vec![Effect::Quit(INTERRUPTED)], |review| review::leave(review, to))
}

fn to_screen(screen: &mut Screen, press: Press, drawn: &Drawn) -> Vec<Effect> {
    match screen {
        Screen::Welcome(model) => welcome::update(model, press, drawn),
        Screen::Decks(model) => decks::update(model, press, drawn),
        Screen::Review(model) => review::update(model, review::Message::Act(press), drawn),
        Screen::Summary(model) => summary::update(model, press, drawn),
        Screen::Statistics(model) => statistics::update(model, statistics::Message::Act(press), drawn),
        Screen::Import(model) => import::update(model, import::Message::Act(press), drawn),
        Screen::Browse(model) => browse::update(model, browse::Message::Act(press), drawn),
        Screen::Card(model) => card::update(model, press, drawn),
        Screen::Help(model) => help::update(model, press, drawn),
        Screen::Palette(model) => palette::update(model, press, drawn),
    }
}

/// A pasted “abcd⏎q” would otherwise answer questions.
fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    let written = model.screens.last_mut().is_some_and(|screen| screen.write(text));
    match written {
        true => model.screens.last().map_or_else(Vec::new, Screen::written),
        false => vec![Effect::Tell(Notice::info("There is no field for a pasted text here; it was ignored"))],
    }
}

fn clicked(model: &mut Model, position: Position, at: At) -> Vec<Effect> {
    model.notice = None;
    let drawn = &model.drawn;
    let (Some(target), Some(screen)) = (drawn.target(position), model.screens.last_mut()) else {
        return Vec::new();
    };
    match (screen, target) {
        (Screen::Review(model), target) => review::update(model, review::Message::Click(target, at), drawn),
        (Screen::Statistics(model), target) => {
            statistics::update(model, statistics::Message::Click(target, at), drawn)
        }
        (Screen::Welcome(model), Target::Row(row)) => welcome::click(model, row),
        (Screen::Decks(model), Target::Row(row)) => decks::click(model, row, drawn),
        (Screen::Browse(model), Target::Row(row)) => browse::click(model, row, drawn),
        (Screen::Palette(model), Target::Row(row)) => palette::click(model, row, at),
        _ => Vec::new(),
    }
}

fn wheel(model: &mut Model, position: Position, lines: isize) -> Vec<Effect> {
    let drawn = &model.drawn;
    let second = drawn.target(position) == Some(Target::Pane { second: true });
    let Some(screen) = model.screens.last_mut() else { return Vec::new() };
    if let Screen::Review(model) = screen {
        return review::update(model, review::Message::Wheel { second, lines }, drawn);
    }
    let is_list = screen.contexts().contains(&Context::List) || matches!(screen, Screen::Palette(_));
    let selects = if matches!(screen, Screen::Browse(_)) { !second } else { is_list };
    let action = match (selects, lines > 0) {
        (true, true) => Action::Down,
        (true, false) => Action::Up,
        (false, true) => Action::LineDown,
        (false, false) => Action::LineUp,
    };
    let key = KeyEvent::from(KeyCode::Null);
    to_screen(screen, Press { action, key, at: At::default() }, drawn)
}

fn set_home(model: &mut Model, home: Home) {
    let screen = match home {
        Home::Welcome(welcome) => Screen::Welcome(welcome),
        Home::Decks(mut decks) => {
            if let Some(Screen::Decks(earlier)) = model.screens.first() {
                decks.stay_at(earlier);
            }
            Screen::Decks(decks)
        }
    };
    match model.screens.first_mut() {
        Some(first) => *first = screen,
        None => model.screens.push(screen),
    }
}

fn begun_sitting(model: &mut Model, begun: Begun) -> Vec<Effect> {
    if begun.session.remaining() == 0 {
        let told = Effect::Tell(Notice::info(begun.otherwise));
        return match model.top() {
            Some(Screen::Summary(_) | Screen::Statistics(_)) => vec![told],
            _ => vec![Effect::Home, told],
        };
    }
    model.screens.truncate(1);
    let mut review = review::Model::new(begun);
    let effects = review::next(&mut review);
    model.screens.push(Screen::Review(Box::new(review)));
    effects
}

fn to_review(model: &mut Model, message: review::Message) -> Vec<Effect> {
    let drawn = &model.drawn;
    let review = model.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Review(review) => Some(review),
        _ => None,
    });
    match (review, message) {
        (Some(review), message) => review::update(review, message, drawn),
        (None, review::Message::Edited(notice)) => to_browse(model, browse::Message::Done(notice)),
        // From the decks: they show how things are now.
        (None, review::Message::Undone(undone)) => {
            vec![Effect::Tell(review::undone_in_words(undone.as_ref())), Effect::Ask(Request::Home)]
        }
        (None, review::Message::Redone(redone, _)) => {
            vec![Effect::Tell(review::redone_in_words(redone.as_ref())), Effect::Ask(Request::Home)]
        }
        (None, _) => Vec::new(),
    }
}

fn to_browse(model: &mut Model, message: browse::Message) -> Vec<Effect> {
    if let browse::Message::Opened(browser) = message {
        let wanted = browse::opened(&browser);
        model.screens.push(Screen::Browse(browser));
        return wanted;
    }
    let browser = model.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Browse(browser) => Some(browser),
        _ => None,
    });
    browser.map_or_else(Vec::new, |browser| browse::update(browser, message, &model.drawn))
}

fn to_import(model: &mut Model, message: import::Message) -> Vec<Effect> {
    match model.screens.last_mut() {
        Some(Screen::Import(import)) => import::update(import, message, &model.drawn),
        _ => Vec::new(),
    }
}

/// Also where something was opened over them.
fn to_statistics(model: &mut Model, message: statistics::Message) -> Vec<Effect> {
    if let statistics::Message::Opened(mut statistics) = message {
        let mut effects = statistics.order();
        effects.insert(0, Effect::Open(Box::new(Screen::Statistics(statistics))));
        return effects;
    }
    let opened = model.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Statistics(statistics) => Some(statistics),
        _ => None,
    });
    opened.map_or_else(Vec::new, |statistics| statistics::update(statistics, message, &model.drawn))
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;

    #[test]
    fn where_nothing_could_be_shown_one_may_try_again_or_leave() {
        let after = |code, modifiers| {
            let key = KeyEvent::new(code, modifiers);
            format!("{:?}", update(&mut Model::default(), Message::Key(key, At(0))))
        };
        assert_eq!(after(KeyCode::Char('c'), KeyModifiers::CONTROL), "[Quit(130)]");
        assert_eq!(after(KeyCode::Char('q'), KeyModifiers::NONE), "[Quit(1)]");
        assert_eq!(after(KeyCode::Esc, KeyModifiers::NONE), "[Quit(1)]");
        assert_eq!(after(KeyCode::Enter, KeyModifiers::NONE), "[Ask(Home)]");
    }
}
