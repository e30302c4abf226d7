//! `retain evaluate` and `retain optimize`: which answers count, what is said of few, and that what was
//! fitted is judged on what it has not seen.

use std::fs;

use oorandom::Rand32;
use proptest::prelude::*;
use retain::{
    app::{Access, App, FEWEST_TO_FIT, Optimization, Setup},
    domain::{
        deck::Scope,
        evaluation::{Evaluation, Guessing, History, LAMBDAS, Predictor, Review, Standing},
        grade::Grade,
        ids::CardId,
        scheduler::fsrs::Parameters,
        time::StudyDay,
    },
};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    chapters::chapter,
    program::{self, Home},
};

const PREDICTORS: [Predictor; 3] = [Predictor::FsrsDefault, Predictor::Sm2, Predictor::MeanSoFar];

fn review(card: i64, day: i32, grade: Grade) -> Review {
    Review { card: CardId(card), day: StudyDay(day), grade, right: None }
}

fn evaluation(reviews: &[Review]) -> Option<Evaluation> {
    let history = History::new(reviews.iter().copied());
    Evaluation::new(&history, None, Predictor::MovingAverage, &PREDICTORS, 1)
}

/// Answers to so many cards over so many days: a quarter of the cards is hardly ever known.
fn reviews(cards: i64, days: i32) -> Vec<Review> {
    let mut random = Rand32::new(7);
    let mut reviews = Vec::new();
    for day in 0..days {
        for card in (1..=cards).filter(|card| (i64::from(day) + card) % (1 + card % 3) == 0) {
            let known = if card % 4 == 0 { 0.1 } else { 0.9 };
            let grade = if random.rand_float() < known { Grade::Good } else { Grade::Again };
            reviews.push(review(card, day, grade));
        }
    }
    reviews
}

/// The same as lines for `--answers`.
fn lines(reviews: &[Review]) -> String {
    let line = |review: &Review| json!({ "card": review.card.0.to_string(), "day": review.day.0, "grade": review.grade.word() });
    reviews.iter().map(|review| format!("{}\n", line(review))).collect()
}

#[test]
fn below_a_hundred_scored_answers_there_is_no_evaluation() {
    let hundred: Vec<Review> = (0..=100).map(|day| review(1, day, Grade::Good)).collect();
    assert!(evaluation(&hundred).is_some());
    assert!(evaluation(&hundred[1..]).is_none());
}

#[test]
fn a_scheduler_that_tells_known_cards_from_others_beats_the_moving_average() {
    let evaluation = evaluation(&reviews(120, 30)).expect("enough answers");
    let best = evaluation.best_scheduler().expect("schedulers");
    assert_eq!((best.predictor, best.standing()), (Predictor::FsrsDefault, Standing::Better));
    let baseline = evaluation.scores.last().expect("a baseline");
    assert_eq!((baseline.predictor, baseline.standing()), (Predictor::MovingAverage, Standing::Level));
}

#[test]
fn every_interval_holds_its_figure_and_every_answer_is_in_one_tenth() {
    let evaluation = evaluation(&reviews(12, 30)).expect("enough answers");
    for score in &evaluation.scores {
        for estimate in [Some(score.log_loss), Some(score.rmse_in_bins), score.auc].into_iter().flatten() {
            let interval = estimate.interval;
            assert!(interval.low <= estimate.value && estimate.value <= interval.high, "{score:?}");
        }
        let tenths = score.calibration.iter();
        assert_eq!(tenths.clone().map(|tenth| tenth.recalled.of).sum::<usize>(), evaluation.recalled.of);
        assert_eq!(tenths.map(|tenth| tenth.recalled.count).sum::<usize>(), evaluation.recalled.count);
    }
}

