//! A month of study through the real store with a fixed clock, beside a second, simpler bookkeeping of
//! what should be due.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::{DateTime, FixedOffset, TimeDelta};
use retain::{
    app::{Access, App, ImportOptions, Setup},
    domain::{
        card::CardState,
        deck::Scope,
        grade::Grade,
        ids::CardId,
        review_log::Act,
        scheduler::{Scheduler, sm2::Ease},
        time::StudyDay,
    },
};

use crate::chapters::chapter;

/// What the second bookkeeping knows of a card, from the rules in the author's text.
#[derive(Debug, Clone, Copy)]
struct Known {
    repetitions: u32,
    ease: u32,
    interval: u32,
    due: i32,
}

fn setup(folder: &Path, now: DateTime<FixedOffset>) -> Setup {
    Setup {
        data_dir: Some(folder.to_owned()),
        config_dir: Some(folder.to_owned()),
        now: Some(now),
        seed: Some(7),
    }
}

/// A made-up person: forgets every fifth answer, finds every seventh hard and every third easy.
fn grade(nth: usize) -> Grade {
    match nth {
        nth if nth % 5 == 0 => Grade::Again,
        nth if nth % 7 == 0 => Grade::Hard,
        nth if nth % 3 == 0 => Grade::Easy,
        _ => Grade::Good,
    }
}

fn expected(before: Option<Known>, grade: Grade, today: i32) -> Known {
    let Known { repetitions, ease, interval, .. } =
        before.unwrap_or(Known { repetitions: 0, ease: 250, interval: 0, due: today });
    let (repetitions, interval, ease) = match (grade, repetitions) {
        (Grade::Again, _) => (0, 1, ease),
        (_, 0) => (1, 1, ease),
        (_, 1) => (2, 6, ease),
        (_, n) => (n + 1, (interval * ease).div_ceil(100), ease),
    };
    let ease = match grade {
        Grade::Again | Grade::Good => ease,
        Grade::Hard => (ease - 14).max(130),
        Grade::Easy => ease + 10,
    };
    Known { repetitions, ease, interval, due: today + interval as i32 }
}

#[test]
fn for_a_month_each_day_brings_the_cards_that_sm2_promised() {
    let folder = tempfile::tempdir().expect("a folder");
    let start: DateTime<FixedOffset> = "2026-11-22T09:00:00+01:00".parse().expect("RFC 3339");
    let file = folder.path().join("chapter.md");
    fs::write(&file, chapter("Chapter 1: A Month", 30)).expect("a file");
    App::open(&setup(folder.path(), start), Access::Write)
        .and_then(|mut app| app.import(&[file], ImportOptions::default(), &mut |_| true))
        .expect("imported");

    let mut known: BTreeMap<CardId, Known> = BTreeMap::new();
    let mut answers = 0;
    for day in 0..30 {
        // Every ninth day is skipped, as people do.
        if day % 9 == 8 {
            continue;
        }
        let now = start + TimeDelta::days(day);
        let mut app = App::open(&setup(folder.path(), now), Access::Write).expect("opens");
        let today = app.now().day;
        let due: Vec<CardId> =
            known.iter().filter(|(_, known)| known.due <= today.0).map(|(card, _)| *card).collect();
        let counts = app.overview().expect("an overview").total;
        assert_eq!(counts.due, due.len(), "on day {day}");

        let mut asked = study(&mut app, today, &mut known, &mut answers);
        asked.retain(|card| due.contains(card));
        asked.sort();
        assert_eq!(asked, due, "on day {day}");
    }
    assert_eq!(known.len(), 30, "every card was met");
    assert!(known.values().any(|known| known.interval > 15), "{known:?}");
    compare_with_the_log(folder.path(), start, &known);
}

/// Studies all that the day brings; the cards that were asked, drills left aside.
fn study(
    app: &mut App,
    today: StudyDay,
    known: &mut BTreeMap<CardId, Known>,
    answers: &mut usize,
) -> Vec<CardId> {
    let mut session = app.begin(&Scope::Everything, 0).expect("a session");
    let mut asked = Vec::new();
    while let Some(card) = session.next_card() {
        let question = app.ask(card).expect("a question");
        let first = question.state.schedule.is_none_or(|schedule| schedule.answered < today);
        let key = question.question.keys().to_vec();
        *answers += 1;
        let grade = if first { grade(*answers) } else { Grade::Good };
        let revealed = app.reveal(question, key, 3_000);
        let recorded = app.record(card, Act::Answer(revealed.graded(grade))).expect("recorded");
        session.graded(&revealed, grade, recorded.event, &recorded.after, today);
        if first {
            asked.push(card);
            known.insert(card, expected(known.get(&card).copied(), grade, today.0));
        }
    }
    asked
}

