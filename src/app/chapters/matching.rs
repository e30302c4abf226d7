//! Which deck each file of an import is. Files are moved, renamed and renumbered between imports; a deck
//! and its history follow what is asked, not where it stood.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    app::Result,
    domain::{deck::Entry, question::Question},
    import::Parsed,
    store::{Import, Known},
};

/// What each question of a file asks, as a hash.
pub(super) type Asked = Vec<u64>;

/// For each file that is new or has changed the deck that it was before, if any, by its place in `known`.
/// `own` is the deck that was at that path. A file that is the only one to have changed keeps its deck;
/// among several, and where files have gone, content decides: only then are `asked` looked at.
pub(super) fn decks_of(
    import: &Import<'_>,
    known: &[Known],
    own: &[Option<usize>],
    asked: impl FnOnce() -> Result<Vec<Asked>>,
) -> Result<Vec<Option<usize>>> {
    let candidates = candidates(known, own);
    let own_alone = own.len() == 1 && candidates.len() == own.iter().flatten().count();
    if candidates.is_empty() || own_alone {
        return Ok(own.to_vec());
    }
    let contents = Contents::of(import, known, &candidates)?;
    let alike: Vec<Vec<usize>> = asked()?.iter().map(|asked| contents.alike(asked)).collect();

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
    let is_lost = |known: &Known| known.path.as_ref().is_none_or(|path| !path.is_file());
    (0..known.len()).filter(|place| own.contains(place) || is_lost(&known[*place])).collect()
}

/// What the questions of a file ask.
pub(super) fn asked(parsed: &Parsed) -> Asked {
    parsed.questions.iter().map(|found| content(&found.question)).collect()
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
    /// How many questions each deck has.
    sizes: HashMap<usize, usize>,
    /// The decks that ask a question, by its content.
    asking: HashMap<u64, Vec<usize>>,
}

impl Contents {
    fn of(import: &Import<'_>, known: &[Known], candidates: &[usize]) -> Result<Self> {
        let mut contents = Self { sizes: HashMap::new(), asking: HashMap::new() };
        for place in candidates {
            let mut entries = import.questions(known[*place].deck.id)?;
            entries.retain(|entry: &Entry| !entry.retired);
            contents.sizes.insert(*place, entries.len());
            for entry in entries {
                contents.asking.entry(content(&entry.question)).or_default().push(*place);
            }
        }
        Ok(contents)
    }

    /// The decks that share at least half of the larger side with a file, the most alike first. A single
    /// shared question among several is no kinship.
    fn alike(&self, asked: &Asked) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for question in asked {
            let mut asking = self.asking.get(question).cloned().unwrap_or_default();
            asking.dedup();
            for deck in asking {
                *shared.entry(deck).or_default() += 1;
            }
        }
        let kin = |(deck, shared): &(usize, usize)| {
            let larger = self.sizes[deck].max(asked.len());
            shared * 2 >= larger && (*shared > 1 || larger == 1)
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
    for option in question.options() {
        option.text.hash(&mut hasher);
    }
    hasher.finish()
}
