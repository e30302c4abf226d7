//! The one place that knows the crate `fsrs`, which fits parameters by gradient descent. It is given only
//! what it takes without panicking: each sequence of answers ends with one after at least a day.

use std::{
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use fsrs::{
    CombinedProgressState, ComputeParametersInput, FSRSError, FSRSItem, FSRSReview, compute_parameters,
};

use crate::domain::{
    evaluation::{History, Turn},
    scheduler::fsrs::{NoParameters, Parameters},
};

/// The crate leaves out longer sequences. Built here, they would only cost memory.
const LONGEST: usize = 256;
/// How often it is asked whether to go on.
const PATIENCE: Duration = Duration::from_millis(20);
/// Fitted values are kept to so much: more digits would be noise, and the crate computes with seven.
const GRAIN: f64 = 1e6;

/// Why there is no fit.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoFit {
    /// The person stopped it.
    #[error("it was stopped")]
    Stopped,
    /// The crate leaves cards aside whose first grade and first interval few others share; nothing remained.
    #[error("too few cards share their first grade and the days until they were answered again")]
    TooFewCards,
    /// The crate gave up, or came to what cannot be parameters.
    #[error("{0}")]
    Failed(String),
}

/// The parameters that fit the older answers of a history best.
pub(super) fn fit(history: &History, mut go_on: impl FnMut() -> bool) -> Result<Parameters, NoFit> {
    let (train_set, card_ids) = sequences(history);
    let progress = CombinedProgressState::new_shared();
    let input = ComputeParametersInput {
        train_set,
        card_ids: Some(card_ids),
        progress: Some(progress.clone()),
        ..ComputeParametersInput::default()
    };
    let fitted = thread::scope(|scope| {
        let fitting = scope.spawn(|| compute_parameters(input));
        while !fitting.is_finished() {
            if !go_on() {
                abort(&progress);
            }
            thread::sleep(PATIENCE);
        }
        fitting.join()
    });
    let values = fitted.map_err(|_| NoFit::Failed("the optimizer failed".to_owned()))??;
    let rounded: Vec<f64> = values.iter().map(|value| (f64::from(*value) * GRAIN).round() / GRAIN).collect();
    let fit = Parameters::new(&rounded)?;
    // What the crate hands back when too little is left to fit anything to.
    if fit == Parameters::default() { Err(NoFit::TooFewCards) } else { Ok(fit) }
}

fn abort(progress: &Arc<Mutex<CombinedProgressState>>) {
    progress.lock().unwrap_or_else(PoisonError::into_inner).want_abort = true;
}

/// For each scored answer that a fit may see, it and all before it to its card, and the card's place.
fn sequences(history: &History) -> (Vec<FSRSItem>, Vec<i64>) {
    let mut lives: Vec<Vec<FSRSReview>> = vec![Vec::new(); history.cards().len()];
    let (mut sequences, mut cards) = (Vec::new(), Vec::new());
    let mut unseen = history.seen_by_fit();
    for answer in history.answers() {
        let elapsed = match answer.turn {
            Turn::First | Turn::Further => 0,
            Turn::Later(gap) => gap.elapsed.0,
        };
        let life = &mut lives[answer.card];
        life.push(FSRSReview { rating: answer.grade.number().into(), delta_t: elapsed });
        if let Turn::Later(_) = answer.turn {
            if unseen == 0 {
                break;
            }
            unseen -= 1;
            if life.len() <= LONGEST {
                sequences.push(FSRSItem { reviews: life.clone() });
                cards.push(answer.card as i64);
            }
        }
    }
    (sequences, cards)
}

impl From<FSRSError> for NoFit {
    fn from(error: FSRSError) -> Self {
        match error {
            FSRSError::Interrupted => Self::Stopped,
            FSRSError::NotEnoughData => Self::TooFewCards,
            FSRSError::InvalidParameters
            | FSRSError::OptimalNotFound
            | FSRSError::InvalidInput
            | FSRSError::InvalidDeckSize => Self::Failed(format!("the optimizer says {error}")),
        }
    }
}

impl From<NoParameters> for NoFit {
    fn from(error: NoParameters) -> Self {
        Self::Failed(format!("the optimizer came to parameters that cannot be: {error}"))
    }
}
