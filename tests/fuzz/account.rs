//! What must hold for any text at all, whatever is made of it: every question is accounted for, every
//! place is a place in the text, and reading has no memory.

use std::collections::BTreeSet;

use retain::{
    domain::{deck::Entry, ids::CardId, question::Question},
    import::{
        self, Notation, Parsed, ParsedQuestion, Severity,
        plan::{Kept, Plan, plan},
        shuffling::{self, Place},
    },
};

/// Reads a text in the notation that it seems to have and in every other one.
pub fn check(text: &str) {
    check_parsed(text, &import::parse(text, "fuzz.md"));
    for notation in Notation::ALL {
        let parsed = import::parse_as(notation, text, "fuzz.md");
        assert_eq!(parsed, import::parse_as(notation, text, "fuzz.md"), "{notation:?} remembers");
        check_parsed(text, &parsed);
        if notation == Notation::Markdown {
            check_markdown(text, &parsed);
        }
    }
}

/// Imports one text over another.
pub fn check_plan(before: &str, after: &str) {
    let (before, after) = (import::parse(before, "fuzz.md"), import::parse(after, "fuzz.md"));
    let deck = deck(before.questions.clone());
    let again = plan(&deck, before.questions, &before.held_back, false);
    assert!(again.is_empty(), "the same chapter once more: {again:?}");
    let questions = after.questions.len();
    check_parts(&plan(&deck, after.questions, &after.held_back, false), &deck, questions);
}

fn deck(questions: Vec<ParsedQuestion>) -> Vec<Entry> {
    let entry = |((card, place), parsed): ((i64, u32), ParsedQuestion)| {
        let ParsedQuestion { question, line, .. } = parsed;
        Entry { card: CardId(card), question, line, place, retired: false }
    };
    (1..).zip(0..).zip(questions).map(entry).collect()
}

fn check_parsed(text: &str, parsed: &Parsed) {
    assert_eq!(parsed.found, parsed.questions.len() + parsed.held_back.len(), "found is what became of it");
    let reasons = || parsed.problems.iter().filter(|problem| problem.severity == Severity::HeldBack);
    let blamed: BTreeSet<Option<&str>> = reasons().map(|problem| problem.question.as_deref()).collect();
    for held_back in &parsed.held_back {
        assert!(blamed.contains(&held_back.number.as_deref()), "{held_back:?} is held back without a word");
    }
    let normal = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = normal.split('\n').collect();
    for problem in &parsed.problems {
        let line = lines.get(problem.line as usize - 1).unwrap_or_else(|| panic!("no line for {problem:?}"));
        let columns = 1..=line.chars().count() + 1;
        assert!(columns.contains(&(problem.column as usize)), "no column for {problem:?}");
    }
    let questions: Vec<u32> = parsed.questions.iter().map(|question| question.line).collect();
    let held_back: Vec<u32> = parsed.held_back.iter().map(|held_back| held_back.line).collect();
    for places in [questions, held_back] {
        assert!(places.is_sorted(), "not in the order of the text: {places:?}");
        assert!(places.iter().all(|line| (1..=lines.len()).contains(&(*line as usize))), "{places:?}");
    }
}

/// What the Markdown of chapters promises beyond that.
fn check_markdown(text: &str, parsed: &Parsed) {
    for read in &parsed.questions {
        let question = &read.question;
        let options: Vec<&str> = question.options().iter().map(|option| option.text.as_str()).collect();
        let distinct: BTreeSet<&str> = options.iter().copied().collect();
        assert_eq!(distinct.len(), options.len(), "two options are one: {question:?}");
        let topic_is_stem = question.stem == question.topic;
        // What its author said of the order is no part of the question.
        let is_directed = read.reason.as_ref().is_some_and(|reason| reason.place == Place::Directive);
        if !topic_is_stem && !is_directed {
            let decided = shuffling::decide(&question.stem, &options, &question.explanation);
            assert_eq!(decided, (question.shuffling, read.reason.clone()), "decided twice: {question:?}");
        }
    }
    if !text.contains('\r') {
        let elsewhere = text.replace('\n', "\r\n");
        let parsed_elsewhere = import::parse_as(Notation::Markdown, &elsewhere, "fuzz.md");
        assert_eq!(&parsed_elsewhere, parsed, "line ends make a difference");
    }
}

/// Every question of the chapter and every card of the deck is in exactly one part.
fn check_parts(plan: &Plan, deck: &[Entry], questions: usize) {
    let kept: Vec<&Kept> =
        plan.edited.iter().chain(&plan.moved).chain(&plan.shifted).chain(&plan.returned).collect();
    let named: Vec<CardId> = kept.iter().map(|kept| kept.card).chain(plan.retired.iter().copied()).collect();
    let distinct: BTreeSet<CardId> = named.iter().copied().collect();
    assert_eq!(distinct.len(), named.len(), "a card is in two parts: {plan:?}");
    assert_eq!(named.len() + plan.unchanged, deck.len(), "a card is in no part: {plan:?}");
    let placed = plan.added.len() + kept.len();
    // A card whose question is held back now is unchanged as well, without being in the chapter.
    assert!((placed..=placed + plan.unchanged).contains(&questions), "{questions} questions: {plan:?}");
    let places: BTreeSet<u32> =
        kept.iter().map(|kept| kept.place).chain(plan.added.iter().map(|added| added.place)).collect();
    assert_eq!(places.len(), placed, "two questions have one place: {plan:?}");
    assert!(places.iter().all(|place| (*place as usize) < questions), "{plan:?}");
    let stems: Vec<&Question> = kept.iter().map(|kept| &kept.after).collect();
    assert!(stems.iter().all(|question| !question.stem.trim().is_empty()));
}
