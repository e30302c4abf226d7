//! One sitting: which card comes next, and the way of a question from being asked to being graded.
//! Knows nothing of where cards come from or where answers go.

use std::collections::VecDeque;

use super::{
    card::CardState,
    grade::Grade,
    ids::{CardId, EventId, OptionId},
    question::Question,
    queue::Queue,
    review_log::{Act, Answer, Event, Outcome, Practice},
    scheduler::Preview,
    time::StudyDay,
};

/// So many other cards stand between two showings of a card that is drilled, where there are so many.
const DRILL_GAP: usize = 3;

/// The cards of a sitting, those still to come and those that are done.
#[derive(Debug, Clone, Default)]
pub struct Session {
    ahead: VecDeque<CardId>,
    drills: VecDeque<Drill>,
    put_off: VecDeque<CardId>,
    just_put_off: Option<CardId>,
    shown: usize,
    done: Vec<Done>,
    /// Answers that were undone, for as long as they may be done again.
    taken_back: Vec<Done>,
    /// Due cards that today's limit left out.
    pub left_out: usize,
}

#[derive(Debug, Clone, Copy)]
struct Drill {
    card: CardId,
    /// How many cards must have been shown before this one is ready.
    ready_at: usize,
}

/// An answer of this sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Its place in the log.
    pub event: EventId,
    /// The card.
    pub card: CardId,
    /// The grade.
    pub grade: Grade,
    /// What was seen before it was graded.
    pub outcome: Outcome,
    /// Whether it was a repetition of a card that had been answered earlier the same day.
    pub drill: bool,
    /// From the question's appearance to the choice, in milliseconds.
    pub took_ms: u32,
}

/// What a sitting came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Answers, drills among them.
    pub answered: usize,
    /// Cards, drills left aside.
    pub cards: usize,
    /// Cards that were right at first sight.
    pub right_at_first: usize,
    /// Time from question to choice, added up, in milliseconds.
    pub took_ms: u64,
    /// The cards that were missed most often, those first; at most five.
    pub hardest: Vec<(CardId, usize)>,
}

/// A question before its answer is shown. It cannot be graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The card.
    pub card: CardId,
    /// What is asked.
    pub question: Question,
    /// The order of the options this time; letters on the screen follow it.
    pub order: Vec<OptionId>,
    /// The card's state before this answer.
    pub state: CardState,
    /// Whether the options were covered at first.
    pub covered: bool,
    /// What each grade would bring.
    pub preview: Preview,
}

/// A question whose answer is shown. It waits for its grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revealed {
    /// The question as it was asked.
    pub asked: Asking,
    /// The options that were chosen, sorted; none for “I don't know” and on a flip card.
    pub chosen: Vec<OptionId>,
    /// What that shows of the person's knowledge.
    pub outcome: Outcome,
    /// From the question's appearance to the choice, or to the turning of a flip card, in milliseconds.
    pub took_ms: u32,
    /// The grade that fits.
    pub suggested: Grade,
}

impl Done {
    fn of(revealed: &Revealed, grade: Grade, event: EventId, today: StudyDay) -> Self {
        let before = revealed.asked.state.schedule;
        Self {
            event,
            card: revealed.asked.card,
            grade,
            outcome: revealed.outcome,
            drill: before.is_some_and(|before| before.answered >= today),
            took_ms: revealed.took_ms,
        }
    }

    /// Whether it was not known: a wrong choice, whatever the grade, or a right one that was guessed. Of
    /// a flip card the grade alone tells.
    pub fn is_missed(&self) -> bool {
        self.outcome.is_missed(self.grade)
    }
}

impl Session {
    /// A sitting over this queue.
    pub fn new(queue: Queue) -> Self {
        let drills = queue.drills.into_iter().map(|card| Drill { card, ready_at: DRILL_GAP });
        Self {
            ahead: queue.cards.into(),
            drills: drills.collect(),
            left_out: queue.left_out,
            ..Self::default()
        }
    }

