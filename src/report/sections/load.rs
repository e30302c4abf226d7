//! What will be due.

use super::*;
use crate::domain::stats::Load;

pub(in crate::report) fn load(page: &Load) -> Section {
    let minutes =
        |minutes: Option<u64>| minutes.map(|minutes| format!("about {minutes} min")).unwrap_or_default();
    let mut figures = vec![
        Figure::plain("Cards with a day to be due", Cell::whole(page.scheduled)),
        Figure::noted("Overdue", Cell::whole(page.overdue), minutes(page.overdue_minutes)),
        Figure::plain("Due later than all below", Cell::whole(page.later)),
        Figure::plain("Suspended", Cell::whole(page.suspended)),
    ];
    figures.extend(page.pace.map(|pace| {
        let over = format!("over {}", counted(pace.answers, "answer"));
        Figure::noted("Seconds an answer", Cell::seconds(pace.answer_ms), over)
    }));
    let days = page.days.iter().map(|day| (day.day, day.due, day.minutes));
    let weeks = page.weeks.iter().map(|week| (week.from, week.due, week.minutes));
    let charts = [
        chart(ChartKind::Load, "Day", days.collect()),
        chart(ChartKind::LoadByWeek, "7 days from", weeks.collect()),
    ];
    Section {
        page: Page::Load,
        basis: Basis::cards(page.scheduled),
        figures,
        words: Vec::new(),
        charts: charts.into_iter().flatten().collect(),
    }
}

fn chart(kind: ChartKind, first: &'static str, spans: Vec<(StudyDay, usize, Option<u64>)>) -> Option<Chart> {
    let labels: Vec<String> = spans.iter().map(|(day, ..)| short_day(*day)).collect();
    let due = || spans.iter().map(|(_, due, _)| *due);
    let all: usize = due().sum();
    let rows = spans
        .iter()
        .map(|(day, due, minutes)| vec![Cell::whole(day), Cell::whole(due), Cell::maybe(*minutes)]);
    (all > 0).then(|| Chart {
        kind,
        basis: Basis::cards(all),
        told: format!("Columns of cards that will be due.{}", most(&labels, due())),
        drawing: Drawing::Columns(Columns::single(labels.clone(), due(), palette::BLUE)),
        table: Table { columns: vec![first, "Due", "Minutes"], rows: rows.collect() },
    })
}
