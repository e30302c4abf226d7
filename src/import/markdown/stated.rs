//! How many questions a chapter claims to have: in all, of each difficulty, with each letter as the
//! answer. Claims are compared with what was counted and never believed.

use std::ops::RangeInclusive;

use super::{chapter::behind_label, column, head, lines::Lines, number};
use crate::import::{
    Kind, Parsed, Problem,
    blanks::{trim, trim_start},
    facts::{Tally, capital},
    words::strip_word,
};

/// The stated numbers that differ from the real ones. `outside` are the ranges of lines that belong to
/// no question.
pub(super) fn wrong_counts(lines: &Lines<'_>, outside: &[(usize, usize)], parsed: &Parsed) -> Vec<Problem> {
    let stated = outside.iter().flat_map(|(from, to)| stated_in(lines, *from, *to));
    let stated: Vec<Stated<'_>> = stated.take(MOST_STATED).collect();
    if stated.is_empty() {
        return Vec::new();
    }
    let real = Tally::of(parsed);
    let batches: Vec<u64> = stated.iter().filter_map(Stated::batch).collect();
    let add_up = batches.len() > 1 && batches.iter().sum::<u64>() == real.questions as u64;
    let between = |line: usize| {
        let before = outside.partition_point(|(from, _)| *from <= line);
        before > 1 && before < outside.len()
    };
    let mut so_far = SoFar::default();
    let differs = stated.iter().filter(|stated| !(add_up && stated.batch().is_some())).filter_map(|stated| {
        let difference = stated.difference(&real)?;
        // Amid the questions a summary may be one of those above it.
        let is_of_those_above =
            between(stated.line) && stated.difference(so_far.tally(parsed, stated.line)).is_none();
        (!is_of_those_above).then_some(difference)
    });
    differs.collect()
}

/// What was counted down to a line, which only grows.
#[derive(Default)]
struct SoFar {
    questions: usize,
    held_back: usize,
    tally: Tally,
}

impl SoFar {
    fn tally(&mut self, parsed: &Parsed, line: usize) -> &Tally {
        let line = number(line);
        while let Some(next) = parsed.questions.get(self.questions).filter(|next| next.line < line) {
            self.tally.add_question(&next.question);
            self.questions += 1;
        }
        while let Some(next) = parsed.held_back.get(self.held_back).filter(|next| next.line < line) {
            self.tally.add_held_back(next);
            self.held_back += 1;
        }
        &self.tally
    }
}

/// A chapter states a few dozen numbers; further ones than these are not compared, so that their
/// differences cannot fill the memory.
const MOST_STATED: usize = 10_000;

/// What a chapter states of one thing: a count, a share of all, or both.
struct Stated<'a> {
    of: Counted<'a>,
    claims: Vec<(Claim, &'a str)>,
    line: usize,
    text: &'a str,
}

/// What is counted.
#[derive(Clone, Copy)]
enum Counted<'a> {
    All,
    Difficulty(&'a str),
    /// A letter as the answer, counted from 0.
    Answer(u8),
}

/// What is claimed.
#[derive(Clone)]
enum Claim {
    Count(u64),
    /// How many questions stand in a batch, of which a chapter may have several.
    Batch(u64),
    /// A target: anything within it will do.
    Between(RangeInclusive<u64>),
    /// A share, and how far from the real one rounding may have taken it.
    Percent {
        share: f64,
        rounding: f64,
    },
}

