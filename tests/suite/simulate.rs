//! `retain simulate`: months that can be worked out by hand, what must hold for all of them, and the program.

use std::{fs, process::Output};

use chrono::DateTime;
use proptest::prelude::*;
use retain::domain::{
    grade::Grade,
    ids::{CardId, EventId},
    queue::Limits,
    review_log::{Act, Answer, Event, Outcome},
    scheduler::{
        Scheduler,
        fsrs::{Fsrs, Parameters, Retention},
    },
    simulation::{Card, Habits, Odds, Plan, Run, Shares, Start, Tally, World, simulate},
    time::{Days, Moment, StudyDay},
};
use serde_json::Value;

use crate::program::{Home, TODAY, TOMORROW};

const FIRST: StudyDay = StudyDay(20_000);
const BOUNDLESS: usize = usize::MAX;

fn average() -> World {
    World::average(Parameters::default())
}

/// Somebody who knows everything, and says Good to it.
fn infallible() -> World {
    let good = Shares::counted([0, 0, 1, 0]).expect("shares");
    World { odds: Odds(f64::MAX), first: good, recalled: good, ..average() }
}

fn fsrs(retention: f64) -> Scheduler {
    let retention = Retention::new(retention).expect("a retention");
    Scheduler::Fsrs(Fsrs::new(Parameters::default(), retention, false))
}

fn plan(scheduler: Scheduler, days: u32, new: usize, reviews: usize) -> Plan {
    Plan { today: FIRST, days: Days(days), limits: Limits { new, reviews }, scheduler }
}

/// A card that was answered Good three times, each on its due day, and is due so many days after the first.
fn known(id: i64, due_in: i32, scheduler: &Scheduler, world: &World) -> Card {
    let (mut schedule, mut memory) = (None, None);
    for ago in [22, 21, 15] {
        let day = StudyDay(FIRST.0 + due_in - ago);
        schedule = Some(scheduler.after(schedule.as_ref(), Grade::Good, day));
        memory = Some(world.memory().after(memory.as_ref(), Grade::Good, day));
    }
    assert_eq!(schedule.map(|schedule| schedule.due), Some(StudyDay(FIRST.0 + due_in)));
    Card { id: CardId(id), schedule, memory, until: None }
}

fn total(run: &Run, figure: impl Fn(&Tally) -> u32) -> u32 {
    run.days.iter().map(figure).sum()
}

fn days_with(run: &Run, figure: impl Fn(&Tally) -> u32) -> Vec<usize> {
    (0..run.days.len()).filter(|day| figure(&run.days[*day]) > 0).collect()
}

#[test]
fn one_card_that_is_always_known_comes_at_the_schedulers_intervals() {
    let table = [
        (Scheduler::SM2, vec![1, 7, 22, 60]),
        // 2 11 46, as the scheduler says when it is asked directly.
        (fsrs(0.9), vec![2, 13, 59]),
        (fsrs(0.7), vec![21]),
    ];
    for (scheduler, days) in table {
        let run = simulate(&Start::unseen(1), &infallible(), &plan(scheduler, 90, 10, 200), 3);
        assert_eq!(days_with(&run, |day| day.new), [0], "{scheduler:?}");
        assert_eq!(days_with(&run, |day| day.reviews), days, "{scheduler:?}");
        assert_eq!((run.reached, total(&run, |day| day.repeats)), (1, 0));
    }
}

#[test]
fn with_nothing_new_the_reviews_are_the_cards_that_are_due() {
    let (world, scheduler) = (infallible(), Scheduler::SM2);
    let due = [-4, 0, 0, 1, 3, 3, 3, 9, 12];
    let cards: Vec<Card> = (1..).zip(due).map(|(id, due)| known(id, due, &scheduler, &world)).collect();
    let start = Start { cards, ..Start::default() };
    let reviews = |limit| -> Vec<u32> {
        let run = simulate(&start, &world, &plan(scheduler, 10, 0, limit), 3);
        run.days.iter().map(|day| day.reviews).collect()
    };
    assert_eq!(reviews(200), [3, 1, 0, 3, 0, 0, 0, 0, 0, 1]);
    assert_eq!(reviews(1), [1, 1, 1, 1, 1, 1, 1, 0, 0, 1], "what a day does not hold waits");
}

