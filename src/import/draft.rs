//! A question as some notation gave it, before anything is known to be right, and everything that can
//! be wrong with one whatever its notation. Knows places, but not how a text says things.

use std::{borrow::Cow, mem::take};

use super::{
    HeldBack, Kind, ParsedQuestion, Problem, Severity, Traits,
    blanks::trim_start,
    facts::has_code_block,
    mention::Mention,
    places::At,
    prose::{Prose, Words},
    remarks,
    shuffling::{self, unknown_directive},
    texts::Texts,
};
use crate::domain::{
    ids::OptionId,
    question::{Choice, MOST_OPTIONS, Question},
};

/// What a question says.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Where it begins.
    pub at: At,
    pub number: Option<String>,
    pub difficulty: Option<String>,
    pub category: Option<String>,
    /// Asked in place of the stem where there is none; may be empty.
    pub topic: String,
    pub stem: String,
    pub options: Vec<DraftOption>,
    /// What is stated to be right, if anything is.
    pub answer: Option<Answer>,
    /// Empty when it is missing, none where the notation has no room for one.
    pub explanation: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct DraftOption {
    pub at: At,
    pub text: String,
}

impl AsRef<str> for DraftOption {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub at: At,
    pub stated: Stated,
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stated {
    /// Options by their place, counted from 0; perhaps places that no option has.
    Options(Vec<u8>),
    /// These options by their letters, or those by their texts.
    Unclear(Vec<u8>, Vec<u8>),
    /// Words that name no option.
    Unreadable(String),
}

/// Which part of a question words are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Explanation,
}

/// Whether two texts look alike, in which blanks outside code are one.
fn looks_the_same(one: &str, other: &str) -> bool {
    let ends = |text: &str| (text.bytes().next(), text.bytes().next_back());
    if ends(one) != ends(other) {
        return false;
    }
    let is_plain = |text: &str| !text.contains('`');
    one == other || (is_plain(one) && is_plain(other) && one.split_whitespace().eq(other.split_whitespace()))
}

