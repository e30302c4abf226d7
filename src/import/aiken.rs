//! Moodle's Aiken notation: a question, its options as `A. text` or `A) text`, and `ANSWER: B`. There is no
//! room for more, so nothing is asked about explanations.

use super::{
    Chapter, Kind, Parsed, Problem,
    answer::stated_by_letters,
    draft::{Answer, Draft, DraftOption, capital},
    lines::letters,
    places::At,
    reading::Reading,
    stem_of,
};

/// Whether the first answer in capitals ends a question of this kind. A question with a number is left to
/// the notations that know numbers.
pub(super) fn recognises(text: &str) -> bool {
    if !text.contains("ANSWER") {
        return false;
    }
    let ends =
        |line: &str| answer(line).is_some_and(|stated| is_in_capitals(line) || letters(stated).is_some());
    let lines: Vec<&str> = text.lines().take_while(|line| !ends(line)).collect();
    if lines.len() == text.lines().count() {
        return false;
    }
    let meant = || lines.iter().filter(|line| !line.trim().is_empty());
    let options = meant().filter(|line| option(line).is_some()).count();
    let stem = meant().next().is_some_and(|first| {
        option(first).is_none()
            && !first.starts_with(|sign: char| sign.is_ascii_digit() || "#*>-".contains(sign))
    });
    options > 1 && stem
}

/// Reads questions written as Aiken.
pub(super) fn parse(text: &str, file_name: &str) -> Parsed {
    let mut reading = Reading::default();
    let mut block = Block::default();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(stated) = answer(line).filter(|stated| is_in_capitals(line) || block.may_end_with(stated))
        {
            block.answer = Some((At { line: number, column: column(line, stated) }, stated));
            std::mem::take(&mut block).read(&mut reading);
        } else if let Some((letter, text)) = option(line) {
            if block.begins_again(letter) {
                std::mem::take(&mut block).split(&mut reading, &mut block);
            }
            block.option(At { line: number, column: column(line, line.trim_start()) }, letter, text);
        } else {
            block.text(number, line);
        }
    }
    block.read(&mut reading);
    reading.finish(Chapter { title: stem_of(file_name).to_owned(), topics: Vec::new() })
}

/// What stands behind `ANSWER:`, in any case of letters.
fn answer(line: &str) -> Option<&str> {
    let (word, behind) = line.trim_start().split_at_checked("ANSWER".len())?;
    let behind = behind.trim_start().strip_prefix([':', '：']).map(str::trim);
    behind.filter(|_| word.eq_ignore_ascii_case("ANSWER"))
}

/// Whether a line that states an answer does so in Moodle's own letters; in others a stem may begin like it.
fn is_in_capitals(line: &str) -> bool {
    line.trim_start().starts_with("ANSWER")
}

/// The letter of an option, counted from 0, and its text.
fn option(line: &str) -> Option<(u8, &str)> {
    let mut signs = line.trim_start().chars();
    let letter = signs.next().filter(char::is_ascii_uppercase)?;
    let behind = signs.as_str().strip_prefix([')', '.'])?;
    let spaced = behind.is_empty() || behind.starts_with([' ', '\t']);
    spaced.then(|| (letter as u8 - b'A', behind.trim()))
}

/// Where a part of a line begins, in characters from 1.
fn column(line: &str, part: &str) -> u32 {
    let before = line.len() - part.len();
    let before = line.get(..before).map_or(0, |before| before.chars().count());
    u32::try_from(before + 1).expect("a line is at most MOST_BYTES long")
}

/// The lines of one question.
#[derive(Default)]
struct Block<'a> {
    stem: Vec<(u32, &'a str)>,
    options: Vec<DraftOption>,
    /// Text behind the last option: part of it, unless it begins the next question.
    behind: Vec<(u32, &'a str)>,
    problems: Vec<Problem>,
    answer: Option<(At, &'a str)>,
}

impl<'a> Block<'a> {
    /// Whether an option begins another question, because text stands before it and its letter is A.
    fn begins_again(&self, letter: u8) -> bool {
        letter == 0 && !self.options.is_empty() && !self.behind.is_empty()
    }

    /// Whether an answer that is not written in capitals ends the question.
    fn may_end_with(&self, stated: &str) -> bool {
        !self.options.is_empty() || letters(stated).is_some()
    }

    /// Ends the question that has no answer, and begins the next one with the text behind its options.
    fn split(mut self, reading: &mut Reading, next: &mut Self) {
        next.stem = std::mem::take(&mut self.behind);
        self.read(reading);
    }

    fn text(&mut self, number: u32, line: &'a str) {
        let part = if self.options.is_empty() { &mut self.stem } else { &mut self.behind };
        if !part.is_empty() || !line.trim().is_empty() {
            part.push((number, line));
        }
    }

    fn option(&mut self, at: At, letter: u8, text: &str) {
        self.add_behind();
        let expected = self.options.len();
        if usize::from(letter) != expected && self.problems.iter().all(|problem| !is_order(problem.kind)) {
            let (kind, message) = match letter {
                0 => (Kind::LettersRestart, "the options begin again"),
                _ => (Kind::LettersOutOfOrder, "the options are not in order"),
            };
            let problem = Problem::new(kind, at.line, at.column, message.to_owned());
            self.problems.push(problem.contrast(capital(expected), capital(usize::from(letter))));
        }
        self.options.push(DraftOption { at, text: text.to_owned() });
    }

    fn add_behind(&mut self) {
        let letter = capital(self.options.len().saturating_sub(1));
        let (Some(last), Some((line, _))) = (self.options.last_mut(), self.behind.first()) else { return };
        let message = format!("this text is taken as part of option {letter}");
        self.problems.push(Problem::new(Kind::OptionRunsOn, *line, 1, message));
        for (_, text) in self.behind.drain(..) {
            last.text.push('\n');
            last.text.push_str(text.trim_end());
        }
        last.text.truncate(last.text.trim_end().len());
    }

    fn read(mut self, reading: &mut Reading) {
        let first = self.stem.first().map(|(line, _)| At { line: *line, column: 1 });
        let first = first.or_else(|| self.options.first().map(|option| option.at));
        let Some(at) = first.or_else(|| self.answer.map(|(at, _)| at)) else { return };
        self.add_behind();
        let lines: Vec<&str> = self.stem.iter().map(|(_, line)| line.trim_end()).collect();
        let answer =
            self.answer.map(|(at, text)| Answer { at, stated: stated_by_letters(text, &self.options) });
        let draft = Draft {
            at,
            number: None,
            difficulty: None,
            category: None,
            topic: String::new(),
            stem: lines.join("\n").trim_end().to_owned(),
            options: self.options,
            answer,
            explanation: None,
        };
        reading.question(draft, self.problems, &|_, _| at);
    }
}

fn is_order(kind: Kind) -> bool {
    kind == Kind::LettersRestart || kind == Kind::LettersOutOfOrder
}
