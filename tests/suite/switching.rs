//! Other schedulers for a collection, a book or a deck: what is known of the cards follows them, no due day
//! does, and rescheduling does just what it showed.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use retain::{
    app::{Access, App, ImportOptions, Setup},
    domain::{
        card::CardState,
        deck::Scope,
        grade::Grade,
        ids::CardId,
        rescheduling::Rescheduling,
        review_log::Act,
        scheduler::{Choice, Memory, Name, Schedule, Scheduler, Schedulers, fsrs::Retention},
        time::{Moment, Rollover, StudyDay},
    },
    store::Store,
};
use serde_json::Value;

use crate::{
    chapters::chapter,
    program::{Home, TODAY, TOMORROW},
    store::{SCHEDULERS, answer, deck_of},
};

const LATER: &str = "2026-12-20T09:00:00+01:00";

fn all_by(name: Name) -> Schedulers {
    Schedulers::new(Choice { name, ..Choice::SM2 }, Vec::new(), Vec::new())
}

#[derive(Debug, Clone)]
enum Deed {
    Answer(usize, Grade),
    Suspend(usize),
    Reschedule(usize),
    Reset(usize),
    Undo,
    Switch(Name),
    Wait(u8),
}

fn history() -> impl Strategy<Value = Vec<Deed>> {
    let card = || 0..4usize;
    let deed = prop_oneof![
        8 => (card(), prop::sample::select(Grade::ALL.to_vec())).prop_map(|(card, grade)| Deed::Answer(card, grade)),
        1 => card().prop_map(Deed::Suspend),
        1 => card().prop_map(Deed::Reschedule),
        1 => card().prop_map(Deed::Reset),
        2 => Just(Deed::Undo),
        1 => prop::sample::select(Name::ALL.to_vec()).prop_map(Deed::Switch),
        6 => (1..40u8).prop_map(Deed::Wait),
    ];
    prop::collection::vec(deed, 0..60)
}

/// A collection, and who keeps it.
struct Collection {
    store: Store,
    cards: Vec<CardId>,
    clock: DateTime<FixedOffset>,
    schedulers: Schedulers,
}

impl Collection {
    fn with(history: &[Deed]) -> Self {
        let mut store = Store::in_memory().expect("opens");
        let (_, mut cards) = deck_of(&mut store, "One", 2);
        cards.extend(deck_of(&mut store, "Two", 2).1);
        let clock = TODAY.parse().expect("RFC 3339");
        let mut collection = Self { store, cards, clock, schedulers: SCHEDULERS.clone() };
        history.iter().for_each(|deed| collection.does(deed));
        collection
    }

    fn now(&self) -> Moment {
        Moment::new(self.clock, Rollover::default())
    }

    fn does(&mut self, deed: &Deed) {
        let soon = StudyDay(self.now().day.0 + 2);
        let acts = match deed {
            Deed::Wait(days) => {
                self.clock += TimeDelta::days(i64::from(*days));
                return;
            }
            Deed::Switch(name) => return self.is_kept_by(all_by(*name)),
            Deed::Answer(card, grade) => {
                let card = self.cards[*card];
                vec![(card, answer(&self.store, card, self.now(), *grade))]
            }
            Deed::Suspend(card) => vec![(self.cards[*card], Act::Suspend)],
            Deed::Reschedule(card) => vec![(self.cards[*card], Act::Reschedule { due: soon })],
            Deed::Reset(card) => vec![(self.cards[*card], Act::Reset)],
            Deed::Undo => return self.undoes(),
        };
        self.record(acts);
    }

    fn record(&mut self, acts: Vec<(CardId, Act)>) {
        let now = self.now();
        self.store.record_all(acts, now, Rollover::default(), &self.schedulers).expect("recorded");
    }

    fn undoes(&mut self) {
        let newest = self.store.newest_act().expect("readable").into_iter();
        self.record(newest.map(|event| (event.card, Act::Undo { target: event.id })).collect());
    }

    fn is_kept_by(&mut self, schedulers: Schedulers) {
        self.store.adopt(&schedulers).expect("adopted");
        self.schedulers = schedulers;
    }

    fn states(&self) -> Vec<CardState> {
        self.cards.iter().map(|card| self.store.state(*card).expect("a state")).collect()
    }

