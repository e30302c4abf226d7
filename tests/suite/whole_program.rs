//! The whole program beneath its faces, used at random: acts, undo and redo, imports of a chapter that changes,
//! logs out and in, backups, restores, repairs, other days, and crashes in between. What it knows in the end is what
//! a second, simpler bookkeeping says was acknowledged.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use retain::{
    app::{
        Access, App, ImportOptions, LogHeader, Repair, Setup, back_up, backups, prepare_restore, repair,
        set_asides, undo_restore,
    },
    domain::{
        card::{CardState, Hold},
        deck::Scope,
        grade::Grade,
        ids::{CardId, EventId},
        review_log::{Act, Event},
        scheduler::{Scheduler, Schedulers},
        session::Revealed,
        time::Moment,
    },
    store::{self, Store},
};

use crate::chapters::question;

const QUESTIONS: usize = 6;

/// Something that a person does, or that happens to them.
#[derive(Debug, Clone)]
enum Step {
    Answer {
        card: usize,
        grade: usize,
        option: usize,
    },
    /// An answer that leaves the schedule alone.
    Practise {
        card: usize,
        grade: usize,
    },
    Suspend(usize),
    Delete(usize),
    BringBack(usize),
    Bury(usize),
    Flag(usize),
    Reset(usize),
    ReleaseAll,
    Reschedule,
    Undo,
    Redo,
    /// The chapter has these of its questions from now on, and is imported again.
    Import {
        kept: [bool; QUESTIONS],
        edition: u8,
    },
    /// The log goes out and comes in again.
    ExportAndImport,
    /// The log of another machine comes in, older than everything here.
    Merge,
    Reopen,
    /// A backup takes the place of the collection, with all that is newer.
    Restore,
    /// A backup takes its place without what is newer, and that is taken back.
    RestoreAndUndo,
    Repair,
    /// The process is gone; what is left is what its files held at that moment.
    Crash,
    Wait {
        hours: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let card = 0..QUESTIONS;
    prop_oneof![
        8 => (card.clone(), 0..4_usize, 0..5_usize)
            .prop_map(|(card, grade, option)| Step::Answer { card, grade, option }),
        1 => (card.clone(), 0..4_usize).prop_map(|(card, grade)| Step::Practise { card, grade }),
        1 => card.clone().prop_map(Step::Suspend),
        1 => card.clone().prop_map(Step::Delete),
        1 => card.clone().prop_map(Step::BringBack),
        1 => card.clone().prop_map(Step::Bury),
        1 => card.clone().prop_map(Step::Flag),
        1 => card.prop_map(Step::Reset),
        1 => Just(Step::ReleaseAll),
        1 => Just(Step::Reschedule),
        4 => Just(Step::Undo),
        2 => Just(Step::Redo),
        2 => (any::<[bool; QUESTIONS]>(), any::<u8>())
            .prop_map(|(mut kept, edition)| {
                // A file without questions is no chapter.
                kept[usize::from(edition) % QUESTIONS] = true;
                Step::Import { kept, edition }
            }),
        1 => Just(Step::ExportAndImport),
        1 => Just(Step::Merge),
        1 => Just(Step::Reopen),
        1 => Just(Step::Restore),
        1 => Just(Step::RestoreAndUndo),
        1 => Just(Step::Repair),
        2 => Just(Step::Crash),
        3 => (1..200_i64).prop_map(|hours| Step::Wait { hours }),
    ]
}

/// An act on one card or on several, when it was done.
type Deed = Vec<(CardId, Moment, Act)>;

/// The second bookkeeping: what was acknowledged and counts, and what a redo would bring again.
#[derive(Default)]
struct Ledger {
    from_elsewhere: Deed,
    done: Vec<Deed>,
    undone: Vec<Deed>,
}

impl Ledger {
    fn add(&mut self, deed: Deed) {
        if !deed.is_empty() {
            self.done.push(deed);
            self.undone.clear();
        }
    }

