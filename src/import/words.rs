//! Lists of words that are looked for in prose, in any case. Nearly every word of a text is in none of
//! them, so first letter and length decide before any word is compared.

/// Words that are looked for together.
pub(super) struct WordList {
    words: &'static [&'static str],
    /// For each first letter the lengths of its words in bytes, one bit each.
    lengths: [u32; 26],
}

impl WordList {
    /// A list of lower-case words of at most 31 bytes, each beginning with an ASCII letter.
    pub const fn of(words: &'static [&'static str]) -> Self {
        let mut list = Self { words, lengths: [0; 26] };
        let mut place = 0;
        while place < words.len() {
            let word = words[place].as_bytes();
            assert!(word[0].is_ascii_lowercase() && word.len() < 32);
            list.lengths[(word[0] - b'a') as usize] |= 1 << word.len();
            place += 1;
        }
        list
    }

    /// Whether a word is in the list.
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        self.may_have(word) && self.words.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    #[inline]
    fn may_have(&self, word: &str) -> bool {
        let Some(first) = word.as_bytes().first() else { return false };
        let letter = first.to_ascii_lowercase().wrapping_sub(b'a');
        let lengths = self.lengths.get(usize::from(letter)).copied().unwrap_or_default();
        word.len() < 32 && lengths & (1 << word.len()) != 0
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
