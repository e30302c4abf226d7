//! Questions that went from one chapter to another within an import keep their cards.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::{Edit, ImportReport, What, matching::content};
use crate::{
    app::Result,
    domain::{
        deck::{Deck, Entry},
        ids::{CardId, DeckId},
    },
    import::plan::{Added, Plan},
    store::Import,
};

/// Who has come to a chapter, and who has left one.
#[derive(Default)]
pub(super) struct Travellers {
    arrived: Vec<(u64, Stop)>,
    left: HashMap<u64, Vec<Stop>>,
}

/// A card in its chapter.
struct Stop {
    card: CardId,
    deck: DeckId,
    file: PathBuf,
}

impl Travellers {
    /// A question that its deck never had got this card.
    pub fn arrive(&mut self, card: CardId, deck: &Deck, file: &Path, added: &Added) {
        self.arrived.push((content(&added.question), Stop { card, deck: deck.id, file: file.to_owned() }));
    }

    /// The cards that a plan retires.
    pub fn leave(&mut self, plan: &Plan, existing: &[Entry], deck: &Deck, file: &Path) {
        for entry in existing.iter().filter(|entry| plan.retired.contains(&entry.card)) {
            let stop = Stop { card: entry.card, deck: deck.id, file: file.to_owned() };
            self.left.entry(content(&entry.question)).or_default().push(stop);
        }
    }

    /// Puts the cards that left one chapter in the place of the new ones that ask the same in another.
    pub fn settle(mut self, import: &Import<'_>, report: &mut ImportReport) -> Result<()> {
        for (asked, arrived) in self.arrived {
            let unseen = import.state(arrived.card)?.schedule.is_none();
            let Some(left) = self.left.get_mut(&asked).filter(|_| unseen).and_then(Vec::pop) else {
                continue;
            };
            let (before, after) = (import.question(left.card)?.name(), import.question(arrived.card)?.name());
            import.replace_card(arrived.card, left.card)?;
            import.refresh(arrived.deck)?;
            import.refresh(left.deck)?;
            told_as_retired(report, &left.file, &before);
            told_as_added(report, &arrived.file, &after);
        }
        Ok(())
    }
}

/// The report says that a question has moved, and not that it was retired here …
fn told_as_retired(report: &mut ImportReport, file: &Path, question: &str) {
    let Some(file) = report.files.iter_mut().find(|report| report.path == file) else { return };
    file.changes.retired = file.changes.retired.saturating_sub(1);
    file.edits.retain(|edit| edit.what != What::Retired || edit.question != question);
}

/// … and added there.
fn told_as_added(report: &mut ImportReport, file: &Path, question: &str) {
    let Some(file) = report.files.iter_mut().find(|report| report.path == file) else { return };
    file.changes.added = file.changes.added.saturating_sub(1);
    file.changes.moved += 1;
    let added = |edit: &&mut Edit| edit.what == What::Added && edit.question == question;
    if let Some(edit) = file.edits.iter_mut().find(added) {
        edit.what = What::Moved;
    }
}
