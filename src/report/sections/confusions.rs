//! What is mixed up.

use super::*;
use crate::domain::stats::{Confusion, Confusions, GradeCounts, HardQuestion, Letter, PlaceChosen, Places};

/// The most rows of a drawing.
const DRAWN: usize = 12;

pub(in crate::report) fn confusions(page: &Confusions) -> Section {
    let charts = [grades(page), letters(page), places(&page.places), wrong_options(page), hardest(page)];
    Section {
        page: Page::Confusions,
        basis: Basis::answers(page.answers),
        figures: Vec::new(),
        words: page.places.verdict(),
        charts: charts.into_iter().flatten().collect(),
    }
}

fn grades(page: &Confusions) -> Option<Chart> {
    let layer = |label, ink, figure: fn(&GradeCounts) -> usize| {
        let share = |kind: &GradeCounts| figure(kind) as f64 / kind.answers.max(1) as f64;
        Layer { label, ink, figures: page.grades.iter().map(share).collect() }
    };
    let layers = vec![
        layer("again", palette::ORANGE, |kind| kind.again),
        layer("hard", palette::PURPLE, |kind| kind.hard),
        layer("good", palette::BLUE, |kind| kind.good),
        layer("easy", palette::GREEN, |kind| kind.easy),
    ];
    let row = |kind: &GradeCounts| {
        let GradeCounts { cards, answers, again, hard, good, easy } = kind;
        let counts = [answers, again, hard, good, easy].map(Cell::whole);
        [Cell::words(cards)].into_iter().chain(counts).collect()
    };
    let labels = page.grades.iter().map(|kind| kind.cards.to_owned()).collect();
    (page.answers > 0).then(|| Chart {
        kind: ChartKind::Grades,
        basis: Basis::answers(page.answers),
        told: "Columns of the share of each grade, of answers to new, young and mature cards, and of those repeated on \
               the same day."
            .to_owned(),
        drawing: Drawing::Columns(Columns { labels, layers, stacked: false, shares: true }),
        table: Table {
            columns: vec!["Cards", "Answers", "Again", "Hard", "Good", "Easy"],
            rows: page.grades.iter().map(row).collect(),
        },
    })
}

fn letters(page: &Confusions) -> Option<Chart> {
    let figures =
        |share: fn(&Letter) -> Share| page.letters.iter().map(|letter| share(letter).value()).collect();
    let layers = vec![
        Layer { label: "chosen", ink: palette::ORANGE, figures: figures(|letter| letter.chosen) },
        Layer { label: "right", ink: palette::BLUE, figures: figures(|letter| letter.right) },
    ];
    let row = |letter: &Letter| {
        vec![
            Cell::words(&letter.letter.to_string()),
            Cell::whole(letter.chosen.of),
            Cell::whole(letter.chosen.count),
            Cell::share(letter.chosen),
            Cell::low(letter.chosen),
            Cell::high(letter.chosen),
            Cell::whole(letter.right.count),
            Cell::share(letter.right),
        ]
    };
    let answers = page.letters.first()?.chosen.of;
    Some(Chart {
        kind: ChartKind::Letters,
        basis: Basis::answers(answers),
        told: "Two columns for each letter of the author's: how often it was chosen, and how often it was right."
            .to_owned(),
        drawing: Drawing::Columns(Columns {
            labels: page.letters.iter().map(|letter| letter.letter.to_string()).collect(),
            layers,
            stacked: false,
            shares: true,
        }),
        table: Table {
            columns: vec!["Letter", "Answers", "Chosen", "Share", "From", "To", "Right", "Share right"],
            rows: page.letters.iter().map(row).collect(),
        },
    })
}

