//! One question's fields, and the question that they make.

use super::{
    Node, Sort, Value,
    answer::{Base, Meaning, named, numbered, scalars},
    fields::Field,
    options::{Given, Options, truth},
};
use crate::{
    domain::question::Shuffling,
    import::{
        HeldBack, Kind, Problem, Traits,
        draft::{Answer, At, Draft, DraftOption, Stated},
        places::Places,
        reading::Reading,
        shuffling::{Place, Reason},
    },
};

/// The fields of a question, in the order of the text.
pub(super) struct Entry<'n> {
    pub at: usize,
    fields: Vec<(Field, &'n Node)>,
    /// Names that nobody knows.
    pub unknown: Vec<(&'n str, usize)>,
}

impl<'n> Entry<'n> {
    /// The fields of a node, if it has any.
    pub fn of(node: &'n Node) -> Option<Self> {
        let Value::Fields(pairs) = &node.value else { return None };
        let mut entry = Self { at: node.at, fields: Vec::new(), unknown: Vec::new() };
        for (name, node) in pairs {
            match Field::of(name) {
                Some(field) => entry.fields.push((field, node)),
                None => entry.unknown.push((name, node.at)),
            }
        }
        Some(entry)
    }

    pub fn all(&self, field: Field) -> impl Iterator<Item = &'n Node> {
        self.fields.iter().filter(move |(known, _)| *known == field).map(|(_, node)| *node)
    }

    /// The first field of this meaning that says something.
    pub fn first(&self, field: Field) -> Option<&'n Node> {
        self.all(field).find(|node| node.value != Value::Nothing)
    }

    pub fn options(&self) -> impl Iterator<Item = (u8, &'n Node)> {
        self.fields.iter().filter_map(|(field, node)| match field {
            Field::Option(place) => Some((*place, *node)),
            _ => None,
        })
    }

    pub fn has_any_option(&self) -> bool {
        self.options().any(|(_, node)| node.value != Value::Nothing)
    }

    /// Whether `answers` are all options, and not the right ones only.
    pub fn answers_are_options(&self, answers: &Node) -> bool {
        let Value::List(items) = &answers.value else { return false };
        let objects = items.iter().any(|item| matches!(item.value, Value::Fields(_)));
        let answered = [Field::Answer, Field::AnswerIndex, Field::AnswerNumber];
        objects || answered.iter().any(|field| self.first(*field).is_some())
    }

    /// The answers that may be numbers, for [`Base::of`].
    pub fn numbers(&self) -> Vec<&'n super::Scalar> {
        self.all(Field::Answer).flat_map(scalars).collect()
    }

    /// Takes the question into the account.
    pub fn read(&self, options: &Options, base: Base, places: &Places<'_>, reading: &mut Reading) {
        let (draft, mut problems) = Reader { entry: self, base, places }.draft(options);
        let explained = self.first(Field::Explanation).map_or(self.at, |node| node.at);
        if draft.options.is_empty() && *options == Options::None {
            self.hold_back_letter(&draft, &mut problems);
            reading.recall(draft, problems);
            return;
        }
        let before = reading.questions.len();
        reading.question(draft, problems, &|_, _| places.at(explained));
        if let (Some(found), Some(order)) = (reading.questions.get_mut(before), self.order()) {
            found.question.shuffling = order;
            let words = if order == Shuffling::Locked { "fixed order" } else { "shuffle" };
            found.reason = Some(Reason { words: words.to_owned(), place: Place::Directive });
        }
    }

    /// A letter that answers a question without options belongs to options that stand in its stem.
    fn hold_back_letter(&self, draft: &Draft, problems: &mut Vec<Problem>) {
        let answer = draft.explanation.as_deref().unwrap_or_default().trim();
        let mut signs = answer.chars();
        let (Some(letter), None) = (signs.next(), signs.next()) else { return };
        let begins_option = |line: &str| {
            let behind = line.trim_start().strip_prefix(['(', '-', '*']).unwrap_or(line).trim_start();
            behind.strip_prefix(letter).is_some_and(|behind| behind.starts_with([')', '.', ':']))
        };
        if draft.stem.lines().any(begins_option) {
            let message = "the options stand in the question's text".to_owned();
            problems.push(draft.problem(Kind::TooFewOptions, draft.at, message));
        }
    }

    /// The author's word on the order of the options.
    fn order(&self) -> Option<Shuffling> {
        let said = |field| self.first(field).and_then(Node::scalar);
        let pinned = said(Field::PinnedLast).and_then(|scalar| scalar.text.parse().ok());
        if let Some(pinned) = pinned {
            return Some(Shuffling::PinnedLast(pinned));
        }
        let fixed = said(Field::FixedOrder).and_then(truth);
        let fixed = fixed.or_else(|| said(Field::Shuffle).and_then(truth).map(|shuffle| !shuffle))?;
        Some(if fixed { Shuffling::Locked } else { Shuffling::Free })
    }

    fn text(&self, field: Field, between: &str) -> Option<String> {
        let texts: Vec<&str> = self.all(field).flat_map(scalars).map(|scalar| scalar.text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join(between))
    }

    fn words(&self, field: Field) -> Option<String> {
        let words = self.text(field, ", ")?.replace('\n', " ");
        Some(words.trim().to_owned()).filter(|words| !words.is_empty())
    }

    fn number(&self) -> Option<String> {
        let number = self.words(Field::Number)?;
        let unnamed = number.strip_prefix(['Q', 'q']).map(str::trim_start);
        let unnamed = unnamed.filter(|behind| behind.starts_with(|first: char| first.is_ascii_digit()));
        Some(unnamed.unwrap_or(&number).to_owned())
    }

    /// Whether it is said to be a question of true and false, or its answer is one of them.
    fn is_about_truth(&self) -> bool {
        let said = self.words(Field::Kind).map(|kind| super::fields::plain(&kind)).unwrap_or_default();
        let said = matches!(said.as_str(), "truefalse" | "true/false" | "boolean" | "tf" | "bool");
        let answers = self.numbers();
        let [answer] = answers.as_slice() else { return false };
        let spelled = ["true", "false"].iter().any(|word| answer.text.trim().eq_ignore_ascii_case(word));
        match answer.sort {
            Sort::Truth(_) => true,
            Sort::Cell => spelled,
            Sort::Text => said && spelled,
            Sort::Number => false,
        }
    }
}

