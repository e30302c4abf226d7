//! What bytes and characters are to prose: parts of words, signs, or what nobody sees.

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    LineEnd,
    Word,
    Tick,
    Emphasis,
    Sign,
    /// What takes more than a byte to know.
    Other,
}

/// Looked up, since it is asked of every byte of a text.
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        kinds[byte as usize] = match byte {
            b' ' | b'\t' => Kind::Blank,
            b'`' => Kind::Tick,
            b'*' | b'_' => Kind::Emphasis,
            b'\n' => Kind::LineEnd,
            _ if byte.is_ascii_alphanumeric() => Kind::Word,
            _ if byte.is_ascii_punctuation() => Kind::Sign,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

pub(super) fn kind(byte: u8) -> Kind {
    KINDS[usize::from(byte)]
}

/// How many ASCII letters and digits stand at the beginning. Eight bytes are looked at together, since a loop that
/// ends after some bytes, at each word after others, is what a processor cannot foresee.
pub(super) fn alphanumerics(bytes: &[u8]) -> usize {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let all = |byte: u8| u64::from_ne_bytes([byte; 8]);
    // For each byte below 0x80 its high bit: whether it is at least the first and at most the last.
    let within = |bytes: u64, first: u8, last: u8| (bytes + all(0x80 - first)) & !(bytes + all(0x7F - last));
    let (eights, rest) = bytes.as_chunks::<8>();
    for (place, eight) in eights.iter().enumerate() {
        let bytes = u64::from_le_bytes(*eight);
        let low = bytes & !HIGH;
        let found = within(low, b'0', b'9') | within(low | all(0x20), b'a', b'z');
        let others = !(found & !bytes) & HIGH;
        if others != 0 {
            return place * 8 + (others.trailing_zeros() / 8) as usize;
        }
    }
    eights.len() * 8 + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// How long the word at the beginning is. Words hold apostrophes (`don't`) and underscores, and end where
/// a script without spaces begins or ends.
pub(super) fn word_length(text: &str) -> usize {
    let unspaced = text.starts_with(is_unspaced);
    let mut at = 0;
    loop {
        if !unspaced {
            at += alphanumerics(&text.as_bytes()[at..]);
        }
        let mut rest = text[at..].chars();
        let Some(next) = rest.next() else { return at };
        let joins = matches!(next, '\'' | '’' | '_') && rest.next().is_some_and(is_of_word);
        let goes_on = joins || (!next.is_ascii() && is_of_word(next));
        if !goes_on || is_unspaced(next) != unspaced {
            return at.max(1);
        }
        at += next.len_utf8();
    }
}

/// Whether a character is a letter or a digit. Dashes, quotation marks, arrows, operators, powers and indices, which
/// are most of what English prose has beyond ASCII, are told without the tables of Unicode.
pub(super) fn is_of_word(sign: char) -> bool {
    match sign {
        '\u{2010}'..='\u{206F}' | '\u{2190}'..='\u{245F}' => false,
        '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | 'ⁿ' | '₀'..='₉' => true,
        _ => sign.is_alphanumeric(),
    }
}

/// Whether a character is of a script that puts no spaces between words, or joins particles to what stands
/// before them: a Latin letter beside it is a word of its own.
pub(in crate::import) fn is_unspaced(sign: char) -> bool {
    matches!(sign, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a word may go on with this byte, though it is no letter or digit.
pub(super) fn may_go_on(byte: u8) -> bool {
    matches!(byte, b'\'' | b'_') || !byte.is_ascii()
}

/// The first control character, bidirectional override or space without width. Joiners are not meant: many
/// scripts need them.
pub(super) fn first_invisible(text: &str) -> Option<char> {
    // Without an end before the last byte, many bytes are looked at together.
    let is_suspected = text.bytes().fold(false, |found, byte| found | may_begin_invisible(byte));
    if is_suspected { text.chars().find(|character| is_invisible(*character)) } else { None }
}

fn may_begin_invisible(byte: u8) -> bool {
    let is_control = (byte < b' ') & (byte != b'\t') & (byte != b'\n');
    is_control | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF)
}

pub(super) fn is_invisible(character: char) -> bool {
    let harmless = matches!(character, '\t' | '\n');
    (character.is_control() && !harmless)
        || matches!(character, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_at_each_byte_that_is_no_letter_or_digit_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = *b"aZ09zAb1cY8yB2dX7xC3";
                bytes[place] = byte;
                let end = if byte.is_ascii_alphanumeric() { bytes.len() } else { place };
                assert_eq!(alphanumerics(&bytes), end, "{byte} at {place}");
                assert_eq!(alphanumerics(&bytes[..place]), place);
            }
        }
    }

    #[test]
    fn what_is_told_without_tables_is_no_part_of_a_word() {
        for sign in ('\u{2000}'..'\u{2500}').chain('\0'..'\u{200}') {
            assert_eq!(is_of_word(sign), sign.is_alphanumeric(), "{sign:?}");
        }
    }
}
