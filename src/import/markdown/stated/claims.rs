//! What lines state that are no rows of tables.

use super::{Claim, Claimed, Counted, Subject, offset_in};
use crate::import::{chapter::behind_label, labels::is_difficulty, words::strip_word};

fn holds_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// What a line claims, each of its parts for itself. Behind the first part of a distribution the others belong to it.
pub(super) fn claims(line: &str) -> Vec<Claimed<'_>> {
    let mut claimed = Vec::new();
    let mut subject = None;
    for part in line.split('|').filter(|part| holds_number(part)).take(MOST_ENTRIES) {
        let of_part = claims_of_part(part);
        match (subject, of_part.is_empty()) {
            (Some(subject), true) => claimed.extend(listed_part(subject, part)),
            (_, _) => claimed.extend(of_part),
        }
        subject = distributed(|label| behind_label(part, label)).map(|(_, subject)| subject).or(subject);
    }
    claimed
}

/// What one part of a line claims: a total, a target, a distribution or the number of one difficulty.
fn claims_of_part(part: &str) -> Vec<Claimed<'_>> {
    match total(part).map(|claim| (Counted::All, vec![claim])).or_else(|| of_difficulty(part)) {
        Some(claimed) => vec![claimed],
        None => distribution(part).or_else(|| counted_out(part)).unwrap_or_default(),
    }
}

/// `Intermediate: 6`, in a line that is a distribution.
fn listed_part(subject: Option<Subject>, part: &str) -> Option<Claimed<'_>> {
    entry_claims(subject, part).filter(|(_, claims)| !claims.is_empty())
}

/// `12 MCQs: 2 Basic, 10 Expert`
fn counted_out(part: &str) -> Option<Vec<Claimed<'_>>> {
    let begun = unmarked(part);
    let (count, words) = named_count(begun)?;
    let (_, list) = begun.split_once([':', '：'])?;
    let of_difficulties = entries(list).filter_map(|entry| entry_claims(Some(Subject::Difficulties), entry));
    let of_difficulties: Vec<Claimed<'_>> = of_difficulties
        .filter(|(of, _)| matches!(of, Counted::Difficulty(name) if is_difficulty(name)))
        .collect();
    let total = (Counted::All, vec![(Claim::Count(count), words)]);
    (!of_difficulties.is_empty()).then(|| [total].into_iter().chain(of_difficulties).collect())
}

/// Labels of the number of all questions.
pub(super) const TOTALS: [&str; 11] = [
    "questions",
    "no. of questions",
    "total mcqs",
    "total mcqs in this chapter",
    "total mcqs generated",
    "total questions",
    "total number of questions",
    "number of questions",
    "mcqs",
    "mcq count",
    "question count",
];

/// `**Basic Questions:** 12`, `Basic: 12 (24%)`
fn of_difficulty(part: &str) -> Option<Claimed<'_>> {
    let begun = part.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let (name, behind) = begun.split_once([' ', ':', '*', '：']).filter(|(name, _)| is_difficulty(name))?;
    let labelled = || behind_label(behind, "questions").or_else(|| behind_label(behind, "mcqs"));
    let behind = labelled().or_else(|| shared(behind.trim_start_matches([':', '：', '*', ' '])))?;
    let (count, words) = count(behind)?;
    Some((Counted::Difficulty(name), vec![(Claim::Count(count), words)]))
}

/// A text that is a count with its share: `12 (24%)`.
fn shared(text: &str) -> Option<&str> {
    let (number, share) = text.split_once(" (")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_share = share.trim_end().trim_end_matches(['*', '_']).ends_with("%)");
    (is_number && is_share).then_some(text)
}

