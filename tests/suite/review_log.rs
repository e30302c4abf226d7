//! The fold from events to a card's state, undo among them.

use chrono::DateTime;
use proptest::prelude::*;
use retain::domain::{
    card::{CardState, Hold, Stage},
    grade::Grade,
    ids::{CardId, EventId, OptionId},
    review_log::{Act, Answer, Event, Outcome, effective},
    scheduler::Scheduler,
    time::{Days, Moment, StudyDay},
};

const SM2: Scheduler = Scheduler::SM2;

fn event(id: i64, day: i32, act: Act) -> Event {
    let at =
        DateTime::from_timestamp_millis(i64::from(day) * 86_400_000 + id).expect("a time").fixed_offset();
    Event { id: EventId(id), card: CardId(1), moment: Moment { at, day: StudyDay(day) }, act }
}

/// An answer with the promise that SM-2 makes in this state.
fn answer(state: &CardState, day: i32, grade: Grade) -> Act {
    let promised = SM2.preview(CardId(1), state.schedule.as_ref(), StudyDay(day)).promise(grade).interval;
    let outcome = if grade.passes() { Outcome::Right } else { Outcome::Wrong };
    Act::Answer(Answer {
        grade,
        chosen: vec![OptionId(1)],
        place: None,
        outcome,
        covered: false,
        took_ms: 900,
        promised,
    })
}

#[test]
fn due_is_what_was_promised_even_where_the_scheduler_would_promise_otherwise_now() {
    let Act::Answer(answer) = answer(&CardState::default(), 10, Grade::Good) else { unreachable!() };
    let promised = Act::Answer(Answer { promised: Days(4), ..answer });
    let state = CardState::replay(&SM2, &[event(1, 10, promised)]);
    let schedule = state.schedule.expect("it was answered");
    assert_eq!((schedule.interval, schedule.due), (Days(4), StudyDay(14)));
}

#[test]
fn a_card_that_is_due_again_on_the_day_of_its_answer_is_promised_a_day_at_least() {
    let known = answer(&CardState::default(), 10, Grade::Good);
    let due_today = [event(1, 10, known), event(2, 10, Act::Reschedule { due: StudyDay(10) })];
    let state = CardState::replay(&SM2, &due_today);
    let schedule = state.after(&SM2, &event(3, 10, answer(&state, 10, Grade::Good))).schedule;
    assert_eq!(schedule.map(|schedule| (schedule.interval, schedule.due)), Some((Days(1), StudyDay(11))));
}

#[test]
fn whoever_answers_on_a_day_that_was_set_anew_is_neither_early_nor_late() {
    let mut known = CardState::default();
    for (id, day) in (1..).zip([0, 1, 7, 22]) {
        known = known.after(&SM2, &event(id, day, answer(&known, day, Grade::Good)));
    }
    assert_eq!(known.schedule.map(|schedule| schedule.interval), Some(Days(38)));
    // The days since the last answer times the ease of 2.5, whatever had been promised.
    for (due, interval) in [(30, 20), (40, 45), (90, 170)] {
        let moved = known.after(&SM2, &event(5, 23, Act::Reschedule { due: StudyDay(due) }));
        let schedule = moved.schedule.expect("it was answered");
        assert_eq!((schedule.interval, schedule.due), (Days(due as u32 - 22), StudyDay(due)));
        let promised = SM2.preview(CardId(1), Some(&schedule), StudyDay(due)).promise(Grade::Good).interval;
        assert_eq!(promised, Days(interval));
    }
}

#[test]
fn a_card_that_is_reset_is_new_and_stays_held_and_flagged() {
    let mut events = vec![event(1, 10, answer(&CardState::default(), 10, Grade::Good))];
    for (id, act) in (2..).zip([Act::Flag, Act::Suspend, Act::Reset]) {
        events.push(event(id, 10, act));
    }
    let reset = CardState { schedule: None, hold: Hold::Suspended, flagged: true, deleted: false };
    assert_eq!(CardState::replay(&SM2, &events), reset);
}

#[test]
fn an_act_of_a_newer_program_and_an_undo_of_what_is_not_here_change_nothing() {
    let known = answer(&CardState::default(), 10, Grade::Good);
    let mut events = vec![event(1, 10, known)];
    let state = CardState::replay(&SM2, &events);
    events.push(event(2, 10, Act::Unknown { kind: "praise".to_owned() }));
    events.push(event(3, 10, Act::Undo { target: EventId(-5) }));
    assert_eq!(CardState::replay(&SM2, &events), state);
}

#[test]
fn what_is_undone_leaves_no_trace_and_undoing_the_undo_restores_it() {
    let known = answer(&CardState::default(), 10, Grade::Good);
    let answered = [event(1, 10, known.clone())];
    let undone = [event(1, 10, known.clone()), event(2, 10, Act::Undo { target: EventId(1) })];
    let mut restored = undone.to_vec();
    restored.push(event(3, 10, Act::Undo { target: EventId(2) }));
    assert_eq!(CardState::replay(&SM2, &undone), CardState::default());
    assert_eq!(CardState::replay(&SM2, &restored), CardState::replay(&SM2, &answered));
    assert_eq!(effective(&restored).map(|event| event.id).collect::<Vec<_>>(), [EventId(1)]);
}