#[test]
fn guessing_among_few_options_explains_more_than_among_many() {
    // Two of three right among four options: (2/3 - 1/4) / (3/4) = 5/9; one of one right among two: 1.
    let answers = [
        (1, 0, None),
        (1, 1, Some(true)),
        (1, 2, Some(true)),
        (1, 3, Some(false)),
        (2, 0, None),
        (2, 1, Some(true)),
    ];
    let reviews = answers.map(|(card, day, right)| Review { right, ..review(card, day, Grade::Good) });
    let options = [(CardId(1), 4), (CardId(2), 2)].into();
    let guessing = Guessing::corrected(&History::new(reviews), &options).expect("multiple choice");
    assert_eq!((guessing.right.count, guessing.right.of), (3, 4));
    assert!((guessing.corrected - (3.0 * 5.0 / 9.0 + 1.0) / 4.0).abs() < 1e-12);
    assert_eq!(Guessing::corrected(&History::new(reviews), &[(CardId(3), 4)].into()), None);
}

fn any_reviews() -> impl Strategy<Value = Vec<Review>> {
    let answer = (0..12_i64, 0..3_i32, prop::sample::select(Grade::ALL.to_vec()));
    prop::collection::vec(answer, 200..900).prop_map(|answers| {
        let mut day = 0;
        let review = |(card, later, grade)| {
            day += later;
            review(card, day / 4, grade)
        };
        answers.into_iter().map(review).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_hangs_on_what_cards_are_called(reviews in any_reviews(), offset in 1..1000_i64) {
        let renamed: Vec<Review> =
            reviews.iter().map(|review| Review { card: CardId(offset - 7 * review.card.0), ..*review }).collect();
        prop_assert_eq!(evaluation(&reviews), evaluation(&renamed));
    }
}

/// Answers of somebody who knows each card by chance, on any day; with every other seed they forget nearly
/// everything at first and nearly nothing later.
fn random_reviews(seed: u64) -> Vec<Review> {
    let mut random = Rand32::new(seed);
    let cards = random.rand_range(5..120);
    let day_length = random.rand_range(cards / 2 + 1..cards * 2);
    let known = random.rand_float();
    let passing = Grade::ALL[1 + seed as usize % 3];
    let answer = |nth| {
        let card = random.rand_range(0..cards).into();
        let known = match seed % 2 {
            0 => known,
            _ if nth < 1000 => 0.1,
            _ => 0.95,
        };
        let grade = if random.rand_float() < known { passing } else { Grade::Again };
        review(card, (nth / day_length) as i32, grade)
    };
    (0..1500).map(answer).collect()
}

#[test]
fn whatever_the_answers_fitting_ends_and_no_blend_does_worse_than_the_published() {
    let mut lambdas = Vec::new();
    for seed in 0..40 {
        let history = History::new(random_reviews(seed));
        match Optimization::of(&history, || true).expect("nobody stops it") {
            Optimization::TooFew => assert!(history.scored_count() < FEWEST_TO_FIT),
            Optimization::NoFit(_) => {}
            Optimization::Judged(blends) => {
                assert!(blends.blend.value <= blends.default.value, "{seed}: {blends:?}");
                assert!(blends.blend.value <= blends.fit.value, "{seed}: {blends:?}");
                assert_eq!(blends.lambda == 0.0, blends.parameters == Parameters::default());
                lambdas.push(blends.lambda);
            }
        }
    }
    assert!(lambdas.iter().all(|lambda| LAMBDAS.contains(lambda)));
    assert!(lambdas.contains(&0.0) && lambdas.contains(&1.0), "{lambdas:?}");
}

#[test]
fn the_same_answers_always_bring_the_same_fit() {
    let history = History::new(reviews(120, 30));
    let fit = || Optimization::of(&history, || true).expect("nobody stops it");
    let first = fit();
    assert!(matches!(&first, Optimization::Judged(blends) if blends.lambda > 0.0), "{first:?}");
    assert_eq!(first, fit());
}

#[test]
fn too_few_cards_to_fit_anything_to_are_said_to_be_so() {
    let home = Home::new();
    let file = home.write("answers.jsonl", &lines(&reviews(12, 100)));
    let told = home.succeeds(&["optimize", "--answers", &file]).replace('\n', " ");
    assert!(told.starts_with("Nothing could be fitted to 720 answers: too few cards share"), "{told}");
}

#[test]
fn fitting_stops_when_it_is_told_to() {
    let history = History::new(reviews(120, 30));
    let stopped = Optimization::of(&history, || false).expect_err("stopped");
    assert_eq!(stopped.to_string(), "it was stopped; nothing was changed");
}

#[test]
fn few_answers_are_said_to_be_few() {
    let home = Home::new();
    let file =
        home.write("few.jsonl", &lines(&(0..50).map(|day| review(1, day, Grade::Good)).collect::<Vec<_>>()));
    let told = home.succeeds(&["evaluate", "--answers", &file]);
    assert!(told.starts_with("49 answers can be scored so far. Below 100 nothing"), "{told}");
    let told = home.succeeds(&["optimize", "--answers", &file]);
    assert!(told.starts_with("49 answers can be scored so far. Below 400 nothing"), "{told}");
    let told = home.succeeds(&["evaluate"]);
    assert!(told.starts_with("0 answers"), "{told}");
}

#[test]
fn a_line_that_makes_no_sense_is_named() {
    let home = Home::new();
    let line = |day| json!({ "card": "x", "day": day, "grade": "good" });
    let file = home.write("answers.jsonl", &format!("{}\n\n{}\n", line(3), line(2)));
    let told = home.ends_with(&["evaluate", "--answers", &file], 1);
    assert!(told.contains("answers.jsonl, line 3: card “x” was answered on day 3 already"), "{told}");
    let date = json!({ "card": "y", "day": "2026-11-22", "grade": "good" });
    let file = home.write("mixed.jsonl", &format!("{}\n{date}\n", line(3)));
    let told = home.ends_with(&["evaluate", "--answers", &file], 1);
    assert!(told.contains("line 2: its day is \"2026-11-22\", and the first one was 3"), "{told}");
}

#[test]
fn what_is_told_names_its_counts_and_whether_it_is_more_than_chance() {
    let home = Home::new();
    let file = home.write("answers.jsonl", &lines(&reviews(120, 30)));
    let told = home.succeeds(&["evaluate", "--answers", &file]).replace('\n', " ");
    let figures = home.json(&["evaluate", "--answers", &file, "--json"], program::TODAY);
    let scored = figures["scored"].as_u64().expect("a count");
    assert!(told.contains(&format!("{scored} answers scored, on 120 cards.")), "{told}");
    assert!(told.contains("FSRS-6 (published) predicts best of the schedulers."), "{told}");
    assert!(told.contains("more than chance"), "{told}");
    assert_eq!(figures["evaluation"]["best_scheduler"], "fsrs");
}

/// A collection of 120 cards whose log holds these answers. They are written straight into the database: a
/// synced commit for each would take a minute.
fn home_with(reviews: &[Review]) -> Home {
    let home = Home::with_chapter(120);
    append(&home, reviews);
    home
}

fn append(home: &Home, reviews: &[Review]) {
    let mut connection = Connection::open(home.path().join("data/retain.db")).expect("opens");
    let transaction = connection.transaction().expect("begins");
    let mut at: i64 = transaction
        .query_row("SELECT coalesce(max(at), 0) FROM log", [], |row| row.get(0))
        .expect("a number");
    transaction
        .execute("INSERT OR IGNORE INTO circumstance SELECT 1, device, 'sm2', 0, 4 FROM collection", [])
        .expect("inserted");
    for review in reviews {
        at += 1;
        let (card, day, grade) = (review.card.0, review.day.0, review.grade);
        let sql =
            "INSERT INTO log (card, at, day, kind, correct, covered, took_ms, interval, circumstance, chain)
                   VALUES (?, ?, ?, ?, ?, 0, 3000, 1, 1, 0)";
        let row = rusqlite::params![card, at, day, grade.word(), grade.passes()];
        transaction.execute(sql, row).expect("inserted");
    }
    let end = "UPDATE collection SET log_end = (SELECT max(id) FROM log), log_chain = 0";
    transaction.execute(end, []).expect("marked");
    transaction.commit().expect("committed");
}

fn figures(home: &Home, arguments: &[&str]) -> Value {
    home.json(arguments, program::TODAY)
}

#[test]
fn what_was_fitted_is_kept_with_consent_and_judged_on_later_answers_alone() {
    let all = reviews(120, 16);
    let (older, newer): (Vec<Review>, Vec<Review>) = all.iter().partition(|review| review.day < StudyDay(14));
    let home = home_with(&older);
    let evaluated = figures(&home, &["evaluate", "--json"]);
    let scored = evaluated["scored"].as_u64().expect("a count");
    assert_eq!((&evaluated["guessing"]["right"]["of"], &evaluated["own"]), (&json!(scored), &Value::Null));

    let kept = home.path().join("data/fsrs-parameters.toml");
    let told = home.succeeds(&["optimize"]);
    assert!(told.contains("Nothing was changed. `retain optimize --yes` would keep them in"), "{told}");
    let blend = figures(&home, &["optimize", "--json"])["blend"].clone();
    let seen = scored * 7 / 10;
    assert_eq!((&blend["fitted_to"], &blend["held_out"]), (&json!(seen), &json!(scored - seen)));
    assert!(!kept.exists());

    home.succeeds(&["optimize", "--yes"]);
    let stored: toml::Table = fs::read_to_string(&kept).expect("a file").parse().expect("TOML");
    let stored = &stored["fitted"][0];
    assert_eq!(stored["through"].as_str(), Some("1970-01-14"));
    let stored = stored["parameters"].as_array().expect("a list").iter().filter_map(toml::Value::as_float);
    let blended = blend["parameters"].as_array().expect("a list").iter().filter_map(Value::as_f64);
    let pairs: Vec<(f64, f64)> = stored.zip(blended).collect();
    assert!(pairs.len() == 21 && pairs.iter().all(|(one, other)| (one - other).abs() < 1e-12), "{pairs:?}");

    let own = figures(&home, &["evaluate", "--json"])["own"].clone();
    assert_eq!(own, json!({ "through": "1970-01-14", "scored": 0, "evaluation": null }));
    append(&home, &newer);
    let own = figures(&home, &["evaluate", "--json"])["own"].clone();
    assert_eq!(own["scored"], newer.len());
    assert_eq!(own["evaluation"]["predictors"][0]["name"], "fsrs-own");
    let told = home.succeeds(&["evaluate"]).replace('\n', " ");
    assert!(
        told.contains("had a part in the answers up to 1970-01-14, and are judged on those after"),
        "{told}"
    );
}

#[test]
fn undone_answers_and_those_of_other_decks_do_not_count() {
    let home = Home::with_chapter(120);
    let other = home.write("other.md", &chapter("Chapter 2: Others", 3));
    home.succeeds(&["import", &other]);
    append(&home, &(0..=100).map(|day| review(1, day, Grade::Good)).collect::<Vec<_>>());
    let scored = |arguments: &[&str]| figures(&home, arguments)["scored"].clone();
    assert_eq!(scored(&["evaluate", "--json", "--deck", "things"]), 100);
    assert_eq!(scored(&["evaluate", "--json", "--deck", "others"]), 0);

    let setup = Setup {
        data_dir: Some(home.path().join("data")),
        config_dir: Some(home.path().join("config")),
        now: Some(program::TODAY.parse().expect("RFC 3339")),
        seed: Some(1),
    };
    let mut app = App::open(&setup, Access::Write).expect("opens");
    assert!(app.undo(&Scope::Everything).expect("undone").is_some());
    assert_eq!(scored(&["evaluate", "--json"]), 99);
    assert!(app.redo(&Scope::Everything).expect("redone").is_some());
    assert_eq!(scored(&["evaluate", "--json"]), 100);
    app.reset(CardId(1)).expect("reset");
    assert_eq!(
        scored(&["evaluate", "--json"]),
        0,
        "what was answered before a reset says nothing of the card"
    );
}

#[test]
fn parameters_that_cannot_be_are_refused_by_name() {
    let home = Home::with_chapter(1);
    home.write("data/fsrs-parameters.toml", "[[fitted]]\nthrough = \"2026-01-01\"\n");
    let told = home.ends_with(&["evaluate"], 1);
    assert!(told.contains("fsrs-parameters.toml cannot be used: missing field"), "{told}");
}
