//! How a figure is spread over cards.

use serde::Serialize;

/// Cards by a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Histogram {
    /// How many cards have the figure.
    pub cards: usize,
    /// The mean; `None` without any card.
    pub mean: Option<f64>,
    /// Half of the cards have less, or just this.
    pub median: Option<f64>,
    /// The groups, the least figures first; together they hold all the cards.
    pub bins: Vec<Bin>,
}

/// Cards whose figures are near each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// The least figure of the group.
    pub from: f64,
    /// Where the next group begins; `None` for the last, which is open.
    pub below: Option<f64>,
    /// How many cards.
    pub cards: usize,
}

impl Histogram {
    /// Cards with these figures in groups that begin at these bounds; what is less than the first belongs to
    /// the first group all the same.
    pub fn new(mut figures: Vec<f64>, bounds: &[f64]) -> Self {
        let cards = figures.len();
        let mut bins: Vec<Bin> = bounds
            .iter()
            .enumerate()
            .map(|(nth, from)| Bin { from: *from, below: bounds.get(nth + 1).copied(), cards: 0 })
            .collect();
        for figure in &figures {
            let place = bounds.partition_point(|bound| bound <= figure).saturating_sub(1);
            bins[place].cards += 1;
        }
        let mean = (cards > 0).then(|| figures.iter().sum::<f64>() / cards as f64);
        let middle = cards.saturating_sub(1) / 2;
        let median = (cards > 0).then(|| *figures.select_nth_unstable_by(middle, f64::total_cmp).1);
        Self { cards, mean, median, bins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_is_in_one_group() {
        let histogram = Histogram::new(vec![0.5, 1.0, 1.5, 2.0, 70.0], &[1.0, 2.0, 7.0]);
        let told: Vec<_> = histogram.bins.iter().map(|bin| (bin.from, bin.below, bin.cards)).collect();
        assert_eq!(told, [(1.0, Some(2.0), 3), (2.0, Some(7.0), 1), (7.0, None, 1)]);
        assert_eq!((histogram.mean, histogram.median), (Some(15.0), Some(1.5)));
    }
}
