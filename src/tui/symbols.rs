//! The signs that are no letters, and what stands for them where the terminal takes ASCII alone.
//! The screens are always drawn with the signs; a finished page is put into ASCII as a whole, so
//! nothing can be forgotten.

use ratatui::buffer::Buffer;

/// Before a right option.
pub const RIGHT: &str = "✓";
/// Before a wrong choice.
pub const WRONG: &str = "✗";
/// Before what is selected.
pub const POINTER: &str = "▸";
/// Before a number of cards.
pub const DOT: &str = "●";
/// Behind the number of a flagged question.
pub const FLAG: &str = "⚑";
/// Between things on one line.
pub const BETWEEN: &str = " · ";
/// Where a text was cut.
pub const ELLIPSIS: &str = "…";
/// There is more below.
pub const MORE_BELOW: &str = "▼";
/// There is more above.
pub const MORE_ABOVE: &str = "▲";
/// The mark of a scrollbar.
pub const SCROLL_MARK: &str = "┃";
/// An option that is marked, where several are right.
pub const MARKED: &str = "■";
/// An option that is not marked.
pub const UNMARKED: &str = "□";
/// The filled part of a bar.
pub const FILLED: &str = "█";
/// The empty part of a bar.
pub const REST: &str = "░";
/// Bars of eight heights.
pub const HEIGHTS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A bar that lies on its side.
pub const LYING: &str = "▆";
/// The days of a heat map, from none to very many answers.
pub const HEATS: [&str; 5] = ["·", "░", "▒", "▓", "█"];
/// A figure on a scale.
pub const POINT: &str = "●";
/// How far a figure may be off: its beginning, its length and its end.
pub const WHISKER: [&str; 3] = ["├", "─", "┤"];
/// What a figure should be.
pub const TARGET: &str = "┊";
/// Another figure, to be compared.
pub const OTHER_POINT: &str = "◆";

const IN_ASCII: [(&str, &str); 53] = [
    (RIGHT, "v"),
    (WRONG, "x"),
    (POINTER, ">"),
    (DOT, "*"),
    (FLAG, "!"),
    ("·", "-"),
    (ELLIPSIS, "~"),
    (MORE_BELOW, "v"),
    (MORE_ABOVE, "^"),
    (SCROLL_MARK, "#"),
    (MARKED, "X"),
    (UNMARKED, "_"),
    (FILLED, "#"),
    (REST, "."),
    ("▒", ":"),
    ("▓", "+"),
    (TARGET, ":"),
    (OTHER_POINT, "o"),
    ("×", "x"),
    ("≥", ">"),
    ("▁", "_"),
    ("▂", "_"),
    ("▃", "."),
    ("▄", "-"),
    ("▅", "-"),
    ("▆", "="),
    ("▇", "="),
    ("─", "-"),
    ("━", "-"),
    ("│", "|"),
    ("╭", "+"),
    ("╮", "+"),
    ("╰", "+"),
    ("╯", "+"),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("├", "+"),
    ("┤", "+"),
    ("┬", "+"),
    ("┴", "+"),
    ("┼", "+"),
    ("▏", "|"),
    ("•", "*"),
    ("◦", "-"),
    ("–", "-"),
    ("—", "-"),
    ("“", "\""),
    ("”", "\""),
    ("’", "'"),
    ("←", "<"),
    ("→", ">"),
];

/// Whether the terminal takes more than ASCII, by the locale that the environment names.
pub fn is_unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let named =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    let locale = named.unwrap_or_default().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Puts a finished page into ASCII; what has no likeness there becomes a question mark.
pub fn into_ascii(page: &mut Buffer) {
    for cell in &mut page.content {
        if !cell.symbol().is_ascii() {
            cell.set_symbol(in_ascii(cell.symbol()));
        }
    }
}

fn in_ascii(symbol: &str) -> &'static str {
    let likeness = IN_ASCII.iter().find(|(sign, _)| *sign == symbol);
    likeness.map_or("?", |(_, likeness)| likeness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_what_the_terminal_takes() {
        let unicode = |variables: &[(&str, &str)]| {
            let find = |name: &str| variables.iter().find(|(variable, _)| *variable == name);
            is_unicode(|name| find(name).map(|(_, value)| (*value).to_owned()))
        };
        assert!(unicode(&[("LANG", "de_DE.UTF-8")]));
        assert!(unicode(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")]));
        assert!(!unicode(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
        assert!(!unicode(&[]));
    }

    #[test]
    fn a_page_in_ascii_holds_nothing_else() {
        let mut page = Buffer::with_lines(["╭ ✓ ─╮", "│日é▁ │"]);
        into_ascii(&mut page);
        assert_eq!(page.content.iter().map(|cell| cell.symbol()).collect::<String>(), "+ v -+ |? ?_ |");
    }
}
