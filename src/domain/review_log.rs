//! The review log: every act that changes scheduling, in order, never edited. It is the truth; what
//! a card's schedule is today follows from it. Knows nothing of how it is kept.

use std::collections::HashSet;

use super::{
    grade::Grade,
    ids::{CardId, EventId, OptionId},
    time::{Days, Moment, StudyDay},
};

/// One entry of the log: when, which card, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its place in the log of this collection, which tells nothing of time: another machine's events come
    /// when they are merged in.
    pub id: EventId,
    /// The card that it is about.
    pub card: CardId,
    /// When it happened.
    pub moment: Moment,
    /// What was done.
    pub act: Act,
}

/// What a person can do to a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Answered and graded.
    Answer(Answer),
    /// Set aside until further notice.
    Suspend,
    /// Taken back from being suspended, buried or deleted.
    Release,
    /// Set aside until a study day.
    Bury {
        /// The first study day on which it may be asked again.
        until: StudyDay,
    },
    /// Given another day to be due on, up to which the interval goes then; everything else is left as it was.
    Reschedule {
        /// That study day; the day of the event at the earliest.
        due: StudyDay,
    },
    /// Made as if it had never been answered. Its history stays, and so do its hold and its flag.
    Reset,
    /// Marked with a flag, for the person's own use.
    Flag,
    /// The flag taken off.
    Unflag,
    /// Answered for practice: kept, and without effect on the schedule or any figure.
    Practise(Practice),
    /// Taken out of the collection: not asked, listed or found any more, and not brought back by an import.
    /// A release brings it back.
    Delete,
    /// Put into another deck.
    Move {
        /// The deck's name. Where no deck is called so, the card is in its own.
        deck: String,
    },
    /// Another act made not to have happened.
    Undo {
        /// The act that is taken back; it stays in the log. One that is not here yet has no effect.
        target: EventId,
    },
    /// An act of a newer program, which came with another machine's log: kept, and without effect here.
    Unknown {
        /// The log's word for it.
        kind: String,
    },
}

/// An answer: what was observed, the grade that was given, and what was promised for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The grade.
    pub grade: Grade,
    /// The options that were chosen, sorted; none for “I don't know” and on a flip card.
    pub chosen: Vec<OptionId>,
    /// Where on the screen the option stood, from 0, if just one was chosen. Not known of answers of before
    /// this was kept.
    pub place: Option<u8>,
    /// What was seen of the person's knowledge, as the question was then.
    pub outcome: Outcome,
    /// Whether the options were covered until the person asked for them.
    pub covered: bool,
    /// From the question's appearance to the choice, or to the turning of a flip card, in milliseconds.
    pub took_ms: u32,
    /// The interval that the grade promised on the screen, counted from the answer's study day.
    pub promised: Days,
}

/// An answer for practice: as an answer, and nothing was promised for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// The grade.
    pub grade: Grade,
    /// As [`Answer::chosen`].
    pub chosen: Vec<OptionId>,
    /// As [`Answer::place`].
    pub place: Option<u8>,
    /// As [`Answer::outcome`].
    pub outcome: Outcome,
    /// As [`Answer::covered`].
    pub covered: bool,
    /// As [`Answer::took_ms`].
    pub took_ms: u32,
}

impl Answer {
    /// An answer with what was promised for it.
    pub fn promising(practice: Practice, promised: Days) -> Self {
        let Practice { grade, chosen, place, outcome, covered, took_ms } = practice;
        Self { grade, chosen, place, outcome, covered, took_ms, promised }
    }
}

/// What an answer let the program see, before any grade was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The right options were chosen.
    Right,
    /// Other options were chosen.
    Wrong,
    /// Nothing was chosen: “I don't know”.
    NotKnown,
    /// A flip card was turned over: only the person knows what they knew, and only the grade tells.
    Unobserved,
}

impl Outcome {
    /// The grade that fits: wrong is again, slow is hard, else good. Of a flip card nothing was observed, and
    /// good is only where the person's own judgement starts.
    pub fn suggested(self, slow: bool) -> Grade {
        match self {
            Self::Wrong | Self::NotKnown => Grade::Again,
            Self::Right if slow => Grade::Hard,
            Self::Right | Self::Unobserved => Grade::Good,
        }
    }
}

/// The deck that a card was put into last, by these events in the order that counts.
pub fn moved_to(events: &[Event]) -> Option<&str> {
    effective(events).rev().find_map(|event| match &event.act {
        Act::Move { deck } => Some(deck.as_str()),
        _ => None,
    })
}

/// The events that count: undone acts and the undoing itself left out, the rest in order. Undoing an
/// undo restores what it had taken back. `events` are in the order that counts: by time, and at one instant
/// by device.
pub fn effective(events: &[Event]) -> impl DoubleEndedIterator<Item = &Event> {
    let mut undone: HashSet<EventId> = HashSet::new();
    for event in events.iter().rev() {
        if undone.contains(&event.id) {
            continue;
        }
        if let Act::Undo { target } = event.act {
            undone.insert(target);
        }
    }
    events.iter().filter(move |event| !event.act.is_undo() && !undone.contains(&event.id))
}

/// Of a question that was left open for long only two minutes count.
pub const LONGEST_MS: u32 = 120_000;

impl Outcome {
    /// Whether the card was not known: a wrong choice, whatever the grade, or a right one that was guessed. Of
    /// a flip card the grade alone tells.
    pub fn is_missed(self, grade: Grade) -> bool {
        match self {
            Self::Wrong | Self::NotKnown => true,
            Self::Right | Self::Unobserved => !grade.passes(),
        }
    }
}

impl Act {
    /// Whether this takes another act back.
    pub fn is_undo(&self) -> bool {
        matches!(self, Self::Undo { .. })
    }

    /// What a notice calls it: `Good`, `suspend`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Answer(answer) => answer.grade.label(),
            Self::Suspend => "suspend",
            Self::Release => "release",
            Self::Bury { .. } => "bury",
            Self::Reschedule { .. } => "reschedule",
            Self::Reset => "reset",
            Self::Flag => "flag",
            Self::Unflag => "remove flag",
            Self::Practise(_) => "practice",
            Self::Delete => "delete",
            Self::Move { .. } => "move",
            Self::Undo { .. } => "undo",
            Self::Unknown { .. } => "an act of a newer retain",
        }
    }
}
