//! SM-2, by tables and by properties.

use proptest::prelude::*;
use retain::domain::{
    grade::Grade,
    scheduler::{LONGEST_INTERVAL, MOST_DRILLS, Schedule, Scheduler},
    time::{Days, StudyDay},
};

const START: StudyDay = StudyDay(20_000);

fn grades(words: &str) -> Vec<Grade> {
    words.split_whitespace().map(|word| word.parse().expect("a grade")).collect()
}

/// Answers on each due day; the schedules after each answer.
fn study(grades: &[Grade]) -> Vec<Schedule> {
    let mut schedule: Option<Schedule> = None;
    let step = |grade: &Grade| {
        let today = schedule.map_or(START, |schedule| schedule.due);
        let after = Scheduler::Sm2.after(schedule.as_ref(), *grade, today);
        schedule = Some(after);
        after
    };
    grades.iter().map(step).collect()
}

fn check(words: &str, intervals: &str) {
    let promised: Vec<String> =
        study(&grades(words)).iter().map(|schedule| schedule.interval.0.to_string()).collect();
    assert_eq!(promised.join(" "), intervals, "after {words}");
}

fn last(words: &str) -> Schedule {
    *study(&grades(words)).last().expect("an answer")
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
    assert_eq!(last("good").ease.to_string(), "2.50");
    assert_eq!(last("easy").ease.to_string(), "2.60");
    assert_eq!(last("hard").ease.to_string(), "2.36");
    assert_eq!(last("hard hard hard again easy").ease.to_string(), "2.18");
}

#[test]
fn the_ease_never_falls_below_one_point_three() {
    assert_eq!(last("hard hard hard hard hard hard hard hard").ease.to_string(), "1.38");
    assert_eq!(last("hard hard hard hard hard hard hard hard hard hard").ease.to_string(), "1.30");
}

#[test]
fn forgetting_keeps_the_ease_and_counts_a_lapse_only_for_what_was_known() {
    let forgotten = last("easy easy again");
    assert_eq!(forgotten.ease.to_string(), "2.70");
    assert_eq!((forgotten.repetitions, forgotten.lapses, forgotten.interval), (0, 1, Days(1)));
    assert_eq!(last("easy easy again again again").lapses, 1);
    assert_eq!(last("again again").lapses, 0);
    assert_eq!(last("again good again good again").lapses, 2);
}

#[test]
fn an_answer_is_not_worth_more_for_being_late() {
    let known = last("good good good");
    let on_time = Scheduler::Sm2.after(Some(&known), Grade::Good, known.due);
    let late = Scheduler::Sm2.after(Some(&known), Grade::Good, known.due.plus(Days(100)));
    assert_eq!(late.interval, on_time.interval);
    assert_eq!(late.due, known.due.plus(Days(100)).plus(on_time.interval));
}

#[test]
fn studying_ahead_keeps_the_promise_that_stood_unless_more_was_shown() {
    let known = last("good good good");
    let after = |elapsed| Scheduler::Sm2.after(Some(&known), Grade::Easy, known.answered.plus(Days(elapsed)));
    assert_eq!(after(2).interval, Days(15));
    assert_eq!(after(14).interval, Days(35));
    assert_eq!(after(14).ease, known.ease);
    assert_eq!(after(14).repetitions, 4);
}

#[test]
fn forgetting_ahead_of_time_is_a_lapse() {
    let known = last("good good good");
    let forgotten = Scheduler::Sm2.after(Some(&known), Grade::Again, known.answered.plus(Days(2)));
    assert_eq!((forgotten.interval, forgotten.lapses), (Days(1), 1));
}

#[test]
fn again_and_hard_are_drilled_the_same_day_until_known() {
    let missed = Scheduler::Sm2.after(None, Grade::Again, START);
    assert!(missed.is_drilled(START));
    assert!(!missed.is_drilled(START.plus(Days(1))));
    let still_missed = Scheduler::Sm2.after(Some(&missed), Grade::Hard, START);
    assert!(still_missed.is_drilled(START));
    let known = Scheduler::Sm2.after(Some(&still_missed), Grade::Good, START);
    assert!(!known.is_drilled(START));
    assert_eq!(Schedule { drills: missed.drills, ..known }, missed);
}

#[test]
fn drills_end_after_five_in_a_day() {
    let mut schedule = Scheduler::Sm2.after(None, Grade::Again, START);
    for _ in 0..MOST_DRILLS {
        assert!(schedule.is_drilled(START));
        schedule = Scheduler::Sm2.after(Some(&schedule), Grade::Again, START);
    }
    assert!(!schedule.is_drilled(START));
    assert_eq!(schedule.lapses, 0);
}

#[test]
fn the_screen_says_what_each_grade_brings() {
    let known = last("good good");
    let preview = Scheduler::Sm2.preview(Some(&known), known.due);
    let promises = Grade::ALL.map(|grade| preview.promise(grade).to_string());
    assert_eq!(promises, ["1 d, today again", "15 d, today again", "15 d", "15 d, ease +0.10"]);
}

fn any_grade() -> impl Strategy<Value = Grade> {
    prop::sample::select(Grade::ALL.to_vec())
}

proptest! {
    #[test]
    fn intervals_and_ease_stay_within_their_bounds(answers in prop::collection::vec((any_grade(), 0u32..5000), 1..80)) {
        let mut schedule: Option<Schedule> = None;
        let mut today = START;
        for (grade, later) in answers {
            let after = Scheduler::Sm2.after(schedule.as_ref(), grade, today);
            prop_assert!(after.interval >= Days(1) && after.interval <= LONGEST_INTERVAL);
            prop_assert!(after.ease.hundredths() >= 130);
            prop_assert!(after.due > today || after.answered < today);
            schedule = Some(after);
            today = today.plus(Days(later));
        }
    }

    #[test]
    fn a_better_grade_never_promises_a_shorter_interval(history in prop::collection::vec((any_grade(), 0u32..400), 0..30)) {
        let mut schedule: Option<Schedule> = None;
        let mut today = START;
        for (grade, later) in history {
            schedule = Some(Scheduler::Sm2.after(schedule.as_ref(), grade, today));
            today = today.plus(Days(later));
        }
        let preview = Scheduler::Sm2.preview(schedule.as_ref(), today);
        let intervals = Grade::ALL.map(|grade| preview.promise(grade).interval);
        prop_assert!(intervals.is_sorted(), "{intervals:?}");
    }
}
