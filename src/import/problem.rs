//! What can be wrong with a chapter, in words that a person can act on. Knows no notation.

use super::source::{Excerpt, TO_LINE_END};

/// What a problem did to its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The question is not imported until its author mends it.
    HeldBack,
    /// Imported, but somebody should look at it.
    Warning,
    /// Imported and sound, but it can be answered without knowing. Never counts as a warning.
    Lint,
    /// Worth knowing, nothing to do.
    Note,
}

/// What is wrong. Its [`Kind::word`] is stable: scripts may rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The text is longer than [`super::MOST_BYTES`].
    TooLarge,
    /// More is wrong with the text than is told.
    TooManyProblems,
    /// The file is a picture, an archive or something else that is no text.
    NotText,
    /// A character that is not UTF-8, and was read as well as possible.
    NotUtf8,
    /// The text breaks the rules of its notation.
    Syntax,
    /// Something of a kind that is not studied here: an essay, a matching question, a description.
    UnsupportedKind,
    /// A question corrects itself instead of being corrected.
    RevisedInside,
    /// The letters of the options begin again.
    LettersRestart,
    /// The letters of the options leave one out, or come in another order.
    LettersOutOfOrder,
    /// Two answers are stated.
    TwoAnswers,
    /// Two explanations are given.
    TwoExplanations,
    /// Two options have the same text.
    IdenticalOptions,
    /// An option has no text.
    EmptyOption,
    /// Fewer than two options.
    TooFewOptions,
    /// More options than there are letters.
    TooManyOptions,
    /// No answer is stated.
    NoAnswer,
    /// The answer is not a letter, or letters.
    UnreadableAnswer,
    /// The answer may mean one option or another.
    AmbiguousAnswer,
    /// The answer is a letter that no option has.
    UnknownAnswer,
    /// Neither a stem nor a topic.
    NoStem,
    /// Options and an answer among questions with heads, and no head above them that can be read.
    NoHead,
    /// A code fence that is never closed, inside a question.
    UnclosedFence,
    /// A code fence that is never closed, outside all questions.
    UnclosedFenceOutside,
    /// There is no stem, and the topic serves as one.
    TopicAsStem,
    /// An earlier question has the same number.
    DuplicateNumber,
    /// There is no explanation.
    NoExplanation,
    /// The explanation names another answer than the stated one.
    OtherAnswerNamed,
    /// The answer key at the end says another answer than the question itself.
    OtherAnswerInKey,
    /// The explanation holds its author's thinking aloud.
    DraftingRemark,
    /// Text behind the last option that may not be part of it.
    OptionRunsOn,
    /// A comment speaks to this program, but not in words that it knows.
    UnknownDirective,
    /// A stated count differs from the real one.
    WrongCount,
    /// Options that belong to no question.
    OrphanOptions,
    /// An answer that belongs to no question.
    OrphanAnswer,
    /// No question was found.
    NoQuestions,
    /// Text between two questions, which belongs to neither.
    TextBetween,
    /// A question head inside a code block or a comment, which is not a question.
    HiddenHead,
    /// Characters that nobody sees, and that can make a text look like another one.
    InvisibleCharacters,
    /// A field or a column that is not read.
    UnknownField,
    /// One letter is right far more often than chance would have it.
    FavouredLetter,
    /// The right option is the longest far more often than chance would have it.
    LongestIsRight,
    /// "All of the above" is right far more often than chance would have it.
    AllOfTheAbove,
    /// Only the right option fits the grammar of the stem.
    GrammarGivesAway,
    /// Only the right option carries a mark, such as a tick.
    RightOptionMarked,
    /// Only the right option repeats a telling word of the stem.
    StemQuoted,
    /// Another question asks nearly the same.
    NearDuplicate,
}

