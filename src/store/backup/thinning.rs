//! Which backups may go: the older they are, the farther apart the rest may lie. Pure.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::domain::time::StudyDay;

/// The newest of each of so many days …
const DAYS: usize = 7;
/// … of each of so many weeks …
const WEEKS: usize = 4;
/// … and of each of so many months stays,
const MONTHS: usize = 12;
/// and so do the last few, whatever day they are from: one may have been made just before something went wrong.
const LAST: usize = 3;

/// Of backups from these study days, newest first, the places of those that may go. Days, weeks and months
/// without a backup are not counted, so that a pause costs nothing. What lies ahead of today was made by a
/// clock that was wrong: it stays, and takes nobody's place.
pub fn superfluous(made: &[StudyDay], today: StudyDay) -> Vec<usize> {
    let past: Vec<usize> = (0..made.len()).filter(|place| made[*place] <= today).collect();
    let newest_of_each = |most: usize, period: fn(StudyDay) -> (i32, u32)| {
        let mut seen = BTreeSet::new();
        let mut first = past.clone();
        first.retain(|place| seen.insert(period(made[*place])));
        first.truncate(most);
        first
    };
    let mut kept: BTreeSet<usize> = past.iter().take(LAST).copied().collect();
    kept.extend(newest_of_each(DAYS, |day| (day.0, 0)));
    kept.extend(newest_of_each(WEEKS, |day| (day.date().iso_week().year(), day.date().iso_week().week())));
    kept.extend(newest_of_each(MONTHS, |day| (day.date().year(), day.date().month())));
    past.into_iter().filter(|place| !kept.contains(place)).collect()
}
