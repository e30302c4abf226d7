//! Questions that went from one chapter to another keep their cards, and so do those that left one earlier, or whose
//! file is gone, and that stand in another one now.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use super::{Edit, ImportReport, What, edits, matching::content};
use crate::{
    app::Result,
    domain::{
        deck::{Deck, Entry},
        ids::{CardId, DeckId},
        question::Question,
    },
    import::{
        plan::{Added, Plan, is_another_answer, says_the_same},
        resemblance,
    },
    store::Import,
};

/// Who has come to a chapter, and who has left one.
#[derive(Default)]
pub(super) struct Travellers {
    arrived: Vec<Arrival>,
    /// Cards that are retired by this import, and the files that they left.
    left: HashMap<CardId, PathBuf>,
}

/// A new card.
struct Arrival {
    card: CardId,
    deck: DeckId,
    file: PathBuf,
    /// What it asks, as a hash.
    asked: u64,
}

impl Travellers {
    /// A question that its deck never had got this card.
    pub fn arrive(&mut self, card: CardId, deck: &Deck, file: &Path, added: &Added) {
        let asked = content(&added.question);
        self.arrived.push(Arrival { card, deck: deck.id, file: file.to_owned(), asked });
    }

    /// The cards that a plan retires.
    pub fn leave(&mut self, plan: &Plan, file: &Path) {
        self.left.extend(plan.retired.iter().map(|card| (*card, file.to_owned())));
    }

    /// Puts cards that left a chapter, or whose deck is one of the `lost`, in the place of the new ones that ask the
    /// same. `answer_changed` is told of those whose answer is another one now. Gives the decks that cards were
    /// taken from.
    pub fn settle(
        self,
        import: &Import<'_>,
        lost: impl Iterator<Item = DeckId>,
        answer_changed: &dyn Fn(CardId) -> Result<()>,
        report: &mut ImportReport,
    ) -> Result<HashSet<DeckId>> {
        let Self { arrived, left } = self;
        if arrived.is_empty() {
            return Ok(HashSet::new());
        }
        let mut entries = import.retired()?;
        for deck in lost {
            entries.extend(import.questions(deck)?.into_iter().filter(|entry| !entry.retired));
        }
        let arrived = arrived.into_iter().filter(|arrived| is_unseen(import, arrived.card).unwrap_or(true));
        let mut pairing = Pairing::of(entries, arrived.collect(), &left);
        pairing.pair_same();
        pairing.pair_resembling(import, &left)?;
        let mut travel = Travel { import, left: &left, answer_changed, report, from: HashSet::new() };
        for (arrived, entry) in pairing.pairs() {
            travel.take_along(arrived, entry)?;
        }
        Ok(travel.from)
    }
}

fn is_unseen(import: &Import<'_>, card: CardId) -> Result<bool> {
    Ok(import.state(card)?.schedule.is_none())
}

