//! The collection on disk: what is acknowledged stays, and what must not happen to a log cannot.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use chrono::{DateTime, FixedOffset};
use retain::{
    domain::{
        card::{CardState, Hold},
        deck::{DeckName, Scope},
        grade::Grade,
        ids::{CardId, DeckId, EventId, OptionId},
        question::{Choice, Question},
        review_log::{Act, Answer, Event, Outcome},
        scheduler::{Scheduler, Schedulers},
        time::{Days, Moment, Rollover, StudyDay},
    },
    store::{Error, Recorded, Store},
};
use rusqlite::Connection;
use tempfile::TempDir;

pub const SM2: Scheduler = Scheduler::SM2;
pub static SCHEDULERS: Schedulers = Schedulers::SM2;

pub fn moment(text: &str) -> Moment {
    let at: DateTime<FixedOffset> = text.parse().expect("RFC 3339");
    Moment::new(at, Rollover::default())
}

fn question(number: u32) -> Question {
    let option = |id| Choice { id: OptionId(id), text: format!("option {id} of {number}") };
    let stem = format!("What is {number}?");
    let mut question = Question::new(stem, (0..4).map(option).collect(), vec![OptionId(1)]).expect("sound");
    question.number = Some(number.to_string());
    question
}

fn flip_card() -> Question {
    Question::recall("What is the capital of Chad?".to_owned(), "N'Djamena".to_owned()).expect("sound")
}

pub fn deck_of(store: &mut Store, chapter: &str, cards: u32) -> (DeckId, Vec<CardId>) {
    let name = DeckName { book: None, chapter: chapter.to_owned() };
    let import = store.import(&SCHEDULERS).expect("an import");
    let deck = import.add_deck(&name).expect("a deck");
    let mut adding = import.adding(deck, &name).expect("a deck");
    let add = |place| adding.card(place, place + 1, &question(place)).expect("a card");
    let cards = (0..cards).map(add).collect();
    drop(adding);
    import.refresh(deck).expect("counts");
    import.commit().expect("committed");
    (deck, cards)
}

pub fn answer(store: &Store, card: CardId, at: Moment, grade: Grade) -> Act {
    let state = store.state(card).expect("a state");
    let promised = SM2.preview(CardId(1), state.schedule.as_ref(), at.day).promise(grade).interval;
    let outcome = if grade.passes() { Outcome::Right } else { Outcome::Wrong };
    let chosen = vec![OptionId(1)];
    let place = Some(3);
    Act::Answer(Answer { grade, chosen, place, outcome, covered: false, took_ms: 4_000, promised })
}

pub fn record(store: &mut Store, card: CardId, at: Moment, act: Act) -> Recorded {
    store.record(card, at, Rollover::default(), &SCHEDULERS, act).expect("recorded")
}

fn grade(store: &mut Store, card: CardId, at: Moment, grade: Grade) -> Recorded {
    let act = answer(store, card, at, grade);
    record(store, card, at, act)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn by_hand(folder: &Path) -> Connection {
    Connection::open(folder.join("retain.db")).expect("a database")
}

#[test]
fn an_answer_is_there_after_reopening() {
    let folder = folder();
    let noon = moment("2026-11-22T12:00:00+01:00");
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 2);
    let recorded = grade(&mut store, cards[0], noon, Grade::Good);
    drop(store);

    let store = Store::open(folder.path()).expect("opens again");
    assert_eq!(store.state(cards[0]).expect("a state"), recorded.after);
    assert_eq!(store.state(cards[1]).expect("a state"), CardState::default());
    let history = store.history(cards[0]).expect("a history");
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].moment, noon);
}

#[test]
fn a_question_comes_back_as_it_was_stored() {
    let mut store = Store::in_memory().expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 3);
    assert_eq!(store.question(cards[2]).expect("a question"), question(2));
}

