//! Each page in full, as tables of text.

use std::io::Write;

use super::{bars, summary::short, words};
use crate::{
    app::Figures,
    cli::text::{counted, percent, width},
    domain::{
        evaluation::{Measured, Share},
        stats::{
            Calendar, Cards, Confusions, Group, Groups, Histogram, Lately, Load, PlaceChosen, Places,
            Prediction, Retention, Span, Topics,
        },
    },
};

/// The columns of the longest bar.
const BAR: usize = 30;
/// The most lines of a table.
const LINES: usize = 20;

pub(super) fn tell(figures: &Figures, out: &mut dyn Write) -> anyhow::Result<()> {
    match figures {
        Figures::Lately(page) => lately(page, out),
        Figures::Retention(page) => retention(page, out),
        Figures::Calendar(page) => calendar(page, out),
        Figures::Load(page) => load(page, out),
        Figures::Cards(page) => cards(page, out),
        Figures::Topics(page) => topics(page, out),
        Figures::Confusions(page) => confusions(page, out),
        Figures::Prediction(page) => prediction(page, out),
    }
}

fn lately(page: &Lately, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "Today: {}", words::tally(&page.done))?;
    writeln!(out, "Period: {} on {}", words::tally(&page.period), counted(page.days_studied, "day"))?;
    writeln!(out, "Streak: {}", words::streak(page.streak))?;
    let left = page.left;
    writeln!(
        out,
        "Left: {} due, {} learning, {} new{}",
        left.due - left.left_out,
        left.learning,
        left.new_today,
        words::about_minutes(page.pace.map(|pace| pace.minutes(left.cards())))
    )?;
    writeln!(out, "Tomorrow: {} due\n", page.due_tomorrow)?;
    let most = page.weeks.iter().map(|week| week.tally.answers).max().unwrap_or_default();
    writeln!(out, "{:10}  {:>7}  {:>13}  {:>7}", "Week of", "Answers", "Right at once", "Minutes")?;
    for week in &page.weeks {
        let tally = &week.tally;
        let bar = bars::line(of(tally.answers, most), BAR);
        let line = format!(
            "{}  {:>7}  {:>13}  {:>7}  {bar}",
            week.from,
            tally.answers,
            tally.right_at_first,
            tally.minutes()
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn retention(page: &Retention, out: &mut dyn Write) -> anyhow::Result<()> {
    for (name, recall) in [("All", &page.all), ("Young", &page.young), ("Mature", &page.mature)] {
        writeln!(out, "{name:7} {}", words::recall(recall))?;
    }
    if let Some(target) = page.target {
        writeln!(out, "Target  {}", percent(target))?;
    }
    for (name, spans) in [("Day", &page.by_day), ("Week of", &page.by_week), ("Month of", &page.by_month)] {
        writeln!(out, "\n{name:10}  {:>7}  {:>26}  {:>7}  {:>7}", "Answers", "Retention", "Young", "Mature")?;
        for span in &spans[spans.len().saturating_sub(LINES)..] {
            writeln!(out, "{}", span_line(span))?;
        }
    }
    Ok(())
}

fn span_line(Span { from, all, young, mature, .. }: &Span) -> String {
    let retention = format!("{} ({})", all.recalled, all.recalled.range());
    format!("{from}  {:>7}  {retention:>26}  {young:>7}  {mature:>7}", all.recalled.of)
}

fn calendar(page: &Calendar, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{} on {}", counted(page.answers, "answer"), counted(page.days.len(), "day"))?;
    writeln!(out, "Streak: {}", words::streak(page.streak))?;
    if let Some(busiest) = page.busiest() {
        writeln!(out, "Busiest day: {} with {}", busiest.day, counted(busiest.answers, "answer"))?;
    }
    let most = page.weekdays.iter().map(|day| day.answers).max().unwrap_or_default();
    writeln!(out, "\n{:9}  {:>7}  {:>8}", "", "Answers", "Recalled")?;
    for day in &page.weekdays {
        table_line(format!("{:9}", day.name), day.answers, day.recalled, most, out)?;
    }
    let most = page.hours.iter().map(|hour| hour.answers).max().unwrap_or_default();
    writeln!(out, "\n{:9}  {:>7}  {:>8}", "Hour", "Answers", "Recalled")?;
    for hour in page.hours.iter().filter(|hour| hour.answers > 0) {
        table_line(format!("{:02}:00    ", hour.hour), hour.answers, hour.recalled, most, out)?;
    }
    Ok(())
}

fn table_line(
    name: String,
    answers: usize,
    recalled: Share,
    most: usize,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let bar = bars::line(of(answers, most), BAR);
    writeln!(out, "{}", format!("{name}  {answers:>7}  {recalled:>8}  {bar}").trim_end())?;
    Ok(())
}

fn load(page: &Load, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(
        out,
        "Overdue: {}{}",
        counted(page.overdue, "card"),
        words::about_minutes(page.overdue_minutes)
    )?;
    writeln!(out, "{} scheduled, {} suspended", counted(page.scheduled, "card"), page.suspended)?;
    let most = page.days.iter().map(|day| day.due).max().unwrap_or_default();
    writeln!(out, "\n{:10}  {:>5}  {:>7}", "Day", "Due", "Minutes")?;
    for day in &page.days {
        let (minutes, bar) = (minutes(day.minutes), bars::line(of(day.due, most), BAR));
        writeln!(out, "{}", format!("{}  {:>5}  {minutes:>7}  {bar}", day.day, day.due).trim_end())?;
    }
    let most = page.weeks.iter().map(|week| week.due).max().unwrap_or_default();
    writeln!(out, "\n{:10}  {:>5}  {:>7}", "7 days", "Due", "Minutes")?;
    for week in &page.weeks {
        let (minutes, bar) = (minutes(week.minutes), bars::line(of(week.due, most), BAR));
        writeln!(out, "{}", format!("{}  {:>5}  {minutes:>7}  {bar}", week.from, week.due).trim_end())?;
    }
    writeln!(out, "{:10}  {:>5}", "later", page.later)?;
    Ok(())
}

fn minutes(minutes: Option<u64>) -> String {
    minutes.map_or_else(|| "-".to_owned(), |minutes| minutes.to_string())
}

fn cards(page: &Cards, out: &mut dyn Write) -> anyhow::Result<()> {
    for (name, cards) in
        [("New", page.new), ("Learning", page.learning), ("Young", page.young), ("Mature", page.mature)]
    {
        let bar = bars::line(of(cards, page.cards), BAR);
        writeln!(out, "{}", format!("{name:10}  {cards:>6}  {bar}").trim_end())?;
    }
    writeln!(out, "{:10}  {:>6}", "All", page.cards)?;
    writeln!(
        out,
        "Of these {} suspended, {} buried, {} flagged, {}; {} retired besides",
        page.suspended,
        page.buried,
        page.flagged,
        words::leeches(page.leeches),
        page.retired
    )?;
    histogram("Interval, days", &page.intervals, 1.0, 0, out)?;
    histogram("Ease", &page.ease, 1.0, 2, out)?;
    histogram("Stability, days", &page.stability, 1.0, 0, out)?;
    histogram("Difficulty", &page.difficulty, 1.0, 0, out)?;
    histogram("Retrievability, %", &page.retrievability, 100.0, 0, out)
}

fn histogram(
    name: &str,
    histogram: &Histogram,
    unit: f64,
    decimals: usize,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (Some(mean), Some(median)) = (histogram.mean, histogram.median) else { return Ok(()) };
    let (mean, median) = (mean * unit, median * unit);
    writeln!(out, "\n{name}: mean {mean:.2}, median {median:.2}, of {}", counted(histogram.cards, "card"))?;
    let most = histogram.bins.iter().map(|bin| bin.cards).max().unwrap_or_default();
    for bin in &histogram.bins {
        let from = format!("from {:.decimals$}", bin.from * unit);
        let bar = bars::line(of(bin.cards, most), BAR);
        writeln!(out, "{}", format!("{from:10}  {:>6}  {bar}", bin.cards).trim_end())?;
    }
    Ok(())
}

fn topics(page: &Topics, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}", counted(page.answers, "answer"))?;
    groups("Topic", &page.topics, out)?;
    groups("Difficulty", &page.difficulties, out)?;
    groups("Chapter", &page.chapters, out)
}

fn groups(name: &str, groups: &Groups, out: &mut dyn Write) -> anyhow::Result<()> {
    let shown = groups.weakest.len().min(LINES);
    let more =
        if shown < groups.all { format!(", the {shown} weakest of {}", groups.all) } else { String::new() };
    writeln!(out, "\n{name}{more}")?;
    writeln!(
        out,
        "{:31}  {:>5}  {:>8}  {:>6}  {:>7}  {:>6}",
        "", "Cards", "Recalled", "of", "Seconds", "Lapses"
    )?;
    for group in groups.weakest.iter().take(LINES) {
        writeln!(out, "{}", group_line(group))?;
    }
    Ok(())
}

fn group_line(group: &Group) -> String {
    let name = short(&group.name);
    let pad = " ".repeat(31_usize.saturating_sub(unicode_width::UnicodeWidthStr::width(name.as_str())));
    let seconds = group.answer_ms.map_or_else(|| "-".to_owned(), |ms| format!("{:.1}", ms as f64 / 1e3));
    let recalled = group.recall.recalled;
    let (cards, lapses) = (group.cards, group.lapses);
    format!("{name}{pad}  {cards:>5}  {recalled:>8}  {:>6}  {seconds:>7}  {lapses:>6}", recalled.of)
}

fn confusions(page: &Confusions, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}\n", counted(page.answers, "answer"))?;
    writeln!(
        out,
        "{:10}  {:>7}  {:>6}  {:>6}  {:>6}  {:>6}",
        "Cards", "Answers", "Again", "Hard", "Good", "Easy"
    )?;
    for kind in &page.grades {
        let (again, hard, good, easy) = (kind.again, kind.hard, kind.good, kind.easy);
        writeln!(out, "{:10}  {:>7}  {again:>6}  {hard:>6}  {good:>6}  {easy:>6}", kind.cards, kind.answers)?;
    }
    writeln!(out, "\nThe author's letters")?;
    for letter in &page.letters {
        let (chosen, right) = (letter.chosen, letter.right);
        writeln!(out, "{}  chosen {chosen:>7}, right {right:>7}, of {}", letter.letter, letter.chosen.of)?;
    }
    places(&page.places, out)?;
    writeln!(out, "\nThe wrong option that wins")?;
    for confusion in &page.confusions {
        let right: Vec<String> =
            confusion.right.iter().map(|right| format!("\"{}\"", short(right))).collect();
        let told = format!(
            "{} ({}): \"{}\" in {} of {}, instead of {}",
            short(&confusion.question),
            short(&confusion.chapter),
            short(&confusion.wrong),
            confusion.chosen.count,
            counted(confusion.chosen.of, "wrong answer"),
            right.join(" and ")
        );
        hanging(&told, out)?;
    }
    writeln!(out, "\nThe hardest questions")?;
    for hard in &page.hardest {
        let missed = words::share(hard.missed);
        hanging(&format!("{} ({}): missed {missed}", short(&hard.question), short(&hard.chapter)), out)?;
    }
    Ok(())
}

