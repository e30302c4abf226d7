//! A section of the page: what explains it, what it rests on, its most telling figures, its charts.

use super::{chart::Chart, table::Cell};
use crate::{
    domain::{evaluation::Share, stats::Page},
    typeset::counted,
};

/// A section.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    pub page: Page,
    pub basis: Basis,
    pub figures: Vec<Figure>,
    /// Sentences of its own.
    pub words: Vec<String>,
    pub charts: Vec<Chart>,
}

/// A figure with its name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub name: &'static str,
    pub cell: Cell,
    /// What it rests on, or what else is to be known of it.
    pub note: String,
}

/// What figures rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Basis {
    pub number: usize,
    pub noun: &'static str,
}

impl Basis {
    /// Answers.
    pub(super) fn answers(number: usize) -> Self {
        Self { number, noun: "answer" }
    }

    /// Cards.
    pub(super) fn cards(number: usize) -> Self {
        Self { number, noun: "card" }
    }

    /// `Over 312 answers`, few of them called few.
    pub(super) fn told(self) -> String {
        let told = format!("Over {}", counted(self.number, self.noun));
        let few = Share { count: 0, of: self.number }.is_of_few();
        if few { format!("{told}, which is few: chance weighs much") } else { told }
    }
}

impl Figure {
    /// A figure that needs no more words.
    pub(super) fn plain(name: &'static str, cell: Cell) -> Self {
        Self { name, cell, note: String::new() }
    }

    /// A figure with words below it.
    pub(super) fn noted(name: &'static str, cell: Cell, note: String) -> Self {
        Self { name, cell, note }
    }

    /// A share with its interval and what it is of.
    pub(super) fn share(name: &'static str, share: Share) -> Self {
        if share.of == 0 {
            return Self::noted(name, Cell::none(), "no answers yet".to_owned());
        }
        let (low, high) = (share.interval().low * 100.0, share.interval().high * 100.0);
        let few = if share.is_of_few() { ", which is few" } else { "" };
        let note = format!("{low:.1}–{high:.1} %, {} of {}{few}", share.count, share.of);
        Self::noted(name, Cell::share(share), note)
    }
}