    /// Moves the last deed from one pile to the other; whether there is one.
    fn undo(&mut self) -> bool {
        let deed = self.done.pop();
        deed.map(|deed| self.undone.push(deed)).is_some()
    }

    fn redo(&mut self) -> bool {
        let deed = self.undone.pop();
        deed.map(|deed| self.done.push(deed)).is_some()
    }

    /// What a card's state has to be.
    fn state(&self, card: CardId) -> CardState {
        let all = self.from_elsewhere.iter().chain(self.done.iter().flatten());
        let of_card = all.filter(|(of, _, _)| *of == card);
        let events: Vec<Event> = (1..)
            .zip(of_card)
            .map(|(id, (card, moment, act))| Event {
                id: EventId(id),
                card: *card,
                moment: *moment,
                act: act.clone(),
            })
            .collect();
        CardState::replay(&Scheduler::SM2, &events)
    }
}

/// A person, their machine, and what they believe.
struct Person {
    home: tempfile::TempDir,
    /// Where the collection is; a crash moves it.
    data: PathBuf,
    crashes: usize,
    now: DateTime<FixedOffset>,
    app: Option<App>,
    kept: [bool; QUESTIONS],
    /// The log of another machine, and what it tells.
    elsewhere: (Vec<u8>, Deed),
    ledger: Ledger,
}

impl Person {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let data = home.path().join("data");
        let now: DateTime<FixedOffset> = "2026-11-22T09:00:00+01:00".parse().expect("RFC 3339");
        let kept = [true; QUESTIONS];
        let elsewhere = elsewhere(home.path(), now - TimeDelta::days(1));
        let ledger = Ledger::default();
        let mut person = Self { home, data, crashes: 0, now, app: None, kept, elsewhere, ledger };
        person.reopen();
        person.import(kept, 0);
        person
    }

    fn app(&mut self) -> &mut App {
        self.app.as_mut().expect("an open collection")
    }

    fn reopen(&mut self) {
        self.app = None;
        self.app = Some(open(&self.data, self.now));
    }

    fn does(&mut self, step: Step) {
        match step {
            Step::Answer { card, grade, option } => {
                self.answer(card, option, |revealed| Act::Answer(revealed.graded(Grade::ALL[grade])));
            }
            Step::Practise { card, grade } => {
                self.answer(card, 0, |revealed| Act::Practise(revealed.practised(Grade::ALL[grade])))
            }
            Step::Suspend(card) => self.act(card, Act::Suspend),
            Step::Delete(card) => self.act(card, Act::Delete),
            Step::BringBack(card) if self.ledger.state(id(card)).deleted => self.act_on(card, Act::Release),
            Step::BringBack(_) => {}
            Step::Reset(card) => self.act(card, Act::Reset),
            Step::Bury(card) => {
                let moment = self.app().now();
                let until = moment.day.plus(retain::domain::time::Days(1));
                self.act(card, Act::Bury { until });
            }
            Step::Flag(card) => {
                let flagged = self.app().state(id(card)).expect("a state").flagged;
                self.act(card, if flagged { Act::Unflag } else { Act::Flag });
            }
            Step::ReleaseAll => self.release_all(),
            Step::Reschedule => self.reschedule(),
            Step::Undo => {
                let undone = self.app().undo(&Scope::Everything).expect("undone").is_some();
                assert_eq!(undone, self.ledger.undo(), "undo");
            }
            Step::Redo => {
                let redone = self.app().redo(&Scope::Everything).expect("redone").is_some();
                assert_eq!(redone, self.ledger.redo(), "redo");
            }
            Step::Import { kept, edition } => self.import(kept, edition),
            Step::ExportAndImport => {
                let log = exported(self.app());
                let came = self.app().import_log(&mut log.as_slice()).expect("imported");
                assert_eq!(came.new, 0, "its own log is no news");
            }
            Step::Merge => {
                let (log, deed) = self.elsewhere.clone();
                self.app().import_log(&mut log.as_slice()).expect("imported");
                self.ledger.from_elsewhere = deed;
            }
            Step::Reopen => self.reopen(),
            Step::Restore => self.restore(),
            Step::RestoreAndUndo => self.restore_and_undo(),
            Step::Repair => {
                self.app = None;
                let repaired = repair(&setup(&self.data, self.now)).expect("repaired");
                assert!(matches!(repaired, Repair::Done(0)), "cards stood wrong: {repaired:?}");
                self.reopen();
            }
            Step::Crash => self.crash(),
            Step::Wait { hours } => {
                self.now += TimeDelta::hours(hours);
                self.reopen();
            }
        }
    }

