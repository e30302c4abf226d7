//! `retain report`: a page that is whole by itself, whose numbers are those of `retain stats`, whatever the decks
//! hold.

use std::{collections::HashSet, fs};

use chrono::{Days, NaiveDate};
use retain::report::ChartKind;
use roxmltree::{Document, Node, ParsingOptions};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    chapters::chapter,
    program::{Home, TODAY},
};

/// A home with two chapters and ninety days of answers to them, of which one is scheduled by FSRS.
pub fn studied() -> Home {
    let home = Home::new();
    let chapters = ["Chapter 1: Things", "Chapter 2: Others"].map(|title| chapter(title, 12));
    let [one, two] = ["one.md", "two.md"].map(|name| name.to_owned());
    let files = [home.write(&one, &chapters[0]), home.write(&two, &chapters[1].replace("Q1.", "Q2."))];
    home.write("config/config.toml", "[deck.\"2 Others\"]\nscheduler = \"fsrs\"\n");
    home.succeeds(&["import", &files[0], &files[1]]);
    answer(&home, 90);
    home
}

/// Imports answers of so many days up to yesterday: each card on every third day, a quarter of them wrong.
fn answer(home: &Home, days: u64) {
    let today = NaiveDate::parse_from_str(&TODAY[..10], "%Y-%m-%d").expect("a date");
    let mut log = "{\"format\":\"retain-log\",\"version\":1}\n".to_owned();
    for ago in (1..=days).rev() {
        let day = today - Days::new(ago);
        for (nth, (card, key)) in
            cards(home).iter().enumerate().filter(|(nth, _)| (*nth as u64 + ago).is_multiple_of(3))
        {
            let right = !(nth as u64 * 7 + ago).is_multiple_of(4);
            let chosen = if right { *key } else { (key + 1) % 4 };
            let line = json!({
                "device": "other", "at": format!("{day}T{:02}:{:02}:00+01:00", 8 + nth % 12, nth), "day": day.to_string(),
                "rollover": 4, "card": card, "kind": if right { "good" } else { "again" },
                "outcome": if right { "right" } else { "wrong" }, "chosen": [chosen], "covered": false,
                "place": if ago % 5 == 0 { 0 } else { (3 * nth as u64 + ago) % 4 },
                "took_ms": 3000 + 100 * nth, "interval": if right { [3, 3, 45, 3, 120][nth % 5] } else { 1 }, "scheduler": "sm2",
            });
            log += &format!("{line}\n");
        }
    }
    let file = home.write("log.jsonl", &log);
    home.succeeds(&["log", "import", &file]);
}

/// Each card's identity and the place of its right option. The database is the one place that tells both.
fn cards(home: &Home) -> Vec<(String, usize)> {
    let database = Connection::open(home.path().join("data/retain.db")).expect("a database");
    let mut statement = database.prepare("SELECT uid FROM card ORDER BY id").expect("cards");
    let uids = statement.query_map([], |row| row.get::<_, i64>(0)).expect("cards");
    uids.enumerate()
        .map(|(nth, uid)| (format!("{:016x}", uid.expect("an identity")), (nth % 12 + 1) % 4))
        .collect()
}

fn page(home: &Home, more: &[&str]) -> String {
    let file = home.path().join("report.html");
    let file = file.to_str().expect("UTF-8");
    home.succeeds(&[&["report", "--force", file], more].concat());
    fs::read_to_string(file).expect("a page")
}

/// The page is written so that a parser of XML reads it, which is stricter than one of HTML.
fn read(text: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}"))
}

fn named<'a, 'text>(page: &'a Document<'text>, id: &str) -> Node<'a, 'text> {
    let found = page.descendants().find(|node| node.attribute("id") == Some(id));
    found.unwrap_or_else(|| panic!("nothing is named {id}"))
}

fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()
}

/// What a cell holds: the number that was rounded for it, or what it shows.
fn held(cell: Node<'_, '_>) -> String {
    let exact = cell.descendants().find(|node| node.has_tag_name("data"));
    exact.and_then(|data| data.attribute("value")).map_or_else(|| words(cell), str::to_owned)
}

