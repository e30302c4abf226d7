//! The words that people head the parts of a question with, in the languages that chapters come in. A
//! further language is a word in each of these lists.

use super::words::{is_same, strip_word};

/// What stands before several answers: those of one question, or of all.
const ANSWERS: &[&str] = &["correct answers", "answers"];

/// What stands before an answer as well as before all of them at the end of a file.
const ANSWER_OR_ANSWERS: &[&str] = &["参考答案", "參考答案", "答案", "正解", "解答", "答え"];

/// What stands before an answer. Longer words stand before those that they begin with.
pub(super) static ANSWER: Labels = Labels::of(&[
    ANSWERS,
    ANSWER_OR_ANSWERS,
    &[
        "correct answer",
        "corrected answer",
        "actual answer",
        "updated answer",
        "final answer",
        "revised answer",
        "new answer",
        "answer correction",
        "correct choice",
        "correct options",
        "correct option",
        "right answer",
        "answer",
        "ans",
        "正确答案",
        "正確答案",
        "الإجابة الصحيحة",
        "الإجابة",
        "الجواب",
        "התשובה הנכונה",
        "תשובה נכונה",
        "התשובה",
        "תשובה",
        "答",
    ],
]);

/// What stands before an explanation.
pub(super) static EXPLANATION: Labels = Labels::of(&[&[
    "explanations",
    "explanation",
    "rationale",
    "解析",
    "解释",
    "解釋",
    "解説",
    "説明",
    "说明",
    "說明",
    "الشرح",
    "التفسير",
    "הסבר",
]]);

/// What stands before the number of a question, or before a question without one.
pub(super) static QUESTION: Labels = Labels::of(&[&[
    "question",
    "q",
    "问题",
    "問題",
    "题目",
    "題目",
    "问",
    "問",
    "第",
    "السؤال",
    "سؤال",
    "שאלה",
]]);

/// What may stand before a stem.
pub(super) static STEM: Labels = Labels::of(&[&["question"]]);

/// What may stand between a stem and its options.
pub(super) static OPTIONS: Labels =
    Labels::of(&[&["options", "choices", "answer options", "answer choices"]]);

/// What may stand behind the number of a question that 第 comes before.
pub(super) const COUNTERS: [char; 4] = ['题', '題', '问', '問'];

const KEYS: &[&str] = &[
    "answer key",
    "answers key",
    "answer sheet",
    "solutions",
    "solution key",
    "key",
    "الإجابات",
    "الأجوبة",
    "תשובות",
    "פתרונות",
];

/// Headings of the answers at the end of a file.
pub(super) static ANSWER_KEY: Labels = Labels::of(&[ANSWERS, ANSWER_OR_ANSWERS, KEYS]);

/// What stands before several answers and never before a single one.
pub(super) static SEVERAL_ANSWERS: Labels = Labels::of(&[ANSWERS, KEYS]);

/// What the summary of a folded part says when an answer is in it, in small letters.
pub(super) const REVEALS: [&str; 9] =
    ["answer", "solution", "reveal", "答案", "正解", "解答", "答え", "الإجابة", "תשובה"];

/// Whether a word is one of the usual difficulties. Where a topic stands in brackets any word will do.
pub(super) fn is_difficulty(word: &str) -> bool {
    const KNOWN: [&str; 9] =
        ["basic", "foundational", "beginner", "easy", "intermediate", "medium", "advanced", "expert", "hard"];
    KNOWN.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Words that are looked for at the beginning of texts, in any case.
pub(super) struct Labels {
    words: [&'static str; MOST_LABELS],
    count: usize,
    beginnings: Beginnings,
}

const MOST_LABELS: usize = u32::BITS as usize;

impl Labels {
    /// The words of some lists, in small letters. Longer words stand before those that they begin with.
    pub const fn of(lists: &[&[&'static str]]) -> Self {
        let mut labels = Self { words: [""; MOST_LABELS], count: 0, beginnings: Beginnings::none() };
        let mut list = 0;
        while list < lists.len() {
            let mut place = 0;
            while place < lists[list].len() {
                let word = lists[list][place];
                labels.words[labels.count] = word;
                labels.beginnings = labels.beginnings.and(word, 1 << labels.count);
                labels.count += 1;
                place += 1;
            }
            list += 1;
        }
        labels
    }

    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words[..self.count].iter().copied()
    }

    /// What stands behind the word that begins a text.
    #[inline]
    pub fn behind<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut words = self.beginnings.of(text);
        while words != 0 {
            let behind = strip_word(text, self.words[words.trailing_zeros() as usize]);
            if behind.is_some() {
                return behind;
            }
            words &= words - 1;
        }
        None
    }

    /// Whether a text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        self.words().any(|word| is_same(text, word))
    }
}

/// Which words may begin a text, by its first two bytes: a bit for each word, or for several.
pub(super) struct Beginnings {
    first: [u32; 256],
    second: [u32; 256],
}

impl Beginnings {
    pub const fn none() -> Self {
        Self { first: [0; 256], second: [0; 256] }
    }

    /// These and a word in small letters, which may begin in any case of ASCII letters.
    pub const fn and(mut self, word: &str, bit: u32) -> Self {
        let word = word.as_bytes();
        mark(&mut self.first, word[0], bit);
        match word {
            [_] => mark_all(&mut self.second, bit),
            _ => mark(&mut self.second, word[1], bit),
        }
        self
    }

    /// These and some words that need not be told apart: those with one second letter share a bit, which then stands
    /// for first letters of theirs as well.
    pub const fn and_each(mut self, words: &[&str]) -> Self {
        let mut place = 0;
        while place < words.len() {
            self = self.and(words[place], 1 << (words[place].as_bytes()[1] % 32));
            place += 1;
        }
        self
    }

    /// The bits of the words that may begin this text.
    #[inline]
    pub fn of(&self, text: &str) -> u32 {
        match text.as_bytes() {
            [] => 0,
            [first] => self.first[usize::from(*first)] & self.second[0],
            [first, second, ..] => self.first[usize::from(*first)] & self.second[usize::from(*second)],
        }
    }
}

const fn mark(bits: &mut [u32; 256], byte: u8, bit: u32) {
    bits[byte as usize] |= bit;
    bits[byte.to_ascii_uppercase() as usize] |= bit;
}

const fn mark_all(bits: &mut [u32; 256], bit: u32) {
    let mut byte = 0;
    while byte < bits.len() {
        bits[byte] |= bit;
        byte += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_that_begins_a_text_counts() {
        let table = [
            ("Answers: B", Some(": B")),
            ("answer sheet", Some(" sheet")),
            ("ANS. B", Some(". B")),
            ("答案是B", Some("是B")),
            ("an", None),
            ("a", None),
            ("", None),
            ("Ansible", Some("ible")),
        ];
        for (text, expected) in table {
            assert_eq!(ANSWER.behind(text), expected, "{text}");
        }
        assert_eq!(QUESTION.behind("q"), Some(""));
        assert_eq!(QUESTION.behind("Quick"), Some("uick"));
    }
}
