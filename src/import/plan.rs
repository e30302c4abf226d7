//! What importing a chapter again would change, question by question. A question is known again by what
//! it asks, so that a renumbered chapter keeps its schedules, and then by its resemblance, so that a
//! mended typo does; its number helps. Pure: the caller carries the plan out.

use std::collections::{HashMap, HashSet, VecDeque};

use similar::TextDiff;

use super::{HeldBack, ParsedQuestion, resemblance};
use crate::domain::{
    deck::Entry,
    ids::{CardId, OptionId},
    question::Question,
};

/// A card waits for a question that is held back when so much of their words is the same.
const LEAST_LIKE_HELD_BACK: f64 = 0.5;
/// So much where one of the same number is that question, and no other one.
const LEAST_LIKE_ITSELF: f64 = 0.8;
/// So much of the letters of two answers must be the same for one to be the other in better words.
const LEAST_LIKE_ANSWER: f32 = 0.6;
/// Of longer answers only the beginning is compared, in characters.
const MOST_COMPARED: usize = 500;

/// What an import would do. Each question of the chapter is in exactly one of the parts, and so is each
/// existing card but those that were retired before and stay so. Places are counted from 0 and give the
/// order of the whole chapter; who is unchanged keeps the place it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Questions that the deck never had.
    pub added: Vec<Added>,
    /// Questions that say something else than before.
    pub edited: Vec<Kept>,
    /// Questions that say the same and have another number, or another place among the others.
    pub moved: Vec<Kept>,
    /// Questions that say the same in the same order, and only stand further up or down: what changed is elsewhere.
    pub shifted: Vec<Kept>,
    /// Questions that had left the chapter and are in it again, perhaps edited.
    pub returned: Vec<Kept>,
    /// Cards whose question has left the chapter.
    pub retired: Vec<CardId>,
    /// How many questions are as they were.
    pub unchanged: usize,
}

/// A question that the deck never had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The question.
    pub question: Question,
    /// The line of its head, counted from 1.
    pub line: u32,
    /// Its place in the chapter, counted from 0.
    pub place: u32,
}

/// A question that keeps its card, and so its schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The card.
    pub card: CardId,
    /// The question as it is now, its options under the identities that they had.
    pub after: Question,
    /// Whether another answer is right now, so that what was learned is wrong.
    pub answer_changed: bool,
    /// The line of its head, counted from 1.
    pub line: u32,
    /// Its place in the chapter, counted from 0.
    pub place: u32,
}

impl Plan {
    /// Whether the import would change nothing at all.
    pub fn is_empty(&self) -> bool {
        let changed = self.added.len()
            + self.edited.len()
            + self.moved.len()
            + self.shifted.len()
            + self.returned.len()
            + self.retired.len();
        changed == 0
    }
}

/// Compares a deck with a chapter.
///
/// Where several cards or several questions are alike, the same number decides, then the place; a card
/// in the chapter comes before a retired one. A card whose question is held back now stays as it is, and so
/// do all that are missing from a text that is `incomplete`, because some of it could not be read.
pub fn plan(
    existing: &[Entry],
    parsed: Vec<ParsedQuestion>,
    held_back: &[HeldBack],
    incomplete: bool,
) -> Plan {
    let cards = match_cards(existing, &parsed, held_back);
    let in_order = in_order(existing, &cards);
    let mut plan = Plan::default();
    let mut kept = vec![false; existing.len()];
    for ((place, parsed), card) in (0_u32..).zip(parsed).zip(cards) {
        match card {
            Some(card) => {
                kept[card] = true;
                plan.keep(&existing[card], parsed, place, in_order[card]);
            }
            None => plan.added.push(Added { question: parsed.question, line: parsed.line, place }),
        }
    }
    let left = existing.iter().zip(kept).filter(|(entry, kept)| !kept && !entry.retired);
    let left: Vec<&Entry> = left.map(|(entry, _)| entry).collect();
    let waiting = if incomplete { vec![true; left.len()] } else { waiting(&left, held_back) };
    for (entry, waits) in left.into_iter().zip(waiting) {
        if waits {
            plan.unchanged += 1;
        } else {
            plan.retired.push(entry.card);
        }
    }
    plan
}

/// Which cards wait for a question that is held back: one of the same number, else one that resembles them.
fn waiting(left: &[&Entry], held_back: &[HeldBack]) -> Vec<bool> {
    let numbers: HashSet<&str> = held_back.iter().filter_map(|held| held.number.as_deref()).collect();
    let of_number = |entry: &&Entry| entry.question.number.as_deref().is_some_and(|of| numbers.contains(of));
    let mut waiting: Vec<bool> = left.iter().map(of_number).collect();
    let texts: Vec<String> = left.iter().map(|entry| content(&entry.question)).collect();
    for held in held_back.iter().filter(|held| held.number.is_none()) {
        let alone = (0..left.len()).filter(|place| !waiting[*place]);
        let alike = alone.map(|place| (place, resemblance::likeness(&texts[place], &held.said)));
        let most = alike.max_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((place, _)) = most.filter(|(_, likeness)| *likeness >= LEAST_LIKE_HELD_BACK) {
            waiting[place] = true;
        }
    }
    waiting
}