fn rows(page: &Document<'_>, chart: &str) -> Vec<Vec<String>> {
    let body = named(page, &format!("table-{chart}")).children().find(|node| node.has_tag_name("tbody"));
    let rows = body.expect("a body").children().filter(|node| node.has_tag_name("tr"));
    rows.map(|row| row.children().filter(Node::is_element).map(held).collect()).collect()
}

/// Whether a cell says the same as JSON does, but for the last bit, which the reader of JSON may miss. Of nothing
/// there is no share, and the page shows no interval.
fn agrees(cell: &str, value: &Value) -> bool {
    match value {
        Value::Null => cell == "–",
        Value::Number(number) => {
            let told = number.as_f64().expect("a number");
            cell == "–"
                || cell.parse::<f64>().is_ok_and(|held| (held - told).abs() <= f64::EPSILON * told.abs())
        }
        Value::String(text) => cell == text,
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

const TALLY: &[&str] =
    &["/answers", "/right_at_first/count", "/right_at_first/of", "/right_at_first/share", "/took_ms"];
const SPAN: &[&str] = &[
    "/from",
    "/all/recalled/count",
    "/all/recalled/of",
    "/all/recalled/share",
    "/all/recalled/low",
    "/all/recalled/high",
    "/all/guessing/corrected",
    "/young/share",
    "/young/of",
    "/mature/share",
    "/mature/of",
];
const RECALLED: &[&str] =
    &["/recalled/count", "/recalled/of", "/recalled/share", "/recalled/low", "/recalled/high"];
const BIN: &[&str] = &["/from", "/below", "/cards"];
const GROUP: &[&str] = &[
    "/name",
    "/cards",
    "/recalled/count",
    "/recalled/of",
    "/recalled/share",
    "/recalled/low",
    "/recalled/high",
    "/guessing/corrected",
    "/answer_ms",
    "/lapses",
];

/// Each table, where its rows stand in the JSON, and what its columns are there; "" for words that the page
/// shortens or sets in its own way.
fn tables() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let with = |first: &'static str, rest: &[&'static str]| [&[first], rest].concat();
    vec![
        ("days", "/lately/days", with("/day", TALLY)),
        ("weeks", "/lately/weeks", with("/from", TALLY)),
        ("retention-by-day", "/retention/by_day", SPAN.to_vec()),
        ("retention-by-week", "/retention/by_week", SPAN.to_vec()),
        ("retention-by-month", "/retention/by_month", SPAN.to_vec()),
        ("calendar", "/calendar/days", vec!["/day", "/answers", "/took_ms"]),
        ("hours", "/calendar/hours", vec!["/hour", "/answers"]),
        ("hours-recalled", "/calendar/hours", with("/hour", RECALLED)),
        ("weekdays", "/calendar/weekdays", vec!["/name", "/answers"]),
        ("weekdays-recalled", "/calendar/weekdays", with("/name", RECALLED)),
        ("load", "/load/days", vec!["/day", "/due", "/minutes"]),
        ("load-by-week", "/load/weeks", vec!["/from", "/due", "/minutes"]),
        ("intervals", "/cards/intervals/bins", BIN.to_vec()),
        ("ease", "/cards/ease/bins", BIN.to_vec()),
        ("stability", "/cards/stability/bins", BIN.to_vec()),
        ("difficulty", "/cards/difficulty/bins", BIN.to_vec()),
        ("retrievability", "/cards/retrievability/bins", BIN.to_vec()),
        ("topics", "/topics/topics/weakest", GROUP.to_vec()),
        ("difficulties", "/topics/difficulties/weakest", GROUP.to_vec()),
        ("chapters", "/topics/chapters/weakest", GROUP.to_vec()),
        ("grades", "/confusions/grades", vec!["/cards", "/answers", "/again", "/hard", "/good", "/easy"]),
        (
            "letters",
            "/confusions/letters",
            vec![
                "/letter",
                "/chosen/of",
                "/chosen/count",
                "/chosen/share",
                "/chosen/low",
                "/chosen/high",
                "/right/count",
                "/right/share",
            ],
        ),
        (
            "places",
            "/confusions/places/by_letter",
            vec![
                "/letter",
                "/chosen/of",
                "/chosen/count",
                "/chosen/share",
                "/chosen/low",
                "/chosen/high",
                "/even",
            ],
        ),
        (
            "confusions",
            "/confusions/confusions",
            vec![
                "/question",
                "/chapter",
                "",
                "",
                "",
                "/chosen/count",
                "/chosen/of",
                "/chosen/share",
                "/not_known",
                "/answers",
            ],
        ),
        (
            "hardest",
            "/confusions/hardest",
            vec![
                "/question",
                "/chapter",
                "",
                "/missed/count",
                "/missed/of",
                "/missed/share",
                "/missed/low",
                "/missed/high",
                "/lapses",
            ],
        ),
    ]
}

