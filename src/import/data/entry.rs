//! One question's fields, and the question that they make.

use super::{
    Node, Sort, Value,
    answer::{Base, Meaning, all_but, named, numbered, scalars},
    fields::{Field, is_stem},
    options::{Flaw, Given, Options},
    order,
};
use crate::{
    domain::question::MOST_OPTIONS,
    import::{
        HeldBack, Kind, Problem,
        draft::{Answer, Draft, DraftOption, Stated, names_option},
        lines::{fence_opening, letters},
        places::{At, Places},
        reading::Reading,
    },
};

/// As many answers as a question may state: each of its options by letter, and again by number.
const MOST_ANSWERS: usize = 2 * MOST_OPTIONS;
const TOO_MANY_ANSWERS: &str = "more answers than there are letters";

/// The fields of a question, in the order of the text.
pub(super) struct Entry<'n> {
    pub at: usize,
    fields: Vec<(Field, &'n Node<'n>)>,
    /// Names that nobody knows.
    pub unknown: Vec<(&'n str, &'n Node<'n>)>,
}

impl<'n> Entry<'n> {
    /// The fields of a node, if it has any.
    pub fn of(node: &'n Node<'n>) -> Option<Self> {
        let Value::Fields(pairs) = &node.value else { return None };
        let mut entry = Self { at: node.at, fields: Vec::new(), unknown: Vec::new() };
        for (name, node) in pairs {
            match (Field::of(name), &node.value) {
                // `{"question": {"stem": …, "choices": …}, "answer": …}`
                (Some(Field::Stem), Value::Fields(inner)) if inner.iter().any(|(name, _)| is_stem(name)) => {
                    inner.iter().for_each(|(name, node)| entry.take(name, node));
                }
                _ => entry.take(name, node),
            }
        }
        Some(entry)
    }

    fn take(&mut self, name: &'n str, node: &'n Node<'n>) {
        match Field::of(name) {
            Some(Field::Code) if is_word(node) => self.unknown.push((name, node)),
            Some(field) => self.fields.push((field, node)),
            None => self.unknown.push((name, node)),
        }
    }

    /// What the fields of this meaning say, where they say something.
    pub fn said(&self, field: Field) -> impl Iterator<Item = &'n Node<'n>> {
        let known = self.fields.iter().filter(move |(known, _)| *known == field);
        known.map(|(_, node)| *node).filter(|node| node.value != Value::Nothing)
    }

    /// The options that have a field each.
    pub fn options(&self) -> impl Iterator<Item = (u8, &'n Node<'n>)> {
        let options = self.fields.iter().filter_map(|(field, node)| match field {
            Field::Option(place) => Some((*place, *node)),
            _ => None,
        });
        options.filter(|(_, node)| node.value != Value::Nothing)
    }

    /// Whether `answers` are all options, and not the right ones only.
    pub fn is_options(&self, answers: &Node<'_>) -> bool {
        match &answers.value {
            Value::Fields(_) => !self.lists_options(),
            Value::List(items) => {
                items.iter().any(|item| matches!(item.value, Value::Fields(_)))
                    || (!self.lists_options()
                        && self.says(&[Field::Answer, Field::AnswerIndex, Field::AnswerNumber]))
            }
            Value::Nothing | Value::Scalar(_) | Value::Unread(_) | Value::Broken(_) => false,
        }
    }

    /// Whether the options are those that are right and those that are wrong, each in a field.
    fn is_right_and_wrong(&self) -> bool {
        let listed = self.lists_options() || self.said(Field::Answers).any(|node| self.is_options(node));
        !listed && self.says(&[Field::Distractors])
    }

    fn lists_options(&self) -> bool {
        self.says(&[Field::Options]) || self.options().next().is_some()
    }

    /// Whether a field of one of these meanings says something.
    pub fn says(&self, fields: &[Field]) -> bool {
        fields.iter().any(|field| self.said(*field).next().is_some())
    }

    /// The first field of these meanings that says something else than the one before it.
    fn otherwise(&self, fields: &[Field]) -> Option<&'n Node<'n>> {
        let nodes = fields.iter().flat_map(|field| self.said(*field));
        let mut said = nodes.map(|node| (node, text(node, "\n"))).filter(|(_, text)| !text.trim().is_empty());
        let (_, first) = said.next()?;
        said.find(|(_, text)| text.trim() != first.trim()).map(|(node, _)| node)
    }

    /// The answers that may be numbers, for [`Base::of`].
    pub fn numbers(&self) -> Vec<&'n super::Scalar<'n>> {
        self.said(Field::Answer).flat_map(scalars).take(MOST_ANSWERS).collect()
    }

