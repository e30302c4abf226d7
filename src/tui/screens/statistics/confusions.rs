//! What is mixed up: wrong options that win, the hardest questions, grades, letters, and places of the screen.

use ratatui::text::{Line, Span};

use super::{
    facts,
    view::Sheet,
    words::{counted, percent},
};
use crate::{
    domain::stats::{Confusion, Confusions, GradeCounts, HardQuestion, PlaceChosen, Places},
    tui::{
        look::{fit, fit_line},
        symbols,
        theme::Part,
        widgets::{
            bars::{Bar, Bars, Segment},
            board::Panel,
            scale::{Row, Scale},
        },
    },
    typeset::{Document, columns, harmless_line},
};

pub(super) fn panels(figures: &Confusions, sheet: &Sheet) -> Vec<Panel> {
    vec![
        confusions(figures, sheet),
        grades(figures, sheet),
        hardest(figures, sheet),
        letters(figures, sheet),
        places(&figures.places, sheet),
    ]
}

fn confusions(figures: &Confusions, sheet: &Sheet) -> Panel {
    let mut lines: Vec<Line> = Vec::new();
    for confusion in &figures.confusions {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(confused(confusion, sheet));
    }
    if lines.is_empty() {
        let words = "No wrong option was chosen twice.";
        lines = facts::remark(words, sheet.room.width, sheet.look);
    }
    Panel::new("Wrong options that win", lines)
}

fn confused(confusion: &Confusion, sheet: &Sheet) -> Vec<Line<'static>> {
    let (look, width) = (sheet.look, sheet.room.width);
    let Confusion { question, stem, wrong, right, chosen, answers, .. } = confusion;
    let wins = format!("{} of {} wrong", chosen.count, chosen.of);
    let head = fit(&format!("{} {}", harmless_line(question), stem_line(stem)), width).into_owned();
    let option = |sign: &str, text: &str, part: Part, figure: &str| {
        let room = width.saturating_sub(4 + columns(figure));
        let text = fit(text, room).into_owned();
        let blanks = " ".repeat(room - columns(&text) + 2);
        Line::from(vec![
            look.span(format!("{sign} "), part),
            look.span(text, Part::Text),
            Span::raw(blanks),
            look.span(figure.to_owned(), Part::Faint),
        ])
    };
    let right = right.iter().map(|text| option_line(text)).collect::<Vec<_>>().join("; ");
    vec![
        look.line(head, Part::Title),
        option(symbols::WRONG, &option_line(wrong), Part::Wrong, &wins),
        option(symbols::RIGHT, &right, Part::Right, &counted(*answers, "answer")),
    ]
}

/// A stem in one line, its code too.
fn stem_line(stem: &str) -> String {
    Document::parse(stem).one_line().plain().trim().to_owned()
}

fn option_line(text: &str) -> String {
    Document::option(text).one_line().plain().trim().to_owned()
}

fn grades(figures: &Confusions, sheet: &Sheet) -> Panel {
    let (look, width) = (sheet.look, sheet.room.width);
    let cells = |counts: &GradeCounts| {
        let numbers = [counts.again, counts.hard, counts.good, counts.easy, counts.answers];
        std::iter::once(counts.cards.to_owned()).chain(numbers.map(|number| number.to_string())).collect()
    };
    let heads = ["to cards", "again", "hard", "good", "easy", "all"];
    let rows: Vec<Vec<String>> = figures.grades.iter().map(cells).collect();
    let mut lines = facts::table(&heads, &rows, width, look);
    lines.push(Line::default());
    let bars: Vec<Bar> = figures.grades.iter().map(grade_bar).collect();
    lines.extend(Bars { rows: &bars, width }.lines(look));
    let legend = GRADES.iter().flat_map(|(word, sign, part)| {
        [look.span(sign.repeat(2), *part), look.span(format!(" {word}   "), Part::Faint)]
    });
    lines.push(Line::from(legend.collect::<Vec<_>>()));
    Panel::new(format!("{} by grade", counted(figures.answers, "answer")), lines)
}

/// The denser, the better it was known.
const GRADES: [(&str, &str, Part); 4] = [
    ("again", symbols::HEATS[1], Part::Wrong),
    ("hard", symbols::HEATS[2], Part::Warning),
    ("good", symbols::HEATS[3], Part::Bar),
    ("easy", symbols::HEATS[4], Part::New),
];

fn grade_bar(counts: &GradeCounts) -> Bar {
    let numbers = [counts.again, counts.hard, counts.good, counts.easy];
    let segment = |(number, (_, sign, part))| Segment { number, sign, part };
    Bar {
        label: counts.cards.to_owned(),
        figure: counts.answers.to_string(),
        parts: numbers.into_iter().zip(GRADES).map(segment).collect(),
    }
}

fn hardest(figures: &Confusions, sheet: &Sheet) -> Panel {
    let mut lines: Vec<Line> = figures.hardest.iter().map(|question| hard(question, sheet)).collect();
    if lines.is_empty() {
        lines = facts::remark("Nothing was missed.", sheet.room.width, sheet.look);
    }
    Panel::new("The hardest questions", lines)
}

fn hard(question: &HardQuestion, sheet: &Sheet) -> Line<'static> {
    let width = sheet.room.width;
    let missed = format!("{} of {} missed", question.missed.count, question.missed.of);
    let words = format!("{} {}", harmless_line(&question.question), stem_line(&question.stem));
    let room = width.saturating_sub(columns(&missed) + 2);
    let words = fit(&words, room).into_owned();
    let blanks = " ".repeat(room - columns(&words) + 2);
    let line = Line::from(vec![
        sheet.look.span(words, Part::Text),
        Span::raw(blanks),
        sheet.look.span(missed, Part::Wrong),
    ]);
    fit_line(line, width)
}

fn letters(figures: &Confusions, sheet: &Sheet) -> Panel {
    let row = |letter: &crate::domain::stats::Letter| Row {
        label: letter.letter.to_string(),
        figure: percent(letter.chosen),
        share: letter.chosen,
        other: Some(letter.right.value()),
    };
    let rows: Vec<Row> = figures.letters.iter().map(row).collect();
    let (look, width) = (sheet.look, sheet.room.width);
    let mut lines = Scale { rows: &rows, target: None, width }.lines(look);
    let words = format!(
        "{} chosen, {} right, by the author's letters; you see them shuffled.",
        symbols::POINT,
        symbols::OTHER_POINT
    );
    lines.extend(facts::remark(&words, width, look));
    Panel::new("Letters chosen", lines)
}

fn places(places: &Places, sheet: &Sheet) -> Panel {
    let row = |place: &PlaceChosen| Row {
        label: place.letter.to_string(),
        figure: percent(place.chosen),
        share: place.chosen,
        other: Some(place.even),
    };
    let rows: Vec<Row> = places.by_letter.iter().map(row).collect();
    let (look, width) = (sheet.look, sheet.room.width);
    let sentences = places.verdict();
    let mut lines: Vec<Line> =
        sentences.iter().flat_map(|told| look.wrapped(told, width as u16, 0, Part::Text)).collect();
    if !rows.is_empty() {
        lines.extend(Scale { rows: &rows, target: None, width }.lines(look));
        let (chosen, even) = (symbols::POINT, symbols::OTHER_POINT);
        let words = format!("{chosen} chosen, {even} of an even choice; A is what was shown first.");
        lines.extend(facts::remark(&words, width, look));
    }
    Panel::new("Places on the screen", lines)
}
