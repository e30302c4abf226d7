//! What lines state, by what stands above them.

use super::{
    Claimed, Stated, Subject,
    claims::{claims, heads_list, listed},
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
        let is_in_table = below.is_table();
        let begins_table = || line + 1 < to && is_separator(lines.text(line + 1));
        let is_row =
            trim_start(text).starts_with('|') || (text.contains('|') && (is_in_table || begins_table()));
        let claimed = if is_row { below.claimed_by_row(text) } else { below.claimed_by(text) };
        stated.extend(claimed.into_iter().map(|(of, claims)| Stated { of, claims, line, text }));
        if let Below::Table(columns) = &mut below
            && !is_in_table
        {
            columns
                .look_ahead((line + 1..to).map(|line| lines.text(line)).take_while(|row| row.contains('|')));
        }
    }
    stated
}

/// Whether a line stands between the first line of a table and the others: `---|---`.
fn is_separator(line: &str) -> bool {
    line.contains('-')
        && line.contains('|')
        && line.bytes().all(|byte| matches!(byte, b'-' | b'|' | b':' | b' '))
}

impl<'a> Below<'a> {
    fn is_table(&self) -> bool {
        matches!(self, Self::Table(_) | Self::Sideways(_) | Self::OtherTable)
    }

    /// What a line that is no row of a table claims here. The next one stands below it.
    fn claimed_by(&mut self, text: &'a str) -> Vec<Claimed<'a>> {
        let begun = trim_start(text);
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
        claims(text)
    }

    fn claimed_by_row(&mut self, row: &'a str) -> Vec<Claimed<'a>> {
        match self {
            Self::Table(columns) => columns.claims(row).into_iter().collect(),
            Self::Sideways(sideways) => sideways.claims(row).collect(),
            Self::OtherTable => total_in_row(row).into_iter().collect(),
            Self::Announcement => Vec::new(),
            Self::Nothing | Self::Label(_) => {
                let columns = || Columns::of(row).map(Self::Table);
                let table = Sideways::of(row).map(Self::Sideways).or_else(columns);
                let is_line = table.is_none() && !trim_start(row).starts_with('|');
                *self = table.unwrap_or(Self::OtherTable);
                if is_line { claims(row) } else { Vec::new() }
            }
        }
    }
}
