//! Lists of words that are looked for in prose, in any case. Nearly every word of a text is in none of
//! them, so first letter, last letter and length decide before any word is compared.

/// Words that are looked for together.
pub(super) struct WordList {
    words: &'static [&'static str],
    /// For each first byte, where its words begin and end in the list.
    ranges: [(u8, u8); 256],
    lengths: Lengths,
}

/// How long words may be that begin and end with certain bytes, for a quick look at whether a word is one of some.
pub(super) struct Lengths {
    /// For each first byte the lengths in bytes, one bit each; the highest one stands for all greater lengths, too.
    by_first: [u32; 256],
    /// The same for each last byte.
    by_last: [u32; 256],
}

impl Lengths {
    /// Words that begin with this byte may have these lengths.
    pub const fn begin(&mut self, first: u8, lengths: u32) {
        self.by_first[first as usize] |= lengths;
    }

    /// Words that end with this byte may have these lengths.
    pub const fn end(&mut self, last: u8, lengths: u32) {
        self.by_last[last as usize] |= lengths;
    }

    /// Whether a word may begin and end like that and be so many bytes long.
    pub fn may_have(&self, first: u8, last: u8, length: usize) -> bool {
        self.by_first[usize::from(first)] & self.by_last[usize::from(last)] & (1 << length.min(31)) != 0
    }
}

impl WordList {
    /// A list of at most 255 lower-case words of at most 30 bytes, each beginning with an ASCII letter. Words
    /// with the same first letter stand together.
    pub const fn of(words: &'static [&'static str]) -> Self {
        let mut list =
            Self { words, ranges: [(0, 0); 256], lengths: Lengths { by_first: [0; 256], by_last: [0; 256] } };
        let mut place = 0;
        while place < words.len() {
            let word = words[place].as_bytes();
            let (small, capital) = (word[0] as usize, word[0].to_ascii_uppercase() as usize);
            assert!(word[0].is_ascii_lowercase() && word.len() < 31 && place < 255);
            let (begins, ends) = list.ranges[small];
            assert!(begins == ends || ends as usize == place, "words with one first letter stand together");
            let range = (if begins == ends { place as u8 } else { begins }, place as u8 + 1);
            (list.ranges[small], list.ranges[capital]) = (range, range);
            let last = word[word.len() - 1];
            list.lengths.begin(word[0], 1 << word.len());
            list.lengths.begin(word[0].to_ascii_uppercase(), 1 << word.len());
            list.lengths.end(last, 1 << word.len());
            list.lengths.end(last.to_ascii_uppercase(), 1 << word.len());
            place += 1;
        }
        list
    }

    pub const fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// Whether a word is in the list.
    pub fn has(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
        self.lengths.may_have(*first, *last, bytes.len()) && self.is_any_of(*first, word)
    }

    /// Whether a word is one of those with this first byte.
    fn is_any_of(&self, first: u8, word: &str) -> bool {
        let (begins, ends) = self.ranges[usize::from(first)];
        let mut known = self.words[usize::from(begins)..usize::from(ends)].iter();
        known.any(|known| is_same(word, known))
    }

    /// What a word has to be like to be in the list.
    pub const fn into_lengths(self) -> Lengths {
        self.lengths
    }
}

/// Whether a word is this one, which is in small letters, in any case.
#[inline]
pub(super) fn is_same(word: &str, small: &str) -> bool {
    debug_assert!(!small.bytes().any(|byte| byte.is_ascii_uppercase()), "{small} would never be found");
    let mut pairs = word.bytes().zip(small.bytes());
    word.len() == small.len() && pairs.all(|(byte, small)| byte.to_ascii_lowercase() == small)
}

/// What stands behind a word in small letters that begins a text in any case.
pub(super) fn strip_word<'a>(text: &'a str, small: &str) -> Option<&'a str> {
    let (begun, behind) = text.split_at_checked(small.len())?;
    is_same(begun, small).then_some(behind)
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