/// Something wrong or doubtful in a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it did to its question.
    pub severity: Severity,
    /// What is wrong.
    pub kind: Kind,
    /// Where, counted from 1.
    pub line: u32,
    /// Where in the line, counted in characters from 1.
    pub column: u32,
    /// How many characters it is about.
    pub length: u32,
    /// The line itself.
    pub source: Excerpt,
    /// A second place that belongs to it.
    pub related: Option<Box<Related>>,
    /// The number of the question that it belongs to, if any.
    pub question: Option<String>,
    /// What was expected, where that can be said in a word.
    pub expected: Option<String>,
    /// What stood there instead.
    pub found: Option<String>,
    /// A sentence for a person, without a place and without an end mark.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// A second place that explains a problem, such as the first of two identical options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where, counted from 1.
    pub line: u32,
    /// Where in the line, counted in characters from 1.
    pub column: u32,
    /// How many characters.
    pub length: u32,
    /// The line itself.
    pub source: Excerpt,
    /// What stands there, in a few words.
    pub label: String,
}

impl Problem {
    /// A problem that is about one character or what was found there; about the rest of the line when
    /// it stands in the first column or is about an option.
    pub(super) fn new(kind: Kind, line: u32, column: u32, message: String) -> Self {
        let of_option = matches!(kind, Kind::IdenticalOptions | Kind::EmptyOption);
        Self {
            severity: kind.severity(),
            kind,
            line,
            column,
            length: if column == 1 || of_option { TO_LINE_END } else { 1 },
            source: Excerpt::default(),
            related: None,
            question: None,
            expected: None,
            found: None,
            message,
            hint: kind.hint(),
        }
    }

    pub(super) fn spanning(self, length: u32) -> Self {
        Self { length, ..self }
    }

    /// With a second place, up to the end of its line.
    pub(super) fn beside(self, line: u32, column: u32, label: impl Into<String>) -> Self {
        let (source, label) = (Excerpt::default(), label.into());
        let related = Related { line, column, length: TO_LINE_END, source, label };
        Self { related: Some(Box::new(related)), ..self }
    }

    /// With a whole line as its second place, where there is one.
    pub(super) fn beside_line(self, line: Option<u32>, label: &str) -> Self {
        match line {
            Some(line) => self.beside(line, 1, label),
            None => self,
        }
    }

    pub(super) fn of(self, number: &str) -> Self {
        Self { question: Some(number.to_owned()), ..self }
    }

    pub(super) fn contrast(self, expected: impl ToString, found: impl ToString) -> Self {
        Self { expected: Some(excerpt(&expected)), found: Some(excerpt(&found)), ..self }
    }
}

/// As much of a text as a report can show.
fn excerpt(text: &impl ToString) -> String {
    let text = text.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

impl Severity {
    /// The word for it in reports and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::HeldBack => "held-back",
            Self::Warning => "warning",
            Self::Lint => "lint",
            Self::Note => "note",
        }
    }
}

