//! What several runs of one plan come to: each figure as a median, with the range from the tenth to the
//! ninetieth percentile of the runs.

use super::{LATE, Run, Tally};

/// A figure over all runs.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Range {
    /// One run in ten comes to less than this.
    pub low: f64,
    /// Half of the runs come to less.
    pub median: f64,
    /// Nine runs in ten come to less.
    pub high: f64,
}

/// What the days ask for.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Load {
    /// On an average day.
    pub mean: Range,
    /// On the heaviest day.
    pub peak: Range,
    /// On an average day of the last [`LATE`].
    pub late: Range,
}

/// A figure of each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// Due cards that are answered.
    Reviews,
    /// Cards that are answered for the first time.
    New,
    /// Further answers to cards that were not known.
    Repeats,
    /// Minutes of all answers.
    Minutes,
}

/// What several runs of one plan come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Due cards that are answered in a day.
    pub reviews: Load,
    /// Minutes a day, of all answers.
    pub minutes: Load,
    /// How many cards would be recalled on the last day.
    pub known: Range,
    /// Cards that were answered at least once by then.
    pub reached: Range,
    runs: Vec<Run>,
}

impl Range {
    /// The range of these figures; zeros where there are none.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut figures: Vec<f64> = figures.into_iter().collect();
        figures.sort_unstable_by(f64::total_cmp);
        let at = |share| percentile(&figures, share);
        Self { low: at(0.1), median: at(0.5), high: at(0.9) }
    }

    /// Whether a difference between the two may be due to chance.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// The figure below which this share of sorted figures lies, between two neighbours where it falls there.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = share * last as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

impl Series {
    fn figure(self, day: &Tally) -> f64 {
        const MINUTE_MS: f64 = 60_000.0;
        match self {
            Self::Reviews => f64::from(day.reviews),
            Self::New => f64::from(day.new),
            Self::Repeats => f64::from(day.repeats),
            Self::Minutes => day.took_ms as f64 / MINUTE_MS,
        }
    }

    fn mean(self, days: &[Tally]) -> f64 {
        days.iter().map(|day| self.figure(day)).sum::<f64>() / days.len().max(1) as f64
    }
}

impl Outcome {
    /// What these runs, all of as many days, come to.
    pub fn of(runs: Vec<Run>) -> Self {
        Self {
            reviews: load(&runs, Series::Reviews),
            minutes: load(&runs, Series::Minutes),
            known: Range::of(runs.iter().map(|run| run.known)),
            reached: Range::of(runs.iter().map(|run| run.reached as f64)),
            runs,
        }
    }

    /// A figure over the days: one after the other, or the averages of several days together.
    pub fn series(&self, series: Series, days_together: usize) -> Vec<Range> {
        let all = self.runs.first().map_or(0, |run| run.days.len());
        let together = days_together.max(1);
        let parts = (0..all).step_by(together).map(|from| from..(from + together).min(all));
        parts
            .map(|part| Range::of(self.runs.iter().map(|run| series.mean(&run.days[part.clone()]))))
            .collect()
    }
}

fn load(runs: &[Run], series: Series) -> Load {
    let peak = |run: &Run| run.days.iter().map(|day| series.figure(day)).fold(0.0, f64::max);
    let late = |run: &Run| series.mean(&run.days[run.days.len().saturating_sub(LATE.0 as usize)..]);
    Load {
        mean: Range::of(runs.iter().map(|run| series.mean(&run.days))),
        peak: Range::of(runs.iter().map(peak)),
        late: Range::of(runs.iter().map(late)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_goes_from_the_tenth_to_the_ninetieth_percentile() {
        let range = Range::of((0..=100).rev().map(f64::from));
        assert_eq!(range, Range { low: 10.0, median: 50.0, high: 90.0 });
        let range = Range::of([1.0, 2.0]);
        assert_eq!((range.low, range.median, range.high), (1.1, 1.5, 1.9));
        assert_eq!(Range::of([]), Range { low: 0.0, median: 0.0, high: 0.0 });
    }

    #[test]
    fn ranges_that_touch_may_differ_by_chance() {
        let range = |low, high| Range { low, median: low, high };
        assert!(range(1.0, 2.0).overlaps(&range(2.0, 3.0)) && range(2.0, 3.0).overlaps(&range(1.0, 2.0)));
        assert!(!range(1.0, 2.0).overlaps(&range(2.1, 3.0)));
    }

    #[test]
    fn days_are_told_alone_or_together() {
        let day = |reviews| Tally { reviews, took_ms: 60_000, ..Tally::default() };
        let run = Run { days: vec![day(1), day(5), day(4)], known: 2.0, reached: 3 };
        let outcome = Outcome::of(vec![run]);
        let medians = |together| {
            outcome.series(Series::Reviews, together).iter().map(|day| day.median).collect::<Vec<_>>()
        };
        assert_eq!(medians(1), [1.0, 5.0, 4.0]);
        assert_eq!(medians(2), [3.0, 4.0]);
        assert_eq!(outcome.reviews.peak.median, 5.0);
        assert_eq!(outcome.minutes.mean.median, 1.0);
    }
}
