//! Text from decks, files and their names, made safe to show: no character of it can move the
//! cursor, hide what stands next to it or turn the direction of writing. Knows nothing of Markdown;
//! it is applied after Markdown and entities are decoded, since `&#27;` is an escape only then.
//!
//! What is replaced stays visible: `␛` for ESC, `⟨U+202E⟩` for what has no picture. A joiner
//! (U+200D, U+200C) is kept between two characters that scripts or emoji can join, a variation
//! selector behind a character that has variants; anywhere else they only hide, and are shown.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with line breaks as `\n`, tabs kept, and every other control character, direction
/// control or invisible character replaced by a visible one. Applying it twice changes nothing.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| is_printable_ascii(byte) || matches!(byte, b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(replaced(text))
}

/// As [`harmless`], for places of one line: a tab becomes a space, a line break a visible `␤`.
pub fn harmless_line(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_printable_ascii) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(replaced(text).replace('\t', " ").replace('\n', "␤"))
}

fn is_printable_ascii(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

fn replaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let after = rest.peek().copied();
        if character == '\r' && after == Some('\n') {
            continue;
        }
        let kept = is_kept(before, character, after);
        before = kept.then_some(character);
        match kept {
            true => out.push(character),
            false => push_placeholder(&mut out, character),
        }
    }
    out
}

fn is_kept(before: Option<char>, character: char, after: Option<char>) -> bool {
    if is_joiner(character) {
        return before.is_some_and(|before| can_join(before) || is_selector(before))
            && after.is_some_and(can_join);
    }
    if is_selector(character) {
        return before.is_some_and(has_variants);
    }
    matches!(character, '\n' | '\t') || is_visible(character)
}

fn is_visible(character: char) -> bool {
    !character.is_control() && !is_invisible(character)
}

fn can_join(character: char) -> bool {
    !character.is_ascii() && !character.is_whitespace() && is_mark_of_ink(character)
}

fn has_variants(character: char) -> bool {
    let keycap = character.is_ascii_digit() || matches!(character, '#' | '*');
    keycap || can_join(character)
}

fn is_mark_of_ink(character: char) -> bool {
    is_visible(character) && !is_joiner(character) && !is_selector(character)
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Direction controls, separators that terminals do not show, fillers, and the characters that
/// Unicode lists as ignorable by default.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E00FF}'
            | '\u{E01F0}'..='\u{E0FFF}'
    )
}

fn push_placeholder(out: &mut String, character: char) {
    let code = u32::from(character);
    let picture = match code {
        0..=0x1F => char::from_u32(0x2400 + code),
        0x7F => Some('␡'),
        _ => None,
    };
    match picture {
        Some(picture) => out.push(picture),
        None => write!(out, "⟨U+{code:04X}⟩").expect("a string takes all that is written"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HIDING: [char; 5] = ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{e0041}'];

    fn check(text: &str, shown: &str) {
        assert_eq!(harmless(text), shown, "{text:?}");
    }

    #[test]
    fn control_characters_become_pictures() {
        check("\u{1b}[31mred", "␛[31mred");
        check("a\0b\u{7}c\u{7f}", "a␀b␇c␡");
        check("\u{9b}31m \u{85}", "⟨U+009B⟩31m ⟨U+0085⟩");
    }

    #[test]
    fn line_breaks_become_one_kind_and_tabs_stay() {
        check("a\r\nb\nc", "a\nb\nc");
        check("a\rb", "a␍b");
        check("\tx", "\tx");
    }

    #[test]
    fn what_turns_or_hides_text_is_shown() {
        check("a\u{202e}b\u{2066}", "a⟨U+202E⟩b⟨U+2066⟩");
        check("pass\u{200b}word\u{ad}s", "pass⟨U+200B⟩word⟨U+00AD⟩s");
        check("\u{feff}x\u{e0041}", "⟨U+FEFF⟩x⟨U+E0041⟩");
        check("a\u{2028}b", "a⟨U+2028⟩b");
    }

    #[test]
    fn joiners_stay_where_they_join() {
        check("👩\u{200d}💻", "👩\u{200d}💻");
        check("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}");
        check("ad\u{200d}min", "ad⟨U+200D⟩min");
        check("👩\u{200d}", "👩⟨U+200D⟩");
        check("a\u{fe0f}", "a⟨U+FE0F⟩");
        check("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}⟨U+FE0F⟩");
    }

    #[test]
    fn a_place_of_one_line_gets_one_line() {
        assert_eq!(harmless_line("a\r\nb\tc\u{1b}"), "a␤b c␛");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(harmless("x = 1\n\ty"), Cow::Borrowed(_)));
        assert!(matches!(harmless_line("x = 1"), Cow::Borrowed(_)));
    }

    fn nasty_text() -> impl Strategy<Value = String> {
        let nasty =
            "[\u{0}-\u{20}\u{7f}-\u{ad}\u{200b}-\u{2070}\u{fe00}-\u{fe10}\u{feff}\u{e0000}-\u{e01ff}a1é👩♥]";
        proptest::string::string_regex(&format!("({nasty}|.){{0,30}}")).expect("a valid pattern")
    }

    proptest! {
        #[test]
        fn no_control_or_direction_character_survives(text in nasty_text()) {
            let shown = harmless(&text);
            prop_assert!(shown.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()));
            prop_assert!(!shown.contains(HIDING));
            prop_assert!(!harmless_line(&text).contains(char::is_control));
        }

        #[test]
        fn twice_is_as_once(text in nasty_text()) {
            let once = harmless(&text).into_owned();
            prop_assert_eq!(harmless(&once), once.as_str());
            let line = harmless_line(&text).into_owned();
            prop_assert_eq!(harmless_line(&line), line.as_str());
        }
    }
}