impl Node {
    pub fn scalar(&self) -> Option<&super::Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::Nothing | Value::List(_) | Value::Fields(_) | Value::Unread(_) => None,
        }
    }
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
            stem: entry.text(Field::Stem, "\n\n").unwrap_or_default(),
            options: Vec::new(),
            answer: None,
            explanation: Some(entry.text(Field::Explanation, "\n\n").unwrap_or_default()),
        };
        let mut problems = Vec::new();
        match options {
            Options::None if entry.is_about_truth() => {
                self.choose(&mut draft, &truths(entry.at), &mut problems)
            }
            Options::None => draft.explanation = Some(self.other_side()),
            Options::Given(given) => self.choose(&mut draft, given, &mut problems),
            Options::OutOfOrder(at, expected, found) => {
                let message = "the options are not in order".to_owned();
                let problem = draft.problem(Kind::LettersOutOfOrder, self.places.at(*at), message);
                problems.push(problem.contrast(expected, found));
            }
            Options::Unreadable(at, what) => {
                problems.push(unread(&draft, self.places.at(*at), what));
            }
        }
        (draft, problems)
    }

    /// The answer of a flip card, and what explains it.
    fn other_side(&self) -> String {
        let answers = [Field::Answer, Field::Answers, Field::Explanation];
        let texts: Vec<String> = answers.iter().filter_map(|field| self.entry.text(*field, "\n\n")).collect();
        texts.join("\n\n")
    }

    fn choose(&self, draft: &mut Draft, given: &[Given], problems: &mut Vec<Problem>) {
        let option = |given: &Given| DraftOption { at: self.places.at(given.at), text: given.text.clone() };
        draft.options = given.iter().map(option).collect();
        if let Some(explanation) = &mut draft.explanation {
            add_feedback(explanation, given);
        }
        draft.answer = self.answer(draft, given, problems);
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
        agreed
    }

    /// All that speaks of the right options.
    fn meanings(&self, given: &[Given]) -> Vec<(usize, Meaning)> {
        let entry = self.entry;
        let marked = given.iter().find(|given| given.right.is_some()).map(|first| (first.at, marked(given)));
        let apart = entry.first(Field::Distractors).is_some();
        let saying = |field| entry.all(field).filter(|node| node.value != Value::Nothing);
        let named_in = |field| {
            let nodes = saying(field).filter(move |_| !apart);
            nodes.map(|node| (node.at, named(node, given, self.base))).collect::<Vec<_>>()
        };
        let right_ones = entry.first(Field::Answers).filter(|node| !entry.answers_are_options(node));
        let mut all: Vec<(usize, Meaning)> = marked.into_iter().collect();
        all.extend(named_in(Field::Answer));
        if right_ones.is_some() {
            all.extend(named_in(Field::Answers));
        }
        all.extend(saying(Field::AnswerIndex).map(|node| (node.at, numbered(node, given, 0))));
        all.extend(saying(Field::AnswerNumber).map(|node| (node.at, numbered(node, given, 1))));
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

fn unread(draft: &Draft, at: At, what: &str) -> Problem {
    draft.problem(Kind::UnsupportedKind, at, format!("this is {what}, which is not read"))
}

fn truths(at: usize) -> Vec<Given> {
    let given = |text: &str| Given { at, text: text.to_owned(), label: None, right: None, feedback: None };
    vec![given("True"), given("False")]
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
pub(super) fn hold_back(node: &Node, places: &Places<'_>, reading: &mut Reading) {
    let what = match &node.value {
        Value::Nothing => "nothing",
        Value::Scalar(_) => "a single value",
        Value::List(_) => "a list",
        Value::Fields(_) => "an object",
        Value::Unread(what) => what,
    };
    let at = places.at(node.at);
    let message = format!("this is {what}, where a question was expected");
    reading.problems.push(Problem::new(Kind::UnsupportedKind, at.line, at.column, message));
    reading.held_back.push(HeldBack {
        number: None,
        difficulty: None,
        line: at.line,
        traits: Traits::default(),
    });
}
