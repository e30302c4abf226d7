//! How many questions a chapter claims to have: in all, of each difficulty, with each letter as the
//! answer. Claims are compared with what was counted and never believed.

mod below;
mod claims;
mod tables;

use std::ops::RangeInclusive;

use crate::import::{
    Kind, Parsed, Problem,
    facts::{Tally, capital},
    labels::is_difficulty,
    lines::Lines,
    places::{column, number},
};
use below::stated_in;

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
                counted.or_else(|| is_difficulty(name).then_some(0))?
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

/// What a line claims of one thing.
type Claimed<'a> = (Counted<'a>, Vec<(Claim, &'a str)>);

/// What the numbers of a table or a list are about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Difficulties,
    Answers,
}

impl Subject {
    fn named(self, name: &str) -> Option<Counted<'_>> {
        let name = name.trim_matches(['*', '_', ' ', '(', ')', ':', '：', '=', '.']);
        if is_total(name) {
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

/// Whether a cell or an entry is called the one of all questions.
fn is_total(name: &str) -> bool {
    ["total", "total questions", "total mcqs"].iter().any(|total| name.eq_ignore_ascii_case(total))
}

/// Where a part of a text begins in it, in bytes.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
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
            "| Difficulty | Questions |\n|---|---|\n| Basic | 1-3 |\n| Odd | 8 |",
            "| Topic | Basic | Expert | Total |\n|---|---|---|---|\n| One | 1 | 2 | 3 |",
            "| Difficulty | Count | Points Each | Total |\n|---|---|---|---|\n| Basic | 3 | 2 | 6 |",
            "**Distribution:** Basic: 3 | Expert: 4",
            "| Answer | A | B |\n|---|---|---|\n| Count | 2 | 6 |",
            "8 MCQs: 3 Basic, 4 Expert",
            "*End of Chapter 1 (8 MCQs)*",
            "Difficulty | Count\n---|---\nBasic | 3",
            "**Distribution:** 3 basic / 4 expert and 1 odd",
            "| Level | # | Meaning |\n|---|---|---|\n| Basic | 1 | x |\n| Expert | 2 | y |",
            "*End of Chapter 1 — next: Chapter 2 (50 MCQs)*",
            "| Difficulty | Count (planned) |\n|---|---|\n| Basic | 5 |",
            "**Total MCQs = 8**",
            "**Total MCQs: 1,005**",
            "## Summary\n- Basic: 3 (38%)\n- Expert: 4 points",
        ];
        for lines in right {
            assert_eq!(differences(lines), [] as [&str; 0], "{lines}");
        }
    }

    #[test]
    fn wrong_numbers_are_told_with_the_real_ones() {
        let wrong: [(&str, &[&str]); 34] = [
            ("| Total Questions | Basic | Expert |\n|---|---|---|\n| 9 | 3 | 5 |", &["9 is 8", "5 is 4"]),
            ("| Difficulty Level | Count |\n|---|---|\n| Basic | 7 |", &["7 is 3"]),
            ("| Difficulty | # Questions |\n|---|---|\n| Basic | 7 |", &["7 is 3"]),
            ("| Difficulty | Number of Questions |\n|---|---|\n| Basic | 7 |", &["7 is 3"]),
            ("| Difficulty | Count (%) |\n|---|---|\n| Basic | 7 (38%) |", &["7 is 3"]),
            ("**Distribution:** Basic: 3 | Expert: 5", &["5 is 4"]),
            ("| Answer | A | B |\n|---|---|---|\n| Count | 2 | 7 |", &["7 is 6"]),
            ("9 MCQs: 3 Basic, 5 Expert", &["9 is 8", "5 is 4"]),
            ("*End of Chapter 1 (9 MCQs)*", &["9 is 8"]),
            ("Difficulty | Count\n---|---\nBasic | 7\nExpert | 4", &["7 is 3"]),
            ("**Distribution:** Basic 75% / Expert 50%", &["75% is 3"]),
            ("**Questions:** 5 | **Total MCQs = 9**", &["5 is 8", "9 is 8"]),
            ("## Summary\n- Basic: 4 (38%)", &["4 is 3"]),
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