#[test]
fn a_flip_card_comes_back_as_it_was_stored_and_options_it_once_had_are_not_forgotten() {
    let mut store = Store::in_memory().expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 2);
    let turned = flip_card().with_identities_of(&question(1));
    for (place, (card, flip)) in (0..).zip(cards.iter().zip([flip_card(), turned])) {
        let import = store.import(&SCHEDULERS).expect("an import");
        import.set_card(*card, place, 1, &flip).expect("set");
        import.commit().expect("committed");
        assert_eq!(store.question(*card).expect("a question"), flip);
    }
    assert_eq!(store.question(cards[1]).expect("a question").next_option(), OptionId(4));
}

#[test]
fn a_question_without_options_and_without_an_answer_is_damaged() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    drop(store);
    for damage in ["options = '[]'", "options = '[]', keys = '[]', explanation = ' '"] {
        by_hand(folder.path()).execute(&format!("UPDATE question SET {damage}"), []).expect("tampered");
        let store = Store::open_to_read(folder.path()).expect("opens");
        assert!(matches!(store.question(cards[0]), Err(Error::Damaged { .. })), "{damage}");
    }
}

#[test]
fn the_log_says_what_was_seen_and_of_a_flip_card_that_nothing_was() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    let noon = moment("2026-11-22T12:00:00+01:00");
    let table = [
        (Outcome::Right, vec![OptionId(1)], Some(true)),
        (Outcome::Wrong, vec![OptionId(2)], Some(false)),
        (Outcome::NotKnown, vec![], Some(false)),
        (Outcome::Unobserved, vec![], None),
    ];
    for (outcome, chosen, _) in table.clone() {
        let Act::Answer(answer) = answer(&store, cards[0], noon, Grade::Good) else { unreachable!() };
        record(&mut store, cards[0], noon, Act::Answer(Answer { outcome, chosen, ..answer }));
    }
    assert_eq!(store.first_broken_link().expect("readable"), None);
    let history = store.history(cards[0]).expect("a history");
    drop(store);
    for (event, (outcome, _, correct)) in history.iter().zip(table) {
        let Act::Answer(answer) = &event.act else { unreachable!() };
        assert_eq!(answer.outcome, outcome);
        let row = "SELECT correct FROM log WHERE id = ?";
        let stored: Option<bool> =
            by_hand(folder.path()).query_row(row, [event.id.0], |row| row.get(0)).expect("a row");
        assert_eq!(stored, correct, "{outcome:?}");
    }
}

#[test]
fn the_cache_is_what_replaying_the_log_gives() {
    let mut store = Store::in_memory().expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    let mut at = moment("2026-11-22T12:00:00+01:00");
    for word in ["good", "good", "again", "hard", "good", "easy"] {
        grade(&mut store, cards[0], at, word.parse().expect("a grade"));
        at = Moment::new(at.at + chrono::TimeDelta::days(3), Rollover::default());
    }
    record(&mut store, cards[0], at, Act::Flag);
    let events = store.history(cards[0]).expect("a history");
    assert_eq!(store.state(cards[0]).expect("a state"), CardState::replay(&SM2, &events));
}

#[test]
fn undo_goes_back_step_by_step_to_the_very_beginning() {
    let mut store = Store::in_memory().expect("opens");
    let (deck, cards) = deck_of(&mut store, "One", 2);
    let now = moment("2026-11-22T12:00:00+01:00");
    let mut before = Vec::new();
    for (card, act) in [(0, None), (1, None), (0, Some(Act::Suspend)), (1, Some(Act::Flag))] {
        let card = cards[card];
        let act = act.unwrap_or_else(|| answer(&store, card, now, Grade::Hard));
        before.push((card, record(&mut store, card, now, act).before));
    }
    for (card, state) in before.into_iter().rev() {
        let newest = store.newest_act().expect("readable").pop().expect("something to undo");
        assert_eq!(newest.card, card);
        record(&mut store, card, now, Act::Undo { target: newest.id });
        assert_eq!(store.state(card).expect("a state"), state);
    }
    assert_eq!(store.newest_act().expect("readable"), []);
    let counts = store.deck_counts(now.day).expect("counts");
    assert_eq!((counts[0].deck.id, counts[0].counts.unseen), (deck, 2));
}