    /// Takes the next card: a drill that has waited long enough, else one still ahead, else one that was
    /// skipped, though not just now, else the drill that waits longest. `None` when the sitting is over.
    pub fn next_card(&mut self) -> Option<CardId> {
        let ready = self.drills.iter().position(|drill| drill.ready_at <= self.shown);
        let card = match ready {
            Some(place) => self.drills.remove(place).map(|drill| drill.card),
            None => self
                .ahead
                .pop_front()
                .or_else(|| self.put_off.pop_front_if(|card| Some(*card) != self.just_put_off))
                .or_else(|| self.drills.pop_front().map(|drill| drill.card))
                .or_else(|| self.put_off.pop_front()),
        };
        self.just_put_off = None;
        self.shown += usize::from(card.is_some());
        card
    }

    /// An answer was recorded with this grade as that event, and left the card in this state.
    pub fn graded(
        &mut self,
        revealed: &Revealed,
        grade: Grade,
        event: EventId,
        after: &CardState,
        today: StudyDay,
    ) {
        let drilled_again = after.schedule.is_some_and(|schedule| schedule.is_drilled(today));
        self.answered(Done::of(revealed, grade, event, today), drilled_again);
    }

    /// An answer for practice was recorded with this grade as that event. What was not known comes again.
    pub fn practised(&mut self, revealed: &Revealed, grade: Grade, event: EventId, today: StudyDay) {
        let is_again = self.done.iter().any(|done| done.card == revealed.asked.card);
        let done = Done { drill: is_again, ..Done::of(revealed, grade, event, today) };
        self.answered(done, !grade.passes());
    }

    fn answered(&mut self, done: Done, drilled_again: bool) {
        if drilled_again {
            self.drills.push_back(Drill { card: done.card, ready_at: self.shown + DRILL_GAP });
        }
        self.done.push(done);
    }

    /// The card was put off to the end of this sitting.
    pub fn skipped(&mut self, card: CardId) {
        self.put_off.push_back(card);
        self.just_put_off = Some(card);
    }

    /// Something done to a card was undone, and its answer no longer counts. The card comes next, where
    /// it belongs to this sitting and may be asked.
    pub fn undone(&mut self, event: EventId, card: CardId, may_be_asked: bool) {
        self.taken_back.extend(self.done.extract_if(.., |done| done.event == event));
        if may_be_asked {
            self.comes_next(card);
        } else {
            self.drop_card(card);
        }
    }

    /// Something that had been undone counts again, and left the card in this state. An answer is
    /// answered, and what is set aside or starts anew is not asked.
    pub fn redone(&mut self, event: &Event, after: &CardState, today: StudyDay) {
        let is_answer = matches!(event.act, Act::Answer(_));
        let is_practice = matches!(event.act, Act::Practise(_));
        if is_answer || is_practice || event.act == Act::Reset || after.is_held(today) {
            self.drop_card(event.card);
        }
        let drilled = is_answer && after.schedule.is_some_and(|schedule| schedule.is_drilled(today));
        if drilled {
            self.drills.push_back(Drill { card: event.card, ready_at: self.shown + DRILL_GAP });
        }
        self.done.extend(self.taken_back.extract_if(.., |done| done.event == event.id));
    }

    /// The card comes next, wherever it stood.
    pub fn comes_next(&mut self, card: CardId) {
        self.drop_card(card);
        self.drills.push_front(Drill { card, ready_at: 0 });
    }

    /// The card is not asked again in this sitting.
    pub fn drop_card(&mut self, card: CardId) {
        self.ahead.retain(|ahead| *ahead != card);
        self.drills.retain(|drill| drill.card != card);
        self.put_off.retain(|put_off| *put_off != card);
    }

    /// Cards still to come, drills among them.
    pub fn remaining(&self) -> usize {
        self.ahead.len() + self.drills.len() + self.put_off.len()
    }

    /// Answers so far.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// What the sitting came to so far.
    pub fn summary(&self) -> Summary {
        let first: Vec<&Done> = self.done.iter().filter(|done| !done.drill).collect();
        Summary {
            answered: self.done.len(),
            cards: first.len(),
            right_at_first: first.iter().filter(|done| !done.is_missed()).count(),
            took_ms: self.done.iter().map(|done| u64::from(done.took_ms)).sum(),
            hardest: self.hardest(),
        }
    }