impl Kind {
    /// The word for it in reports and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::TooManyProblems => "too-many-problems",
            Self::NotText => "not-text",
            Self::NotUtf8 => "not-utf-8",
            Self::Syntax => "syntax",
            Self::UnsupportedKind => "unsupported-kind",
            Self::RevisedInside => "revised-inside",
            Self::LettersRestart => "letters-restart",
            Self::LettersOutOfOrder => "letters-out-of-order",
            Self::TwoAnswers => "two-answers",
            Self::TwoExplanations => "two-explanations",
            Self::IdenticalOptions => "identical-options",
            Self::EmptyOption => "empty-option",
            Self::TooFewOptions => "too-few-options",
            Self::TooManyOptions => "too-many-options",
            Self::NoAnswer => "no-answer",
            Self::UnreadableAnswer => "unreadable-answer",
            Self::AmbiguousAnswer => "ambiguous-answer",
            Self::UnknownAnswer => "unknown-answer",
            Self::NoStem => "no-stem",
            Self::NoHead => "no-head",
            Self::UnclosedFence => "unclosed-fence",
            Self::UnclosedFenceOutside => "unclosed-fence-outside",
            Self::TopicAsStem => "topic-as-stem",
            Self::DuplicateNumber => "duplicate-number",
            Self::NoExplanation => "no-explanation",
            Self::OtherAnswerNamed => "other-answer-named",
            Self::OtherAnswerInKey => "other-answer-in-key",
            Self::DraftingRemark => "drafting-remark",
            Self::OptionRunsOn => "option-runs-on",
            Self::UnknownDirective => "unknown-directive",
            Self::WrongCount => "wrong-count",
            Self::OrphanOptions => "orphan-options",
            Self::OrphanAnswer => "orphan-answer",
            Self::NoQuestions => "no-questions",
            Self::TextBetween => "text-between",
            Self::HiddenHead => "hidden-head",
            Self::InvisibleCharacters => "invisible-characters",
            Self::UnknownField => "unknown-field",
            Self::FavouredLetter => "favoured-letter",
            Self::LongestIsRight => "longest-is-right",
            Self::AllOfTheAbove => "all-of-the-above",
            Self::GrammarGivesAway => "grammar-gives-away",
            Self::RightOptionMarked => "right-option-marked",
            Self::StemQuoted => "stem-quoted",
            Self::NearDuplicate => "near-duplicate",
        }
    }

    /// Whether text behind the place of the problem was taken for something else than it is.
    pub fn swallows(self) -> bool {
        matches!(self, Self::UnclosedFence | Self::UnclosedFenceOutside | Self::Syntax)
    }

    /// What a problem of this kind does to its question.
    pub fn severity(self) -> Severity {
        match self {
            Self::TooLarge
            | Self::NotText
            | Self::Syntax
            | Self::UnsupportedKind
            | Self::RevisedInside
            | Self::LettersRestart
            | Self::LettersOutOfOrder
            | Self::TwoAnswers
            | Self::TwoExplanations
            | Self::IdenticalOptions
            | Self::EmptyOption
            | Self::TooFewOptions
            | Self::TooManyOptions
            | Self::NoAnswer
            | Self::UnreadableAnswer
            | Self::AmbiguousAnswer
            | Self::UnknownAnswer
            | Self::NoStem
            | Self::NoHead
            | Self::UnclosedFence => Severity::HeldBack,
            Self::NotUtf8
            | Self::UnclosedFenceOutside
            | Self::TopicAsStem
            | Self::DuplicateNumber
            | Self::NoExplanation
            | Self::OtherAnswerNamed
            | Self::OtherAnswerInKey
            | Self::DraftingRemark
            | Self::OptionRunsOn
            | Self::UnknownDirective
            | Self::WrongCount
            | Self::OrphanOptions
            | Self::OrphanAnswer
            | Self::NoQuestions => Severity::Warning,
            Self::InvisibleCharacters | Self::UnknownField | Self::TooManyProblems => Severity::Warning,
            Self::TextBetween | Self::HiddenHead => Severity::Note,
            Self::FavouredLetter
            | Self::LongestIsRight
            | Self::AllOfTheAbove
            | Self::GrammarGivesAway
            | Self::RightOptionMarked
            | Self::StemQuoted
            | Self::NearDuplicate => Severity::Lint,
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::TooLarge => "Split it into chapters.",
            Self::TooManyProblems => "Mend those that are listed, and check it again.",
            Self::NotText => "Choose the file that holds the questions as text.",
            Self::NotUtf8 => "Save the file as UTF-8.",
            Self::Syntax => "Mend it there; until then it is not read, nor perhaps what stands behind it.",
            Self::UnsupportedKind => "Make it a question with options and an answer, or leave it out.",
            Self::RevisedInside => "Keep the version that is right and delete the other one.",
            Self::LettersRestart => {
                "Keep one block of options, or begin a new question before the second one."
            }
            Self::LettersOutOfOrder => {
                "Letter the options A, B, C … in order, each at the start of its own line."
            }
            Self::TwoAnswers => "Keep the answer that is right and delete the other one.",
            Self::TwoExplanations => "Keep one explanation.",
            Self::IdenticalOptions => "Change or delete one of the two.",
            Self::EmptyOption => "Write its text behind the letter.",
            Self::TooFewOptions => {
                "Write each option on a line of its own, such as `A) text`, with a letter of its own, outside code blocks and before the answer."
            }
            Self::TooManyOptions => "Leave at most 26, or make several questions of it.",
            Self::NoAnswer => {
                "State which option is right: **Answer: B** behind its options, an `answer` beside them, or a tick in its box."
            }
            Self::UnreadableAnswer => "Give the letter of an option alone, or several: A, C.",
            Self::AmbiguousAnswer => {
                "Give the letter with its text, such as `B) text`, or a number as `answer_index` (from 0) or `answer_number` (from 1)."
            }
            Self::UnknownAnswer => "Name one of its options, or add the missing option.",
            Self::NoStem => "Write the question between its head and its options.",
            Self::NoHead => "Begin it with a head such as **Q1.1: Basic - [Topic]**, as the others do.",
            Self::UnclosedFence | Self::UnclosedFenceOutside => {
                "Close it with a line of the same marks; a code block that shows whole questions needs four of them."
            }
            Self::TopicAsStem => "Write the question between its head and its options.",
            Self::DuplicateNumber => {
                "Give it a number of its own, so that its schedule can follow it through edits."
            }
            Self::NoExplanation => "Add an explanation that says why the answer is right.",
            Self::OtherAnswerNamed => "Check which one is right, then mend the answer or the explanation.",
            Self::OtherAnswerInKey => {
                "Check which one is right, then mend the other one; the question counts."
            }
            Self::DraftingRemark => "Check the answer, and say in the explanation only what you found.",
            Self::OptionRunsOn => {
                "Indent it when it belongs to the option; move it above the options when it does not."
            }
            Self::UnknownDirective => {
                "Write <!-- retain: fixed-order -->, <!-- retain: shuffle --> or <!-- retain: pin-last 1 -->."
            }
            Self::WrongCount => "Correct the number; the questions themselves were counted.",
            Self::OrphanOptions => "Give them a question head, or delete them.",
            Self::OrphanAnswer => "Move it to its question, or delete it.",
            Self::NoQuestions => "Begin each question with a head such as **Q1.1: Basic - [Topic]**.",
            Self::TextBetween => "Nothing to do, unless it was meant to be part of a question.",
            Self::HiddenHead => "Nothing to do, unless it was meant to be a question.",
            Self::InvisibleCharacters => "Delete them; they are shown as signs.",
            Self::UnknownField => "Delete it, or give it a name that is read: decks/FORMAT.md lists them.",
            Self::FavouredLetter => {
                "Whoever sees the options in this order learns the letter instead of the answer. Move right options to other letters."
            }
            Self::LongestIsRight => {
                "Length is noticed before anything is recalled, so the question is answered without being known. Shorten right options, or say more in wrong ones."
            }
            Self::AllOfTheAbove => {
                "Who knows that two options hold has the answer, and who has seen a few such questions needs not even that. Ask for several right options instead, or let it be wrong at times."
            }
            Self::GrammarGivesAway => {
                "The others can be ruled out by ear, without knowing. Word the stem or the options so that all of them fit."
            }
            Self::RightOptionMarked => {
                "What is seen need not be known. Take the mark out; the answer is stated elsewhere."
            }
            Self::StemQuoted => {
                "A word that sounds familiar is taken for knowledge. Use the word in a wrong option too, or in none."
            }
            Self::NearDuplicate => {
                "Each answer gives the other one away, and both come up for review. Keep one, or make them ask different things."
            }
        }
    }
}
