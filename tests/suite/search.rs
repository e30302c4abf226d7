//! Looking for cards: what the language finds, and what is said where it is not understood.

use std::path::Path;

use proptest::prelude::*;
use retain::{
    domain::{
        grade::Grade,
        ids::CardId,
        review_log::Act,
        search::{self, Mistake},
        time::{Rollover, StudyDay},
    },
    store::{Order, Search, SortKey, Store},
};

use crate::{
    program::Home,
    store::{SCHEDULERS, answer, moment},
};

const LANGUAGE: &str = include_str!("../../assets/search.md");
const NOON: &str = "2026-11-22T12:00:00+01:00";

const CHAPTER: &str = "\
# Chapter 14: Memory

## Questions

---

**Q14.1: Basic - [Slots]**

What does `__slots__` do?

A) It limits methods
B) It replaces the dictionary
C) It makes time

**Answer: B**

**Explanation:**
No dictionary for each instance.

---

**Q14.2: Advanced - [Locks and queues]**

Which of these may the same thread take twice?

A) A lock
B) An rlock
C) A queue called `dict.items`

**Answer: B**

**Explanation:**
A reentrant lock. GRÖSSE. For the same key the hash stays the same.

---

**Q14.3: Basic - [数据]**

数据库使用哪种结构?

A) B-tree (x != y)
B) Heap

**Answer: A**

**Explanation:**
索引是树。

---
";

fn home() -> Home {
    let home = Home::new();
    let file = home.write("Python/chapter-14.md", CHAPTER);
    home.write("Python/chapter-2.md", &crate::chapters::chapter("Chapter 2: Things", 12));
    let folder = Path::new(&file).parent().expect("a folder");
    home.succeeds(&["import", folder.to_str().expect("UTF-8")]);
    home
}

/// The numbers of the questions that are found, in their order.
fn found(store: &Store, query: &str) -> String {
    found_in(store, query, Order::default())
}

fn found_in(store: &Store, query: &str, order: Order) -> String {
    let search = search_for(query, order);
    let cards = store.search(&search, 0, 1_000).expect("found");
    assert_eq!(store.count_found(&search).expect("counted"), cards.len(), "{query}");
    let numbers = store.found(&cards).expect("read").into_iter().map(|found| found.number.expect("a number"));
    numbers.collect::<Vec<_>>().join(" ")
}

fn search_for(query: &str, order: Order) -> Search {
    let expression = search::parse(query).unwrap_or_else(|mistake| panic!("{query}: {mistake}"));
    Search { expression, order, today: today() }
}

fn today() -> StudyDay {
    moment(NOON).day
}

fn store(home: &Home) -> Store {
    Store::open(&home.path().join("data")).expect("opens")
}

fn card(store: &Store, number: &str) -> CardId {
    let search = search_for(&format!("id:{number}"), Order::default());
    store.search(&search, 0, 2).expect("found")[0]
}

fn record(store: &mut Store, number: &str, at: &str, act: Act) {
    let card = card(store, number);
    store.record(card, moment(at), Rollover::default(), &SCHEDULERS, act).expect("recorded");
}

fn grade(store: &mut Store, number: &str, at: &str, grade: Grade) {
    let act = answer(store, card(store, number), moment(at), grade);
    record(store, number, at, act);
}

#[test]
fn words_are_found_in_all_texts_of_a_question_and_in_code() {
    let home = home();
    let store = store(&home);
    let table = [
        ("slots", "14.1"),
        ("__slots__", "14.1"),
        ("_slots", "14.1"),
        ("SLO", "14.1"),
        ("sl", ""),
        ("lots", ""),
        ("dictionary instance", "14.1"),
        ("dict", "14.1 14.2"),
        ("dict.items", "14.2"),
        ("dict,items", ""),
        ("grösse", "14.2"),
        ("\"for the same key\"", "14.2"),
        ("\"same the for key\"", ""),
        ("key same the", "14.2"),
        ("lock or slots", "14.1 14.2"),
        ("lock -queue", ""),
        ("lock not heap", "14.2"),
        ("-thing -heap", "14.1 14.2"),
        ("(slots or heap) -lock", "14.1 14.3"),
        ("数据", "14.3"),
        ("据", "14.3"),
        ("数据库使用", "14.3"),
        ("数使", ""),
        ("!=", "14.3"),
        ("\"(x != y)\"", "14.3"),
    ];
    for (query, numbers) in table {
        assert_eq!(found(&store, query), numbers, "{query}");
    }
}

