//! The words of a text, as questions are found by them: runs of letters and digits in small letters. In
//! scripts that put no blanks between words, each pair of neighbours is one.

use std::collections::BTreeSet;

/// From so many letters on, a word also finds those that begin like it. Shorter ones would find nearly
/// everything.
const SHORTEST_BEGINNING: usize = 3;
/// Longer runs of letters and digits are data, not words; they are found by how they begin.
const LONGEST: usize = 40;
/// A question of more different words is data; it is found by the first ones.
const MOST: usize = 50_000;

/// A word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its letters and digits, in small letters.
    pub letters: String,
    /// Whether longer words that begin like it are found too.
    pub is_beginning: bool,
}

/// Adds the words of a text, until there are very many.
pub fn collect(text: &str, words: &mut BTreeSet<String>) {
    each(text, |word, _| {
        if words.len() < MOST && !words.contains(word) {
            words.insert(word.to_owned());
        }
    });
}

/// The words that a text is looked for by. All but the last have ended where it goes on.
pub fn wanted(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last_end = 0;
    each(text, |word, end| {
        // Of a run of pairs the lone last letter only serves those who look for one letter.
        let is_tail = is_dense_word(word) && word.chars().count() == 1 && end == last_end;
        last_end = end;
        let letters = word.to_owned();
        if !is_tail {
            words.push(Word { is_beginning: false, letters });
        }
    });
    if let Some(last) = words.last_mut().filter(|_| last_end == text.len()) {
        let length = last.letters.chars().count();
        let is_long_enough = length >= SHORTEST_BEGINNING || is_dense_word(&last.letters);
        last.is_beginning = is_long_enough;
    }
    words
}

/// Tells each word, and where the run of letters ends that it stands in.
fn each(text: &str, mut tell: impl FnMut(&str, usize)) {
    let small = text.to_lowercase();
    // Where small letters take other room than large ones, ends are those of the small text.
    let end_of_text = |end: usize| if end == small.len() { text.len() } else { end };
    let mut rest = small.as_str();
    while let Some(start) = rest.find(is_word_letter) {
        rest = &rest[start..];
        let first = rest.chars().next().expect("a letter was found");
        let is_dense_run = is_dense(first);
        let length = rest
            .find(|letter: char| !is_word_letter(letter) || is_dense(letter) != is_dense_run)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        let end = end_of_text(small.len() - after.len());
        match is_dense_run {
            true => pairs(run, |pair| tell(pair, end)),
            false => tell(shortened(run), end),
        }
        rest = after;
    }
}

fn pairs(run: &str, mut tell: impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(start, _)| start).chain([run.len()]).collect();
    starts.windows(3).for_each(|ends| tell(&run[ends[0]..ends[2]]));
    tell(&run[starts[starts.len() - 2]..]);
}

fn shortened(run: &str) -> &str {
    run.char_indices().nth(LONGEST).map_or(run, |(end, _)| &run[..end])
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric()
}

fn is_dense_word(word: &str) -> bool {
    word.chars().next().is_some_and(is_dense)
}

/// Whether a letter's script writes words without blanks between them: Chinese, Japanese, Thai, Lao, Khmer
/// and Burmese.
fn is_dense(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut words = BTreeSet::new();
        collect(text, &mut words);
        words.into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn code_is_made_of_words_too() {
        assert_eq!(words("Use `__slots__`, not dict.items()!"), "dict items not slots use");
        assert_eq!(words("HTTP2 GRÖSSE x"), "grösse http2 x");
    }

    #[test]
    fn scripts_without_blanks_are_cut_into_pairs() {
        assert_eq!(words("数据库 x"), "x 库 据库 数据");
        let letters: Vec<String> = wanted("数据库").into_iter().map(|word| word.letters).collect();
        assert_eq!(letters, ["数据", "据库"]);
        assert_eq!(wanted("库"), [Word { letters: "库".to_owned(), is_beginning: true }]);
    }

    #[test]
    fn only_the_last_word_may_go_on_and_only_when_it_is_long() {
        let told = |text: &str| {
            let words = wanted(text).into_iter();
            words
                .map(|word| word.letters + if word.is_beginning { "*" } else { "" })
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(told("dict.items"), "dict items*");
        assert_eq!(told("__slots__"), "slots");
        assert_eq!(told("of"), "of");
        assert_eq!(told("Gen"), "gen*");
    }
}
