//! What keys do in a sitting.

use std::collections::HashSet;

use ratatui::layout::Position;
use retain::{
    domain::{
        card::CardState,
        deck::Scope,
        ids::{CardId, EventId},
        review_log::Act,
        scheduler::{Schedule, Scheduler},
        session::letter_at,
        time::StudyDay,
    },
    store::Recorded,
    tui::{
        effect::{self, Effect, Request},
        keymap::{Action, shipped},
        message::{At, Message},
        notice::Notice,
        screens::review,
        update::update,
    },
};

use retain::app::ImportOptions;

use super::seat::{Begin, Seat, named};

/// The acts in the log, by the names of notices, and undoing itself left out.
fn acts(seat: &Seat) -> usize {
    let decks = seat.app.overview().expect("read");
    let cards = (1..=decks.total.cards as i64).map(CardId);
    cards.map(|card| seat.app.history(card).expect("read").len()).sum()
}

#[test]
fn a_question_costs_two_keys() {
    let mut seat = Seat::asked(80, 24);
    let right = seat.letter_of("Black tea");
    seat.press(&right);
    seat.sees("✓ right");
    assert_eq!(acts(&seat), 0);
    seat.press("Enter");
    assert_eq!(acts(&seat), 1);
    seat.sees("Q2.2");
    seat.sees("2 of 3 · 0 wrong");
    seat.sees("● 2 new");
}

#[test]
fn the_place_of_what_was_chosen_is_kept() {
    let mut seat = Seat::asked(80, 24);
    let right = seat.letter_of("Black tea");
    seat.press(&right);
    seat.press("Enter");
    let cards = (1..=9).map(CardId).flat_map(|card| seat.app.history(card).expect("read"));
    let places: Vec<_> = cards
        .map(|event| match event.act {
            Act::Answer(answer) => answer.place.map(|place| letter_at(place.into()).to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(places, [Some(right)]);
}

#[test]
fn a_held_key_neither_grades_nor_answers() {
    let hold = |seat: &mut Seat, key: &str| {
        seat.press(key);
        seat.press_after(key, 500);
        (0..60).for_each(|_| seat.press_after(key, 30));
    };
    let mut seat = Seat::asked(80, 24);
    hold(&mut seat, "1");
    seat.sees("Explanation");
    assert_eq!(acts(&seat), 0);
    seat.press("Left");
    hold(&mut seat, "Enter");
    assert_eq!(acts(&seat), 1);
    seat.sees("Q2.2");
    seat.sees_no("Explanation");
    hold(&mut seat, "Space");
    assert_eq!(acts(&seat), 1);
}

#[test]
fn what_is_pressed_before_anybody_can_have_read_is_ignored() {
    let mut seat = Seat::asked(80, 24);
    seat.press("a");
    seat.press_after("3", 149);
    assert_eq!(acts(&seat), 0);
    seat.press_after("3", 1);
    assert_eq!(acts(&seat), 1);
    seat.press_after("b", 100);
    seat.sees_no("Explanation");
}

#[test]
fn a_pasted_text_answers_nothing() {
    let mut seat = Seat::asked(80, 24);
    seat.send(Message::Paste("a\n3q".to_owned()));
    seat.sees("Q2.1");
    seat.sees_no("Explanation");
    seat.sees("it was ignored");
}

#[test]
fn undo_goes_back_any_number_of_steps() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space 3 Space 4 Space");
    seat.sees("Explanation");
    seat.press("u");
    seat.sees("The answer is taken back");
    seat.sees("Q2.3");
    seat.sees_no("Explanation");
    seat.press("u");
    seat.sees("Undone: Easy on Q2.2");
    seat.sees("2 of 3");
    seat.press("u");
    seat.sees("Undone: Good on Q2.1");
    seat.sees("Q2.1");
    seat.sees("1 of 3 · 0 wrong");
    seat.sees("● 3 new");
    seat.press("u");
    seat.sees("nothing left to undo");
    seat.press("Space 3");
    seat.sees("Q2.2");
}

#[test]
fn what_was_undone_can_be_done_again_until_something_else_is_done() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space 3 Space 4 u u");
    seat.sees("1 of 3 · 0 wrong");
    seat.press("C-r");
    seat.sees("Done again: Good on Q2.1");
    seat.sees("Q2.2");
    seat.sees("2 of 3 · 1 wrong");
    seat.press("Space C-r");
    seat.sees("Grade this answer first, or take it back");
    seat.press("u C-r");
    seat.sees("Done again: Easy on Q2.2");
    seat.sees("Q2.3");
    seat.sees("● 1 new");
    seat.press("u f C-r");
    seat.sees("There is nothing to do again");
}

#[test]
fn another_chapter_that_ships_can_be_started_from_the_decks() {
    let mut seat = Seat::with_decks(80, 24);
    seat.press("w");
    seat.sees("2 Git from the Inside");
    seat.sees_no("nothing to study yet");
    seat.press("Escape");
    seat.sees("Decks");
    seat.press("w Down Enter");
    seat.sees("Q2.1");
}

#[test]
fn leaving_stores_the_answer_on_the_screen_and_one_that_is_taken_back_not() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space q");
    seat.sees("Decks");
    assert_eq!(acts(&seat), 1);
    let mut seat = Seat::asked(80, 24);
    seat.press("Space u q");
    seat.sees("Decks");
    assert_eq!(acts(&seat), 0);
}

