//! Where a question's parts begin and where it ends: options, answer, explanation, and the point from
//! which text belongs to no question. Finds blocks that contradict each other; never chooses between them.

use super::block::Block;
use crate::import::{
    Kind, Problem,
    draft::capital,
    lines::{Label, Labelled, Mark, Style, letters, marks},
    places::{column, number},
};
use std::cell::OnceCell;

/// The parts of a question, in the order of their lines.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub parts: Vec<Part<'a>>,
    /// The line behind the question's last one.
    pub end: usize,
    /// What makes it contradict itself.
    pub contradictions: Vec<Problem>,
    /// How the letters of the options are written, and how many options there are.
    options: Option<(Style, usize)>,
    answer: Option<Labelled<'a>>,
    explained: bool,
    /// The first line of an explanation that begins below its label, once that is asked.
    explanation_begins: OnceCell<Option<usize>>,
    /// Whether it is a flip card. What stands behind its label is text, up to a rule or a heading.
    pub recalls: bool,
    /// Once a second version has begun, its parts are not looked at.
    in_second_version: bool,
    revised_behind: bool,
}

/// A part begins with a line and goes on to the next part.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub line: usize,
    pub what: What<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    Option(Label<'a>),
    Answer(Labelled<'a>),
    Explanation(Labelled<'a>),
}

/// How many parts a question has behind its stem, as a rule: four options, answer, explanation.
const USUAL_PARTS: usize = 6;

impl<'a> Outline<'a> {
    pub fn of(block: &Block<'_, 'a>) -> Self {
        let seconds = SecondOptions::of(&block.marks);
        let last_answer = last_answer(&block.marks);
        let parts = Vec::with_capacity(USUAL_PARTS);
        let mut outline = Self { end: block.limit(), parts, ..Self::default() };
        for (line, mark) in &block.marks {
            let (line, text, name) = (*line, block.lines.text(*line), block.head.number);
            match *mark {
                Mark::Option(_) | Mark::Answer(_) | Mark::Explanation(_) | Mark::Recall(_)
                    if outline.recalls => {}
                Mark::Recall(labelled) => outline.recall(line, labelled),
                Mark::Option(label) if outline.is_list_above(block, line, label, &seconds) => {
                    outline.begin_options_anew(line, label);
                }
                Mark::Option(label)
                    if last_answer.is_none_or(|last| last < line)
                        && outline.is_gone_through(block, line, label) => {}
                Mark::Option(label) => outline.option(line, label, &seconds, text, name),
                Mark::Answer(labelled) => outline.answer(line, labelled, &seconds, text, name),
                Mark::Explanation(labelled) => outline.explanation(line, labelled, &seconds, name),
                Mark::Revision(_) => outline.revision(line, name),
                Mark::Rule if outline.goes_on_behind_rules() || outline.explanation_follows(block, line) => {}
                Mark::Rule | Mark::Heading => {
                    outline.end = line;
                    break;
                }
            }
        }
        outline.end_above_section(block);
        outline.revised_behind_its_end(block);
        outline
    }

    /// The heading of the next section is no part of an explanation, which must have text without it.
    fn end_above_section(&mut self, block: &Block<'_, '_>) {
        let Some(Part { line, what: What::Answer(labelled) | What::Explanation(labelled) }) =
            self.parts.last()
        else {
            return;
        };
        if self.end == block.limit() && !self.recalls {
            let from = if labelled.rest.is_empty() { line + 1 } else { *line };
            self.end = block.section(from).unwrap_or(self.end);
        }
    }

    /// Whether a second version stands behind the question's end.
    pub fn is_revised_behind(&self) -> bool {
        self.revised_behind
    }

    /// Where the stem ends.
    pub fn stem_end(&self) -> usize {
        self.parts.first().map_or(self.end, |part| part.line)
    }

    /// The line behind a part's last one.
    pub fn end_of(&self, part: usize) -> usize {
        self.parts.get(part + 1).map_or(self.end, |next| next.line)
    }

    fn option(&mut self, line: usize, label: Label<'a>, seconds: &SecondOptions, text: &str, name: &str) {
        let begins = label.letter == 0 && seconds.any_behind(line, label.style);
        let Some((style, expected)) = self.options else {
            if (begins || seconds.stands_out_below(line, label)) && self.answer.is_none() {
                self.add_option(line, label);
            }
            return;
        };
        let answered = self.answer.is_some() || self.explained;
        // `**B) two**` between `A) one` and `C) three`
        let is_right_below = match self.parts.as_slice() {
            [.., before, last] => line - last.line == last.line - before.line || last.line + 1 == line,
            [last] => line - last.line <= 2,
            [] => false,
        };
        let stands_out = style.differs_in_weight(label.style) && !label.text.contains("**") && is_right_below;
        if stands_out && !answered && usize::from(label.letter) == expected {
            return self.add_option(line, Label { style, ..label });
        }
        let is_block_beside = style != label.style && begins && !text.starts_with([' ', '\t']);
        if self.in_second_version || (style != label.style && (self.answer.is_some() || !is_block_beside)) {
            return;
        }
        if !answered && usize::from(label.letter) == expected {
            return self.add_option(line, label);
        }
        let restarts = if answered { begins } else { label.letter == 0 };
        if answered && !restarts {
            return;
        }
        let (kind, message) = if restarts {
            (Kind::LettersRestart, format!("the options of question {name} begin again"))
        } else {
            (Kind::LettersOutOfOrder, format!("the options of question {name} are not in order"))
        };
        let expected = capital(expected);
        let problem = Problem::new(kind, number(line), column(text, label.offset), message).of(name);
        let problem = problem.contrast(expected, capital(label.letter.into()));
        let first = self.line_of(|what| matches!(what, What::Option(_))).filter(|_| restarts);
        self.contradictions.push(problem.beside_line(first, "the options begin here"));
        self.in_second_version = true;
    }

    /// Whether the options so far are a list of the stem, since others of another style begin here: the question
    /// stands between, or those speak of the letters of the list.
    fn is_list_above(
        &self,
        block: &Block<'_, 'a>,
        line: usize,
        label: Label<'a>,
        seconds: &SecondOptions,
    ) -> bool {
        let begins = self.answer.is_none() && !self.explained && !self.in_second_version;
        let Some((style, count)) = self.options.filter(|_| begins) else {
            return false;
        };
        let is_indented = block.lines.text(line).starts_with([' ', '\t']);
        let begins = label.letter == 0 && !is_indented && seconds.any_behind(line, label.style);
        if style == label.style || !begins {
            return false;
        }
        let list_ends = self.parts.last().map_or(line, |part| part.line + 1);
        let asks = |line: usize| block.lines.text(line).trim_end().ends_with(['?', '？']);
        let options = block.marks_behind(line).iter().map_while(|(_, mark)| match mark {
            Mark::Option(option) if option.style == label.style => Some(option.text),
            _ => None,
        });
        (list_ends..line).any(asks) || options.flat_map(words).any(|word| is_letter_of(word, count))
    }

    /// Whether an explanation goes through the options from here on: it begins with them, or judges them.
    fn is_gone_through(&self, block: &Block<'_, 'a>, line: usize, label: Label<'a>) -> bool {
        if !self.explained {
            return false;
        }
        let begins = *self.explanation_begins.get_or_init(|| {
            let begun = self.parts.iter().rev().find_map(|part| match part.what {
                What::Explanation(labelled) if labelled.rest.is_empty() => Some(part.line + 1),
                What::Option(_) | What::Answer(_) | What::Explanation(_) => None,
            });
            begun.and_then(|from| (from..block.limit()).find(|line| !block.lines.is_blank(*line)))
        });
        let first = |text: &'a str| words(text).find(|word| !word.is_empty());
        let said = first(label.text);
        let repeats = || self.text_of(label.letter).is_some_and(|option| first(option) == said);
        begins == Some(line)
            || said.is_some_and(|word| judges(word) || repeats())
            || leaves_some_out(block.marks_behind(line), label.style)
    }

    /// The text in the first line of the option with a letter.
    fn text_of(&self, letter: u8) -> Option<&'a str> {
        self.parts.iter().find_map(|part| match part.what {
            What::Option(label) if label.letter == letter => Some(label.text),
            What::Option(_) | What::Answer(_) | What::Explanation(_) => None,
        })
    }

    fn begin_options_anew(&mut self, line: usize, label: Label<'a>) {
        self.parts.clear();
        self.options = None;
        self.add_option(line, label);
    }

    /// A rule before the answer is part of the stem.
    fn goes_on_behind_rules(&self) -> bool {
        self.answer.is_none() && !self.recalls
    }

    /// Only a question of which nothing else is known can be a flip card.
    fn recall(&mut self, line: usize, labelled: Labelled<'a>) {
        if self.parts.is_empty() {
            self.recalls = true;
            self.parts.push(Part { line, what: What::Explanation(labelled) });
        }
    }

    /// The line of the first part of a kind, counted from 1.
    fn line_of(&self, is: impl Fn(&What<'_>) -> bool) -> Option<u32> {
        self.parts.iter().find(|part| is(&part.what)).map(|part| number(part.line))
    }

    fn add_option(&mut self, line: usize, label: Label<'a>) {
        let before = self.options.map_or(0, |(_, count)| count);
        self.options = Some((label.style, before + 1));
        self.parts.push(Part { line, what: What::Option(label) });
    }

    fn answer(
        &mut self,
        line: usize,
        labelled: Labelled<'a>,
        seconds: &SecondOptions,
        text: &str,
        name: &str,
    ) {
        if self.options.is_none() && seconds.any_at_all_behind(line) {
            return;
        }
        let Some(first) = self.answer else {
            self.answer = Some(labelled);
            self.parts.push(Part { line, what: What::Answer(labelled) });
            return;
        };
        if labelled.is_sentence {
            return;
        }
        let (stated, again) = (letters(first.rest), letters(labelled.rest));
        let differs = again.is_some() && again != stated;
        // Worked solutions end with the answer that they began with.
        let repeats = again.is_some() && again == stated;
        if self.in_second_version || repeats || !(labelled.bold || differs) {
            return;
        }
        let at = column(text, text.rfind(labelled.rest).unwrap_or(0));
        let message = format!("question {name} states a second answer");
        let problem = Problem::new(Kind::TwoAnswers, number(line), at, message).of(name);
        let problem = problem.contrast(first.rest, labelled.rest);
        let stated = self.line_of(|what| matches!(what, What::Answer(_)));
        self.contradictions.push(problem.beside_line(stated, "the first answer"));
        self.in_second_version = true;
    }

    fn explanation(&mut self, line: usize, labelled: Labelled<'a>, seconds: &SecondOptions, name: &str) {
        if self.options.is_none() && seconds.any_at_all_behind(line) {
            return;
        }
        if !self.explained {
            self.explained = true;
            self.parts.push(Part { line, what: What::Explanation(labelled) });
        } else if labelled.bold && !self.in_second_version {
            let message = format!("question {name} has a second explanation");
            self.contradictions.push(Problem::new(Kind::TwoExplanations, number(line), 1, message).of(name));
            self.in_second_version = true;
        }
    }

    fn revision(&mut self, line: usize, name: &str) {
        if self.in_second_version {
            return;
        }
        let message = format!("question {name} holds a second version of itself");
        self.contradictions.push(Problem::new(Kind::RevisedInside, number(line), 1, message).of(name));
        self.in_second_version = true;
    }

    fn explanation_follows(&self, block: &Block<'_, '_>, rule: usize) -> bool {
        let mut behind = rule + 1..block.limit();
        let next =
            behind.find(|line| !block.lines.is_blank(*line)).filter(|line| !block.lines.is_inert(*line));
        let next = next.and_then(|line| marks::mark(block.lines.text(line)));
        !self.explained && !self.recalls && matches!(next, Some(Mark::Explanation(_)))
    }

    /// A second version may stand behind the rule that ends a question.
    fn revised_behind_its_end(&mut self, block: &Block<'_, '_>) {
        for (line, mark) in block.marks_behind(self.end) {
            if *mark == Mark::Revision(block.head.number) {
                self.revised_behind = true;
                self.revision(*line, block.head.number);
            }
        }
    }
}

/// The line of the last answer in bold, unless it repeats the first one.
fn last_answer(marks: &[(usize, Mark<'_>)]) -> Option<usize> {
    let answers = || {
        marks.iter().filter_map(|(line, mark)| match mark {
            Mark::Answer(labelled) if labelled.bold => Some((*line, labelled.rest)),
            _ => None,
        })
    };
    let ((first, stated), (last, again)) = (answers().next()?, answers().next_back()?);
    let repeats = last > first && letters(again).is_some() && letters(again) == letters(stated);
    Some(if repeats { first } else { last })
}

/// Whether the letters from here on leave some out: those of options that are wrong, perhaps.
fn leaves_some_out(marks: &[(usize, Mark<'_>)], style: Style) -> bool {
    let letters = marks.iter().map_while(|(_, mark)| match mark {
        Mark::Option(label) if label.style == style => Some(label.letter),
        _ => None,
    });
    let mut letters = letters.take(usize::from(u8::MAX)).peekable();
    let first = letters.peek().copied().unwrap_or_default();
    letters.zip(first..).any(|(letter, expected)| letter > expected)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric())
}

fn judges(word: &str) -> bool {
    ["correct", "incorrect", "right", "wrong", "true", "false"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word is one of the first letters, in any case, and surely no article.
fn is_letter_of(word: &str, count: usize) -> bool {
    let place = |letter: &u8| usize::from(letter.to_ascii_lowercase().wrapping_sub(b'a'));
    matches!(word.as_bytes(), [letter] if (1..count).contains(&place(letter)))
}

/// Where the last second option of each style stands: an `A)` begins options only when a `B)` follows.
pub(super) struct SecondOptions(Vec<(Style, usize)>);

impl SecondOptions {
    pub fn of(marks: &[(usize, Mark<'_>)]) -> Self {
        let mut last: Vec<(Style, usize)> = Vec::new();
        for (line, mark) in marks {
            let Mark::Option(label) = mark else { continue };
            if label.letter != 1 {
                continue;
            }
            match last.iter_mut().find(|(style, _)| *style == label.style) {
                Some(known) => known.1 = *line,
                None => last.push((label.style, *line)),
            }
        }
        Self(last)
    }

    pub fn any_behind(&self, line: usize, style: Style) -> bool {
        self.0.iter().any(|(known, at)| *known == style && *at > line)
    }

    /// Whether a second option follows right below a first one that is bold where this one is not, or the reverse.
    fn stands_out_below(&self, line: usize, first: Label<'_>) -> bool {
        let is_below = |at: usize| (line + 1..=line + 2).contains(&at);
        first.letter == 0
            && !first.text.contains("**")
            && self.0.iter().any(|(known, at)| known.differs_in_weight(first.style) && is_below(*at))
    }

    fn any_at_all_behind(&self, line: usize) -> bool {
        self.0.iter().any(|(_, at)| *at > line)
    }
}
