//! What the author says about the order of the options, in fields and perhaps in a comment as well. What
//! cannot be followed keeps the order, because a wrong order can make a right answer wrong.

use super::{Node, entry::Entry, fields::Field, options::truth};
use crate::{
    domain::question::Shuffling,
    import::{
        Kind, ParsedQuestion, Problem,
        places::Places,
        shuffling::{Place, Reason},
    },
};

/// Orders the options as the author wants them; a warning when what is said about that cannot be followed.
pub(super) fn apply(entry: &Entry<'_>, found: &mut ParsedQuestion, places: &Places<'_>) -> Option<Problem> {
    let in_comment = found.reason.as_ref().is_some_and(|reason| reason.place == Place::Directive);
    let in_comment = in_comment.then_some(found.question.shuffling);
    let (order, flaw) = match said(entry, in_comment, found.question.options().len()) {
        Ok(None) => return None,
        Ok(Some(order)) => (order, None),
        Err(flaw) => (Shuffling::Locked, Some(flaw)),
    };
    let words = match order {
        Shuffling::Locked => "fixed order",
        Shuffling::Free => "shuffle",
        Shuffling::PinnedLast(_) => "pinned last",
    };
    found.question.shuffling = order;
    found.reason = Some(Reason::directed(words));
    flaw.map(|flaw| flaw.problem(found, places))
}

/// Why what is said about the order cannot be followed, and where.
enum Flaw {
    /// It differs from what was said before.
    Contradiction(usize),
    /// It is no truth, or no number of options that leaves one to be shuffled.
    Unreadable(usize),
}

impl Flaw {
    fn problem(self, found: &ParsedQuestion, places: &Places<'_>) -> Problem {
        let (at, what) = match self {
            Self::Contradiction(at) => (at, "this contradicts what is said before about the order"),
            Self::Unreadable(at) => (at, "this says nothing about the order that can be followed"),
        };
        let at = places.at(at);
        let message = format!("{what}, so the order is kept");
        let problem = Problem::new(Kind::UnknownDirective, at.line, at.column, message);
        let hint = "Say once: `fixed_order` or `shuffle` as true or false, or `pinned_last` as a number below that of the options.";
        Problem { question: found.question.number.clone(), hint, ..problem }
    }
}

/// All that is said about the order, put together.
fn said(entry: &Entry<'_>, in_comment: Option<Shuffling>, options: usize) -> Result<Option<Shuffling>, Flaw> {
    let fixed = entry.said(Field::FixedOrder).map(|node| (node.at, kept(node, true)));
    let shuffled = entry.said(Field::Shuffle).map(|node| (node.at, kept(node, false)));
    let pinned = entry.said(Field::PinnedLast).map(|node| (node.at, pinned(node, options)));
    let mut order = in_comment;
    for (at, statement) in fixed.chain(shuffled).chain(pinned) {
        let statement = statement.ok_or(Flaw::Unreadable(at))?;
        let together = order.map_or(Some(statement), |order| both(order, statement));
        order = Some(together.ok_or(Flaw::Contradiction(at))?);
    }
    Ok(order)
}

/// The order is kept when the node says this word.
fn kept(node: &Node<'_>, word: bool) -> Option<Shuffling> {
    let said = node.scalar().and_then(truth)?;
    Some(if said == word { Shuffling::Locked } else { Shuffling::Free })
}

fn pinned(node: &Node<'_>, options: usize) -> Option<Shuffling> {
    match node.scalar()?.text.trim().parse().ok()? {
        0 => Some(Shuffling::Free),
        pinned => (usize::from(pinned) < options).then_some(Shuffling::PinnedLast(pinned)),
    }
}

/// What two statements say together: options that stay last do not keep the others from being shuffled.
fn both(one: Shuffling, other: Shuffling) -> Option<Shuffling> {
    match (one, other) {
        (Shuffling::Free, Shuffling::PinnedLast(pinned))
        | (Shuffling::PinnedLast(pinned), Shuffling::Free) => Some(Shuffling::PinnedLast(pinned)),
        (one, other) => (one == other).then_some(one),
    }
}