    /// All single values that speak of right options, or of wrong ones.
    fn answers(&self) -> impl Iterator<Item = &'n super::Scalar<'n>> {
        let fields =
            [Field::Answer, Field::Answers, Field::AnswerIndex, Field::AnswerNumber, Field::Distractors];
        fields.into_iter().flat_map(|field| self.said(field)).flat_map(scalars)
    }

    /// Takes the question into the account.
    pub fn read(&self, options: &Options, base: Base, places: &Places<'_>, reading: &mut Reading) {
        let (draft, mut problems) = Reader { entry: self, base, places }.draft(options);
        let explained = self.said(Field::Explanation).next().map_or(self.at, |node| node.at);
        if draft.options.is_empty() && *options == Options::None {
            self.hold_back_without_options(&draft, places, &mut problems);
            return match self.is_stated_recall() {
                true => reading.stated_recall(draft, problems),
                false => reading.recall(draft, problems),
            };
        }
        let before = reading.questions.len();
        reading.question(draft, problems, &|_, _| places.at(explained));
        let found = reading.questions.get_mut(before);
        let warning = found.and_then(|found| order::apply(self, found, places));
        reading.problems.extend(warning);
    }

    /// What is no flip card, although it has no options: one that states a place, two answers, or what is no
    /// text; and, unless it is called a flip card, one whose options stand elsewhere.
    fn hold_back_without_options(&self, draft: &Draft, places: &Places<'_>, problems: &mut Vec<Problem>) {
        if self.says(&[Field::AnswerIndex, Field::AnswerNumber]) {
            let message = "an option is said to be right, and there are no options".to_owned();
            problems.push(draft.problem(Kind::TooFewOptions, draft.at, message));
        }
        if let Some(second) = self.otherwise(&[Field::Answer, Field::Answers]) {
            let message = "a second answer is stated here".to_owned();
            problems.push(draft.problem(Kind::TwoAnswers, places.at(second.at), message));
        }
        problems.extend(no_text(self.right_ones(), draft, places));
        if self.is_stated_recall() {
            return;
        }
        if let Some(answer) = self.numbers().first().filter(|_| self.is_called_truth()) {
            let message = "the answer is neither true nor false".to_owned();
            let problem = draft.problem(Kind::UnreadableAnswer, draft.at, message);
            problems.push(problem.contrast("true or false", &answer.text));
        }
        if self.stem_has_option(draft) {
            let message = "the options stand in the question's text".to_owned();
            problems.push(draft.problem(Kind::TooFewOptions, draft.at, message));
        }
        if let Some((name, node)) = self.unread_options() {
            let message = format!("the options may stand in the field “{name}”, which is not read");
            problems.push(draft.problem(Kind::TooFewOptions, places.at(node.at), message));
        }
    }

