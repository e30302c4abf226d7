//! `retain stats`, `retain streak` and `retain due --short`: the faces say the same, the examples of the help
//! work, and the cache of the log changes no figure.

use std::{fmt::Write as _, fs, path::PathBuf};

use retain::{
    app::{Access, AllFigures, App, Setup},
    domain::{
        deck::Scope,
        grade::Grade,
        ids::{CardId, EventId},
        review_log::Act,
        stats::{Page, Period},
    },
    store::Store,
};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    chapters::chapter,
    program::{Home, TODAY},
    store::{answer, moment, record},
};

const QUESTIONS: usize = 40;

/// A home with a chapter called Python and answers of these days to it, ever the same ones.
fn studied(days: std::ops::Range<u32>) -> Home {
    let home = Home::new();
    let file = home.write("python.md", &chapter("Chapter 1: Python", QUESTIONS));
    home.succeeds(&["import", &file]);
    add_answers(&home, days);
    home
}

/// One answer of each question on each of these days before 22 November 2026, by a log that is imported.
fn add_answers(home: &Home, days: std::ops::Range<u32>) {
    let mut log = String::from("{\"format\":\"retain-log\",\"version\":1}\n");
    for ago in days.rev() {
        let day =
            chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date") - chrono::Days::new(ago.into());
        for (nth, card) in uids(home).into_iter().enumerate() {
            let knows = !(nth * 7 + ago as usize * 3).is_multiple_of(8);
            let (kind, outcome, chosen) = if knows { ("good", "right", 1) } else { ("again", "wrong", 2) };
            // Places are younger than the first answers.
            let place =
                if ago < 100 { format!(",\"place\":{}", (nth + ago as usize) % 4) } else { String::new() };
            let (minute, second, interval) = (nth / 60, nth % 60, if knows { 1 + ago % 40 } else { 1 });
            writeln!(
                log,
                "{{\"device\":\"d\",\"at\":\"{day}T09:{minute:02}:{second:02}.000+01:00\",\"day\":\"{day}\",\
                 \"rollover\":4,\"card\":\"{card}\",\"kind\":\"{kind}\",\"chosen\":[{chosen}]{place},\
                 \"outcome\":\"{outcome}\",\"covered\":false,\"took_ms\":{},\"interval\":{interval},\
                 \"scheduler\":\"sm2\"}}",
                3_000 + nth
            )
            .expect("written");
        }
    }
    let file = home.write("log.jsonl", &log);
    home.succeeds(&["log", "import", &file]);
}

fn database(home: &Home) -> PathBuf {
    home.path().join("data/retain.db")
}

fn uids(home: &Home) -> Vec<String> {
    let connection = rusqlite::Connection::open(database(home)).expect("opens");
    let mut statement = connection.prepare("SELECT uid FROM card ORDER BY id").expect("prepared");
    let uids = statement.query_map([], |row| row.get::<_, i64>(0)).expect("cards");
    uids.map(|uid| format!("{:016x}", uid.expect("a card"))).collect()
}

fn cache(home: &Home) -> PathBuf {
    beside(home, "answers.cache")
}

fn beside(home: &Home, name: &str) -> PathBuf {
    home.path().join("data").join(name)
}

fn all(home: &Home) -> Value {
    home.json(&["stats", "--json"], TODAY)
}

const KEPT: [&str; 4] = ["answers.cache", "summary.cache", "forecasts.cache", "predictions.cache"];

fn setup(home: &Home) -> Setup {
    Setup {
        data_dir: Some(home.path().join("data")),
        config_dir: Some(home.path().join("config")),
        now: Some(TODAY.parse().expect("RFC 3339")),
        seed: Some(1),
    }
}

fn figures(home: &Home) -> AllFigures {
    let app = App::open(&setup(home), Access::Read).expect("opens");
    let statistics = app.statistics(&Scope::Everything, Period::ALL).expect("statistics");
    app.all_figures(&statistics).expect("figures")
}