#[test]
fn filters_find_what_is_known_of_a_card() {
    let home = home();
    let mut store = store(&home);
    grade(&mut store, "1.1", "2026-11-20T12:00:00+01:00", Grade::Good);
    grade(&mut store, "1.2", "2026-11-15T12:00:00+01:00", Grade::Again);
    grade(&mut store, "1.3", NOON, Grade::Hard);
    record(&mut store, "1.4", NOON, Act::Suspend);
    record(&mut store, "1.5", NOON, Act::Bury { until: StudyDay(today().0 + 1) });
    record(&mut store, "1.6", NOON, Act::Flag);
    let table = [
        ("deck:memory", "14.1 14.2 14.3"),
        ("deck:\"python / 14\"", "14.1 14.2 14.3"),
        ("deck:PYTHON -deck:things", "14.1 14.2 14.3"),
        ("deck:nothing", ""),
        ("topic:locks", "14.2"),
        ("topic:\"locks and\"", "14.2"),
        ("topic:heap", ""),
        ("difficulty:adv", "14.2"),
        ("id:Q14.3", "14.3"),
        ("id:14.3", "14.3"),
        ("id:14", ""),
        ("is:due", "1.1 1.2"),
        ("is:learning", "1.2"),
        ("is:young", "1.1 1.3"),
        ("is:mature", ""),
        ("is:suspended", "1.4"),
        ("is:buried", "1.5"),
        ("is:flagged", "1.6"),
        ("is:leech or is:retired or is:deleted", ""),
        ("ease<2.4", "1.3"),
        ("ease=2.5", "1.1 1.2"),
        ("ease=2.501", "1.1 1.2"),
        ("interval>=1 -is:due", "1.3"),
        ("lapses<1", "1.1 1.2 1.3"),
        ("due<0", "1.1 1.2"),
        ("due<=1", "1.1 1.2 1.3"),
        ("seen:1d", "1.3"),
        ("seen:3", "1.1 1.3"),
        ("seen:2w", "1.1 1.2 1.3"),
        ("wrong:7d", ""),
        ("wrong:8d", "1.2"),
        ("deck:memory (heap or is:due)", "14.3"),
    ];
    for (query, numbers) in table {
        assert_eq!(found(&store, query), numbers, "{query}");
    }
}

#[test]
fn an_answer_that_was_undone_was_not_wrong() {
    let home = home();
    let mut store = store(&home);
    grade(&mut store, "1.2", NOON, Grade::Again);
    assert_eq!(found(&store, "wrong:1d"), "1.2");
    let target = store.newest_act().expect("an act")[0].id;
    record(&mut store, "1.2", NOON, Act::Undo { target });
    assert_eq!(found(&store, "wrong:1d"), "");
    let target = store.newest_undo().expect("an undo")[0].id;
    record(&mut store, "1.2", NOON, Act::Undo { target });
    assert_eq!(found(&store, "wrong:1d"), "1.2");
}

/// A filter that is negated twice is compared with all cards.
#[test]
fn an_index_lists_the_same_cards_as_a_look_at_all_of_them_finds() {
    let home = home();
    let mut store = store(&home);
    for (number, day, what) in [("1.1", 10, Grade::Again), ("1.2", 12, Grade::Good), ("1.3", 21, Grade::Hard)]
    {
        grade(&mut store, number, &format!("2026-11-{day}T12:00:00+01:00"), what);
        grade(&mut store, number, NOON, what);
    }
    record(&mut store, "1.2", NOON, Act::Suspend);
    record(&mut store, "1.3", NOON, Act::Delete);
    record(&mut store, "1.4", NOON, Act::Flag);
    record(&mut store, "1.5", NOON, Act::Bury { until: StudyDay(today().0 + 1) });
    for filter in [
        "is:due",
        "is:new",
        "is:learning",
        "is:young",
        "is:mature",
        "is:suspended",
        "is:buried",
        "is:leech",
        "is:flagged",
        "is:retired",
        "is:deleted",
        "ease<2.5",
        "ease=2.5",
        "ease>2.5",
        "ease=2.501",
        "ease<=2.36",
        "interval>=21",
        "interval=6",
        "interval>1",
        "interval<=1",
        "lapses<1",
        "lapses>0",
        "due<2",
        "due>=1",
        "seen:1d",
        "seen:2w",
        "wrong:1d",
        "wrong:2w",
        "deck:things",
        "is:deleted or is:suspended",
        "due<9 or is:buried",
        "is:deleted due<9",
    ] {
        assert_eq!(found(&store, filter), found(&store, &format!("-(-({filter}))")), "{filter}");
    }
}

