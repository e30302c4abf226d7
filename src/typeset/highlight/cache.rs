//! The blocks of code that were shown lately: those that are read, and those that still wait for it.
//! Bounded in bytes, and so that what one page shows is never forgotten while it is shown: it would
//! be read again for each drawing, and each reading draws again.

use std::{collections::VecDeque, sync::Arc};

use super::Highlighted;

/// What a page shows beyond this stays plain. A question with its options and its explanation rarely
/// has more than three kilobytes of code.
const PAGE_BYTES: usize = 64 * 1024;
/// Room for the page before too. With less the blocks of one page could drive each other out.
const MOST_BYTES: usize = 2 * PAGE_BYTES;
/// What even the shortest block costs.
const LEAST_BYTES: usize = 256;

/// Blocks used last stand at the end.
#[derive(Default)]
pub(super) struct Cache {
    blocks: VecDeque<Block>,
    bytes: usize,
    /// The part of them that the present page has asked for.
    page_bytes: usize,
}

/// A block of code, kept with its whole text, so that no two are ever taken for each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub language: String,
    pub text: String,
}

struct Block {
    code: Code,
    state: State,
}

enum State {
    Waiting,
    /// Read, and with nothing to show for it when the language is unknown.
    Read(Option<Arc<Highlighted>>),
}

pub(super) enum Lookup {
    Known(Option<Arc<Highlighted>>),
    Waiting,
    /// Never seen, or forgotten: from now on it waits.
    New,
    /// The page shows more code than is read for one.
    Beyond,
}

impl Cache {
    /// A page is laid out from its beginning.
    pub fn begin_page(&mut self) {
        self.page_bytes = 0;
    }

    pub fn look_up(&mut self, language: &str, text: &str) -> Lookup {
        let bytes = bytes(language, text);
        if self.page_bytes + bytes > PAGE_BYTES {
            return Lookup::Beyond;
        }
        self.page_bytes += bytes;
        let Some(block) = self.take(language, text) else {
            let code = Code { language: language.to_owned(), text: text.to_owned() };
            self.put(Block { code, state: State::Waiting });
            return Lookup::New;
        };
        let lookup = match &block.state {
            State::Waiting => Lookup::Waiting,
            State::Read(highlighted) => Lookup::Known(highlighted.clone()),
        };
        self.put(block);
        lookup
    }

    /// What to read next: code in this language if some waits, since changing languages is slow.
    pub fn waiting(&self, language: &str) -> Option<Code> {
        let mut waiting = self.blocks.iter().filter(|block| matches!(block.state, State::Waiting));
        let first = waiting.clone().next();
        let chosen = waiting.find(|block| block.code.language == language).or(first);
        chosen.map(|block| block.code.clone())
    }

    /// Keeps what was read, if that is still of interest.
    pub fn store(&mut self, code: &Code, highlighted: Option<Arc<Highlighted>>) -> bool {
        let block = self.blocks.iter_mut().find(|block| block.code == *code);
        let wanted = block.is_some();
        if let Some(block) = block {
            block.state = State::Read(highlighted);
        }
        wanted
    }

    fn take(&mut self, language: &str, text: &str) -> Option<Block> {
        let is_it = |block: &Block| block.code.language == language && block.code.text == text;
        let found = self.blocks.iter().position(is_it)?;
        self.bytes -= bytes(language, text);
        self.blocks.remove(found)
    }

    fn put(&mut self, block: Block) {
        self.bytes += bytes(&block.code.language, &block.code.text);
        self.blocks.push_back(block);
        while self.bytes > MOST_BYTES
            && let Some(Block { code, .. }) = self.blocks.pop_front()
        {
            self.bytes -= bytes(&code.language, &code.text);
        }
    }
}

fn bytes(language: &str, text: &str) -> usize {
    LEAST_BYTES + language.len() + text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows a page of these blocks; the number of those that are new, and of those that stay plain.
    fn show(cache: &mut Cache, texts: impl IntoIterator<Item = String>) -> (usize, usize) {
        cache.begin_page();
        let (mut new, mut beyond) = (0, 0);
        for text in texts {
            match cache.look_up("py", &text) {
                Lookup::New => new += 1,
                Lookup::Beyond => beyond += 1,
                Lookup::Known(_) | Lookup::Waiting => {}
            }
        }
        (new, beyond)
    }

    fn page(letter: char, blocks: usize) -> impl Iterator<Item = String> {
        (0..blocks).map(move |nth| format!("{letter}{nth} {}", "x".repeat(700)))
    }

    #[test]
    fn a_block_is_new_then_waits_then_is_known() {
        let mut cache = Cache::default();
        assert!(matches!(cache.look_up("py", "x"), Lookup::New));
        assert!(matches!(cache.look_up("py", "x"), Lookup::Waiting));
        let code = cache.waiting("").expect("it waits");
        assert!(cache.store(&code, None));
        assert!(matches!(cache.look_up("py", "x"), Lookup::Known(None)));
        assert!(matches!(cache.look_up("js", "x"), Lookup::New));
    }

    #[test]
    fn a_page_too_large_keeps_its_beginning_and_asks_for_nothing_twice() {
        let mut cache = Cache::default();
        let (new, beyond) = show(&mut cache, page('a', 300));
        assert_eq!(new + beyond, 300);
        assert!(new > 50 && beyond > 50, "{new} {beyond}");
        assert_eq!(show(&mut cache, page('a', 300)), (0, beyond));
    }

    #[test]
    fn pages_that_follow_each_other_are_whole_and_the_oldest_is_forgotten() {
        let mut cache = Cache::default();
        for letter in ['a', 'b', 'c', 'd'] {
            assert_eq!(show(&mut cache, page(letter, 60)), (60, 0), "{letter}");
            assert_eq!(show(&mut cache, page(letter, 60)), (0, 0), "{letter}");
            assert!(cache.bytes <= MOST_BYTES);
        }
        assert_eq!(show(&mut cache, page('c', 60)), (0, 0));
        assert_eq!(show(&mut cache, page('a', 60)), (60, 0));
    }

    #[test]
    fn what_was_forgotten_is_neither_read_nor_kept() {
        let mut cache = Cache::default();
        show(&mut cache, ["old".to_owned()]);
        let old = cache.waiting("").expect("it waits");
        show(&mut cache, page('a', 60));
        show(&mut cache, page('b', 60));
        show(&mut cache, page('c', 60));
        assert_ne!(cache.waiting(""), Some(old.clone()));
        assert!(!cache.store(&old, None));
    }

    #[test]
    fn code_of_one_language_is_read_in_one_go() {
        let mut cache = Cache::default();
        for (language, text) in [("py", "1"), ("js", "2"), ("py", "3")] {
            cache.look_up(language, text);
        }
        let mut language = String::new();
        let order = std::iter::from_fn(|| {
            let code = cache.waiting(&language)?;
            cache.store(&code, None);
            language.clone_from(&code.language);
            Some(code.text)
        });
        assert_eq!(order.collect::<Vec<_>>(), ["1", "3", "2"]);
    }
}
