//! How far the cards have come.

use super::*;
use crate::domain::stats::{Bin, Cards, Histogram};

pub(in crate::report) fn cards(page: &Cards) -> Section {
    let whole = |name, number: usize| Figure::plain(name, Cell::whole(number));
    let mut figures = vec![
        whole("Cards", page.cards),
        whole("Suspended", page.suspended),
        whole("Buried", page.buried),
        whole("Flagged", page.flagged),
        whole("Leeches", page.leeches),
        whole("Retired, besides", page.retired),
    ];
    figures.extend(median("Interval, days", &page.intervals, 1.0));
    figures.extend(median("Ease", &page.ease, 1.0));
    figures.extend(median("Stability, days", &page.stability, 1.0));
    figures.extend(median("Difficulty", &page.difficulty, 1.0));
    figures.extend(median("Chance of recall today", &page.retrievability, 100.0));
    let charts = [
        stages(page),
        histogram(ChartKind::Intervals, &page.intervals, |from| format!("{from:.0}")),
        histogram(ChartKind::Ease, &page.ease, |from| format!("{from:.1}")),
        histogram(ChartKind::Stability, &page.stability, |from| format!("{from:.0}")),
        histogram(ChartKind::Difficulty, &page.difficulty, |from| format!("{from:.0}")),
        histogram(ChartKind::Retrievability, &page.retrievability, |from| format!("{:.0} %", from * 100.0)),
    ];
    Section {
        page: Page::Cards,
        basis: Basis::cards(page.cards),
        figures,
        words: Vec::new(),
        charts: charts.into_iter().flatten().collect(),
    }
}

fn stages(page: &Cards) -> Option<Chart> {
    let stages =
        [("New", page.new), ("Learning", page.learning), ("Young", page.young), ("Mature", page.mature)];
    let labels: Vec<String> = stages.iter().map(|(name, _)| (*name).to_owned()).collect();
    let numbers = || stages.iter().map(|(_, cards)| *cards);
    let rows = stages.iter().map(|(name, cards)| vec![Cell::words(name), Cell::whole(cards)]);
    (page.cards > 0).then(|| Chart {
        kind: ChartKind::Stages,
        basis: Basis::cards(page.cards),
        told: format!("Columns of cards.{}", most(&labels, numbers())),
        drawing: Drawing::Columns(Columns::single(labels.clone(), numbers(), palette::BLUE)),
        table: Table { columns: vec!["Stage", "Cards"], rows: rows.collect() },
    })
}

/// The median with the mean beside it; `None` where no card has the figure.
fn median(name: &'static str, histogram: &Histogram, unit: f64) -> Option<Figure> {
    let (mean, median) = (histogram.mean?, histogram.median?);
    let sign = if unit > 1.0 { " %" } else { "" };
    let note = format!("median, of {}; mean {:.2}{sign}", counted(histogram.cards, "card"), mean * unit);
    let cell = if unit > 1.0 { Cell::percent(median) } else { Cell::rounded(median, 2) };
    Some(Figure::noted(name, cell, note))
}

fn histogram(kind: ChartKind, histogram: &Histogram, name: fn(f64) -> String) -> Option<Chart> {
    let label = |bin: &Bin| if bin.below.is_some() { name(bin.from) } else { format!("{}+", name(bin.from)) };
    let labels: Vec<String> = histogram.bins.iter().map(label).collect();
    let numbers = || histogram.bins.iter().map(|bin| bin.cards);
    let row = |bin: &Bin| {
        let below = bin.below.map_or_else(Cell::none, |below| Cell::called(name(below), below));
        vec![Cell::called(name(bin.from), bin.from), below, Cell::whole(bin.cards)]
    };
    (histogram.cards > 0).then(|| Chart {
        kind,
        basis: Basis::cards(histogram.cards),
        told: format!(
            "Columns of cards; below each stands where its group begins.{}",
            most(&labels, numbers())
        ),
        drawing: Drawing::Columns(Columns::single(labels.clone(), numbers(), palette::BLUE)),
        table: Table {
            columns: vec!["From", "Below", "Cards"],
            rows: histogram.bins.iter().map(row).collect(),
        },
    })
}
