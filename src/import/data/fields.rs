//! The names of fields. Capitals, spaces, points, hyphens and underscores make no difference.

/// What a field of a question says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Stem,
    /// Code that belongs to the stem.
    Code,
    Options,
    /// One option, by its place counted from 0.
    Option(u8),
    /// The options, or the right ones when the options stand elsewhere.
    Answers,
    /// The wrong options, where the answer is the text of the right one.
    Distractors,
    Answer,
    /// The right option's number, counted from 0.
    AnswerIndex,
    /// The right option's number, counted from 1.
    AnswerNumber,
    Explanation,
    Number,
    /// What stands for a number where there is none.
    Id,
    Difficulty,
    Category,
    Topic,
    FixedOrder,
    PinnedLast,
    Shuffle,
    /// What kind of question it is.
    Kind,
}

const NAMES: [(Field, &[&str]); 18] = [
    (Field::Stem, &["question", "stem", "prompt", "text", "questiontext", "questionstem", "front"]),
    (Field::Code, &["code", "codeblock", "codesnippet", "snippet"]),
    (
        Field::Options,
        &[
            "options",
            "choices",
            "alternatives",
            "possibleanswers",
            "variants",
            "answeroptions",
            "answerchoices",
        ],
    ),
    (Field::Answers, &["answers"]),
    (Field::Distractors, &["distractors", "incorrectanswers", "wronganswers"]),
    (
        Field::Answer,
        &[
            "answer",
            "correct",
            "correctanswer",
            "correctanswers",
            "correctoption",
            "correctoptions",
            "rightanswer",
            "key",
            "answerkey",
            "back",
            "cop",
            "correctanswerid",
            "correctoptionid",
        ],
    ),
    (Field::AnswerIndex, &["answerindex", "correctindex", "correctanswerindex", "correctoptionindex"]),
    (Field::AnswerNumber, &["answernumber", "correctnumber", "correctanswernumber", "correctoptionnumber"]),
    (Field::Explanation, &["explanation", "rationale", "feedback", "exp"]),
    (Field::Number, &["number", "no", "nr"]),
    (Field::Id, &["id"]),
    (Field::Difficulty, &["difficulty", "level"]),
    (Field::Category, &["category"]),
    (Field::Topic, &["topic", "tags", "tag", "subject"]),
    (Field::FixedOrder, &["fixedorder"]),
    (Field::PinnedLast, &["pinnedlast"]),
    (Field::Shuffle, &["shuffle", "shuffled"]),
    (Field::Kind, &["type", "kind", "questiontype"]),
];

impl Field {
    pub fn of(name: &str) -> Option<Self> {
        let name = plain(name);
        let known = NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field);
        known
            .or_else(|| option(&name).map(Self::Option))
            .or_else(|| is_distractor(&name).then_some(Self::Distractors))
    }
}

/// What an option says of itself, where it is more than a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OptionField {
    Text,
    Label,
    Right,
    Feedback,
    /// A part that people need to see and that is not shown.
    Unseen,
}

impl OptionField {
    pub fn of(name: &str) -> Option<Self> {
        match plain(name).as_str() {
            "text" | "option" | "answer" | "value" | "content" | "choice" | "body" | "answertext"
            | "optiontext" | "choicetext" => Some(Self::Text),
            "label" | "letter" | "key" | "id" => Some(Self::Label),
            "correct" | "iscorrect" | "right" | "isright" | "isanswer" => Some(Self::Right),
            "feedback" | "explanation" | "rationale" => Some(Self::Feedback),
            "audio" | "code" | "image" | "imageurl" | "img" | "picture" => Some(Self::Unseen),
            _ => None,
        }
    }
}

/// What a field of a chapter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChapterField {
    Title,
    Topics,
    Questions,
    /// The questions where it is a list, the title where it is a text.
    Quiz,
}

impl ChapterField {
    pub fn of(name: &str) -> Option<Self> {
        match plain(name).as_str() {
            "title" | "name" | "chapter" => Some(Self::Title),
            "topics" | "topic" | "tags" => Some(Self::Topics),
            "questions" | "items" | "cards" | "results" => Some(Self::Questions),
            "quiz" | "deck" => Some(Self::Quiz),
            _ => None,
        }
    }
}

/// Whether a name is that of the question's text.
pub(super) fn is_stem(name: &str) -> bool {
    Field::of(name) == Some(Field::Stem)
}

pub(super) fn is_of_question(name: &str) -> bool {
    Field::of(name).is_some()
}

pub(super) fn is_list_of_questions(name: &str) -> bool {
    ChapterField::of(name) == Some(ChapterField::Questions)
}

/// Whether questions are read from a list of this name.
pub(super) fn may_list_questions(name: &str) -> bool {
    matches!(ChapterField::of(name), Some(ChapterField::Questions | ChapterField::Quiz))
}

/// A name in small letters, without signs and without a remark such as `(s)` or `(optional)`.
pub(super) fn plain(name: &str) -> String {
    let name = name.trim();
    let remarked = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    // `Answer (1)` is called so.
    let is_remark =
        |(name, remark): &(&str, &str)| !name.trim().is_empty() && (remark.len() > 1 || *remark == "s");
    let name = remarked.filter(is_remark).map_or(name, |(name, _)| name);
    let meant = name.trim().chars().filter(|sign| !matches!(sign, ' ' | '_' | '-' | '.' | '(' | ')'));
    meant.flat_map(char::to_lowercase).collect()
}

/// The place of the option that a name is that of, counted from 0.
pub(super) fn place(name: &str) -> Option<u8> {
    option(&plain(name))
}

/// `distractor`, `wrong answer 1`
fn is_distractor(name: &str) -> bool {
    let words = [
        "distractor",
        "wronganswer",
        "incorrectanswer",
        "wrongoption",
        "incorrectoption",
        "wrong",
        "incorrect",
    ];
    words.contains(&name.trim_end_matches(|sign: char| sign.is_ascii_digit()))
}

/// `a`, `option_a`, `choice 1`, `answer1`, `opa`
fn option(name: &str) -> Option<u8> {
    let words = ["option", "choice", "answer", "opt", "op", ""];
    words.iter().find_map(|word| {
        let mark = name.strip_prefix(word)?;
        match mark.as_bytes() {
            [letter @ b'a'..=b'j'] => Some(letter - b'a'),
            // `opt` is no option T.
            [letter @ b'k'..=b'z'] if word.len() > "op".len() => Some(letter - b'a'),
            _ if word.is_empty() || mark.starts_with('0') => None,
            _ => mark.parse::<u8>().ok().filter(|number| (1..=26).contains(number)).map(|number| number - 1),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        let table = [
            ("question", Some(Field::Stem)),
            ("Question Text", Some(Field::Stem)),
            ("correctAnswer", Some(Field::Answer)),
            ("correct_answer", Some(Field::Answer)),
            ("answer-index", Some(Field::AnswerIndex)),
            ("A", Some(Field::Option(0))),
            ("Option B", Some(Field::Option(1))),
            ("option_3", Some(Field::Option(2))),
            ("opc", Some(Field::Option(2))),
            ("Wrong Answer 1", Some(Field::Distractors)),
            ("opt", None),
            ("choice27", None),
            ("answer0", None),
            ("7", None),
            ("author", None),
            ("", None),
        ];
        for (name, expected) in table {
            assert_eq!(Field::of(name), expected, "{name}");
        }
    }
}
