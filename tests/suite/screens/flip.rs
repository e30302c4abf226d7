//! Flip cards in a sitting: recalled, turned over, and graded by the person alone.

use retain::{
    domain::{
        grade::Grade,
        ids::{CardId, OptionId},
        question::{Choice, Question},
        review_log::{Act, Answer, Outcome},
    },
    tui::{message::Message, screens::review},
};

use super::seat::Seat;

/// The answers to both cards, in the order of the cards.
fn answers(seat: &Seat) -> Vec<Answer> {
    let events = [1, 2].into_iter().flat_map(|card| seat.app.history(CardId(card)).expect("read"));
    let answers = events.filter_map(|event| match event.act {
        Act::Answer(answer) => Some(answer),
        _ => None,
    });
    answers.collect()
}

#[test]
fn it_costs_two_keys_and_nothing_is_said_to_be_right_or_wrong() {
    for key in ["Enter", "Space"] {
        let mut seat = Seat::flip_cards(80, 24);
        seat.sees("Recall the answer; Enter shows it");
        seat.sees_no("Hollandaise");
        seat.press("1 3").sees("Recall the answer");
        seat.press(key);
        seat.sees("Hollandaise");
        seat.sees("╭ Answer");
        seat.sees("Enter Good");
        ["✓", "✗", "─ not known", "I guessed"].iter().for_each(|verdict| seat.sees_no(verdict));
        assert_eq!(answers(&seat), []);
        seat.press("Enter");
        seat.sees("mayonnaise");
        seat.sees("2 of 2 · 0 wrong");
        let [answer] = answers(&seat).try_into().expect("one answer");
        assert_eq!((answer.grade, answer.outcome), (Grade::Good, Outcome::Unobserved));
    }
}

#[test]
fn the_grade_alone_says_whether_it_was_known() {
    let mut seat = Seat::flip_cards(80, 24);
    seat.press("Enter 2 Enter g");
    seat.sees("1 wrong");
    seat.press("Enter 3 Enter 4");
    seat.sees("1 of 2 at first sight");
    seat.sees("Hardest     What keeps mayonnaise from splitting…");
}

#[test]
fn a_slow_one_is_good_until_the_person_says_otherwise() {
    let mut seat = Seat::flip_cards(80, 24);
    seat.press_after("Enter", 90_000);
    seat.sees("Enter Good");
}

#[test]
fn a_held_key_turns_it_over_and_grades_nothing() {
    let mut seat = Seat::flip_cards(80, 24);
    seat.press("Enter");
    seat.press_after("Enter", 500);
    (0..60).for_each(|_| seat.press_after("Enter", 30));
    seat.sees("Hollandaise");
    assert_eq!(answers(&seat), []);
}

#[test]
fn there_is_nothing_to_cover() {
    let mut seat = Seat::flip_cards(80, 24);
    seat.press("c Enter 3");
    seat.sees("Recall the answer");
    seat.press("Enter 3");
    let covered: Vec<bool> = answers(&seat).iter().map(|answer| answer.covered).collect();
    assert_eq!(covered, [false, false]);
}

#[test]
fn who_leaves_before_grading_has_graded_only_what_they_selected() {
    let grades_after = |keys: &str| {
        let mut seat = Seat::flip_cards(80, 24);
        seat.press(keys);
        seat.sees("Decks");
        let told = seat.seen().contains("Q3.1 was not graded and will be asked again");
        let grades: Vec<Grade> = answers(&seat).iter().map(|answer| answer.grade).collect();
        (grades, told)
    };
    assert_eq!(grades_after("q"), (vec![], false));
    assert_eq!(grades_after("Enter q"), (vec![], true));
    assert_eq!(grades_after("Enter Left Left q"), (vec![Grade::Again], false));
}

#[test]
fn it_can_be_turned_back_and_its_grade_undone() {
    let mut seat = Seat::flip_cards(80, 24);
    seat.press("Enter u");
    seat.sees("The card is turned back");
    seat.sees_no("Hollandaise");
    seat.press("Enter 4 u");
    seat.sees("Undone: Easy on Q3.1");
    seat.sees("Recall the answer");
}

#[test]
fn its_history_says_that_it_was_turned_over() {
    let mut seat = Seat::flip_cards(80, 24);
    seat.press("Enter 3 u u Enter 1 n i");
    seat.sees("Good: turned over after 5 s");
}

#[test]
fn one_that_was_given_options_while_it_was_shown_is_asked_anew() {
    let mut seat = Seat::flip_cards(80, 24);
    seat.press("Enter");
    let edited = edited_into_options(&mut seat);
    seat.send(Message::Review(review::Message::AskedAgain(Box::new(edited))));
    seat.sees("Recall the answer");
    seat.sees_no("Hollandaise");
}

/// The first card as it would be with options; the collection still has the flip card.
fn edited_into_options(seat: &mut Seat) -> review::Asked {
    let card = CardId(1);
    let asking = seat.app.ask(card).expect("asked");
    let option = |id: u16| Choice { id: OptionId(id), text: format!("option {id}") };
    let options = vec![option(0), option(1)];
    let question = Question::new(asking.question.stem.clone(), options, vec![OptionId(0)]);
    let question = question.expect("a question");
    let deck = seat.app.deck_of(card).expect("a deck").name;
    let order = vec![OptionId(0), OptionId(1)];
    review::Asked { deck, asking: retain::domain::session::Asking { question, order, ..asking } }
}