/// The most telling figures of the page: section, name, place in the JSON.
const FIGURES: [(&str, &str, &str); 17] = [
    ("lately", "Answered today", "/lately/done/answers"),
    ("lately", "Streak, days", "/lately/streak/days"),
    ("lately", "Due tomorrow", "/lately/due_tomorrow"),
    ("lately", "Answers of the period", "/lately/period/answers"),
    ("lately", "Right at first sight", "/lately/period/right_at_first/share"),
    ("lately", "Minutes of the period", "/lately/period/took_ms"),
    ("retention", "True retention", "/retention/all/recalled/share"),
    ("retention", "Young cards", "/retention/young/recalled/share"),
    ("retention", "Mature cards", "/retention/mature/recalled/share"),
    ("retention", "Beyond guessing", "/retention/all/guessing/corrected"),
    ("calendar", "Answers", "/calendar/answers"),
    ("calendar", "The longest streak", "/calendar/streak/longest"),
    ("load", "Cards with a day to be due", "/load/scheduled"),
    ("load", "Seconds an answer", "/load/pace/answer_ms"),
    ("cards", "Leeches", "/cards/leeches"),
    ("cards", "Stability, days", "/cards/stability/median"),
    ("prediction", "SM-2", "/prediction/measured/predictors/1/log_loss"),
];

const TENTH: &[&str] = &[
    "",
    "/predicted",
    "/recalled/count",
    "/recalled/of",
    "/recalled/share",
    "/recalled/low",
    "/recalled/high",
];

/// The stages of cards, which are no list in the JSON.
fn stages(stats: &Value) -> Vec<Value> {
    let stages = [("New", "new"), ("Learning", "learning"), ("Young", "young"), ("Mature", "mature")];
    stages.map(|(name, stage)| json!({ "name": name, "cards": stats["cards"][stage] })).to_vec()
}

/// What schedulers predicted and what was recalled: averages predict the same for every card, and are not drawn.
fn tenths(stats: &Value) -> Vec<Value> {
    let predictors = stats["prediction"]["measured"]["predictors"].as_array().expect("predictors");
    let schedulers =
        predictors.iter().filter(|it| ["fsrs", "sm2"].contains(&it["name"].as_str().expect("a name")));
    schedulers.flat_map(|it| it["calibration"].as_array().expect("tenths").clone()).collect()
}

#[track_caller]
fn assert_rows_agree(rows: &[Vec<String>], told: &[Value], chart: &str, columns: &[&str]) {
    assert_eq!(rows.len(), told.len(), "{chart}");
    for (row, value) in rows.iter().zip(told) {
        assert_eq!(row.len(), columns.len(), "{chart}");
        for (cell, column) in row.iter().zip(columns).filter(|(_, column)| !column.is_empty()) {
            let value = value.pointer(column).unwrap_or(&Value::Null);
            assert!(agrees(cell, value), "{chart}{column}: “{cell}” on the page, {value} in JSON");
        }
    }
}

