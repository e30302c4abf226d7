//! How far the cards have come, and how their intervals and memories are spread.

use super::{
    facts,
    view::Sheet,
    words::{counted, percent},
};
use crate::{
    domain::{
        evaluation::Share,
        stats::{Bin, Cards, Histogram},
    },
    tui::{
        theme::Part,
        widgets::{
            bars::{Bar, Bars},
            board::Panel,
            histogram,
        },
    },
};

pub(super) fn panels(figures: &Cards, sheet: &Sheet) -> Vec<Panel> {
    let mut panels = vec![stages(figures, sheet), holds(figures, sheet)];
    let spreads = [
        Spread { name: "Intervals in days", histogram: &figures.intervals, unit: 1.0, decimals: 0 },
        Spread { name: "Ease", histogram: &figures.ease, unit: 1.0, decimals: 2 },
        Spread { name: "Stabilities in days", histogram: &figures.stability, unit: 1.0, decimals: 0 },
        Spread { name: "Difficulties from 1 to 10", histogram: &figures.difficulty, unit: 1.0, decimals: 0 },
        Spread {
            name: "Chances of recall today in %",
            histogram: &figures.retrievability,
            unit: 100.0,
            decimals: 0,
        },
    ];
    panels
        .extend(spreads.iter().filter(|spread| spread.histogram.cards > 0).map(|spread| spread.panel(sheet)));
    panels
}

/// How a figure is spread, and how it is said.
struct Spread<'a> {
    name: &'static str,
    histogram: &'a Histogram,
    /// What it is multiplied by to be said.
    unit: f64,
    /// Of where a group begins.
    decimals: usize,
}

impl Spread<'_> {
    fn panel(&self, sheet: &Sheet) -> Panel {
        let groups: Vec<(String, usize)> =
            self.histogram.bins.iter().map(|bin| (self.beginning(bin), bin.cards)).collect();
        let (look, width) = (sheet.look, sheet.room.width);
        let mut lines = histogram::lines(&groups, width, sheet.room.chart, look);
        if let (Some(mean), Some(median)) = (self.histogram.mean, self.histogram.median) {
            let (mean, median) = (mean * self.unit, median * self.unit);
            let words = format!("From so much up to the next. Mean {mean:.2}, median {median:.2}.");
            lines.extend(facts::remark(&words, width, look));
        }
        Panel::new(format!("{} of {}", self.name, counted(self.histogram.cards, "card")), lines)
    }

    /// A group by where it begins: the next one tells where it ends.
    fn beginning(&self, bin: &Bin) -> String {
        let open = if bin.below.is_some() { "" } else { "+" };
        format!("{:.1$}{open}", bin.from * self.unit, self.decimals)
    }
}

fn stages(figures: &Cards, sheet: &Sheet) -> Panel {
    let bar = |label: &str, number: usize, part: Part| {
        let share = percent(Share { count: number, of: figures.cards });
        Bar::of(label, format!("{number} {share:>8}"), number, part)
    };
    let bars = [
        bar("new", figures.new, Part::New),
        bar("learning", figures.learning, Part::Learning),
        bar("young", figures.young, Part::Heat2),
        bar("mature", figures.mature, Part::Bar),
    ];
    Panel::new(
        counted(figures.cards, "card"),
        Bars { rows: &bars, width: sheet.room.width }.lines(sheet.look),
    )
}

fn holds(figures: &Cards, sheet: &Sheet) -> Panel {
    let facts = [
        ("Suspended", counted(figures.suspended, "card")),
        ("Buried", counted(figures.buried, "card")),
        ("Flagged", counted(figures.flagged, "card")),
        ("Leeches", format!("{}, forgotten again and again", counted(figures.leeches, "card"))),
        (
            "Retired",
            format!("{} that left their chapters, not counted above", counted(figures.retired, "card")),
        ),
    ];
    Panel::new("Of these", facts::lines(&facts, sheet.room.width, sheet.look))
}