impl Stated<'_> {
    /// How many questions a batch is said to have.
    fn batch(&self) -> Option<u64> {
        self.claims.iter().find_map(|(claim, _)| match claim {
            Claim::Batch(count) => Some(*count),
            Claim::Count(_) | Claim::Between(_) | Claim::Percent { .. } => None,
        })
    }

    /// The first claim that is wrong. A further one would only repeat its mistake.
    fn difference(&self, real: &Tally) -> Option<Problem> {
        let (count, all) = (self.count(real)?, real.questions as u64);
        let (claim, words) = self.claims.iter().find(|(claim, _)| !claim.holds(count, all))?;
        let of = self.of.words();
        let message = match claim {
            Claim::Count(stated) | Claim::Batch(stated) if words.parse() != Ok(*stated) => {
                format!("the chapter states {stated} {of} ({words}) and has {count}")
            }
            Claim::Count(_) | Claim::Batch(_) | Claim::Between(_) => {
                format!("the chapter states {words} {of} and has {count}")
            }
            Claim::Percent { .. } => format!("the chapter states {words} {of} and has {count} of {all}"),
        };
        let at = column(self.text, offset_in(self.text, words));
        Some(Problem::new(Kind::WrongCount, number(self.line), at, message).contrast(count, words))
    }

    /// The real number, unless it is of something that this chapter knows nothing of.
    fn count(&self, real: &Tally) -> Option<u64> {
        let count = match self.of {
            Counted::All => real.questions,
            Counted::Difficulty(name) => {
                let counted = real.difficulties.get(&name.to_lowercase()).copied();
                counted.or_else(|| head::is_difficulty(name).then_some(0))?
            }
            Counted::Answer(letter) => real.answers.get(&capital(letter)).copied().unwrap_or_default(),
        };
        Some(count as u64)
    }
}

impl Counted<'_> {
    fn words(self) -> String {
        match self {
            Self::All => "questions".to_owned(),
            Self::Difficulty(name) => format!("{name} questions"),
            Self::Answer(letter) => format!("answers {}", capital(letter)),
        }
    }
}

impl Claim {
    fn holds(&self, count: u64, all: u64) -> bool {
        match self {
            Self::Count(stated) | Self::Batch(stated) => *stated == count,
            Self::Between(range) => range.contains(&count),
            Self::Percent { share, rounding } => {
                (share - 100.0 * count as f64 / all.max(1) as f64).abs() < *rounding
            }
        }
    }

    fn is_share(&self) -> bool {
        matches!(self, Self::Percent { .. })
    }
}

/// Where a part of a text begins in it, in bytes.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

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

fn stated_in<'a>(lines: &Lines<'a>, from: usize, to: usize) -> Vec<Stated<'a>> {
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

type Claimed<'a> = (Counted<'a>, Vec<(Claim, &'a str)>);

/// What a table counts, from its first line, and in which of its cells.
#[derive(Clone, Copy)]
struct Columns {
    subject: Subject,
    count: Option<usize>,
    /// The column of what is planned, if there is one.
    planned: Option<usize>,
}

/// What the numbers of a table or a list are about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Difficulties,
    Answers,
}

impl Columns {
    fn of(header: &str) -> Option<Self> {
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
    fn claims<'a>(&self, row: &'a str) -> Option<Claimed<'a>> {
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
struct Sideways<'a> {
    header: &'a str,
}

impl<'a> Sideways<'a> {
    fn of(header: &'a str) -> Option<Self> {
        // It is looked at once more for each row.
        const LONGEST: usize = 240;
        if header.len() > LONGEST {
            return None;
        }
        let is_known = |name: &str| head::is_difficulty(name) || name.eq_ignore_ascii_case("total");
        let mut names = cells(header).skip_while(|name| !is_known(name)).peekable();
        (names.peek().is_some() && names.all(is_known)).then_some(Self { header })
    }

    /// `| Count | 6 | 12 |`: the numbers stand below their names, counted from the last cell.
    fn claims(self, row: &'a str) -> impl Iterator<Item = Claimed<'a>> {
        let (names, values): (Vec<&str>, Vec<&str>) = (cells(self.header).collect(), cells(row).collect());
        let named = names.into_iter().rev().zip(values.into_iter().rev());
        let named =
            named.filter_map(|(name, value)| Some((Subject::Difficulties.named(name)?, numbers(value))));
        named.filter(|(_, claims)| !claims.is_empty()).collect::<Vec<_>>().into_iter().rev()
    }
}

/// `| Total MCQs | 50 |`
fn total_in_row(row: &str) -> Option<Claimed<'_>> {
    let mut cells = cells(row);
    let name = cells.next().filter(|name| TOTALS.iter().any(|total| name.eq_ignore_ascii_case(total)))?;
    let (count, words) = count(cells.next().filter(|_| !name.is_empty())?)?;
    Some((Counted::All, vec![(Claim::Count(count), words)]))
}

