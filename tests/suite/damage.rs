//! Damage to the file: whatever bit, page or end is lost, it is never called fine while a row has changed, and
//! nothing panics.

use std::{fs, path::Path, thread};

use oorandom::Rand64;
use retain::{
    domain::{
        deck::{DeckName, Scope},
        grade::Grade,
        ids::CardId,
        question::{Choice, Question},
        review_log::Act,
        time::{Moment, StudyDay},
    },
    store::{Backup, Balance, Candidate, ChapterFile, Entry, Part, SetAside, Store, examine},
};
use rusqlite::{Connection, types::Value};
use tempfile::TempDir;

use crate::store::{SCHEDULERS, answer, moment, record};

const NOW: &str = "2026-11-28T12:00:00+01:00";
const TABLES: [&str; 8] =
    ["collection", "deck", "card", "question", "circumstance", "log", "absent_card", "source"];

fn question(number: u16) -> Question {
    let option =
        |id| Choice { id: retain::domain::ids::OptionId(id), text: format!("option {id} of {number}") };
    let keys = vec![retain::domain::ids::OptionId(1)];
    let mut question =
        Question::new(format!("What is {number}?"), (0..4).map(option).collect(), keys).expect("sound");
    question.topic = format!("Topic {}", number % 3);
    question.explanation = "Because the *first* `thing` is so. ".repeat(usize::from(number));
    question
}

/// A small collection with something in every table.
pub fn collection(folder: &Path) -> Vec<CardId> {
    let mut store = Store::open(folder).expect("opens");
    let mut cards = Vec::new();
    for chapter in ["1 Things", "2 More"] {
        let name = DeckName { book: Some("Book".to_owned()), chapter: chapter.to_owned() };
        let import = store.import(&SCHEDULERS).expect("an import");
        let deck = import.add_deck(&name).expect("a deck");
        let path = folder.join(chapter);
        let file = ChapterFile { path: &path, fingerprint: Some(77), notation: Some("gift") };
        import.describe_deck(deck, &["Topic 1".to_owned()], &file).expect("described");
        import.remember_source(&path).expect("remembered");
        let mut adding = import.adding(deck, &name).expect("a deck");
        cards.extend((0..8).map(|place| adding.card(place.into(), 1, &question(place)).expect("a card")));
        drop(adding);
        import.refresh(deck).expect("counts");
        import.commit().expect("committed");
    }
    for (nth, hour) in (8..20).enumerate() {
        for day in 20..24 {
            let at = moment(&format!("2026-11-{day}T{hour:02}:00:00+01:00"));
            let card = cards[(nth * 5 + day) % cards.len()];
            let act = match (nth + day) % 7 {
                0 => Act::Flag,
                1 => Act::Suspend,
                2 => Act::Bury { until: StudyDay(at.day.0 + 2) },
                3 => Act::Undo { target: store.newest_act().expect("readable")[0].id },
                4 => answer(&store, card, at, Grade::Again),
                _ => answer(&store, card, at, Grade::Good),
            };
            let card = match act {
                Act::Undo { .. } => store.newest_act().expect("readable")[0].card,
                _ => card,
            };
            record(&mut store, card, at, act);
        }
    }
    cards
}

fn sample() -> (TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    collection(folder.path());
    let bytes = fs::read(folder.path().join("retain.db")).expect("a database");
    (folder, bytes)
}

/// All rows of all tables; what cannot be read is told instead.
fn dump(database: &Path) -> Vec<String> {
    let Ok(connection) = Connection::open(database) else { return vec!["unreadable".to_owned()] };
    let read = |table: &str| -> rusqlite::Result<Vec<String>> {
        let mut statement =
            connection.prepare(&format!("SELECT * FROM {table} NOT INDEXED ORDER BY rowid"))?;
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values: rusqlite::Result<Vec<Value>> = (0..columns).map(|place| row.get(place)).collect();
            Ok(format!("{table}: {:?}", values?))
        })?;
        rows.collect()
    };
    TABLES.iter().flat_map(|table| read(table).unwrap_or_else(|error| vec![error.to_string()])).collect()
}

/// All that a log tells.
fn events(store: &Store) -> retain::store::Result<Vec<Entry>> {
    let mut events = Vec::new();
    store.entries(&Scope::Everything, None, |entry, _| {
        events.push(entry);
        Ok::<(), retain::store::Error>(())
    })?;
    Ok(events)
}

