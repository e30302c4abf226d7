//! White space at the ends of lines and texts. Most have none, which a look at a byte tells: what trims in the standard
//! library reads characters, and is asked of every line several times.

/// A text without white space at its beginning, which is a single space or nothing as a rule.
#[inline]
pub(super) fn trim_start(text: &str) -> &str {
    let text = text.strip_prefix(' ').unwrap_or(text);
    if text.as_bytes().first().is_some_and(u8::is_ascii_graphic) { text } else { text.trim_start() }
}

/// A text without white space at its end.
#[inline]
pub(super) fn trim_end(text: &str) -> &str {
    if text.as_bytes().last().is_some_and(u8::is_ascii_graphic) { text } else { text.trim_end() }
}

/// A text without white space at both ends.
#[inline]
pub(super) fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}
