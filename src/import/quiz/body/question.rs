//! What the parts of a question say: its texts, free of the marks around them, and its answer.

use super::{Body, What};
use crate::import::{
    Kind, Problem, answer,
    draft::{Answer, Draft, DraftOption, Part, Stated, capital},
    key::Keyed,
    lines::{any_label, tight_label, trimmed, unquoted, with_lines_below},
    mention::Mention,
    places::At,
    quiz::{
        heads::is_heading,
        is_loose, problem,
        sign::{seems_boxed, without_tags},
    },
    reading::Reading,
};

impl Body<'_, '_> {
    /// Hands the question over.
    pub fn read(mut self, keyed: Keyed<'_, '_>, reading: &mut Reading) {
        let mut problems = std::mem::take(&mut self.contradictions);
        problems.extend(self.unclosed_fence());
        problems.extend(self.things_to_do());
        let mut draft = self.draft(&mut problems);
        let stated = self.answer.map(|text| !answer::is_lettered(text) && draft.answer.is_none());
        let words = if self.options == 0 && stated.is_none() { keyed.words() } else { None };
        if let Some(words) = words {
            draft.explanation = Some(words);
            return reading.recall(draft, problems);
        }
        if self.options == 0 && stated == Some(true) {
            return reading.recall(draft, problems);
        }
        problems.extend(self.runs_on());
        problems.extend(self.unread_option());
        problems.extend(keyed.complete(&mut draft));
        let explained_from = self.explained_from();
        let find = |part, words: Mention<'_>| self.place_of(part, explained_from, words);
        reading.question(draft, problems, &find);
    }

    /// Whether something is asked. A colon above boxes of which none is ticked heads a list of things to do.
    pub fn asks(&self) -> bool {
        let (_, stem) = self.stem();
        let settled = self.chosen || self.answer.is_some();
        is_asking(&stem) || (settled && stem.contains([':', '：']))
    }

    /// Boxes without a number and without anything that is asked above them may be a list of things to do.
    fn things_to_do(&self) -> Option<Problem> {
        let may_be = self.ticked && self.head.start.is_none() && !self.asks();
        let (_, stem) = self.stem();
        if !may_be || stem.is_empty() || demands(&stem) {
            return None;
        }
        let unasked = problem(Kind::NoStem, self.head.line, "nothing is asked above these boxes");
        let hint = "End the text above them with a question mark if they are options; otherwise there is nothing to do.";
        Some(Problem { hint, ..unasked })
    }

    fn draft(&self, problems: &mut Vec<Problem>) -> Draft {
        let (topic, stem) = self.stem();
        let mut draft = Draft {
            at: At::of(self.head.line, "", 0),
            number: self.head.number().map(str::to_owned),
            difficulty: self.head.start.as_ref().and_then(|start| start.difficulty).map(str::to_owned),
            category: None,
            topic,
            stem,
            options: Vec::with_capacity(self.options),
            answer: None,
            explanation: None,
        };
        let mut explanation: Vec<String> = Vec::new();
        let mut right = Vec::new();
        for (place, (line, what)) in self.parts.iter().enumerate() {
            let line = *line;
            let end = self.parts.get(place + 1).map_or(self.end, |(next, _)| *next);
            match what {
                What::Option(label) => {
                    draft.options.push(self.an_option(line, label.offset, label.text, end))
                }
                What::Ticked(ticked) => {
                    if ticked.right {
                        right.push(u8::try_from(draft.options.len()).unwrap_or(u8::MAX));
                    }
                    draft.options.push(self.an_option(line, ticked.offset, ticked.text, end));
                }
                What::Answer(text) => {
                    explanation.push(self.stated(&mut draft, line, text, end, problems));
                }
                What::Explanation(text) => explanation.push(self.text_of_part(line, text, line + 1, end)),
            }
        }
        explanation.retain(|part| !part.is_empty());
        draft.explanation = Some(explanation.join("\n\n"));
        self.tick(&mut draft, right, problems);
        draft
    }

    fn an_option(&self, line: usize, offset: usize, first: &str, end: usize) -> DraftOption {
        let text = with_lines_below(first, &self.plain(line + 1, end));
        DraftOption { at: At::of(line, self.lines.text(line), offset), text }
    }