/// A folder whose database is damaged again and again.
struct Bench {
    folder: TempDir,
    now: Moment,
    sound: Vec<String>,
    events: Vec<Entry>,
}

impl Bench {
    /// For damaging what is in this folder.
    fn new(sound: &Path) -> Self {
        let store = Store::open_to_read(sound).expect("opens");
        let folder = tempfile::tempdir().expect("a folder");
        let sound = dump(&sound.join("retain.db"));
        Self { folder, now: moment(NOW), sound, events: events(&store).expect("readable") }
    }

    /// Whether a database of these bytes is called fine. If so, its rows are those that were written.
    #[track_caller]
    fn is_called_fine(&self, bytes: &[u8], what: &str) -> bool {
        let folder = self.folder.path();
        let database = folder.join("retain.db");
        for beside in ["retain.db-wal", "retain.db-shm", "retain.db-journal"] {
            let _ = fs::remove_file(folder.join(beside));
        }
        fs::write(&database, bytes).expect("written");
        let examined = examine(&database, Some(&SCHEDULERS), self.now);
        let is_fine = examined
            .is_ok_and(|it| it.is_some_and(|(_, flaws)| flaws.iter().all(|it| it.part == Part::Times)));
        if is_fine {
            assert_eq!(dump(&database), self.sound, "{what} is called fine");
        }
        is_fine
    }

    /// Nothing that the program does with it panics.
    fn use_it(&self) {
        let Ok(store) = Store::open_to_read(self.folder.path()) else { return };
        let _ = store.deck_counts(self.now.day);
        let _ = store.candidates(&Scope::Everything, self.now.day, 5);
        let _ = store.newest_act();
        for event in events(&store).unwrap_or_default() {
            assert!(self.events.contains(&event), "it was never recorded: {event:?}");
        }
        for card in 1..=16 {
            let _ = (store.state(CardId(card)), store.question(CardId(card)), store.history(CardId(card)));
        }
    }
}

/// Does the same with many seeds, on as many threads as help.
fn for_each_seed(seeds: u64, work: impl Fn(&mut dyn Iterator<Item = u64>) + Sync) {
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get().min(4)) as u64;
    thread::scope(|scope| {
        for first in 0..workers {
            let work = &work;
            scope.spawn(move || work(&mut (first..seeds).step_by(workers as usize)));
        }
    });
}

#[test]
fn a_sound_collection_is_called_fine() {
    let (folder, bytes) = sample();
    assert!(Bench::new(folder.path()).is_called_fine(&bytes, "what is sound"));
}

/// Half of the flips anywhere, and half where something is written.
#[test]
fn after_two_thousand_single_bit_flips_nothing_is_fine_whose_rows_have_changed() {
    let (folder, bytes) = sample();
    let used: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place] != 0).collect();
    for_each_seed(2_000, |seeds| {
        let bench = Bench::new(folder.path());
        for seed in seeds {
            let mut random = Rand64::new(u128::from(seed));
            let place = match seed % 2 {
                0 => random.rand_range(0..bytes.len() as u64) as usize,
                _ => used[random.rand_range(0..used.len() as u64) as usize],
            };
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << random.rand_range(0..8);
            bench.is_called_fine(&damaged, &format!("flip {seed} at byte {place}"));
            if seed % 8 < 2 {
                bench.use_it();
            }
        }
    });
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_never_fine() {
    let (folder, bytes) = sample();
    let bench = Bench::new(folder.path());
    let mut random = Rand64::new(1);
    for _ in 0..60 {
        let length = random.rand_range(1..bytes.len() as u64) as usize;
        assert!(!bench.is_called_fine(&bytes[..length], &format!("{length} of {} bytes", bytes.len())));
        bench.use_it();
        assert!(Store::open(bench.folder.path()).is_err(), "nothing is written to {length} bytes");
    }
}