#[test]
fn the_last_answer_can_be_undone_from_the_summary_and_from_the_decks() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space 3 Space 3 Space 3");
    seat.sees("Answered");
    seat.press("u");
    seat.sees("Undone: Good on Q2.3");
    seat.sees("3 of 3");
    seat.press("q u");
    seat.sees("Undone: Good on Q2.2");
    seat.sees("Decks");
}

#[test]
fn wrong_right_and_slow_answers_suggest_their_grades() {
    let suggests = |option: &str, ms, grade: &str| {
        let mut seat = Seat::asked(80, 24);
        let letter = seat.letter_of(option);
        seat.press_after(&letter, ms);
        seat.sees(&format!("Enter {grade}"));
    };
    suggests("Green tea", 2_000, "Again");
    suggests("Black tea", 2_000, "Good");
    suggests("Black tea", 61_000, "Hard");
}

#[test]
fn an_arrow_selects_another_grade_and_a_guess_is_again() {
    let mut seat = Seat::asked(80, 24);
    let right = seat.letter_of("Black tea");
    seat.press(&right).press("Right");
    seat.sees("Enter Easy");
    seat.press("h h h h");
    seat.sees("Enter Again");
    seat.press("l g");
    seat.sees("1 wrong");
}

/// Before the decks of Kitchen these keys are pressed; then it is the next day.
fn overnight(keys: &str) -> Seat {
    let mut seat = Seat::empty(80, 24);
    seat.goes_on("2026-11-22");
    let kitchen = seat.kitchen();
    seat.app.import(&[kitchen], ImportOptions::default(), &mut |_| true).expect("imported");
    // Only now are there decks.
    seat.press("i Escape").press(keys);
    seat.goes_on("2026-11-23");
    seat
}

const ALL_ANSWERED: &str = "a Space 3 Space 3 Space 3 Space 3";

#[test]
fn a_program_that_stays_open_knows_when_it_is_tomorrow() {
    let studied = |key: &str| {
        let mut seat = overnight(&format!("{ALL_ANSWERED} Enter"));
        seat.sees("Nothing is due until tomorrow.");
        seat.press(key);
        seat
    };
    studied("Enter").sees("1 of 4");
    studied("a").sees("1 of 4");
    studied("Down").sees("4 cards today");
}

#[test]
fn a_summary_that_stays_open_knows_what_is_new_by_now() {
    let mut seat = overnight("a B Space 3 Space 3 Space 3");
    seat.sees("Answered");
    seat.press("+");
    seat.sees("1 of 4");
}

#[test]
fn several_right_options_are_marked_and_then_confirmed() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space 3 Space 3");
    seat.sees("Choose all that are right");
    seat.press("Enter");
    seat.sees("Mark an option first");
    let letters = [seat.letter_of("Oolong"), seat.letter_of("Pu-erh"), seat.letter_of("Rooibos")];
    seat.press(&letters[0]).press(&letters[2]).press(&letters[2]);
    seat.sees_no("Explanation");
    // The other right one with the arrows: down to it, and `x` marks.
    let down = "Up ".repeat(4) + &"Down ".repeat(usize::from(letters[1].as_bytes()[0] - b'a'));
    seat.press(&down).press("x Enter");
    seat.sees("✓ right");
}

