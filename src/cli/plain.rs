//! `retain study --plain`: a sitting line by line, for screen readers, pipes and odd terminals.
//!
//! Every prompt is a line of its own, so that a program that reads along never finds two things on
//! one line. `saved` is printed after the answer is on disk and not before.

mod commands;

use std::{
    io::{BufRead, Write},
    time::Instant,
};

use super::text::{counted, one_line, plain_lines};
use crate::{
    app::{App, Error, Idle},
    domain::{
        deck::Scope,
        grade::Grade,
        ids::{CardId, EventId, OptionId},
        question::Question,
        review_log::{Act, Outcome},
        session::{Asking, Revealed, Session, letter_at},
    },
    typeset::Document,
};
use commands::Command;

const HELP: &str = "A letter answers, ? is “I don't know”. \
                    Also: skip, suspend, bury, flag, reset, undo, redo, quit.";
const HELP_ON_FLIP_CARD: &str = "Enter shows the answer. \
                                 Also: skip, suspend, bury, flag, reset, undo, redo, quit.";
const TRY_GRADE_AGAIN: &str = "Nothing was saved; give the grade once more to try again";

/// What a person may say when asked.
enum Reply {
    /// The options that are chosen; none for “I don't know”, or to turn a flip card over.
    Answer(Vec<OptionId>),
    Command(Command),
    Nonsense,
    EndOfInput,
}

/// Whether the sitting goes on.
enum Flow {
    Next,
    SameCard,
    End,
}

/// Studies until nothing is left or the input ends.
pub(super) fn study(
    app: &mut App,
    scope: &Scope,
    more_new: usize,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for doubt in [app.doubtful_zone(), app.doubtful_place()].into_iter().flatten() {
        writeln!(out, "{}", one_line(&doubt))?;
    }
    let session = match app.begin(scope, more_new) {
        Err(doubt @ Error::ClockBehind { .. }) if trusts_clock(&doubt, input, out)? => {
            app.trust_clock();
            app.begin(scope, more_new)?
        }
        begun => begun?,
    };
    let mut sitting = Sitting { session, app, scope, input, out };
    if sitting.session.remaining() == 0 {
        return sitting.nothing_to_do();
    }
    while let Some(card) = sitting.session.next_card() {
        loop {
            match sitting.ask(card)? {
                Flow::Next => break,
                Flow::SameCard => {}
                Flow::End => return sitting.summary(),
            }
        }
    }
    sitting.summary()
}

fn trusts_clock(doubt: &Error, input: &mut dyn BufRead, out: &mut dyn Write) -> anyhow::Result<bool> {
    writeln!(out, "{}", one_line(&doubt.to_string()))?;
    writeln!(out, "If it is the answer, `undo` takes it back once you study.")?;
    writeln!(out, "Type yes to study all the same:")?;
    out.flush()?;
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.trim().eq_ignore_ascii_case("yes"))
}

struct Sitting<'a> {
    app: &'a mut App,
    scope: &'a Scope,
    session: Session,
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
}

