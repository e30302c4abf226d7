//! Undo, redo and the merging of logs over random histories of one machine and of several.

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use retain::{
    domain::{
        card::CardState,
        deck::Scope,
        grade::Grade,
        ids::CardId,
        review_log::Act,
        scheduler::{Choice, Name, Schedulers},
        time::{Moment, Rollover, StudyDay},
    },
    store::{Arrival, Entry, Error, Store},
};

use crate::store::{SCHEDULERS, answer, deck_of};

const CARDS: usize = 3;

/// What a person might do, before it is known what there is to undo.
#[derive(Debug, Clone)]
enum Deed {
    Answer(usize, Grade),
    Suspend(usize),
    Release(usize),
    Bury(usize),
    Reschedule(usize),
    Reset(usize),
    Flag(usize),
    Unflag(usize),
    /// Suspends all cards as one act.
    SuspendAll,
    Undo,
    Redo,
    /// So many hours pass; the clock may be set back.
    Wait(i16),
}

fn deed() -> impl Strategy<Value = Deed> {
    let card = || 0..CARDS;
    prop_oneof![
        6 => (card(), prop::sample::select(Grade::ALL.to_vec())).prop_map(|(card, grade)| Deed::Answer(card, grade)),
        1 => card().prop_map(Deed::Suspend),
        1 => card().prop_map(Deed::Release),
        1 => card().prop_map(Deed::Bury),
        1 => card().prop_map(Deed::Reschedule),
        1 => card().prop_map(Deed::Reset),
        1 => card().prop_map(Deed::Flag),
        1 => card().prop_map(Deed::Unflag),
        1 => Just(Deed::SuspendAll),
        4 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        4 => (-40i16..300).prop_map(Deed::Wait),
    ]
}

/// A machine with its own clock, on which the same chapter was imported.
struct Machine {
    store: Store,
    cards: Vec<CardId>,
    clock: DateTime<FixedOffset>,
    schedulers: Schedulers,
}

impl Machine {
    fn new() -> Self {
        Self::kept_by(Name::Sm2)
    }

    fn kept_by(name: Name) -> Self {
        let mut store = Store::in_memory().expect("opens");
        let (_, cards) = deck_of(&mut store, "One", CARDS as u32);
        let schedulers = Schedulers::new(Choice { name, ..Choice::SM2 }, Vec::new(), Vec::new());
        store.adopt(&schedulers).expect("adopted");
        Self { store, cards, clock: "2026-11-22T09:00:00+01:00".parse().expect("RFC 3339"), schedulers }
    }

    fn now(&self) -> Moment {
        Moment::new(self.clock, Rollover::default())
    }

    fn states(&self) -> Vec<CardState> {
        self.cards.iter().map(|card| self.store.state(*card).expect("a state")).collect()
    }

    /// Whether anything was recorded.
    fn does(&mut self, deed: &Deed) -> bool {
        let StudyDay(today) = self.now().day;
        let acts = match deed {
            Deed::Wait(hours) => {
                self.clock += TimeDelta::hours(i64::from(*hours));
                return false;
            }
            Deed::Answer(card, grade) => {
                vec![(self.cards[*card], answer(&self.store, self.cards[*card], self.now(), *grade))]
            }
            Deed::Suspend(card) => vec![(self.cards[*card], Act::Suspend)],
            Deed::Release(card) => vec![(self.cards[*card], Act::Release)],
            Deed::Bury(card) => vec![(self.cards[*card], Act::Bury { until: StudyDay(today + 1) })],
            Deed::Reschedule(card) => {
                vec![(self.cards[*card], Act::Reschedule { due: StudyDay(today + 3) })]
            }
            Deed::Reset(card) => vec![(self.cards[*card], Act::Reset)],
            Deed::Flag(card) => vec![(self.cards[*card], Act::Flag)],
            Deed::Unflag(card) => vec![(self.cards[*card], Act::Unflag)],
            Deed::SuspendAll => self.cards.iter().map(|card| (*card, Act::Suspend)).collect(),
            Deed::Undo => undoing(self.store.newest_act().expect("readable")),
            Deed::Redo => undoing(self.store.newest_undo().expect("readable")),
        };
        let some = !acts.is_empty();
        self.store.record_all(acts, self.now(), Rollover::default(), &self.schedulers).expect("recorded");
        some
    }