#[test]
fn counts_follow_what_is_done_to_cards() {
    let mut store = Store::in_memory().expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 5);
    let today = moment("2026-11-22T12:00:00+01:00");
    let tomorrow = moment("2026-11-23T12:00:00+01:00");
    grade(&mut store, cards[0], today, Grade::Good);
    grade(&mut store, cards[1], today, Grade::Again);
    record(&mut store, cards[2], today, Act::Suspend);
    record(&mut store, cards[3], today, Act::Bury { until: tomorrow.day });
    let counts = |store: &Store, day: StudyDay| {
        let row = &store.deck_counts(day).expect("counts")[0];
        let counts = row.counts;
        (
            counts.due,
            counts.learning,
            counts.unseen,
            counts.held_new,
            row.introduced_today,
            row.reviewed_today,
        )
    };
    assert_eq!(counts(&store, today.day), (0, 1, 3, 2, 2, 0));
    assert_eq!(counts(&store, tomorrow.day), (2, 0, 3, 1, 0, 0));
    grade(&mut store, cards[0], tomorrow, Grade::Good);
    assert_eq!(counts(&store, tomorrow.day), (1, 0, 3, 1, 0, 1));
}

#[test]
fn candidates_leave_out_what_is_held_and_take_new_cards_in_order() {
    let mut store = Store::in_memory().expect("opens");
    let (deck, cards) = deck_of(&mut store, "One", 6);
    let (other, _) = deck_of(&mut store, "Two", 2);
    let today = moment("2026-11-22T12:00:00+01:00");
    let tomorrow = moment("2026-11-23T12:00:00+01:00");
    grade(&mut store, cards[0], today, Grade::Good);
    grade(&mut store, cards[1], today, Grade::Good);
    record(&mut store, cards[1], today, Act::Suspend);
    record(&mut store, cards[2], today, Act::Suspend);
    let candidates = store.candidates(&Scope::Deck(deck), tomorrow.day, 2).expect("candidates");
    assert_eq!(candidates.due, [(cards[0], tomorrow.day)]);
    assert_eq!(candidates.new, [cards[3], cards[4]]);
    let everything = store.candidates(&Scope::Everything, tomorrow.day, 100).expect("candidates");
    assert_eq!(everything.new.len(), 5);
    assert_eq!(store.candidates(&Scope::Deck(other), tomorrow.day, 9).expect("candidates").due, []);
}

#[test]
fn the_log_refuses_to_be_edited_shortened_or_replaced() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    grade(&mut store, cards[0], moment("2026-11-22T12:00:00+01:00"), Grade::Good);
    drop(store);
    let connection = by_hand(folder.path());
    connection.pragma_update(None, "recursive_triggers", true).expect("a pragma");
    for sql in [
        "UPDATE log SET kind = 'easy'",
        "DELETE FROM log",
        "INSERT OR REPLACE INTO log SELECT * FROM log",
        "UPDATE circumstance SET scheduler = 'x'",
        "DELETE FROM circumstance",
    ] {
        let refusal = connection.execute(sql, []).expect_err(sql).to_string();
        assert!(refusal.contains("the review log is never"), "{sql}: {refusal}");
    }
}

#[test]
fn a_row_that_was_tampered_with_is_found() {
    for change in ["took_ms = took_ms + 1", "place = 2", "place = NULL"] {
        let folder = folder();
        let mut store = Store::open(folder.path()).expect("opens");
        let (_, cards) = deck_of(&mut store, "One", 3);
        for card in &cards {
            grade(&mut store, *card, moment("2026-11-22T12:00:00+01:00"), Grade::Good);
        }
        assert_eq!(store.first_broken_link().expect("readable"), None);
        drop(store);
        let connection = by_hand(folder.path());
        connection
            .execute_batch(&format!("DROP TRIGGER log_is_never_edited; UPDATE log SET {change} WHERE id = 2"))
            .expect("tampered");
        let store = Store::open_to_read(folder.path()).expect("opens");
        assert_eq!(store.first_broken_link().expect("readable"), Some(EventId(2)), "{change}");
    }
}