    /// What a person can notice of the schedule while nothing is answered.
    fn days(&self) -> Vec<Option<(StudyDay, u32, StudyDay)>> {
        let days = |it: Schedule| (it.due, it.interval.0, it.answered);
        self.states().into_iter().map(|state| state.schedule.map(days)).collect()
    }

    fn scheduler(&self, card: CardId) -> Scheduler {
        self.schedulers.of(&self.store.deck_of(card).expect("a deck"))
    }

    fn is_sound(&mut self) {
        for (card, state) in self.cards.iter().zip(self.states()) {
            let events = self.store.history(*card).expect("a history");
            assert_eq!(state, CardState::replay(&self.scheduler(*card), &events));
        }
        assert_eq!(self.store.rebuild(&self.schedulers).expect("rebuilt"), []);
    }

    fn plan(&self) -> Rescheduling {
        let mut plan = Rescheduling::new(self.now().day);
        let add = |card, due, scheduler: &Scheduler, events: &[_]| plan.add(card, due, scheduler, events);
        self.store.waiting_cards(&Scope::Everything, &self.schedulers, add).expect("readable");
        plan
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn switching_there_and_back_moves_no_day_and_leaves_every_bit_as_it_was(history in history()) {
        let mut collection = Collection::with(&history);
        collection.is_sound();
        let (before, days, schedulers) = (collection.states(), collection.days(), collection.schedulers.clone());
        for name in Name::ALL {
            collection.is_kept_by(all_by(name));
            prop_assert_eq!(collection.days(), days.clone());
            let memories: Vec<bool> = collection.states().iter().filter_map(|it| it.schedule)
                .map(|it| matches!(it.memory, Memory::Fsrs(_)) == (name == Name::Fsrs)).collect();
            prop_assert!(memories.iter().all(|fits| *fits));
            collection.is_sound();
        }
        collection.is_kept_by(schedulers);
        prop_assert_eq!(collection.states(), before);
    }

    #[test]
    fn rescheduling_does_what_it_showed_and_one_undo_restores_all(
        history in history(),
        name in prop::sample::select(Name::ALL.to_vec()),
    ) {
        let mut collection = Collection::with(&history);
        collection.is_kept_by(all_by(name));
        let (before, plan) = (collection.states(), collection.plan());
        let today = plan.today;
        for it in &plan.moves {
            prop_assert!(it.to >= today && it.to != it.from);
        }
        if plan.moves.is_empty() {
            return Ok(());
        }
        collection.record(plan.acts());
        for ((card, before), after) in collection.cards.iter().zip(&before).zip(collection.states()) {
            let moved = plan.moves.iter().find(|it| it.card == *card);
            // The interval goes up to the new day, if the answer lies before that.
            let expected = before.schedule.map(|it| match moved.map(|moved| moved.to) {
                Some(to) if to > it.answered => Schedule { due: to, interval: to.since(it.answered), ..it },
                Some(to) => Schedule { due: to, ..it },
                None => it,
            });
            prop_assert_eq!(after, CardState { schedule: expected, ..*before });
        }
        let again = collection.plan();
        prop_assert_eq!((again.moves, again.before), (Vec::new(), plan.after));
        collection.is_sound();
        collection.undoes();
        prop_assert_eq!(collection.states(), before);
        prop_assert_eq!(collection.plan(), plan);
    }
}

/// A made-up person, who forgets and hesitates now and then.
fn grade(nth: usize) -> Grade {
    match nth {
        nth if nth % 5 == 0 => Grade::Again,
        nth if nth % 7 == 0 => Grade::Hard,
        nth if nth % 3 == 0 => Grade::Easy,
        _ => Grade::Good,
    }
}

#[test]
fn a_month_with_fsrs_promises_logs_and_remembers_what_the_formulas_say() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("config.toml"), "scheduler = \"fsrs\"\nretention = 0.85\n").expect("a file");
    let file = folder.path().join("chapter.md");
    fs::write(&file, chapter("Chapter 1: A Month", 20)).expect("a file");
    let start: DateTime<FixedOffset> = TODAY.parse().expect("RFC 3339");
    let open = |day| open(folder.path(), folder.path(), start + TimeDelta::days(day));
    open(0).import(&[file], ImportOptions::default(), &mut |_| true).expect("imported");
    let retention = Retention::new(0.85).expect("sound");
    let fsrs = Schedulers::new(Choice { name: Name::Fsrs, retention, ..Choice::SM2 }, Vec::new(), Vec::new());
    let (mut known, mut answers) = (BTreeMap::<CardId, Schedule>::new(), 0);
    for day in 0..30 {
        let mut app = open(day);
        let today = app.now().day;
        let mut session = app.begin(&Scope::Everything, 0).expect("a session");
        while let Some(card) = session.next_card() {
            let fsrs = fsrs.of(&app.deck_of(card).expect("a deck"));
            let asking = app.ask(card).expect("a question");
            let first = known.get(&card).is_none_or(|it| it.answered < today);
            answers += 1;
            let grade = if first { grade(answers) } else { Grade::Good };
            let expected = fsrs.promising_after(card, known.get(&card), grade, today);
            assert_eq!(asking.preview.promise(grade).interval, expected.interval);
            let revealed = app.reveal(asking, Vec::new(), 3_000);
            let recorded = app.record(card, Act::Answer(revealed.graded(grade))).expect("recorded");
            assert_eq!(recorded.after.schedule, Some(expected));
            session.graded(&revealed, grade, recorded.event, &recorded.after, today);
            known.insert(card, expected);
        }
    }
    let app = open(30);
    assert_eq!(known.len(), 20);
    for (card, schedule) in known {
        assert_eq!(app.state(card).expect("a state").schedule, Some(schedule));
        let recalled = app.retrievability(card).expect("readable").expect("FSRS says it");
        assert!((0.0..=1.0).contains(&recalled));
    }
    assert_eq!(app.plan_rescheduling(&Scope::Everything).expect("readable").moves, []);
}

