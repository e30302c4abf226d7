//! Habits of an author that show over a whole chapter. Where the options of a question are shuffled, the
//! letter gives nothing away; but not all are, and other programs do not shuffle.

use super::chance::{BOUND, at_least};
use crate::{
    domain::question::Question,
    import::{Kind, ParsedQuestion, Problem, facts::capital, shuffling},
};

/// Fewer questions than this show no habit, whatever chance says.
const FEWEST: usize = 8;

/// One letter is right more often than chance would have it.
///
/// Of all letters the most frequent one is looked at, so its chance is multiplied by their number
/// (Bonferroni).
pub(super) fn favoured_letter(questions: &[ParsedQuestion]) -> Option<Problem> {
    let right: Vec<(usize, usize)> =
        with_one_key(questions).map(|(key, question)| (key, question.options().len())).collect();
    let letters = right.iter().map(|(_, options)| *options).max()?;
    let often = |letter: usize| right.iter().filter(|(key, _)| *key == letter).count();
    let letter = (0..letters).rev().max_by_key(|letter| often(*letter))?;
    let may_be: Vec<f64> = right.iter().map(|(_, options)| chance(letter, *options)).collect();
    let times = often(letter);
    if right.len() < FEWEST || at_least(times, &may_be) * letters as f64 >= BOUND {
        return None;
    }
    let letter = capital(u8::try_from(letter).ok()?);
    let message = format!("{letter} is right in {}", ratio(times, &may_be));
    Some(Problem::new(Kind::FavouredLetter, 1, 1, message).contrast(expectation(&may_be), times))
}

fn chance(letter: usize, options: usize) -> f64 {
    if letter < options { 1.0 / options as f64 } else { 0.0 }
}

/// The right option is longer than all others, more often than chance would have it.
pub(super) fn longest_is_right(questions: &[ParsedQuestion]) -> Option<Problem> {
    let times = with_one_key(questions).filter(|(key, question)| longest(question) == Some(*key)).count();
    let may_be: Vec<f64> =
        with_one_key(questions).map(|(_, question)| chance(0, question.options().len())).collect();
    if may_be.len() < FEWEST || at_least(times, &may_be) >= BOUND {
        return None;
    }
    let message = format!("the right option is the longest in {}", ratio(times, &may_be));
    Some(Problem::new(Kind::LongestIsRight, 1, 1, message).contrast(expectation(&may_be), times))
}

/// "All of the above" is right more often than chance would have it; five in five are.
pub(super) fn all_of_the_above(questions: &[ParsedQuestion]) -> Option<Problem> {
    let offered: Vec<(bool, f64)> = with_one_key(questions)
        .filter_map(|(key, question)| {
            let options = question.options();
            let all = options.iter().position(|option| shuffling::is_all_of_the_above(&option.text))?;
            Some((all == key, chance(0, options.len())))
        })
        .collect();
    let times = offered.iter().filter(|(right, _)| *right).count();
    let may_be: Vec<f64> = offered.iter().map(|(_, chance)| *chance).collect();
    if times == 0 || at_least(times, &may_be) >= BOUND {
        return None;
    }
    let message = format!("“all of the above” is right in {}", ratio(times, &may_be));
    Some(Problem::new(Kind::AllOfTheAbove, 1, 1, message).contrast(expectation(&may_be), times))
}

/// The questions with one right option, and its place.
fn with_one_key(questions: &[ParsedQuestion]) -> impl Iterator<Item = (usize, &Question)> {
    questions.iter().map(|parsed| &parsed.question).filter_map(|question| {
        let key = question.options().iter().position(|option| question.keys() == [option.id])?;
        Some((key, question))
    })
}

/// The option that is longer than all others, in characters that are seen.
fn longest(question: &Question) -> Option<usize> {
    let is_seen = |sign: &char| !matches!(sign, '`' | '*' | '_');
    let length = |text: &str| text.trim().chars().filter(is_seen).count();
    let lengths: Vec<usize> = question.options().iter().map(|option| length(&option.text)).collect();
    let most = lengths.iter().max()?;
    let mut longest = (0..lengths.len()).filter(|place| lengths[*place] == *most);
    longest.next().filter(|_| longest.next().is_none())
}

/// `47 of 50 questions; by chance it would be about 12`
fn ratio(times: usize, chances: &[f64]) -> String {
    format!("{times} of {} questions; by chance it would be {}", chances.len(), expectation(chances))
}

fn expectation(chances: &[f64]) -> String {
    format!("about {:.0}", chances.iter().sum::<f64>())
}
