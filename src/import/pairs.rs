//! `Q:` and `A:`, as people write flip cards into their notes. A pair whose question has lettered options
//! and whose answer names some of them is an ordinary question.

use super::{
    Kind, Parsed, Problem, answer, chapter,
    draft::{Answer, Draft, DraftOption, Part},
    labels::{ANSWER, EXPLANATION, QUESTION},
    lines::{
        Label, Lines, any_label, dedented, is_rule, labelled, letters, tight_label, trimmed,
        with_lines_below, with_plain_line_ends,
    },
    mention::Mention,
    numbering::numbered,
    places::At,
    reading::{Reading, unclosed_outside},
};

/// Whether a text holds a pair.
pub(super) fn recognises(text: &str) -> bool {
    let text = with_plain_line_ends(text);
    let lines = Lines::new(&text);
    let mut asked = None;
    for (_, mark) in marks(&lines) {
        match (mark.side, &asked) {
            (Side::Question, _) => asked = Some(mark.number.is_none()),
            // `Q1: … Answer: B` is how quizzes look.
            (Side::Answer, Some(unnumbered)) if *unnumbered || mark.short => return true,
            (Side::Answer | Side::End, _) => {}
        }
    }
    false
}

/// Whether a text holds pairs and nothing else: below each question stands an answer in words, and no list that may be
/// its options.
pub(super) fn are_all(text: &str) -> bool {
    let text = with_plain_line_ends(text);
    let lines = Lines::new(&text);
    let marks = marks(&lines);
    let mut asked = asked(&lines, &marks).peekable();
    asked.peek().is_some() && asked.all(|asked| asked.pair.is_flip_card())
}

/// Reads pairs from a text that is at most [`super::MOST_BYTES`] long.
pub(super) fn parse(text: &str, file_name: &str) -> Parsed {
    let text = with_plain_line_ends(text.strip_prefix('\u{feff}').unwrap_or(text));
    let lines = Lines::new(&text);
    let marks = marks(&lines);
    let mut reading = Reading::default();
    let mut outside = Vec::new();
    let first = marks.iter().position(is_question).unwrap_or(marks.len());
    let first_line = marks.get(first).map_or(lines.count(), |(line, _)| *line);
    outside.push((0, first_line));
    reading.problems.extend(orphans(&marks[..first]));
    for Asked { pair, left_over, limit } in asked(&lines, &marks) {
        reading.problems.extend(orphans(left_over));
        outside.push((pair.end, limit));
        pair.read(&mut reading);
    }
    reading.problems.extend(unclosed_outside(&lines, &outside));
    reading.finish(chapter::read(&lines, first_line, file_name))
}

/// A question and what stands below it, up to the next one.
struct Asked<'l, 'a> {
    pair: Pair<'l, 'a>,
    /// The marks that belong to no question.
    left_over: &'l [(usize, Mark<'a>)],
    /// The line of the next question, or the one behind the last line.
    limit: usize,
}

fn asked<'l, 'a>(
    lines: &'l Lines<'a>,
    marks: &'l [(usize, Mark<'a>)],
) -> impl Iterator<Item = Asked<'l, 'a>> {
    let questions = marks.iter().enumerate().filter(|(_, mark)| is_question(mark));
    questions.map(|(place, (line, mark))| {
        let behind = &marks[place + 1..];
        let next = behind.iter().position(is_question).unwrap_or(behind.len());
        let limit = behind.get(next).map_or(lines.count(), |(line, _)| *line);
        let pair = Pair::of(lines, *line, mark, &behind[..next], limit);
        Asked { left_over: &behind[pair.marks..next], pair, limit }
    })
}