#[track_caller]
fn assert_agrees(page: &Document<'_>, stats: &Value) {
    for (chart, place, columns) in tables() {
        let told = stats.pointer(place).and_then(Value::as_array).expect(place);
        assert_rows_agree(&rows(page, chart), told, chart, &columns);
    }
    assert_rows_agree(&rows(page, "stages"), &stages(stats), "stages", &["/name", "/cards"]);
    assert_rows_agree(&rows(page, "calibration"), &tenths(stats), "calibration", TENTH);
    for (section, name, place) in FIGURES {
        let section = named(page, &format!("page-{section}"));
        let mut names = section.descendants().filter(|node| node.has_tag_name("dt"));
        let figure = names.find(|node| words(*node) == name).and_then(|node| node.next_sibling_element());
        let figure = figure.unwrap_or_else(|| panic!("no figure is called {name}"));
        let number = figure.children().next().expect("a number");
        let held = number.attribute("value").or(number.text()).expect("a number").trim();
        let value = stats.pointer(place).expect(place);
        assert!(agrees(held, value), "{name}: “{held}” on the page, {value} in JSON");
    }
}

#[test]
fn every_number_is_that_of_the_statistics() {
    let home = studied();
    for more in [&[] as &[&str], &["--since", "2026-10-01", "--until", "2026-11-15"]] {
        let text = page(&home, more);
        let stats = home.json(&[&["stats", "--json"], more].concat(), TODAY);
        assert_agrees(&read(&text), &stats);
    }
}

#[test]
fn every_chart_is_drawn_and_told_in_words_and_numbers() {
    let home = studied();
    let text = page(&home, &[]);
    let page = read(&text);
    let figures = page.descendants().filter(|node| node.has_tag_name("figure"));
    let drawn: Vec<&str> = figures.filter_map(|node| node.attribute("id")).collect();
    assert_eq!(drawn, ChartKind::ALL.map(ChartKind::word));
    for chart in drawn {
        let svg =
            named(&page, chart).children().find(|node| node.tag_name().name() == "svg").expect("a picture");
        assert_eq!(svg.attribute("role"), Some("img"), "{chart}");
        let labels = svg.attribute("aria-labelledby").expect("labels").split(' ');
        assert!(labels.into_iter().all(|label| !words(named(&page, label)).is_empty()), "{chart}");
        let marks =
            svg.descendants().filter(|node| ["rect", "circle", "polygon"].contains(&node.tag_name().name()));
        assert!(marks.count() > 1, "{chart} shows nothing but its paper");
        assert!(!rows(&page, chart).is_empty(), "{chart} has no numbers");
    }
    let ids: Vec<&str> = page.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "an identity is there twice");
}

/// What would make a browser ask for something else.
#[track_caller]
fn assert_asks_for_nothing(text: &str) {
    let without_name = text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for asking in [
        "http:",
        "https:",
        "//",
        "url(",
        "@import",
        "<script",
        "<link",
        "<iframe",
        "<img",
        "src=",
        "javascript:",
    ] {
        assert!(!without_name.contains(asking), "{asking} is in it");
    }
}

#[test]
fn the_page_asks_for_nothing_and_its_links_stay_within_it() {
    let home = studied();
    let text = page(&home, &[]);
    assert_asks_for_nothing(&text);
    let page = read(&text);
    let links: Vec<&str> = page.descendants().filter_map(|node| node.attribute("href")).collect();
    assert_eq!(links.len(), 8);
    for link in links {
        named(&page, link.strip_prefix('#').expect("a place on the page"));
    }
}

#[test]
fn every_section_says_what_explains_it_and_what_it_rests_on() {
    let home = studied();
    let text = page(&home, &["--deck", "1 Things"]);
    let page = read(&text);
    for section in page.descendants().filter(|node| node.has_tag_name("section")) {
        let of_class = |class| {
            let found = section.children().find(|node| node.attribute("class") == Some(class));
            words(found.expect("a paragraph"))
        };
        assert!(of_class("basis").starts_with("Over "), "{}", of_class("basis"));
        assert!(of_class("explanation").split(". ").count() >= 2, "{}", of_class("explanation"));
    }
    assert!(text.contains("<h1>1 Things, all time</h1>"));
}