    /// Whether the card is among those that are listed and asked.
    fn is_there(&self, card: usize) -> bool {
        self.kept[card] && !self.ledger.state(id(card)).deleted
    }

    fn act(&mut self, card: usize, act: Act) {
        if self.is_there(card) {
            self.act_on(card, act);
        }
    }

    fn act_on(&mut self, card: usize, act: Act) {
        let moment = self.app().now();
        self.app().record(id(card), act.clone()).expect("recorded");
        self.ledger.add(vec![(id(card), moment, act)]);
    }

    fn answer(&mut self, card: usize, option: usize, act: impl FnOnce(Revealed) -> Act) {
        if !self.is_there(card) {
            return;
        }
        let asked = self.app().ask(id(card)).expect("a question");
        let chosen = asked.option_at(option).into_iter().collect();
        let revealed = self.app().reveal(asked, chosen, 1_000);
        self.act(card, act(revealed));
    }

    fn release_all(&mut self) {
        let moment = self.app().now();
        let suspended: Vec<CardId> = (0..QUESTIONS)
            .filter(|card| self.is_there(*card) && self.ledger.state(id(*card)).hold == Hold::Suspended)
            .map(id)
            .collect();
        let released = self.app().release_suspended(&Scope::Everything).expect("released");
        assert_eq!(released, suspended.len(), "released");
        self.ledger.add(suspended.into_iter().map(|card| (card, moment, Act::Release)).collect());
    }

    fn reschedule(&mut self) {
        let moment = self.app().now();
        let plan = self.app().plan_rescheduling(&Scope::Everything).expect("a plan");
        self.app().reschedule(&plan).expect("rescheduled");
        self.ledger.add(plan.acts().into_iter().map(|(card, act)| (card, moment, act)).collect());
    }

    fn import(&mut self, kept: [bool; QUESTIONS], edition: u8) {
        let file = self.home.path().join("chapter.md");
        fs::write(&file, edition_of_chapter(kept, edition)).expect("a file");
        self.app().import(&[file], ImportOptions::default(), &mut |_| true).expect("imported");
        self.kept = kept;
    }

    fn restore(&mut self) {
        self.app = None;
        let setup = setup(&self.data, self.now);
        let backup = back_up(&setup).expect("backed up").expect("something to back up").name();
        prepare_restore(&setup, Some(&backup), true).expect("prepared").make().expect("restored");
        self.reopen();
    }

    fn restore_and_undo(&mut self) {
        self.app = None;
        let setup = setup(&self.data, self.now);
        let Some(oldest) = backups(&setup).expect("listed").pop() else { return self.reopen() };
        prepare_restore(&setup, Some(&oldest.name()), false).expect("prepared").make().expect("restored");
        let newest = set_asides(&setup).expect("listed").remove(0);
        undo_restore(&setup, &newest).expect("brought back");
        self.reopen();
    }

    /// The files are taken away from under the program, as they are.
    fn crash(&mut self) {
        self.crashes += 1;
        let left = self.home.path().join(format!("after-crash-{}", self.crashes));
        fs::create_dir(&left).expect("a folder");
        for file in fs::read_dir(&self.data).expect("a folder") {
            let file = file.expect("a file").path();
            if file.is_file() {
                fs::copy(&file, left.join(file.file_name().expect("a name"))).expect("copied");
            }
        }
        self.data = left;
        self.reopen();
    }