#[test]
fn what_was_suspended_is_asked_again_once_it_is_released() {
    let folder = tempfile::tempdir().expect("a folder");
    let start: DateTime<FixedOffset> = "2026-11-22T09:00:00+01:00".parse().expect("RFC 3339");
    let file = folder.path().join("chapter.md");
    fs::write(&file, chapter("Chapter 1: A Month", 4)).expect("a file");
    let mut app = App::open(&setup(folder.path(), start), Access::Write).expect("opens");
    app.import(&[file], ImportOptions::default(), &mut |_| true).expect("imported");
    let asked = |app: &mut App| app.begin(&Scope::Everything, 0).expect("a session").remaining();
    for card in [CardId(1), CardId(3)] {
        app.record(card, Act::Suspend).expect("suspended");
    }
    app.bury(CardId(2)).expect("buried");
    assert_eq!(asked(&mut app), 1);

    assert_eq!(app.release_suspended(&Scope::Book("Another".to_owned())).expect("released"), 0);
    assert_eq!(app.release_suspended(&Scope::Everything).expect("released"), 2);
    assert_eq!(asked(&mut app), 3, "what is buried stays so");
    assert_eq!(app.release_suspended(&Scope::Everything).expect("released"), 0);

    let newest = app.history(CardId(3)).expect("a history").pop().expect("an event");
    assert_eq!(newest.act, Act::Release);
    let undone = app.undo(&Scope::Everything).expect("undone").expect("something");
    assert_eq!(undone.in_words(), "release on 2 questions");
    assert_eq!(asked(&mut app), 1, "what was done as one is undone as one");
    let redone = app.redo(&Scope::Everything).expect("redone").expect("something");
    assert_eq!(redone.in_words(), "release on 2 questions");
    assert_eq!(asked(&mut app), 3);
    assert_eq!(app.redo(&Scope::Everything).expect("readable"), None);
    app.undo(&Scope::Everything).expect("undone again");
    assert_eq!(app.release_suspended(&Scope::Everything).expect("released"), 2);
}

fn compare_with_the_log(folder: &Path, now: DateTime<FixedOffset>, known: &BTreeMap<CardId, Known>) {
    let app = App::open(&setup(folder, now), Access::Read).expect("opens");
    for (card, known) in known {
        let state = app.state(*card).expect("a state");
        let replayed = CardState::replay(&Scheduler::SM2, &app.history(*card).expect("a history"));
        assert_eq!(state, replayed);
        let schedule = state.schedule.expect("it was answered");
        assert_eq!((schedule.interval.0, schedule.due.0), (known.interval, known.due));
        assert_eq!(
            (schedule.repetitions, schedule.memory.ease().map(Ease::hundredths)),
            (known.repetitions, Some(known.ease as i32))
        );
    }
}

#[test]
fn a_streak_is_study_days_in_a_row_and_undone_answers_do_not_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let start: DateTime<FixedOffset> = "2026-11-01T09:00:00+01:00".parse().expect("RFC 3339");
    let file = folder.path().join("chapter.md");
    fs::write(&file, chapter("Chapter 1: A Month", 30)).expect("a file");
    let open =
        |day| App::open(&setup(folder.path(), start + TimeDelta::days(day)), Access::Write).expect("opens");
    open(0).import(&[file], ImportOptions::default(), &mut |_| true).expect("imported");
    let mut streaks = Vec::new();
    for (day, studies) in [(0, true), (1, true), (2, false), (3, true), (4, true), (5, false), (6, false)] {
        let mut app = open(day);
        if studies {
            let mut session = app.begin(&Scope::Everything, 1).expect("a session");
            let card = session.next_card().expect("a card");
            let question = app.ask(card).expect("a question");
            let revealed = app.reveal(question, Vec::new(), 3_000);
            app.record(card, Act::Answer(revealed.graded(Grade::Good))).expect("recorded");
        }
        streaks.push(app.streaks().expect("streaks").days);
    }
    assert_eq!(streaks, [1, 2, 2, 1, 2, 2, 0]);
    open(4).undo(&Scope::Everything).expect("undone");
    assert_eq!(open(4).streaks().expect("streaks").days, 1);
}
