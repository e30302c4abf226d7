//! Right options that carry a mark which no wrong one has: a tick that an author left in, bold letters.

use super::GivenAway;
use crate::{domain::question::Question, import::Kind};

const SIGNS: [&str; 9] = ["✅", "✓", "✔\u{fe0f}", "✔", "☑\u{fe0f}", "☑", "⭐", "★", "←"];

/// In small letters.
const WORDS: [&str; 6] =
    ["(correct)", "(correct answer)", "(right)", "(right answer)", "[correct]", "(answer)"];

/// Each right option is marked, and no wrong one is.
pub(super) fn marked(question: &Question) -> Option<GivenAway> {
    let options = question.options();
    let marks: Vec<Option<&str>> = options.iter().map(|option| mark(&option.text)).collect();
    let is_key = |place: usize| question.keys().contains(&options[place].id);
    let alone = (0..options.len()).all(|place| marks[place].is_some() == is_key(place));
    let option = (0..options.len()).find(|place| is_key(*place)).filter(|_| alone)?;
    let message = match marks[option]? {
        "**" => "only the right option is bold".to_owned(),
        mark => format!("only the right option is marked, with “{mark}”"),
    };
    Some(GivenAway { kind: Kind::RightOptionMarked, option, message })
}

/// The mark that an option begins or ends with.
fn mark(option: &str) -> Option<&'static str> {
    let option = option.trim();
    let signs = SIGNS.iter().find(|sign| option.ends_with(**sign) || option.starts_with(**sign));
    let words = || {
        let option = option.to_lowercase();
        WORDS.iter().find(|words| option.ends_with(**words))
    };
    let bold = || option.strip_prefix("**")?.strip_suffix("**").filter(|inner| !inner.contains("**"));
    signs.or_else(words).copied().or_else(|| bold().map(|_| "**"))
}
