//! From the words that a person gives for a deck to the deck.

use anyhow::bail;

use super::text::one_line;
use crate::{app::App, domain::deck::Scope};

/// What these words name; everything when there are none.
pub(super) fn named(app: &App, words: Option<&str>) -> anyhow::Result<Scope> {
    words.map_or(Ok(Scope::Everything), |words| Ok(found(app, words)?.0))
}

/// What these words name, and its whole name.
pub(super) fn found(app: &App, words: &str) -> anyhow::Result<(Scope, String)> {
    let mut matching = app.scopes_named(words)?;
    match matching.len() {
        0 => bail!("no deck is called “{}”. `retain decks` lists them", one_line(words)),
        1 => Ok(matching.remove(0)),
        _ => {
            let names: Vec<String> =
                matching.iter().map(|(_, name)| format!("  {}", one_line(name))).collect();
            bail!("“{}” may mean several decks; say more of the name:\n{}", one_line(words), names.join("\n"))
        }
    }
}
