//! Statistics as they are seen, and the keys that lead through them.

use std::{path::Path, sync::mpsc, time::Duration};

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Position;
use retain::{
    app::{Figures, ImportOptions},
    domain::{
        deck::Scope,
        stats::{Page, Period},
    },
    tui::{
        counting::{Counter, Order, Told},
        effect::Effect,
        message::{At, Message},
        theme::{Depth, Theme},
        update::update,
    },
};

use super::{pictures::picture, seat::Seat};

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (160, 50), (50, 16)];

fn pictures_of(page: Page) {
    let key = Page::ALL.iter().position(|other| *other == page).expect("a page") + 1;
    for (width, height) in SIZES {
        let mut seat = Seat::after(400, width, height);
        seat.press(&format!("s {key}"));
        picture(&format!("statistics-{}", page.word()), (width, height), seat.seen());
    }
}

#[test]
fn the_first_page_tells_of_today_and_the_last_weeks() {
    pictures_of(Page::Lately);
}

#[test]
fn retention_is_told_with_what_chance_may_do_to_it() {
    pictures_of(Page::Retention);
}

#[test]
fn a_year_is_a_heat_map() {
    pictures_of(Page::Calendar);
}

#[test]
fn the_load_is_told_in_cards_and_minutes() {
    pictures_of(Page::Load);
}

#[test]
fn cards_stand_by_how_far_they_have_come() {
    pictures_of(Page::Cards);
}

#[test]
fn topics_stand_by_weakness() {
    pictures_of(Page::Topics);
}

#[test]
fn confusions_name_the_wrong_option_that_wins() {
    pictures_of(Page::Confusions);
}

#[test]
fn a_favoured_place_of_the_screen_is_told() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut seat = Seat::after(400, width, height);
        seat.press("s 7 End");
        picture("statistics-places", (width, height), seat.seen());
    }
}

#[test]
fn predictions_are_compared_with_what_happened() {
    pictures_of(Page::Prediction);
}

#[test]
fn few_answers_are_said_to_be_few() {
    let mut seat = Seat::after(6, 80, 24);
    seat.press("s End");
    seat.sees("which is few");
    seat.press("2");
    seat.sees("few: ");
    seat.sees("which is few");
    picture("statistics-few", (80, 24), seat.seen());
    seat.press("8");
    seat.sees("nothing is said");
}

#[test]
fn without_any_answer_every_page_says_so_and_invents_nothing() {
    let mut seat = Seat::with_decks(80, 40);
    seat.press("s");
    seat.sees("0 answers");
    for key in ["2", "3", "4", "5", "6", "7", "8"] {
        seat.press(key);
        seat.sees_no("NaN");
        seat.sees_no("inf");
    }
    seat.press("2");
    seat.sees("0 of 0 answers count here");
    seat.sees("No answers that count yet.");
    picture("statistics-none", (80, 40), seat.seen());
}

#[test]
fn pages_are_turned_by_number_and_by_arrow_round_and_round() {
    let mut seat = Seat::after(60, 80, 24);
    seat.press("s 3");
    seat.sees("by hour");
    seat.press("Right");
    seat.sees("cards to come");
    seat.press("Left Left Left Left");
    seat.sees("How well answers were predicted");
    seat.press("Tab");
    seat.sees("Tomorrow");
    seat.press("Escape");
    seat.sees("Decks");
}

#[test]
fn a_click_on_its_name_shows_a_page() {
    let mut seat = Seat::after(60, 80, 24);
    seat.press("s");
    let tabs = seat.seen().lines().nth(1).expect("pages").to_owned();
    let x = tabs.find("Topics").expect("a name") as u16;
    seat.send(Message::Click(Position { x, y: 1 }, At(0)));
    seat.sees("the weakest first");
    seat.send(Message::Click(Position { x: 10, y: 5 }, At(0)));
    seat.send(Message::Click(Position { x: 10, y: 5 }, At(0)));
    seat.sees_no("the weakest first");
}

#[test]
fn nothing_is_counted_again_when_a_page_is_turned_or_a_period_looked_at_once_more() {
    let mut seat = Seat::after(60, 80, 24);
    seat.press("s 2 3 4 5 6 7 8 1");
    assert_eq!(seat.orders, 1);
    seat.press("p p p");
    assert_eq!(seat.orders, 3);
    seat.press("p p p 2 3");
    assert_eq!(seat.orders, 3);
}