impl Subject {
    fn named(self, name: &str) -> Option<Counted<'_>> {
        let name = name.trim_matches(['*', '_', ' ', '(', ')', ':', '：', '=', '.']);
        if name.eq_ignore_ascii_case("total") {
            return Some(Counted::All);
        }
        match (self, name.as_bytes()) {
            (_, []) => None,
            (Self::Answers, [letter]) if letter.is_ascii_alphabetic() => {
                Some(Counted::Answer(letter.to_ascii_uppercase() - b'A'))
            }
            (Self::Answers, _) => None,
            (Self::Difficulties, _) => Some(Counted::Difficulty(name)),
        }
    }
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim().trim_matches('|');
    row.split('|').map(|cell| cell.trim().trim_matches(['*', '_'])).filter(|cell| !cell.is_empty())
}

fn holds_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// What one part of a line claims: a total, a target, a distribution or the number of one difficulty.
fn claims(part: &str) -> Vec<Claimed<'_>> {
    match total(part).map(|claim| (Counted::All, vec![claim])).or_else(|| of_difficulty(part)) {
        Some(claimed) => vec![claimed],
        None => distribution(part),
    }
}

/// Labels of the number of all questions.
const TOTALS: [&str; 9] = [
    "total mcqs",
    "total mcqs in this chapter",
    "total mcqs generated",
    "total questions",
    "total number of questions",
    "number of questions",
    "mcqs",
    "mcq count",
    "question count",
];

/// `**Basic Questions:** 12`
fn of_difficulty(part: &str) -> Option<Claimed<'_>> {
    let begun = part.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let (name, behind) = begun.split_once(' ').filter(|(name, _)| head::is_difficulty(name))?;
    let behind = behind_label(behind, "questions").or_else(|| behind_label(behind, "mcqs"))?;
    let (count, words) = count(behind)?;
    Some((Counted::Difficulty(name), vec![(Claim::Count(count), words)]))
}

/// `**Total MCQs: 50**`, `**Total:** 50 questions`, `**Target MCQs**: 40-50`, `**Current Batch**: 1-25`
fn total(part: &str) -> Option<(Claim, &str)> {
    const TARGETS: [&str; 3] = ["target mcqs", "target questions", "target"];
    if let Some(behind) = behind_label(part, "current batch") {
        let (first, last, words) = range(behind)?;
        let count = last.checked_sub(first)? + 1;
        return Some((Claim::Batch(count), words));
    }
    if let Some((count, words)) = behind_label(part, "total").and_then(named_count) {
        return Some((Claim::Count(count), words));
    }
    let (behind, is_target) = TOTALS
        .iter()
        .find_map(|label| Some((behind_label(part, label)?, false)))
        .or_else(|| TARGETS.iter().find_map(|label| Some((behind_label(part, label)?, true))))?;
    if let Some((first, last, words)) = range(behind).filter(|_| is_target) {
        return Some((Claim::Between(first..=last), words));
    }
    let (count, words) = count(behind)?;
    Some((Claim::Count(count), words))
}

/// A number of questions at the beginning, and not of something else: `45 MCQs`, `50**`.
fn count(text: &str) -> Option<(u64, &str)> {
    let (digits, noun, behind) = counted(text);
    let counts = (noun.is_empty() || is_of_questions(noun)) && !behind.starts_with(['%', '-', '–', '+', '/']);
    Some((digits.parse().ok().filter(|_| counts)?, digits))
}

/// A number at the beginning that says that it is one of questions: `45 MCQs`.
fn named_count(text: &str) -> Option<(u64, &str)> {
    let (digits, noun, _) = counted(text);
    Some((digits.parse().ok().filter(|_| is_of_questions(noun))?, digits))
}

/// The digits that a text begins with, the word behind them, and all that stands behind the digits.
fn counted(text: &str) -> (&str, &str, &str) {
    let digits = digits(text);
    let behind = text[digits.len()..].trim_start_matches(['*', '_', ' ', '.']);
    let noun = behind.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    (digits, noun, behind)
}

fn is_of_questions(noun: &str) -> bool {
    ["mcq", "mcqs", "question", "questions"].iter().any(|known| noun.eq_ignore_ascii_case(known))
}