impl Plan {
    fn keep(&mut self, existing: &Entry, parsed: ParsedQuestion, place: u32, in_order: bool) {
        let ParsedQuestion { question, line, reason: _ } = parsed;
        let before = &existing.question;
        let after = question.with_identities_of(before);
        let stands_where_it_stood = line == existing.line && place == existing.place;
        let part = if existing.retired {
            &mut self.returned
        } else if *before == after && stands_where_it_stood {
            self.unchanged += 1;
            return;
        } else if *before == after && in_order {
            &mut self.shifted
        } else if says_the_same(before, &after) {
            &mut self.moved
        } else {
            &mut self.edited
        };
        let answer_changed = is_another_answer(before, &after);
        part.push(Kept { card: existing.card, after, answer_changed, line, place });
    }
}

/// Which cards stand among the others as before: as many as possible, so that where one was inserted or taken to
/// another place, all the others have stayed.
fn in_order(existing: &[Entry], cards: &[Option<usize>]) -> Vec<bool> {
    let cards: Vec<usize> = cards.iter().flatten().copied().filter(|card| !existing[*card].retired).collect();
    let place = |card: usize| (existing[card].place, card);
    // The longest increasing subsequence, by patience sorting: for each length the card that may end it soonest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; existing.len()];
    for card in cards {
        let length = ends.partition_point(|end| place(*end) < place(card));
        before[card] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() { ends.push(card) } else { ends[length] = card }
    }
    let mut in_order = vec![false; existing.len()];
    let mut next = ends.last().copied();
    while let Some(card) = next {
        in_order[card] = true;
        next = before[card];
    }
    in_order
}

/// Whether what was learned is wrong now: another option is right, or the right one says something else.
pub(crate) fn is_another_answer(before: &Question, after: &Question) -> bool {
    if before.is_recall() != after.is_recall() {
        return false;
    }
    if before.is_recall() {
        return !is_reworded(&before.explanation, &after.explanation);
    }
    let says = |question: &Question, key| question.option(key).map_or(String::new(), |it| it.text.clone());
    let reworded = |key: &OptionId| is_reworded(&says(before, *key), &says(after, *key));
    before.keys() != after.keys() || !before.keys().iter().all(reworded)
}

/// Whether two answers are one, in other words or with a typo mended. A number is never mended, and neither is a
/// negation.
fn is_reworded(before: &str, after: &str) -> bool {
    let compared = |text: &str| joined([text].into_iter()).chars().take(MOST_COMPARED).collect::<String>();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (before, after) = (compared(before), compared(after));
    before == after
        || (digits(&before) == digits(&after)
            && negations(&before) == negations(&after)
            && TextDiff::from_chars(&before, &after).ratio() >= LEAST_LIKE_ANSWER)
}

/// How many words of a text deny something, in some languages.
fn negations(text: &str) -> usize {
    #[rustfmt::skip]
    const WORDS: [&str; 22] = [
        "not", "no", "never", "none", "neither", "nor", "cannot", "without", "false", "incorrect", "wrong", "nicht",
        "kein", "keine", "nie", "ohne", "ne", "pas", "sans", "nunca", "sin", "не",
    ];
    let words = text.split(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '\'' | '’'));
    let denies = |word: &&str| {
        let word = word.to_lowercase();
        WORDS.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t")
    };
    words.filter(denies).count() + text.matches(['不', '非', '没', '沒']).count()
}

/// Whether two questions differ in their numbers at most.
pub(crate) fn says_the_same(before: &Question, after: &Question) -> bool {
    let mut numbered = after.clone();
    numbered.number.clone_from(&before.number);
    numbered == *before
}

/// For each question of the chapter the card that it is, if any. A stem alone is enough for a flip card
/// whose answer was edited, and for a question that was given options or lost them.
fn match_cards(existing: &[Entry], parsed: &[ParsedQuestion], held_back: &[HeldBack]) -> Vec<Option<usize>> {
    if existing.is_empty() {
        return vec![None; parsed.len()];
    }
    let mut matching = Matching { cards: vec![None; parsed.len()], taken: vec![false; existing.len()] };
    // Blanks are a difference at first: in code they can be all there is between two questions.
    for text in [verbatim, content] {
        let asked = |question: &Question| Some(text(question));
        matching.pair(existing, parsed, Several::InOrder, numbered(asked), numbered(asked));
        matching.pair(existing, parsed, Several::InOrder, asked, asked);
    }
    let flip_card = |question: &Question| question.is_recall().then(|| stem(question));
    let had_options = |question: &Question| Some((stem(question), !question.is_recall()));
    let loses_options = |question: &Question| Some((stem(question), question.is_recall()));
    matching.pair(existing, parsed, Several::InOrder, numbered(flip_card), numbered(flip_card));
    matching.pair(existing, parsed, Several::InOrder, numbered(had_options), numbered(loses_options));
    matching.pair(existing, parsed, Several::AreDoubtful, flip_card, flip_card);
    matching.pair(existing, parsed, Several::AreDoubtful, had_options, loses_options);
    matching.reserve(existing, held_back);
    matching.pair_resembling(existing, parsed);
    matching.cards
}