#[test]
fn nothing_new_comes_while_more_is_due_than_a_day_holds() {
    let (world, scheduler) = (infallible(), Scheduler::SM2);
    let mut cards: Vec<Card> = (1..=7).map(|id| known(id, 0, &scheduler, &world)).collect();
    cards.extend(Start::unseen(3).cards.into_iter().map(|card| Card { id: CardId(card.id.0 + 7), ..card }));
    let run = simulate(&Start { cards, ..Start::default() }, &world, &plan(scheduler, 5, 3, 3), 3);
    assert_eq!(days_with(&run, |day| day.new), [2]);
}

#[test]
fn what_was_studied_today_counts_against_todays_limits() {
    let start = Start { introduced_today: 7, ..Start::unseen(30) };
    let run = simulate(&start, &infallible(), &plan(Scheduler::SM2, 2, 10, 200), 3);
    assert_eq!([run.days[0].new, run.days[1].new], [3, 10]);
}

#[test]
fn a_card_that_was_set_aside_waits_for_its_day_and_then_comes_as_usual() {
    let world = infallible();
    let card = Card { until: Some(StudyDay(FIRST.0 + 4)), ..known(1, 0, &Scheduler::SM2, &world) };
    let start = Start { cards: vec![card], ..Start::default() };
    let run = simulate(&start, &world, &plan(Scheduler::SM2, 80, 0, 200), 3);
    assert_eq!(days_with(&run, |day| day.reviews), [4, 42]);
}

#[test]
fn what_is_not_known_is_repeated_the_same_day_and_costs_time() {
    let again = Shares::counted([1, 0, 0, 0]).expect("shares");
    let world = World { first: again, took_ms: [20_000, 0, 5_000, 0], ..infallible() };
    let run = simulate(&Start::unseen(4), &world, &plan(Scheduler::SM2, 1, 10, 200), 3);
    assert_eq!(run.days, [Tally { reviews: 0, new: 4, repeats: 4, took_ms: 100_000 }]);
}

#[test]
fn whoever_skips_days_studies_on_the_others() {
    let world = World { skipped: 0.25, ..infallible() };
    let run = simulate(&Start::unseen(10_000), &world, &plan(Scheduler::SM2, 1000, 1, BOUNDLESS), 3);
    let studied = days_with(&run, Tally::answers).len();
    assert!((700..800).contains(&studied), "{studied}");
    let never = World { skipped: 1.0, ..infallible() };
    let run = simulate(&Start::unseen(10), &never, &plan(Scheduler::SM2, 30, 5, BOUNDLESS), 3);
    assert_eq!((total(&run, Tally::answers), run.reached, run.known), (0, 0, 0.0));
}

#[test]
fn cards_are_recalled_about_as_often_as_fsrs_aims_at() {
    for retention in [0.8, 0.9] {
        let run = simulate(&Start::unseen(2000), &average(), &plan(fsrs(retention), 90, 100, BOUNDLESS), 3);
        // Every miss is repeated, and first answers are missed too.
        let missed = f64::from(total(&run, |day| day.repeats)) - 0.24 * 2000.0;
        let recalled = 1.0 - missed / f64::from(total(&run, |day| day.reviews));
        assert!((recalled - retention).abs() < 0.04, "{recalled} for {retention}");
        assert!(run.known > retention * 1900.0 && run.known < 2000.0, "{}", run.known);
    }
}

