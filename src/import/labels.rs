//! The words that people head the parts of a question with, in the languages that chapters come in. A
//! further language is a word in each of these lists.

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

/// Words that are looked for at the beginning of texts, in any case.
pub(super) struct Labels {
    lists: &'static [&'static [&'static str]],
    beginnings: Beginnings,
}

impl Labels {
    /// The words of some lists. Longer words stand before those that they begin with.
    pub const fn of(lists: &'static [&'static [&'static str]]) -> Self {
        let (mut beginnings, mut list) = (Beginnings::none(), 0);
        while list < lists.len() {
            beginnings = beginnings.and(lists[list]);
            list += 1;
        }
        Self { lists, beginnings }
    }

    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.lists.iter().copied().flatten().copied()
    }

    /// What stands behind the word that begins a text.
    #[inline]
    pub fn behind<'a>(&self, text: &'a str) -> Option<&'a str> {
        if self.beginnings.may_begin(text) { self.behind_any(text) } else { None }
    }

    fn behind_any<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.words().find_map(|word| {
            let (begun, behind) = text.split_at_checked(word.len())?;
            let ends_alike = begun.as_bytes().last().map(u8::to_ascii_lowercase) == word.bytes().last();
            (ends_alike && begun.eq_ignore_ascii_case(word)).then_some(behind)
        })
    }

    /// Whether a text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        self.words().any(|word| text.eq_ignore_ascii_case(word))
    }
}

/// The first two bytes of some words, for a quick look at whether one of them may begin a text.
pub(super) struct Beginnings {
    first: [bool; 256],
    second: [bool; 256],
}

impl Beginnings {
    pub const fn none() -> Self {
        Self { first: [false; 256], second: [false; 256] }
    }

    /// These and those of more words, in any case of ASCII letters.
    pub const fn and(mut self, words: &[&str]) -> Self {
        let mut place = 0;
        while place < words.len() {
            let word = words[place].as_bytes();
            self.first[word[0].to_ascii_lowercase() as usize] = true;
            match word {
                [_] => self.second = [true; 256],
                _ => self.second[word[1].to_ascii_lowercase() as usize] = true,
            }
            place += 1;
        }
        self
    }

    /// Whether one of the words may begin this text.
    #[inline]
    pub fn may_begin(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let Some(first) = bytes.first() else { return false };
        let second = bytes.get(1).unwrap_or(&0);
        self.first[usize::from(first.to_ascii_lowercase())]
            && self.second[usize::from(second.to_ascii_lowercase())]
    }
}
