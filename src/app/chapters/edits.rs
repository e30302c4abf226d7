//! What an import changes in a deck, question by question, for whoever wants to look before or after.

use std::{collections::HashMap, fmt};

use crate::{
    domain::{
        deck::Entry,
        ids::CardId,
        question::{Question, Shuffling},
    },
    import::plan::{Kept, Plan},
};

/// What happens to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What its question is called: `Q14.3`.
    pub question: String,
    /// What happens.
    pub what: What,
    /// Whether another option is right now.
    pub answer_changed: bool,
    /// The parts of it that say something else.
    pub fields: Vec<Field>,
}

/// What can happen to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It was not there before.
    Added,
    /// It says something else.
    Edited,
    /// Its number or its place is another.
    Moved,
    /// It had left the chapter and is there again.
    Returned,
    /// It has left the chapter.
    Retired,
}

/// A part of a question that says something else than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name: `stem`, `option B`, `answer`.
    pub name: String,
    /// What it said; empty where there was none.
    pub before: String,
    /// What it says; empty where there is none any more.
    pub after: String,
}

impl fmt::Display for Edit {
    /// `edited Q14.3, another answer is right: answer, explanation`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what.word(), self.question)?;
        if self.answer_changed {
            f.write_str(", another answer is right")?;
        }
        let fields: Vec<&str> = self.fields.iter().map(|field| &*field.name).collect();
        if !fields.is_empty() {
            write!(f, ": {}", fields.join(", "))?;
        }
        Ok(())
    }
}

impl What {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::Returned => "returned",
            Self::Retired => "retired",
        }
    }
}

/// All that a plan changes in a deck.
pub(super) fn edits(plan: &Plan, existing: &[Entry]) -> Vec<Edit> {
    let before: HashMap<CardId, &Question> =
        existing.iter().map(|entry| (entry.card, &entry.question)).collect();
    let bare = |what, question: &Question| edit(what, question, question, false);
    let kept = |what, kept: &Kept| edit(what, before[&kept.card], &kept.after, kept.answer_changed);
    let added = plan.added.iter().map(|added| bare(What::Added, &added.question));
    let edited = plan.edited.iter().map(|it| kept(What::Edited, it));
    let moved = plan.moved.iter().map(|it| kept(What::Moved, it));
    let returned = plan.returned.iter().map(|it| kept(What::Returned, it));
    let retired = plan.retired.iter().map(|card| bare(What::Retired, before[card]));
    added.chain(edited).chain(moved).chain(returned).chain(retired).collect()
}

/// What happens to a question that said one thing before and says another after.
pub(super) fn edit(what: What, before: &Question, after: &Question, answer_changed: bool) -> Edit {
    Edit { question: after.name(), what, answer_changed, fields: fields(before, after) }
}

/// The parts in which two versions of a question differ.
fn fields(before: &Question, after: &Question) -> Vec<Field> {
    let one = |name: &str, before: &str, after: &str| Field {
        name: name.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let optional = |name, before: &Option<String>, after: &Option<String>| {
        one(name, before.as_deref().unwrap_or_default(), after.as_deref().unwrap_or_default())
    };
    let mut fields = vec![
        optional("number", &before.number, &after.number),
        optional("difficulty", &before.difficulty, &after.difficulty),
        optional("category", &before.category, &after.category),
        one("topic", &before.topic, &after.topic),
        one("stem", &before.stem, &after.stem),
    ];
    for place in 0..before.options().len().max(after.options().len()) {
        let name = format!("option {}", letter(place));
        fields.push(one(&name, option(before, place), option(after, place)));
    }
    fields.push(one("answer", &keys(before), &keys(after)));
    let explained = if after.is_recall() { "other side" } else { "explanation" };
    fields.push(one(explained, &before.explanation, &after.explanation));
    fields.push(one("order", shuffling(before), shuffling(after)));
    fields.retain(|field| field.before != field.after);
    fields
}

fn option(question: &Question, place: usize) -> &str {
    question.options().get(place).map_or("", |option| &option.text)
}

/// `B`, `A, C`
fn keys(question: &Question) -> String {
    let is_key = |place: &usize| question.keys().contains(&question.options()[*place].id);
    let letters = (0..question.options().len()).filter(is_key).map(|place| letter(place).to_string());
    letters.collect::<Vec<_>>().join(", ")
}

fn letter(place: usize) -> char {
    char::from(b'A' + place as u8)
}

fn shuffling(question: &Question) -> &'static str {
    match question.shuffling {
        Shuffling::Free => "free",
        Shuffling::PinnedLast(_) => "last options stay last",
        Shuffling::Locked => "as written",
    }
}