fn any_plan() -> impl Strategy<Value = (Scheduler, usize, u32)> {
    let schedulers = prop_oneof![Just(Scheduler::SM2), Just(fsrs(0.85)), Just(fsrs(0.95))];
    (schedulers, 0usize..20, 1u32..80)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Each card has its own luck, so that it only begins earlier.
    #[test]
    fn more_new_cards_a_day_never_bring_fewer_reviews((scheduler, new, days) in any_plan(), more in 1usize..20, seed: u32) {
        let reviews = |new| {
            let run = simulate(&Start::unseen(300), &average(), &plan(scheduler, days, new, BOUNDLESS), seed);
            total(&run, |day| day.reviews)
        };
        prop_assert!(reviews(new) <= reviews(new + more));
    }

    #[test]
    fn a_seed_decides_everything_and_the_sums_agree((scheduler, new, days) in any_plan(), seed: u32) {
        let world = World { took_ms: [7_000; 4], skipped: 0.1, ..average() };
        let plan = plan(scheduler, days, new, 40);
        let run = simulate(&Start::unseen(150), &world, &plan, seed);
        prop_assert_eq!(&run, &simulate(&Start::unseen(150), &world, &plan, seed));
        prop_assert_eq!(total(&run, |day| day.new) as usize, run.reached);
        prop_assert!(run.known <= run.reached as f64);
        for day in &run.days {
            prop_assert_eq!(day.took_ms, u64::from(day.answers()) * 7_000);
            prop_assert!(day.reviews <= 40 && day.new as usize <= new);
        }
    }
}

#[test]
fn other_seeds_bring_other_months() {
    let run = |seed| simulate(&Start::unseen(300), &average(), &plan(Scheduler::SM2, 60, 10, 200), seed);
    assert_ne!(run(1), run(2));
}

fn answer(id: i64, card: i64, day: i32, grade: Grade, took_ms: u32) -> Event {
    let (outcome, promised) = (Outcome::Unobserved, Days(1));
    let answer =
        Answer { grade, chosen: Vec::new(), place: None, outcome, covered: false, took_ms, promised };
    let at = DateTime::UNIX_EPOCH.fixed_offset();
    Event {
        id: EventId(id),
        card: CardId(card),
        moment: Moment { at, day: StudyDay(day) },
        act: Act::Answer(answer),
    }
}

#[test]
fn habits_are_measured_once_there_is_enough_of_them() {
    // Every card: Good at first, and on the next day; then Again in one card of four, repeated the same day.
    let history = |card: i64| {
        let day = FIRST.0 - 60 + card as i32 / 4;
        let mut events = vec![
            answer(card * 10, card, day, Grade::Good, 4_000),
            answer(card * 10 + 1, card, day + 1, Grade::Good, 6_000),
        ];
        if card % 4 == 0 {
            events.push(answer(card * 10 + 2, card, day + 4, Grade::Again, 900_000));
            events.push(answer(card * 10 + 3, card, day + 4, Grade::Good, 6_000));
        }
        events
    };
    let habits = |cards: i64| {
        let histories: Vec<Vec<Event>> = (0..cards).map(history).collect();
        Habits::of(histories.iter().map(Vec::as_slice), &average(), FIRST)
    };
    let measured = habits(120);
    assert_eq!((measured.answers, measured.recalled.scored, measured.recalled.recalled), (300, 150, 120));
    assert_eq!(measured.took_ms, Some([120_000, 6_000, 6_000, 6_000]));
    assert_eq!(measured.first, Shares::counted([0, 0, 1, 0]).map(|shares| (shares, 120)));
    assert_eq!(measured.passed, Shares::counted([0, 0, 1, 0]).map(|shares| (shares, 120)));
    let odds = measured.odds.expect("enough answers");
    assert!(measured.recalled.expected > 120.0 && odds.0 < 1.0, "{odds:?}");
    // Days 0 to 34 of the last 60 have answers: 30 days of new cards, and the last repetition four later.
    let (skipped, days) = measured.skipped.expect("enough days");
    assert_eq!((days, (skipped * 60.0).round()), (60, 60.0 - 34.0));

    let little = habits(30);
    assert_eq!((little.took_ms, little.first, little.passed, little.odds), (None, None, None, None));
    assert_eq!(little.world(average()).took_ms, average().took_ms);
}

