//! What each grade would bring, before any of them is given.

use std::fmt;

use super::{Schedule, sm2::Ease};
use crate::domain::{
    grade::Grade,
    time::{Days, StudyDay},
};

/// What each grade would bring, worked out before any of them is given. What the screen shows is
/// what the log records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    before: Option<Schedule>,
    after: [Schedule; 4],
    today: StudyDay,
}

/// What one grade would bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// From today to the day on which it would be due.
    pub interval: Days,
    /// Whether it would come again today.
    pub drill: bool,
    /// What would be added to the ease factor, in hundredths; nothing where the scheduler has none.
    pub ease_change: i32,
}

impl Preview {
    pub(super) fn new(
        before: Option<&Schedule>,
        today: StudyDay,
        after: impl FnMut(Grade) -> Schedule,
    ) -> Self {
        Self { before: before.copied(), after: Grade::ALL.map(after), today }
    }

    /// What this grade would bring.
    pub fn promise(&self, grade: Grade) -> Promise {
        let after = &self.after[usize::from(grade.number()) - 1];
        Promise {
            interval: after.due.since(self.today),
            drill: after.is_drilled(self.today),
            ease_change: self.ease_change(after),
        }
    }

    fn ease_change(&self, after: &Schedule) -> i32 {
        let before = self.before.and_then(|before| before.memory.ease()).unwrap_or(Ease::FIRST);
        after.memory.ease().map_or(0, |ease| ease.hundredths() - before.hundredths())
    }
}

impl fmt::Display for Promise {
    /// `15 d, ease +0.10`; a change of ease that a further answer today already implies is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.interval.fmt(f)?;
        if self.drill {
            return f.write_str(", today again");
        }
        if self.ease_change > 0 {
            return write!(f, ", ease +{:.2}", f64::from(self.ease_change) / 100.0);
        }
        Ok(())
    }
}
