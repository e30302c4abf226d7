//! The plans that are compared, and what they are called.

use crate::{
    app::Variant,
    domain::scheduler::{
        Scheduler,
        fsrs::{Fsrs, Parameters, Retention},
        sm2::{Rules, Sm2},
    },
};

/// A scheduler by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Name {
    /// SM-2 as its author's text has it
    Sm2,
    /// SM-2 as its author's program has it
    Sm2Program,
    /// FSRS-6
    Fsrs,
}

/// A plan that is tried.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trial {
    /// What is tried.
    pub variant: Variant,
    /// The scheduler for people: `FSRS 0.90`.
    pub scheduler: String,
    /// The retention that FSRS was told to aim at.
    pub retention: Option<Retention>,
}

impl Trial {
    /// The plan in a few words: `FSRS 0.90, 10 new`.
    pub fn label(&self) -> String {
        format!("{}, {} new", self.scheduler, self.variant.new)
    }

    fn new(scheduler: Scheduler, retention: Option<Retention>, new: usize) -> Self {
        let name = match (&scheduler, retention) {
            (Scheduler::Sm2(Sm2 { rules: Rules::Text, .. }), _) => "SM-2".to_owned(),
            (Scheduler::Sm2(Sm2 { rules: Rules::Program, .. }), _) => "SM-2 program".to_owned(),
            (Scheduler::Fsrs(_), Some(retention)) => format!("FSRS {:.2}", retention.share()),
            (Scheduler::Fsrs(_), None) => "FSRS".to_owned(),
        };
        Self { variant: Variant { scheduler, new }, scheduler: name, retention }
    }
}

/// Every scheduler with every number of new cards. Without a name it is the `usual` scheduler, and FSRS where
/// a retention is wanted; FSRS with these `parameters`.
///
/// # Errors
/// When a retention is wanted of SM-2 alone.
pub(super) fn all(
    usual: Scheduler,
    names: &[Name],
    retentions: &[Retention],
    parameters: Parameters,
    new: &[usize],
) -> Result<Vec<Trial>, &'static str> {
    let for_fsrs = !retentions.is_empty();
    let names = match names {
        [] if for_fsrs => &[Name::Fsrs],
        _ => names,
    };
    if for_fsrs && !names.contains(&Name::Fsrs) {
        return Err("--retention is for FSRS: add fsrs to --scheduler, or leave --scheduler out");
    }
    let mut schedulers: Vec<(Scheduler, Option<Retention>)> = Vec::new();
    for name in names {
        match name {
            Name::Sm2 => schedulers.push((Scheduler::Sm2(Sm2::TEXT), None)),
            Name::Sm2Program => schedulers.push((Scheduler::Sm2(Sm2::PROGRAM), None)),
            Name::Fsrs => schedulers.extend(aiming_at(retentions, parameters)),
        }
    }
    if names.is_empty() {
        schedulers.push((usual, None));
    }
    let tried = |(scheduler, retention): &(Scheduler, Option<Retention>)| {
        let (scheduler, retention) = (*scheduler, *retention);
        new.iter().map(move |new| Trial::new(scheduler, retention, *new)).collect::<Vec<_>>()
    };
    let mut trials: Vec<Trial> = schedulers.iter().flat_map(tried).collect();
    trials.dedup();
    Ok(trials)
}

fn aiming_at(retentions: &[Retention], parameters: Parameters) -> Vec<(Scheduler, Option<Retention>)> {
    let usual = [Retention::default()];
    let retentions = if retentions.is_empty() { &usual } else { retentions };
    let fsrs =
        |retention: &Retention| (Scheduler::Fsrs(Fsrs::new(parameters, *retention, true)), Some(*retention));
    retentions.iter().map(fsrs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(names: &[Name], retentions: &[f64], new: &[usize]) -> Vec<String> {
        let retentions: Vec<Retention> =
            retentions.iter().map(|share| Retention::new(*share).expect("a retention")).collect();
        let trials = all(Scheduler::SM2, names, &retentions, Parameters::default(), new).expect("plans");
        trials.iter().map(Trial::label).collect()
    }

    #[test]
    fn every_scheduler_is_tried_with_every_number_of_new_cards() {
        assert_eq!(labels(&[], &[], &[10]), ["SM-2, 10 new"]);
        assert_eq!(labels(&[], &[0.8, 0.9], &[10]), ["FSRS 0.80, 10 new", "FSRS 0.90, 10 new"]);
        assert_eq!(
            labels(&[Name::Sm2, Name::Fsrs], &[0.95], &[5, 20]),
            ["SM-2, 5 new", "SM-2, 20 new", "FSRS 0.95, 5 new", "FSRS 0.95, 20 new"]
        );
    }

    #[test]
    fn sm2_cannot_be_told_what_to_aim_at() {
        let wanted = [Retention::default()];
        assert!(all(Scheduler::SM2, &[Name::Sm2Program], &wanted, Parameters::default(), &[10]).is_err());
    }
}
