//! How likely something is when nothing but chance is at work.

/// What happens by chance less often than once in a thousand chapters is said to be no chance. A tighter
/// bound than the usual one in twenty, because several lints look at each of many chapters.
pub(super) const BOUND: f64 = 0.001;

/// How likely it is that of trials with these chances so many or more succeed.
///
/// Taken from the binomial distribution with the mean of the chances. Where they differ, its upper tail
/// is the heavier one (Hoeffding 1956, "On the distribution of the number of successes in independent
/// trials"), so that it errs towards silence.
pub(super) fn at_least(successes: usize, chances: &[f64]) -> f64 {
    let trials = chances.len() as f64;
    let chance = chances.iter().sum::<f64>() / trials.max(1.0);
    if successes == 0 || chance >= 1.0 {
        return 1.0;
    }
    let in_order = |done: usize| ((trials - done as f64) / (done as f64 + 1.0)).ln();
    let ways: f64 = (0..successes).map(in_order).sum();
    let failures = trials - successes as f64;
    let mut term = (ways + successes as f64 * chance.ln() + failures * (1.0 - chance).ln()).exp();
    let mut sum = 0.0;
    for more in successes..=chances.len() {
        sum += term;
        term *= (trials - more as f64) / (more as f64 + 1.0) * chance / (1.0 - chance);
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_the_binomial_distribution() {
        let table = [
            (0, 10, 0.25, 1.0),
            (1, 1, 0.25, 0.25),
            (5, 5, 0.25, 0.000_976_6),
            (2, 4, 0.5, 0.6875),
            (8, 10, 0.5, 0.054_687_5),
            (25, 50, 0.25, 0.000_122),
            (1, 0, 0.25, 0.0),
        ];
        for (successes, trials, chance, expected) in table {
            let found = at_least(successes, &vec![chance; trials]);
            assert!((found - expected).abs() < 1e-5, "{successes} of {trials}: {found}, not {expected}");
        }
    }

    #[test]
    fn many_trials_neither_overflow_nor_vanish() {
        let chances = vec![0.25; 100_000];
        assert!((at_least(25_000, &chances) - 0.5).abs() < 0.01);
        assert!(at_least(50_000, &chances) < BOUND);
    }
}