    /// A field that is not read, and that the answer may choose from: any field for a single letter, a list
    /// for a number or for a text that stands in it.
    fn unread_options(&self) -> Option<(&'n str, &'n Node<'n>)> {
        let answers: Vec<&super::Scalar<'_>> = self.right_ones().flat_map(scalars).collect();
        let has_letter =
            answers.iter().any(|answer| names_option(&answer.text) && letters(&answer.text).is_some());
        let chosen_from = |node: &Node<'_>| match &node.value {
            Value::List(_) | Value::Fields(_) => {
                let values = scalars(node);
                let is_value =
                    |answer: &&super::Scalar<'_>| values.iter().any(|value| value.text == answer.text);
                answers.iter().any(|answer| answer.whole().is_some() || is_value(answer))
            }
            Value::Nothing | Value::Scalar(_) | Value::Unread(_) | Value::Broken(_) => false,
        };
        self.unknown.iter().find(|(_, node)| has_letter || chosen_from(node)).copied()
    }

    /// What is stated to be right by its text or its letter.
    fn right_ones(&self) -> impl Iterator<Item = &'n Node<'n>> {
        [Field::Answer, Field::Answers].into_iter().flat_map(|field| self.said(field))
    }

    /// Whether the answer is a letter with which a line of the stem begins as options do.
    fn stem_has_option(&self, draft: &Draft) -> bool {
        let answer = draft.explanation.as_deref().unwrap_or_default().trim();
        let mut signs = answer.chars();
        let (Some(letter), None) = (signs.next(), signs.next()) else { return false };
        draft.stem.lines().any(|line| {
            let behind = line.trim_start().strip_prefix(['(', '-', '*']).unwrap_or(line).trim_start();
            behind.strip_prefix(letter).is_some_and(|behind| behind.starts_with([')', '.', ':']))
        })
    }

    /// What the fields of this meaning say; what is said twice, once.
    fn text(&self, field: Field, between: &str) -> Option<String> {
        let mut texts: Vec<String> = self.said(field).map(|node| text(node, between)).collect();
        texts.retain(|text| !text.is_empty());
        texts.dedup();
        (!texts.is_empty()).then(|| texts.join(between))
    }

    /// What is asked, and the code that belongs to it as a block.
    fn stem(&self) -> String {
        let stem = self.text(Field::Stem, "\n\n");
        let code = self.text(Field::Code, "\n").map(|code| fenced(&code));
        let parts: Vec<String> = stem.into_iter().chain(code).collect();
        parts.join("\n\n")
    }

    fn words(&self, field: Field) -> Option<String> {
        let words = self.text(field, ", ")?.replace('\n', " ");
        Some(words.trim().to_owned()).filter(|words| !words.is_empty())
    }

    fn number(&self) -> Option<String> {
        let first =
            |field| self.said(field).map(|node| text(node, ", ")).find(|said| !said.trim().is_empty());
        let number = first(Field::Number).or_else(|| first(Field::Id))?;
        let number = number.trim().replace('\n', " ");
        let unnamed = number.strip_prefix(['Q', 'q']).map(str::trim_start);
        let unnamed = unnamed.filter(|behind| behind.starts_with(|first: char| first.is_ascii_digit()));
        Some(unnamed.unwrap_or(&number).to_owned())
    }

    /// What kind of question it is said to be.
    fn kind(&self) -> String {
        self.words(Field::Kind).map(|kind| super::fields::plain(&kind)).unwrap_or_default()
    }

    /// What it is said to be, where that is neither a choice nor a flip card.
    fn unsupported_kind(&self) -> Option<&'static str> {
        match self.kind().as_str() {
            "ordering" | "sorting" | "ranking" | "sequencing" => Some("an ordering question"),
            "matching" => Some("a matching question"),
            _ => None,
        }
    }

    fn is_stated_recall(&self) -> bool {
        matches!(self.kind().as_str(), "recall" | "flipcard" | "flashcard")
    }

    fn is_called_truth(&self) -> bool {
        let kind = self.kind();
        matches!(kind.as_str(), "truefalse" | "true/false" | "trueorfalse" | "boolean" | "tf" | "bool")
    }

    /// Whether its answer is one of true and false, in words for which what it is called may be needed.
    fn is_about_truth(&self) -> bool {
        if self.is_stated_recall() {
            return false;
        }
        let answers = self.numbers();
        let [answer] = answers.as_slice() else { return false };
        let is = |words: [&str; 2]| words.iter().any(|word| answer.text.trim().eq_ignore_ascii_case(word));
        let spelled = is(["true", "false"]);
        let called = self.is_called_truth() && (spelled || is(["t", "f"]));
        match answer.sort {
            Sort::Truth(_) => true,
            Sort::Cell => spelled || called,
            Sort::Text => called,
            Sort::Number => false,
        }
    }
}

impl<'t> Node<'t> {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Nothing => true,
            Value::Scalar(scalar) => scalar.text.trim().is_empty(),
            Value::List(_) | Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => false,
        }
    }

    pub fn scalar(&self) -> Option<&super::Scalar<'t>> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::Nothing | Value::List(_) | Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => None,
        }
    }
}

/// Whether a field of code holds a single word, which may be that of a course.
fn is_word(node: &Node<'_>) -> bool {
    let is_of_code = |sign: char| "\n(){}[]<>=;:+|$\"'".contains(sign);
    let word = node.scalar().map(|scalar| scalar.text.trim()).filter(|text| !text.is_empty());
    word.is_some_and(|text| !text.contains(is_of_code))
}

/// Code as a block that nothing in it closes; what is one already stays as it is.
fn fenced(code: &str) -> String {
    let code = code.trim_matches(['\n', '\r']);
    let is_block = |line: &str| fence_opening(line).is_some();
    if code.lines().next().is_some_and(is_block) {
        return code.to_owned();
    }
    let longest = code.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(3.max(longest + 1));
    format!("{marks}\n{code}\n{marks}")
}

/// What a field says, as one text.
fn text(node: &Node<'_>, between: &str) -> String {
    let texts: Vec<&str> = scalars(node).into_iter().map(|scalar| &*scalar.text).collect();
    texts.join(between)
}

fn is_text(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Nothing | Value::Scalar(_) => true,
        Value::List(items) => {
            items.iter().all(|item| matches!(item.value, Value::Nothing | Value::Scalar(_)))
        }
        Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => false,
    }
}