fn is_question((_, mark): &(usize, Mark<'_>)) -> bool {
    mark.side == Side::Question
}

fn orphans<'m>(marks: &'m [(usize, Mark<'_>)]) -> impl Iterator<Item = Problem> + 'm {
    marks.iter().filter(|(_, mark)| mark.side == Side::Answer).map(|(line, _)| {
        let message = "this answer belongs to no question".to_owned();
        Problem::new(Kind::OrphanAnswer, At::of(*line, "", 0).line, 1, message)
    })
}

/// A line that begins a side of a pair, or ends the pair.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark<'a> {
    side: Side,
    number: Option<String>,
    /// Whether it is a letter instead of a word.
    short: bool,
    text: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Question,
    Answer,
    /// A rule, or a heading of the first or second level.
    End,
}

fn marks<'a>(lines: &Lines<'a>) -> Vec<(usize, Mark<'a>)> {
    let text = (0..lines.count()).filter(|line| !lines.is_blank(*line) && !lines.is_inert(*line));
    text.filter_map(|line| mark(lines.text(line)).map(|mark| (line, mark))).collect()
}

fn mark(line: &str) -> Option<Mark<'_>> {
    let begun = line.trim_start_matches(['\u{200e}', '\u{200f}']);
    if begun.starts_with("    ") || begun.starts_with('\t') {
        return None;
    }
    let begun = begun.trim_start();
    let bulleted = begun.strip_prefix(['-', '*', '+']).filter(|behind| behind.starts_with(' '));
    let unmarked = bulleted.unwrap_or(begun).trim_start().trim_start_matches('#').trim_start();
    let inner = unmarked.strip_prefix("**").or_else(|| unmarked.strip_prefix("__"));
    let marked = side(inner.unwrap_or(unmarked), inner.is_some());
    let ends = || is_rule(begun) || begun.starts_with("# ") || begun.starts_with("## ");
    marked.or_else(|| ends().then_some(Mark { side: Side::End, number: None, short: false, text: "" }))
}

fn side(text: &str, bold: bool) -> Option<Mark<'_>> {
    let short = text.get(..1).is_some_and(|first| first.eq_ignore_ascii_case("a"));
    let (side, behind) = match QUESTION.behind(text) {
        Some(behind) => (Side::Question, behind),
        None if short => (Side::Answer, &text[1..]),
        None => return long_answer(text, bold),
    };
    let numbered = numbered(behind.trim_start());
    let (number, behind) = match numbered {
        Some(numbered) => (Some(numbered.number), numbered.behind),
        None => (None, behind),
    };
    let Some(said) = behind_colon(behind, bold) else { return long_answer(text, bold) };
    Some(Mark { side, number, short: true, text: said })
}

fn long_answer(text: &str, bold: bool) -> Option<Mark<'_>> {
    let answer = labelled(text, &ANSWER)?;
    let said = if bold { answer.rest.trim_start_matches(['*', '_']) } else { answer.rest };
    Some(Mark { side: Side::Answer, number: None, short: false, text: said.trim() })
}

fn behind_colon(behind: &str, bold: bool) -> Option<&str> {
    let (closed, text) = match behind.strip_prefix("**").or_else(|| behind.strip_prefix("__")) {
        Some(closed) if bold => (true, closed),
        _ => (false, behind),
    };
    let text = text.trim_start().strip_prefix([':', '：'])?;
    if !bold || closed {
        return Some(text.trim());
    }
    let text = text.trim();
    let early = text.strip_prefix("**").or_else(|| text.strip_prefix("__"));
    let late = || text.strip_suffix("**").or_else(|| text.strip_suffix("__"));
    Some(early.or_else(late).unwrap_or(text).trim())
}

/// Whether a line has the mark of a list, a number or a letter before its text.
fn begins_list(line: &str) -> bool {
    let begun = line.trim_start();
    let is_bulleted = ["- ", "* ", "+ ", "["].iter().any(|mark| begun.starts_with(mark));
    is_bulleted || numbered(begun).is_some() || any_label(line).or_else(|| tight_label(line)).is_some()
}