#[test]
fn cards_come_in_the_order_of_a_column_and_those_without_it_last() {
    let home = home();
    let mut store = store(&home);
    grade(&mut store, "1.1", NOON, Grade::Good);
    grade(&mut store, "1.3", "2026-11-01T12:00:00+01:00", Grade::Good);
    let order = |key, is_descending| Order { key, is_descending };
    let first =
        |store: &Store, order| found_in(store, "", order).split(' ').take(3).collect::<Vec<_>>().join(" ");
    assert_eq!(first(&store, order(SortKey::Deck, false)), "1.1 1.2 1.3", "2 Things before 14 Memory");
    assert_eq!(first(&store, order(SortKey::Deck, true)), "14.3 14.2 14.1");
    assert_eq!(first(&store, order(SortKey::Question, true)), "14.3 14.2 14.1");
    let counted = "1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 1.10 1.11 1.12";
    assert_eq!(found_in(&store, "right", order(SortKey::Question, false)), counted);
    assert_eq!(first(&store, order(SortKey::Due, false)), "1.3 1.1 14.1");
    assert_eq!(first(&store, order(SortKey::Seen, true)), "1.1 1.3 14.1");
    assert_eq!(first(&store, order(SortKey::Difficulty, false)), "14.2 14.1 14.3");
    assert_eq!(first(&store, order(SortKey::Topic, false)), "14.2 14.1 1.1");
}

#[test]
fn what_was_edited_is_found_by_what_it_asks_now() {
    let home = home();
    let file = home.write("Python/chapter-14.md", &CHAPTER.replace("An rlock", "A semaphore"));
    home.succeeds(&["import", &file]);
    let store = store(&home);
    assert_eq!((found(&store, "semaphore"), found(&store, "rlock")), ("14.2".to_owned(), String::new()));
    assert!(store.index_agrees().expect("compared"));
}

#[test]
fn what_left_its_chapter_is_found_only_by_who_asks_for_it() {
    let home = home();
    let cut = CHAPTER.find("**Q14.3").expect("the last question");
    let file = home.write("Python/chapter-14.md", &CHAPTER[..cut]);
    home.succeeds(&["import", &file]);
    let store = store(&home);
    assert_eq!((found(&store, "heap"), found(&store, "heap is:retired")), (String::new(), "14.3".to_owned()));
    assert_eq!(found(&store, "-is:retired deck:memory"), "14.1 14.2");
}

#[test]
fn questions_that_are_not_indexed_yet_are_found_all_the_same() {
    let home = home();
    let mut store = store(&home);
    let queries =
        ["slots", "lock -queue", "topic:locks", "id:14.3", "数据库", "right -1", "-thing", "dict.items"];
    let indexed: Vec<String> = queries.iter().map(|query| found(&store, query)).collect();
    store.forget_index().expect("forgotten");
    assert_eq!(store.unindexed().expect("counted"), 15);
    let unindexed: Vec<String> = queries.iter().map(|query| found(&store, query)).collect();
    assert_eq!(indexed, unindexed);
    assert!(!store.index_more().expect("indexed"), "nothing is left");
    assert_eq!(store.unindexed().expect("counted"), 0);
    assert!(store.index_agrees().expect("compared"));
    assert_eq!(indexed, queries.iter().map(|query| found(&store, query)).collect::<Vec<_>>());
}

#[test]
fn an_index_that_says_something_else_than_the_questions_is_noticed() {
    let home = home();
    drop(store(&home));
    let connection = rusqlite::Connection::open(home.path().join("data/retain.db")).expect("opens");
    connection.execute("UPDATE question SET topic = 'Slats' WHERE topic = 'Slots'", []).expect("edited");
    drop(connection);
    let mut store = store(&home);
    assert!(!store.index_agrees().expect("compared"));
    store.forget_index().expect("forgotten");
    store.index_more().expect("made anew");
    assert!(store.index_agrees().expect("compared"));
}

#[test]
fn every_example_of_the_language_is_understood_and_runs() {
    let home = home();
    let examples: Vec<&str> = LANGUAGE.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert!(examples.len() > 30, "{examples:?}");
    for example in examples {
        let query = example.split("  ").next().expect("a query");
        home.succeeds(&["search", "--count", query]);
    }
}

fn mistake(query: &str) -> (Mistake, &str) {
    let mistake = search::parse(query).expect_err(query);
    let place = &query[mistake.span.clone()];
    (mistake, place)
}