#[test]
fn the_period_and_the_scope_change_by_a_key_and_are_told() {
    let mut seat = Seat::after(400, 80, 24);
    seat.press("j s 3");
    seat.sees("Statistics: Pantry / ");
    seat.sees("the last 365 days");
    seat.press("p");
    seat.sees("all time");
    seat.press("p");
    seat.sees("the last 30 days");
    picture("statistics-calendar-month", (80, 24), seat.seen());
    seat.press("a");
    seat.sees("Statistics: all decks");
    seat.press("a");
    seat.sees("Statistics: Pantry / ");
}

#[test]
fn all_time_has_a_heat_map_for_each_year() {
    let mut seat = Seat::after(400, 80, 40);
    seat.press("s 3 p");
    picture("statistics-calendar-all", (80, 40), seat.seen());
}

#[test]
fn help_explains_the_figures_and_lists_the_keys() {
    let mut seat = Seat::after(60, 80, 40);
    seat.press("s 2 ?");
    seat.sees("True retention is");
    seat.sees("Look at another period");
    seat.press("Escape 5 ?");
    seat.sees_no("True retention is");
    seat.sees("below an interval of 21 days");
}

#[test]
fn a_weak_topic_is_studied_by_enter() {
    let mut seat = Seat::after(6, 80, 24);
    seat.press("s 6");
    let weakest = seat.seen();
    let weakest = weakest.lines().find(|line| line.contains('▸')).expect("a selection").to_owned();
    let topic = weakest.split_whitespace().nth(2).expect("a topic").to_owned();
    seat.press("Enter");
    seat.sees(&format!("· {topic}"));
}

#[test]
fn a_topic_of_which_nothing_is_due_is_studied_ahead_of_time() {
    let mut seat = Seat::after(400, 80, 24);
    seat.press("s 6 Enter");
    seat.sees("1 of 4");
    seat.sees("· Ovens");
    seat.sees_no("the weakest first");
}

#[test]
fn groups_of_another_kind_are_listed_by_a_key_and_a_chapter_is_studied() {
    let mut seat = Seat::after(400, 80, 24);
    seat.press("s 6 t");
    seat.sees("3 difficulties");
    seat.press("t");
    seat.sees("2 chapters");
    seat.press("Enter");
    seat.sees("What is number");
}

#[test]
fn the_screen_is_there_before_its_figures() {
    let mut seat = Seat::after(60, 80, 24);
    let key = KeyEvent::from(KeyCode::Char('s'));
    let mut effects = update(&mut seat.model, Message::Key(key, At(0)));
    let Some(Effect::Ask(request)) = effects.pop() else { panic!("nothing is asked") };
    let message = retain::tui::effect::perform(&mut seat.app, request, || At(0), &mut |_| true);
    let effects = update(&mut seat.model, message);
    seat.resize(80, 24);
    seat.sees("Statistics: Pantry");
    seat.sees("Counting");
    seat.perform(effects);
    seat.resize(80, 24);
    seat.sees_no("Counting");
    seat.sees("Tomorrow");
}

#[test]
fn what_failed_to_be_counted_is_told_on_the_page() {
    let mut seat = Seat::after(60, 80, 24);
    seat.press("s");
    let scope = Scope::Book("Pantry".to_owned());
    let order = Order { scope, period: Period::year(seat.app.now().day), first: Page::Lately };
    let failed =
        retain::tui::counting::Counted { order, page: Page::Load, figures: Err("the disk is gone".into()) };
    let mut fresh = Seat::after(60, 80, 24);
    let key = KeyEvent::from(KeyCode::Char('s'));
    let effects = update(&mut fresh.model, Message::Key(key, At(0)));
    let Some(Effect::Ask(request)) = effects.into_iter().next() else { panic!("nothing is asked") };
    let message = retain::tui::effect::perform(&mut fresh.app, request, || At(0), &mut |_| true);
    update(&mut fresh.model, message);
    let counted = retain::tui::screens::statistics::Message::Counted(Box::new(failed));
    update(&mut fresh.model, Message::Statistics(counted));
    fresh.press("4");
    fresh.sees("the disk is gone");
}

