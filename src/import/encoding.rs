//! Bytes in, text out: what a chapter was saved as is found out here, so that everything behind it
//! reads UTF-8 alone. Knows nothing of notations. A text is never refused for a few odd bytes.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;

use super::{Kind, Problem};

/// The text of a file, and what is doubtful about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without a byte order mark; empty when the bytes are no text.
    pub text: String,
    /// [`Kind::NotUtf8`] when some characters may be wrong, [`Kind::NotText`] when the bytes are no text.
    pub doubt: Option<Problem>,
}

/// Reads bytes as UTF-8 or UTF-16, and as Latin-1 (Windows 1252) where they are neither.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some(what) = known_binary(&bytes) {
        return refused(format!("this is {what} and no text"));
    }
    let decoded = match wide_encoding(&bytes) {
        Some(encoding) => wide(&bytes, encoding),
        None => narrow(bytes),
    };
    if is_binary(&decoded) {
        return refused("most of this file is no text".to_owned());
    }
    decoded
}

fn refused(message: String) -> Decoded {
    Decoded { text: String::new(), doubt: Some(Problem::new(Kind::NotText, 1, 1, message)) }
}

/// Files that people choose by mistake, by the bytes that they begin with.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 9] = [
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3\0", "a database"),
        (b"PK\x03\x04", "an archive"),
        (b"\x1f\x8b", "an archive"),
        (b"\x28\xb5\x2f\xfd", "an archive"),
        (b"\x7fELF", "a program"),
        (b"%PDF-", "a PDF document"),
    ];
    KNOWN.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, what)| *what)
}

/// UTF-16, when a byte order mark says so or every other byte is a NUL.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding == UTF_16LE || encoding == UTF_16BE).then_some(encoding);
    }
    let looked_at = &bytes[..bytes.len().min(2 * LOOKED_AT)];
    memchr(0, looked_at)?;
    let pairs = || looked_at.chunks_exact(2);
    let (mut first, mut second) = (0, 0);
    for pair in pairs() {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let most = |nuls: usize| nuls > 0 && nuls * 4 >= pairs().len() * 3;
    match (first, second) {
        (0, nuls) if most(nuls) => Some(UTF_16LE),
        (nuls, 0) if most(nuls) => Some(UTF_16BE),
        _ => None,
    }
}

fn wide(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    let text = text.into_owned();
    let broken = if broken { text.find(char::REPLACEMENT_CHARACTER) } else { None };
    let doubt = broken.map(|at| doubt(&text, at, "is broken UTF-16 and cannot be shown"));
    Decoded { doubt, text }
}

/// UTF-8 without its mark. What is not UTF-8 is read byte by byte as Latin-1, so that one wrong byte
/// does not spoil the other letters.
fn narrow(mut bytes: Vec<u8>) -> Decoded {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, doubt: None },
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first.get_or_insert(text.len());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let doubt = first.map(|at| doubt(&text, at, "is not UTF-8; it was read as Latin-1, which may be wrong"));
    Decoded { text, doubt }
}

fn doubt(text: &str, at: usize, what: &str) -> Problem {
    let before = text[..at].replace("\r\n", "\n").replace('\r', "\n");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let place = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Problem::new(Kind::NotUtf8, place(line), place(column), format!("this character {what}"))
}

/// Whether a text is made of control characters. Bytes that are no UTF-8 get less patience.
fn is_binary(decoded: &Decoded) -> bool {
    let text = &decoded.text;
    let most = text.chars().count() / if decoded.doubt.is_some() { 20 } else { 2 };
    let is_control = |sign: &char| sign.is_control() && !"\t\n\r\u{c}".contains(*sign);
    // Most texts need no look at their characters.
    suspects(text.as_bytes()) > most && text.chars().filter(is_control).count() > most
}

/// How many bytes may begin a control character. They are counted in parts that are short enough to count in a byte,
/// so that many are looked at together.
fn suspects(bytes: &[u8]) -> usize {
    let may_be_control = |byte: &u8| ((*byte < b' ') & (*byte != b'\n')) | (*byte == 0x7f) | (*byte == 0xc2);
    let count = |part: &[u8]| part.iter().map(|byte| u8::from(may_be_control(byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|part| usize::from(count(part))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str) {
        assert_eq!(decode(bytes.to_vec()), Decoded { text: text.to_owned(), doubt: None });
    }

    fn utf_16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn the_encodings_of_unicode_are_recognised_with_and_without_a_mark() {
        let text = "Größe 😀\n答案：B and more that is plain\n";
        check(text.as_bytes(), text);
        check(format!("\u{feff}{text}").as_bytes(), text);
        for bytes_of in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            check(&utf_16(&format!("\u{feff}{text}"), bytes_of), text);
            check(&utf_16("plain\ntext\n", bytes_of), "plain\ntext\n");
        }
        check(b"", "");
    }

    #[test]
    fn other_bytes_are_read_as_latin_1_and_the_first_is_named() {
        let table: [(&[u8], &str, (u32, u32)); 4] = [
            (b"one\ncaf\xe9 noir\n", "one\ncafé noir\n", (2, 4)),
            (b"\x93so\x94 it is\r\n", "“so” it is\r\n", (1, 1)),
            ("é: \u{e9}".as_bytes(), "é: é", (0, 0)),
            (b"gr\xc3\xbcn\rgr\xfcn\n", "grün\rgrün\n", (2, 3)),
        ];
        for (bytes, text, place) in table {
            let decoded = decode(bytes.to_vec());
            let doubt = decoded.doubt.map_or((0, 0), |doubt| (doubt.line, doubt.column));
            assert_eq!((decoded.text.as_str(), doubt), (text, place));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let files: [&[u8]; 7] = [
            b"\x89PNG\r\n\x1a\n",
            b"SQLite format 3\0and so on",
            b"PK\x03\x04",
            b"\x7fELF\x02",
            &[0; 100],
            &[0x7f; 512],
            &noise,
        ];
        for file in files {
            let decoded = decode(file.to_vec());
            assert_eq!(decoded.doubt.map(|doubt| doubt.kind), Some(Kind::NotText), "{file:?}");
            assert_eq!(decoded.text, "");
        }
    }

    #[test]
    fn control_characters_in_a_text_stay() {
        let text = "a NUL \0, an escape \x1b[31m and a bell \x07 in a text";
        check(text.as_bytes(), text);
    }

    #[test]
    fn broken_utf_16_is_said() {
        let mut bytes = utf_16("\u{feff}one\ntwo", u16::to_le_bytes);
        bytes.extend([0x00, 0xd8, b'x', 0]);
        let doubt = decode(bytes).doubt.expect("a doubt");
        assert_eq!((doubt.kind, doubt.line, doubt.column), (Kind::NotUtf8, 2, 4));
    }
}