/// A part of a question that is no text, and would be missing.
fn no_text<'n>(
    mut parts: impl Iterator<Item = &'n Node<'n>>,
    draft: &Draft,
    places: &Places<'_>,
) -> Option<Problem> {
    let part = parts.find(|node| !is_text(node))?;
    let message = "this is neither a text nor a list of texts, and would be missing".to_owned();
    Some(draft.problem(Kind::UnsupportedKind, places.at(part.at), message))
}

/// What makes a draft of an entry.
struct Reader<'e, 'n> {
    entry: &'e Entry<'n>,
    base: Base,
    places: &'e Places<'e>,
}

impl Reader<'_, '_> {
    fn draft(&self, options: &Options) -> (Draft, Vec<Problem>) {
        let entry = self.entry;
        let mut draft = Draft {
            at: self.places.at(entry.at),
            number: entry.number(),
            difficulty: entry.words(Field::Difficulty),
            category: entry.words(Field::Category),
            topic: entry.words(Field::Topic).unwrap_or_default(),
            stem: entry.stem(),
            options: Vec::new(),
            answer: None,
            explanation: Some(entry.text(Field::Explanation, "\n\n").unwrap_or_default()),
        };
        let mut problems: Vec<Problem> =
            [self.second_stem(&draft), self.no_text(&draft), self.unsupported(&draft)]
                .into_iter()
                .flatten()
                .collect();
        match options {
            Options::None if entry.is_about_truth() => {
                self.choose(&mut draft, &truths(entry.at), &mut problems)
            }
            Options::None => draft.explanation = Some(self.other_side()),
            Options::Given(given) => self.choose(&mut draft, given, &mut problems),
            Options::Flawed(flaw) => problems.push(self.flawed(&draft, flaw)),
        }
        (draft, problems)
    }

    fn second_stem(&self, draft: &Draft) -> Option<Problem> {
        let second = self.entry.otherwise(&[Field::Stem])?;
        let message = "another text is asked here".to_owned();
        Some(draft.problem(Kind::RevisedInside, self.places.at(second.at), message))
    }

    fn no_text(&self, draft: &Draft) -> Option<Problem> {
        let parts = [Field::Stem, Field::Code, Field::Explanation]
            .into_iter()
            .flat_map(|field| self.entry.said(field));
        no_text(parts, draft, self.places)
    }

    fn unsupported(&self, draft: &Draft) -> Option<Problem> {
        let message = format!("this is {}, which is not studied here", self.entry.unsupported_kind()?);
        Some(draft.problem(Kind::UnsupportedKind, draft.at, message))
    }

    fn flawed(&self, draft: &Draft, flaw: &Flaw) -> Problem {
        match flaw {
            Flaw::Twice(at, first) => {
                let message = "other options are given here".to_owned();
                let problem = draft.problem(Kind::LettersRestart, self.places.at(*at), message);
                let first = self.places.at(*first);
                problem.beside(first.line, first.column, "the first options")
            }
            Flaw::OutOfOrder(at, expected, found) => {
                let message = "the options are not in order".to_owned();
                let problem = draft.problem(Kind::LettersOutOfOrder, self.places.at(*at), message);
                problem.contrast(expected, found)
            }
            Flaw::Unjudged(at, words) => {
                let message = "whether the option is right cannot be told from this".to_owned();
                let problem = draft.problem(Kind::UnreadableAnswer, self.places.at(*at), message);
                Problem { hint: "Write true or false.", ..problem.contrast("true or false", words) }
            }
            Flaw::Unreadable(at, what) => {
                let message = format!("this is {what}, which is not read");
                draft.problem(Kind::UnsupportedKind, self.places.at(*at), message)
            }
        }
    }

    /// The answer of a flip card and what explains it; empty without an answer.
    fn other_side(&self) -> String {
        let said = |field| self.entry.text(field, "\n\n");
        match said(Field::Answer).or_else(|| said(Field::Answers)) {
            None => String::new(),
            Some(answer) => {
                [answer].into_iter().chain(said(Field::Explanation)).collect::<Vec<_>>().join("\n\n")
            }
        }
    }

    fn choose(&self, draft: &mut Draft, given: &[Given], problems: &mut Vec<Problem>) {
        let option = |given: &Given| DraftOption { at: self.places.at(given.at), text: given.text.clone() };
        draft.options = given.iter().map(option).collect();
        if let Some(explanation) = &mut draft.explanation {
            add_feedback(explanation, given);
        }
        // What has too many options is held back, whatever its answer says.
        draft.answer = match given.len() > MOST_OPTIONS {
            true => Some(Answer { at: draft.at, stated: Stated::Options(Vec::new()) }),
            false => self.answer(draft, given, problems),
        };
    }