    fn log(&self) -> Vec<Entry> {
        let mut log = Vec::new();
        let read = self.store.entries(&Scope::Everything, None, |entry, _| {
            log.push(entry);
            Ok::<(), Error>(())
        });
        read.expect("readable");
        log
    }

    /// How many of these were new.
    fn merges(&mut self, log: &[Entry]) -> usize {
        let mut merge = self.store.merge().expect("begun");
        let arrivals = log.iter().map(|entry| merge.add(entry).expect("added"));
        let new = arrivals.filter(|arrival| *arrival != Arrival::Known).count();
        merge.commit(&self.schedulers).expect("merged");
        new
    }

    fn is_sound(&mut self) {
        assert_eq!(self.store.first_broken_link().expect("readable"), None);
        assert_eq!(
            self.store.rebuild(&self.schedulers).expect("rebuilt"),
            [],
            "the cache is what replay gives"
        );
        for (card, state) in self.cards.iter().zip(self.states()) {
            let events = self.store.history(*card).expect("a history");
            assert_eq!(state, CardState::replay(&self.schedulers.general(), &events));
        }
        let unseen = self.states().iter().filter(|state| state.schedule.is_none()).count();
        let counts = self.store.deck_counts(self.now().day).expect("counts");
        assert_eq!(counts[0].counts.unseen, unseen);
    }
}

fn undoing(events: Vec<retain::domain::review_log::Event>) -> Vec<(CardId, Act)> {
    events.into_iter().map(|event| (event.card, Act::Undo { target: event.id })).collect()
}

/// A step of a history of several machines: one of them does something, or hears of another's log.
#[derive(Debug, Clone)]
enum Step {
    Does(usize, Deed),
    Hears { listener: usize, teller: usize },
}

fn steps(machines: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => (0..machines, deed()).prop_map(|(machine, deed)| Step::Does(machine, deed)),
        1 => (0..machines, 0..machines).prop_map(|(listener, teller)| Step::Hears { listener, teller }),
    ];
    prop::collection::vec(step, 0..50)
}

fn live(machines: usize, steps: &[Step]) -> Vec<Machine> {
    let mut all: Vec<Machine> = (0..machines).map(|_| Machine::new()).collect();
    for step in steps {
        match step {
            Step::Does(machine, deed) => drop(all[*machine].does(deed)),
            Step::Hears { listener, teller } => {
                let log = all[*teller].log();
                all[*listener].merges(&log);
            }
        }
    }
    all
}