    /// Takes the answer down, and gives what is explained with it.
    fn stated(
        &self,
        draft: &mut Draft,
        line: usize,
        text: &str,
        end: usize,
        problems: &mut Vec<Problem>,
    ) -> String {
        let mut said = (line, text.trim());
        let is_alone = |line: &usize| answer::is_lettered(without_tags(self.lines.text(*line)));
        if said.1.is_empty() {
            let below = (line + 1..end).find(|line| !without_tags(self.lines.text(*line)).trim().is_empty());
            let below = below.filter(|line| !self.lines.is_inert(*line)).filter(is_alone);
            said = below.map_or(said, |line| (line, without_tags(self.lines.text(line)).trim()));
        }
        if draft.options.is_empty() && !answer::is_lettered(said.1) {
            return self.text(text, line + 1, end);
        }
        let (stated, remark) = answer::stated(said.1, &draft.options);
        let whole = self.lines.text(said.0);
        let at = At::of(said.0, whole, whole.rfind(said.1).unwrap_or(0));
        match &draft.answer {
            None => draft.answer = Some(Answer { at, stated }),
            Some(first) if first.stated != stated => {
                let message = format!("{} states a second answer", self.name());
                problems.push(draft.problem(Kind::TwoAnswers, at, message));
            }
            Some(_) => {}
        }
        self.text_of_part(line, remark, said.0 + 1, end)
    }

    /// The text of a part, which its label may take along into a quotation.
    fn text_of_part(&self, label: usize, first: &str, from: usize, to: usize) -> String {
        let text = self.text(first, from, to);
        if self.lines.first(label) == b'>' { trimmed(&unquoted(&text)).to_owned() } else { text }
    }

    /// Checkboxes are an answer; letters before their texts are not part of them.
    fn tick(&self, draft: &mut Draft, right: Vec<u8>, problems: &mut Vec<Problem>) {
        if !self.ticked {
            return;
        }
        let labels: Vec<Option<(u8, String)>> = draft
            .options
            .iter()
            .map(|option| any_label(&option.text).map(|label| (label.letter, label.text.to_owned())))
            .collect();
        let in_order =
            labels.iter().zip(0..).all(|(label, place)| label.as_ref().is_some_and(|it| it.0 == place));
        if in_order {
            for (option, (_, text)) in draft.options.iter_mut().zip(labels.into_iter().flatten()) {
                option.text = text;
            }
        }
        let Some(first) = right.first() else { return };
        let at = draft.options[usize::from(*first)].at;
        if let Some(Answer { at, stated: Stated::Options(keys) }) = &draft.answer
            && *keys != right
        {
            let message = format!("the answer of {} is not what is ticked", self.name());
            problems.push(draft.problem(Kind::TwoAnswers, *at, message));
        }
        draft.answer = Some(Answer { at, stated: Stated::Options(right) });
    }

    /// The topic, where a heading gives one, and the stem.
    fn stem(&self) -> (String, String) {
        let until = self.parts.first().map_or(self.end, |(line, _)| *line);
        let own = self.lines.text(self.head.line);
        let (first, heading) = match &self.head.start {
            Some(start) => (start.text, start.level.is_some()),
            None if until <= self.head.line => ("", false),
            None if self.lines.is_inert(self.head.line) => (own, false),
            None if is_heading(own) => (own.trim().trim_matches('#').trim(), true),
            None => (own, false),
        };
        let below = self.text("", self.head.line + 1, until);
        if heading && is_asking(&below) && !is_asking(first) {
            return (first.to_owned(), below);
        }
        let bold = first.trim().strip_prefix("**").and_then(|inner| inner.strip_suffix("**"));
        let first = bold.filter(|bold| !bold.contains("**")).unwrap_or(first);
        (String::new(), self.text(first, self.head.line + 1, until))
    }

    /// The text from one line to before another, behind a first line of its own.
    fn text(&self, first: &str, from: usize, to: usize) -> String {
        let text = with_lines_below(without_tags(first), &self.plain(from, to));
        let text = trimmed(&text);
        if is_quotation(text) { unquoted(text) } else { text.to_owned() }
    }

