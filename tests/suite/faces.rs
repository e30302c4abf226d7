//! Statistics have three faces and a fourth for programs: the screen, `retain stats`, the report and `--json`. The
//! same history has the same figures on all of them, to the digit that is shown.

use std::fs;

use retain::domain::stats::Page;
use serde_json::Value;

use crate::{
    program::{Home, TODAY},
    report::studied,
    screens::seat::Seat,
};

/// What a line must tell: whose figures these are, and the figures, wherever in it they stand.
type Told = (String, Vec<String>);

/// The pages with figures that stand beside a name, and what a face tells of each.
const PAGES: [Page; 5] = [Page::Retention, Page::Cards, Page::Topics, Page::Confusions, Page::Prediction];

fn percent(value: &Value) -> String {
    format!("{:.1}", value.as_f64().expect("a number") * 100.0)
}

fn digits(value: &Value, digits: usize) -> String {
    format!("{:.digits$}", value.as_f64().expect("a number"))
}

fn list<'a>(value: &'a Value, what: &str) -> &'a [Value] {
    value.as_array().unwrap_or_else(|| panic!("no {what}"))
}

fn name(value: &Value) -> String {
    value["name"].as_str().expect("a name").to_owned()
}

/// What the JSON of a page says, as lines of the other faces.
fn expected(page: Page, json: &Value) -> Vec<Told> {
    let figures = &json[page.word()];
    match page {
        Page::Retention => list(&figures["by_month"], "months")
            .iter()
            .map(|month| {
                let recalled = &month["all"]["recalled"];
                (
                    month["from"].as_str().expect("a day").to_owned(),
                    vec![percent(&recalled["share"]), recalled["of"].to_string()],
                )
            })
            .collect(),
        Page::Cards => ["new", "learning", "young", "mature"]
            .map(|stage| (stage.to_owned(), vec![figures[stage].to_string()]))
            .into(),
        Page::Topics => list(&figures["topics"]["weakest"], "topics")
            .iter()
            .map(|topic| {
                (name(topic), vec![percent(&topic["recalled"]["share"]), topic["recalled"]["of"].to_string()])
            })
            .collect(),
        Page::Confusions => {
            let grades = list(&figures["grades"], "grades").iter().map(|kind| {
                let counts =
                    ["again", "hard", "good", "easy", "answers"].map(|count| kind[count].to_string());
                (kind["cards"].as_str().expect("a kind").to_owned(), counts.into())
            });
            let letter = |place: &Value| place["letter"].as_str().expect("a letter").to_owned();
            let places = list(&figures["places"]["by_letter"], "places");
            let shares = places.iter().map(|place| {
                (letter(place), vec![percent(&place["chosen"]["share"]), place["chosen"]["of"].to_string()])
            });
            let favoured = places.iter().filter(|place| place["stands_out"] == true);
            let sentences =
                favoured.map(|place| (format!("You choose place {} ", letter(place)), Vec::new()));
            grades.chain(shares).chain(sentences).collect()
        }
        Page::Prediction => list(&figures["measured"]["predictors"], "predictors")
            .iter()
            .zip(["FSRS-6 (published)", "SM-2", "mean so far", "moving average"])
            .map(|(of, label)| {
                let figures =
                    [digits(&of["log_loss"], 4), digits(&of["rmse_in_bins"], 4), digits(&of["auc"], 2)];
                (label.to_owned(), figures.into())
            })
            .collect(),
        Page::Lately | Page::Calendar | Page::Load => Vec::new(),
    }
}

/// The numbers of a line, as they are written.
fn numbers(line: &str) -> Vec<&str> {
    let parts = line.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    parts.map(|part| part.trim_matches('.')).filter(|part| !part.is_empty()).collect()
}

#[track_caller]
fn assert_tells(face: &str, page: Page, lines: &[String], (name, figures): &Told) {
    let tells = |line: &&String| {
        let found = numbers(line);
        line.to_lowercase().contains(&name.to_lowercase())
            && figures.iter().all(|figure| found.contains(&figure.as_str()))
    };
    let all = lines.join("\n");
    assert!(lines.iter().any(|line| tells(&line)), "{face}, {}: {name} {figures:?} in\n{all}", page.word());
}

/// The rows of the report's tables, and its paragraphs.
fn rows(home: &Home) -> Vec<String> {
    let file = home.path().join("report.html");
    home.succeeds(&["report", "--force", file.to_str().expect("UTF-8")]);
    let text = fs::read_to_string(file).expect("a page");
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let page = roxmltree::Document::parse_with_options(&text, options).expect("a page");
    let row = |row: roxmltree::Node<'_, '_>| {
        let words = row.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
        words.collect::<Vec<_>>().join(" ")
    };
    page.descendants().filter(|node| node.has_tag_name("tr") || node.has_tag_name("p")).map(row).collect()
}

#[test]
fn the_same_history_has_the_same_figures_on_every_face() {
    let home = studied();
    let json = home.json(&["stats", "--json"], TODAY);
    let report = rows(&home);
    let mut seat = Seat::before(&home.path().join("data/retain.db"), &TODAY[..10], 200, 120);
    seat.press("s a p");
    for page in PAGES {
        let told = home.succeeds(&["stats", "--page", page.word()]);
        let told: Vec<String> = told.lines().map(str::to_owned).collect();
        let key = Page::ALL.iter().position(|other| *other == page).expect("a page") + 1;
        seat.press(&key.to_string());
        let seen: Vec<String> = seat.seen().lines().map(str::to_owned).collect();
        let expected = expected(page, &json);
        assert!(expected.len() > 2, "{} tells too little to compare", page.word());
        for (name, figures) in expected {
            let on_screen = match page {
                Page::Retention => month_in_words(&name),
                _ => name.clone(),
            };
            assert_tells("stats", page, &told, &(name.clone(), figures.clone()));
            if page != Page::Prediction {
                assert_tells("report", page, &report, &(name, figures.clone()));
            }
            assert_tells("screen", page, &seen, &(on_screen, figures));
        }
    }
}

/// The report tells of predictors in a sentence about the best scheduler.
#[test]
fn the_report_names_the_loss_of_the_best_scheduler() {
    let home = studied();
    let json = home.json(&["stats", "--json"], TODAY);
    let told = expected(Page::Prediction, &json);
    let best = told[..2].iter().min_by(|a, b| a.1[0].cmp(&b.1[0])).expect("schedulers");
    assert_tells("report", Page::Prediction, &rows(&home), &(best.0.clone(), vec![best.1[0].clone()]));
}

/// `2026-11-01` as the screen says it: `Nov 2026`.
fn month_in_words(day: &str) -> String {
    let day: chrono::NaiveDate = day.parse().expect("a date");
    day.format("%b %Y").to_string()
}
