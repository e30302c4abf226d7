//! Questions that went from one chapter to another keep their cards, and so do those that left one earlier, or whose
//! file is gone, and that stand in another one now.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use super::{Edit, FileReport, ImportReport, What, edits, matching::content};
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
    /// Questions that are retired by this import, and the files that they left.
    left: Vec<(Entry, PathBuf)>,
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
    pub fn leave(&mut self, plan: &Plan, existing: &[Entry], file: &Path) {
        let retired: HashSet<CardId> = plan.retired.iter().copied().collect();
        let left = existing.iter().filter(|entry| retired.contains(&entry.card));
        self.left.extend(left.map(|entry| (entry.clone(), file.to_owned())));
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
        // Who left just now comes first, deleted or not, then who has lost the file, then who left earlier.
        let (mut entries, files): (Vec<Entry>, Vec<PathBuf>) = left.into_iter().unzip();
        let left: HashMap<CardId, PathBuf> = entries.iter().map(|entry| entry.card).zip(files).collect();
        for deck in lost {
            entries.extend(import.questions(deck)?.into_iter().filter(|entry| !entry.retired));
        }
        let earlier = import.retired()?;
        entries.extend(earlier.into_iter().filter(|entry| !left.contains_key(&entry.card)));
        let mut unseen = Vec::new();
        for arrived in arrived {
            if import.state(arrived.card)?.schedule.is_none() {
                unseen.push(arrived);
            }
        }
        let mut pairing = Pairing::of(entries, unseen);
        pairing.pair_same();
        pairing.pair_resembling(import, &left)?;
        let mut travel = Travel::new(import, &left, answer_changed);
        for (arrived, entry) in pairing.pairs() {
            travel.take_along(arrived, entry)?;
        }
        travel.tell(report)
    }
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
    fn of(entries: Vec<Entry>, arrived: Vec<Arrival>) -> Self {
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
    /// The decks that cards were taken from, and those that they came to.
    left_decks: HashSet<DeckId>,
    new_decks: HashSet<DeckId>,
    /// By their files, the names of those that left, and what became of those that came.
    gone: HashMap<PathBuf, Vec<String>>,
    came: HashMap<PathBuf, Vec<Edit>>,
}

impl<'t, 'i> Travel<'t, 'i> {
    fn new(
        import: &'t Import<'i>,
        left: &'t HashMap<CardId, PathBuf>,
        answer_changed: &'t dyn Fn(CardId) -> Result<()>,
    ) -> Self {
        let (left_decks, new_decks) = (HashSet::new(), HashSet::new());
        Self {
            import,
            left,
            answer_changed,
            left_decks,
            new_decks,
            gone: HashMap::new(),
            came: HashMap::new(),
        }
    }

    fn take_along(&mut self, arrived: &Arrival, entry: &Entry) -> Result<()> {
        let (import, before) = (self.import, &entry.question);
        self.left_decks.insert(import.chapter_of(entry.card)?);
        self.new_decks.insert(arrived.deck);
        import.replace_card(arrived.card, entry.card)?;
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
            self.gone.entry(file.clone()).or_default().push(before.name());
        }
        let edit = edits::edit(what, before, &after, is_another_answer);
        self.came.entry(arrived.file.clone()).or_default().push(edit);
        Ok(())
    }

    /// Counts the decks anew and says in the report what became of the cards. Gives the decks that they were taken
    /// from.
    fn tell(self, report: &mut ImportReport) -> Result<HashSet<DeckId>> {
        for deck in self.left_decks.union(&self.new_decks) {
            self.import.refresh(*deck)?;
        }
        for file in &mut report.files {
            told_as_retired(file, self.gone.get(&file.path).map_or(&[], Vec::as_slice));
            told_as_added(file, self.came.get(&file.path).cloned().unwrap_or_default());
        }
        Ok(self.left_decks)
    }
}

/// The report says that questions have moved, and not that they were retired here …
fn told_as_retired(file: &mut FileReport, questions: &[String]) {
    file.changes.retired = file.changes.retired.saturating_sub(questions.len());
    let mut gone: HashMap<&str, usize> = HashMap::new();
    questions.iter().for_each(|question| *gone.entry(question).or_default() += 1);
    file.edits.retain(|edit| match gone.get_mut(edit.question.as_str()) {
        Some(left) if edit.what == What::Retired && *left > 0 => {
            *left -= 1;
            false
        }
        Some(_) | None => true,
    });
}

/// … and added there.
fn told_as_added(file: &mut FileReport, edits: Vec<Edit>) {
    let mut added: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, edit) in file.edits.iter().enumerate().filter(|(_, edit)| edit.what == What::Added) {
        added.entry(edit.question.clone()).or_default().push(place);
    }
    for edit in edits {
        file.changes.added = file.changes.added.saturating_sub(1);
        *match edit.what {
            What::Returned => &mut file.changes.returned,
            What::Edited => &mut file.changes.edited,
            What::Moved | What::Added | What::Retired => &mut file.changes.moved,
        } += 1;
        file.changes.answer_changed += usize::from(edit.answer_changed);
        match added.get_mut(&edit.question).and_then(Vec::pop) {
            Some(place) => file.edits[place] = edit,
            None => file.edits.push(edit),
        }
    }
}