    /// The lines from one to before another, without the tags that fold parts away.
    fn plain(&self, from: usize, to: usize) -> String {
        let span = self.lines.span(from, to);
        if !span.contains('<') {
            return span.to_owned();
        }
        let mut text = String::with_capacity(span.len());
        for line in from..to {
            let own = self.lines.text(line);
            let kept = if self.lines.is_inert(line) { own } else { without_tags(own) };
            if kept.len() == own.len() || !kept.trim().is_empty() {
                text.push_str(kept);
                text.push('\n');
            }
        }
        text
    }

    fn explained_from(&self) -> usize {
        let explains = |what: &What<'_>| matches!(what, What::Answer(_) | What::Explanation(_));
        self.parts.iter().find(|(_, what)| explains(what)).map_or(self.head.line, |(line, _)| *line)
    }

    fn place_of(&self, part: Part, explained_from: usize, words: Mention<'_>) -> At {
        let from = match part {
            Part::Whole => self.head.line,
            Part::Explanation => explained_from,
        };
        let lines = (from..self.end).map(|line| (line, self.lines.text(line)));
        let (line, at) = words.place(lines).unwrap_or((from, 0));
        At::of(line, self.lines.text(line), at)
    }

    fn unclosed_fence(&self) -> Option<Problem> {
        let first = self.lines.unclosed.partition_point(|unclosed| unclosed.line < self.head.line);
        let unclosed = self.lines.unclosed.get(first).filter(|unclosed| unclosed.line < self.end)?;
        let message = format!("{} has a code block that is never closed", self.name());
        let question = self.head.number().map(str::to_owned);
        Some(Problem { question, ..problem(Kind::UnclosedFence, unclosed.line, &message) })
    }

    /// Text behind a blank line under the last lettered option that is neither indented nor code.
    fn runs_on(&self) -> Option<Problem> {
        let place = self.parts.iter().rposition(|(_, what)| matches!(what, What::Option(_)))?;
        let end = self.parts.get(place + 1).map_or(self.end, |(next, _)| *next);
        let mut behind = (self.parts[place].0 + 1..end).skip_while(|line| !self.lines.is_blank(*line));
        let is_text = |line: &usize| !trimmed(without_tags(self.lines.text(*line))).trim().is_empty();
        let loose = behind.find(|line| is_loose(self.lines, *line) && is_text(line))?;
        Some(self.part_of_option(place, loose))
    }

    /// A line below an option that begins like another one of its list, and is none that is known.
    fn unread_option(&self) -> Option<Problem> {
        self.parts.iter().enumerate().find_map(|(place, (line, what))| {
            let end = self.parts.get(place + 1).map_or(self.end, |(next, _)| *next);
            let below = (line + 1..end).take_while(|below| !self.lines.is_blank(*below));
            let mut read = below.filter(|below| !self.lines.is_inert(*below));
            let unread = read.find(|below| what.seems_beside(self.lines.text(*below)))?;
            Some(self.part_of_option(place, unread))
        })
    }

    fn part_of_option(&self, place: usize, line: usize) -> Problem {
        let message = format!("this text is taken as part of option {}", capital(place));
        let question = self.head.number().map(str::to_owned);
        Problem { question, ..problem(Kind::OptionRunsOn, line, &message) }
    }
}

impl What<'_> {
    /// Whether a line begins like an option of the list that this one belongs to.
    fn seems_beside(&self, line: &str) -> bool {
        match self {
            Self::Option(above) => tight_label(line).is_some_and(|label| label.is_beside(above)),
            Self::Ticked(_) => seems_boxed(line),
            Self::Answer(_) | Self::Explanation(_) => false,
        }
    }
}

fn is_asking(text: &str) -> bool {
    text.contains(['?', '？', '؟'])
}

/// Whether a stem leaves a gap, or says what to do with its options.
fn demands(stem: &str) -> bool {
    const DEMANDS: [&str; 5] = ["choose ", "select ", "pick ", "tick ", "fill "];
    let begins = |demand: &&str| {
        stem.split_at_checked(demand.len()).is_some_and(|(begun, _)| begun.eq_ignore_ascii_case(demand))
    };
    let gaps = ["___", "…", "..."].iter().any(|gap| stem.contains(gap));
    gaps || DEMANDS.iter().any(begins)
}

/// Whether all of a text is a quotation.
fn is_quotation(text: &str) -> bool {
    let is_quoted = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('>');
    text.trim_start().starts_with('>') && text.lines().all(is_quoted)
}
