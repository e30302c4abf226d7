//! One question: its texts, its answer, and all that is wrong with it.

use memchr::memmem;

use super::{
    block::Block,
    column, holds_back,
    lines::Lines,
    marks::{Label, Labelled, letters},
    number,
    outline::{Outline, What, capital},
    trimmed,
};
use crate::{
    domain::{
        ids::OptionId,
        question::{Choice, Question},
    },
    import::{Kind, ParsedQuestion, Problem, prose::Prose, remarks, shuffling},
};

/// What a question says, before anything is known to be right.
pub(super) struct Draft<'a> {
    stem: String,
    options: Vec<DraftOption<'a>>,
    answer: Option<DraftAnswer<'a>>,
    explanation: String,
    /// The line where the explanation, or else the answer, begins.
    explained_from: usize,
}

struct DraftOption<'a> {
    line: usize,
    end: usize,
    label: Label<'a>,
    text: String,
}

struct DraftAnswer<'a> {
    line: usize,
    text: &'a str,
}

impl<'a> Draft<'a> {
    pub fn of(block: &Block<'_, 'a>, outline: &Outline<'a>) -> Self {
        let lines = block.lines;
        let stem = part_text(block.head.rest, lines.span(block.line + 1, outline.stem_end()));
        let (options, answer, explanation) = (Vec::new(), None, String::new());
        let mut draft = Self { stem, options, answer, explanation, explained_from: outline.end };
        for (place, part) in outline.parts.iter().enumerate() {
            let (line, end) = (part.line, outline.end_of(place));
            match part.what {
                What::Option(label) => {
                    let text = option_text(label.text, lines.span(line + 1, end));
                    draft.options.push(DraftOption { line, end, label, text });
                }
                What::Answer(labelled) => draft.answer(lines, line, end, labelled),
                What::Explanation(labelled) => {
                    draft.explain(line, labelled.rest, lines.span(line + 1, end));
                }
            }
        }
        draft
    }

    /// The letters stand behind the label, or alone in the next line that has text.
    fn answer(&mut self, lines: &Lines<'a>, line: usize, end: usize, labelled: Labelled<'a>) {
        let mut at = line;
        if labelled.rest.is_empty() {
            let next =
                (line + 1..end).find(|line| !lines.is_blank(*line)).filter(|line| !lines.is_inert(*line));
            at = next.filter(|next| letters(lines.text(*next)).is_some()).unwrap_or(line);
        }
        let text = if at == line { labelled.rest } else { lines.text(at).trim() };
        self.answer = Some(DraftAnswer { line: at, text });
        self.explain(line, "", lines.span(at + 1, end));
    }

    fn explain(&mut self, line: usize, first: &str, rest: &str) {
        self.explained_from = self.explained_from.min(line);
        let text = part_text(first, rest);
        if self.explanation.is_empty() {
            self.explanation = text;
        } else if !text.is_empty() {
            self.explanation.push_str("\n\n");
            self.explanation.push_str(&text);
        }
    }

