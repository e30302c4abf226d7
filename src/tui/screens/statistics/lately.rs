//! The first page: today, the period, and the last days and weeks as bars.

use ratatui::text::Line;

use super::{
    facts,
    view::Sheet,
    words::{NOTHING, counted, few, minutes, percent, seconds, short, weekly_labels},
};
use crate::{
    domain::stats::{Lately, Left, Tally, Week},
    tui::widgets::{
        bars::{Bar, Bars},
        board::Panel,
        columns::Columns,
    },
};

pub(super) fn panels(figures: &Lately, sheet: &Sheet) -> Vec<Panel> {
    vec![today(figures, sheet), days(figures, sheet), period(figures, sheet), weeks(figures, sheet)]
}

fn today(figures: &Lately, sheet: &Sheet) -> Panel {
    let Lately { done, left, due_tomorrow, streak, .. } = figures;
    let about = |cards: usize| figures.pace.map(|pace| format!(", about {}", minutes(pace.minutes(cards))));
    let about = |cards| about(cards).filter(|_| cards > 0).unwrap_or_default();
    let longest = counted(streak.longest as usize, "day");
    let facts = [
        ("Answered", counted(done.answers, "answer")),
        ("Right", right(done)),
        ("Time", time(done)),
        ("Left", format!("{}{}{}", counted(left.cards(), "card"), about(left.cards()), parts(left))),
        ("Tomorrow", format!("{} due{}", counted(*due_tomorrow, "card"), about(*due_tomorrow))),
        ("Streak", format!("{}, the longest {longest}", counted(streak.days as usize, "day"))),
    ];
    Panel::new("Today", facts::lines(&facts, sheet.room.width, sheet.look))
}

fn right(tally: &Tally) -> String {
    let share = tally.right_at_first;
    match share.of {
        0 => NOTHING.to_owned(),
        of => format!("{} at first sight, {} of {of}{}", percent(share), share.count, few(share)),
    }
}

fn time(tally: &Tally) -> String {
    let each = tally.took_ms.checked_div(tally.answers as u64);
    let each = each.map(|each| format!(", {} for each answer", seconds(each)));
    format!("{}{}", minutes(tally.minutes()), each.unwrap_or_default())
}

fn parts(left: &Left) -> String {
    let numbers = [
        (left.due - left.left_out, "due"),
        (left.learning, "to repeat"),
        (left.new_today, "new"),
        (left.left_out, "due beyond the limit"),
    ];
    let told: Vec<String> = numbers
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{number} {words}"))
        .collect();
    if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) }
}

fn days(figures: &Lately, sheet: &Sheet) -> Panel {
    let numbers: Vec<usize> = figures.days.iter().map(|day| day.tally.answers).collect();
    let labels = weekly_labels(figures.days.iter().map(|day| day.day));
    let chart =
        Columns { numbers: &numbers, labels: &labels, height: sheet.room.chart, width: sheet.room.width };
    let title =
        format!("{} in the last {}", counted(numbers.iter().sum(), "answer"), counted(numbers.len(), "day"));
    Panel::new(title, chart.lines(sheet.look))
}

fn period(figures: &Lately, sheet: &Sheet) -> Panel {
    let Lately { period, days_studied, pace, .. } = figures;
    let mean = period.answers as f64 / (*days_studied).max(1) as f64;
    let on_days = format!(" on {}, {mean:.1} a day", counted(*days_studied, "day"));
    let pace = pace.map(|pace| {
        format!(
            "{} for each answer, over {} of late",
            seconds(pace.answer_ms),
            counted(pace.answers, "answer")
        )
    });
    let facts = [
        ("Answered", format!("{}{on_days}", counted(period.answers, "answer"))),
        ("Right", right(period)),
        ("Time", time(period)),
        ("Pace", pace.unwrap_or_else(|| NOTHING.to_owned())),
    ];
    Panel::new(sheet.span.title(), facts::lines(&facts, sheet.room.width, sheet.look))
}

fn weeks(figures: &Lately, sheet: &Sheet) -> Panel {
    let answers = figures.weeks.iter().map(|week| week.tally.answers).sum();
    let title = format!("{} in {}", counted(answers, "answer"), counted(figures.weeks.len(), "week"));
    let bars: Vec<Bar> = figures.weeks.iter().rev().map(|week| bar(week, figures)).collect();
    let mut lines: Vec<Line> = Bars { rows: &bars, width: sheet.room.width }.lines(sheet.look);
    lines.extend(facts::remark("Answers, right at first sight, time.", sheet.room.width, sheet.look));
    Panel::new(title, lines)
}

fn bar(Week { from, tally }: &Week, figures: &Lately) -> Bar {
    let label = if *from == figures.today.monday() { "this week".to_owned() } else { short(*from) };
    let share = percent(tally.right_at_first);
    let figure = format!("{} {share:>8} {:>8}", tally.answers, minutes(tally.minutes()));
    Bar::plain(label, figure, tally.answers)
}