    /// What the program knows is what it acknowledged, and its cache what its log says.
    fn agrees(&mut self) {
        for card in (0..QUESTIONS).map(id) {
            let known = self.app().state(card).expect("a state");
            assert_eq!(known, self.ledger.state(card), "{card:?}");
        }
        self.app = None;
        let mut store = Store::open(&self.data).expect("opens");
        let shelf = store.shelf(&Scope::Everything, &Schedulers::SM2).expect("readable");
        assert!(!shelf.cards.is_empty(), "statistics see no card");
        for card in shelf.cards {
            assert_eq!(card.state, self.ledger.state(card.id), "as statistics see {:?}", card.id);
        }
        assert_eq!(store.first_broken_link().expect("readable"), None);
        assert_eq!(
            store.rebuild(&Schedulers::SM2).expect("rebuilt"),
            Vec::new(),
            "cache and log have parted"
        );
    }
}

/// The card of the question with this place in the first edition.
fn id(card: usize) -> CardId {
    CardId(card as i64 + 1)
}

fn setup(data: &Path, now: DateTime<FixedOffset>) -> Setup {
    Setup {
        data_dir: Some(data.to_owned()),
        config_dir: Some(data.to_owned()),
        now: Some(now),
        seed: Some(7),
    }
}

fn open(data: &Path, now: DateTime<FixedOffset>) -> App {
    App::open(&setup(data, now), Access::Write).expect("opens")
}

/// The chapter with these of its questions, whose explanations differ from edition to edition.
fn edition_of_chapter(kept: [bool; QUESTIONS], edition: u8) -> String {
    let head = "# Chapter 1: Things\n\n## Questions\n\n---\n\n";
    let questions = (1..)
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(number, _)| question(number).replace(" does.\n", &format!(" does in edition {edition}.\n")));
    head.to_owned() + &questions.collect::<String>()
}

fn exported(app: &App) -> Vec<u8> {
    let mut lines = vec![serde_json::to_string(&LogHeader::default()).expect("JSON")];
    app.log(&Scope::Everything, None, |line| {
        lines.push(serde_json::to_string(line).map_err(io::Error::from)?);
        Ok::<(), Problem>(())
    })
    .expect("a log");
    (lines.join("\n") + "\n").into_bytes()
}

#[derive(Debug)]
#[expect(dead_code, reason = "it is for whoever reads why a test has failed")]
enum Problem {
    Store(store::Error),
    Io(io::Error),
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The log of another machine with the same chapter, and what was done there.
fn elsewhere(home: &Path, now: DateTime<FixedOffset>) -> (Vec<u8>, Deed) {
    let file = home.join("chapter.md");
    fs::write(&file, edition_of_chapter([true; QUESTIONS], 0)).expect("a file");
    let mut app = open(&home.join("elsewhere"), now);
    app.import(&[file], ImportOptions::default(), &mut |_| true).expect("imported");
    let mut deed = Deed::new();
    for (card, grade) in [(0, Grade::Good), (1, Grade::Again), (2, Grade::Easy)] {
        let asked = app.ask(id(card)).expect("a question");
        let act = Act::Answer(app.reveal(asked, Vec::new(), 1_000).graded(grade));
        app.record(id(card), act.clone()).expect("recorded");
        deed.push((id(card), app.now(), act));
    }
    app.record(id(3), Act::Flag).expect("recorded");
    deed.push((id(3), app.now(), Act::Flag));
    (exported(&app), deed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_acknowledged_is_what_is_known_in_the_end(steps in prop::collection::vec(step(), 1..40)) {
        let mut person = Person::new();
        for step in steps {
            person.does(step);
        }
        person.agrees();
    }
}
