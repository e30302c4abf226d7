//! The blocks of code that were asked for lately. Few enough to be searched one by one, and kept
//! with their whole text, so that no two blocks are ever taken for each other.

use std::sync::Arc;

use super::Highlighted;

/// A question with its options and its explanation rarely has more than five blocks of code.
const MOST_BLOCKS: usize = 48;

/// Lately used blocks at the end.
#[derive(Default)]
pub(super) struct Cache {
    blocks: Vec<Block>,
}

struct Block {
    language: String,
    code: String,
    state: State,
}

enum State {
    Pending,
    /// Read, and with nothing to show for it when the language is unknown.
    Read(Option<Arc<Highlighted>>),
}

pub(super) enum Lookup {
    Known(Option<Arc<Highlighted>>),
    Pending,
    /// Never seen, or forgotten: from now on it is pending.
    New,
}

impl Cache {
    pub fn look_up(&mut self, language: &str, code: &str) -> Lookup {
        let Some(block) = self.take(language, code) else {
            self.put(Block { language: language.to_owned(), code: code.to_owned(), state: State::Pending });
            return Lookup::New;
        };
        let lookup = match &block.state {
            State::Pending => Lookup::Pending,
            State::Read(highlighted) => Lookup::Known(highlighted.clone()),
        };
        self.put(block);
        lookup
    }

    pub fn store(&mut self, language: String, code: String, highlighted: Option<Arc<Highlighted>>) {
        self.take(&language, &code);
        self.put(Block { language, code, state: State::Read(highlighted) });
    }

    fn take(&mut self, language: &str, code: &str) -> Option<Block> {
        let found = self.blocks.iter().position(|block| block.language == language && block.code == code)?;
        Some(self.blocks.remove(found))
    }

    fn put(&mut self, block: Block) {
        if self.blocks.len() == MOST_BLOCKS {
            self.blocks.remove(0);
        }
        self.blocks.push(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_new_then_pending_then_known() {
        let mut cache = Cache::default();
        assert!(matches!(cache.look_up("py", "x"), Lookup::New));
        assert!(matches!(cache.look_up("py", "x"), Lookup::Pending));
        cache.store("py".to_owned(), "x".to_owned(), None);
        assert!(matches!(cache.look_up("py", "x"), Lookup::Known(None)));
        assert!(matches!(cache.look_up("js", "x"), Lookup::New));
    }

    #[test]
    fn the_block_that_was_longest_unused_is_forgotten() {
        let mut cache = Cache::default();
        for number in 0..MOST_BLOCKS {
            cache.look_up("py", &number.to_string());
        }
        cache.look_up("py", "0");
        cache.look_up("py", "one more");
        assert_eq!(cache.blocks.len(), MOST_BLOCKS);
        assert!(matches!(cache.look_up("py", "0"), Lookup::Pending));
        assert!(matches!(cache.look_up("py", "1"), Lookup::New));
    }
}
