//! What surrounds a collection: its backups, who may read its files, and the file system they are on.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::{Check, Diagnosis, Weight};
use crate::{
    app::{Setup, backups::present, paths::Paths, place},
    store::{Backups, SetAside, unfinished},
};

/// Permissions of anybody but the owner.
const OF_OTHERS: u32 = 0o077;

/// Proves all backups, and remembers the newest good one.
pub(super) fn backups(setup: &Setup, paths: &Paths, diagnosis: &mut Diagnosis) {
    let all = match Backups::of(&paths.data).list() {
        Ok(all) => all,
        Err(error) => return diagnosis.add(Check::Backups, Weight::Warning, error.to_string()),
    };
    let now = present(setup, paths).0.at.naive_local();
    let mut good = 0;
    for backup in &all {
        if let Err(flaw) = backup.verify() {
            diagnosis.add(Check::Backups, Weight::Warning, format!("{}: {flaw}", backup.name()));
            continue;
        }
        good += 1;
        if backup.made > now {
            let told = format!("{} was made by a clock that ran ahead", backup.name());
            diagnosis.add(Check::Backups, Weight::Note, told);
        }
        if diagnosis.newest_good.is_none() {
            diagnosis.newest_good = Some(backup.clone());
        }
    }
    let has_answers = diagnosis.contents.is_some_and(|contents| contents.events > 0);
    match (&diagnosis.newest_good, good) {
        (Some(newest), 1) => {
            let told = format!("1 is good: {}", newest.name());
            diagnosis.add(Check::Backups, Weight::Fine, told);
        }
        (Some(newest), good) => {
            let told = format!("{good} are good, the newest of them {}", newest.name());
            diagnosis.add(Check::Backups, Weight::Fine, told);
        }
        (None, _) if has_answers => {
            diagnosis.add(
                Check::Backups,
                Weight::Warning,
                "there is none that is good; `retain backup` makes one",
            );
        }
        (None, _) => diagnosis.add(Check::Backups, Weight::Fine, "there is nothing to copy yet"),
    }
}

/// Looks at the files themselves.
pub(super) fn files(paths: &Paths, diagnosis: &mut Diagnosis) {
    if !paths.data.exists() {
        return;
    }
    permissions(paths, diagnosis);
    match place::doubt(&paths.data) {
        Some(doubt) => diagnosis.add(Check::Place, Weight::Warning, doubt),
        None => diagnosis.add(Check::Place, Weight::Fine, "a file system of this machine"),
    }
    leftovers(paths, diagnosis);
}

fn permissions(paths: &Paths, diagnosis: &mut Diagnosis) {
    let folders = ["", "backups", "set-aside"].map(|name| paths.data.join(name));
    let within = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.is_file() && (name.contains(".db") || name.ends_with(".lock"))
    };
    let files = within.map(|entry| entry.path()).filter(is_ours);
    let is_open =
        |path: &PathBuf| fs::metadata(path).is_ok_and(|about| about.permissions().mode() & OF_OTHERS != 0);
    let open: Vec<PathBuf> = folders.iter().cloned().chain(files).filter(is_open).collect();
    match open.first() {
        None => diagnosis.add(Check::Permissions, Weight::Fine, "nobody else may read the files"),
        Some(first) => diagnosis.add(Check::Permissions, Weight::Warning, format!(
            "others on this machine may use {} of the files and folders, such as {}. `chmod -R go= {}` makes them private",
            open.len(),
            first.display(),
            paths.data.display()
        )),
    }
}

fn leftovers(paths: &Paths, diagnosis: &mut Diagnosis) {
    let folders = [paths.data.clone(), Backups::of(&paths.data).folder().to_owned()];
    let unfinished: Vec<PathBuf> = folders.iter().flat_map(|folder| unfinished(folder)).collect();
    let set_aside = SetAside::all(&paths.data);
    if let Some(first) = unfinished.first() {
        let told = format!(
            "{} of the files were not finished, such as {}. They go with the next backup or restore",
            unfinished.len(),
            first.display()
        );
        diagnosis.add(Check::Leftovers, Weight::Note, told);
    }
    if let Some(newest) = set_aside.first() {
        let bytes: u64 = set_aside.iter().map(|aside| aside.bytes).sum();
        let told = format!(
            "{} set aside by a restore, {} MB in all, the newest of them {}. Remove what you no longer need",
            if set_aside.len() == 1 {
                "1 collection was".to_owned()
            } else {
                format!("{} collections were", set_aside.len())
            },
            bytes.div_ceil(1_000_000),
            newest.path.display()
        );
        diagnosis.add(Check::Leftovers, Weight::Note, told);
    }
    if unfinished.is_empty() && set_aside.is_empty() {
        diagnosis.add(Check::Leftovers, Weight::Fine, "nothing was left behind");
    }
}