#[test]
fn swapped_and_lost_pages_are_never_fine() {
    const PAGE: usize = 4096;
    let (folder, bytes) = sample();
    let bench = Bench::new(folder.path());
    let pages = bytes.len() / PAGE;
    let mut random = Rand64::new(2);
    for _ in 0..100 {
        let mut one_of = || random.rand_range(0..pages as u64) as usize;
        let (one, other) = (one_of(), one_of());
        let page = |at: usize| bytes[at * PAGE..(at + 1) * PAGE].to_vec();
        let mut swapped = bytes.clone();
        swapped[one * PAGE..(one + 1) * PAGE].copy_from_slice(&page(other));
        bench.is_called_fine(&swapped, &format!("page {other} in the place of page {one}"));
        swapped[other * PAGE..(other + 1) * PAGE].copy_from_slice(&page(one));
        bench.is_called_fine(&swapped, &format!("pages {one} and {other} exchanged"));
        let mut lost = bytes.clone();
        lost[one * PAGE..(one + 1) * PAGE].fill(0);
        bench.is_called_fine(&lost, &format!("page {one} emptied"));
        bench.use_it();
    }
}

#[test]
fn a_log_that_has_lost_its_newest_rows_is_written_to_no_more() {
    let (folder, _) = sample();
    let database = folder.path().join("retain.db");
    let by_hand = Connection::open(&database).expect("a database");
    by_hand
        .execute_batch("DROP TRIGGER log_is_never_shortened; DELETE FROM log WHERE id > 40;")
        .expect("shortened");
    drop(by_hand);
    for refused in [Store::open(folder.path()), Store::open_to_read(folder.path())] {
        let told = refused.expect_err("damaged").to_string();
        assert!(told.contains("newest events") && told.contains("`retain doctor`"), "{told}");
    }
}

/// A collection, a copy of it, and events that are newer than that: 48 and 12.
fn sample_with_a_backup() -> (TempDir, Backup, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let cards = collection(folder.path());
    let database = folder.path().join("retain.db");
    fs::copy(&database, folder.path().join("backup.db")).expect("copied");
    let backup = Backup::at(&folder.path().join("backup.db")).expect("a backup");
    let mut store = Store::open(folder.path()).expect("opens");
    for hour in 8..20 {
        let at = moment(&format!("2026-11-27T{hour:02}:00:00+01:00"));
        let act = answer(&store, cards[hour - 8], at, Grade::Good);
        record(&mut store, cards[hour - 8], at, act);
    }
    drop(store);
    let bytes = fs::read(&database).expect("a database");
    (folder, backup, bytes)
}

/// What a restore would win and lose when these are the bytes of the collection.
fn balance(folder: &Path, backup: Option<&Backup>, bytes: &[u8]) -> Balance {
    let _ = fs::remove_file(folder.join("retain.db-journal"));
    fs::write(folder.join("retain.db"), bytes).expect("written");
    Candidate::prepare(folder, backup, &SCHEDULERS, true).expect("prepared").balance.clone()
}

/// What a restore brings is sound, however the collection was damaged, and no event that can be read is lost.
#[test]
fn a_restore_saves_what_can_be_read_of_any_damaged_log() {
    let (folder, backup, bytes) = sample_with_a_backup();
    let used: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place] != 0).collect();
    let mut saved = 0;
    for seed in 0..60 {
        let mut random = Rand64::new(seed);
        let mut damaged = bytes.clone();
        for _ in 0..4 {
            damaged[used[random.rand_range(0..used.len() as u64) as usize]] ^= 1 << random.rand_range(0..8);
        }
        let balance = balance(folder.path(), Some(&backup), &damaged);
        assert!(balance.then.events >= 48, "{balance:?}");
        assert_eq!(balance.then.events, 48 + balance.newer, "{balance:?}");
        saved += balance.newer;
    }
    assert!(saved > 60 * 12 / 2, "{saved} of {}", 60 * 12);
}

#[test]
fn no_event_is_lost_with_the_description_of_its_table() {
    let (folder, backup, bytes) = sample_with_a_backup();
    let mut random = Rand64::new(3);
    for table in ["log", "circumstance", "card", "absent_card"] {
        let begin = format!("CREATE TABLE {table} (");
        let begin = bytes.windows(begin.len()).position(|part| part == begin.as_bytes()).expect("described");
        for nth in 0..12 {
            // What stands before the text is the name, twice.
            let place = begin + random.rand_range(0..90) as usize - table.len() * 2;
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << random.rand_range(0..8);
            let backup = Some(&backup).filter(|_| nth % 2 == 0);
            let balance = balance(folder.path(), backup, &damaged);
            assert_eq!((balance.then.events, balance.lost), (60, 0), "{table}, byte {place}: {balance:?}");
        }
    }
}