fn open(data: &Path, config: &Path, now: DateTime<FixedOffset>) -> App {
    let (data_dir, config_dir) = (Some(data.to_owned()), Some(config.to_owned()));
    let setup = Setup { data_dir, config_dir, now: Some(now), seed: Some(7) };
    App::open(&setup, Access::Write).expect("opens")
}

/// A home in which two decks of a book and one alone were studied by SM-2.
fn studied_home() -> Home {
    let home = Home::new();
    home.write("Python/memory.md", &chapter("Chapter 1: Memory", 3).replace("thing", "memory"));
    home.write("Python/types.md", &chapter("Chapter 2: Types", 3).replace("thing", "type"));
    let book = home.path().join("Python");
    let alone = home.write("git.md", &chapter("Chapter 3: Git", 3).replace("thing", "commit"));
    home.succeeds(&["import", book.to_str().expect("UTF-8"), &alone]);
    home.study(&"?\n4\n".repeat(9), TODAY);
    home.study(&"?\n3\n".repeat(9), TOMORROW);
    home
}

fn settings(home: &Home, text: &str) {
    home.write("config/config.toml", text);
}

/// For each deck, by whom its cards are known.
fn memories(home: &Home) -> Vec<(String, String)> {
    let database = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("a database");
    let sql = "SELECT chapter, min(memory) FROM deck JOIN card ON card.deck = deck.id
               WHERE (stability IS NULL) = (memory NOT LIKE 'fsrs%') AND (ease IS NULL) = (memory LIKE 'fsrs%')
               GROUP BY deck.id HAVING count(*) = 3 ORDER BY chapter";
    let mut statement = database.prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    rows.collect::<Result<_, _>>().expect("a row")
}

fn words(home: &Home) -> Vec<String> {
    let memories = memories(home);
    assert_eq!(memories.len(), 3, "{memories:?}");
    memories.into_iter().map(|(_, word)| word).collect()
}