#[test]
fn what_strangers_wrote_stays_words() {
    let home = Home::new();
    let hostile = "<script>alert(1)</script>\u{202e}\u{1b}[2J\"><img src=x onerror=alert(1)> & so";
    let text = chapter(&format!("Chapter 1: {hostile}"), 12)
        .replace("[Topic", &format!("[{hostile} Topic"))
        .replace("Which thing", &format!("{hostile} thing"))
        .replace("wrong thing", &format!("{hostile} wrong thing"));
    let file = home.write("hostile.md", &text);
    home.run(&["import", &file]);
    answer(&home, 60);
    let text = page(&home, &[]);
    let page = read(&text);
    for name in ["script", "img"] {
        assert!(!page.descendants().any(|node| node.tag_name().name() == name), "{name}");
    }
    assert!(!page.descendants().any(|node| node.attribute("onerror").is_some()));
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
    assert!(
        words(named(&page, "table-topics")).contains("<script>alert(1)</script>⟨U+202E⟩␛[2J"),
        "shown as it is"
    );
}

#[test]
fn an_empty_collection_and_few_answers_are_told_as_such() {
    let home = Home::new();
    let text = page(&home, &[]);
    assert!(text.contains("There is nothing to draw yet.") && text.contains("no answers yet"));
    assert_eq!(read(&text).descendants().filter(|node| node.has_tag_name("figure")).count(), 0);
    let told = home.ends_with(&["report", "--chart", "days", "days.svg"], 1);
    assert!(told.contains("nothing to draw for “days”"), "{told}");

    let home = Home::with_chapter(12);
    answer(&home, 6);
    let text = page(&home, &[]);
    read(&text);
    assert!(text.contains("Over 24 answers, which is few"), "{text}");
    assert!(text.contains("below 100 nothing is said"));
}

#[test]
fn one_chart_is_a_picture_of_its_own() {
    let home = studied();
    for kind in ChartKind::ALL {
        let file = home.path().join("chart.svg");
        let file = file.to_str().expect("UTF-8");
        home.succeeds(&["report", "--force", "--chart", kind.word(), file]);
        let text = fs::read_to_string(file).expect("a picture");
        assert_asks_for_nothing(&text);
        let picture = read(&text);
        assert_eq!(picture.root_element().tag_name().name(), "svg");
        let shown: Vec<String> =
            picture.descendants().filter(|node| node.tag_name().name() == "text").map(words).collect();
        assert!(shown.iter().any(|line| line.trim() == kind.title()), "{}: {shown:?}", kind.word());
        assert!(shown.iter().any(|line| line.trim().starts_with("Over ")), "{}", kind.word());
        assert!(text.contains("prefers-color-scheme: dark"));
    }
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force_and_mistakes_are_told() {
    let home = studied();
    let file = home.write("mine.html", "mine");
    assert!(home.ends_with(&["report", &file], 1).contains("--force replaces it"));
    assert_eq!(fs::read_to_string(&file).expect("a file"), "mine");
    assert!(home.succeeds(&["report", "--force", &file]).contains("mine.html: "));
    let told = home.ends_with(&["report", "--chart", "nonsense", "x.svg"], 2);
    assert!(told.contains("retention-by-week") && told.contains("hardest"), "{told}");
    assert!(home.ends_with(&["report", "x.svg"], 2).contains("--chart"));
    assert!(home.ends_with(&["report", "--chart", "days", "x.html"], 2).contains(".svg"));
}

#[test]
fn the_examples_of_its_help_work() {
    let home = studied();
    let file = home.write("python.md", &chapter("Chapter 3: Python", 2).replace("Q1.", "Q3."));
    home.succeeds(&["import", &file]);
    let help = home.succeeds(&["report", "--help"]);
    let examples =
        help.split("Examples:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("examples");
    assert_eq!(examples.lines().count(), 4);
    for example in examples.lines() {
        let command = example.trim().split("    ").next().expect("a command");
        let mut command = home.command(&command.split(' ').skip(1).collect::<Vec<_>>(), TODAY);
        let output = command.current_dir(home.path()).output().expect("it runs");
        assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
