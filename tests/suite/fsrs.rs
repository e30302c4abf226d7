//! FSRS-6, by tables from its reference implementation and by properties. `tests/schedulers/fsrs.py`
//! compares far more with that implementation itself.

use proptest::prelude::*;
use retain::domain::{
    grade::Grade,
    scheduler::{
        LONGEST_INTERVAL, Memory, Schedule, Scheduler, Seed,
        fsrs::{Difficulty, Fsrs, Parameters, Retention, Stability, Trace},
    },
    time::{Days, StudyDay},
};

const START: StudyDay = StudyDay(20_000);

fn fsrs(retention: f64, fuzz: bool) -> Fsrs {
    Fsrs::new(Parameters::default(), Retention::new(retention).expect("it can be wanted"), fuzz)
}

fn grade(number: u8) -> Grade {
    Grade::ALL[usize::from(number) - 1]
}

fn trace(schedule: &Schedule) -> Trace {
    match schedule.memory {
        Memory::Fsrs(trace) => trace,
        Memory::Sm2 { .. } => panic!("that is not how FSRS remembers"),
    }
}

/// Answers with these grades, 1 to 4, on each due day.
#[track_caller]
fn check(retention: f64, grades: &str, intervals: &str) {
    let scheduler = Scheduler::Fsrs(fsrs(retention, false));
    let mut schedule: Option<Schedule> = None;
    let mut promised = Vec::new();
    for number in grades.split_whitespace() {
        let today = schedule.map_or(START, |schedule| schedule.due);
        let after = scheduler.after(schedule.as_ref(), grade(number.parse().expect("a number")), today);
        promised.push(after.interval.0.to_string());
        schedule = Some(after);
    }
    assert_eq!(promised.join(" "), intervals, "after {grades}");
}

#[test]
fn intervals_are_those_of_the_reference_implementation() {
    check(0.9, "3 3 3 3 3 3", "2 11 46 163 497 1346");
    check(0.9, "4 4 4 4 4 4", "8 66 397 1875 7265 23933");
    check(0.9, "2 2 2 2 2 2", "1 3 7 12 18 25");
    check(0.9, "3 3 3 1 3 3 3", "2 11 46 3 8 19 42");
    check(0.9, "1 3 3 3", "1 2 6 17");
    check(0.7, "3 3 3 3 3 3", "21 310 3002 20889 36500 36500");
    check(0.99, "3 3 3 3 3 3", "1 1 1 1 1 2");
}

/// Late, early and same-day answers: day, grade, interval, stability, difficulty, retrievability before.
#[test]
fn memory_is_that_of_the_reference_implementation() {
    let rows = [
        (0, 3, 2, 2.3065, 2.118103970459016, None),
        (0, 3, 2, 2.3065, 2.111214235785395, Some(1.0)),
        (2, 4, 19, 18.534332441919037, 1.0, Some(0.9094932559773545)),
        (2, 1, 5, 5.430273531077097, 7.0269895692968385, Some(1.0)),
        (10, 2, 12, 12.298446597078895, 8.011605503110008, Some(0.8712593328289899)),
        (100, 3, 51, 51.06728128664478, 7.998822266903736, Some(0.7232711821898739)),
    ];
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b.abs();
    let fsrs = fsrs(0.9, false);
    let mut schedule: Option<Schedule> = None;
    for (day, number, interval, stability, difficulty, recalled) in rows {
        let today = START.plus(Days(day));
        let retrievability = schedule.map(|schedule| fsrs.retrievability(&schedule, today));
        let after = Scheduler::Fsrs(fsrs).after(schedule.as_ref(), grade(number), today);
        let Trace { stability: s, difficulty: d } = trace(&after);
        assert_eq!((after.interval, after.due), (Days(interval), today.plus(Days(interval))), "day {day}");
        assert!(near(s.days(), stability) && near(d.figure(), difficulty), "day {day}: {s:?} {d:?}");
        assert_eq!(retrievability.is_some(), recalled.is_some());
        assert!(retrievability.zip(recalled).is_none_or(|(a, b)| near(a, b)), "day {day}");
        schedule = Some(after);
    }
}

#[test]
fn a_miss_comes_again_today_until_it_is_known_and_counts_once() {
    let scheduler = Scheduler::Fsrs(fsrs(0.9, false));
    let known = scheduler.after(None, Grade::Good, START);
    let missed = scheduler.after(Some(&known), Grade::Again, known.due);
    let missed_again = scheduler.after(Some(&missed), Grade::Again, known.due);
    let known_again = scheduler.after(Some(&missed_again), Grade::Hard, known.due);
    let drilled = [known, missed, missed_again, known_again].map(|after| after.is_drilled(after.answered));
    assert_eq!(drilled, [false, true, true, false]);
    assert_eq!((known_again.repetitions, known_again.lapses), (0, 1));
    assert!(trace(&missed_again).stability < trace(&missed).stability);
}

#[test]
fn a_card_that_sm2_has_kept_lasts_as_long_as_its_interval_until_its_log_is_replayed() {
    let by_sm2 = Scheduler::SM2.after(None, Grade::Good, START);
    let by_sm2 = Scheduler::SM2.after(Some(&by_sm2), Grade::Good, by_sm2.due);
    let fsrs = fsrs(0.9, false);
    assert!((fsrs.retrievability(&by_sm2, by_sm2.due) - 0.9).abs() < 1e-12);
    let after = Scheduler::Fsrs(fsrs).after(Some(&by_sm2), Grade::Good, by_sm2.due);
    assert!(after.interval > by_sm2.interval);
}