#[track_caller]
fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn shown(home: &Home, arguments: &[&str], locale: &str) -> String {
    let mut command = home.command(arguments, TODAY);
    text(&command.env("LC_ALL", locale).output().expect("it runs"))
}

fn snapshot(name: &str, told: &str) {
    insta::with_settings!({
        snapshot_path => "../screens",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, told);
    });
}

#[test]
fn months_are_shown_beside_each_other_on_eighty_columns() {
    let home = Home::new();
    let many = ["simulate", "--cards", "400", "--scheduler", "sm2,fsrs", "--new", "5,15", "--seeds", "5"];
    let told = shown(&home, &many, "C.UTF-8");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    snapshot("simulate-plans", &told);
    let one = [
        "simulate",
        "--cards",
        "40",
        "--days",
        "30",
        "--seeds",
        "3",
        "--skip",
        "0.2",
        "--seconds-per-answer",
        "9",
    ];
    let told = shown(&home, &one, "C");
    assert!(told.is_ascii(), "{told}");
    snapshot("simulate-ascii", &told);
}

#[test]
fn the_same_question_always_gets_the_same_answer() {
    let home = Home::with_chapter(30);
    let once = home.succeeds(&["simulate", "--seeds", "3", "--json"]);
    assert_eq!(once, home.succeeds(&["simulate", "--seeds", "3", "--json"]));
}

#[test]
fn a_persons_own_cards_are_simulated_from_where_they_are() {
    let home = Home::with_chapter(12);
    home.study("a\n\nb\n\n?\n3\nquit\n", TODAY);
    let simulation = home.json(&["simulate", "--days", "20", "--seeds", "4", "--json"], TOMORROW);
    assert_eq!((&simulation["cards"], &simulation["cards_seen_before"]), (&12.into(), &3.into()));
    assert_eq!(simulation["first_day"], "2026-11-23");
    assert_eq!(simulation["person"]["is_average_learner"], true);
    assert_eq!(simulation["person"]["skipped_days_are"], "assumed");
    let plan = &simulation["plans"][0];
    assert_eq!(
        (&plan["scheduler"], &plan["retention"], &plan["new_per_day"]),
        (&"sm2".into(), &Value::Null, &10.into())
    );
    for name in ["reviews", "new", "repeats", "minutes"] {
        assert_eq!(plan["daily"][name].as_array().map(Vec::len), Some(20), "{name}");
    }
    assert_eq!(plan["daily"]["reviews"][0]["median"], 3.0);
    assert_eq!(plan["daily"]["new"][0]["median"], 9.0);
    assert_eq!(plan["cards_reached"]["low"], 12.0);
    let days = plan["daily"]["minutes"].as_array().expect("days");
    let figures = days.iter().chain([&plan["minutes_a_day"]["mean"], &plan["known_at_the_end"]]);
    for range in figures {
        let figure = |name: &str| range[name].as_f64().expect("a number");
        assert!(figure("low") <= figure("median") && figure("median") <= figure("high"), "{range}");
    }
}

#[test]
fn forgetting_follows_the_parameters_that_were_fitted_to_the_person() {
    let home = Home::with_chapter(12);
    home.study(&"?\n3\n".repeat(8), TODAY);
    let simulate = |deck: &[&str]| {
        let figures = [&["simulate", "--scheduler", "fsrs", "--seeds", "5", "--json"], deck].concat();
        home.json(&figures, TOMORROW)
    };
    let published = simulate(&[]);
    assert_eq!(published["person"]["memory_is"], "assumed");
    let mut values = Parameters::default().values();
    values[2] = 0.5;
    home.write(
        "data/fsrs-parameters.toml",
        &format!(
            "[[fitted]]\ndeck = 1\nthrough = \"2026-11-20\"\nfitted_to = 700\njudged_on = 300\nlambda = 1.0\n\
             log_loss_default = 0.4\nlog_loss = 0.3\nparameters = {values:?}\n"
        ),
    );
    assert_eq!(simulate(&[]), published, "what was fitted to a deck is for that deck");
    let fitted = simulate(&["--deck", "things"]);
    assert_eq!(fitted["person"]["memory_is"], "fitted");
    assert_eq!(fitted["person"]["memory_fitted_through"], "2026-11-20");
    let words = fitted["assumptions"][0].as_str().expect("a sentence");
    assert!(words.contains("fitted to your answers up to 2026-11-20"), "{words}");
    let reviews = |figures: &Value| figures["plans"][0]["reviews_a_day"]["mean"]["median"].as_f64();
    assert!(reviews(&fitted) > reviews(&published), "who forgets within a day has more to review");
}