/// What stands after `Examples:` in the help of a command, as far as it is a command of retain alone.
fn examples(home: &Home, command: &str) -> Vec<Vec<String>> {
    let help = home.succeeds(&[command, "--help"]);
    let lines = help.split("Examples:\n").nth(1).expect("examples").lines().map(str::trim);
    let commands = lines.filter_map(|line| line.strip_prefix("retain "));
    let alone = commands.map(|line| line.split(['|']).next().unwrap_or_default().split("  ").next());
    alone.flatten().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn the_examples_of_the_help_work() {
    let home = studied(0..3);
    for command in ["stats", "streak", "due"] {
        let examples = examples(&home, command);
        assert!(examples.len() >= 2, "{command}: {examples:?}");
        for example in examples {
            let arguments: Vec<&str> = example.iter().map(String::as_str).collect();
            assert!(!home.succeeds(&arguments).is_empty(), "{example:?}");
        }
    }
}

#[test]
fn nothing_was_answered_and_every_page_says_so() {
    let home = Home::with_chapter(3);
    let told = home.succeeds(&["stats"]);
    assert!(told.contains("Retention   none yet") && told.contains("Today       no answers"), "{told}");
    for page in Page::ALL {
        home.succeeds(&["stats", "--page", page.word(), "--explain"]);
    }
    let empty = Home::new();
    assert_eq!(all(&empty)["cards"]["cards"], 0);
    assert_eq!(empty.succeeds(&["streak"]), "0 days\n");
}

#[test]
fn the_summary_says_what_the_json_says_to_the_digit_and_fits_eighty_columns() {
    let home = studied(0..10);
    let told = home.succeeds(&["stats"]);
    let json = all(&home);
    let recalled = &json["retention"]["all"]["recalled"];
    let percent = |value: &Value| format!("{:.1}", value.as_f64().expect("a number") * 100.0);
    let expected = format!(
        "Retention   {} % ({}-{}) of {}; {} % known beyond guessing",
        percent(&recalled["share"]),
        percent(&recalled["low"]),
        percent(&recalled["high"]),
        recalled["of"],
        percent(&json["retention"]["all"]["guessing"]["corrected"])
    );
    assert!(told.contains(&expected), "{expected}\n{told}");
    let cards = &json["cards"];
    let expected =
        format!("Cards       {}: {} new, {} learning", cards["cards"], cards["new"], cards["learning"]);
    assert!(told.contains(&expected), "{expected}\n{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    assert!(told.lines().count() <= 24, "{told}");
}

#[test]
fn one_page_is_that_of_everything_and_what_the_app_gives() {
    let home = studied(0..10);
    let app = App::open(&setup(&home), Access::Read).expect("opens");
    let reader = app.statistics_reader().expect("a collection on disk");
    let elsewhere = std::thread::spawn(move || {
        let statistics = reader.read(&Scope::Everything, Period::ALL).expect("statistics");
        Page::ALL.map(|page| reader.figures(&statistics, page).expect("figures"))
    });
    let elsewhere = elsewhere.join().expect("no panic");
    let json = all(&home);
    for (page, figures) in Page::ALL.into_iter().zip(elsewhere) {
        let alone = home.json(&["stats", "--json", "--page", page.word()], TODAY);
        assert_eq!(alone[page.word()], json[page.word()]);
        // Through its words, as the other came.
        let told = serde_json::to_string(&figures).expect("JSON");
        assert_eq!(serde_json::from_str::<Value>(&told).expect("JSON"), json[page.word()]);
    }
}

#[test]
fn predictions_are_those_of_evaluate_to_the_digit() {
    let home = studied(0..10);
    let (page, evaluated) = (&all(&home)["prediction"], home.json(&["evaluate", "--json"], TODAY));
    assert_eq!(page["scored"], evaluated["scored"]);
    assert_eq!(page["guessing"], evaluated["guessing"]);
    let predictors = evaluated["evaluation"]["predictors"].as_array().expect("predictors");
    assert_eq!(predictors.len(), 4);
    for (nth, predictor) in predictors.iter().enumerate() {
        let found = &page["measured"]["predictors"][nth];
        for figure in ["log_loss", "rmse_in_bins", "auc", "beyond_baseline"] {
            assert_eq!(found[figure], predictor[figure]["value"], "{}", found["name"]);
        }
        assert_eq!(found["calibration"], predictor["calibration"]);
    }
}

#[test]
fn what_is_left_is_what_due_and_the_decks_say() {
    let home = studied(3..9);
    let (left, due) = (&all(&home)["lately"]["left"], home.json(&["due", "--json"], TODAY));
    for count in ["due", "left_out", "learning", "new_today"] {
        assert_eq!(left[count], due[count], "{count}");
    }
    let short = home.succeeds(&["due", "--short"]);
    assert_eq!(short, format!("{} due\n", due["due"]));
    for limits in ["reviews_per_day = 7\n", "reviews_per_day = 0\n", "new_per_day = 0\n"] {
        home.write("config/config.toml", limits);
        let due = home.json(&["due", "--json"], TODAY);
        let [all, out, learning, new] =
            ["due", "left_out", "learning", "new_today"].map(|count| due[count].as_u64().expect("a count"));
        let told =
            [(all - out + learning, "due"), (new, "new")].map(|(cards, word)| format!("{cards} {word}"));
        let told = told.iter().filter(|part| !part.starts_with("0 ")).cloned().collect::<Vec<_>>().join(", ");
        assert_eq!(home.succeeds(&["due", "--short"]), format!("{told}\n"), "{limits}");
        assert_eq!(home.succeeds(&["due", "python", "--short"]), format!("{told}\n"), "{limits}");
    }
    assert_eq!(Home::with_chapter(3).succeeds(&["due", "--short"]), "3 new\n");
    assert_eq!(Home::new().succeeds(&["due", "--short"]), "\n");
}

#[test]
fn with_fsrs_the_target_is_that_of_the_settings_and_memory_is_told() {
    let home = Home::new();
    home.write("config/config.toml", "scheduler = \"fsrs\"\nretention = 0.85\n");
    let file = home.write("python.md", &chapter("Chapter 1: Python", QUESTIONS));
    home.succeeds(&["import", &file]);
    add_answers(&home, 0..4);
    let json = all(&home);
    assert_eq!(json["retention"]["target"], 0.85);
    for figure in ["stability", "difficulty", "retrievability"] {
        assert_eq!(json["cards"][figure]["cards"], QUESTIONS, "{figure}");
    }
    assert_eq!(json["cards"]["ease"]["cards"], 0);
    assert!(home.succeeds(&["stats"]).contains("  target    85 %"));
}

#[test]
fn each_deck_tells_what_is_remembered_of_it_and_when_it_comes_next() {
    let home = studied(0..6);
    let (decks, stats) = (home.json(&["decks", "--json"], TODAY), all(&home));
    assert_eq!(decks[0]["recalled"], stats["retention"]["all"]["recalled"]);
    assert_eq!(decks[0]["next_due"], "2026-11-23");
    let told = home.succeeds(&["decks"]);
    let recalled = decks[0]["recalled"]["share"].as_f64().expect("a share") * 100.0;
    assert!(told.ends_with(&format!("{recalled:.1} %  2026-11-23\n")), "{told}");
    assert!(Home::with_chapter(3).succeeds(&["decks"]).ends_with("        -  -\n"));
}

#[test]
fn a_streak_is_told_for_people_and_programs() {
    let home = studied(1..5);
    assert_eq!(home.succeeds(&["streak"]), "4 days\n");
    let json = home.json(&["streak", "--json"], TODAY);
    assert_eq!(json, serde_json::json!({ "days": 4, "today": false, "longest": 4 }));
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    let home = Home::new();
    let told = home.ends_with(&["stats", "--since", "2026-11-02", "--until", "2026-11-01"], 1);
    assert!(told.contains("--until 2026-11-01 lies before --since 2026-11-02"), "{told}");
    home.succeeds(&["stats", "--since", "2026-11-02", "--until", "2026-11-02"]);
}

#[test]
fn many_answers_come_from_a_cache_that_changes_no_figure() {
    // 40 answers a day: more than 5,000.
    let home = studied(1..130);
    assert!(!cache(&home).exists());
    let first = all(&home);
    assert!(cache(&home).exists(), "written by whoever reads that many");
    assert_eq!(all(&home), first);

    // What came later is read from the log, and so is what takes back an answer in the cache.
    add_answers(&home, 0..1);
    let undone = "{\"format\":\"retain-log\",\"version\":1}\n{\"device\":\"d\",\
        \"at\":\"2026-11-22T12:00:00.000+01:00\",\"day\":\"2026-11-22\",\"rollover\":4,\"card\":\"CARD\",\
        \"kind\":\"undo\",\"scheduler\":\"sm2\",\"target\":{\"device\":\"d\",\
        \"at\":\"2026-11-20T09:00:00.000+01:00\"}}\n";
    let file = home.write("undo.jsonl", &undone.replace("CARD", &uids(&home)[0]));
    let (cached, streak) = (all(&home), home.succeeds(&["streak"]));
    assert_eq!(cached["lately"]["done"]["answers"], QUESTIONS);
    home.succeeds(&["log", "import", &file]);
    let undone = all(&home);
    assert_eq!(undone["lately"]["period"]["answers"], 130 * QUESTIONS - 1);
    fs::remove_file(cache(&home)).expect("deleted");
    assert_eq!((all(&home), home.succeeds(&["streak"])), (undone, streak));
}

#[test]
fn a_damaged_cache_or_one_of_another_log_is_not_believed() {
    let home = studied(1..130);
    let other = studied(2..131);
    let (told, _) = (figures(&home), figures(&other));
    let check = |name: &str, bytes: &[u8], what: &str| {
        // Alone, so that it is needed.
        KEPT.iter().for_each(|kept| fs::remove_file(beside(&home, kept)).expect("deleted"));
        fs::write(beside(&home, name), bytes).expect("written");
        if name == "answers.cache" {
            assert_eq!(home.succeeds(&["streak"]), "129 days\n", "{what}");
        }
        assert!(figures(&home) == told, "{name}: {what}");
    };
    for name in KEPT {
        let [sound, others] = [&home, &other].map(|home| fs::read(beside(home, name)).expect("a cache"));
        for place in [0, 9, 60, sound.len() / 2, sound.len() - 1] {
            let mut flipped = sound.clone();
            flipped[place] ^= 4;
            check(name, &flipped, &format!("a bit of byte {place} flipped"));
        }
        for length in [0, 100, sound.len() - 1] {
            check(name, &sound[..length], &format!("cut to {length} bytes"));
        }
        check(name, &others, "that of another log");
    }
}

#[test]
fn what_is_kept_beside_the_log_goes_on_with_it_and_changes_no_digit() {
    let home = studied(2..130);
    let beside = |name: &str| home.path().join("data").join(name);
    let read = || KEPT.map(|name| fs::read(beside(name)).expect("a file"));
    figures(&home);
    let old = read();
    let mut store = Store::open(&home.path().join("data")).expect("opens");
    let grades = [Grade::Good, Grade::Again, Grade::Easy, Grade::Hard, Grade::Again, Grade::Good];
    let steps: Vec<Vec<(i64, Act)>> = vec![
        grades.into_iter().zip(1..).map(|(grade, card)| (card, told(&store, card, grade))).collect(),
        vec![(1, Act::Suspend), (2, told(&store, 2, Grade::Good)), (7, told(&store, 7, Grade::Good))],
        // The answer before, and one that the files know of.
        vec![(7, Act::Undo { target: EventId(128 * QUESTIONS as i64 + 9) })],
        vec![(8, Act::Undo { target: EventId(8) })],
        vec![(9, Act::Reset), (9, told(&store, 9, Grade::Good))],
    ];
    let mut before = figures(&home);
    for (nth, acts) in steps.into_iter().enumerate() {
        for (card, act) in acts {
            record(&mut store, CardId(card), moment(TODAY), act);
        }
        let kept = figures(&home);
        assert!(kept != before, "step {nth} changes something");
        KEPT.iter().for_each(|name| fs::remove_file(beside(name)).expect("deleted"));
        assert!(figures(&home) == kept, "step {nth}");
        before = kept;
        // Those of before all steps go on with the next step too.
        KEPT.iter().zip(&old).for_each(|(name, bytes)| fs::write(beside(name), bytes).expect("written"));
    }
}

/// An answer with this grade as the screen would record it.
fn told(store: &Store, card: i64, grade: Grade) -> Act {
    answer(store, CardId(card), moment(TODAY), grade)
}

/// Another key or number of options, and an answer counts otherwise.
#[test]
fn a_summary_made_with_other_questions_is_not_believed() {
    let home = studied(1..130);
    let before = all(&home);
    let edited = chapter("Chapter 1: Python", QUESTIONS).replacen("**Answer: B**", "**Answer: A**", 1);
    assert_ne!(edited, chapter("Chapter 1: Python", QUESTIONS));
    let file = home.write("python.md", &edited);
    home.succeeds(&["import", &file]);
    let kept = all(&home);
    assert_ne!(kept["confusions"]["letters"], before["confusions"]["letters"]);
    fs::remove_file(home.path().join("data/summary.cache")).expect("deleted");
    assert_eq!(all(&home), kept);
}

/// A file that says something else, with checksums that fit: what only another program could write.
fn forged(sound: &[u8]) -> Vec<u8> {
    const HEAD: usize = 24;
    let length = u64::from_le_bytes(sound[8..16].try_into().expect("8 bytes")) as usize;
    let (header, rows) = (&sound[HEAD..HEAD + length], &mut sound[HEAD + length..].to_vec());
    let (header, before) = (String::from_utf8_lossy(header), xxh3_64(rows).to_string());
    // Something in the first row or number, but not the last row, which is compared with the log.
    let header = match rows.first_mut() {
        Some(byte) => {
            *byte ^= 1;
            header.replace(&before, &xxh3_64(rows).to_string())
        }
        None => header.replace("\"recalled\":[", "\"recalled\":[1"),
    };
    let mut forged = sound[..8].to_vec();
    forged.extend((header.len() as u64).to_le_bytes());
    forged.extend(xxh3_64(header.as_bytes()).to_le_bytes());
    forged.extend(header.as_bytes());
    forged.extend(&*rows);
    forged
}

#[test]
fn the_doctor_finds_files_of_statistics_that_are_wrong_and_a_repair_removes_them() {
    let home = studied(1..130);
    for name in KEPT {
        all(&home);
        home.succeeds(&["doctor"]);
        let sound = fs::read(beside(&home, name)).expect("a cache");
        fs::write(beside(&home, name), forged(&sound)).expect("written");
        let told = home.ends_with(&["doctor"], 5);
        assert!(told.contains(name) && told.contains("`retain doctor --repair`"), "{told}");
        assert!(home.succeeds(&["doctor", "--repair"]).contains("All is well."));
        assert!(!KEPT.iter().any(|name| beside(&home, name).exists()));
    }
}

#[test]
fn a_chapter_read_by_itself_has_the_figures_that_it_has_among_others() {
    let home = studied(0..6);
    let other = home.write("git.md", &chapter("Chapter 2: Git", 5));
    home.succeeds(&["import", &other]);
    let python = home.json(&["stats", "--json", "--deck", "python"], TODAY);
    let everything = all(&home);
    for page in ["retention", "calendar", "confusions", "prediction"] {
        assert_eq!(python[page], everything[page], "{page}");
    }
    assert_eq!(python["cards"]["cards"], QUESTIONS);
    assert_eq!(everything["cards"]["new"], 5);
}