impl Draft {
    /// The question, when nothing holds it back. `problems` holds what is known to be wrong with it
    /// already, and gets the rest; `find` says where in the text words of the question stand; `words` is room to
    /// read in. The texts of a question that is sound are taken out of the draft.
    pub fn checked(
        &mut self,
        find: &dyn Fn(Part, Mention<'_>) -> At,
        words: &mut Words,
        problems: &mut Vec<Problem>,
    ) -> Option<ParsedQuestion> {
        if problems.iter().any(|problem| problem.kind == Kind::UnclosedFence) {
            // What the code block swallowed is missing below it: further complaints would only mislead.
            return None;
        }
        let contradicts_itself = holds_back(problems);
        let missing_stem = self.check_stem();
        let options = self.options.iter().map(|option| option.text.as_str());
        let texts = Texts::of(words, &self.stem, options, self.explanation.as_deref().unwrap_or_default());
        if !contradicts_itself {
            problems.extend(self.wrong_options(&texts));
        }
        problems.extend(missing_stem);
        let keys = self.keys(problems);
        // In a second version another answer is no surprise.
        let claimed = if contradicts_itself { &[] } else { keys.as_slice() };
        self.check_explanation(&texts, claimed, find, problems);
        problems.extend(self.unknown_directive(&texts, find));
        problems.extend(self.invisible_characters(&texts, find));
        if holds_back(problems) {
            return None;
        }
        let (shuffling, reason) = shuffling::decide_with(&texts);
        if let Some(undirected) = Undirected::of(&texts) {
            undirected.replace(self);
        }
        let line = self.at.line;
        let mut question = self.finished(keys)?;
        question.shuffling = shuffling;
        Some(ParsedQuestion { question, line, reason })
    }

    /// What speaks against a flip card that nobody calls one.
    pub fn unread_options(&self) -> Option<Problem> {
        let answer = self.explanation.as_deref().unwrap_or_default();
        let what = "names an option as its answer, and has no options that can be read";
        (names_option(answer) && has_list(&self.stem))
            .then(|| self.problem_of_head(Kind::TooFewOptions, what))
    }

    /// The flip card, when nothing holds it back: it has no options, and its explanation is its answer.
    pub fn recalled(&mut self, problems: &mut Vec<Problem>) -> Option<ParsedQuestion> {
        let answer = self.explanation.take().unwrap_or_default();
        if is_silent(&answer) {
            problems.push(self.problem_of_head(Kind::NoAnswer, "has no answer"));
        }
        problems.extend(self.check_stem());
        if holds_back(problems) {
            self.explanation = Some(answer);
            return None;
        }
        let question = Question::recall(take(&mut self.stem), answer).ok()?;
        let line = self.at.line;
        Some(ParsedQuestion { question: self.labelled(question), line, reason: None })
    }

    /// What is known of it where it is no question that could be studied.
    pub fn held_back(self) -> HeldBack {
        let traits = self.traits();
        let options = self.options.iter().map(|option| option.text.as_str());
        let answer = self.explanation.as_deref().filter(|_| self.options.is_empty());
        let said = [self.stem.as_str()].into_iter().chain(options).chain(answer);
        let said = said.collect::<Vec<_>>().join("\n");
        HeldBack { number: self.number, difficulty: self.difficulty, line: self.at.line, traits, said }
    }

    fn traits(&self) -> Traits {
        let answers = match self.answer.as_ref().map(|answer| &answer.stated) {
            Some(Stated::Options(answers)) => answers.clone(),
            Some(Stated::Unclear(..) | Stated::Unreadable(_)) | None => Vec::new(),
        };
        Traits {
            options: self.options.len(),
            answers,
            code_in_stem: has_code_block(&self.stem),
            code_in_options: self.options.iter().any(|option| has_code_block(&option.text)),
            code_in_explanation: self.explanation.as_deref().is_some_and(has_code_block),
        }
    }

    /// A problem that belongs to this question.
    pub fn problem(&self, kind: Kind, at: At, message: String) -> Problem {
        let problem = Problem::new(kind, at.line, at.column, message);
        Problem { question: self.number.clone(), ..problem }
    }

    fn problem_of_head(&self, kind: Kind, what: &str) -> Problem {
        self.problem(kind, self.at, format!("{} {what}", self.name()))
    }

    fn name(&self) -> String {
        self.number.as_ref().map_or_else(|| "this question".to_owned(), |number| format!("question {number}"))
    }

    fn wrong_options(&self, texts: &Texts<'_>) -> Vec<Problem> {
        let found = self.options.len();
        if found < 2 {
            return vec![
                self.problem_of_head(Kind::TooFewOptions, "has fewer than two options that can be read"),
            ];
        }
        if found > MOST_OPTIONS {
            let problem =
                self.problem_of_head(Kind::TooManyOptions, "has more options than there are letters");
            return vec![problem.contrast(format!("at most {MOST_OPTIONS}"), found)];
        }
        let seen: Vec<Cow<'_, str>> = texts.options.iter().map(Prose::visible).collect();
        (0..found).filter_map(|place| self.wrong_option(place, &seen)).collect()
    }

    fn wrong_option(&self, place: usize, seen: &[Cow<'_, str>]) -> Option<Problem> {
        let option = &self.options[place];
        let letter = capital(place);
        if is_silent(&option.text) {
            return Some(self.problem(Kind::EmptyOption, option.at, format!("option {letter} has no text")));
        }
        let same = seen[..place].iter().position(|earlier| looks_the_same(earlier, &seen[place]))?;
        let message = format!("options {} and {letter} have the same text", capital(same));
        let first = self.options[same].at;
        let problem = self.problem(Kind::IdenticalOptions, option.at, message);
        Some(problem.beside(first.line, first.column, "the first of them"))
    }

    /// The right options by place, as far as they can be read.
    fn keys(&self, problems: &mut Vec<Problem>) -> Vec<u8> {
        let options = self.options.len();
        let states_something =
            |answer: &&Answer| !matches!(&answer.stated, Stated::Options(keys) if keys.is_empty());
        let Some(Answer { at, stated }) = self.answer.as_ref().filter(states_something) else {
            let told = problems.iter().any(|it| matches!(it.kind, Kind::TwoAnswers | Kind::TooManyOptions));
            if options > 1 && !told {
                problems.push(self.problem_of_head(Kind::NoAnswer, "has no answer"));
            }
            return Vec::new();
        };
        let keys = match stated {
            Stated::Options(keys) => keys,
            Stated::Unclear(these, those) => {
                problems.push(self.unclear(*at, these, those));
                return Vec::new();
            }
            Stated::Unreadable(words) => {
                let message = format!("the answer of {} cannot be read", self.name());
                let problem = self.problem(Kind::UnreadableAnswer, *at, message);
                problems.push(problem.contrast("letters of options", words));
                return Vec::new();
            }
        };
        let unknown = keys.iter().find(|key| usize::from(**key) >= options).filter(|_| options > 1);
        if let Some(unknown) = unknown {
            let letter = capital(usize::from(*unknown));
            let message = format!("{} has no option {letter}", self.name());
            let problem = self.problem(Kind::UnknownAnswer, *at, message);
            problems.push(problem.contrast(format!("A to {}", capital(options - 1)), letter));
            return Vec::new();
        }
        keys.clone()
    }

    fn unclear(&self, at: At, these: &[u8], those: &[u8]) -> Problem {
        let letters = |keys: &[u8]| keys.iter().map(|key| capital(usize::from(*key))).collect::<String>();
        let message = format!("this answer may mean {} or {}", letters(these), letters(those));
        self.problem(Kind::AmbiguousAnswer, at, message)
    }

    fn check_explanation(
        &self,
        texts: &Texts<'_>,
        keys: &[u8],
        find: &dyn Fn(Part, Mention<'_>) -> At,
        problems: &mut Vec<Problem>,
    ) {
        let Some(explanation) = &self.explanation else { return };
        if self.options.len() > 1 && is_silent(explanation) {
            problems.push(self.problem_of_head(Kind::NoExplanation, "has no explanation"));
            return;
        }
        let prose = &texts.explanation;
        if let Some(other) = remarks::other_answer(texts, keys) {
            let stated: String = keys.iter().map(|key| capital(usize::from(*key))).collect();
            let named = capital(usize::from(other.letter));
            let judgement = if other.denies { "wrong" } else { "right" };
            let message =
                format!("the explanation says that {named} is {judgement}, and the answer is {stated}");
            let at = find(Part::Explanation, prose.mention(other.words));
            let length = u32::try_from(other.words.chars().count()).unwrap_or(1);
            let problem = self.problem(Kind::OtherAnswerNamed, at, message).spanning(length);
            let stated_at = self.answer.as_ref().map(|answer| answer.at.line);
            let found = if other.denies { format!("not {named}") } else { named.to_string() };
            problems.push(problem.contrast(stated, found).beside_line(stated_at, "the stated answer"));
        }
        if let Some(words) = remarks::drafting(prose) {
            let at = find(Part::Explanation, prose.mention(words));
            let problem = self.problem(Kind::DraftingRemark, at, "the explanation thinks aloud".to_owned());
            problems.push(Problem { found: Some(words.to_owned()), ..problem });
        }
    }

    fn unknown_directive(
        &self,
        texts: &Texts<'_>,
        find: &dyn Fn(Part, Mention<'_>) -> At,
    ) -> Option<Problem> {
        let unknown = unknown_directive(texts)?;
        let message = "this comment says nothing that the program knows".to_owned();
        let problem =
            self.problem(Kind::UnknownDirective, find(Part::Whole, Mention::first("retain:")), message);
        Some(problem.contrast("fixed-order, shuffle or pin-last", unknown))
    }

    fn invisible_characters(
        &self,
        texts: &Texts<'_>,
        find: &dyn Fn(Part, Mention<'_>) -> At,
    ) -> Option<Problem> {
        let invisible = texts.invisible()?;
        let at = find(Part::Whole, Mention::first(invisible.encode_utf8(&mut [0; 4])));
        let message = format!("{} holds a character that nobody sees", self.name());
        let code = format!("U+{:04X}", u32::from(invisible));
        Some(Problem { found: Some(code), ..self.problem(Kind::InvisibleCharacters, at, message) })
    }

    /// Where there is no stem, the topic is asked.
    fn check_stem(&mut self) -> Option<Problem> {
        if !is_silent(&self.stem) {
            return None;
        }
        if self.topic.is_empty() {
            return Some(self.problem_of_head(Kind::NoStem, "asks nothing"));
        }
        self.stem = self.topic.clone();
        Some(self.problem_of_head(Kind::TopicAsStem, "has no stem, so its topic is asked"))
    }

    fn finished(&mut self, keys: Vec<u8>) -> Option<Question> {
        let texts = take(&mut self.options).into_iter().map(|option| option.text);
        let options = (0_u16..).zip(texts).map(|(id, text)| Choice { id: OptionId(id), text }).collect();
        let keys = keys.into_iter().map(|key| OptionId(key.into())).collect();
        let mut question = Question::new(take(&mut self.stem), options, keys).ok()?;
        question.explanation = self.explanation.take().unwrap_or_default();
        Some(self.labelled(question))
    }

    fn labelled(&mut self, mut question: Question) -> Question {
        question.number = self.number.take();
        question.difficulty = self.difficulty.take();
        question.category = self.category.take();
        question.topic = take(&mut self.topic);
        question
    }
}

/// The texts of a question without what its author says to this program: that was followed, and is kept apart.
struct Undirected {
    stem: Option<String>,
    options: Vec<Option<String>>,
    explanation: Option<String>,
}

impl Undirected {
    fn of(texts: &Texts<'_>) -> Option<Self> {
        texts.directives().next()?;
        let Texts { stem, options, explanation } = texts;
        let undirected = |text| shuffling::undirected(text, options.len());
        Some(Self {
            stem: undirected(stem),
            options: options.iter().map(undirected).collect(),
            explanation: undirected(explanation),
        })
    }

    fn replace(self, draft: &mut Draft) {
        draft.stem = self.stem.unwrap_or_else(|| take(&mut draft.stem));
        draft.explanation = self.explanation.or_else(|| draft.explanation.take());
        for (option, undirected) in draft.options.iter_mut().zip(self.options) {
            option.text = undirected.unwrap_or_else(|| take(&mut option.text));
        }
    }
}

/// Whether an answer is a single letter, of whatever script.
pub(super) fn names_option(answer: &str) -> bool {
    let mut letters = answer.trim().chars().filter(|sign| !matches!(sign, '.' | ')' | '(' | '*'));
    letters.next().is_some_and(|letter| letter.is_alphabetic() || is_circled(letter))
        && letters.next().is_none()
}

fn is_circled(sign: char) -> bool {
    matches!(sign, '①'..='⑳' | 'ⓐ'..='ⓩ' | 'Ⓐ'..='Ⓩ')
}

/// Whether a stem holds what looks like options in letters that are not read: `א. text`, `ア text`, `① text`.
fn has_list(stem: &str) -> bool {
    let is_lettered = |line: &str| {
        let mut signs = line.trim_start().chars();
        let (letter, mark) = (signs.next().unwrap_or(' '), signs.next().unwrap_or(' '));
        let is_marked = matches!(mark, '.' | ')' | '．' | '）' | ':' | '：' | '、');
        let is_kana = matches!(letter, 'ァ'..='ヶ' | 'ぁ'..='ゖ') && mark.is_whitespace();
        is_circled(letter) || is_kana || (letter.is_alphabetic() && is_marked)
    };
    stem.lines().filter(|line| is_lettered(line)).count() >= 2
}

/// The letter of an option by its place, counted from 0, as a capital.
pub(super) fn capital(place: usize) -> char {
    u8::try_from(place).ok().filter(|place| *place < 26).map_or('?', |place| char::from(b'A' + place))
}

/// Whether a text holds nothing that anybody sees.
pub(super) fn is_silent(text: &str) -> bool {
    let mut rest = trim_start(text);
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, behind)) = comment.split_once("-->") else { return false };
        rest = trim_start(behind);
    }
    rest.is_empty()
}

/// Whether one of these problems keeps its question out.
pub(super) fn holds_back(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::HeldBack)
}
