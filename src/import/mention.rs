//! Words that something was read from, told from the same words elsewhere in their text: what points at the
//! `C` of `Answer: C` must not point at the first `C` of the paragraph, nor into `Column`.

use memchr::memmem;

use super::prose::is_unspaced;

/// Words at one place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention<'a> {
    words: &'a str,
    /// How many times the same words stand before them.
    before: usize,
}

impl<'a> Mention<'a> {
    /// The words with this many of their like before them.
    pub fn nth(words: &'a str, before: usize) -> Self {
        Self { words, before }
    }

    /// Words where they first stand.
    pub fn first(words: &'a str) -> Self {
        Self::nth(words, 0)
    }

    /// Words that are a part of this text.
    pub fn of(words: &'a str, text: &str) -> Self {
        let offset = words.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        Self::nth(words, occurrences(text, words).take_while(|at| *at < offset).count())
    }

    /// How many times the same words stand before them.
    pub fn before(self) -> usize {
        self.before
    }

    /// The line and the offset in it where the words stand, in lines that hold the text.
    pub fn place<'l>(self, lines: impl Iterator<Item = (usize, &'l str)>) -> Option<(usize, usize)> {
        let mut places =
            lines.flat_map(|(line, text)| occurrences(text, self.words).map(move |at| (line, at)));
        places.nth(self.before)
    }

    /// The offset where the words stand in a text.
    pub fn find(self, text: &str) -> Option<usize> {
        occurrences(text, self.words).nth(self.before)
    }
}

/// Where words stand in a text and are no part of longer ones.
fn occurrences<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> {
    let places = memmem::find_iter(text.as_bytes(), words).filter(|at| text.is_char_boundary(*at));
    places.filter(move |at| is_border(text, *at) && is_border(text, at + words.len()))
}

/// Whether no word stands on both sides.
fn is_border(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at(at);
    let (Some(last), Some(first)) = (before.chars().next_back(), behind.chars().next()) else { return true };
    let joined = last.is_alphanumeric() && first.is_alphanumeric();
    !joined || is_unspaced(last) || is_unspaced(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_were_read() {
        let table = [
            ("In C a Column. Answer: C", Some(3)),
            ("A Column of C", Some(12)),
            ("Column", None),
            ("选项C错误", Some(6)),
        ];
        for (text, expected) in table {
            assert_eq!(Mention::first("C").find(text), expected, "{text}");
        }
        let text = "In C a Column.\nAnswer: C";
        let read = &text[text.len() - 1..];
        assert_eq!(Mention::of(read, text).find(text), Some(text.len() - 1));
        assert_eq!(Mention::of(read, text).place((1..).zip(text.lines())), Some((2, 8)));
    }
}