/// Whatever was done where, and heard in what order: everybody comes to the same.
fn all_come_to_the_same(machines: usize, steps: &[Step]) {
    let mut all = live(machines, steps);
    let logs: Vec<Vec<Entry>> = all.iter().map(Machine::log).collect();

    let mut in_order = Machine::new();
    in_order.merges(&logs.concat());
    in_order.is_sound();
    let (log, states) = (in_order.log(), in_order.states());

    let mut backwards = Machine::new();
    for entry in logs.iter().rev().flat_map(|log| log.iter().rev()) {
        backwards.merges(std::slice::from_ref(entry));
    }
    all.push(backwards);
    for machine in &mut all {
        machine.merges(&logs.concat());
        assert_eq!(machine.merges(&log), 0, "what is known is no news");
        assert_eq!(machine.log(), log);
        assert_eq!(machine.states(), states);
        machine.is_sound();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn logs_of_two_machines_come_to_the_same_in_any_order(steps in steps(2)) {
        all_come_to_the_same(2, &steps);
    }

    #[test]
    fn logs_of_three_machines_come_to_the_same_in_any_order(steps in steps(3)) {
        all_come_to_the_same(3, &steps);
    }

    /// Each undo is compared with the states before the act that it takes back, each redo with those after
    /// it; another machine's log, which came in at some time, is not touched by either.
    #[test]
    fn undo_and_redo_restore_all_states_bit_for_bit(
        deeds in prop::collection::vec(deed(), 0..60),
        others in prop::collection::vec(deed(), 0..10),
        name in prop::sample::select(Name::ALL.to_vec()),
    ) {
        let mut other = Machine::new();
        for deed in &others {
            other.does(deed);
        }
        let mut machine = Machine::kept_by(name);
        machine.merges(&other.log());
        let (mut past, mut future) = (Vec::new(), Vec::new());
        for deed in &deeds {
            let before = machine.states();
            let did = machine.does(deed);
            let after = machine.states();
            match deed {
                Deed::Undo => {
                    prop_assert_eq!(did, !past.is_empty());
                    if let Some(earlier) = past.pop() {
                        prop_assert_eq!(after, earlier);
                        future.push(before);
                    }
                }
                Deed::Redo => {
                    prop_assert_eq!(did, !future.is_empty());
                    if let Some(later) = future.pop() {
                        prop_assert_eq!(after, later);
                        past.push(before);
                    }
                }
                _ if did => {
                    past.push(before);
                    future.clear();
                }
                _ => {}
            }
        }
        machine.is_sound();
    }
}

#[test]
fn what_is_done_after_a_merge_has_the_last_word_whatever_the_clocks_say() {
    let mut ahead = Machine::new();
    ahead.clock += TimeDelta::days(1_000);
    ahead.does(&Deed::Suspend(0));
    let mut machine = Machine::new();
    machine.does(&Deed::Flag(0));
    machine.merges(&ahead.log());
    machine.does(&Deed::Release(0));
    machine.does(&Deed::Suspend(1));
    let kinds: Vec<String> = machine.log().into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["flag", "suspend", "release", "suspend"]);
    let held: Vec<bool> = machine.states().iter().map(|state| state.is_held(StudyDay(0))).collect();
    assert_eq!(held, [false, true, false]);
    let newest = machine.store.newest_instant().expect("readable").expect("an event");
    assert_eq!(newest, machine.clock, "whoever trusted the clock is not asked again");
}

#[test]
fn what_another_machine_did_is_not_undone_here() {
    let mut other = Machine::new();
    other.does(&Deed::Suspend(0));
    let mut machine = Machine::new();
    machine.does(&Deed::Flag(1));
    machine.merges(&other.log());
    assert!(machine.does(&Deed::Undo));
    assert!(!machine.does(&Deed::Undo));
    let [first, second, _] = machine.states()[..] else { unreachable!() };
    assert!(first.is_held(StudyDay(0)) && !second.flagged);
}

#[test]
fn a_cache_that_parted_from_the_log_is_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 2);
    let now = Moment::new("2026-11-22T09:00:00+01:00".parse().expect("RFC 3339"), Rollover::default());
    let act = answer(&store, cards[1], now, Grade::Good);
    store.record(cards[1], now, Rollover::default(), &SCHEDULERS, act).expect("recorded");
    let state = store.state(cards[1]).expect("a state");
    drop(store);
    let by_hand = rusqlite::Connection::open(folder.path().join("retain.db")).expect("a database");
    by_hand
        .execute_batch("UPDATE card SET due = due + 9 WHERE due IS NOT NULL; UPDATE card SET flagged = 1")
        .expect("tampered");
    drop(by_hand);

    let mut store = Store::open(folder.path()).expect("opens");
    assert_eq!(store.rebuild(&SCHEDULERS).expect("rebuilt"), cards);
    assert_eq!(store.state(cards[0]).expect("a state"), CardState::default());
    assert_eq!(store.state(cards[1]).expect("a state"), state);
    assert_eq!(store.rebuild(&SCHEDULERS).expect("rebuilt"), []);
}
