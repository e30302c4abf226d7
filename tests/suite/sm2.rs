//! SM-2, by tables and by properties.

use proptest::prelude::*;
use retain::domain::{
    grade::Grade,
    scheduler::{
        LONGEST_INTERVAL, MOST_DRILLS, Quality, Schedule, Scheduler, Seed,
        sm2::{Ease, Sm2},
    },
    time::{Days, StudyDay},
};

const SM2: Scheduler = Scheduler::SM2;
const PROGRAM: Scheduler = Scheduler::Sm2(Sm2::PROGRAM);
const LATE_CREDIT: Scheduler = Scheduler::Sm2(Sm2 { late_credit: true, ..Sm2::TEXT });
const START: StudyDay = StudyDay(20_000);

/// The grades or qualities that these words or numbers name.
fn qualities(words: &str) -> Vec<Quality> {
    let quality = |word: &str| match word.parse() {
        Ok(number) => Quality::from_number(number).expect("a quality"),
        Err(_) => word.parse::<Grade>().expect("a grade").into(),
    };
    words.split_whitespace().map(quality).collect()
}

/// Answers on each due day; the schedules after each answer.
fn study(scheduler: Scheduler, words: &str) -> Vec<Schedule> {
    let mut schedule: Option<Schedule> = None;
    let step = |quality: &Quality| {
        let today = schedule.map_or(START, |schedule| schedule.due);
        let after = scheduler.after(schedule.as_ref(), *quality, today);
        schedule = Some(after);
        after
    };
    qualities(words).iter().map(step).collect()
}

fn ease(schedule: &Schedule) -> Ease {
    schedule.memory.ease().expect("SM-2 knows one")
}

fn check_with(scheduler: Scheduler, words: &str, intervals: &str) {
    let promised: Vec<String> =
        study(scheduler, words).iter().map(|schedule| schedule.interval.0.to_string()).collect();
    assert_eq!(promised.join(" "), intervals, "after {words}");
}

fn check(words: &str, intervals: &str) {
    check_with(SM2, words, intervals);
}

fn last_with(scheduler: Scheduler, words: &str) -> Schedule {
    *study(scheduler, words).last().expect("an answer")
}

fn last(words: &str) -> Schedule {
    last_with(SM2, words)
}

#[test]
fn intervals_grow_as_the_authors_text_says() {
    check("good good good good good good", "1 6 15 38 95 238");
    check("easy easy easy easy easy easy", "1 6 17 48 140 420");
    check("hard hard hard hard hard hard", "1 6 14 30 59 107");
    check("good good good again good good good", "1 6 15 1 1 6 15");
    check("again good good good", "1 1 6 15");
    check("again again again good", "1 1 1 1");
    check("good again good again good", "1 1 1 1 1");
}

/// In floating point the last interval comes out as 351.
#[test]
fn rounding_up_is_exact() {
    check("easy easy good good easy hard", "1 6 17 46 125 350");
}

#[test]
fn the_ease_falls_by_fourteen_and_rises_by_ten_hundredths() {
    assert_eq!(ease(&last("good")).to_string(), "2.50");
    assert_eq!(ease(&last("easy")).to_string(), "2.60");
    assert_eq!(ease(&last("hard")).to_string(), "2.36");
    assert_eq!(ease(&last("hard hard hard again easy")).to_string(), "2.18");
}

#[test]
fn the_ease_never_falls_below_one_point_three() {
    assert_eq!(ease(&last("hard hard hard hard hard hard hard hard")).to_string(), "1.38");
    assert_eq!(ease(&last("hard hard hard hard hard hard hard hard hard hard")).to_string(), "1.30");
}

#[test]
fn forgetting_keeps_the_ease_and_counts_a_lapse_only_for_what_was_known() {
    let forgotten = last("easy easy again");
    assert_eq!(ease(&forgotten).to_string(), "2.70");
    assert_eq!((forgotten.repetitions, forgotten.lapses, forgotten.interval), (0, 1, Days(1)));
    assert_eq!(last("easy easy again again again").lapses, 1);
    assert_eq!(last("again again").lapses, 0);
    assert_eq!(last("again good again good again").lapses, 2);
}

#[test]
fn an_answer_is_not_worth_more_for_being_late() {
    let known = last("good good good");
    let on_time = SM2.after(Some(&known), Grade::Good, known.due);
    let late = SM2.after(Some(&known), Grade::Good, known.due.plus(Days(100)));
    assert_eq!(late.interval, on_time.interval);
    assert_eq!(late.due, known.due.plus(Days(100)).plus(on_time.interval));
}

#[test]
fn a_failure_of_any_kind_is_the_same_to_the_text() {
    for failure in ["0", "1", "2", "again"] {
        assert_eq!(last(&format!("5 5 {failure}")), last("5 5 2"));
    }
}

#[test]
fn the_program_takes_the_nearest_day_and_half_a_day_for_a_whole_one() {
    check_with(PROGRAM, "4 4 4 4 4 4 4 4", "1 6 15 38 95 238 595 1488");
    check_with(PROGRAM, "5 5 5 5 5 5 5 5", "1 6 16 45 131 393 1218 3898");
    check_with(PROGRAM, "3 3 3 3 3 3 3 3", "1 6 13 27 52 94 156 237");
    check_with(PROGRAM, "4 4 4 4 4 0 4 4 4", "1 6 15 38 95 1 1 6 10");
    check_with(PROGRAM, &"4 ".repeat(13), "1 6 15 38 95 238 595 1488 3720 9300 23250 36500 36500");
}