#[test]
fn covered_options_are_shown_by_space_and_only_then_can_be_answered() {
    let mut seat = Seat::asked(80, 24);
    seat.press("C Space 3");
    seat.sees("Space shows the options");
    seat.sees_no("bitter`");
    seat.press("a");
    seat.sees("Space shows the options");
    seat.press("Space");
    seat.sees("  a  ");
    seat.press("a 3");
    let answered = (1..=4).flat_map(|card| seat.app.history(CardId(card)).expect("read"));
    let covered: Vec<bool> = answered
        .filter_map(|event| match event.act {
            Act::Answer(answer) => Some(answer.covered),
            _ => None,
        })
        .collect();
    assert_eq!(covered, [false, true]);
}

#[test]
fn what_cannot_be_done_says_why() {
    let told = |begin: Begin, keys: &str, words: &str| {
        let mut seat = begin(80, 24);
        seat.press(keys);
        seat.sees(words);
    };
    told(Seat::asked, "Enter", "Select an option first");
    told(Seat::asked, "x", "Only one option is right");
    told(Seat::asked, "Tab", "one pane only");
    told(Seat::with_decks, "Escape", "q quits");
    let all_of_tea = "End + Space 3 Space 3 Space 3";
    told(Seat::with_decks, &format!("{all_of_tea} +"), "no new cards");
    told(Seat::with_decks, &format!("{all_of_tea} +"), "Answered");
    told(Seat::with_decks, &format!("{all_of_tea} Enter +"), "no new cards");
    told(Seat::with_decks, &format!("{all_of_tea} Enter Enter"), "Nothing is due in");
}

#[test]
fn an_import_without_a_path_reads_everything_again() {
    let mut seat = Seat::with_decks(80, 24);
    seat.press("i Enter");
    seat.sees("2 files as before");
}

#[test]
fn cards_are_flagged_skipped_buried_and_suspended() {
    let mut seat = Seat::asked(80, 24);
    seat.press("f");
    seat.sees("⚑ Q2.1");
    seat.press("f");
    seat.sees_no("⚑");
    seat.press("n");
    seat.sees("Q2.2");
    seat.press("s");
    seat.sees("Q2.2 is suspended");
    seat.sees("Q2.3");
    seat.press("B");
    seat.sees("Q2.3 is buried until tomorrow");
    seat.sees("1 of 1");
    seat.press("n");
    seat.sees("the last question");
    seat.press("u");
    seat.sees("Undone: bury on Q2.3");
    seat.press("q");
    seat.sees("Decks");
    assert_eq!(seat.app.begin(&Scope::Everything, 0).expect("begun").remaining(), 3);
}

#[test]
fn a_question_is_reset_at_once_and_one_undo_brings_it_back() {
    let mut new = Seat::asked(80, 24);
    new.press("r");
    new.sees("It was never answered, so there is nothing to reset");
    let mut seat = overnight(&format!("{ALL_ANSWERED} Enter"));
    let due = |seat: &Seat| seat.app.overview().expect("readable").total.due;
    seat.press("a");
    seat.sees("1 of 4");
    seat.press("r");
    seat.sees("is new again, as if never answered; u takes that back");
    assert_eq!(due(&seat), 3);
    seat.press("u");
    seat.sees("Undone: reset on Q");
    assert_eq!(due(&seat), 4);
    seat.press("C-r");
    seat.sees("Done again: reset on Q");
    assert_eq!(due(&seat), 3);
}

#[test]
fn suspended_questions_come_back_from_the_decks() {
    let mut seat = Seat::asked(80, 24);
    seat.press("s");
    seat.sees("Q2.1 is suspended until r in the decks releases it; u takes that back");
    seat.press("s q r");
    seat.sees("2 questions of Kitchen / 2 Tea are released; u takes that back");
    seat.sees("4 cards today");
    seat.press("u");
    seat.sees("Undone: release on 2 questions");
    seat.sees("2 cards today");
    seat.press("C-r");
    seat.sees("Done again: release on 2 questions");
    seat.sees("4 cards today");
    seat.press("C-r");
    seat.sees("There is nothing to do again");
    seat.press("u Up r");
    seat.sees("No question of Kitchen / 1 Bread is suspended");
    seat.press("Up r");
    seat.sees("2 questions of Kitchen are released; u takes that back");
}