#[test]
fn a_buried_card_comes_back_by_itself_and_a_suspended_one_does_not() {
    let buried = CardState::replay(&SM2, &[event(1, 10, Act::Bury { until: StudyDay(11) })]);
    assert!(buried.is_held(StudyDay(10)));
    assert!(!buried.is_held(StudyDay(11)));
    let suspended = CardState::replay(&SM2, &[event(1, 10, Act::Suspend)]);
    assert!(suspended.is_held(StudyDay(10_000)));
    assert_eq!(CardState { hold: Hold::None, ..suspended }, CardState::default());
}

#[test]
fn a_card_goes_from_new_over_learning_and_young_to_mature() {
    let mut state = CardState::default();
    let mut stages = vec![state.stage()];
    let mut day = 10;
    for (id, grade) in (1..).zip([Grade::Again, Grade::Good, Grade::Good, Grade::Good, Grade::Good]) {
        state = state.after(&SM2, &event(id, day, answer(&state, day, grade)));
        stages.push(state.stage());
        day = state.schedule.expect("it was answered").due.0;
    }
    let expected = [Stage::New, Stage::Learning, Stage::Young, Stage::Young, Stage::Young, Stage::Mature];
    assert_eq!(stages, expected);
}

#[test]
fn a_card_is_announced_as_a_leech_at_eight_lapses_and_every_four_more() {
    let mut state = CardState::default();
    let (mut day, mut id, mut announced) = (0, 0, Vec::new());
    for _ in 0..17 {
        for grade in [Grade::Good, Grade::Again] {
            id += 1;
            let after = state.after(&SM2, &event(id, day, answer(&state, day, grade)));
            if after.became_leech(&state) {
                announced.push(after.lapses());
            }
            state = after;
            day = state.schedule.expect("it was answered").due.0;
        }
    }
    assert_eq!(announced, [8, 12, 16]);
    assert!(state.is_leech());
}

/// What a person might do, before it is known which events there are to undo.
#[derive(Debug, Clone)]
enum Deed {
    Answer(Grade),
    Suspend,
    Release,
    Bury,
    Reschedule,
    Flag,
    Unflag,
    Undo,
    Wait(u8),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        6 => prop::sample::select(Grade::ALL.to_vec()).prop_map(Deed::Answer),
        1 => Just(Deed::Suspend),
        1 => Just(Deed::Release),
        1 => Just(Deed::Bury),
        1 => Just(Deed::Reschedule),
        1 => Just(Deed::Flag),
        1 => Just(Deed::Unflag),
        3 => Just(Deed::Undo),
        4 => (1u8..40).prop_map(Deed::Wait),
    ];
    prop::collection::vec(deed, 0..60)
}

proptest! {
    /// Each undo is compared with the state that was there before the act it takes back.
    #[test]
    fn undo_restores_the_state_bit_for_bit(deeds in deeds()) {
        let mut day = 100;
        let mut events: Vec<Event> = Vec::new();
        let mut before_each: Vec<(EventId, CardState)> = Vec::new();
        for deed in deeds {
            let state = CardState::replay(&SM2, &events);
            let id = events.len() as i64 + 1;
            let act = match deed {
                Deed::Wait(days) => { day += i32::from(days); continue }
                Deed::Undo => match before_each.last() {
                    Some((target, _)) => Act::Undo { target: *target },
                    None => continue,
                },
                Deed::Answer(grade) => answer(&state, day, grade),
                Deed::Suspend => Act::Suspend,
                Deed::Release => Act::Release,
                Deed::Bury => Act::Bury { until: StudyDay(day + 1) },
                Deed::Reschedule => Act::Reschedule { due: StudyDay(day) },
                Deed::Flag => Act::Flag,
                Deed::Unflag => Act::Unflag,
            };
            let undo = act.is_undo();
            events.push(event(id, day, act));
            if undo {
                let (_, restored) = before_each.pop().expect("there was something to undo");
                prop_assert_eq!(CardState::replay(&SM2, &events), restored);
            } else {
                before_each.push((EventId(id), state));
            }
        }
    }

    #[test]
    fn replaying_all_is_the_same_as_taking_each_step(deeds in deeds()) {
        let (mut day, mut state, mut events) = (100, CardState::default(), Vec::new());
        for deed in deeds {
            let act = match deed {
                Deed::Wait(days) => { day += i32::from(days); continue }
                Deed::Answer(grade) => answer(&state, day, grade),
                Deed::Suspend => Act::Suspend,
                Deed::Release => Act::Release,
                Deed::Bury => Act::Bury { until: StudyDay(day + 1) },
                Deed::Reschedule => Act::Reschedule { due: StudyDay(day) },
                Deed::Flag => Act::Flag,
                Deed::Unflag | Deed::Undo => Act::Unflag,
            };
            let event = event(events.len() as i64 + 1, day, act);
            state = state.after(&SM2, &event);
            events.push(event);
        }
        prop_assert_eq!(CardState::replay(&SM2, &events), state);
    }
}