#[test]
fn to_the_program_a_failure_lowers_the_ease_the_more_the_worse_it_was() {
    for (failure, expected) in
        [("2", "2.18"), ("1", "1.96"), ("0", "1.70"), ("again", "2.18"), ("0 0", "1.30")]
    {
        assert_eq!(ease(&last_with(PROGRAM, failure)).to_string(), expected, "after {failure}");
    }
}

#[test]
fn with_late_credit_a_card_grows_from_the_days_that_it_was_remembered() {
    let known = last("4 4 4");
    let after = |scheduler: Scheduler, late, quality| {
        scheduler.after(Some(&known), quality, known.due.plus(Days(late))).interval
    };
    assert_eq!(after(LATE_CREDIT, 0, Quality::Hesitating), Days(38));
    assert_eq!(after(LATE_CREDIT, 10, Quality::Hesitating), Days(63));
    assert_eq!(after(LATE_CREDIT, 10, Quality::NearlyKnown), Days(1));
    assert_eq!(after(SM2, 10, Quality::Hesitating), Days(38));
}

#[test]
fn studying_ahead_keeps_the_promise_that_stood_unless_more_was_shown() {
    let known = last("good good good");
    let after = |elapsed| SM2.after(Some(&known), Grade::Easy, known.answered.plus(Days(elapsed)));
    assert_eq!(after(2).interval, Days(15));
    assert_eq!(after(14).interval, Days(35));
    assert_eq!(ease(&after(14)), ease(&known));
    assert_eq!(after(14).repetitions, 4);
}

#[test]
fn forgetting_ahead_of_time_is_a_lapse() {
    let known = last("good good good");
    let forgotten = SM2.after(Some(&known), Grade::Again, known.answered.plus(Days(2)));
    assert_eq!((forgotten.interval, forgotten.lapses), (Days(1), 1));
}

#[test]
fn again_and_hard_are_drilled_the_same_day_until_known() {
    let missed = SM2.after(None, Grade::Again, START);
    assert!(missed.is_drilled(START));
    assert!(!missed.is_drilled(START.plus(Days(1))));
    let still_missed = SM2.after(Some(&missed), Grade::Hard, START);
    assert!(still_missed.is_drilled(START));
    let known = SM2.after(Some(&still_missed), Grade::Good, START);
    assert!(!known.is_drilled(START));
    assert_eq!(Schedule { drills: missed.drills, ..known }, missed);
}

#[test]
fn drills_end_after_five_in_a_day() {
    let mut schedule = SM2.after(None, Grade::Again, START);
    for _ in 0..MOST_DRILLS {
        assert!(schedule.is_drilled(START));
        schedule = SM2.after(Some(&schedule), Grade::Again, START);
    }
    assert!(!schedule.is_drilled(START));
    assert_eq!(schedule.lapses, 0);
}

#[test]
fn the_screen_says_what_each_grade_brings() {
    let known = last("good good");
    let preview = SM2.preview(Seed(1), Some(&known), known.due);
    let promises = Grade::ALL.map(|grade| preview.promise(grade).to_string());
    assert_eq!(promises, ["1 d, today again", "15 d, today again", "15 d", "15 d, ease +0.10"]);
}

fn any_quality() -> impl Strategy<Value = Quality> {
    prop::sample::select(Quality::ALL.to_vec())
}

fn any_scheduler() -> impl Strategy<Value = Scheduler> {
    prop::sample::select(vec![SM2, PROGRAM, LATE_CREDIT])
}

proptest! {
    #[test]
    fn intervals_and_ease_stay_within_their_bounds(
        scheduler in any_scheduler(),
        answers in prop::collection::vec((any_quality(), 0u32..5000), 1..80),
    ) {
        let mut schedule: Option<Schedule> = None;
        let mut today = START;
        for (quality, later) in answers {
            let after = scheduler.after(schedule.as_ref(), quality, today);
            prop_assert!(after.interval >= Days(1) && after.interval <= LONGEST_INTERVAL);
            prop_assert!(ease(&after).hundredths() >= 130);
            prop_assert!(after.due > today || after.answered < today);
            schedule = Some(after);
            today = today.plus(Days(later));
        }
    }

    #[test]
    fn a_better_grade_never_promises_a_shorter_interval(
        scheduler in any_scheduler(),
        history in prop::collection::vec((any_quality(), 0u32..400), 0..30),
    ) {
        let mut schedule: Option<Schedule> = None;
        let mut today = START;
        for (quality, later) in history {
            schedule = Some(scheduler.after(schedule.as_ref(), quality, today));
            today = today.plus(Days(later));
        }
        let preview = scheduler.preview(Seed(1), schedule.as_ref(), today);
        let intervals = Grade::ALL.map(|grade| preview.promise(grade).interval);
        prop_assert!(intervals.is_sorted(), "{intervals:?}");
    }
}