/// What is said of a question, together with its number; nothing of one that has none.
fn numbered<K>(key: impl Fn(&Question) -> Option<K>) -> impl Fn(&Question) -> Option<(K, String)> {
    move |question| Some((key(question)?, question.number.clone()?))
}

/// What a question asks, to the letter.
fn verbatim(question: &Question) -> String {
    let texts = [question.stem.as_str()].into_iter().chain(question.choices_or_answer());
    texts.flat_map(|text| [text, "\0"]).collect()
}

/// What a question asks: its stem and its options, or the answer of a flip card, however their lines
/// are broken.
fn content(question: &Question) -> String {
    joined([question.stem.as_str()].into_iter().chain(question.choices_or_answer()))
}

fn stem(question: &Question) -> String {
    joined([question.stem.as_str()].into_iter())
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for text in texts {
        for word in text.split_whitespace() {
            joined.push_str(word);
            joined.push(' ');
        }
        joined.push('\n');
    }
    joined
}

/// What to do where several cards or questions agree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Several {
    /// They are paired in their order.
    InOrder,
    /// What they agree in is too little to tell them apart.
    AreDoubtful,
}

struct Matching {
    cards: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Matching {
    /// Pairs the questions and cards that are still alone where what is said of the card's question is
    /// what is said of the chapter's, in their order.
    fn pair<K: std::hash::Hash + Eq>(
        &mut self,
        existing: &[Entry],
        parsed: &[ParsedQuestion],
        several: Several,
        of_card: impl Fn(&Question) -> Option<K>,
        of_question: impl Fn(&Question) -> Option<K>,
    ) {
        let mut alone: Vec<usize> = (0..existing.len()).filter(|card| !self.taken[*card]).collect();
        alone.sort_by_key(|card| (existing[*card].retired, existing[*card].place));
        let mut sharing: HashMap<K, VecDeque<usize>> = HashMap::new();
        for card in alone {
            if let Some(shared) = of_card(&existing[card].question) {
                sharing.entry(shared).or_default().push_back(card);
            }
        }
        if several == Several::AreDoubtful {
            let mut asking: HashMap<K, usize> = HashMap::new();
            let open = parsed.iter().zip(&self.cards).filter(|(_, card)| card.is_none());
            for key in open.filter_map(|(parsed, _)| of_question(&parsed.question)) {
                *asking.entry(key).or_default() += 1;
            }
            sharing.retain(|key, cards| cards.len() == 1 && asking.get(key) == Some(&1));
        }
        if sharing.is_empty() {
            return;
        }
        for (question, found) in parsed.iter().zip(&mut self.cards).filter(|(_, found)| found.is_none()) {
            let shared = of_question(&question.question);
            *found = shared.and_then(|shared| sharing.get_mut(&shared)?.pop_front());
            if let Some(card) = *found {
                self.taken[card] = true;
            }
        }
    }

    /// Pairs what is still alone by how much of its words are the same, the most alike first.
    /// Cards that plainly are questions which are held back are no other questions.
    fn reserve(&mut self, existing: &[Entry], held_back: &[HeldBack]) {
        if held_back.is_empty() {
            return;
        }
        let numbers = existing.iter().map(|entry| entry.question.number.as_deref());
        let of_number: HashMap<&str, usize> =
            numbers.enumerate().filter_map(|(card, number)| Some((number?, card))).collect();
        for held in held_back {
            let card = held.number.as_deref().and_then(|number| of_number.get(number).copied());
            let is_held = |card: &usize| {
                !self.taken[*card]
                    && resemblance::likeness(&content(&existing[*card].question), &held.said)
                        >= LEAST_LIKE_ITSELF
            };
            if let Some(card) = card.filter(is_held) {
                self.taken[card] = true;
            }
        }
    }

    fn pair_resembling(&mut self, existing: &[Entry], parsed: &[ParsedQuestion]) {
        let alone = |taken: &[bool]| (0..taken.len()).filter(|place| !taken[*place]).collect::<Vec<_>>();
        let cards = alone(&self.taken);
        let questions = alone(&self.cards.iter().map(Option::is_some).collect::<Vec<_>>());
        let entries: Vec<&Entry> = cards.iter().map(|card| &existing[*card]).collect();
        let found: Vec<&Question> = questions.iter().map(|place| &parsed[*place].question).collect();
        let taken = existing.iter().zip(&self.taken).filter(|(_, taken)| **taken);
        let known = parsed.iter().zip(&self.cards).filter(|(_, card)| card.is_some());
        let others = taken.map(|(entry, _)| &entry.question).chain(known.map(|(parsed, _)| &parsed.question));
        for (card, question) in resemblance::alike(&entries, &found, others) {
            self.taken[cards[card]] = true;
            self.cards[questions[question]] = Some(cards[card]);
        }
    }
}