#[test]
fn fuzz_is_the_same_for_a_card_and_another_for_the_next() {
    let scheduler = Scheduler::Fsrs(fsrs(0.9, true));
    let known = scheduler.after(None, Grade::Easy, START);
    let promised =
        |card| scheduler.promising_after(Seed(card), Some(&known), Grade::Good, known.due).interval;
    let plain = scheduler.after(Some(&known), Grade::Good, known.due).interval;
    let all: Vec<Days> = (0..200).map(promised).collect();
    assert_eq!(all, (0..200).map(promised).collect::<Vec<_>>());
    assert!(all.iter().any(|days| *days < plain) && all.iter().any(|days| *days > plain));
    assert!(all.iter().all(|days| days.0.abs_diff(plain.0) <= 5), "{plain:?}: {all:?}");
}

/// Parameters within their bounds; a better first answer is never less stable, as it is in earnest.
fn any_parameters() -> impl Strategy<Value = Parameters> {
    const LEAST: [f64; 21] = [
        0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001, 0.001, 0.001, 0.001, 0.0, 0.0,
        1.0, 0.0, 0.0, 0.0, 0.1,
    ];
    const MOST: [f64; 21] = [
        100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0,
        2.0, 0.8, 0.8,
    ];
    let places = prop::collection::vec(prop_oneof![1 => Just(0.0), 1 => Just(1.0), 4 => 0.0..1.0], 21);
    places.prop_map(|places| {
        let bounds = LEAST.into_iter().zip(MOST);
        let mut values: Vec<f64> =
            places.iter().zip(bounds).map(|(place, (least, most))| least + place * (most - least)).collect();
        values[..4].sort_by(f64::total_cmp);
        Parameters::new(&values).expect("they are within their bounds")
    })
}

prop_compose! {
    fn any_fsrs()(parameters in any_parameters(), retention in 0.7..=0.99, fuzz: bool) -> Fsrs {
        Fsrs::new(parameters, Retention::new(retention).expect("it can be wanted"), fuzz)
    }
}

fn any_history(longest: usize) -> impl Strategy<Value = Vec<(Grade, u32)>> {
    let later = prop_oneof![2 => Just(0u32), 4 => 1u32..60, 1 => 60u32..20_000];
    prop::collection::vec((prop::sample::select(Grade::ALL.to_vec()), later), 0..longest)
}

proptest! {
    #[test]
    fn whatever_is_answered_all_figures_stay_within_their_bounds(fsrs in any_fsrs(), answers in any_history(80)) {
        let scheduler = Scheduler::Fsrs(fsrs);
        let (mut schedule, mut today): (Option<Schedule>, StudyDay) = (None, START);
        for (grade, later) in answers {
            today = today.plus(Days(later));
            let recalled = schedule.map_or(1.0, |schedule| fsrs.retrievability(&schedule, today));
            prop_assert!((0.0..=1.0).contains(&recalled), "{recalled}");
            let after = scheduler.promising_after(Seed(7), schedule.as_ref(), grade, today);
            let Trace { stability, difficulty } = trace(&after);
            prop_assert!(stability.days() >= Stability::LEAST && stability.days().is_finite());
            prop_assert!((Difficulty::LEAST..=Difficulty::MOST).contains(&difficulty.figure()));
            prop_assert!(after.interval >= Days(1) && after.interval <= LONGEST_INTERVAL);
            prop_assert_eq!(after.due, today.plus(after.interval));
            schedule = Some(after);
        }
    }

    #[test]
    fn a_better_grade_promises_no_shorter_interval(
        fsrs in any_fsrs(),
        history in any_history(30),
        later in 0u32..400,
        card: u64,
    ) {
        let scheduler = Scheduler::Fsrs(fsrs);
        let (mut schedule, mut today): (Option<Schedule>, StudyDay) = (None, START);
        for (grade, later) in history {
            today = today.plus(Days(later));
            schedule = Some(scheduler.promising_after(Seed(card), schedule.as_ref(), grade, today));
        }
        let preview = scheduler.preview(Seed(card), schedule.as_ref(), today.plus(Days(later)));
        let intervals = Grade::ALL.map(|grade| preview.promise(grade).interval);
        prop_assert!(intervals.is_sorted(), "{intervals:?}");
    }

    #[test]
    fn who_wants_to_know_more_answers_more_often(
        parameters in any_parameters(),
        answers in any_history(20),
        (lower, higher) in (0.7..=0.99f64, 0.7..=0.99f64),
    ) {
        let with = |retention: f64| {
            let retention = Retention::new(retention).expect("it can be wanted");
            let scheduler = Scheduler::Fsrs(Fsrs::new(parameters, retention, false));
            let mut day = START;
            answers.iter().fold(None, |before: Option<Schedule>, (grade, later)| {
                day = day.plus(Days(*later));
                Some(scheduler.after(before.as_ref(), *grade, day))
            })
        };
        let intervals = [lower.max(higher), lower.min(higher)].map(|retention| {
            with(retention).map(|after| after.interval)
        });
        prop_assert!(intervals.is_sorted(), "{intervals:?}");
    }
}
