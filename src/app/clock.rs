//! The one clock of the program, and its one source of randomness.

use std::{
    fs::File,
    hash::{BuildHasher, RandomState},
    io::Read,
    path::Path,
};

use chrono::{DateTime, FixedOffset, Local};

/// What tells the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, in the machine's time zone.
    System,
    /// A clock that stands still, for tests and curious people.
    Fixed(DateTime<FixedOffset>),
}

impl Clock {
    /// The present instant and what the local clock shows.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine's clock")]
    pub fn now(self) -> DateTime<FixedOffset> {
        match self {
            Self::System => Local::now().fixed_offset(),
            Self::Fixed(now) => now,
        }
    }
}

/// The time zone that is asked for by name in `TZ` and that this machine has no data of. chrono then goes by the
/// machine's own zone, or by UTC where that is unknown too, and does not tell.
pub fn unknown_zone() -> Option<String> {
    let zone = std::env::var("TZ").ok()?;
    let name = zone.strip_prefix(':').unwrap_or(&zone);
    let is_known = name.is_empty() || name == "localtime" || is_rule(name) || has_data(name);
    (!is_known).then(|| name.to_owned())
}

/// Whether it says itself what the offset is, as `CET-1CEST,M3.5.0,M10.5.0` and `<+0545>-05:45` do.
fn is_rule(zone: &str) -> bool {
    let offset = match zone.strip_prefix('<') {
        Some(named) => named.split_once('>').map_or("", |(_, offset)| offset),
        None => zone.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    offset != zone && offset.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c))
}

/// Whether there is a file of this zone where chrono looks for one.
fn has_data(zone: &str) -> bool {
    const FOLDERS: [&str; 4] =
        ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];
    let begins_as_zone = |folder: &&str| {
        let mut sign = [0; 4];
        let file = File::open(Path::new(*folder).join(zone));
        file.and_then(|mut file| file.read_exact(&mut sign)).is_ok_and(|()| sign == *b"TZif")
    };
    FOLDERS.iter().any(begins_as_zone)
}

/// A seed that nobody can foresee.
pub fn seed() -> u64 {
    RandomState::new().hash_one(0)
}