impl Sitting<'_> {
    fn ask(&mut self, card: CardId) -> anyhow::Result<Flow> {
        let asked = match self.app.ask(card) {
            Ok(asked) => asked,
            Err(doubt @ Error::ClockBehind { .. }) => return self.trust_clock_or_end(&doubt),
            Err(error) => return self.wait_and_try_again(error),
        };
        self.show_question(&asked)?;
        let shown = now();
        loop {
            match self.reply(&asked)? {
                Reply::EndOfInput => return Ok(Flow::End),
                Reply::Nonsense => writeln!(self.out, "That is no answer here. {}", help(&asked))?,
                Reply::Command(Command::Help) => writeln!(self.out, "{}", help(&asked))?,
                Reply::Command(command) => return self.perform(command, &asked),
                Reply::Answer(chosen) => {
                    let took_ms = u32::try_from(shown.elapsed().as_millis()).unwrap_or(u32::MAX);
                    let revealed = self.app.reveal(asked, chosen, took_ms);
                    return self.grade(&revealed);
                }
            }
        }
    }

    /// The clock was set back since the sitting began.
    fn trust_clock_or_end(&mut self, doubt: &Error) -> anyhow::Result<Flow> {
        if !trusts_clock(doubt, self.input, self.out)? {
            return Ok(Flow::End);
        }
        self.app.trust_clock();
        Ok(Flow::SameCard)
    }

    fn show_question(&mut self, asked: &Asking) -> anyhow::Result<()> {
        let question = &asked.question;
        writeln!(self.out)?;
        let has_name = question.number.is_some() || !question.topic.is_empty();
        let mut title: Vec<String> = has_name.then(|| question.name()).into_iter().collect();
        title.extend(question.difficulty.clone());
        title.extend(
            (!question.topic.is_empty() && question.number.is_some()).then(|| question.topic.clone()),
        );
        title.push(format!("{} to go", self.session.remaining() + 1));
        let title: Vec<String> = title.iter().map(|part| inline(part)).collect();
        writeln!(self.out, "{}", title.join(" · "))?;
        self.document(&Document::parse(&question.stem))?;
        for (place, option) in asked.order.iter().enumerate() {
            self.option(letter_at(place), question, *option)?;
        }
        writeln!(self.out, "{}", prompt(asked))?;
        Ok(self.out.flush()?)
    }

    fn option(&mut self, letter: char, question: &Question, option: OptionId) -> anyhow::Result<()> {
        let text = question.option(option).map_or("", |option| option.text.as_str());
        let lines = plain_lines(&Document::option(text));
        for (place, line) in lines.iter().enumerate() {
            match place {
                0 => writeln!(self.out, "{}) {line}", capital(letter))?,
                _ => writeln!(self.out, "   {line}")?,
            }
        }
        Ok(())
    }

    fn document(&mut self, document: &Document) -> anyhow::Result<()> {
        for line in plain_lines(document) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn reply(&mut self, asked: &Asking) -> anyhow::Result<Reply> {
        let Some(line) = self.line()? else { return Ok(Reply::EndOfInput) };
        let line = line.trim().to_lowercase();
        let turns_over = asked.question.is_recall() && line.is_empty();
        if turns_over || line == "?" {
            return Ok(Reply::Answer(Vec::new()));
        }
        if let Some(chosen) = chosen(asked, &line) {
            return Ok(Reply::Answer(chosen));
        }
        Ok(Command::named(&line).map_or(Reply::Nonsense, Reply::Command))
    }

    /// What failed, and what the person can do. The sitting goes on: a full disk can be cleared meanwhile.
    fn tell_failure(&mut self, error: &Error, what_to_do: &str) -> anyhow::Result<()> {
        writeln!(self.out, "{}", one_line(&error.to_string()))?;
        Ok(writeln!(self.out, "{what_to_do}.")?)
    }

    /// Where the input has ended nobody can try again, and the error ends the sitting.
    fn wait_and_try_again(&mut self, error: Error) -> anyhow::Result<Flow> {
        self.tell_failure(&error, "Enter tries again; quit ends the sitting")?;
        match self.line()?.as_deref().map(str::trim) {
            None => Err(error.into()),
            Some("quit" | "q") => Ok(Flow::End),
            Some(_) => Ok(Flow::SameCard),
        }
    }

    fn grade(&mut self, revealed: &Revealed) -> anyhow::Result<Flow> {
        self.show_answer(revealed)?;
        loop {
            let line = self.line()?.map(|line| line.trim().to_lowercase());
            match line.as_deref() {
                None | Some("quit" | "q") => {
                    match revealed.grade_on_leaving(revealed.suggested) {
                        Some(grade) => self.record(revealed, grade)??,
                        None => writeln!(self.out, "Not graded: it will be asked again.")?,
                    }
                    return Ok(Flow::End);
                }
                Some("undo") => return Ok(Flow::SameCard),
                Some(word) => {
                    let grade = if word.is_empty() { Ok(revealed.suggested) } else { word.parse::<Grade>() };
                    match grade.map(|grade| self.record(revealed, grade)) {
                        Ok(recorded) => match recorded? {
                            Ok(()) => return Ok(Flow::Next),
                            Err(error) => self.tell_failure(&error, TRY_GRADE_AGAIN)?,
                        },
                        Err(unknown) => writeln!(self.out, "{}", one_line(&unknown.to_string()))?,
                    }
                }
            }
        }
    }

    fn show_answer(&mut self, revealed: &Revealed) -> anyhow::Result<()> {
        let Revealed { asked, outcome, .. } = revealed;
        let verdict = match outcome {
            Outcome::Right => "Right.",
            Outcome::Wrong => "Wrong. The answer:",
            Outcome::NotKnown | Outcome::Unobserved => "The answer:",
        };
        writeln!(self.out, "{verdict}")?;
        for key in asked.question.keys() {
            if let Some(letter) = asked.letter(*key) {
                self.option(letter, &asked.question, *key)?;
            }
        }
        if !asked.question.explanation.is_empty() {
            if !asked.question.is_recall() {
                writeln!(self.out)?;
            }
            self.document(&Document::parse(&asked.question.explanation))?;
        }
        writeln!(self.out)?;
        for grade in Grade::ALL {
            let promise = asked.preview.promise(grade);
            writeln!(self.out, "{} {}: {promise}", grade.number(), grade.label())?;
        }
        writeln!(
            self.out,
            "Grade: 1 to 4, or Enter for {}; undo takes the answer back",
            revealed.suggested.label()
        )?;
        Ok(())
    }

    /// Stores an answer; the inner error says why that could not be done.
    fn record(&mut self, revealed: &Revealed, grade: Grade) -> anyhow::Result<Result<(), Error>> {
        let card = revealed.asked.card;
        let today = self.app.now().day;
        let recorded = match self.app.record(card, Act::Answer(revealed.graded(grade))) {
            Ok(recorded) => recorded,
            Err(error) => return Ok(Err(error)),
        };
        self.saved(recorded.event, &revealed.asked.question)?;
        if recorded.after.became_leech(&recorded.before) {
            writeln!(self.out, "This card is a leech: forgotten {} times.", recorded.after.lapses())?;
        }
        self.session.graded(revealed, grade, recorded.event, &recorded.after, today);
        Ok(Ok(()))
    }

    fn saved(&mut self, event: EventId, question: &Question) -> anyhow::Result<()> {
        writeln!(self.out, "saved {} {}", event.0, inline(&question.name()))?;
        Ok(self.out.flush()?)
    }

    fn nothing_to_do(&mut self) -> anyhow::Result<()> {
        match self.app.idle(self.scope, &self.session)? {
            Idle::LimitReached(left_out) => writeln!(
                self.out,
                "Today's limit of reviews is reached; {} left for tomorrow.",
                counted(left_out, "due card")
            )?,
            Idle::Until(day) => writeln!(self.out, "Nothing is due. Next due on {day}.")?,
            Idle::Forever => writeln!(self.out, "Nothing is due.")?,
        }
        Ok(())
    }

    fn summary(&mut self) -> anyhow::Result<()> {
        let summary = self.session.summary();
        let due = self.app.due_tomorrow(self.scope)?;
        writeln!(self.out)?;
        writeln!(
            self.out,
            "{}: {} of {} right at first sight. Due tomorrow: {due}.",
            counted(summary.answered, "answer"),
            summary.right_at_first,
            counted(summary.cards, "card"),
        )?;
        if self.session.left_out > 0 {
            writeln!(self.out, "Today's limit left out {}.", counted(self.session.left_out, "due card"))?;
        }
        Ok(self.out.flush()?)
    }

    fn line(&mut self) -> anyhow::Result<Option<String>> {
        // What was asked must be seen before it is answered.
        self.out.flush()?;
        let mut bytes = Vec::new();
        let read = self.input.read_until(b'\n', &mut bytes)?;
        Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

fn prompt(asked: &Asking) -> String {
    let Some(last) = asked.order.len().checked_sub(1) else {
        return "Recall the answer; Enter shows it, help for more".to_owned();
    };
    let last = capital(letter_at(last));
    let how = if asked.question.has_several_keys() { "All letters that are right" } else { "Answer" };
    format!("{how}: A to {last}, ? for “I don't know”, help for more")
}

fn help(asked: &Asking) -> &'static str {
    if asked.question.is_recall() { HELP_ON_FLIP_CARD } else { HELP }
}

/// The options that the letters of a line name; `None` when it names anything else. A question with
/// one right option takes one letter.
fn chosen(asked: &Asking, line: &str) -> Option<Vec<OptionId>> {
    let letters: Vec<char> = line.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let most = if asked.question.has_several_keys() { asked.order.len() } else { 1 };
    if letters.is_empty() || letters.len() > most {
        return None;
    }
    let place = |letter: char| (0..asked.order.len()).find(|place| letter_at(*place) == letter);
    letters.into_iter().map(|letter| asked.option_at(place(letter)?)).collect()
}

fn inline(text: &str) -> String {
    let line = plain_lines(&Document::inline(text)).join(" ");
    one_line(&line).into_owned()
}

fn capital(letter: char) -> char {
    letter.to_ascii_uppercase()
}

#[expect(clippy::disallowed_methods, reason = "how long an answer takes is measured here, not scheduled by")]
fn now() -> Instant {
    Instant::now()
}
