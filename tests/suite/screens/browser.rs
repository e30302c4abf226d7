//! What keys do in the list of all cards.

use retain::tui::effect::{Effect, Request};

use super::seat::Seat;

fn browsing(width: u16, height: u16) -> Seat {
    let mut seat = Seat::with_decks(width, height);
    seat.press("b");
    seat
}

#[test]
fn all_cards_stand_in_a_list_beside_the_selected_one() {
    let mut seat = browsing(120, 40);
    seat.sees("Browse");
    seat.sees("Q1.1");
    seat.sees("Q2.1");
    seat.sees("Explanation");
    seat.sees("none yet");
    seat.press("Down");
    seat.sees("▸");
}

#[test]
fn typing_searches_and_a_mistake_is_shown_at_its_place() {
    let mut seat = browsing(80, 24);
    seat.press("/ t o p i c : t e a");
    seat.sees("topic:tea");
    seat.press("C-u d e k : x");
    seat.sees("^^^");
    seat.sees("there is no filter “dek”. Did you mean deck:?");
    seat.press("C-u i s : n e w Enter");
    seat.sees_no("^^^");
    seat.press("q");
    seat.sees("Decks");
}

#[test]
fn acts_are_about_the_marked_cards_and_one_undo_takes_them_back() {
    let mut seat = browsing(80, 24);
    seat.press("Space Space");
    seat.sees("2 marked");
    seat.press("s");
    seat.sees("2 cards are suspended");
    seat.sees("suspended");
    seat.press("u");
    seat.sees("Undone");
    seat.press("/ i s : s u s p e n d e d Enter");
    seat.sees("No card is found");
}

#[test]
fn deleting_asks_first_and_keeping_is_the_first_answer() {
    let mut seat = browsing(80, 24);
    seat.press("d");
    seat.sees("Delete 1 card for good?");
    seat.press("Enter d Escape");
    seat.sees("Q1.1");
    seat.press("d Down Enter");
    seat.sees("1 card is deleted; u takes that back");
    seat.sees_no("Q1.1 ");
    seat.press("u");
    seat.sees("Q1.1");
}

#[test]
fn the_list_is_sorted_by_what_one_chooses() {
    let mut seat = browsing(80, 24);
    seat.press("o");
    seat.sees("Sort by");
    seat.press("Down Down Enter O");
    seat.sees("by number, last first");
}

#[test]
fn practice_leaves_the_schedule_alone() {
    let mut seat = browsing(120, 40);
    seat.press("t Down Enter");
    seat.sees("Practice 1 of 1");
    seat.press("Space");
    seat.sees("1 Again");
    seat.sees_no("today again");
    seat.press("3");
    seat.press("Enter b");
    seat.sees("for practice");
    seat.sees("new");
}

#[test]
fn cards_are_studied_ahead_of_time() {
    let mut seat = browsing(80, 24);
    seat.press("Space Space t Enter");
    seat.sees("1 of 2");
}

#[test]
fn a_query_that_makes_no_sense_can_be_mended_where_it_opens() {
    let mut seat = Seat::with_decks(80, 24);
    seat.perform(vec![Effect::Ask(Request::Browse("dek:x".to_owned()))]);
    seat.resize(80, 24);
    seat.sees("Did you mean deck:?");
    seat.press("C-u");
    seat.sees("Q1.1");
}

#[test]
fn a_card_is_read_alone_and_the_next_one_after_it() {
    let mut seat = browsing(50, 16);
    seat.sees_no("Explanation");
    seat.press("Enter");
    seat.sees("Q1.1");
    seat.press("n");
    seat.sees("Q2.1");
    seat.press("Escape");
    seat.sees("Cards");
}
