//! What was remembered of what was due, and whether that changes.

use ratatui::text::Line;

use super::{
    Span as Back, facts,
    view::Sheet,
    words::{NOTHING, counted, few, interval, month, percent, percent_of, short, with_weekday},
};
use crate::{
    domain::{
        evaluation::Share,
        stats::{Recall, Retention, Span},
        time::StudyDay,
    },
    tui::{
        theme::Part,
        widgets::{
            board::Panel,
            scale::{Row, Scale},
        },
    },
};

pub(super) fn panels(figures: &Retention, sheet: &Sheet) -> Vec<Panel> {
    let mut panels = vec![whole(figures, sheet)];
    let by =
        |name, spans: &[Span], label: fn(StudyDay) -> String| over_time(name, spans, label, figures, sheet);
    let (days, weeks, months) = (
        by("day", &figures.by_day, with_weekday),
        by("week, from Monday on", &figures.by_week, short),
        by("month", &figures.by_month, month),
    );
    panels.extend(match sheet.span {
        Back::Month => [days, weeks],
        Back::Year | Back::AllTime => [months, weeks],
    });
    panels
}

fn whole(figures: &Retention, sheet: &Sheet) -> Panel {
    let (look, width) = (sheet.look, sheet.room.width);
    let all = figures.all.recalled;
    let kinds = [("all", figures.all), ("young", figures.young), ("mature", figures.mature)];
    let rows = kinds.map(|(label, recall)| row(label.to_owned(), recall.recalled));
    let mut lines = Scale { rows: &rows, target: figures.target, width }.lines(look);
    lines.push(Line::default());
    let heads = ["", "recalled", "95 % interval", "beyond guessing", "of answers"];
    lines.extend(facts::table(&heads, &kinds.map(|(label, recall)| cells(label, &recall)), width, look));
    lines.push(Line::default());
    lines.extend(target(figures, sheet));
    let over = format!("{} of {} count here{}.", all.of, counted(figures.answers, "answer"), few(all));
    lines.extend(facts::remark(&over, width, look));
    Panel::new(format!("True retention, {}", sheet.span.words()), lines)
}

fn cells(label: &str, recall: &Recall) -> Vec<String> {
    let corrected = recall.guessing.map(|guessing| percent_of(guessing.corrected));
    vec![
        label.to_owned(),
        percent(recall.recalled),
        interval(recall.recalled),
        corrected.unwrap_or_else(|| NOTHING.to_owned()),
        recall.recalled.of.to_string(),
    ]
}

fn target(figures: &Retention, sheet: &Sheet) -> Option<Line<'static>> {
    let target = figures.target?;
    Some(Line::from(vec![
        sheet.look.span(crate::tui::symbols::TARGET, Part::Target),
        sheet.look.span(format!(" {} is aimed at", percent_of(target)), Part::Faint),
    ]))
}

fn row(label: String, share: Share) -> Row {
    Row { label, figure: percent(share), share, other: None }
}

/// The newest first.
fn over_time(
    name: &str,
    spans: &[Span],
    label: fn(StudyDay) -> String,
    figures: &Retention,
    sheet: &Sheet,
) -> Panel {
    let rows: Vec<Row> = spans.iter().rev().map(|span| row(label(span.from), span.all.recalled)).collect();
    let scale = Scale { rows: &rows, target: figures.target, width: sheet.room.width };
    let mut lines = scale.lines(sheet.look);
    if lines.is_empty() {
        lines = facts::remark("No answers that count yet.", sheet.room.width, sheet.look);
    }
    Panel::new(format!("Recalled by {name}"), lines)
}
