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
    /// How many questions are held back. They may be any of those that the deck has.
    held_back: usize,
}

impl Held {
    pub fn of(parsed: &Parsed) -> Self {
        let asked = parsed.questions.iter().map(|found| content(&found.question)).collect();
        Self { title: parsed.chapter.title.clone(), asked, held_back: parsed.held_back.len() }
    }
}

/// For each file that is new or has changed the deck that it was before, if any, by its place in `known`.
/// `own` is the deck that was at that path. A file that is the only one to have changed keeps its deck;
/// among several, and where files have gone, content decides: only then is it asked what they hold. A file keeps its
/// deck when it still asks most of that, whatever has come to it, or some of it under the deck's own title, unless
/// another file is more like that deck.
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
    let held = held()?;
    let shared: Vec<Vec<Shared>> = held.iter().map(|held| contents.shared(held)).collect();

    let mut claims = Claims { of_file: vec![None; own.len()], taken: HashSet::new() };
    for (file, own) in own.iter().enumerate() {
        let likeness = |file: usize, deck: usize| {
            let shared = shared[file].iter().find(|it| it.deck == deck);
            shared.map_or(0.0, |shared| shared.likeness(&held[file]))
        };
        let still_asks = |own: &usize| {
            let it = shared[file].iter().find(|it| it.deck == *own);
            let is_called_so = held[file].title == known[*own].deck.name.chapter;
            it.is_some_and(|it| is_called_so || it.may_still_be(&held[file]))
        };
        let is_most_alike =
            |own: &usize| (0..shared.len()).all(|other| likeness(other, *own) <= likeness(file, *own));
        claims.claim(file, own.filter(still_asks).filter(is_most_alike));
    }
    for (file, (held, shared)) in held.iter().zip(&shared).enumerate() {
        let alike = shared.iter().filter(|it| it.may_be(held, &known[it.deck].deck.name.chapter));
        alike.for_each(|it| claims.claim(file, Some(it.deck)));
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

    /// What a file has in common with decks, the most first.
    fn shared(&self, held: &Held) -> Vec<Shared> {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for question in &held.asked {
            let mut asking = self.asking.get(question).cloned().unwrap_or_default();
            asking.dedup();
            for deck in asking {
                *counts.entry(deck).or_default() += 1;
            }
        }
        let shared = counts.into_iter().map(|(deck, count)| {
            let Size { questions, is_lost } = self.sizes[&deck];
            Shared { deck, count, questions, is_lost }
        });
        let mut shared: Vec<Shared> = shared.collect();
        shared.sort_by_key(|it| (std::cmp::Reverse(it.count), it.deck));
        shared
    }
}

/// What a file has in common with a deck.
struct Shared {
    deck: usize,
    /// How many questions both have.
    count: usize,
    /// How many the deck has.
    questions: usize,
    is_lost: bool,
}

impl Shared {
    /// Whether it is at least half of so many questions, and more than a single one among several.
    fn is_most_of(&self, size: usize) -> bool {
        self.count * 2 >= size && (self.count > 1 || size == 1)
    }

    /// Whether the file still asks most of what the deck does, as far as it can be read.
    fn may_still_be(&self, held: &Held) -> bool {
        let count = (self.count + held.held_back).min(self.questions);
        Self { count, ..*self }.is_most_of(self.questions)
    }

    /// How much of all that either asks both do, from 0 to 1.
    fn likeness(&self, held: &Held) -> f64 {
        self.count as f64 / (self.questions + held.asked.len() - self.count).max(1) as f64
    }

    /// Whether the file may be the deck: they share most of the larger side. A deck that lost its file goes on in one
    /// that has grown, or shrunk, since, and under its own title in one of which most was edited.
    fn may_be(&self, held: &Held, title: &str) -> bool {
        let (smaller, larger) = (self.questions.min(held.asked.len()), self.questions.max(held.asked.len()));
        let is_most_of_smaller = self.is_most_of(smaller) && (self.count > 1 || larger == 1);
        self.is_most_of(larger) || (self.is_lost && (is_most_of_smaller || title == held.title))
    }
}

/// What a question asks, as a hash.
pub(super) fn content(question: &Question) -> u64 {
    let mut hasher = DefaultHasher::new();
    question.stem.hash(&mut hasher);
    question.choices_or_answer().for_each(|text| text.hash(&mut hasher));
    hasher.finish()
}
