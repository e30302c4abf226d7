//! Where knowledge is weak.

use super::*;
use crate::domain::stats::{Group, Groups, Topics};

/// The most rows of a drawing; the table has all that are told of.
const DRAWN: usize = 12;

pub(in crate::report) fn topics(page: &Topics) -> Section {
    let charts = [
        chart(ChartKind::Topics, "Topic", &page.topics),
        chart(ChartKind::Difficulties, "Difficulty", &page.difficulties),
        chart(ChartKind::Chapters, "Chapter", &page.chapters),
    ];
    Section {
        page: Page::Topics,
        basis: Basis::answers(page.answers),
        figures: vec![
            Figure::plain("Topics", Cell::whole(page.topics.all)),
            Figure::plain("Difficulties", Cell::whole(page.difficulties.all)),
            Figure::plain("Chapters", Cell::whole(page.chapters.all)),
        ],
        words: Vec::new(),
        charts: charts.into_iter().flatten().collect(),
    }
}

fn chart(kind: ChartKind, first: &'static str, groups: &Groups) -> Option<Chart> {
    let recalled = |group: &Group| group.recall.recalled;
    let drawn: Vec<&Group> =
        groups.weakest.iter().filter(|group| recalled(group).of > 0).take(DRAWN).collect();
    let weakest = drawn.first()?;
    let answers = groups.weakest.iter().map(|group| recalled(group).of).sum();
    let rows = drawn.iter().map(|group| row(&group.name, of(recalled(group)), recalled(group)));
    let told = format!(
        "A row for each of the {} weakest of {}, with the share recalled and Wilson's interval. The weakest is {}: {} \
         recalled.",
        drawn.len(),
        groups.all,
        shortened(&weakest.name, 60),
        of(recalled(weakest))
    );
    Some(Chart {
        kind,
        basis: Basis::answers(answers),
        told,
        drawing: Drawing::Ranges(Ranges { rows: rows.collect() }),
        table: table(first, groups),
    })
}

fn table(first: &'static str, groups: &Groups) -> Table {
    let row = |group: &Group| {
        let recalled = group.recall.recalled;
        vec![
            Cell::words(&group.name),
            Cell::whole(group.cards),
            Cell::whole(recalled.count),
            Cell::whole(recalled.of),
            Cell::share(recalled),
            Cell::low(recalled),
            Cell::high(recalled),
            group.recall.guessing.map_or_else(Cell::none, |guessing| Cell::percent(guessing.corrected)),
            group.answer_ms.map_or_else(Cell::none, Cell::seconds),
            Cell::whole(group.lapses),
        ]
    };
    let columns = vec![
        first,
        "Cards",
        "Recalled",
        "Answers",
        "Retention",
        "From",
        "To",
        "Beyond guessing",
        "Seconds",
        "Lapses",
    ];
    Table { columns, rows: groups.weakest.iter().map(row).collect() }
}
