//! Words as text of HTML and XML. Words of strangers are made harmless first, since a control character is no
//! part of XML and a direction mark turns what stands beside it.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::typeset::{Document, harmless_line};

/// Words on one line, harmless, and not yet escaped.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    harmless_line(text)
}

/// Markdown as plain words on one line.
pub(super) fn plain(markdown: &str) -> String {
    Document::parse(markdown).one_line().plain()
}

/// Words for an element or an attribute in quotation marks.
pub(super) fn escaped(text: &str) -> String {
    let line = line(text);
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// As much of a line as fits so many columns.
pub(super) fn shortened(text: &str, columns: usize) -> String {
    let line = line(text);
    if line.width() <= columns {
        return line.into_owned();
    }
    let mut short = String::new();
    for cluster in line.graphemes(true) {
        if short.width() + cluster.width() >= columns {
            break;
        }
        short.push_str(cluster);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_strangers_end_as_words() {
        assert_eq!(escaped("<b>\u{1b}[1m & \"\u{202e}\""), "&lt;b&gt;␛[1m &amp; &quot;⟨U+202E⟩&quot;");
    }

    #[test]
    fn a_long_name_is_cut_between_what_belongs_together() {
        assert_eq!(shortened("short", 5), "short");
        assert_eq!(shortened("a longer name", 8), "a longe…");
        assert_eq!(shortened("漢字漢字漢字", 8), "漢字漢…");
    }
}
