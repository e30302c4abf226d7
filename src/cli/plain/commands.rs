//! What can be done in a sitting besides answering: skip, set aside, flag, reset, undo, redo, leave.

use super::{Flow, Sitting, inline};
use crate::{
    app::{Error, Reversal, Reversed},
    domain::{
        ids::{CardId, EventId},
        review_log::Act,
        session::Asking,
    },
};

/// What a person may want instead of answering.
#[derive(Debug, Clone, Copy)]
pub(super) enum Command {
    Skip,
    Suspend,
    Bury,
    Flag,
    Reset,
    Undo,
    Redo,
    Quit,
    Help,
}

impl Command {
    /// The command that this word names, if any.
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "skip" => Self::Skip,
            "suspend" => Self::Suspend,
            "bury" => Self::Bury,
            "flag" => Self::Flag,
            "reset" => Self::Reset,
            "undo" => Self::Undo,
            "redo" => Self::Redo,
            "quit" | "q" => Self::Quit,
            "help" => Self::Help,
            _ => return None,
        })
    }
}

impl Sitting<'_> {
    /// Does what was asked for; what cannot be saved is told, and the same question comes again.
    pub(super) fn perform(&mut self, command: Command, asked: &Asking) -> anyhow::Result<Flow> {
        let card = asked.card;
        let done = match command {
            Command::Skip => {
                self.session.skipped(card);
                return Ok(Flow::Next);
            }
            Command::Help => return Ok(Flow::SameCard),
            Command::Quit => return Ok(Flow::End),
            Command::Reset if asked.state.schedule.is_none() => {
                writeln!(self.out, "It was never answered, so there is nothing to reset.")?;
                return Ok(Flow::SameCard);
            }
            Command::Reset => self.app.reset(card).map(|it| self.set_aside(it.event, asked)),
            Command::Suspend => self.app.record(card, Act::Suspend).map(|it| self.set_aside(it.event, asked)),
            Command::Bury => self.app.bury(card).map(|it| self.set_aside(it.event, asked)),
            Command::Flag => self.flag(card).map(|event| {
                self.saved(event, &asked.question)?;
                Ok(Flow::SameCard)
            }),
            Command::Undo => self.app.undo(self.scope).map(|undone| self.undone(undone, card)),
            Command::Redo => self.app.redo(self.scope).map(|redone| self.redone(redone, card)),
        };
        done.unwrap_or_else(|error| {
            self.tell_failure(&error, "Nothing was saved; try again")?;
            Ok(Flow::SameCard)
        })
    }

    fn set_aside(&mut self, event: EventId, asked: &Asking) -> anyhow::Result<Flow> {
        self.saved(event, &asked.question)?;
        self.session.drop_card(asked.card);
        Ok(Flow::Next)
    }

    fn flag(&mut self, card: CardId) -> Result<EventId, Error> {
        let act = if self.app.state(card)?.flagged { Act::Unflag } else { Act::Flag };
        Ok(self.app.record(card, act)?.event)
    }

    fn undone(&mut self, undone: Option<Reversal>, asked: CardId) -> anyhow::Result<Flow> {
        let Some(undone) = undone else {
            writeln!(self.out, "There is nothing to undo.")?;
            return Ok(Flow::SameCard);
        };
        writeln!(self.out, "Undone: {}", inline(&undone.in_words()))?;
        self.session.comes_next(asked);
        for Reversed { event, may_be_asked, .. } in undone.reversed.iter().rev() {
            self.session.undone(event.id, event.card, *may_be_asked);
        }
        Ok(Flow::Next)
    }

    fn redone(&mut self, redone: Option<Reversal>, asked: CardId) -> anyhow::Result<Flow> {
        let Some(redone) = redone else {
            writeln!(self.out, "There is nothing to redo.")?;
            return Ok(Flow::SameCard);
        };
        writeln!(self.out, "Done again: {}", inline(&redone.in_words()))?;
        self.session.comes_next(asked);
        for Reversed { event, after, .. } in &redone.reversed {
            self.session.redone(event, after, self.app.now().day);
        }
        Ok(Flow::Next)
    }
}