fn places(page: &Places) -> Option<Chart> {
    let figures = |figure: fn(&PlaceChosen) -> f64| page.by_letter.iter().map(figure).collect();
    let layers = vec![
        Layer { label: "chosen", ink: palette::ORANGE, figures: figures(|place| place.chosen.value()) },
        Layer { label: "evenly", ink: palette::BLUE, figures: figures(|place| place.even) },
    ];
    let row = |place: &PlaceChosen| {
        vec![
            Cell::words(&place.letter.to_string()),
            Cell::whole(place.chosen.of),
            Cell::whole(place.chosen.count),
            Cell::share(place.chosen),
            Cell::low(place.chosen),
            Cell::high(place.chosen),
            Cell::percent(place.even),
        ]
    };
    (page.known > 0).then(|| Chart {
        kind: ChartKind::Places,
        basis: Basis::answers(page.known),
        told: "Two columns for each place of the screen: how often the option there was chosen, and how often an even \
               choice would have chosen it."
            .to_owned(),
        drawing: Drawing::Columns(Columns {
            labels: page.by_letter.iter().map(|place| place.letter.to_string()).collect(),
            layers,
            stacked: false,
            shares: true,
        }),
        table: Table {
            columns: vec!["Place", "Answers", "Chosen", "Share", "From", "To", "Evenly"],
            rows: page.by_letter.iter().map(row).collect(),
        },
    })
}

fn wrong_options(page: &Confusions) -> Option<Chart> {
    let first = page.confusions.first()?;
    let drawn = page.confusions.iter().take(DRAWN).map(|it| {
        let name = format!("{}: {}", it.question, plain(&it.wrong));
        row(&name, format!("{} of {}", it.chosen.count, it.chosen.of), it.chosen)
    });
    let table_row = |it: &Confusion| {
        let right: Vec<String> = it.right.iter().map(|right| plain(right)).collect();
        vec![
            Cell::words(&it.question),
            Cell::words(&it.chapter),
            Cell::words(&plain(&it.stem)),
            Cell::words(&plain(&it.wrong)),
            Cell::words(&right.join("; ")),
            Cell::whole(it.chosen.count),
            Cell::whole(it.chosen.of),
            Cell::share(it.chosen),
            Cell::whole(it.not_known),
            Cell::whole(it.answers),
        ]
    };
    let columns = vec![
        "Question",
        "Chapter",
        "Asks",
        "Wrong option",
        "Right option",
        "Chosen",
        "Wrong answers",
        "Share",
        "Not known",
        "Answers",
    ];
    Some(Chart {
        kind: ChartKind::Confusions,
        basis: Basis { number: page.confusions.iter().map(|it| it.chosen.of).sum(), noun: "wrong answer" },
        told: format!(
            "A row for each question whose wrong answers chose one option more than once, with its share of them. The \
             first is {}: chosen in {} of {}.",
            shortened(&first.question, 60),
            first.chosen.count,
            counted(first.chosen.of, "wrong answer")
        ),
        drawing: Drawing::Ranges(Ranges { rows: drawn.collect() }),
        table: Table { columns, rows: page.confusions.iter().map(table_row).collect() },
    })
}

fn hardest(page: &Confusions) -> Option<Chart> {
    let first = page.hardest.first()?;
    let name = |it: &HardQuestion| format!("{}: {}", it.question, plain(&it.stem));
    let drawn = page
        .hardest
        .iter()
        .take(DRAWN)
        .map(|it| row(&name(it), format!("missed {} of {}", it.missed.count, it.missed.of), it.missed));
    let table_row = |it: &HardQuestion| {
        vec![
            Cell::words(&it.question),
            Cell::words(&it.chapter),
            Cell::words(&plain(&it.stem)),
            Cell::whole(it.missed.count),
            Cell::whole(it.missed.of),
            Cell::share(it.missed),
            Cell::low(it.missed),
            Cell::high(it.missed),
            Cell::whole(it.lapses),
        ]
    };
    Some(Chart {
        kind: ChartKind::Hardest,
        basis: Basis::answers(page.hardest.iter().map(|it| it.missed.of).sum()),
        told: format!(
            "A row for each of the hardest questions, with the share missed and Wilson's interval. The hardest is {}: \
             missed {} of {}.",
            shortened(&first.question, 60),
            first.missed.count,
            first.missed.of
        ),
        drawing: Drawing::Ranges(Ranges { rows: drawn.collect() }),
        table: Table {
            columns: vec![
                "Question", "Chapter", "Asks", "Missed", "Answers", "Share", "From", "To", "Lapses",
            ],
            rows: page.hardest.iter().map(table_row).collect(),
        },
    })
}