#[test]
fn a_deck_and_a_book_can_have_schedulers_of_their_own() {
    let home = studied_home();
    assert_eq!(words(&home), ["sm2", "sm2", "sm2"]);
    settings(&home, "[deck.python]\nscheduler = \"fsrs\"\n[deck.\"2 types\"]\nscheduler = \"sm2-program\"\n");
    let due = home.json(&["due", "--json"], LATER);
    assert_eq!(words(&home), ["sm2", "sm2", "sm2"], "who only looks changes nothing");
    home.study("quit\n", LATER);
    assert_eq!(words(&home), ["fsrs", "sm2-program", "sm2"]);
    assert_eq!(home.json(&["due", "--json"], LATER), due);
    home.study(&"?\n3\n".repeat(9), LATER);
    for (deck, word) in [("memory", "fsrs"), ("types", "sm2-program"), ("git", "sm2")] {
        let logged = home.succeeds(&["log", "--deck", deck, "--json"]);
        let newest: Value = serde_json::from_str(logged.lines().last().expect("a line")).expect("JSON");
        assert_eq!((&newest["scheduler"], &newest["kind"]), (&word.into(), &"good".into()));
    }
}

#[test]
fn a_deck_that_moves_into_a_book_comes_to_its_scheduler() {
    let home = studied_home();
    settings(&home, "[deck.python]\nscheduler = \"fsrs\"\n");
    fs::rename(home.path().join("git.md"), home.path().join("Python/git.md")).expect("moved");
    home.succeeds(&["import", home.path().join("Python").to_str().expect("UTF-8")]);
    assert_eq!(words(&home), ["fsrs", "fsrs", "fsrs"]);
    assert_eq!(home.json(&["due", "--json"], LATER)["due"], 9);
}

#[test]
fn rescheduling_is_shown_first_done_when_wanted_and_undone_as_one() {
    let home = studied_home();
    settings(&home, "scheduler = \"fsrs\"\nfuzz = false\n[deck.Pyton]\nfuzz = true\n");
    let told = home.succeeds(&["reschedule", "--preview"]);
    assert!(told.contains("the settings name “Pyton”, and no deck does"), "{told}");
    assert!(told.contains("9 of 9 cards would be due on another day."), "{told}");
    assert!(home.succeeds(&["reschedule"]).contains("Nothing was changed."));
    let shown = home.json(&["reschedule", "--preview", "--json"], TOMORROW);
    assert_eq!((&shown["moved"], &shown["done"]), (&9.into(), &false.into()));
    let days = |figures: &Value, when: &str| -> Vec<Value> {
        figures["days"].as_array().expect("days").iter().map(|day| day[when].clone()).collect()
    };
    let done = home.json(&["reschedule", "--yes", "--json"], TOMORROW);
    assert_eq!((days(&done, "after"), &done["done"]), (days(&shown, "after"), &true.into()));
    let after = home.json(&["reschedule", "--preview", "--json"], TOMORROW);
    assert_eq!((days(&after, "before"), &after["moved"]), (days(&shown, "after"), &0.into()));
    let folder = |name| home.path().join(name);
    let mut app = open(&folder("data"), &folder("config"), TOMORROW.parse().expect("RFC 3339"));
    let undone = app.undo(&Scope::Everything).expect("undone").expect("something");
    assert_eq!(undone.in_words(), "reschedule on 9 questions");
    drop(app);
    assert_eq!(home.json(&["reschedule", "--preview", "--json"], TOMORROW), shown);
}

#[test]
fn only_the_cards_of_the_named_deck_are_rescheduled() {
    let home = studied_home();
    settings(&home, "scheduler = \"fsrs\"\n");
    let told = home.succeeds(&["reschedule", "--deck", "git", "--yes"]);
    assert!(told.contains("3 cards rescheduled."), "{told}");
    let left = home.json(&["reschedule", "--preview", "--json"], TOMORROW);
    assert_eq!((&left["cards"], &left["moved"]), (&9.into(), &6.into()));
}

#[test]
fn mistakes_in_the_choice_of_a_scheduler_are_told_with_line_and_word() {
    let home = Home::new();
    for (text, told) in [
        ("\nscheduler = \"anki\"\n", "line 2: scheduler: “anki” is no scheduler"),
        ("retention = 1.0\n", "line 1: retention: a desired retention is from 0.70 to 0.99"),
        ("[deck.Git]\nretenshun = 0.9\n", "line 2: deck.Git.retenshun: "),
    ] {
        settings(&home, text);
        let error = home.ends_with(&["due"], 1);
        assert!(error.contains(told), "{error}");
    }
}