#[test]
fn a_search_index_without_words_is_fine() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("opens");
    store.forget_index().expect("emptied");
    assert!(store.index_agrees().expect("it can be read"));
    let (fresh, _) = sample();
    let raw = Connection::open(fresh.path().join("retain.db")).expect("opens");
    let as_migrated = "INSERT INTO question_words (question_words) VALUES ('delete-all');
                       UPDATE question_words_data SET block = x'' WHERE id = 1;
                       DELETE FROM word;
                       UPDATE collection SET indexed_through = 0";
    raw.execute_batch(as_migrated).expect("emptied");
    drop(raw);
    assert!(Store::open(fresh.path()).expect("opens").index_agrees().expect("it can be read"));
}

/// SQLite's own check finds neither.
#[test]
fn indexes_with_rows_too_many_or_too_few_are_found() {
    let (folder, bytes) = sample();
    let database = folder.path().join("retain.db");
    let flaws = || examine(&database, None, moment(NOW)).expect("opens").expect("there").1;
    let told = || flaws().into_iter().map(|flaw| flaw.detail).collect::<Vec<_>>().join("; ");
    assert_eq!(told(), "");

    let raw = Connection::open(&database).expect("opens");
    let place = |name| {
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?";
        let page: u32 = raw.query_row(sql, [name], |row| row.get(0)).expect("a page");
        4096 * (page as usize - 1)
    };
    let (one, other) = (place("card_deleted"), place("question_words_idx"));
    let mut exchanged = bytes.clone();
    exchanged[one..one + 4096].copy_from_slice(&bytes[other..other + 4096]);
    exchanged[other..other + 4096].copy_from_slice(&bytes[one..one + 4096]);
    fs::write(&database, exchanged).expect("written");
    assert!(told().contains("the index card_deleted has other rows than its table"), "{}", told());
    assert!(told().contains("the search index does not say what"), "{}", told());
}

#[test]
fn each_index_of_some_rows_that_has_others_is_found() {
    let (folder, bytes) = sample();
    let database = folder.path().join("retain.db");
    let raw = || Connection::open(&database).expect("opens");
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%WHERE%'";
    let indexes: Vec<(String, String)> = {
        let raw = raw();
        let mut statement = raw.prepare(sql).expect("SQL");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("indexes")
    };
    assert!(indexes.len() >= 10, "{indexes:?}");
    let mut unseen = Vec::new();
    for (name, sql) in indexes {
        fs::write(&database, &bytes).expect("written");
        let (of_all_rows, _) = sql.split_once("WHERE").expect("a condition");
        let describe = |sql: &str| {
            let raw = raw();
            raw.pragma_update(None, "writable_schema", true).expect("allowed");
            let describe = "UPDATE sqlite_schema SET sql = ? WHERE name = ?";
            raw.execute(describe, [sql, &name]).expect("described");
        };
        describe(of_all_rows);
        raw().execute_batch(&format!("REINDEX {name}")).expect("filled");
        describe(&sql);
        let flaws = examine(&database, None, moment(NOW)).expect("opens").expect("there").1;
        let detail = format!("the index {name} has other rows than its table");
        if !flaws.iter().any(|flaw| flaw.detail == detail) {
            unseen.push(name);
        }
    }
    // Their own column is in their condition, and no query comes to the rows that do not fulfil it.
    assert_eq!(unseen, ["card_lapses", "card_hold", "card_home", "card_mature"]);
}

/// What a person adds for their own questions, and what somebody sends, is never run.
#[test]
fn an_index_of_ones_own_is_no_damage_and_its_words_are_not_run() {
    let (folder, _) = sample();
    let database = folder.path().join("retain.db");
    let own = "CREATE INDEX mine ON card (deck, (due) ) where due > 5;
               CREATE INDEX sent ON card (id) /*) WHERE id > 0 AND (WITH RECURSIVE endless AS (
                   SELECT 1 UNION ALL SELECT 1 FROM endless) SELECT count(*) FROM endless) > 0) -- */ WHERE id > 0;";
    Connection::open(&database).expect("opens").execute_batch(own).expect("made");
    assert_eq!(examine(&database, None, moment(NOW)).expect("opens").expect("there").1, []);
}