#[test]
fn what_could_not_be_stored_is_not_shown_as_stored() {
    let mut seat = Seat::asked(80, 24);
    seat.press("a");
    let press = |seat: &mut Seat| {
        seat.now += 1_000;
        update(&mut seat.model, Message::Key(named("3"), At(seat.now)))
    };
    let is_recording = |effects: &[Effect]| matches!(effects, [Effect::Ask(Request::Record { .. })]);
    assert!(is_recording(&press(&mut seat)));
    seat.send(Message::Tell(Notice::error(&"the disk is full", "Press the grade again")));
    seat.sees("the disk is full. Press the grade again");
    seat.sees("Explanation");
    seat.sees("1 of 3 · 0 wrong");
    assert!(is_recording(&press(&mut seat)));
}

#[test]
fn a_card_that_becomes_a_leech_is_announced() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space");
    let today = StudyDay(20_000);
    let with_lapses = |lapses| {
        let schedule =
            Schedule { lapses, ..Scheduler::SM2.after(None, retain::domain::grade::Grade::Again, today) };
        CardState { schedule: Some(schedule), ..CardState::default() }
    };
    let effects = {
        seat.now += 1_000;
        update(&mut seat.model, Message::Key(named("1"), At(seat.now)))
    };
    let Some(Effect::Ask(Request::Record { act, .. })) = effects.into_iter().next() else {
        panic!("not recorded")
    };
    let recorded = Recorded { event: EventId(1), before: with_lapses(7), after: with_lapses(8) };
    seat.send(Message::Review(review::Message::Recorded { act, recorded, today }));
    seat.sees("Q2.1 is a leech: forgotten 8 times");
}

#[test]
fn an_edited_question_is_there_at_once_with_its_schedule() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space 3 u a");
    let file = seat.kitchen().join("2-tea.md");
    let text = std::fs::read_to_string(&file).expect("read");
    std::fs::write(&file, text.replace("left to oxidise", "allowed to oxidise")).expect("written");
    seat.press("e");
    let Some(Effect::Edit(card)) = seat.outside.pop() else { panic!("no editor") };
    let source = seat.app.source(card).expect("a file");
    assert_eq!((source.path.file_name(), source.line), (file.file_name(), 7));
    let message = effect::read_again(&mut seat.app, &source.path);
    seat.send(message);
    seat.sees("allowed to oxidise");
    seat.sees("Explanation");
    seat.sees("the schedule is kept");
}

#[test]
fn the_mouse_answers_grades_and_scrolls() {
    let mut seat = Seat::asked(80, 24);
    click(&mut seat, "Black tea", 1_000);
    seat.sees("✓ right");
    click(&mut seat, "4 Easy", 1_000);
    seat.sees("Q2.2");
    seat.press("q");
    click(&mut seat, "1 Bread", 1_000);
    click(&mut seat, "1 Bread", 1_000);
    seat.sees("What does salt do to yeast?");
    click(&mut seat, "It slows it down", 400);
    seat.sees_no("Explanation");
}

#[test]
fn a_double_click_neither_answers_and_grades_nor_grades_and_answers() {
    let mut seat = Seat::asked(80, 24);
    click(&mut seat, "Black tea", 1_000);
    click(&mut seat, "3 Good", 400);
    assert_eq!(acts(&seat), 0);
    click(&mut seat, "3 Good", 1_000);
    assert_eq!(acts(&seat), 1);
    click(&mut seat, " fine", 400);
    seat.sees_no("Explanation");
    click(&mut seat, " fine", 1_000);
    seat.sees("✓ right");
}

#[test]
fn a_click_before_anybody_can_have_read_is_ignored_after_a_key_too() {
    let mut seat = Seat::asked(80, 24);
    seat.press("a");
    click(&mut seat, "3 Good", 149);
    assert_eq!(acts(&seat), 0);
    click(&mut seat, "3 Good", 1);
    assert_eq!(acts(&seat), 1);
}