/// `40-50`
fn range(text: &str) -> Option<(u64, u64, &str)> {
    let first = digits(text);
    let behind = text[first.len()..].trim_start().strip_prefix(['-', '–', '—'])?.trim_start();
    let last = digits(behind);
    let length = offset_in(text, behind) + last.len();
    Some((first.parse().ok()?, last.parse().ok()?, &text[..length]))
}

/// As many digits as a number of questions may have, from the beginning.
fn digits(text: &str) -> &str {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length < 10 { &text[..length] } else { "" }
}

/// `**Distribution:** 12 Foundational, 20 Intermediate`, `**Answers:** A: 10, B: 12`
fn distribution(part: &str) -> Vec<Claimed<'_>> {
    let Some((list, subject)) = distributed(|label| behind_label(part, label)) else { return Vec::new() };
    list.split([',', ';']).take(MOST_ENTRIES).filter_map(|entry| entry_claims(subject, entry)).collect()
}

/// What is counted in the list below a line that is the label of a distribution: `**Difficulty Distribution:**`.
fn heads_list(line: &str) -> Option<Option<Subject>> {
    let heading = line.trim_matches(['#', '*', '_', ' ', ':', '：', '-']);
    let (label, subject) = distributed(|label| heading.eq_ignore_ascii_case(label).then_some(label))?;
    // Below `Answers` stand answers.
    ["distribution", "breakdown"].iter().any(|word| label.ends_with(word)).then_some(subject)
}

/// What an entry of such a list claims: `Basic: 26 questions (52%)`, `26 Basic`; not `Basic: 3 points`.
fn listed(subject: Option<Subject>, entry: &str) -> Option<Claimed<'_>> {
    let (of, mut claims) = entry_claims(subject, entry)?;
    claims.retain(|(claim, _)| claim.is_share());
    let digits = digits(entry);
    let before = || Some((digits.parse().ok().filter(|_| entry[digits.len()..].starts_with(' '))?, digits));
    let behind = entry
        .rsplit_once([':', '：', '=', '–', '—'])
        .map(|(_, behind)| behind.trim_start_matches(['*', '_', ' ']));
    claims.extend(behind.map_or_else(before, count).map(|(count, words)| (Claim::Count(count), words)));
    Some((of, claims))
}

/// The first label of a distribution that something is found by, with what it counts if it says so.
fn distributed<'l, T>(find: impl Fn(&'l str) -> Option<T>) -> Option<(T, Option<Subject>)> {
    const DIFFICULTIES: [&str; 4] =
        ["distribution", "difficulty distribution", "difficulty breakdown", "difficulty"];
    const ANSWERS: [&str; 4] =
        ["answer distribution", "answer key distribution", "correct answers", "answers"];
    let of_answers = || ANSWERS.iter().find_map(|label| Some((find(label)?, Some(Subject::Answers))));
    DIFFICULTIES.iter().find_map(|label| Some((find(label)?, None))).or_else(of_answers)
}

/// How many entries a distribution is read for.
const MOST_ENTRIES: usize = 26;

/// `12 Foundational`, `24 % basic`, `Basic: 12 (24%)`, `A: 10`. Without a subject, a letter is an answer.
fn entry_claims(subject: Option<Subject>, entry: &str) -> Option<Claimed<'_>> {
    let behind = &entry[entry.find(char::is_alphabetic)?..];
    let length = behind.find(['(', ':', '：', '=', '*', '–', '—']).unwrap_or(behind.len());
    let name = behind[..length].trim_end_matches(|sign: char| !sign.is_alphabetic());
    let subject = subject.unwrap_or(if name.len() == 1 { Subject::Answers } else { Subject::Difficulties });
    Some((subject.named(name)?, numbers(entry)))
}

