//! Lists of words that are looked for in prose, in any case. Nearly every word of a text is in none of
//! them, so first letter and length decide before any word is compared.

/// Words that are looked for together.
pub(super) struct WordList {
    words: &'static [&'static str],
    /// For each first byte, where its words begin and end in the list.
    ranges: [(u8, u8); 256],
    /// For each first byte the lengths of its words in bytes, one bit each.
    lengths: [u32; 256],
}

impl WordList {
    /// A list of at most 255 lower-case words of at most 31 bytes, each beginning with an ASCII letter. Words
    /// with the same first letter stand together.
    pub const fn of(words: &'static [&'static str]) -> Self {
        let mut list = Self { words, ranges: [(0, 0); 256], lengths: [0; 256] };
        let mut place = 0;
        while place < words.len() {
            let word = words[place].as_bytes();
            let (small, capital) = (word[0] as usize, word[0].to_ascii_uppercase() as usize);
            assert!(word[0].is_ascii_lowercase() && word.len() < 32 && place < 255);
            let (begins, ends) = list.ranges[small];
            assert!(begins == ends || ends as usize == place, "words with one first letter stand together");
            let range = (if begins == ends { place as u8 } else { begins }, place as u8 + 1);
            (list.ranges[small], list.ranges[capital]) = (range, range);
            list.lengths[small] |= 1 << word.len();
            list.lengths[capital] |= 1 << word.len();
            place += 1;
        }
        list
    }

    /// Whether a word is in the list.
    pub fn has(&self, word: &str) -> bool {
        let first = word.as_bytes().first().copied().unwrap_or_default();
        let last = word.as_bytes().last().copied().unwrap_or_default();
        let ends_alike = |known: &&str| known.as_bytes().last() == Some(&last.to_ascii_lowercase());
        self.may_have(first, word.len())
            && self.beginning_with(first).filter(ends_alike).any(|known| word.eq_ignore_ascii_case(known))
    }

    fn beginning_with(&self, first: u8) -> impl Iterator<Item = &'static str> {
        let (begins, ends) = self.ranges[usize::from(first)];
        self.words[usize::from(begins)..usize::from(ends)].iter().copied()
    }

    /// Whether a word of the list begins with this byte and is so many bytes long.
    fn may_have(&self, first: u8, length: usize) -> bool {
        length < 32 && self.lengths[usize::from(first)] & (1 << length) != 0
    }

    /// For each first byte the lengths of the words in bytes, one bit each.
    pub const fn lengths(&self) -> [u32; 256] {
        self.lengths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_case_and_nothing_like_it() {
        const LIST: WordList = WordList::of(&["is", "isn't", "was"]);
        let table = [
            ("is", true),
            ("IS", true),
            ("Isn't", true),
            ("was", true),
            ("", false),
            ("i", false),
            ("it", false),
            ("has", false),
            ("ist", false),
            ("é", false),
            ("{s", false),
            ("Is a word that is longer than the longest one", false),
        ];
        for (word, expected) in table {
            assert_eq!(LIST.has(word), expected, "{word}");
        }
    }
}