/// Which cards belong in the places of which new ones.
struct Pairing {
    arrived: Vec<Arrival>,
    entries: Vec<Entry>,
    /// For each that has arrived the entry that it is.
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing {
    fn of(mut entries: Vec<Entry>, arrived: Vec<Arrival>, left: &HashMap<CardId, PathBuf>) -> Self {
        // Who left just now comes first, then who has lost the file, then who left earlier.
        entries.sort_by_key(|entry| (!left.contains_key(&entry.card), entry.retired));
        Self { found: vec![None; arrived.len()], taken: vec![false; entries.len()], arrived, entries }
    }

    fn pair_same(&mut self) {
        let mut asking: HashMap<u64, Vec<usize>> = HashMap::new();
        for (place, entry) in self.entries.iter().enumerate().rev() {
            asking.entry(content(&entry.question)).or_default().push(place);
        }
        for (arrived, found) in self.arrived.iter().zip(&mut self.found) {
            *found = asking.get_mut(&arrived.asked).and_then(Vec::pop);
            if let Some(entry) = *found {
                self.taken[entry] = true;
            }
        }
    }

    /// Pairs questions that were edited while they went from one chapter to the other. Those that left earlier come
    /// back only as they were, and numbers of different chapters tell nothing.
    fn pair_resembling(&mut self, import: &Import<'_>, left: &HashMap<CardId, PathBuf>) -> Result<()> {
        let just_left = |entry: &Entry| !entry.retired || left.contains_key(&entry.card);
        let open = |place: &usize| !self.taken[*place] && just_left(&self.entries[*place]);
        let places: Vec<usize> = (0..self.entries.len()).filter(open).collect();
        let arrivals: Vec<usize> =
            (0..self.arrived.len()).filter(|place| self.found[*place].is_none()).collect();
        if !resemblance::are_comparable(places.len(), arrivals.len()) {
            return Ok(());
        }
        let unnumbered = |mut question: Question| {
            question.number = None;
            question
        };
        let entries = places.iter().map(|place| {
            let entry = self.entries[*place].clone();
            Entry { question: unnumbered(entry.question), ..entry }
        });
        let entries: Vec<Entry> = entries.collect();
        let questions =
            arrivals.iter().map(|place| Ok(unnumbered(import.question(self.arrived[*place].card)?)));
        let questions = questions.collect::<Result<Vec<Question>>>()?;
        let (entries, questions): (Vec<_>, Vec<_>) = (entries.iter().collect(), questions.iter().collect());
        for (entry, question) in resemblance::alike(&entries, &questions, std::iter::empty()) {
            self.taken[places[entry]] = true;
            self.found[arrivals[question]] = Some(places[entry]);
        }
        Ok(())
    }

    fn pairs(&self) -> impl Iterator<Item = (&Arrival, &Entry)> {
        let pairs = self.arrived.iter().zip(&self.found);
        pairs.filter_map(|(arrived, entry)| Some((arrived, &self.entries[(*entry)?])))
    }
}

/// Cards on their way, and what is said of it.
struct Travel<'t, 'i> {
    import: &'t Import<'i>,
    left: &'t HashMap<CardId, PathBuf>,
    answer_changed: &'t dyn Fn(CardId) -> Result<()>,
    report: &'t mut ImportReport,
    /// The decks that cards were taken from.
    from: HashSet<DeckId>,
}

impl Travel<'_, '_> {
    fn take_along(&mut self, arrived: &Arrival, entry: &Entry) -> Result<()> {
        let (import, before) = (self.import, &entry.question);
        let from = import.deck_of(entry.card)?.id;
        import.replace_card(arrived.card, entry.card)?;
        import.refresh(arrived.deck)?;
        import.refresh(from)?;
        self.from.insert(from);
        let after = import.question(entry.card)?;
        let is_another_answer = is_another_answer(before, &after);
        if is_another_answer {
            (self.answer_changed)(entry.card)?;
        }
        let what = match self.left.get(&entry.card) {
            None if entry.retired => What::Returned,
            _ if says_the_same(before, &after) => What::Moved,
            _ => What::Edited,
        };
        if let Some(file) = self.left.get(&entry.card) {
            told_as_retired(self.report, file, &before.name());
        }
        let edit = edits::edit(what, before, &after, is_another_answer);
        told_as_added(self.report, &arrived.file, edit);
        Ok(())
    }
}

/// The report says that a question has moved, and not that it was retired here …
fn told_as_retired(report: &mut ImportReport, file: &Path, question: &str) {
    let Some(file) = report.files.iter_mut().find(|report| report.path == file) else { return };
    file.changes.retired = file.changes.retired.saturating_sub(1);
    let retired = |edit: &Edit| edit.what == What::Retired && edit.question == question;
    if let Some(place) = file.edits.iter().position(retired) {
        file.edits.remove(place);
    }
}

/// … and added there.
fn told_as_added(report: &mut ImportReport, file: &Path, edit: Edit) {
    let Some(file) = report.files.iter_mut().find(|report| report.path == file) else { return };
    file.changes.added = file.changes.added.saturating_sub(1);
    *match edit.what {
        What::Returned => &mut file.changes.returned,
        What::Edited => &mut file.changes.edited,
        What::Moved | What::Added | What::Retired => &mut file.changes.moved,
    } += 1;
    file.changes.answer_changed += usize::from(edit.answer_changed);
    let added = |known: &&mut Edit| known.what == What::Added && known.question == edit.question;
    match file.edits.iter_mut().find(added) {
        Some(known) => *known = edit,
        None => file.edits.push(edit),
    }
}
