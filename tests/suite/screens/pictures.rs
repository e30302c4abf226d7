//! What the screens look like at the sizes that people have.

use std::path::Path;

use crossterm::style::force_color_output;
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};
use retain::tui::{
    theme::{Depth, Theme},
    view::view,
};

use super::seat::{Begin, Seat};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (50, 16)];

pub fn picture(name: &str, size: (u16, u16), picture: String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let (width, height) = size;
    settings.bind(|| insta::assert_snapshot!(format!("{name}-{width}x{height}"), picture));
}

fn pictures(name: &str, begin: Begin, keys: &str) {
    for (width, height) in SIZES {
        let mut seat = begin(width, height);
        seat.press(keys);
        picture(name, (width, height), seat.seen());
    }
}

#[test]
fn the_welcome_offers_what_ships() {
    pictures("welcome", Seat::empty, "Down");
}

#[test]
fn the_decks_stand_under_their_book() {
    pictures("decks", Seat::with_decks, "Down");
}

#[test]
fn decks_that_were_studied_say_how_they_stand_where_there_is_room() {
    pictures("decks-studied", |width, height| Seat::after(40, width, height), "Down");
}

#[test]
fn a_question_waits_with_an_option_selected() {
    pictures("question", Seat::asked, "Down Down");
}

#[test]
fn an_answer_shows_its_explanation_and_the_grades() {
    pictures("answer", Seat::asked, "a");
}

#[test]
fn code_keeps_its_form() {
    pictures("code", Seat::asked, "Space 3");
}

#[test]
fn several_right_options_have_boxes() {
    pictures("several", Seat::asked, "Space 3 Space 3 a");
}

#[test]
fn a_flip_card_waits_to_be_recalled() {
    pictures("flip-card", Seat::flip_cards, "");
}

#[test]
fn a_flip_card_that_was_turned_over_shows_its_answer_and_judges_nothing() {
    pictures("flip-card-answer", Seat::flip_cards, "Enter");
}

#[test]
fn a_sitting_ends_with_a_summary() {
    pictures("summary", Seat::asked, "Space 1 Space 3 Space 2 Space 3 Space 4");
}

#[test]
fn help_lists_the_keys_of_the_screen() {
    pictures("help", Seat::asked, "?");
}

#[test]
fn the_palette_finds_actions_by_their_letters() {
    pictures("palette", Seat::asked, ": b u r");
}

#[test]
fn a_card_tells_its_history() {
    pictures("card", Seat::asked, "Space 1 u Space I");
}

#[test]
fn looks_tell_apart_what_is_right_wrong_and_selected() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Down");
    picture("question-looks", (80, 24), seat.looks());
    let wrong = seat.letter_of("Green tea");
    seat.press(&wrong);
    picture("answer-looks", (80, 24), seat.looks());
}

#[test]
fn a_terminal_without_unicode_gets_ascii_alone() {
    let mut seat = Seat::asked(80, 24);
    seat.look.unicode = false;
    seat.press("Down a");
    assert!(seat.seen().is_ascii(), "{}", seat.seen());
    picture("ascii", (80, 24), seat.seen());
}

#[test]
fn without_colours_the_weights_and_the_selection_are_still_written() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Down");
    seat.look.theme = Theme::find("terminal", Path::new(""), Depth::None).expect("it ships");
    force_color_output(true);
    let written = written(&seat);
    for (attribute, bytes) in [("bold", "\u{1b}[1m"), ("reversed", "\u{1b}[7m")] {
        assert!(written.contains(bytes), "nothing is {attribute}");
    }
    for (what, bytes) in [("a colour", "[38;"), ("a ground", "[48;"), ("a reset of everything", "\u{1b}[;m")]
    {
        assert!(!written.contains(bytes), "{what} in {written:?}");
    }
}

/// The bytes that a real terminal would get.
fn written(seat: &Seat) -> String {
    let mut bytes = Vec::new();
    let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
    let mut terminal =
        Terminal::with_options(CrosstermBackend::new(&mut bytes), TerminalOptions { viewport })
            .expect("a terminal");
    terminal
        .draw(|frame| {
            view(&seat.model, frame, &seat.look);
        })
        .expect("drawn");
    drop(terminal);
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_browser_shows_all_cards_and_the_selected_one() {
    pictures("browser", Seat::with_decks, "b Space Down f");
}

#[test]
fn a_mistake_in_a_query_is_shown_at_its_place() {
    pictures("browser-mistake", Seat::with_decks, "b / t e a Space - d e k : b r e a d");
}

#[test]
fn deleting_is_asked_about() {
    pictures("browser-delete", Seat::with_decks, "b * d");
}