/// So many words that SQLite merges their pages a part at a time.
#[test]
fn the_search_index_is_fine_while_its_pages_are_merged() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("opens");
    let mut random = Rand64::new(1);
    for chapter in 0..8 {
        let name = DeckName { book: None, chapter: format!("{chapter} Things") };
        let import = store.import(&SCHEDULERS).expect("an import");
        let deck = import.add_deck(&name).expect("a deck");
        let mut adding = import.adding(deck, &name).expect("begun");
        for place in 0..400 {
            let words: Vec<String> = (0..100).map(|_| format!("{:x}", random.rand_u64())).collect();
            let question = Question::recall(format!("What is {place}?"), words.join(" ")).expect("a card");
            adding.card(place, 1, &question).expect("a card");
        }
        drop(adding);
        import.refresh(deck).expect("counts");
        import.commit().expect("committed");
        while store.index_more().expect("indexed") {}
        assert!(store.index_agrees().expect("it can be read"), "after {chapter} others");
    }
}

#[test]
fn a_card_that_has_lost_its_question_does_not_keep_the_search_index_busy_for_ever() {
    let (folder, _) = sample();
    let raw = Connection::open(folder.path().join("retain.db")).expect("opens");
    let lose = "DELETE FROM question WHERE card = (SELECT max(card) FROM question);
                UPDATE collection SET indexed_through = (SELECT max(card) FROM question)";
    raw.execute_batch(lose).expect("lost");
    drop(raw);
    let mut store = Store::open(folder.path()).expect("opens");
    assert!(!store.index_more().expect("it can be read"));
    assert_eq!(store.unindexed().expect("it can be read"), 1);
}

/// Rows that are worked out may have no end, in a file that somebody sends.
#[test]
fn a_view_in_the_place_of_a_table_is_never_read_from() {
    let (folder, backup, bytes) = sample_with_a_backup();
    let database = folder.path().join("retain.db");
    let (aside, sent) = (folder.path().join("set-aside/2026-11-28-100000.db"), folder.path().join("sent.db"));
    fs::create_dir(folder.path().join("set-aside")).expect("made");
    for table in TABLES {
        fs::write(&sent, &bytes).expect("written");
        let shown = table.to_uppercase();
        let exchange = format!(
            "PRAGMA legacy_alter_table = ON;
             ALTER TABLE {table} RENAME TO hidden;
             CREATE VIEW {shown} AS WITH RECURSIVE endless AS (SELECT 1 UNION ALL SELECT 1 FROM endless)
             SELECT hidden.* FROM endless, hidden;"
        );
        Connection::open(&sent).expect("opens").execute_batch(&exchange).expect("exchanged");
        fs::copy(&sent, &database).expect("copied");
        fs::copy(&sent, &aside).expect("copied");
        let sent = Backup::at(&sent).expect("a file");
        for told in [
            Store::open(folder.path()).map(drop),
            Store::open_to_read(folder.path()).map(drop),
            examine(&database, None, moment(NOW)).map(drop),
            sent.contents().map(drop),
            sent.verify().map(drop),
            Candidate::prepare(folder.path(), Some(&sent), &SCHEDULERS, true).map(drop),
        ] {
            let told = told.expect_err("it is refused").to_string();
            assert!(told.contains(&format!("its table {shown} is none")), "{told}");
        }
        assert_eq!(SetAside::all(folder.path())[0].contents(), None);
        for backup in [Some(&backup), None] {
            let restored = Candidate::prepare(folder.path(), backup, &SCHEDULERS, true).expect("prepared");
            assert!(restored.balance.then.events >= backup.map_or(0, |_| 48), "{:?}", restored.balance);
        }
    }
    let restored = Candidate::prepare(folder.path(), Some(&backup), &SCHEDULERS, true).expect("prepared");
    restored.commit(moment(NOW)).expect("exchanged");

    // One of a person's own is welcome.
    let own = Connection::open(&database).expect("opens");
    own.execute_batch("CREATE VIEW mine AS SELECT * FROM log").expect("made");
    drop(own);
    Store::open(folder.path()).expect("opens");
}
