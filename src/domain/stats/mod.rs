//! What a person's answers come to. A [`History`] is added up to a [`Summary`] of a [`Period`] once; each page is
//! a pure function of it and of the [`Shelf`] of cards, and gives the numbers that the screen, the command line and the report all show. Knows neither
//! where answers are kept nor how figures are drawn.
//!
//! Where Anki has the same figure it is defined as there. Retention counts a card's first answer of a study day
//! on a card that had an interval of at least a day; days are study days, frozen in the log.

mod shelf;
mod history;
mod builder;
mod period;
mod tally;
mod summary;
mod histogram;
mod pages;
mod lately;
mod retention;
mod calendar;
mod load;
mod cards;
mod topics;
mod standing;
mod places;
mod confusions;
mod prediction;

pub use builder::{Builder, Given};
pub use calendar::{Calendar, CalendarDay, Hour, Weekday};
pub use cards::Cards;
pub use confusions::{Confusion, Confusions, GradeCounts, HardQuestion, Letter, Missed};
pub use histogram::{Bin, Histogram};
pub use history::{Answer, Choices, History, Turn};
pub use lately::{Lately, Left, Week};
pub use load::{Load, LoadDay, LoadSpan};
pub use pages::Page;
pub use period::Period;
pub use places::{PlaceChosen, Places};
pub use prediction::Prediction;
pub use retention::{Recall, Retention, Span};
pub use shelf::{Card, Chapter, Keys, Present, Shelf};
pub use standing::Standing;
pub use summary::Summary;
pub use tally::{DayTally, Pace, Streak, Tally};
pub use topics::{Group, GroupKey, Groups, MOST_GROUPS, Topics};

#[cfg(test)]
pub(crate) mod tests {
    //! What the tests of all pages build their histories of.

    use super::*;
    use crate::domain::{
        grade::Grade,
        review_log::Outcome,
        time::{Days, StudyDay},
    };

    /// An answer on this day with this grade and this promised interval, right unless graded again, at nine
    /// o'clock, after four seconds.
    pub fn given(day: i32, grade: Grade, promised: u32) -> Given {
        let outcome = if grade.passes() { Outcome::Right } else { Outcome::Wrong };
        let (day, promised) = (StudyDay(day), Days(promised));
        Given { day, grade, outcome, choice: 0, place: None, took_ms: 4_000, hour: 9, promised }
    }
}
