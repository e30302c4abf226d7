//! The words that people head the parts of a question with, in the languages that chapters come in. A
//! further language is a word in each of these lists.

/// What stands before an answer as well as before all of them at the end of a file.
const ANSWERS: [&str; 8] =
    ["correct answers", "answers", "参考答案", "參考答案", "答案", "正解", "解答", "答え"];

/// What stands before an answer. Longer words stand before those that they begin with.
pub(super) const ANSWER: [&str; 23] = joined(
    ANSWERS,
    [
        "correct answer",
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
);

/// What stands before an explanation.
pub(super) const EXPLANATION: [&str; 13] = [
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
];

/// What stands before the number of a question, or before a question without one.
pub(super) const QUESTION: [&str; 12] =
    ["question", "q", "问题", "問題", "题目", "題目", "问", "問", "第", "السؤال", "سؤال", "שאלה"];

/// What may stand behind the number of a question that 第 comes before.
pub(super) const COUNTERS: [char; 4] = ['题', '題', '问', '問'];

/// Headings of the answers at the end of a file.
pub(super) const ANSWER_KEY: [&str; 18] = joined(
    ANSWERS,
    [
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
    ],
);

/// What the summary of a folded part says when an answer is in it, in small letters.
pub(super) const REVEALS: [&str; 9] =
    ["answer", "solution", "reveal", "答案", "正解", "解答", "答え", "الإجابة", "תשובה"];

/// The first two bytes of some words, for a quick look at whether one of them may begin a text.
pub(super) struct Beginnings {
    first: [bool; 256],
    second: [bool; 256],
}

impl Beginnings {
    /// Those of lists of words, in any case. Each word has two bytes at least.
    pub const fn of(lists: &[&[&str]]) -> Self {
        let mut beginnings = Self { first: [false; 256], second: [false; 256] };
        let mut list = 0;
        while list < lists.len() {
            let mut place = 0;
            while place < lists[list].len() {
                let word = lists[list][place].as_bytes();
                beginnings.first[word[0].to_ascii_lowercase() as usize] = true;
                beginnings.second[word[1].to_ascii_lowercase() as usize] = true;
                place += 1;
            }
            list += 1;
        }
        beginnings
    }

    /// Whether one of the words may begin this text.
    pub fn may_begin(&self, text: &str) -> bool {
        let [first, second, ..] = text.as_bytes() else { return false };
        self.first[usize::from(first.to_ascii_lowercase())]
            && self.second[usize::from(second.to_ascii_lowercase())]
    }
}

/// One list behind the other.
const fn joined<const N: usize, const M: usize, const ALL: usize>(
    first: [&'static str; N],
    then: [&'static str; M],
) -> [&'static str; ALL] {
    assert!(N + M == ALL);
    let mut all = [""; ALL];
    let mut place = 0;
    while place < ALL {
        all[place] = if place < N { first[place] } else { then[place - N] };
        place += 1;
    }
    all
}
