//! One question of a quiz: where its parts begin, what they say, and where it ends. What contradicts
//! itself is told and never chosen from.

mod question;

use super::{
    Line,
    heads::Head,
    sign::{Fold, Sign, Ticked, sign, without_tags},
};
use crate::import::{
    Kind, Problem, answer,
    draft::holds_back,
    key::names_several,
    lines::{Label, Labelled, Lines, Style, letters},
    places::At,
};

/// The lines of a question and their parts.
pub(super) struct Body<'l, 'a> {
    lines: &'l Lines<'a>,
    head: &'l Head<'a>,
    /// The line behind its last one.
    pub end: usize,
    parts: Vec<(usize, What<'a>)>,
    options: usize,
    style: Option<Style>,
    /// How far the first option is indented.
    offset: usize,
    ticked: bool,
    /// Whether one of its boxes is ticked.
    chosen: bool,
    /// The text of the first answer.
    answer: Option<&'a str>,
    /// The line that calls the first answer several, where it does.
    several: Option<usize>,
    explained: bool,
    contradictions: Vec<Problem>,
}

#[derive(Clone, Copy)]
enum What<'a> {
    Option(Label<'a>),
    Ticked(Ticked<'a>),
    /// The text of the answer.
    Answer(&'a str),
    /// The explanation begins in this line, behind its label or with the whole line.
    Explanation(&'a str),
}

/// `<b>B</b>`
fn without_bold_tags(text: &str) -> &str {
    let trimmed = text.trim();
    let tags = [("<b>", "</b>"), ("<strong>", "</strong>")];
    tags.iter().find_map(|(open, close)| trimmed.strip_prefix(open)?.strip_suffix(close)).unwrap_or(text)
}

impl<'l, 'a> Body<'l, 'a> {
    /// The question that begins with a head, at most down to the limit.
    pub fn of(lines: &'l Lines<'a>, signs: &[Line<'a>], head: &'l Head<'a>, limit: usize) -> Self {
        let first = signs.partition_point(|line| line.at <= head.line);
        let behind = signs.partition_point(|line| line.at < limit);
        // Options may begin on the very line of the head, where nothing stands above them.
        let first =
            first - usize::from(first > 0 && signs[first - 1].at == head.line && signs[first - 1].begins);
        let signs = &signs[first.min(behind)..behind];
        let mut body = Self {
            lines,
            head,
            end: limit,
            parts: Vec::new(),
            options: 0,
            style: None,
            offset: 0,
            ticked: false,
            chosen: false,
            answer: None,
            several: None,
            explained: false,
            contradictions: Vec::new(),
        };
        let last_options = signs.iter().rposition(|line| line.begins);
        for (place, line) in signs.iter().enumerate() {
            let options_follow = body.options == 0 && last_options.is_some_and(|options| options > place);
            if body.is_ended_by(line, signs.get(place + 1)) {
                body.end = line.at;
                break;
            }
            body.take(line, signs.get(place + 1), options_follow);
        }
        body.explain_with_loose_text();
        body
    }

    /// A heading or a rule behind the options and the answer.
    fn is_ended_by(&self, line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
        let settled = self.answer.is_some() || (self.ticked && self.options > 0);
        let heading = match &line.sign {
            Sign::Heading(level) => Some(*level),
            Sign::Start(start) => start.level,
            Sign::Rule => {
                let goes_on = next.is_some_and(|next| {
                    matches!(next.sign, Sign::Explanation(_) | Sign::Answer(_) | Sign::Fold(_))
                });
                return settled && !goes_on && !line.folded;
            }
            Sign::Option(_)
            | Sign::Ticked(_)
            | Sign::Answer(_)
            | Sign::Explanation(_)
            | Sign::Quote
            | Sign::Fold(_)
            | Sign::FoldEnd => None,
        };
        let own = self.head.start.as_ref().and_then(|start| start.level);
        let is_higher = heading.is_some_and(|level| own.is_none_or(|own| level <= own));
        is_higher && !line.folded && (settled || self.options > 0)
    }

    fn take(&mut self, line: &Line<'a>, next: Option<&Line<'a>>, options_follow: bool) {
        match line.sign {
            Sign::Option(label) => self.option(line, label),
            Sign::Ticked(ticked) => self.ticked(line, ticked),
            _ if options_follow => {}
            Sign::Answer(labelled) => self.answer(line.at, labelled),
            Sign::Explanation(labelled) => self.explanation(line.at, labelled),
            Sign::Fold(fold) => self.fold(line.at, fold, next),
            Sign::Quote if self.options > 0 && !self.explained && self.answer.is_none() => {
                self.explain(line.at, self.lines.text(line.at));
            }
            Sign::Quote | Sign::Start(_) | Sign::Heading(_) | Sign::Rule | Sign::FoldEnd => {}
        }
    }

    fn option(&mut self, line: &Line<'a>, label: Label<'a>) {
        let Some(style) = self.style else {
            if line.begins && self.options == 0 && self.answer.is_none() {
                (self.style, self.offset) = (Some(label.style), label.offset);
                self.add(line.at, What::Option(label));
            }
            return;
        };
        if line.folded || holds_back(&self.contradictions) {
            return;
        }
        let closed = self.answer.is_some() || self.explained;
        if style != label.style {
            if line.begins && !closed && label.offset <= self.offset {
                self.other_options(line, label);
            }
            return;
        }
        if !closed && usize::from(label.letter) == self.options {
            return self.add(line.at, What::Option(label));
        }
        let at = At::of(line.at, self.lines.text(line.at), label.offset);
        if line.begins || (!closed && label.letter == 0) {
            self.contradict(Kind::LettersRestart, at, "the options of {} begin again");
        } else if !closed {
            self.contradict(Kind::LettersOutOfOrder, at, "the options of {} are not in order");
        }
    }

    /// Options in another style below the first ones, which are a list of the stem where the question stands between.
    fn other_options(&mut self, line: &Line<'a>, label: Label<'a>) {
        let last = self.parts.last().map_or(line.at, |(last, _)| last + 1);
        let asks = |line: usize| self.lines.text(line).trim_end().ends_with(['?', '？']);
        if (last..line.at).any(asks) {
            self.parts.clear();
            self.options = 0;
            (self.style, self.offset) = (Some(label.style), label.offset);
            return self.add(line.at, What::Option(label));
        }
        let at = At::of(line.at, self.lines.text(line.at), label.offset);
        self.contradict(Kind::LettersRestart, at, "the options of {} begin again");
    }

    fn ticked(&mut self, line: &Line<'a>, ticked: Ticked<'a>) {
        if self.style.is_some() || line.folded || holds_back(&self.contradictions) {
            return;
        }
        let closed = self.answer.is_some() || self.explained;
        if self.options > 0 && (closed || line.begins) {
            let at = At::of(line.at, self.lines.text(line.at), ticked.offset);
            return self.contradict(Kind::LettersRestart, at, "the options of {} begin again");
        }
        self.ticked = true;
        self.chosen |= ticked.right;
        self.add(line.at, What::Ticked(ticked));
    }

    fn add(&mut self, line: usize, what: What<'a>) {
        self.options += 1;
        self.parts.push((line, what));
    }

    fn answer(&mut self, line: usize, labelled: Labelled<'a>) {
        let text = without_tags(labelled.rest);
        let Some(first) = self.answer else {
            let label = self.lines.text(line).split([':', '：']).next().unwrap_or_default();
            self.several = names_several(label).then_some(line);
            return self.state(line, text);
        };
        if labelled.is_sentence {
            return;
        }
        let (stated, again) = (letters(first), letters(text));
        let differs = again.is_some() && again != stated;
        if differs || (labelled.bold && first.trim() != text.trim()) {
            let at = At::of(line, self.lines.text(line), self.lines.text(line).rfind(text).unwrap_or(0));
            self.contradict(Kind::TwoAnswers, at, "{} states a second answer");
        }
    }

    fn state(&mut self, line: usize, text: &'a str) {
        let text = without_bold_tags(text);
        self.answer.get_or_insert(text);
        self.parts.push((line, What::Answer(text)));
    }

    fn explanation(&mut self, line: usize, labelled: Labelled<'a>) {
        if self.explained && labelled.bold {
            let at = At::of(line, "", 0);
            return self.contradict(Kind::TwoExplanations, at, "{} has a second explanation");
        }
        if !self.explained {
            self.explain(line, labelled.rest);
        }
    }

    fn explain(&mut self, line: usize, text: &'a str) {
        self.explained = true;
        self.parts.push((line, What::Explanation(text)));
    }

    /// What is folded away is the answer, when its heading says so, or else the explanation. Behind an
    /// answer, letters are a second one.
    fn fold(&mut self, line: usize, fold: Fold<'a>, next: Option<&Line<'a>>) {
        let settled = self.chosen || self.answer.is_some();
        match self.revealed(line, fold, next) {
            Some((at, said)) if !settled => {
                self.several = names_several(fold.summary).then_some(line);
                return self.state(at, said);
            }
            Some((at, said)) if self.options > 0 && answer::is_lettered(said) => return self.state(at, said),
            None if fold.reveals && !settled => return,
            Some(_) | None => {}
        }
        // A fold without a heading of its own has one in the next line, as a rule.
        let is_headed = self.ticked || !fold.summary.is_empty();
        if self.options > 0 && !self.explained && is_headed {
            self.explain(line, "");
        }
    }

    /// What a fold that promises an answer says, and in which line; none where a label of its own says it.
    /// It is looked for as far as the next sign, since there may be as many folds as lines.
    fn revealed(&self, line: usize, fold: Fold<'a>, next: Option<&Line<'a>>) -> Option<(usize, &'a str)> {
        if let Some(said) = fold.answer() {
            return Some((line, said));
        }
        if !fold.reveals {
            return None;
        }
        let own = without_tags(self.lines.text(line));
        if !own.trim().is_empty() {
            let said = match sign(own) {
                Some(Sign::Answer(labelled)) => without_tags(labelled.rest),
                Some(_) | None => own,
            };
            return Some((line, said));
        }
        let until = next.map_or(self.end, |next| match next.sign {
            Sign::Fold(_) | Sign::FoldEnd | Sign::Answer(_) | Sign::Explanation(_) => next.at,
            Sign::Start(_)
            | Sign::Heading(_)
            | Sign::Rule
            | Sign::Option(_)
            | Sign::Ticked(_)
            | Sign::Quote => next.at + 1,
        });
        let is_text = |at: &usize| !without_tags(self.lines.text(*at)).trim().is_empty();
        let at = (line + 1..until).find(is_text)?;
        match self.lines.is_inert(at) {
            true => (self.options == 0).then_some((at, "")),
            false => Some((at, without_tags(self.lines.text(at)))),
        }
    }

    /// Whether it says itself what is right.
    pub fn is_answered(&self) -> bool {
        self.chosen || self.answer.is_some()
    }

    /// The line from which an answer is stated that is called several, and its text by lines.
    pub fn several_answers(&self) -> Option<(usize, Vec<(usize, &'a str)>)> {
        let from = self.several?;
        let (at, text) = self.parts.iter().find_map(|(at, what)| match what {
            What::Answer(text) => Some((*at, text.trim())),
            What::Option(_) | What::Ticked(_) | What::Explanation(_) => None,
        })?;
        let whole = self.lines.text(at);
        let is_label = from == at && !text.is_empty() && !whole.trim_start().starts_with('<');
        if is_label || whole.contains("</details>") {
            return Some((from, vec![(at, text)]));
        }
        let closes = |line: &usize| self.lines.text(*line).trim_start().starts_with("</details>");
        let below = (at + 1..self.end).take_while(|line| !closes(line));
        let lines = below.map(|line| (line, without_tags(self.lines.text(line)).trim()));
        Some((from, [(at, text)].into_iter().chain(lines).filter(|(_, text)| !text.is_empty()).collect()))
    }

    /// Whether these may be letters of its own options: each once, in order.
    pub fn may_mean(&self, letters: &[u8]) -> bool {
        letters.is_sorted_by(|one, next| one < next)
            && letters.last().is_some_and(|last| usize::from(*last) < self.options)
    }

    /// Holds the question back, since its answer may be those of all questions.
    pub fn doubt_answer(&mut self, line: usize) {
        let message = "these may be the answers to all questions, or to {} alone";
        self.contradict(Kind::AmbiguousAnswer, At::of(line, "", 0), message);
        if let Some(problem) = self.contradictions.last_mut() {
            problem.hint = "Number them, such as `1. B, 2. A`, or state each below its question.";
        }
    }

    fn contradict(&mut self, kind: Kind, at: At, message: &str) {
        let problem = Problem::new(kind, at.line, at.column, message.replace("{}", &self.name()));
        self.contradictions.push(Problem { question: self.head.number().map(str::to_owned), ..problem });
    }

    fn name(&self) -> String {
        self.head.number().map_or_else(|| "this question".to_owned(), |number| format!("question {number}"))
    }

    /// Below the last checkbox, text behind a blank line explains.
    fn explain_with_loose_text(&mut self) {
        let Some((line, What::Ticked(_))) = self.parts.last() else { return };
        let mut behind = (line + 1..self.end).skip_while(|line| !self.lines.is_blank(*line));
        let loose = behind.find(|line| !self.lines.is_blank(*line) && !self.lines.is_inert(*line));
        if let Some(loose) = loose.filter(|line| !without_tags(self.lines.text(*line)).trim().is_empty()) {
            self.explain(loose, self.lines.text(loose));
        }
    }
}