    fn answer(&self, draft: &Draft, given: &[Given], problems: &mut Vec<Problem>) -> Option<Answer> {
        let mut agreed: Option<Answer> = None;
        for (at, meaning) in self.meanings(given) {
            let at = self.places.at(at);
            let stated = match meaning {
                Meaning::Options(places) => Stated::Options(places),
                Meaning::Unreadable(words) => Stated::Unreadable(words),
                Meaning::Unclear(these, those) => {
                    problems.push(unclear(draft, at, &these, &those));
                    Stated::Options(these)
                }
            };
            match &agreed {
                None => agreed = Some(Answer { at, stated }),
                Some(first) if same(&first.stated, &stated) => {}
                Some(_) => {
                    let message = "a second answer is stated here".to_owned();
                    problems.push(draft.problem(Kind::TwoAnswers, at, message));
                    return agreed;
                }
            }
        }
        // Where no option is right, nothing is answered.
        agreed.filter(|answer| !matches!(&answer.stated, Stated::Options(places) if places.is_empty()))
    }

    /// All that speaks of the right options.
    fn meanings(&self, given: &[Given]) -> Vec<(usize, Meaning)> {
        let entry = self.entry;
        if entry.answers().count() > MOST_ANSWERS {
            return vec![(entry.at, Meaning::Unreadable(TOO_MANY_ANSWERS.to_owned()))];
        }
        let marked = given.iter().find(|given| given.right.is_some()).map(|first| (first.at, marked(given)));
        let mut all: Vec<(usize, Meaning)> = marked.into_iter().collect();
        if !entry.is_right_and_wrong() {
            let right_ones = entry.said(Field::Answers).filter(|node| !entry.is_options(node));
            let named_ones = entry.said(Field::Answer).chain(right_ones);
            all.extend(named_ones.map(|node| (node.at, named(node, given, self.base))));
            all.extend(entry.said(Field::Distractors).map(|node| (node.at, all_but(node, given))));
        }
        all.extend(entry.said(Field::AnswerIndex).map(|node| (node.at, numbered(node, given, 0))));
        all.extend(entry.said(Field::AnswerNumber).map(|node| (node.at, numbered(node, given, 1))));
        all
    }
}

fn marked(given: &[Given]) -> Meaning {
    let right = (0_u8..).zip(given).filter(|(_, given)| given.right == Some(true));
    Meaning::Options(right.map(|(place, _)| place).collect())
}

fn same(one: &Stated, other: &Stated) -> bool {
    one == other
}

fn unclear(draft: &Draft, at: At, these: &[u8], those: &[u8]) -> Problem {
    let letters = |places: &[u8]| -> String {
        places.iter().map(|place| crate::import::draft::capital(usize::from(*place))).collect()
    };
    let message = format!("this answer may mean {} or {}", letters(these), letters(those));
    draft.problem(Kind::AmbiguousAnswer, at, message)
}

fn truths(at: usize) -> Vec<Given> {
    let truth = |text: &str, letter: &str| Given { label: Some(letter.to_owned()), ..Given::new(at, text) };
    vec![truth("True", "T"), truth("False", "F")]
}

/// What is said about single options stands behind the explanation, each with its option.
fn add_feedback(explanation: &mut String, given: &[Given]) {
    let said = given.iter().filter_map(|given| Some((given.text.as_str(), given.feedback.as_deref()?)));
    let list = crate::import::feedback::list(said);
    if !list.is_empty() && !explanation.trim().is_empty() {
        explanation.push_str("\n\n");
    }
    explanation.push_str(&list);
}

/// Keeps the account of what stands where a question was expected and is none.
pub(super) fn hold_back(node: &Node<'_>, places: &Places<'_>, reading: &mut Reading) {
    let unexpected = |what| (Kind::UnsupportedKind, format!("this is {what}, where a question was expected"));
    let (kind, message) = match &node.value {
        Value::Nothing => unexpected("nothing"),
        Value::Scalar(_) => unexpected("a single value"),
        Value::List(_) => unexpected("a list"),
        Value::Fields(_) => unexpected("an object"),
        Value::Unread(what) => unexpected(what),
        Value::Broken(how) => (Kind::Syntax, how.clone().into_owned()),
    };
    let at = places.at(node.at);
    reading.problems.push(Problem::new(kind, at.line, at.column, message));
    reading.held_back.push(HeldBack { line: at.line, ..HeldBack::default() });
}
