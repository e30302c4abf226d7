//! Which deck each file of an import is. Files are moved, renamed and renumbered between imports; a deck
//! and its history follow what is asked, not where it stood.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{Result, files::Chapter};
use crate::{
    domain::{deck::Deck, ids::DeckId, question::Question},
    import::Parsed,
    store::Import,
};

/// For each file the deck that it was before, if any. Files that are all where they were keep their
/// decks; among others content decides.
pub(super) fn decks_of(import: &Import<'_>, files: &[(Chapter, Parsed)]) -> Result<Vec<Option<Deck>>> {
    let known = files.iter().map(|(chapter, _)| Ok(import.deck_from(&chapter.path)?));
    let known = known.collect::<Result<Vec<Option<Deck>>>>()?;
    if known.iter().all(Option::is_some) {
        return Ok(known);
    }
    let contents = Contents::of(import, candidates(import, &known)?)?;
    let alike: Vec<Vec<usize>> = files.iter().map(|(_, parsed)| contents.alike(parsed)).collect();
    let place_of = |deck: &Deck| contents.decks.iter().position(|candidate| candidate.id == deck.id);
    let own: Vec<Option<usize>> = known.iter().map(|deck| deck.as_ref().and_then(place_of)).collect();

    let mut claims = Claims { of_file: vec![None; files.len()], taken: HashSet::new() };
    for (file, (own, alike)) in own.iter().zip(&alike).enumerate() {
        claims.claim(file, own.filter(|own| alike.contains(own)));
    }
    for (file, alike) in alike.iter().enumerate() {
        alike.iter().for_each(|deck| claims.claim(file, Some(*deck)));
    }
    for (file, own) in own.iter().enumerate() {
        claims.claim(file, *own);
    }
    let deck_at = |place: Option<usize>| place.map(|place| contents.decks[place].clone());
    Ok(claims.of_file.into_iter().map(deck_at).collect())
}

/// The decks of the files themselves, and those whose files are no longer there.
fn candidates(import: &Import<'_>, known: &[Option<Deck>]) -> Result<Vec<Deck>> {
    let mut candidates: Vec<Deck> = known.iter().flatten().cloned().collect();
    let gone = import.decks_with_files()?.into_iter().filter(|(_, path)| !path.is_file());
    candidates.extend(gone.map(|(deck, _)| deck));
    let mut seen: HashSet<DeckId> = HashSet::new();
    candidates.retain(|deck| seen.insert(deck.id));
    Ok(candidates)
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

/// What decks ask.
struct Contents {
    decks: Vec<Deck>,
    /// How many questions each deck has.
    sizes: Vec<usize>,
    /// The decks that ask a question, by its content.
    asking: HashMap<u64, Vec<usize>>,
}

impl Contents {
    fn of(import: &Import<'_>, decks: Vec<Deck>) -> Result<Self> {
        let mut contents = Self { sizes: vec![0; decks.len()], asking: HashMap::new(), decks };
        for (place, deck) in contents.decks.iter().enumerate() {
            for entry in import.questions(deck.id)?.iter().filter(|entry| !entry.retired) {
                contents.sizes[place] += 1;
                contents.asking.entry(content(&entry.question)).or_default().push(place);
            }
        }
        Ok(contents)
    }

    /// The decks that share at least half of the larger side with a file, the most alike first. A single
    /// shared question among several is no kinship.
    fn alike(&self, parsed: &Parsed) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for found in &parsed.questions {
            let mut asking = self.asking.get(&content(&found.question)).cloned().unwrap_or_default();
            asking.dedup();
            for deck in asking {
                *shared.entry(deck).or_default() += 1;
            }
        }
        let kin = |(deck, shared): &(usize, usize)| {
            let larger = self.sizes[*deck].max(parsed.questions.len());
            shared * 2 >= larger && (*shared > 1 || larger == 1)
        };
        let mut alike: Vec<(usize, usize)> = shared.into_iter().filter(kin).collect();
        alike.sort_by_key(|(deck, shared)| (std::cmp::Reverse(*shared), *deck));
        alike.into_iter().map(|(deck, _)| deck).collect()
    }
}

fn content(question: &Question) -> u64 {
    let mut hasher = DefaultHasher::new();
    question.stem.hash(&mut hasher);
    for option in question.options() {
        option.text.hash(&mut hasher);
    }
    hasher.finish()
}