/// Clicks on these words so many milliseconds after what was done last.
fn click(seat: &mut Seat, words: &str, ms: u64) {
    let seen = seat.seen();
    let y = seen.lines().position(|line| line.contains(words)).expect("seen");
    let line = seen.lines().nth(y).expect("a line");
    let x = line[..line.find(words).expect("found")].chars().count();
    seat.now += ms;
    seat.send(Message::Click(Position { x: x as u16, y: y as u16 }, At(seat.now)));
}

#[test]
fn ten_more_new_ones_can_be_had_from_the_summary() {
    let mut seat = Seat::with_decks(80, 24);
    seat.press("Down Enter Space 3");
    seat.sees("Answered");
    seat.sees("1 Bread");
    seat.press("Enter");
    seat.sees("Decks");
}

#[test]
fn an_action_of_the_palette_is_done_on_the_screen_beneath() {
    let mut seat = Seat::asked(80, 24);
    seat.press(": f l a g Enter");
    seat.sees("⚑ Q2.1");
    seat.press("a : t a k e t h e s e l e c t e d Enter");
    seat.sees("Q2.2");
}

#[test]
fn every_action_can_be_reached_from_some_screen() {
    let states: [(Begin, &str); 15] = [
        (Seat::empty, ""),
        (Seat::with_decks, ""),
        (Seat::with_decks, "i"),
        (Seat::asked, ""),
        (Seat::asked, "C Space 3"),
        (Seat::asked, "a"),
        (Seat::asked, "?"),
        (Seat::asked, ":"),
        (Seat::asked, "Space 3 Space 3 Space 3"),
        (Seat::flip_cards, ""),
        (Seat::with_decks, "b"),
        (Seat::with_decks, "b Enter"),
        (Seat::with_decks, "b /"),
        (Seat::with_decks, "s"),
        (Seat::with_decks, "s 6"),
    ];
    let mut reached: HashSet<Action> = HashSet::new();
    let mut reach = |seat: &Seat| {
        let screen = seat.model.top().expect("a screen");
        let lines = shipped().reachable(screen.contexts(), screen.options());
        reached.extend(lines.iter().map(|(entry, _)| entry.action));
    };
    for (begin, keys) in states {
        let mut seat = begin(80, 24);
        seat.press(keys);
        reach(&seat);
    }
    let mut seat = Seat::empty(80, 24);
    let kitchen = seat.kitchen();
    seat.press("i");
    seat.send(Message::Paste(kitchen.display().to_string()));
    seat.press("Enter");
    reach(&seat);
    let missing: Vec<_> = Action::ALL.iter().filter(|action| !reached.contains(action)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn leaving_has_the_exit_codes_that_are_documented() {
    let left = |keys: &str| {
        let mut seat = Seat::asked(80, 24);
        seat.press(keys);
        match seat.outside.pop() {
            Some(Effect::Quit(code)) => code,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(left("q q"), 0);
    assert_eq!(left("C-c"), 130);
    assert_eq!(left(": C-c"), 130);
}

#[test]
fn text_from_decks_reaches_no_screen_unseen() {
    let mut seat = Seat::empty(80, 24);
    let path = seat.folder.path().join("evil.md");
    let chapter = "# Evil\u{202e}deck\n\n**Q1: Basic - [To\u{1b}pic]**\n\nSt&#27;em\n\nA) x\u{7}\nB) y\n\n**Answer: A**\n";
    std::fs::write(&path, chapter).expect("written");
    seat.app.import(&[path], ImportOptions::default(), &mut |_| true).expect("imported");
    seat.press("q i Escape");
    let clean = |seat: &Seat| {
        let page = seat.page();
        let bad = |symbol: &str| symbol.chars().any(|letter| letter.is_control() || letter == '\u{202e}');
        assert!(!page.content.iter().any(|cell| bad(cell.symbol())), "{}", seat.seen());
    };
    clean(&seat);
    seat.press("Enter");
    clean(&seat);
    seat.press("Space I");
    clean(&seat);
    seat.press("q 3");
    clean(&seat);
}