#[test]
fn a_mistake_is_shown_where_it_is_with_what_to_do() {
    let table = [
        ("lock dek:python", "dek", "Did you mean deck:?"),
        ("is:sispended", "sispended", "Did you mean is:suspended?"),
        ("is:green", "green", "It can be new, learning"),
        ("foo:bar", "foo", "between quotation marks"),
        ("eas<1.8", "eas", "Did you mean ease"),
        ("lapses>many", "many", "lapses>3"),
        ("seen:soon", "soon", "seen:7d"),
        ("deck:", "", "deck:python"),
        ("\"never closed", "\"never closed", "at the end"),
        ("(a or b", "(", "Write )"),
        ("a or b)", ")", "Take it out"),
        ("a or", "", "Write what to look for"),
        ("or b", "or", "\"or\""),
        ("lock ()", ")", "Write what to look for"),
        ("\"\"", "\"\"", "between the quotation marks"),
        ("größe dek:x", "dek", "deck:"),
    ];
    for (query, place, hint) in table {
        let (mistake, found) = mistake(query);
        assert_eq!(found, place, "{query}");
        assert!(mistake.hint.contains(hint), "{query}: {}", mistake.hint);
    }
}

#[test]
fn code_is_no_filter() {
    for query in
        ["std::vec", "http://x", "a<b", "x>=1", "lambda x:", "print(x)", "->", "--flag", "x:=1", "a=b"]
    {
        assert!(search::parse(query).is_ok(), "{query}");
    }
}

#[test]
fn the_program_shows_a_mistake_under_the_query() {
    let home = home();
    let told = home.ends_with(&["search", "lock", "dek:python"], 2);
    assert!(told.contains("  lock dek:python\n       ^^^\nDid you mean deck:?"), "{told}");
}

#[test]
fn programs_are_told_everything_and_people_one_line_each() {
    let home = home();
    let listed = home.json(&["search", "--json", "deck:memory", "-heap"], crate::program::TODAY);
    assert_eq!((&listed["found"], &listed["cards"][0]["number"]), (&2.into(), &"14.1".into()));
    assert_eq!(
        (&listed["cards"][0]["stage"], &listed["cards"][0]["due"]),
        (&"new".into(), &serde_json::Value::Null)
    );
    let lines = home.succeeds(&["search", "--limit", "1", "deck:things"]);
    assert!(lines.contains("12 cards, 11 of them not shown"), "{lines}");
    assert!(home.succeeds(&["search", "nowhere"]).contains("no card is found"));
}

proptest! {
    #[test]
    fn no_query_is_too_odd(query in "\\PC{0,60}") {
        match search::parse(&query) {
            Ok(_) => {}
            Err(mistake) => {
                prop_assert!(query.get(mistake.span).is_some());
                prop_assert!(!mistake.hint.is_empty());
            }
        }
    }

    #[test]
    fn a_query_and_its_negation_part_the_cards(query in query()) {
        let store = sample();
        let count = |query: &str| store.count_found(&search_for(query, Order::default())).expect("counted");
        prop_assert_eq!(count(&format!("({query})")) + count(&format!("-({query})")), count(""), "{}", query);
    }

    #[test]
    fn the_index_changes_nothing_of_what_is_found(query in query()) {
        let (store, unindexed) = (sample(), sample_without_index());
        prop_assert_eq!(found(store, &query), found(unindexed, &query), "{}", query);
    }
}

fn query() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("thing"),
        Just("right"),
        Just("slots"),
        Just("lock"),
        Just("dict.items"),
        Just("数据"),
        Just("\"the same\""),
        Just("deck:memory"),
        Just("topic:locks"),
        Just("difficulty:basic"),
        Just("id:14.2"),
        Just("is:new"),
        Just("is:due"),
        Just("is:suspended"),
        Just("ease<2.5"),
        Just("lapses<1"),
        Just("seen:7d"),
        Just("wrong:7d"),
        Just("!="),
        Just("7")
    ];
    part.prop_map(str::to_owned).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| format!("-({part})")),
            proptest::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("({})", parts.join(" or "))),
            proptest::collection::vec(inner, 1..4).prop_map(|parts| parts.join(" ")),
        ]
    })
}

fn sample() -> &'static Store {
    static_store(false)
}

fn sample_without_index() -> &'static Store {
    static_store(true)
}

#[test]
fn a_flag_behind_the_query_is_told_and_no_word_of_it() {
    let told = home().ends_with(&["search", "ease>1", "--json"], 2);
    assert!(told.contains("--json stands behind words of the query"), "{told}");
}

/// Each thread of tests has its own two collections, since a connection belongs to one thread.
fn static_store(without_index: bool) -> &'static Store {
    thread_local! {
        static STORES: [&'static Store; 2] = [false, true].map(|without_index| {
            let home = home();
            let mut store = store(&home);
            grade(&mut store, "1.1", "2026-11-20T12:00:00+01:00", Grade::Hard);
            grade(&mut store, "1.2", NOON, Grade::Again);
            record(&mut store, "1.4", NOON, Act::Suspend);
            if without_index {
                store.forget_index().expect("forgotten");
            }
            Box::leak(Box::new(home));
            &*Box::leak(Box::new(store))
        });
    }
    STORES.with(|stores| stores[usize::from(without_index)])
}
