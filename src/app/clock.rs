//! The one clock of the program, and its one source of randomness.

use std::{
    fs::File,
    hash::{BuildHasher, RandomState},
    io::Read,
    path::Path,
};

use chrono::{DateTime, FixedOffset, Local, TimeDelta};

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

/// The time zone that `TZ` asks for by a name of which this machine has no data, or by a rule that cannot be
/// followed. chrono then goes by the machine's own zone or by UTC, and does not tell.
pub fn unknown_zone() -> Option<String> {
    let zone = std::env::var("TZ").ok()?;
    let name = zone.strip_prefix(':').unwrap_or(&zone);
    let is_known = name.is_empty()
        || name == "localtime"
        || has_data(name)
        || offset_in_rule(name).is_some_and(|offset| is_zero(offset) || !is_always_utc());
    (!is_known).then(|| name.to_owned())
}

/// What follows the name in a zone that says itself what its offset is, as `CET-1CEST,M3.5.0,M10.5.0` and
/// `<+0545>-05:45` do.
fn offset_in_rule(zone: &str) -> Option<&str> {
    let offset = match zone.strip_prefix('<') {
        Some(named) => named.split_once('>')?.1,
        None => zone.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    let is_one = offset != zone && offset.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c));
    is_one.then_some(offset)
}

fn is_zero(offset: &str) -> bool {
    !offset.trim_start_matches(['+', '-', '0', ':']).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the local clock shows UTC in winter and in summer.
fn is_always_utc() -> bool {
    let winter = DateTime::UNIX_EPOCH;
    let summer = winter + TimeDelta::days(181);
    [winter, summer].iter().all(|at| at.with_timezone(&Local).offset().local_minus_utc() == 0)
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