#[test]
fn a_clock_that_goes_back_does_not_change_the_order_of_the_log() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    let card = cards[0];
    grade(&mut store, card, moment("2026-11-22T12:00:00+01:00"), Grade::Good);
    grade(&mut store, card, moment("2026-11-22T11:00:00+01:00"), Grade::Good);
    grade(&mut store, card, moment("2026-11-22T11:00:00+01:00"), Grade::Good);
    let history = store.history(card).expect("a history");
    let hours: Vec<String> =
        history.iter().map(|event| event.moment.at.format("%H:%M").to_string()).collect();
    assert_eq!(hours, ["12:00", "11:00", "11:00"], "each has the time that the clock showed");
    let newest = store.newest_instant().expect("readable").expect("an event");
    assert_eq!(newest, history[2].moment.at, "whoever trusted the clock is not asked again");
}

#[test]
fn answering_a_buried_card_ends_its_burial() {
    let mut store = Store::in_memory().expect("opens");
    let (deck, cards) = deck_of(&mut store, "One", 1);
    let today = moment("2026-11-22T12:00:00+01:00");
    let tomorrow = moment("2026-11-23T12:00:00+01:00");
    grade(&mut store, cards[0], today, Grade::Good);
    record(&mut store, cards[0], today, Act::Bury { until: StudyDay(tomorrow.day.0 + 3) });
    let next = store.next_due(&Scope::Deck(deck), today.day).expect("readable");
    assert_eq!(next, Some(StudyDay(tomorrow.day.0 + 3)), "a buried card is due when its burial is over");
    let later = moment("2026-11-26T12:00:00+01:00");
    grade(&mut store, cards[0], later, Grade::Again);
    assert_eq!(store.candidates(&Scope::Everything, later.day, 0).expect("candidates").drills, cards);
    assert_eq!(store.deck_counts(later.day).expect("counts")[0].counts.learning, 1);
}

#[test]
fn what_cannot_be_is_an_error_and_no_panic() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    let noon = moment("2026-11-22T12:00:00+01:00");
    grade(&mut store, cards[0], noon, Grade::Good);
    drop(store);
    let connection = by_hand(folder.path());
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF; UPDATE card SET deck = 99; DROP TRIGGER log_is_never_edited;
             UPDATE log SET circumstance = 99;",
        )
        .expect("tampered");
    let store = Store::open_to_read(folder.path()).expect("opens");
    assert!(matches!(store.deck_counts(StudyDay(noon.day.0 + 9)), Err(Error::Damaged { .. })));
    assert!(store.history(cards[0]).is_err());
    assert_eq!(store.first_broken_link().expect("readable"), Some(EventId(1)));
}

#[test]
fn one_writes_and_others_may_read() {
    let folder = folder();
    let writer = Store::open(folder.path()).expect("opens");
    let refused = Store::open(folder.path()).expect_err("there is a writer");
    let told = refused.to_string();
    assert!(
        matches!(refused, Error::Locked { holder: Some(pid), .. } if pid == std::process::id()),
        "{told}"
    );
    let mut reader = Store::open_to_read(folder.path()).expect("readers are welcome");
    assert_eq!(reader.deck_counts(StudyDay(0)).expect("readable"), []);
    assert!(
        reader
            .import(&SCHEDULERS)
            .and_then(|import| { import.add_deck(&DeckName { book: None, chapter: "x".to_owned() }) })
            .is_err()
    );
    drop(writer);
    Store::open(folder.path()).expect("the lock went with its holder");
}

#[test]
fn looking_at_a_collection_that_is_not_there_makes_none() {
    let folder = folder();
    let place = folder.path().join("none");
    let store = Store::open_to_read(&place).expect("empty");
    assert_eq!(store.deck_counts(StudyDay(0)).expect("readable"), []);
    assert!(!place.exists());
}

#[test]
fn files_are_for_their_owner_alone() {
    let folder = folder();
    let place = folder.path().join("a/b");
    drop(Store::open(&place).expect("opens"));
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&place), 0o700);
    assert_eq!(mode(&place.join("retain.db")), 0o600);
    assert_eq!(mode(&place.join("retain.lock")), 0o600);
}

