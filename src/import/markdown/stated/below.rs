//! What lines state, by what stands above them.

use super::{
    Claimed, Stated, Subject,
    claims::{claims, heads_list, holds_number, listed},
    tables::{Columns, Sideways, total_in_row},
};
use crate::import::{
    blanks::{trim, trim_start},
    lines::Lines,
    words::strip_word,
};

/// What the lines above make of a line.
#[derive(Clone, Copy)]
enum Below<'a> {
    Nothing,
    /// A table of which at most a row counts something: `| Total MCQs | 50 |`.
    OtherTable,
    Table(Columns),
    /// A table whose columns are difficulties, counted from this cell on.
    Sideways(Sideways<'a>),
    /// The label of a distribution, and what it counts if it says so.
    Label(Option<Subject>),
    /// What is said of the next chapter.
    Announcement,
}

pub(super) fn stated_in<'a>(lines: &Lines<'a>, from: usize, to: usize) -> Vec<Stated<'a>> {
    let mut stated = Vec::new();
    let mut below = Below::Nothing;
    for line in (from..to).filter(|line| !lines.is_inert(*line)) {
        if lines.is_blank(line) {
            // A table ends there; a list may have its label above.
            below = if matches!(below, Below::Label(_)) { below } else { Below::Nothing };
            continue;
        }
        let text = lines.text(line);
        let claimed = below.claimed_by(text);
        stated.extend(claimed.into_iter().map(|(of, claims)| Stated { of, claims, line, text }));
    }
    stated
}

impl<'a> Below<'a> {
    /// What a line claims here. The next one stands below it.
    fn claimed_by(&mut self, text: &'a str) -> Vec<Claimed<'a>> {
        let begun = trim_start(text);
        if begun.starts_with('|') {
            return self.claimed_by_row(text);
        }
        let entry = ["- ", "* ", "+ "].iter().find_map(|bullet| begun.strip_prefix(bullet));
        let unmarked = begun.trim_start_matches(['*', '_', '#', '>', ' ', '-']);
        let announces = |behind: &str| {
            [":", " chapter", " batch", " part", " section", " up"]
                .iter()
                .any(|word| strip_word(behind, word).is_some())
        };
        if matches!(self, Self::Announcement) || strip_word(unmarked, "next").is_some_and(announces) {
            *self = Self::Announcement;
            return Vec::new();
        }
        if let (Self::Label(subject), Some(entry)) = (*self, entry) {
            return listed(subject, trim(entry)).into_iter().collect();
        }
        *self = heads_list(begun).map_or(Self::Nothing, Self::Label);
        text.split('|').filter(|part| holds_number(part)).flat_map(claims).collect()
    }

    fn claimed_by_row(&mut self, row: &'a str) -> Vec<Claimed<'a>> {
        match self {
            Self::Table(columns) => columns.claims(row).into_iter().collect(),
            Self::Sideways(sideways) => sideways.claims(row).collect(),
            Self::OtherTable => total_in_row(row).into_iter().collect(),
            Self::Announcement => Vec::new(),
            Self::Nothing | Self::Label(_) => {
                let columns = || Columns::of(row).map(Self::Table);
                *self = Sideways::of(row).map(Self::Sideways).or_else(columns).unwrap_or(Self::OtherTable);
                Vec::new()
            }
        }
    }
}