    pub fn question(
        self,
        block: &Block<'_, '_>,
        outline: Outline<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<ParsedQuestion> {
        if let Some(unclosed) = block.unclosed_fence(outline.end) {
            // What the code block swallowed is missing below it: those complaints would only mislead.
            problems.push(unclosed);
            return None;
        }
        let contradicts_itself = !outline.contradictions.is_empty();
        problems.extend(outline.contradictions);
        if !contradicts_itself {
            problems.extend(self.wrong_options(block));
        }
        let keys = self.keys(block, problems);
        // In a second version another answer is no surprise.
        let claimed = if contradicts_itself { &[] } else { keys.as_slice() };
        let explanation = Prose::of(&self.explanation);
        self.check_explanation(block, &explanation, claimed, problems);
        problems.extend(self.unknown_directive(block));
        let topic = self.topic_as_stem(block, problems);
        if holds_back(problems) {
            return None;
        }
        let texts: Vec<&str> = self.options.iter().map(|option| option.text.as_str()).collect();
        let (shuffling, reason) = shuffling::decide_with(&self.stem, &texts, explanation);
        let mut question = self.finished(block, topic, keys)?;
        question.shuffling = shuffling;
        Some(ParsedQuestion { question, line: number(block.line), reason })
    }

    fn wrong_options(&self, block: &Block<'_, '_>) -> Vec<Problem> {
        let found = self.options.len();
        if found < 2 {
            return vec![
                block.problem_of_head(Kind::TooFewOptions, "has fewer than two options that can be read"),
            ];
        }
        let mut problems = Vec::new();
        for (place, option) in self.options.iter().enumerate() {
            let problem =
                |kind, message| block.problem(kind, option.line, self.column_of(block, place), message);
            let letter = capital(option.label.letter);
            if is_silent(&option.text) {
                problems.push(problem(Kind::EmptyOption, format!("option {letter} has no text")));
            } else if let Some(same) = self.earlier_with_text_of(place) {
                let message = format!("options {same} and {letter} have the same text");
                problems.push(problem(Kind::IdenticalOptions, message));
            }
        }
        let last = &self.options[found - 1];
        problems.extend(runs_on(block, last));
        problems
    }

    fn column_of(&self, block: &Block<'_, '_>, place: usize) -> u32 {
        let option = &self.options[place];
        column(block.lines.text(option.line), option.label.offset)
    }

    fn earlier_with_text_of(&self, place: usize) -> Option<char> {
        let text = &self.options[place].text;
        let same = self.options[..place].iter().find(|earlier| earlier.text == *text)?;
        Some(capital(same.label.letter))
    }

    /// The right options by place, as far as they can be read.
    fn keys(&self, block: &Block<'_, '_>, problems: &mut Vec<Problem>) -> Vec<u8> {
        let Some(answer) = &self.answer else {
            if self.options.len() > 1 {
                problems.push(block.problem_of_head(Kind::NoAnswer, "has no answer"));
            }
            return Vec::new();
        };
        let problem = |kind, message| {
            let line = block.lines.text(answer.line);
            let at = column(line, line.rfind(answer.text).unwrap_or(0));
            block.problem(kind, answer.line, at, message)
        };
        let Some(keys) = letters(answer.text) else {
            let message = format!("the answer of question {} cannot be read", block.head.number);
            problems
                .push(problem(Kind::UnreadableAnswer, message).contrast("letters of options", answer.text));
            return Vec::new();
        };
        let options = self.options.len();
        let unknown = keys.iter().find(|key| usize::from(**key) >= options).filter(|_| options > 1);
        if let Some(unknown) = unknown {
            let last = capital(u8::try_from(options - 1).unwrap_or(u8::MAX));
            let message = format!("question {} has no option {}", block.head.number, capital(*unknown));
            problems.push(
                problem(Kind::UnknownAnswer, message).contrast(format!("A to {last}"), capital(*unknown)),
            );
            return Vec::new();
        }
        keys
    }

    fn check_explanation(
        &self,
        block: &Block<'_, '_>,
        prose: &Prose<'_>,
        keys: &[u8],
        problems: &mut Vec<Problem>,
    ) {
        if self.options.len() > 1 && is_silent(&self.explanation) {
            problems.push(block.problem_of_head(Kind::NoExplanation, "has no explanation"));
            return;
        }
        if let Some(other) = remarks::other_answer(prose, keys, self.options.len()) {
            let stated: String = keys.iter().copied().map(capital).collect();
            let message = format!(
                "the explanation says that {} is right, and the answer is {stated}",
                capital(other.letter)
            );
            let problem = self.problem_in_explanation(block, Kind::OtherAnswerNamed, other.words, message);
            problems.push(problem.contrast(stated, capital(other.letter)));
        }
        if let Some(words) = remarks::drafting(prose) {
            let message = "the explanation thinks aloud".to_owned();
            let problem = self.problem_in_explanation(block, Kind::DraftingRemark, words, message);
            problems.push(Problem { found: Some(words.to_owned()), ..problem });
        }
    }

    fn unknown_directive(&self, block: &Block<'_, '_>) -> Option<Problem> {
        let written = block.lines.span(block.line, block.limit());
        memmem::find(written.as_bytes(), b"retain:")?;
        let options = self.options.iter().map(|option| option.text.as_str());
        let texts = [self.stem.as_str()].into_iter().chain(options).chain([self.explanation.as_str()]);
        let unknown = shuffling::unknown_directive(texts)?;
        let line = (block.line..block.limit()).find(|line| block.lines.text(*line).contains("retain:"))?;
        let at = column(block.lines.text(line), block.lines.text(line).find("retain:").unwrap_or(0));
        let message = "this comment says nothing that the program knows".to_owned();
        let problem = block.problem(Kind::UnknownDirective, line, at, message);
        Some(problem.contrast("fixed-order or shuffle", unknown))
    }

    fn problem_in_explanation(
        &self,
        block: &Block<'_, '_>,
        kind: Kind,
        words: &str,
        message: String,
    ) -> Problem {
        let mut lines = self.explained_from..block.limit();
        let place = lines.find_map(|line| block.lines.text(line).find(words).map(|at| (line, at)));
        let (line, at) = place.unwrap_or((self.explained_from, 0));
        block.problem(kind, line, column(block.lines.text(line), at), message)
    }

    /// The topic, where there is no stem.
    fn topic_as_stem<'b>(&self, block: &Block<'_, 'b>, problems: &mut Vec<Problem>) -> Option<&'b str> {
        if !is_silent(&self.stem) {
            return None;
        }
        let topic = block.head.topic;
        problems.push(if topic.is_empty() {
            block.problem_of_head(Kind::NoStem, "asks nothing")
        } else {
            block.problem_of_head(Kind::TopicAsStem, "has no stem, so its topic is asked")
        });
        Some(topic)
    }

    fn finished(self, block: &Block<'_, '_>, topic: Option<&str>, keys: Vec<u8>) -> Option<Question> {
        let options =
            (0_u16..).zip(self.options).map(|(id, option)| Choice { id: OptionId(id), text: option.text });
        let keys = keys.into_iter().map(|key| OptionId(key.into())).collect();
        let stem = topic.map_or(self.stem, str::to_owned);
        let mut question = Question::new(stem, options.collect(), keys).ok()?;
        question.number = Some(block.head.number.to_owned());
        question.difficulty = block.head.difficulty.map(str::to_owned);
        question.category = block.head.category.map(str::to_owned);
        question.topic = block.head.topic.to_owned();
        question.explanation = self.explanation;
        Some(question)
    }
}

/// Text behind a blank line under the last option that is neither indented nor code.
fn runs_on(block: &Block<'_, '_>, last: &DraftOption<'_>) -> Option<Problem> {
    let mut behind = (last.line + 1..last.end).skip_while(|line| !block.lines.is_blank(*line));
    let loose = behind.find(|line| {
        let text = block.lines.text(*line);
        let indented = text.starts_with([' ', '\t']);
        !indented && !block.lines.is_inert(*line) && !is_silent(trimmed(text))
    })?;
    let letter = capital(last.label.letter);
    let message = format!("this text is taken as part of option {letter}");
    Some(block.problem(Kind::OptionRunsOn, loose, 1, message))
}

fn part_text(first: &str, rest: &str) -> String {
    let rest = if first.is_empty() { trimmed(rest) } else { rest.trim_end() };
    match (first.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_owned(),
        (false, true) => first.to_owned(),
        (false, false) => trimmed(&format!("{first}\n{rest}")).to_owned(),
    }
}

/// The lines below an option's first one lose the indentation that they share.
fn option_text(first: &str, rest: &str) -> String {
    let rest = trimmed(rest);
    if rest.is_empty() {
        return first.to_owned();
    }
    let written = rest.lines().filter(|line| !line.trim().is_empty());
    let shared =
        written.map(|line| line.len() - line.trim_start_matches([' ', '\t']).len()).min().unwrap_or(0);
    let rest: Vec<&str> = rest.lines().map(|line| line.get(shared..).unwrap_or("")).collect();
    part_text(first, &rest.join("\n"))
}

/// Whether a text holds nothing that anybody sees.
pub(super) fn is_silent(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, behind)) = comment.split_once("-->") else { return false };
        rest = behind.trim_start();
    }
    rest.is_empty()
}
