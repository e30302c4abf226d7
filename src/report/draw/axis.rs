//! An axis: where it begins and ends, and which places on it bear words.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

/// From one number to another, with words at some.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    pub range: Range<f64>,
    pub marks: Vec<(f64, String)>,
}

/// The most marks of an axis of numbers.
const MOST: f64 = 5.0;

impl Axis {
    /// From nothing to the most that is counted.
    pub(crate) fn counts(most: f64) -> Self {
        let step = step(most).max(1.0);
        let end = step * (most / step).ceil().max(1.0);
        let marks = (0..=(end / step).round() as u32).map(|nth| f64::from(nth) * step);
        Self { range: 0.0..end, marks: marks.map(|at| (at, thousands(at))).collect() }
    }

    /// Percent, from the ten below the least share to all.
    pub(crate) fn percent(least: f64) -> Self {
        let low = (least * 10.0 + 1e-9).floor().clamp(0.0, 9.0);
        let tens = 10.0 - low;
        let every = if tens > MOST { 2 } else { 1 };
        let marks = (0..=tens as u32).step_by(every).map(|down| (10.0 - f64::from(down)) / 10.0);
        let mut marks: Vec<(f64, String)> = marks.map(|at| (at, format!("{:.0} %", at * 100.0))).collect();
        marks.reverse();
        Self { range: low / 10.0..1.0, marks }
    }

    /// A place for each of these words, of which no more are written than there is room for.
    pub(crate) fn places(labels: &[String]) -> Self {
        let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
        let room = if longest > 3 { 7 } else { 13 };
        let every = labels.len().div_ceil(room).max(1);
        let marks = labels.iter().enumerate().step_by(every);
        Self {
            range: -0.5..labels.len() as f64 - 0.5,
            marks: marks.map(|(place, label)| (place as f64, label.clone())).collect(),
        }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let Range { start, end } = self.range;
        from + (f64::from(to - from) * (value - start) / (end - start)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.marks.iter().map(|(at, _)| *at).collect()
    }

    fn range(&self) -> Range<f64> {
        self.range.clone()
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let found = self.marks.iter().find(|(at, _)| (at - value).abs() < 1e-9);
        found.map(|(_, words)| words.clone()).unwrap_or_default()
    }
}

/// A step that is easily read, 1, 2 or 5 times a power of ten, of which so much takes at most [`MOST`].
fn step(most: f64) -> f64 {
    if most <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf((most / MOST).log10().floor());
    let steps = [1.0, 2.0, 5.0].map(|times| times * power);
    steps.into_iter().find(|step| most / step <= MOST).unwrap_or(10.0 * power)
}

/// A whole number with its thousands set apart.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut told = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth) % 3 == 0 {
            told.push(',');
        }
        told.push(digit);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(axis: &Axis) -> String {
        axis.marks.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_axis_of_counts_ends_at_a_number_that_is_easily_read() {
        assert_eq!(told(&Axis::counts(0.0)), "0 1");
        assert_eq!(told(&Axis::counts(3.0)), "0 1 2 3");
        assert_eq!(told(&Axis::counts(61.0)), "0 20 40 60 80");
        assert_eq!(told(&Axis::counts(4200.0)), "0 1,000 2,000 3,000 4,000 5,000");
    }

    #[test]
    fn an_axis_of_percent_begins_below_the_least_share() {
        assert_eq!(told(&Axis::percent(0.83)), "80 % 90 % 100 %");
        assert_eq!(told(&Axis::percent(1.0)), "90 % 100 %");
        assert_eq!(told(&Axis::percent(0.0)), "0 % 20 % 40 % 60 % 80 % 100 %");
    }

    #[test]
    fn of_many_places_only_some_bear_words() {
        let labels: Vec<String> = (0..30).map(|day| format!("{day:02} Nov")).collect();
        assert_eq!(told(&Axis::places(&labels)), "00 Nov 05 Nov 10 Nov 15 Nov 20 Nov 25 Nov");
    }
}
