//! The files that statistics keep beside the database, since to work out again what is in them takes long: whether
//! they say what the log says. Damaged ones are not used by anybody; one that is whole is believed.

use std::{fs, io};

use super::{Check, Diagnosis, Weight};
use crate::{
    app::paths::Paths,
    domain::{
        deck::Scope,
        scheduler::Schedulers,
        stats::{Period, Prediction},
    },
    store::{self, AnswersCache, Store},
};

const ANSWERS: &str = "answers.cache";
const PREDICTIONS: &str = "predictions.cache";

/// Compares the files with the log, where there are some and the log can be read.
pub(super) fn files(paths: &Paths, schedulers: &Schedulers, diagnosis: &mut Diagnosis) {
    if ![ANSWERS, PREDICTIONS].iter().any(|name| paths.data.join(name).exists()) {
        return;
    }
    let Ok(store) = Store::open_to_read(&paths.data) else { return };
    match wrong_file(&store, schedulers) {
        Ok(Some(name)) => {
            let told = format!("{name} does not say what the log says, and statistics are wrong by it");
            diagnosis.add(Check::Statistics, Weight::Damage, told);
        }
        Ok(None) => {
            diagnosis.add(Check::Statistics, Weight::Fine, "what is kept for them follows from the log")
        }
        Err(error) => diagnosis.add(Check::Statistics, Weight::Warning, error.to_string()),
    }
}

/// Removes the files; they are made again when they are needed.
pub(super) fn forget(paths: &Paths) -> store::Result<()> {
    for path in [ANSWERS, PREDICTIONS].map(|name| paths.data.join(name)) {
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(store::Error::File { doing: "remove", path, source }),
        }
    }
    Ok(())
}

fn wrong_file(store: &Store, schedulers: &Schedulers) -> store::Result<Option<&'static str>> {
    // The other file is worked out from what this one says.
    if store.check_answers_cache()? == AnswersCache::Wrong {
        return Ok(Some(ANSWERS));
    }
    let (history, end) = store.statistics(&Scope::Everything, schedulers)?;
    let kept = end.and_then(|end| store.kept_predictions(end, &Prediction::PREDICTORS));
    let is_wrong = kept.is_some_and(|kept| Prediction::measure(&history, Period::ALL) != Some(kept));
    Ok(is_wrong.then_some(PREDICTIONS))
}
