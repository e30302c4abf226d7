//! What a notation says about single options, as a part of the explanation.

/// A list of options and what is said about each.
pub(super) fn list<'a>(said: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let items = said.map(|(option, feedback)| {
        let option = option.trim().lines().next().unwrap_or_default();
        // What goes on over several lines stays part of its item.
        let feedback = feedback.trim().replace('\n', "\n  ");
        format!("- {option}: {feedback}")
    });
    items.collect::<Vec<_>>().join("\n")
}