/// A question and its answer.
struct Pair<'l, 'a> {
    lines: &'l Lines<'a>,
    line: usize,
    number: Option<String>,
    question: &'a str,
    /// The line and the first text of each answer.
    answers: Vec<(usize, &'a str)>,
    end: usize,
    /// How many marks behind the question belong to it.
    marks: usize,
}

impl<'l, 'a> Pair<'l, 'a> {
    fn of(
        lines: &'l Lines<'a>,
        line: usize,
        mark: &Mark<'a>,
        behind: &[(usize, Mark<'a>)],
        limit: usize,
    ) -> Self {
        let answered = behind.iter().position(|(_, mark)| mark.side == Side::Answer).unwrap_or(0);
        let ends = behind.iter().skip(answered).position(|(_, mark)| mark.side == Side::End);
        let marks = ends.map_or(behind.len(), |place| answered + place);
        let own = behind[..marks].iter().filter(|(_, mark)| mark.side == Side::Answer);
        let answers: Vec<(usize, &'a str)> = own.map(|(line, mark)| (*line, mark.text)).collect();
        let end = behind.get(marks).map_or(limit, |(line, _)| *line);
        Self { lines, line, number: mark.number.clone(), question: mark.text, answers, end, marks }
    }

    /// Whether it is plainly a flip card.
    fn is_flip_card(&self) -> bool {
        let [(answered, said)] = self.answers.as_slice() else { return false };
        let below = || dedented(self.lines.span(answered + 1, self.end));
        let words = if said.is_empty() { below() } else { (*said).to_owned() };
        let in_words = !words.is_empty() && !answer::is_lettered(words.lines().next().unwrap_or_default());
        let is_listed = |line: &usize| !self.lines.is_inert(*line) && begins_list(self.lines.text(*line));
        in_words && !(self.line + 1..*answered).any(|line| is_listed(&line))
    }

    fn read(self, reading: &mut Reading) {
        let mut problems: Vec<Problem> =
            self.second_answer().into_iter().chain(self.unclosed_fence()).collect();
        let options = self.options();
        let answer = self.answers.first().copied();
        let said = answer.map_or("", |(_, text)| text);
        let is_choice = options.len() > 1 && (answer.is_none() || answer::is_lettered(said));
        let stem_end = match options.first().filter(|_| is_choice) {
            Some((line, _)) => *line,
            None => answer.map_or(self.end, |(line, _)| line),
        };
        let mut draft = Draft {
            at: At::of(self.line, "", 0),
            number: self.number.clone(),
            difficulty: None,
            category: None,
            topic: String::new(),
            stem: self.text(self.question, self.line + 1, stem_end),
            options: Vec::new(),
            answer: None,
            explanation: Some(
                answer.map_or_else(String::new, |(line, text)| self.text(text, line + 1, self.end)),
            ),
        };
        if !is_choice {
            return reading.recall(draft, problems);
        }
        let until = answer.map_or(self.end, |(line, _)| line);
        draft.options = self.drafted(&options, until);
        if let Some((line, text)) = answer {
            let (stated, remark) = answer::stated(text, &draft.options);
            let whole = self.lines.text(line);
            let at = At::of(line, whole, whole.rfind(text).unwrap_or(0));
            draft.answer = Some(Answer { at, stated });
            draft.explanation = Some(self.explanation(remark, line + 1));
        }
        problems.sort_by_key(|problem| problem.line);
        reading.question(draft, problems, &|part, words| self.place_of(part, words));
    }

    /// The lettered options of the question: in order from A on, and written alike.
    fn options(&self) -> Vec<(usize, Label<'a>)> {
        let until = self.answers.first().map_or(self.end, |(line, _)| *line);
        let mut options: Vec<(usize, Label<'a>)> = Vec::new();
        for line in (self.line + 1..until).filter(|line| !self.lines.is_inert(*line)) {
            let text = self.lines.text(line);
            let next = || {
                tight_label(text)
                    .filter(|label| options.last().is_some_and(|(_, last)| label.is_next_to(last)))
            };
            let Some(label) = any_label(text).or_else(next) else { continue };
            let alike = options.first().is_none_or(|(_, first)| first.style == label.style);
            if alike && usize::from(label.letter) == options.len() {
                options.push((line, label));
            }
        }
        options
    }

    fn drafted(&self, options: &[(usize, Label<'a>)], until: usize) -> Vec<DraftOption> {
        let ends = options.iter().skip(1).map(|(line, _)| *line).chain([until]);
        let drafted = options.iter().zip(ends).map(|((line, label), end)| DraftOption {
            at: At::of(*line, self.lines.text(*line), label.offset),
            text: self.text(label.text, line + 1, end),
        });
        drafted.collect()
    }

    fn explanation(&self, remark: &str, from: usize) -> String {
        let below = dedented(self.lines.span(from, self.end));
        let (first, rest) = below.split_once('\n').unwrap_or((&below, ""));
        let below = match labelled(first, &EXPLANATION) {
            Some(label) => trimmed(&format!("{}\n{rest}", label.rest)).to_owned(),
            None => below,
        };
        let parts = [remark.to_owned(), below].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("\n\n")
    }

    fn text(&self, first: &str, from: usize, to: usize) -> String {
        with_lines_below(first, self.lines.span(from, to))
    }

    fn second_answer(&self) -> Option<Problem> {
        let [(_, first), (line, second), ..] = self.answers.as_slice() else { return None };
        if letters(first).is_some() && letters(first) == letters(second) {
            return None;
        }
        let message = "this question has a second answer".to_owned();
        let problem = Problem::new(Kind::TwoAnswers, At::of(*line, "", 0).line, 1, message);
        Some(Problem { question: self.number.clone(), ..problem.contrast(first, second) })
    }

    fn unclosed_fence(&self) -> Option<Problem> {
        let first = self.lines.unclosed.partition_point(|unclosed| unclosed.line < self.line);
        let unclosed = self.lines.unclosed.get(first).filter(|unclosed| unclosed.line < self.end)?;
        let message = "this question has a code block that is never closed".to_owned();
        let problem = Problem::new(Kind::UnclosedFence, At::of(unclosed.line, "", 0).line, 1, message);
        Some(Problem { question: self.number.clone(), ..problem })
    }

    fn place_of(&self, part: Part, words: Mention<'_>) -> At {
        let from = match part {
            Part::Whole => self.line,
            Part::Explanation => self.answers.first().map_or(self.line, |(line, _)| *line),
        };
        let lines = (from..self.end).map(|line| (line, self.lines.text(line)));
        let (line, at) = words.place(lines).unwrap_or((from, 0));
        At::of(line, self.lines.text(line), at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_written_in_many_ways() {
        let table = [
            ("Q: What is it?", Some((Side::Question, "What is it?"))),
            ("**Q:** What is it?", Some((Side::Question, "What is it?"))),
            ("**Q: What is it?**", Some((Side::Question, "What is it?"))),
            ("- Q: What is it?", Some((Side::Question, "What is it?"))),
            ("### Question: What is it?", Some((Side::Question, "What is it?"))),
            ("Q2: What", Some((Side::Question, "What"))),
            ("问题：什么", Some((Side::Question, "什么"))),
            ("A: a cloud", Some((Side::Answer, "a cloud"))),
            ("A2: a cloud", Some((Side::Answer, "a cloud"))),
            ("**A:** a cloud", Some((Side::Answer, "a cloud"))),
            ("**Answer:** a cloud", Some((Side::Answer, "a cloud"))),
            ("Answer: a cloud", Some((Side::Answer, "a cloud"))),
            ("答案：云", Some((Side::Answer, "云"))),
            ("---", Some((Side::End, ""))),
            ("A cloud: white", None),
            ("A) a cloud", None),
            ("Quiet: please", None),
            ("    Q: code", None),
        ];
        for (line, expected) in table {
            let read = mark(line);
            assert_eq!(read.as_ref().map(|mark| (mark.side, mark.text)), expected, "{line}");
        }
    }
}