    fn hardest(&self) -> Vec<(CardId, usize)> {
        const MOST: usize = 5;
        let mut missed: Vec<(CardId, usize)> = Vec::new();
        for done in self.done.iter().filter(|done| done.is_missed()) {
            match missed.iter_mut().find(|(card, _)| *card == done.card) {
                Some((_, times)) => *times += 1,
                None => missed.push((done.card, 1)),
            }
        }
        missed.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        missed.truncate(MOST);
        missed
    }
}

impl Asking {
    /// The answer is shown: these options were chosen after so long. No options is “I don't know”, or a
    /// flip card that is turned over. An answer slower than `slow_ms` suggests a lower grade.
    pub fn reveal(self, mut chosen: Vec<OptionId>, took_ms: u32, slow_ms: u32) -> Revealed {
        chosen.sort_unstable();
        chosen.dedup();
        let outcome = self.question.outcome(&chosen);
        let suggested = outcome.suggested(took_ms > slow_ms);
        Revealed { asked: self, chosen, outcome, took_ms, suggested }
    }

    /// The option that stands at this place of the screen, counted from 0.
    pub fn option_at(&self, place: usize) -> Option<OptionId> {
        self.order.get(place).copied()
    }

    /// The letter that stands before an option on the screen.
    pub fn letter(&self, option: OptionId) -> Option<char> {
        self.place_of(option).map(letter_at)
    }

    /// The place of an option on the screen, counted from 0.
    fn place_of(&self, option: OptionId) -> Option<usize> {
        self.order.iter().position(|shown| *shown == option)
    }
}

/// The letter of a place on the screen, counted from 0.
pub fn letter_at(place: usize) -> char {
    char::from(b'a' + (place % 26) as u8)
}

impl Revealed {
    /// The grade of somebody who leaves instead of taking the selected one: what was observed stands.
    /// Of a flip card nothing was, so the grade that was only suggested would be an invention.
    pub fn grade_on_leaving(&self, selected: Grade) -> Option<Grade> {
        match self.outcome {
            Outcome::Right | Outcome::Wrong | Outcome::NotKnown => Some(selected),
            Outcome::Unobserved => Some(selected).filter(|selected| *selected != self.suggested),
        }
    }

    /// Where the option stood that alone was chosen.
    fn place(&self) -> Option<u8> {
        let &[chosen] = self.chosen.as_slice() else { return None };
        self.asked.place_of(chosen).and_then(|place| u8::try_from(place).ok())
    }

    /// The answer as the log records it when it was for practice.
    pub fn practised(&self, grade: Grade) -> Practice {
        Practice {
            grade,
            chosen: self.chosen.clone(),
            place: self.place(),
            outcome: self.outcome,
            covered: self.asked.covered,
            took_ms: self.took_ms,
        }
    }

