//! How well answers were predicted.

use super::*;
use crate::domain::{
    evaluation::{Measured, Predictor, Tenth},
    stats::Prediction,
};

pub(in crate::report) fn prediction(page: &Prediction) -> Section {
    let predictors = page.measured.iter().flat_map(|measured| &measured.predictors);
    let mut figures: Vec<Figure> = predictors
        .map(|it| {
            let auc = it.auc.map_or_else(|| "none".to_owned(), |auc| format!("{auc:.2}"));
            let note = format!("log loss; RMSE in bins {:.4}, AUC {auc}", it.rmse_in_bins);
            Figure::noted(it.predictor.label(), Cell::rounded(it.log_loss, 4), note)
        })
        .collect();
    figures.extend(page.guessing.map(|guessing| {
        let few = if guessing.right.is_of_few() { ", which is few" } else { "" };
        let note = format!("of {}{few}", counted(guessing.right.of, "answer"));
        Figure::noted("Known beyond guessing", Cell::percent(guessing.corrected), note)
    }));
    Section {
        page: Page::Prediction,
        basis: Basis { number: page.scored, noun: "scored answer" },
        figures,
        words: vec![page.verdict()],
        charts: calibration(page).into_iter().collect(),
    }
}

fn calibration(page: &Prediction) -> Option<Chart> {
    let measured = page.measured.as_ref()?;
    let schedulers: Vec<&Measured> =
        measured.predictors.iter().filter(|it| it.predictor.is_scheduler()).collect();
    let looks =
        [(palette::BLUE, Mark::Disc), (palette::ORANGE, Mark::Triangle), (palette::GREEN, Mark::Square)];
    let series: Vec<Series> = schedulers.iter().zip(looks).map(|(it, look)| series(it, look)).collect();
    let points = || series.iter().flat_map(|series| &series.points);
    let lows = points().flat_map(|point| [Some(point.x), point.interval.map(|(low, _)| low)]).flatten();
    let y = Axis::percent(lows.fold(1.0, f64::min));
    let low = y.range.start;
    let guide = Guide { label: "as predicted", from: (low, low), to: (1.0, 1.0) };
    let rows =
        schedulers.iter().flat_map(|it| it.calibration.iter().map(|tenth| row_of(&it.predictor, tenth)));
    let table = Table {
        columns: vec!["Scheduler", "Predicted", "Recalled", "Answers", "Share", "From", "To"],
        rows: rows.collect(),
    };
    Some(Chart {
        kind: ChartKind::Calibration,
        basis: Basis::answers(measured.recalled.of),
        told: "Points for tenths of the answers: to the right what was predicted, upwards what was recalled, with \
               Wilson's intervals. On the dashed line both are the same."
            .to_owned(),
        drawing: Drawing::Lines(Lines { x: y.clone(), y, series, guide: Some(guide) }),
        table,
    })
}

fn series(measured: &Measured, (ink, mark): (palette::Ink, Mark)) -> Series {
    let points = measured.calibration.iter().filter_map(|tenth| point(tenth.predicted, tenth.recalled));
    Series { label: measured.predictor.label(), ink, mark, joined: false, points: points.collect() }
}

fn row_of(predictor: &Predictor, tenth: &Tenth) -> Vec<Cell> {
    vec![
        Cell::words(predictor.label()),
        Cell::percent(tenth.predicted),
        Cell::whole(tenth.recalled.count),
        Cell::whole(tenth.recalled.of),
        Cell::share(tenth.recalled),
        Cell::low(tenth.recalled),
        Cell::high(tenth.recalled),
    ]
}