fn places(places: &Places, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "\nPlaces on the screen")?;
    for PlaceChosen { letter, chosen, even, .. } in &places.by_letter {
        writeln!(out, "{letter}  chosen {chosen:>7}, evenly {:>7}, of {}", percent(*even), chosen.of)?;
    }
    places.verdict().iter().try_for_each(|sentence| hanging(sentence, out))
}

/// A line of a list, its further lines indented.
fn hanging(words: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let lines = textwrap::Options::new(usize::from(width())).subsequent_indent("  ");
    for line in textwrap::wrap(words, lines) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn prediction(page: &Prediction, out: &mut dyn Write) -> anyhow::Result<()> {
    for line in textwrap::wrap(&page.verdict(), usize::from(width())) {
        writeln!(out, "{line}")?;
    }
    if let Some(guessing) = &page.guessing {
        writeln!(out, "{}", words::guessing(guessing))?;
    }
    let Some(measurement) = &page.measured else { return Ok(()) };
    writeln!(out, "\n{:20}  {:>8}  {:>12}  {:>6}", "", "log loss", "RMSE in bins", "AUC")?;
    for Measured { predictor, log_loss, rmse_in_bins, auc, .. } in &measurement.predictors {
        let auc = auc.map_or_else(|| "none".to_owned(), |auc| format!("{auc:.2}"));
        writeln!(out, "{:20}  {log_loss:>8.4}  {rmse_in_bins:>12.4}  {auc:>6}", predictor.label())?;
    }
    let schedulers = measurement.predictors.iter().filter(|measured| measured.predictor.is_scheduler());
    for Measured { predictor, calibration, .. } in schedulers {
        writeln!(out, "\n{}\n{:>9}  {:>8}  {:>7}", predictor.label(), "predicted", "recalled", "answers")?;
        for tenth in calibration {
            let (said, seen) = (percent(tenth.predicted), tenth.recalled);
            writeln!(out, "{said:>9}  {seen:>8}  {:>7}", tenth.recalled.of)?;
        }
    }
    Ok(())
}

fn of(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}