/// `**Total MCQs: 50**`, `**Total:** 50 questions`, `**Target MCQs**: 40-50`, `**Current Batch**: 1-25`
fn total(part: &str) -> Option<(Claim, &str)> {
    const TARGETS: [&str; 3] = ["target mcqs", "target questions", "target"];
    if let Some(behind) = behind_label(part, "current batch") {
        let (first, last, words) = range(behind)?;
        let count = last.checked_sub(first)? + 1;
        return Some((Claim::Batch(count), words));
    }
    if let Some((count, words)) = behind_label(part, "total").and_then(named_count) {
        return Some((Claim::Count(count), words));
    }
    if let Some((count, words)) = behind_equals(part).or_else(|| behind_chapter(part)).and_then(count) {
        return Some((Claim::Count(count), words));
    }
    let (behind, is_target) = TOTALS
        .iter()
        .find_map(|label| Some((behind_label(part, label)?, false)))
        .or_else(|| TARGETS.iter().find_map(|label| Some((behind_label(part, label)?, true))))?;
    if let Some((first, last, words)) = range(behind).filter(|_| is_target) {
        return Some((Claim::Between(first..=last), words));
    }
    let (count, words) = count(behind)?;
    Some((Claim::Count(count), words))
}

/// `Total MCQs = 50`
fn behind_equals(part: &str) -> Option<&str> {
    let (label, behind) = unmarked(part).split_once('=')?;
    let is_label = TOTALS.iter().any(|total| label.trim().eq_ignore_ascii_case(total));
    is_label.then(|| behind.trim_start())
}

/// `End of Chapter 1 (50 MCQs)`
fn behind_chapter(part: &str) -> Option<&str> {
    let (number, behind) = strip_word(unmarked(part), "end of chapter ")?.split_once('(')?;
    Some(behind).filter(|behind| number.trim().parse::<u32>().is_ok() && named_count(behind).is_some())
}

fn unmarked(part: &str) -> &str {
    part.trim_start_matches(['>', ' ', '\t', '*', '_', '-', '#'])
}

/// A number of questions at the beginning, and not of something else: `45 MCQs`, `50**`.
pub(super) fn count(text: &str) -> Option<(u64, &str)> {
    let (digits, noun, behind) = counted(text);
    let counts =
        (noun.is_empty() || is_of_questions(noun)) && !behind.starts_with(['%', '-', '–', '+', '/', ',']);
    Some((digits.parse().ok().filter(|_| counts)?, digits))
}

/// A number at the beginning that says that it is one of questions: `45 MCQs`.
fn named_count(text: &str) -> Option<(u64, &str)> {
    let (digits, noun, _) = counted(text);
    Some((digits.parse().ok().filter(|_| is_of_questions(noun))?, digits))
}

/// The digits that a text begins with, the word behind them, and all that stands behind the digits.
fn counted(text: &str) -> (&str, &str, &str) {
    let digits = digits(text);
    let behind = text[digits.len()..].trim_start_matches(['*', '_', ' ', '.']);
    let noun = behind.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    (digits, noun, behind)
}

fn is_of_questions(noun: &str) -> bool {
    ["mcq", "mcqs", "question", "questions"].iter().any(|known| noun.eq_ignore_ascii_case(known))
}

/// `40-50`
fn range(text: &str) -> Option<(u64, u64, &str)> {
    let first = digits(text);
    let behind = text[first.len()..].trim_start().strip_prefix(['-', '–', '—'])?.trim_start();
    let last = digits(behind);
    let length = offset_in(text, behind) + last.len();
    Some((first.parse().ok()?, last.parse().ok()?, &text[..length]))
}

/// As many digits as a number of questions may have, from the beginning.
fn digits(text: &str) -> &str {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length < 10 { &text[..length] } else { "" }
}

/// `**Distribution:** 12 Foundational, 20 Intermediate`, `**Answers:** A: 10, B: 12`
fn distribution(part: &str) -> Option<Vec<Claimed<'_>>> {
    let (list, subject) = distributed(|label| behind_label(part, label))?;
    Some(entries(list).filter_map(|entry| entry_claims(subject, entry)).collect())
}

/// The entries of a list in a line.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', ';'])
        .flat_map(|part| part.split(" / "))
        .flat_map(|part| part.split(" and "))
        .take(MOST_ENTRIES)
}

/// What is counted in the list below a line that is the label of a distribution: `**Difficulty Distribution:**`.
pub(super) fn heads_list(line: &str) -> Option<Option<Subject>> {
    let heading = line.trim_matches(['#', '*', '_', ' ', ':', '：', '-']);
    let (label, subject) = distributed(|label| heading.eq_ignore_ascii_case(label).then_some(label))?;
    // Below `Answers` stand answers.
    ["distribution", "breakdown"].iter().any(|word| label.ends_with(word)).then_some(subject)
}

