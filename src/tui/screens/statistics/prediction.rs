//! How well answers were predicted.

use ratatui::text::Line;

use super::{
    facts,
    view::Sheet,
    words::{NOTHING, counted, percent, percent_of},
};
use crate::{
    domain::{
        evaluation::{Measured, Measurement},
        stats::Prediction,
    },
    tui::{
        symbols,
        widgets::{
            board::Panel,
            scale::{Row, Scale},
        },
    },
};

pub(super) fn panels(figures: &Prediction, sheet: &Sheet) -> Vec<Panel> {
    let mut panels = vec![verdict(figures, sheet)];
    if let Some(measured) = &figures.measured {
        panels.push(measures(measured, sheet));
        let schedulers = measured.predictors.iter().filter(|one| one.predictor.is_scheduler());
        panels.extend(schedulers.map(|one| calibration(one, sheet)));
    }
    panels
}

fn verdict(figures: &Prediction, sheet: &Sheet) -> Panel {
    let (look, width) = (sheet.look, sheet.room.width);
    let mut lines = look.wrapped(&figures.verdict(), width as u16, 0, crate::tui::theme::Part::Text);
    lines.push(Line::default());
    let recalled = figures.measured.as_ref().map(|measured| {
        let share = measured.recalled;
        format!("{}, {} of {} to {}", percent(share), share.count, share.of, counted(measured.cards, "card"))
    });
    let beyond = figures.guessing.map(|guessing| {
        let answers = counted(guessing.right.of, "answer");
        format!("{} known, over {answers} to questions with one right option", percent_of(guessing.corrected))
    });
    let facts = [
        ("Scored", counted(figures.scored, "answer")),
        ("Recalled", recalled.unwrap_or_else(|| NOTHING.to_owned())),
        ("Corrected", beyond.unwrap_or_else(|| NOTHING.to_owned())),
    ];
    lines.extend(facts::lines(&facts, width, look));
    Panel::new("How well answers were predicted", lines)
}

fn measures(measured: &Measurement, sheet: &Sheet) -> Panel {
    let cells = |one: &Measured| {
        vec![
            one.predictor.label().to_owned(),
            format!("{:.4}", one.log_loss),
            format!("{:+.4}", one.beyond_baseline),
            format!("{:.4}", one.rmse_in_bins),
            one.auc.map_or_else(|| NOTHING.to_owned(), |auc| format!("{auc:.2}")),
        ]
    };
    let heads = ["predictor", "log loss", "to average", "RMSE", "AUC"];
    let rows: Vec<Vec<String>> = measured.predictors.iter().map(cells).collect();
    Panel::new(
        "Predictors: less is better, of AUC more",
        facts::table(&heads, &rows, sheet.room.width, sheet.look),
    )
}

fn calibration(measured: &Measured, sheet: &Sheet) -> Panel {
    let rows: Vec<Row> = measured
        .calibration
        .iter()
        .map(|tenth| Row {
            label: percent_of(tenth.predicted),
            figure: percent(tenth.recalled),
            share: tenth.recalled,
            other: Some(tenth.predicted),
        })
        .collect();
    let (look, width) = (sheet.look, sheet.room.width);
    let mut lines = Scale { rows: &rows, target: None, width }.lines(look);
    let words = format!("{} predicted, {} recalled", symbols::OTHER_POINT, symbols::POINT);
    lines.extend(facts::remark(&words, width, look));
    Panel::new(format!("Predicted and recalled: {}", measured.predictor.label()), lines)
}
