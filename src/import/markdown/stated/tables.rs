//! What tables state.

use super::{
    Claim, Claimed, Counted, Subject,
    claims::{TOTALS, count, numbers},
};
use crate::import::{labels::is_difficulty, words::strip_word};

/// What a table counts, from its first line, and in which of its cells.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    subject: Subject,
    count: Option<usize>,
    /// The column of what is planned, if there is one.
    planned: Option<usize>,
}

impl Columns {
    pub fn of(header: &str) -> Option<Self> {
        let cells: Vec<&str> = cells(header).collect();
        let is_any = |cell: &str, names: &[&str]| names.iter().any(|name| cell.eq_ignore_ascii_case(name));
        let subject = match *cells.first()? {
            first if is_any(first, &["difficulty", "category", "level"]) => Subject::Difficulties,
            first if is_any(first, &["answer", "letter", "key", "correct answer"]) => Subject::Answers,
            _ => return None,
        };
        let is_count = |cell: &&str| is_any(cell, &["count", "questions", "number", "mcqs"]);
        let is_planned =
            |cell: &&str| ["target", "goal", "planned"].iter().any(|word| strip_word(cell, word).is_some());
        let (count, planned) = (cells.iter().position(is_count), cells.iter().position(is_planned));
        Some(Self { subject, count, planned })
    }

    /// `| Basic | 6 | 12% |`
    pub fn claims<'a>(&self, row: &'a str) -> Option<Claimed<'a>> {
        let mut cells = cells(row);
        let of = self.subject.named(cells.next()?)?;
        let in_cells = (1..).zip(cells).flat_map(|(place, cell)| {
            let counts = self.count == Some(place);
            let cell = if self.planned == Some(place) { "" } else { cell };
            numbers(cell).into_iter().filter(move |(claim, _)| counts || claim.is_share())
        });
        Some((of, in_cells.collect()))
    }
}

/// The first line of a table whose columns are difficulties, perhaps behind a cell that says so.
#[derive(Clone, Copy)]
pub(super) struct Sideways<'a> {
    header: &'a str,
}

impl<'a> Sideways<'a> {
    pub fn of(header: &'a str) -> Option<Self> {
        // It is looked at once more for each row.
        const LONGEST: usize = 240;
        if header.len() > LONGEST {
            return None;
        }
        let is_known = |name: &str| is_difficulty(name) || name.eq_ignore_ascii_case("total");
        let mut names = cells(header).skip_while(|name| !is_known(name)).peekable();
        (names.peek().is_some() && names.all(is_known)).then_some(Self { header })
    }

    /// `| Count | 6 | 12 |`: the numbers stand below their names, counted from the last cell.
    pub fn claims(self, row: &'a str) -> impl Iterator<Item = Claimed<'a>> {
        let (names, values): (Vec<&str>, Vec<&str>) = (cells(self.header).collect(), cells(row).collect());
        let named = names.into_iter().rev().zip(values.into_iter().rev());
        let named =
            named.filter_map(|(name, value)| Some((Subject::Difficulties.named(name)?, numbers(value))));
        named.filter(|(_, claims)| !claims.is_empty()).collect::<Vec<_>>().into_iter().rev()
    }
}

/// `| Total MCQs | 50 |`
pub(super) fn total_in_row(row: &str) -> Option<Claimed<'_>> {
    let mut cells = cells(row);
    let name = cells.next().filter(|name| TOTALS.iter().any(|total| name.eq_ignore_ascii_case(total)))?;
    let (count, words) = count(cells.next().filter(|_| !name.is_empty())?)?;
    Some((Counted::All, vec![(Claim::Count(count), words)]))
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim().trim_matches('|');
    row.split('|').map(|cell| cell.trim().trim_matches(['*', '_'])).filter(|cell| !cell.is_empty())
}