#[test]
fn statistics_follow_a_sitting_by_a_key() {
    let mut seat = Seat::asked(80, 24);
    seat.press("Space 1 Space 3 Space 2 Space 3 Space 4");
    seat.sees("Streak");
    seat.press("s");
    seat.sees("Statistics: Kitchen / 2 Tea");
    seat.press("q");
    seat.sees("Done");
}

#[test]
fn without_unicode_statistics_are_ascii_and_days_still_differ() {
    let mut seat = Seat::after(400, 80, 24);
    for key in ["s", "2", "3", "4", "5", "6", "7", "8"] {
        seat.press(key);
        let question_marks = seat.seen().matches('?').count();
        seat.look.unicode = false;
        seat.resize(80, 24);
        assert!(seat.seen().is_ascii(), "{}", seat.seen());
        assert_eq!(seat.seen().matches('?').count(), question_marks, "{}", seat.seen());
        seat.look.unicode = true;
    }
    seat.press("3");
    seat.look.unicode = false;
    seat.resize(80, 24);
    picture("statistics-calendar-ascii", (80, 24), seat.seen());
}

#[test]
fn without_colour_density_alone_tells_days_apart() {
    let mut seat = Seat::after(400, 80, 24);
    seat.look.theme = Theme::find("terminal", Path::new(""), Depth::None).expect("it ships");
    seat.press("s 3");
    for sign in ["░", "▒", "▓", "█"] {
        seat.sees(sign);
    }
}

#[test]
fn every_page_can_be_asked_for_in_the_background_the_awaited_one_first() {
    let mut seat = Seat::empty(80, 24);
    seat.goes_on("2026-11-22");
    let kitchen = seat.kitchen();
    seat.app.import(&[kitchen], ImportOptions::default(), &mut |_| true).expect("imported");
    let (notify, notified) = mpsc::channel();
    let counter = Counter::start(move || notify.send(()).expect("heard")).expect("a thread");
    let order = Order { scope: Scope::Everything, period: Period::ALL, first: Page::Topics };
    counter.count(seat.app.statistics_reader().expect("on disk"), order);
    let pages = Page::ALL.map(|_| {
        notified.recv_timeout(Duration::from_secs(60)).expect("counted");
        let Some(Told::Page(counted)) = counter.told() else { panic!("no page") };
        (counted.page, counted.figures.expect("figures"))
    });
    assert_eq!(pages[0].0, Page::Topics);
    assert!(pages.iter().any(|(_, figures)| matches!(figures, Figures::Cards(cards) if cards.cards == 4)));
    let mut told: Vec<Page> = pages.iter().map(|(page, _)| *page).collect();
    told.sort_by_key(|page| Page::ALL.iter().position(|other| other == page));
    assert_eq!(told, Page::ALL);
}

#[test]
fn how_decks_stand_is_counted_in_the_background_too_and_pages_are_not_lost_by_it() {
    let mut seat = Seat::empty(80, 24);
    seat.goes_on("2026-11-22");
    let kitchen = seat.kitchen();
    seat.app.import(&[kitchen], ImportOptions::default(), &mut |_| true).expect("imported");
    let counted = seat.app.standings().expect("counted");
    assert_eq!(counted.len(), 2);
    let (notify, notified) = mpsc::channel();
    let counter = Counter::start(move || notify.send(()).expect("heard")).expect("a thread");
    let order = Order { scope: Scope::Everything, period: Period::ALL, first: Page::Load };
    counter.count(seat.app.statistics_reader().expect("on disk"), order);
    counter.stand(seat.app.statistics_reader().expect("on disk"));
    let told = (0..=Page::ALL.len()).map(|_| {
        notified.recv_timeout(Duration::from_secs(60)).expect("counted");
        counter.told().expect("told")
    });
    let (standings, pages): (Vec<Told>, Vec<Told>) =
        told.partition(|told| matches!(told, Told::Standings(_)));
    assert_eq!(pages.len(), Page::ALL.len());
    assert!(matches!(&standings[..], [Told::Standings(Ok(told))] if *told == counted));
}
