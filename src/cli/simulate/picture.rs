//! The days of all plans as an SVG of its own: no script, no fonts or files from elsewhere, readable on light
//! and on dark, and told in words to whoever cannot see it. Plans differ in colour and in dashes.

use std::fmt::Write;

use super::{report::Report, trial::Trial};
use crate::domain::simulation::{Outcome, Range, Series};

/// Points of a line, at most.
const MOST_POINTS: usize = 120;
const WIDTH: f64 = 800.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 776.0;
/// The height of a panel's drawing, and from one panel's top to the next one's.
const PANEL: f64 = 200.0;
const STEP: f64 = 270.0;
const TOP: f64 = 66.0;
const LEGEND_LINE: f64 = 20.0;

/// Light and dark; the colours are told apart with any kind of sight, and the dashes without any.
const STYLE: &str = "\
svg { color: #1a1a1a; font: 13px sans-serif }
.paper { fill: #ffffff }
text { fill: currentColor }
.axis { stroke: currentColor; fill: none }
.grid { stroke: currentColor; stroke-opacity: 0.2 }
.line { fill: none; stroke-width: 2 }
.band { stroke: none; fill-opacity: 0.15 }
@media (prefers-color-scheme: dark) { svg { color: #e6e6e6 } .paper { fill: #16181d } }";

const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#8a8a8a"];
const DASHES: [&str; 4] = ["none", "8 4", "2 3", "12 3 2 3"];

/// What a panel shows.
struct Panel {
    title: &'static str,
    series: Series,
    top: f64,
}

/// The picture: reviews a day above minutes a day.
pub(super) fn svg(report: &Report<'_>) -> String {
    let panels = [
        Panel { title: "Reviews a day", series: Series::Reviews, top: TOP },
        Panel { title: "Minutes a day", series: Series::Minutes, top: TOP + STEP },
    ];
    let legend = TOP + STEP * panels.len() as f64;
    let height = legend + LEGEND_LINE * report.trials.len() as f64;
    let drawn: String = panels.iter().map(|panel| panel.drawn(report)).collect();
    let entries = report.trials.iter().enumerate();
    let entries: String = entries.map(|(nth, trial)| legend_entry(nth, trial, legend)).collect();
    let (title, description) = (escaped(&report.title()), escaped(&description(report)));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"title description\">\n\
         <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n\
         <style>{STYLE}</style>\n<rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"16\">{title}: median, and eight runs of ten</text>\n\
         {drawn}{entries}</svg>\n"
    )
}

/// What the picture shows, for whoever hears it.
fn description(report: &Report<'_>) -> String {
    let told = |(trial, outcome): (&Trial, &Outcome)| {
        let (reviews, minutes) = (outcome.reviews.mean, outcome.minutes.mean);
        format!(
            " {}: {:.1} reviews a day ({:.1} to {:.1}) and {:.1} minutes ({:.1} to {:.1}).",
            trial.label(),
            reviews.median,
            reviews.low,
            reviews.high,
            minutes.median,
            minutes.low,
            minutes.high
        )
    };
    let plans: String = report.plans().map(told).collect();
    format!("Lines of reviews and of minutes a day, simulated, with a band for eight runs of ten.{plans}")
}

impl Panel {
    fn drawn(&self, report: &Report<'_>) -> String {
        let together = report.days_together(MOST_POINTS);
        let plans: Vec<Vec<Range>> =
            report.simulation.outcomes.iter().map(|outcome| outcome.series(self.series, together)).collect();
        let most = round_up(plans.iter().flatten().map(|range| range.high).fold(0.0, f64::max));
        let mut drawn = self.axes(report.request.days.0, most);
        for (nth, ranges) in plans.iter().enumerate() {
            drawn.push_str(&self.plan(nth, ranges, most));
        }
        drawn
    }

    fn axes(&self, days: u32, most: f64) -> String {
        const LINES: usize = 4;
        const MARKS: u32 = 6;
        let (top, bottom) = (self.top, self.top + PANEL);
        let mut axes = format!("<text x=\"{LEFT}\" y=\"{:.1}\">{}</text>\n", top - 10.0, self.title);
        for line in 0..=LINES {
            let figure = most * line as f64 / LINES as f64;
            let y = self.height_of(figure, most);
            let _ = writeln!(
                axes,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
            );
            let (x, y, label) = (LEFT - 8.0, y + 4.0, number(figure));
            let _ = writeln!(axes, "<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{label}</text>");
        }
        let _ = writeln!(axes, "<path class=\"axis\" d=\"M{LEFT} {top} V{bottom} H{RIGHT}\"/>");
        for mark in 0..=MARKS {
            let day = f64::from(days * mark / MARKS);
            let x = LEFT + (RIGHT - LEFT) * day / f64::from(days);
            let y = bottom + 18.0;
            let _ = writeln!(axes, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{day}</text>");
        }
        let (x, y) = (f64::midpoint(LEFT, RIGHT), bottom + 36.0);
        let _ = writeln!(axes, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">days from today</text>");
        axes
    }

    fn plan(&self, nth: usize, ranges: &[Range], most: f64) -> String {
        let point = |(place, figure): (usize, f64)| {
            let x = LEFT + (RIGHT - LEFT) * (place as f64 + 0.5) / ranges.len() as f64;
            format!("{x:.1},{:.1}", self.height_of(figure, most))
        };
        let points = |figure: fn(&Range) -> f64| ranges.iter().map(figure).enumerate().map(point);
        let upper = points(|range| range.high);
        let mut lower: Vec<String> = points(|range| range.low).collect();
        lower.reverse();
        let band: Vec<String> = upper.chain(lower).collect();
        let line: Vec<String> = points(|range| range.median).collect();
        format!(
            "<polygon class=\"band\" fill=\"{}\" points=\"{}\"/>\n<polyline class=\"line\" {} points=\"{}\"/>\n",
            colour(nth),
            band.join(" "),
            stroke(nth),
            line.join(" ")
        )
    }

    fn height_of(&self, figure: f64, most: f64) -> f64 {
        self.top + PANEL * (1.0 - figure / most)
    }
}

fn legend_entry(nth: usize, trial: &Trial, top: f64) -> String {
    let y = top + LEGEND_LINE * nth as f64;
    let (end, text) = (LEFT + 40.0, LEFT + 50.0);
    format!(
        "<line class=\"line\" {} x1=\"{LEFT}\" x2=\"{end}\" y1=\"{y}\" y2=\"{y}\"/>\
         <text x=\"{text}\" y=\"{}\">{} a day</text>\n",
        stroke(nth),
        y + 4.0,
        escaped(&trial.label())
    )
}

fn colour(nth: usize) -> &'static str {
    COLOURS[nth % COLOURS.len()]
}

fn stroke(nth: usize) -> String {
    format!("stroke=\"{}\" stroke-dasharray=\"{}\"", colour(nth), DASHES[nth % DASHES.len()])
}

/// The next number that is easily read: 1, 2, 4, 6 or 8 times a power of ten.
fn round_up(figure: f64) -> f64 {
    if figure <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(figure.log10().floor());
    [1.0, 2.0, 4.0, 6.0, 8.0]
        .map(|times| times * power)
        .into_iter()
        .find(|round| *round >= figure)
        .unwrap_or(10.0 * power)
}

fn number(figure: f64) -> String {
    if figure.fract() == 0.0 { format!("{figure:.0}") } else { format!("{figure:.2}") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_number_that_is_easily_read() {
        assert_eq!(
            [0.0, 0.7, 1.0, 3.0, 61.0, 99.0, 420.0].map(round_up),
            [1.0, 0.8, 1.0, 4.0, 80.0, 100.0, 600.0]
        );
    }
}