#[test]
fn what_is_left_of_today_comes_first_and_what_is_suspended_never() {
    let home = Home::with_chapter(14);
    home.study("suspend\na\n\n?\n\nquit\n", TODAY);
    let arguments = ["simulate", "--days", "2", "--seeds", "1", "--skip", "1", "--json"];
    let simulation = home.json(&arguments, TODAY);
    assert_eq!((&simulation["cards"], &simulation["cards_seen_before"]), (&13.into(), &2.into()));
    let median = |series: &str, day: usize| &simulation["plans"][0]["daily"][series][day]["median"];
    assert_eq!((median("new", 0), median("new", 1)), (&8.0.into(), &0.0.into()), "today has begun");
    assert!(median("repeats", 0).as_f64() >= Some(1.0));
}

/// The names of elements that are open, checked as one goes: a small reader of XML.
#[track_caller]
fn check_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag that ends");
        assert!(!text.contains('>') && tag.matches('"').count() % 2 == 0, "{piece}");
        assert!(text.split('&').skip(1).all(|entity| entity.split_once(';').is_some()), "{text}");
        let name = tag.split_whitespace().next().expect("a name");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_picture_is_whole_and_tells_itself_in_words() {
    let home = Home::new();
    let file = home.path().join("months.svg");
    let path = file.to_str().expect("UTF-8");
    let arguments = ["simulate", "--cards", "60", "--new", "5,20", "--seeds", "3", "--svg", path];
    home.succeeds(&arguments);
    let svg = fs::read_to_string(&file).expect("a file");
    check_well_formed(&svg);
    for part in [
        "<title ",
        "<desc ",
        "role=\"img\"",
        "SM-2, 5 new a day",
        "SM-2, 20 new a day",
        "Minutes a day",
        "days from today",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    assert_eq!((svg.matches("<polyline").count(), svg.contains("NaN")), (4, false));
    home.succeeds(&arguments);
    let nowhere = home.path().join("nowhere/months.svg");
    let told = home.ends_with(&["simulate", "--cards", "60", "--svg", nowhere.to_str().expect("UTF-8")], 1);
    assert!(told.contains("could not write"), "{told}");
}

#[test]
fn what_cannot_be_simulated_is_said() {
    let home = Home::new();
    let usage: [&[&str]; 7] = [
        &["--days", "0"],
        &["--days", "3651"],
        &["--retention", "0.5"],
        &["--scheduler", "sm2", "--retention", "0.9"],
        &["--skip", "1.5"],
        &["--seconds-per-answer", "NaN"],
        &["--new", "1,2,3,4,5,6,7,8,9,10,11,12,13"],
    ];
    for arguments in usage {
        home.ends_with(&[&["simulate", "--cards", "5"], arguments].concat(), 2);
    }
    assert!(home.ends_with(&["simulate"], 1).contains("retain simulate --cards 500"));
    let much = ["simulate", "--cards", "1000000", "--days", "3650", "--seeds", "1000"];
    assert!(home.ends_with(&much, 1).contains("try fewer days"));
}

#[test]
fn the_last_thirty_days_are_told_only_of_more_than_those() {
    let home = Home::with_chapter(20);
    assert!(home.succeeds(&["simulate", "--days", "31"]).contains("last 30 days"));
    assert!(!home.succeeds(&["simulate", "--days", "30"]).contains("last 30 days"));
}
