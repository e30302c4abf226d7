//! Figures in words, each over how many answers.

use crate::{
    cli::text::counted,
    domain::{
        evaluation::{Guessing, Share},
        stats::{Recall, Streak, Tally},
    },
};

/// `91.2 % (90.1-92.2) of 2345`; few are called few, and nothing is told of nothing.
pub(super) fn share(share: Share) -> String {
    if share.of == 0 {
        return "none yet".to_owned();
    }
    let few = if share.is_of_few() { ", which is few" } else { "" };
    format!("{share} ({}) of {}{few}", share.range(), share.of)
}

/// `88.4 % known beyond guessing, of 2345`
pub(super) fn guessing(guessing: &Guessing) -> String {
    format!("{guessing} known beyond guessing, of {}", guessing.right.of)
}

/// Raw, and corrected where there is something to correct.
pub(super) fn recall(recall: &Recall) -> String {
    let corrected = recall.guessing.as_ref().map(|known| format!("; {}", guessing(known)));
    format!("{}{}", share(recall.recalled), corrected.unwrap_or_default())
}

/// `42 answers, 38 of 40 right at first sight, 6 min`
pub(super) fn tally(tally: &Tally) -> String {
    if tally.answers == 0 {
        return "no answers".to_owned();
    }
    let Share { count, of } = tally.right_at_first;
    format!(
        "{}, {count} of {of} right at first sight, {} min",
        counted(tally.answers, "answer"),
        tally.minutes()
    )
}

/// `12 days, the longest 30`
pub(super) fn streak(Streak { days, today, longest }: Streak) -> String {
    let so_far = if days > 0 && !today { ", today still to come" } else { "" };
    format!("{}{so_far}; the longest {longest}", counted(days as usize, "day"))
}

/// `1 leech`, `3 leeches`
pub(super) fn leeches(leeches: usize) -> String {
    let plural = if leeches == 1 { "" } else { "es" };
    format!("{leeches} leech{plural}")
}

/// `about 4 min`, where there is a pace.
pub(super) fn about_minutes(minutes: Option<u64>) -> String {
    minutes.map_or_else(String::new, |minutes| format!(", about {minutes} min"))
}
