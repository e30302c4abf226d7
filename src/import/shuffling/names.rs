//! Letters that are names of something else than options: `thread B`, or the A and B of a stem.

use super::letters::{is_article, is_called_option};
use crate::import::{
    prose::{Letters, Prose, What},
    words::WordList,
};

/// Letters that the stem uses: it asks about things called A and B, so the options mean those.
pub(super) fn named_in_stem(stem: &Prose<'_>) -> Letters {
    let mut names = Letters::default();
    for place in stem.letters() {
        match stem.what(place) {
            Some(What::Letter(letter)) if !is_article(stem, place) && !is_called_option(stem, place) => {
                names.add(letter);
            }
            Some(What::JoinedLetter(letter)) => names.add(letter),
            Some(What::Letter(_) | What::Word | What::Code | What::Sign) | None => {}
        }
    }
    names
}

/// Letters behind a word for something that has a name: `thread B`, `Lock A`, `vitamin C`.
pub(super) fn named_by_nouns(prose: &Prose<'_>) -> Letters {
    let mut names = Letters::default();
    for place in prose.letters().filter(|place| *place > 0) {
        let Some(What::Letter(letter)) = prose.what(place) else { continue };
        if is_naming(prose.word(place - 1)) && !is_article(prose, place) {
            names.add(letter);
            add_listed_behind(prose, place, &mut names);
        }
    }
    names
}

/// `threads A, B and C` names all three.
fn add_listed_behind(prose: &Prose<'_>, named: usize, names: &mut Letters) {
    let mut place = named + 1;
    while prose.is_any(place, &["and", "or", ",", "&"]) {
        place += 1;
        if let Some(What::Letter(letter)) = prose.what(place) {
            names.add(letter);
            place += 1;
        }
    }
}

fn is_naming(word: &str) -> bool {
    let singular = |ending: &str| word.strip_suffix(ending).is_some_and(|noun| NOUNS.has(noun));
    NOUNS.has(word) || singular("s") || singular("es")
}

#[rustfmt::skip]
const NOUNS: WordList = WordList::of(&[
    "account", "actor", "algorithm", "approach", "array", "bank", "block", "box", "branch",
    "bucket", "channel", "city", "class", "client", "column", "commit", "company", "component", "computer",
    "container", "coroutine", "country", "customer", "database", "device", "disk", "domain", "drug",
    "edge", "entity", "event", "feature", "field", "figure", "file", "function", "gene", "grade", "group",
    "hepatitis", "host", "implementation", "index", "instance", "interface", "job", "layer",
    "letters", "list", "lock", "machine", "matrix", "method", "model", "module", "mutex", "network",
    "node", "object", "package", "page", "participant", "particle", "partition", "patient", "peer",
    "person", "plan", "player", "point", "problem", "process", "product", "program", "queue", "region",
    "register", "relation", "replica", "resource", "router", "row", "sample", "scenario", "schedule",
    "schema", "segment", "server", "service", "set", "shard", "site", "snippet",
    "stack", "step", "strategy", "string", "subnet", "substance", "switch", "system",
    "table", "task", "team", "thread", "transaction", "tree", "type", "user", "vector", "version",
    "vertex", "vitamin", "volume", "worker", "zone",
]);
