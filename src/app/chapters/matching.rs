//! Which deck each file of an import is. Files are moved, renamed and renumbered between imports; a deck
//! and its history follow what is asked, not where it stood.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    app::{Result, files::Whereabouts},
    domain::{deck::Entry, question::Question},
    import::Parsed,
    store::{Import, Known},
};

/// What a file holds, as far as it tells which deck it is.
#[derive(Debug, Default)]
pub(super) struct Held {
    title: String,
    /// What each of its questions asks, as a hash.
    asked: Vec<u64>,
}

impl Held {
    pub fn of(parsed: &Parsed) -> Self {
        let asked = parsed.questions.iter().map(|found| content(&found.question)).collect();
        Self { title: parsed.chapter.title.clone(), asked }
    }
}

/// For each file that is new or has changed the deck that it was before, if any, by its place in `known`.
/// `own` is the deck that was at that path. A file that is the only one to have changed keeps its deck;
/// among several, and where files have gone, content decides: only then is it asked what they hold.
pub(super) fn decks_of(
    import: &Import<'_>,
    known: &[Known],
    own: &[Option<usize>],
    held: impl FnOnce() -> Result<Vec<Held>>,
) -> Result<Vec<Option<usize>>> {
    let candidates = candidates(known, own);
    let own_alone = own.len() == 1 && candidates.len() == own.iter().flatten().count();
    if candidates.is_empty() || own_alone {
        return Ok(own.to_vec());
    }
    let contents = Contents::of(import, known, &candidates)?;
    let alike: Vec<Vec<usize>> = held()?.iter().map(|held| contents.alike(held, known)).collect();

    let mut claims = Claims { of_file: vec![None; own.len()], taken: HashSet::new() };
    for (file, (own, alike)) in own.iter().zip(&alike).enumerate() {
        claims.claim(file, own.filter(|own| alike.contains(own)));
    }
    for (file, alike) in alike.iter().enumerate() {
        alike.iter().for_each(|deck| claims.claim(file, Some(*deck)));
    }
    for (file, own) in own.iter().enumerate() {
        claims.claim(file, *own);
    }
    Ok(claims.of_file)
}

/// The decks of the files themselves, and those that have lost their files.
fn candidates(known: &[Known], own: &[Option<usize>]) -> Vec<usize> {
    let own: HashSet<usize> = own.iter().flatten().copied().collect();
    (0..known.len()).filter(|place| own.contains(place) || is_lost(&known[*place])).collect()
}

/// Whether a deck has no file any more.
pub(super) fn is_lost(known: &Known) -> bool {
    known.path.as_ref().is_none_or(|path| Whereabouts::of(path) == Whereabouts::Gone)
}

/// Each file has one deck, and each deck one file.
struct Claims {
    of_file: Vec<Option<usize>>,
    taken: HashSet<usize>,
}

impl Claims {
    fn claim(&mut self, file: usize, deck: Option<usize>) {
        let Some(deck) = deck else { return };
        if self.of_file[file].is_none() && self.taken.insert(deck) {
            self.of_file[file] = Some(deck);
        }
    }
}

/// What decks ask. Decks are named by their places in what is known.
struct Contents {
    sizes: HashMap<usize, Size>,
    /// The decks that ask a question, by its content.
    asking: HashMap<u64, Vec<usize>>,
}

#[derive(Clone, Copy)]
struct Size {
    /// How many questions a deck has.
    questions: usize,
    is_lost: bool,
}

impl Contents {
    /// Of a deck whose questions have all left it, those count.
    fn of(import: &Import<'_>, known: &[Known], candidates: &[usize]) -> Result<Self> {
        let mut contents = Self { sizes: HashMap::new(), asking: HashMap::new() };
        for place in candidates {
            let mut entries = import.questions(known[*place].deck.id)?;
            if entries.iter().any(|entry| !entry.retired) {
                entries.retain(|entry: &Entry| !entry.retired);
            }
            let size = Size { questions: entries.len(), is_lost: is_lost(&known[*place]) };
            contents.sizes.insert(*place, size);
            for entry in entries {
                contents.asking.entry(content(&entry.question)).or_default().push(*place);
            }
        }
        Ok(contents)
    }

    /// The decks that a file may be, the most alike first. They share at least half of the larger side, and more
    /// than a single question among several. A deck that lost its file goes on in one that has grown, or shrunk,
    /// since, and under its own title in one of which most was edited.
    fn alike(&self, held: &Held, known: &[Known]) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for question in &held.asked {
            let mut asking = self.asking.get(question).cloned().unwrap_or_default();
            asking.dedup();
            for deck in asking {
                *shared.entry(deck).or_default() += 1;
            }
        }
        let kin = |(deck, shared): &(usize, usize)| {
            let Size { questions, is_lost } = self.sizes[deck];
            let (smaller, larger) = (questions.min(held.asked.len()), questions.max(held.asked.len()));
            let is_most_of = |size: usize| shared * 2 >= size && (*shared > 1 || larger == 1);
            let goes_on = is_lost && (is_most_of(smaller) || known[*deck].deck.name.chapter == held.title);
            is_most_of(larger) || goes_on
        };
        let mut alike: Vec<(usize, usize)> = shared.into_iter().filter(kin).collect();
        alike.sort_by_key(|(deck, shared)| (std::cmp::Reverse(*shared), *deck));
        alike.into_iter().map(|(deck, _)| deck).collect()
    }
}

/// What a question asks, as a hash.
pub(super) fn content(question: &Question) -> u64 {
    let mut hasher = DefaultHasher::new();
    question.stem.hash(&mut hasher);
    question.choices_or_answer().for_each(|text| text.hash(&mut hasher));
    hasher.finish()
}
