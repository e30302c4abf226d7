//! The files that statistics keep beside the database, since to work out again what is in them takes long: whether
//! they say what the log says. Damaged ones are not used by anybody; one that is whole is believed.

use std::{fs, io};

use super::{Check, Diagnosis, Weight};
use crate::{
    app::paths::Paths,
    domain::scheduler::Schedulers,
    store::{self, STATISTICS_FILES, Store},
};

/// Compares the files with the log, where there are some and the log can be read.
pub(super) fn files(paths: &Paths, schedulers: &Schedulers, diagnosis: &mut Diagnosis) {
    if !STATISTICS_FILES.iter().any(|name| paths.data.join(name).exists()) {
        return;
    }
    let Ok(store) = Store::open_to_read(&paths.data) else { return };
    match store.wrong_statistics_file(schedulers) {
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
    for path in STATISTICS_FILES.map(|name| paths.data.join(name)) {
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(store::Error::File { doing: "remove", path, source }),
        }
    }
    Ok(())
}
