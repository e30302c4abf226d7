//! No size of the terminal brings any screen down.

use retain::tui::message::Message;

use super::seat::{Begin, Seat};

fn all_sizes() -> impl Iterator<Item = (u16, u16)> {
    let widths = [300, 150, 111, 110, 109, 81, 80, 79, 60, 59, 50, 44, 43, 42, 41, 40, 39, 20, 2, 1];
    let heights = || [100, 40, 24, 20, 16, 15, 14, 13, 12, 11, 2, 1];
    widths.into_iter().flat_map(move |width| heights().into_iter().map(move |height| (width, height)))
}

fn after_a_while(width: u16, height: u16) -> Seat {
    Seat::after(90, width, height)
}

#[test]
fn every_screen_bears_every_size() {
    let states: [(Begin, &str); 26] = [
        (Seat::empty, ""),
        (Seat::with_decks, "Down"),
        (Seat::with_decks, "i / t"),
        (Seat::asked, ""),
        (Seat::asked, "Down Down Down"),
        (Seat::asked, "a"),
        (Seat::asked, "a Tab PageDown"),
        (Seat::asked, "c Space 3"),
        (Seat::asked, "Space 3 Space 3 a b"),
        (Seat::asked, "Enter"),
        (Seat::asked, "Space 3 Space 3 Space 3"),
        (Seat::asked, "?"),
        (Seat::asked, ": x"),
        (Seat::asked, "a i"),
        (Seat::flip_cards, ""),
        (Seat::flip_cards, "Enter"),
        (Seat::with_decks, "s 2"),
        (after_a_while, "s 1"),
        (after_a_while, "s 2"),
        (after_a_while, "s 3"),
        (after_a_while, "s 3 p p"),
        (after_a_while, "s 4"),
        (after_a_while, "s 5"),
        (after_a_while, "s 6"),
        (after_a_while, "s 7"),
        (after_a_while, "s 8"),
    ];
    for (begin, keys) in states {
        let mut seat = begin(300, 100);
        seat.press(keys);
        for (width, height) in all_sizes() {
            seat.resize(width, height);
        }
        seat.resize(39, 11);
        seat.sees("retain needs 40×12");
        seat.resize(40, 12);
        seat.sees_no("retain needs");
    }
}

#[test]
fn a_long_text_scrolls_to_its_end_and_says_that_there_is_more() {
    let mut seat = Seat::asked(50, 16);
    seat.press("a");
    seat.sees("more ▼");
    seat.sees_no("fully │");
    seat.press("PageDown PageDown PageDown PageDown");
    seat.sees("fully");
    seat.press("k k k k k k k k k k k k k k k k k k k k");
    seat.sees("Black tea is rolled");
}

#[test]
fn a_report_of_an_import_is_shown_and_scrolls() {
    let mut seat = Seat::empty(80, 24);
    let path = seat.kitchen();
    std::fs::write(
        path.join("3-broken.md"),
        "# Chapter 3: Broken\n\n**Q3.1: Basic - [No answer]**\n\nWhy?\n\nA) x\nB) y\n",
    )
    .expect("written");
    seat.press("i");
    seat.send(Message::Paste(format!("{}\nrm", path.display())));
    seat.press("Enter");
    seat.sees("Kitchen / 1 Bread");
    seat.sees("1 found · 1 imported");
    seat.press("End");
    seat.sees("held back");
    seat.sees(":3");
    seat.press("Enter");
    seat.sees("2 Tea");
}

#[test]
fn the_deck_that_came_in_is_selected() {
    let mut seat = Seat::with_decks(80, 24);
    let path = seat.kitchen().with_file_name("zucchini.md");
    let text = "# Chapter 9: Zucchini\n\n**Q9.1: Basic - [x]**\n\nWhy?\n\nA) x\nB) y\n\n**Answer: A**\n";
    std::fs::write(&path, text).expect("written");
    seat.press("i");
    seat.send(Message::Paste(path.display().to_string()));
    seat.press("Enter Enter");
    seat.sees("9 Zucchini");
    seat.press("Enter");
    seat.sees("Why?");
}

#[test]
fn a_narrow_field_names_the_way_out() {
    let mut seat = Seat::empty(50, 16);
    seat.press("i");
    seat.sees("Esc close");
}

#[test]
fn a_path_is_completed() {
    let mut seat = Seat::empty(80, 24);
    let kitchen = seat.kitchen();
    seat.press("i");
    seat.send(Message::Paste(format!("{}/K", seat.folder.path().display())));
    seat.press("Tab Tab");
    seat.sees("1-bread.md");
    seat.sees("2-tea.md");
    seat.press("Tab Enter");
    seat.sees("Bread");
    seat.sees_no("Tea");
    assert!(kitchen.is_dir());
}
