//! One line of answers, as it is read.

use std::{borrow::Cow, fmt};

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};

use crate::{
    app::json_mistake,
    domain::{grade::Grade, scheduler::Quality, time::StudyDay},
};

/// Days beyond this, before or after day 0, are no days of anybody's life.
const MOST_DAYS: i32 = 1_000_000_000;

/// What some programs put before their first line.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// An answer to a card.
#[derive(Debug)]
pub(in crate::cli) struct Answer<'a> {
    /// The card's name.
    pub card: Cow<'a, str>,
    /// When.
    pub day: Day,
    /// How well it was known.
    pub quality: Quality,
}

/// A day in the form in which it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Day {
    /// Counted from wherever somebody began to count.
    Number(i32),
    /// In the calendar.
    Date(NaiveDate),
}

/// The kind of all days of one input, which is that of its first.
#[derive(Debug, Default)]
pub(in crate::cli) struct KindOfDays {
    first: Option<Day>,
}

/// What can be wrong with a line.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum Mistake {
    #[error("it is no JSON object such as {{\"card\": \"x\", \"day\": 3, \"grade\": \"good\"}}")]
    NoObject,
    #[error("{}", json_mistake(.0))]
    Json(#[from] serde_json::Error),
    #[error("it has neither a grade nor a quality: add \"grade\": \"again\", \"hard\", \"good\" or \"easy\"")]
    NoGrade,
    #[error("it has both a grade and a quality: leave one of them out")]
    TwoGrades,
    #[error("it is longer than a million characters: is there a line for each answer?")]
    TooLong,
    #[error(
        "card “{card}” was answered on day {before} already, and this is day {day}: sort its answers by day"
    )]
    Backwards { card: String, day: Day, before: Day },
    #[error("its day is {day}, and the first one was {first}: use numbers for all days, or dates")]
    TwoKindsOfDay { day: Day, first: Day },
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    card: Cow<'a, str>,
    day: Day,
    grade: Option<Word>,
    quality: Option<Number>,
}

struct Word(Grade);

struct Number(Quality);

impl<'a> Answer<'a> {
    /// The answer of a line of JSON.
    pub(in crate::cli) fn of_line(line: &'a [u8]) -> Result<Self, Mistake> {
        let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        if !line.starts_with(b"{") {
            return Err(Mistake::NoObject);
        }
        let Line { card, day, grade, quality } = serde_json::from_slice(line)?;
        let quality = match (grade, quality) {
            (Some(Word(grade)), None) => grade.into(),
            (None, Some(Number(quality))) => quality,
            (None, None) => return Err(Mistake::NoGrade),
            (Some(_), Some(_)) => return Err(Mistake::TwoGrades),
        };
        Ok(Self { card, day, quality })
    }
}

impl Day {
    /// The study day that is meant.
    pub(in crate::cli) fn study_day(self) -> StudyDay {
        match self {
            Self::Number(number) => StudyDay(number),
            Self::Date(date) => StudyDay::from_date(date),
        }
    }

    /// Whether both are numbers, or both dates.
    fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number(_), Self::Number(_)) | (Self::Date(_), Self::Date(_)) => true,
            (Self::Number(_), Self::Date(_)) | (Self::Date(_), Self::Number(_)) => false,
        }
    }

    /// A study day in the same form.
    pub(in crate::cli) fn like(self, other: StudyDay) -> Self {
        match self {
            Self::Number(_) => Self::Number(other.0),
            Self::Date(_) => Self::Date(other.date()),
        }
    }
}

impl KindOfDays {
    /// Takes the next day in.
    pub(in crate::cli) fn expect(&mut self, day: Day) -> Result<(), Mistake> {
        let first = *self.first.get_or_insert(day);
        if day.is_like(first) { Ok(()) } else { Err(Mistake::TwoKindsOfDay { day, first }) }
    }
}

impl fmt::Display for Day {
    /// As JSON: `3` or `"2026-11-22"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => write!(f, "\"{date}\""),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReadDay;
        impl Visitor<'_> for ReadDay {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day: a whole number, or a date such as \"2026-11-22\"")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Day, E> {
                let day = i32::try_from(number).ok().filter(|day| (-MOST_DAYS..=MOST_DAYS).contains(day));
                day.map(Day::Number).ok_or_else(|| E::custom(format!("{number} is too far away for a day")))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Day, E> {
                self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                let date = (text.len() == "2026-11-22".len()).then(|| text.parse().ok()).flatten();
                date.map(Day::Date)
                    .ok_or_else(|| E::custom(format!("“{text}” is no date such as \"2026-11-22\"")))
            }
        }
        deserializer.deserialize_any(ReadDay)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReadWord;
        impl Visitor<'_> for ReadWord {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a grade: \"again\", \"hard\", \"good\" or \"easy\"")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Word, E> {
                let grade = Grade::ALL.into_iter().find(|grade| grade.word() == text);
                grade
                    .map(Word)
                    .ok_or_else(|| E::custom(format!("“{text}” is no grade: use again, hard, good or easy")))
            }
        }
        deserializer.deserialize_str(ReadWord)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReadNumber;
        impl Visitor<'_> for ReadNumber {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a quality: a whole number from 0 to 5")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Number, E> {
                let quality = Quality::from_number(number);
                quality.map(Number).ok_or_else(|| E::custom(format!("{number} is no quality: use 0 to 5")))
            }
        }
        deserializer.deserialize_u64(ReadNumber)
    }
}