    /// The answer as the log records it: with what the screen showed for this grade.
    pub fn graded(&self, grade: Grade) -> Answer {
        Answer::promising(self.practised(grade), self.asked.preview.promise(grade).interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::scheduler::Scheduler;

    fn session(cards: &[i64], drills: &[i64]) -> Session {
        let ids = |ids: &[i64]| ids.iter().copied().map(CardId).collect();
        Session::new(Queue { cards: ids(cards), drills: ids(drills), left_out: 0 })
    }

    fn done(event: EventId, card: CardId, grade: Grade, outcome: Outcome) -> Done {
        Done { event, card, grade, outcome, drill: false, took_ms: 1 }
    }

    /// Answers every card; those that `missed` names once are not known at first.
    fn order(mut session: Session, missed: &[i64]) -> Vec<i64> {
        let mut shown: Vec<i64> = Vec::new();
        while let Some(card) = session.next_card() {
            let again = missed.contains(&card.0) && !shown.contains(&card.0);
            shown.push(card.0);
            let event = EventId(shown.len() as i64);
            let grade = if again { Grade::Again } else { Grade::Good };
            session.answered(done(event, card, grade, Outcome::Right), again);
        }
        shown
    }

    #[test]
    fn three_others_stand_between_a_miss_and_its_drill() {
        assert_eq!(order(session(&[1, 2, 3, 4, 5, 6], &[]), &[1, 2]), [1, 2, 3, 4, 1, 2, 5, 6]);
    }

    #[test]
    fn where_there_are_fewer_others_the_drill_comes_sooner() {
        assert_eq!(order(session(&[1, 2], &[]), &[2]), [1, 2, 2]);
    }

    #[test]
    fn drills_of_an_earlier_sitting_wait_for_three_others_too() {
        assert_eq!(order(session(&[1, 2, 3, 4], &[9]), &[]), [1, 2, 3, 9, 4]);
    }

    #[test]
    fn skipping_does_not_bring_a_drill_sooner() {
        let mut session = session(&[1, 2, 3, 4, 5], &[]);
        for _ in 0..4 {
            let card = session.next_card().expect("a card");
            session.skipped(card);
        }
        let missed = session.next_card().expect("a card");
        session.answered(done(EventId(1), missed, Grade::Again, Outcome::Wrong), true);
        let rest: Vec<i64> = std::iter::from_fn(|| session.next_card()).map(|card| card.0).collect();
        assert_eq!(rest, [1, 2, 3, 5, 4]);
    }

    #[test]
    fn what_is_skipped_comes_when_all_others_were_asked() {
        let mut session = session(&[1, 2], &[9]);
        let first = session.next_card().expect("a card");
        session.skipped(first);
        assert_eq!(session.remaining(), 3);
        let rest: Vec<i64> = std::iter::from_fn(|| session.next_card()).map(|card| card.0).collect();
        assert_eq!(rest, [2, 1, 9]);
    }

    #[test]
    fn what_was_undone_comes_next_and_no_longer_counts() {
        let mut session = session(&[1, 2, 3], &[]);
        let card = session.next_card().expect("a card");
        let event = EventId(7);
        session.answered(done(event, card, Grade::Again, Outcome::Wrong), true);
        session.undone(event, card, true);
        assert_eq!((session.next_card(), session.done().len()), (Some(card), 0));
        assert_eq!(session.remaining(), 2);
        session.undone(event, CardId(50), false);
        assert_eq!(session.remaining(), 2, "a card of another deck stays out");
    }

    #[test]
    fn a_wrong_choice_is_a_miss_and_of_a_flip_card_the_grade_tells() {
        let table = [
            (Outcome::Right, Grade::Good, false),
            (Outcome::Right, Grade::Again, true),
            (Outcome::Wrong, Grade::Good, true),
            (Outcome::NotKnown, Grade::Hard, true),
            (Outcome::Unobserved, Grade::Again, true),
            (Outcome::Unobserved, Grade::Hard, false),
        ];
        for (outcome, grade, missed) in table {
            let mut session = session(&[1], &[]);
            let card = session.next_card().expect("a card");
            session.answered(done(EventId(1), card, grade, outcome), false);
            let summary = session.summary();
            assert_eq!(summary.right_at_first, usize::from(!missed), "{outcome:?}, {grade}");
            assert_eq!(summary.hardest.len(), usize::from(missed), "{outcome:?}, {grade}");
        }
    }

    #[test]
    fn a_flip_card_that_is_turned_over_waits_for_the_persons_own_grade() {
        let question = Question::recall("Capital of Chad?".to_owned(), "N'Djamena".to_owned());
        let asking = Asking {
            card: CardId(1),
            question: question.expect("a flip card"),
            order: Vec::new(),
            state: CardState::default(),
            covered: false,
            preview: Scheduler::SM2.preview(CardId(1), None, StudyDay(1)),
        };
        let revealed = asking.reveal(Vec::new(), 90_000, 60_000);
        assert_eq!((revealed.outcome, revealed.suggested), (Outcome::Unobserved, Grade::Good));
        assert_eq!(revealed.grade_on_leaving(Grade::Good), None);
        assert_eq!(revealed.grade_on_leaving(Grade::Again), Some(Grade::Again), "selected by the person");
        let answer = revealed.graded(Grade::Hard);
        assert_eq!((answer.outcome, answer.grade, answer.chosen), (Outcome::Unobserved, Grade::Hard, vec![]));
    }
}