#[test]
fn a_newer_or_foreign_file_is_refused_and_left_as_it_is() {
    let folder = folder();
    drop(Store::open(folder.path()).expect("opens"));
    by_hand(folder.path()).pragma_update(None, "user_version", 99).expect("a pragma");
    let bytes = fs::read(folder.path().join("retain.db")).expect("a file");
    assert!(matches!(Store::open(folder.path()), Err(Error::Newer { found: 99, .. })));
    assert!(matches!(Store::open_to_read(folder.path()), Err(Error::Newer { found: 99, .. })));
    assert_eq!(fs::read(folder.path().join("retain.db")).expect("a file"), bytes);

    let foreign = tempfile::tempdir().expect("a folder");
    by_hand(foreign.path()).execute_batch("CREATE TABLE notes (text)").expect("a table");
    assert!(matches!(Store::open(foreign.path()), Err(Error::Foreign { .. })));
}

/// What later formats added to the first one, taken away again.
/// An answer of before it was kept where the chosen option stood.
fn old_answer(store: &mut Store, card: CardId, at: Moment) {
    let Act::Answer(answer) = answer(store, card, at, Grade::Good) else { unreachable!() };
    record(store, card, at, Act::Answer(Answer { place: None, ..answer }));
}

const TO_FORMAT_SEVEN: &str = "
    DROP INDEX card_mature;
    DROP INDEX card_ease;
    DROP INDEX card_learning;
    DROP INDEX card_retired;
    PRAGMA user_version = 7;";

/// From format seven.
const TO_THE_FIRST_FORMAT: &str = "
    DROP INDEX deck_copy;
    DROP INDEX collection_copy;
    ALTER TABLE question DROP COLUMN checksum;
    ALTER TABLE collection DROP COLUMN log_end;
    ALTER TABLE collection DROP COLUMN log_chain;
    DROP TABLE absent_card;
    ALTER TABLE log DROP COLUMN place;
    ALTER TABLE log DROP COLUMN follows;
    DROP TABLE indexed_word;
    DROP TABLE question_words;
    DROP TABLE word;
    ALTER TABLE collection DROP COLUMN indexed_through;
    ALTER TABLE collection DROP COLUMN index_made_by;
    DROP INDEX card_lapses;
    DROP INDEX card_flagged;
    DROP INDEX card_hold;
    DROP INDEX card_home;
    DROP INDEX card_deleted;
    ALTER TABLE card DROP COLUMN home;
    ALTER TABLE card DROP COLUMN deleted;
    ALTER TABLE collection DROP COLUMN merged_through;
    ALTER TABLE collection DROP COLUMN merged_at;
    ALTER TABLE card DROP COLUMN stability;
    ALTER TABLE card DROP COLUMN difficulty;
    DROP TABLE source;
    ALTER TABLE deck DROP COLUMN fingerprint;
    ALTER TABLE deck DROP COLUMN notation;
    ALTER TABLE deck DROP COLUMN memory;
    PRAGMA user_version = 1;";

#[test]
fn an_older_collection_is_copied_aside_and_brought_up_to_date() {
    let folder = folder();
    let noon = moment("2026-11-22T12:00:00+01:00");
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 2);
    old_answer(&mut store, cards[0], noon);
    drop(store);
    let older = by_hand(folder.path());
    older.execute_batch(TO_FORMAT_SEVEN).expect("an older format");
    older.execute_batch(TO_THE_FIRST_FORMAT).expect("an older format");
    older.execute("UPDATE deck SET path = '/chapters/one.md'", []).expect("a path");
    drop(older);
    assert!(matches!(Store::open_to_read(folder.path()), Err(Error::Older { .. })));

    let store = Store::open(folder.path()).expect("brought up to date");
    assert_eq!(store.history(cards[0]).expect("a history").len(), 1);
    assert_eq!(store.first_broken_link().expect("readable"), None, "old rows keep their checksums");
    assert_eq!(store.sources().expect("sources"), [Path::new("/chapters/one.md")]);
    let copy = folder.path().join("backups/before-format-8.db");
    assert_eq!(fs::metadata(&copy).expect("a copy").permissions().mode() & 0o777, 0o600);
    let copy = Connection::open(copy).expect("a database");
    let ask = |sql: &str| copy.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("an answer");
    assert_eq!((ask("PRAGMA user_version"), ask("SELECT count(*) FROM log")), (1, 1));
}

