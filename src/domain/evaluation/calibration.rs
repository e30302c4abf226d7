//! Whether what was called likely happened: answers in ten groups by their forecasts.

use super::{
    bootstrap::Interval,
    measure::{Field, Forecast, Ranked},
    share::Share,
};

const GROUPS: usize = 10;

/// A tenth of the answers, those with forecasts next to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenth {
    /// Its lowest and its highest forecast.
    pub forecasts: Interval,
    /// The mean of its forecasts.
    pub predicted: f64,
    /// What was recalled of it.
    pub recalled: Share,
}

/// The answers in groups of as equal a size as can be while equal forecasts stay together.
pub(super) fn tenths(field: &Field, forecast: &Forecast) -> Vec<Tenth> {
    let answers = field.outcomes.len();
    let mut groups = Vec::new();
    let mut begin = 0;
    for nth in 1..=GROUPS {
        let mut end = answers * nth / GROUPS;
        while end < answers && forecast.ranked[end].tied {
            end += 1;
        }
        if end > begin {
            groups.push(tenth(&forecast.ranked[begin..end]));
            begin = end;
        }
    }
    groups
}

fn tenth(answers: &[Ranked]) -> Tenth {
    let sum: f64 = answers.iter().map(|answer| answer.chance).sum();
    let recalled = answers.iter().filter(|answer| answer.outcome.recalled).count();
    Tenth {
        forecasts: Interval { low: answers[0].chance, high: answers[answers.len() - 1].chance },
        predicted: sum / answers.len() as f64,
        recalled: Share { count: recalled, of: answers.len() },
    }
}
