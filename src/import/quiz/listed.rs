//! Answers behind the last question that have no numbers: `**Answers:** B, A, B`. They are those of all questions in
//! their order, or those of the last question alone; what may be either answers none.

use super::Quiz;
use crate::import::{key::Entry, lines::letters, places::At};

/// What the answers behind the last question are.
pub(super) enum Listed<'a> {
    /// Those of the last question, if there are any.
    Own,
    /// Those of all questions in their order, from a line on.
    OfAll(usize, Vec<Entry<'a>>),
    /// It is not plain whose they are.
    Unclear(usize),
}

impl<'a> Listed<'a> {
    pub fn of(quiz: &Quiz<'_, 'a>) -> Self {
        let Some(last) = quiz.heads.len().checked_sub(1) else { return Self::Own };
        let body = quiz.body(last);
        let Some((from, said)) = body.several_answers() else { return Self::Own };
        let unanswered = (0..last).filter(|place| !quiz.is_answered(*place)).count();
        if unanswered == 0 {
            return Self::Own;
        }
        let answers: Option<Vec<(At, &'a str, u8)>> =
            said.iter().flat_map(|(line, text)| answers_in(*line, text)).collect();
        let all_are_unanswered = unanswered == last;
        let Some(answers) = answers else {
            return if all_are_unanswered { Self::Unclear(from) } else { Self::Own };
        };
        let letters: Vec<u8> = answers.iter().map(|(_, _, letter)| *letter).collect();
        let is_one_for_each = letters.len() == unanswered + 1;
        if all_are_unanswered && is_one_for_each && !body.may_mean(&letters) {
            return Self::OfAll(
                from,
                answers.into_iter().map(|(at, text, _)| Entry::unnumbered(at, text)).collect(),
            );
        }
        let is_doubtful = is_one_for_each || (all_are_unanswered && letters.len() > 1);
        if is_doubtful { Self::Unclear(from) } else { Self::Own }
    }

    /// The answer to a question by its place.
    pub fn entry(&self, place: usize) -> Option<&Entry<'a>> {
        match self {
            Self::OfAll(_, entries) => entries.get(place),
            Self::Own | Self::Unclear(_) => None,
        }
    }
}

/// The single letters of a line, with commas or blanks between them; none for what is no letter. All stand where the
/// line does, which may hold very many.
fn answers_in(line: usize, text: &str) -> impl Iterator<Item = Option<(At, &str, u8)>> {
    let parts = text.split([',', ';', '、', '，', ' ', '\t']);
    let parts = parts
        .map(|part| part.trim_matches(['*', '_', '`', '(', ')', '.', '-']))
        .filter(|part| !part.is_empty());
    parts.map(move |part| match letters(part)?.as_slice() {
        [letter] => Some((At::of(line, "", 0), part, *letter)),
        _ => None,
    })
}