/// The numbers of a cell or an entry: a count, a share or both.
fn numbers(text: &str) -> Vec<(Claim, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(from) = text[at..].find(|sign: char| sign.is_ascii_digit()).map(|from| at + from) {
        let rest = &text[from..];
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let digits = rest[..length].trim_end_matches('.');
        let behind = &rest[length..];
        let percent = behind.trim_start().starts_with('%');
        at = from + length;
        let joined = text[..from].ends_with(|sign: char| sign.is_alphanumeric() || "-–/".contains(sign))
            || behind.starts_with(|sign: char| sign.is_alphanumeric() || "-–/".contains(sign));
        if joined || digits.len() > 9 {
            continue;
        }
        let words = if percent { &rest[..offset_in(rest, behind.trim_start()) + 1] } else { digits };
        let claim = match (percent, digits.parse(), digits.parse()) {
            (true, Ok(share), _) => {
                let rounding = if digits.contains('.') { 0.1 } else { 1.0 };
                Claim::Percent { share, rounding }
            }
            (false, _, Ok(count)) => Claim::Count(count),
            (_, _, _) => continue,
        };
        found.push((claim, words));
    }
    // In a list they are the numbers of questions.
    let is_list = |(before, behind): (&str, &str)| {
        let between = &text[offset_in(text, before) + before.len()..offset_in(text, behind)];
        between
            .trim_end_matches([' ', '&'])
            .trim_end_matches("and")
            .trim()
            .trim_matches([',', ';'])
            .is_empty()
    };
    let mut pairs = found.windows(2).map(|pair| (pair[0].1, pair[1].1)).peekable();
    if pairs.peek().is_some() && pairs.all(is_list) {
        found.clear();
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::import::{Kind, parse};

    const QUESTIONS: [(&str, &str); 8] = [
        ("Basic", "A"),
        ("Basic", "B"),
        ("Basic", "B"),
        ("Expert", "C"),
        ("Expert", "B"),
        ("Expert", "B"),
        ("Expert", "A, B"),
        ("Odd", "B"),
    ];

    /// What is wrong with these lines above eight questions.
    fn differences(lines: &str) -> Vec<String> {
        let question = |(number, (difficulty, answer)): (usize, &(&str, &str))| {
            format!(
                "**Q1.{number}: {difficulty} - [Topic]**\n\nWhich {number}?\n\nA) one\nB) two\nC) three\n\n\
                 **Answer: {answer}**\n\n**Explanation:**\nSo.\n\n---\n\n"
            )
        };
        let questions: String = (1..).zip(&QUESTIONS).map(question).collect();
        let parsed = parse(&format!("# Title\n\n{lines}\n\n{questions}"), "stated.md");
        let wrong = parsed.problems.iter().filter(|problem| problem.kind == Kind::WrongCount);
        let contrast = |text: &Option<String>| text.clone().unwrap_or_default();
        wrong.map(|it| format!("{} is {}", contrast(&it.found), contrast(&it.expected))).collect()
    }

    #[test]
    fn right_numbers_are_no_problem_however_they_are_written() {
        let right = [
            "**Total MCQs: 8**",
            "**Total Questions**: 8 questions",
            "**Target:** 8 MCQs | **Distribution:** 3 Basic, 4 Expert, 1 Odd",
            "**Target MCQs**: 5-10",
            "**Current Batch**: 1-8",
            "**Current Batch**: 11–18",
            "Distribution: Basic: 3, Expert: 4 (50%), Odd (1)",
            "Distribution: 37% basic, 50 % expert; 13% odd",
            "**Answer distribution:** A: 2, B: 6, C: 1",
            "**Distribution:** A: 2, B=6, D: 0",
            "| Difficulty | Count |\n|---|---|\n| Basic | 3 |\n| **Total** | **8** |",
            "| Difficulty | Count | Topics |\n|---|---|---|\n| Basic | 3 | 7 of 9 things |\n| Advanced | 0 | |",
            "| Level | Questions |\n|---|---|\n| Basic | 3 (38%) |\n| Expert | 4 (50 %) |",
            "| Difficulty | Percentage |\n|---|---|\n| Basic | 37.5% |",
            "| Answer | Count |\n|---|---|\n| A | 2 |\n| B | 6 |",
            "| Difficulty | Questions |\n|---|---|\n| Basic | 1, 2, 3 |",
            "**Difficulty Distribution:**\n\n- Basic: 3 questions (38%)\n- **Expert** (50%): 4\n- Odd: 1",
            "### Answer Distribution\n- A: 2\n- B: 6 (Q2, Q3, Q4)",
            "- **Topics:**\n- Basic: 7 things",
            "## Answers\n- 1: B\n- 2. C",
            "### Difficulty\n- Basic: 7",
            "Difficulty Distribution\n- Basic: question 1\n- 1. Basic\n- Total: 40 points\n- Expert: 5 minutes each",
            "### Difficulty Distribution\n- Basic: ★★★ (7)\n- Expert: chapter 2\n- 3 Basic\n- 4 Expert",
            "| Difficulty | Questions |\n|---|---|\n| Basic | 1, 2 and 3 |",
            "| Basic | Expert | Total |\n|---|---|---|\n| 3 | 4 | 8 |",
            "| Level | Basic | Expert |\n|---|---|---|\n| Count | 3 | 4 |\n| Share | 38% | 50% |",
            "| Metric | Value |\n|---|---|\n| Total MCQs | 8 |\n| Basic | 7 points |",
            "**Total:** 40 points",
            "**Total:** 8 questions",
            "**Basic Questions:** 3 | **Expert MCQs**: 4",
            "**Current Batch**: 1-5\n\n**Current Batch**: 6-8",
            "**Next Chapter:**\n**Target:** 65 MCQs | **Distribution:** 4 Basic",
            "| Difficulty | Count | Target % |\n|---|---|---|\n| Basic | 3 | 60% |",
        ];
        for lines in right {
            assert_eq!(differences(lines), [] as [&str; 0], "{lines}");
        }
    }

    #[test]
    fn wrong_numbers_are_told_with_the_real_ones() {
        let wrong: [(&str, &[&str]); 21] = [
            ("**Total:** 9 questions", &["9 is 8"]),
            ("- Basic questions: 4", &["4 is 3"]),
            ("| Basic | Expert |\n|---|---|\n| 4 | 4 |", &["4 is 3"]),
            ("| Difficulty | Basic | Expert |\n|---|---|---|\n| Count | 3 | 5 |", &["5 is 4"]),
            ("| Metric | Value |\n|---|---|\n| **Total Questions** | 9 |", &["9 is 8"]),
            ("Difficulty Breakdown:\n\n* Basic – 6 questions", &["6 is 3"]),
            ("**Total MCQs: 9**", &["9 is 8"]),
            ("**Target:** 105 MCQs | **Distribution:** 4 Basic, 4 Expert", &["105 is 8", "4 is 3"]),
            ("**Target MCQs**: 40-50", &["40-50 is 8"]),
            ("**Current Batch**: 1-25", &["1-25 is 8"]),
            ("Distribution: Basic: 5, Expert: 4", &["5 is 3"]),
            ("Distribution: 24 % basic", &["24 % is 3"]),
            ("**Answer distribution:** A: 10, B: 6", &["10 is 2"]),
            ("| Difficulty | Count |\n|---|---|\n| Basic | 6 |\n| Advanced | 1 |", &["6 is 3", "1 is 0"]),
            ("| Difficulty | Count | Share |\n|---|---|---|\n| Basic | 3 | 12% |", &["12% is 3"]),
            ("| Difficulty | Count | Share |\n|---|---|---|\n| Basic | 6 | 75% |", &["6 is 3"]),
            ("| Difficulty | Percentage |\n|---|---|\n| Basic | 37.1% |", &["37.1% is 3"]),
            ("| Answer | Count |\n|---|---|\n| C | 4 |", &["4 is 1"]),
            ("Difficulty Distribution:\n- Basic: 6 questions\n- Total: 9", &["6 is 3", "9 is 8"]),
            ("## Answer Distribution\n\n* A: 25%\n* B: 50%", &["50% is 6"]),
            ("| Difficulty | Count |\n|---|---|\n| Basic | 9 (of 3 planned) |", &["9 is 3"]),
        ];
        for (lines, expected) in wrong {
            assert_eq!(differences(lines), expected, "{lines}");
        }
    }

    #[test]
    fn numbers_of_other_things_are_left_alone() {
        let other = [
            "Total MCQs so far: 25",
            "**Target:** 90% of readers",
            "**Next:** Chapter 2 (Target: 65 MCQs)",
            "**Target Met: 3**",
            "Questions of the distribution: 4 Basic",
            "| Topic | Count |\n|---|---|\n| Basic | 7 |",
            "| Difficulty | Count |\n|---|---|\n| Strange | 7 |",
            "```\n**Total MCQs: 9**\n```",
        ];
        for lines in other {
            assert_eq!(differences(lines), [] as [&str; 0], "{lines}");
        }
    }
}
