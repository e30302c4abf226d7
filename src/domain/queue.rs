//! Which cards to study today, and in what order. Takes candidates and gives back a queue; knows
//! nothing of screens or SQL.

use super::{ids::CardId, shuffle::shuffle, time::StudyDay};

/// The most that a person wants to be asked in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Cards never seen before.
    pub new: usize,
    /// Cards that are due.
    pub reviews: usize,
}

/// What could be studied now, of what a sitting is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidates {
    /// Cards that are due, with their due days.
    pub due: Vec<(CardId, StudyDay)>,
    /// Cards never answered, in the order of their chapters; as many as could be wanted.
    pub new: Vec<CardId>,
    /// Cards to be repeated today, since they were not known.
    pub drills: Vec<CardId>,
    /// Due cards that were answered earlier today.
    pub reviewed_today: usize,
    /// New cards that were answered earlier today.
    pub introduced_today: usize,
}

/// What to study, in order, and what the limits left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queue {
    /// Due and new cards.
    pub cards: Vec<CardId>,
    /// Cards to be repeated today.
    pub drills: Vec<CardId>,
    /// Due cards that have to wait, since today's limit is reached.
    pub left_out: usize,
}

/// Due cards first come first served: the longest overdue are taken, and cards of one day in a random
/// order, so that neighbours in a chapter do not give each other away. New cards follow the chapter
/// and are spread among the due ones. While more is overdue than a day's limit holds there are no
/// new ones: a growing wall of overdue cards is what makes people quit.
pub fn build(mut candidates: Candidates, limits: Limits, seed: u64) -> Queue {
    let reviews_left = limits.reviews.saturating_sub(candidates.reviewed_today);
    let backlog = candidates.due.len() > reviews_left;
    shuffle(&mut candidates.due, seed);
    candidates.due.sort_by_key(|(_, due)| *due);
    let left_out = candidates.due.len().saturating_sub(reviews_left);
    let due: Vec<CardId> = candidates.due.into_iter().take(reviews_left).map(|(card, _)| card).collect();

    let new_left = if backlog { 0 } else { limits.new.saturating_sub(candidates.introduced_today) };
    candidates.new.truncate(new_left);
    Queue { cards: spread(due, candidates.new), drills: candidates.drills, left_out }
}

/// Both lists in one, each in its own order, the shorter one spread evenly over the longer.
fn spread(due: Vec<CardId>, new: Vec<CardId>) -> Vec<CardId> {
    let (due_count, new_count) = (due.len(), new.len());
    let mut mixed = Vec::with_capacity(due_count + new_count);
    let (mut due, mut new) = (due.into_iter().peekable(), new.into_iter().peekable());
    let (mut due_taken, mut new_taken) = (0, 0);
    while due.peek().is_some() || new.peek().is_some() {
        let new_is_behind = (new_taken + 1) * (due_count + 1) <= (due_taken + 1) * (new_count + 1);
        if due.peek().is_none() || (new_is_behind && new.peek().is_some()) {
            mixed.extend(new.next());
            new_taken += 1;
        } else {
            mixed.extend(due.next());
            due_taken += 1;
        }
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { new: 2, reviews: 4 };

    fn due(cards: &[(i64, i32)]) -> Vec<(CardId, StudyDay)> {
        cards.iter().map(|(card, day)| (CardId(*card), StudyDay(*day))).collect()
    }

    fn cards(ids: &[i64]) -> Vec<CardId> {
        ids.iter().copied().map(CardId).collect()
    }

    #[test]
    fn the_longest_overdue_come_first_and_the_limit_says_what_it_left_out() {
        let candidates = Candidates {
            due: due(&[(1, 9), (2, 3), (3, 7), (4, 1), (5, 8), (6, 2)]),
            ..Candidates::default()
        };
        let queue = build(candidates, LIMITS, 0);
        assert_eq!(queue.cards, cards(&[4, 6, 2, 3]));
        assert_eq!(queue.left_out, 2);
    }

    #[test]
    fn new_cards_keep_their_chapters_order_and_are_spread_among_the_due() {
        let candidates = Candidates {
            due: due(&[(1, 1), (2, 2), (3, 3), (4, 4)]),
            new: cards(&[10, 11, 12]),
            ..Candidates::default()
        };
        assert_eq!(build(candidates, LIMITS, 0).cards, cards(&[1, 10, 2, 3, 11, 4]));
    }

    #[test]
    fn there_is_nothing_new_while_more_is_overdue_than_a_day_holds() {
        let candidates = Candidates {
            due: due(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]),
            new: cards(&[10]),
            ..Candidates::default()
        };
        let queue = build(candidates, LIMITS, 0);
        assert_eq!(queue.cards.len(), 4);
        assert!(!queue.cards.contains(&CardId(10)));
    }

    #[test]
    fn what_was_studied_earlier_today_counts_against_the_limits() {
        let candidates = Candidates {
            due: due(&[(1, 1), (2, 1)]),
            new: cards(&[10, 11]),
            reviewed_today: 2,
            introduced_today: 1,
            ..Candidates::default()
        };
        let queue = build(candidates, LIMITS, 0);
        assert_eq!(queue.cards.len(), 3);
        assert!(!queue.cards.contains(&CardId(11)));
    }

    #[test]
    fn cards_of_one_day_come_in_an_order_that_the_seed_decides() {
        let order = |seed| {
            let same_day: Vec<_> = (0..40).map(|card| (CardId(card), StudyDay(1))).collect();
            let candidates = Candidates { due: same_day, ..Candidates::default() };
            build(candidates, Limits { new: 0, reviews: 40 }, seed).cards
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
    }
}