/// What an entry of such a list claims: `Basic: 26 questions (52%)`, `26 Basic`; not `Basic: 3 points`.
pub(super) fn listed(subject: Option<Subject>, entry: &str) -> Option<Claimed<'_>> {
    let (of, mut claims) = entry_claims(subject, entry)?;
    claims.retain(|(claim, _)| claim.is_share());
    let digits = digits(entry);
    let before = || Some((digits.parse().ok().filter(|_| entry[digits.len()..].starts_with(' '))?, digits));
    let behind = entry
        .rsplit_once([':', '：', '=', '–', '—'])
        .map(|(_, behind)| behind.trim_start_matches(['*', '_', ' ']));
    claims.extend(behind.map_or_else(before, count).map(|(count, words)| (Claim::Count(count), words)));
    Some((of, claims))
}

/// The first label of a distribution that something is found by, with what it counts if it says so.
fn distributed<'l, T>(find: impl Fn(&'l str) -> Option<T>) -> Option<(T, Option<Subject>)> {
    const DIFFICULTIES: [&str; 4] =
        ["distribution", "difficulty distribution", "difficulty breakdown", "difficulty"];
    const ANSWERS: [&str; 4] =
        ["answer distribution", "answer key distribution", "correct answers", "answers"];
    let of_answers = || ANSWERS.iter().find_map(|label| Some((find(label)?, Some(Subject::Answers))));
    DIFFICULTIES.iter().find_map(|label| Some((find(label)?, None))).or_else(of_answers)
}

/// How many entries a distribution is read for.
const MOST_ENTRIES: usize = 26;

/// `12 Foundational`, `24 % basic`, `Basic: 12 (24%)`, `A: 10`. Without a subject, a letter is an answer.
fn entry_claims(subject: Option<Subject>, entry: &str) -> Option<Claimed<'_>> {
    let behind = &entry[entry.find(char::is_alphabetic)?..];
    let length = behind.find(['(', ':', '：', '=', '*', '–', '—']).unwrap_or(behind.len());
    let name = behind[..length].trim_end_matches(|sign: char| !sign.is_alphabetic());
    let subject = subject.unwrap_or(if name.len() == 1 { Subject::Answers } else { Subject::Difficulties });
    Some((subject.named(name)?, numbers(entry)))
}

/// The numbers of a cell or an entry: a count, a share or both.
pub(super) fn numbers(text: &str) -> Vec<(Claim, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(from) = text[at..].find(|sign: char| sign.is_ascii_digit()).map(|from| at + from) {
        let rest = &text[from..];
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let digits = rest[..length].trim_end_matches('.');
        let behind = &rest[length..];
        let percent = behind.trim_start().starts_with('%');
        at = from + length;
        let joined = text[..from].ends_with(|sign: char| sign.is_alphanumeric() || "-–/".contains(sign))
            || behind.starts_with(|sign: char| sign.is_alphanumeric() || "-–/".contains(sign));
        if joined || digits.len() > 9 {
            continue;
        }
        let words = if percent { &rest[..offset_in(rest, behind.trim_start()) + 1] } else { digits };
        let claim = match (percent, digits.parse(), digits.parse()) {
            (true, Ok(share), _) => {
                let rounding = if digits.contains('.') { 0.1 } else { 1.0 };
                Claim::Percent { share, rounding }
            }
            (false, _, Ok(count)) => Claim::Count(count),
            (_, _, _) => continue,
        };
        found.push((claim, words));
    }
    // In a list they are the numbers of questions.
    let is_list = |(before, behind): (&str, &str)| {
        let between = &text[offset_in(text, before) + before.len()..offset_in(text, behind)];
        between
            .trim_end_matches([' ', '&'])
            .trim_end_matches("and")
            .trim()
            .trim_matches([',', ';'])
            .is_empty()
    };
    let mut pairs = found.windows(2).map(|pair| (pair[0].1, pair[1].1)).peekable();
    if pairs.peek().is_some() && pairs.all(is_list) {
        found.clear();
    }
    found
}