#[test]
fn of_answers_before_places_were_kept_the_place_is_unknown() {
    let folder = folder();
    let noon = moment("2026-11-22T12:00:00+01:00");
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    old_answer(&mut store, cards[0], noon);
    drop(store);
    let older = by_hand(folder.path());
    older.execute_batch(TO_FORMAT_SEVEN).expect("an older format");
    older
        .execute_batch("ALTER TABLE log DROP COLUMN place; PRAGMA user_version = 6;")
        .expect("an older format");
    drop(older);

    let mut store = Store::open(folder.path()).expect("brought up to date");
    grade(&mut store, cards[0], noon, Grade::Good);
    let place = |event: &Event| match &event.act {
        Act::Answer(answer) => answer.place,
        _ => unreachable!("only answers were given"),
    };
    let places: Vec<_> = store.history(cards[0]).expect("a history").iter().map(place).collect();
    assert_eq!(places, [None, Some(3)]);
    assert_eq!(store.first_broken_link().expect("readable"), None, "old rows keep their checksums");
}

#[test]
fn a_damaged_log_is_not_brought_up_to_date() {
    let folder = folder();
    let noon = moment("2026-11-22T12:00:00+01:00");
    let mut store = Store::open(folder.path()).expect("opens");
    let (_, cards) = deck_of(&mut store, "One", 1);
    old_answer(&mut store, cards[0], noon);
    drop(store);
    let older = by_hand(folder.path());
    older.execute_batch(TO_FORMAT_SEVEN).expect("an older format");
    older.execute_batch(TO_THE_FIRST_FORMAT).expect("an older format");
    older
        .execute_batch("DROP TRIGGER log_is_never_edited; UPDATE log SET took_ms = took_ms + 1;")
        .expect("a damaged row");
    let refused = Store::open(folder.path()).expect_err("damaged");
    assert!(refused.to_string().contains("event 1 is not as it was written"), "{refused}");
    assert!(!folder.path().join("backups/before-format-8.db").exists());
}

#[test]
fn the_database_is_set_up_to_survive_a_power_cut() {
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("opens");
    deck_of(&mut store, "One", 1);
    assert_eq!(fs::metadata(folder.path().join("retain.db-journal")).expect("kept").len(), 0);
    assert!(!folder.path().join("retain.db-wal").exists());
}

#[test]
fn an_import_that_is_not_committed_leaves_nothing() {
    let mut store = Store::in_memory().expect("opens");
    let name = DeckName { book: Some("Book".to_owned()), chapter: "One".to_owned() };
    let import = store.import(&SCHEDULERS).expect("an import");
    let deck = import.add_deck(&name).expect("a deck");
    import.adding(deck, &name).and_then(|mut adding| adding.card(0, 1, &question(1))).expect("a card");
    drop(import);
    assert_eq!(store.deck_counts(StudyDay(0)).expect("counts"), []);
}

#[test]
fn a_retired_card_is_neither_due_nor_counted_and_keeps_its_history() {
    let mut store = Store::in_memory().expect("opens");
    let (deck, cards) = deck_of(&mut store, "One", 2);
    let today = moment("2026-11-22T12:00:00+01:00");
    grade(&mut store, cards[0], today, Grade::Good);
    let import = store.import(&SCHEDULERS).expect("an import");
    import.retire(cards[0]).expect("retired");
    import.refresh(deck).expect("counts");
    import.commit().expect("committed");
    let next_year = today.day.plus(Days(365));
    let counts = store.deck_counts(next_year).expect("counts")[0].counts;
    assert_eq!((counts.due, counts.unseen, counts.cards), (0, 1, 1));
    assert_eq!(store.candidates(&Scope::Everything, next_year, 9).expect("candidates").due, []);
    assert_eq!(store.history(cards[0]).expect("a history").len(), 1);
    assert_eq!(store.state(cards[0]).expect("a state").hold, Hold::None);
}
