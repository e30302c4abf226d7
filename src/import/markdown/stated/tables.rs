//! What tables state.

use super::{
    Claim, Claimed, Counted, Subject,
    claims::{TOTALS, count, numbers},
    is_total,
};
use crate::import::{labels::is_difficulty, words::strip_word};

/// What a table counts, from its first line, and in which of its cells.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    subject: Subject,
    count: Option<usize>,
    /// The column of what is planned, if there is one.
    planned: Option<usize>,
    /// Whether the column of the counts may be one of the numbers of rows.
    may_number: bool,
}

impl Columns {
    pub fn of(header: &str) -> Option<Self> {
        let cells: Vec<&str> = cells(header).collect();
        let is_any = |cell: &str, names: &[&str]| names.iter().any(|name| cell.eq_ignore_ascii_case(name));
        let subject = match *cells.first()? {
            first if is_any(first, &["difficulty", "difficulty level", "category", "level"]) => {
                Subject::Difficulties
            }
            first if is_any(first, &["answer", "letter", "key", "correct answer"]) => Subject::Answers,
            _ => return None,
        };
        let is_count = |cell: &&str| {
            let named = cell.strip_suffix("(%)").unwrap_or(cell).trim();
            is_any(named, &COUNTS) || strip_word(named, "number of ").is_some_and(|of| is_any(of, &COUNTS))
        };
        let is_planned =
            |cell: &&str| ["target", "goal", "planned"].iter().any(|word| strip_word(cell, word).is_some());
        let (count, planned) = (cells.iter().position(is_count), cells.iter().position(is_planned));
        let may_number = count.is_some_and(|count| is_any(cells[count], &["#", "no.", "number"]));
        Some(Self { subject, count, planned, may_number })
    }

    /// Where a row names several questions in the column of the counts, or the rows are numbered there, that one holds
    /// no counts.
    pub fn look_ahead<'a>(&mut self, rows: impl Iterator<Item = &'a str>) {
        let Some(count) = self.count else { return };
        let names_several = |row: &str| {
            let cell = cells(row).nth(count).unwrap_or_default();
            let mut digits = cell.split(['-', '–', ',']).map(str::trim);
            cell.contains(['-', '–', ','])
                && digits.all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let rows: Vec<&str> = rows.filter(|row| row.bytes().any(|byte| byte.is_ascii_digit())).collect();
        // `1`, `2`, `3` below `#` are numbers of rows.
        let is_next = |(place, row): (usize, &&str)| {
            cells(row).nth(count).is_some_and(|cell| cell.parse() == Ok(place))
        };
        let are_numbered = self.may_number && rows.len() > 1 && (1..).zip(&rows).all(is_next);
        if are_numbered || rows.iter().any(|row| names_several(row)) {
            self.count = None;
        }
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

/// What a column, or a row, of numbers of questions is called.
const COUNTS: [&str; 14] = [
    "count",
    "counts",
    "questions",
    "question count",
    "# questions",
    "# of questions",
    "number",
    "mcqs",
    "# mcqs",
    "mcq count",
    "no.",
    "no. of questions",
    "#",
    "total questions",
];

/// The first line of a table whose columns are difficulties or letters of answers, perhaps behind a cell that says so.
#[derive(Clone, Copy)]
pub(super) struct Sideways<'a> {
    header: &'a str,
    subject: Subject,
    /// Whether a cell stands before them.
    labelled: bool,
}

impl<'a> Sideways<'a> {
    pub fn of(header: &'a str) -> Option<Self> {
        // It is looked at once more for each row.
        const LONGEST: usize = 240;
        if header.len() > LONGEST {
            return None;
        }
        let is_letter = |name: &str| matches!(name.as_bytes(), [b'A'..=b'Z']);
        let names: Vec<&str> = cells(header).collect();
        let (first, behind) = names.split_first()?;
        let are_all = |named: &[&str], is_known: &dyn Fn(&str) -> bool| {
            named.iter().any(|name| is_known(name))
                && named.iter().all(|name| is_known(name) || is_total(name))
        };
        let difficulties = |labelled| Self { header, subject: Subject::Difficulties, labelled };
        if are_all(&names, &is_difficulty) {
            return Some(difficulties(false));
        }
        if are_all(behind, &is_difficulty) {
            return Some(difficulties(true));
        }
        let are_answers = strip_word(first, "answer").is_some() && are_all(behind, &is_letter);
        are_answers.then_some(Self { header, subject: Subject::Answers, labelled: true })
    }

    /// `| Count | 6 | 12 |`: the numbers stand below their names.
    pub fn claims(self, row: &'a str) -> impl Iterator<Item = Claimed<'a>> {
        let (names, values): (Vec<&str>, Vec<&str>) = (cells(self.header).collect(), cells(row).collect());
        let counts = |label: &str| {
            let shares = ["share", "percentage", "percent", "%", "total"];
            COUNTS.iter().chain(&shares).any(|name| label.eq_ignore_ascii_case(name))
        };
        let label = values.first().filter(|_| self.labelled && values.len() == names.len());
        let are_counts = label.is_none_or(|label| counts(label));
        let named = names.into_iter().rev().zip(values.into_iter().rev()).filter(|_| are_counts);
        let named = named.filter_map(|(name, value)| Some((self.subject.named(name)?, numbers(value))));
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
